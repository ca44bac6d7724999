"""Imposition: pages in their order become sheets to be printed, folded and bound.

In: a PDF with single pages, and an order: fold, binding, creep, paper. Out: a PDF with one page
for each side of a sheet, front and back in turn, and what is to be said of it. Each page becomes
a form XObject with its own resources and keeps its bleed at the three outer edges; at the fold it
is cut. The sheets are for proofs: they claim no standard, but keep the output intent, so that
colours are shown as those of the print file.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

from msgspec import Struct

from newsletter.diagnostics import Diagnostic, Refused, Spot
from newsletter.geometry import Box, points
from newsletter.pdf import objects
from newsletter.press.lettering import Lettering
from newsletter.press.marks import ALL_PLATES, SLUG_MM
from newsletter.press.opening import opened, uprights
from newsletter.press.saving import saved
from newsletter.press.sheets import (
    TOLERANCE_PT,
    Paper,
    paper_for,
    sheet_marks,
)
from newsletter.press.signatures import Binding, Fold, Sheet, Side, blanks_for, plan
from newsletter.press.upright import Matrix, Upright
from newsletter.press.withdrawal import withdraw

Duplex = Literal["short", "long"]
SAME_SIZE_PT = 2 * TOLERANCE_PT
"""Pages that differ by less are of one size: each may have been rounded."""
KEPT = frozenset({"/Type", "/Pages", "/OutputIntents", "/OCProperties", "/Metadata", "/Lang"})
"""What of the catalogue still holds for sheets; bookmarks, tags and labels are those of pages."""


class ImpositionOrder(Struct, frozen=True):
    """How a publication is imposed; `name` is what messages and sheets call the file.

    `creep_mm` is how far the pages of the innermost sheet are moved towards the fold, those of
    the others in proportion. `sheet_mm` is the paper, None one as large as needed. `duplex` is
    the edge about which the printer turns the paper. `note` stands in the slug, `font` draws it.
    """

    name: str
    font: Path
    fold: Fold = "saddle"
    signature: int = 16
    binding: Binding = "left"
    creep_mm: float = 0.0
    sheet_mm: tuple[float, float] | None = None
    duplex: Duplex = "short"
    note: str = ""


class Imposed(Struct, frozen=True):
    """The finished file, the count of its sheets, and what is to be said of it."""

    data: bytes
    sheets: int
    findings: tuple[Diagnostic, ...]


class _Placed(Struct, frozen=True):
    """A page ready to be drawn: its form XObject, and how it lies in its own space."""

    form: Any
    page: Upright


def impose(data: bytes, order: ImpositionOrder) -> Imposed:
    """Return the sheets of a publication; raises `Refused` for what cannot be imposed."""
    with opened(data, order.name) as pdf:
        pages = uprights(pdf, order.name)
        _refuse_other_sizes(pages, order.name)
        paper = _paper(pages, order)
        sheets = plan(len(pages), order.fold, order.signature, order.binding)
        _impose(pdf, pages, sheets, _Press(pdf, paper, order))
        imposed = saved(pdf)
    findings = [*_blanks(len(pages), order.name), *_narrow(paper, order)]
    return Imposed(imposed, len(sheets), tuple(findings))


# What is said -------------------------------------------------------------------------------


def _refuse_other_sizes(pages: Sequence[Upright], name: str) -> None:
    first = pages[0].trim
    problems = [
        Diagnostic(
            "N714",
            Spot(name, number),
            {"page": number, "size": _size(page), "first": _size(pages[0])},
        )
        for number, page in enumerate(pages, 1)
        if abs(page.trim.right - first.right) > SAME_SIZE_PT
        or abs(page.trim.top - first.top) > SAME_SIZE_PT
    ]
    if problems:
        raise Refused(problems)


def _size(page: Upright) -> str:
    width, height = page.size_mm()
    return f"{width:.1f} × {height:.1f}"


def _paper(pages: Sequence[Upright], order: ImpositionOrder) -> Paper:
    trim = pages[0].trim
    bleed = max(page.widest_bleed() for page in pages)
    paper = paper_for(trim.right, trim.top, bleed, order.sheet_mm)
    if paper is None:
        width, height = order.sheet_mm or (0.0, 0.0)
        needed = f"{2 * trim.right / points(1):.0f} × {trim.top / points(1):.0f}"
        values = {"sheet": f"{width:g} × {height:g}", "needed": needed}
        raise Refused([Diagnostic("N715", Spot(order.name), values)])
    return paper


def _blanks(count: int, name: str) -> list[Diagnostic]:
    blanks = blanks_for(count)
    values = {"count": count, "blanks": blanks, "total": count + blanks}
    return [Diagnostic("N711", Spot(name), values)] if blanks else []


def _narrow(paper: Paper, order: ImpositionOrder) -> list[Diagnostic]:
    """Tell when the paper has no room for the bleed, or none for marks."""
    wanted = paper.offset + points(SLUG_MM)
    if paper.margin >= wanted - TOLERANCE_PT:
        return []
    beside = 2 * wanted / points(1)
    needed = f"{2 * paper.width / points(1) + beside:.0f} × {paper.height / points(1) + beside:.0f}"
    hint = "default" if paper.margin >= paper.bleed - TOLERANCE_PT else "bleed"
    values = {"margin": f"{max(paper.margin, 0) / points(1):.1f}", "needed": needed}
    return [Diagnostic("N716", Spot(order.name), values, hint=hint)]


# What is made -------------------------------------------------------------------------------


class _Press:
    """What all sides of a file share: paper, lettering, the colour of marks."""

    def __init__(self, pdf: Any, paper: Paper, order: ImpositionOrder) -> None:  # noqa: ANN401
        self.pdf, self.paper, self.order = pdf, paper, order
        self.lettering = Lettering(order.font)
        self.plates = all_plates(pdf)

    def words(self, sheet: Sheet, side: Side, *, is_front: bool) -> str:
        """Return the words of a side in both languages, so that no locale changes a byte."""
        pages = " | ".join(str(number or "–") for number in (side.left, side.right))
        perfect = self.order.fold == "perfect"
        parts = [
            f"第{sheet.number}张{'正面' if is_front else '反面'}",
            f"第{sheet.signature}帖" if perfect else "",
            f"sheet {sheet.number} {'front' if is_front else 'back'}",
            f"signature {sheet.signature}" if perfect else "",
            pages,
            self.order.name,
            self.order.note,
        ]
        return "  ·  ".join(part for part in parts if part)

    def turn(self, *, is_front: bool) -> Matrix | None:
        """Return how a side is turned: the back by half, if the paper is turned top to bottom."""
        is_wide = self.paper.across >= self.paper.up
        over_the_top = (self.order.duplex == "long") == is_wide
        if is_front or not over_the_top:
            return None
        return Matrix(-1, 0, 0, -1, self.paper.across, self.paper.up)


def all_plates(pdf: Any) -> Any:  # noqa: ANN401 - pikepdf's
    """Return the colour that comes out on every plate (ISO 32000-2:2020, 8.6.6.4)."""
    from pikepdf import Array, Dictionary, Name

    black = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[0, 0, 0, 1], N=1)
    return pdf.make_indirect(Array([Name.Separation, Name.All, Name.DeviceCMYK, black]))


def _impose(pdf: Any, pages: Sequence[Upright], sheets: Sequence[Sheet], press: _Press) -> None:  # noqa: ANN401
    """Put the sheets in the place of the pages."""
    import pikepdf

    pdf.flatten_annotations("print")
    group = next((found for page in pdf.pages if (found := _group(page.obj))), None)
    placed = [
        _Placed(_form(pdf, source.obj, page), page)
        for source, page in zip(pdf.pages, pages, strict=True)
    ]
    while pdf.pages:
        del pdf.pages[-1]  # qpdf counts those behind one anew
    for sheet in sheets:
        for side, is_front in ((sheet.front, True), (sheet.back, False)):
            made = _side(press, placed, sheet, side, is_front=is_front)
            if group is not None:
                made.Group = group
            pdf.pages.append(pikepdf.Page(pdf.make_indirect(made)))
    for key in [key for key in pdf.Root.keys() if key not in KEPT]:  # noqa: SIM118 - no mapping
        del pdf.Root[key]
    withdraw(pdf, ("PDF/X", "PDF/A", "PDF/UA"))


def _form(pdf: Any, source: Any, page: Upright) -> Any:  # noqa: ANN401
    """Return a page as a form XObject (ISO 32000-2:2020, 8.10) that ends at its bleed.

    The group of a page is isolated, whether it says so or not (11.4.7); that of a form has to say.
    """
    from pikepdf import Array, Dictionary, Name, Stream

    form = Stream(
        pdf,
        _content(source),
        Type=Name.XObject,
        Subtype=Name.Form,
        BBox=Array(page.in_page(page.bleed).rounded()),
        Resources=objects.inherited(source, "/Resources") or Dictionary(),
    )
    group = _group(source)
    if group:
        form.Group = Dictionary({**dict(group.items()), "/I": True})
    return pdf.make_indirect(form)


def _group(source: Any) -> Any:  # noqa: ANN401
    """Return the transparency group of a page; None if it has none."""
    from pikepdf import Dictionary

    group = source.get("/Group")
    return group if isinstance(group, Dictionary) else None


def _content(source: Any) -> bytes:  # noqa: ANN401
    """Return the content of a page; several streams are read as one (7.8.2)."""
    from pikepdf import Array, Stream

    content = source.get("/Contents")
    streams = list(content) if isinstance(content, Array) else [content]
    return b"\n".join(part.read_bytes() for part in streams if isinstance(part, Stream))


def _side(
    press: _Press,
    placed: Sequence[_Placed],
    sheet: Sheet,
    side: Side,
    *,
    is_front: bool,
) -> Any:  # noqa: ANN401
    """Return the page of one side of a sheet."""
    from pikepdf import Array, Dictionary, Name, Stream

    paper = press.paper
    creep = sheet.depth * points(press.order.creep_mm)
    turn = press.turn(is_front=is_front)
    lines = ["q"] + ([turn.operator()] if turn else [])
    forms: dict[str, Any] = {}
    halves = (
        ("/Left", side.left, paper.left_page(creep), paper.left_half()),
        ("/Right", side.right, paper.right_page(creep), paper.right_half()),
    )
    for name, number, place, half in halves:
        if number is not None:
            forms[name] = placed[number - 1].form
            lines.append(_drawn(name, placed[number - 1].page, place, half))
    words = press.words(sheet, side, is_front=is_front)
    lines += [sheet_marks(paper, creep, press.lettering, words), "Q"]
    resources = Dictionary(ColorSpace=Dictionary({ALL_PLATES: press.plates}))
    if forms:
        resources.XObject = Dictionary(forms)
    return Dictionary(
        Type=Name.Page,
        MediaBox=Array(paper.media().rounded()),
        BleedBox=Array(paper.bleed_box(creep).rounded()),
        TrimBox=Array(paper.trim_box(creep).rounded()),
        Resources=resources,
        Contents=Stream(press.pdf, "\n".join(lines).encode("ascii")),
    )


def _drawn(name: str, page: Upright, place: Box, half: Box) -> str:
    """Return the operators that draw a page with its trim at a place, cut at the fold."""
    moved = page.own._replace(e=page.own.e + place.left, f=page.own.f + place.bottom)
    left, bottom, right, top = half
    clip = f"{left:.3f} {bottom:.3f} {right - left:.3f} {top - bottom:.3f} re W n"
    return f"q {clip} {moved.operator()} {name} Do Q"
