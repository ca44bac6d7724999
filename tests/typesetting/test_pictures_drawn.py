"""Pictures in SVG are drawn byte by byte as WeasyPrint draws them."""

from __future__ import annotations

import copy
from collections import Counter
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsletter.typesetting.seam.loading import load
from newsletter.typesetting.seam.pictures import let_go
from newsletter.typesetting.seam.vectors import Vectors

load()

import pydyf  # noqa: E402 - once WeasyPrint is loaded as a build loads it
from cssselect2 import Matcher  # noqa: E402
from tinycss2.color5 import parse_color  # noqa: E402
from weasyprint.matrix import Matrix  # noqa: E402
from weasyprint.pdf.stream import Stream  # noqa: E402
from weasyprint.svg import SVG  # noqa: E402

PLAIN = """
<g fill="#2a6a4a" transform="rotate(30 4 5) translate(3) scale(2 .5)">
  <rect x="1" y="2" width="30" height="20.5"/><title>so</title>
  <rect width="10" height="8" rx="2.5" ry="9" stroke="red" stroke-width="2%"/>
  <rect width="10" height="8" ry="3"/><rect width="0" height="5"/><rect rx="" width="3" height="3"/>
  <circle cx="5" cy="5" r="2.25" fill="none" stroke="#123" stroke-width="3"/><circle r="0"/>
  <ellipse cx="5" cy="-5" rx="2" ry="1e1" stroke="black" stroke-dasharray="2 1, .5"/>
  <ellipse rx="3"/>
  <path d="M0 0L5 5c1 2 3 4 5 6z" fill-rule="evenodd" stroke-linecap="round"/>
  <path d="M0 0A1 1 0 0 0 5 5" fill-opacity=".5" stroke-linejoin="bevel" stroke="blue"/>
  <line x1="1" y1="2" x2="30%" y2="4" stroke="green" stroke-miterlimit="2"/>
  <polyline points="1 2 3 4 5 6"/><polygon points="1,2 3,4 5"/><g/>
</g>"""
OTHERWISE = """
<defs><linearGradient id="a"><stop offset="0" stop-color="red"/><stop offset="1"/></linearGradient>
<clipPath id="c"><rect width="5" height="5"/></clipPath>
<pattern id="p" width="4" height="4"><circle r="1"/></pattern>
<marker id="m" markerWidth="3" markerHeight="3"><circle r="1" fill="context-stroke"/>
</marker></defs>
<style>.k { fill: teal; stroke: url(#a) }</style>
<rect width="9" height="9" fill="url(#a)"/><g clip-path="url(#c)"><circle r="3" class="k"/></g>
<g opacity=".5"><circle r="4" opacity="50%"/></g><path d="M0 0L9 9" marker-end="url(#m)"/>
<circle r="2" display="none"/><circle r="2" visibility="hidden"/>
<rect fill="url(#p)" width="9" height="9"/>
<g font-size="20"><circle r="1em"/></g><use href="#c"/><circle r="nothing"/>
<g transform="matrix(1 0 0 1 0 0) skewX(20)" fill="currentColor" color="lab(50 20 30)">
<circle r="1"/></g>"""
BROKEN = '<circle r="3" stroke="red" stroke-miterlimit="x"/>'


STATES = "".join(
    f'<circle r="3" stroke="red" {name}="{value}"/>'
    for name, values in {
        "fill": ("#123", "none", ""),
        "fill-opacity": ("1", ".5", "20%"),
        "stroke-opacity": (".5", "0"),
        "stroke-width": ("2", "3%", "0"),
        "stroke-dasharray": ("2 1", "none", "3%"),
        "stroke-linecap": ("round", "square"),
        "stroke-linejoin": ("round", "bevel"),
        "stroke-miterlimit": ("2", "-1"),
    }.items()
    for value in values
) + "".join(f'<circle r="3" stroke-dasharray="2" stroke-dashoffset="{k}"/>' for k in (1, -1))


def drawn(body: str, width: int = 60) -> tuple[bytes, list[str]]:
    """Return what a picture puts on a page, with its groups and states."""
    text = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} 40">{body}</svg>'
    names = ("ExtGState", "XObject", "Pattern", "Shading", "ColorSpace", "Font")
    resources = pydyf.Dictionary({name: pydyf.Dictionary() for name in names})
    stream = Stream({}, (0, 0, 60, 40), resources, {}, None, {}, None)
    picture = SVG(ET.fromstring(text), "picture.svg", None)  # noqa: S314 - ours
    try:
        picture.draw(stream, 120, 80, None, None)
    except (AttributeError, ValueError) as error:
        stream.stream.append(repr(error))
    held = [item.data for kind in resources.values() for item in kind.values()]
    return stream.data, [repr(item) for item in held]


