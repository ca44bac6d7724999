"""N703: texts of one kind that a layout leaves out, told once.

In: the words that were not found in a file, all that were expected, the HTML of the pages. Out:
what is told of them. A rule such as `p { display: none }` hides fifty paragraphs; that is one
mistake, of the layout. Texts that are in the HTML are counted by their element, the others, which
no template prints, by their field. Where few are missing, each is told at its own line (N701).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence
from html.parser import HTMLParser
from typing import TYPE_CHECKING, NamedTuple

from newsletter.diagnostics import Diagnostic, Values
from newsletter.layouts.mentions import hidden, template_place
from newsletter.preflight.completeness import LEAST_PIECE, shortened, squeeze, text_missing

if TYPE_CHECKING:
    from newsletter.compose.galley import Expected
    from newsletter.layouts import Layout

FEWEST = 5
"""So many texts are told together, where they are more than half of their kind."""
LEAST_SHARE = 0.2
"""Or this share of a kind that a stylesheet hides: the others stand in running heads, too."""
MOST_KINDS = 3
"""Where more kinds of texts are missing, and half of all, it is the whole that is."""
EVIDENT = 1.5
"""How much more a kind weighs that a stylesheet is seen to hide."""
VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "wbr"}
)
UNSEEN = frozenset({"head", "title", "style", "script"})


class Kind(NamedTuple):
    """What texts have in common: an element, with a class or without, or else a field."""

    element: str
    field: str


class _Element(NamedTuple):
    """An element of the page: its names, as p and p.note, its text, the ids around and in it."""

    names: tuple[str, ...]
    text: str
    ids: frozenset[str]


def omissions(
    missing: Sequence[Expected],
    expected: Sequence[Expected],
    html: str,
    layout: Layout,
    texts: Sequence[str],
) -> list[Diagnostic]:
    """Return what is told of the words that are missing; `texts` are those of the pages."""
    if len(missing) < FEWEST:
        return [text_missing(words, texts) for words in missing]
    elements = _elements(html)
    kinds = {id(words): [*dict.fromkeys(_kinds(words, elements))] for words in expected}
    groups = _grouped(missing, kinds, layout)
    if len(groups) > MOST_KINDS and len(missing) > len(expected) / 2:
        groups = {Kind("", ""): [*missing]}
        totals = {Kind("", ""): len(expected)}
    else:
        totals = {kind: sum(kind in found for found in kinds.values()) for kind in groups}
    together = {id(words) for group in groups.values() for words in group}
    told = [_told(kind, group, totals[kind], layout) for kind, group in groups.items()]
    return [*told, *(text_missing(words, texts) for words in missing if id(words) not in together)]


def _grouped(
    missing: Sequence[Expected], kinds: Mapping[int, Sequence[Kind]], layout: Layout
) -> dict[Kind, list[Expected]]:
    """Return the kinds of which more than half is missing, with what is.

    Of a kind that a stylesheet is seen to hide, a fifth is enough: what is hidden may be read in
    running heads.
    The kind that explains most comes first: that which has most of the missing texts and least
    of the others (as F1 weighs them); one that a stylesheet hides by name counts half as much
    again. What it explains is put aside for the next.
    """
    total = Counter(kind for found in kinds.values() for kind in found)
    groups: dict[Kind, list[Expected]] = {}
    left = [*missing]
    while left:
        absent = Counter(kind for words in left for kind in kinds[id(words)])
        named = {kind for kind in absent if absent[kind] >= FEWEST and _is_hidden(kind, layout)}
        likely = [
            kind
            for kind in absent
            if FEWEST <= absent[kind] > total[kind] * (LEAST_SHARE if kind in named else 1 / 2)
        ]
        if not likely:
            break

        def weight(
            kind: Kind,
            absent: Counter[Kind] = absent,
            named: Container[Kind] = named,
            count: int = len(left),
        ) -> float:
            share = 2 * absent[kind] / (count + total[kind])
            return share * EVIDENT if kind in named else share

        best = max(likely, key=weight)
        groups[best] = [words for words in left if best in kinds[id(words)]]
        left = [words for words in left if best not in kinds[id(words)]]
    return groups


def _is_hidden(kind: Kind, layout: Layout) -> bool:
    return bool(kind.element) and hidden(layout, kind.element) is not None


def _kinds(words: Expected, elements: Sequence[_Element]) -> Iterator[Kind]:
    """Yield the kinds of a text: of the elements that hold it, and of those that it holds."""
    text, is_there = squeeze(words.fragment), False
    for element in elements:
        if words.scope and words.scope not in element.ids:
            continue
        is_within = len(element.text) >= LEAST_PIECE and element.text in text
        if is_within or text in element.text:
            is_there = True
            yield from (Kind(name, "") for name in element.names)
    if not is_there:
        yield Kind("", words.passage.field)


def _told(kind: Kind, group: Sequence[Expected], total: int, layout: Layout) -> Diagnostic:
    values: Values = {
        "count": len(group),
        "total": total,
        "text": shortened(group[0].fragment),
        "element": kind.element,
        "field": kind.field,
    }
    if kind.element:
        place = hidden(layout, kind.element) or template_place(layout)
        return Diagnostic("N703", place, values, hint="element")
    hint = "field" if kind.field else "default"
    return Diagnostic("N703", template_place(layout), values, hint=hint)


def _elements(html: str) -> list[_Element]:
    """Return the elements of a page."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.ended


class _Open:
    """An element that has not ended yet."""

    def __init__(
        self, tag: str, attributes: Mapping[str, str | None], outer: frozenset[str]
    ) -> None:
        classes = (attributes.get("class") or "").split()
        self.tag, self.names = tag, (tag, *(f"{tag}.{name}" for name in classes))
        self.outer = outer | {attributes.get("id") or ""}
        self.inner: set[str] = set()
        self.text: list[str] = []


class _Reader(HTMLParser):
    """Gathers the elements of a page with their texts."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[_Open] = []
        self.ended: list[_Element] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            outer = self.open[-1].outer if self.open else frozenset()
            self.open.append(_Open(tag, dict(attrs), outer))

    def handle_endtag(self, tag: str) -> None:
        if any(element.tag == tag for element in self.open):
            while self._end() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if self.open:
            self.open[-1].text.append(data)

    def _end(self) -> str:
        element = self.open.pop()
        if element.tag not in UNSEEN:
            text = "".join(element.text)
            self.ended.append(_Element(element.names, squeeze(text), element.outer | element.inner))
            if self.open:
                self.open[-1].text.append(text)
                self.open[-1].inner |= element.outer | element.inner
        return element.tag
