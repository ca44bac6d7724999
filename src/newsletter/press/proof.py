"""Proof: a stamp on every page of a file that is to be read and corrected, not printed.

In: a PDF, the number of the proof, the words. Out: the same PDF with 校样 across each page and
the number of the proof above it, in the slug; where a page has no slug it is given one of 8 mm.
The words are outlines in black and gray: no font is added, and none is needed. Tags, bookmarks
and links stay; the stamp is an artifact. Claims of PDF/X and PDF/A are withdrawn.
"""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

from msgspec import Struct

from newsletter.geometry import Box, points
from newsletter.pdf import objects
from newsletter.press.lettering import Lettering
from newsletter.press.marks import SLUG_MM
from newsletter.press.opening import opened, uprights
from newsletter.press.saving import saved, set_boxes
from newsletter.press.upright import Matrix, Upright
from newsletter.press.withdrawal import withdraw

SLUG_SIZE_PT = 9.0
SLUG_FROM_MM = 5.0
"""Where the words begin, from the left edge of the trim: clear of the crop mark."""
SLUG_PART = 0.42
"""How much of the width they may take: up to the register mark in the middle."""
ACROSS = 0.5
"""How much of the page's diagonal, and of its sides, the watermark takes."""
SECOND_LINE, LINE_GAP = 0.36, 0.12
"""Size of the line with the number, and the white above it, in parts of the first line's size."""
GRAY, OPACITY, RIM = 0.5, 0.18, 0.006
"""Half of black, as strong as can be read through; a white rim, in parts of the size, so that it
shows on dark pictures too."""
BODY = 0.88
"""Where the baseline lies below the top of an ideograph, in parts of the size (the em box of
fonts after Source Han: 0.88 above, 0.12 below)."""
ARTIFACT = "/Artifact <</Type /Pagination /Subtype /Watermark>>"
"""What a reader aloud passes over (ISO 32000-2:2020, 14.8.2.2)."""
PDF_VERSION = "1.4"
"""The first with transparency."""


class ProofWords(Struct, frozen=True):
    """What a stamp says, and the font file that draws it.

    `{number}` stands for the number of the proof. `name` follows in the slug: the issue, the file.
    """

    font: Path
    mark: str = "校样"
    numbered: str = "第{number}次校样"
    name: str = ""

    def line(self, number: int) -> str:
        """Return the words with the number."""
        return self.numbered.replace("{number}", str(number))

    def slug(self, number: int) -> str:
        """Return the line that stands in the slug."""
        return "  ·  ".join(part for part in (self.mark, self.line(number), self.name) if part)


def stamp(data: bytes, number: int, words: ProofWords) -> bytes:
    """Return the file with its stamp; raises `Refused` for one that cannot be read."""
    with opened(data, words.name) as pdf:
        pages = uprights(pdf, words.name)
        stamps = _Stamps(pdf, number, words)
        for page, seen in zip(pdf.pages, pages, strict=True):
            _draw_over(pdf, page, seen, stamps.form(seen), stamps.tag)
            set_boxes(page.obj, *map(seen.in_page, (_sheet(seen), seen.bleed, seen.trim)))
        withdraw(pdf, ("PDF/X", "PDF/A"))
        return saved(pdf, min_version=PDF_VERSION)


# What is drawn ------------------------------------------------------------------------------


