"""Heights: how high an empty line and a text are, found once for each style.

In: WeasyPrint's styles. Out: pixels.
"""

from __future__ import annotations

from newsletter.typesetting.seam.foreign import Foreign


class Heights:
    """Stands in for `strut`, and measures texts by it."""

    def __init__(self) -> None:
        from weasyprint.text.line_break import strut

        self._strut = strut
        self._struts: dict[int, tuple[Foreign, tuple[float, float]]] = {}
        self._of_text: dict[str, tuple[float, float, float]] = {}

    def strut(self, style: Foreign) -> tuple[float, float]:
        """Return the height of a style's empty line and its baseline, asked for each line.

        The style is kept, so that its id stays its own.
        """
        known = self._struts.get(id(style))
        if known is None:
            known = self._struts[id(style)] = style, self._strut(style)
        return known[1]

    def of_text(self, style: Foreign, key: str) -> tuple[float, float, float]:
        """Return the height of a text, its half-leading and its baseline from the margin's top.

        They are those of the style's first font, so that a character from another font does not
        move its line off the grid. `key` tells the style's font and line height from others.
        """
        known = self._of_text.get(key)
        if known is None:
            from weasyprint.text.line_break import Layout, first_line_metrics

            layout = Layout(style)
            layout.set_text(" ")
            line, _ = layout.get_first_line()
            height = first_line_metrics(line, "", layout, None, False, style)[4]  # noqa: FBT003
            line_height, baseline = self.strut(style)
            known = self._of_text[key] = height, (line_height - height) / 2, baseline
        return known
