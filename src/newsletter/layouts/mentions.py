"""Mentions: where a layout's own files say what the renderer met on the pages.

In: a layout, and an address or a declaration that the renderer names. Out: file, line and column
of the words in a stylesheet, a template or a drawing of the layout, or None.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from newsletter.diagnostics import Place
from newsletter.layouts.layout import Layout
from newsletter.layouts.stylesheets import Sheet, rules_of, stylesheets_of, written

WRITTEN = (".css", ".j2", ".html", ".svg")
HIDES = re.compile(r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)", re.IGNORECASE)
VARIABLE = re.compile(r"var\(\s*(--[\w-]+)")


def mention(layout: Layout, name: str) -> Place | None:
    """Return where a file or address is named first, a layout's own files before inherited ones."""
    texts = [
        (layout.shown(path), path.read_text("utf-8", "replace"))
        for path in layout.inputs().values()
        if path.suffix in WRITTEN
    ]
    for words in (name, name.rpartition("/")[2]):
        for shown, text in texts:
            if words and words in text:
                return Place.within(shown, text, text.index(words), len(words))
    return None


class Given(NamedTuple):
    """Where the value of a property stands, and the custom properties that it comes from."""

    place: Place
    names: tuple[str, ...]


def given(layout: Layout, name: str, line: int, column: int) -> Given | None:
    """Return where the value stands that a property was given by `var()` at a line and column.

    That is in the custom property, the last of its name; in the declaration where it names two.
    """
    sheets = stylesheets_of(layout)
    for sheet in reversed(sheets):
        value = _value_at(sheet, name, line, column)
        if value is None:
            continue
        used = tuple(VARIABLE.findall(value))
        found = [*_set(sheets, used[0])] if len(used) == 1 else []
        return Given(found[-1] if found else Place(sheet.shown, line, column), used)
    return None


def hidden(layout: Layout, element: str) -> Place | None:
    """Return where a stylesheet hides an element such as p or p.note; None if none does."""
    tag, _, name = element.partition(".")
    named = re.compile(rf"(?<![\w.#:-]){tag}(?![\w-])" + (rf"|\.{name}(?![\w-])" if name else ""))
    for sheet in reversed(stylesheets_of(layout)):
        for rule in rules_of(sheet.text):
            if rule.type != "qualified-rule" or HIDES.search(written(rule.content)) is None:
                continue
            selector = written(rule.prelude).rstrip()
            if named.search(selector):
                line, column = rule.source_line, rule.source_column
                return Place(sheet.shown, line, column, line, column + len(selector))
    return None


def template_place(layout: Layout) -> Place | None:
    """Return the beginning of a layout's template."""
    path = layout.find(layout.spec.template)
    return Place(layout.shown(path)) if path else None


def _value_at(sheet: Sheet, name: str, line: int, column: int) -> str | None:
    """Return the value that begins at a line and column, if it is one of the property `name`."""
    rows = sheet.text.split("\n")
    if not 0 < line <= len(rows) or not rows[line - 1][column - 1 :]:
        return None
    before = "\n".join([*rows[: line - 1], rows[line - 1][: column - 1]])
    value = re.split("[;}]", "\n".join([rows[line - 1][column - 1 :], *rows[line:]]))[0]
    property_name = re.search(r"([\w-]+)\s*:\s*\Z", before)
    is_named = property_name is not None and name.startswith(property_name[1])
    return value if is_named and "var(" in value else None


def _set(sheets: list[Sheet], name: str) -> Iterator[Place]:
    for sheet in sheets:
        for match in re.finditer(rf"(?<![\w-]){re.escape(name)}\s*:", sheet.text):
            yield Place.within(sheet.shown, sheet.text, match.start(), len(name))
