"""Syntax errors, said in an editor's words.

In: a source and what the YAML parser said of it. Out: one diagnostic, at the place where the
slip was made rather than where the parser noticed it.
"""

from __future__ import annotations

import bisect
import re
from typing import Any

from newsletter.diagnostics import Diagnostic
from newsletter.sources.tree import Source

FIELD_COLON = re.compile(r"[ ]*(?:- +)?[\"']?([a-z_]+)[\"']?(：|:(?=[^\s:/]))")
OPENING = ("[", "{", "'", '"')
ENDS_A_VALUE = re.compile(r"[\"'\]}][ \t]*$")


def syntax_problem(source: Source, error: Any) -> Diagnostic:  # noqa: ANN401 - PyYAML's errors
    """Return what is wrong, where the slip was made."""
    problem, context = str(error.problem or error), str(error.context or "")
    at = error.problem_mark.index
    opened = error.context_mark.index if error.context_mark else at
    if problem == "could not find expected ':'":
        at = opened
    tab = _tab_in_indentation(source, at)
    if tab is not None:
        return Diagnostic("N109", source.place(tab, tab + 1))
    glued = _glued_colon(source, at)
    if glued is not None:
        return glued
    if "escape" in problem or "hexdecimal" in problem:
        return Diagnostic("N111", source.place(at, at + 1), {"problem": problem}, hint="escape")
    if "quoted scalar" in context or "flow" in context:
        if source.text[opened : opened + 1] not in OPENING:
            opened = max(source.text.rfind(mark, 0, opened) for mark in OPENING)
        values = {"opening": source.text[opened : opened + 1]}
        return Diagnostic("N110", source.place(opened, opened + 1), values)
    if "mapping values are not allowed" in problem:
        return Diagnostic("N123", source.place(at, at + 1), {"problem": problem})
    hint = _syntax_hint(source, at, problem)
    return Diagnostic("N111", source.place(at, at + 1), {"problem": problem}, hint)


def _row(source: Source, offset: int) -> int:
    return bisect.bisect_right(source.line_starts, offset) - 1


def _line(source: Source, row: int) -> str:
    start = source.line_starts[row]
    return source.text[start:].split("\n", 1)[0]


def _tab_in_indentation(source: Source, at: int) -> int | None:
    row = _row(source, at)
    line = _line(source, row)
    indent = line[: len(line) - len(line.lstrip())]
    return source.line_starts[row] + indent.index("\t") if "\t" in indent else None


def _glued_colon(source: Source, at: int) -> Diagnostic | None:
    """Find the likeliest slip of all: a full-width colon after a field, or no space after it."""
    row = _row(source, at)
    for number in (row, row - 1):
        match = FIELD_COLON.match(_line(source, number)) if number >= 0 else None
        if match:
            start = source.line_starts[number] + match.start(2)
            values = {"field": match[1], "colon": match[2]}
            return Diagnostic("N135", source.place(start, start + 1), values)
    return None


def _syntax_hint(source: Source, at: int, problem: str) -> str:
    if "cannot start any token" in problem:
        return "mark"
    if "block sequence entries are not allowed" in problem:
        return "dash"
    before = source.text[source.line_starts[_row(source, at)] : at]
    return "after" if ENDS_A_VALUE.search(before) else "default"
