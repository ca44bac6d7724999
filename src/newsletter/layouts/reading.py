"""From a layout's name to the layout, with all that it extends.

In: a name, and the folders in which layouts lie, first choice first. Out: a `Layout`, or
`Refused` with what is wrong in its layout.yaml.
"""

from __future__ import annotations

import difflib
import functools
import re
from collections.abc import Iterator, Sequence
from collections.abc import Mapping as Mapped
from pathlib import Path

from msgspec.structs import replace

from newsletter.diagnostics import Diagnostic, Place, Refused, Values, listed
from newsletter.issue.slots import holding, nearest
from newsletter.issue.validation import validate
from newsletter.layouts.inheritance import THEIRS, inherit, sheets_of
from newsletter.layouts.layout import LAYOUT_FILE, Layout
from newsletter.layouts.margins import unfit_grids
from newsletter.layouts.options import suggest, unfit_defaults
from newsletter.layouts.spec import LayoutFile
from newsletter.sources import Mapping, Scalar, load
from newsletter.sources import Sequence as Sequenced
from newsletter.sources.files import LARGEST_FILE

DEEPEST = 4
"""How many layouts stand in a chain at most; a longer one can no longer be followed by a reader."""


def load_layout(name: str, places: Sequence[Path], place: Place | None = None) -> Layout:
    """Return the layout of a name; raises `Refused` if there is none.

    `place` is where the name was written, if it was in a file.
    """
    names = _names(places)
    if name not in names:
        near = difflib.get_close_matches(name, names, n=1, cutoff=0.5)
        values = {"name": name, "names": listed(names)}
        if near:
            values["suggestion"] = near[0]
        raise Refused([Diagnostic("N501", place, values, hint=suggest(near))])
    return read_layout(names[name], places)


def _names(places: Sequence[Path]) -> dict[str, Path]:
    """Return the folders of all layouts by their names, sorted; an earlier place wins."""
    found = {
        path.parent.name: path.parent
        for place in reversed(places)
        for path in place.glob(f"*/{LAYOUT_FILE}")
    }
    return dict(sorted(found.items()))


def read_layout(folder: Path, places: Sequence[Path] = ()) -> Layout:
    """Read one layout and those it extends; raises `Refused` with what is wrong with it.

    What it extends is looked for beside it and in the `places` after that, so that a layout which
    comes with the tool never rests on one of the publication's.
    """
    trees = _chain(folder, places)
    own, *inherited = trees.values()
    base = _merged(inherited) if inherited else None
    misspelt = [] if base is None else [*_misspelt_options(own, base), *_misspelt_slots(own)]
    if misspelt:
        raise Refused(misspelt)
    spec = validate(LayoutFile, own if base is None else inherit(own, base))
    layout = Layout(spec, tuple(trees))
    problems = [*_misnamed(trees), *_lacking(layout), *unfit_defaults(layout.spec)]
    problems += [*_without_lines(layout.spec), *unfit_grids(layout.spec)]
    if problems:
        raise Refused(problems)
    return layout if base is None else replace(layout, warnings=tuple(_left_out(layout, base)))


def _merged(trees: Sequence[Mapping]) -> Mapping:
    """Return what a layout says with all that it inherits, own first."""
    return functools.reduce(lambda base, own: inherit(own, base), reversed(trees))


def _chain(folder: Path, places: Sequence[Path]) -> dict[Path, Mapping]:
    """Return the layout.yaml of a layout and of those it extends, by their folders, own first."""
    trees = {folder: _read(folder)}
    while (base := _extended(trees[folder])) is not None:
        at_hand = _from_here(folder, places)
        folder = _base(base, at_hand, trees)
        places = at_hand
        trees[folder] = _read(folder)
    return trees


def _read(folder: Path) -> Mapping:
    """Return what a layout.yaml says; one without a name is called as its folder."""
    tree = load(folder / LAYOUT_FILE, f"layouts/{folder.name}/{LAYOUT_FILE}")
    if "name" in tree.values or not tree.keys:
        return tree
    first = next(iter(tree.keys.values()))
    name = replace(first, text=folder.name, offsets=())
    keys, values = {"name": first, **tree.keys}, {"name": name, **tree.values}
    return replace(tree, keys=keys, values=values)


def _extended(tree: Mapping) -> Scalar | None:
    """Return the name after `extends`; anything but a name is the model's to refuse."""
    node = tree.values.get("extends")
    return node if isinstance(node, Scalar) and node.text is not None else None


def _from_here(folder: Path, places: Sequence[Path]) -> Sequence[Path]:
    """Return the places from a layout's own on."""
    here = folder.parent
    return places[places.index(here) :] if here in places else (here, *places)


