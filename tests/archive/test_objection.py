"""Objections of a bag, kept in English, told in the language of who asks."""

from __future__ import annotations

import pytest

from newsletter.archive.objection import objection, told
from newsletter.diagnostics import Diagnostic, Place, Spot, Term

FOUND = [
    Diagnostic("N750", Spot("one", 5), {"page": "5", "count": 1, "issue": "one"}),
    Diagnostic("N750", Spot("one"), {"page": "1–3", "count": 3, "issue": "one"}),
    Diagnostic("N749", None, {"page": 5, "issue": "one", "by": "王芳", "note": "图太小: 重画"}),
    Diagnostic("N748", Spot("one"), {"page": "1–3", "count": 3, "issue": "one", "by": "王芳"}),
    Diagnostic("N902", Spot("a.pdf"), {"reason": Term("crash")}),
    Diagnostic("N104", Place("issues/one/issue.yaml", 3, 1), {"field": "titel", "kind": "x"}),
]


@pytest.mark.parametrize("found", FOUND, ids=[found.code for found in FOUND])
def test_what_was_kept_is_told_as_it_would_have_been(found: Diagnostic) -> None:
    place = f"{found.place}: " if found.place else ""
    line = objection(found)
    assert told(line, "zh") == f"{place}{found.code} {found.message('zh')}"
    assert told(line, "en") == line


@pytest.mark.parametrize("line", ["", "N750 of another kind", "N000 nothing", "just words"])
def test_what_the_catalogue_does_not_know_stays_as_it_was(line: str) -> None:
    assert told(line, "zh") == line


def test_what_was_said_of_one_page_is_still_told() -> None:
    line = "one:p5: N748 page 5 has changed since it was approved (王芳)"
    assert told(line, "zh") == "one:p5: N748 第5页在批准之后又有改动（王芳）"
