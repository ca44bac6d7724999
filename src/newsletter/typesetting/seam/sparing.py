"""Sparing: styles that nobody asks for, or that say what another one says, are not made.

WeasyPrint's own stylesheet says of any element what its list marker, its note's call and its
note's mark would look like, so that WeasyPrint makes six styles more for each. Those get their
styles when one is asked for.

Elements of which the same rules hold share a style if they stand in the same one. An `id` is such
a rule, as it is where links lead, so that no two articles share anything. Here elements stand in
styles without it; what has one has a style of its own, which it hands on to nobody.
"""

from __future__ import annotations

import copy
import math
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from newsletter.typesetting.seam.foreign import Foreign
from newsletter.typesetting.seam.kinds import sharing

OWN = "user agent"
"""The origin of WeasyPrint's own stylesheets, as it calls it."""
ANCHOR = "-weasy-anchor"
"""What WeasyPrint takes an element's `id` for."""


class Sparing:
    """Stands in for `StyleFor`."""

    def __init__(self) -> None:
        from weasyprint import css

        self._css = css

    def replacements(self) -> Iterator[tuple[Foreign, str, Foreign]]:
        """Yield what is put in the place of what."""
        yield self._css, "StyleFor", _sparing(self._css)


def _sparing(css: Foreign) -> type[Any]:
    """Return `StyleFor` that makes the styles of pseudo-elements of any element when asked."""

    class StyleFor(sharing(css.StyleFor)):  # type: ignore[misc]
        """Styles by element and pseudo-element."""

        def __init__(
            self,
            html: Foreign,
            sheets: Sequence[Foreign],
            hints: Foreign,
            fonts: Foreign,
            collector: Foreign,
        ) -> None:
            self._origin = html.etree_element, html.base_url
            self._of_any: dict[str, dict[str, Foreign]] = {}
            others = [sheet for sheet, origin, _specificity in sheets if origin != OWN]
            told = {entry[3] for sheet in others for entry in _entries(sheet.matcher)}
            spared = [
                (
                    _spared(css, sheet, told, self._of_any) if origin == OWN else sheet,
                    origin,
                    weight,
                )
                for sheet, origin, weight in sheets
            ]
            with _without_names(css) as named:
                super().__init__(html, spared, hints, fonts, collector)
            for element, rules in named.items():
                own = _with_anchor(css, self, self._computed_styles[element, None], rules)
                self._computed_styles[element, None] = own
                if own["anchor"]:
                    collector.collect_anchor(own["anchor"])

        def __call__(self, element: Foreign, pseudo_type: str | None = None) -> Foreign:
            key, known = (element, pseudo_type), self._computed_styles
            if (style := known.get(key)) is not None and not style:
                style["display"]  # WeasyPrint passes over a style that says nothing yet
            if pseudo_type in self._of_any and key not in known and (element, None) in known:
                root, base_url = self._origin
                self._cascaded_styles[key] = self._of_any[pseudo_type]
                self.set_computed_styles(element, element, root, pseudo_type, base_url)
                del self._cascaded_styles[key]
            return super().__call__(element, pseudo_type)

    return StyleFor


def _spared(
    css: Foreign,
    sheet: Foreign,
    told: Collection[str | None],
    of_any: dict[str, dict[str, Foreign]],
) -> Foreign:
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
        style = of_any.setdefault(pseudo, {})
        for name, values, importance in declarations:
            precedence = css.declaration_precedence(OWN, importance)
            weight = precedence, math.inf, specificity
            if name not in style or style[name][1] <= weight:
                style[name] = values, weight
    return made


def _with_anchor(
    css: Foreign, style_for: Foreign, shared: Foreign, rules: Sequence[Foreign]
) -> Foreign:
    """Return a style like one that elements share, with the anchor that a name makes."""
    said = dict(shared.cascaded)
    for specificity, base_url, declarations in rules:
        for name, values, importance in css.preprocess_declarations(base_url, declarations):
            weight = css.declaration_precedence("author", importance), math.inf, specificity
            if name not in shared.cascaded or shared.cascaded[name][1] < weight:
                said[name] = values, weight
    return css.ComputedStyle(
        shared.parent_style, said, None, shared.root_style, shared.base_url,
        style_for.font_config, style_for.initial_page_sizes,
    )  # fmt: skip


@contextmanager
def _without_names(css: Foreign) -> Iterator[dict[Foreign, list[Foreign]]]:
    """Have WeasyPrint make styles without the anchors of names; yields these by element."""
    named: dict[Foreign, list[Foreign]] = {}
    find = css.find_style_attributes

    def found(tree: Foreign, *rest: Foreign) -> Iterator[Foreign]:
        for rule in find(tree, *rest):
            specificity, element, declarations, base_url = rule
            is_name = len(declarations) == 1 and getattr(declarations[0], "name", "") == ANCHOR
            if is_name and element is not tree:
                named.setdefault(element, []).append((specificity, base_url, declarations))
            else:
                yield rule

    css.find_style_attributes = found
    try:
        yield named
    finally:
        css.find_style_attributes = find


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
