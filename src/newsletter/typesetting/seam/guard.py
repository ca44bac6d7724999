"""The guard of the seam: every private name of WeasyPrint that is used, and what it was."""

from __future__ import annotations

import importlib
import inspect

VERSION = "70.0"
SEAM: dict[str, tuple[str, ...]] = {
    "weasyprint.layout.block.block_level_layout_switch": (
        "context", "box", "bottom_space", "skip_stack", "containing_block", "page_is_empty",
        "absolute_boxes", "fixed_boxes", "adjoining_margins", "first_letter_style",
        "first_line_style", "discard", "max_lines",
    ),
    "weasyprint.layout.block.block_level_layout": (
        "context", "box", "bottom_space", "skip_stack", "containing_block", "page_is_empty",
        "absolute_boxes", "fixed_boxes", "adjoining_margins", "first_letter_style",
        "first_line_style", "discard", "max_lines",
    ),
    "weasyprint.layout.block.remove_placeholders": (
        "context", "box_list", "absolute_boxes", "fixed_boxes",
    ),
    "weasyprint.layout.inline.get_next_linebox": (
        "context", "linebox", "position_y", "bottom_space", "skip_stack", "containing_block",
        "absolute_boxes", "fixed_boxes", "first_letter_style", "first_line_style",
    ),
    "weasyprint.layout.inline.split_inline_box": (
        "context", "box", "position_x", "max_x", "bottom_space", "skip_stack",
        "containing_block", "absolute_boxes", "fixed_boxes", "line_placeholders",
        "waiting_floats", "line_children", "first_letter_style", "first_line_style",
    ),
    "weasyprint.layout.inline.first_letter_to_box": ("box", "skip_stack", "first_letter_style"),
    "weasyprint.layout.inline.get_first_letter": ("text",),
    "weasyprint.layout.inline.handle_leader": ("context", "line", "containing_block"),
    "weasyprint.layout.inline.strut": ("style",),
    "weasyprint.layout.inline.justify_line": ("context", "line", "extra_width"),
    "weasyprint.layout.inline.atomic_box": (
        "context", "box", "position_x", "skip_stack", "containing_block", "absolute_boxes",
        "fixed_boxes",
    ),
    "weasyprint.layout.inline._adjust_line_height": ("box",),
    "weasyprint.layout.inline.inline_min_content_width": (
        "context", "box", "outer", "skip_stack", "first_line", "is_line_start",
    ),
    "weasyprint.layout.preferred.inline_min_content_width": (
        "context", "box", "outer", "skip_stack", "first_line", "is_line_start",
    ),
    "weasyprint.layout.preferred.inline_max_content_width": (
        "context", "box", "outer", "is_line_start",
    ),
    "weasyprint.layout.absolute.shrink_to_fit": ("context", "box", "available_content_width"),
    "weasyprint.layout.float.shrink_to_fit": ("context", "box", "available_content_width"),
    "weasyprint.layout.inline.shrink_to_fit": ("context", "box", "available_content_width"),
    "weasyprint.layout.preferred.min_content_width": ("context", "box", "outer"),
    "weasyprint.layout.preferred.max_content_width": ("context", "box", "outer"),
    "weasyprint.layout.preferred.adjust": ("box", "outer", "width", "left", "right"),
    "weasyprint.layout.percent.resolve_percentages": ("box", "containing_block"),
    "weasyprint.text.line_break.Layout": ("style", "justification_spacing", "max_width"),
    "weasyprint.text.line_break.first_line_metrics": (
        "first_line", "text", "layout", "resume_at", "space_collapse", "style", "hyphenated",
        "hyphenation_character",
    ),
    "weasyprint.text.line_break.strut": ("style",),
    "weasyprint.text.line_break._font_style_cache_key": ("style", "include_size"),
    "weasyprint.draw.draw_text": (
        "stream", "textbox", "offset_x", "text_overflow", "block_ellipsis",
    ),
    "weasyprint.draw.text.draw_first_line": (
        "stream", "textbox", "text_overflow", "block_ellipsis", "matrix",
    ),
    "weasyprint.document.get_all_computed_styles": (
        "html", "user_stylesheets", "presentational_hints", "font_config", "counter_style",
        "color_profiles", "page_rules", "layers", "target_collector", "forms",
    ),
    "weasyprint.css.StyleFor": (
        "html", "sheets", "presentational_hints", "font_config", "target_collector",
    ),
    "weasyprint.css.find_style_attributes": ("tree", "presentational_hints", "base_url"),
    "weasyprint.css.preprocess_declarations": ("base_url", "declarations", "prelude"),
    "weasyprint.css.declaration_precedence": ("origin", "importance"),
    "weasyprint.css.InitialStyle": ("font_config",),
    "weasyprint.css.ComputedStyle": (
        "parent_style", "cascaded", "pseudo_type", "root_style", "base_url", "font_config",
        "initial_page_sizes",
    ),
    "weasyprint.css.targets.TargetCollector.collect_anchor": ("self", "anchor_name"),
    "weasyprint.css.ComputedStyle.__missing__": ("self", "key"),
    "weasyprint.css.AnonymousStyle.__missing__": ("self", "key"),
    "weasyprint.css.tokens.Pending.solve": ("self", "tokens", "wanted_key", "base_url"),
    "weasyprint.css.validation.expanders.PendingExpander.validate": (
        "self", "tokens", "wanted_key", "base_url",
    ),
    "weasyprint.formatting_structure.boxes.Box.__init__": (
        "self", "element_tag", "style", "element",
    ),
    "weasyprint.formatting_structure.boxes.ParentBox._reset_spacing": ("self", "side"),
    "weasyprint.formatting_structure.boxes.ParentBox.copy_with_children": (
        "self", "new_children",
    ),
    "weasyprint.formatting_structure.boxes.Box.is_in_normal_flow": ("self",),
    "weasyprint.formatting_structure.boxes.Box.establishes_formatting_context": ("self",),
    "weasyprint.formatting_structure.boxes.Box.descendants": ("self", "placeholders"),
    "weasyprint.layout.block.collapse_margin": ("adjoining_margins",),
    "weasyprint.formatting_structure.boxes.ParentBox.page_values": ("self",),
    "weasyprint.layout.inline.avoid_collisions": (
        "context", "box", "containing_block", "outer",
    ),
    "weasyprint.layout.background.layout_box_backgrounds": (
        "page", "box", "get_image_from_uri", "layout_children", "style",
    ),
    "weasyprint.draw.color.get_color": ("style", "key"),
    "tinyhtml5.inputstream.HTMLUnicodeInputStream.chars_until": (
        "self", "characters", "opposite",
    ),
    "weasyprint.document.get_html_metadata": ("html",),
    "weasyprint.formatting_structure.build.marker_to_box": (
        "element", "state", "parent_style", "style_for", "get_image_from_uri",
        "target_collector", "counter_style",
    ),
    "weasyprint.svg.TAGS": (
        "a", "circle", "ellipse", "image", "line", "path", "polyline", "polygon", "rect", "svg",
        "text", "textPath", "tspan", "use",
    ),
    "weasyprint.svg.path": ("svg", "node", "font_size"),
    "weasyprint.svg.Node.cascade": ("self", "child"),
    "weasyprint.svg.NOT_INHERITED_ATTRIBUTES": (
        "clip", "clip-path", "dx", "dy", "filter", "height", "href", "id", "mask", "opacity",
        "overflow", "rotate", "stop-color", "stop-opacity", "style", "transform",
        "transform-origin", "viewBox", "width", "x", "y", "{http://www.w3.org/1999/xlink}href",
    ),
    "weasyprint.svg.SVG.draw": (
        "self", "stream", "concrete_width", "concrete_height", "base_url", "context",
    ),
    "weasyprint.svg.SVG.draw_node": ("self", "node", "font_size", "fill_stroke", "context"),
    "weasyprint.svg.SVG.set_graphical_state": ("self", "node", "font_size", "context"),
    "weasyprint.matrix.Matrix.__matmul__": ("self", "other"),
    "weasyprint.svg.paint_mask": ("svg", "node", "mask", "font_size"),
    "weasyprint.svg.draw_pattern": (
        "svg", "node", "pattern", "font_size", "opacity", "stroke",
    ),
    "weasyprint.svg.defs.get_use_tree": ("svg", "node", "font_size"),
    "weasyprint.svg.size": ("string", "font_size", "percentage_reference"),
    "weasyprint.svg.color": ("string",),
    "weasyprint.svg.normalize": ("string",),
    "weasyprint.svg.parse_url": ("url",),
    "weasyprint.document.layout_document": ("html", "root_box", "context", "max_loops"),
    "weasyprint.document.Page": ("page_box",),
    "weasyprint.document.Page.paint": ("self", "stream", "scale"),
    "weasyprint.layout.make_margin_boxes": ("context", "page", "state"),
    "weasyprint.layout.layout_backgrounds": ("page", "get_image_from_uri"),
    "weasyprint.layout.page.make_page": (
        "context", "root_box", "page_type", "resume_at", "page_number", "page_state",
    ),
    "weasyprint.layout.page.remake_page": ("index", "context", "root_box", "html"),
    "weasyprint.layout.make_all_pages": ("context", "root_box", "html", "pages"),
    "weasyprint.layout.page.PageType": ("side", "blank", "name", "index", "groups"),
    "weasyprint.layout.page.set_page_type_computed_styles": ("page_type", "html", "style_for"),
    "weasyprint.layout.page._update_page_groups": (
        "page_groups", "resume_at", "next_page", "root_box", "blank",
    ),
    "weasyprint.layout.page._standardize_page_based_counters": ("style", "pseudo_type"),
    "weasyprint.formatting_structure.build.update_counters": ("state", "style"),
    "weasyprint.css.StyleFor.add_page_declarations": ("self", "page_type"),
    "weasyprint.css.StyleFor.set_computed_styles": (
        "self", "element", "parent", "root", "pseudo_type", "base_url", "target_collector",
    ),
    "weasyprint.css.StyleFor._page_type_match": ("page_selector_type", "page_type"),
    "weasyprint.css.targets.TargetCollector.cache_target_page_counters": (
        "self", "anchor_name", "page_counter_values", "page_maker_index", "page_maker",
    ),
    "weasyprint.pdf.add_tags": ("pdf", "document", "pdf_version", "page_streams"),
    "weasyprint.pdf.fonts.get_hb_object_data": ("hb_object", "ot_color", "glyph"),
    "weasyprint.pdf.fonts.Font.clean": ("self", "to_unicode", "hinting"),
    "weasyprint.pdf.fonts.Font._harfbuzz_subset": ("self", "to_unicode", "hinting"),
    "pydyf.Stream.data": ("self",),
    "pydyf._to_bytes": ("item",),
    "weasyprint.pdf.stream.Stream.set_color": ("self", "color", "stroke"),
    "weasyprint.pdf.stream.Stream.set_alpha": ("self", "alpha", "stroke", "fill"),
    "weasyprint.pdf.stream.Stream.add_font": ("self", "pango_font"),
}  # fmt: skip
"""What is replaced or called, with its parameters there, of a table or set with its keys."""


