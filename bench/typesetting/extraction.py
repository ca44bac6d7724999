"""What a reader gets who copies or searches: the text of a PDF against the text as written.

In: the bytes of a PDF and its text as written, with a line feed added where a line was drawn to
its end. Out: for each extractor the characters lost, gained and changed, the spaces lost and
gained, the line ends gained, with examples.

A line end of the extraction where a line ends on the page is no character: there may or may
not be a space in the source. A line end within a line is a fault of its own. Everywhere else
a space is a space. Nothing is normalised: a mark that comes out as another one is changed.
"""

from __future__ import annotations

import io
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path

MOST_EXAMPLES = 5
CONTEXT = 6

Kind = str
KINDS: tuple[Kind, ...] = (
    "lost",
    "gained",
    "changed",
    "space lost",
    "space gained",
    "line end gained",
)


class AbsentError(Exception):
    """An extractor is not installed."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One place where the extraction is not the source, as it is written and as it came out."""

    kind: Kind
    count: int
    written: str
    extracted: str


@dataclass(frozen=True, slots=True)
class Fidelity:
    """What an extractor made of a text; `note` says why when it could not be measured."""

    counts: Mapping[Kind, int] = field(default_factory=lambda: dict.fromkeys(KINDS, 0))
    examples: tuple[Difference, ...] = ()
    note: str = ""

    def __str__(self) -> str:
        """Return the counts as a cell of a table: characters, then spaces."""
        if self.note:
            return self.note
        return "−{} +{} ≠{} ␣−{} ␣+{} ⏎+{}".format(*(self.counts[kind] for kind in KINDS))

    def plus(self, other: Fidelity) -> Fidelity:
        """Return both together."""
        counts = {kind: self.counts[kind] + other.counts[kind] for kind in KINDS}
        examples = (self.examples + other.examples)[:MOST_EXAMPLES]
        return Fidelity(counts, examples, self.note or other.note)


def measure(data: bytes, source: str) -> dict[str, Fidelity]:
    """Return what each extractor makes of a PDF."""
    return {name: _measured(extract, data, source) for name, extract in EXTRACTORS.items()}


def _measured(extract: Callable[[bytes], str], data: bytes, source: str) -> Fidelity:
    try:
        found = compare(source, extract(data))
    except AbsentError as absent:
        return Fidelity(note=f"not measured: {absent}")
    counts = dict.fromkeys(KINDS, 0)
    for difference in found:
        counts[difference.kind] += difference.count
    return Fidelity(counts, tuple(found[:MOST_EXAMPLES]))


# Comparison ---------------------------------------------------------------------------------

HYPHENS = "-\u00ad\u2010\x02\ufffe"
"""What extractors make of the hyphen that divides a word; pdfium has U+FFFE or U+0002."""


@dataclass(frozen=True, slots=True)
class _Text:
    """A text as its characters without white space, and the white space before each."""

    characters: str
    before: tuple[str, ...]

    def around(self, first: int, last: int) -> str:
        """Return the characters from `first` to `last` with some beside them, on one line."""
        start, end = max(first - CONTEXT, 0), min(last + CONTEXT, len(self.characters))
        pieces = (self.before[n] + self.characters[n] for n in range(start, end))
        return "".join(pieces).strip().replace("\n", "⏎")


def _text(text: str) -> _Text:
    characters, before, white = [], [], ""
    for character in text.replace("\r\n", "\n").replace("\f", "\n"):
        if character.isspace():
            white += character
        else:
            characters.append(character)
            before.append(white)
            white = ""
    return _Text("".join(characters), tuple(before))


def compare(source: str, extraction: str) -> list[Difference]:
    """Return the differences in the order of the text.

    A hyphen that divides a word at a line's end is not one of them.
    """
    written, extracted = _text(source), _text(extraction)
    matcher = SequenceMatcher(None, written.characters, extracted.characters, autojunk=False)
    if written.characters == extracted.characters:
        operations = [("equal", 0, len(written.before), 0, len(extracted.before))]
    else:
        operations = list(matcher.get_opcodes())
    found: list[Difference] = []
    for operation, i, j, k, m in operations:
        if operation == "equal":
            found += _spaces(written, extracted, range(i, j), k - i)
        elif operation != "insert" or not _is_hyphenation(extracted, k, m):
            found += _characters(written, extracted, (i, j), (k, m))
    return found


def _is_hyphenation(extracted: _Text, first: int, last: int) -> bool:
    """Tell whether one character is a hyphen at a line's end."""
    if last - first != 1 or extracted.characters[first] not in HYPHENS:
        return False
    return extracted.characters[first] != "-" or "\n" in extracted.before[last]


def _characters(
    written: _Text, extracted: _Text, old: tuple[int, int], new: tuple[int, int]
) -> Iterator[Difference]:
    shown = written.around(*old), extracted.around(*new)
    lost, gained = old[1] - old[0], new[1] - new[0]
    changed = min(lost, gained)
    counts = {"changed": changed, "lost": lost - changed, "gained": gained - changed}
    for kind, count in counts.items():
        if count:
            yield Difference(kind, count, *shown)


def _spaces(written: _Text, extracted: _Text, run: range, shift: int) -> Iterator[Difference]:
    """Compare the white space within a run of equal characters."""
    for place in run[1:]:
        before, after = written.before[place], extracted.before[place + shift]
        if "\n" in after:
            kind = "" if "\n" in before else "line end gained"
        elif bool(before.strip("\n")) == bool(after):
            kind = ""
        else:
            kind = "space gained" if after else "space lost"
        if kind:
            shown = written.around(place, place), extracted.around(place + shift, place + shift)
            yield Difference(kind, 1, *shown)


# Extractors ---------------------------------------------------------------------------------


def _pdfium(data: bytes) -> str:
    import pypdfium2

    with pypdfium2.PdfDocument(io.BytesIO(data)) as pdf:
        return "\n".join(page.get_textpage().get_text_bounded() for page in pdf)


def _command(*command: str) -> Callable[[bytes], str]:
    """Return an extractor that runs a command on the file, named `{}` in it."""

    def extract(data: bytes) -> str:
        program = shutil.which(command[0])
        if program is None:
            message = f"{command[0]} is not installed"
            raise AbsentError(message)
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "text.pdf"
            file.write_bytes(data)
            words = [program, *(str(file) if word == "{}" else word for word in command[1:])]
            return subprocess.run(words, check=True, capture_output=True).stdout.decode("utf-8")

    return extract


EXTRACTORS: Mapping[str, Callable[[bytes], str]] = {
    "pdftotext": _command("pdftotext", "-enc", "UTF-8", "{}", "-"),
    "pdftotext -raw": _command("pdftotext", "-raw", "-enc", "UTF-8", "{}", "-"),
    "pdfium": _pdfium,
    "mutool": _command("mutool", "draw", "-q", "-F", "txt", "-o", "-", "{}"),
}
