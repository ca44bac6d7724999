"""Almost Markdown: told with the right form, and nothing else told."""

from __future__ import annotations

import pytest

from growth import grows_linearly
from newsletter.compose.markdown import compose
from running_text import composed, found, passage


@pytest.mark.parametrize(
    ("text", "place", "hint", "right"),
    [
        ("＃＃ 再让河床透气", (1, 1), "heading", "## 再让河床透气"),
        ("＃ 标题", (1, 1), "heading", "## 标题"),
        ("##　标题", (1, 1), "heading", "## 标题"),
        ("一段。\n###标题", (2, 1), "heading", "### 标题"),
        ("先＊＊截污＊＊。", (1, 2), "strong", "**截污**"),
        ("｜ 2014 ｜ 68 ｜", (1, 1), "row", "| 2014 | 68 |"),
        ("｜ 甲 ｜ 乙 ｜\n｜－－｜－－｜\n｜ 丙 ｜ 丁 ｜", (1, 1), "row", "| 甲 | 乙 |"),
        ("| 甲 | 乙 |\n|---|---|\n｜ 丙 ｜ 丁 ｜", (3, 1), "row", "| 丙 | 丁 |"),
        ("| 甲 | 乙 |\n|---|---|\n| 丙 ｜ 丁 |", (3, 5), "row", "| 丙 | 丁 |"),
        ("| 甲 | 乙 |\n｜——｜——｜\n| 丙 | 丁 |", (2, 1), "row", "|--|--|"),
        ("见[网站]（https://a.cn/x?a=1）。", (1, 2), "link", "[网站](https://a.cn/x?a=1)"),
        ("见[网站](https://a.cn）。", (1, 2), "link", "[网站](https://a.cn)"),
        ("见[网站] (www.a.cn)。", (1, 2), "link", "[网站](https://www.a.cn)"),
        ("| 甲 | 乙 |\n|---|\n| 丙 | 丁 |", (2, 1), "columns", "|---|---|"),
        ("| 甲 |\n|:--|--:|\n| 丙 |", (2, 1), "columns", "|---|"),
        ("见[网站](https://a.cn/b c)。", (1, 7), "space", "[网站](https://a.cn/b%20c)"),
        ("先截污［^1］。\n\n[^1]: 注", (1, 4), "note", "[^1]"),
        ("先截污[＾1]。\n\n[^1]: 注", (1, 4), "note", "[^1]"),
        ("！[]（bars）", (1, 1), "picture", "![](bars)"),
        ("！[](bars)", (1, 1), "picture", "![](bars)"),
        ("![]（bars）", (1, 1), "picture", "![](bars)"),
        ("-步道", (1, 1), "item", "- 步道"),
        ("有三处：\n-步道", (2, 1), "item", "- 步道"),
        ("- 护栏\n-步道", (2, 1), "item", "- 步道"),
        ("＞ 河在身边。", (1, 1), "quote", "> 河在身边。"),
        ("> 河在身边。\n> —何远", (2, 3), "by", "—— 何远"),
        ("> 河在身边。\n> -何远", (2, 3), "by", "—— 何远"),
        ("> 河在身边。\n> ― 何远", (2, 3), "by", "—— 何远"),
        ("> 河在身边。\n> - 何远", (2, 5), "by", "—— 何远"),
        ("> 河在身边。\n>\n> - 何远", (3, 5), "by", "—— 何远"),
        ("先~~截污~~清淤。", (1, 2), "struck", ""),
        ("含H~2~O", (1, 2), "index", "H₂"),
        ("共10^3^米", (1, 3), "index", "0³"),
        ("共10^-3^米", (1, 3), "power", ""),
        ("项目\t数量\n青砖\t120", (1, 1), "tabs", "| 项目 | 数量 |"),
        ("+----+----+\n| 甲 | 乙 |\n+----+----+", (1, 1), "frame", ""),
        ("- [ ] 截污", (1, 3), "task", "□ 截污"),
        ("- 截污\n- [x] 清淤", (2, 3), "task", "√ 清淤"),
        ("各地所用：\n青砖\t120万块\t陆慕", (2, 1), "tabs", "| 青砖 | 120万块 | 陆慕 |"),
        ("**先截污，后清淤。", (1, 1), "unclosed", ""),
        ("先截污**，后清淤。", (1, 4), "unclosed", ""),
        ("先**重要：**后清淤。", (1, 2), "unclosed", ""),
    ],
)
def test_what_is_almost_markdown_is_told_with_the_right_form(
    text: str, place: tuple[int, int], hint: str, right: str
) -> None:
    (problem,) = composed(text).problems
    assert problem.place is not None
    assert (problem.code, problem.hint) == ("N214", hint)
    assert (problem.place.line, problem.place.column) == place  # type: ignore[union-attr]
    assert problem.values["right"] == right
    assert right in str(problem.hint_text("zh"))


