"""The text of plain pages is read as PDFium reads it, or left to that."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from pikepdf import Dictionary, Name, Pdf, Stream

from newsletter.preflight import finished
from newsletter.preflight.completeness import missing_words, page_texts
from newsletter.preflight.document import opened
from newsletter.preflight.finished import texts_of
from newsletter.preflight.plain_pages import plain_content
from newsletter.preflight.rule import Profile
from preflight.breaking import broken, form, paint, whole
from workshop import STYLE, Workshop, specimen, specimen_pages

PROFILES: tuple[Profile, ...] = ("screen", "archive")
FONT = "/F9"


def texts(data: bytes) -> Sequence[str] | None:
    """Return what is read without PDFium; None where it is not clear of every page."""
    with opened("x.pdf", data) as document:
        content = plain_content(document)
        assert content is not None
        clear = [text for text in content.texts if text is not None]
        return clear if len(clear) == len(content.texts) else None


def missed(read: Sequence[str]) -> set[str]:
    galley = specimen()
    found = missing_words(read, galley.expected, galley.scopes, specimen_pages().anchors)
    return {words.fragment for words in found}


# As PDFium reads it


@pytest.mark.parametrize("profile", PROFILES)
def test_a_finished_file_is_read_as_pdfium_reads_it(profile: Profile) -> None:
    read = texts(whole(profile))
    assert read is not None
    assert [*read] == page_texts(whole(profile))
    assert any(read)


@pytest.mark.parametrize(
    "body",
    [
        "[绿色]{拼音: lǜ sè}丝绸之路，[建设]{着重}，[长江]{专名}，[春秋]{书名}，[李]{拼音: lǐ}。",
        "“引文”，‘引文’：（一）、《二》……——low-carbon growth, AV To fi ffl。\n\n- 甲\n- 乙",
        "**强调**与*着重*[^1]。\n\n[^1]: 注文一行。\n\n> 引文一段。",
        "| 甲 | 乙 |\n| --- | --- |\n| 丙 | 丁 |",
        "会议指出绿色𠮷丝绸之路建设进展积极，low-carbon-growth成效务实；" * 30,
    ],
)
def test_what_a_layout_sets_is_read_as_pdfium_reads_it(tmp_path: Path, body: str) -> None:
    shop = Workshop(tmp_path)
    shop.write_article(body)
    shop.set_up(
        style=STYLE
        + """article { columns: 2; text-align: justify; hyphens: auto }
        h2 { float: right; opacity: 0.5 }"""
    )
    data, _ = shop.render().write(tagged=True)
    read = texts(data)
    assert read is not None
    assert [*read] == page_texts(data)


def with_codes(pdf: Pdf, content: bytes) -> bytes:
    """Give the second page a font /F9, and return a content with codes of two of its glyphs."""
    fonts = pdf.pages[1].Resources.Font
    fonts[FONT] = next(font for _name, font in sorted(fonts.items()))
    codes = re.findall(rb"<([0-9a-f]{4})> <[4-9][0-9a-f]{3}>\n", fonts[FONT].ToUnicode.read_bytes())
    return content.replace(b"ONE", codes[1]).replace(b"TWO", codes[2])


def add(content: bytes) -> Callable[[Pdf], None]:
    """Return a change that paints on the second page; see `with_codes`."""
    return lambda pdf: paint(pdf, with_codes(pdf, content))


TEXT = b"/Artifact BMC BT /F9 9 Tf %b ET EMC"


@pytest.mark.parametrize(
    "shown",
    [
        b"1 0 0 -1 90 90 Tm [<ONETWO>] TJ",
        b"1 0 0 -1 90 90 Tm [<ONE>-9000<TWO>] TJ [<ONE>] TJ",
        b"1 0 0 -1 290 90 Tm [<ONE>] TJ 1 0 0 -1 90 90 Tm [<TWO>] TJ",
        b"1 0 0 -1 90 95 Tm [<ONE>] TJ 1 0 0 -1 190 90 Tm [<TWO>] TJ",
        b"1 0 0 -1 90 90 Tm 3 Tc [<ONETWO>] TJ 0 Tc 4 Ts [<TWO>] TJ 0 Ts [<ONE>] TJ",
        b"1 0 0 -1 90 90 Tm 1 Tr [<ONE>] TJ 0 Tr",
        b"1 0 0 -1 -900 90 Tm [<ONETWO>] TJ",
        b"1 0 0 -1 90 9000 Tm [<ONETWO>] TJ",
        b"1 0 0 -1 90 90 Tm [] TJ [<>] TJ",
    ],
)
def test_text_is_read_where_it_is_placed(shown: bytes) -> None:
    data = broken(add(TEXT % shown))
    read = texts(data)
    assert read is not None
    assert [*read] == page_texts(data)


def test_text_in_a_form_is_read_where_the_form_is_placed() -> None:
    def change(pdf: Pdf) -> None:
        shown = with_codes(pdf, TEXT % b"1 0 0 -1 1 9 Tm [<ONE>] TJ")
        drawn = form(pdf, shown, Matrix=[2, 0, 0, 2, -900, 9])
        drawn.Resources = pdf.pages[1].Resources
        paint(pdf, b"/Fm Do 1 0 0 1 999 0 cm /Fm Do 1 0 0 1 30 0 cm /Fm Do")

    data = broken(change)
    read = texts(data)
    assert read is not None
    assert [*read] == page_texts(data)


# Left to PDFium


def turned(pdf: Pdf) -> None:
    pdf.pages[0].Rotate = 90


def in_other_units(pdf: Pdf) -> None:
    pdf.pages[0].UserUnit = 2


def on_a_layer(pdf: Pdf) -> None:
    drawn = form(pdf, b"0 0 9 9 re f", OC=Dictionary(Type=Name.OCG))
    drawn.Resources = pdf.pages[1].Resources
    paint(pdf, b"/Fm Do")


def without_a_font(pdf: Pdf) -> None:
    drawn = form(pdf, b"BT [<0001>] TJ ET")
    drawn.Resources = pdf.pages[1].Resources
    paint(pdf, b"/Fm Do")


def with_odd_widths(pdf: Pdf) -> None:
    for page in pdf.pages:
        for font in page.Resources.Font.values():
            font.DescendantFonts[0].W = [1]


def set_downwards(pdf: Pdf) -> None:
    for page in pdf.pages:
        for font in page.Resources.Font.values():
            font.Encoding = Name("/Identity-V")


def with_miscounted_maps(pdf: Pdf) -> None:
    for page in pdf.pages:
        for font in page.Resources.Font.values():
            data = font.ToUnicode.read_bytes()
            font.ToUnicode = Stream(pdf, re.sub(rb"\d+ beginbfchar", b"99 beginbfchar", data))


@pytest.mark.parametrize(
    "change",
    [
        turned,
        in_other_units,
        on_a_layer,
        without_a_font,
        with_odd_widths,
        set_downwards,
        with_miscounted_maps,
        add(TEXT % b"1 0 0 -1 90 90 Tm 3 Tr [<ONE>] TJ 0 Tr"),
        add(TEXT % b"1 0 0 -1 90 90 Tm 7 Tr [<ONE>] TJ 0 Tr"),
        add(TEXT % b"1 0 0 -1 90 90 Tm 0.1 Tz [<ONE>] TJ 100 Tz"),
        add(TEXT % b"1 0 0 -1 90 90 Tm 9 9 Td [<ONE>] TJ"),
        add(TEXT % b"1 0 0 -1 90 90 Tm T* [<ONE>] TJ"),
        add(TEXT % b"0 1 1 0 90 90 Tm [<ONE>] TJ"),
        add(TEXT % b"1 0.1 0 -1 90 90 Tm [<ONE>] TJ"),
        add(TEXT % b"-1 0 0 -1 90 90 Tm [<ONE>] TJ"),
        add(TEXT % b"0 0 0 -1 90 90 Tm [<ONE>] TJ"),
        add(TEXT % b"1 0 0 -1 90 90 Tm /F9 0 Tf [<ONE>] TJ"),
        add(TEXT % b"1 0 0 -1 -5 90 Tm [<ONETWO>] TJ"),
        add(TEXT % b"1 0 0 -1 -15 90 Tm [<ONE>] TJ"),
        add(TEXT % b"1 0 0 -1 90 1 Tm [<ONE>] TJ"),
        add(TEXT % b"1 0 0 -1 90 90 Tm [<ONE>] TJ 1 0 0 -1 90 90 Tm [<ONE>] TJ"),
        add(
            b"/Span <</ActualText<feff9f98>>> BDC " + TEXT % b"1 0 0 -1 9 9 Tm [<ONE>] TJ" + b" EMC"
        ),
        add(b"/Span <</ActualText()>> BDC " + TEXT % b"1 0 0 -1 9 9 Tm [<ONE>] TJ" + b" EMC"),
        add(b"/Span <</ActualText()>> BDC"),
    ],
)
def test_text_that_takes_more_to_place_is_left_to_pdfium(
    change: Callable[[Pdf], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    data = broken(change)
    assert texts(data) is None
    asked: list[list[int]] = []

    def noted(data: bytes, numbers: Sequence[int]) -> list[str]:
        asked.append([*numbers])
        return page_texts(data, numbers)

    monkeypatch.setattr(finished, "page_texts", noted)
    with opened("x.pdf", data) as document:
        assert [*texts_of(document)] == page_texts(data)
    assert len(asked) == 1
    assert asked[0]


def test_only_pages_that_take_more_are_left_to_pdfium(monkeypatch: pytest.MonkeyPatch) -> None:
    data = broken(add(TEXT % b"0 1 1 0 90 90 Tm [<ONE>] TJ"))
    with opened("x.pdf", data) as document:
        content = plain_content(document)
        assert content is not None
        assert [number for number, text in enumerate(content.texts) if text is None] == [1]
        monkeypatch.setattr(
            finished, "page_texts", lambda _data, numbers: [f"PDFium on {n}" for n in numbers]
        )
        first, second, *_ = texts_of(document)
    assert first == page_texts(data)[0]
    assert second == "PDFium on 1"


def test_a_file_that_is_not_plain_is_left_to_pdfium(monkeypatch: pytest.MonkeyPatch) -> None:
    def untagged(pdf: Pdf) -> None:
        del pdf.Root["/StructTreeRoot"]

    monkeypatch.setattr(finished, "page_texts", lambda _data: ["as PDFium says"])
    with opened("x.pdf", broken(untagged)) as document:
        assert texts_of(document) == ["as PDFium says"]


# What is lost is missed by both


def on_each_page(pattern: bytes, instead: bytes) -> Callable[[Pdf], None]:
    def change(pdf: Pdf) -> None:
        for page in pdf.pages:
            stream = page.Contents
            stream.write(re.sub(pattern, instead, stream.read_bytes()))

    return change


def without_codes(pdf: Pdf) -> None:
    on_each_page(rb"\[<[0-9a-f]{4}([0-9a-f]{4}+)>", rb"[<\1>")(pdf)


def beside_the_page(pdf: Pdf) -> None:
    on_each_page(rb"1 0 0 -1 [\d.]+ ([\d.]+ Tm)", rb"1 0 0 -1 5000 \1")(pdf)


def mapped_to_other(pdf: Pdf) -> None:
    for page in pdf.pages:
        for font in page.Resources.Font.values():
            data = font.ToUnicode.read_bytes()
            font.ToUnicode = Stream(pdf, re.sub(rb"> <4e[0-9a-f]{2}>\n", b"> <9f98>\n", data))


def with_half_a_map(pdf: Pdf) -> None:
    for page in pdf.pages:
        for font in page.Resources.Font.values():
            data = font.ToUnicode.read_bytes()
            font.ToUnicode = Stream(pdf, data[: len(data) // 2])


@pytest.mark.parametrize(
    "change", [without_codes, beside_the_page, mapped_to_other, with_half_a_map]
)
def test_what_a_damaged_file_lost_is_missed_by_both(change: Callable[[Pdf], None]) -> None:
    data = broken(change)
    with opened("x.pdf", data) as document:
        read = texts_of(document)
    assert missed(page_texts(data)) <= missed(read)
    assert missed(page_texts(data))
    assert not missed(page_texts(whole()))


def test_a_screen_file_is_read_back_without_pdfium(tmp_path: Path) -> None:
    shop = Workshop(tmp_path)
    program = f"""
import sys
from pathlib import Path
from newsletter import edition
edition.build(Path({str(shop.root)!r}), "one", ["screen"])
sys.exit("pypdfium2" in sys.modules)
"""
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
