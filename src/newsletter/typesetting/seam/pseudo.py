"""Pseudo-elements: those that few elements have get their styles when one is asked for.

WeasyPrint's own stylesheet says of any element what its list marker, its note's call and its
note's mark would look like, so that WeasyPrint makes six styles more for each. And for each kind
of page, which is nearly every page, it looks through what was declared of all kinds before.
"""

from __future__ import annotations

import copy
import math
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from newsletter.typesetting.seam.foreign import Foreign

OWN = "user agent"
"""The origin of WeasyPrint's own stylesheets, as it calls it."""


class PseudoElements:
    """Stands in for `StyleFor`."""

    def __init__(self) -> None:
        from weasyprint import css

        self._css = css

    def replacements(self) -> Iterator[tuple[Foreign, str, Foreign]]:
        """Yield what is put in the place of what."""
        yield self._css, "StyleFor", _sparing(self._css)


def _sparing(css: Foreign) -> type[Any]:
    """Return `StyleFor` that makes the styles of pseudo-elements of any element when asked."""

    class StyleFor(css.StyleFor):  # type: ignore[misc]
        """Styles by element and pseudo-element."""

        def __init__(self, html: Foreign, sheets: Sequence[Foreign], *rest: Foreign) -> None:
            self._origin = html.etree_element, html.base_url
            self._of_any: dict[str, dict[str, Foreign]] = {}
            others = [sheet for sheet, origin, _specificity in sheets if origin != OWN]
            told = {entry[3] for sheet in others for entry in _entries(sheet.matcher)}
            spared = [
                (self._spared(sheet, told) if origin == OWN else sheet, origin, specificity)
                for sheet, origin, specificity in sheets
            ]
            super().__init__(html, spared, *rest)

        def _spared(self, sheet: Foreign, told: Collection[str | None]) -> Foreign:
            """Return a sheet without rules for pseudo-elements of any element; these are noted.

            Those that other sheets tell something of, too, stay.
            """
            made = copy.copy(sheet)
            made.matcher = copy.copy(sheet.matcher)
            made.matcher.other_selectors = []
            for entry in sheet.matcher.other_selectors:
                _test, specificity, _order, pseudo, (declarations, layer) = entry
                if pseudo is None or pseudo in told or layer is not None or not _is_of_any(entry):
                    made.matcher.other_selectors.append(entry)
                    continue
                style = self._of_any.setdefault(pseudo, {})
                for name, values, importance in declarations:
                    precedence = css.declaration_precedence(OWN, importance)
                    weight = precedence, math.inf, specificity
                    if name not in style or style[name][1] <= weight:
                        style[name] = values, weight
            return made

        def __call__(self, element: Foreign, pseudo_type: str | None = None) -> Foreign:
            key, known = (element, pseudo_type), self._computed_styles
            if pseudo_type in self._of_any and key not in known and (element, None) in known:
                root, base_url = self._origin
                self._cascaded_styles[key] = self._of_any[pseudo_type]
                self.set_computed_styles(element, element, root, pseudo_type, base_url)
                del self._cascaded_styles[key]
            return super().__call__(element, pseudo_type)

        def add_page_declarations(self, page_type: Foreign) -> None:
            """Note what is declared of a kind of page; styles of those before are made already."""
            self._cascaded_styles.clear()
            super().add_page_declarations(page_type)

    return StyleFor


def _entries(matcher: Foreign) -> Iterator[Foreign]:
    """Yield the entries of a matcher of cssselect2."""
    for name in ("id", "class", "lower_local_name", "namespace"):
        for entries in getattr(matcher, f"{name}_selectors").values():
            yield from entries
    yield from matcher.lang_attr_selectors
    yield from matcher.other_selectors


def _is_of_any(entry: Foreign) -> bool:
    """Tell whether a selector asks nothing of an element."""
    try:
        return bool(entry[0](None))
    except AttributeError:
        return False
