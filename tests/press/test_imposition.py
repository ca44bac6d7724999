"""Imposition: what stands on the sheets is what the plan says, to a pixel."""

from __future__ import annotations

import io
from collections.abc import MutableSequence

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from pikepdf import Array, Dictionary, Name

from foreign import (
    BLEED,
    FONT,
    HEIGHT,
    WIDTH,
    Leaf,
    booklet,
    box,
    colour_of,
    is_like,
    opened,
    plain,
    rendered,
)
from newsletter.diagnostics import Refused
from newsletter.geometry import points
from newsletter.press.imposition import Imposed, ImpositionOrder, impose
from newsletter.press.sheets import paper_for
from newsletter.press.signatures import plan

MARGIN = 100.0
PAPER = ((2 * WIDTH + 2 * MARGIN) / points(1), (HEIGHT + 2 * MARGIN) / points(1))
"""Paper whose margins are whole points, so that edges fall between pixels."""
FOLD = MARGIN + WIDTH
TOP = MARGIN
WHITE = (255, 255, 255)


def imposed(data: bytes, **choices: object) -> Imposed:
    order = ImpositionOrder("some.pdf", FONT, sheet_mm=PAPER)
    return impose(data, replace(order, **choices))


def codes(made: Imposed) -> list[str]:
    return [finding.code for finding in made.findings]


def refusal(data: bytes, **choices: object) -> list[str]:
    with pytest.raises(Refused) as caught:
        imposed(data, **choices)
    return [d.code for d in caught.value.diagnostics]


# Where pages stand


@pytest.mark.parametrize("count", [4, 8, 12])
def test_every_page_stands_where_the_plan_says(count: int) -> None:
    data = imposed(plain(count)).data
    sides = [side for sheet in plan(count) for side in (sheet.front, sheet.back)]
    for index, side in enumerate(sides):
        image = rendered(data, index)
        assert is_like(image.getpixel((int(FOLD) - 50, 250)), colour_of(side.left or 0))
        assert is_like(image.getpixel((int(FOLD) + 50, 250)), colour_of(side.right or 0))


def test_the_edges_stand_at_their_pixels() -> None:
    """Bleed is kept at the three outer edges; at the fold the pages meet."""
    image = rendered(imposed(plain(4)).data, 0)
    four, one = colour_of(4), colour_of(1)
    left, right = int(FOLD - WIDTH - BLEED), int(FOLD + WIDTH + BLEED)
    top, bottom, fold = int(TOP - BLEED), int(TOP + HEIGHT + BLEED), int(FOLD)
    for inside, outside, colour in (
        ((left, 250), (left - 1, 250), four),
        ((right - 1, 250), (right, 250), one),
        ((fold - 90, top), (fold - 90, top - 1), four),
        ((fold + 90, bottom - 1), (fold + 90, bottom), one),
    ):
        assert is_like(image.getpixel(inside), colour)
        assert image.getpixel(outside) == WHITE
    assert is_like(image.getpixel((fold - 1, 250)), four)
    assert is_like(image.getpixel((fold, 250)), one)


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
@pytest.mark.parametrize("unit", [1.0, 2.0])
@pytest.mark.parametrize("origin", [(0.0, 0.0), (-137.0, 1000.0)])
def test_rotation_unit_and_origin_of_a_page_are_honoured(
    rotate: int, unit: float, origin: tuple[float, float]
) -> None:
    leaves = [Leaf(n, rotate, unit, origin) for n in (1, 2, 3, 4)]
    ours = rendered(imposed(booklet(leaves)).data, 0)
    upright = rendered(imposed(plain(4)).data, 0)
    assert ours.tobytes() == upright.tobytes()


