"""The print file: boxes, marks, output intent, metadata, and nothing for a screen."""

from __future__ import annotations

import io
import re

import pikepdf
import pypdfium2
import pytest

from newsletter.geometry import Box, points, trim_box
from newsletter.press.inks import Ink, Spot
from newsletter.press.lettering import Lettering
from newsletter.press.marks import MARK_MM, SLUG_MM, Sheet, marks
from newsletter.press.printing import print_file, slug_line
from newsletter.press.separation import CMYK
from pressed import ABOUT, FONT, fogra39, order, page_of, saved

SHEET = Sheet(trim_box(210, 297), 3)
PLAIN = "0.2 0.4 0.6 rg 0 0 99 99 re f"


def printed(content: str = PLAIN, pages: int = 1, **choices: object) -> pikepdf.Pdf:
    return pikepdf.open(
        io.BytesIO(print_file(saved(page_of(content, pages=pages)), order(**choices)))
    )


def box(page: pikepdf.Page, name: str) -> Box:
    return Box(*(float(value) for value in page.obj[name]))


def test_a_page_lies_on_a_sheet_that_begins_at_zero() -> None:
    pdf = printed()
    page = pdf.pages[0]
    media, bleed, trim = (box(page, name) for name in ("/MediaBox", "/BleedBox", "/TrimBox"))
    assert media[:2] == (0, 0)
    assert trim.right - trim.left == pytest.approx(points(210), abs=0.01)
    assert trim.top - trim.bottom == pytest.approx(points(297), abs=0.01)
    assert trim.left - bleed.left == pytest.approx(points(3), abs=0.01)
    assert bleed.left - media.left == pytest.approx(points(SLUG_MM), abs=0.01)


def test_content_moves_with_its_trim() -> None:
    sheet = pypdfium2.PdfDocument(print_file(saved(page_of(PLAIN)), order()))[0]
    drawn = sheet.render(scale=1).to_pil()
    left, bottom = points(SLUG_MM + 3), drawn.height - points(SLUG_MM + 3)
    assert drawn.getpixel((round(left + 3), round(bottom - 3))) != (255, 255, 255)
    assert drawn.getpixel((round(left - 3), round(bottom - 3))) == (255, 255, 255)