TEXT = '<text x="1" y="9">some <tspan>more</tspan> words</text><circle r="3"/>'


@pytest.mark.parametrize(("body", "is_given_up"), [(PLAIN + OTHERWISE, True), (TEXT, False)])
def test_a_picture_can_be_drawn_again_after_it_was_given_up(
    monkeypatch: pytest.MonkeyPatch, *, body: str, is_given_up: bool
) -> None:
    vectors = Vectors()
    for owner, name, value in vectors.replacements():
        monkeypatch.setattr(owner, name, value)
    picture = SVG(ET.fromstring(f"<svg viewBox='0 0 60 40'>{body}</svg>"), None, None)  # noqa: S314
    found = []
    for _ in range(2):
        if body is TEXT:  # which needs fonts
            list(picture.tree)
            let_go(picture)
        else:
            found.append(drawn_on_page(picture))
        assert (picture.tree._children is None) is is_given_up
    assert len(set(found)) < 2


def drawn_on_page(picture: SVG) -> bytes:
    """Return the content of a page with nothing but a picture, and what it refers to."""
    names = ("ExtGState", "XObject", "Pattern", "Shading", "ColorSpace", "Font")
    resources = pydyf.Dictionary({name: pydyf.Dictionary() for name in names})
    stream = Stream({}, (0, 0, 60, 40), resources, {}, None, {}, None)
    picture.draw(stream, 120, 80, None, None)
    return bytes(stream.data) + b"".join(item.data for item in resources["Pattern"].values())


DEFINED = """<mask id="m"><rect width="9" height="9" fill="white"/></mask>
<pattern id="p" width=".5" height=".25"><circle r="1"/></pattern>
<symbol id="s" viewBox="0 0 9 9"><use href="#g"/></symbol><g id="g"><path d="M0 0L5 5"/></g>
"""


@pytest.mark.parametrize(
    "body",
    [
        '<rect width="9" height="9" mask="url(#m)"/>',
        '<rect width="9" height="9" fill="url(#p)" stroke="url(#p)"/>',
        '<use href="#s"/><use href="#s" x="9"/>',
        '<mask id="n"><circle r="9" fill="url(#p)"/></mask><g mask="url(#n)"><use href="#s"/></g>',
    ],
)
def test_a_picture_is_drawn_a_second_time_as_the_first(
    monkeypatch: pytest.MonkeyPatch, body: str
) -> None:
    root = ET.fromstring(f"<svg viewBox='0 0 60 40'>{DEFINED}{body}</svg>")  # noqa: S314 - ours
    alone = drawn_on_page(SVG(copy.deepcopy(root), None, None))
    for owner, name, value in Vectors().replacements():
        monkeypatch.setattr(owner, name, value)
    picture = SVG(root, None, None)
    assert [drawn_on_page(picture) for _time in range(3)] == [alone] * 3


def with_ours(monkeypatch: pytest.MonkeyPatch, body: str) -> tuple[bytes, list[str]]:
    with monkeypatch.context() as patched:
        for owner, name, value in Vectors().replacements():
            patched.setattr(owner, name, value)
        return drawn(body)


@pytest.mark.parametrize("body", [PLAIN, OTHERWISE, BROKEN, PLAIN + OTHERWISE + PLAIN + BROKEN])
def test_a_picture_is_drawn_as_weasyprint_draws_it(
    monkeypatch: pytest.MonkeyPatch, body: str
) -> None:
    assert with_ours(monkeypatch, body) == drawn(body)


def test_what_shapes_set_is_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    expected = drawn(STATES), drawn(STATES, width=80)
    for owner, name, value in Vectors().replacements():
        monkeypatch.setattr(owner, name, value)
    assert (drawn(STATES), drawn(STATES, width=80)) == expected


