"""Rereading: HTML that says something else in the same elements is not parsed again.

In: the text of one document after another. Out: WeasyPrint's `HTML`; where only words differ from
the document before, or where these came from, its own elements with the new words in them.

What follows from the elements follows for both: which rules of a stylesheet they match, and with
that the cascade of each style (`cascade`). A text is another one only if that cannot change the
elements: the parser treats all characters alike but white space, the null and those of markup
(HTML, 13.2.6), and these have to be where they were. Where a text stands is noted by walking
through the elements along the tags; what the walk does not find just so may not change.

WeasyPrint makes other elements of some in a drawing when it draws it, of a mask a group; a document
with a drawing is parsed anew each time.
"""

from __future__ import annotations

import copy
import html
import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from msgspec import Struct, field

from newsletter.typesetting.seam.foreign import Foreign

TAG = re.compile(r"(<[^<>]*>)")
NAME = re.compile(r"</?([A-Za-z][^\s/>]*)")
PLAIN = re.compile(r"(?:[^<&\0\r]|&(?:amp|lt|gt|quot|#34|#39);)*")
WHITE = " \t\n\f\r"
IMPLIED = frozenset({"html", "head", "body", "tbody", "colgroup"})
"""Elements that the parser adds where no tag asks for them."""
DRAWING = "{http://www.w3.org/2000/svg}svg"
WITHOUT_END = frozenset(
    {
        *("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param"),
        *("source", "track", "wbr"),
    }
)
NO_TEXT = frozenset(
    {
        *("script", "style", "xmp", "iframe", "noembed", "noframes", "noscript", "plaintext"),
        "textarea",
    }
)
"""Elements whose text is read in another way; those with a stylesheet change the cascade."""


class Spot(NamedTuple):
    """Where a text stands: in an element before its first child, or after the element."""

    element: Foreign
    is_after: bool

    def text(self) -> str:
        """Return what stands there."""
        return (self.element.tail if self.is_after else self.element.text) or ""

    def put(self, text: str) -> None:
        """Put another text there."""
        if self.is_after:
            self.element.tail = text
        else:
            self.element.text = text


class Rereading(Struct):
    """A document as it was read last; `origin` is the attribute that no stylesheet asks for.

    `reads` counts how often a document was parsed anew.
    """

    origin: str | None = None
    reads: int = 0
    _pieces: list[str] = field(default_factory=list)
    _spots: dict[int, Spot] = field(default_factory=dict)
    _elements: dict[int, Foreign] = field(default_factory=dict)
    _document: Foreign = None
    _has_drawing: bool = False

    def read(self, text: str, base_url: str, url_fetcher: Foreign) -> Foreign:
        """Return a document as WeasyPrint's `HTML`."""
        from weasyprint import HTML

        pieces = TAG.split(text)
        changes = self._changes(pieces) if self._document is not None else None
        if changes is None:
            self._document = HTML(string=text, base_url=base_url, url_fetcher=url_fetcher)
            self.reads += 1
            root = self._document.etree_element
            self._has_drawing = next(root.iter(DRAWING), None) is not None
            self._walk(pieces)
        else:
            for number in changes:
                self._change(number, pieces[number])
            self._document = copy.copy(self._document)
            self._document.url_fetcher = url_fetcher
        self._pieces = pieces
        return self._document

    # Changes

    def _changes(self, pieces: list[str]) -> list[int] | None:
        """Return the numbers of the pieces that differ; None if more than words may differ."""
        if len(pieces) != len(self._pieces) or self._has_drawing:
            return None
        steps = enumerate(zip(self._pieces, pieces, strict=True))
        changes = [number for number, (one, other) in steps if one != other]
        is_plain = all(self._is_plain(number, pieces[number]) for number in changes)
        return changes if is_plain else None

    def _is_plain(self, number: int, new: str) -> bool:
        """Tell whether a piece may be replaced without another element than before."""
        old = self._pieces[number]
        if number % 2:
            is_known = self.origin is not None and number in self._elements
            return is_known and self._without_origin(old) == self._without_origin(new)
        if number not in self._spots or not PLAIN.fullmatch(new):
            return False
        words, others = old.lstrip(WHITE), new.lstrip(WHITE)
        same_white = old[: len(old) - len(words)] == new[: len(new) - len(others)]
        return bool(words) and bool(others) and same_white

    def _without_origin(self, tag: str) -> str:
        return re.sub(rf' {self.origin}="[^"&]*"', " ", tag, count=1)

    def _change(self, number: int, piece: str) -> None:
        if number % 2:
            found = re.search(rf' {self.origin}="([^"&]*)"', piece)
            if found is not None:
                self._elements[number].set(self.origin, found[1])
        else:
            self._spots[number].put(html.unescape(piece))

    # The walk

    def _walk(self, pieces: list[str]) -> None:
        """Note where each text stands, and the element of each tag with an origin."""
        self._spots, self._elements = {}, {}
        waiting = _elements(self._document.etree_element)
        is_whole = self._follow(pieces, waiting) and all(e.tag in IMPLIED for e in waiting)
        taken = Counter((id(spot.element), spot.is_after) for spot in self._spots.values())
        if not is_whole or max(taken.values(), default=1) > 1:
            self._spots, self._elements = {}, {}

    def _follow(self, pieces: list[str], waiting: Iterator[Foreign]) -> bool:
        """Walk along the tags as far as the elements agree; tell whether that is to the end."""
        open_elements: list[tuple[str, Foreign]] = []
        spot: Spot | None = None
        for number, piece in enumerate(pieces):
            if number % 2 == 0:
                if spot is not None and piece.strip(WHITE) and spot.text() == html.unescape(piece):
                    self._spots[number] = spot
                continue
            named = NAME.match(piece)
            if named is None:
                spot = None  # a comment, or the doctype
                continue
            name = named[1].lower()
            if piece.startswith("</"):
                spot = _closed(name, open_elements)
                continue
            element = _next(name, waiting)
            if element is None:
                return False
            if self.origin is not None and f' {self.origin}="' in piece:
                self._elements[number] = element
            if name in WITHOUT_END:
                spot = Spot(element, is_after=True)
            else:
                open_elements.append((name, element))
                spot = None if name in NO_TEXT else Spot(element, is_after=False)
        return True


def _elements(root: Foreign) -> Iterator[Foreign]:
    """Yield the elements in order, without comments."""
    return (element for element in root.iter() if isinstance(element.tag, str))


def _next(name: str, waiting: Iterator[Foreign]) -> Foreign:
    """Return the element that a tag begins, the next that no other may stand for; or None."""
    for element in waiting:
        if element.tag.rpartition("}")[2].lower() == name:
            return element
        if element.tag not in IMPLIED:
            return None
    return None


def _closed(name: str, open_elements: list[tuple[str, Foreign]]) -> Spot | None:
    """Close an element; return where a text after it stands."""
    while open_elements:
        closed, element = open_elements.pop()
        if closed == name:
            return Spot(element, is_after=True)
    return None
