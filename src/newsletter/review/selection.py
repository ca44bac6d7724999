"""Pages as people name them: `3`, `1-4,7`, `all`.

In: what was typed, how many pages there are. Out: page numbers from 1, each once, in order;
`Refused` when one of them is no page of the issue.
"""

from __future__ import annotations

import re

from newsletter.diagnostics import Diagnostic, Refused

ALL = "all"
RANGE = re.compile(r"\s*(\d{1,6})\s*(?:[-–—]\s*(\d{1,6})\s*)?")
COMMAS = re.compile(r"[,，、]")


def pages_named(text: str, count: int, issue_id: str) -> list[int]:
    """Return the numbers of the pages that a text names; raises `Refused`."""
    if text.strip() == ALL:
        return list(range(1, count + 1))
    found: set[int] = set()
    for part in COMMAS.split(text):
        match = RANGE.fullmatch(part)
        first = int(match[1]) if match else 0
        last = int(match[2] or first) if match else 0
        if not 1 <= first <= last <= count:
            values = {"pages": part.strip() or text, "issue": issue_id, "count": count}
            raise Refused([Diagnostic("N753", None, values)])
        found.update(range(first, last + 1))
    return sorted(found)
