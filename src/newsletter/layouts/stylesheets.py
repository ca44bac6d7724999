"""Stylesheets read for mistakes, without laying out a page.

In: a layout, the custom properties that a page is given. Out: what is wrong with the layout's CSS,
at file, line and column: what cannot be read, braces that do not match, `var()` of names that are
nowhere set, files and font families that are not there. What a property takes the renderer knows.
"""

from __future__ import annotations

import contextlib
import difflib
import functools
import posixpath
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any
from urllib.parse import unquote

from msgspec import Struct, field

from newsletter.diagnostics import Diagnostic, Place, Severity, Values, listed
from newsletter.layouts.layout import Layout
from newsletter.layouts.marks import full_width, wrong_marks
from newsletter.layouts.options import suggest
from newsletter.sources import read
from newsletter.typesetting.selectors import put_off

GENERIC = frozenset(
    {"serif", "sans-serif", "cursive", "fantasy", "monospace", "system-ui", "math", "emoji"}
    | {"inherit", "initial", "unset", "revert"}
)
"""What may stand for a family and is none (CSS Fonts 4, 2.1)."""
NESTING = frozenset({"", "media", "supports", "layer"})
"""What holds rules with selectors of their own; within a rule & stands for its selector."""
BESIDE = "../"
SETTING = re.compile(r"(--[\w-]+)\s*[:：]")
"""What sets a custom property, in HTML or where CSS cannot be read."""


class Sheet(Struct, frozen=True):
    """A stylesheet: its name in messages, its path in the layout, its text."""

    shown: str
    within: str
    text: str


class _Use(Struct, frozen=True):
    """A name in a stylesheet, where it stands."""

    name: str
    place: Place


class _Read(Struct):
    """What was met in the stylesheets of a layout."""

    problems: list[Diagnostic] = field(default_factory=list)
    known: set[str] = field(default_factory=set)
    variables: list[_Use] = field(default_factory=list)
    urls: list[tuple[Sheet, _Use]] = field(default_factory=list)
    imports: list[tuple[Sheet, _Use]] = field(default_factory=list)
    families: list[_Use] = field(default_factory=list)
    own_families: set[str] = field(default_factory=set)
    stacks: dict[str, list[_Use]] = field(default_factory=dict)
    """Custom properties that may be stacks of fonts, with the first name of each."""
    set_by: set[str] = field(default_factory=set)
    """Custom properties by which a font is set."""


def stylesheets_of(layout: Layout) -> list[Sheet]:
    """Return the stylesheets that layout.yaml names, in their order."""
    found: list[Sheet] = []
    for name in layout.spec.stylesheets:
        path = layout.find(name)
        if path is not None:
            text = read(path, layout.shown(path)).text
            found.append(Sheet(layout.shown(path), layout.within(path), text))
    return found


def mistakes(layout: Layout, given: Iterable[str]) -> list[Diagnostic]:
    """Return what is wrong with a layout's stylesheets; `given` are properties set elsewhere."""
    put_off()
    served = layout.served()
    seen = _Read(known=set(given))
    waiting = stylesheets_of(layout)
    done: set[str] = set()
    while waiting:
        sheet = waiting.pop(0)
        if sheet.shown not in done:  # two layouts of a chain may have one of the same name
            done.add(sheet.shown)
            _read_sheet(sheet, seen)
            waiting += _imported(layout, seen, served)
    for name, path in served.items():
        if name.endswith((".j2", ".html")):
            seen.known.update(SETTING.findall(path.read_text("utf-8", "replace")))
    problems = [*seen.problems, *_unknown_variables(seen), *_not_served(seen, served)]
    return [*problems, *_unknown_families(seen, layout.spec.fonts)]


@functools.lru_cache(maxsize=8)
def rules_of(text: str) -> Sequence[Any]:
    """Return the rules of a stylesheet as tinycss2 reads them; nobody may change them."""
    import tinycss2

    return tuple(tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True))


