"""Markup: from the tokens of one block to its HTML, and to the words a reader meets.

In: tokens of markdown-it-py and the lines they came from. Out: HTML whose outermost element
says which line of YAML it stands for; the words in unbroken stretches.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import takewhile
from typing import TYPE_CHECKING

from msgspec import Struct, field

from newsletter.compose.spans import WORDS, end_of
from newsletter.diagnostics import Place
from newsletter.issue.texts import Passage
from newsletter.sources import joins_without_space

if TYPE_CHECKING:
    from markdown_it.token import Token

ATTRIBUTION = "——"
ASKED = ("问：", "问:")
HEADING_SHIFT = 1
LONG_WORD = re.compile(r"[!-~]{21,}")
"""What a column may be too narrow for, if it is an address: letters of more than ten em or so."""


class Lines(Struct, frozen=True):
    """The lines of a passage, and where each stands in the file."""

    passage: Passage
    starts: tuple[int, ...]

    @classmethod
    def of(cls, passage: Passage) -> Lines:
        """Note where each line of a passage begins."""
        starts = [0]
        starts.extend(i + 1 for i, c in enumerate(passage.text) if c == "\n")
        return cls(passage, (*starts, len(passage.text)))

    def start(self, number: int) -> int:
        """Return the offset at which a line (counted from 0) begins."""
        return self.starts[min(number, len(self.starts) - 1)]

    def place(self, tokens: Iterable[Token], find: str = "") -> Place:
        """Return the place of the first token that has one; of `find` in it if that is there.

        Tokens of a note within a paragraph have none: `find` is looked for in the whole text.
        """
        anywhere = (0, len(self.starts) if find else 0)
        first, last = next(((t.map[0], t.map[1]) for t in tokens if t.map), anywhere)
        start, stop = self.start(first), self.start(max(last, first + 1))
        found = self.passage.text.find(find, start, stop) if find else -1
        if found >= 0:
            return self.passage.place(found, found + len(find))
        line = self.passage.text[start:stop].split("\n", 1)[0]
        indent = len(line) - len(line.lstrip())
        return self.passage.place(start + indent, start + max(len(line), indent + 1))

    def within(self, block: Token, start: int, end: int) -> Place:
        """Return the place of characters of an inline token, whose lines lost what begins them."""
        found = self.span(block, start, end)
        if found is None:
            begins = block.content.rfind("\n", 0, start) + 1
            words = block.content[begins:].split("\n", 1)[0]
            return self.place([block], words[start - begins :])
        return self.passage.place(*found)

    def span(self, block: Token, start: int, end: int) -> tuple[int, int] | None:
        """Return where in the passage characters of an inline token stand, those of one line."""
        number = block.content.count("\n", 0, start)
        begins = block.content.rfind("\n", 0, start) + 1
        words = block.content[begins:].split("\n", 1)[0]
        offset = start - begins
        first, last = (block.map[0] + number, block.map[1]) if block.map else (0, len(self.starts))
        found = self.passage.text.find(words, self.start(first), self.start(last))
        if found < 0:
            return None
        stop = min(offset + end - start, max(len(words), offset + 1))
        return found + offset, found + stop


def fragments(group: list[Token]) -> Iterator[str]:
    """Yield the block's words; a footnote's mark or a drop cap ends one stretch."""
    for token in group:
        if token.type == "inline":
            yield from _inline_fragments(token.children or [])


def _inline_fragments(children: Sequence[Token]) -> Iterator[str]:
    words = ""
    for index, child in enumerate(children):
        if child.type in ("footnote_ref", "drop_cap_close"):
            if words:
                yield words
            words = ""
        elif child.type in ("softbreak", "hardbreak"):
            words += _join(words, _following(children, index))
        elif child.type in WORDS:
            words += child.content
    if words:
        yield words


def _following(children: Sequence[Token], index: int) -> str:
    after = (children[i].content for i in range(index + 1, len(children)))
    return next((content for content in after if content), "")


def _join(before: str, after: str) -> str:
    return "" if joins_without_space(before, after) else " "


class Writer(Struct):
    """Writes the HTML of one block; its outermost element says where the block came from."""

    lines: Lines
    prefix: str
    tags: list[str] = field(default_factory=list)

    def write(self, group: list[Token]) -> str:
        """Return the HTML of one top-level block."""
        if _has_drop_cap(group):
            return self._drop_cap(group[0], group[1].children or [])
        html = ""
        if is_question(group):
            group[0].meta["class"] = "question"
        for index, token in enumerate(group):
            if token.type == "td_open" and is_address("".join(fragments(group[index + 1 :][:1]))):
                token.meta["class"] = "address"
            before = group[index - 1].type if index else ""
            if token.type == "footnote_open":
                html += self._note_opened(token, group[index + 1 :])
            elif token.type == "paragraph_open" and not token.hidden:
                html += self._paragraph(token, before, group[index + 1].content)
            else:
                html += self._token(token)
        return html

    def _drop_cap(self, paragraph: Token, children: Sequence[Token]) -> str:
        """Write a paragraph with its first letters before it, where a layout lets them float."""
        end = end_of(children, 0)
        letters, others = self._inline(children[:end]), self._inline(children[end:])
        at = self._attributes(paragraph)
        return (
            f'<div class="drop-cap"{at}>{letters}</div><p class="after-drop-cap"{at}>{others}</p>'
        )

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
        if "class" in token.meta:
            kept["class"] = token.meta["class"]
        if "start" in kept:  # WeasyPrint 70 does not read it
            kept["style"] = f"counter-reset: list-item {int(kept['start']) - 1}"
        align = re.fullmatch(r"text-align:(left|right|center)", str(token.attrs.get("style", "")))
        if align:
            kept["class"] = " ".join(filter(None, (token.meta.get("class"), f"align-{align[1]}")))
        if token.map and (token.level == 0 or token.type == "list_item_open"):
            kept["data-at"] = _trace(self.lines.place([token]))
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

    def _span(self, token: Token) -> str:
        if token.nesting == -1:
            return f"</{token.tag}>"
        given = "".join(f' {name}="{escape(str(v))}"' for name, v in token.attrs.items())
        return f"<{token.tag}{given}>"

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

    def _note_opened(self, token: Token, following: Iterable[Token]) -> str:
        """Open a footnote, whose own place is that of what stands in it."""
        self.tags.append("li")
        own = [*takewhile(lambda inner: inner.type != "footnote_close", following)]
        words = next((inner.content for inner in own if inner.type == "inline"), "")
        at = _trace(self.lines.place(own, words.split("\n", 1)[0]))
        return f'<li id="{self.prefix}-note-{int(token.meta["id"]) + 1}" data-at="{escape(at)}">'

    def _note_closed(self, _token: Token) -> str:
        self.tags.pop()
        return "</li>"

    def _quote(self, token: Token) -> str:
        if token.nesting == -1:
            self.tags.pop()
            return "</blockquote>"
        self.tags.append("blockquote")
        return f'<blockquote class="pull-quote"{self._attributes(token)}>'

    def _nothing(self, _token: Token) -> str:
        return ""


def _trace(place: Place) -> str:
    """Return what an element says of the YAML that it came from."""
    return f"{place.file}:{place.line}"


def is_question(group: list[Token]) -> bool:
    """Tell whether a block is a question of an interview: `**…？**`, or a paragraph after 问：."""
    if group[0].type != "paragraph_open":
        return False
    words = "".join(fragments(group))
    children = group[1].children or []
    is_strong = [c.type for c in children if c.nesting or c.content.strip()][:1] == ["strong_open"]
    is_strong = is_strong and _closes_at_the_end(children)
    return words.startswith(ASKED) or (is_strong and words.endswith(("？", "?")))


def is_address(words: str) -> bool:
    """Tell whether the words of a table's cell are for two thirds a long address.

    A layout may give such a cell less width than its letters ask: it is parted at its marks.
    """
    long = LONG_WORD.findall(words)
    if not long:
        return False
    from newsletter.typesetting.paragraph import ADDRESS

    letters = sum(len(word) for word in long if ADDRESS.search(word))
    return letters > 2 * (len(words) - letters)


def _closes_at_the_end(children: Sequence[Token]) -> bool:
    """Tell whether strong words that begin a paragraph are all of it."""
    ends = [index for index, child in enumerate(children) if child.type == "strong_close"]
    return len(ends) == 1 and not any(child.content for child in children[ends[0] :])


def _has_drop_cap(group: Sequence[Token]) -> bool:
    """Tell whether a block is a paragraph that begins with a drop cap."""
    children = group[1].children if group[0].type == "paragraph_open" else None
    return children is not None and [c.type for c in children[:1]] == ["drop_cap_open"]


def _tag(tag: str) -> str:
    """Return the tag on the page: the article's headline is h2, so ## becomes h3."""
    heading = re.fullmatch(r"h([1-6])", tag)
    return f"h{int(heading[1]) + HEADING_SHIFT}" if heading else tag


