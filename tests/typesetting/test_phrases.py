"""What it costs a headline that a line ends at a place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from composing import cells
from newsletter.typesetting import phrases
from newsletter.typesetting.characters import Kind
from newsletter.typesetting.phrases import (
    CLAUSE,
    CLING,
    COMPOUND,
    FRAGMENT,
    MODIFIED,
    NAME,
    PHRASE,
    QUOTED,
    SUBTITLE,
    TIED,
    WITHIN,
    WORD,
    break_costs,
)

CLREQ = "handling_of_headings"


def cost(marked: str, *terms: str) -> float:
    """Return what a line's end costs at the solidus."""
    place = marked.index("/")
    found = cells(marked.replace("/", "", 1))
    return break_costs(found.characters, found.kinds, terms)[place - 1]


def test_the_costs_are_in_the_order_of_liking() -> None:
    liking = [SUBTITLE, CLAUSE, PHRASE, MODIFIED, WORD, COMPOUND, CLING, TIED, WITHIN]
    assert liking == sorted(set(liking))


@pytest.mark.parametrize(
    ("expected", "marked"),
    [
        (SUBTITLE, "给地球系上“绿”丝带/——推进全球环境治理"),
        (WORD, "给地球系上“绿”丝带——/推进全球环境治理"),
        (CLAUSE, "稻谷飘香，/瓜果满园"),
        (CLAUSE, "索尔海姆：/中国是投资国"),
        (CLAUSE, "夯实根基 /拓展领域"),
        (CLAUSE, "夯实根基\u3000/拓展领域"),
        (PHRASE, "老挝、/柬埔寨"),
        (PHRASE, "环境管理/和绿色金融"),
        (PHRASE, "研讨会/在深圳召开"),
        (PHRASE, "咨询委员会/举行会议"),
        (PHRASE + FRAGMENT, "索尔海姆：中国/是全球最大的投资国"),
        (PHRASE + FRAGMENT, "专家在座谈会上指出，委员会/强调，继续推动"),
        (PHRASE, "索尔海姆：咨询委员会/举行会议"),
        (PHRASE, "圆桌会/暨国际研讨会"),
        (MODIFIED, "高原上的/电站"),
        (WORD, "举行/视频会议"),
        (WORD, "发布/《绿色发展展望》"),
        (WORD, "公约/第十五次大会"),
        (COMPOUND, "咨询/委员会"),
        (CLING, "“一带一路”绿色创新大会/（2021）"),
        (CLING, "水/环境治理"),
        (CLING, "更/鲜明"),
        (CLING, "中国—/东盟合作"),
        (TIED, "较好/的成果"),
        (TIED, "座谈会/上强调"),
        (TIED, "研讨会在/深圳召开"),
        (TIED, "环境管理和/绿色金融"),
        (TIED, "举行2021/年度会议"),
        (TIED, "作家列夫·/托尔斯泰"),
        (WITHIN, "视频会/议"),
        (WITHIN + NAME, "共建“一/带一路”"),
        (COMPOUND + NAME, "建设“能源/高速路”"),
        (COMPOUND + QUOTED, "大会以“绿色产业/金融与低碳社会”为主题"),
    ],
    ids=lambda value: f"{CLREQ}: {value}" if isinstance(value, str) else "",
)
def test_a_place_costs_what_its_meaning_says(expected: float, marked: str) -> None:
    assert cost(marked) == pytest.approx(expected)


def test_a_term_is_not_cut() -> None:
    assert cost("绿色/丝绸之路建设") == COMPOUND
    assert cost("绿色/丝绸之路建设", "绿色丝绸之路") == WITHIN


def test_a_mark_that_closes_nothing_is_no_name() -> None:
    assert cost("绿色/发展”") == COMPOUND


def test_a_note_belongs_to_the_word_before_it_and_parts_no_word() -> None:
    found = cells("研讨1会召开")
    found.kinds[2] = Kind.NOTE
    costs = break_costs(found.characters, found.kinds)
    assert costs[1] == costs[2] == WITHIN
    assert costs[3] == PHRASE


def test_a_character_of_several_code_points_is_one_cell() -> None:
    costs = break_costs(["绿色", "发展", "举", "行"], [Kind.HAN] * 4)
    assert costs[0] == COMPOUND
    assert costs[2] == WITHIN


@given(st.text(alphabet="绿色发展的在和一带路，。：、（）“”《》—·1A \u3000", max_size=40))
def test_every_place_has_a_cost_and_none_is_below_nothing(text: str) -> None:
    found = cells(text)
    costs = break_costs(found.characters, found.kinds)
    assert len(costs) == len(found.kinds)
    assert all(cost >= 0 for cost in costs)


def test_a_text_of_nothing_has_no_costs() -> None:
    assert phrases.break_costs([], []) == []
