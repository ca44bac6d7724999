"""What can be wrong with an issue, said once and the same way everywhere.

In: a code, a place and the values that the sentence needs. Out: a `Diagnostic`, which
the loader, the sub-editor, the typesetter, preflight, review, the terminal and JSON share.
The sentences themselves stand in `catalogue/*.yaml`, in English and Chinese, and are read
only when a message is shown.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from enum import StrEnum
from pathlib import Path
from string import Formatter
from typing import Any, Literal, Self

from msgspec import Struct, field
from msgspec.structs import replace

ACCEPTED = "accepted"
"""The hint of what a layout accepts with a reason: `layout.yaml` has it, an editor cannot act."""
Language = Literal["en", "zh"]
Values = Mapping[str, "str | int"]
CATALOGUE = Path(__file__).parent / "catalogue"


COLON: Mapping[str, str] = {"en": ": ", "zh": "："}
"""What stands after a label; after a place, which programs read, it is a half-width one in both."""


class Term(str):
    """A value that is a word of ours, not the editor's: `catalogue/terms.yaml` translates it.

    It may stand after what it is said of, as in `faces.0: it is missing`, which its sentence may
    name as {subject}; and it may name other values of its message, as a sentence does.
    """

    __slots__ = ()


class Listing(str):
    """A value that lists names, with commas in English and with 、 in Chinese."""

    __slots__ = ("items",)
    items: tuple[str, ...]

    def __new__(cls, text: str, items: Iterable[str] = ()) -> Self:
        """Keep the names beside the text that lists them."""
        made = super().__new__(cls, text)
        made.items = tuple(items)
        return made

    def said(self, language: Language) -> str:
        """Return the names as a sentence of a language has them."""
        return "、".join(self.items) if language == "zh" else str(self)


def listed(names: Iterable[str]) -> Listing:
    """Return names as a value of a message."""
    items = [*names]
    return Listing(", ".join(items), items)


class Severity(StrEnum):
    """How much a diagnostic weighs: an error stops the line, a warning does not."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Place(Struct, frozen=True, order=True):
    """A stretch of a text file; lines and columns are characters counted from 1.

    The end is exclusive. `file` is the path as a person would type it, relative to the
    publication's folder.
    """

    file: str
    line: int = 1
    column: int = 1
    end_line: int = 0
    end_column: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"

    @classmethod
    def within(cls, file: str, text: str, offset: int, length: int = 0) -> Place:
        """Return where a stretch of a text stands, on one line; only its start without a length."""
        before = text[:offset]
        line, column = before.count("\n") + 1, offset - before.rfind("\n")
        return cls(file, line, column, line, column + length) if length else cls(file, line, column)


class Spot(Struct, frozen=True, order=True):
    """A place in a PDF: the page from 1, 0 for the whole file, and a rectangle on it.

    The rectangle is left, top, width, height in millimetres from the upper left corner of the
    trimmed page; empty where the whole page is meant. `file` is the name as a person typed it.
    """

    file: str
    page: int = 0
    area: tuple[float, float, float, float] | tuple[()] = ()

    def __str__(self) -> str:
        page = f":p{self.page}" if self.page else ""
        left, top, width, height = self.area or (0, 0, 0, 0)
        return f"{self.file}{page}" + (
            f"@{left:.1f},{top:.1f}+{width:.1f}×{height:.1f}mm" if self.area else ""
        )


class Diagnostic(Struct, frozen=True):
    """One problem: code, place, and the values that its sentence names.

    `hint` chooses among the hints that the catalogue holds for the code; None says none.
    """

    code: str
    place: Place | Spot | None = None
    values: Values = field(default_factory=dict)
    hint: str | None = "default"
    severity_override: Severity | None = None

    @property
    def severity(self) -> Severity:
        """Its own severity, or the catalogue's for this code."""
        return self.severity_override or entry(self.code).severity

    def at(self, severity: Severity) -> Diagnostic:
        """Return the same problem, weighing differently."""
        return replace(self, severity_override=severity)

    def accepted(self, reason: str) -> Diagnostic:
        """Return a warning as a note that gives the layout's reason; an error stays one."""
        if self.severity is not Severity.WARNING:
            return self
        values = {**self.values, "reason": reason}
        return Diagnostic(self.code, self.place, values, ACCEPTED, Severity.NOTE)

    @property
    def is_accepted(self) -> bool:
        """Whether the layout answers for it, so that nobody is troubled with it."""
        return self.hint == ACCEPTED

    def message(self, language: Language = "en") -> str:
        """Return the sentence that says what is wrong."""
        return entry(self.code).message[language].format_map(_Values(self.values, language))

    def hint_text(self, language: Language = "en") -> str | None:
        """Return the sentence that says what to do, if there is one."""
        texts = entry(self.code).hints.get(self.hint) if self.hint else None
        return texts[language].format_map(_Values(self.values, language)) if texts else None