def _read_sheet(sheet: Sheet, seen: _Read) -> None:
    wrong = [*wrong_marks(sheet.shown, sheet.text), *full_width(sheet.shown, sheet.text)]
    before = len(seen.problems)
    seen.problems += wrong
    with contextlib.suppress(RecursionError):  # blocks in blocks without end: the renderer tells
        _Reader(sheet, seen, is_readable=not wrong).nodes(rules_of(sheet.text))
    if any(found.code in ("N517", "N518") for found in seen.problems[before:]):
        seen.known.update(SETTING.findall(sheet.text))


class _Reader(Struct):
    """Goes through the rules of one stylesheet.

    Where its marks are wrong it is not readable, and what follows from that is not told.
    """

    sheet: Sheet
    seen: _Read
    is_readable: bool

    def nodes(self, nodes: Iterable[Any], rule: str = "") -> None:
        import tinycss2

        for node in nodes:
            if node.type == "error":
                self._error(node)
            elif node.type == "declaration":
                self._declaration(node, rule)
            elif node.type in ("qualified-rule", "at-rule"):
                name = getattr(node, "lower_at_keyword", "")
                if name == "import":
                    self._import(node)
                elif node.type == "qualified-rule" and rule in NESTING and self.is_readable:
                    self._selector(node)
                if node.content is not None:
                    inner = tinycss2.parse_blocks_contents(
                        node.content, skip_comments=True, skip_whitespace=True
                    )
                    self.nodes(inner, name or "rule")

    def _selector(self, node: Any) -> None:  # noqa: ANN401 - tinycss2's
        import cssselect2

        try:
            cssselect2.compile_selector_list(node.prelude)
        except cssselect2.SelectorError:
            prelude = written(node.prelude).rstrip()
            place = self._place(node, len(prelude.split("\n", 1)[0]))
            hint = "comment" if prelude.startswith("//") else "selector"
            self.seen.problems.append(Diagnostic("N517", place, hint=hint))

    def _error(self, node: Any) -> None:  # noqa: ANN401 - tinycss2's
        if self.is_readable:
            line, column = _start(self.sheet.text, node.source_line, node.source_column)
            end = Place(self.sheet.shown, line, column, node.source_line, node.source_column)
            is_comment = self.sheet.text.split("\n")[line - 1].startswith("//", column - 1)
            hint = "comment" if is_comment else "default"
            self.seen.problems.append(Diagnostic("N517", end, hint=hint))

    def _declaration(self, node: Any, rule: str) -> None:  # noqa: ANN401 - tinycss2's
        name, values = node.name, node.value
        if name.startswith("--"):
            self.seen.known.add(name)
            if self.is_readable:
                self._judge_token(node)
            stack = self._families(values)
            if stack and self.is_readable:
                self.seen.stacks.setdefault(name, []).append(stack[0])
        elif self.is_readable:
            self._judge_value(node)
        if node.lower_name in ("font", "font-family"):
            self._font(node, rule)
        if node.lower_name == "opacity":
            self._opacity(node)
        for value in _within(values):
            self._value(value)

    def _judge_value(self, node: Any) -> None:  # noqa: ANN401 - tinycss2's
        """Note a value that is not there, or that goes on into the next declaration."""
        parts = [part for part in node.value if part.type not in ("whitespace", "comment")]
        if not parts:
            values: Values = {"name": node.name}
            self.seen.problems.append(Diagnostic("N517", self._place(node), values, hint="empty"))
        next_one = next(_declared(parts), None)
        if next_one is not None:
            self.seen.problems.append(self._no_semicolon(next_one))
        else:
            self.seen.problems += self._no_colours(node)

    def _judge_token(self, node: Any) -> None:  # noqa: ANN401 - tinycss2's
        """Note what is wrong with the value of a custom property; it is an error.

        CSS takes any value, and what the property is used for is lost far from it.
        """
        parts = [part for part in node.value if part.type not in ("whitespace", "comment")]
        next_one = next((name for name in _declared(parts) if self._is_next(name)), None)
        found = [self._no_semicolon(next_one)] if next_one else self._no_colours(node)
        self.seen.problems += [problem.at(Severity.ERROR) for problem in found]

    def _is_next(self, name: Any) -> bool:  # noqa: ANN401 - tinycss2's
        """Tell whether a name is one of a custom property, or begins its line."""
        line = self.sheet.text.split("\n")[name.source_line - 1]
        return name.value.startswith("--") or not line[: name.source_column - 1].strip()

    def _no_semicolon(self, name: Any) -> Diagnostic:  # noqa: ANN401 - tinycss2's
        values: Values = {"name": name.value}
        place = self._place(name, len(name.value))
        return Diagnostic("N517", place, values, hint="semicolon")

    def _no_colours(self, node: Any) -> list[Diagnostic]:  # noqa: ANN401 - tinycss2's
        from tinycss2.color4 import parse_color

        return [
            Diagnostic(
                "N517", self._place(part, len(part.value) + 1), {"name": part.value}, hint="colour"
            )
            for part in _within(node.value)
            if part.type == "hash" and parse_color(part) is None
        ]

    def _font(self, node: Any, rule: str) -> None:  # noqa: ANN401 - tinycss2's
        families = self._families(node.value, only_quoted=node.lower_name == "font")
        if rule == "font-face":
            self.seen.own_families.update(family.name for family in families)
        elif families and self.is_readable:
            self.seen.families.append(families[0])
        for value in _within(node.value):
            self.seen.set_by.update(use.name for use in self._variable(value))

    def _families(self, values: Iterable[Any], *, only_quoted: bool = False) -> list[_Use]:
        """Return the families of a list that is parted by commas, unless it begins with var()."""
        found: list[_Use] = []
        words: list[Any] = []
        for part in [*values, None]:
            if part is None or part == ",":
                if words and all(word.type in ("ident", "string") for word in words):
                    name = " ".join(word.value for word in words)
                    found.append(_Use(name, self._place(words[0], len(name))))
                elif words and not found and not only_quoted:
                    return []
                words = []
            elif part.type == "string" and only_quoted:
                words = [part]
            elif part.type not in ("whitespace", "comment"):
                if only_quoted and part.type == "function":
                    return []
                words.append(part)
        return found

    def _opacity(self, node: Any) -> None:  # noqa: ANN401 - tinycss2's
        for part in node.value:
            if part.type in ("number", "percentage"):
                share = part.value / (100 if part.type == "percentage" else 1)
                if share < 1:
                    self.seen.problems.append(Diagnostic("N519", self._place(node, len(node.name))))

    def _value(self, value: Any) -> None:  # noqa: ANN401 - tinycss2's
        self.seen.variables += [
            use for use in self._variable(value) if not _has_fallback(value.arguments)
        ]
        url = _url(value)
        if url:
            self.seen.urls.append((self.sheet, _Use(url, self._place(value))))

    def _variable(self, value: Any) -> Iterator[_Use]:  # noqa: ANN401 - tinycss2's
        if value.type == "function" and value.lower_name == "var":
            for name in value.arguments:
                if name.type == "ident":
                    yield _Use(name.value, self._place(name, len(name.value)))
                    return

    def _import(self, node: Any) -> None:  # noqa: ANN401 - tinycss2's
        for part in node.prelude:
            name = part.value if part.type == "string" else _url(part)
            if name:
                self.seen.imports.append((self.sheet, _Use(name, self._place(part))))
                return

    def _place(self, node: Any, length: int = 0) -> Place:  # noqa: ANN401 - tinycss2's
        line, column = node.source_line, node.source_column
        return Place(self.sheet.shown, line, column, line, column + length if length else 0)