class _Stamps:
    """The stamps of a file: one form for each size of page."""

    def __init__(self, pdf: Any, number: int, words: ProofWords) -> None:  # noqa: ANN401
        self._pdf, self._number, self._words = pdf, number, words
        self._lettering = Lettering(words.font)
        self._made: dict[tuple[float, ...], Any] = {}
        is_tagged = "/StructTreeRoot" in pdf.Root
        self.tag = ARTIFACT if is_tagged else _spoken(words.slug(number))

    def form(self, page: Upright) -> Any:  # noqa: ANN401 - a stream
        """Return the stamp of a page, in points of paper from the corner of its trim."""
        key = (*page.trim.rounded(), *page.bleed.rounded())
        if key not in self._made:
            self._made[key] = self._form(page)
        return self._made[key]

    def _form(self, page: Upright) -> Any:  # noqa: ANN401
        from pikepdf import Array, Dictionary, Name, Stream

        box = page.bleed.grown(points(SLUG_MM))
        mark = Stream(
            self._pdf,
            self._watermark(page.trim).encode("ascii"),
            Type=Name.XObject,
            Subtype=Name.Form,
            BBox=Array(page.trim.rounded()),
            Group=Dictionary(S=Name.Transparency, CS=Name.DeviceCMYK, I=True),
            Resources=Dictionary(),
        )
        through = Dictionary(ca=OPACITY, CA=OPACITY, BM=Name.Normal, OP=False, op=False)
        drawn = f"q /Through gs /Mark Do Q\n{self._slug(page)}"
        return self._pdf.make_indirect(
            Stream(
                self._pdf,
                drawn.encode("ascii"),
                Type=Name.XObject,
                Subtype=Name.Form,
                BBox=Array(box.rounded()),
                Resources=Dictionary(
                    XObject=Dictionary(Mark=self._pdf.make_indirect(mark)),
                    ExtGState=Dictionary(Through=through),
                ),
            )
        )

    def _watermark(self, trim: Box) -> str:
        """Return two lines that rise along the diagonal, their middle in that of the page."""
        diagonal = math.hypot(trim.right, trim.top)
        lines = ((self._words.mark, 1.0), (self._words.line(self._number), SECOND_LINE))
        widest = max(self._lettering.width(text, part) for text, part in lines)
        size = ACROSS * min(diagonal / widest, trim.right, trim.top)
        sine, cosine = trim.top / diagonal, trim.right / diagonal
        turned = Matrix(cosine, sine, -sine, cosine, trim.right / 2, trim.top / 2)
        height = size * (1 + LINE_GAP + SECOND_LINE)
        drawn = [f"q {turned.operator()} 0 0 0 {GRAY} k 0 0 0 0 K {RIM * size:.2f} w 1 j"]
        top = height / 2
        for text, part in lines:
            left = -self._lettering.width(text, part * size) / 2
            drawn.append(self._rimmed(text, part * size, left, top - BODY * part * size))
            top -= (part + LINE_GAP) * size
        return "\n".join([*drawn, "Q"])

    def _rimmed(self, text: str, size: float, left: float, baseline: float) -> str:
        """Return outlines that are filled and stroked."""
        path = self._lettering.path(text, size, left, baseline)
        return f"{path.removesuffix('f')}B"

    def _slug(self, page: Upright) -> str:
        text = self._words.slug(self._number)
        room = SLUG_PART * page.trim.right
        size = SLUG_SIZE_PT * min(1.0, room / self._lettering.width(text, SLUG_SIZE_PT))
        baseline = page.bleed.top + points(SLUG_MM / 2) - size / 3
        return f"0 0 0 1 k {self._lettering.path(text, size, points(SLUG_FROM_MM), baseline)}"


def _spoken(text: str) -> str:
    """Return the tag that says in letters what outlines show (14.9.4)."""
    letters = ("\ufeff" + text).encode("utf-16-be", "replace").hex()
    return f"/Span <</ActualText <{letters}>>>"


# Where it is put ----------------------------------------------------------------------------


def _sheet(page: Upright) -> Box:
    """Return what is to be seen: as much as before, and the slug around the bleed."""
    slug = page.bleed.grown(points(SLUG_MM))
    return page.visible.around(slug)


def _draw_over(pdf: Any, page: Any, seen: Upright, form: Any, tag: str) -> None:  # noqa: ANN401
    """Draw a form over a page, whose content is cut where it was before."""
    from pikepdf import Stream

    name = _add_form(page.obj, form)
    left, bottom, right, top = seen.in_page(seen.visible)
    clip = f"{left:.3f} {bottom:.3f} {right - left:.3f} {top - bottom:.3f} re W n"
    opening, closing = _balance(page)
    before = f"{'q ' * opening}{clip}\n"
    after = f"\n{'Q ' * closing}{tag} BDC q {seen.own.inverse().operator()} {name} Do Q EMC"
    page.contents_add(Stream(pdf, before.encode("ascii")), prepend=True)
    page.contents_add(Stream(pdf, after.encode("ascii")))


def _add_form(page: Any, form: Any) -> str:  # noqa: ANN401
    """Name a form in the page's resources, which other pages may share; return the name."""
    from pikepdf import Dictionary

    resources = Dictionary(_entries(objects.inherited(page, "/Resources")))
    forms = Dictionary(_entries(resources.get("/XObject")))
    number = next(n for n in range(len(forms) + 1) if f"/Proof{n}" not in forms)
    name = f"/Proof{number}"
    forms[name] = form
    resources.XObject = forms
    page.Resources = resources
    return name


def _entries(dictionary: Any) -> dict[str, Any]:  # noqa: ANN401
    from pikepdf import Dictionary

    return dict(dictionary.items()) if isinstance(dictionary, Dictionary) else {}


def _balance(page: Any) -> tuple[int, int]:  # noqa: ANN401
    """Return how many states to save before a page's content and to restore after it.

    One each, and as many more as the content restores without saving, or leaves saved.
    """
    from pikepdf import parse_content_stream

    depth = lowest = 0
    steps = {"q": 1, "Q": -1}
    for instruction in parse_content_stream(page, "q Q"):
        depth += steps.get(str(instruction.operator), 0)
        lowest = min(lowest, depth)
    return 1 - lowest, 1 + depth - lowest
