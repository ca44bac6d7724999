"""Options: what an issue may choose of a layout, and what it chose.

In: a layout, and the choices of the publication and the issue. Out: each option's value.
A choice speaks to the layout that it names; built in another one, an issue's options rest.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping

from newsletter.diagnostics import Diagnostic, Place, Refused, Term, listed
from newsletter.issue.models import LayoutChoice
from newsletter.layouts.layout import Layout
from newsletter.layouts.spec import LayoutFile, Option

OptionValue = str | bool | float


def options(layout: Layout, choices: list[LayoutChoice]) -> dict[str, OptionValue]:
    """Return every option's value: the layout's default, overridden by each choice in turn.

    Raises `Refused` for an option that the layout does not know or a value it does not take.
    """
    known = layout.spec.options
    defaults = {name: read_option(option, option.default) for name, option in known.items()}
    values = {name: value for name, value in defaults.items() if value is not None}
    problems: list[Diagnostic] = []
    for choice in choices:
        if choice.name != layout.spec.name:
            continue
        for name, value in choice.options.items():
            if name not in known:
                place = choice.key_place("options", name)
                problems.append(_unknown(name, known, layout, place))
                continue
            place = choice.place("options", name)
            read = read_option(known[name], value)
            if read is None:
                problems.append(_unfit(name, known[name], value, place))
            else:
                values[name] = read
    if problems:
        raise Refused(problems)
    return values


def unfit_defaults(spec: LayoutFile) -> Iterator[Diagnostic]:
    """Yield the options whose default is no value of theirs."""
    for name, option in spec.options.items():
        if read_option(option, option.default) is None:
            place = spec.place("options", name, "default")
            yield _unfit(name, option, option.default, place)


def read_option(option: Option, value: object) -> OptionValue | None:
    """Return a value as the option's kind, or None if it does not fit."""
    if not isinstance(value, str):
        return None
    if option.kind == "choice":
        return value if value in option.choices else None
    if option.kind == "switch":
        return {"true": True, "false": False}.get(value)
    if option.kind == "number":
        return _number(option, value)
    return value


def _number(option: Option, text: str) -> float | None:
    if not re.fullmatch(r"-?\d+(\.\d+)?", text):
        return None
    number = float(text)
    too_small = option.least is not None and number < option.least
    too_large = option.most is not None and number > option.most
    return None if too_small or too_large else number


def _unknown(name: str, known: Mapping[str, Option], layout: Layout, place: Place) -> Diagnostic:
    near = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
    values = {"option": name, "layout": layout.spec.name, "options": listed(known)}
    if near:
        values["suggestion"] = near[0]
    return Diagnostic("N502", place, values, hint=suggest(near))


def _unfit(name: str, option: Option, value: object, place: Place) -> Diagnostic:
    least = "" if option.least is None else f"{option.least:g}"
    most = "" if option.most is None else f"{option.most:g}"
    values = {
        "option": name,
        "value": _shown(value),
        "choices": listed(option.choices),
        "range": f"{least}…{most}",
    }
    return Diagnostic("N503", place, values, hint=option.kind)


def _shown(value: object) -> str:
    if isinstance(value, (list, dict)):
        return Term("list" if isinstance(value, list) else "mapping")
    return "null" if value is None else str(value)


def suggest(near: list[str]) -> str:
    """Return which hint fits: one with a suggestion, if there is one."""
    return "suggest" if near else "default"
