"""N701: every word of the issue can be read in the PDF.

In: the finished file, the words that are expected with the part of the pages where they
belong, and the page on which each part begins. Out: a finding for each text not found, at
its line of YAML. White space does not count: lines and columns break it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from newsletter.compose.galley import Expected
from newsletter.diagnostics import Diagnostic

SPACE = re.compile(r"[\s\u200b\u2060\ufeff\u00ad]+")
MOST_BREAKS = 4
SHOWN = 40


def page_texts(data: bytes) -> list[str]:
    """Return the text of each page without white space, in the order in which it was set."""
    import pypdfium2

    pdf = pypdfium2.PdfDocument(data)
    try:
        texts = []
        for page in pdf:
            text_page = page.get_textpage()
            texts.append(squeeze(text_page.get_text_range()))
            text_page.close()
            page.close()
        return texts
    finally:
        pdf.close()


def squeeze(text: str) -> str:
    """Return a text without white space and invisible break marks."""
    return SPACE.sub("", text)


def missing_text(
    texts: Sequence[str],
    expected: Iterable[Expected],
    scopes: Sequence[str],
    starts: Mapping[str, int],
) -> list[Diagnostic]:
    """Return a finding for each expected text that its pages do not hold."""
    ranges = _ranges(scopes, starts, len(texts))
    findings = []
    for words in expected:
        first, last = ranges.get(words.scope, (0, -1))
        if not is_found(squeeze(words.fragment), texts[first : last + 1]):
            text = words.fragment if len(words.fragment) <= SHOWN else f"{words.fragment[:SHOWN]}…"
            values = {"text": text, "field": words.passage.field}
            findings.append(Diagnostic("N701", words.place, values))
    return findings


def is_found(words: str, pages: Sequence[str]) -> bool:
    """Tell whether `words` stand on one page, or run on over consecutive ones."""
    return any(_runs_on(words, pages[index:], MOST_BREAKS) for index in range(len(pages)))


def _runs_on(words: str, pages: Sequence[str], breaks: int) -> bool:
    if not pages or words in pages[0]:
        return bool(pages)
    if breaks == 0:
        return False
    head = _longest_head(words, pages[0])
    return head > 0 and _runs_on(words[head:], pages[1:], breaks - 1)


def _longest_head(words: str, page: str) -> int:
    """Return the length of the longest beginning of `words` that the page holds."""
    low, high = 0, len(words)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if words[:middle] in page else (low, middle - 1)
    return low


def _ranges(
    scopes: Sequence[str], starts: Mapping[str, int], count: int
) -> dict[str, tuple[int, int]]:
    """Return first and last page of each part: from its anchor to the next part's."""
    ranges = {"": (0, count - 1)}
    known = [scope for scope in scopes if scope in starts]
    for index, scope in enumerate(known):
        following = known[index + 1 :]
        last = starts[following[0]] if following else count - 1
        if scope.startswith("section-"):
            after = [s for s in following if s.startswith("section-")]
            last = starts[after[0]] if after else count - 1
        ranges[scope] = (starts[scope], max(last, starts[scope]))
    return ranges
