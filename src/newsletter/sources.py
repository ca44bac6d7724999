"""YAML with marks: every value knows where it stands.

In: a file of the publication. Out: a tree of `Scalar`, `Sequence` and `Mapping`, whose
leaves are text. All plain scalars stay text (dates, `NO`, `010`): the failsafe schema of
YAML 1.2.2, chapter 10.1; the model decides what a text means. Only `null`, `~` and nothing
at all are None. Aliases, anchors and tags are refused: an issue is text, not a program.
"""

from __future__ import annotations

import bisect
import functools
import re
import stat
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

from newsletter.diagnostics import Diagnostic, Place, Refused, Term, Values

LARGEST_FILE = 4 * 1024 * 1024
DEEPEST = 32
MOST_PROBLEMS = 100
"""How many problems of one file are told; after so many the rest is noise."""
NULLS = frozenset({"", "~", "null", "Null", "NULL"})
WHITE = frozenset(" \t\n")
NOT_TEXT = re.compile("[^\t\n -~\u00a0-\u2027\u202a-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What YAML 1.2.2, 5.1, does not print, and the line breaks of Unicode that only 1.1 knew."""


@dataclass(frozen=True, slots=True)
class Source:
    """A text file: `shown` is its path as messages give it, `path` where it lies."""

    path: Path
    shown: str
    text: str
    line_starts: tuple[int, ...] = field(repr=False)

    @classmethod
    def of(cls, path: Path, shown: str, text: str) -> Source:
        """Wrap a text that has been read already."""
        starts = [0]
        starts.extend(i + 1 for i, c in enumerate(text) if c == "\n")
        return cls(path, shown, text, tuple(starts))

    def place(self, start: int, end: int | None = None) -> Place:
        """Return the place of the characters `start` to `end` (offsets in `text`)."""
        end = start if end is None else end
        line, column = self._position(start)
        end_line, end_column = self._position(max(end, start))
        return Place(self.shown, line, column, end_line, end_column)

    def _position(self, offset: int) -> tuple[int, int]:
        offset = min(max(offset, 0), len(self.text))
        row = bisect.bisect_right(self.line_starts, offset) - 1
        return row + 1, offset - self.line_starts[row] + 1


@dataclass(frozen=True, slots=True)
class Scalar:
    """A leaf: `text` is None for null. `offsets[i]` is where character i stands in the source."""

    source: Source
    start: int
    end: int
    text: str | None
    offsets: tuple[int, ...] = field(repr=False)

    def place(self, start: int | None = None, end: int | None = None) -> Place:
        """Return the place of the whole value, or of its characters `start` to `end`."""
        if start is None or not self.offsets:
            return self.source.place(self.start, self._end_of_first_line())
        last = len(self.offsets) - 1
        stop = start if end is None else end
        after = self.offsets[min(max(stop - 1, 0), last)] + (1 if stop > start else 0)
        return self.source.place(self.offsets[min(start, last)], after)

    def _end_of_first_line(self) -> int:
        newline = self.source.text.find("\n", self.start, self.end)
        return self.end if newline < 0 else newline


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list, with the place of each item in the item itself."""

    source: Source
    start: int
    end: int
    items: list[Node]

    def place(self) -> Place:
        """Return the place where the list begins."""
        return self.source.place(self.start, self.start + 1)


@dataclass(frozen=True, slots=True)
class Mapping:
    """A mapping; `keys` holds the scalar of each key, for messages about the key itself."""

    source: Source
    start: int
    end: int
    keys: dict[str, Scalar]
    values: dict[str, Node]

    def place(self) -> Place:
        """Return the place of the first key: the most a message about the whole can point at."""
        first = next(iter(self.keys.values()), None)
        return first.place() if first else self.source.place(self.start, self.start + 1)


Node: TypeAlias = Scalar | Sequence | Mapping


def plain(node: Node) -> Any:  # noqa: ANN401 - YAML is any of three things
    """Return the tree as str, None, list and dict."""
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return {key: plain(value) for key, value in node.values.items()}


def descend(node: Node, location: tuple[int | str, ...]) -> tuple[Node, tuple[int | str, ...]]:
    """Follow `location` as far as the tree has it; return the node and the steps not taken."""
    for index, step in enumerate(location):
        child = _child(node, step)
        if child is None:
            return node, location[index:]
        node = child
    return node, ()


def _child(node: Node, step: int | str) -> Node | None:
    if isinstance(node, Mapping):
        return node.values.get(str(step))
    if isinstance(node, Sequence) and isinstance(step, int) and step < len(node.items):
        return node.items[step]
    return None


# Reading ------------------------------------------------------------------------------------


def read(path: Path, shown: str) -> Source:
    """Read a UTF-8 text file; raises `Refused` when it is missing, too large or not UTF-8."""
    values: Values
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):  # a pipe would be waited at for ever
            values = {"file": shown, "reason": Term("not a file")}
            raise Refused([Diagnostic("N124", Place(shown), values)])
        if status.st_size > LARGEST_FILE:
            limit = LARGEST_FILE // 1024 // 1024
            values = {"file": shown, "limit": limit}
            raise Refused([Diagnostic("N117", Place(shown), values)])
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise Refused([Diagnostic("N101", Place(shown), {"file": shown})]) from error
    except OSError as error:
        values = {"file": shown, "reason": error.strerror or str(error)}
        raise Refused([Diagnostic("N124", Place(shown), values)]) from error
    return Source.of(path, shown, _decode(data, shown))


def _decode(data: bytes, shown: str) -> str:
    if data.startswith(b"\xef\xbb\xbf"):
        raise Refused([Diagnostic("N103", Place(shown, 1, 1, 1, 2), {"file": shown})])
    if b"\0" in data and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Refused([Diagnostic("N116", Place(shown), {"file": shown})])
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        before = data[data.rfind(b"\n", 0, error.start) + 1 : error.start].decode("utf-8")
        values = {"file": shown, "encoding": _likely_encoding(data)}
        place = Place(shown, line, len(before) + 1, line, len(before) + 2)
        raise Refused([Diagnostic("N102", place, values)]) from error
    return text.replace("\r\n", "\n")


def _likely_encoding(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "UTF-16"
    for encoding in ("gb18030", "big5", "shift_jis"):
        try:
            data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return encoding.upper()
    return "?"


def load(path: Path, shown: str) -> Mapping:
    """Read and parse a file whose top is a mapping; raises `Refused` with what is wrong."""
    return parse(read(path, shown))


def parse(source: Source) -> Mapping:
    """Parse a source whose top is a mapping; raises `Refused` with every problem found."""
    builder = _Builder(source)
    for match in NOT_TEXT.finditer(source.text):
        builder.report_character(match[0], source.place(match.start(), match.end()))
    root = None if builder.problems else builder.build()
    if builder.problems or not isinstance(root, Mapping):
        raise Refused(builder.problems)
    return root


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
        values = {"character": f"U+{ord(character):04X}"}
        self._note(Diagnostic("N134", place, values, "return" if character == "\r" else "default"))

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
            self.problems.append(_syntax_problem(self.source, error))
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
            self._place(scalar := _scalar(self.source, event))
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
        for match in NOT_TEXT.finditer(scalar.text or ""):
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


@dataclass(slots=True)
class _Open:
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


# Syntax errors, said in an editor's words ---------------------------------------------------


FIELD_COLON = re.compile(r"[ ]*(?:- +)?[\"']?([a-z_]+)[\"']?(：|:(?=[^\s:/]))")
OPENING = ("[", "{", "'", '"')
ENDS_A_VALUE = re.compile(r"[\"'\]}][ \t]*$")


def _syntax_problem(source: Source, error: Any) -> Diagnostic:  # noqa: ANN401 - PyYAML's errors
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


# Scalars: where each character stands, and how folded lines join ----------------------------


def _scalar(source: Source, event: Any) -> Scalar:  # noqa: ANN401 - PyYAML's events
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
    offsets = _align(raw, value, begin, style, max(indent, 0))
    if style != "|" and "\n" in raw:
        value, offsets = _join_folds(raw, value, offsets)
    return Scalar(source, start, end, value, tuple(start + offset for offset in offsets))


def _indent(text: str) -> int:
    """Return how far the first line that is not blank is indented."""
    match = FIRST_INDENT.match(text)
    return len(match[1]) if match else 0


FIRST_INDENT = re.compile(r"(?: *\n)*+( *)")


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


NEUTRAL = frozenset("“”‘’—…·")
QUOTE_REACH = 8


def joins_without_space(before: str, after: str) -> bool:
    """Tell whether two lines join without a space: when either side of the break is Chinese.

    Curly quotes, dash and ellipsis belong to both scripts; they are read through.
    """
    return _is_chinese(reversed(before[-QUOTE_REACH:])) or _is_chinese(iter(after[:QUOTE_REACH]))


def _is_chinese(characters: Iterator[str]) -> bool:
    for character in characters:
        if character not in NEUTRAL:
            return is_wide(character)
    return False


@functools.cache
def is_wide(character: str) -> bool:
    """Tell whether a character is East Asian Wide or Fullwidth (UAX #11), Hangul left out."""
    if "\uac00" <= character <= "\ud7a3":
        return False
    return unicodedata.east_asian_width(character) in ("W", "F")
