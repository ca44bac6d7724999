"""Sub-editing: what the copy desk finds in an issue, at its place in the YAML, and repairs.

In: a bound issue. Out: warnings with places; or the files with what is safe repaired, their
comments and layout untouched, because only the characters concerned are replaced.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from itertools import chain, compress, pairwise
from pathlib import Path

from msgspec import Struct, field

from newsletter.cache.ledger import noted
from newsletter.copydesk import Finding, read, read_cells, read_dates
from newsletter.diagnostics import Diagnostic, Refused, Values, in_order
from newsletter.issue.loader import load_copy, load_issue, not_named
from newsletter.issue.models import ChronicleSection, Issue
from newsletter.issue.salvage import salvage
from newsletter.issue.slips import slips
from newsletter.issue.texts import Passage, passages
from newsletter.sources import (
    Edit,
    Mapping,
    Node,
    Scalar,
    Sequence,
    Source,
    edited,
    joins_without_space,
    leaves,
    parse,
    without_marks,
)
from newsletter.writing import writing

ROUNDS = 9
MOST_MARKS = 100
"""How many slips of one paragraph are told; after so many the rest is noise."""
BLANK_LINE = re.compile(r"\n[ \t]*\n")
MARKUP = re.compile(
    r"""^[ \t]*+(?:\#{1,6}[ \t]++|>[ \t]?|[-*+][ \t]++|\d++[.)][ \t]++)++   # what begins a line
      | ^[ \t]*+\[\^[^\[\]\s]++\]:[ \t]*+                          # a footnote
      | \[\^[^\[\]\s]++\]                                         # its mark
      | (?:(?<![ \t])[ \t]++)?!\[[^\[\]]*+\]\([^()\s]*+\)[ \t]*+     # a picture, and its blanks
      | \{\s*+sidebar\s*+:[^{}]*+\}
      | \]\((?:[^()\s]|\([^()\s]*+\))*+\)                          # the end of a link
      | \[(?=[^\[\]]*+\]\()                                        # and its beginning
      | (?<!\\)\]\{[^{}\[\]]*+\}                                   # the end of marked words
      | \[(?=(?:[^\[\]\\]|\\.)*+\]\{[^{}\[\]]*+\})                 # and their beginning
      | ^[ \t]*+\|?[ \t]*+:?-{2,}[-:| \t]*+$                        # the rule of a table
      | (?<!\\)&(?:[A-Za-z][A-Za-z0-9]{1,31}|\#[0-9]{1,7}|\#[xX][0-9A-Fa-f]{1,6});  # &lt;
      | (?<!\\)(?:\*{1,3}|`+)|\\(?=[^\w\s])
      | (?<![ \t])[ \t]*+\|[ \t]*+                                  # cells
      | ^[ \t]++|(?<![ \t])[ \t]++$                                 # indentation, a hard break
    """,
    re.MULTILINE | re.VERBOSE,
)
BACKTICKS = re.compile(r"`++")
OPENING_BACKTICKS = re.compile(r"\\[\s\S]|`++")
"""The same where a code span may begin, with what is escaped passed over."""
NOT_PROSE = re.compile(r"[ \t]*(?:#|>|[-*+][ \t]|\d+[.)][ \t]|\||\[\^|!\[|\{)")
GOES_ON = re.compile(r"(?:[ \t]*>)+[ \t]*(?!——)[^\s>]")
"""The next line of a pull quote, unless it says whose words these are."""
ENDS_WITH_ITS_LINE = re.compile(r"[ \t]*(?:#|\|)")
ROW = re.compile(r"[ \t]*\|")
CELL_END = re.compile(r"(?<!\\)\|")
LINE_END = re.compile(rb"\r?\n")
NEAR = 16
UNREAD_FIELDS = frozenset({"telephone", "fax", "email", "website", "permit", "issn"})


class Excerpt(Struct, frozen=True):
    """Copy without markup; `offsets` says where each character stands in the passage.

    `code` are the stretches of the passage that are code spans, printed letter by letter;
    `quoted` says that these are the words of another.
    """

    passage: Passage
    text: str
    offsets: tuple[int, ...]
    prose: bool
    code: tuple[tuple[int, int], ...] = ()
    quoted: bool = False

    def span(self, finding: Finding) -> tuple[int, int]:
        """Return where a finding stands in the passage."""
        last = len(self.offsets) - 1
        start = self.offsets[min(finding.start, last)]
        return start, self.offsets[min(max(finding.end - 1, finding.start), last)] + 1

    def is_code(self, finding: Finding) -> bool:
        """Tell whether a finding reaches into a code span, where other rules hold."""
        start, end = self.span(finding)
        return any(first < end and start < last for first, last in self.code)

    def is_its_own(self, finding: Finding) -> bool:
        """Tell whether a finding is of how a quotation is written, which is its author's."""
        return self.quoted and (finding.code, finding.hint) == ("N425", "passage")


def read_issue(issue: Issue) -> list[Diagnostic]:
    """Return what a sub-editor would mark, as warnings with their places.

    With it goes what the YAML says otherwise than it looks, and what no section names.
    """
    found = [
        *slips(issue),
        *not_named(issue),
        *(diagnostic for _e, _f, diagnostic in _marks(issue)),
    ]
    for section in issue.sections:
        if isinstance(section, ChronicleSection):
            found += _chronicle(section)
    return in_order(found)


def _marks(issue: Issue) -> Iterator[tuple[Excerpt, Finding, Diagnostic]]:
    for passage in passages(issue):
        for excerpt in excerpts(passage):
            for finding in _told(excerpt):
                place = passage.place(*excerpt.span(finding))
                values = dict(finding.values)
                yield excerpt, finding, Diagnostic(finding.code, place, values, finding.hint)


def _told(excerpt: Excerpt) -> Iterator[Finding]:
    """Yield what is told of an excerpt; of tabs between cells nothing but that they are there."""
    passage = excerpt.passage
    is_tabbed = passage.kind != "markdown" and "\t" in excerpt.text
    cells = read_cells(excerpt.text) if is_tabbed else None
    if cells is not None:
        yield cells
    for finding in _findings(excerpt) if passage.field not in UNREAD_FIELDS else ():
        is_of_cells = cells is not None and "\t" in excerpt.text[finding.start : finding.end]
        if not (is_of_cells or excerpt.is_code(finding) or excerpt.is_its_own(finding)):
            yield finding


def _findings(excerpt: Excerpt) -> Iterator[Finding]:
    """Yield what the copy desk says of an excerpt, or has said of the same words before."""

    def given() -> list[tuple[object, ...]]:
        found = read(excerpt.text, prose=excerpt.prose)[:MOST_MARKS]
        return [(f.code, f.start, f.end, dict(f.values), f.replacement, f.hint) for f in found]

    parts = (excerpt.text, "prose" if excerpt.prose else "")
    for fields in noted("sub-editing", parts, given):
        yield Finding(*fields)


def _chronicle(section: ChronicleSection) -> Iterator[Diagnostic]:
    dates = [(event.date.start, event.date.end) for event in section.events]
    for index, finding in read_dates(dates):
        place = section.events[index].place("date")
        yield Diagnostic(finding.code, place, dict(finding.values), finding.hint)


# Copy without markup ------------------------------------------------------------------------


def excerpts(passage: Passage) -> Iterator[Excerpt]:
    """Yield the copy of a passage: the passage itself, or each paragraph of its Markdown."""
    if passage.kind != "markdown":
        offsets = tuple(range(len(passage.text)))
        is_quotation = passage.field == "text"
        prose = passage.field == "standfirst" or is_quotation
        yield Excerpt(passage, passage.text, offsets, prose, quoted=is_quotation)
        return
    start = 0
    ends = [(m.start(), m.end()) for m in BLANK_LINE.finditer(passage.text)]
    for end, following in [*ends, (len(passage.text), 0)]:
        yield from _paragraph(passage, start, end)
        start = following


def _paragraph(passage: Passage, start: int, end: int) -> Iterator[Excerpt]:
    text = passage.text[start:end]
    prose = not NOT_PROSE.match(text)
    quoted = text.lstrip().startswith(">")
    kept = bytearray(b"\1") * len(text)
    for match in MARKUP.finditer(text):
        kept[match.start() : match.end()] = bytes(len(match[0]))
    code = tuple((start + first, start + last) for first, last in _code_spans(text))
    for first, last in [(0, len(text))] if prose else _pieces(text):
        letters = compress(text[first:last], kept[first:last])
        offsets = compress(range(start + first, start + last), kept[first:last])
        words, places = _joined("".join(letters), tuple(offsets))
        if places:
            yield Excerpt(passage, words, places, prose, code, quoted)


def _code_spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield the code spans of a paragraph: from backticks to as many (CommonMark 0.31.2, 6.1)."""
    if "`" not in text:
        return
    closing: dict[int, list[int]] = {}
    for run in reversed([*BACKTICKS.finditer(text)]):
        closing.setdefault(len(run[0]), []).append(run.end())
    done = 0
    for run in OPENING_BACKTICKS.finditer(text):
        if run.start() < done or not run[0].startswith("`"):
            continue
        ends = closing.get(len(run[0]), [])
        while ends and ends[-1] <= run.end():
            ends.pop()
        if ends:
            done = ends[-1]
            yield run.start(), done


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """Divide a list, a table, a quotation or a heading into what is read in one go."""
    first = at = 0
    before = ""
    for line in text.split("\n"):
        if ROW.match(line):
            if at > first:
                yield first, at - 1
            yield from _cells(line, at)
            first = at = at + len(line) + 1
            before = ""
            continue
        quoted = GOES_ON.match(before) and GOES_ON.match(line)
        goes_on = quoted or not NOT_PROSE.match(line)
        if at > first and (not goes_on or ENDS_WITH_ITS_LINE.match(before)):
            yield first, at - 1
            first = at
        at += len(line) + 1
        before = line
    if first <= len(text):
        yield first, len(text)


def _cells(row: str, at: int) -> Iterator[tuple[int, int]]:
    """Yield the cells of a table's row that begins at `at`: each is read by itself."""
    ends = [match.start() for match in CELL_END.finditer(row)]
    for first, last in pairwise([-1, *ends, len(row)]):
        if row[first + 1 : last].strip():
            yield at + first + 1, at + last


def _joined(text: str, offsets: tuple[int, ...]) -> tuple[str, tuple[int, ...]]:
    """Return a text as it is printed; `offsets` say where each character stands, and do after it.

    A line's end is a space, or nothing where a line of Chinese ends.
    """
    if "\n" not in text:
        return text, offsets
    words: list[str] = []
    kept: list[int] = []
    for index, (character, offset) in enumerate(zip(text, offsets, strict=True)):
        printed = character
        if character == "\n":
            if joins_without_space("".join(words[-NEAR:]), text[index + 1 : index + NEAR]):
                continue
            printed = " "
        words.append(printed)
        kept.append(offset)
    return "".join(words), tuple(kept)


# Repairs ------------------------------------------------------------------------------------


class Repairs(Struct):
    """How many places were repaired, by file; and the files left alone because of their errors."""

    counts: dict[str, int] = field(default_factory=dict)
    left: list[str] = field(default_factory=list)

    def count(self, file: str, places: int) -> None:
        """Add places repaired in a file."""
        self.counts[file] = self.counts.get(file, 0) + places


def repair(root: Path, issue_id: str) -> Repairs:
    """Repair what is safe in the files of an issue that have no errors of their own.

    A file is written only if it still parses to what it was; raises `Refused` where it would not.
    """
    repairs = Repairs()
    problems = _errors(root, issue_id)
    marked = {d.place.file for d in problems if d.code == "N103" and d.place}
    for file in sorted(marked):
        _take_mark_away(root / file, file)
        repairs.count(file, 1)
    if marked:
        problems = _errors(root, issue_id)
    repairs.left = sorted({d.place.file for d in problems if d.place})
    for _round in range(ROUNDS):
        issue = salvage(root, issue_id).issue if problems else load_issue(root, issue_id)
        if issue is None or not _repaired(issue, repairs):
            break
    return repairs


def _repaired(issue: Issue, repairs: Repairs) -> bool:
    """Repair markup, or copy where the markup is right; tell whether there was anything to do."""
    for find in (_markup_edits, _edits):
        sound = [work for file, work in find(issue).items() if file not in repairs.left]
        for work in sound:
            _rewrite(work.source, work.edits)
            repairs.count(work.source.shown, work.places)
        if sound:
            return True
    return False


def _errors(root: Path, issue_id: str) -> list[Diagnostic]:
    """Return what keeps an issue from being read as a whole."""
    try:
        load_copy(root, issue_id)
    except Refused as refusal:
        return refusal.diagnostics
    return []


def _take_mark_away(path: Path, shown: str) -> None:
    """Write a file without the byte order marks at its beginning; raises `Refused`."""
    with writing(shown):
        _write(path.resolve(), without_marks(path.read_bytes()))


class _Work(Struct):
    """The edits of one file, in its characters, and how many slips they mend."""

    source: Source
    edits: list[Edit] = field(default_factory=list)
    places: int = 0


def _markup_edits(issue: Issue) -> dict[str, _Work]:
    """Return what makes Markdown of what is almost Markdown, by file."""
    from newsletter.compose.mending import Repair, mended

    def in_file(scalar: Scalar, repair: Repair) -> list[Edit]:
        offsets, text = scalar.offsets, scalar.source.text
        edits = [(offsets[s], offsets[e - 1] + 1, s, e, right) for s, e, right in repair]
        is_written = all(text[s:e] == passage.text[first:last] for s, e, first, last, _ in edits)
        return [(s, e, right) for s, e, _first, _last, right in edits] if is_written else []

    found: dict[str, _Work] = {}
    for passage in passages(issue):
        made = mended(passage) if passage.kind == "markdown" else []
        scalar = passage.scalar
        edits = [edit for repair in made for edit in in_file(scalar, repair)]
        if edits and _says(scalar, edits, edited(scalar.text or "", chain(*made))):
            work = found.setdefault(scalar.source.shown, _Work(scalar.source))
            work.edits += edits
            work.places += len(made)
    return found


def _says(scalar: Scalar, edits: list[Edit], text: str) -> bool:
    """Tell whether a file with edits says `text` in the place of a scalar, and else the same."""
    source = scalar.source
    try:
        tree = parse(Source.of(source.path, source.shown, edited(source.text, edits)))
    except Refused:
        return False
    before = [text if leaf.start == scalar.start else leaf.text for leaf in leaves(parse(source))]
    return before == [leaf.text for leaf in leaves(tree)]


def _edits(issue: Issue) -> dict[str, _Work]:
    """Return what the copy desk repairs, by file."""
    found: dict[str, _Work] = {}
    for excerpt, finding, _diagnostic in _marks(issue):
        edit = _edit(excerpt, finding)
        if edit is None:
            continue
        source = excerpt.passage.scalar.source
        work = found.setdefault(source.shown, _Work(source))
        if all(edit[1] <= start or edit[0] >= end for start, end, _text in work.edits):
            work.edits.append(edit)
            work.places += 1
    return found


def _edit(excerpt: Excerpt, finding: Finding) -> Edit | None:
    """Return the repair in offsets of the file, where the slip stands there letter by letter."""
    if finding.replacement is None or finding.end <= finding.start:
        return None
    scalar = excerpt.passage.scalar
    inside = excerpt.offsets[finding.start : finding.end]
    start, end = scalar.offsets[inside[0]], scalar.offsets[inside[-1]] + 1
    if scalar.source.text[start:end] != excerpt.text[finding.start : finding.end]:
        return None
    return start, end, finding.replacement


def _rewrite(source: Source, edits: list[Edit]) -> None:
    text = edited(source.text, edits)
    values: Values = {"file": source.shown}
    try:
        is_sound = _is_alike(parse(source), parse(Source.of(source.path, source.shown, text)))
    except Refused as refusal:
        raise Refused([Diagnostic("N133", None, values)]) from refusal
    if not is_sound:
        raise Refused([Diagnostic("N133", None, values)])
    with writing(source.shown):
        _replace(source.path.resolve(), text)


def _is_alike(old: Node, new: Node) -> bool:
    """Tell whether two trees have the same shape, with text where there was text."""
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        pairs = zip(old.values.values(), new.values.values(), strict=False)
        return [*old.values] == [*new.values] and all(_is_alike(*pair) for pair in pairs)
    if isinstance(old, Sequence) and isinstance(new, Sequence):
        pairs = zip(old.items, new.items, strict=False)
        return len(old.items) == len(new.items) and all(_is_alike(*pair) for pair in pairs)
    if isinstance(old, Scalar) and isinstance(new, Scalar):
        return (old.text is None) == (new.text is None)
    return False


def _replace(path: Path, text: str) -> None:
    """Write a text in the place of another with as many lines, each ended as it was."""
    ends = [*LINE_END.findall(path.read_bytes()), b""]
    lines = text.encode("utf-8").split(b"\n")
    _write(path, b"".join(map(bytes.__add__, lines, ends)))


def _write(path: Path, content: bytes) -> None:
    """Write a file in the place of another, with its permissions."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    os.close(handle)
    beside = Path(name)
    try:
        beside.write_bytes(content)
        shutil.copymode(path, beside)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
