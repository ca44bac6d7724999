"""Running text to blocks: constructs, places, words, and what is refused."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from running_text import composed, found, html, seen, words

# Constructs


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("一段。\n\n二段。", "<p>一段。</p><p>二段。</p>"),
        ("## 小标题\n\n### 更小", "<h3>小标题</h3><h4>更小</h4>"),
        ("- 甲\n- 乙", "<ul><li>甲</li><li>乙</li></ul>"),
        ("- 甲\n  - 乙\n- 丙", "<ul><li>甲<ul><li>乙</li></ul></li><li>丙</li></ul>"),
        ("1. 一\n2. 二", "<ol><li>一</li><li>二</li></ol>"),
        ("3. 三", '<ol start="3" style="counter-reset: list-item 2"><li>三</li></ol>'),
        ("- 一段\n\n  二段", "<ul><li>一段<br/>二段</li></ul>"),
        ("- 甲\n\n- 乙", "<ul><li>甲</li><li>乙</li></ul>"),
        ("**重**与*轻*", "<p><strong>重</strong>与<em>轻</em></p>"),
        ("行末  \n换行", "<p>行末<br/>换行</p>"),
        ("甲\n\n---\n\n乙", "<p>甲</p><hr/><p>乙</p>"),
        ("    缩进不是代码", "<p>缩进不是代码</p>"),
        ("[注]: 以上为初步数据", "<p>[注]: 以上为初步数据</p>"),
        ("[站](https://a.cn/?a=1&b=2)", '<p><a href="https://a.cn/?a=1&amp;b=2">站</a></p>'),
        ("<https://a.cn/x>", '<p><a href="https://a.cn/x">https://a.cn/x</a></p>'),
        ("[信](mailto:a@b.cn)", '<p><a href="mailto:a@b.cn">信</a></p>'),
        ("[**粗**的](https://a.cn)", '<p><a href="https://a.cn">粗的</a></p>'),
        ("**[粗](https://a.cn)**", '<p><strong><a href="https://a.cn">粗</a></strong></p>'),
        ("3 < 4 & 5 > 2", "<p>3 &lt; 4 &amp; 5 &gt; 2</p>"),
        ("&lt;b&gt; &copy;", "<p>&lt;b&gt; ©</p>"),
        ("`<script>`", "<p>&lt;script&gt;</p>"),
    ],
)
def test_each_construct_becomes_its_element(text: str, expected: str) -> None:
    assert html(text) == expected


def test_a_table_keeps_the_alignment_of_its_columns() -> None:
    row = '<td>甲</td><td class="align-left">乙</td><td class="align-center">丙</td>'
    text = "| 甲 | 乙 | 丙 | 丁 |\n|---|:---|:---:|---:|\n| 甲 | 乙 | 丙 | 丁 |"
    assert f'<tbody><tr>{row}<td class="align-right">丁</td></tr></tbody>' in html(text)
    assert words(text) == [*"甲乙丙丁"] * 2


def test_a_row_with_too_few_cells_is_filled_up_and_told() -> None:
    made = composed("| 甲 | 乙 |\n|---|---|\n| 丙 |")
    assert made.blocks[0].html.endswith("<td>丙</td><td></td></tr></tbody></table>")
    (problem,) = made.problems
    assert (problem.code, problem.values["count"], problem.values["total"]) == ("N219", 1, 2)


def test_a_footnote_is_marked_and_follows_the_text() -> None:
    assert html("正文[^甲]。\n\n[^甲]: 注文") == (
        '<p>正文<sup class="note-mark"><a href="#p-note-1">1</a></sup>。</p>'
        '<ol class="notes"><li id="p-note-1">注文</li></ol>'
    )


def test_a_footnote_of_two_paragraphs_stays_one_item() -> None:
    assert html("文[^1]\n\n[^1]: 甲\n\n    乙").endswith('<li id="p-note-1">甲<br/>乙</li></ol>')


@pytest.mark.parametrize(
    "text",
    [
        "**问：河清了吗？**",
        "**河清了吗？**",
        "问：河清了吗。",
        "**河*清*了？**",
    ],
)
def test_a_question_of_an_interview_is_marked(text: str) -> None:
    assert html(text).startswith('<p class="question">')


@pytest.mark.parametrize(
    "text",
    [
        *("**河清了。**", "河清了吗？", "**河**清了吗？", "**河**清了**吗？**", "- **河清了吗？**"),
        *("## **河清了吗？**", "他问：河清了吗？", "答：清了。"),
    ],
)
def test_what_only_asks_is_no_question_of_an_interview(text: str) -> None:
    assert "question" not in html(text)


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        ("https://www.example.org/reports/2021/", ' class="address"'),
        ("见 <https://www.example.org/reports/2021/>", ' class="address"'),
        ("someone.else@department.example.org", ' class="address"'),
        ("[网站](https://www.example.org/reports/2021/)", ""),
        ("www.example.org", ""),
        ("Internationalisierungsfragen", ""),
        ("报告全文已在网站公布，欢迎各界查阅并提出意见：https://example.org/reports/", ""),
    ],
)
def test_a_cell_that_is_a_long_address_says_so(cell: str, kind: str) -> None:
    assert f"<td{kind}>" in html(f"| 甲 |\n|---|\n| {cell} |")


def test_a_cell_that_is_a_long_address_keeps_its_alignment() -> None:
    made = html("| 甲 |\n|--:|\n| https://www.example.org/reports/2021/ |")
    assert '<td class="address align-right">' in made


def test_each_item_of_a_list_knows_its_line() -> None:
    made = composed("- 一\n- 二\n  - 三\n")
    assert re.findall(r'data-at="body.yaml:(\d)"', made.blocks[0].html) == ["1", "1", "2", "3"]


def test_a_pull_quote_ends_with_its_attribution() -> None:
    quote = '<blockquote class="pull-quote"><p>引文</p><p class="by">——某人</p></blockquote>'
    assert html("> 引文\n> ——某人") == quote
    assert html("> 引文\n>\n> ——某人") == quote


def test_a_quotation_that_begins_with_a_dash_is_no_attribution() -> None:
    assert html("> ——自有答案") == '<blockquote class="pull-quote"><p>——自有答案</p></blockquote>'


def test_a_pull_quote_in_a_list_is_whole() -> None:
    quote = '<blockquote class="pull-quote"><p>引文</p><p class="by">——某人</p></blockquote>'
    assert html("- > 引文\n  > ——某人") == f"<ul><li>{quote}</li></ul>"


def test_a_dash_outside_a_quotation_signs_nothing() -> None:
    assert html("正文\n——破折号") == "<p>正文——破折号</p>"
    assert html("> - 一\n>   ——二") == (
        '<blockquote class="pull-quote"><ul><li>一——二</li></ul></blockquote>'
    )


def test_a_picture_and_a_sidebar_stand_where_they_are_placed() -> None:
    made = composed("前\n\n![](dam)\n\n{sidebar: facts_of_note}\n\n后")
    assert [(b.kind, b.ref, b.html) for b in made.blocks[1:3]] == [
        ("picture", "dam", ""),
        ("sidebar", "facts_of_note", ""),
    ]
    assert made.problems == []


def test_code_that_looks_like_a_sidebar_is_text() -> None:
    assert html("`{sidebar: a}`") == "<p>{sidebar: a}</p>"


# Lines and words


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("绿色\n发展", "绿色发展"),
        ("green\ngrowth", "green growth"),
        ("在 COP15\n上", "在 COP15上"),
        ("绿色\nCOP15", "绿色COP15"),
        ("**绿色**\n发展", "绿色发展"),
        ("says “green”\nand", "says “green” and"),
    ],
)
def test_a_soft_break_is_a_space_between_latin_only(text: str, joined: str) -> None:
    assert words(text) == [joined]
    assert seen(composed(text)) == joined


def test_a_footnote_mark_parts_the_words_around_it() -> None:
    assert words("[^1]前[^1]后\n\n[^1]: 注") == ["前", "后", "注"]


def test_emphasis_does_not_part_words() -> None:
    assert words("绿*色*发**展**") == ["绿色发展"]


# Places


def test_each_block_knows_its_line() -> None:
    text = "一[^1]\n\n## 二\n\n- 三\n- 四\n\n> 五\n\n| 六 |\n|---|\n\n![](a)\n\n[^1]: 七"
    made = composed(text)
    assert [b.kind for b in made.blocks] == [
        *["text", "heading", "text", "quote", "text", "picture", "notes"],
    ]
    assert [b.place.line for b in made.blocks] == [1, 3, 5, 8, 10, 13, 15]
    assert 'data-at="body.yaml:5"' in made.blocks[2].html


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("一\n\n<div>二</div>", [("N201", 3, 1)]),
        ("一<br>二", [("N201", 1, 2)]),
        ("- 一\n\n  <b>\n", [("N201", 3, 3)]),
        ("一<!-- 批注 -->", [("N201", 1, 2)]),
        ("一<b>二</b>三</i>", [("N201", 1, 2), ("N201", 1, 11)]),
        ("# 一", [("N204", 1, 1)]),
        ("#### 一", [("N204", 1, 1)]),
        ("### 跳级", [("N204", 1, 1)]),
        ("一\n===", [("N204", 1, 1)]),
        ("甲\n\n结束。\n---\n\n来源", [("N204", 3, 1)]),
        ("一![](a)二", [("N205", 1, 2)]),
        ("![](a)\n![](b)", [("N205", 1, 1), ("N205", 2, 1)]),
        ("- ![](a)", [("N205", 1, 3)]),
        ("## ![](a)", [("N205", 1, 4)]),
        ("| ![](a) |\n|---|", [("N205", 1, 3)]),
        ("一\n{sidebar: a}二", [("N205", 2, 1)]),
        ("[站](a.html)", [("N206", 1, 5)]),
        ("[站](javascript:alert)", [("N206", 1, 5)]),
        ("[站](file:///etc/passwd)", [("N206", 1, 5)]),
        ("一[站]()", [("N206", 1, 4)]),
        ("![图说](a)", [("N212", 1, 3)]),
        ('![](a "题")', [("N212", 1, 8)]),
        ('[站](https://a.cn "题")', [("N212", 1, 19)]),
        ("一\n\n[^1]: 没有引用", [("N212", 3, 1)]),
        ("一[^1]\n\n[^1]: 甲\n[^1]: 乙", [("N212", 4, 1)]),
        ("| 甲 |\n|---|\n| 乙 | 丙 |", [("N212", 3, 7)]),
        ("> | 甲 |\n> |---|\n> | 乙 | 丙 |", [("N212", 3, 9)]),
        ("- | 甲 | 乙 |\n  |---|---|\n  | 丙 | 丁 |", []),
        ("| 甲 | 乙 |\n|---|---|\n| 丙 |\n| 丁 | 戊 |\n| 己 | |\n庚 | 辛", [("N219", 3, 1)]),
        ("> | 甲 | 乙 |\n> |---|---|\n> | 丙", [("N219", 3, 3)]),
        ("- | 甲 | 乙 |\n  |---|---|\n  | a\\|b |", [("N219", 3, 3)]),
        ("| 甲 | 乙 |\n|---|---|\n丙", [("N219", 3, 1)]),
        ("| 甲 | 乙 |\n|---|---|\n| 丙 ｜ 丁 |", [("N214", 3, 5)]),
        ("一[^1]", [("N213", 1, 2)]),
        ("一［^1］\n\n[^1]: 甲", [("N214", 1, 2)]),
        ("##小标题", [("N214", 1, 1)]),
        ("一\n\n{sidebar:}", [("N214", 3, 2)]),
        ("| 甲 | 乙 |\n| 丙 | 丁 |", [("N214", 1, 1)]),
    ],
)
def test_what_running_text_may_not_hold_is_refused_at_its_place(
    text: str, expected: list[tuple[str, int, int]]
) -> None:
    assert found(text) == expected


def test_a_paragraph_taken_for_a_row_is_told_so() -> None:
    table = "| 甲 | 乙 |\n|---|---|\n"
    hints = [composed(table + row).problems[0].hint for row in ("丙", "| 丙 |")]
    assert hints == ["below", "default"]


@pytest.mark.parametrize("text", ["\\[^1]", "`[^1]`", "a < b", "| 甲 |\n|---|\n| \\| |", "{边栏}"])
def test_what_only_looks_wrong_passes(text: str) -> None:
    assert found(text) == []


# Laws

MARKUP = [
    *"#*_`[]()!<>|-+=\\&;:{}^~\"'1. \n\t甲a",
    *["\n\n", "  \n", "[^1]", "[^1]: ", "^[", "![](", "| - |", "&#x4e00;", "{sidebar: a}"],
    *["——", "> ", "- ", "## ", "https://", "<b>", "---"],
]
anything = st.lists(st.sampled_from(MARKUP), max_size=40).map("".join) | st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=60
)


@settings(max_examples=300, deadline=None)
@given(anything)
def test_no_text_whatever_breaks_the_composition(text: str) -> None:
    made = composed(text)
    root = "".join(block.html for block in made.blocks)
    ET.fromstring(f"<page>{root}</page>")  # noqa: S314 - our own HTML
    for thing in [*made.blocks, *made.problems]:
        assert thing.place is not None
        assert 1 <= thing.place.line <= text.count("\n") + 1
    shown = re.sub(r"\s", "", seen(made))
    assert re.sub(r"\s", "", "".join(w for b in made.blocks for w in b.fragments)) == shown


plain = st.text("绿色发展会议一二三ab, ，。“”《》&<1.", min_size=1, max_size=12).map(
    lambda text: f"甲{text}乙".replace("<b", "b").replace("<a", "a")
)
WRAPPINGS: list[Callable[[str], str]] = [
    lambda text: f"- {text}",
    lambda text: f"1. {text}",
    lambda text: f"> {text}",
    lambda text: f"- > {text}",
    lambda text: f"- 丙\n\n  {text}",
    lambda text: f"**{text}**",
    lambda text: f"*{text}*",
    lambda text: f"[{text}](https://a.cn)",
    lambda text: f"## {text}",
    lambda text: f"| {text} |\n|---|\n| {text} |",
    lambda text: f"丙[^1]\n\n[^1]: {text}",
    lambda text: f"丙\n{text}\n丁",
]


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from(WRAPPINGS), plain), min_size=1, max_size=5))
def test_what_is_not_refused_is_on_the_page_word_for_word(
    parts: list[tuple[Callable[[str], str], str]],
) -> None:
    notes = [index for index, (wrap, _) in enumerate(parts) if wrap is WRAPPINGS[10]]
    parts = [part for index, part in enumerate(parts) if index not in notes[1:]]
    made = composed("\n\n".join(wrap(text) for wrap, text in parts))
    assert {problem.code for problem in made.problems} <= {"N204"}
    bare = re.sub(r"\s", "", seen(made))
    fragments = [re.sub(r"\s", "", w) for block in made.blocks for w in block.fragments]
    for _, text in parts:
        squeezed = re.sub(r"\s", "", text)
        assert squeezed in bare
        assert any(squeezed in fragment for fragment in fragments)
