"""Syntax errors, said in an editor's words.

In: a source and what the YAML parser said of it. Out: one diagnostic, at the place where the
slip was made rather than where the parser noticed it.
"""

from __future__ import annotations

import bisect
import re
from typing import Any

from newsletter.diagnostics import Diagnostic, Term
from newsletter.sources.tree import Source

FIELD_COLON = re.compile(r"[ ]*(?:- +)?[\"']?([a-z_]+)[\"']?(：|:(?=[^\s:/]))")
OPENING = ("[", "{", "'", '"')
ENDS_A_VALUE = re.compile(r"[\"'\]}][ \t]*$")
OPENS_A_QUOTE = re.compile(r"[ ]*(?:- +)?(?:[a-z_]+:[ \t]+)?([\"'])")
"""A value in quotes, from the beginning of its line."""
MARK_OF_VALUE = re.compile(r"[ ]*(?:- +)?[a-z_]+:[ \t]+(?:(?P<bar>[|>])|[!,?])")
"""A value that begins with a mark of YAML's."""
SUBHEAD_LINE = re.compile(r"[ ]*(##+[ \t]+\S.*)")
BEGINS_A_COMMENT = re.compile(r"[ \t]#")
FIELD = re.compile(r"([ ]*)(?:- +)?[a-z_]+:(?:[ \t]+[^ \t].*)?$")
"""A line that begins a field, with its indentation."""
RUNNING = re.compile(r"[ ]*(?:- +)?(body|about|join):")
CONFLICT = re.compile(r"^(?:<{7}|={7}|>{7})(?= |$)", re.MULTILINE)
"""What git writes where two versions of a file meet."""
GLUED_ITEM = re.compile(r"[ ]*-[a-z_]+:(?: |$)")
"""A field that begins an item, without the space before it."""
STRAY_ITEM = re.compile(r"[ ]*- +[a-z_]+:(?: |$)")
ITEM = re.compile(r"[ ]*(?:-(?! )|[－–—·•●])")
"""What is meant to begin an item of a list."""


def syntax_problem(source: Source, error: Any) -> Diagnostic:  # noqa: ANN401 - PyYAML's errors
    """Return what is wrong, where the slip was made."""
    problem, context = str(error.problem or error), str(error.context or "")
    at = error.problem_mark.index
    opened = error.context_mark.index if error.context_mark else at
    if problem == "could not find expected ':'":
        at = opened
    told = _conflict(source) or _tab_in_indentation(source, at) or _glued_colon(source, at)
    if told is not None:
        return told
    is_open = "quoted scalar" in context or "flow" in context
    if is_open and "escape" not in problem and "hexdecimal" not in problem:
        return _left_open(source, opened)
    if "mapping values are not allowed" in problem:
        return _colon_in_text(source, at, problem)
    told = _ended_far_below(source, at) or _ended_by_a_subhead(source, at)
    if told is not None:
        return told
    hint = _syntax_hint(source, at, problem)
    return _blank_in_indentation(source, at) or _of_syntax(source, at, problem, hint)


def _of_syntax(source: Source, at: int, problem: str, hint: str) -> Diagnostic:
    if hint == "indent":
        start, indent = _indentation(source, at)
        at = start + len(indent)
    values = {"problem": Term(BETTER.get(hint, problem))}
    return Diagnostic("N111", source.place(at, at + 1), values, hint)


def _conflict(source: Source) -> Diagnostic | None:
    """Return where git has left two versions of the file beside each other."""
    found = CONFLICT.search(source.text)
    if found is None:
        return None
    values = {"problem": Term("a conflict")}
    return Diagnostic("N111", source.place(*found.span()), values, hint="conflict")


def _left_open(source: Source, opened: int) -> Diagnostic:
    if source.text[opened : opened + 1] not in OPENING:
        opened = max(source.text.rfind(mark, 0, opened) for mark in OPENING)
    mark, rest = source.text[opened : opened + 1], source.text[opened:].split("\n", 1)[0]
    hint = _why_open(rest) if mark in ("[", "{") else "default"
    return Diagnostic("N110", source.place(opened, opened + 1), {"opening": mark}, hint)


def _ended_far_below(source: Source, at: int) -> Diagnostic | None:
    """Return the quotation mark of a value that has none at its end, and took a later one for it.

    `at` is directly behind that later one.
    """
    row = _row(source, at)
    before = source.text[source.line_starts[row] : at].rstrip()
    if not before.endswith(("'", '"')) or before.count(before[-1]) % 2 == 0:
        return None
    for number in range(row - 1, -1, -1):
        line = _line(source, number)
        if before[-1] not in line:
            continue
        opens = OPENS_A_QUOTE.match(line)
        if opens is None or opens[1] != before[-1] or line.count(opens[1]) % 2 == 0:
            return None
        start = source.line_starts[number] + opens.start(1)
        values = {"opening": opens[1], "line": row + 1}
        return Diagnostic("N110", source.place(start, start + 1), values, hint="below")
    return None


