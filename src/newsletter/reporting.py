"""Diagnostics for people and for programs: text with an excerpt, and JSON.

In: diagnostics, the folder their files are in, a language. Out: text or JSON. Columns are
counted in the cells of a terminal, in which a Chinese character takes two (UAX #11).
"""

from __future__ import annotations

import functools
import itertools
import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from newsletter.diagnostics import COLON, Diagnostic, Language, Place, Severity, Shown, Spot, entry

WINDOW = 96
LARGEST_SHOWN = 4 * 1024 * 1024
LEAD = 36
UNSEEN = re.compile(
    "[\0-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffd]"
)
"""Controls, which a terminal would obey, and what takes no room: each is shown as one sign."""
UNSEEN_SIGN = "\N{MIDDLE DOT}"
Style = Callable[[str, str], str]
Lines = Callable[[str], Sequence[str]]
MOST_TOGETHER = 3
"""How many of one kind are told of one place."""
MORE = {"en": "and {count} more of this kind here", "zh": "此处另有{count}个同类问题"}
HINT = {"en": "hint", "zh": "提示"}
SEVERITY = {
    "en": {"error": "error", "warning": "warning", "note": "note"},
    "zh": {"error": "错误", "warning": "警告", "note": "说明"},
}


def unstyled(text: str, _role: str) -> str:
    """Return text as it is: what a pipe gets."""
    return text


def as_text(
    diagnostics: Iterable[Diagnostic], root: Path, language: Language, style: Style = unstyled
) -> str:
    """Return all diagnostics, each with its place, its excerpt and its hint.

    What the layout accepts is left out: nobody who makes an issue can do anything about it.
    """

    @functools.cache  # anew for each report: a file may change before the next
    def lines_of(file: str) -> tuple[str, ...]:
        return _lines(root / file, root)

    told = (diagnostic for diagnostic in diagnostics if not diagnostic.is_accepted)
    groups = (list(group) for _key, group in itertools.groupby(told, _kind_and_place))
    return "\n".join(_some(group, lines_of, language, style) for group in groups)


def _kind_and_place(diagnostic: Diagnostic) -> tuple[object, ...]:
    """Return what diagnostics share that are told together; only those of a place in a text."""
    is_placed = isinstance(diagnostic.place, Place)
    alone = None if is_placed else id(diagnostic)
    return diagnostic.code, diagnostic.severity, diagnostic.place, diagnostic.hint, alone


def _some(
    diagnostics: Sequence[Diagnostic], lines_of: Lines, language: Language, style: Style
) -> str:
    """Return diagnostics of one kind at one place, with one excerpt and one hint.

    Only the first are told; the cells of a wide table would fill a screen.
    """
    first = diagnostics[0]
    lines = [_headline(d, language, style) for d in diagnostics[:MOST_TOGETHER]]
    if len(diagnostics) > MOST_TOGETHER:
        lines.append(f"  {MORE[language].format(count=len(diagnostics) - MOST_TOGETHER)}")
    if isinstance(first.place, Place):
        lines += _excerpt(first.place, lines_of(first.place.file), style)
    hints = dict.fromkeys(d.hint_text(language) for d in diagnostics[:MOST_TOGETHER])
    lines += [f"  {style(HINT[language], 'hint')}{COLON[language]}{hint}" for hint in hints if hint]
    return "\n".join(lines) + "\n"


def _headline(diagnostic: Diagnostic, language: Language, style: Style) -> str:
    about = entry(diagnostic.code)
    severity = diagnostic.severity.value
    label = style(f"{SEVERITY[language][severity]} {about.code} {about.name}", severity)
    place = f"{style(str(diagnostic.place), 'place')}: " if diagnostic.place else ""
    return f"{place}{label}{COLON[language]}{diagnostic.message(language)}"


def _excerpt(place: Place, lines: Sequence[str], style: Style) -> list[str]:
    if not 0 < place.line <= len(lines):
        return []
    line = visible(lines[place.line - 1])
    begin = min(place.column - 1, len(line))
    end = place.end_column - 1 if place.end_line == place.line else len(line)
    shown, begin, end = _crop(line, begin, max(end, begin + 1))
    number = str(place.line)
    gutter = " " * len(number)
    carets = "^" * max(cells(shown[begin:end]), 1)
    return [
        f"  {number} | {shown}",
        f"  {gutter} | {' ' * cells(shown[:begin])}{style(carets, 'caret')}",
    ]


