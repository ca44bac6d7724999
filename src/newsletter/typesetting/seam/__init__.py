"""The seam with WeasyPrint: the only room that knows its private names.

Within `composing(rules)` WeasyPrint asks the composer for each line of Chinese text, for its
widths, and for its drawing; everything else stays WeasyPrint's. These of its functions are
replaced, and a few more are called; `guard` lists all of them:

- `layout.inline.split_inline_box`, called for a line box: the next line of a paragraph. The
  paragraph is shaped once and planned once for each measure; a line takes its part of the plan.
- `layout.inline.get_next_linebox`: a line is laid out once, and moved to where it stands.
- `layout.inline.justify_line`: composed lines are filled already.
- `layout.inline.handle_leader`: not in composed lines; the dots of a leader are written alike.
- `layout.inline.first_letter_to_box`: not a second time for the same paragraph; and
  `get_first_letter` in it: with the accents and variation selectors of the letter.
- `formatting_structure.build.marker_to_box`: a marker that a stylesheet gives a text has a style of
  its own.
- `layout.inline.strut`: the height of an empty line, once for each style.
- `layout.preferred.inline_min_content_width` and `inline_max_content_width`: widths asked for
  before there are lines; and `shrink_to_fit`, which asks for both only where it needs both.
- `layout.block.block_level_layout_switch`: blocks that take whole lines, columns' tops.
- `layout.percent.resolve_percentages`: the lengths of a box, once for each size of its container.
- `draw.text.draw_first_line` and `draw.draw_text`: composed text is written from its glyphs and
  positions, and the marks below it are drawn.
- `__missing__` of `css.ComputedStyle` and `css.AnonymousStyle`: properties that an element says
  nothing of, and `PendingExpander.validate`: shorthands with variables, once for the same tokens.
- `css.tokens.Pending.solve`: what is wrong with a value by a variable is said in each layout.
- `css.StyleFor` and `css.find_style_attributes`: pseudo-elements that few elements have get their
  styles when asked for; what stands in elements with names of their own shares styles, and so do
  pages of a kind.
- `svg.TAGS`, `svg.size`, `svg.color`, `svg.normalize`, `svg.parse_url`: plain paths and values of
  pictures are read in one pass, each colour once.
- `svg.Node.cascade`, `svg.SVG.draw_node`, `svg.SVG.set_graphical_state`, `svg.SVG.draw`,
  `pdf.stream.Stream.set_color`, `matrix.Matrix.__matmul__`: plain groups and shapes are drawn
  without asking for all they might have.
- `svg.paint_mask`, `svg.draw_pattern`, and `use` of `svg.TAGS`: a picture is drawn again as it was
  drawn first.
- `Box.__init__`, `ParentBox._reset_spacing` and `ParentBox.copy_with_children`: boxes have what is
  their own, and their class has what all have.
- `Box.is_in_normal_flow`, `Box.establishes_formatting_context`, `Box.descendants`,
  `ParentBox.page_values`, `layout.block.collapse_margin`, `layout.inline.avoid_collisions`,
  `layout.background.layout_box_backgrounds`: answered at once where nothing is out of the ordinary.
- `tinyhtml5`'s `chars_until`: each pattern is made once; `document.get_html_metadata`: elements
  are asked for by their names.
- `layout.page.make_page`: what has served is let go.
- `layout.make_all_pages`: page numbers in the text are set once they are known.
- `layout.page.remake_page`, `document.layout_document`, `document.Page`,
  `layout.make_margin_boxes` and `layout.layout_backgrounds`: pages that still stand are put in
  again.
- `document.get_all_computed_styles`: rules are matched once with the same elements, which
  `rereading` gives where only words are others.
- `pdf.fonts.get_hb_object_data`, `pdf.fonts.Font.clean` and `pdf.fonts.Font._harfbuzz_subset`:
  font files are not copied, and their parts made once.
- `pydyf.Stream.data` and `document.Page.paint`: streams are packed by libdeflate, and their
  pieces joined when a page is done.
- `pdf.add_tags`: the structure tree is made from the elements of the pages, read as each is
  painted.

What is not covered goes WeasyPrint's own way, unchanged: right-to-left text, soft hyphens,
preserved white space, leaders, floats and notes within a line, fonts in colour, other languages
than Chinese.
"""

