"""Write the table of rules into docs/preflight.md and docs/preflight.zh.md.

`--check` says whether both are current.
"""

from __future__ import annotations

import sys
from pathlib import Path

from generated import write_or_compare
from newsletter.diagnostics import Entry, Language, entry, rules_in_chinese
from newsletter.preflight.rule import PRESS, PROFILES, TAGGED, Rule
from newsletter.preflight.rules import all_rules
from newsletter.reporting import SEVERITY

ROOT = Path(__file__).resolve().parent.parent
TARGETS: dict[Language, Path] = {
    "en": ROOT / "docs" / "preflight.md",
    "zh": ROOT / "docs" / "preflight.zh.md",
}
BEGIN, END = "<!-- rules: make preflight-rules -->", "<!-- end of rules -->"
HEADS: dict[Language, str] = {
    "en": "| code | finds | weighs | allowed | for | source |",
    "zh": "| 代码 | 检查 | 级别 | 限值 | 适用 | 依据 |",
}
USES: dict[Language, dict[str, str]] = {
    "en": {"all": "all", "press": "press", "tagged": "screen, archive", "archive": "archive"},
    "zh": {"all": "全部", "press": "印刷", "tagged": "屏幕、存档", "archive": "存档"},
}
"""What the profiles are called that ask for a rule."""


def table(language: Language) -> str:
    """Return the table: a row for each rule."""
    rows = [HEADS[language], "|---|---|---|---|---|---|"]
    return "\n".join([*rows, *(_row(rule, language) for rule in all_rules())])


def _row(rule: Rule, language: Language) -> str:
    about = entry(rule.code)
    finds, allowed, source = _words(rule, about, language)
    cells = [
        f"[{about.code}](codes.md#{about.code.lower()}-{about.name})",
        finds,
        SEVERITY[language][about.severity.value],
        allowed,
        USES[language][_use(rule)],
        source,
    ]
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"


def _words(rule: Rule, about: Entry, language: Language) -> tuple[str, str, str]:
    if language == "en":
        return about.name.replace("-", " "), rule.threshold, rule.source
    words = rules_in_chinese()[rule.code]
    return words["finds"], words["allowed"], words["source"]


def _use(rule: Rule) -> str:
    if rule.profiles == frozenset(PROFILES):
        return "all"
    if rule.profiles == PRESS:
        return "press"
    return "tagged" if rule.profiles == TAGGED else "archive"


def page(text: str, language: Language) -> str:
    """Return the page with its table as it should be."""
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n{table(language)}\n{END}{after}"


def main(arguments: list[str]) -> int:
    """Write the tables, or compare them; 1 when one is not current."""
    return max(
        write_or_compare(
            target, page(target.read_text("utf-8"), language), arguments, "preflight-rules"
        )
        for language, target in TARGETS.items()
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
