"""The list of rooms has every room of the house, in the order in which they may import."""

from __future__ import annotations

import re
import tomllib

from workshop import HOUSE

PACKAGE = HOUSE / "src" / "newsletter"
BESIDE = {"__init__.py", "__pycache__", "py.typed", "_data"}


def rooms_listed() -> list[str]:
    """Return the modules and folders that docs/architecture.md lists, from the top down."""
    text = (HOUSE / "docs" / "architecture.md").read_text("utf-8")
    listing = text[text.index("    src/newsletter/") :].partition("\n\n")[0]
    heads = re.findall(r"^ {6}(\w\S*(?:, \w\S*)*) {2,}", listing, re.MULTILINE)
    return [room.rstrip("/") for head in heads for room in head.split(", ")]


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
