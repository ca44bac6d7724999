"""docs/accessibility.md lists every rule and every condition that is left to a person."""

from __future__ import annotations

from newsletter.preflight.matterhorn import BY_A_PERSON
from newsletter.preflight.rule import ARCHIVE, TAGGED
from newsletter.preflight.rules import all_rules
from workshop import HOUSE

DOCUMENT = (HOUSE / "docs" / "accessibility.md").read_text("utf-8")


def test_each_rule_stands_in_the_document_with_its_source() -> None:
    for rule in all_rules():
        if rule.profiles in (TAGGED, ARCHIVE):
            assert rule.code in DOCUMENT
            clause, _, matterhorn = rule.source.partition("; Matterhorn 1.1, ")
            if rule.code != "N973":
                assert clause in DOCUMENT
                assert matterhorn in DOCUMENT


def test_what_a_person_has_to_judge_stands_there() -> None:
    for condition, what in BY_A_PERSON.items():
        assert condition in DOCUMENT
        assert what in DOCUMENT
