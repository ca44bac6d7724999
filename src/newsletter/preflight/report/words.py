"""The words of reports, and what all reports say: how many rules came to which verdict."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from newsletter.diagnostics import COLON, Language, Shown, entry, terms
from newsletter.preflight.isolation import Examined, Verdict
from newsletter.preflight.rule import PRESS

VERDICTS = ("failed", "warned", "not checked", "passed")
WORDS: Mapping[str, Mapping[Language, str]] = {
    "failed": {"en": "failed", "zh": "不合格"},
    "warned": {"en": "warned", "zh": "警告"},
    "not checked": {"en": "not checked", "zh": "未检查"},
    "passed": {"en": "passed", "zh": "合格"},
    "partly": {"en": "not wholly checked", "zh": "未完全检查"},
    "guessed": {"en": "chosen because", "zh": "选择理由："},
    "else readers": {
        "en": "for a file to be read or kept: --profile screen or archive",
        "zh": "阅读或存档用的文件请加--profile screen或archive",
    },
    "else press": {
        "en": "for a file to be printed: --profile press-coated",
        "zh": "印刷用的文件请加--profile press-coated",
    },
    "many": {
        "en": "{count} points; --format html lists them",
        "zh": "共{count}项，--format html会逐条列出",
    },
    "pages": {"en": "{count} {count:page|pages}", "zh": "{count}页"},
    "rules": {"en": "{count} {count:rule|rules}", "zh": "{count}条规则"},
    "preflight": {"en": "Preflight", "zh": "印前检查"},
    "page": {"en": "Page {number}", "zh": "第{number}页"},
    "whole": {"en": "The whole file", "zh": "整个文件"},
    "hint": {"en": "hint", "zh": "提示"},
    "threshold": {"en": "threshold", "zh": "限值"},
    "source": {"en": "source", "zh": "依据"},
    "why": {"en": "why not", "zh": "原因"},
    "rule": {"en": "rule", "zh": "规则"},
    "verdict": {"en": "verdict", "zh": "结论"},
    "findings": {"en": "Findings", "zh": "问题"},
    "none": {"en": "Nothing was found.", "zh": "没有发现问题。"},
    "never": {
        "en": "What was not checked has not passed. No machine sees whether colours please, "
        "pictures may be used, or words are right.",
        "zh": "未检查的规则不算合格。颜色是否悦目、图片有无授权、文字是否正确，机器都看不出来。",
    },
}


def word(key: str, language: Language) -> str:
    """Return a word of reports."""
    return WORDS[key][language]


def counted(key: str, count: int, language: Language) -> str:
    """Return so many of a thing in words."""
    return word(key, language).format(count=Shown(count))


def shown(reason: str, language: Language) -> str:
    """Return a reason in a language, where the catalogue has it, with what it is said of."""
    condition, colon, what = reason.partition(": ")
    if reason not in terms() and colon and what in terms():
        return f"{condition}{COLON[language]}{terms()[what][language]}"
    return terms().get(reason, {}).get(language, reason)


def chosen_because(examined: Examined, language: Language) -> str:
    """Return in brackets why a profile was chosen and what another is; nothing if named."""
    if not examined.known_by:
        return ""
    reason = shown(examined.known_by, language)
    other = word("else readers" if examined.profile in PRESS else "else press", language)
    if language == "zh":
        return f"（{word('guessed', language)}{reason}；{other}）"
    return f" ({word('guessed', language)} {reason}; {other})"


def counts(examined: Examined) -> dict[str, int]:
    """Return how many rules came to which verdict."""
    found = [verdict.verdict for verdict in examined.verdicts]
    return {name: found.count(name) for name in VERDICTS}


def summary(examined: Examined, language: Language) -> str:
    """Return the counts in a sentence."""
    parts = counts(examined).items()
    if language == "zh":
        return "，".join(f"{word(name, language)}{count}条" for name, count in parts)
    return ", ".join(f"{count} {word(name, language)}" for name, count in parts)


def incomplete(examined: Examined) -> Sequence[Verdict]:
    """Return the rules that did not see everything."""
    return [verdict for verdict in examined.verdicts if verdict.reasons]


def title(verdict: Verdict) -> str:
    """Return a rule's code and name."""
    return f"{verdict.code} {entry(verdict.code).name}"
