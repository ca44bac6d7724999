"""Layouts: what a folder in layouts/ offers to an issue.

In: the folders in which layouts may lie, a layout's name, the options an issue chose.
Out: a `Layout` whose layout.yaml has been validated together with those of the layouts that it
extends, and the options with their defaults.
"""

from newsletter.layouts.layout import Layout
from newsletter.layouts.options import OptionValue, options, read_option
from newsletter.layouts.reading import load_layout, read_layout
from newsletter.layouts.spec import (
    Grid,
    LayoutFile,
    Option,
    PageSize,
    Room,
    Slot,
    Typesetting,
)

__all__ = [
    "Grid",
    "Layout",
    "LayoutFile",
    "Option",
    "OptionValue",
    "PageSize",
    "Room",
    "Slot",
    "Typesetting",
    "load_layout",
    "options",
    "read_layout",
    "read_option",
]
