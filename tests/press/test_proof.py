"""Proofs: the stamp is on every page, and the page beneath is as it was."""

from __future__ import annotations

import io
import re

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from foreign import FONT, HEIGHT, WIDTH, Leaf, booklet, box, opened, plain, rendered
from newsletter.diagnostics import Refused
from newsletter.geometry import points
from newsletter.preflight.completeness import page_texts
from newsletter.press.marks import SLUG_MM
from newsletter.press.proof import ProofWords, stamp
from workshop import specimen_pdf

WORDS = ProofWords(FONT, name="some.pdf")
SLUG = points(SLUG_MM)


def stamped(data: bytes, number: int = 2) -> bytes:
    return stamp(data, number, WORDS)


def white(count: int = 1, **boxes: list[float]) -> bytes:
    """Return white pages with these boxes."""
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        for _ in range(count):
            page = pdf.add_blank_page(page_size=(WIDTH, HEIGHT))
            for key, value in boxes.items():
                page.obj[f"/{key}"] = Array(value)
        pdf.save(out)
    return out.getvalue()


def forms(data: bytes, index: int = 0) -> list[str]:
    with opened(data) as pdf:
        return sorted(pdf.pages[index].obj.Resources.XObject.keys())


def test_words_name_the_proof_and_its_number() -> None:
    assert WORDS.line(3) == "第3次校样"
    assert WORDS.slug(3) == "校样  ·  第3次校样  ·  some.pdf"
    assert ProofWords(FONT).slug(1) == "校样  ·  第1次校样"


def test_a_page_without_slug_is_given_one_of_eight_millimetres() -> None:
    with opened(stamped(white())) as pdf:
        page = pdf.pages[0]
        trim = box(page, "/TrimBox")
        assert trim == [0, 0, WIDTH, HEIGHT]
        for key in ("/MediaBox", "/CropBox"):
            sides = zip(box(page, key), trim, (-1, -1, 1, 1), strict=True)
            assert all(a == pytest.approx(b + s * SLUG, abs=0.001) for a, b, s in sides)


def test_a_page_with_slug_keeps_its_boxes() -> None:
    roomy = {
        "MediaBox": [-50.0, -50, WIDTH + 50, HEIGHT + 50],
        "BleedBox": [-8.0, -8, WIDTH + 8, HEIGHT + 8],
        "TrimBox": [0.0, 0, WIDTH, HEIGHT],
    }
    with opened(stamped(white(**roomy))) as pdf:
        for key, value in roomy.items():
            assert box(pdf.pages[0], f"/{key}") == value


def test_the_slug_holds_words_above_the_page() -> None:
    image = rendered(stamped(white()), 0, scale=2)
    dark = image.convert("L").point(lambda level: 255 if level < 100 else 0)
    found = dark.getbbox()
    assert found is not None
    assert found[3] <= 2 * SLUG
    assert found[0] >= 2 * (SLUG + points(5)) - 1


def test_the_watermark_lies_within_the_trim_and_across_it() -> None:
    found = rendered(stamped(white()), 0).convert("L")
    page = found.crop((int(SLUG), int(SLUG) + 1, int(SLUG + WIDTH), int(SLUG + HEIGHT)))
    drawn = page.point(lambda level: 255 if level < 250 else 0).getbbox()
    assert drawn is not None
    left, top, right, bottom = drawn
    assert right - left > WIDTH * 0.5
    assert bottom - top > HEIGHT * 0.3
    assert left > 0
    assert right < page.width
    assert abs((left + right) / 2 - WIDTH / 2) < WIDTH * 0.12
    assert abs((top + bottom) / 2 - HEIGHT / 2) < HEIGHT * 0.12


@pytest.mark.parametrize("gray", [0.0, 0.25, 1.0])
def test_the_watermark_shows_on_any_ground_and_is_light(gray: float) -> None:
    def fill(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].obj.Contents = pdf.make_stream(f"{gray} g -99 -99 999 999 re f".encode())

    image = rendered(stamped(booklet([Leaf(1)], fill)), 0).convert("L")
    middle = image.crop((60, 90, image.width - 60, image.height - 90))
    low, high = middle.getextrema()
    ground = round(gray * 255)
    assert 15 <= max(high - ground, ground - low) <= 60


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
@pytest.mark.parametrize("unit", [1.0, 2.0])
def test_on_turned_pages_the_stamp_is_upright(rotate: int, unit: float) -> None:
    """A page with a slug is drawn alike however it is turned in its own space."""
    leaf = Leaf(1, rotate, unit, (-37.0, 1000.0))
    ours, upright = (rendered(stamped(booklet([one])), 0) for one in (leaf, Leaf(1)))
    scaled = ours.resize(upright.size) if unit != 1 else ours
    apart = [abs(a - b) for a, b in zip(scaled.tobytes(), upright.tobytes(), strict=True)]
    assert sum(value > 60 for value in apart) < len(apart) * 0.02


