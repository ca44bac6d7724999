"""The list of rooms has every room of the house, in the order in which they may import."""

from __future__ import annotations

import re
import tomllib

import pytest

from workshop import HOUSE

PACKAGE = HOUSE / "src" / "newsletter"
BESIDE = {"__init__.py", "__pycache__", "py.typed", "_data"}
TEXT = (HOUSE / "docs" / "architecture.md").read_text("utf-8")
LISTING = TEXT[TEXT.index("    src/newsletter/") :].partition("\n\n")[0]
NAMED = ("crew", "preview", "archive", "archive/site", "review", "press", "typesetting")
"""Rooms of which the list names each module; of others it says what they do."""


def rooms_listed() -> list[str]:
    """Return the modules and folders that docs/architecture.md lists, from the top down."""
    heads = re.findall(r"^ {6}(\w\S*(?:, \w\S*)*) {2,}", LISTING, re.MULTILINE)
    return [room.rstrip("/") for head in heads for room in head.split(", ")]


def modules(folder: str) -> set[str]:
    return {path.stem for path in (PACKAGE / folder).glob("*.py")} - {"__init__"}


def test_every_room_is_listed_once() -> None:
    there = [path.name for path in PACKAGE.iterdir() if path.name not in BESIDE]
    assert sorted(rooms_listed()) == sorted(there)


def test_rooms_are_listed_in_the_order_in_which_they_may_import() -> None:
    said = tomllib.loads((HOUSE / "pyproject.toml").read_text("utf-8"))
    contracts = said["tool"]["importlinter"]["contracts"]
    layers = next(one["layers"] for one in contracts if one["type"] == "layers")
    floor = {
        name.strip().removeprefix("newsletter."): number
        for number, layer in enumerate(layers)
        for name in re.split(r"[|:]", layer)
    }
    listed = [floor[name] for room in rooms_listed() if (name := room.removesuffix(".py")) in floor]
    assert len(listed) == len(floor)
    assert listed == sorted(listed)


@pytest.mark.parametrize("room", NAMED)
def test_every_module_of_a_room_is_named(room: str) -> None:
    entry = LISTING[LISTING.index(f"\n      {room.partition('/')[0]}/") + 1 :]
    said = re.split(r"\n {6}(?=\w)", entry)[0]
    assert modules(room) - set(re.findall(r"\w+", said)) == set()


def test_every_module_of_the_seam_is_named() -> None:
    said = TEXT[TEXT.index("\n## How a line is set") :].partition("\n\n[typesetting.md]")[0]
    items = re.findall(r"^- .*", said, re.MULTILINE)
    named = re.findall(r"`(\w+)`", "\n".join(items))
    assert set(named) - {"inspection"} == modules("typesetting/seam")
