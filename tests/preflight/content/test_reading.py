"""What stands on a page becomes marks, with size, place and colour as they are on paper."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from newsletter.geometry import Box
from newsletter.preflight.content.marks import Origin, Text
from newsletter.preflight.content.reading import Reading
from newsletter.preflight.document import opened
from small_pdf import TEXT, form, press_pdf


def read(
    content: str | bytes,
    resources: Callable[[pikepdf.Pdf], dict[str, Any]] | None = None,
    change: Callable[[pikepdf.Pdf], None] | None = None,
) -> Reading:
    with opened("small.pdf", press_pdf(content, resources=resources, change=change)) as document:
        return document.reading


def only_text(content: str, **more: Any) -> Text:  # noqa: ANN401
    (text,) = read(content, **more).texts
    return text


# Text


def test_a_run_is_as_wide_as_its_glyphs() -> None:
    text = only_text("BT /F 10 Tf 100 500 Td (abcd) Tj ET")
    assert text.box == pytest.approx(Box(100, 499.2, 120, 508))
    assert text.size_pt == pytest.approx(10)


@pytest.mark.parametrize(
    ("setting", "width"),
    [
        ("2 Tc", 4 * (5 + 2)),
        ("3 Tw", 20 + 3),
        ("50 Tz", 10),
        ("2 Tc 50 Tz", 14),
    ],
)
def test_spaces_and_scale_count(setting: str, width: float) -> None:
    text = only_text(f"BT /F 10 Tf {setting} 100 500 Td (a cd) Tj ET")
    assert text.box.right - text.box.left == pytest.approx(width)


def test_numbers_between_strings_move_back() -> None:
    text = only_text("BT /F 10 Tf 100 500 Td [(ab) -1000 (cd) 500] TJ ET")
    assert text.box.right == pytest.approx(100 + 20 + 10 - 5)


def test_strings_follow_one_another() -> None:
    first, second = read("BT /F 10 Tf 100 500 Td (ab) Tj (cd) Tj ET").texts
    assert second.box.left == pytest.approx(first.box.right)


@pytest.mark.parametrize(
    "lines",
    [
        "14 TL (a) Tj T* (b) Tj",
        "0 -14 TD (a) Tj T* (b) Tj",
        "14 TL (a) Tj (b) '",
        '14 TL (a) Tj 0 0 (b) "',
        "(a) Tj 0 -14 Td (b) Tj",
    ],
)
def test_lines_stand_below_one_another(lines: str) -> None:
    first, second = read(f"BT /F 10 Tf 100 500 Td {lines} ET").texts
    assert first.box.bottom - second.box.bottom == pytest.approx(14)
    assert second.box.left == pytest.approx(100)


def test_rise_lifts() -> None:
    assert only_text("BT /F 10 Tf 5 Ts 100 500 Td (a) Tj ET").box.bottom == pytest.approx(504.2)


@pytest.mark.parametrize(
    ("mode", "fills", "strokes"), [(0, 1, 0), (1, 0, 1), (2, 1, 1), (3, 0, 0), (7, 0, 0)]
)
def test_the_mode_says_what_is_painted(mode: int, fills: int, strokes: int) -> None:
    text = only_text(f"BT {mode} Tr /F 10 Tf 100 500 Td (a) Tj ET")
    assert (text.fill is not None, text.stroke is not None) == (bool(fills), bool(strokes))


def test_text_that_clips_leaves_its_box() -> None:
    (path,) = read("BT 7 Tr /F 10 Tf 100 500 Td (ab) Tj ET 0 0 900 900 re f").paths
    assert path.box == pytest.approx(Box(100, 499.2, 110, 508))


def composite(encoding: object, **inner: Any) -> Callable[[pikepdf.Pdf], dict[str, Any]]:  # noqa: ANN401
    def resources(pdf: pikepdf.Pdf) -> dict[str, Any]:
        descendant = Dictionary(Subtype=Name.CIDFontType2, FontDescriptor=Dictionary(), **inner)
        coding = pdf.make_stream(encoding) if isinstance(encoding, bytes) else encoding
        return {
            "Font": {
                "Song": Dictionary(
                    Subtype=Name.Type0, Encoding=coding, DescendantFonts=Array([descendant])
                )
            }
        }

    return resources


CMAP = b"""1 begincodespacerange <00> <ff> endcodespacerange
1 begincidrange <61> <7a> 100 endcidrange 1 begincidchar <41> 7 endcidchar"""


@pytest.mark.parametrize(
    ("encoding", "string", "width"),
    [
        (Name("/Identity-H"), "<000100020005>", 5 + 6 + 10),
        (Name("/UniGB-UCS2-H"), "<4e004e8c>", 20),
        (Name("/GBK-EUC-H"), "<b0a1b0a220>", 30),
        (CMAP, "(Ab)", 7 + 8),
        (b"nothing", "<00010002>", 11),
    ],
    ids=["identity", "unicode", "gbk", "embedded", "empty"],
)
def test_widths_of_composite_fonts_go_by_cid(encoding: object, string: str, width: float) -> None:
    widths = Array([1, Array([500, 600]), 7, 7, 700, 101, 101, 800])
    text = only_text(
        f"BT /Song 10 Tf 100 500 Td {string} Tj ET", resources=composite(encoding, W=widths)
    )
    assert text.box.right - text.box.left == pytest.approx(width)


def test_vertical_text_runs_down() -> None:
    text = only_text(
        "BT /Song 10 Tf 100 500 Td <00010002> Tj ET", resources=composite(Name("/Identity-V"))
    )
    assert text.box == pytest.approx(Box(95, 480, 105, 500))


# Paths, state, patterns


def test_boxes_are_clipped_and_states_come_back() -> None:
    first, second = read("q 10 10 20 20 re W n 0 0 100 100 re f Q 0 0 100 100 re f").paths
    assert first.box == (10, 10, 30, 30)
    assert second.box == (0, 0, 100, 100)


def test_a_line_is_as_thin_as_its_thinnest_direction() -> None:
    (path,) = read("3 0 0 0.5 0 0 cm 2 w 9 9 m 50 50 l S").paths
    assert path.width_pt == pytest.approx(1)


def test_a_line_width_of_a_parameter_dictionary_counts() -> None:
    def resources(pdf: pikepdf.Pdf) -> dict[str, Any]:
        held = font_of(pdf)
        return {"ExtGState": {"Thin": Dictionary(LW=0.5, Font=Array([held, 7]))}}

    def font_of(pdf: pikepdf.Pdf) -> Any:  # noqa: ANN401
        from small_pdf import font

        return pdf.make_indirect(font(pdf))

    reading = read("/Thin gs 9 9 m 50 50 l S BT 100 100 Td (a) Tj ET", resources)
    assert reading.paths[0].width_pt == 0.5
    assert reading.texts[0].size_pt == pytest.approx(7)


def test_forms_are_placed_and_clipped_by_their_box() -> None:
    def resources(pdf: pikepdf.Pdf) -> dict[str, Any]:
        return {
            "XObject": {
                "F": form(pdf, "0 0 99 99 re f", BBox=[0, 0, 9, 9], Matrix=[2, 0, 0, 2, 5, 5])
            }
        }

    (path,) = read("1 0 0 1 10 10 cm /F Do", resources).paths
    assert path.box == (15, 15, 33, 33)


def test_marks_of_a_pattern_are_seen_where_it_is_painted() -> None:
    def resources(pdf: pikepdf.Pdf) -> dict[str, Any]:
        entries = {"PatternType": 1, "PaintType": 2, "TilingType": 1, "Resources": Dictionary()}
        tile = form(pdf, "0.1 w 0 0 m 5 5 l S", **entries)
        space = Array([Name.Pattern, Name.DeviceCMYK])
        return {"Pattern": {"T": tile}, "ColorSpace": {"P": space}}

    outer, line = read("/P cs 0 1 0 0 /T scn 50 50 10 10 re f", resources).paths
    assert outer.box == line.box == (50, 50, 60, 60)
    assert line.look.origin is Origin.PATTERN
    assert line.stroke
    assert line.stroke.components == (0, 1, 0, 0)


def test_a_glyph_that_is_drawn_is_walked_once_for_a_colour() -> None:
    def resources(pdf: pikepdf.Pdf) -> dict[str, Any]:
        drawn = Dictionary(
            Type=Name.Font, Subtype=Name.Type3, FontBBox=[0, 0, 500, 500],
            FontMatrix=[0.001, 0, 0, 0.001, 0, 0], FirstChar=97, LastChar=97, Widths=[500],
            CharProcs=Dictionary(a=form(pdf, "500 0 d0 0 0 400 400 re f")),
            Encoding=Dictionary(Differences=Array([97, Name.a])), Resources=Dictionary(),
        )  # fmt: skip
        return {"Font": {"D": drawn}}

    reading = read("1 g BT /D 10 Tf 99 99 Td (aaa) Tj 0 g (a) Tj ET", resources)
    assert [path.look.origin for path in reading.paths] == [Origin.GLYPH] * 2
    assert len(reading.texts) == 2


def test_an_annotation_is_walked_where_it_lies() -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        look = form(pdf, "0 0 10 10 re f", BBox=[0, 0, 10, 10])
        states = Dictionary(On=form(pdf, TEXT), Off=form(pdf, ""))
        pdf.pages[0].obj.Annots = Array([
            Dictionary(Subtype=Name.Stamp, Rect=[100, 100, 120, 140], AP=Dictionary(N=look)),
            Dictionary(Subtype=Name.FreeText, Rect=[0, 0, 700, 900], AP=Dictionary(N=states)),
            Dictionary(Subtype=Name.Link, Rect=[0, 0, 9, 9]),
        ])  # fmt: skip

    reading = read("", change=change)
    (path,) = reading.paths
    assert path.box == (100, 100, 120, 140)
    assert path.look.origin is Origin.ANNOTATION
    assert len(reading.texts) == 1


def test_several_streams_are_one() -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        pieces = [pdf.make_stream(b"q 0 0 9"), pdf.make_stream(b"9 re f Q")]
        pdf.pages[0].obj.Contents = Array(pieces)

    reading = read("", change=change)
    assert len(reading.paths) == 1
    assert not reading.damage


# Shadings


def shading(**entries: Any) -> Callable[[pikepdf.Pdf], dict[str, Any]]:  # noqa: ANN401
    def resources(pdf: pikepdf.Pdf) -> dict[str, Any]:
        data = entries.get("data")
        held = {key: value for key, value in entries.items() if key != "data"}
        thing: Any = Dictionary(ColorSpace=Name.DeviceCMYK, **held)
        if data is not None:
            thing = pdf.make_stream(data)
            for key, value in {"ColorSpace": Name.DeviceCMYK, **held}.items():
                thing[f"/{key}"] = value
        return {"Shading": {"S": thing}}

    return resources


MESH = {"BitsPerCoordinate": 8, "BitsPerComponent": 8, "BitsPerFlag": 8}
UNIT = Array([0, 1] * 6)
POINT = b"\x00\x00"
RED = b"\x00\xff\xff\x00"


@pytest.mark.parametrize(
    ("entries", "count"),
    [
        ({"ShadingType": 4, "data": (b"\x00" + POINT + RED) * 3, **MESH, "Decode": UNIT}, 1),
        ({"ShadingType": 5, "data": (POINT + RED) * 2, **MESH, "Decode": UNIT}, 1),
        ({"ShadingType": 6, "data": b"\x00" + POINT * 12 + RED * 4, **MESH, "Decode": UNIT}, 1),
        ({"ShadingType": 7, "data": b"\x00" + POINT * 16 + RED * 4, **MESH, "Decode": UNIT}, 1),
        ({"ShadingType": 4, "data": b"", **MESH, "Decode": UNIT}, 0),
        ({"ShadingType": 4, "data": b"\x00", "Decode": UNIT}, 0),
    ],
)
def test_corners_of_meshes_are_read(entries: dict[str, Any], count: int) -> None:
    (shade,) = read("/S sh", shading(**entries)).marks
    assert [colour.components for colour in shade.colours] == [(0, 1, 1, 0)] * count
    assert shade.is_complete is bool(count)


def test_a_function_of_two_inputs_is_sampled_over_its_square() -> None:
    def resources(pdf: pikepdf.Pdf) -> dict[str, Any]:
        run = pdf.make_stream(b"{ 0 0 }")
        run.FunctionType, run.Domain, run.Range = 4, Array([0, 1, 0, 1]), Array([0, 1] * 4)
        thing = Dictionary(ShadingType=1, ColorSpace=Name.DeviceCMYK, Function=run)
        return {"Shading": {"S": thing}}

    (shade,) = read("/S sh", resources).marks
    assert max(sum(colour.components) for colour in shade.colours) == 2


def test_a_shading_whose_function_is_broken_is_not_complete() -> None:
    (shade,) = read("/S sh", shading(ShadingType=2, Function=Dictionary())).marks
    assert not shade.is_complete


def test_a_turned_text_has_the_size_that_is_read() -> None:
    cosine = math.sqrt(0.5)
    text = only_text(f"BT /F 10 Tf {cosine} {cosine} -{cosine} {cosine} 200 200 Tm (a) Tj ET")
    assert text.size_pt == pytest.approx(10)
