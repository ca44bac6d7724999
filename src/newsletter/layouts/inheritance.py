"""What a layout.yaml inherits from the one that it extends.

In: two trees of YAML. Out: one tree, in which every value still knows its own file and line.
One rule for all keys: mappings inherit key by key at every depth, slots by name and then key by
key, other lists and single values as a whole; what is given as null is not inherited. Among the
stylesheets `...` stands for those that are inherited.
"""

from __future__ import annotations

from msgspec.structs import replace

from newsletter.sources import Mapping, Node, Scalar, Sequence

OWN = frozenset({"name", "extends"})
"""Keys that say which layout this is; none inherits them."""
BY_NAME = "slots"
"""The key whose list is inherited item by item."""
SHEETS = "stylesheets"
THEIRS = "..."
DEFAULT_SHEETS = ("style.css",)
"""What a layout has that names no stylesheets."""


def inherit(own: Mapping, base: Mapping) -> Mapping:
    """Return what `own` says, completed by what `base` says."""
    kept = {key: node for key, node in base.values.items() if key not in OWN}
    merged = _merged(own, replace(base, values=kept))
    mine, inherited = own.values.get(BY_NAME), kept.get(BY_NAME)
    if isinstance(mine, Sequence) and isinstance(inherited, Sequence):
        merged.values[BY_NAME] = _by_name(mine, inherited)
    sheets = own.values.get(SHEETS)
    if isinstance(sheets, Sequence):
        merged.values[SHEETS] = _with_theirs(sheets, base)
    return merged


def sheets_of(tree: Mapping) -> tuple[str, ...]:
    """Return the names of the stylesheets that a tree of layout.yaml has."""
    node = tree.values.get(SHEETS)
    items = node.items if isinstance(node, Sequence) else []
    return tuple(str(item.text) for item in items if isinstance(item, Scalar)) or DEFAULT_SHEETS


def _with_theirs(own: Sequence, base: Mapping) -> Sequence:
    """Put the stylesheets of `base` where `own` says `...`.

    One of theirs stays theirs though an own one of its name stands beside it.
    """
    name = base.values.get("name")
    mine = {item.text for item in own.items if isinstance(item, Scalar)}
    items: list[Node] = []
    for item in own.items:
        if isinstance(item, Scalar) and item.text == THEIRS and isinstance(name, Scalar):
            theirs = [
                f"../{name.text}/{sheet}" if sheet in mine else sheet for sheet in sheets_of(base)
            ]
            items += [replace(item, text=sheet, offsets=()) for sheet in theirs]
        else:
            items.append(item)
    return replace(own, items=items)


def _merged(own: Mapping, base: Mapping) -> Mapping:
    """Merge two mappings; the result begins where `own` does."""
    keys, values = dict(own.keys), dict(own.values)
    for key, inherited in base.values.items():
        node = own.values.get(key)
        if node is None:
            keys[key], values[key] = base.keys[key], inherited
        elif _is_null(node):
            del keys[key], values[key]
        elif isinstance(node, Mapping) and isinstance(inherited, Mapping):
            values[key] = _merged(node, inherited)
    return replace(own, keys=keys, values=values)


def _by_name(own: Sequence, base: Sequence) -> Sequence:
    """Merge two lists of named items: the inherited ones in their order, then the new ones.

    An item that has nothing but the name of an inherited one takes that back.
    """
    said = _named(own)
    items: list[Node] = []
    for name, item in _named(base).items():
        mine = said.get(name)
        if mine is None:
            items.append(item)
        elif len(mine.values) > 1:
            items.append(_merged(mine, item))
    new = [item for item in own.items if _name(item) not in _named(base)]
    return replace(own, items=[*items, *new])


def _named(items: Sequence) -> dict[str, Mapping]:
    """Return the items that have a name, by it."""
    found: dict[str, Mapping] = {}
    for item in items.items:
        name = _name(item)
        if name is not None and isinstance(item, Mapping):
            found[name] = item
    return found


def _name(item: Node) -> str | None:
    node = item.values.get("name") if isinstance(item, Mapping) else None
    return node.text if isinstance(node, Scalar) else None


def _is_null(node: Node) -> bool:
    return isinstance(node, Scalar) and node.text is None
