"""Elements within composed text: their edges, boxes and marks, and what is not for the composer."""

from __future__ import annotations

import io
from itertools import pairwise
from typing import Any

import pikepdf
import pytest
from bench.typesetting import drawn, judge
from bench.typesetting.engines import EDGE_PT, LEADING_PT, SIZE_PT, typeset
from bench.typesetting.extraction import EXTRACTORS, AbsentError
from bench.typesetting.texts import paragraph
from weasyprint.layout import preferred

from growth import grows_linearly
from newsletter.typesetting.seam.composer import Composer
from setting import (
    EDGE,
    PT,
    PX,
    boxes_of,
    copied,
    drawn_lines,
    laid_out,
    lines,
    page,
    pdf,
    solid,
)


def texts(body: str, measure: float = 16, css: str = "") -> list[str]:
    """Return the texts of the composed lines."""
    return [line.text for line in lines(body, measure, css)]


def left_pt(document: Any, text: str) -> float:  # noqa: ANN401 - WeasyPrint is untyped
    """Return how far from the left of the page a text begins."""
    found = [box for box in boxes_of(document) if getattr(box, "text", "").startswith(text)]
    return float(found[0].position_x / PX)


# Lengths of boxes -------------------------------------------------------------------------------


def test_the_margin_of_a_table_is_its_own() -> None:
    table = '<table style="margin: 9pt 0 9pt 90pt"><tr><td>表</table>'
    for body in (
        f"<div>{table}<p>段</p>裸</div>",
        f"<div>{table.replace('90', '0')}{table}裸</div>",
    ):
        composed = laid_out(page(body, 40, "p { text-indent: 0 }"))
        assert left_pt(composed, "裸") == pytest.approx(EDGE)
        *_, last = [box for box in boxes_of(composed) if getattr(box, "text", "") == "表"]
        assert last.position_x / PX >= EDGE + 90


@pytest.mark.parametrize("kind", ["float: left", "position: absolute", "display: inline-block"])
@pytest.mark.parametrize("room", [2, 5, 7.5, 8, 9, 20])
def test_a_box_is_as_wide_as_its_content_within_its_room(
    kind: str, room: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    box = f'<div style="{kind}; text-indent: 0" class=box>绿色<b>Green</b>发展，合作</div>'
    html = page(f'<div style="position: relative; width: {room}em">{box}</div>', 30)

    def width() -> float:
        found = [box for box in boxes_of(laid_out(html)) if box.element is not None]
        return next(float(box.width) for box in found if box.element.get("class") == "box")

    shrunk = width()
    monkeypatch.setattr(Composer, "shrink_to_fit", staticmethod(preferred.shrink_to_fit))
    assert shrunk == width()


def test_the_width_of_a_flexible_item_is_its_own() -> None:
    body = '<div style="width: 200px"><div style="display: flex">弹性</div>匿名的文字占满全宽</div>'
    assert texts(body, 40)[-1] == "匿名的文字占满全宽"


# Boxes in the text ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "inner",
    [
        '文<b style="position: absolute">绝</b>',
        '文<b style="position: fixed">绝</b>',
        "<ul><li>绝</ul>",
        '<table style="display: inline-table"><tr><td>绝</table>',
    ],
    ids=["absolute", "fixed", "list", "table"],
)
def test_what_is_out_of_the_flow_of_a_box_in_the_text_is_drawn(inner: str) -> None:
    body = f'<p>中<span style="display: inline-block">{inner}</span>文字</p>'
    assert "绝" in copied(pdf(page(body)))


# Whole elements ---------------------------------------------------------------------------------


def test_text_that_is_not_to_be_broken_holds_over_the_edges_within_it() -> None:
    whole = '<span style="white-space: nowrap">甲<b>乙丙</b>丁戊</span>'
    for before in range(6, 15):
        found = texts(f"<p>{'一二三四五六七八九十' * 2}"[: before + 3] + f"{whole}行都齐整</p>", 16)
        assert any("甲乙丙丁戊" in line for line in found)