def test_nothing_of_the_page_lies_in_the_slug() -> None:
    everywhere = "0 1 0 rg -500 -500 2000 2000 re f"
    sheet = pypdfium2.PdfDocument(print_file(saved(page_of(everywhere)), order()))[0]
    drawn = sheet.render(scale=1).to_pil()
    assert drawn.getpixel((drawn.width // 3, 3)) == (255, 255, 255)
    assert drawn.getpixel((drawn.width // 3, round(points(SLUG_MM)) + 3)) != (255, 255, 255)


def test_patterns_move_with_their_page() -> None:
    pdf = page_of("/Pattern cs /T scn 0 0 60 60 re f")
    tile = pikepdf.Stream(
        pdf,
        b"1 0 0 rg 0 0 30 60 re f",
        PatternType=1,
        PaintType=1,
        TilingType=1,
        BBox=[0, 0, 60, 60],
        XStep=60,
        YStep=60,
        Resources=pikepdf.Dictionary(),
    )
    pdf.pages[0].obj.Resources = pikepdf.Dictionary(
        Pattern=pikepdf.Dictionary(T=pdf.make_indirect(tile))
    )
    drawn = pypdfium2.PdfDocument(print_file(saved(pdf), order()))[0].render(scale=1).to_pil()
    x, y = round(points(SLUG_MM + 3)), round(drawn.height - points(SLUG_MM + 3)) - 20
    assert drawn.getpixel((x + 15, y)) != (255, 255, 255)
    assert drawn.getpixel((x + 45, y)) == (255, 255, 255)


def test_pages_that_share_resources_keep_patterns_and_slugs_apart() -> None:
    pdf = page_of("/Pattern cs /T scn 0 0 60 60 re f", pages=2)
    shading = pikepdf.Dictionary(
        ShadingType=2,
        ColorSpace=pikepdf.Name.DeviceRGB,
        Coords=[0, 0, 60, 0],
        Function=pikepdf.Dictionary(FunctionType=2, Domain=[0, 1], N=1, C0=[1, 0, 0], C1=[0, 0, 1]),
    )
    pattern = pdf.make_indirect(pikepdf.Dictionary(PatternType=2, Shading=shading))
    shared = pdf.make_indirect(pikepdf.Dictionary(Pattern=pikepdf.Dictionary(T=pattern)))
    for page in pdf.pages:
        page.obj.Resources = shared
    made = pikepdf.open(io.BytesIO(print_file(saved(pdf), order())))
    shift = points(SLUG_MM + 3)
    slugs = set()
    for page in made.pages:
        matrix = [float(part) for part in page.obj.Resources.Pattern["/T"].Matrix]
        assert matrix[4:] == pytest.approx([shift, shift], abs=0.01)
        slugs.add(page.obj.Resources.XObject.PrinterMarks.read_bytes())
    assert len(slugs) == 2


def test_the_output_intent_names_the_press() -> None:
    pdf = printed()
    intents = pdf.Root.OutputIntents
    assert len(intents) == 1
    assert str(intents[0].S) == "/GTS_PDFX"
    assert str(intents[0].OutputConditionIdentifier) == "FOGRA39"
    assert intents[0].DestOutputProfile.read_bytes() == fogra39().icc
    assert int(intents[0].DestOutputProfile.N) == 4


def test_the_file_says_that_it_is_pdf_x_4() -> None:
    pdf = printed()
    assert pdf.pdf_version == "1.6"
    with pdf.open_metadata() as xmp:
        assert xmp["{http://www.npes.org/pdfx/ns/id/}GTS_PDFXVersion"] == "PDF/X-4"
        assert xmp["dc:title"] == str(pdf.docinfo.Title) == ABOUT.title
        assert xmp["xmp:CreateDate"] == "2021-12-31T00:00:00Z"
        assert xmp["pdf:Trapped"] == "False"
    assert str(pdf.docinfo.Trapped) == "/False"
    assert "/ID" in pdf.trailer


def test_two_contents_have_two_identifiers_and_one_content_has_one() -> None:
    def identifier(content: str) -> str:
        with printed(content).open_metadata() as xmp:
            return str(xmp["xmpMM:DocumentID"])

    assert identifier(PLAIN) == identifier(PLAIN) != identifier("0 g 0 0 1 1 re f")


def test_nothing_is_left_that_serves_a_screen() -> None:
    pdf = page_of(PLAIN)
    link = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 1, 1])
    pdf.pages[0].obj.Annots = pikepdf.Array([pdf.make_indirect(link)])
    pdf.pages[0].obj.Tabs = pikepdf.Name.S
    for key in ("/Outlines", "/StructTreeRoot", "/MarkInfo", "/OpenAction", "/AcroForm"):
        pdf.Root[key] = pikepdf.Dictionary()
    made = pikepdf.open(io.BytesIO(print_file(saved(pdf), order())))
    assert "/Annots" not in made.pages[0].obj
    assert "/Tabs" not in made.pages[0].obj
    left = {"/Outlines", "/StructTreeRoot", "/MarkInfo", "/OpenAction", "/AcroForm"} & set(
        made.Root.keys()
    )
    assert not left


def test_the_same_order_gives_the_same_bytes() -> None:
    data = saved(page_of(PLAIN))
    assert print_file(data, order()) == print_file(data, order())


def test_a_spot_ink_has_a_plate_and_a_patch() -> None:
    spot = Spot("PANTONE 349 C", CMYK(0.9, 0.3, 0.8, 0.5))
    pdf = printed("0.2 0.4 0.6 rg 0 0 9 9 re f", inks={(51, 102, 153): Ink(spot.alternate, spot)})
    form = pdf.pages[0].obj.Resources.XObject.PrinterMarks
    names = {str(space[1]) for space in form.Resources.ColorSpace.values()}
    assert names == {"/All", "/PANTONE 349 C"}
    assert "/SpotPlate0 cs 1 scn" in form.read_bytes().decode()


# Marks --------------------------------------------------------------------------------------


def lines_of(operators: str) -> list[tuple[float, float, float, float]]:
    found = re.findall(r"^(\S+) (\S+) m (\S+) (\S+) l S$", operators, re.MULTILINE)
    return [(float(a), float(b), float(c), float(d)) for a, b, c, d in found]


@pytest.fixture(scope="module")
def lettering() -> Lettering:
    return Lettering(FONT)


def test_every_corner_has_two_crop_marks_outside_the_bleed(lettering: Lettering) -> None:
    lines = lines_of(marks(SHEET, lettering, ""))
    for x in (SHEET.trim.left, SHEET.trim.right):
        on_edge = [line for line in lines if line[0] == line[2] == pytest.approx(x, abs=1e-3)]
        assert len(on_edge) == 2
        for _x, begin, _same, end in on_edge:
            assert begin <= SHEET.bleed.bottom + 1e-3 or begin >= SHEET.bleed.top - 1e-3
            assert abs(end - begin) == pytest.approx(points(MARK_MM), abs=1e-3)


def test_all_marks_stay_on_the_sheet_and_off_the_page(lettering: Lettering) -> None:
    for x1, y1, x2, y2 in lines_of(marks(SHEET, lettering, "小报 1/20")):
        for x, y in ((x1, y1), (x2, y2)):
            assert SHEET.media.left <= x <= SHEET.media.right
            assert SHEET.media.bottom <= y <= SHEET.media.top
            inside = SHEET.bleed.left + 0.01 < x < SHEET.bleed.right - 0.01
            assert not (inside and SHEET.bleed.bottom + 0.01 < y < SHEET.bleed.top - 0.01)


def test_the_slug_line_has_room(lettering: Lettering) -> None:
    words = "“一带一路”绿色发展国际联盟通讯 2021   20/20   FOGRA39L coated   2021-12-31"
    assert lettering.width(words, 6) < points(105 - 12)


def test_the_slug_line_counts_pages() -> None:
    assert slug_line("甲 {page}/{count} {}", 3, 20) == "甲 3/20 {}"


def test_lettering_draws_every_character_of_its_words(lettering: Lettering) -> None:
    path = lettering.path("绿色", 6, 0, 0)
    assert path.endswith("f")
    assert path.count(" m\n") > 4
    assert lettering.width("绿色", 6) == pytest.approx(12)
    assert lettering.path("", 6, 0, 0) == ""
