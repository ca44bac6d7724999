"""Content is brought into the form of pikepdf, by lines or by parsing: the bytes are the same."""

from __future__ import annotations

import io

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pikepdf import Stream

from newsletter.press import instructions
from newsletter.press.instructions import lines
from newsletter.press.problem import UnconvertedError
from workshop import specimen_pages

WRITTEN = [
    *("1 0 0 -1 0 841.889764 cm\n", "q\n", "-0. 0.5 m\n", "0.50 1.10 l\n", "h\n", "f*\n", "T*\n"),
    *(
        "/a1.0 gs\n",
        "/FNAME 9.5 Tf\n",
        "/Im0 Do\n",
        "/Artifact\nBMC\n",
        "/Span\n<</MCID 3>>\nBDC\n",
    ),
    *("[] 0 d\n", "[1 2.5] 0 d\n", "[<0d730041>-55<0857>-0.] TJ\n", "[<>] TJ\n", "EMC\n"),
    "/Artifact\n<</Type /Pagination/Subtype /Header>>\nBDC\n",
    "/Span\n<</ActualText<feff3002>>>\nBDC\n",
]
OTHERS = [
    *("+1 w\n", "007 w\n", "-0 w\n", "1  w\n", "1 w ", "true\n", "null w\n", "% no\n", "(a) Tj\n"),
    *("/a#20b gs\n", "[(a)] TJ\n", "[<4>] TJ\n", "/Span <</MCID 3>> BDC\n", "\n", "1e5 w\n"),
    *(".5 w\n", "<</A 1>>\n", "99999999999 w\n", "1 2\n", "0 0 9 9 re f\n"),
]


@given(st.lists(st.sampled_from(WRITTEN), max_size=8).map("".join))
def test_what_a_build_writes_is_not_parsed(content: str) -> None:
    with pikepdf.new() as pdf:
        stream = Stream(pdf, content.encode())
        assert instructions._quickly(content.encode()) == instructions._parsed(stream)


@pytest.mark.filterwarnings("ignore:Unexpected end of stream")
@given(st.lists(st.sampled_from(WRITTEN + OTHERS), max_size=8).map("".join))
def test_all_else_comes_out_as_it_is_parsed(content: str) -> None:
    with pikepdf.new() as pdf:
        stream = Stream(pdf, content.encode())
        assert lines(stream) == instructions._parsed(stream)


@pytest.mark.parametrize(
    "content", ["BI /W 1 /H 1 /BPC 8 /CS /G ID a EI\n", "q\nBI\nID\na\nEI\nQ\n"]
)
def test_a_picture_within_is_refused(content: str) -> None:
    with pikepdf.new() as pdf, pytest.raises(UnconvertedError, match="inline picture"):
        lines(Stream(pdf, content.encode()))


def test_the_pages_of_a_build_are_not_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    data, _ = specimen_pages().write(tagged=False)
    monkeypatch.setattr(instructions, "_parsed", lambda _stream: pytest.fail("parsed"))
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for page in pdf.pages:
            page.contents_coalesce()
            assert lines(page.obj.Contents)
