"""Styles: the properties that an element says nothing of are taken from where they come.

WeasyPrint finds each property of each element on its own, and asks of every one whether it is
written in other words, calculated, or to be computed. Most are either the parent's or the
initial value and neither; they are handed on at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from newsletter.typesetting.seam.foreign import Foreign

Missing = Callable[[Foreign, str], Foreign]
OF_THEIR_OWN = frozenset(["position", "float", "display", "page"])
ASKED_OF_ALL = "anchor"
"""Asked of each style when it is made, and of few again; thousands have nothing else."""
DECORATION, VARIABLE = "text_decoration_", "__"
PASSED_ON = (DECORATION, VARIABLE)
"""Beginnings of the names of what an element has from its parent, though it is not inherited."""
NO_LINE = frozenset(["none", "hidden"])
LINES = {
    f"border_{side}_width": f"border_{side}_style" for side in ("top", "right", "bottom", "left")
}
LINES["outline_width"] = "outline_style"
"""Widths that are nothing where there is no line, by the style of that (CSS 2, 8.5.1)."""


class Styles:
    """Stands in for `__missing__` of `ComputedStyle` and `AnonymousStyle`, and for `solve`.

    A stylesheet serves several layouts, and WeasyPrint says only in the first what is wrong with a
    value that a variable gives. `is_silent` until it has said so in this one.
    """

    def __init__(self) -> None:
        from weasyprint import css
        from weasyprint.css.computed_values import PHYSICAL_FUNCTIONS
        from weasyprint.css.properties import INHERITED, INITIAL_NOT_COMPUTED, INITIAL_VALUES
        from weasyprint.css.tokens import Pending
        from weasyprint.css.validation.expanders import PendingExpander

        self._class = css.ComputedStyle
        self._missing = css.ComputedStyle.__missing__
        self._of_no_element, self._anonymous = css.AnonymousStyle, css.AnonymousStyle.__missing__
        self._pending, self._validate = PendingExpander, PendingExpander.validate
        self._any_pending, self._solve = Pending, Pending.solve
        self._solved: dict[int, Foreign] = {}
        self.is_silent = True
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

        def validate(
            pending: Foreign, tokens: Sequence[Foreign], wanted_key: str, base_url: str | None
        ) -> Foreign:
            return self.validated(pending, tokens, wanted_key, base_url)

        yield self._class, "__missing__", self._of_elements()
        yield self._of_no_element, "__missing__", self._of_boxes()

        def solve(pending: Foreign, *asked: Foreign) -> Foreign:
            """Return a value with variables; of one that is wrong each layout says so once."""
            if id(pending) not in self._solved:
                self._solved[id(pending)] = pending  # which is kept, so that its id stays its own
                pending._reported_error = False  # noqa: SLF001 - the seam
            try:
                return self._solve(pending, *asked)
            finally:
                if pending._reported_error:  # noqa: SLF001 - the seam
                    self.is_silent = False

        yield self._pending, "validate", validate
        yield self._any_pending, "solve", solve

    def _of_elements(self) -> Missing:
        """Return what finds a property that an element's style has not been asked for before."""
        plain, inherited, logical = self._plain, self._inherited, self._logical
        physical = frozenset(logical["ltr"])

        def missing(style: Foreign, name: str) -> Foreign:
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
                found = _unsaid(style, name)
                if found is not None:
                    style[name] = found
                    return found
            return self._missing(style, name)

        return missing

    def _of_boxes(self) -> Missing:
        """Return the same for the style of a box that belongs to no element."""
        plain, inherited = self._plain, self._inherited

        def missing(style: Foreign, name: str) -> Foreign:
            if name in plain:
                found = style[name] = plain[name]
                return found
            if name in inherited:
                found = style[name] = style.parent_style[name]
                return found
            return self._anonymous(style, name)

        return missing

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


def _unsaid(style: Foreign, name: str) -> Foreign:
    """Return a property of which an element says nothing, None where that has to be computed."""
    if name in LINES and style[LINES[name]] in NO_LINE:
        return 0
    if style.parent_style is not None and name.startswith(PASSED_ON):
        return style.parent_style[name]
    if name == "position":
        style.specified[name] = "static"
        return "static"
    return None
