"""Knots: where what a layout leaves in memory holds itself, it is cut.

A build leaves some sixty thousand objects, of which only four hundred groups point at themselves: a
style and that of its anonymous boxes, an element and its parent, a page and its notes. All
others hang on these, so that a search for cyclic garbage goes through all of them and takes them
apart one by one, for a twentieth of a build. With these cut they are freed as whatever is not used
any more.
"""

from __future__ import annotations

import gc
import importlib
from collections.abc import Iterator

KNOTS = {
    "weasyprint.css": ("AnonymousStyle", "ComputedStyle", "InitialStyle"),
    "weasyprint.css.targets": ("CounterLookupItem", "TargetLookupItem"),
    "weasyprint.formatting_structure.boxes": (
        *("FootnoteAreaBox", "InlineBlockBox", "InlineBox", "LineBox", "PageBox"),
    ),
    "weasyprint.images": ("SVGImage",),
    "weasyprint.layout": ("LayoutContext",),
    "weasyprint.svg": ("LazyDefs", "SVG"),
    "tinyhtml5.parser": ("HTMLParser",),
    "tinyhtml5.treebuilder": ("Document", "Element"),
    "jinja2.environment": ("Template",),
    "jinja2.runtime": ("Context", "Macro"),
}
"""By module, the classes whose objects point at what points at them."""


def cut() -> None:
    """Empty every such object that was made since this process last froze what it had.

    Nothing of a layout may be in use any more, nor be kept for the next. What is not known here is
    left to a search.
    """
    kinds = frozenset(_kinds())
    for knot in [each for each in gc.get_objects() if type(each) in kinds]:
        knot.__dict__.clear()


def _kinds() -> Iterator[type[object]]:
    for name, classes in KNOTS.items():
        module = importlib.import_module(name)
        yield from (getattr(module, each) for each in classes)
