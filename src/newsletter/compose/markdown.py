"""Running text: Markdown to blocks of HTML that know where they came from.

In: a passage of Markdown. Out: `Block`s in order, and what was wrong with it. The Markdown
is CommonMark with tables and footnotes; `![](id)` alone in a paragraph places a picture,
`{sidebar: id}` a sidebar, and a block quotation is a pull quote.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING, Literal

from newsletter.diagnostics import Diagnostic, Place
from newsletter.issue.texts import Passage
from newsletter.sources import joins_without_space

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

SIDEBAR = re.compile(r"\{\s*sidebar\s*:\s*([^\s{}]+)\s*\}")
SAFE_LINK = re.compile(r"(?:https?://|mailto:)[^\s]+", re.IGNORECASE)
HEADING_SHIFT = 1
DEEPEST_HEADING = 3


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, subhead, list, table, pull quote or note; or the place of something else.

    `html` is ready for the page; `ref` is the id of the picture or sidebar that stands here.
    `fragments` are the block's words as a reader meets them, each an unbroken stretch.
    """

    kind: Literal["text", "heading", "quote", "notes", "picture", "sidebar"]
    place: Place
    html: str = ""
    ref: str = ""
    fragments: tuple[str, ...] = ()


@dataclass(slots=True)
class Composition:
    """The blocks of one text, and its problems."""

    blocks: list[Block] = field(default_factory=list)
    problems: list[Diagnostic] = field(default_factory=list)


def compose(passage: Passage, prefix: str) -> Composition:
    """Compose one text; `prefix` keeps the ids of its footnotes apart from those of others."""
    page = _Page(_Lines.of(passage), prefix)
    tokens = _parser().parse(passage.text)
    for group in _groups(tokens):
        page.take(group)
    return Composition(page.blocks, page.problems)


@functools.cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt
    from mdit_py_plugins.footnote import footnote_plugin

    parser = MarkdownIt("commonmark", {"html": True}).enable("table").use(footnote_plugin)
    parser.validateLink = _any_link  # type: ignore[method-assign]
    return parser.disable(["code", "fence"])


def _any_link(url: str) -> bool:  # noqa: ARG001 - links are judged by N206
    return True


