"""Inks of a layout: named by colour tokens, refused when there is no such colour."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsletter import checking, printroom
from newsletter.diagnostics import Refused
from newsletter.layouts.inks import colour_tokens, ink_choices
from workshop import STYLE, Workshop, write

TOKENS = ":root { --forest: #17452f; --leaf: rgb(42 106 74); --small: 8pt; }\n"


@pytest.fixture
def shop(tmp_path: Path) -> Workshop:
    return Workshop(tmp_path)


def inked(shop: Workshop, inks: object, css: str = TOKENS) -> Workshop:
    shop.set_up(style=css + STYLE, inks=inks)
    return shop


def test_tokens_are_the_colours_of_the_root(shop: Workshop) -> None:
    layout = inked(shop, {}).compose().layout
    assert colour_tokens(layout) == {"forest": (23, 69, 47), "leaf": (42, 106, 74)}


def test_an_ink_stands_for_the_colour_of_its_token(shop: Workshop) -> None:
    layout = inked(shop, {"forest": {"cmyk": [90, 30, 80, 50]}}).compose().layout
    assert ink_choices(layout)[23, 69, 47].cmyk == (90, 30, 80, 50)


def test_the_order_carries_spot_inks(shop: Workshop) -> None:
    spot = {"spot": "PANTONE 349 C", "cmyk": [90, 30, 80, 50], "tint": 60}
    order = printroom.print_order(inked(shop, {"forest": spot}).compose())
    ink = order.inks[23, 69, 47]
    assert ink.spot is not None
    assert (ink.spot.name, ink.tint) == ("PANTONE 349 C", 0.6)
    assert [plate.name for plate in order.spots] == ["PANTONE 349 C"]


@pytest.mark.parametrize(
    ("inks", "code"),
    [
        ({"forrest": {"cmyk": [0, 0, 0, 100]}}, "N514"),
        ({"small": {"cmyk": [0, 0, 0, 100]}}, "N514"),
        ({"forest": {"cmyk": [0, 0, 0, 100]}, "wood": {"cmyk": [0, 0, 0, 90]}}, "N515"),
    ],
)
def test_a_wrong_choice_is_refused_at_its_line(shop: Workshop, inks: object, code: str) -> None:
    galley = inked(shop, inks, TOKENS + ":root { --wood: #17452f }\n").compose()
    with pytest.raises(Refused) as refusal:
        printroom.print_order(galley)
    (problem,) = refusal.value.diagnostics
    assert problem.code == code
    assert str(problem.place).startswith("layouts/plain/layout.yaml:")


def test_an_inherited_ink_whose_colour_is_not_is_told_at_the_stylesheets(shop: Workshop) -> None:
    inked(shop, {"forest": {"cmyk": [90, 30, 80, 50]}})
    folder = shop.root / "layouts/fancy"
    write(folder / "own.css", "p { color: red }\n")
    own = {"title": "花", "extends": "plain", "stylesheets": ["own.css"]}
    write(folder / "layout.yaml", own)
    shop.write_issue(layout={"name": "fancy"})
    (problem,) = [p for p in checking.check(shop.root, "one") if p.code == "N514"]
    assert problem.hint == "inherited"
    assert str(problem.place).startswith("layouts/fancy/layout.yaml:")
    assert "[..., own.css]" in str(problem.hint_text("zh"))


@pytest.mark.parametrize(("condition", "code"), [("unheard of", "N721"), ("sRGB.icc", "N722")])
def test_a_press_that_is_not_there_is_refused_at_its_line(
    shop: Workshop, condition: str, code: str
) -> None:
    shop.publish(press={"condition": condition})
    (problem,) = [p for p in checking.check(shop.root, "one") if p.code == code]
    assert str(problem.place).startswith("newsletter.yaml:")