def test_two_whole_elements_may_be_parted_from_each_other() -> None:
    whole = '<span style="white-space: nowrap">甲乙丙丁戊</span>'
    found = texts(f'<p style="text-indent: 0">{whole * 4}</p>', 12)
    assert [line for line in found if line] == ["甲乙丙丁戊甲乙丙丁戊"] * 2


def test_raised_text_is_a_mark_while_it_is_short_and_text_when_it_is_long() -> None:
    for count in range(9, 15):
        found = texts(f"<p>{'字' * count}注<sup>[12]</sup>后面的字</p>")
        assert not any(line.startswith("[") for line in found)
    long = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥"
    css = "sup { font-size: inherit; line-height: 0 }"
    assert max(len(line) for line in texts(f"<p>中文<sup>{long}</sup>后面</p>", 16, css)) <= 16


# Characters that are not seen -------------------------------------------------------------------


@pytest.mark.parametrize("mark", "\u200c\u200e\u2068\u034f\ufe00\ufe0f\U000e0100")
def test_what_is_not_seen_makes_no_gap_and_hides_no_mark(mark: str) -> None:
    [with_mark], [without] = (drawn_lines(pdf(page(f"<p>甲乙{m}丙丁</p>"))) for m in (mark, ""))
    shown = [glyph.x for glyph in with_mark.glyphs if glyph.text.strip(mark)]
    assert shown == pytest.approx([glyph.x for glyph in without.glyphs], abs=0.01)
    found = texts(f"<p>中文排版的要求在于于于于于于《{mark}李明》，每一行都齐整</p>")
    assert not any(line.rstrip(mark).endswith("《") for line in found)


def test_a_combining_mark_stays_with_its_character() -> None:
    found = texts("<p>" + "中\u0301" * 40 + "</p>", 12)
    assert not any(line.startswith("\u0301") for line in found)


def test_text_whose_words_only_a_dictionary_knows_is_weasyprints() -> None:
    assert lines("<p>中文ภาษาไทยเป็นภาษาทางการ后面</p>", 16) == []


# Lines and marks below ----------------------------------------------------------------------------


def strokes(data: bytes) -> list[tuple[float, float]]:
    """Return where the level lines of the first page begin and end, in points."""
    found, at = [], 0.0
    with pikepdf.open(io.BytesIO(data)) as document:
        for operands, operator in pikepdf.parse_content_stream(document.pages[0]):
            if str(operator) == "m":
                at = float(operands[0])
            elif str(operator) == "l":
                found.append((at, float(operands[0])))
    return found


def test_a_line_below_goes_on_over_the_edges_within_its_element() -> None:
    data = pdf(page("<p>字<u>在于<b>English</b>每一行</u>字</p>"))
    spans = sorted(strokes(data))
    assert len(spans) == 3
    for (_, end), (start, _) in pairwise(spans):
        assert end == pytest.approx(start, abs=0.02)


def test_a_line_below_ends_before_a_gap_after_its_element() -> None:
    [(_, end)] = strokes(pdf(page("<p>字<u>在于</u>English</p>")))
    [line] = drawn_lines(pdf(page("<p>字<u>在于</u>English</p>")))
    start_of_latin = next(glyph.x for glyph in line.glyphs if glyph.text == "E")
    assert start_of_latin - (end * 0.75 - EDGE) > 0.2 * PT


def interlinear(name: str, body: str) -> list[tuple[float, float]]:
    return strokes(pdf(page(f"<p>{body}</p>", 22, f"i {{ --interlinear: {name}; font: inherit }}")))


def test_the_line_of_a_name_is_one_whatever_is_within_it() -> None:
    [plain] = interlinear("name", "看<i>欧阳修</i>了")
    joined = interlinear("name", "看<i>欧阳<b style='font: inherit'>修</b></i>了")
    assert (joined[0][0], joined[-1][1]) == pytest.approx(plain, abs=0.02)
    assert joined[0][1] == pytest.approx(joined[1][0], abs=0.02)


