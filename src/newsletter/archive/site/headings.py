"""Headings on the screen: where their lines may end, by meaning.

In: a heading. Out: HTML in which a line may end at the places that a sub-editor would choose
(`newsletter.typesetting.phrases`), for a style that forbids all others (`word-break: keep-all`);
a heading that is still too long for a small screen breaks anywhere.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markupsafe import Markup


@functools.lru_cache(maxsize=256)
def phrased(text: str) -> Markup:
    """Return a heading as HTML, with a `wbr` where its meaning allows the end of a line."""
    from markupsafe import Markup, escape

    from newsletter.typesetting.characters import kinds_of
    from newsletter.typesetting.phrases import COMPOUND, break_costs

    costs = break_costs(list(text), kinds_of(text))
    ends = [k for k, cost in enumerate(costs) if cost <= COMPOUND and 0 < k + 1 < len(text)]
    starts = [0, *(end + 1 for end in ends)]
    parts = [text[a:b] for a, b in zip(starts, [*starts[1:], len(text)], strict=True)]
    return Markup("<wbr>").join(escape(part) for part in parts)
