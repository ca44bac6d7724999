"""Lines as they stand on laid-out pages, their faults, and how these reach the editor."""

from __future__ import annotations

import copy
from itertools import pairwise
from pathlib import Path

import pytest
from msgspec.structs import replace

from newsletter.diagnostics import Diagnostic
from newsletter.forme import Forme
from newsletter.render import render
from newsletter.typesetting.boxes import overfull
from newsletter.typesetting.inspection import Fault, SetLine, evenness, inspect
from newsletter.typesetting.rules import Rules
from newsletter.typesetting.seam.lines import lines_of
from newsletter.typesetting.seam.tree import boxes_of
from setting import EDGE, LEADING, PT, html_class, laid_out, page
from workshop import ISSUE, STYLE, TEMPLATE, Workshop

SENTENCE = "绿色发展，共建共享：2021年有40多个国家的150多家伙伴参加《指南》研究。"
MM_PER_PT = 25.4 / 72
BODY = f"""
<p data-at="front.yaml:2">{SENTENCE}</p>
<article id="article-one">
  <div data-at="one.yaml:7"><p>{SENTENCE * 3}</p><p data-at="one.yaml:9">绿色发展</p></div>
  <p data-at="one.yaml:11" style="break-before: page; text-align: left">{SENTENCE}</p>
</article>
<p data-at="back.yaml:5">绿色<br>发展</p>"""


# The lines of a document ------------------------------------------------------------------------


@pytest.fixture(scope="module")
def found() -> list[SetLine]:
    return lines_of(laid_out(page(BODY, 16)))


def of(found: list[SetLine], origin: str) -> list[SetLine]:
    return [line for line in found if line.origin == origin]


def test_all_lines_are_there_in_the_order_of_the_text(found: list[SetLine]) -> None:
    assert "".join(line.text.rstrip("\n") for line in found) == (
        SENTENCE * 4 + "绿色发展" + SENTENCE + "绿色发展"
    )


def test_a_line_knows_its_page(found: list[SetLine]) -> None:
    assert {line.page for line in of(found, "one.yaml:7")} == {1}
    assert {line.page for line in of(found, "one.yaml:11")} == {2}


def test_a_line_knows_the_nearest_place_that_is_named_at_or_above_it(found: list[SetLine]) -> None:
    assert [line.text for line in of(found, "one.yaml:9")] == ["绿色发展"]
    assert "".join(line.text for line in of(found, "one.yaml:7")) == SENTENCE * 3


def test_a_line_knows_its_article_and_one_outside_of_articles_has_none(
    found: list[SetLine],
) -> None:
    assert {line.article for line in of(found, "one.yaml:7")} == {"one"}
    assert {line.article for line in of(found, "front.yaml:2")} == {""}
    assert {line.article for line in of(found, "back.yaml:5")} == {""}


def test_lines_of_a_paragraph_share_a_number_that_no_other_has(found: list[SetLine]) -> None:
    numbers = [{line.paragraph for line in of(found, f"one.yaml:{n}")} for n in (7, 9, 11)]
    assert all(len(each) == 1 for each in numbers)
    assert len(set.union(*numbers)) == 3


def test_only_the_first_and_the_last_line_of_a_paragraph_are_that(found: list[SetLine]) -> None:
    paragraph = of(found, "one.yaml:7")
    assert [line.is_first for line in paragraph] == [True] + [False] * (len(paragraph) - 1)
    assert [line.is_last for line in paragraph] == [False] * (len(paragraph) - 1) + [True]


def test_a_line_before_a_forced_break_is_a_last_line(found: list[SetLine]) -> None:
    assert [line.is_last for line in of(found, "back.yaml:5")] == [True, True]


def test_baselines_stand_a_leading_apart(found: list[SetLine]) -> None:
    places = [line.baseline_mm for line in found if line.page == 1]
    steps = {round((after - before) / MM_PER_PT, 3) for before, after in pairwise(places)}
    assert steps == {LEADING}


def test_a_line_begins_and_ends_at_the_edges_of_its_column(found: list[SetLine]) -> None:
    for line in of(found, "one.yaml:7")[1:-1]:
        assert line.x_mm == pytest.approx(EDGE * MM_PER_PT, abs=0.01)
        assert line.width_mm == pytest.approx(16 * PT * MM_PER_PT, abs=0.01)


def test_a_line_that_was_filled_says_by_how_much_and_a_natural_one_zero(
    found: list[SetLine],
) -> None:
    assert of(found, "one.yaml:9")[0].stretch == 0
    assert {line.stretch for line in of(found, "one.yaml:11")} == {0}
    wide = lines_of(laid_out(page("<p style='text-indent: 0'>" + "绿色发展" * 5 + "</p>", 9.5)))
    assert [round(line.stretch, 3) for line in wide[:2]] == [pytest.approx(0.5 / 8, abs=2e-3)] * 2


def test_characters_are_counted_without_marks_and_spaces(found: list[SetLine]) -> None:
    whole = of(found, "front.yaml:2")
    assert sum(line.counted for line in whole) == sum(c not in "，：《》。" for c in SENTENCE)


