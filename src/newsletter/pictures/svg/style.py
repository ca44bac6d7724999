"""Stylesheets inside a drawing.

In: the text of a `<style>` element or of a `style` attribute. Out: what is wrong with it, and
which elements it makes refer to which. This is no parser of CSS: it errs on the side of
refusing, and of counting a rule for more elements than it selects.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from newsletter.pictures.problem import Problem
from newsletter.pictures.svg import values

LONGEST_SHEET = 200_000

_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_BRACE = re.compile(r"[{}]")
_SIMPLE = re.compile(r"[.#]?[\w-]+")
_EVERYTHING = re.compile(r"[*\[:]")


class ReferenceRule(NamedTuple):
    """Elements that any of `selectors` may select refer to `target` by `name`."""

    selectors: frozenset[str]  # ".class", "#id" or a name; "*" for all
    name: str
    target: str


def judge_sheet(sheet: str) -> Iterator[Problem]:
    """Yield what is wrong with the text of a `<style>` element."""
    if len(sheet) > LONGEST_SHEET:
        yield Problem("N350", {"name": "<style>", "limit": LONGEST_SHEET})
        return
    sheet = _COMMENT.sub("", sheet)
    lowered = sheet.lower()
    if "@import" in lowered:
        yield Problem("N338", {"target": "@import"})
    if "@font-face" in lowered:
        yield Problem("N340", {"name": "@font-face"})
    bodies, rest = _bodies(sheet)
    for selector, body in bodies:
        if "@font-face" not in selector.lower():
            yield from judge_declarations(body)
    if "url(" in rest.lower() and "@import" not in lowered:
        yield Problem("N338", {"target": "url()"})
    if "\\" in rest:
        yield Problem("N353")


def judge_declarations(text: str) -> Iterator[Problem]:
    """Yield what is wrong with declarations, as in a `style` attribute."""
    # WeasyPrint 70 resolves escapes, which would hide url() from this module.
    if "\\" in text:
        yield Problem("N353")
    for name, value in declarations(text):
        yield from values.judge(name, value)


def declarations(text: str) -> Iterator[tuple[str, str]]:
    """Yield names and values, without their `!important`."""
    for declaration in _COMMENT.sub("", text).split(";"):
        name, _, value = declaration.partition(":")
        if value.strip():
            yield name.strip().lower(), _without_importance(value).strip()


def reference_rules(sheet: str) -> Iterator[ReferenceRule]:
    """Yield the references that a sheet makes, for whatever its selectors mention."""
    for selector, body in _bodies(_COMMENT.sub("", sheet))[0]:
        for name, value in declarations(body):
            for target in values.fragments(value):
                yield ReferenceRule(_mentioned(selector), name, target)


def _bodies(sheet: str) -> tuple[list[tuple[str, str]], str]:
    """Return selector and body of the innermost rules, and all text outside of their bodies."""
    found: list[tuple[str, str]] = []
    outside = [""]
    opened, start = False, 0
    for brace in _BRACE.finditer(sheet):
        text = sheet[start : brace.start()]
        closes = brace.group() == "}"
        if closes and opened:
            found.append((outside[-1], text))
        else:
            outside.append(text)
        opened, start = not closes, brace.end()
    return found, "".join([*outside, sheet[start:]])


def _without_importance(value: str) -> str:
    head, mark, tail = value.rpartition("!")
    return head if mark and tail.strip().lower() == "important" else value


def _mentioned(selector: str) -> frozenset[str]:
    if _EVERYTHING.search(selector):
        return frozenset("*")
    return frozenset(_SIMPLE.findall(selector))
