"""Each rule of PDF/A-3b passes the archive of the specimen, and finds what is broken in a copy."""

from __future__ import annotations

import pytest
from pikepdf import Array, Name, Pdf

from newsletter.diagnostics import Diagnostic
from newsletter.preflight.rule import ARCHIVE
from newsletter.preflight.rules import all_rules
from newsletter.press import claims
from newsletter.press.claims import describe
from preflight.breaking import Break, broken, paint, said, set_key, whole

RULES = [rule for rule in all_rules() if rule.profiles == ARCHIVE]


def forget_extension(pdf: Pdf) -> None:
    describe(pdf, ("PDF/A-3b", "PDF/UA-1"))
    told = pdf.Root.Metadata.read_bytes().replace(claims.EXTENSION.encode(), b"")
    pdf.Root.Metadata = pdf.make_stream(told, Type=Name.Metadata, Subtype=Name.XML)


CASES: list[tuple[str, str, Break]] = [
    ("N980", "claims no archive", lambda pdf: describe(pdf, ("PDF/UA-1",))),
    ("N981", "no output intent", lambda pdf: set_key(pdf.Root, "/OutputIntents", None)),
    ("N981", "ink", lambda pdf: paint(pdf, b"/Artifact BMC 1 0 0 0 k 0 0 9 9 re f EMC")),
    ("N982", "no extension schema", forget_extension),
    ("N983", "nothing enclosed", lambda pdf: set_key(pdf.Root.Names, "/EmbeddedFiles", None)),
    ("N983", "listed twice", lambda pdf: pdf.Root.AF.append(pdf.Root.AF[0])),
    ("N983", "not listed", lambda pdf: set_key(pdf.Root, "/AF", Array())),
    (
        "N983",
        "another relation",
        lambda pdf: set_key(pdf.Root.AF[0], "/AFRelationship", Name.Data),
    ),
]


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.code)
def test_a_rule_passes_the_archive(rule: object) -> None:
    if "archive" in rule.profiles:  # type: ignore[attr-defined]
        answers = said(rule.code, whole("archive"))  # type: ignore[attr-defined]
        assert [each for each in answers if isinstance(each, Diagnostic)] == []


@pytest.mark.parametrize(("code", "name", "change"), CASES, ids=[case[1] for case in CASES])
def test_a_rule_finds_what_is_broken(code: str, name: str, change: Break) -> None:
    found = [each for each in said(code, broken(change, "archive")) if isinstance(each, Diagnostic)]
    assert found, name
    assert all(each.code == code for each in found)
    assert all(each.message("en") != each.message("zh") for each in found)


def test_states_saved_within_states_are_traced_to_groups_of_a_drawing() -> None:
    nested = b"/Artifact BMC " + b"q " * 29 + b"Q " * 29 + b"EMC"
    (found,) = said("N981", broken(lambda pdf: paint(pdf, nested), "archive"))
    assert isinstance(found, Diagnostic)
    assert found.hint == "nesting"


def test_every_rule_of_the_archive_is_seen_to_fail() -> None:
    assert {rule.code for rule in RULES} == {code for code, _, _ in CASES}
