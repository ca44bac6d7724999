"""Redrawing: what drawing a picture changes in its elements is undone once it is drawn.

WeasyPrint makes a group of a mask, and a picture of a pattern and of a symbol, and writes the
sizes that they have into them. A picture is drawn for each of its places and for each file; from
the second time on a mask would be seen itself, and a pattern grow.
"""

from __future__ import annotations

from collections.abc import Iterator

from newsletter.typesetting.seam.foreign import Foreign


class Redrawing:
    """Stands in for what draws masks, patterns and `use`; undoes what they change."""

    def __init__(self) -> None:
        from weasyprint import svg
        from weasyprint.svg import defs

        self._svg = svg
        self._paint_mask, self._draw_pattern = svg.paint_mask, svg.draw_pattern
        self._use, self._used = svg.TAGS["use"], defs.get_use_tree
        self._changed: dict[int, list[tuple[Foreign, str, dict[str, Foreign]]]] = {}

    def replacements(self) -> Iterator[tuple[Foreign, str, Foreign]]:
        """Yield what is put in the place of what."""

        def paint_mask(svg: Foreign, node: Foreign, mask: Foreign, font_size: float) -> None:
            self._note(svg, mask)
            self._paint_mask(svg, node, mask, font_size)

        def draw_pattern(
            svg: Foreign, node: Foreign, pattern: Foreign, *rest: Foreign, **named: Foreign
        ) -> bool:
            self._note(svg, pattern)
            return bool(self._draw_pattern(svg, node, pattern, *rest, **named))

        yield self._svg, "paint_mask", paint_mask
        yield self._svg, "draw_pattern", draw_pattern

    def use(self, svg: Foreign, node: Foreign, font_size: float) -> None:
        """Draw what is defined elsewhere in the picture."""
        used = self._used(svg, node, font_size)
        if used is not None:
            self._note(svg, used)
        self._use(svg, node, font_size)

    def undo(self, svg: Foreign) -> None:
        """Give the elements of a picture that is drawn their names and attributes back."""
        for node, tag, attributes in reversed(self._changed.pop(id(svg), ())):
            node._etree_node.tag, node.attrib = tag, attributes  # noqa: SLF001 - the seam

    def _note(self, svg: Foreign, node: Foreign) -> None:
        changed = self._changed.setdefault(id(svg), [])
        changed.append((node, node._etree_node.tag, dict(node.attrib)))  # noqa: SLF001 - the seam
