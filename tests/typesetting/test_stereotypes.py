"""A picture that was drawn before is written again as it would be drawn."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from newsletter.cache.store import at_hand, key_of
from newsletter.render import render
from newsletter.typesetting.seam import stereotypes
from newsletter.typesetting.seam.loading import load
from newsletter.typesetting.seam.stereotypes import STEREOTYPES, Stereotypes
from newsletter.typesetting.seam.vectors import Vectors
from workshop import Workshop, write

load()

import pydyf  # noqa: E402 - once WeasyPrint is loaded as a build loads it
from tinycss2.color5 import parse_color  # noqa: E402
from weasyprint.pdf.stream import Stream  # noqa: E402
from weasyprint.svg import SVG  # noqa: E402

URL = "picture.svg"
FRAME = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 40">{}</svg>'
PLAIN = {
    "shapes": '<rect width="9" height="8" rx="2"/><circle r="3" fill="red"/><title>题</title>',
    "strokes": '<path d="M0 0L5 5" stroke="#123" stroke-width="2%" fill="none"/>',
    "opacities": '<rect width="9" height="8" fill-opacity=".5" stroke="red" stroke-opacity=".25"/>',
    "groups": '<g transform="rotate(30)" fill="teal"><path d="M0 0A1 1 0 0 0 5 5z"/></g>',
    "nothing": "<desc>空</desc>",
}
ELSEWHERE = """<defs><linearGradient id="a"><stop offset="0" stop-color="red"/></linearGradient>
<clipPath id="c"><rect width="5" height="5"/></clipPath><g id="g"><circle r="2"/></g>
<marker id="m" markerWidth="3" markerHeight="3"><circle r="1"/></marker></defs>"""
OTHER = {
    "gradients": '<rect width="9" height="9" fill="url(#a)"/>',
    "clips": '<g clip-path="url(#c)"><circle r="3"/></g>',
    "groups with opacity": '<g opacity=".5"><circle r="4"/></g>',
    "what stands elsewhere": '<use href="#g"/>',
    "markers": '<path d="M0 0L9 9" marker-end="url(#m)"/>',
    "other colours": '<circle r="3" fill="lab(50 20 30)"/>',
}


@pytest.fixture(autouse=True)
def _nothing_known(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    forget(monkeypatch)
    yield
    STEREOTYPES.clear()


@pytest.fixture
def _ours(monkeypatch: pytest.MonkeyPatch) -> None:
    for owner, name, value in Vectors({URL: "digest"}).replacements():
        monkeypatch.setattr(owner, name, value)


def drawn(body: str, before: str, shift: float, width: float = 120) -> tuple[bytes, list[bytes]]:
    """Return a page on which a picture is drawn somewhere, after something in a colour."""
    text = FRAME.format(ELSEWHERE + body)
    names = ("ExtGState", "XObject", "Pattern", "Shading", "ColorSpace", "Font")
    resources = pydyf.Dictionary({name: pydyf.Dictionary() for name in names})
    stream = Stream({}, (0, 0, 60, 40), resources, {}, None, {}, None)
    stream.set_color(parse_color(before))
    with stream.stacked():
        stream.transform(e=shift)
        with stream.stacked():
            SVG(ET.fromstring(text), URL, None).draw(stream, width, 80, None, None)  # noqa: S314
            stream.set_color(parse_color(before))
    states = [
        b"%s %s" % (name.encode(), item.data) for name, item in resources["ExtGState"].items()
    ]
    return stream.data, states


@pytest.mark.usefixtures("_ours")
@pytest.mark.parametrize("before", ["black", "red", "#11223380"])
@pytest.mark.parametrize("body", [*PLAIN.values(), *OTHER.values()], ids=[*PLAIN, *OTHER])
def test_it_is_written_as_it_is_drawn(body: str, before: str) -> None:
    STEREOTYPES.clear()
    alone = drawn(body, before, 70)
    STEREOTYPES.clear()
    drawn(body, before, 5)
    drawn(body, "blue", 5)
    assert drawn(body, before, 70) == alone


@pytest.mark.usefixtures("_ours")
@pytest.mark.parametrize("body", OTHER.values(), ids=OTHER)
def test_what_is_not_plain_is_drawn_each_time(body: str) -> None:
    drawn(body, "black", 5)
    assert not STEREOTYPES._known


@pytest.mark.usefixtures("_ours")
def test_another_size_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn(PLAIN["shapes"], "black", 5)
    monkeypatch.setattr(Stereotypes, "keep", lambda *_given: pytest.fail("it is known"))
    drawn(PLAIN["shapes"], "black", 9)
    with pytest.raises(pytest.fail.Exception):
        drawn(PLAIN["shapes"], "black", 9, width=121)


@pytest.mark.usefixtures("_ours")
def test_those_used_last_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stereotypes, "MOST", 1000)
    for width in range(40):
        drawn(PLAIN["groups"], "black", 5, width=100 + width)
        drawn(PLAIN["groups"], "black", 5, width=100)
    sizes = [len(known.content) for known in STEREOTYPES._known.values()]
    assert sum(sizes) == STEREOTYPES._size <= 1000
    widths = {key[1] for key in STEREOTYPES._known}
    assert {100, 139} <= widths
    assert 101 not in widths


def test_files_are_the_same_with_and_without(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop = Workshop(tmp_path)
    bodies = [*PLAIN.values(), *(body for body in OTHER.values() if "lab(" not in body)]
    for number, body in enumerate(bodies):
        write(shop.issue / f"p{number}.svg", FRAME.format(ELSEWHERE + body))
    pictures = [
        {"id": f"{time}{number}", "file": f"p{number}.svg", "alt": "图"}
        for time in ("once", "again")
        for number in range(len(bodies))
    ]
    shop.write_article("\n\n".join(f"![]({entry['id']})" for entry in pictures), pictures=pictures)
    pages = render(shop.compose())
    first, again = pages.write(tagged=True), pages.write(tagged=True)
    assert STEREOTYPES._known
    monkeypatch.setattr(Stereotypes, "write", lambda *_given: False)
    monkeypatch.setattr(Stereotypes, "keep", lambda *_given: None)
    assert first == again == pages.write(tagged=True)


def test_a_picture_that_is_another_now_is_drawn(tmp_path: Path) -> None:
    shop = Workshop(tmp_path)
    found = []
    for colour in ("red", "blue"):
        shop.write_article("![](square)", pictures=[{"id": "square", "file": "s.svg", "alt": "方"}])
        write(shop.issue / "s.svg", FRAME.format(f'<circle r="3" fill="{colour}"/>'))
        found.append(render(shop.compose()).write(tagged=True)[0])
    STEREOTYPES.clear()
    assert render(shop.compose()).write(tagged=True)[0] == found[1] != found[0]


def forget(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forget what this process has drawn, as another does not know it."""
    STEREOTYPES.clear()
    monkeypatch.setattr(stereotypes, "_RECALLED", set())