def visible(line: str) -> str:
    """Return a line as a terminal can show it: what it would obey, or not show, is a dot."""
    return UNSEEN.sub(UNSEEN_SIGN, line)


def _crop(line: str, begin: int, end: int) -> tuple[str, int, int]:
    """Return a stretch of a long line around `begin`, with both ends moved along."""
    if len(line) <= WINDOW and cells(line) <= WINDOW:
        return line, begin, min(end, len(line))
    start = _back(line, begin, LEAD)
    stop = _forth(line, start, WINDOW)
    before = "…" if start else ""
    after = "…" if stop < len(line) else ""
    moved = len(before) - start
    shown = f"{before}{line[start:stop]}{after}"
    return shown, begin + moved, min(end, stop) + moved


def _back(line: str, index: int, room: int) -> int:
    while index and room > 0:
        index -= 1
        room -= cells(line[index])
    return index


def _forth(line: str, index: int, room: int) -> int:
    while index < len(line) and room > 0:
        room -= cells(line[index])
        index += 1
    return index


def cells(text: str) -> int:
    """Return how many cells of a terminal a text takes."""
    return sum(_cells_of(character) for character in text)


@functools.cache
def _cells_of(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in ("W", "F") else 1


def _lines(path: Path, root: Path) -> tuple[str, ...]:
    """Return the lines of a text file in `root`; none of what a message must not show."""
    try:
        if (
            not path.is_file()
            or path.stat().st_size > LARGEST_SHOWN
            or not path.resolve().is_relative_to(root.resolve())
        ):
            return ()
        text = path.read_bytes().decode("utf-8", errors="replace")
    except OSError:
        return ()
    return () if "\0" in text else tuple(_as_read(text).split("\n"))


def _as_read(text: str) -> str:
    """Return a text with the lines and columns that it has where it is read, see `sources.read`."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    return text.replace("\r", "\n") if text.count("\r") > text.count("\n") else text


# JSON ---------------------------------------------------------------------------------------


def as_data(diagnostic: Diagnostic, language: Language) -> dict[str, Any]:
    """Return a diagnostic as JSON's types; `values` are what the sentence was made from.

    In a PDF `page` counts from 1 and `area` is left, top, width, height in millimetres from
    the upper left corner of the trimmed page.
    """
    place = diagnostic.place if isinstance(diagnostic.place, Place) else None
    spot = diagnostic.place if isinstance(diagnostic.place, Spot) else None
    return {
        "code": diagnostic.code,
        "name": entry(diagnostic.code).name,
        "severity": diagnostic.severity.value,
        "file": diagnostic.place.file if diagnostic.place else None,
        "line": place.line if place else None,
        "column": place.column if place else None,
        "end_line": place.end_line or place.line if place else None,
        "end_column": place.end_column or place.column if place else None,
        **({"page": spot.page or None, "area": list(spot.area) or None} if spot else {}),
        "message": diagnostic.message(language),
        "hint": diagnostic.hint_text(language),
        "values": dict(diagnostic.values),
    }


def as_json(
    diagnostics: Iterable[Diagnostic],
    language: Language,
    **more: Any,  # noqa: ANN401
) -> str:
    """Return one JSON object: what `more` says, and the diagnostics."""
    found = [as_data(d, language) for d in diagnostics]
    return json.dumps({**more, "diagnostics": found}, ensure_ascii=False, indent=2)


def summary(diagnostics: Iterable[Diagnostic], language: Language) -> str:
    """Return how many errors and warnings there are, in a sentence."""
    weights = [d.severity for d in diagnostics]
    errors, warnings = weights.count(Severity.ERROR), weights.count(Severity.WARNING)
    if language == "zh":
        return f"{errors}个错误，{warnings}个警告" if errors or warnings else "没有问题"
    if not errors and not warnings:
        return "no problems"
    told = "{errors} {errors:error|errors}, {warnings} {warnings:warning|warnings}"
    return told.format(errors=Shown(errors), warnings=Shown(warnings))