@pytest.mark.parametrize("tag", ["rect", "circle", "ellipse"])
def test_any_shape_is(monkeypatch: pytest.MonkeyPatch, tag: str) -> None:
    lengths = st.one_of(st.just(""), st.floats(-99, 99).map(lambda number: f"{number:.3f}"))
    names = {"rect": ("x", "y", "width", "height", "rx", "ry"), "circle": ("cx", "cy", "r")}
    of_tag = names.get(tag, ("cx", "cy", "rx", "ry"))
    attributes = st.dictionaries(st.sampled_from(of_tag), lengths)

    @given(attributes)
    def drawn_alike(said: dict[str, str]) -> None:
        body = f"<{tag} " + " ".join(f'{name}="{value}"' for name, value in said.items()) + "/>"
        assert with_ours(monkeypatch, body) == drawn(body)

    drawn_alike()


def test_plain_elements_are_not_drawn_by_weasyprint(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: Counter[str] = Counter()
    theirs = SVG.draw_node

    def noted(svg: SVG, node: object, *rest: object, **named: object) -> None:
        asked[getattr(node, "tag", "")] += 1
        theirs(svg, node, *rest, **named)

    monkeypatch.setattr(SVG, "draw_node", noted)
    with_ours(monkeypatch, PLAIN)
    assert dict(asked) == {"svg": 1, "title": 1}


INHERITED = """
<g fill="red" stroke="blue" color="#123" x="7" id="g" opacity="1"><rect width="5" height="5"/>
  <g fill="none"><circle r="3"/><circle r="3" fill="inherit"/><circle fill="currentColor" r="3"/>
  </g>
  <g style="fill:lime;stroke:inherit"><circle r="2"/><circle style="fill:navy" fill="red" r="2"/>
  </g>
  <g font="12px serif"><circle r="1em"/></g>
</g>"""
SHEET = "<style>circle { stroke: teal } .k, #g g { fill: pink !important }</style>"


@pytest.mark.parametrize("body", [INHERITED, SHEET + INHERITED])
def test_what_elements_inherit_is_what_weasyprint_gives_them(
    monkeypatch: pytest.MonkeyPatch, body: str
) -> None:
    assert with_ours(monkeypatch, body) == drawn(body)
    assert drawn(SHEET + INHERITED) != drawn(INHERITED)


def test_without_a_stylesheet_no_selector_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    monkeypatch.setattr(Matcher, "match", lambda _matcher, element: asked.append(element) or [])
    with_ours(monkeypatch, PLAIN)
    assert asked == []
    drawn(PLAIN)
    assert asked


def coloured() -> tuple[list[bytes], list[str]]:
    """Return what a page gets when colours are set, and the states of transparency."""
    resources = pydyf.Dictionary({"ExtGState": pydyf.Dictionary()})
    stream = Stream({}, (0, 0, 60, 40), resources, {}, None, {}, None)
    for name in ("red", "red", "#1234", "rgb(none 5 9)", "lab(50 20 30)", "hsl(90 50% 50%)", "red"):
        colour = parse_color(name)
        for stroke in (False, True, False):
            stream.set_color(colour, stroke)
        with stream.stacked():
            stream.set_color(colour)
    return stream.stream, list(resources["ExtGState"])


def test_colours_are_set_as_weasyprint_sets_them(monkeypatch: pytest.MonkeyPatch) -> None:
    expected = coloured()
    for owner, name, value in Vectors().replacements():
        monkeypatch.setattr(owner, name, value)
    assert coloured() == expected
    assert coloured() == expected  # all of them known by now


def test_a_colour_is_written_once(monkeypatch: pytest.MonkeyPatch) -> None:
    for owner, name, value in Vectors().replacements():
        monkeypatch.setattr(owner, name, value)
    coloured()
    monkeypatch.setattr(Stream, "set_color_rgb", None)
    with_red = Stream({}, (), {"ExtGState": {}}, {}, None, {}, None)
    with_red.set_color(parse_color("red"))
    assert with_red.stream[-1] == b"1 0 0 rg"


matrices = st.lists(st.floats(-9, 9) | st.integers(-1, 1), min_size=6, max_size=6)


@given(matrices, matrices)
def test_products_of_matrices_are_the_same(one: list[float], other: list[float]) -> None:
    expected = Matrix(*one) @ Matrix(*other)
    with pytest.MonkeyPatch.context() as patched:
        for owner, name, value in Vectors().replacements():
            patched.setattr(owner, name, value)
        found = Matrix(*one) @ Matrix(*other)
        assert Matrix(*one).transform_point(2, 3) is not None
    assert repr(found) == repr(expected)