def test_boxes_resources_and_rotation_may_be_inherited() -> None:
    def move_up(pdf: pikepdf.Pdf) -> None:
        pages = [page.obj for page in pdf.pages]
        above = pages[0].Parent
        above.MediaBox, above.CropBox = pages[0].MediaBox, pages[0].TrimBox
        above.Rotate = 180
        above.Resources = Dictionary(ExtGState=Dictionary(Faint=Dictionary(ca=0.5)))
        for page in pages:
            content = page.Contents.read_bytes()
            page.Contents = pdf.make_stream(b"q /Faint gs " + content + b" Q")
            for key in ("/MediaBox", "/TrimBox", "/BleedBox", "/Resources", "/Rotate"):
                if key in page:
                    del page[key]

    made = imposed(booklet([Leaf(n, 180) for n in (1, 2, 3, 4)], move_up))
    image = rendered(made.data, 0)
    half = tuple((part + 255) // 2 for part in colour_of(1))
    assert is_like(image.getpixel((int(FOLD) + 50, 250)), half)
    dark = image.getpixel((int(FOLD) + 5, int(TOP) + 5))
    assert is_like(dark, tuple(part // 2 for part in half))


def test_content_in_several_streams_is_read_as_one() -> None:
    def split(pdf: pikepdf.Pdf) -> None:
        for page in pdf.pages:
            before, after = page.obj.Contents.read_bytes().split(b" rg ", 1)
            page.obj.Contents = Array([pdf.make_stream(before + b" rg"), pdf.make_stream(after)])

    leaves = [Leaf(n) for n in (1, 2, 3, 4)]
    assert (
        rendered(imposed(booklet(leaves, split)).data, 0).tobytes()
        == rendered(imposed(booklet(leaves)).data, 0).tobytes()
    )


def test_a_page_without_content_is_white() -> None:
    def empty(pdf: pikepdf.Pdf) -> None:
        del pdf.pages[0].obj["/Contents"]

    made = imposed(booklet([Leaf(n) for n in (1, 2, 3, 4)], empty))
    assert rendered(made.data, 0).getpixel((int(FOLD) + 50, 250)) == WHITE


def test_a_page_without_a_bleed_box_keeps_three_millimetres() -> None:
    def forget(pdf: pikepdf.Pdf) -> None:
        for page in pdf.pages:
            del page.obj["/BleedBox"]

    made = imposed(booklet([Leaf(n) for n in (1, 2, 3, 4)], forget))
    with opened(made.data) as pdf:
        trim, bleed = box(pdf.pages[0], "/TrimBox"), box(pdf.pages[0], "/BleedBox")
    assert trim[0] - bleed[0] == pytest.approx(points(3), abs=0.01)


def test_what_an_annotation_shows_in_print_is_kept() -> None:
    def note(pdf: pikepdf.Pdf) -> None:
        look = pdf.make_stream(b"0 0 1 rg 0 0 30 30 re f")
        look.Type, look.Subtype, look.BBox = Name.XObject, Name.Form, Array([0, 0, 30, 30])
        stamp = Dictionary(
            Type=Name.Annot,
            Subtype=Name.Stamp,
            Rect=Array([50, 100, 80, 130]),
            F=4,
            AP=Dictionary(N=look),
        )
        pdf.pages[0].obj.Annots = Array([pdf.make_indirect(stamp)])

    made = imposed(booklet([Leaf(n) for n in (1, 2, 3, 4)], note))
    place = (int(FOLD) + 65, int(TOP + HEIGHT) - 115)
    assert is_like(rendered(made.data, 0).getpixel(place), (0, 0, 255))
    with opened(made.data) as pdf:
        assert all("/Annots" not in page.obj for page in pdf.pages)


# Creep


def test_creep_moves_inner_pages_towards_the_fold() -> None:
    """Three sheets: none, half, all of it; what passes the fold is cut off."""
    made = imposed(plain(12), creep_mm=8 / points(1))
    for sheet, shift in ((0, 0), (1, 4), (2, 8)):
        image = rendered(made.data, 2 * sheet)
        right = colour_of(2 * sheet + 1)
        edge, fold = int(FOLD + WIDTH + BLEED) - shift, int(FOLD)
        assert is_like(image.getpixel((edge - 1, 250)), right)
        assert image.getpixel((edge, 250)) == WHITE
        assert is_like(image.getpixel((fold, 250)), right)
        # the square in the corner, 20 points wide, loses what has passed the fold
        assert image.getpixel((fold + 19 - shift, int(TOP) + 5)) == (0, 0, 0)
        assert is_like(image.getpixel((fold + 20 - shift, int(TOP) + 5)), right)
        assert is_like(image.getpixel((fold - 1, 250)), colour_of(12 - 2 * sheet))


def test_the_trim_follows_the_creep() -> None:
    with opened(imposed(plain(8), creep_mm=2).data) as pdf:
        outer, inner = (box(pdf.pages[index], "/TrimBox") for index in (0, 2))
    assert inner[0] - outer[0] == pytest.approx(points(2), abs=0.002)
    assert outer[2] - inner[2] == pytest.approx(points(2), abs=0.002)
    assert inner[1::2] == outer[1::2]


def test_each_signature_has_creep_of_its_own() -> None:
    made = imposed(plain(16), fold="perfect", signature=8, creep_mm=2)
    with opened(made.data) as pdf:
        lefts = [box(page, "/TrimBox")[0] for page in pdf.pages]
    assert lefts == [lefts[0], lefts[0], lefts[2], lefts[2]] * 2
    assert lefts[2] > lefts[0]


# Both sides of a sheet


def test_turned_about_the_short_edge_both_sides_are_upright() -> None:
    """What lies behind a page is its own leaf's other side: mirrored left to right."""
    data = imposed(plain(4)).data
    front, back = rendered(data, 0), rendered(data, 1)
    across = front.width - 1
    assert is_like(front.getpixel((int(FOLD) + 50, 250)), colour_of(1))
    assert is_like(back.getpixel((across - int(FOLD) - 50, 250)), colour_of(2))
    assert back.getpixel((int(FOLD - WIDTH) + 5, int(TOP) + 5)) == (0, 0, 0)


def test_turned_about_the_long_edge_the_back_stands_on_its_head() -> None:
    short, long = (imposed(plain(4), duplex=edge).data for edge in ("short", "long"))
    assert rendered(short, 0).tobytes() == rendered(long, 0).tobytes()
    turned = rendered(short, 1).transpose(3)  # by half
    other = rendered(long, 1)
    for place in ((int(FOLD) + 50, 250), (int(FOLD) - 50, 250), (int(FOLD + WIDTH) - 5, 395)):
        assert turned.getpixel(place) == other.getpixel(place)


def test_on_a_sheet_that_is_higher_than_wide_the_edges_change_places() -> None:
    leaves = [Leaf(n, size=(100, HEIGHT)) for n in (1, 2, 3, 4)]
    short, long = (
        imposed(booklet(leaves), duplex=edge, sheet_mm=None).data for edge in ("short", "long")
    )
    front = rendered(short, 0)
    assert front.height > front.width
    place = (front.width // 2 - 30, front.height // 2)
    assert is_like(rendered(long, 1).getpixel(place), colour_of(2))
    assert is_like(rendered(short, 1).getpixel(place), colour_of(3))


def test_a_book_bound_at_the_right_has_its_first_page_left() -> None:
    image = rendered(imposed(plain(8), binding="right").data, 0)
    assert is_like(image.getpixel((int(FOLD) - 50, 250)), colour_of(1))
    assert is_like(image.getpixel((int(FOLD) + 50, 250)), colour_of(8))


# Paper and marks


def test_without_a_size_the_paper_holds_pages_bleed_and_slug() -> None:
    made = imposed(plain(4), sheet_mm=None)
    assert codes(made) == []
    with opened(made.data) as pdf:
        page = pdf.pages[0]
        media, bleed, trim = (box(page, key) for key in ("/MediaBox", "/BleedBox", "/TrimBox"))
    offset = max(BLEED, points(3))
    assert trim[0] == pytest.approx(offset + points(8), abs=0.01)
    assert trim[2] - trim[0] == pytest.approx(2 * WIDTH, abs=0.01)
    assert trim[0] - bleed[0] == pytest.approx(BLEED, abs=0.01)
    assert media[:2] == [0, 0]


@pytest.mark.parametrize("turned", [PAPER, PAPER[::-1]])
def test_paper_is_turned_as_the_pages_need_it(turned: tuple[float, float]) -> None:
    with opened(imposed(plain(4), sheet_mm=turned).data) as pdf:
        assert box(pdf.pages[0], "/MediaBox") == pytest.approx([0, 0, 600, 500], abs=0.01)


def test_two_a4_pages_fit_on_a3_and_with_all_marks_on_sra3() -> None:
    a4 = (points(210), points(297), points(3))
    a3, sra3 = paper_for(*a4, (297, 420)), paper_for(*a4, (320, 450))
    assert a3 is not None
    assert a3.margin == pytest.approx(0)
    assert sra3 is not None
    assert sra3.margin >= points(11)


def test_paper_that_is_too_small_is_refused() -> None:
    assert refusal(plain(4), sheet_mm=(100, 100)) == ["N715"]


@pytest.mark.parametrize(
    ("beside_pt", "hint"), [(0.0, "bleed"), (BLEED - 1, "bleed"), (BLEED + 1, "default")]
)
def test_paper_without_room_for_bleed_or_marks_is_told_of(beside_pt: float, hint: str) -> None:
    sides = (2 * WIDTH + 2 * beside_pt) / points(1), (HEIGHT + 2 * beside_pt) / points(1)
    made = imposed(plain(4), sheet_mm=sides)
    assert [(d.code, d.hint) for d in made.findings] == [("N716", hint)]
    with opened(made.data) as pdf:
        media, trim = box(pdf.pages[0], "/MediaBox"), box(pdf.pages[0], "/TrimBox")
    assert media[0] <= trim[0] <= trim[2] <= media[2]


def test_marks_stand_outside_of_the_bleed_and_pages_inside() -> None:
    """On pages without colour all that is drawn are the marks: none within the bleed."""

    def blank(pdf: pikepdf.Pdf) -> None:
        for page in pdf.pages:
            del page.obj["/Contents"]

    image = rendered(imposed(booklet([Leaf(1)] * 4, blank)).data, 0, scale=4)
    dark = image.convert("L").point(lambda level: 255 if level < 200 else 0)
    inside = tuple(
        4 * round(edge)
        for edge in (
            FOLD - WIDTH - BLEED,
            TOP - BLEED,
            FOLD + WIDTH + BLEED,
            TOP + HEIGHT + BLEED,
        )
    )
    assert dark.crop(inside).getbbox() is None
    assert dark.getbbox() is not None


def test_marks_come_out_on_every_plate() -> None:
    with opened(imposed(plain(4)).data) as pdf:
        spaces = [page.obj.Resources.ColorSpace.AllPlates for page in pdf.pages]
    assert {str(space[1]) for space in spaces} == {"/All"}


# What is said


@pytest.mark.parametrize(("count", "blanks"), [(3, 1), (5, 3), (6, 2), (8, 0)])
def test_blanks_are_told_of(count: int, blanks: int) -> None:
    made = imposed(plain(count))
    assert made.sheets == (count + blanks) // 4
    assert [d.values["blanks"] for d in made.findings] == ([blanks] if blanks else [])
    if blanks:
        assert codes(made) == ["N711"]
        assert rendered(made.data, 0).getpixel((int(FOLD) - 50, 250)) == WHITE


def test_pages_of_other_sizes_are_refused_each() -> None:
    leaves = [Leaf(1), Leaf(2, size=(WIDTH, 280)), Leaf(3), Leaf(4, size=(300, 200))]
    with pytest.raises(Refused) as caught:
        imposed(booklet(leaves))
    assert [(d.code, d.values["page"]) for d in caught.value.diagnostics] == [
        ("N714", 2),
        ("N714", 4),
    ]
    assert "70.6 × 98.8 mm" in caught.value.diagnostics[0].message()
    assert "70.6 × 98.8毫米" in caught.value.diagnostics[0].message("zh")


def test_messages_are_given_all_their_values() -> None:
    """A value that is missing would be shown as an ellipsis."""
    found = [*imposed(plain(3)).findings]
    found += imposed(plain(4), sheet_mm=(2 * WIDTH / points(1), HEIGHT / points(1))).findings
    for data, choices in (
        (booklet([Leaf(1), Leaf(2, size=(WIDTH, 280))]), {}),
        (plain(4), {"sheet_mm": (100, 100)}),
    ):
        with pytest.raises(Refused) as caught:
            imposed(data, **choices)
        found += caught.value.diagnostics
    assert [d.code for d in found] == ["N711", "N716", "N714", "N715"]
    for diagnostic in found:
        for language in ("en", "zh"):
            said = f"{diagnostic.message(language)} {diagnostic.hint_text(language)}"
            assert "…" not in said


def test_sizes_that_differ_by_rounding_are_one() -> None:
    leaves = [Leaf(1), Leaf(2, size=(WIDTH + 0.3, HEIGHT - 0.3)), Leaf(3), Leaf(4)]
    assert codes(imposed(booklet(leaves))) == []


def saved(**options: object) -> bytes:
    out = io.BytesIO()
    with opened(plain(4)) as pdf:
        pdf.save(out, **options)
    return out.getvalue()


@pytest.mark.parametrize("password", ["", "open sesame"])
def test_an_encrypted_file_is_refused(password: str) -> None:
    locked = saved(encryption=pikepdf.Encryption(owner="owner", user=password))
    assert refusal(locked) == ["N713"]


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n", b"GIF89a", plain(4)[:300], b"\0" * 4096])
def test_what_is_no_pdf_is_refused(data: bytes) -> None:
    assert refusal(data) == ["N712"]


def test_a_file_without_pages_is_refused() -> None:
    assert refusal(booklet([])) == ["N712"]


@pytest.mark.parametrize("media", [[0, 0, 0, 0], [0, 0, 1, 400], [0, 0, 1e9, 1e9]])
def test_a_page_without_a_usable_size_is_refused(media: list[float]) -> None:
    def spoil(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[1].obj
        for key in ("/TrimBox", "/BleedBox"):
            del page[key]
        page.MediaBox = Array(media)

    assert refusal(booklet([Leaf(n) for n in (1, 2, 3, 4)], spoil)) == ["N717"]


@settings(max_examples=60)
@given(st.integers(0, 4000), st.binary(min_size=1, max_size=12))
def test_damage_gives_sheets_or_a_refusal(place: int, rubbish: bytes) -> None:
    data = plain(4)
    place = min(place, len(data))
    spoilt = data[:place] + rubbish + data[place + len(rubbish) :]
    try:
        found = [imposed(spoilt).data[:4].decode("latin-1")]
    except Refused as refused:
        found = [d.code for d in refused.diagnostics]
    assert set(found) <= {"%PDF", "N712", "N713", "N714", "N717"}


# What the file claims


def described(pdf: pikepdf.Pdf) -> None:
    """Give a file all that a print file has, and what serves a reader."""
    pdf.Root.OutputIntents = Array(
        [
            Dictionary(
                Type=Name.OutputIntent,
                S=Name.GTS_PDFX,
                OutputConditionIdentifier=pikepdf.String("FOGRA39"),
            )
        ]
    )
    pdf.docinfo["/GTS_PDFXVersion"] = pikepdf.String("PDF/X-4")
    pdf.docinfo["/Title"] = pikepdf.String("小报")
    pdf.Root.Metadata = pdf.make_stream(
        b'<rdf:Description xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/" '
        b'xmlns:a="http://www.aiim.org/pdfa/ns/id/" a:part="3">'
        b"<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>"
        b"<dc:title>kept</dc:title></rdf:Description>"
    )
    pdf.Root.MarkInfo = Dictionary(Marked=True)
    pdf.Root.StructTreeRoot = Dictionary(Type=Name.StructTreeRoot)
    pdf.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(S=Name.D)]))


def test_sheets_claim_no_standard_and_keep_the_output_intent() -> None:
    with opened(imposed(booklet([Leaf(n) for n in (1, 2, 3, 4)], described)).data) as pdf:
        assert str(pdf.Root.OutputIntents[0].OutputConditionIdentifier) == "FOGRA39"
        packet = pdf.Root.Metadata.read_bytes()
        assert b"PDF/X" not in packet
        assert b"a:part" not in packet
        assert b"kept" in packet
        assert "/GTS_PDFXVersion" not in pdf.docinfo
        assert pdf.docinfo["/Title"] == "小报"
        for key in ("/MarkInfo", "/StructTreeRoot", "/PageLabels"):
            assert key not in pdf.Root


def test_metadata_that_cannot_be_read_are_left_out() -> None:
    def spoil(pdf: pikepdf.Pdf) -> None:
        pdf.Root.Metadata = pdf.make_stream("小报".encode("utf-16"))

    with opened(imposed(booklet([Leaf(1)] * 4, spoil)).data) as pdf:
        assert "/Metadata" not in pdf.Root


def test_the_group_of_a_page_goes_with_it() -> None:
    def grouped(pdf: pikepdf.Pdf) -> None:
        for page in pdf.pages:
            page.obj.Group = Dictionary(S=Name.Transparency, CS=Name.DeviceCMYK)

    with opened(imposed(booklet([Leaf(n) for n in (1, 2, 3, 4)], grouped)).data) as pdf:
        page = pdf.pages[0].obj
        assert str(page.Group.CS) == "/DeviceCMYK"
        assert bool(page.Resources.XObject.Left.Group.I)


def test_the_same_pages_give_the_same_bytes() -> None:
    assert imposed(plain(8), creep_mm=1).data == imposed(plain(8), creep_mm=1).data


def test_sheets_are_sound_and_no_page_is_left_over() -> None:
    with opened(imposed(plain(8)).data) as pdf:
        assert pdf.check_pdf_syntax() == []
        assert len(pdf.pages) == 4
        assert all("/Rotate" not in page.obj for page in pdf.pages)


def test_no_page_is_taken_away_before_others(monkeypatch: pytest.MonkeyPatch) -> None:
    with opened(plain(1)) as pdf:
        kind = type(pdf.pages)
    taken, behind = kind.__delitem__, list[int]()

    def noted(pages: MutableSequence[object], place: int | slice) -> None:
        numbers = range(len(pages))[place]
        first = numbers if isinstance(numbers, int) else numbers[0]
        behind.append(len(pages) - 1 - first)
        taken(pages, place)

    monkeypatch.setattr(kind, "__delitem__", noted)
    imposed(plain(8))
    assert behind == [0] * 8