@pytest.mark.parametrize(
    ("text", "place", "right"),
    [
        ("箱子50*60*70厘米", (1, 3), "50×60×70"),
        ("先a*b*c", (1, 2), "a×b×c"),
        ("长3米*宽4米*高5米", (1, 2), "3米×宽4"),
        ("| 尺寸 |\n|---|\n| 2.5*3.5*4 |", (3, 3), "2.5×3.5×4"),
    ],
)
def test_a_product_whose_asterisks_would_be_lost_is_told(
    text: str, place: tuple[int, int], right: str
) -> None:
    (problem,) = composed(text).problems
    assert problem.code == "N222"
    assert (problem.place.line, problem.place.column) == place  # type: ignore[union-attr]
    assert problem.values["right"] == right


@pytest.mark.parametrize(
    "text",
    [
        "1. 甲\n2. 乙",
        "3. 甲\n4. 乙",
        "1. 甲\n1. 乙\n1. 丙",
        "1. 甲\n   1. 乙\n2. 丙",
        "甲\n\n3. 乙",
    ],
)
def test_a_list_that_counts_on_passes(text: str) -> None:
    assert found(text) == []


def test_an_item_that_gets_another_number_is_told() -> None:
    assert found("1. 甲\n2. 乙\n4. 丙\n5. 丁") == [("N223", 3, 1)]
    assert found("1. 甲\n2. 乙\n\n1. 丙\n2. 丁") == [("N223", 4, 1)]
    assert found("- 甲\n  1. 乙\n  3. 丙") == [("N223", 3, 3)]


def test_tildes_that_draw_a_sound_out_are_told_how_to_be_written() -> None:
    (problem,) = composed("好~~再见~~").problems
    assert (problem.code, problem.values["text"]) == ("N214", "~~再见~~")
    for language in ("en", "zh"):
        said = str(problem.hint_text(language))
        assert "～～" in said
        assert "\\~\\~" in said
    assert composed("好～～再见～～").problems == []
    assert composed("好\\~\\~再见\\~\\~").problems == []


