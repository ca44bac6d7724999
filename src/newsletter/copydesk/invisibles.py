"""White and invisible characters that no one typed on purpose."""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsletter.copydesk.characters import LATIN
from newsletter.copydesk.finding import Finding
from newsletter.copydesk.manuscript import Manuscript

_WIDE = re.compile("\u3000+")
_ODD_SPACE = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f]+")
_ZERO_WIDTH = re.compile(
    "[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]+"
)
_LATIN = re.compile(f"[!-~\u00b5-\u00ff{LATIN}°℃Ω]")
# Scripts written from right to left, or joined: marks of direction and joiners are theirs.
_NEEDS_MARKS = re.compile(
    "[\u0590-\u08ff\u0900-\u0dff\ufb1d-\ufdff\ufe70-\ufefc\U0001f000-\U0001faff]"
)


def ideographic_space(copy: Manuscript) -> Iterator[Finding]:
    """Find U+3000, typed to indent a paragraph or to keep things apart.

    Source: CLREQ: the indent of two characters is set by the layout, not typed.
    In a heading one such space between two phrases is left alone.
    """
    for found in _WIDE.finditer(copy.text):
        start, end = found.span()
        indents = copy.at(start - 1) in ("", "\n")
        trails = copy.at(end) in ("", "\n")
        if not (indents or trails or copy.prose or end - start > 1):
            continue
        hint = "indent" if indents else "default"
        values = {"found": copy.around(start, end, 3).replace("\u3000", "□")}
        yield Finding("N415", start, end, values, "" if indents or trails else None, hint)


def invisible(copy: Manuscript) -> Iterator[Finding]:
    """Find no-break, thin and zero-width characters, soft hyphens and marks of direction.

    Source: Unicode Standard, general categories Zs and Cf; CLREQ sets gaps without them.
    A no-break or thin space inside Latin text or between the figures of a number is left
    alone (GB/T 15835-2011 divides long numbers by a thin space).
    """
    for found in _ODD_SPACE.finditer(copy.text):
        left, right = copy.at(found.start() - 1), copy.at(found.end())
        latin = _LATIN.match(left), _LATIN.match(right)
        if not (len(found.group()) == 1 and all(latin)):
            yield _unseen(found, " " if all(latin) else "")
    if _NEEDS_MARKS.search(copy.text):
        return
    for found in _ZERO_WIDTH.finditer(copy.text):
        yield _unseen(found, "")


def _unseen(found: re.Match[str], replacement: str) -> Finding:
    points = " ".join(f"U+{ord(c):04X}" for c in found.group()[:4])
    return Finding("N416", found.start(), found.end(), {"points": points}, replacement)
