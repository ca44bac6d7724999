"""Markers: what a stylesheet has stand before a list's item has a box that can be laid out.

In WeasyPrint the marker's box and the text in it share a style where the text is said by
`li::marker { content: … }`. The box is placed absolutely, the text with it, and the layout ends in
an error.
"""

from __future__ import annotations

from collections.abc import Iterator

from newsletter.typesetting.seam.foreign import Foreign


class Markers:
    """Stands in for `marker_to_box`."""

    def __init__(self) -> None:
        from weasyprint.formatting_structure import build

        self._build, self._marker_to_box = build, build.marker_to_box

    def replacements(self) -> Iterator[tuple[Foreign, str, Foreign]]:
        """Yield what is put in the place of what."""
        yield self._build, "marker_to_box", self.marker_to_box

    def marker_to_box(self, *args: Foreign) -> Iterator[Foreign]:
        """Yield the box of a marker, with a style of its own."""
        for marker in self._marker_to_box(*args):
            shared = marker.style
            if any(child.style is shared for child in marker.children):
                marker.style = shared.copy()
                shared.pop("position", None)
            yield marker
