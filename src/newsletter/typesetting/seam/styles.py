"""Styles: the properties that an element says nothing of are taken from where they come.

WeasyPrint finds each property of each element on its own, and asks of every one whether it is
written in other words, calculated, or to be computed. Most are either the parent's or the
initial value and neither; they are handed on at once.
"""

from __future__ import annotations

from collections.abc import Iterator

from newsletter.typesetting.seam.foreign import Foreign

OF_THEIR_OWN = frozenset(["position", "float", "display", "page"])
DECORATION, VARIABLE = "text_decoration_", "__"


class Styles:
    """Stands in for `ComputedStyle.__missing__`."""

    def __init__(self) -> None:
        from weasyprint import css
        from weasyprint.css.computed_values import PHYSICAL_FUNCTIONS
        from weasyprint.css.properties import INHERITED, INITIAL_NOT_COMPUTED, INITIAL_VALUES

        self._class = css.ComputedStyle
        self._missing = css.ComputedStyle.__missing__
        self._initial = INITIAL_VALUES
        self._logical = {
            inline: {name: name_in(block="ttb", inline=inline) for name, name_in in found}
            for found in [PHYSICAL_FUNCTIONS.items()]
            for inline in ("ltr", "rtl")
        }
        names = {name for name in INITIAL_VALUES if not name.startswith((DECORATION, VARIABLE))}
        self._inherited = names & INHERITED - OF_THEIR_OWN
        self._plain = names - INHERITED - OF_THEIR_OWN - INITIAL_NOT_COMPUTED

    def replacements(self) -> Iterator[tuple[Foreign, str, Foreign]]:
        """Yield what is put in the place of what."""

        def missing(style: Foreign, name: str) -> Foreign:
            return self.value(style, name)

        yield self._class, "__missing__", missing

    def value(self, style: Foreign, name: str) -> Foreign:
        """Return a property that a style has not been asked for before, and keep it there."""
        cascaded = style.cascaded
        if name not in cascaded:
            written = self._logical[style["direction"]].get(name) if name != "direction" else None
            if written not in cascaded:
                if name in self._plain:
                    found = style[name] = self._initial[name]
                    return found
                if name in self._inherited and style.parent_style is not None:
                    found = style[name] = style.parent_style[name]
                    return found
        return self._missing(style, name)
