"""Bytes of a good PDF, changed at random, never lead to anything but findings."""

from __future__ import annotations

import re

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import Dictionary, Name

from newsletter.diagnostics import Refused
from newsletter.preflight.content.tokens import Words
from newsletter.preflight.document import opened
from newsletter.preflight.examination import Report, examine
from newsletter.preflight.marked import read_content
from newsletter.preflight.profiles import conditions, guessed
from small_pdf import TEXT, form, image, press_pdf, separation


def _rich(pdf: pikepdf.Pdf) -> dict[str, dict[str, object]]:
    ramp = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[1, 1, 0, 0], N=1)
    axial = Dictionary(
        ShadingType=2, ColorSpace=Name.DeviceCMYK, Coords=[0, 0, 9, 9], Function=ramp
    )
    tile = form(pdf, "0 0 5 5 re f", PatternType=1, PaintType=1, TilingType=1)
    mask = form(pdf, "0.5 g 0 0 9 9 re f", Group=Dictionary(S=Name.Transparency))
    return {
        "ColorSpace": {"Red": separation(pdf, "Red", 0, 1, 1, 0)},
        "Shading": {"Ramp": axial},
        "Pattern": {"Tile": tile},
        "XObject": {"Photo": image(pdf, 9, 9), "Form": form(pdf, TEXT)},
        "ExtGState": {"Mask": Dictionary(SMask=Dictionary(S=Name.Luminosity, G=mask))},
    }


CONTENT = f"""q 1 0 0 1 9 9 cm /Red cs 0.5 scn 0 0 90 90 re f /Form Do Q
/Pattern cs /Tile scn 0 0 9 9 re B /Mask gs /Ramp sh q 99 0 0 99 9 9 cm /Photo Do Q
BI /W 2 /H 2 /BPC 8 /CS /G ID abcd EI 0.1 w 0 0 m 9 9 l S {TEXT}"""
GOOD = press_pdf(
    CONTENT,
    resources=_rich,
    save={
        "object_stream_mode": pikepdf.ObjectStreamMode.disable,
        "compress_streams": False,
        "stream_decode_level": pikepdf.StreamDecodeLevel.generalized,
    },
)
NUMBERS = [found.span() for found in re.finditer(rb"(?<=[ \[])-?\d+(?=[ \]\n])", GOOD)]
NAMES = [found.span() for found in re.finditer(rb"/[A-Za-z]+", GOOD)]
STRANGE = [b"-1", b"0", b"999999999999", b"null", b"(a)", b"[]", b"<<>>", b"/X", b"1 0 R", b"1e9"]


def examined(data: bytes) -> Report | None:
    """Return the report, None where the file is refused; anything else is raised."""
    try:
        with opened("small.pdf", data) as document:
            profile, _sign = guessed(document)
            return examine(document, profile, conditions(profile), strict=True)
    except Refused:
        return None


def test_the_file_that_is_changed_is_whole_before() -> None:
    report = examined(GOOD)
    assert report
    assert {d.code for d in report.findings} <= {"N920", "N924", "N927", "N933", "N936"}


@settings(max_examples=150)
@given(st.lists(st.tuples(st.integers(0, len(GOOD) - 1), st.integers(0, 255)), max_size=30))
def test_changed_bytes_lead_to_findings(changes: list[tuple[int, int]]) -> None:
    data = bytearray(GOOD)
    for at, byte in changes:
        data[at] = byte
    examined(bytes(data))


@settings(max_examples=150)
@given(st.lists(st.tuples(st.sampled_from(NUMBERS + NAMES), st.sampled_from(STRANGE)), max_size=6))
def test_values_of_another_type_lead_to_findings(
    changes: list[tuple[tuple[int, int], bytes]],
) -> None:
    data = GOOD
    for (start, end), value in sorted(set(changes), reverse=True):
        data = data[:start] + value + data[end:]
    examined(data)


@settings(max_examples=50)
@given(st.integers(0, len(GOOD)), st.integers(0, 2000))
def test_what_is_cut_out_leads_to_findings(at: int, length: int) -> None:
    examined(GOOD[:at] + GOOD[at + length :])


SENTENCE = """q Q cm w gs g rg k cs scn m l c re f S sh Do BT ET Tf Tm Td Tj TJ Tr W n BI ID EI
1 -0.5 1e9 99999999999 /Red /Tile /F (a) <00> [ ] << >> /Ramp /Mask /Pattern /Form /Photo true"""
WORDS = SENTENCE.split()


@settings(max_examples=150)
@given(st.lists(st.sampled_from(WORDS), max_size=60))
def test_any_words_of_a_content_stream_lead_to_findings(words: list[str]) -> None:
    examined(press_pdf(" ".join(words), resources=_rich))


@given(st.binary(max_size=400))
def test_any_bytes_are_taken_apart(data: bytes) -> None:
    for operator, operands in Words(data):
        assert operator
        assert isinstance(operands, list)


@pytest.mark.parametrize("operator", ["Tf", "Do"])
def test_an_operator_without_operands_leaves_a_page_unread(operator: str) -> None:
    with opened("small.pdf", press_pdf(f"{TEXT} {operator}")) as document:
        assert read_content(document).unread == {1}
        assert examine(document, "screen", conditions("screen"), strict=True).findings
