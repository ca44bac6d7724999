"""The report for a terminal: the profile, findings by page, what became of the rules."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from newsletter.diagnostics import Language
from newsletter.preflight.isolation import Examined
from newsletter.preflight.report.words import counted, incomplete, shown, summary, title, word
from newsletter.preflight.rule import PRESS
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
    return f"{examined.name}: {examined.profile}{_why(examined, language)}"


def _lines(examined: Examined, language: Language) -> Iterator[str]:
    yield f"{examined.name}: {summary(examined, language)}"
    for verdict in incomplete(examined):
        key = "not checked" if verdict.verdict == "not checked" else "partly"
        if len(verdict.reasons) > MOST_REASONS:
            told = counted("many", len(verdict.reasons), language)
            yield f"  {word(key, language)}: {title(verdict)}: {told}"
            continue
        for reason in verdict.reasons:
            yield f"  {word(key, language)}: {title(verdict)}: {shown(reason, language)}"


def _why(examined: Examined, language: Language) -> str:
    if not examined.known_by:
        return ""
    reason = shown(examined.known_by, language)
    other = word("else readers" if examined.profile in PRESS else "else press", language)
    if language == "zh":
        return f"（{word('guessed', language)}{reason}；{other}）"
    return f" ({word('guessed', language)} {reason}; {other})"