from __future__ import annotations

import gc
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from types import ModuleType

from newsletter.typesetting.rules import Rules
from newsletter.typesetting.seam.cascade import Cascade, Matched
from newsletter.typesetting.seam.fonts import Parts
from newsletter.typesetting.seam.foreign import Foreign
from newsletter.typesetting.seam.guard import SeamError, check_seam
from newsletter.typesetting.seam.record import Record
from newsletter.typesetting.seam.rereading import Rereading
from newsletter.typesetting.seam.standing import Standing

__all__ = [
    "Matched",
    "Parts",
    "Record",
    "Rereading",
    "SeamError",
    "Standing",
    "check_seam",
    "composing",
    "take_as_lasting",
]

SELDOM = (200_000, 20, 20)
"""How seldom cyclic garbage is looked for: cells and boxes are many, and live to the end."""


@contextmanager
def composing(  # noqa: PLR0913 - what is kept, each by its name
    rules: Rules,
    terms: Collection[str] = (),
    *,
    before: Record | None = None,
    parts: Parts | None = None,
    matched: Matched | None = None,
    digests: Mapping[str, str] | None = None,
    is_final: bool = False,
) -> Iterator[Standing | None]:
    """Have WeasyPrint compose Chinese lines by `rules`, in layout and in drawing.

    `terms` are names and terms that the lines of a headline leave whole.
    With the record of a layout `before`, empty for the first, pages that still stand are put in
    again, and what it yields has the record of this layout at the end.
    With `parts` of fonts those are written that were made for an earlier file; with what was
    `matched` before, rules that hold for the same elements are not looked for again; with the
    `digests` of pictures by their URLs these are drawn once.
    Where pages are `is_final`, laid out or painted for the last time, what only another layout or
    another file would ask for is let go page by page.
    Raises `SeamError` when WeasyPrint is not the one that the composer was written for.
    """
    check_seam()
    from newsletter.typesetting.seam.composer import Composer
    from newsletter.typesetting.seam.distribution import Distribution
    from newsletter.typesetting.seam.numbers import Numbers

    replaced: list[tuple[ModuleType, str, Foreign]] = []
    thresholds = gc.get_threshold()
    gc.set_threshold(*SELDOM)
    take_as_lasting()
    try:
        composer = Composer(
            rules, frozenset(terms), parts, digests=digests or {}, is_final=is_final
        )
        numbers = Numbers()
        standing = (
            None
            if before is None
            else Standing(composer.rhythm, numbers, before, is_lasting=not is_final)
        )
        distribution = Distribution() if is_final else None
        for module, name, value in (
            *composer.replacements(),
            *numbers.replacements(),
            *(standing.replacements() if standing is not None else ()),
            *(distribution.replacements() if distribution is not None else ()),
            *(Cascade(matched).replacements() if matched is not None else ()),
        ):
            replaced.append((module, name, getattr(module, name)))
            setattr(module, name, value)
        yield standing
        if distribution is not None:
            distribution.let_go()
        if standing is not None and not composer.styles.is_silent:
            standing.record = None  # a page that stands would not say it again
    finally:
        take_as_lasting()
        gc.set_threshold(*thresholds)
        for module, name, value in reversed(replaced):
            setattr(module, name, value)


def take_as_lasting() -> None:
    """Spare what was made so far the next search for cyclic garbage among what is young.

    It would find little: boxes, styles and modules are there until all is written. Freezing puts
    all among what is frozen and counts from nothing, unfreezing puts that among the oldest, which
    only a full search looks through. Where none comes by itself there is nothing to spare, and
    what a process has frozen for good stays so.
    """
    if gc.isenabled():
        gc.freeze()
        gc.unfreeze()
