"""docs/accessibility.md lists every rule and every condition that is left to a person.

So does its Chinese counterpart.
"""

from __future__ import annotations

import pytest

from newsletter.diagnostics import Language, rules_in_chinese, terms
from newsletter.preflight.matterhorn import BY_A_PERSON
from newsletter.preflight.rule import ARCHIVE, TAGGED, Rule
from newsletter.preflight.rules import all_rules
from workshop import HOUSE

DOCUMENTS: dict[Language, str] = {
    "en": (HOUSE / "docs" / "accessibility.md").read_text("utf-8"),
    "zh": (HOUSE / "docs" / "accessibility.zh.md").read_text("utf-8"),
}


def source(rule: Rule, language: Language) -> tuple[str, str]:
    """Return the clause that a rule rests on, and its failure conditions."""
    told = rule.source if language == "en" else rules_in_chinese()[rule.code]["source"]
    parting = "; Matterhorn 1.1, " if language == "en" else "；马特洪协议1.1，"
    clause, _, conditions = told.partition(parting)
    return clause, conditions


@pytest.mark.parametrize("language", DOCUMENTS)
def test_each_rule_stands_in_the_document_with_its_source(language: Language) -> None:
    for rule in all_rules():
        if rule.profiles in (TAGGED, ARCHIVE):
            assert rule.code in DOCUMENTS[language]
            clause, conditions = source(rule, language)
            if rule.code != "N973":
                row = f"| {conditions or '—'} | {clause} |"
                assert row in DOCUMENTS[language], rule.code


@pytest.mark.parametrize("language", DOCUMENTS)
def test_what_a_person_has_to_judge_stands_there(language: Language) -> None:
    for condition, what in BY_A_PERSON.items():
        assert condition in DOCUMENTS[language]
        assert terms()[what][language] in DOCUMENTS[language]
