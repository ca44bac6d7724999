"""Pictures with too few pixels for the place that the layout gives them."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from newsletter import checking
from newsletter.compose.resolution import GOOD_PPI, LEAST_PPI, ROUNDING
from newsletter.diagnostics import Severity
from newsletter.preflight.rules import picture_resolution
from workshop import ISSUE, SILKROAD, TEMPLATE, Workshop

EVERYWHERE = TEMPLATE.replace(
    "</body>",
    """{% macro set(picture) %}
{% if picture %}<img src="{{ picture_url(picture) }}" alt="{{ picture.alt }}">{% endif %}
{% endmacro %}
{{ set(issue.cover.picture) }}
{% for section in issue.sections %}{{ set(section.picture) }}
{% for article in section.articles %}{{ set(article.lead_picture) }}{% endfor %}
{% endfor %}</body>""",
)

PLAIN = '<img src="{{ picture_url(picture) }}" alt="{{ picture.alt }}">\n'


@pytest.fixture
def shop(tmp_path: Path) -> Workshop:
    shop = Workshop(tmp_path)
    shop.set_up(EVERYWHERE)
    return shop


def photograph(shop: Workshop, width: int, height: int = 40) -> dict[str, Any]:
    Image.new("RGB", (width, height), "green").save(shop.issue / f"{width}.png")
    return {"file": f"{width}.png", "alt": "绿"}


COLUMN_PT = 400  # the plain layout: one column of 40 characters of 10 pt
ENOUGH = -(-COLUMN_PT * GOOD_PPI // 72)
TOO_FEW = int(COLUMN_PT * (LEAST_PPI - ROUNDING) / 72)


def codes(shop: Workshop) -> list[tuple[str, Severity]]:
    return [(d.code, d.severity) for d in checking.check(shop.root, "one")]


@pytest.mark.parametrize(
    ("width", "expected"),
    [
        (ENOUGH, []),
        (ENOUGH - 5, [("N356", Severity.WARNING)]),
        (TOO_FEW + 1, [("N356", Severity.WARNING)]),
        (TOO_FEW, [("N356", Severity.ERROR)]),
    ],
)
@pytest.mark.parametrize("where", ["lead", "body"])
def test_a_picture_in_a_column_weighs_what_it_does_in_a_print_file(
    shop: Workshop, where: str, width: int, expected: list[tuple[str, Severity]]
) -> None:
    picture = photograph(shop, width)
    if where == "lead":
        shop.write_article("字", lead_picture=picture)
    else:
        shop.write_article("![](p)", pictures=[picture | {"id": "p"}])
    assert codes(shop) == expected


def test_the_limits_are_those_of_preflight() -> None:
    assert (LEAST_PPI, GOOD_PPI) == (picture_resolution.LEAST, picture_resolution.GOOD)
    assert picture_resolution.ROUNDING == ROUNDING


def test_no_error_where_no_print_file_is_made(shop: Workshop) -> None:
    shop.publish(profiles=["screen"])
    shop.write_article("字", lead_picture=photograph(shop, TOO_FEW))
    assert codes(shop) == [("N356", Severity.WARNING)]


def test_what_is_asked_for_is_enough(shop: Workshop) -> None:
    shop.write_article("字", lead_picture=photograph(shop, TOO_FEW))
    [found] = checking.check(shop.root, "one")
    shop.write_article("字", lead_picture=photograph(shop, int(found.values["pixels"])))
    assert codes(shop) == []


def test_a_cover_needs_them_over_the_bleed_in_both_directions(shop: Workshop) -> None:
    shop.write_issue(cover={"picture": photograph(shop, 1600, 1000)})
    [found] = checking.check(shop.root, "one")
    assert (found.code, found.severity, found.hint) == ("N356", Severity.ERROR, "trimmed")
    assert [found.values[name] for name in ("width", "height", "ppi")] == [216, 303, 84]
    assert found.place is not None
    line = (shop.issue / "issue.yaml").read_text("utf-8").splitlines()[found.place.line - 1]
    assert '"1600.png"' in line
    enough = int(found.values["pixels"]), int(found.values["rows"])
    shop.write_issue(cover={"picture": photograph(shop, *enough)})
    assert codes(shop) == []


def test_the_height_that_the_page_gives_a_picture_counts(shop: Workshop) -> None:
    shop.set_up(TEMPLATE.replace('}}">\n{% elif', '}}" style="height: 80pt">\n{% elif'))
    picture = photograph(shop, ENOUGH, 100) | {"id": "p"}
    shop.write_article("![](p)", pictures=[picture])
    [found] = checking.check(shop.root, "one")
    assert (found.values["ppi"], found.hint) == (90, "trimmed")
    shop.write_article("![](p)", pictures=[picture | {"kind": "chart"}])
    assert codes(shop) == []


@pytest.mark.parametrize(("other", "expected"), [(80, ["N356"]), (60, [])])
def test_a_height_counts_where_a_picture_has_it_wherever_it_stands(
    shop: Workshop, other: int, expected: list[str]
) -> None:
    once = '<img src="{{ picture_url(picture) }}" alt="" style="height: 80pt">'
    again = once.replace("80", str(other))
    shop.set_up(TEMPLATE.replace("{% elif", f"{once}{again}\n{{% elif", 1).replace(PLAIN, ""))
    picture = photograph(shop, ENOUGH, 100) | {"id": "p"}
    shop.write_article("![](p)", pictures=[picture])
    assert [found.code for found in checking.check(shop.root, "one")] == expected


def test_a_picture_of_a_section_needs_them_over_the_type_area(shop: Workshop) -> None:
    section = ISSUE["sections"][0] | {"picture": photograph(shop, ENOUGH - 5)}
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
    shop.set_up(EVERYWHERE, slots=[{"name": slot, "description": "图", "width_mm": width_mm}])
    assert [warning.code for warning in shop.compose().warnings] == codes


def test_a_drawing_is_sharp_at_any_size(shop: Workshop) -> None:
    shop.write_issue(cover={"picture": {"file": "square.svg", "alt": "方"}})
    assert shop.compose().warnings == ()


def test_a_picture_that_the_layout_does_not_set_is_not_judged(shop: Workshop) -> None:
    shop.set_up(TEMPLATE.replace("{{ picture_url(picture) }}", ""))
    picture = photograph(shop, TOO_FEW) | {"id": "p"}
    shop.write_article("![](p)", pictures=[picture])
    assert codes(shop) == [("N357", Severity.NOTE)]


SMALL = PLAIN.replace(
    '}}">',
    """}}"{% if small_width(picture) %} style="width: {{ small_width(picture) }}pt"{% endif %}>""",
)


