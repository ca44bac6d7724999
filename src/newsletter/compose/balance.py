"""Elements of a page that are left open, or closed where nothing is open.

In: the HTML of an issue as its templates wrote it, and the layout. Out: what is wrong, at the
tag in a template that is perhaps meant. HTML has a reader close in silence what is open, so that
a heading may take in all that follows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsletter.diagnostics import Diagnostic, Place
from newsletter.layouts import Layout
from newsletter.layouts.remnants import TEMPLATES, used_files

TAG = re.compile(
    r"<!--.*?-->"
    r"|<(?P<whole>style|script|title)\b[^<>]*(?<!/)>.*?</(?P=whole)\s*>"
    r"|<(?P<end>/?)(?P<name>[A-Za-z][\w:.-]*)(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>",
    re.DOTALL | re.IGNORECASE,
)
VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param"}
    | {"source", "track", "wbr"}
)
"""Elements without content (HTML, 13.1.2)."""
END_OPTIONAL = frozenset(
    {
        "body",
        "caption",
        "colgroup",
        "dd",
        "dt",
        "head",
        "html",
        "li",
        "optgroup",
        "option",
        "p",
        "rp",
        "rt",
    }
    | {"tbody", "td", "tfoot", "th", "thead", "tr"}
)
"""Elements whose end may be left out (HTML, 13.1.2.4)."""
FOREIGN = frozenset({"svg", "math"})
"""Elements within which `<path/>` is whole, as in XML (HTML, 13.1.2.1)."""


def unbalanced(html: str, layout: Layout) -> Iterator[Diagnostic]:
    """Yield N526 for the first tag of each name that has no partner."""
    told: set[str] = set()
    for name, is_end in _alone(html):
        if name not in told:
            told.add(name)
            values = {"tag": f"</{name}>" if is_end else f"<{name}>", "name": name}
            hint = "stray" if is_end else "open"
            yield Diagnostic("N526", _of_tag(layout, name, is_end=is_end), values, hint=hint)


def _alone(html: str) -> Iterator[tuple[str, bool]]:
    """Yield the tags without a partner: their names, and whether they are end tags."""
    waiting: list[str] = []
    for match in TAG.finditer(html):
        name = (match["name"] or "").lower()
        if not name or name in VOID:
            continue
        if not match["end"]:
            is_whole = match[0].endswith("/>") and not FOREIGN.isdisjoint((name, *waiting))
            waiting += [] if is_whole else [name]
            continue
        if name not in waiting:
            if name not in END_OPTIONAL:
                yield name, True
            continue
        while (last := waiting.pop()) != name:
            if last not in END_OPTIONAL:
                yield last, False
    yield from ((name, False) for name in waiting if name not in END_OPTIONAL)


def _of_tag(layout: Layout, name: str, *, is_end: bool) -> Place:
    """Return the first such tag of the template where its starts and ends differ in number.

    The layout's own templates come first; else the first line of the layout's template.
    """
    tag = rf"{re.escape(name)}(?![\w:.-])[^>]*>"
    starts, ends = (re.compile(mark + tag, re.IGNORECASE) for mark in ("<", "</"))
    for path in used_files(layout):
        if path.name.endswith(TEMPLATES):
            text = path.read_text("utf-8", "replace")
            more, fewer = (ends, starts) if is_end else (starts, ends)
            found = [*more.finditer(text)]
            if len(found) > len(fewer.findall(text)):
                length = len(found[0][0].split("\n")[0])
                return Place.within(layout.shown(path), text, found[0].start(), length)
    template = layout.find(layout.spec.template) or layout.folder / layout.spec.template
    return Place(layout.shown(template))