@pytest.mark.usefixtures("cache")
def test_the_next_process_need_not_draw(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shop = Workshop(tmp_path / "publication")
    picture = '<circle r="3" fill="red" fill-opacity=".5"/>'
    write(shop.issue / "s.svg", FRAME.format(picture))
    shop.write_article("![](square)", pictures=[{"id": "square", "file": "s.svg", "alt": "方"}])
    pages = render(shop.compose())
    drawn_first = pages.write(tagged=True)
    forget(monkeypatch)
    monkeypatch.setattr(SVG, "draw", lambda *_given: pytest.fail("it is known"))
    assert pages.write(tagged=True) == drawn_first
    assert STEREOTYPES._known


@pytest.mark.usefixtures("cache")
@pytest.mark.parametrize("damage", [b"", b"\xff\xff", b"\x91\x01", b"\x80"])
def test_what_is_damaged_is_drawn_again(
    damage: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop = Workshop(tmp_path / "publication")
    write(shop.issue / "s.svg", FRAME.format('<circle r="3"/>'))
    shop.write_article("![](square)", pictures=[{"id": "square", "file": "s.svg", "alt": "方"}])
    pages = render(shop.compose())
    drawn_first = pages.write(tagged=True)
    store = at_hand()
    assert store is not None
    store.keep(key_of(stereotypes.KIND, (str(shop.root), "one")), damage)
    for _ in range(2):
        forget(monkeypatch)
        assert pages.write(tagged=True) == drawn_first
        assert STEREOTYPES._known
