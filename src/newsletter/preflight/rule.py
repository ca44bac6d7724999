"""What a rule of preflight is, and what it says of a file.

A rule is one module of `preflight/rules`. It holds `RULE`: the code under which the catalogue
has its sentence, the profiles that ask for it, its threshold in words, the clause it comes from,
and the function that looks. A rule yields a `Diagnostic` for each thing it finds and a
`NotChecked` for what it could not look at: that is never counted as passed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Literal

from msgspec import Struct

from newsletter.diagnostics import Diagnostic
from newsletter.preflight.conditions import Conditions
from newsletter.preflight.document import Document

Profile = Literal["press-coated", "press-uncoated", "screen", "archive"]
PROFILES: tuple[Profile, ...] = ("press-coated", "press-uncoated", "screen", "archive")
PRESS: frozenset[Profile] = frozenset({"press-coated", "press-uncoated"})
TAGGED: frozenset[Profile] = frozenset({"screen", "archive"})
ARCHIVE: frozenset[Profile] = frozenset({"archive"})
EVERY: frozenset[Profile] = PRESS | TAGGED


class NotChecked(Struct, frozen=True):
    """Something that a rule could not look at, and why; `page` counts from 1, 0 is the file.

    The reason is a `Term` of `catalogue/terms.yaml`, which says it in both languages.
    """

    reason: str
    page: int = 0


Answer = Diagnostic | NotChecked
Check = Callable[[Document, Conditions], Iterable[Answer]]


def always(_conditions: Conditions) -> bool:
    """Say of a rule that every file is held to it."""
    return True


class Rule(Struct, frozen=True):
    """One rule: its code in the catalogue, who asks for it, how much it allows, who says so.

    `reads_marks` says that it looks at what stands on the pages: where they could not be read
    to the end, it did not see everything. Where conditions do not ask for it (`is_asked`), it is
    left out of the report.
    """

    code: str
    profiles: frozenset[Profile]
    threshold: str
    source: str
    check: Check
    reads_marks: bool = False
    is_asked: Callable[[Conditions], bool] = always


Verdict = Literal["passed", "failed", "warned", "not checked"]


class Outcome(Struct, frozen=True):
    """What became of one rule; `reasons` say why it was not, or not wholly, checked."""

    rule: Rule
    verdict: Verdict
    reasons: tuple[str, ...] = ()
