"""The sieve: HTML out of a bag, reduced to a small list of elements and attributes.

In: HTML, and what answers which file a picture may be. Out: HTML that is well-formed, that loads
nothing from elsewhere and runs nothing. Elements that are not listed go and leave their text;
those that would run or load something go with all they hold. Links lead nowhere but within the
text. Headings begin at the second level, for the first is the article's title, and skip none
(WCAG 2.2, 1.3.1).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from html import escape
from html.parser import HTMLParser

from msgspec import Struct

Attributes = list[tuple[str, str | None]]

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
KEPT = frozenset({
    "p", "blockquote", "ul", "ol", "li", "dl", "dt", "dd", "figure", "figcaption", "img", "a",
    "aside", "section", "div", "span", "em", "strong", "b", "i", "sub", "sup", "small", "q", "cite",
    "time", "br", "hr", "table", "caption", "thead", "tbody", "tr", "th", "td", "ruby", "rt", "rp",
    *HEADINGS,
})  # fmt: skip
VOID = frozenset({"br", "hr", "img"})
DROPPED = frozenset({
    "script", "style", "iframe", "object", "svg", "math", "template", "noscript", "head", "title",
    "select", "textarea", "button", "audio", "video", "canvas", "map", "frameset", "applet",
    "form", "noembed", "noframes", "xmp", "plaintext",
})  # fmt: skip
"""Gone with all they hold."""
PARENTS: Mapping[str, frozenset[str]] = {
    "li": frozenset({"ul", "ol"}),
    "dt": frozenset({"dl", "div"}),
    "dd": frozenset({"dl", "div"}),
    "figcaption": frozenset({"figure"}),
    "caption": frozenset({"table"}),
    "thead": frozenset({"table"}),
    "tbody": frozenset({"table"}),
    "tr": frozenset({"table", "thead", "tbody"}),
    "th": frozenset({"tr"}),
    "td": frozenset({"tr"}),
    "rt": frozenset({"ruby"}),
    "rp": frozenset({"ruby"}),
}
"""What has a meaning only in these is unwrapped elsewhere."""
NAME = re.compile(r"[A-Za-z][A-Za-z0-9_.-]*")
TONGUE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
SPAN = re.compile(r"[1-9][0-9]?")
CLASSES = frozenset({
    "dots", "proper-name", "book-title", "drop-cap", "by", "notes", "note-mark",
    "align-left", "align-center", "align-right",
})  # fmt: skip
"""What the words of a class say is kept: marks of words, columns of figures."""
PREFIX = "t-"
"""Before every id of the text, so that none is one of the page's own."""


class Shown(Struct, frozen=True):
    """A picture as a page shows it: its address from the page, and its size in pixels."""

    url: str
    width: int = 0
    height: int = 0

    def attributes(self) -> str:
        """Return the attributes of its `img`."""
        size = f' width="{self.width}" height="{self.height}"' if self.width else ""
        return f'src="{escape(self.url)}"{size} loading="lazy"'


def sifted(html: str, picture: Callable[[str], Shown | None]) -> str:
    """Return HTML that is safe to show; `picture` maps an address of it, None leaves it out."""
    sieve = _Sieve(picture)
    sieve.feed(html)
    sieve.close()
    return sieve.result()


class _Sieve(HTMLParser):
    def __init__(self, picture: Callable[[str], Shown | None]) -> None:
        super().__init__(convert_charrefs=True)
        self._picture = picture
        self._out: list[str] = []
        self._open: list[tuple[str, str]] = []
        self._dropping = ""
        self._depth = 0
        self._level = 1
        self._ids: set[str] = set()

    def result(self) -> str:
        """Return what was let through, with everything closed."""
        return "".join(self._out) + "".join(f"</{name}>" for _tag, name in reversed(self._open))

    def handle_data(self, data: str) -> None:
        """Let text through."""
        if not self._dropping:
            self._out.append(escape(data, quote=False))

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        """Let a listed element through with its listed attributes."""
        if self._dropping:
            self._depth += tag == self._dropping
        elif tag in DROPPED:
            self._dropping, self._depth = tag, 1
        elif tag == "img":
            self._image(dict(attrs))
        elif tag in KEPT and self._has_parent(tag):
            self._begin(tag, attrs)

    def handle_startendtag(self, tag: str, attrs: Attributes) -> None:
        """Take `<p/>` for `<p>`, as HTML does; of what is dropped nothing was opened."""
        if tag not in DROPPED:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        """Close an element that is open, and those within it."""
        if self._dropping:
            self._depth -= tag == self._dropping
            if not self._depth:
                self._dropping = ""
        elif any(known == tag for known, _name in self._open):
            closed = ""
            while closed != tag:
                closed, name = self._open.pop()
                self._out.append(f"</{name}>")

    def _has_parent(self, tag: str) -> bool:
        parents = PARENTS.get(tag)
        return parents is None or bool(self._open and self._open[-1][0] in parents)

    def _begin(self, tag: str, attrs: Attributes) -> None:
        name = self._heading(tag) if tag in HEADINGS else tag
        kept = "".join(f' {key}="{escape(value)}"' for key, value in self._kept(tag, attrs))
        if tag == "a" and "href" not in kept:
            name = "span"
        self._out.append(f"<{name}{kept}>")
        if tag not in VOID:
            self._open.append((tag, name))

    def _heading(self, tag: str) -> str:
        self._level = min(max(int(tag[1]), 2), self._level + 1)
        return f"h{self._level}"

    def _image(self, attributes: dict[str, str | None]) -> None:
        shown = self._picture(attributes.get("src") or "")
        if shown:
            alt = escape(attributes.get("alt") or "")
            self._out.append(f'<img {shown.attributes()} alt="{alt}">')

    def _kept(self, tag: str, attrs: Attributes) -> list[tuple[str, str]]:
        return [(key, kept) for key, value in attrs if (kept := self._value(tag, key, value or ""))]

    def _value(self, tag: str, key: str, value: str) -> str:
        """Return an attribute's value as it may stand, empty if it may not."""
        if _stands(tag, key, value):
            return value
        match key:
            case "id" if NAME.fullmatch(value) and value not in self._ids:
                self._ids.add(value)
                return PREFIX + value
            case "href" if tag == "a" and value.startswith("#") and NAME.fullmatch(value[1:]):
                return f"#{PREFIX}{value[1:]}"
            case "class":
                return " ".join(name for name in value.split() if name in CLASSES)
        return ""


def _stands(tag: str, key: str, value: str) -> bool:
    """Tell whether an attribute may stand as it is."""
    match key:
        case "lang":
            return bool(TONGUE.fullmatch(value))
        case "colspan" | "rowspan":
            return tag in {"th", "td"} and bool(SPAN.fullmatch(value))
        case "scope":
            return tag == "th" and value in {"row", "col"}
    return False