def _ended_by_a_subhead(source: Source, at: int) -> Diagnostic | None:
    """Return the subhead that ends the text above it, since YAML reads a comment there.

    `at` is in the line where the text goes on.
    """
    row = _row(source, at)
    indent = len(_line(source, row)) - len(_line(source, row).lstrip(" "))
    for number in range(row - 1, -1, -1):
        line = _line(source, number)
        found = SUBHEAD_LINE.match(line)
        if found and found.start(1) < indent:
            start = source.line_starts[number] + found.start(1)
            end = source.line_starts[number] + len(line.rstrip())
            values = {"problem": Term("a subhead ends the text"), "text": found[1]}
            return Diagnostic("N111", source.place(start, end), values, hint="subhead")
        if line.strip():
            return None
    return None


def _colon_in_text(source: Source, at: int, problem: str) -> Diagnostic:
    for row in range(_row(source, at), -1, -1)[:2]:
        if GLUED_ITEM.match(_line(source, row)):
            return _of_syntax(source, source.line_starts[row], "", "item")
    field = _running_field(source, _row(source, at))
    values = {"problem": Term(problem), "field": field}
    hint = "running" if field else "default"
    return Diagnostic("N123", source.place(at, at + 1), values, hint)


def _row(source: Source, offset: int) -> int:
    return bisect.bisect_right(source.line_starts, offset) - 1


def _line(source: Source, row: int) -> str:
    start = source.line_starts[row]
    return source.text[start:].split("\n", 1)[0]


def _tab_in_indentation(source: Source, at: int) -> Diagnostic | None:
    start, indent = _indentation(source, at)
    tab = start + indent.find("\t")
    return Diagnostic("N109", source.place(tab, tab + 1)) if tab >= start else None


def _blank_in_indentation(source: Source, at: int) -> Diagnostic | None:
    """Return where a line is indented by a space that is none to YAML."""
    start, indent = _indentation(source, at)
    other = indent.lstrip(" ")
    if not other:
        return None
    blank = start + len(indent) - len(other)
    values = {"problem": Term("another space"), "character": f"U+{ord(other[0]):04X}"}
    return Diagnostic("N111", source.place(blank, blank + 1), values, hint="blank")


def _indentation(source: Source, at: int) -> tuple[int, str]:
    """Return where a line begins, and the white space that it begins with."""
    row = _row(source, at)
    line = _line(source, row)
    return source.line_starts[row], line[: len(line) - len(line.lstrip())]


def _why_open(rest: str) -> str:
    """Return the hint for a bracket or brace that is not closed; `rest` is its line from there."""
    if BEGINS_A_COMMENT.search(rest):
        return "comment"
    return "wide" if "，" in rest or "：" in rest else "default"


def _running_field(source: Source, row: int) -> str:
    """Return the field of running text that a line belongs to, where the field lacks its |."""
    above = (_line(source, number) for number in range(row - 1, -1, -1))
    found = next((line for line in above if FIELD.match(line)), "")
    named = RUNNING.match(found)
    return named[1] if named and found.rstrip().endswith((":", "：", "｜")) else ""


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


SAID = {
    "escape": "escape",
    "hexdecimal": "escape",
    "cannot start any token": "mark",
    "alphabetic or numeric": "mark",
    "block sequence entries are not allowed": "dash",
}
"""Words of the parser's that tell which hint fits."""


def _syntax_hint(source: Source, at: int, problem: str) -> str:
    said = next((hint for words, hint in SAID.items() if words in problem), "")
    row = _row(source, at)
    begins = source.text[source.line_starts[row] : at].strip(" *&") == ""
    if said and not (said == "mark" and begins and _is_outdented(source, row)):
        return said
    before = source.text[source.line_starts[row] : at]
    if ENDS_A_VALUE.search(before):
        return "after"
    if row and BEGINS_A_COMMENT.search(_line(source, row - 1)):
        return "comment"
    if _is_outdented(source, row):
        return "indent"
    marked = MARK_OF_VALUE.match(_line(source, row))
    if marked:
        return "bar" if marked["bar"] else "mark"
    return _item_hint(_line(source, row), problem)


def _item_hint(line: str, problem: str) -> str:
    """Return the hint for a line that should be an item of a list, or should be none."""
    if problem == "did not find expected key" and STRAY_ITEM.match(line):
        return "stray"
    if "'-' indicator" in problem and FIELD.match(line):
        return "align"
    return "item" if ITEM.match(line) else "default"


BETTER = {
    "item": "did not find expected '-' indicator",
    "align": "did not find expected key",
    "after": "the value has ended",
    "indent": "did not find expected key",
}
"""What is wrong where the parser says something else, by the hint."""


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
