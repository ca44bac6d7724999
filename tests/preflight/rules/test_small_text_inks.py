"""N926: small text in two inks at most."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from newsletter import edition
from newsletter.diagnostics import ACCEPTED, Diagnostic, Refused, Severity, entry
from newsletter.layouts.spec import Acceptable
from newsletter.reporting import as_json, as_text
from small_pdf import found, press_pdf
from workshop import STYLE, Workshop


@pytest.mark.parametrize(
    ("colour", "size", "count"),
    [("1 0.5 0 0", 8, 0), ("1 0.5 0.2 0", 8, 1), ("1 0.5 0.2 0", 9, 0), ("1 0.5 0.004 0", 8, 0)],
)
def test_three_inks_are_told_below_nine_points(colour: str, size: int, count: int) -> None:
    data = press_pdf(f"{colour} k BT /F {size} Tf 99 99 Td (text) Tj ET")
    assert len(found(data, "N926")) == count


SMALL = "p { color: #1a7a66; font-size: 7pt }"


def built(shop: Workshop, **spec: object) -> list[Diagnostic]:
    shop.set_up(style=STYLE + SMALL, **spec)
    made = edition.build(shop.root, "one", ["print"], shop.root / "out")
    return [finding for finding in made.findings if finding.code == "N926"]


def test_a_layout_accepts_it_with_a_reason_and_nobody_is_troubled(tmp_path: Path) -> None:
    shop = Workshop(tmp_path)
    (warned,) = built(shop)
    assert (warned.severity, warned.is_accepted) == (Severity.WARNING, False)
    (noted,) = built(shop, accepted={"N926": "深绿是本刊的颜色"})
    assert (noted.severity, noted.is_accepted) == (Severity.NOTE, True)
    assert (noted.place, noted.message("zh")) == (warned.place, warned.message("zh"))
    assert "深绿是本刊的颜色" in (noted.hint_text("zh") or "")
    assert as_text([noted], tmp_path, "zh") == ""
    assert "深绿是本刊的颜色" in as_json([noted], "zh")


def test_a_layout_accepts_no_other_code_and_no_error(tmp_path: Path) -> None:
    with pytest.raises(Refused):
        built(Workshop(tmp_path), accepted={"N925": "小字"})
    error = Diagnostic("N926").at(Severity.ERROR)
    assert error.accepted("小字") == error


def test_each_code_that_can_be_accepted_has_a_hint_for_the_reason() -> None:
    for code in get_args(Acceptable):
        assert all("{reason}" in text for text in entry(code).hints[ACCEPTED].values())
