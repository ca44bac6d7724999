"""What holds for any text at all."""

from __future__ import annotations

import re
import sys
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from growth import grows_linearly
from newsletter.copydesk import apply, fix, read, read_dates
from newsletter.copydesk.characters import HAN, all_han, is_han
from newsletter.copydesk.manuscript import Manuscript
from newsletter.copydesk.rules import NEEDS, RULES

# Drawn from what slips are made of, so that rules meet one another.
_SCRAPS = [
    *"的了是在和我们绿色发展会议一二三〇○零",
    *"，。、；：？！“”‘’（）《》〈〉「」—…·～",
    *",.;:?!()\"'-~ \t\n\u3000\u00a0\u200b\ufeff\ufffd０２ＡＢ－⸺⽣⻓國",
    *["2021年", "12月", "32日", "25时", "10:30", "3.5%", "1,000", "ESG", "U.S.", "a@b.cn"],
    *["https://a.cn/b", "一带一路", "……", "——", "...", "--", "\n\n", "二○二一年", "COP15-26"],
    "e\u0301",
]
copies = st.lists(st.sampled_from(_SCRAPS), max_size=60).map("".join) | st.text(max_size=80)


@given(copies, st.booleans())
def test_reading_raises_nothing_and_points_into_the_text(copy: str, prose: bool) -> None:  # noqa: FBT001
    findings = read(copy, prose=prose)
    assert all(0 <= f.start < f.end <= len(copy) for f in findings)
    assert findings == sorted(findings, key=lambda f: (f.start, f.end, f.code))
    assert all(f.replacement != copy[f.start : f.end] for f in findings)
    assert {f.code for f in findings} <= {rule.code for rule in RULES}


@settings(max_examples=400)
@given(copies, st.booleans())
def test_a_rule_finds_nothing_without_what_it_needs(copy: str, prose: bool) -> None:  # noqa: FBT001
    for rule in RULES:
        if rule.code in NEEDS:
            without = copy.translate(dict.fromkeys(map(ord, NEEDS[rule.code])))
            assert not [*rule.read(Manuscript(without, prose))], rule.code


@settings(max_examples=400)
@given(copies, st.booleans())
def test_fixing_twice_is_fixing_once(copy: str, prose: bool) -> None:  # noqa: FBT001
    once = fix(copy, prose=prose)
    assert fix(once, prose=prose) == once
    assert not [f for f in read(once, prose=prose) if f.replacement is not None]


@given(copies)
def test_a_repair_touches_only_what_was_found(copy: str) -> None:
    findings = [f for f in read(copy) if f.replacement is not None]
    covered = {at for f in findings for at in range(f.start, f.end)}
    untouched = [c for at, c in enumerate(copy) if at not in covered]
    rest = iter(apply(copy, findings))
    assert all(c in rest for c in untouched)


@given(copies)
def test_copy_without_a_finding_is_not_touched(copy: str) -> None:
    if not read(copy):
        assert fix(copy) == copy


_SENTENCE = "会议指出，共建“一带一路”，推动2021—2025年绿色发展。"
_HOSTILE = (
    "“ （ ( ) ”“ 《“》” \" ' - . 。 … — 的 绿色 a a. 1- 1, 12月 www. http:// a@ (a 汉( 汉, "
    "》、《 ○ “汉 ）、 1: ~1"
)


@pytest.mark.parametrize(
    "scrap",
    [_SENTENCE, *_HOSTILE.split(), " ", "\t", "\n", "\n ", "\u3000", "\u200b", "一 ", "汉 a "],
)
def test_four_times_the_copy_takes_about_four_times_as_long(scrap: str) -> None:
    short, long = ((scrap * (n // len(scrap) + 1))[:n] for n in (5_000, 20_000))
    assert grows_linearly(lambda: read(short, prose=True), lambda: read(long, prose=True), ratio=4)


def day(number: int) -> date:
    return date.fromordinal(date(2021, 1, 1).toordinal() + number)


def test_a_chronicle_in_order_passes() -> None:
    events = [(day(1), None), (day(1), day(3)), (day(2), None), (day(9), day(9))]
    assert read_dates(events) == []
    assert read_dates([]) == []


def test_the_one_event_out_of_order_is_named_and_not_its_neighbours() -> None:
    events = [(day(n), None) for n in (1, 30, 2, 3, 4)]
    [(index, finding)] = read_dates(events)
    assert (index, finding.code, finding.values["date"]) == (1, "N429", "2021-01-31")


def test_an_event_that_ends_before_it_begins_is_named() -> None:
    [(index, finding)] = read_dates([(day(5), day(4))])
    assert (index, finding.code) == (0, "N428")


@given(st.lists(st.integers(0, 40)))
def test_what_remains_of_a_chronicle_is_in_order(numbers: list[int]) -> None:
    events = [(day(n), None) for n in numbers]
    moved = {index for index, _ in read_dates(events)}
    kept = [first for index, (first, _) in enumerate(events) if index not in moved]
    assert kept == sorted(kept)
    assert not moved or len(moved) < len(events)


def test_every_character_is_chinese_where_the_class_has_it() -> None:
    everything = "".join(map(chr, range(sys.maxunicode + 1)))
    assert "".join(filter(is_han, everything)) == "".join(re.findall(f"[{HAN}]", everything))


@given(st.text("中文〇a，", max_size=4))
def test_a_text_is_all_chinese_where_the_class_has_all_of_it(text: str) -> None:
    assert all_han(text) == bool(re.fullmatch(f"[{HAN}]+", text))
