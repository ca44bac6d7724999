"""Pictures with too few pixels for the place that the layout gives them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from newsletter.compose.resolution import LEAST_PPI
from workshop import ISSUE, Workshop


@pytest.fixture
def shop(tmp_path: Path) -> Workshop:
    return Workshop(tmp_path)


def photograph(shop: Workshop, width: int) -> dict[str, Any]:
    Image.new("RGB", (width, 40), "green").save(shop.issue / f"{width}.png")
    return {"file": f"{width}.png", "alt": "绿"}


COLUMN_PT = 400  # the plain layout: one column of 40 characters of 10 pt
ENOUGH = -(-COLUMN_PT * LEAST_PPI // 72)


@pytest.mark.parametrize(("width", "codes"), [(ENOUGH, []), (ENOUGH - 1, ["N356"])])
@pytest.mark.parametrize("where", ["lead", "body"])
def test_a_picture_in_a_column_needs_150_pixels_an_inch(
    shop: Workshop, where: str, width: int, codes: list[str]
) -> None:
    picture = photograph(shop, width)
    if where == "lead":
        shop.write_article("字", lead_picture=picture)
    else:
        shop.write_article("![](p)", pictures=[picture | {"id": "p"}])
    assert [warning.code for warning in shop.compose().warnings] == codes


def test_a_cover_needs_them_over_the_bleed(shop: Workshop) -> None:
    shop.write_issue(cover={"picture": photograph(shop, 1275)})
    [warning] = shop.compose().warnings
    assert (warning.code, warning.values["width"], warning.values["pixels"]) == ("N356", 216, 1276)
    assert warning.place is not None
    line = (shop.issue / "issue.yaml").read_text("utf-8").splitlines()[warning.place.line - 1]
    assert '"1275.png"' in line


def test_a_picture_of_a_section_needs_them_over_the_type_area(shop: Workshop) -> None:
    section = ISSUE["sections"][0] | {"picture": photograph(shop, ENOUGH - 1)}
    shop.write_issue(sections=[section])
    assert [warning.code for warning in shop.compose().warnings] == ["N356"]


@pytest.mark.parametrize(
    ("slot", "width_mm", "codes"),
    [
        ("section.picture", 216, ["N356"]),
        ("articles.picture", 216, ["N356"]),
        ("contacts.picture", 216, []),
        ("articles.picture", 0, []),
    ],
)
def test_a_slot_may_say_how_wide_its_picture_is_printed(
    shop: Workshop, slot: str, width_mm: int, codes: list[str]
) -> None:
    shop.write_issue(sections=[ISSUE["sections"][0] | {"picture": photograph(shop, ENOUGH)}])
    shop.set_up(slots=[{"name": slot, "description": "图", "width_mm": width_mm}])
    assert [warning.code for warning in shop.compose().warnings] == codes


def test_a_drawing_is_sharp_at_any_size(shop: Workshop) -> None:
    shop.write_issue(cover={"picture": {"file": "square.svg", "alt": "方"}})
    assert shop.compose().warnings == ()