class SeamError(RuntimeError):
    """WeasyPrint is not the one that the composer was written for; says what differs."""


def check_seam() -> None:
    """Raise `SeamError` unless WeasyPrint has the version that the composer was written for."""
    import weasyprint

    if weasyprint.__version__ != VERSION:
        message = f"WeasyPrint {weasyprint.__version__} is installed; the composer needs {VERSION}"
        raise SeamError(message)


def changed_names() -> list[str]:
    """Return what of the seam is not as it was in `VERSION`, one sentence a name."""
    found = {name: _parameters(name) for name in SEAM}
    return [
        f"{name}: expected {SEAM[name]}, found {parameters}"
        for name, parameters in found.items()
        if parameters != SEAM[name]
    ]


def _parameters(name: str) -> tuple[str, ...] | None:
    """Return the parameters of a function or class of WeasyPrint, or the keys of a table or set.

    None if it is not there.
    """
    parts = name.split(".")
    for cut in range(len(parts) - 1, 0, -1):
        try:
            found: object = importlib.import_module(".".join(parts[:cut]))
        except ImportError:
            continue
        for part in parts[cut:]:
            found = getattr(found, part, None)
        found = found.fget if isinstance(found, property) else found
        if isinstance(found, dict):
            return tuple(found)
        if isinstance(found, frozenset):
            return tuple(sorted(found))
        return tuple(inspect.signature(found).parameters) if callable(found) else None
    return None