def test_white_is_seen_beside_marks_from_the_left_edge_of_the_line() -> None:
    [line] = lines_of(laid_out(page("<p style='text-indent: 0'>绿色，发（展</p>", 16)))
    assert [(round(a, 2), round(b, 2)) for a, b in line.white] == [(2.5, 3.0), (4.0, 4.5)]


def test_a_document_that_was_laid_out_without_the_composer_has_no_lines() -> None:
    assert lines_of(html_class()(string=page(BODY)).render()) == []


# Faults -----------------------------------------------------------------------------------------

LINE = SetLine(
    page=3,
    origin="articles/one.yaml:12",
    article="one",
    paragraph=0,
    text="绿色发展共同的路",
    stretch=0.0,
    lack=0.0,
    counted=8,
    is_first=False,
    is_last=False,
    white=(),
    x_mm=20,
    baseline_mm=40,
    width_mm=81,
)
WET = replace(LINE, white=((4.0, 4.8),))


def faults(*lines: SetLine, rules: Rules | None = None) -> list[Fault]:
    return list(inspect(lines, rules or Rules()))


def names(*lines: SetLine) -> list[str]:
    return [fault.name for fault in faults(*lines)]


def test_a_loose_paragraph_is_told_once_with_its_first_line_its_count_and_its_worst() -> None:
    one, two = replace(LINE, stretch=0.12, text="甲"), replace(LINE, stretch=0.3, text="乙")
    assert faults(LINE, one, LINE, two) == [Fault("loose", one, 2, 0.3)]


@pytest.mark.parametrize(("stretch", "expected"), [(0.2, []), (0.2001, ["loose"])])
def test_the_layout_sets_from_where_a_line_is_loose(stretch: float, expected: list[str]) -> None:
    line = replace(LINE, stretch=stretch)
    assert [fault.name for fault in faults(line, rules=Rules(loose=0.2))] == expected


def test_the_layout_sets_how_long_a_last_line_has_to_be() -> None:
    last = replace(LINE, is_last=True, counted=3)
    assert [fault.name for fault in faults(LINE, last, rules=Rules(last_line=4))] == ["runt"]
    assert faults(LINE, last, rules=Rules(last_line=3)) == []


def test_a_paragraph_that_goes_on_elsewhere_has_no_runt() -> None:
    assert names(LINE, replace(LINE, counted=1)) == []


def test_each_paragraph_is_told_for_itself() -> None:
    loose = replace(LINE, stretch=0.2)
    assert names(loose, replace(loose, paragraph=1)) == ["loose", "loose"]


def test_a_river_is_told_with_its_length_and_the_line_where_it_begins() -> None:
    first = replace(WET, text="源")
    assert faults(LINE, first, WET, WET, WET, WET, LINE) == [Fault("river", first, 5)]


def test_a_river_may_wind_as_long_as_the_white_overlaps() -> None:
    winding = [replace(LINE, white=((4.0 + 0.45 * k, 4.8 + 0.45 * k),)) for k in range(4)]
    assert names(*winding) == ["river"]
    straying = [replace(LINE, white=((4.0 + 0.55 * k, 4.8 + 0.55 * k),)) for k in range(4)]
    assert names(*straying) == []


def test_narrow_white_is_no_river() -> None:
    narrow = replace(LINE, white=((4.0, 4.55),))
    assert names(narrow, narrow, narrow, narrow) == []


def test_a_river_ends_with_the_page_and_with_the_paragraph() -> None:
    over = replace(WET, page=4)
    assert names(WET, WET, WET, over, over, over) == []
    other = replace(WET, paragraph=1)
    assert names(WET, WET, WET, other, other, other) == []


@pytest.mark.parametrize(("lack", "expected"), [(0.02, []), (0.021, ["short"])])
def test_a_line_is_short_when_it_is_not_flush(lack: float, expected: list[str]) -> None:
    assert names(replace(LINE, lack=lack)) == expected


@pytest.mark.parametrize(("lack", "expected"), [(-0.02, []), (-0.021, ["overset"])])
def test_a_line_is_overset_when_it_stands_out(lack: float, expected: list[str]) -> None:
    assert names(replace(LINE, lack=lack)) == expected


def test_how_far_a_line_stands_out_is_told_as_a_length() -> None:
    [fault] = faults(replace(LINE, lack=-1.5))
    assert fault.worst == 1.5


def test_evenness_of_no_lines_and_of_several_limits() -> None:
    assert evenness([], (0.1,)).above == ((0.1, 0.0),)
    lines = [replace(LINE, stretch=stretch) for stretch in (0.0, 0.05, 0.1, 0.15)]
    assert evenness(lines, (0.04, 0.1)).above == ((0.04, 0.75), (0.1, 0.25))
    assert evenness(lines, ()).largest == 0.15


