"""The reading of a drawing: expat's events, judged one by one.

In: the file's bytes. Out: a `Drawing`. A problem that makes the rest unreadable (bad XML, a
document type, a limit) ends the list; all others are collected.
"""

from __future__ import annotations

from xml.parsers import expat

from msgspec import Struct, field
from msgspec.structs import replace

from newsletter.diagnostics import Term
from newsletter.pictures.formats import wide_encoding
from newsletter.pictures.problem import Flaw, Problem, flaw
from newsletter.pictures.svg import references, style, vocabulary
from newsletter.pictures.svg.references import Node
from newsletter.pictures.svg.size import drawing_size
from newsletter.pictures.svg.vocabulary import SVG_NAMESPACE, Attributes

DEEPEST = 64
MOST_ELEMENTS = 50_000  # WeasyPrint 70 draws as many rectangles in 7 seconds
MOST_PROBLEMS = 20
_PIECE = 1_048_576


class Drawing(Struct, frozen=True):
    """Size in user units (0 if the reading stopped before it was known) and all problems."""

    width: float
    height: float
    problems: list[Problem]


def read(data: bytes) -> Drawing:
    """Read a drawing from `data`; raises nothing."""
    reader = _Reader()
    try:
        _judge_encoding(data)
        reader.parse(data)
        reader.follow_references()
    except Flaw as stop:
        reader.note(stop.problem)
    reader.__dict__.pop("parser", None)  # knows the reader, and would keep all that it has read
    return Drawing(*reader.size, list(reader.problems.values())[:MOST_PROBLEMS])


def _judge_encoding(data: bytes) -> None:
    wide = wide_encoding(data)
    if wide:
        raise Flaw(Problem("N331", {"encoding": wide}, line=1, column=1))
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        place = _place(data, error.start)
        raise Flaw(Problem("N331", {"encoding": "?"}, "bytes", *place)) from None


def _place(data: bytes, offset: int) -> tuple[int, int]:
    """Return line and column of a byte; all before it is UTF-8."""
    before = data[:offset].decode("utf-8-sig")
    return before.count("\n") + 1, len(before) - before.rfind("\n")


class _Reader(Struct, dict=True):
    size: tuple[float, float] = (0.0, 0.0)
    problems: dict[object, Problem] = field(default_factory=dict)
    nodes: list[Node] = field(default_factory=list)
    open: list[Node] = field(default_factory=list)
    sheets: list[str] = field(default_factory=list)
    sheet: list[str] | None = None

    def parse(self, data: bytes) -> None:
        self.data = data
        self.parser = expat.ParserCreate("utf-8", " ")
        self.parser.buffer_text = True
        self.parser.XmlDeclHandler = self._declaration
        self.parser.StartDoctypeDeclHandler = self._document_type
        self.parser.ProcessingInstructionHandler = self._instruction
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        try:
            for start in range(0, len(data), _PIECE):
                self.parser.Parse(data[start : start + _PIECE], False)  # noqa: FBT003 - expat's
            self.parser.Parse(b"", True)  # noqa: FBT003 - expat's
        except expat.ExpatError as error:
            reason = Term(expat.ErrorString(error.code))
            place = (error.lineno, error.offset + 1)
            raise Flaw(Problem("N330", {"reason": reason}, "default", *place)) from None

    def note(self, problem: Problem) -> None:
        """Keep a problem, only the first of its kind, placed where the parser stands."""
        if not problem.line:
            line, column = self._here()
            problem = replace(problem, line=line, column=column)
        self.problems.setdefault((problem.code, tuple(sorted(problem.values.items()))), problem)

    def follow_references(self) -> None:
        """Judge what elements refer to, once all of them are known."""
        rules = [rule for sheet in self.sheets for rule in style.reference_rules(sheet)]
        for problem in references.judge(self.nodes, rules):
            self.note(problem)

    def _here(self) -> tuple[int, int]:
        return self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1

    def _declaration(self, _version: str, encoding: str | None, _standalone: int) -> None:
        if encoding and encoding.lower() not in ("utf-8", "utf8"):
            raise flaw("N331", encoding=encoding)

    def _document_type(self, *_: object) -> None:
        start = self.data.rfind(b"<!DOCTYPE", 0, self.parser.CurrentByteIndex + 9)
        raise Flaw(Problem("N333", {}, "default", *_place(self.data, max(start, 0))))

    def _instruction(self, target: str, _data: str) -> None:
        if target == "xml-stylesheet":
            self.note(Problem("N338", {"target": "<?xml-stylesheet?>"}))

    def _start(self, full_name: str, attributes: Attributes) -> None:
        namespace, _, name = full_name.rpartition(" ")
        if not self.open:
            self._root(namespace, name, attributes)
        self._count()
        for problem in vocabulary.judge(namespace, name, attributes, root=not self.open):
            self.note(problem)
        node = Node(name, self.open[-1] if self.open else None, *self._here())
        references.collect(node, attributes)
        self.nodes.append(node)
        self.open.append(node)
        if namespace == SVG_NAMESPACE and name == "style":
            self.sheet = []

    def _root(self, namespace: str, name: str, attributes: Attributes) -> None:
        if (namespace, name) != (SVG_NAMESPACE, "svg"):
            raise flaw("N334", name=name, hint="namespace" if name == "svg" else "default")
        try:
            self.size = drawing_size(attributes)
        except Flaw as wrong:
            self.note(wrong.problem)

    def _count(self) -> None:
        if len(self.open) >= DEEPEST:
            raise flaw("N344", limit=DEEPEST)
        if len(self.nodes) >= MOST_ELEMENTS:
            raise flaw("N345", limit=MOST_ELEMENTS)

    def _text(self, text: str) -> None:
        if self.sheet is not None:
            self.sheet.append(text)

    def _end(self, _name: str) -> None:
        node = self.open.pop()
        if node.name == "style" and self.sheet is not None:
            sheet, self.sheet = "".join(self.sheet), None
            self.sheets.append(sheet[: style.LONGEST_SHEET])
            for problem in style.judge_sheet(sheet):
                self.note(replace(problem, line=node.line, column=node.column))