def test_the_lines_of_two_names_do_not_touch() -> None:
    one, other = interlinear("name", "看<i>欧阳修</i><i>曾巩</i>了")
    assert other[0] - one[1] > 0.1 * PT


# Readings -----------------------------------------------------------------------------------------


def test_a_reading_over_nothing_is_no_fault() -> None:
    assert solid(copied(pdf(page('<p>中，<ruby data-ruby="yin"> </ruby>文字</p>')))) == "中，文字"


def test_a_reading_stands_over_all_of_its_element() -> None:
    whole, parted = (
        drawn_lines(pdf(page(f'<p>看<ruby data-ruby="hanzihanzi">{inner}</ruby>了</p>')))[0]
        for inner in ("汉字", "汉<b style='font: inherit'>字</b>")
    )
    assert [g.x for g in parted.glyphs] == pytest.approx([g.x for g in whole.glyphs], abs=0.02)
    for measure in (3, 4, 5, 6):
        body = '<p style="text-indent: 0">看一看<ruby data-ruby="a">汉<b>字</b></ruby>了</p>'
        assert any("汉字" in line for line in texts(body, measure))


def test_copied_text_gains_no_space_after_a_reading() -> None:
    wide = '<ruby data-ruby="zhuang">装</ruby>'
    data = pdf(page(f'<p>注{wide}字与<ruby data-ruby="a">北京</ruby>人</p>'))
    try:
        assert EXTRACTORS["pdftotext"](data).strip() == "注装字与北京人"
    except AbsentError as absent:
        pytest.skip(str(absent))


# Lists --------------------------------------------------------------------------------------------


def test_items_with_their_marks_inside_are_composed() -> None:
    body = f'<ul style="list-style: inside"><li>{"绿色发展，共建共享。" * 4}</li></ul>'
    found = lines(body, 16)
    assert len(found) > 2
    assert all(abs(line.lack) < 0.01 for line in found if not line.is_last)


@pytest.mark.parametrize("align", ["left", "justify", "center; --text-wrap: balance"])
def test_a_column_without_any_measure_is_set_though_nothing_fits(align: str) -> None:
    """As where margins leave nothing: a line of its own for what has no width."""
    flat = '<span style="display: inline-block; width: 0"></span>'
    css = f"p {{ width: 0; text-align: {align} }}"
    found = "".join(texts(f"<p>{flat}绿{flat}色</p>", css=css))
    assert found.replace("\N{OBJECT REPLACEMENT CHARACTER}", "") == "绿色"


# Growth -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "unit",
    ["绿色<br>", "看<b>绿</b>", "绿色发展", "中 word of text "],
    ids=["breaks", "elements", "characters", "words"],
)
def test_the_cost_of_a_paragraph_grows_with_its_length(unit: str) -> None:
    def compose(count: int) -> None:
        laid_out(page(f"<p>{unit * count}</p>", 22, "@page { size: 400pt 10000pt }"))

    assert grows_linearly(lambda: compose(100), lambda: compose(800), ratio=8)


def test_a_line_that_ends_within_an_address_fills_its_measure() -> None:
    """Letters are kerned: what one owes to the next is not owed where the line ends."""
    text = (
        "勘误与建议请发到errata@example.invalid，或者在https://git.exampl"
        "e.invalid/press/issues上登记，标题请写明页码与行号，。"
    )
    data = typeset("ours", [paragraph(text)], 20)
    first, *_ = drawn.paragraphs(drawn.lines(data, EDGE_PT), LEADING_PT)[0]
    assert first.text.endswith("errata@example.in")
    assert next(iter(judge.evenness([first, first], 20 * SIZE_PT, SIZE_PT))).is_flush
