"""Mending: almost Markdown is made Markdown where nothing else can be meant, and only there."""

from __future__ import annotations

from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsletter.compose.mending import mended
from newsletter.sources import edited
from running_text import composed, passage


def right(text: str) -> str:
    return edited(text, chain(*mended(passage(text))))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("＃＃ 再让河床透气\n\n文", "## 再让河床透气\n\n文"),
        ("##　标题", "## 标题"),
        ("一段。\n##标题", "一段。\n## 标题"),
        ("## 甲\n\n＃＃＃ 乙", "## 甲\n\n### 乙"),
        ("先＊＊截污＊＊。", "先**截污**。"),
        ("- 甲＊＊乙＊＊\n  丙＊＊丁＊＊", "- 甲**乙**\n  丙**丁**"),
        ("> ＊＊甲＊＊乙", "> **甲**乙"),
        ("｜ 甲 ｜ 乙 ｜\n｜：－｜－：｜\n｜ 丙 ｜ 丁 ｜", "| 甲 | 乙 |\n|:-|-:|\n| 丙 | 丁 |"),
        (
            "| 甲 | 乙 |\n|---|---|\n｜ 丙 ｜ 丁 ｜\n｜ 丙 ｜ 丁 ｜",
            "| 甲 | 乙 |\n|---|---|\n| 丙 | 丁 |\n| 丙 | 丁 |",
        ),
        ("| 甲 | 乙 |\n｜——｜——｜\n| 丙 | 丁 |", "| 甲 | 乙 |\n|--|--|\n| 丙 | 丁 |"),
        ("见[网站]（https://a.cn/x?a=1）。", "见[网站](https://a.cn/x?a=1)。"),
        ("见[网站](https://a.cn）。", "见[网站](https://a.cn)。"),
        ("见[网站] (mailto:a@a.cn)。", "见[网站](mailto:a@a.cn)。"),
        ("！［］（bars）", "![](bars)"),
        ("![]（ bars ）", "![](bars)"),
        ("- 护栏\n-步道", "- 护栏\n- 步道"),
        ("＞　河在身边。\n＞ —— 某人", "> 河在身边。\n> —— 某人"),
        ("｛sidebar：box｝", "{sidebar: box}"),
        ("[会议]｛着重｝和［北京］ {拼音：běi jīng}", "[会议]{着重}和[北京]{拼音：běi jīng}"),
        ("＊＊甲＊＊，＊＊乙：＊＊丙\n\n＊＊丁＊＊", "**甲**，＊＊乙：＊＊丙\n\n**丁**"),
    ],
)
def test_what_is_meant_without_doubt_is_written_so(text: str, expected: str) -> None:
    problems = [p.code for p in composed(expected).problems if "：" not in expected]
    assert (right(text), right(expected), problems) == (expected, expected, [])


@pytest.mark.parametrize(
    "text",
    [
        "＃ 标题",
        "＃＃＃＃ 标题",
        "＃＃＃ 没有上级",
        "一段，\n##标题",
        "先＊＊截污：＊＊后清淤。",
        "系数0.35＊＊和0.41＊＊",
        "甲＊＊乙＊＊丙＊＊",
        "＊＊，甲＊＊",
        "**甲＊＊",
        "**先截污，后清淤。",
        "｜ 2014 ｜ 68 ｜",
        "｜ 甲 ｜ 乙 ｜\n｜－－｜\n｜ 丙 ｜ 丁 ｜",
        "| 甲 ｜ 乙 |\n|---|---|\n| 丙 | 丁 |",
        "| 甲 | 乙 |\n|---|---|\n| 丙 ｜ 丁 |",
        "| 甲 | 乙 |\n|---|---|\n｜ 丙 ｜ 丁 ｜ 戊 ｜",
        "见[网站]（www.a.cn）。",
        "见[网站]（https://a.cn，2021年）。",
        "见[网站]（https://a.cn/路）。",
        "![桥]（bars）",
        "一段。\n！[]（bars）",
        "-步道",
        "有三处：\n-步道",
        "＞五成的河段达标。",
        "＞ 河在身边。\n某人说",
        "{sidebar： box",
        "【会议】｛着重｝",
        "[会[议]]｛着重｝",
        "[会议](https://a.cn){着重}",
        "\\＊＊甲＊＊乙＊＊",
    ],
)
def test_what_might_be_meant_otherwise_is_told_and_left(text: str) -> None:
    assert right(text) == text
    assert "N214" in [problem.code for problem in composed(text).problems]


@given(
    st.text(st.sampled_from(list("甲乙＊*＃# ｜|－-\n（）[]［］！!：:{}｛｝＞>。")), max_size=40)
)
def test_mending_twice_changes_nothing_and_tells_nothing_new(text: str) -> None:
    before = [problem.code for problem in composed(text).problems]
    once = text
    for _ in range(5):
        once = right(once)
    after = [problem.code for problem in composed(once).problems]
    assert right(once) == once
    assert sorted(code for code in before if code != "N214") == sorted(
        code for code in after if code != "N214"
    )
    assert len(after) <= len(before)
