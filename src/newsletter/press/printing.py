"""The print file: a PDF/X-4 in the inks of a press, on a sheet with marks.

In: the untagged PDF of the pages with their bleed, in sRGB. Out: the bytes that a printer gets
(ISO 15930-7:2010): every colour in ink, black text overprinting, boxes and marks, the press's
profile as output intent, nothing that can be clicked.
"""

from __future__ import annotations

import hashlib
import io
import uuid
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct, field

from newsletter.cache.state import file_state
from newsletter.geometry import trim_box
from newsletter.press.about import About, information
from newsletter.press.claims import describe
from newsletter.press.conversion import convert
from newsletter.press.inks import Ink, Levels, Palette, Spot
from newsletter.press.lettering import Lettering
from newsletter.press.marks import ALL_PLATES, SPOT_PLATE, Sheet, marks
from newsletter.press.recolouring import separation_space
from newsletter.press.saving import saved, set_boxes
from newsletter.press.separation import BLACK, Separation

PDF_VERSION = "1.6"
MARKS = "/PrinterMarks"
FOR_READERS = (
    "/StructTreeRoot",
    "/MarkInfo",
    "/Outlines",
    "/Names",
    "/Dests",
    "/PageMode",
    "/PageLabels",
    "/OpenAction",
    "/AA",
    "/AcroForm",
    "/AF",
    "/Extensions",
)


class PrintOrder(Struct, frozen=True):
    """What the press is told: the size in millimetres, inks, facts, and the slug's lettering.

    The slug line of a page is `slug` with its number put for `{page}` and the count for `{count}`.
    """

    width_mm: float
    height_mm: float
    bleed_mm: float
    separation: Separation
    about: About
    slug: str
    font: Path
    inks: Mapping[Levels, Ink] = field(default_factory=dict)

    def inputs(self) -> dict[str, str]:
        """Return the SHA-256 of the press's profile, by its name in the publication."""
        condition = self.separation.condition
        digest = hashlib.sha256(condition.icc).hexdigest()
        return {f"profiles/{condition.file}": digest}

    def identity(self) -> str:
        """Return all that a print file follows from beside the pages."""
        said = (self.width_mm, self.height_mm, self.bleed_mm, self.about, self.slug, self.inks)
        condition = self.separation.condition
        names = (condition.name, condition.identifier, condition.registry)
        font = f"{self.font} {file_state(str(self.font))}"
        return f"{said!r} {names!r} {self.separation.identity()} {font}"

    @property
    def spots(self) -> tuple[Spot, ...]:
        """The spot inks that the layout names, each once."""
        named = (ink.spot for ink in self.inks.values() if ink.spot)
        return tuple({spot.name: spot for spot in named}.values())


def print_file(data: bytes, order: PrintOrder) -> bytes:
    """Return the finished print file; raises `UnconvertedError` for what has no way to ink."""
    import pikepdf

    with pikepdf.open(io.BytesIO(data)) as pdf:
        _strip(pdf)
        convert(pdf, Palette(order.separation, order.inks))
        _put_on_sheets(pdf, order)
        _declare(pdf, order, data)
        pdf.remove_unreferenced_resources()
        return saved(pdf, force_version=PDF_VERSION)


def _strip(pdf: Any) -> None:  # noqa: ANN401 - pikepdf.Pdf
    """Take away what serves a reader at a screen."""
    for key in FOR_READERS:
        if key in pdf.Root:
            del pdf.Root[key]
    for page in pdf.pages:
        for key in ("/Annots", "/StructParents", "/Tabs", "/AA"):
            if key in page.obj:
                del page.obj[key]


# The sheet ----------------------------------------------------------------------------------


def _put_on_sheets(pdf: Any, order: PrintOrder) -> None:  # noqa: ANN401
    from pikepdf import Dictionary

    trim = trim_box(order.width_mm, order.height_mm)
    sheet = Sheet(trim, order.bleed_mm)
    lettering = Lettering(order.font)
    spots = order.spots
    plates = {ALL_PLATES: separation_space(pdf, Spot("All", BLACK))}
    plates |= {f"{SPOT_PLATE}{n}": separation_space(pdf, spot) for n, spot in enumerate(spots)}
    resources = pdf.make_indirect(Dictionary(ColorSpace=Dictionary(plates)))
    for number, page in enumerate(pdf.pages, 1):
        words = slug_line(order.slug, number, len(pdf.pages))
        operators = marks(sheet, lettering, words, spots)
        _put_on_sheet(pdf, page, sheet, _form(pdf, sheet, operators, resources))


