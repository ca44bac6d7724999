"""Many findings of one kind on a page become one, which says how many there are.

The one that is shown, with its area and its values, is the worst. A report of a page with two
hundred pale lines stays one line long.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping

from msgspec import Struct, field
from msgspec.structs import replace

from newsletter.diagnostics import Diagnostic, Listing, Severity, listed
from newsletter.geometry import Box
from newsletter.preflight.document import Document


class Case(Struct, frozen=True):
    """One thing that was found; the greater `weight`, the worse. `kind` sets groups apart."""

    page: int
    box: Box | None
    weight: float
    values: Mapping[str, str | int] = field(default_factory=dict)
    kind: Hashable = ""
    hint: str | None = "default"
    severity: Severity | None = None


def by_page(document: Document, code: str, cases: Iterable[Case]) -> Iterator[Diagnostic]:
    """Yield a finding for each page and kind; `count` says how many cases it stands for."""
    groups: dict[tuple[int, Hashable, str | None, Severity | None], list[Case]] = {}
    for case in cases:
        groups.setdefault((case.page, case.kind, case.hint, case.severity), []).append(case)
    for group in groups.values():
        worst = max(group, key=lambda case: case.weight)
        yield _finding(document, code, worst, {"count": len(group)})


def by_kind(document: Document, code: str, cases: Iterable[Case]) -> Iterator[Diagnostic]:
    """Yield a finding for each kind, at its first page; `pages` says on which ones it is."""
    groups: dict[tuple[Hashable, str | None, Severity | None], list[Case]] = {}
    for case in cases:
        groups.setdefault((case.kind, case.hint, case.severity), []).append(case)
    for group in groups.values():
        pages = ranges(case.page for case in group)
        yield _finding(document, code, group[0], {"pages": pages})


def oddities(document: Document, code: str, kinds: frozenset[str]) -> Iterator[Diagnostic]:
    """Yield a finding for each page and kind of what the interpreter met and does not paint."""
    cases = [
        Case(oddity.page, oddity.box, 0.0, {"kind": oddity.kind}, kind=oddity.kind)
        for oddity in document.reading.oddities
        if oddity.kind in kinds
    ]
    return by_page(document, code, cases)


def _finding(
    document: Document, code: str, case: Case, more: Mapping[str, str | int]
) -> Diagnostic:
    spot = document.spot(case.page, case.box)
    found = Diagnostic(code, spot, {**case.values, **more}, case.hint)
    return replace(found, severity_override=case.severity)


def ranges(pages: Iterable[int]) -> Listing:
    """Return page numbers as people write them: 1–3, 7; in Chinese 1–3、7."""
    runs: list[list[int]] = []
    for page in sorted(set(pages)):
        if runs and page == runs[-1][1] + 1:
            runs[-1][1] = page
        else:
            runs.append([page, page])
    return listed(str(a) if a == b else f"{a}–{b}" for a, b in runs)
