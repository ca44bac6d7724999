"""The forme: what is kept of a layout for the next, and what has it taken anew."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from newsletter import forme as forme_module
from newsletter.diagnostics import Refused
from newsletter.forme import MOST_SHEETS, Chase, Forme
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


# For the next issue ------------------------------------------------------------------------


COLOURED = STYLE + "p { --ink: #123; color: var(--ink); width: calc(30mm + 2em) }\n"
WRONG = (
    STYLE + "p { colour: red; --wide: mitre; width: var(--wide) }\nh2 { height: calc(9 * red) }\n"
)


@pytest.fixture
def nothing_kept(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Return what has everything forgotten that is kept from issue to issue."""

    def forget() -> None:
        monkeypatch.setattr(forme_module, "_SHEETS", [])

    forget()
    return forget


def made(shop: Workshop) -> tuple[object, object]:
    """Return an issue as written by itself, and what is told of it."""
    pages = render(shop.compose(), Forme())
    return pages.write(tagged=True), pages.findings


def fonts_of(shop: Workshop) -> object:
    forme = Forme()
    render(shop.compose(), forme)
    return forme.context["font_config"]


BODIES = ("正文一行。", "另一期的正文，*有重点*。\n\n> 引文一段。\n\n- 一条", "正文一行。\n\n尾。")


@pytest.mark.parametrize("style", [STYLE, COLOURED, WRONG])
def test_issues_come_out_alike_alone_and_after_others(
    shop: Workshop, nothing_kept: Callable[[], None], style: str
) -> None:
    shop.set_up(style=style)
    alone = {}
    for body in BODIES:
        nothing_kept()
        shop.write_article(body)
        alone[body] = made(shop)
    nothing_kept()
    for body in (*BODIES, *reversed(BODIES)):
        shop.write_article(body)
        assert made(shop) == alone[body]


@pytest.mark.usefixtures("nothing_kept")
def test_sheets_and_fonts_are_read_once_for_issues_of_a_layout(shop: Workshop) -> None:
    first = fonts_of(shop)
    shop.write_article("另一期的正文。")
    assert fonts_of(shop) is first
    other = TEMPLATE.replace("</head>", "<style>p { color: red }</style></head>")
    shop.set_up(other)
    assert fonts_of(shop) is not first
    shop.set_up(style=STYLE + "p { color: red }")
    assert fonts_of(shop) is not first


def test_sheets_of_which_something_was_said_say_it_again(
    shop: Workshop, nothing_kept: Callable[[], None]
) -> None:
    """WeasyPrint by itself says some of it only once."""
    shop.set_up(style=WRONG)
    alone = made(shop)
    nothing_kept()
    forme = Forme(is_lasting=True)
    for _ in range(3):
        render(shop.compose(), forme)
    assert made(shop) == alone


def test_sheets_of_a_document_that_brought_others_are_not_kept(
    shop: Workshop, nothing_kept: Callable[[], None]
) -> None:
    own = "<style>@counter-style crosses { system: cyclic; symbols: X }</style>"
    shop.set_up(
        TEMPLATE.replace("</head>", f'{{% if issue.period == "夏季" %}}{own}{{% endif %}}</head>'),
        STYLE.replace("counter(page)", "counter(page, crosses)"),
    )
    shop.write_issue(period="春季")
    alone = made(shop)
    for periods in (["夏季"], ["春季", "夏季"], ["夏季", "春季"]):
        nothing_kept()
        forme = Forme(is_lasting=True)
        for period in (*periods, "春季"):
            shop.write_issue(period=period)
            render(shop.compose(), forme)
        assert made(shop) == alone
        assert fonts_of(shop) is not forme.context["font_config"]


@pytest.mark.usefixtures("nothing_kept")
def test_a_font_or_picture_of_a_layout_that_is_another_is_read_anew(shop: Workshop) -> None:
    sized = SQUARE.replace("<svg", '<svg width="8" height="8"')
    style = STYLE + "h2 { background: url(ground.svg) }\n"
    shop.set_up(style=style, parts={"ground.svg": sized})
    first, before = fonts_of(shop), made(shop)
    write(shop.layout / "ground.svg", sized.replace("<path", '<path fill="red"'))
    assert fonts_of(shop) is not first
    assert made(shop) != before


@pytest.mark.usefixtures("nothing_kept")
def test_sheets_of_few_layouts_are_kept(shop: Workshop) -> None:
    read = []
    for number in range(MOST_SHEETS + 1):
        shop.set_up(style=STYLE + f"p {{ margin-left: {number}pt }}")
        read.append(fonts_of(shop))
    assert len(forme_module._SHEETS) == MOST_SHEETS
    assert fonts_of(shop) is read[-1]
    shop.set_up(style=STYLE + "p { margin-left: 0pt }")
    assert fonts_of(shop) is not read[0]


def test_lengths_follow_the_first_page_of_each_issue(
    shop: Workshop, nothing_kept: Callable[[], None]
) -> None:
    shop.set_up(
        TEMPLATE.replace("<body>", '<body><div class="of-{{ issue.period }}">封面</div>'),
        STYLE + ".of-夏季 { page: wide } @page wide { size: A5 } h1 { padding-left: 5vw }",
    )
    alone, periods = {}, ["春季", "夏季"]
    for period in periods:
        nothing_kept()
        shop.write_issue(period=period)
        alone[period] = made(shop)
    nothing_kept()
    for period in periods * 3:
        shop.write_issue(period=period)
        assert made(shop) == alone[period]


@pytest.mark.parametrize("is_lasting", [False, True])
def test_what_a_variable_gets_wrong_is_told_in_each_layout(
    shop: Workshop, nothing_kept: Callable[[], None], *, is_lasting: bool
) -> None:
    shop.set_up(style=WRONG)
    alone = render(shop.compose()).findings
    assert [found.code for found in alone].count("N505") == len(alone) > 1
    nothing_kept()
    forme = Forme(is_lasting=is_lasting)
    for body in BODIES:
        shop.write_article(body)
        assert render(shop.compose(), forme).findings == alone
