"""Syntax errors, said in an editor's words.

In: a source and what the YAML parser said of it. Out: one diagnostic, at the place where the
slip was made rather than where the parser noticed it.
"""

from __future__ import annotations

import bisect
import re
from typing import Any

from newsletter.diagnostics import Diagnostic, Term, Values
from newsletter.sources.tree import Source

FIELD_COLON = re.compile(r"[ ]*(?:- +)?[\"']?([a-z_]+)[\"']?(：|:(?=[^\s:/]))")
OPENING = ("[", "{", "'", '"')
ENDS_A_VALUE = re.compile(r"[\"'\]}][ \t]*$")
BEGINS_A_COMMENT = re.compile(r"[ \t]#")
FIELD = re.compile(r"([ ]*)(?:- +)?[a-z_]+:(?:[ \t]+[^ \t].*)?$")
"""A line that begins a field, with its indentation."""
RUNNING = re.compile(r"[ ]*(?:- +)?(?:body|about|join):")


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
        values: Values = {"problem": Term(problem)}
        return Diagnostic("N111", source.place(at, at + 1), values, hint="escape")
    if "quoted scalar" in context or "flow" in context:
        if source.text[opened : opened + 1] not in OPENING:
            opened = max(source.text.rfind(mark, 0, opened) for mark in OPENING)
        mark, rest = source.text[opened : opened + 1], source.text[opened:].split("\n", 1)[0]
        hint = "comment" if mark in ("[", "{") and BEGINS_A_COMMENT.search(rest) else "default"
        return Diagnostic("N110", source.place(opened, opened + 1), {"opening": mark}, hint)
    if "mapping values are not allowed" in problem:
        return Diagnostic("N123", source.place(at, at + 1), {"problem": Term(problem)})
    hint = _syntax_hint(source, at, problem)
    return Diagnostic("N111", source.place(at, at + 1), {"problem": Term(problem)}, hint)


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
    row = _row(source, at)
    before = source.text[source.line_starts[row] : at]
    if ENDS_A_VALUE.search(before):
        return "after"
    if row and BEGINS_A_COMMENT.search(_line(source, row - 1)):
        return "comment"
    return "indent" if _is_outdented(source, row) else "default"


def _is_outdented(source: Source, row: int) -> bool:
    """Tell whether a line that is no field stands as far left as the field whose text goes on."""
    line = _line(source, row)
    if FIELD.match(line):
        return False
    above = (_line(source, number) for number in range(row - 1, -1, -1))
    found = next((match for text in above if (match := FIELD.match(text))), None)
    if found is None:
        return False
    indent = len(line) - len(line.lstrip(" "))
    return indent <= len(found[1]) or bool(RUNNING.match(found[0]))
