"""What a character is, alone and among others."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsletter.typesetting.characters import (
    CHINESE_PUNCTUATION,
    Kind,
    dropped_spaces,
    kind_of,
    kinds_of,
)

ALONE = {
    Kind.HAN: "汉〇国ア한",
    Kind.SYMBOL: "㎡①⓪❶→☆＝％　",
    Kind.OPEN: "“‘（《〈「『【〔［｛〖",
    Kind.CLOSE: "”’）》〉」』】〕］｝〗",
    Kind.PAUSE: "，、；：",
    Kind.STOP: "。．？！",
    Kind.DASH: "—―⸺",
    Kind.ELLIPSIS: "…⋯",
    Kind.CONNECTOR: "～〜–~",
    Kind.INTERPUNCT: "·‧・",
    Kind.SOLIDUS: "/／",
    Kind.SPACE: " ",
    Kind.LATIN: "aZéßΩж_@&'\"²½=<>|©×",
    Kind.DIGIT: "0123456789",
    Kind.PREFIX: "([{$¥€£￥#+−±«",
    Kind.POSTFIX: ")]},.;:!?»",
    Kind.PERCENT: "%‰°′″",
    Kind.HYPHEN: "-‐",
    Kind.GLUE: "\u00a0\u2060\ufeff\u202f\u2011\u200d",
    Kind.BREAK: "\u200b",
    Kind.FORCED: "\n",
    Kind.ATOM: "\ufffc",
}


def kinds_in(text: str, latin: list[tuple[int, int]] | None = None) -> dict[str, list[Kind]]:
    """Return what the marks that Chinese and Latin share are in a text, by mark."""
    found: dict[str, list[Kind]] = {}
    for character, kind in zip(text, kinds_of(text, latin or []), strict=True):
        found.setdefault(character, []).append(kind)
    return found


@pytest.mark.parametrize(
    ("character", "kind"),
    [(character, kind) for kind, members in ALONE.items() for character in members],
    ids=lambda value: value.name if isinstance(value, Kind) else f"U+{ord(value):04X}",
)
def test_a_character_has_its_kind(character: str, kind: Kind) -> None:
    assert kind_of(character) is kind


def test_every_kind_but_the_note_is_that_of_some_character() -> None:
    assert set(Kind) - set(ALONE) == {Kind.NOTE}


# Quotes ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "他说“你好”。",
        "“你好”",
        "他说“OK”。",
        "“OK”他说",
        "he said “你好” twice",
        "他说，“OK”",
        "所谓‘a’类",
        "小说 The “Good” 一书",
        "称“good” earth",
    ],
)
def test_quotes_around_or_among_chinese_are_chinese(text: str) -> None:
    kinds = kinds_in(text)
    for opening, closing in ("“”", "‘’"):
        assert set(kinds.get(opening, [])) <= {Kind.OPEN}
        assert set(kinds.get(closing, [])) <= {Kind.CLOSE}


@pytest.mark.parametrize(
    ("text", "opening", "closing"),
    [("书名 The “Good” Earth 再版", "“", "”"), ("译自 a ‘b c’ d 一文", "‘", "’")],
)
def test_quotes_with_latin_within_and_on_both_sides_are_latin(
    text: str, opening: str, closing: str
) -> None:
    kinds = kinds_in(text)
    assert (kinds[opening], kinds[closing]) == ([Kind.PREFIX], [Kind.POSTFIX])


def test_each_pair_of_quotes_is_told_apart_on_its_own() -> None:
    kinds = kinds_in("书名 The “Good” Earth，又名“大地”。")
    assert kinds["“"] == [Kind.PREFIX, Kind.OPEN]
    assert kinds["”"] == [Kind.POSTFIX, Kind.CLOSE]


def test_quotes_within_quotes_are_paired_from_within() -> None:
    kinds = kinds_in("“甲‘乙’丙”和 a “b ‘c’ d” e 都是")
    assert kinds["‘"] == [Kind.OPEN, Kind.PREFIX]
    assert kinds["’"] == [Kind.CLOSE, Kind.POSTFIX]
    assert kinds["“"] == [Kind.OPEN, Kind.PREFIX]


@pytest.mark.parametrize("text", ["用don’t一词", "见the students’ book一书", "叫 O’Brien 的人"])
def test_an_apostrophe_belongs_to_its_word(text: str) -> None:
    assert kinds_in(text)["’"] == [Kind.LATIN]


@pytest.mark.parametrize("text", ["甲’乙", "甲”乙", "甲5”", "”", "’", "““甲", "甲“‘乙”"])
def test_a_quote_without_a_partner_stays_chinese(text: str) -> None:
    kinds = kinds_in(text + "汉")
    assert {kind for mark in "“‘" for kind in kinds.get(mark, [])} <= {Kind.OPEN}
    assert {kind for mark in "”’" for kind in kinds.get(mark, [])} <= {Kind.CLOSE}


# Dashes, ellipses, dots, solidi ---------------------------------------------------------------


@pytest.mark.parametrize("text", ["甲——乙", "A——B甲", "——甲", "甲——", "甲⸺乙", "甲―――乙"])
def test_a_dash_of_two_is_a_dash(text: str) -> None:
    kinds = kinds_of(text)
    assert {kind for kind in kinds if kind not in (Kind.HAN, Kind.LATIN)} == {Kind.DASH}


@pytest.mark.parametrize("text", ["2021—2025年", "北京—上海", "甲—5", "甲—", "—甲"])
def test_a_single_dash_joins(text: str) -> None:
    assert kinds_in(text)["—"] == [Kind.CONNECTOR]


@pytest.mark.parametrize("text", ["从COP15到COP26—生物多样性", "A—上", "word — 甲"])
def test_a_single_dash_between_latin_and_chinese_is_a_dash(text: str) -> None:
    assert kinds_in(text)["—"] == [Kind.DASH]


@pytest.mark.parametrize("mark", ["—", "―", "…", "⋯"])
def test_a_single_dash_or_ellipsis_between_words_is_latin(mark: str) -> None:
    assert kinds_in(f"word{mark}word 甲")[mark] == [Kind.LATIN]
    assert kinds_in(f"word {mark} word 甲")[mark] == [Kind.LATIN]


@pytest.mark.parametrize("text", ["甲……乙", "甲…乙", "甲⋯⋯乙", "A……B甲", "……"])
def test_an_ellipsis_among_chinese_is_chinese_single_or_double(text: str) -> None:
    kinds = kinds_of(text + "汉")
    assert {kind for kind in kinds if kind not in (Kind.HAN, Kind.LATIN)} == {Kind.ELLIPSIS}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("约翰·史密斯", Kind.INTERPUNCT),
        ("约翰·A·史密斯", Kind.INTERPUNCT),
        ("甲A·乙", Kind.INTERPUNCT),
        ("约翰‧史密斯", Kind.INTERPUNCT),
        ("甲A·B乙", Kind.LATIN),
        ("“3·15”晚会", Kind.LATIN),
    ],
)
def test_a_middle_dot_is_latin_only_within_a_latin_word(text: str, kind: Kind) -> None:
    kinds = kinds_in(text)
    assert set(kinds.get("·", []) + kinds.get("‧", [])) == {kind}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("和/或", Kind.SOLIDUS),
        ("甲 / 乙", Kind.SOLIDUS),
        ("A/乙", Kind.SOLIDUS),
        ("甲TCP/IP乙", Kind.LATIN),
        ("约1/2强", Kind.LATIN),
        ("km/h以上", Kind.LATIN),
    ],
)
def test_a_solidus_is_latin_only_within_a_latin_word(text: str, kind: Kind) -> None:
    assert kinds_in(text)["/"] == [kind]


def test_a_full_width_solidus_is_always_one() -> None:
    assert kinds_in("甲A／B")["／"] == [Kind.SOLIDUS]


# Text in another language ---------------------------------------------------------------------


def test_a_paragraph_without_chinese_has_latin_marks() -> None:
    kinds = kinds_in("“It’s a ‘b’ — c…d · e/f”")
    assert kinds["“"] == kinds["‘"] == [Kind.PREFIX]
    assert kinds["”"] == [Kind.POSTFIX]
    assert {*kinds["’"], *kinds["—"], *kinds["…"], *kinds["·"], *kinds["/"]} == {Kind.LATIN}


def test_a_stretch_in_another_language_has_latin_marks_and_the_rest_chinese_ones() -> None:
    text = "他读“你好”，She said “No……”。"
    start = text.index("S")
    kinds = kinds_in(text, [(start, len(text) - 1)])
    assert kinds["“"] == [Kind.OPEN, Kind.PREFIX]
    assert kinds["”"] == [Kind.CLOSE, Kind.POSTFIX]
    assert kinds["…"] == [Kind.LATIN, Kind.LATIN]
    assert kinds["。"] == [Kind.STOP]


def test_a_stretch_in_another_language_changes_nothing_outside_of_it() -> None:
    text = "甲“乙”丙—丁·戊"
    assert kinds_of(text, [(3, 3)]) == kinds_of(text)
    assert kinds_of(text, [(2, 3)]) == kinds_of(text)


# Spaces that are not set ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("甲 ，乙", "甲，乙"),
        ("甲， a", "甲，a"),
        ("a （b） c甲", "a（b）c甲"),
        ("a …… b甲", "a……b甲"),
        ("甲 —— 乙", "甲——乙"),
        ("约翰 · 史密斯", "约翰·史密斯"),
        ("甲 “乙” 丙", "甲“乙”丙"),
        ("甲 \u00a0 ，", "甲\u00a0，"),
    ],
)
def test_a_space_beside_chinese_punctuation_goes(text: str, left: str) -> None:
    dropped = dropped_spaces(kinds_of(text))
    assert "".join(c for k, c in enumerate(text) if k not in dropped) == left


@pytest.mark.parametrize(
    "text", ["甲 a", "a 甲", "a b", "甲 乙", "a, b 甲", " 甲 ", "a “b” c 甲", "a — b 甲", "甲 / 乙"]
)
def test_all_other_spaces_stay(text: str) -> None:
    assert dropped_spaces(kinds_of(text)) == set()


# Laws -----------------------------------------------------------------------------------------

anything = st.text(max_size=40) | st.text(alphabet="汉a1 “”‘’—…·/-，（）\u00a0", max_size=40)


@given(anything)
def test_any_text_has_a_kind_for_each_character_and_the_same_one_again(text: str) -> None:
    kinds = kinds_of(text)
    assert len(kinds) == len(text)
    assert kinds == kinds_of(text)


@given(anything)
def test_only_spaces_are_dropped_and_only_beside_chinese_punctuation(text: str) -> None:
    kinds = kinds_of(text)
    dropped = dropped_spaces(kinds)
    assert all(text[k] == " " for k in dropped)
    if CHINESE_PUNCTUATION.isdisjoint(kinds):
        assert not dropped


@given(anything)
def test_text_that_is_all_in_another_language_has_no_chinese_quotes_or_dashes(text: str) -> None:
    kinds = kinds_of(text, [(0, len(text))])
    assert all(
        kind not in CHINESE_PUNCTUATION
        for character, kind in zip(text, kinds, strict=True)
        if character in "“”‘’—―…⋯·‧"
    )
