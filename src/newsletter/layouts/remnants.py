"""Templates and files of a layout read for what nobody meant, without laying out a page.

In: a layout. Out: marks of templates that a page would print as they stand, at file, line and
column, and files in the layout's own folder that nothing uses. What a template fails of when it is
filled in, `compose.mistakes` knows.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterator, Sequence

from newsletter.diagnostics import Diagnostic, Place, Values
from newsletter.layouts.layout import Layout

SHEET = ".css"
TEMPLATES = (".j2", ".html")
NO_TEXT = re.compile(r"<!--.*?-->|<(style|script)\b.*?</\1\s*>", re.DOTALL)
"""What is no text of the page, and has braces of its own."""
WIDE = re.compile(r"[｛{]\s?[｛%％#＃]|[%％#＃｝}]\s?｝|｛\s*[A-Za-z_][\w.]*|[％＃]\}")
PRINTED = re.compile(
    r"(?P<single>\{[ \t]*[A-Za-z_]\w*(?:\.\w+)+[^{}<>\n]*\})"
    r"|(?P<apart>\{[ \t]+[{%#]|[}%#][ \t]+\})"
    r"|(?P<closing>\}\}|%\}|#\})"
)
"""Marks of templates among text: a single pair of braces, a mark cut in two, one left over."""
SEEN = re.compile(r"[^\n]")
DYNAMIC = re.compile(r"\{%[-+]?\s*(?:include|import|from|extends)\s+(?![\"'][^\"']*[\"']\s)")
"""What takes in a template whose name is worked out as the page is written."""


def printed_marks(layout: Layout) -> Iterator[Diagnostic]:
    """Yield N524 for each line's first mark of a template that a page would print."""
    for name, path in layout.served().items():
        if name.endswith(TEMPLATES):
            yield from _printed(layout.shown(path), path.read_text("utf-8", "replace"))


def _printed(shown: str, text: str) -> Iterator[Diagnostic]:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    bare = NO_TEXT.sub(_blank, _text_of(text))
    told: set[int] = set()
    for match in sorted(_marks(bare), key=re.Match.start):
        place = Place.within(shown, text, match.start(), len(match[0]))
        if place.line not in told:
            told.add(place.line)
            values, hint = _meant(match)
            yield Diagnostic("N524", place, values, hint=hint)


def _text_of(template: str) -> str:
    """Return a template with all that Jinja2 takes for its own, and raw text, as spaces.

    One that Jinja2 cannot read has none: what is wrong with it is told when it is filled in.
    """
    from jinja2 import Environment, TemplateSyntaxError

    parts, is_raw = [], False
    try:
        for _line, kind, value in Environment(autoescape=True).lex(template):
            is_raw = kind == "raw_begin" or (is_raw and kind != "raw_end")
            parts.append(value if kind == "data" and not is_raw else SEEN.sub(" ", value))
    except TemplateSyntaxError:
        return ""
    return "".join(parts)


def _blank(match: re.Match[str]) -> str:
    return SEEN.sub(" ", match[0])


def _marks(bare: str) -> Iterator[re.Match[str]]:
    yield from WIDE.finditer(bare)
    yield from PRINTED.finditer(bare)


def _meant(match: re.Match[str]) -> tuple[Values, str]:
    """Return what a mark was perhaps meant to be, and the hint that says it."""
    values: Values = {"mark": match[0]}
    narrow = unicodedata.normalize("NFKC", match[0])
    if match.re is WIDE:
        hint = "write" if narrow == match[0] else "wide"
        return {**values, "right": "".join(narrow.split())}, hint
    if match["single"]:
        return {**values, "right": f"{{{{ {match[0].strip('{} ')} }}}}"}, "write"
    if match["apart"]:
        return {**values, "right": "".join(match[0].split())}, "write"
    return {**values, "opening": match[0].translate(str.maketrans("}%", "{%"))[::-1]}, "opening"


# Files that nothing uses --------------------------------------------------------------------


def unused_files(layout: Layout) -> list[Diagnostic]:
    """Return N525 for each stylesheet and template of the layout's own folder without a use.

    One is used that layout.yaml or another file names, or that takes the place of one of the
    layouts it extends. Where a template works out what it includes, templates are left alone.
    """
    files = layout.inputs()
    texts = {
        path: path.read_text("utf-8", "replace")
        for name, path in files.items()
        if name.endswith((SHEET, *TEMPLATES))
    }
    judged = (SHEET,) if any(map(DYNAMIC.search, texts.values())) else (SHEET, *TEMPLATES)
    named = {layout.find(name) for name in (layout.spec.template, *layout.spec.stylesheets)}
    theirs = [layout.within(path) for path in texts if not path.is_relative_to(layout.folder)]
    found = []
    for path in texts:
        within = layout.within(path)
        if path in named or within in theirs or not within.endswith(judged):
            continue
        if path.is_relative_to(layout.folder) and not any(
            path.name in text for other, text in texts.items() if other != path
        ):
            found.append(_unused(layout.shown(path), within, theirs))
    return found


def _unused(shown: str, within: str, theirs: Sequence[str]) -> Diagnostic:
    """Return N525 with the name that was perhaps meant, and else how such a file is used."""
    values: Values = {"file": within}
    near = difflib.get_close_matches(within, theirs, n=1, cutoff=0.85)
    if near:
        return Diagnostic("N525", Place(shown), {**values, "suggestion": near[0]}, hint="suggest")
    hint = "stylesheet" if within.endswith(SHEET) else "template"
    return Diagnostic("N525", Place(shown), values, hint=hint)
