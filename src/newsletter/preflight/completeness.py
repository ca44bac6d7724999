"""N701: every word of the issue can be read in the PDF.

In: the finished file, the words that are expected with the part of the pages where they
belong, and the page on which each part begins. Out: a finding for each text not found, at
its line of YAML. White space does not count: lines and columns break it. Nor do hyphens, and
characters that share a glyph count as one: see `squeeze`.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from newsletter.diagnostics import Diagnostic

if TYPE_CHECKING:
    from newsletter.compose.galley import Expected

UNSEEN = re.compile(r"[\s\x02\u200b\u2060\ufeff\u00ad\ufffe\u2010-]+")
ALIKE = str.maketrans(
    {
        **dict.fromkeys("•‧・∙", "·"),
        **dict.fromkeys("‒", "–"),
        **dict.fromkeys("―", "—"),
        **dict.fromkeys("〜∼", "~"),
        "⋯": "...",
        "‵": "`",
        "∕": "/",
        "〴": "〳",
        **{chr(0x2780 + n): str(n + 1) for n in range(10)},  # ➀ to ➉, as NFKC makes of ①
        **{chr(0x278A + n): chr(0x2776 + n) for n in range(10)},  # ➊ to ➓
    }
)
"""Characters that have one glyph in the bundled fonts (their tables cmap), after NFKC."""

MOST_BREAKS = 4
LEAST_PIECE = 4
MOST_INITIALS = 3
"""Characters that `::first-letter` takes at most: a letter with marks before and after it."""
SHOWN = 40


def page_texts(data: bytes, numbers: Iterable[int] | None = None) -> list[str]:
    """Return what stands on each page within its trim as PDFium reads it, squeezed.

    Or on some, counted from 0. Those as builds write them are read by `placing`, to the same
    effect.
    """
    import pypdfium2

    pdf = pypdfium2.PdfDocument(data)
    try:
        texts = []
        for page in pdf if numbers is None else map(pdf.get_page, numbers):
            text_page = page.get_textpage()
            texts.append(squeeze(text_page.get_text_bounded(*page.get_trimbox())))
            text_page.close()
            page.close()
        return texts
    finally:
        pdf.close()


def squeeze(text: str) -> str:
    """Return a text as it is compared: folded, without white space, break marks and hyphens.

    PDFium gives U+0002 or U+FFFE for a hyphen at the end of a line. A PDF says of each glyph only
    one character (ToUnicode; ISO 32000-2:2020, 9.10.3), so that of two characters with one glyph
    all are read as the first.
    """
    return UNSEEN.sub("", unicodedata.normalize("NFKC", text).translate(ALIKE))


def missing_words(
    texts: Sequence[str],
    expected: Iterable[Expected],
    scopes: Sequence[str],
    starts: Mapping[str, int],
) -> list[Expected]:
    """Return the expected texts that their pages do not hold."""
    ranges = _ranges(scopes, starts, len(texts))
    missing = []
    for words in expected:
        first, last = ranges.get(words.scope, ranges[""])
        if not is_found(squeeze(words.fragment), texts[first : last + 1]):
            missing.append(words)
    return missing


def text_missing(words: Expected, texts: Sequence[str]) -> Diagnostic:
    """Return what is told of a text that is not in the file; `texts` are those of its pages."""
    values = {"text": shortened(words.fragment), "field": words.passage.field}
    return Diagnostic("N701", words.place, values, _why(squeeze(words.fragment), texts))


def shortened(text: str) -> str:
    """Return a text as messages show it."""
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"


def _why(words: str, pages: Sequence[str]) -> str:
    """Return which hint fits a text that was not found: perhaps only its initial is elsewhere.

    Where it stands whole, as in the contents or a running head, its rest says nothing.
    """
    others = [page for page in pages if words not in page]
    rests = [words[letters:] for letters in range(1, MOST_INITIALS + 1)]
    is_elsewhere = any(len(rest) >= LEAST_PIECE and is_found(rest, others) for rest in rests)
    return "initial" if is_elsewhere else "default"


def is_found(words: str, pages: Sequence[str]) -> bool:
    """Tell whether `words` stand on one page, or run on over consecutive ones."""
    if any(words in page for page in pages):
        return True
    return any(_runs_on(words, pages[index:]) for index in range(len(pages)))


def _runs_on(words: str, pages: Sequence[str]) -> bool:
    """Tell whether a beginning of `words` stands on the first page and the rest on the next ones.

    A piece has at least four characters, or begins its page: otherwise a short text that was
    left out would be put together from single characters of several pages.
    """
    for page, following in itertools.pairwise(pages[: MOST_BREAKS + 1]):
        head = _longest_head(words, page)
        if head < LEAST_PIECE:
            return False
        whole = min(head, len(words) - LEAST_PIECE)  # where to cut so that the rest is a piece
        if whole >= LEAST_PIECE and words[whole:] in following:
            return True
        if any(following.startswith(words[cut:]) for cut in range(max(whole, LEAST_PIECE), head)):
            return True
        if following.startswith(words[head:]):
            return True
        words = words[head:]
    return False


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
