"""The tables of rules in the documentation are written from the rules, and current."""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tools"))

import pytest

import build_preflight_rules
from newsletter.diagnostics import Language, entry, rules_in_chinese
from newsletter.preflight.rule import PROFILES
from newsletter.preflight.rules import all_rules

TARGETS = build_preflight_rules.TARGETS
LANGUAGES = sorted(TARGETS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_table_of_rules_is_current(language: Language) -> None:
    text = TARGETS[language].read_text("utf-8")
    assert build_preflight_rules.page(text, language) == text, "run make preflight-rules"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_table_that_is_not_current_is_told(
    language: Language, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    targets = {each: tmp_path / path.name for each, path in TARGETS.items()}
    for each, path in TARGETS.items():
        shutil.copy(path, targets[each])
    begin, end = build_preflight_rules.BEGIN, build_preflight_rules.END
    targets[language].write_text(f"before\n{begin}\nold\n{end}\nafter\n", "utf-8")
    monkeypatch.setattr(build_preflight_rules, "TARGETS", targets)
    assert build_preflight_rules.main(["--check"]) == 1
    assert build_preflight_rules.main([]) == 0
    assert build_preflight_rules.main(["--check"]) == 0
    text = targets[language].read_text("utf-8")
    assert text.startswith("before\n")
    assert text.endswith("after\n")


def test_every_rule_is_told_in_chinese_with_the_same_numbers() -> None:
    def numbers(text: str) -> list[str]:
        return sorted(re.findall(r"\d+(?:[.-]\d+)*", text))

    told = rules_in_chinese()
    assert list(told) == [rule.code for rule in all_rules()]
    for rule in all_rules():
        words = told[rule.code]
        assert set(words) == {"finds", "allowed", "source"}, rule.code
        assert numbers(words["allowed"]) == numbers(rule.threshold), rule.code
        assert numbers(words["source"]) == numbers(rule.source), rule.code


def test_every_rule_has_a_code_of_its_own_a_threshold_a_source_and_a_profile() -> None:
    rules = all_rules()
    assert len({rule.code for rule in rules}) == len(rules)
    for rule in rules:
        assert entry(rule.code)
        assert rule.threshold
        assert rule.source
        assert rule.profiles
        assert rule.profiles <= frozenset(PROFILES)
