"""Templates and files of a layout read for what nobody meant, without laying out a page.

In: a layout. Out: marks of templates that a page would print as they stand, at file, line and
column, and files in the layout's own folder that nothing uses. What a template fails of when it is
filled in, `compose.mistakes` knows.
"""

from __future__ import annotations

import difflib
import posixpath
import re
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path

from newsletter.diagnostics import Diagnostic, Place, Values
from newsletter.layouts.layout import Layout

SHEET = ".css"
TEMPLATES = (".j2", ".html")
NO_TEXT = re.compile(r"<!--.*?-->|<(style|script)\b.*?</\1\s*>", re.DOTALL)
"""What is no text of the page, and has braces of its own."""
WIDE = re.compile(
    r"(?:｛[ \t]?[｛{]|\{[ \t]?｛)(?=[ \t]*[A-Za-z_])"
    r"|(?:｛[ \t]?[%％]|\{[ \t]?％)(?=[-+]?[ \t]*[a-z]+\b)"
    r"|(?:｛[#＃]|\{＃)(?=.*[#＃][}｝])"
    r"|｛[ \t]*(?P<root>[A-Za-z_]\w*)(?:\.\w+)+"
)
"""Marks with a full-width sign: they open an expression, a tag, a comment, or name a field."""
PRINTED = re.compile(
    r"(?P<single>\{[ \t]*(?P<root>[A-Za-z_]\w*)(?:\.\w+)+[^{}<>\n]*\})"
    r"|(?P<apart>\{[ \t]+\{(?=[ \t]*\w+(?:\.\w+)+)|\{[ \t]+%(?=[-+]?[ \t]*[a-z]+\b))"
    r"|(?P<closing>\}\}|%\}|#\})"
)
"""Marks of templates among text: a single pair of braces, a mark cut in two, one left over."""
SEEN = re.compile(r"[^\n]")
STATIC = r"([\"'])[^\"']*\1\s*(?:[-+]?%\}|(?:ignore|with|without|import|as)\b)"
DYNAMIC = re.compile(rf"\{{%[-+]?\s*(?:include|import|from|extends)\s+(?!{STATIC})")
"""What takes in a template whose name is worked out as the page is written."""
FOR_READERS = re.compile(r"[A-Z]{3,}\b")
"""How the name of a file begins that is for who opens the folder, as README.html."""


def printed_marks(layout: Layout) -> Iterator[Diagnostic]:
    """Yield N524 for each line's first mark of a template that a page would print."""
    used = {*used_files(layout)}
    served = [path for path in layout.served().values() if path in used]
    templates = [path for path in served if path.name.endswith(TEMPLATES)]
    read = [(path, *_text_of(_lines_of(path))) for path in templates]
    names = frozenset(name for _path, _bare, own in read for name in own)
    for path, bare, _names in read:
        yield from _printed(layout.shown(path), _lines_of(path), bare, names)


def _lines_of(path: Path) -> str:
    return path.read_text("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")


def _printed(shown: str, text: str, bare: str, names: frozenset[str]) -> Iterator[Diagnostic]:
    told: set[int] = set()
    for match in sorted(_marks(bare, names), key=re.Match.start):
        place = Place.within(shown, text, match.start(), len(match[0]))
        if place.line not in told:
            told.add(place.line)
            values, hint = _meant(match)
            yield Diagnostic("N524", place, values, hint=hint)


def _text_of(template: str) -> tuple[str, frozenset[str]]:
    """Return a template with all that is no text of the page as spaces, and the names it has.

    No text are Jinja2's own parts, raw blocks, styles, scripts and comments. A template that
    Jinja2 cannot read has none: what is wrong with it is told when it is filled in.
    """
    from jinja2 import Environment, TemplateSyntaxError

    bare, at, is_raw = SEEN.sub(" ", template), 0, False
    names: set[str] = set()
    try:
        for _line, kind, value in Environment(autoescape=True).lex(template):
            start = template.index(value, at)  # `{%-` has taken the space before it away
            at = start + len(value)
            is_raw = kind == "raw_begin" or (is_raw and kind != "raw_end")
            if kind == "data" and not is_raw:
                bare = f"{bare[:start]}{value}{bare[at:]}"
            elif kind == "name":
                names.add(value)
    except TemplateSyntaxError:
        return "", frozenset()
    return NO_TEXT.sub(_blank, bare), frozenset(names)


