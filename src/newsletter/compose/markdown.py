"""Running text: Markdown to blocks of HTML that know where they came from.

In: a passage of Markdown. Out: `Block`s in order, and what was wrong with it. The Markdown
is CommonMark with tables and footnotes; `![](id)` alone in a paragraph places a picture,
`{sidebar: id}` a sidebar, and a block quotation is a pull quote. Code blocks and reference
links are not taken: an indented line or one that begins with `[注]:` is text, and stays.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from itertools import takewhile
from typing import TYPE_CHECKING, Any, Literal

from newsletter.diagnostics import Diagnostic, Place
from newsletter.issue.texts import Passage
from newsletter.sources import joins_without_space

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

SIDEBAR = re.compile(r"\{\s*sidebar\s*:\s*([^\s{}]+)\s*\}")
SAFE_LINK = re.compile(r"(?:https?://|mailto:)[^\s]+", re.IGNORECASE)
NOTE = re.compile(r"\[\^([^\]\s^]+)\]")
NOTE_TEXT = re.compile(r"^[ >]*\[\^([^\]\s^]+)\]:", re.MULTILINE)
ALMOST = {
    "heading": re.compile(r"(#{2,6})[^#\s][^#]*"),
    "table": re.compile(r"(\|).*\|[ ]*\n[ ]*\|(?s:.*)\|"),
    "sidebar": re.compile(r"[{｛]\s*(sidebar)\s*[:：].*"),
}
"""Lines that were meant as Markdown and would be printed as they stand."""
ATTRIBUTION = "——"
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
    environment: dict[str, Any] = {}
    tokens = _parser().parse(passage.text, environment)
    for group in _groups(tokens):
        page.take(group)
    page.judge_notes(environment.get("footnotes", {}).get("refs", {}))
    return Composition(page.blocks, page.problems)


@functools.cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt
    from mdit_py_plugins.footnote import footnote_plugin

    parser = MarkdownIt("commonmark", {"html": True}).enable("table").use(footnote_plugin)
    parser.validateLink = _any_link  # type: ignore[method-assign]
    return parser.disable(["code", "fence", "reference"])


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

    def place(self, tokens: Iterable[Token], find: str = "") -> Place:
        """Return the place of the first token that has one; of `find` in it if that is there."""
        first, last = next(((t.map[0], t.map[1]) for t in tokens if t.map), (0, 0))
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
    heading: int = 1

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
        self.blocks.append(Block(kind, self.lines.place(group), html, "", fragments))

    def _placed(self, group: list[Token]) -> Block | None:
        """Return the block of a paragraph that only places a picture or a sidebar."""
        inline = group[1] if group[0].type == "paragraph_open" else None
        children = [c for c in (inline.children or ()) if c.type != "softbreak"] if inline else []
        if len(children) != 1:
            return None
        if children[0].type == "image":
            ref = str(children[0].attrs.get("src", ""))
            return Block("picture", self.lines.place(group), ref=ref)
        match = SIDEBAR.fullmatch(children[0].content.strip())
        match = match if children[0].type == "text" else None
        return Block("sidebar", self.lines.place(group), ref=match[1]) if match else None

    def _judge(self, group: list[Token]) -> None:
        """Note what running text may not hold."""
        placed = self._placed(group)
        for index, token in enumerate(group):
            if token.type == "html_block":
                self._report("N201", token, html=_start(token.content))
            elif token.type == "inline" and placed is None:
                self._judge_almost(token)
            elif token.type == "heading_open":
                self._judge_heading(token)
            elif token.type == "tr_open":
                self._judge_row(group[index:])
            for child in token.children or ():
                self._judge_inline(token, child)
                if placed is None:
                    self._judge_placing(token, child)

    def _judge_almost(self, token: Token) -> None:
        text = token.content.strip()
        for hint, pattern in ALMOST.items():
            match = pattern.fullmatch(text)
            if match and not SIDEBAR.fullmatch(text):
                place = self.lines.place([token], match[1])
                line = text.split("\n", 1)[0][:20]
                self.problems.append(Diagnostic("N214", place, {"text": line}, hint))

    def _judge_heading(self, token: Token) -> None:
        level = int(token.tag[1])
        if not 1 < level <= min(DEEPEST_HEADING, self.heading + 1):
            self._report("N204", token, marks=token.markup)
        self.heading = max(level, 2)

    def _judge_row(self, tokens: list[Token]) -> None:
        """Note the cells that a row has too many; a table drops them without a word."""
        from markdown_it.rules_block.table import escapedSplit

        row = list(takewhile(lambda token: token.type != "tr_close", tokens))
        columns = sum(token.type in ("th_open", "td_open") for token in row)
        start, stop = (self.lines.start(number) for number in row[0].map or (0, 0))
        line = self.lines.passage.text[start:stop].strip().lstrip("> ")
        for words in escapedSplit(line.removeprefix("|"))[columns:]:
            self._judge_lost(row[0], words)

    def _judge_inline(self, block: Token, child: Token) -> None:
        if child.type == "html_inline":
            self._report("N201", block, html=_start(child.content), find=child.content)
        elif child.type == "link_open":
            target = str(child.attrs.get("href", ""))
            if not SAFE_LINK.fullmatch(target):
                self._report("N206", block, target=target, find=target)
            self._judge_lost(block, str(child.attrs.get("title", "")))
        elif child.type == "image":
            self._judge_lost(block, child.content)
            self._judge_lost(block, str(child.attrs.get("title", "")))
        elif child.type == "text":
            for match in NOTE.finditer(child.content):
                if re.search(rf"(?<!\\){re.escape(match[0])}", block.content):
                    self._report("N213", block, id=match[1], find=match[0])

    def _judge_placing(self, block: Token, child: Token) -> None:
        """Note what would have to stand in a paragraph of its own."""
        if child.type == "image":
            self._report("N205", block, name=str(child.attrs.get("src", "")))
        elif child.type == "text" and (match := SIDEBAR.search(child.content)):
            self._report("N205", block, name=match[1], find=match[0])

    def _judge_lost(self, block: Token, words: str) -> None:
        if words.strip():
            self._report("N212", block, text=words.strip(), find=words.strip())

    def judge_notes(self, defined: Mapping[str, int]) -> None:
        """Note the footnotes that would not be printed: no mark leads to them, or two share one.

        `defined` maps labels, with a colon before each, to the footnote's number from 0, or to
        -1 (mdit-py-plugins 0.6).
        """
        first = dict.fromkeys(defined, False)
        for match in NOTE_TEXT.finditer(self.lines.passage.text):
            label = f":{match[1]}"
            if first.get(label) or defined.get(label, 0) < 0:
                place = self.lines.passage.place(match.start(1) - 2, match.end(1) + 1)
                self.problems.append(Diagnostic("N212", place, {"text": f"[^{match[1]}]"}))
            first[label] = True

    def _report(self, code: str, token: Token, find: str = "", **values: str) -> None:
        self.problems.append(Diagnostic(code, self.lines.place([token], find), values))


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
            if words:
                yield words
            words = ""
        elif child.type in ("softbreak", "hardbreak"):
            words += _join(words, _following(children, index))
        elif child.type in ("text", "code_inline"):
            words += child.content
    if words:
        yield words


def _following(children: Sequence[Token], index: int) -> str:
    after = (children[i].content for i in range(index + 1, len(children)))
    return next((content for content in after if content), "")


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
        html = ""
        for index, token in enumerate(group):
            before = group[index - 1].type if index else ""
            if token.type == "paragraph_open" and not token.hidden:
                html += self._paragraph(token, before, group[index + 1].content)
            else:
                html += self._token(token)
        return html

    def _token(self, token: Token) -> str:
        if token.type == "inline":
            return self._inline(token.children or [])
        writer = SPECIAL.get(token.type)
        if writer is not None:
            return writer(self, token)
        if token.hidden or not token.tag:
            return ""
        return self._plain(token)

    def _paragraph(self, token: Token, before: str, words: str) -> str:
        """Open a paragraph; in a list item, which holds its text itself, begin a new line."""
        within = self.tags[-1] if self.tags else ""
        self.tags.append("p")
        follows = before in ("paragraph_close", "footnote_anchor")
        if within == "li":
            return "<br/>" if follows else ""
        if within == "blockquote" and follows and words.startswith(ATTRIBUTION):
            return '<p class="by">'
        return f"<p{self._attributes(token)}>"

    def _plain(self, token: Token) -> str:
        tag = _tag(token.tag)
        if token.nesting == 1:
            self.tags.append(tag)
            return f"<{tag}{self._attributes(token)}>"
        if token.nesting == -1:
            self.tags.pop()
            return "" if tag == "p" and self.tags[-1:] == ["li"] else f"</{tag}>"
        return f"<{tag}{self._attributes(token)}/>"

    def _attributes(self, token: Token) -> str:
        kept = {k: v for k, v in token.attrs.items() if k == "start"}
        if "start" in kept:  # WeasyPrint 70 does not read it
            kept["style"] = f"counter-reset: list-item {int(kept['start']) - 1}"
        align = re.fullmatch(r"text-align:(left|right|center)", str(token.attrs.get("style", "")))
        if align:
            kept["class"] = f"align-{align[1]}"
        if token.level == 0 and token.map:
            place = self.lines.place([token])
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
        in_quote = self.tags[-2:] == ["blockquote", "p"]
        return in_quote and _following(children, index).startswith(ATTRIBUTION)

    def _text(self, token: Token) -> str:
        return escape(token.content, quote=False)

    def _element(self, token: Token) -> str:
        """Write emphasis; within a link none, as it would tear the link in two (7.18.5-1)."""
        if "a" in self.tags:
            return ""
        return f"<{'/' if token.nesting == -1 else ''}{token.tag}>"

    def _link(self, token: Token) -> str:
        if token.nesting == -1:
            self.tags.pop()
            return "</a>"
        self.tags.append("a")
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
