"""Characters and words written twice by a slip of the fingers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsletter.copydesk.characters import all_han
from newsletter.copydesk.finding import Finding
from newsletter.copydesk.manuscript import Manuscript

# For each character: what may rightly stand before the two, and what may rightly follow them.
# 目的|的, 标的|的, 的|的士, 的|的黎波里; 不了|了, 了|了解; 求是|是, 是|是否; 实在|在, 在|在线.
_RIGHTLY: dict[str, tuple[str, str]] = {
    "的": ("目标有打之鹄靶众端中", "确士当卢黎里喀"),
    "了": ("不得明终罢私公未", "解结却断然悟无不如得事望愿账债之"),
    "是": ("求国于还但可只总凡就都正若要或而更尤既自仍老算像倒", "非否"),
    "在": ("存现所实潜内外好自健旨正", "建研线校场岗职编途册世握座先野逃押此内外华京"),
    "和": ("暖共中总饱柔温缓平调谐晴祥亲求议讲媾", "平谐解睦好气美声田县服约风合缓顺善煦蔼"),
    "与": ("参赠给付授相", "会日时生世此否其"),
    "及": ("以普涉波顾提埃遍论触危企", "时格其早物"),
    "对": ("一应针面相绝反成结核查校配敌", "方于外应象策话口照接标比立手华联称冲偶待"),
    "被": ("棉", "子褥告动害选单"),
    "把": ("一火拖", "关手握柄脉风持控"),
    "从": ("服跟随听自侍主", "业事而军来此前中属众容"),
    "向": ("方面导走动趋倾意取志定流风去朝偏内外转", "导往上前东西南北日阳来"),
    "由": ("自理缘事根", "此于来衷"),
    "而": ("因从然反进既幸时甚继故", "且后立今已"),
    "也": ("", "门"),
    "都": ("首古成京故旧国帝迁建东陪丰新", "市城江灵督匀"),
    "就": ("成造早俯迁将", "业近地是职学任医读此要餐寝"),
    "又": ("", ""),
    "或": ("抑", ""),
    "以": ("可所予加难足用给得借何", "色及下上后前内外来免往便致为人"),
    "于": ("由", "谦是右洪丹都田阗成"),
    "并": ("合兼吞火一", "购列存举行网入发轨"),
    "到": ("想谈说提看听", "位达来期场访底货港岸点账会"),
    "有": ("所国私公民固没只拥", "着轨关效利的机限力意序害些人条毒色无用益"),
    "这": ("", ""),
    "其": ("尤极与何莫耳", "他中余实次间格"),
    "们": ("哥爷姐", ""),
    "着": ("沉执衣穿", "手眼力重实陆火落想急色装"),
    "不": ("无毫莫", ""),
    "还": ("归偿返退", "款清贷债原"),
    "将": ("上中少大准名武老部", "军领士来帅近要"),
}
_TWICE = re.compile(f"([{''.join(_RIGHTLY)}])\\1")
# Words that no sentence needs twice running and that no boundary between two words can produce.
_WORDS = [
    "我们",
    "他们",
    "她们",
    "它们",
    "咱们",
    "你们",
    "这个",
    "那个",
    "这些",
    "那些",
    "这样",
    "那样",
    "因此",
    "所以",
    "但是",
    "而且",
    "并且",
    "以及",
    "或者",
    "由于",
    "因为",
    "如果",
    "虽然",
    "然而",
    "同时",
    "通过",
    "按照",
    "关于",
    "对于",
    "为了",
    "已经",
    "正在",
    "可以",
    "能够",
    "应该",
    "应当",
    "必须",
    "其中",
    "其他",
    "及其",
    "表示",
    "指出",
    "认为",
    "强调",
    "进行",
    "开展",
    "举行",
    "召开",
    "举办",
    "发布",
    "提出",
    "以来",
    "之间",
    "包括",
    "此外",
    "目前",
    "相关",
    "有关",
    "不断",
    "作为",
    "成为",
    "具有",
    "随着",
    "围绕",
    "来自",
    "一带一路",
    "进一步",
    "一系列",
    "共同体",
    "可持续",
]
# Written out, so that the engine can skip to the first characters of the words.
_WORD_TWICE = re.compile("|".join(word * 2 for word in _WORDS))
_SHORTEST, _LONGEST = 4, 10
_REDUPLICATED = re.compile("一|(.)\\1\\1|^(..)\\2$")


def characters(copy: Manuscript) -> Iterator[Finding]:
    """Find 的的, 了了, 是是 and the like, except where two words meet: 目的|的, 了|了解.

    Source: no standard; every sub-editor's list. The exceptions stand in the table.
    """
    for found in _TWICE.finditer(copy.text):
        before, after = _RIGHTLY[found[1]]
        left, right = copy.at(found.start() - 1), copy.at(found.end())
        if (left and left in before) or (right and right in after) or found[1] in (left, right):
            continue
        twice = left and left == copy.at(found.start() - 2)
        if twice or (right and right == copy.at(found.end() + 1)):
            continue  # 暖暖和和, 是是非非
        values = {"found": found.group(), "context": copy.around(*found.span())}
        yield Finding("N417", found.start(), found.end(), values)


def words(copy: Manuscript) -> Iterator[Finding]:
    """Find a word or phrase written twice running: 我们我们, 绿色发展绿色发展.

    Source: no standard; see `characters`. Short words come from a closed list, because
    Chinese doubles verbs and measure words on purpose (讨论讨论, 一步一步); longer runs may be
    any that are not themselves a doubling.
    """
    done = -1
    for start, end in sorted([*(m.span() for m in _WORD_TWICE.finditer(copy.text)), *_long(copy)]):
        if start > done:  # 我们我们我们我们 is one slip
            yield _twice(copy, start, end)
        done = max(done, end)


def _long(copy: Manuscript) -> Iterator[tuple[int, int]]:
    for start, end in _runs_twice(copy.text):
        run = copy.text[start : (start + end) // 2]
        if all_han(run) and not _REDUPLICATED.search(run):
            yield start, end


def _runs_twice(text: str) -> Iterator[tuple[int, int]]:
    """Yield where four to ten characters stand twice running.

    The second of the two begins with the same four characters as the first; so it is enough
    to remember where each four were seen last, and where none are twice there is no such place.
    """
    last = len(text) - _SHORTEST + 1
    if len({text[at : at + _SHORTEST] for at in range(last)}) == max(last, 0):
        return
    seen: dict[str, int] = {}
    done = 0
    for at in range(last):
        four = text[at : at + _SHORTEST]
        start, seen[four] = seen.get(four, -1), at
        end = 2 * at - start
        if (
            done <= start <= at - _SHORTEST
            and at - start <= _LONGEST
            and text[start:at] == text[at:end]
        ):
            yield start, end
            done = end


def _twice(copy: Manuscript, start: int, end: int) -> Finding:
    values = {"found": copy.text[start:end], "context": copy.around(start, end)}
    return Finding("N418", start, end, values)
