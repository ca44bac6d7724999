"""The report for programs: every rule with verdict, threshold and source."""

from __future__ import annotations

from typing import Any

from newsletter.diagnostics import Language, entry
from newsletter.preflight.isolation import Examined
from newsletter.preflight.report.words import counts, shown


def data_report(examined: Examined, language: Language) -> dict[str, Any]:
    """Return the report of one file as JSON's types; the findings stand beside it."""
    return {
        "file": examined.name,
        "profile": examined.profile,
        "guessed": examined.known_by is not None,
        "pages": examined.pages,
        "counts": counts(examined),
        "rules": [
            {
                "code": verdict.code,
                "name": entry(verdict.code).name,
                "verdict": verdict.verdict,
                "threshold": verdict.threshold,
                "source": verdict.source,
                "reasons": [shown(reason, language) for reason in verdict.reasons],
            }
            for verdict in examined.verdicts
        ],
    }
