"""Ten kinds of change, and metadata, each put in its class: pages set by the real renderer."""

from __future__ import annotations

from pathlib import Path

import changes
import pytest

from newsletter.review.classes import Change, ComparedPage, Comparison, Kind
from newsletter.review.comparison import compare
from newsletter.review.sides import Side, side_of_pdf


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Side:
    return changes.side(changes.make(tmp_path_factory.mktemp("before")))


@pytest.fixture(params=[True, False], ids=["with blocks", "bare PDF"])
def compared(request: pytest.FixtureRequest, before: Side, tmp_path: Path) -> changes.Compared:
    """Compare with a baseline whose blocks are known, and with a bare PDF."""
    old = before if request.param else side_of_pdf(before.pdf, "before.pdf")

    def look(name: str) -> Comparison:
        shop = changes.make(tmp_path)
        changes.CHANGES[name](shop)
        return compare(old, changes.side(shop))

    return look


def only(comparison: Comparison) -> ComparedPage:
    """Return the page that is not identical."""
    (page,) = (page for page in comparison.pages if page.kind is not Kind.IDENTICAL)
    return page


def heaviest(page: ComparedPage) -> Change:
    return page.changes[0]


def test_nothing_changed(before: Side) -> None:
    assert {page.kind for page in compare(before, before).pages} == {Kind.IDENTICAL}


def test_a_moved_picture(compared: changes.Compared) -> None:
    page = only(compared("a moved picture"))
    assert (page.new, page.kind) == (2, Kind.MOVED)
    assert page.shift == pytest.approx((6, 0), abs=0.1)


def test_one_word(compared: changes.Compared) -> None:
    page = only(compared("one word"))
    assert (page.new, page.kind) == (2, Kind.TEXT)
    assert {(c.before, c.now) for c in page.changes} == {("城市", "村庄")}


def test_a_colour_by_2_of_255(compared: changes.Compared) -> None:
    page = only(compared("a colour by 2/255"))
    assert (page.new, page.kind) == (3, Kind.IMPERCEPTIBLE)
    assert heaviest(page).delta_e == pytest.approx(0.8, abs=0.1)


def test_a_colour_by_20_of_255(compared: changes.Compared) -> None:
    page = only(compared("a colour by 20/255"))
    assert (page.new, page.kind) == (3, Kind.COLOUR)
    assert (heaviest(page).before, heaviest(page).now) == ("#f0e6c8", "#dcd2c8")
    assert heaviest(page).delta_e == pytest.approx(12.2, abs=0.2)


def test_a_font_swap(compared: changes.Compared) -> None:
    pages = [page for page in compared("a font swap").pages if page.kind is not Kind.IDENTICAL]
    assert [(page.new, page.kind) for page in pages] == [(n, Kind.TYPE) for n in (2, 3, 4)]
    assert (heaviest(pages[0]).before, heaviest(pages[0]).now) == (
        "WenKai 16 pt",
        "Noto-Sans-SC 16 pt",
    )


def test_a_margin(compared: changes.Compared) -> None:
    pages = compared("a margin").pages
    assert {page.kind for page in pages} == {Kind.MOVED}
    assert {page.shift for page in pages} == {(2.0, 0.0)}


def test_a_deleted_paragraph(compared: changes.Compared) -> None:
    page = only(compared("a deleted paragraph"))
    assert (page.new, page.kind) == (2, Kind.TEXT)
    assert heaviest(page).before.startswith("沙漠里的光伏电站")
    assert heaviest(page).now == ""


def test_a_reflow_has_one_root_cause(compared: changes.Compared) -> None:
    kinds = {page.new: page for page in compared("a reflow").pages}
    assert [kinds[n].kind for n in range(1, 7)] == [
        *[Kind.IDENTICAL] * 3,
        Kind.TEXT,
        *[Kind.REFLOW] * 2,
    ]
    for number in (5, 6):
        cause = kinds[number].cause
        assert cause is not None
        assert cause.page == 4
        assert cause.change.kind is Kind.TEXT
        assert cause.change.now.startswith("绿色金融的规则")


def test_a_new_page_leaves_the_others_identical(compared: changes.Compared) -> None:
    comparison = compared("a new page")
    assert (only(comparison).new, only(comparison).kind) == (3, Kind.NEW)
    assert [page.folio for page in comparison.pages[3:]] == [
        (str(n), str(n + 1)) for n in (3, 4, 5, 6)
    ]


def test_a_swapped_article(compared: changes.Compared) -> None:
    comparison = compared("a swapped article")
    page = only(comparison)
    assert (page.old, page.new, page.kind) == (2, 3, Kind.ORDER)
    assert (comparison.pages[1].old, comparison.pages[1].new) == (3, 2)


def test_metadata_only(compared: changes.Compared) -> None:
    comparison = compared("metadata only")
    assert {page.kind for page in comparison.pages} == {Kind.IDENTICAL}
    assert comparison.metadata == (("Alt", "示意图", "平面图"),)


def test_the_lines_behind_a_change_are_named(before: Side, tmp_path: Path) -> None:
    expected = {
        "one word": "issues/one/issue.yaml:",
        "a colour by 20/255": "layouts/plain/style.css:7",
        "a margin": "layouts/plain/style.css:1",
        "a font swap": "layouts/plain/style.css:5",
    }
    for name, place in expected.items():
        shop = changes.make(tmp_path / name.replace("/", ""))
        changes.CHANGES[name](shop)
        page = next(p for p in compare(before, changes.side(shop)).pages if p.changes)
        assert heaviest(page).behind[0].startswith(place), name
