"""Styles: the properties that an element says nothing of are taken from where they come.

WeasyPrint finds each property of each element on its own, and asks of every one whether it is
written in other words, calculated, or to be computed. Most are either the parent's or the
initial value and neither; they are handed on at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from newsletter.typesetting.seam.foreign import Foreign

OF_THEIR_OWN = frozenset(["position", "float", "display", "page"])
ASKED_OF_ALL = "anchor"
"""Asked of each style when it is made, and of few again; thousands have nothing else."""
DECORATION, VARIABLE = "text_decoration_", "__"


class Styles:
    """Stands in for `ComputedStyle.__missing__`."""

    def __init__(self) -> None:
        from weasyprint import css
        from weasyprint.css.computed_values import PHYSICAL_FUNCTIONS
        from weasyprint.css.properties import INHERITED, INITIAL_NOT_COMPUTED, INITIAL_VALUES
        from weasyprint.css.validation.expanders import PendingExpander

        self._class = css.ComputedStyle
        self._missing = css.ComputedStyle.__missing__
        self._pending, self._validate = PendingExpander, PendingExpander.validate
        self._validated: dict[tuple[Foreign, ...], tuple[Foreign, ...]] = {}
        self._logical = {
            inline: {name: name_in(block="ttb", inline=inline) for name, name_in in found}
            for found in [PHYSICAL_FUNCTIONS.items()]
            for inline in ("ltr", "rtl")
        }
        names = {name for name in INITIAL_VALUES if not name.startswith((DECORATION, VARIABLE))}
        self._inherited = names & INHERITED - OF_THEIR_OWN
        others = names - INHERITED - OF_THEIR_OWN - INITIAL_NOT_COMPUTED
        self._plain = {name: INITIAL_VALUES[name] for name in others}

    def replacements(self) -> Iterator[tuple[Foreign, str, Foreign]]:
        """Yield what is put in the place of what."""
        plain, inherited, logical = self._plain, self._inherited, self._logical
        physical = frozenset(logical["ltr"])

        def missing(style: Foreign, name: str) -> Foreign:
            """Return a property that a style has not been asked for before, and keep it there."""
            cascaded = style.cascaded
            if name not in cascaded and (
                name not in physical or logical[style["direction"]][name] not in cascaded
            ):
                if name in plain:
                    found = plain[name]
                    if name != ASKED_OF_ALL:
                        style[name] = found
                    return found
                if name in inherited and style.parent_style is not None:
                    found = style[name] = style.parent_style[name]
                    return found
            return self._missing(style, name)

        def validate(
            pending: Foreign, tokens: Sequence[Foreign], wanted_key: str, base_url: str | None
        ) -> Foreign:
            return self.validated(pending, tokens, wanted_key, base_url)

        yield self._class, "__missing__", missing
        yield self._pending, "validate", validate

    def validated(
        self, pending: Foreign, tokens: Sequence[Foreign], wanted_key: str, base_url: str | None
    ) -> Foreign:
        """Return what a shorthand with variables says of a property, the same for the same tokens.

        WeasyPrint reads the whole shorthand for each property of each style. Shorthand and tokens
        are kept, so that their ids stay their own; what is not valid is told each time.
        """
        key = id(pending), wanted_key, *map(id, tokens)
        known = self._validated.get(key)
        if known is None:
            value = self._validate(pending, tokens, wanted_key, base_url)
            known = self._validated[key] = pending, tuple(tokens), value
        return known[2]