def written(nodes: Iterable[Any]) -> str:
    """Return component values as they are written."""
    import tinycss2

    return str(tinycss2.serialize(list(nodes)))


def _within(values: Iterable[Any]) -> Iterator[Any]:
    """Yield component values and those within them."""
    for value in values:
        yield value
        inner = getattr(value, "arguments", None) or getattr(value, "content", None)
        if inner:
            yield from _within(inner)


def _declared(parts: Iterable[Any]) -> Iterator[Any]:
    """Yield the names in a value that are followed by a colon, as that of the next declaration."""
    for before, part in pairwise(parts):
        if part.type == "literal" and part.value == ":" and before.type == "ident":
            yield before


def _has_fallback(arguments: Iterable[Any]) -> bool:
    return any(part == "," for part in arguments)


def _url(value: Any) -> str:  # noqa: ANN401 - tinycss2's
    """Return the URL of a component value; empty if it is none."""
    if value.type == "url":
        return str(value.value)
    if value.type == "function" and value.lower_name == "url":
        return "".join(part.value for part in value.arguments if part.type == "string")
    return ""


def _start(text: str, line: int, column: int) -> tuple[int, int]:
    """Return line and column where the declaration or rule begins that ends at a place."""
    offset = sum(len(row) + 1 for row in text.split("\n")[: line - 1]) + column - 1
    begin = max(text.rfind(mark, 0, offset) for mark in "{};") + 1
    begin += len(text[begin:offset]) - len(text[begin:offset].lstrip())
    before = text[:begin]
    return before.count("\n") + 1, begin - before.rfind("\n")


