"""The inks of a layout: which colours of its stylesheets are printed in inks of its choice.

In: a layout. Out: for each colour token that `inks` in layout.yaml names, its sRGB colour and
the ink in its place; or what is wrong with the choice.
"""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterator, Mapping

from newsletter.cache.store import recalled
from newsletter.diagnostics import Diagnostic, Refused, listed
from newsletter.layouts.layout import Layout
from newsletter.layouts.options import suggest
from newsletter.layouts.spec import InkChoice
from newsletter.layouts.stylesheets import rules_of

Levels = tuple[int, int, int]
FULL = 255


def ink_choices(layout: Layout) -> dict[Levels, InkChoice]:
    """Return the inks by the colours (0 to 255) they replace; raises `Refused`."""
    if not layout.spec.inks:
        return {}
    tokens = colour_tokens(layout)
    problems: list[Diagnostic] = []
    choices: dict[Levels, InkChoice] = {}
    owners: dict[Levels, str] = {}
    for name, choice in layout.spec.inks.items():
        levels = tokens.get(name)
        if levels is None:
            problems.append(_no_token(layout, name, tokens))
        elif owners.setdefault(levels, name) != name and choices[levels] != choice:
            values = {"name": name, "other": owners[levels]}
            problems.append(Diagnostic("N515", layout.spec.key_place("inks", name), values))
        else:
            choices[levels] = choice
    if problems:
        raise Refused(problems)
    return choices


def colour_tokens(layout: Layout) -> dict[str, Levels]:
    """Return the colours of all custom properties of `:root`; the last of a name wins."""
    found: dict[str, Levels] = {}
    for name in layout.spec.stylesheets:
        path = layout.find(name)
        if path is not None:
            tokens = recalled("colour tokens", (css := path.read_bytes(),), lambda: _as_json(css))
            found |= {name: tuple(levels) for name, levels in json.loads(tokens)}
    return found


def _as_json(css: bytes) -> bytes:
    return json.dumps([*_tokens(css.decode("utf-8"))]).encode()


def _tokens(css: str) -> Iterator[tuple[str, Levels]]:
    import tinycss2
    from tinycss2.color4 import parse_color

    for rule in rules_of(css):
        if rule.type != "qualified-rule" or tinycss2.serialize(rule.prelude).strip() != ":root":
            continue
        for declaration in tinycss2.parse_blocks_contents(rule.content):
            if declaration.type == "declaration" and declaration.name.startswith("--"):
                values = [part for part in declaration.value if part.type != "whitespace"]
                colour = parse_color(values[0]) if len(values) == 1 else None
                if colour is not None and colour != "currentcolor":
                    red, green, blue, _alpha = colour.to("srgb")
                    levels = (round(red * FULL), round(green * FULL), round(blue * FULL))
                    yield declaration.name.removeprefix("--"), levels


def _no_token(layout: Layout, name: str, tokens: Mapping[str, Levels]) -> Diagnostic:
    values = {"name": name, "names": listed(tokens)}
    place = layout.spec.key_place("inks", name)
    if place.file != layout.spec.place().file:  # the inks are inherited, their colours are not
        return Diagnostic("N514", layout.spec.place("stylesheets"), values, hint="inherited")
    near = difflib.get_close_matches(name, tokens, n=1, cutoff=0.5)
    if near:
        values["suggestion"] = near[0]
    return Diagnostic("N514", place, values, hint=suggest(near))
