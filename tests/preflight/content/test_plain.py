"""What is taken for plain content has no damage, whoever reads it."""

from __future__ import annotations

import zlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, Pdf, Stream

from newsletter.preflight.content import plain
from newsletter.preflight.content.interpreter import Interpreter
from newsletter.preflight.content.plain import Properties
from newsletter.preflight.content.record import Record
from newsletter.preflight.content.state import State

NAMED = [b"/a1.0 gs\n", b"/F 9 Tf\n", b"/Im Do\n"]
PIECES = [
    *(b"q\n", b"Q ", b"BT\n", b"ET\n", b"h ", b"W n\n", b"W* ", b"f*\n", b"S ", b"T*\n", b"EMC\n"),
    *(b"1 2 m ", b"-1.5 .5 l\n", b"1 2 3 4 5 6 c ", b"1 2 3 4 v ", b"1 2 3 4 re\n", b"5. w "),
    *(b"1 0 0 1 2 2 cm\n", b"1 0 0 -1 2 2 Tm\n", b"1 Tr\n", b"0 g ", b"1 0 0 rg ", b"0 0 0 1 k "),
    *(b"[] 0 d\n", b"[1 2] 0 d\n", b"1 J ", b"[<0041>-5.5<>] TJ\n", b"[]TJ ", b"1 2 Td "),
    *(b"/Artifact BMC\n", b"/Span <</MCID 3>> BDC\n", b"/Span<</ActualText<feff4e00>>>BDC\n"),
    *(b"9", b"1 2 ", b"m ", b"1e5 w ", b"--1 w ", b"true ", b"% a\n", b"(a) Tj ", b"[(a)] TJ "),
    *(b"xyz ", b"/a gs", b"0 ", b"BI ", b"sh ", b"/P cs ", b"1 scn ", b"9999999999 Tr ", b"\0"),
    *(b"<", b">", b"]", b"[<4>] TJ ", b"/Span /X BDC ", b"/Span <</MCID (a)>> BDC ", b"'"),
]


@given(st.lists(st.sampled_from(PIECES), max_size=8).map(b"".join))
def test_plain_content_has_no_damage(data: bytes) -> None:
    data = b"\n" + data + b"\n"
    if plain.operations(data) is not None:
        record = Record()
        states = Dictionary(ExtGState=Dictionary({"/a": Dictionary()}))
        Interpreter(record, 1, record.library.resources(states), State()).run(data)
        assert {what for _page, what in record.damage} <= {"nesting"}
        assert plain.count(data) == record.operators


@pytest.mark.parametrize("piece", [*PIECES[:30], *NAMED])
def test_what_a_build_writes_is_plain(piece: bytes) -> None:
    assert plain.operations(b"\n" + piece + b"\n") is not None


def test_nothing_of_a_content_is_passed_over() -> None:
    data = b"\nq /a gs 1 2 m [<0041>] TJ\n/F 9 Tf /P<</MCID 7>>BDC 0 Tc\n/Im Do EMC Q\n"
    found = plain.operations(data)
    assert found is not None
    assert b"".join(match[0] for match in found) == data
    assert [match.lastindex for match in found if match.lastindex] == [
        *(plain.SIMPLE, plain.SHOW, plain.FONT, plain.PROPERTIES, plain.STATE, plain.PLACE),
        *(plain.SIMPLE, plain.SIMPLE),
    ]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"/MCID 12", Properties(12)),
        (b"/Lang(en-GB)", Properties(language="en-GB")),
        (b"/ActualText<FEFF4e00>/Lang (zh)", Properties(-1, "zh", "一")),
        (b"/ActualText()", Properties(actual="")),
        (b"/Type /Pagination/Subtype /Header", Properties()),
        (b"/MCID 1 /MCID 2", None),
        (b"/MCID (1)", None),
        (b"/Lang /en", None),
        (b"/Lang <656e>", None),
        (b"/ActualText <4e00>", None),
        (b"/ActualText <feffd800>", None),
        (b"/ActualText <feff4e>", None),
        (b"/ActualText 1", None),
    ],
)
def test_properties_are_read_or_left(data: bytes, said: Properties | None) -> None:
    assert plain.properties(data) == said


def test_a_page_of_too_many_operations_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plain, "MOST_OPERATIONS", 9)
    assert plain.operations(b"q " * 8) is not None
    assert plain.operations(b"q " * 99) is None


def test_streams_are_taken_whole_or_not_at_all() -> None:
    deflated = zlib.compress(b"q Q")
    with Pdf.new() as pdf:

        def read(data: bytes, **entries: Any) -> bytes | None:  # noqa: ANN401 - PDF objects
            return plain.contents(Dictionary(Contents=Stream(pdf, data, **entries)))

        assert read(b"q Q") == read(deflated, Filter=Name.FlateDecode) == b"\nq Q\n"
        assert read(deflated[:-1], Filter=Name.FlateDecode) is None
        assert read(b"q Q", Filter=Name.FlateDecode) is None
        assert read(b"q Q", Filter=Name.ASCIIHexDecode) is None
        predictor = Dictionary(Predictor=12)
        assert read(deflated, Filter=Name.FlateDecode, DecodeParms=predictor) is None
        two = Array([pdf.make_stream(b"q"), pdf.make_stream(b"Q")])
        assert plain.contents(Dictionary(Contents=two)) == b"\nq\nQ\n"
        assert plain.contents(Dictionary(Contents=Array([*two, 1]))) is None
        assert plain.contents(Dictionary()) == b"\n"


def test_a_stream_that_is_too_long_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plain, "LARGEST_CONTENT", 100)
    with Pdf.new() as pdf:
        long = Stream(pdf, zlib.compress(b"q Q " * 99), Filter=Name.FlateDecode)
        assert plain.contents(Dictionary(Contents=long)) is None
        assert plain.contents(Dictionary(Contents=Stream(pdf, b"q Q " * 99))) is None
