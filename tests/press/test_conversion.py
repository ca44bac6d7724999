"""The conversion: every colour in ink, black text overprinting, nothing else touched."""

from __future__ import annotations

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, Stream

from newsletter.press.conversion import convert
from newsletter.press.inks import Ink, Spot
from newsletter.press.problem import UnconvertedError
from newsletter.press.separation import CMYK
from pressed import axial, converted, page_of, palette, picture, separation, straight

FONT = {"/Font": Dictionary(F1=Dictionary(Type=Name.Font, Subtype=Name.Type1))}
ON, OFF = "/InkOverprint gs", "/InkKnockout gs"


def written(red: float, green: float, blue: float) -> str:
    return " ".join(
        f"{part:.4f}".rstrip("0").rstrip(".") for part in separation().of_rgb(red, green, blue)
    )


# Colours ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("given", "made"), [("rg", "k"), ("RG", "K")])
def test_an_rgb_colour_becomes_four_inks(given: str, made: str) -> None:
    text, _ = converted(f"0.2 0.4 0.6 {given} 0 0 9 9 re f")
    assert f"{written(0.2, 0.4, 0.6)} {made}" in text
    assert given not in text.split()


@pytest.mark.parametrize(("given", "made"), [("1 g", "0 0 0 0 k"), ("0 G", "0 0 0 1 K")])
def test_a_gray_takes_black_alone(given: str, made: str) -> None:
    assert made in converted(f"{given} 0 0 9 9 re f")[0]


def test_process_inks_come_out_as_they_are_written() -> None:
    assert "0.1 0.2 0.3 0.99 k" in converted("0.1 0.2 0.3 0.99 k 0 0 9 9 re f")[0]


def test_spaces_of_the_resources_become_ink_and_leave_the_file() -> None:
    lab = Array(
        [Name.Lab, Dictionary(WhitePoint=[0.9643, 1, 0.8251], Range=[-125, 125, -125, 125])]
    )
    text, pdf = converted("/L cs 50 0 0 scn 0 0 9 9 re f", {"/ColorSpace": Dictionary(L=lab)})
    assert " cs" not in text
    assert text.split()[4] == "k" or "k" in text.split()
    assert not pdf.pages[0].obj.Resources.ColorSpace.keys()


def test_a_profiled_space_is_read_by_its_components() -> None:
    icc = Array([Name.ICCBased, Stream(pikepdf.new(), b"", N=3)])
    pdf = page_of("/P cs 1 0 0 sc 0 0 9 9 re f")
    icc[1] = pdf.make_indirect(Stream(pdf, b"", N=3))
    pdf.pages[0].obj.Resources = Dictionary(ColorSpace=Dictionary(P=icc))
    convert(pdf, palette())
    assert f"{written(1, 0, 0)} k" in pdf.pages[0].obj.Contents.read_bytes().decode()


def test_the_first_colour_of_a_space_is_black() -> None:
    assert "0 0 0 1 k" in converted("/DeviceRGB cs 0 0 9 9 re f")[0]


def test_a_space_nobody_knows_is_refused_with_its_page() -> None:
    pdf = page_of("/Unheard cs 1 sc")
    with pytest.raises(UnconvertedError, match="Unheard") as refusal:
        convert(pdf, palette())
    assert refusal.value.page == 1


# Inks of the layout -------------------------------------------------------------------------

TOKEN = (23, 69, 47)
IN_RGB = "0.09019608 0.27058824 0.18431373 rg"


def test_a_token_comes_out_in_the_inks_of_the_layout() -> None:
    ink = Ink(CMYK(0.9, 0.3, 0.8, 0.5))
    text, _ = converted(f"{IN_RGB} 0 0 9 9 re f", named={TOKEN: ink})
    assert "0.9 0.3 0.8 0.5 k" in text


def test_a_token_can_be_a_tint_of_a_spot_ink() -> None:
    spot = Spot("PANTONE 349 C", CMYK(0.9, 0.3, 0.8, 0.5))
    text, pdf = converted(f"{IN_RGB} 0 0 9 9 re f", named={TOKEN: Ink(spot.alternate, spot, 0.6)})
    name = next(iter(pdf.pages[0].obj.Resources.ColorSpace.keys()))
    assert f"{name} cs 0.6 scn" in text
    space = pdf.pages[0].obj.Resources.ColorSpace[name]
    assert [str(space[0]), str(space[1]), str(space[2])] == [
        "/Separation",
        "/PANTONE 349 C",
        "/DeviceCMYK",
    ]
    assert [float(part) for part in space[3].C1] == pytest.approx([0.9, 0.3, 0.8, 0.5])