@pytest.mark.parametrize(
    ("pixels", "width_mm", "expected"),
    [
        (158, 27, [("N356", Severity.ERROR)]),
        (160, 27, [("N356", Severity.WARNING)]),
        (300, 34, []),
        (ENOUGH, 71, []),
    ],
)
def test_a_small_picture_is_as_wide_as_its_pixels_allow(
    shop: Workshop, pixels: int, width_mm: int, expected: list[tuple[str, Severity]]
) -> None:
    shop.set_up(TEMPLATE.replace(PLAIN, SMALL))
    picture = photograph(shop, pixels) | {"id": "p", "size": "small"}
    shop.write_article("![](p)", pictures=[picture])
    assert codes(shop) == expected
    if not any(severity is Severity.ERROR for _code, severity in expected):
        width_pt = float(shop.compose().html.partition("width: ")[2].partition("pt")[0])
        assert round(width_pt * 25.4 / 72) == width_mm


def test_a_small_picture_is_no_higher_than_half_a_column(shop: Workshop) -> None:
    shop.set_up(TEMPLATE.replace(PLAIN, SMALL))
    picture = photograph(shop, ENOUGH, 2 * ENOUGH) | {"id": "p", "size": "small"}
    shop.write_article("![](p)", pictures=[picture])
    assert 'style="width: 100.0pt"' in shop.compose().html


def test_a_layout_that_heeds_no_size_is_judged_by_its_column(shop: Workshop) -> None:
    picture = photograph(shop, 300) | {"id": "p", "size": "small"}
    shop.write_article("![](p)", pictures=[picture])
    assert codes(shop) == [("N356", Severity.ERROR)]


@pytest.mark.parametrize(
    ("pixels", "more", "hint"),
    [
        (160, {}, "small"),
        (120, {}, "default"),
        (160, {"size": "small"}, "default"),
        (160, {"span": "page"}, "default"),
    ],
)
def test_only_what_is_possible_is_told(
    shop: Workshop, pixels: int, more: dict[str, str], hint: str
) -> None:
    asking = "{{ picture_url(picture) }}{% if small_width(picture) %}{% endif %}"
    shop.set_up(EVERYWHERE.replace("{{ picture_url(picture) }}", asking))
    shop.write_article("字", lead_picture=photograph(shop, pixels) | more)
    [found] = checking.check(shop.root, "one")
    assert found.hint == hint


def test_a_size_that_the_layout_does_not_heed_is_not_suggested(shop: Workshop) -> None:
    shop.write_article("字", lead_picture=photograph(shop, 160))
    [found] = checking.check(shop.root, "one")
    assert found.hint == "default"


@pytest.mark.parametrize(
    ("template", "size", "hint"),
    [
        (EVERYWHERE, {}, "default"),
        (EVERYWHERE, {"size": "small"}, "default"),
        (EVERYWHERE + "{# small_width #}", {}, "small"),
    ],
)
def test_nor_where_errors_keep_the_page_from_being_written(
    shop: Workshop, template: str, size: dict[str, str], hint: str
) -> None:
    shop.set_up(template)
    shop.write_article("##字", lead_picture=photograph(shop, 160) | size)
    assert [(d.code, d.hint) for d in checking.check(shop.root, "one")] == [
        ("N214", "heading"),
        ("N356", hint),
    ]


@pytest.mark.parametrize("layout", ["silkroad", "bulletin"])
def test_the_layouts_set_a_small_picture_narrower(tmp_path: Path, layout: str) -> None:
    shop = Workshop(tmp_path)
    shop.set_up()
    shutil.copytree(SILKROAD.parent, shop.root / "layouts", dirs_exist_ok=True)
    shop.publish(layout={"name": layout})
    picture = photograph(shop, 160, 100) | {"id": "p", "size": "small"}
    shop.write_article("字\n\n![](p)", pictures=[picture])
    assert codes(shop) == [("N356", Severity.WARNING)]