INLINE = {
    "text": Writer._text,  # noqa: SLF001 - a table of the class's own methods
    "code_inline": Writer._text,  # noqa: SLF001
    "hardbreak": lambda _writer, _token: "<br/>",
    "em_open": Writer._element,  # noqa: SLF001
    "em_close": Writer._element,  # noqa: SLF001
    "strong_open": Writer._element,  # noqa: SLF001
    "strong_close": Writer._element,  # noqa: SLF001
    "span_open": Writer._span,  # noqa: SLF001
    "span_close": Writer._span,  # noqa: SLF001
    "span_refused": Writer._text,  # noqa: SLF001
    "ruby_open": Writer._span,  # noqa: SLF001
    "ruby_close": Writer._span,  # noqa: SLF001
    "link_open": Writer._link,  # noqa: SLF001
    "link_close": Writer._link,  # noqa: SLF001
    "footnote_ref": Writer._footnote_mark,  # noqa: SLF001
}
SPECIAL = {
    "footnote_block_open": Writer._notes,  # noqa: SLF001
    "footnote_block_close": Writer._notes,  # noqa: SLF001
    "footnote_close": Writer._note_closed,  # noqa: SLF001
    "footnote_anchor": Writer._nothing,  # noqa: SLF001
    "blockquote_open": Writer._quote,  # noqa: SLF001
    "blockquote_close": Writer._quote,  # noqa: SLF001
}
