"""N922: nowhere does more ink lie on the paper than it can take.

Each object is measured by itself: flat colours, the pixels of pictures, shadings. Spot colours
count as their alternates, as on a press of four colours. Where objects mix, by overprinting or
by a blend mode, the sum of their plates is a bound: only where it stays within the limit is the
page passed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from newsletter.diagnostics import Diagnostic, Term
from newsletter.preflight.conditions import Conditions
from newsletter.preflight.content.inks import Plates, process_plates, total
from newsletter.preflight.content.marks import Image, Mark, Shade, fills_and_strokes, is_visible
from newsletter.preflight.content.samples import Inkwell, most_ink
from newsletter.preflight.content.spaces import Colour
from newsletter.preflight.document import Document
from newsletter.preflight.grouping import Case, by_page
from newsletter.preflight.rule import PRESS, NotChecked, Rule

ROUNDING = 1.0
"""Four plates of 8 bits, each rounded to half a step of 1/255: 0.8 %."""

MOST_PAIRS = 300_000
"""Pairs of marks that are compared on a page; with more, nobody knows what they add up to."""


class Layer(Struct, frozen=True):
    """A mark with its ink, and whether that may come to lie on what is beneath."""

    mark: Mark
    ink: Inkwell
    adds: bool


def check(document: Document, conditions: Conditions) -> Iterable[Diagnostic | NotChecked]:
    """Yield a finding for each page with too much ink, and what could not be measured."""
    scale = _Scale()
    unknown: dict[tuple[str, int], NotChecked] = {}
    cases, layers = [], []
    for mark in _printed(document):
        for ink, adds in scale.inks(mark):
            if isinstance(ink, Term):
                unknown.setdefault((ink, 0), NotChecked(ink))
                continue
            layers.append(Layer(mark, ink, adds))
            if ink.total > conditions.ink_limit + ROUNDING:
                cases.append(_case(mark, ink.total, conditions))
    yield from by_page(document, "N922", cases)
    yield from unknown.values()
    for page in _mixing_pages(layers, conditions.ink_limit + ROUNDING):
        yield NotChecked(Term("overprinted ink"), page)


def _case(mark: Mark, found: float, conditions: Conditions) -> Case:
    values = {"found": round(found), "limit": round(conditions.ink_limit)}
    return Case(mark.page, mark.box, found, values)


def _printed(document: Document) -> Iterator[Mark]:
    """Yield what is seen within the bleed: register marks lie outside."""
    for mark in document.reading.marks:
        if is_visible(mark) and mark.box.meets(document.sheets[mark.page - 1].bleed):
            yield mark


class _Scale:
    """Weighs inks, each colour and each picture once."""

    def __init__(self) -> None:
        self._colours: dict[Colour, Inkwell | Term] = {}
        self._pictures: dict[object, Inkwell | Term] = {}

    def inks(self, mark: Mark) -> Iterator[tuple[Inkwell | Term, bool]]:
        """Yield the inks of a mark, each with whether it may add to what is beneath."""
        mixes = mark.look.mixes
        if isinstance(mark, Image) and not mark.picture.is_mask:
            yield self._picture(mark), mixes or mark.look.overprint_fill
        if isinstance(mark, Shade) and not mark.is_complete:
            yield Term("shadings"), mixes
        for colour, overprints in fills_and_strokes(mark):
            if not colour.pattern:
                yield self._colour(colour), mixes or overprints

    def _colour(self, colour: Colour) -> Inkwell | Term:
        if colour not in self._colours:
            found = process_plates(colour)
            self._colours[colour] = _well(found)
        return self._colours[colour]

    def _picture(self, image: Image) -> Inkwell | Term:
        picture = image.picture
        if picture.key is None:
            return most_ink(picture)
        if picture.key not in self._pictures:
            self._pictures[picture.key] = most_ink(picture)
        return self._pictures[picture.key]


def _well(found: Plates | None) -> Inkwell | Term:
    return Term("ink of RGB") if found is None else Inkwell(total(found), found)


def _mixing_pages(layers: Sequence[Layer], limit: float) -> list[int]:
    """Return the pages where a mark could add its ink to another's and pass the limit."""
    pages: dict[int, list[Layer]] = {}
    for layer in layers:
        pages.setdefault(layer.mark.page, []).append(layer)
    return [page for page, found in pages.items() if _may_pass(found, limit)]


def _may_pass(layers: Sequence[Layer], limit: float) -> bool:
    """Tell whether any two that meet could pass the limit together.

    Overprinting replaces a plate and leaves the others (8.6.7); the greater of the two on each
    plate bounds the result, and for Multiply and Darken, too, their sum up to full ink does.
    What lies beneath is kept by its ink, so that most pairs are settled without their boxes.
    """
    beneath: dict[int, list[Layer]] = {}
    sums: dict[tuple[int, int, bool], float] = {}
    pairs = 0
    for layer in layers:
        if layer.adds and layer.ink.total:
            for key, group in beneath.items():
                pairs += 1
                two = id(layer.ink), key, layer.mark.look.mixes
                if two not in sums:
                    sums[two] = _together(layer, group[0])
                if sums[two] > limit:
                    pairs += len(group)
                    if any(layer.mark.box.meets(below.mark.box) for below in group):
                        return True
            if pairs > MOST_PAIRS:
                return True
        beneath.setdefault(id(layer.ink), []).append(layer)
    return False


def _together(one: Layer, two: Layer) -> float:
    plates = {*one.ink.plates, *two.ink.plates}
    shares = [(one.ink.plates.get(p, 0.0), two.ink.plates.get(p, 0.0)) for p in plates]
    if one.mark.look.mixes:
        return 100 * sum(min(a + b, 1.0) for a, b in shares)
    return 100 * sum(max(a, b) for a, b in shares)


RULE = Rule(
    code="N922",
    profiles=PRESS,
    threshold="300 % coated, 280 % uncoated",
    source="GWG 2015, 4.22 (total ink); ISO 12647-2:2013; the printer's paper",
    check=check,
    reads_marks=True,
)
