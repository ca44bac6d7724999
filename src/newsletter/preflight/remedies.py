"""Remedies that fit whoever made the file: our layouts, or a program that we do not know.

In: findings of a file. Out: the same; of another's file with the remedies that any PDF can be
given, where those of the catalogue speak of layouts and builds of ours.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from newsletter.diagnostics import Diagnostic, entry

DEFAULT, FOREIGN = "default", "foreign"


def for_any_pdf(findings: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return findings whose remedies need no layout of ours."""
    return tuple(_for_any_pdf(found) for found in findings)


def _for_any_pdf(found: Diagnostic) -> Diagnostic:
    hints = entry(found.code).hints
    wanted = FOREIGN if found.hint == DEFAULT else f"{found.hint} {FOREIGN}"
    return replace(found, hint=wanted) if wanted in hints else found
