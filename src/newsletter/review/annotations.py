"""Comments as PDF annotations, so that somebody with nothing but Acrobat takes part.

In: a proof and its comments. Out: the screen file with a note for each (ISO 32000-2, 12.5.6.4,
12.5.6.10); and from such a file, written in and sent back, the comments that are new or changed.
What is read was made by other programs and is taken as text alone.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct

from newsletter.diagnostics import Diagnostic, Refused, Spot
from newsletter.geometry import PT_PER_MM, Box
from newsletter.pdf import objects
from newsletter.preflight.isolation import Bounds, apart
from newsletter.review.anchors import Locator, Size, anchor_at
from newsletter.review.authors import short_name
from newsletter.review.proof import Proof
from newsletter.review.records import ID_DIGITS, MOST_TEXT, Comment, Date

NAME = "newsletter-"
"""What the /NM of our annotations begins with; the comment's id follows."""
SAID = "/NewsletterSaid"
"""The digest of a note as it was sent out, which tells what was changed in Acrobat."""
READ = frozenset(
    {
        "/Text", "/Highlight", "/FreeText", "/Underline", "/Squiggly", "/StrikeOut",
        "/Caret", "/Square", "/Circle", "/Ink", "/Polygon", "/Line", "/Stamp",
    }
)  # fmt: skip
DONE = frozenset({"Completed", "Accepted", "Cancelled"})
"""States of a note (12.5.6.3) that mean it is dealt with."""
NOTE_PT = 20.0
PDF_DATE = re.compile(r"D:(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d)?)?")
BOXES = ("/TrimBox", "/CropBox", "/MediaBox")
"""What says where a page is, the first that there is."""
NOWHERE = Box(0.0, 0.0, 0.0, 0.0)
YELLOW = (1.0, 0.85, 0.2)


def export_comments(proof: Proof, comments: Sequence[Comment]) -> bytes:
    """Return the screen file with an annotation for each comment that is not resolved."""
    import pikepdf

    with pikepdf.open(io.BytesIO(proof.pdf)) as pdf:
        locator = Locator(proof.pages, _size(proof))
        made: dict[str, Any] = {}
        for comment in _answers_last(comments):
            where = locator.locate(comment.anchor)
            page = pdf.pages[where.page - 1]
            left, top = _corner(page)
            x, y = left + where.x_mm * PT_PER_MM, top - where.y_mm * PT_PER_MM
            note = pdf.make_indirect(_note(comment, (x, y)))
            if comment.answers in made:
                note.IRT = made[comment.answers]
                note.RT = pikepdf.Name.R
            note.P = page.obj
            made[comment.id] = note
            page.obj.Annots = [*page.obj.get("/Annots", ()), note]
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True)
        return out.getvalue()


def _answers_last(comments: Sequence[Comment]) -> list[Comment]:
    wanted = [comment for comment in comments if not comment.resolved]
    return sorted(wanted, key=lambda comment: comment.answers is not None)


def _note(comment: Comment, point: tuple[float, float]) -> Any:  # noqa: ANN401 - a dictionary
    import pikepdf

    x, y = point
    return pikepdf.Dictionary(
        Type=pikepdf.Name.Annot,
        Subtype=pikepdf.Name.Text,
        Rect=[x, y - NOTE_PT, x + NOTE_PT, y],
        Contents=pikepdf.String(comment.text),
        T=pikepdf.String(short_name(comment.by)),
        NM=pikepdf.String(f"{NAME}{comment.id}"),
        M=pikepdf.String("D:" + re.sub(r"\D", "", comment.date)[:14]),
        C=list(YELLOW),
        F=4,
        Name=pikepdf.Name.Comment,
        NewsletterSaid=pikepdf.String(_digest(comment.text)),
    )


class _Found(Struct, frozen=True):
    """An annotation as it was read: where it points, in mm from the trim's upper left corner."""

    name: str
    author: str
    text: str
    date: str
    said: str
    answers: str
    state: str
    page: int
    x_mm: float
    y_mm: float


def import_comments(path: Path, proof: Proof, known: Sequence[Comment], date: str) -> list[Comment]:
    """Return the comments of a PDF that are new, or whose text was changed there.

    `date` is given to those that carry none. A reply answers the comment whose note it is tied
    to. What was changed here as well comes as an answer, so that neither text is lost.
    """
    by_id = {comment.id: comment for comment in known}
    found = _notes(path)
    ids = {note.name: _id(note, path.name) for note in found}
    made: dict[str, Comment] = {}
    for note in found:
        own, target = ids[note.name], ids.get(note.answers)
        if note.state:
            _settle(note, made.get(target or "") or by_id.get(target or ""), made)
        elif own in by_id:
            made |= {c.id: c for c in _changed(note, by_id[own], date) if by_id.get(c.id) != c}
        elif note.text.strip():
            made[own] = _new(note, own, target, proof, date)
    return list(made.values())


def _settle(note: _Found, target: Comment | None, made: dict[str, Comment]) -> None:
    """Resolve the comment to which Acrobat gave a state that says so."""
    if target is not None and note.state in DONE and not target.resolved:
        made[target.id] = target.model_copy(update={"resolved": True})


