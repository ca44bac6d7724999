"""Finishing: boxes, labels, metadata and bytes of a file."""

from __future__ import annotations

import io

import pikepdf
import pytest

from newsletter.geometry import points, trim_box
from newsletter.issue.models import Profile
from newsletter.layouts import PageSize
from newsletter.press.claims import PACKET
from newsletter.press.finish import COVER_LABEL, finish
from newsletter.press.printing import print_file
from newsletter.printroom import print_order
from workshop import specimen, specimen_pages, specimen_pdf

A4 = PageSize(width_mm=210, height_mm=297, bleed_mm=3)
TRIM = trim_box(210, 297)
BLEED = TRIM.grown(points(3))


def opened(data: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(data))


def box(page: pikepdf.Page, name: str) -> list[float]:
    return [float(value) for value in page.obj[name]]


def blank(pages: int) -> bytes:
    """Return what a renderer would give: pages with bleed, the trim at the origin."""
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        for _ in range(pages):
            page = pdf.add_blank_page(page_size=(612, 859))
            page.obj.ArtBox = [0, 0, 1, 1]
        pdf.save(out)
    return out.getvalue()


def test_on_a_screen_every_page_is_trimmed() -> None:
    with opened(specimen_pdf("screen")) as pdf:
        for page in pdf.pages:
            for name in ("/MediaBox", "/CropBox", "/TrimBox", "/BleedBox"):
                assert box(page, name) == TRIM.rounded()


def test_a_printer_gets_the_bleed_around_the_trim() -> None:
    with opened(specimen_pdf("print")) as pdf:
        for page in pdf.pages:
            trim, bleed = (box(page, name) for name in ("/TrimBox", "/BleedBox"))
            outward = (
                trim[0] - bleed[0],
                bleed[2] - trim[2],
                trim[1] - bleed[1],
                bleed[3] - trim[3],
            )
            assert outward == pytest.approx([points(3)] * 4, abs=0.002)


def test_the_boxes_of_a_print_file_are_nested_with_three_millimetres_between() -> None:
    with opened(specimen_pdf("print")) as pdf:
        page = pdf.pages[0]
        trim, bleed, media = (box(page, name) for name in ("/TrimBox", "/BleedBox", "/MediaBox"))
        assert media[0] <= bleed[0] < trim[0] < trim[2] < bleed[2] <= media[2]
        assert media[1] <= bleed[1] < trim[1] < trim[3] < bleed[3] <= media[3]
        assert (trim[0] - bleed[0]) / points(1) == pytest.approx(3, abs=0.001)


def test_the_cover_reaches_into_the_bleed() -> None:
    """The picture of the cover is laid over the whole of the page's medium."""
    with opened(specimen_pages().write(tagged=False)[0]) as pdf:
        media = box(pdf.pages[0], "/MediaBox")
    assert media[0] == pytest.approx(BLEED.left, abs=0.5)
    assert media[2] == pytest.approx(BLEED.right, abs=0.5)


def test_an_art_box_does_not_stay() -> None:
    with opened(finish(blank(1), A4)) as pdf:
        assert "/ArtBox" not in pdf.pages[0].obj


@pytest.mark.parametrize(
    ("count", "labels"), [(1, [COVER_LABEL]), (2, [COVER_LABEL, "2"]), (3, [COVER_LABEL, "2", "3"])]
)
def test_the_cover_is_named_and_pages_carry_their_printed_number(
    count: int, labels: list[str]
) -> None:
    with opened(finish(blank(count), A4)) as pdf:
        assert [page.label for page in pdf.pages] == labels


def test_a_first_page_that_is_no_cover_carries_its_number() -> None:
    sheet = PageSize(width_mm=210, height_mm=297, cover=False)
    with opened(finish(blank(3), sheet)) as pdf:
        assert [page.label for page in pdf.pages] == ["1", "2", "3"]


def test_the_same_pages_give_the_same_bytes() -> None:
    again, _ = specimen_pages().write(tagged=True)
    assert finish(again, specimen().layout.spec.page) == specimen_pdf("screen")


def test_the_same_pages_give_the_printer_the_same_bytes() -> None:
    again, _ = specimen_pages().write(tagged=False)
    assert print_file(again, print_order(specimen())) == specimen_pdf("print")


def test_finishing_reads_no_clock() -> None:
    with opened(specimen_pdf()) as pdf:
        assert "/CreationDate" not in pdf.docinfo
        assert "/ModDate" not in pdf.docinfo
        assert b"CreateDate" not in pdf.Root.Metadata.read_bytes()


@pytest.mark.parametrize("profile", ["screen", "print"])
def test_title_author_and_language_are_kept(profile: Profile) -> None:
    with opened(specimen_pdf(profile)) as pdf:
        assert specimen().copy.issue.title in str(pdf.docinfo["/Title"])
        assert pdf.docinfo["/Author"] == "排字房"
        assert pdf.Root.Lang == "zh-CN"
        if profile == "screen":  # PDF/UA-1, 7.1
            assert specimen().copy.issue.title in str(pdf.open_metadata()["dc:title"])


@pytest.mark.parametrize("profile", ["screen", "print"])
def test_the_metadata_are_in_the_file_as_they_were_written(profile: Profile) -> None:
    """And not as a library of XML writes them, whose versions differ."""
    with opened(specimen_pdf(profile)) as pdf:
        packet = pdf.Root.Metadata.read_bytes().decode()
    frame, _, end = PACKET.partition("{descriptions}")
    assert packet.startswith(frame + '<rdf:Description rdf:about=""\n xmlns:dc=')
    assert packet.endswith(end)


def test_a_print_file_carries_no_tags_and_claims_none() -> None:
    with opened(specimen_pdf("print")) as pdf:
        assert "/StructTreeRoot" not in pdf.Root
        assert "/MarkInfo" not in pdf.Root
        assert b"pdfuaid" not in b"".join(
            thing.read_bytes()
            for thing in pdf.objects
            if isinstance(thing, pikepdf.Stream) and thing.get("/Type") == "/Metadata"
        )


@pytest.mark.parametrize("profile", ["screen", "print"])
def test_a_finished_file_is_sound(profile: Profile) -> None:
    with opened(specimen_pdf(profile)) as pdf:
        assert pdf.check_pdf_syntax() == []
