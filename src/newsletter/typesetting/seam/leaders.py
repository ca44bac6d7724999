"""Leaders: the dots of a table of contents are laid out and written once for each line of them.

WeasyPrint makes a box for each dot, and has Pango look at each of them anew; they share what Pango
laid out, and differ in their place. In lines of the composer's there is none to look for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from newsletter.typesetting.seam.foreign import Foreign

TF = b" Tf"
"""The operator that selects a font and its size (ISO 32000-2:2020, table 103)."""


class Written(NamedTuple):
    """The font and operators that a text was written with; the others are kept for their ids."""

    stream: Foreign
    layout: Foreign
    font: tuple[str, float] | None
    operators: Sequence[Foreign]


class Leaders:
    """Stands in for WeasyPrint where it looks for leaders, and writes texts that it has written."""

    def __init__(self) -> None:
        from weasyprint.layout import inline

        self._inline, self._handle = inline, inline.handle_leader
        self._written: dict[tuple[int, int], Written] = {}

    def replacements(self) -> Iterator[tuple[Foreign, str, Callable[..., Foreign]]]:
        """Yield what is put in the place of what."""

        def handle(context: Foreign, line: Foreign, containing_block: Foreign) -> None:
            if "composed" not in line.__dict__:
                self._handle(context, line, containing_block)

        yield self._inline, "handle_leader", handle

    def draw(
        self, stream: Foreign, textbox: Foreign, matrix: Foreign, draw: Callable[[], Foreign]
    ) -> Foreign:
        """Write the glyphs of a text where the matrix says; `draw` does, where they are new here.

        It writes the matrix first, and returns what is left to be drawn as pictures.
        """
        layout, written = textbox.pango_layout, stream.stream
        known = self._written.get((id(stream), id(layout)))
        if known is None:
            start = len(written)
            pictures = draw()
            if not pictures:
                self._note(stream, layout, written[start + 1 :])
            return pictures
        if known.font is not None:
            stream.set_text_matrix(*matrix.values)
            stream.set_font_size(*known.font)  # writes nothing where it is selected
            written.extend(known.operators)
        return []

    def _note(self, stream: Foreign, layout: Foreign, operators: Sequence[Foreign]) -> None:
        """Note what a text was written with, if that is glyphs of one font."""
        if not all(isinstance(operator, bytes) for operator in operators):
            return
        fonts = [operator for operator in operators if operator.endswith(TF)]
        if fonts == [*operators[: len(fonts)]] and len(fonts) <= 1:
            rest = operators[len(fonts) :]
            font = stream._current_font if rest else None  # noqa: SLF001 - the seam
            self._written[id(stream), id(layout)] = Written(stream, layout, font, rest)
