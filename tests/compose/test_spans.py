"""Marked words: what each becomes, what a reader meets, what is refused and where."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from growth import grows_linearly
from newsletter.compose.spans import BY_NAME, KINDS
from newsletter.subedit import excerpts
from running_text import composed, found, html, passage, seen, words
from workshop import Workshop

BEI_JING = '<ruby data-ruby="běi">北</ruby><ruby data-ruby="jīng">京</ruby>'
ZHONG = '<p><em class="dots">重</em></p>'


# What they become


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("会[重要]{着重}吗", '会<em class="dots">重要</em>吗'),
        ("会[重要]{dots}吗", '会<em class="dots">重要</em>吗'),
        ("[孔子]{专名}", '<span class="proper-name">孔子</span>'),
        ("[孔子]{name}", '<span class="proper-name">孔子</span>'),
        ("[论语]{书名}", '<span class="book-title">论语</span>'),
        ("[论语]{ title }", '<span class="book-title">论语</span>'),
        ("[北京]{拼音: běi jīng}", BEI_JING),
        ("[北京]{ruby:běi  jīng}", BEI_JING),
        ("[北京]{拼音：běi　jīng}", BEI_JING),
        ("[北京]{拼音: běi\njīng}", BEI_JING),
        ("[北\n京]{拼音: běi jīng}", BEI_JING),
        ("[北 京]{拼音: běi jīng}", BEI_JING.replace("</ruby><", "</ruby> <")),
        ("[北京市]{拼音: běi jīng}", '<ruby data-ruby="běi jīng">北京市</ruby>'),
        ("[北京]{拼音: běijīng}", '<ruby data-ruby="běijīng">北京</ruby>'),
        ('[甲]{拼音: "<&}', '<ruby data-ruby="&quot;&lt;&amp;">甲</ruby>'),
        ("[北\U000e0100京]{拼音: běi jīng}", BEI_JING.replace("北", "北\U000e0100")),
    ],
)
def test_marked_words_become_their_element(text: str, expected: str) -> None:
    assert html(text) == f"<p>{expected}</p>"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[**重**要]{着重}", '<em class="dots"><strong>重</strong>要</em>'),
        ("**[重要]{着重}**", '<strong><em class="dots">重要</em></strong>'),
        ("*[重*要]{着重}", '*<em class="dots">重*要</em>'),
        ("[`重`]{着重}", '<em class="dots">重</em>'),
        ("[a\\]b]{书名}", '<span class="book-title">a]b</span>'),
        ("[3 &lt; 4]{着重}", '<em class="dots">3 &lt; 4</em>'),
        (
            "[北**京**]{拼音: běi jīng}",
            '<ruby data-ruby="běi">北</ruby><strong><ruby data-ruby="jīng">京</ruby></strong>',
        ),
        (
            "[北**京**]{拼音: běijīng}",
            '<ruby data-ruby="běijīng">北<strong>京</strong></ruby>',
        ),
        (
            "[孔子]{专名}[论语]{书名}",
            '<span class="proper-name">孔子</span><span class="book-title">论语</span>',
        ),
    ],
)
def test_marked_words_hold_emphasis_and_stand_in_it(text: str, expected: str) -> None:
    assert html(text) == f"<p>{expected}</p>"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("- ", ""),
        ("> ", ""),
        ("## ", ""),
        ("甲[^1]\n\n[^1]: ", ""),
        ("| ", " |\n|---|"),
        ("^[", "]"),
    ],
    ids=["list", "quotation", "subhead", "note", "table", "note in the line"],
)
def test_words_are_marked_in_every_kind_of_block(before: str, after: str) -> None:
    assert '<em class="dots">重</em>' in html(f"{before}[重]{{着重}}{after}")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[春]{首字}天来了", '<div class="drop-cap">春</div><p class="after-drop-cap">天来了</p>'),
        ("[春]{drop-cap}\n天", '<div class="drop-cap">春</div><p class="after-drop-cap">天</p>'),
        ("[“春]{首字}天”", '<div class="drop-cap">“春</div><p class="after-drop-cap">天”</p>'),
        (
            "[**春**]{首字}天",
            '<div class="drop-cap"><strong>春</strong></div><p class="after-drop-cap">天</p>',
        ),
    ],
)
def test_a_drop_cap_stands_before_its_paragraph(text: str, expected: str) -> None:
    assert html(text) == expected


def test_drop_cap_and_paragraph_both_know_their_line() -> None:
    [_, block] = composed("一\n\n[春]{首字}天").blocks
    assert block.html.count('data-at="body.yaml:3"') == 2
    assert block.place.line == 3


# What stays


@pytest.mark.parametrize(
    "text",
    ["[注]", "[注]{", "[注]{着重", "见[注]。", "[注] {甲}", "{着重}", "{首字: 甲}", "(见){name}"],
)
def test_brackets_or_braces_alone_are_text(text: str) -> None:
    assert html(text) == f"<p>{text}</p>"


@pytest.mark.parametrize("text", ["[甲]\\{着重}", "\\[甲]\\{着重}", "`[甲]{着重}`", "[甲]\\{dost}"])
def test_what_is_escaped_is_text(text: str) -> None:
    bare = re.sub(r"[`\\]", "", text)
    assert html(text) == f"<p>{bare}</p>"


def test_links_stay_links() -> None:
    assert html("[站](https://a.cn)") == '<p><a href="https://a.cn">站</a></p>'
    assert html("[[注]](https://a.cn)") == '<p><a href="https://a.cn">[注]</a></p>'


def test_footnotes_stay_footnotes() -> None:
    mark = '<sup class="note-mark"><a href="#p-note-1">1</a></sup>'
    assert html("[重]{着重}[^1]\n\n[^1]: 注").startswith(ZHONG.replace("</p>", f"{mark}</p>"))


# What a reader meets


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("会[重要]{着重}，[孔子]{专名}。", ["会重要，孔子。"]),
        ("去[北京]{拼音: běi jīng}了", ["去北京了"]),
        ("去[北京市]{拼音: běi jīng}了", ["去北京市了"]),
        ("green\n[growth]{着重}", ["green growth"]),
        ("绿色\n[北]{拼音: běi}", ["绿色北"]),
        ("[春]{首字}天来了", ["春", "天来了"]),
    ],
)
def test_marked_words_are_joined_to_their_neighbours(text: str, expected: list[str]) -> None:
    assert words(text) == expected


# What is refused


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("甲[x]{dost}", [("N215", 1, 2)]),
        ("甲[x]{dost}乙[x]{dost}", [("N215", 1, 2), ("N215", 1, 12)]),
        ("- 甲\n  乙\n  丙[x]{dost}", [("N215", 3, 4)]),
        ("甲[x]{dost}\n[x]{dost}", [("N215", 1, 2), ("N215", 2, 1)]),
        ("> 甲\n> 丙[x]{dost}", [("N215", 2, 4)]),
        ("甲\n\n## 丙[x]{dost}", [("N215", 3, 5)]),
        ("| 甲 | [x]{dost} |\n|---|---|", [("N215", 1, 7)]),
        ("| a\\|b [x]{dost} |\n|---|", [("N215", 1, 8)]),
        ("甲[^1]\n\n[^1]: 乙[x]{dost}", [("N215", 3, 8)]),
        ("一\n\n甲^[乙[x]{dost}]", [("N215", 3, 5)]),
        ("[x\ny]{dost}", [("N215", 1, 1)]),
        ("[x]{sidebar: a}", [("N215", 1, 1)]),
        ("[x]{}", [("N215", 1, 1)]),
        ("[a[b]{dost}c]{dots}", [("N215", 1, 3), ("N216", 1, 13)]),
        ("[a[b]{着重}c]{dost}", [("N215", 1, 11)]),
        ("[[x](https://a.cn)]{着重}", [("N216", 1, 19)]),
        ("[<https://a.cn>]{着重}", [("N216", 1, 1)]),
        ("[甲[^1]]{着重}\n\n[^1]: 注", [("N216", 1, 7)]),
        ("[甲[乙]{专名}]{着重}", [("N216", 1, 10)]),
        ("[甲[乙]{专名}](https://a.cn)", [("N216", 1, 3)]),
        ("[甲[乙]{拼音: yǐ}](https://a.cn)", [("N216", 1, 3)]),
        ("甲]{着重}", [("N216", 1, 2)]),
        ("甲[春]{首字}", [("N217", 1, 2)]),
        ("*[春]{首字}天*", [("N217", 1, 2)]),
        ("- [春]{首字}天", [("N217", 1, 3)]),
        ("> [春]{首字}天", [("N217", 1, 3)]),
        ("## [春]{首字}天", [("N217", 1, 4)]),
        ("| [春]{首字}天 |\n|---|", [("N217", 1, 3)]),
        ("甲[^1]\n\n[^1]: [春]{首字}天", [("N217", 3, 7)]),
        ("甲^[[春]{首字}天]", [("N217", 1, 4)]),
        ("[春]{首字}[夏]{首字}天", [("N217", 1, 8)]),
        ("[春夏秋]{首字}天", [("N217", 1, 1)]),
        ("[春]{首字}", [("N217", 1, 1)]),
        ("[春]{首字}[^1]\n\n[^1]: 注", [("N217", 1, 1)]),
        ("[]{着重}", [("N218", 1, 1)]),
        ("[ ]{着重}", [("N218", 1, 1)]),
        ("[甲]{拼音}", [("N218", 1, 1)]),
        ("[甲]{拼音: }", [("N218", 1, 1)]),
        ("[甲]{着重: jiǎ}", [("N218", 1, 1)]),
        ("[甲]{首字: jiǎ}乙", [("N218", 1, 1)]),
    ],
)
def test_what_cannot_be_marked_is_refused_at_its_place(
    text: str, expected: list[tuple[str, int, int]]
) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("甲[乙]｛着重｝", 4),
        ("甲[乙]{着重｝", 4),
        ("甲［乙］{着重}", 4),
        ("甲【乙】{拼音: yǐ}", 4),
        ("甲[乙] {着重}", 4),
        ("[乙](https://a.cn){着重}", 18),
        ("[乙]{着重}{拼音: yǐ}", 8),
        ("甲[^1]{着重}\n\n[^1]: 注", 6),
    ],
)
def test_what_was_meant_as_a_mark_is_not_printed_as_it_stands(text: str, column: int) -> None:
    [problem] = composed(text).problems
    assert (problem.code, problem.hint) == ("N214", "span")
    assert problem.place
    assert problem.place.column == column


def test_an_unknown_name_is_told_the_known_ones_and_the_nearest() -> None:
    [near] = composed("[x]{dost}").problems
    assert (near.hint, near.values["suggestion"]) == ("suggest", "dots")
    [far] = composed("[x]{甲乙丙丁}").problems
    assert far.hint == "default"
    for name in BY_NAME:
        assert name in str(near.values["names"])
        assert name in (far.hint_text("en") or "")


def test_a_problem_is_underlined_from_bracket_to_brace() -> None:
    [problem] = composed("甲[x]{dost}乙").problems
    assert problem.place
    assert (problem.place.column, problem.place.end_column) == (2, 11)


# Beyond the composition


def test_a_reading_needs_glyphs(tmp_path: Path) -> None:
    shop = Workshop(tmp_path)
    shop.write_article("[笑]{拼音: x\U0001f600}")
    [problem] = shop.problems()
    assert (problem.code, problem.values["character"]) == ("N601", "\U0001f600")


def test_a_rare_character_of_a_reading_brings_the_rest_of_a_font(tmp_path: Path) -> None:
    shop = Workshop(tmp_path)
    shop.write_article("[李]{拼音: 𠮷}")
    assert "unicode-range: U+20BB7" in shop.compose().stylesheets[-1].text


@pytest.mark.parametrize(
    "piece",
    ["[", "[甲]{着重}", "[甲]{dost}", "[甲]{", "]{dost}", "[甲] {着重}", "[春]{首字}", "[\\甲"],
)
def test_odd_marks_take_no_longer_than_other_text(piece: str) -> None:
    small, large = piece * 300, piece * 2400
    assert grows_linearly(lambda: composed(small), lambda: composed(large), 8)
    assert grows_linearly(
        lambda: [*excerpts(passage(small))], lambda: [*excerpts(passage(large))], 8
    )


# Laws

PIECES = [
    *"[]{}()*`\\:： 甲北a|>\n",
    *["[重]{", "]{", "](https://a.cn)", "[^1]", "^[", "{sidebar: a}", "\n\n", "\n\n[^1]: ", "- "],
    *[f"{{{name}}}" for name in BY_NAME],
    *["{拼音: a b}", "{ruby: a}", "<https://a.cn>", "｛着重｝", "&#x4e00;"],
]


@settings(max_examples=500, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
@example("[[北]{拼音: a}](https://a.cn)")
@example("[春]{首字}[春]{首字}")
def test_no_marks_whatever_break_the_composition(text: str) -> None:
    made = composed(text)
    ET.fromstring(f"<page>{''.join(b.html for b in made.blocks)}</page>")  # noqa: S314 - our own
    for problem in made.problems:
        assert problem.place
        assert 1 <= problem.place.line <= text.count("\n") + 1
        assert problem.message("en")
        assert problem.message("zh")
    shown = re.sub(r"\s", "", seen(made))
    assert re.sub(r"\s", "", "".join(w for b in made.blocks for w in b.fragments)) == shown


base = st.text("绿色发展ab，。《》&1 ", min_size=1, max_size=6).map(lambda text: f"甲{text}乙")
marked = st.tuples(base, st.sampled_from(["", *[n for k in KINDS[:4] for n in k.names]]))


@settings(max_examples=200, deadline=None)
@given(st.lists(marked, min_size=1, max_size=6), st.integers(1, 8))
def test_marks_change_no_word(parts: list[tuple[str, str]], syllables: int) -> None:
    reading = ": " + " ".join(["bei"] * syllables)
    text = ""
    for word, name in parts:
        ruby = reading if name in KINDS[3].names else ""
        text += f"[{word}]{{{name}{ruby}}}" if name else word
    plain = "".join(word for word, _ in parts)
    made = composed(text)
    assert made.problems == []
    assert seen(made) == plain
    assert words(text) == [plain]
    assert [excerpt.text for excerpt in excerpts(passage(text))] == [plain]