# Overprint ----------------------------------------------------------------------------------


def test_black_text_overprints_and_the_next_fill_does_not() -> None:
    text, pdf = converted("0 g BT /F1 9 Tf (a) Tj ET 1 0 0 rg 0 0 9 9 re f", FONT)
    assert text.index(ON) < text.index("Tj") < text.index(OFF) < text.index("0 0 9 9 re f")
    state = pdf.pages[0].obj.Resources.ExtGState.InkOverprint
    assert (state.OP, state.op, state.OPM) == (True, True, 1)


def test_white_and_coloured_text_never_overprints() -> None:
    assert ON not in converted("1 g BT (a) Tj ET 1 0 0 rg BT (a) Tj ET 0.2 g BT (a) Tj ET", FONT)[0]


def test_black_surfaces_do_not_overprint() -> None:
    assert ON not in converted("0 g 0 0 9 9 re f")[0]


def test_what_is_restored_is_known() -> None:
    text, _ = converted("0 g q 1 0 0 rg BT (a) Tj ET Q BT (b) Tj ET", FONT)
    assert text.count(ON) == 1
    assert text.index(ON) > text.index("Q")


def test_overprinting_ends_before_a_form_is_placed() -> None:
    pdf = page_of("0 g BT (a) Tj ET /X Do")
    form = Stream(pdf, b"0 0 1 1 re f", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 1, 1])
    pdf.pages[0].obj.Resources = Dictionary(XObject=Dictionary(X=form))
    convert(pdf, palette())
    text = " ".join(pdf.pages[0].obj.Contents.read_bytes().decode().split())
    assert text.index(ON) < text.index(OFF) < text.index("Do")


def test_outlined_text_does_not_overprint() -> None:
    assert ON not in converted("0 g 1 Tr BT (a) Tj ET", FONT)[0]


# Everything that can be named ---------------------------------------------------------------


def form_in(pdf: pikepdf.Pdf, content: bytes, **more: object) -> Stream:
    return pdf.make_indirect(
        Stream(pdf, content, Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 9, 9], **more)
    )


def test_forms_patterns_gradients_and_groups_are_converted() -> None:
    pdf = page_of("/X Do /Pattern cs /T scn 0 0 9 9 re f /S sh")
    group = Dictionary(S=Name.Transparency, CS=Name.DeviceRGB)
    form = form_in(pdf, b"1 0 0 rg 0 0 9 9 re f", Group=group)
    tile = Stream(
        pdf,
        b"0 1 0 rg 0 0 1 1 re f",
        PatternType=1,
        PaintType=1,
        BBox=[0, 0, 1, 1],
        XStep=1,
        YStep=1,
        Resources=Dictionary(),
    )
    pdf.pages[0].obj.Resources = Dictionary(
        XObject=Dictionary(X=form),
        Pattern=Dictionary(T=pdf.make_indirect(tile)),
        Shading=Dictionary(S=axial(straight([1, 0, 0], [0, 0, 1]))),
    )
    convert(pdf, palette())
    resources = pdf.pages[0].obj.Resources
    assert f"{written(1, 0, 0)} k" in resources.XObject.X.read_bytes().decode()
    assert str(resources.XObject.X.Group.CS) == "/DeviceCMYK"
    assert f"{written(0, 1, 0)} k" in resources.Pattern["/T"].read_bytes().decode()
    assert str(resources.Shading.S.ColorSpace) == "/DeviceCMYK"
    assert str(pdf.pages[0].obj.Group.CS) == "/DeviceCMYK"


def test_a_gradient_keeps_to_the_path_of_its_colours() -> None:
    pdf = page_of("/S sh")
    pdf.pages[0].obj.Resources = Dictionary(
        Shading=Dictionary(S=axial(straight([1, 0, 0], [0, 0, 1])))
    )
    convert(pdf, palette())
    function = pdf.pages[0].obj.Resources.Shading.S.Function
    middle = next(n for n, bound in enumerate(function.Bounds) if float(bound) == 0.5)
    meant = separation().of_rgb(0.5, 0, 0.5)
    assert [float(part) for part in function.Functions[middle].C1] == pytest.approx(
        list(meant), abs=2e-3
    )


def test_a_gradient_of_another_kind_is_refused() -> None:
    shading = axial(straight([1, 0, 0], [0, 0, 1]))
    shading.ShadingType = 1
    with pytest.raises(UnconvertedError, match="shading of type 1"):
        converted("/S sh", {"/Shading": Dictionary(S=shading)})