def slug_line(words: str, page: int, count: int) -> str:
    """Return the slug line of a page, counted from 1."""
    return words.replace("{page}", str(page)).replace("{count}", str(count))


def _form(pdf: Any, sheet: Sheet, operators: str, resources: Any) -> Any:  # noqa: ANN401
    from pikepdf import Array, Name, Stream

    box = Array(sheet.media.rounded())
    return Stream(
        pdf,
        operators.encode("ascii"),
        Type=Name.XObject,
        Subtype=Name.Form,
        BBox=box,
        Resources=resources,
    )


def _put_on_sheet(pdf: Any, page: Any, sheet: Sheet, form: Any) -> None:  # noqa: ANN401
    """Move a page so that its sheet begins at zero, cut it at the bleed, add the marks."""
    from pikepdf import Name, Stream

    dx, dy = -sheet.media.left, -sheet.media.bottom
    page.obj.Resources = _own(page.obj.Resources)
    left, bottom, right, top = sheet.bleed
    clip = f"{left:.3f} {bottom:.3f} {right - left:.3f} {top - bottom:.3f} re W n"
    _move_patterns(pdf, page, dx, dy)
    name = page.add_resource(form, Name.XObject, name=Name(MARKS))
    before = f"q 1 0 0 1 {dx:.4f} {dy:.4f} cm q {clip}\n"
    page.contents_add(Stream(pdf, before.encode("ascii")), prepend=True)
    page.contents_add(Stream(pdf, f"\nQ {name} Do Q".encode("ascii")))
    page.contents_coalesce()
    media, bleed, trim = (box.moved(dx, dy) for box in (sheet.media, sheet.bleed, sheet.trim))
    set_boxes(page.obj, media, bleed, trim)


def _own(resources: Any) -> Any:  # noqa: ANN401
    """Return resources of a page's own, since pages may share theirs."""
    from pikepdf import Dictionary

    own = Dictionary(dict(resources.items()))
    for kind in ("/XObject", "/Pattern"):
        if kind in own:
            own[kind] = Dictionary(dict(own[kind].items()))
    return own


def _move_patterns(pdf: Any, page: Any, dx: float, dy: float) -> None:  # noqa: ANN401
    """Move the patterns of a page along: their matrix counts from the page's corner (8.7.3.1)."""
    from pikepdf import Array, Dictionary

    patterns = page.obj.Resources.get("/Pattern", {})
    moved = Dictionary()
    for name, pattern in patterns.items():
        copy = _copy(pdf, pattern)
        a, b, c, d, e, f = (float(part) for part in pattern.get("/Matrix", [1, 0, 0, 1, 0, 0]))
        copy.Matrix = Array([a, b, c, d, round(e + dx, 4), round(f + dy, 4)])
        moved[name] = copy
    if patterns:
        page.obj.Resources.Pattern = moved


def _copy(pdf: Any, pattern: Any) -> Any:  # noqa: ANN401
    from pikepdf import Dictionary, Stream

    if isinstance(pattern, Stream):
        copy = Stream(pdf, pattern.read_bytes())
        for key, value in pattern.items():
            if key not in {"/Length", "/Filter", "/DecodeParms"}:
                copy[key] = value
        return copy
    return pdf.make_indirect(Dictionary(dict(pattern.items())))


# What it says of itself ---------------------------------------------------------------------


def _declare(pdf: Any, order: PrintOrder, content: bytes) -> None:  # noqa: ANN401
    """Write output intent, XMP and information (ISO 15930-7:2010)."""
    from pikepdf import Array, Dictionary, Name, Stream, String

    condition = order.separation.condition
    profile = Stream(pdf, condition.icc, N=4, Alternate=Name.DeviceCMYK)
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFX,
        OutputConditionIdentifier=String(condition.identifier),
        OutputCondition=String(condition.name),
        Info=String(condition.name),
        DestOutputProfile=profile,
    )
    if condition.registry:
        intent.RegistryName = String(condition.registry)
    pdf.Root.OutputIntents = Array([pdf.make_indirect(intent)])
    pdf.Root.Lang = String(order.about.language)
    pdf.trailer.Info = pdf.make_indirect(information(order.about))
    describe(pdf, ("PDF/X-4",), order.about.dated, _identifier(content, condition.icc))


def _identifier(*parts: bytes) -> str:
    """Return an identifier that follows from what goes into a file."""
    digests = "".join(hashlib.sha256(part).hexdigest() for part in parts)
    return str(uuid.uuid5(uuid.NAMESPACE_OID, digests))
