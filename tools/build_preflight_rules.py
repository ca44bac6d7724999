"""Write the table of rules into docs/preflight.md; `--check` says whether it is current."""

from __future__ import annotations

import sys
from pathlib import Path

from generated import write_or_compare
from newsletter.diagnostics import entry
from newsletter.preflight.rule import PRESS, PROFILES, TAGGED, Rule
from newsletter.preflight.rules import all_rules

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "docs" / "preflight.md"
BEGIN, END = "<!-- rules: make preflight-rules -->", "<!-- end of rules -->"


def table() -> str:
    """Return the table: a row for each rule."""
    rows = [
        "| code | finds | weighs | allowed | for | source |",
        "|---|---|---|---|---|---|",
        *map(_row, all_rules()),
    ]
    return "\n".join(rows)


def _row(rule: Rule) -> str:
    about = entry(rule.code)
    cells = [
        f"[{about.code}](codes.md#{about.code.lower()}-{about.name})",
        about.name.replace("-", " "),
        about.severity.value,
        rule.threshold,
        _profiles(rule),
        rule.source,
    ]
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"


def _profiles(rule: Rule) -> str:
    if rule.profiles == frozenset(PROFILES):
        return "all"
    if rule.profiles == PRESS:
        return "press"
    return "screen, archive" if rule.profiles == TAGGED else ", ".join(sorted(rule.profiles))


def page(text: str) -> str:
    """Return the page with its table as it should be."""
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n{table()}\n{END}{after}"


def main(arguments: list[str]) -> int:
    """Write the table, or compare it; 1 when it is not current."""
    return write_or_compare(TARGET, page(TARGET.read_text("utf-8")), arguments, "preflight-rules")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
