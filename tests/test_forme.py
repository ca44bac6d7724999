"""The forme: what is kept of a layout for the next, and what has it taken anew."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from newsletter.diagnostics import Refused
from newsletter.forme import Chase, Forme
from newsletter.render import Pages, render
from newsletter.typesetting.seam import Matched
from workshop import SQUARE, STYLE, TEMPLATE, Workshop, write

PICTURE = {"id": "square", "file": "square.svg", "alt": "方"}
GROUND = TEMPLATE.replace(
    '<img src="{{ picture_url(picture) }}" alt="{{ picture.alt }}">',
    '<div style="height: 9mm; background: url({{ picture_url(picture) }})"></div>',
)
RED = SQUARE.replace("<path", '<path fill="red"')


@pytest.fixture
def shop(tmp_path: Path) -> Workshop:
    shop = Workshop(tmp_path)
    shop.write_article("正文一行。\n\n![](square)", pictures=[PICTURE])
    return shop


def laid_out(shop: Workshop, forme: Forme) -> Pages:
    """Lay the issue out with what is kept; the pages are those of a fresh layout."""
    galley = shop.compose()
    pages = render(galley, forme)
    assert pages.write(tagged=True) == render(galley).write(tagged=True)
    return pages


def test_sheets_and_pages_are_kept(shop: Workshop) -> None:
    forme = Forme()
    laid_out(shop, forme)
    sheets, images = forme.sheets, dict(forme.chase.images)
    laid_out(shop, forme)
    assert forme.sheets is sheets
    assert forme.chase.images == images
    assert forme.chase.put_in == {0}
    assert forme.taken == 1


def test_another_picture_is_loaded_and_its_page_laid_out(shop: Workshop) -> None:
    forme = Forme()
    laid_out(shop, forme)
    write(shop.issue / "square.svg", RED)
    laid_out(shop, forme)
    assert forme.chase.put_in == set()
    assert forme.taken == 1


def test_another_picture_in_the_ground_of_a_block_has_all_taken_anew(shop: Workshop) -> None:
    shop.set_up(GROUND)
    forme = Forme()
    laid_out(shop, forme)
    write(shop.issue / "square.svg", RED)
    laid_out(shop, forme)
    assert forme.chase.put_in == set()
    assert forme.taken == 2


@pytest.mark.parametrize("name", ["style.css", "ground.svg", "layout.yaml"])
def test_a_file_of_the_layout_has_all_taken_anew(shop: Workshop, name: str) -> None:
    sized = SQUARE.replace("<svg", '<svg width="8" height="8"')
    style = STYLE + "h2 { background: url(ground.svg) }\n"
    shop.set_up(style=style, parts={"ground.svg": sized})
    forme = Forme()
    laid_out(shop, forme)
    changed = {
        "style.css": lambda: write(shop.layout / name, style + "p { color: red }\n"),
        "ground.svg": lambda: write(shop.layout / name, sized.replace("<path", '<path fill="red"')),
        "layout.yaml": lambda: shop.set_up(
            style=style, parts={"ground.svg": sized}, typesetting={"latin_gap": 0.125}
        ),
    }
    changed[name]()
    os.utime(shop.layout / name, (1, 1))
    laid_out(shop, forme)
    assert forme.chase.put_in == set()
    assert forme.taken == 2


def test_after_a_layout_that_failed_everything_is_laid_out(shop: Workshop) -> None:
    forme = Forme()
    laid_out(shop, forme)
    shop.set_up(TEMPLATE.replace("<h2>", '<img src="https://elsewhere.invalid/x.png"><h2>'))
    with pytest.raises(Refused):
        render(shop.compose(), forme)
    shop.set_up()
    laid_out(shop, forme)


def test_a_document_is_quiet_while_nothing_is_said_in_any_of_its_layouts() -> None:
    chase = Chase(matched=Matched())
    told = []
    for reads, quiet in ((1, True), (1, True), (1, False), (1, True), (2, True), (3, False)):
        chase.reading.reads = reads
        chase.note(quiet=quiet)
        told.append(chase.matched is not None and chase.matched.is_quiet)
    assert told == [True, True, False, False, True, False]