# What is not there ------------------------------------------------------------------------------


def _unknown_variables(seen: _Read) -> Iterator[Diagnostic]:
    """Yield each name once, where it stands first."""
    counted = Counter(use.name for use in seen.variables)
    told = set(seen.known)
    for use in seen.variables:
        if use.name not in told:
            told.add(use.name)
            names = sorted(name.removeprefix("--") for name in seen.known)
            near = difflib.get_close_matches(use.name.removeprefix("--"), names, n=1, cutoff=0.6)
            values: Values = {"name": use.name, "count": counted[use.name]}
            if near:
                values = {**values, "suggestion": f"--{near[0]}"}
            yield Diagnostic("N520", use.place, values, hint=suggest(near))


def _not_served(seen: _Read, served: Mapping[str, object]) -> Iterator[Diagnostic]:
    for sheet, use in [*seen.urls, *seen.imports]:
        if use.name.startswith(("data:", "#")):
            continue
        name = _resolved(sheet, use.name)
        if name not in served and not name.startswith(BESIDE):  # a picture of the issue
            near = difflib.get_close_matches(name, served, n=1, cutoff=0.6)
            values: Values = {"url": use.name} | ({"suggestion": near[0]} if near else {})
            yield Diagnostic("N506", use.place, values, hint=suggest(near))


def _imported(layout: Layout, seen: _Read, served: Mapping[str, Any]) -> Iterator[Sheet]:
    for sheet, use in seen.imports:
        path = served.get(_resolved(sheet, use.name))
        if path is not None:
            text = read(path, layout.shown(path)).text
            yield Sheet(layout.shown(path), layout.within(path), text)


def _resolved(sheet: Sheet, url: str) -> str:
    """Return the path in the layout that a URL of a stylesheet means."""
    path = unquote(re.split(r"[?#]", url, maxsplit=1)[0])
    return posixpath.normpath(posixpath.join(posixpath.dirname(sheet.within), path))


def _unknown_families(seen: _Read, fonts: Iterable[str]) -> Iterator[Diagnostic]:
    known = {name.lower() for name in (*fonts, *seen.own_families)} | GENERIC
    stacks = [use for name in seen.set_by for use in seen.stacks.get(name, ())]
    for use in [*seen.families, *stacks]:
        if use.name.lower() not in known:
            values: Values = {"name": use.name, "names": listed(fonts)}
            yield Diagnostic("N602", use.place, values, hint="css").at(Severity.WARNING)
