"""Roles: which structure element of PDF an HTML element becomes.

In: the name and class of an element of HTML, or of what CSS writes before or after one. Out: a
standard structure type of ISO 32000-1:2008, 14.8.4, which PDF/UA-1 builds on (ISO 14289-1:2014,
7.1), or none: then what it holds belongs to the element around it.
"""

from __future__ import annotations

from collections.abc import Iterator

from newsletter.typesetting.seam.foreign import Foreign

DOCUMENT = "Document"
PARAGRAPH = "P"
GROUPS = frozenset(
    {DOCUMENT, "Sect", "Art", "Div", "BlockQuote", "TOC", "TOCI", "L", "LI", "Table", "TR"}
)
"""Types that hold other elements and no text of their own (14.8.4.2)."""
INLINE = frozenset({"Link", "Span", "Reference"})
"""Types that stand in a line, and so in a paragraph (14.8.4.4)."""
ROLES = {
    "article": "Art",
    "aside": "Sect",
    "blockquote": "BlockQuote",
    "caption": "Caption",
    "dd": "LI",
    "dl": "L",
    "dt": "LI",
    "figcaption": "Caption",
    "figure": "Div",
    **{f"h{level}": f"H{level}" for level in range(1, 7)},
    "img": "Figure",
    "li": "LI",
    "ol": "L",
    "p": PARAGRAPH,
    "section": "Sect",
    "{http://www.w3.org/2000/svg}svg": "Figure",
    "table": "Table",
    "tbody": "TBody",
    "td": "TD",
    "tfoot": "TFoot",
    "th": "TH",
    "thead": "THead",
    "tr": "TR",
    "ul": "L",
}
LINES = frozenset({"em", "strong", "span", "b", "i", "cite", "q", "small", "code", "ruby", "sup"})
"""Elements that stand in a line; one in another language becomes a Span, others a Div."""
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
LABELS = ("::before", "::marker")
NOTES, NOTE_MARK = "notes", "note-mark"
DROP_CAP, AFTER_DROP_CAP = "drop-cap", "after-drop-cap"
"""Classes that running text is written with (`compose.markup`)."""


def role_of(element: Foreign, tag: str) -> str:
    """Return the structure type of an element, "" for none; `tag` tells a pseudo-element."""
    name = str(element.tag)
    if tag != name:
        return "Lbl" if name == "li" and tag.endswith(LABELS) else ""
    if name == "nav":
        return "TOC" if _is_contents(element) else "Sect"
    if name == "ol" and has_class(element, NOTES):
        return ""
    if name == "sup" and has_class(element, NOTE_MARK):
        return "Reference"
    if name == "a" and element.get("href"):
        return "Link"
    return ROLES.get(name, "")


def has_class(element: Foreign, name: str) -> bool:
    """Tell whether an element has a class."""
    return name in str(element.get("class") or "").split()


def has_link(element: Foreign) -> bool:
    """Tell whether there is a link in an element."""
    return any(inner.tag == "a" for inner in element.iter())


def _is_contents(element: Foreign) -> bool:
    """Tell whether a `nav` is a table of contents: links, and no headings among them."""
    return has_link(element) and not any(inner.tag in HEADINGS for inner in element.iter())


def is_decoration(element: Foreign, tag: str) -> bool:
    """Tell whether there is nothing to say: a picture without words, text that CSS made of nothing.

    A picture is decoration with an empty `alt` (HTML 5, 4.8.4.4.4), but not without one; anything
    is with `aria-hidden`, and what stands before or after an element that is empty.
    """
    if element.get("aria-hidden") == "true":
        return True
    if element.tag == "img":
        return not str(element.get("alt", "□")).strip()
    return "::" in tag and not "".join(_words(element)).strip()


def _words(element: Foreign) -> Iterator[str]:
    """Yield the text of an element; a picture in it counts as a word."""
    for inner in element.iter():
        yield "□" if inner.tag == "img" else str(inner.text or "")
        if inner is not element:
            yield str(inner.tail or "")
