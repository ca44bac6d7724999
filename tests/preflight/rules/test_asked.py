"""A profile is given all rules that it asks for, and no other is imported."""

from __future__ import annotations

import subprocess
import sys

import pytest

from newsletter.preflight.rule import EVERY, Profile
from newsletter.preflight.rules import all_rules, rules_of


@pytest.mark.parametrize("profile", sorted(EVERY))
def test_the_names_of_rules_say_who_asks(profile: Profile) -> None:
    asked = [rule.code for rule in all_rules() if profile in rule.profiles]
    assert [rule.code for rule in rules_of(profile)] == asked


def test_the_rules_of_a_press_are_not_imported_for_a_screen() -> None:
    program = """
import sys
from newsletter.preflight.rules import rules_of
assert rules_of("screen")
sys.exit(any(name in sys.modules for name in (
    "newsletter.preflight.rules.total_ink", "newsletter.preflight.content.interpreter"
)))
"""
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
