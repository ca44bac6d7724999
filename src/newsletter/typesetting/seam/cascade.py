"""Cascade: which rules hold for which element is found once for the same elements.

In: documents as `rereading` gives them, one after another. Out: WeasyPrint's `StyleFor`. For the
elements of before it has the styles of before, with all that was computed from them, without what
WeasyPrint writes into styles while it lays out. Where that is more than a little, or where it had
something to say of a value, it has new styles with the cascades of before, shared by the same
elements, so that all is computed anew.
"""

from __future__ import annotations

import copy
import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from msgspec import Struct

from newsletter.typesetting.seam.foreign import Foreign

WITH_SHEETS = ("style", "link")
"""Elements that bring stylesheets of their own, with pages, fonts and counters."""
ROOTS = ("html", "body")
WRITTEN = ("display", "overflow")
"""What is written into the styles of the root element or the body."""
Styles = Sequence[tuple[tuple[Foreign, Foreign], Foreign]]


class Matched(Struct):
    """What was found for the elements of a document; `styles` by element and pseudo-element.

    `is_quiet` if nothing was said while values were computed from them: it would be lost.
    """

    is_quiet: bool = False
    root: Foreign = None
    sheets: Sequence[Foreign] = ()
    style_for: Foreign = None
    styles: Styles = ()

    def holds_for(self, html: Foreign, sheets: Sequence[Foreign]) -> bool:
        """Tell whether it was found for the elements of a document, by the same stylesheets."""
        same = len(sheets) == len(self.sheets) and all(
            one is other for one, other in zip(sheets, self.sheets, strict=True)
        )
        return self.root is html.etree_element and same


class _Ear(logging.Handler):
    """Notes whether WeasyPrint says anything, which it would have to say again."""

    said = False

    def emit(self, _record: logging.LogRecord) -> None:
        self.said = True


@contextmanager
def _ear() -> Iterator[_Ear]:
    logger, ear = logging.getLogger("weasyprint"), _Ear(logging.WARNING)
    logger.addHandler(ear)
    try:
        yield ear
    finally:
        logger.removeHandler(ear)


class Cascade:
    """Stands in for `get_all_computed_styles`."""

    def __init__(self, matched: Matched) -> None:
        from weasyprint import css, document

        self._css, self._document, self._matched = css, document, matched
        self._get = document.get_all_computed_styles

    def replacements(self) -> Iterator[tuple[Foreign, str, Foreign]]:
        """Yield what is put in the place of what."""
        yield self._document, "get_all_computed_styles", self.styles_of

    def styles_of(
        self,
        html: Foreign,
        sheets: Sequence[Foreign],
        hints: Foreign,
        font_config: Foreign,
        *rest: Foreign,
    ) -> Foreign:
        """Return the styles of a document; `rest` ends with what collects targets, and forms."""
        matched, collector = self._matched, rest[-2]
        if matched.holds_for(html, sheets):
            return self._again(collector)
        with _ear() as ear:
            style_for = self._get(html, sheets, hints, font_config, *rest)
        has_sheets = next(iter(html.wrapper_element.query_all(*WITH_SHEETS)), None) is not None
        matched.root = None if has_sheets or ear.said else html.etree_element
        matched.is_quiet = False
        matched.sheets, matched.style_for = tuple(sheets), style_for
        matched.styles = tuple(style_for.get_computed_styles().items())
        return style_for

    def _again(self, collector: Foreign) -> Foreign:
        """Return new styles with the cascades of before, or those of before themselves."""
        matched = self._matched
        style_for = copy.copy(matched.style_for)
        style_for._cascaded_styles = {}  # noqa: SLF001 - the seam
        style_for._computed_styles = computed = dict(matched.styles)  # noqa: SLF001 - the seam
        sizes = style_for.initial_page_sizes
        if matched.is_quiet and all(_is_plain(style) for _place, style in matched.styles):
            _wash(matched.styles)
            sizes.update(dict.fromkeys(sizes))
        else:
            style_for.initial_page_sizes = dict.fromkeys(sizes)
            computed.update(self._made_anew(style_for.initial_page_sizes))
        for style in {id(style): style for style in computed.values()}.values():
            if style["anchor"]:
                collector.collect_anchor(style["anchor"])
        return style_for

    def _made_anew(self, sizes: Foreign) -> Iterator[tuple[Foreign, Foreign]]:
        """Yield every place with a new style that has the cascade of before.

        What stands in no place may still hand on what it says, see `sparing`.
        """
        made: dict[int, Foreign] = {}

        def anew(was: Foreign) -> Foreign:
            if id(was) not in made:
                parent = None if was.parent_style is None else anew(was.parent_style)
                root = self._css.InitialStyle(was.font_config) if parent is None else made[0]
                style = made[id(was)] = self._css.ComputedStyle(
                    parent, was.cascaded, was.pseudo_type, root, was.base_url,
                    was.font_config, sizes,
                )  # fmt: skip
                made.setdefault(0, style)
            return made[id(was)]

        for place, was in self._matched.styles:
            yield place, anew(was)


def _wash(styles: Styles) -> None:
    """Take from styles what WeasyPrint has written into them, and those that it derived."""
    for _place, style in styles:
        style.__dict__.pop("anonymous_style", None)
    for (element, _pseudo), style in styles:
        if element.tag in ROOTS:
            for name in WRITTEN:
                style.pop(name, None)


def _is_plain(style: Foreign) -> bool:
    """Tell whether WeasyPrint writes into a style at most what it writes into those of `ROOTS`.

    What it writes into a table's or its rows' is the same each time.
    """
    return (
        style.pseudo_type != "first-letter"
        and style.get("float") != "footnote"
        and "note()" not in style.get("position", ())
    )