def _changed(note: _Found, comment: Comment, date: str) -> Iterator[Comment]:
    """Yield a known comment with its new text, or an answer where it changed here as well."""
    if note.text == comment.text or _digest(note.text) == note.said or not note.text.strip():
        return
    if note.said in ("", _digest(comment.text)):
        yield comment.model_copy(update={"text": note.text})
    else:
        day = note.date or date
        yield Comment.new(note.text, comment.anchor, note.author, day, comment.id)


def _new(note: _Found, own: str, target: str | None, proof: Proof, date: str) -> Comment:
    anchor = anchor_at(proof.pages, note.page, note.x_mm, note.y_mm, _size(proof))
    return Comment(
        id=own,
        text=note.text,
        anchor=anchor,
        by=note.author,
        date=note.date or date,
        answers=target,
    )


def _id(note: _Found, file: str) -> str:
    """Return the id of a note: ours, or one that the same note has whenever it is read."""
    ours = note.name.removeprefix(NAME)
    if note.name.startswith(NAME) and re.fullmatch(r"[0-9a-f]{12}", ours):
        return ours
    return hashlib.sha256(f"{file} {note.name}".encode()).hexdigest()[:ID_DIGITS]


def _notes(path: Path) -> list[_Found]:
    """Return the annotations of a PDF, read in a process of its own; raises `Refused`."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise _unreadable(path.name, error) from error
    return apart(path.name, Bounds.of_size(len(data)), notes_of, data, path.name)


def notes_of(data: bytes, name: str) -> list[_Found]:
    """Return the annotations of a PDF that say something, read here; raises `Refused`."""
    import pikepdf

    try:
        return list(_read(data))
    except (pikepdf.PdfError, pikepdf.PasswordError) as error:
        raise _unreadable(name, error) from error


def _unreadable(name: str, error: Exception) -> Refused:
    return Refused([Diagnostic("N767", Spot(name), {"file": name, "problem": str(error)})])


def _read(data: bytes) -> Iterator[_Found]:
    import pikepdf

    with pikepdf.open(io.BytesIO(data)) as pdf:
        for number, page in enumerate(pdf.pages, 1):
            for index, note in enumerate(_annotations(page)):
                if str(note.get("/Subtype", "")) in READ:
                    yield _found(note, page, number, index)


def _annotations(page: Any) -> Iterator[Any]:  # noqa: ANN401 - a page of pikepdf
    import pikepdf

    notes = page.obj.get("/Annots", ())
    if isinstance(notes, (pikepdf.Array, tuple)):
        yield from (note for note in notes if isinstance(note, pikepdf.Dictionary))


def _found(note: Any, page: Any, number: int, index: int) -> _Found:  # noqa: ANN401
    left, top = _corner(page)
    x, y = _point(note)
    answers = note.get("/IRT")
    return _Found(
        name=_text(note, "/NM") or f"{number}/{index}/{_text(note, '/Contents')}",
        author=_text(note, "/T")[:200].strip() or "PDF",
        text=_text(note, "/Contents").replace("\r\n", "\n").replace("\r", "\n")[:MOST_TEXT],
        date=_date(_text(note, "/M")),
        said=_text(note, SAID),
        answers=_text(answers, "/NM") if answers is not None else "",
        state=_text(note, "/State"),
        page=number,
        x_mm=(x - left) / PT_PER_MM,
        y_mm=(top - y) / PT_PER_MM,
    )


def _point(note: Any) -> tuple[float, float]:  # noqa: ANN401
    """Return the point that a note is about: its upper left corner, a mark's middle of a line."""
    numbers = (objects.numbers(note.get("/QuadPoints")) or ())[:8]
    if len(numbers) == 8:  # noqa: PLR2004 - four points
        return sum(numbers[0::2]) / 4, sum(numbers[1::2]) / 4
    box = objects.box(note.get("/Rect")) or NOWHERE
    return box.left, box.top


def _text(note: Any, key: str) -> str:  # noqa: ANN401
    import pikepdf

    value = note.get(key) if isinstance(note, pikepdf.Dictionary) else None
    return str(value) if isinstance(value, pikepdf.String) else ""


def _date(text: str) -> Date:
    match = PDF_DATE.match(text)
    if match is None:
        return ""
    year, month, day, *time = match.groups()
    try:
        dt.date(int(year), int(month), int(day))
    except ValueError:
        return ""
    clock = [part or "00" for part in time]
    return f"{year}-{month}-{day}" + (f"T{':'.join(clock)}" if time[0] else "")


def _corner(page: Any) -> tuple[float, float]:  # noqa: ANN401
    """Return the upper left corner of the trim in points."""
    boxes = (objects.box(objects.inherited(page.obj, key)) for key in BOXES)
    box = next((box for box in boxes if box), NOWHERE)
    return box.left, box.top


def _size(proof: Proof) -> Size:
    return proof.layout.page.width_mm, proof.layout.page.height_mm


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
