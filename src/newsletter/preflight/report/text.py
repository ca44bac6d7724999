"""The report for a terminal: the profile, findings by page, what became of the rules."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from newsletter.diagnostics import COLON, Language
from newsletter.preflight.isolation import Examined
from newsletter.preflight.report.words import (
    chosen_because,
    counted,
    incomplete,
    shown,
    summary,
    title,
    word,
)
from newsletter.reporting import Style, as_text, unstyled

MOST_REASONS = 4
"""With more, a rule's reasons are counted; JSON and HTML have them all."""


def text_report(examined: Examined, language: Language, style: Style = unstyled) -> str:
    """Return the report of one file."""
    found = as_text(examined.findings, Path(), language, style)
    parts = [_head(examined, language), *([found] if found else []), *_lines(examined, language)]
    return "\n".join(parts)


def _head(examined: Examined, language: Language) -> str:
    """Return as what a file was examined, why, and how to have it examined otherwise."""
    return f"{examined.name}{COLON[language]}{examined.profile}{chosen_because(examined, language)}"


def _lines(examined: Examined, language: Language) -> Iterator[str]:
    colon = COLON[language]
    yield f"{examined.name}{colon}{summary(examined, language)}"
    for verdict in incomplete(examined):
        key = "not checked" if verdict.verdict == "not checked" else "partly"
        said = [shown(reason, language) for reason in verdict.reasons]
        if len(said) > MOST_REASONS:
            said = [counted("many", len(said), language)]
        for reason in said:
            yield f"  {word(key, language)}{colon}{title(verdict)}{colon}{reason}"