def test_a_mask_becomes_gray_by_its_luminosity() -> None:
    pdf = page_of("/M gs 0 0 9 9 re f")
    group = Dictionary(S=Name.Transparency, CS=Name.DeviceRGB)
    mask = form_in(pdf, b"0 1 0 rg 0 0 9 9 re f 1 g 0 0 1 1 re f", Group=group)
    state = Dictionary(SMask=Dictionary(S=Name.Luminosity, G=mask, BC=[0, 1, 0]))
    pdf.pages[0].obj.Resources = Dictionary(ExtGState=Dictionary(M=state))
    convert(pdf, palette())
    state = pdf.pages[0].obj.Resources.ExtGState.M.SMask
    assert "0.59 g" in state.G.read_bytes().decode()
    assert "1 g" in state.G.read_bytes().decode()
    assert str(state.G.Group.CS) == "/DeviceGray"
    assert [float(part) for part in state.BC] == [0.59]


def test_glyphs_that_are_drawings_are_converted() -> None:
    pdf = page_of("BT /T 9 Tf (a) Tj ET")
    glyph = pdf.make_indirect(Stream(pdf, b"1000 0 d0 1 0 0 rg 0 0 9 9 re f"))
    font = Dictionary(Type=Name.Font, Subtype=Name.Type3, CharProcs=Dictionary(a=glyph))
    pdf.pages[0].obj.Resources = Dictionary(Font=Dictionary(T=pdf.make_indirect(font)))
    convert(pdf, palette())
    assert f"{written(1, 0, 0)} k" in glyph.read_bytes().decode()


def test_an_inline_picture_is_refused() -> None:
    content = "BI /W 1 /H 1 /CS /RGB /BPC 8 ID abc EI"
    with pytest.raises(UnconvertedError, match="inline picture"):
        converted(content)


def test_what_two_pages_share_is_converted_once() -> None:
    pdf = page_of("/X Do", pages=2)
    form = form_in(pdf, b"0.5 0.4 0.3 rg 0 0 9 9 re f")
    for page in pdf.pages:
        page.obj.Resources = Dictionary(XObject=Dictionary(X=form))
    convert(pdf, palette())
    assert form.read_bytes().decode().split().count("k") == 1


# Pictures -----------------------------------------------------------------------------------


def pictured(
    data: bytes, width: int, space: str = "/DeviceRGB", **more: object
) -> tuple[bytes, str]:
    """Return the samples of a picture after its conversion, and its space."""
    pdf = page_of("/I Do")
    image = pdf.make_indirect(picture(pdf, data, width, space, **more))
    pdf.pages[0].obj.Resources = Dictionary(XObject=Dictionary(I=image))
    convert(pdf, palette())
    return image.read_bytes(), str(image.ColorSpace)


@given(st.binary(min_size=12, max_size=12))
def test_a_picture_comes_out_as_the_separation_of_its_samples(data: bytes) -> None:
    from PIL import Image

    meant = separation().of_picture(Image.frombytes("RGB", (4, 1), data))
    space = "/DeviceGray" if meant.mode == "L" else "/DeviceCMYK"
    assert pictured(data, 4) == (meant.tobytes(), space)


def test_a_picture_in_process_inks_is_left_alone() -> None:
    assert pictured(b"\1\2\3\4", 1, "/DeviceCMYK") == (b"\1\2\3\4", "/DeviceCMYK")


def test_a_stencil_is_left_alone() -> None:
    pdf = page_of("/I Do")
    stencil = Stream(
        pdf, b"\xff", Subtype=Name.Image, Width=8, Height=1, BitsPerComponent=1, ImageMask=True
    )
    pdf.pages[0].obj.Resources = Dictionary(XObject=Dictionary(I=pdf.make_indirect(stencil)))
    convert(pdf, palette())
    assert "/ColorSpace" not in pdf.pages[0].obj.Resources.XObject.I


def test_a_soft_mask_keeps_its_samples() -> None:
    pdf = page_of("/I Do")
    mask = pdf.make_indirect(picture(pdf, b"\x80", 1, "/DeviceGray"))
    image = pdf.make_indirect(picture(pdf, b"\xff\0\0", 1, SMask=mask))
    pdf.pages[0].obj.Resources = Dictionary(XObject=Dictionary(I=image))
    convert(pdf, palette())
    assert mask.read_bytes() == b"\x80"
    assert len(image.read_bytes()) == 4


def test_a_colour_key_is_refused() -> None:
    with pytest.raises(UnconvertedError, match="colour key"):
        pictured(b"abc", 1, Mask=Array([0, 0, 0, 0, 0, 0]))
