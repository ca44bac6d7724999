"""Initials: the letter of `::first-letter` is taken out of its paragraph once.

WeasyPrint takes it out of the boxes themselves, and does so again whenever a paragraph is laid
out anew: for another page, for each trial of columns. The letter in its box is then wrapped in
one box more of the same style, which for a letter that floats ends in an error.

It also takes a letter without what belongs to it: an accent, or the selector of a variation,
which alone at the beginning of the text beside it has no glyph.

The letter's style is a copy of the paragraph's in which values were written: what it says of
fonts stands in no cascade. It is marked by `says_all`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsletter.typesetting.seam.foreign import Foreign

PSEUDO = "::first-letter"
MARK = re.compile(r"[\u0300-\u036f\ufe00-\ufe0f\U000e0100-\U000e01ef]")
WITH_MARKS = re.compile(rf"(?s:.){MARK.pattern}*+")
"""A character with the accents and variation selectors after it (Unicode, Grapheme_Extend)."""


class Initials:
    """Stands in for `first_letter_to_box`, and for `get_first_letter` in it."""

    def __init__(self) -> None:
        from weasyprint.formatting_structure import boxes
        from weasyprint.layout import inline

        self._inline, self._boxes = inline, boxes
        self._take_out = inline.first_letter_to_box
        self._letter_of = inline.get_first_letter

    def replacements(self) -> Iterator[tuple[Foreign, str, Foreign]]:
        """Yield what is put in the place of what."""
        yield self._inline, "first_letter_to_box", self.first_letter_to_box
        yield self._inline, "get_first_letter", self.get_first_letter

    def get_first_letter(self, text: str) -> str:
        """Return the first letter of a text with the marks around it and those that it bears."""
        found: str = self._letter_of(text)
        if MARK.search(found + text[len(found) : len(found) + 1]) is None:
            return found
        characters = WITH_MARKS.findall(text)
        bare = "".join(character[0] for character in characters)
        return "".join(characters[: len(self._letter_of(bare))])

    def first_letter_to_box(self, box: Foreign, skip_stack: Foreign, style: Foreign) -> Foreign:
        """Give the first letter of a box a box of its own, if it has none; return where to go on.

        WeasyPrint calls this for the boxes within, too.
        """
        if not style or _initial_of(box) is not None:
            return skip_stack
        skip_stack = self._take_out(box, skip_stack, style)
        initial = _initial_of(box)
        if initial is not None:
            initial.style.says_all = True
            if isinstance(box, self._boxes.LineBox) and initial.is_floated():
                self._wrap(box, initial)
        return skip_stack

    def _wrap(self, line: Foreign, initial: Foreign) -> None:
        """Put a floating letter in a box within the text, without which no text gives way to it.

        WeasyPrint forgets how wide a float is that stands in a line itself.
        """
        around = self._boxes.InlineBox(initial.element_tag, line.style, line.element, [initial])
        line.children = (around, *line.children[1:])


def _initial_of(box: Foreign) -> Foreign:
    """Return the box of the first letter in a box, None where there is none."""
    first = box.children[0] if box.children else None
    return first if first is not None and (first.element_tag or "").endswith(PSEUDO) else None