class Shown(str):
    """A value in a sentence; of a count it chooses the word: `{count} {count:line|lines}`."""

    __slots__ = ()

    def __format__(self, spec: str) -> str:
        one, bar, several = spec.partition("|")
        if not bar:
            return super().__format__(spec)
        return one if self == "1" else several


def with_names(sentence: str) -> str:
    """Return a sentence of the catalogue with the names of its values in their places."""
    names = [name for _text, name, _spec, _conversion in Formatter().parse(sentence) if name]
    return sentence.format_map({name: Shown(f"{{{name}}}") for name in names})


class _Values(dict[str, "str | int"]):
    """Values as a message shows them: long ones cut in the middle, controls made visible."""

    LONGEST = 400

    def __init__(self, values: Values, language: Language) -> None:
        super().__init__(values)
        self.language = language

    def __getitem__(self, key: str) -> Shown:
        value = self.get(key, "…")
        if isinstance(value, Term) and (said := self._said(value)):
            return Shown(said)
        if isinstance(value, Listing):
            value = value.said(self.language)
        return Shown(self._visible(str(value)))

    def _visible(self, value: str) -> str:
        text = "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in value)
        if len(text) <= self.LONGEST:
            return text
        return f"{text[: self.LONGEST - 20]} … {text[-16:]}"

    def _said(self, term: Term) -> str:
        """Return a term in the language, with what it is said of; nothing for no term."""
        subject, colon, word = term.partition(": ")
        if term in terms():
            return terms()[term][self.language].format_map(self)
        if not colon or word not in terms():
            return ""
        sentence = terms()[word][self.language]
        said = sentence.format_map(_Values({**self, "subject": subject}, self.language))
        if "{subject}" in sentence:
            return said
        return f"{self._visible(subject)}{COLON[self.language]}{said}"


class Entry(Struct, frozen=True):
    """What the catalogue says about a code."""

    code: str
    name: str
    severity: Severity
    message: Mapping[str, str]
    hints: Mapping[str, Mapping[str, str]]
    explanation: Mapping[str, str]


def entry(code: str) -> Entry:
    """Return the catalogue's entry for `code`; KeyError if there is none."""
    return catalogue()[code]


@functools.cache
def catalogue() -> Mapping[str, Entry]:
    """Return all codes in order; a code that stands twice is an error of the program."""
    entries: dict[str, Entry] = {}
    for path in sorted(CATALOGUE.glob("n*.yaml")):
        for code, raw in _read(path).items():
            if code in entries:
                message = f"{path.name}: {code} stands twice"
                raise ValueError(message)
            entries[code] = _entry(code, raw)
    return dict(sorted(entries.items()))


@functools.cache
def terms() -> Mapping[str, Mapping[str, str]]:
    """Return the words that a `Term` can be, in both languages."""
    return _read(CATALOGUE / "terms.yaml")


@functools.cache
def rules_in_chinese() -> Mapping[str, Mapping[str, str]]:
    """Return by its code what each rule of preflight `finds`, has `allowed`, and its `source`."""
    return _read(CATALOGUE / "rules.yaml")


def _read(path: Path) -> dict[str, Any]:
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    found: dict[str, Any] = yaml.load(path.read_text("utf-8"), loader)  # noqa: S506 - ours
    return found


def _entry(code: str, raw: Mapping[str, Any]) -> Entry:
    return Entry(
        code=code,
        name=raw["name"],
        severity=Severity(raw["severity"]),
        message=raw["message"],
        hints=raw.get("hints", {}),
        explanation=raw["explain"],
    )


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Tell whether any of them is an error."""
    return any(d.severity is Severity.ERROR for d in diagnostics)


def in_order(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Return each only once, by file and by line or page; those without a place come first."""
    unique = {(d.code, d.place, tuple(sorted(d.values.items()))): d for d in diagnostics}
    return sorted(unique.values(), key=_order)


def _order(diagnostic: Diagnostic) -> tuple[str, tuple[float, ...], str]:
    match diagnostic.place:
        case Place() as place:
            return (
                place.file,
                (place.line, place.column, place.end_line, place.end_column),
                diagnostic.code,
            )
        case Spot() as spot:
            top_first = (spot.area[1], spot.area[0], *spot.area[2:]) if spot.area else ()
            return spot.file, (spot.page, *top_first), diagnostic.code
    return "", (0, 0), diagnostic.code


class Refused(Exception):  # noqa: N818 - it is a verdict, not a malfunction
    """The work cannot go on; carries every problem found so far."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics = in_order(diagnostics)
        super().__init__("; ".join(f"{d.place}: {d.code}" for d in self.diagnostics))