def _base(name: Scalar, places: Sequence[Path], trees: Mapped[Path, Mapping]) -> Path:
    """Return the folder of the layout that the last of `trees` extends; raises `Refused`."""
    base, names = str(name.text), _names(places)
    chain = [folder.name for folder in trees]
    values: dict[str, str | int] = {"name": chain[-1], "base": base}
    if base not in names:
        near = difflib.get_close_matches(base, names, n=1, cutoff=0.5)
        values |= {"suggestion": near[0]} if near else {"names": listed(names)}
        raise Refused([Diagnostic("N513", name.place(), values, hint=suggest(near))])
    if base in chain:
        values["chain"] = " → ".join([*chain, base])
        raise Refused([Diagnostic("N513", name.place(), values, hint="cycle")])
    if len(chain) == DEEPEST:
        values["deepest"] = DEEPEST
        raise Refused([Diagnostic("N513", name.place(), values, hint="deep")])
    return names[base]


# What can be wrong with a layout ------------------------------------------------------------


def _misspelt_options(own: Mapping, base: Mapping) -> Iterator[Diagnostic]:
    """Yield the options that are too little for new ones and have nearly an inherited name."""
    mine, theirs = own.values.get("options"), base.values.get("options")
    name = base.values.get("name")
    if not isinstance(mine, Mapping) or not isinstance(theirs, Mapping):
        return
    for option, node in mine.values.items():
        if option in theirs.values or not isinstance(node, Mapping) or "kind" in node.values:
            continue
        near = difflib.get_close_matches(option, theirs.values, n=1, cutoff=0.6)
        if near:
            base_name = str(name.text) if isinstance(name, Scalar) else ""
            values: Values = {"option": option, "layout": base_name, "suggestion": near[0]}
            yield Diagnostic("N502", mine.keys[option].place(), values, hint="suggest")


def _misspelt_slots(own: Mapping) -> Iterator[Diagnostic]:
    """Yield the slots that have no description, hold nothing, and have nearly a name that does."""
    slots = own.values.get("slots")
    for item in slots.items if isinstance(slots, Sequenced) else ():
        if not isinstance(item, Mapping) or len(item.values) == 1 or "description" in item.values:
            continue
        name = item.values.get("name")
        slot = str(name.text) if isinstance(name, Scalar) else ""
        near = nearest(slot) if slot and not holding(slot) else None
        if near:
            values: Values = {"slot": slot, "suggestion": near}
            yield Diagnostic("N512", item.values["name"].place(), values, hint="suggest")


def _misnamed(trees: Mapped[Path, Mapping]) -> Iterator[Diagnostic]:
    """Yield the layouts, extended ones too, that are not called as their folder is."""
    for folder, tree in trees.items():
        node = tree.values.get("name")
        if isinstance(node, Scalar) and node.text != folder.name:
            values = {"name": str(node.text), "folder": folder.name}
            yield Diagnostic("N510", node.place(), values)


def _lacking(layout: Layout) -> Iterator[Diagnostic]:
    """Yield the files that layout.yaml names and that are not there, and those too large."""
    spec = layout.spec
    needed: dict[tuple[str | int, ...], str] = {("template",): spec.template}
    needed |= {("stylesheets", index): name for index, name in enumerate(spec.stylesheets)}
    for path, name in needed.items():
        if layout.find(name) is None:
            values: Values = {"name": spec.name, "files": name}
            hint = "dots" if name == THEIRS else "default"
            parts = [part.strip() for part in re.split("[，、]", name)]
            if parts[1:]:
                values, hint = {**values, "right": ", ".join(parts)}, "comma"
            yield Diagnostic("N508", spec.place(*path), values, hint=hint)
    for name, file in layout.inputs().items():
        if file.suffix in (".css", ".j2", ".html") and file.stat().st_size > LARGEST_FILE:
            shown = f"layouts/{name}"
            values = {"file": shown, "limit": LARGEST_FILE // 1024 // 1024}
            yield Diagnostic("N117", Place(shown), values)


def _left_out(layout: Layout, base: Mapping) -> Iterator[Diagnostic]:
    """Yield N522 where a stylesheet of the extended layout is used without one it stands after."""
    spec, chain = layout.spec, replace(layout, folders=layout.folders[1:])
    theirs = [path for name in sheets_of(base) if (path := chain.find(name))]
    used = [path for name in spec.stylesheets if (path := layout.find(name))]
    last = max((index for index, path in enumerate(theirs) if path in used), default=0)
    there = {layout.within(path) for path in used}
    lacking = [path for path in theirs[:last] if chain.within(path) not in there]
    if lacking:
        values: Values = {
            "name": spec.name,
            "files": listed(chain.within(path) for path in lacking),
            "after": layout.shown(theirs[last]),
        }
        yield Diagnostic("N522", spec.place("stylesheets"), values)


def _without_lines(spec: LayoutFile) -> Iterator[Diagnostic]:
    """Yield the slots that are given a fit but hold no line of text, or are no slots at all."""
    for index, slot in enumerate(spec.slots):
        found = holding(slot.name)
        if slot.fit is None or found == "text":
            continue
        values: Values = {"slot": slot.name}
        if found:
            yield Diagnostic("N512", spec.place("slots", index, "fit"), values, hint=found)
            continue
        near = nearest(slot.name)
        if near:
            values = {"slot": slot.name, "suggestion": near}
        hint = suggest([near] if near else [])
        yield Diagnostic("N512", spec.place("slots", index, "name"), values, hint=hint)