def _groups(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """Divide the stream into top-level blocks, each from its opening to its closing token."""
    group: list[Token] = []
    depth = 0
    for token in tokens:
        group.append(token)
        depth += token.nesting
        if depth == 0:
            yield group
            group = []


@dataclass(frozen=True, slots=True)
class _Lines:
    """The lines of a passage, and where each stands in the file."""

    passage: Passage
    starts: tuple[int, ...]

    @classmethod
    def of(cls, passage: Passage) -> _Lines:
        starts = [0]
        starts.extend(i + 1 for i, c in enumerate(passage.text) if c == "\n")
        return cls(passage, (*starts, len(passage.text)))

    def start(self, number: int) -> int:
        """Return the offset at which a line (counted from 0) begins."""
        return self.starts[min(number, len(self.starts) - 1)]

    def place(self, token: Token, find: str = "") -> Place:
        """Return the place of a token; of `find` within it where that can be told."""
        first, last = token.map or (0, 0)
        start, stop = self.start(first), self.start(max(last, first + 1))
        found = self.passage.text.find(find, start, stop) if find else -1
        if found >= 0:
            return self.passage.place(found, found + len(find))
        line = self.passage.text[start:stop].split("\n", 1)[0]
        indent = len(line) - len(line.lstrip())
        return self.passage.place(start + indent, start + max(len(line), indent + 1))


@dataclass(slots=True)
class _Page:
    """Takes the groups of one text in order and makes blocks of them."""

    lines: _Lines
    prefix: str
    blocks: list[Block] = field(default_factory=list)
    problems: list[Diagnostic] = field(default_factory=list)

    def take(self, group: list[Token]) -> None:
        first = group[0]
        self._judge(group)
        if first.type == "html_block":
            return
        placed = self._placed(group)
        if placed is not None:
            self.blocks.append(placed)
            return
        kind = KINDS.get(first.type, "text")
        html = _Writer(self.lines, self.prefix).write(group)
        fragments = tuple(_fragments(group))
        self.blocks.append(Block(kind, self.lines.place(first), html, "", fragments))

    def _placed(self, group: list[Token]) -> Block | None:
        """Return the block of a paragraph that only places a picture or a sidebar."""
        inline = group[1] if len(group) > 1 and group[0].type == "paragraph_open" else None
        children = [c for c in (inline.children or ()) if c.content.strip()] if inline else []
        if inline is None:
            return None
        images = [c for c in (inline.children or ()) if c.type == "image"]
        if len(images) == 1 and not [c for c in children if c.type != "image"]:
            ref = str(images[0].attrs.get("src", ""))
            return Block("picture", self.lines.place(group[0]), ref=ref)
        match = SIDEBAR.fullmatch(inline.content.strip())
        if match:
            return Block("sidebar", self.lines.place(group[0]), ref=match[1])
        if images:
            self._report("N205", group[0], name=str(images[0].attrs.get("src", "")))
        return None

    def _judge(self, group: list[Token]) -> None:
        """Note what the body of an article may not hold."""
        for token in group:
            if token.type == "html_block":
                self._report("N201", token, html=_start(token.content))
            elif token.type == "heading_open" and not 1 < int(token.tag[1]) <= DEEPEST_HEADING:
                self._report("N204", token, marks="#" * int(token.tag[1]))
            for child in token.children or ():
                self._judge_inline(token, child)

    def _judge_inline(self, block: Token, child: Token) -> None:
        if child.type == "html_inline":
            self._report("N201", block, html=_start(child.content), find=child.content)
        elif child.type == "link_open":
            target = str(child.attrs.get("href", ""))
            if not SAFE_LINK.fullmatch(target):
                self._report("N206", block, target=target, find=target)

    def _report(self, code: str, token: Token, find: str = "", **values: str) -> None:
        self.problems.append(Diagnostic(code, self.lines.place(token, find), values))


KINDS: dict[str, Literal["text", "heading", "quote", "notes"]] = {
    "heading_open": "heading",
    "blockquote_open": "quote",
    "footnote_block_open": "notes",
}


def _start(html: str) -> str:
    return html.strip().split("\n", 1)[0][:40]


# Words --------------------------------------------------------------------------------------


def _fragments(group: list[Token]) -> Iterator[str]:
    """Yield the block's words; a footnote's mark ends one stretch and begins the next."""
    for token in group:
        if token.type == "inline":
            yield from _inline_fragments(token.children or [])


def _inline_fragments(children: Sequence[Token]) -> Iterator[str]:
    words = ""
    for index, child in enumerate(children):
        if child.type == "footnote_ref":
            yield words
            words = ""
        elif child.type in ("softbreak", "hardbreak"):
            words += _join(words, _following(children, index))
        elif child.type in ("text", "code_inline"):
            words += child.content
    if words:
        yield words


def _following(children: Sequence[Token], index: int) -> str:
    return next((c.content for c in children[index + 1 :] if c.content), "")


def _join(before: str, after: str) -> str:
    return "" if joins_without_space(before, after) else " "


# HTML ---------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Writer:
    """Writes the HTML of one block; its outermost element says where the block came from."""

    lines: _Lines
    prefix: str
    tags: list[str] = field(default_factory=list)

    def write(self, group: list[Token]) -> str:
        return "".join(self._token(token) for token in group)

    def _token(self, token: Token) -> str:
        if token.type == "inline":
            return self._inline(token.children or [])
        writer = SPECIAL.get(token.type)
        if writer is not None:
            return writer(self, token)
        if token.hidden or not token.tag:
            return ""
        return self._plain(token)

    def _plain(self, token: Token) -> str:
        tag = _tag(token.tag)
        in_item = tag == "p" and "li" in self.tags
        if token.nesting == 1:
            self.tags.append(tag)
            return "" if in_item else f"<{tag}{self._attributes(token)}>"
        if token.nesting == -1:
            self.tags.pop()
            return "" if in_item else f"</{tag}>"
        return f"<{tag}>"

    def _attributes(self, token: Token) -> str:
        kept = {k: v for k, v in token.attrs.items() if k == "start"}
        align = re.fullmatch(r"text-align:(left|right|center)", str(token.attrs.get("style", "")))
        if align:
            kept["class"] = f"align-{align[1]}"
        if token.level == 0 and token.map:
            place = self.lines.place(token)
            kept["data-at"] = f"{place.file}:{place.line}"
        return "".join(f' {name}="{escape(str(value))}"' for name, value in kept.items())

    def _inline(self, children: Sequence[Token]) -> str:
        out: list[str] = []
        words = ""
        for index, child in enumerate(children):
            if child.type == "softbreak" and self._signs(children, index):
                out.append('</p><p class="by">')
            elif child.type == "softbreak":
                out.append(_join(words, _following(children, index)))
            elif child.type in INLINE:
                out.append(INLINE[child.type](self, child))
            words += child.content
        return "".join(out)

    def _signs(self, children: Sequence[Token], index: int) -> bool:
        """Tell whether the next line says whose words a pull quote are."""
        return "blockquote" in self.tags and _following(children, index).startswith("——")

    def _text(self, token: Token) -> str:
        return escape(token.content, quote=False)

    def _element(self, token: Token) -> str:
        return f"<{'/' if token.nesting == -1 else ''}{token.tag}>"

    def _link(self, token: Token) -> str:
        if token.nesting == -1:
            return "</a>"
        return f'<a href="{escape(str(token.attrs.get("href", "")))}">'

    def _footnote_mark(self, token: Token) -> str:
        number = int(token.meta["id"]) + 1
        return f'<sup class="note-mark"><a href="#{self.prefix}-note-{number}">{number}</a></sup>'

    def _notes(self, token: Token) -> str:
        return '<ol class="notes">' if token.nesting == 1 else "</ol>"

    def _note(self, token: Token) -> str:
        if token.nesting == -1:
            self.tags.pop()
            return "</li>"
        self.tags.append("li")
        return f'<li id="{self.prefix}-note-{int(token.meta["id"]) + 1}">'

    def _quote(self, token: Token) -> str:
        if token.nesting == -1:
            self.tags.pop()
            return "</blockquote>"
        self.tags.append("blockquote")
        return f'<blockquote class="pull-quote"{self._attributes(token)}>'

    def _nothing(self, _token: Token) -> str:
        return ""


def _tag(tag: str) -> str:
    """Return the tag on the page: the article's headline is h2, so ## becomes h3."""
    heading = re.fullmatch(r"h([1-6])", tag)
    return f"h{int(heading[1]) + HEADING_SHIFT}" if heading else tag


INLINE = {
    "text": _Writer._text,  # noqa: SLF001 - a table of the class's own methods
    "code_inline": _Writer._text,  # noqa: SLF001
    "hardbreak": lambda _writer, _token: "<br/>",
    "em_open": _Writer._element,  # noqa: SLF001
    "em_close": _Writer._element,  # noqa: SLF001
    "strong_open": _Writer._element,  # noqa: SLF001
    "strong_close": _Writer._element,  # noqa: SLF001
    "link_open": _Writer._link,  # noqa: SLF001
    "link_close": _Writer._link,  # noqa: SLF001
    "footnote_ref": _Writer._footnote_mark,  # noqa: SLF001
}
SPECIAL = {
    "footnote_block_open": _Writer._notes,  # noqa: SLF001
    "footnote_block_close": _Writer._notes,  # noqa: SLF001
    "footnote_open": _Writer._note,  # noqa: SLF001
    "footnote_close": _Writer._note,  # noqa: SLF001
    "footnote_anchor": _Writer._nothing,  # noqa: SLF001
    "blockquote_open": _Writer._quote,  # noqa: SLF001
    "blockquote_close": _Writer._quote,  # noqa: SLF001
}