def _blank(match: re.Match[str]) -> str:
    return SEEN.sub(" ", match[0])


def _marks(bare: str, names: frozenset[str]) -> Iterator[re.Match[str]]:
    """Yield what is a mark: of a name that templates know, or an end without a beginning."""
    for match in (*WIDE.finditer(bare), *PRINTED.finditer(bare)):
        before = bare[: match.end()]
        is_left_over = before.count("}") > before.count("{")
        is_known = match["root"] is None or match["root"] in names
        if is_known and (match.lastgroup != "closing" or is_left_over):
            yield match


def _meant(match: re.Match[str]) -> tuple[Values, str]:
    """Return what a mark was perhaps meant to be, and the hint that says it."""
    values: Values = {"mark": match[0]}
    if match.re is WIDE:
        narrow = unicodedata.normalize("NFKC", match[0])
        return {**values, "right": "".join(narrow.split())}, "wide"
    if match["single"]:
        return {**values, "right": f"{{{{ {match[0].strip('{} ')} }}}}"}, "write"
    if match["apart"]:
        return {**values, "right": "".join(match[0].split())}, "write"
    return {**values, "opening": match[0].translate(str.maketrans("}%", "{%"))[::-1]}, "opening"


# Files that nothing uses --------------------------------------------------------------------


def unused_files(layout: Layout) -> list[Diagnostic]:
    """Return N525 for each stylesheet and template of the layout's own folder without a use.

    Left alone are files for who opens the folder, as README.html, and all in a folder that has no
    file in use, as drafts. One that takes the place of another layout's file is in use.
    """
    used = used_files(layout)
    folders = {layout.within(path).rpartition("/")[0] for path in used} | {""}
    theirs = [layout.within(path) for path in _texts(layout) if not _is_own(layout, path)]
    return [
        _unused(layout, path, theirs)
        for path in _texts(layout)
        if path not in used
        and _is_own(layout, path)
        and layout.within(path).rpartition("/")[0] in folders
        and not FOR_READERS.match(path.name)
    ]


def used_files(layout: Layout) -> Sequence[Path]:
    """Return the stylesheets and templates that take part in the pages, or may.

    These are the ones that layout.yaml or one of them names, and those that stand in the place of
    another layout's. Where one works out the name of what it includes, all templates may.
    """
    texts = _texts(layout)
    theirs = {layout.within(path) for path in texts if not _is_own(layout, path)}
    roots = {layout.find(name) for name in (layout.spec.template, *layout.spec.stylesheets)}
    used = [path for path in texts if path in roots or layout.within(path) in theirs]
    for user in used:
        is_dynamic = DYNAMIC.search(texts[user])
        for path in texts:
            is_named = _name_in(layout, path, user) in texts[user]
            if path not in used and (is_named or (is_dynamic and not path.name.endswith(SHEET))):
                used.append(path)
    return [path for path in texts if path in used]


def _name_in(layout: Layout, path: Path, user: Path) -> str:
    """Return a file's name in another: from its folder for stylesheets, else the layout's."""
    within = layout.within(path)
    if path.name.endswith(SHEET) and user.name.endswith(SHEET):
        return posixpath.relpath(within, posixpath.dirname(layout.within(user)) or ".")
    return within


def _texts(layout: Layout) -> dict[Path, str]:
    return {
        path: path.read_text("utf-8", "replace")
        for name, path in layout.inputs().items()
        if name.endswith((SHEET, *TEMPLATES))
    }


def _is_own(layout: Layout, path: Path) -> bool:
    return path.is_relative_to(layout.folder)


def _unused(layout: Layout, path: Path, theirs: Sequence[str]) -> Diagnostic:
    """Return N525 with the name that was perhaps meant, and else how such a file is used."""
    within, place = layout.within(path), Place(layout.shown(path))
    near = difflib.get_close_matches(within, theirs, n=1, cutoff=0.85)
    if near:
        return Diagnostic("N525", place, {"file": within, "suggestion": near[0]}, hint="suggest")
    if not within.endswith(SHEET):
        return Diagnostic("N525", place, {"file": within}, hint="template")
    others = ["..."] if layout.folders[1:] else layout.spec.stylesheets
    values: Values = {"file": within, "right": ", ".join([*others, within])}
    return Diagnostic("N525", place, values, hint="stylesheet")
