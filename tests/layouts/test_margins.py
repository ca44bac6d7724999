"""Page and grid of layout.yaml decide the pages: their size, margins, columns and lines."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pypdfium2 import PdfDocument

from newsletter.checking import check
from newsletter.diagnostics import Diagnostic, Refused
from newsletter.edition import build
from newsletter.layouts import read_layout
from newsletter.layouts.margins import margins_of
from newsletter.typesetting.seam.tree import boxes_of
from workshop import SILKROAD, Workshop, specimen, write

LAYOUTS = SILKROAD.parent
OWN = {"name": "mine", "title": "我们的", "description": "只为测试"}
A5 = {"width_mm": 148, "height_mm": 210}
SMALL: dict[str, dict[str, Any]] = {
    "silkroad": {
        "page": A5 | {"top_mm": 15},
        "grid": {"column_characters": 15, "lines": 27},
    },
    "bulletin": {
        "page": A5 | {"top_mm": 24, "foot_mm": None, "inner_mm": 20, "outer_mm": None},
        "grid": {"column_characters": 17, "lines": 15},
    },
}
"""What docs/layouts.md has of each for A5."""


def mine(shop: Workshop, base: str, **spec: object) -> Path:
    """Write a layout that extends one of ours, and have the issue set in it."""
    folder = shop.root / "layouts" / "mine"
    write(folder / "layout.yaml", OWN | {"extends": base} | spec)
    shop.publish(layout={"name": "mine"})
    return folder


def refused(folder: Path) -> list[Diagnostic]:
    with pytest.raises(Refused) as caught:
        read_layout(folder, (LAYOUTS,))
    return caught.value.diagnostics


BODY = "\n\n".join(["正文一段，排到栏尾为止，够长的一段。" * 6] * 40)


@pytest.mark.parametrize(("columns", "characters"), [(1, 40), (2, 20), (3, 14)])
def test_columns_of_silkroad_are_those_of_the_grid(
    shop: Workshop, columns: int, characters: int
) -> None:
    mine(shop, "silkroad", grid={"columns": columns, "column_characters": characters})
    shop.write_article(BODY)
    pages = shop.render()
    lines = [line for line in pages.lines if line.page == 3 and line.article]
    assert len({round(line.x_mm) for line in lines if not line.is_first}) == columns
    widths = [line.width_mm / 25.4 * 72 for line in lines if not line.is_last]
    assert max(widths) == pytest.approx(characters * 10.5, abs=0.1)


@pytest.mark.parametrize("count", [24, 33, 41])
def test_pages_of_silkroad_hold_the_lines_of_the_grid(shop: Workshop, count: int) -> None:
    mine(shop, "silkroad", grid={"lines": count})
    shop.write_article("\n\n".join(["一行正文。"] * 220))
    pages = shop.render()
    of_page = {
        round(line.baseline_mm, 1) for line in pages.lines if line.page == 3 and line.article
    }
    assert len(of_page) == count


@pytest.mark.parametrize("base", SMALL)
def test_a_smaller_page_is_reached_as_the_docs_say(shop: Workshop, base: str) -> None:
    mine(shop, base, **SMALL[base])
    shop.write_article(BODY)
    edition = build(shop.root, "one", ["screen", "print"])
    assert {"N523", "N936"}.isdisjoint(problem.code for problem in edition.findings)
    pdf = PdfDocument(edition.files["screen"])
    sizes = {tuple(round(side / 72 * 25.4) for side in page.get_size()) for page in pdf}
    assert sizes == {(148, 210)}
    assert [problem.code for problem in edition.findings if problem.severity == "error"] == []


@pytest.mark.parametrize("base", SMALL)
def test_a_page_without_its_grid_is_refused_at_the_layouts_own_line(
    shop: Workshop, base: str
) -> None:
    folder = mine(shop, base, page=A5)
    problems = refused(folder)
    assert [(p.code, p.hint) for p in problems] == [("N516", "narrow"), ("N516", "low")]
    assert {p.place.file for p in problems} == {"layouts/mine/layout.yaml"}
    remedies = {
        "column_characters": problems[0].values["fits"],
        "lines": problems[1].values["fits"],
    }
    write(folder / "layout.yaml", OWN | {"extends": base, "page": A5, "grid": remedies})
    assert read_layout(folder, (LAYOUTS,)).spec.grid.lines == remedies["lines"]


@pytest.mark.parametrize(
    ("grid", "hint"),
    [
        ({"lines": 20}, "high"),
        ({"lines": 23}, "low"),
        ({"column_characters": 27}, "wide"),
        ({"column_characters": 29}, "narrow"),
    ],
)
def test_margins_that_are_given_have_to_leave_the_grid(
    shop: Workshop, grid: dict[str, int], hint: str
) -> None:
    (problem,) = refused(mine(shop, "bulletin", grid=grid))
    assert (problem.code, problem.hint) == ("N516", hint)
    assert problem.values["fits"] == {"lines": 22}.get(next(iter(grid)), 28)


# What stands in the margins


@pytest.mark.parametrize("base", SMALL)
@pytest.mark.parametrize(
    ("least", "given"), [("least_top_mm", "top_mm"), ("least_foot_mm", "foot_mm")]
)
def test_a_margin_is_told_where_preflight_would_find_text_near_the_trim(
    shop: Workshop, base: str, least: str, given: str
) -> None:
    needs = getattr(read_layout(LAYOUTS / base).spec.page, least)
    if needs is None:
        return
    other = {"top_mm": "foot_mm", "foot_mm": "top_mm"}[given]
    shop.write_article(BODY)
    for height, told in ((needs, set()), (needs - 0.3, {"N523", "N936"})):
        mine(shop, base, page={given: height, other: None})
        found = {problem.code for problem in build(shop.root, "one", ["print"]).findings}
        assert found & {"N523", "N936"} == told, height


@pytest.mark.parametrize(
    ("page", "lines", "hint", "fits"),
    [
        (A5 | {"top_mm": 15}, 28, "default", 27),
        ({"width_mm": 185, "height_mm": 260}, 36, "default", 35),
        (A5 | {"top_mm": 10}, 27, "given", 26),
    ],
)
def test_a_margin_too_small_for_what_stands_in_it_is_told_by_check(
    shop: Workshop, page: dict[str, int], lines: int, hint: str, fits: int
) -> None:
    mine(shop, "silkroad", page=page, grid={"column_characters": 15, "lines": lines})
    [problem] = [p for p in check(shop.root, "one") if p.code == "N523"]
    assert (problem.severity, problem.hint, problem.values["fits"]) == ("warning", hint, fits)
    assert problem.place is not None
    assert problem.place.file == "layouts/mine/layout.yaml"
    shop.publish(layout={"name": "mine"}, profiles=["screen"])
    assert [p for p in check(shop.root, "one") if p.code == "N523"] == []


def test_margins_that_are_not_given_take_what_the_grid_leaves(shop: Workshop) -> None:
    spec = read_layout(mine(shop, "silkroad", page={"inner_mm": 25}), (LAYOUTS,)).spec
    margins = margins_of(spec.page, spec.grid)
    across = margins.inner + spec.grid.type_width_pt + margins.outer
    down = margins.top + spec.grid.type_height_pt + margins.foot
    assert across == pytest.approx(210 / 25.4 * 72, abs=0.01)
    assert down == pytest.approx(297 / 25.4 * 72, abs=0.01)
    assert margins.inner == pytest.approx(25 / 25.4 * 72)


def test_inner_and_outer_margin_change_sides(shop: Workshop) -> None:
    mine(shop, "silkroad", page={"inner_mm": 25})
    shop.write_article(BODY)
    left = {}
    for line in (line for line in shop.render().lines if line.article):
        left[line.page] = min(left.get(line.page, 999.0), line.x_mm)
    assert left[3] == pytest.approx(25, abs=0.1)
    assert left[4] == pytest.approx(210 - 25 - 483 / 72 * 25.4, abs=0.1)


# The example of the docs


def test_words_on_the_cover_can_be_read_when_the_option_is_taken_back(shop: Workshop) -> None:
    """The example of docs/layouts.md: the nameplate is light without cover_tint too."""
    options = {"accent": {"default": "jade"}, "cover_tint": None}
    mine(shop, "silkroad", grid={"body_pt": 11}, options=options)
    picture = {"file": "square.svg", "alt": "黑", "kind": "illustration"}
    shop.write_issue(cover={"picture": picture})
    colours = {
        tuple(round(level * 255) for level in box.style["color"][:3])
        for box, where in boxes_of(shop.render().document)
        if where.page == 1 and box.element_tag in ("h1", "p") and hasattr(box, "text")
    }
    assert (255, 255, 255) in colours


# Whole sheets


def test_an_issue_without_contacts_ends_with_a_back_cover_and_the_fewest_note_pages(
    shop: Workshop,
) -> None:
    shop.publish(layout={"name": "silkroad"}, imprint={"organiser": "主办某社"})
    shop.write_article("正文一段。")
    pdf = PdfDocument(build(shop.root, "one", ["screen"]).files["screen"])
    texts = [page.get_textpage().get_text_range() for page in pdf]
    assert len(texts) == 4
    assert ["笔记" in text for text in texts] == [False, False, True, False]
    assert "主办某社" in texts[3]


def test_a_layout_without_a_multiple_has_no_note_pages(shop: Workshop) -> None:
    mine(shop, "silkroad", page={"multiple": 1})
    shop.write_article("正文一段。")
    assert build(shop.root, "one", ["screen"]).pages == 2


def test_the_house_keeps_its_margins() -> None:
    spec = specimen().layout.spec
    assert margins_of(spec.page, spec.grid) == pytest.approx((48, 55.89, 56.14, 56.14))
