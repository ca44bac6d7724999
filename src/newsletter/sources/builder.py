"""From a source to its tree, event by event.

In: a `Source`, or a path to one. Out: the `Mapping` at its top, or `Refused` with every
problem found. Aliases, anchors and tags are refused: an issue is text, not a program.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from newsletter.diagnostics import Diagnostic, Place, Refused
from newsletter.sources.files import read
from newsletter.sources.scalars import scalar_of
from newsletter.sources.syntax import syntax_problem
from newsletter.sources.tree import Mapping, Node, Scalar, Sequence, Source

DEEPEST = 32
MOST_PROBLEMS = 100
NOT_TEXT = "[^\t\n -~\u00a0-\u2027\u202a-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
"""What YAML takes for no text; a pattern that is compiled where something could match it."""
MOST_KEPT = 64
"""How many files are kept as they were parsed; an issue has some twenty."""
LAYOUT_ONLY = "\t\n\u3000"
"""Characters that are text and that Python does not call printable."""


def load(path: Path, shown: str, flaws: list[Diagnostic] | None = None) -> Mapping:
    """Read and parse a file whose top is a mapping; raises `Refused` with what is wrong.

    What can be read past is added to `flaws`, where they are collected: see `read`, and characters
    that are no text, which come with what is pasted from other programs.
    The tree is the same one as long as the file says the same; nobody changes it.
    """
    source = read(path, shown, flaws)
    return _parsed(source if flaws is None else _legible(source, flaws))


def _legible(source: Source, flaws: list[Diagnostic]) -> Source:
    """Return a source with a space for each character that is no text; they are flaws (N134)."""
    found = list(_not_text(source.text))
    if not found:
        return source
    flaws += [
        _no_text(match[0], source.place(match.start(), match.end()))
        for match in found[:MOST_PROBLEMS]
    ]
    return replace(source, text=re.sub(NOT_TEXT, " ", source.text))


def parse(source: Source) -> Mapping:
    """Parse a source whose top is a mapping; raises `Refused` with every problem found."""
    builder = _Builder(source)
    for match in _not_text(source.text):
        builder.report_character(match[0], source.place(match.start(), match.end()))
    root = None if builder.problems else builder.build()
    if builder.problems or not isinstance(root, Mapping):
        raise Refused(builder.problems)
    return root


_parsed = functools.lru_cache(MOST_KEPT)(parse)


def _not_text(text: str) -> Iterator[re.Match[str]]:
    """Yield the characters that are no text; what is printable is (Unicode, General_Category)."""
    printed = text
    for character in LAYOUT_ONLY:
        printed = printed.replace(character, "")
    return iter(()) if printed.isprintable() else re.finditer(NOT_TEXT, text)


def _no_text(character: str, place: Place) -> Diagnostic:
    values = {"character": f"U+{ord(character):04X}"}
    return Diagnostic("N134", place, values, "return" if character == "\r" else "default")


class _Builder:
    """Builds the tree from parser events, without recursion, so that depth cannot hurt."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.problems: list[Diagnostic] = []
        self.stack: list[_Open] = []
        self.anchors: set[str] = set()
        self.root: Node | None = None

    def report(self, code: str, place: Place, **values: str | int) -> None:
        self._note(Diagnostic(code, place, values))

    def report_character(self, character: str, place: Place) -> None:
        self._note(_no_text(character, place))

    def _note(self, problem: Diagnostic) -> None:
        self.problems.append(problem)
        if len(self.problems) >= MOST_PROBLEMS:
            raise Refused(self.problems)

    def build(self) -> Node | None:
        import yaml

        try:
            for event in _events(self.source.text):
                self._take(event, yaml)
        except yaml.YAMLError as error:
            self.problems.append(syntax_problem(self.source, error))
            return None
        self._judge_top(self.root)
        return self.root

    def _judge_top(self, root: Node | None) -> None:
        if root is None or (isinstance(root, Scalar) and root.text is None):
            self.report("N112", self.source.place(0), file=self.source.shown)
        elif not isinstance(root, Mapping):
            self.report("N113", root.place(), file=self.source.shown)

    def _take(self, event: Any, yaml: Any) -> None:  # noqa: ANN401 - PyYAML has no types for events
        start, end = event.start_mark.index, event.end_mark.index
        if isinstance(event, yaml.DocumentStartEvent) and self.root is not None:
            self.report("N122", self.source.place(start, end))
            raise Refused(self.problems)
        if isinstance(event, yaml.AliasEvent):
            self._refuse_anchor(event.anchor, self.source.place(start, end))
            self._place(Scalar(self.source, start, end, None, ()))
            return
        if isinstance(event, yaml.NodeEvent):
            self._refuse_properties(event, start, end)
        if isinstance(event, yaml.ScalarEvent):
            self._place(scalar := scalar_of(self.source, event))
            if event.style == '"':
                self._refuse_escaped(scalar)
        elif isinstance(event, (yaml.SequenceStartEvent, yaml.MappingStartEvent)):
            self._open(isinstance(event, yaml.MappingStartEvent), start)
        elif isinstance(event, (yaml.SequenceEndEvent, yaml.MappingEndEvent)):
            self._close(end)

    def _refuse_anchor(self, name: str, place: Place) -> None:
        if name not in self.anchors:
            self.report("N114", place, name=name)
        self.anchors.add(name)

    def _refuse_properties(self, event: Any, start: int, end: int) -> None:  # noqa: ANN401
        if getattr(event, "anchor", None):
            place = self.source.place(start, min(end, start + len(event.anchor) + 1))
            self._refuse_anchor(event.anchor, place)
        tag = getattr(event, "tag", None)
        if tag:
            written = TAG.search(self.source.text, start, end)
            first, last = written.span() if written else (start, start + 1)
            self.report("N115", self.source.place(first, last), tag=written[0] if written else tag)

    def _refuse_escaped(self, scalar: Scalar) -> None:
        """Refuse what an escape brings in and no text holds, such as a zero byte."""
        for match in _not_text(scalar.text or ""):
            self.report_character(match[0], scalar.place(match.start(), match.end()))

    def _open(self, is_mapping: bool, start: int) -> None:  # noqa: FBT001
        if len(self.stack) >= DEEPEST:
            self.report("N125", self.source.place(start, start + 1), limit=DEEPEST)
            raise Refused(self.problems)
        self.stack.append(_Open(is_mapping, start))

    def _close(self, end: int) -> None:
        top = self.stack.pop()
        if top.is_mapping:
            self._place(Mapping(self.source, top.start, end, top.keys, top.values))
        else:
            self._place(Sequence(self.source, top.start, end, top.items))

    def _place(self, node: Node) -> None:
        if not self.stack:
            self.root = node
            return
        top = self.stack[-1]
        if not top.is_mapping:
            top.items.append(node)
        elif top.key is None:
            top.key = self._key(node)
        else:
            self._enter(top, top.key, node)
            top.key = None

    def _key(self, node: Node) -> Scalar:
        if isinstance(node, Scalar):
            return node
        self.report("N126", node.place())
        return Scalar(self.source, node.start, node.end, None, ())

    def _enter(self, top: _Open, key: Scalar, node: Node) -> None:
        name = key.text if key.text is not None else ""
        if name in top.values:
            first = top.keys[name].place()
            self.report("N107", key.place(), field=name, line=first.line)
            return
        top.keys[name], top.values[name] = key, node


TAG = re.compile(r"!\S*")


class _Open(Struct):
    """A mapping or sequence whose end has not come yet."""

    is_mapping: bool
    start: int
    key: Scalar | None = None
    items: list[Node] = field(default_factory=list)
    keys: dict[str, Scalar] = field(default_factory=dict)
    values: dict[str, Node] = field(default_factory=dict)


def _events(text: str) -> Iterator[Any]:
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    yield from yaml.parse(text, Loader=loader)
