"""Stops in the wrong place: doubled, in collision, superfluous between titles, or missing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsletter.copydesk.characters import is_han
from newsletter.copydesk.finding import Finding
from newsletter.copydesk.manuscript import Manuscript

# 。。。 is an ellipsis in the making; ！！ and ？？ are allowed (4.2, 4.3), as are ？！ and ！？.
_DOUBLED = re.compile("，{2,}|、{2,}|；{2,}|：{2,}|(?<!。)。。(?!。)")
_COLLIDING = re.compile(
    "(?P<pair>，[。、；：？！]|、[，。；：？！]|；[，。、：？！]|：[，。、；？！]|。[，、；：？！]|[？！][，、；：。])"
    "|(?P<around>。[”’」』]。)"
    "|(?P<opened>[“‘（《「『【][，。、；：])(?![”’）》」』】])"
    r"|(?P<first>\A[，。、；：？！])(?=.)"
)
_BETWEEN_TITLES = re.compile("(?<=》)、(?=《)|(?<=”)、(?=“)")
_PARAGRAPH = re.compile(r"[^\n]+(?:\n(?![ \t]*\n)[^\n]+)*")
_LONG_ENOUGH = 30


def doubled(copy: Manuscript) -> Iterator[Finding]:
    """Find the same stop twice.

    Source: GB/T 15834-2011, 4.1 and 4.4 to 4.7: these stops are single marks.
    """
    for found in _DOUBLED.finditer(copy.text):
        mark = found.group()[0]
        values = {"found": found.group(), "wanted": mark}
        yield Finding("N419", found.start(), found.end(), values, mark)


def colliding(copy: Manuscript) -> Iterator[Finding]:
    """Find two stops in a row, a stop after an opening mark, a stop at the very beginning.

    Source: GB/T 15834-2011, 5.1: a stop follows the words it belongs to and never begins a
    line; 4.1 to 4.7 give each pause one stop.
    """
    alone = set(copy.pairing.unclosed)
    for found in _COLLIDING.finditer(copy.text):
        start, end = found.span()
        if found.lastgroup == "opened" and start in alone:
            continue
        values = {"found": found.group(), "context": copy.around(start, end)}
        yield Finding("N420", start, end, values, hint=found.lastgroup)


def between_titles(copy: Manuscript) -> Iterator[Finding]:
    """Find 、 between two titles or two quotations: 《…》、《…》.

    Source: GB/T 15834-2011, 4.5.3.5: usually none is used, unless something stands between.
    A series in which something does stand between keeps all its 、 and is left alone.
    """
    if re.search("[》”]（[^（）]{0,40}）、|[》”][^》”，。；、]{1,20}、[《“]", copy.text):
        return
    for found in _BETWEEN_TITLES.finditer(copy.text):
        start, end = found.span()
        yield Finding("N421", start, end, {"found": copy.around(start, end, 3)}, hint="default")


def missing(copy: Manuscript) -> Iterator[Finding]:
    """Find a paragraph of thirty Chinese characters or more that ends without a stop.

    Source: GB/T 15834-2011, 4.1, 4.2 and 4.3: a sentence ends with 。, ？ or ！. The number
    thirty is ours: shorter paragraphs are labels, signatures and lines of verse.
    """
    if not copy.prose:
        return
    for paragraph in _PARAGRAPH.finditer(copy.text):
        text = paragraph.group().rstrip()
        last = text[-2:].rstrip("”’》")[-1:]
        if is_han(last) and sum(map(is_han, text)) >= _LONG_ENOUGH:
            end = paragraph.start() + len(text)
            yield Finding("N422", end - 1, end, {"found": text[-8:]})