@pytest.mark.parametrize(
    "text",
    [
        "数据＊、说明＊＊",
        "＊注：数据为初步统计。",
        "＊＊表示两年平均。",
        "一个*号，5*3",
        "电话138****1234",
        "系数0.35**，检验（2）**",
        "** 表示显著",
        "2**3",
        "价格-5元，-5℃到8℃",
        "-5℃到8℃",
        "北京\n-上海",
        "---\n\n甲",
        "#话题# 今天",
        "#话题",
        "＃话题＃今天",
        "第＃3号",
        "##话题##",
        "学会（https://a.cn）",
        "【网站】（https://a.cn）",
        "真好！[报名](https://a.cn)",
        "年报[1]（https://a.cn）",
        "主办｜承办｜协办",
        "｜专栏｜",
        "| 主办｜承办 | 乙 |\n|---|---|\n| 丙｜丁 | 戊 |",
        "＞5%的河段",
        "`＃＃ 码`与`**`",
        "\\*\\*甲，\\##乙，\\[丙]（https://a.cn）",
        "**甲**与**乙**，\n***丙***",
        "[**甲**](https://a.cn/**)",
        "> 河在身边。\n> —— 何远",
        "> 有两处：\n> - 护栏\n> - 步道",
        "> 河在身边，要留住的是：\n> - 护栏、步道、桥和河边的树，都是百年以前留下来的。",
        "好~~、1~2~3、10~20吨、a^2+b^2、`H~2~O`、\\~~x\\~~",
        "> 从2021\n> —2025年。",
        "> 河在身边。\n> ——何远",
        "电话：\t0512\\\n传真：\t0513",
        "o\t截污\no\t清淤",
        "截污\t清淤",
        "50\\*60\\*70、50×60、5*(3+2)*4、`2*3*4`、12*月*3日、A**重**B",
    ],
)
def test_what_only_looks_like_it_passes(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("1、截污；\n2、清淤；\n3、补水。", (2, 1)),
        ("1.截污\n2.清淤", (2, 1)),
        ("1. 截污\n2、清淤", (2, 1)),
        ("有三处：\n（1）截污\n（2）清淤", (2, 1)),
        ("①截污\n②清淤", (2, 1)),
        ("一、截污\n二、清淤", (2, 1)),
        ("有三处：\n• 截污\n• 清淤", (2, 1)),
        ("· 截污\n· 清淤", (2, 1)),
        ("•\t截污\n•\t清淤", (2, 1)),
        ("[1] 何远. 水坝[M]. 苏州, 2020.\n[2] 何近. 河道[J]. 水利, 2021.", (2, 1)),
        ("联系我们\n地址：苏州\n电话：0512-1234", (3, 1)),
        ("一、工程概况\n水坝于今年建成。", (2, 1)),
        ("（二）总体情况\n水坝于今年建成。", (2, 1)),
        ("第一章 总则\n水坝于今年建成。", (2, 1)),
    ],
)
def test_items_that_would_run_on_are_told(text: str, place: tuple[int, int]) -> None:
    (problem,) = composed(text).problems
    assert problem.place is not None
    assert (problem.code, problem.severity.name) == ("N220", "WARNING")
    assert (problem.place.line, problem.place.column) == place


@pytest.mark.parametrize(
    "text",
    [
        "1、截污\n\n2、清淤",
        "1. 截污\n2. 清淤",
        "其中包括\n（1）截污和（2）清淤",
        "会议结束。\n12、13日再开。",
        "增长明显。\n3.5亿元是新的。",
        "约翰\n·史密斯",
        "1、截污\\\n2、清淤",
        "一季度好。\n二、三季度也好。",
        "会议指出：要治水。\n会议强调：要清淤。",
        "地址：苏州\\\n电话：0512-1234",
        "他说：河\n清了。",
        "一、二季度的增长，\n是历年最快的。",
        "一、水坝建成之后的各项工作包括截污清淤补水以及沿岸\n步道的修建。",
        "见[1]\n和[2]。",
    ],
)
def test_lines_that_are_no_items_pass(text: str) -> None:
    assert found(text) == []


def test_a_subhead_told_already_is_not_missed_by_those_below_it() -> None:
    assert found("##先把\n\n### 再让") == [("N214", 1, 1)]
    assert found("＃＃ 先把\n\n### 再让") == [("N214", 1, 1)]


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("# 甲", "headline"),
        ("### 甲", "skipped"),
        ("#### 甲", "deep"),
        ("##\n\n甲", "empty"),
        ("## ##", "empty"),
    ],
)
def test_a_level_that_cannot_be_says_which_can(text: str, hint: str) -> None:
    assert [(p.code, p.hint) for p in composed(text).problems] == [("N204", hint)]


@pytest.mark.parametrize("part", ["**甲", "-步道\n", "[", "＊＊", "|甲｜", "`甲*", "~~甲", "a~2"])
def test_the_work_grows_with_the_text(part: str) -> None:
    def work(times: int) -> object:
        return compose.__wrapped__(passage(part * times), "p")

    assert grows_linearly(lambda: work(400), lambda: work(1600), 4)
