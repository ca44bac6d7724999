"""The table of rules in the documentation is written from the rules, and current."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tools"))

import pytest

import build_preflight_rules
from newsletter.diagnostics import entry
from newsletter.preflight.rule import PROFILES
from newsletter.preflight.rules import all_rules


def test_the_table_of_rules_is_current() -> None:
    text = build_preflight_rules.TARGET.read_text("utf-8")
    assert build_preflight_rules.page(text) == text, "run make preflight-rules"


def test_a_table_that_is_not_current_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "preflight.md"
    begin, end = build_preflight_rules.BEGIN, build_preflight_rules.END
    target.write_text(f"before\n{begin}\nold\n{end}\nafter\n", "utf-8")
    monkeypatch.setattr(build_preflight_rules, "TARGET", target)
    assert build_preflight_rules.main(["--check"]) == 1
    assert build_preflight_rules.main([]) == 0
    assert build_preflight_rules.main(["--check"]) == 0
    text = target.read_text("utf-8")
    assert text.startswith("before\n")
    assert text.endswith("after\n")


def test_every_rule_has_a_code_of_its_own_a_threshold_a_source_and_a_profile() -> None:
    rules = all_rules()
    assert len({rule.code for rule in rules}) == len(rules)
    for rule in rules:
        assert entry(rule.code)
        assert rule.threshold
        assert rule.source
        assert rule.profiles
        assert rule.profiles <= frozenset(PROFILES)
