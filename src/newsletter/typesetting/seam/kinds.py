"""Kinds of pages: those for which the same rules hold share what these declare, and their styles.

To WeasyPrint each page is of a kind of its own, as its number may be asked for, and gets styles for
itself and for sixteen margin boxes. Mostly nobody asks, and all left pages are alike.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from newsletter.typesetting.seam.foreign import Foreign


class Kind(NamedTuple):
    """What is declared of pages, and their styles, by margin box; None is the page itself."""

    declared: Mapping[str | None, Mapping[str, Foreign]]
    styles: dict[str | None, Foreign]


def sharing(base: type[Any]) -> type[Any]:
    """Return WeasyPrint's `StyleFor` with styles that pages of a kind share."""

    class StyleFor(base):  # type: ignore[misc]
        """Styles by element and pseudo-element."""

        def __init__(self, *told: Foreign) -> None:
            self._kinds: dict[tuple[int, ...], Kind] = {}
            self._page: Foreign = object()  # none yet
            self._kind = Kind({}, {})
            super().__init__(*told)

        def add_page_declarations(self, page_type: Foreign) -> None:
            """Note what is declared of a page; the styles of those before are made already."""
            self._cascaded_styles.clear()
            matched = tuple(_matching(self, page_type))
            kind = self._kinds.get(matched)
            if kind is None:
                super().add_page_declarations(page_type)
                declared = {place: said for (_page, place), said in self._cascaded_styles.items()}
                kind = self._kinds[matched] = Kind(declared, {})
            else:
                told = (((page_type, place), said) for place, said in kind.declared.items())
                self._cascaded_styles.update(told)
            self._page, self._kind = page_type, kind

        def set_computed_styles(
            self,
            element: Foreign,
            parent: Foreign,
            root: Foreign = None,
            pseudo_type: str | None = None,
            base_url: str | None = None,
            target_collector: Foreign = None,
        ) -> None:
            """Make a style; a page that is not the first of its kind has that of the others."""
            styles = self._kind.styles if element is self._page else None
            if styles is not None and pseudo_type in styles:
                self._computed_styles[element, pseudo_type] = styles[pseudo_type]
                return
            origin = root, pseudo_type, base_url, target_collector
            super().set_computed_styles(element, parent, *origin)
            if styles is not None:
                styles[pseudo_type] = self._computed_styles[element, pseudo_type]

    return StyleFor


def _matching(style_for: Foreign, page_type: Foreign) -> Iterator[int]:
    """Yield the numbers of the selectors of rules for pages that match one."""
    rules = (rule for sheet, _, _ in style_for._sheets for rule in sheet.page_rules)  # noqa: SLF001
    selectors = (selector for _, listed, _ in rules for selector in listed)
    for number, (_specificity, _place, asked) in enumerate(selectors):
        if style_for._page_type_match(asked, page_type):  # noqa: SLF001 - the seam
            yield number
