"""The specimen of each layout: it fills every slot, sets every option, and builds."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path

import pytest
from printed import LAYOUTS, folder

from newsletter import checking, edition
from newsletter.compose.galley import Galley, compose_issue
from newsletter.issue.loader import Copy, load_copy_at
from newsletter.issue.models import Article, Part, Section
from newsletter.layouts import Option, OptionValue, options, read_layout, read_option
from newsletter.render import render
from workshop import HOUSE, Workshop, missing


@functools.cache
def specimen(name: str) -> Copy:
    here = folder(name)
    return load_copy_at(HOUSE, here / "specimen.yaml", here / "specimen" / "newsletter.yaml")


@functools.cache
def composed(name: str, chosen: tuple[tuple[str, OptionValue], ...]) -> Galley:
    families = checking.font_families(HOUSE)
    return compose_issue(specimen(name), read_layout(folder(name)), dict(chosen), families)


def owners(copy: Copy, name: str) -> list[Part]:
    """Return the parts that the first half of a slot's name means."""
    named: dict[str, list[Part]] = {
        "publication": [copy.publication],
        "issue": [copy.issue],
        "cover": [copy.issue.cover],
        "section": list(copy.issue.sections),
        "article": [a for a in copy.issue.articles() if type(a) is Article],
        "view": [a for a in copy.issue.articles() if type(a) is not Article],
        "picture": list(copy.issue.pictures()),
    }
    kinds: list[Section] = [s for s in copy.issue.sections if s.kind == name]
    return named.get(name) or list(kinds)


def filled(copy: Copy, slot: str) -> bool:
    owner, *path = slot.split(".")
    found: list[object] = list(owners(copy, owner))
    for field in path:
        values = [getattr(part, field, None) for part in found]
        found = [v for value in values for v in (value if isinstance(value, tuple) else (value,))]
    return any(found)


@pytest.mark.parametrize("name", LAYOUTS)
def test_the_specimen_fills_every_slot(name: str) -> None:
    slots = [slot.name for slot in read_layout(folder(name)).spec.slots]
    assert [slot for slot in slots if not filled(specimen(name), slot)] == []
    assert slots


@pytest.mark.parametrize("name", LAYOUTS)
def test_the_slots_name_every_field_that_the_specimen_prints(name: str) -> None:
    """What the specimen gives and no slot names would be undocumented."""
    slots = {slot.name for slot in read_layout(folder(name)).spec.slots}
    copy = specimen(name)
    for owner in ("cover", "article", "chronicle", "contacts", "publication"):
        for part in owners(copy, owner):
            given = {f for f in type(part).model_fields if part.written(f)}
            known = {s.partition(".")[2] for s in slots if s.startswith((f"{owner}.", "section."))}
            unnamed = given - known - {"id", "kind", "layout", "language", "profiles", "terms"}
            assert {f for f in unnamed if not f.endswith("_title")} == set(), owner


@pytest.mark.parametrize("name", LAYOUTS)
def test_the_specimen_sets_every_option_and_none_to_its_default(name: str) -> None:
    layout = read_layout(folder(name))
    choice = specimen(name).issue.layout
    assert choice is not None
    assert choice.name == name
    values = options(layout, [choice])
    defaults = options(layout, [])
    assert set(choice.options) == set(values)
    assert [option for option in values if values[option] == defaults[option]] == []


def values_of(option: Option) -> list[OptionValue]:
    """Return the values an option can take; of a number both ends, of a text some text."""
    kinds: dict[str, tuple[str, ...]] = {
        "choice": option.choices,
        "switch": ("false", "true"),
        "number": tuple(f"{end:g}" for end in (option.least, option.most) if end is not None),
        "text": ("样张",),
    }
    read = [read_option(option, text) for text in kinds[option.kind]]
    assert None not in read
    return [value for value in read if value is not None]


def settings() -> Iterator[tuple[str, tuple[tuple[str, OptionValue], ...]]]:
    """Yield choices that together take every value of every option."""
    for name in LAYOUTS:
        known = read_layout(folder(name)).spec.options
        ranges = [[(key, v) for v in values_of(option)] for key, option in known.items()]
        for row in zip_longest(*ranges):
            yield name, tuple(p or span[0] for p, span in zip(row, ranges, strict=True))


@pytest.mark.parametrize(("name", "chosen"), list(settings()))
def test_every_value_of_every_option_gives_pages_without_a_warning(
    name: str, chosen: tuple[tuple[str, OptionValue], ...]
) -> None:
    galley = composed(name, chosen)
    pages = render(galley)
    unseen = ["contacts.picture"] if name == "bulletin" else []
    unseen += [] if dict(chosen).get("cover_picture", True) else ["cover.picture"]
    assert [found.code for found in galley.warnings] == ["N357" for _ in unseen]
    assert pages.findings == ()
    assert missing(pages) == []


@pytest.mark.parametrize("name", LAYOUTS)
def test_every_option_changes_the_page(name: str) -> None:
    layout = read_layout(folder(name))
    defaults = options(layout, [])
    plain = composed(name, tuple(defaults.items()))
    for key, option in layout.spec.options.items():
        for value in values_of(option):
            changed = composed(name, tuple((defaults | {key: value}).items()))
            same = (changed.html, changed.stylesheets) == (plain.html, plain.stylesheets)
            assert same == (value == defaults[key])


@pytest.mark.parametrize("name", LAYOUTS)
def test_the_specimen_builds(name: str, tmp_path: Path) -> None:
    made = edition.build_copy(specimen(name), ["screen", "print"], tmp_path)
    told = [found.code for found in made.findings if not found.is_accepted]
    assert told == (["N357"] if name == "bulletin" else [])
    assert made.issue == "specimen"
    assert len(list(tmp_path.iterdir())) == 3


@pytest.mark.parametrize("name", LAYOUTS)
def test_an_issue_that_says_no_more_than_it_must_builds_too(name: str, shop: Workshop) -> None:
    made = edition.build(shop.root, "one", layout=name)
    assert [found for found in made.findings if not found.is_accepted] == []