def test_what_lay_beyond_the_old_edge_does_not_come_to_light() -> None:
    """Leaves are drawn far beyond their media; the new slug around it stays white."""

    def forget(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[0].obj
        page.MediaBox = Array([0, 0, WIDTH, HEIGHT])
        del page["/BleedBox"]

    image = rendered(stamped(booklet([Leaf(1)], forget)), 0)
    for place in ((2, 150), (image.width - 3, 150), (100, image.height - 3)):
        assert image.getpixel(place) == (255, 255, 255)


@pytest.mark.parametrize(
    "content", ["q q 2 0 0 2 50 50 cm", "Q Q", "q Q Q 3 0 0 3 9 9 cm q q", "0.5 0 0 0.5 0 0 cm"]
)
def test_states_that_the_content_leaves_behind_do_not_move_the_stamp(content: str) -> None:
    def leave(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].obj.Contents = pdf.make_stream(content.encode())

    def empty(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].obj.Contents = pdf.make_stream(b"")

    left, clean = (stamped(booklet([Leaf(1)], change)) for change in (leave, empty))
    assert rendered(left, 0).tobytes() == rendered(clean, 0).tobytes()


def test_pages_that_share_resources_keep_them() -> None:
    def share(pdf: pikepdf.Pdf) -> None:
        shared = pdf.make_indirect(Dictionary(ExtGState=Dictionary(Faint=Dictionary(ca=0.5))))
        for page in pdf.pages:
            page.obj.Resources = shared

    with opened(stamped(booklet([Leaf(1), Leaf(2, size=(300, 200))], share))) as pdf:
        first, second = (page.obj.Resources for page in pdf.pages)
        assert "/Faint" in first.ExtGState
        assert "/Faint" in second.ExtGState
        assert first.XObject.Proof0.objgen != second.XObject.Proof0.objgen


def test_pages_of_one_size_share_a_stamp() -> None:
    with opened(stamped(plain(3))) as pdf:
        assert len({page.obj.Resources.XObject.Proof0.objgen for page in pdf.pages}) == 1


def test_a_second_stamp_takes_another_name() -> None:
    assert forms(stamped(stamped(white()))) == ["/Proof0", "/Proof1"]


def last_tag(data: bytes) -> list[pikepdf.Object]:
    with opened(data) as pdf:
        content = pikepdf.parse_content_stream(pdf.pages[0], "BDC")
        return list(content[-1].operands)


def test_in_a_tagged_file_the_stamp_is_an_artifact() -> None:
    kind, properties = last_tag(stamped(specimen_pdf("screen")))
    assert kind == Name.Artifact
    assert properties.Subtype == Name.Watermark


def test_elsewhere_the_outlines_say_their_words() -> None:
    kind, properties = last_tag(stamped(white(), 7))
    assert kind == Name.Span
    assert str(properties.ActualText) == WORDS.slug(7)


def test_text_tags_and_bookmarks_stay() -> None:
    before, after = specimen_pdf("screen"), stamped(specimen_pdf("screen"))
    assert page_texts(after) == page_texts(before)
    with opened(before) as old, opened(after) as new:
        assert {"/StructTreeRoot", "/Outlines", "/PageLabels"} <= set(new.Root.keys())
        assert len(new.pages) == len(old.pages)
        assert b"pdfuaid:part" in new.Root.Metadata.read_bytes()


def test_no_font_and_no_screen_colour_is_added() -> None:
    with opened(stamped(white())) as pdf:
        form = pdf.pages[0].obj.Resources.XObject.Proof0
        parts = [form, form.Resources.XObject.Mark]
        assert all("/Font" not in part.Resources for part in parts)
        content = b" ".join(part.read_bytes() for part in parts)
    assert not re.findall(rb"\b(rg|RG|g|G|cs|CS|Tf)\b", content)


def test_a_proof_claims_neither_pdf_x_nor_pdf_a() -> None:
    def claim(pdf: pikepdf.Pdf) -> None:
        pdf.docinfo["/GTS_PDFXVersion"] = pikepdf.String("PDF/X-4")
        pdf.Root.Metadata = pdf.make_stream(
            b"<x xmlns:pdfxid='http://www.npes.org/pdfx/ns/id/' "
            b"xmlns:pdfaid='http://www.aiim.org/pdfa/ns/id/' pdfaid:part='3'>"
            b"<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion><y>kept</y></x>"
        )

    with opened(stamped(booklet([Leaf(1)], claim))) as pdf:
        packet = pdf.Root.Metadata.read_bytes()
        assert b"PDF/X" not in packet
        assert b"pdfaid:part" not in packet
        assert b"<y>kept</y>" in packet
        assert "/GTS_PDFXVersion" not in pdf.docinfo


def test_the_number_is_in_the_stamp() -> None:
    assert stamped(white(), 1) != stamped(white(), 2)


def test_the_same_file_and_number_give_the_same_bytes() -> None:
    assert stamped(plain(2)) == stamped(plain(2))


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"no"])
def test_what_is_no_pdf_is_refused(data: bytes) -> None:
    with pytest.raises(Refused) as caught:
        stamped(data)
    assert [d.code for d in caught.value.diagnostics] == ["N712"]


def test_a_stamped_file_is_sound() -> None:
    with opened(stamped(specimen_pdf("print"))) as pdf:
        assert pdf.check_pdf_syntax() == []
