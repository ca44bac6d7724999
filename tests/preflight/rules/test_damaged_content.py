"""N908 and N909: what had to be mended, and what cannot be read."""

from __future__ import annotations

import pytest

from small_pdf import found, press_pdf


@pytest.mark.parametrize(
    ("content", "what"),
    [
        ("1 0 0 rg 0 0 9 9 re f", []),
        ("q Q % a note", []),
        ("q", ["nesting"]),
        ("Q", ["nesting"]),
        ("1 0 rg", ["operands"]),
        ("(a) w", ["operands"]),
        ("/Missing gs", ["operands"]),
        ("/Missing Do", ["operands"]),
        ("BT /Missing 9 Tf (a) Tj ET", ["fonts"]),
        ("/Missing cs", ["colour spaces"]),
        ("/Pattern cs /Missing scn 0 0 9 9 re f", ["patterns"]),
        ("1 2 frobnicate", ["unknown operators"]),
        ("(never closed", ["syntax"]),
        ("[1 2 3", ["syntax"]),
        (">> ) }", ["syntax"]),
        ("--5 w", ["syntax"]),
        ("BI /W 1 /H 1 ID aaaa", ["syntax"]),
        ("q " * 600, ["nesting", "saved states"]),
    ],
)
def test_damage_of_content_is_named(content: str, what: list[str]) -> None:
    assert [finding.values["what"] for finding in found(press_pdf(content), "N909")] == what


def test_a_table_that_is_wrong_is_mended_and_told() -> None:
    data = press_pdf()
    assert not found(data, "N908")
    assert found(data.replace(b"startxref\n", b"startxref\n9"), "N908")
