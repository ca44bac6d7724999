"""Scalars: where each character stands, and how folded lines join.

In: a scalar event of the parser. Out: a `Scalar` whose offsets lead back into the file. All
plain scalars stay text (dates, `NO`, `010`): the failsafe schema of YAML 1.2.2, chapter
10.1; only `null`, `~` and nothing at all are None.
"""

from __future__ import annotations

import re
from typing import Any

from newsletter.sources.script import QUOTE_REACH, joins_without_space
from newsletter.sources.tree import Scalar, Source

NULLS = frozenset({"", "~", "null", "Null", "NULL"})
WHITE = frozenset(" \t\n")


def scalar_of(source: Source, event: Any) -> Scalar:  # noqa: ANN401 - PyYAML's events
    """Return the scalar of an event, its folded lines of Chinese joined."""
    start, end = event.start_mark.index, event.end_mark.index
    style, value = event.style or None, event.value
    if style is None and value in NULLS:
        return Scalar(source, start, end, None, ())
    raw = source.text[start:end]
    in_block = style in ("|", ">")
    begin = raw.index("\n") + 1 if in_block and "\n" in raw else len(style or "")
    if begin == 0 and raw == value:
        return Scalar(source, start, end, value, tuple(range(start, end)))
    indent = _indent(raw[begin:]) - _indent(value) if in_block else 0
    offsets = _in_lines(raw, value, begin, max(indent, 0)) if style == "|" else None
    if offsets is None:
        offsets = _align(raw, value, begin, style, max(indent, 0))
    if style != "|" and "\n" in raw:
        value, offsets = _join_folds(raw, value, offsets)
    return Scalar(source, start, end, value, tuple(start + offset for offset in offsets))


def _indent(text: str) -> int:
    """Return how far the first line that is not blank is indented."""
    match = FIRST_INDENT.match(text)
    return len(match[1]) if match else 0


FIRST_INDENT = re.compile(r"(?: *\n)*+( *)")


def _in_lines(raw: str, value: str, begin: int, indent: int) -> list[int] | None:
    """Return what `_align` does for a literal block, line by line; None where lines differ."""
    offsets: list[int] = []
    at, last = begin, max(len(raw) - 1, 0)
    lines = value.split("\n")
    for number, line in enumerate(lines, 1):
        if line:
            at += indent
            if not raw.startswith(line, at):
                return None
            offsets += range(at, at + len(line))
            at += len(line)
        if number < len(lines):
            at = _line_end(raw, at)
            offsets.append(min(at, last))
            at += at < len(raw) and raw[at] in WHITE
    return offsets


def _align(raw: str, value: str, begin: int, style: str | None, indent: int) -> list[int]:
    """Return for each character of `value` where in `raw` it came from.

    `indent` is how many spaces begin each line of a block scalar without belonging to it.
    """
    offsets: list[int] = []
    at = begin
    for character in value:
        if character not in WHITE or (style == '"' and raw.startswith("\\\n", at)):
            at = _skip_white(raw, at, style)
        elif character == "\n":
            at = _line_end(raw, at)
        elif indent and raw.startswith("\n", at - 1):
            at += indent
        offsets.append(min(at, max(len(raw) - 1, 0)))
        if style == '"' and raw.startswith("\\", at):
            at += _escape_length(raw, at)
        elif style == "'" and raw.startswith("''", at):
            at += 2
        elif character not in WHITE or (at < len(raw) and raw[at] in WHITE):
            at += 1
    return offsets


def _skip_white(raw: str, at: int, style: str | None) -> int:
    while at < len(raw):
        if raw[at] in WHITE:
            at += 1
        elif style == '"' and raw.startswith("\\\n", at):
            at += 2
        else:
            break
    return at


def _line_end(raw: str, at: int) -> int:
    """Return where the line ends, if only white space comes before that."""
    while at < len(raw) and raw[at] in " \t":
        at += 1
    return at


def _escape_length(raw: str, at: int) -> int:
    return 2 + {"x": 2, "u": 4, "U": 8}.get(raw[at + 1 : at + 2], 0)


def _join_folds(raw: str, value: str, offsets: list[int]) -> tuple[str, list[int]]:
    """Drop the space that folding put between two lines of Chinese."""
    kept_text: list[str] = []
    kept_offsets: list[int] = []
    for index, character in enumerate(value):
        before, after = index - 1, index + 1
        if character == " " and before >= 0 and after < len(value):
            gap = raw[offsets[before] + 1 : offsets[after]]
            end = "".join(kept_text[-QUOTE_REACH:])
            if "\n" in gap and joins_without_space(end, value[after : after + QUOTE_REACH]):
                continue
        kept_text.append(character)
        kept_offsets.append(offsets[index])
    return "".join(kept_text), kept_offsets
