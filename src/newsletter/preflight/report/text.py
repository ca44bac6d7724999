"""The report for a terminal: findings by page, then what became of the rules."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from newsletter.diagnostics import Language
from newsletter.preflight.isolation import Examined
from newsletter.preflight.report.words import incomplete, shown, summary, title, word
from newsletter.reporting import Style, as_text, unstyled


def text_report(examined: Examined, language: Language, style: Style = unstyled) -> str:
    """Return the report of one file."""
    found = as_text(examined.findings, Path(), language, style)
    return "\n".join([*([found] if found else []), *_lines(examined, language)])


def _lines(examined: Examined, language: Language) -> Iterator[str]:
    yield f"{examined.name}: {examined.profile}{_why(examined, language)}"
    yield f"  {summary(examined, language)}"
    for verdict in incomplete(examined):
        key = "not checked" if verdict.verdict == "not checked" else "partly"
        for reason in verdict.reasons:
            yield f"  {word(key, language)}: {title(verdict)}: {shown(reason, language)}"


def _why(examined: Examined, language: Language) -> str:
    if not examined.known_by:
        return ""
    reason = shown(examined.known_by, language)
    if language == "zh":
        return f"（{word('guessed', language)}{reason}）"
    return f" ({word('guessed', language)} {reason})"