def test_a_box_of_fixed_height_is_overfull_only_when_its_lines_do_not_fit() -> None:
    box = '<div data-at="one.yaml:{}" style="height: {}pt"><span>绿<br>色<br>发</span></div>'
    body = box.format(1, 3 * LEADING) + box.format(2, 2 * LEADING) + "<p>绿<br>色</p>"
    [found] = overfull(laid_out(page(body)))
    assert (found.element, found.page, found.origin) == ("div", 1, "one.yaml:2")
    assert found.size_mm == pytest.approx(LEADING * MM_PER_PT, abs=0.01)


# What the editor is told ------------------------------------------------------------------------


@pytest.fixture
def shop(tmp_path: Path) -> Workshop:
    return Workshop(tmp_path)


def narrow(width: str, more: str = "") -> str:
    copy = f"width: {width}; text-align: justify; text-indent: 0; {more}"
    return f"{STYLE} article p {{ {copy} }}"


SETTINGS = {
    "N802": ("绿色发展的Abcdefghijklmnop路与Abcdefghijklmnop共建共享的路", "10em", ""),
    "N803": ("Abcdefghijklmnop路", "9em", ""),
    "N804": ("绿色，发展啊" * 8, "6.35em", ""),
    "N805": ("绿色Abcdefghijklmnop发展共建共享的路", "5em", ""),
    "N806": ("Abcdefghijklmnop Abcdefghijklmnop Abcdefghijklmnop与共建", "10em", ""),
    "N807": ("绿色发展共建共享" * 4, "10em", "height: 32pt"),
}


@pytest.mark.parametrize("code", SETTINGS)
def test_a_fault_of_a_page_is_told_with_the_line_of_its_copy(shop: Workshop, code: str) -> None:
    body, width, more = SETTINGS[code]
    problem = told(shop, code, body, width, more)
    assert problem.place is not None
    assert problem.place.file == "issues/one/issue.yaml"
    written = (shop.issue / "issue.yaml").read_text("utf-8").splitlines()
    assert body[:12] in written[problem.place.line - 1]
    assert problem.values["page"] == 1
    assert all(problem.message(language) for language in ("en", "zh"))


def told(shop: Workshop, code: str, body: str, width: str, more: str) -> Diagnostic:
    shop.write_article(body)
    shop.set_up(TEMPLATE, narrow(width, more), typesetting={"hyphenate": "none"})
    [problem] = [finding for finding in shop.render().findings if finding.code == code]
    return problem


def test_a_fault_of_an_item_is_told_at_its_line_and_without_its_bullet(shop: Workshop) -> None:
    loose = SETTINGS["N802"][0]
    (shop.issue / "first.yaml").write_text(
        f"id: first\ntitle: 一\nbody: |\n  - 甲\n  - {loose}\n", "utf-8"
    )
    shop.write_issue(sections=[ISSUE["sections"][0] | {"articles": ["first.yaml"]}])
    bullet = 'li::before { content: "·"; display: inline-block; width: 1em; text-indent: 0 }'
    sheet = narrow("11em").replace("article p", "article li")
    shop.set_up(TEMPLATE, f"{sheet} ul {{ list-style: none }} {bullet}")
    found = [finding for finding in shop.render().findings if finding.code == "N802"]
    assert {str(problem.place) for problem in found} == {"issues/one/first.yaml:5:1"}
    assert str(found[0].values["text"]).startswith("绿色")


@pytest.mark.parametrize(
    ("body", "line"),
    [("甲[^1]乙[^2]。\n\n  [^1]: 甲\n\n  [^2]: {}", 8), ("甲\n\n  乙^[丙]丁^[{}]。", 6)],
)
def test_a_fault_of_a_footnote_is_told_at_its_line(shop: Workshop, body: str, line: int) -> None:
    body = body.format(SETTINGS["N802"][0])
    (shop.issue / "first.yaml").write_text(f"id: first\ntitle: 一\nbody: |\n  {body}\n", "utf-8")
    shop.write_issue(sections=[ISSUE["sections"][0] | {"articles": ["first.yaml"]}])
    shop.set_up(TEMPLATE, narrow("11em").replace("article p", "article .notes li"))
    found = [finding for finding in shop.render().findings if finding.code == "N802"]
    assert {str(problem.place) for problem in found} == {f"issues/one/first.yaml:{line}:1"}


def test_a_page_of_good_lines_is_told_nothing(shop: Workshop) -> None:
    shop.write_article(SENTENCE * 4)
    shop.set_up(TEMPLATE, narrow("20em"))
    assert shop.render().findings == ()


def test_a_paragraph_that_was_planned_twice_is_one(tmp_path: Path) -> None:
    """As where a page stands on which a paragraph of the page before it goes on."""
    shop = Workshop(tmp_path)
    shop.set_up(style=f"{STYLE}@page {{ size: 60mm 60mm }}\n")
    shop.write_article(body="会议指出，要加强合作，推动绿色发展。" * 20)
    document = render(shop.compose(), Forme(is_lasting=True)).document
    before = lines_of(document)
    for box, where in boxes_of(document):
        if "composed" in box.__dict__ and where.page > 2:
            box.setting = copy.copy(box.setting)
            box.setting.paragraph = copy.copy(box.setting.paragraph)
    assert before[-1].page > 2
    assert lines_of(document) == before
