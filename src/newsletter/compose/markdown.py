"""Running text: Markdown to blocks of HTML that know where they came from.

In: a passage of Markdown. Out: `Block`s in order, and what was wrong with it. The Markdown
is CommonMark with tables and footnotes; `![](id)` alone in a paragraph places a picture,
`{sidebar: id}` a sidebar, and a block quotation is a pull quote; `spans` adds marked words.
Code blocks and reference links are not taken: an indented line or one that begins with `[注]:`
is text, and stays.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import unquote

from msgspec import Struct, field

from newsletter.compose.almost import DEEPEST_HEADING, SIDEBAR, almost_plugin
from newsletter.compose.markup import Lines, Writer, fragments
from newsletter.compose.spans import Slip, span_plugin
from newsletter.diagnostics import Diagnostic, Place, Values
from newsletter.issue.texts import Passage
from newsletter.sources import Edit

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

SAFE_LINK = re.compile(r"(?:https?://|mailto:)[^\s]+", re.IGNORECASE)
NOTE = re.compile(r"\[\^([^\]\s^]+)\]")
NOTE_TEXT = re.compile(r"^[ >]*\[\^([^\]\s^]+)\]:", re.MULTILINE)
UNDERLINED = "-"
"""Markup of a subhead that a line of hyphens directly below makes one."""
MOST_KEPT = 256
"""How many texts are kept as they were composed; an issue has some thirty."""


class Block(Struct, frozen=True):
    """A paragraph, subhead, list, table, pull quote or note; or the place of something else.

    `html` is ready for the page; `ref` is the id of the picture or sidebar that stands here.
    `fragments` are the block's words as a reader meets them, each an unbroken stretch.
    """

    kind: Literal["text", "heading", "quote", "notes", "picture", "sidebar"]
    place: Place
    html: str = ""
    ref: str = ""
    fragments: tuple[str, ...] = ()


class Composition(Struct):
    """The blocks of one text, its problems, and for some of these what makes them right.

    A repair is edits of the text; `mending` tells which of them may be made.
    """

    blocks: list[Block] = field(default_factory=list)
    problems: list[Diagnostic] = field(default_factory=list)
    repairs: list[tuple[Edit, ...]] = field(default_factory=list)


@functools.lru_cache(MOST_KEPT)
def compose(passage: Passage, prefix: str) -> Composition:
    """Compose one text; `prefix` keeps the ids of its footnotes apart from those of others.

    The same text at the same place gives the same composition, which nobody changes.
    """
    page = _Page(Lines.of(passage), prefix)
    environment: dict[str, Any] = {}
    tokens = _parser().parse(passage.text, environment)
    for group in _groups(tokens):
        page.take(group)
    page.judge_notes(environment.get("footnotes", {}).get("refs", {}))
    return Composition(page.blocks, page.problems, page.repairs)


@functools.cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt
    from mdit_py_plugins.footnote import footnote_plugin

    parser = MarkdownIt("commonmark", {"html": True}).enable("table")
    parser.use(footnote_plugin).use(almost_plugin).use(span_plugin)
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


class _Page(Struct):
    """Takes the groups of one text in order and makes blocks of them."""

    lines: Lines
    prefix: str
    blocks: list[Block] = field(default_factory=list)
    problems: list[Diagnostic] = field(default_factory=list)
    repairs: list[tuple[Edit, ...]] = field(default_factory=list)
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
        html = Writer(self.lines, self.prefix).write(group)
        words = tuple(fragments(group))
        self.blocks.append(Block(kind, self.lines.place(group), html, "", words))

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
                self._judge_slips(token)
            elif token.type == "heading_open":
                self._judge_heading(token, group[index + 1].content)
            elif token.type == "tr_open":
                self._judge_row(group[index:])
            elif token.type == "ordered_list_open":
                self._judge_numbers(group[index:])
            for child in token.children or ():
                self._judge_inline(token, child)
                if placed is None:
                    self._judge_placing(token, child)

    def _judge_slips(self, block: Token) -> None:
        for slip in block.meta.get("slips", ()):
            place = self.lines.within(block, slip.start, slip.end)
            self.problems.append(Diagnostic(slip.code, place, slip.values, slip.hint))
            if slip.hint == "heading":
                self.heading = max(self.heading, 2)
            self._note_repair(block, slip)

    def _note_repair(self, block: Token, slip: Slip) -> None:
        """Keep the edits of a slip as edits of the passage, if all of them stand there."""
        made: list[Edit] = []
        for start, end, right in slip.edits:
            found = self.lines.span(block, start, end)
            written = self.lines.passage.text[slice(*found)] if found else ""
            if found is None or written != block.content[start:end]:
                return
            made.append((*found, right))
        if made:
            self.repairs.append(tuple(made))

    def _judge_heading(self, token: Token, words: str) -> None:
        level = int(token.tag[1])
        hint = "headline" if level == 1 else "skipped" if level > self.heading + 1 else ""
        if level > DEEPEST_HEADING:
            hint = "deep"
        marks = token.markup
        if marks == UNDERLINED:
            hint, marks = "underlined", 3 * marks
        if not words.strip():
            hint = "empty"
        if hint:
            place = self.lines.place([token])
            self.problems.append(Diagnostic("N204", place, {"marks": marks}, hint))
        self.heading = max(level, 2)

    def _judge_row(self, tokens: list[Token]) -> None:
        """Note the cells that a row has too many, which a table drops, or too few, which it adds.

        The head has as many as the table, or it would not be one.
        """
        from markdown_it.rules_block.table import escapedSplit

        row = list(takewhile(lambda token: token.type != "tr_close", tokens))
        columns = sum(token.type == "td_open" for token in row)
        if not columns:
            return
        start, stop = (self.lines.start(number) for number in row[0].map or (0, 0))
        line = self.lines.passage.text[start:stop].strip().lstrip("> ")
        cells = escapedSplit(line.removeprefix("|"))
        for words in cells[columns:]:
            self._judge_lost(row[0], words, "cell")
        written = len(cells) - (not cells[-1].strip())
        if written < columns and not any(token.meta.get("slips") for token in row):
            values: Values = {"count": written, "total": columns, "text": line}
            hint = "default" if "|" in line else "below"
            self.problems.append(Diagnostic("N219", self.lines.place([row[0]], line), values, hint))

    def _judge_numbers(self, tokens: list[Token]) -> None:
        """Note the first item of a list that gets another number than it is written with.

        A list whose items all have the number of the first is meant to be counted.
        """
        level = tokens[0].level
        whole = takewhile(lambda t: t.level > level or t.type != "ordered_list_close", tokens)
        items = [t for t in whole if t.type == "list_item_open" and t.level == level + 1]
        numbers = [int(item.info) for item in items]
        if len({*numbers}) == 1:
            return
        for printed, (item, written) in enumerate(zip(items, numbers, strict=True), numbers[0]):
            if written != printed:
                place = self.lines.place([item], item.info)
                values: Values = {"written": f"{written}.", "printed": f"{printed}."}
                self.problems.append(Diagnostic("N223", place, values))
                return

    def _judge_inline(self, block: Token, child: Token) -> None:
        if child.type == "html_inline":
            if not _closes_another(block, child):
                self._report("N201", block, html=_start(child.content), find=child.content)
        elif child.type == "link_open":
            target = str(child.attrs.get("href", ""))
            if not SAFE_LINK.fullmatch(target) and not _is_almost_a_picture(block):
                self._report("N206", block, target=target, find=target or "]()")
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
            name = str(child.attrs.get("src", ""))
            self._report("N205", block, name=name, find=f"![{child.content}]({unquote(name)})")
        elif child.type == "text" and (match := SIDEBAR.search(child.content)):
            self._report("N205", block, name=match[1], find=match[0])

    def _judge_lost(self, block: Token, words: str, hint: str = "default") -> None:
        if words.strip():
            place = self.lines.place([block], words.strip())
            self.problems.append(Diagnostic("N212", place, {"text": words.strip()}, hint))

    def judge_notes(self, defined: Mapping[str, int]) -> None:
        """Note the footnotes that would not be printed: no mark leads to them, or two share one.

        `defined` maps labels, with a colon before each, to the footnote's number from 0, or to
        -1 (mdit-py-plugins 0.6).
        """
        first = dict.fromkeys(defined, False)
        almost = {d.values["note"] for d in self.problems if d.hint == "note"}
        for match in NOTE_TEXT.finditer(self.lines.passage.text):
            label = f":{match[1]}"
            if first.get(label) or (defined.get(label, 0) < 0 and match[1] not in almost):
                place = self.lines.passage.place(match.start(1) - 2, match.end(1) + 1)
                hint = "twice" if first.get(label) else "unmarked"
                values: Values = {"text": f"[^{match[1]}]"}
                self.problems.append(Diagnostic("N212", place, values, hint))
            first[label] = True

    def _report(self, code: str, token: Token, find: str = "", **values: str) -> None:
        self.problems.append(Diagnostic(code, self.lines.place([token], find), values))


KINDS: dict[str, Literal["text", "heading", "quote", "notes"]] = {
    "heading_open": "heading",
    "blockquote_open": "quote",
    "footnote_block_open": "notes",
}


def _is_almost_a_picture(block: Token) -> bool:
    """Tell whether a block is a picture in full-width marks, half of which may be a link."""
    return any(slip.hint == "picture" for slip in block.meta.get("slips", ()))


def _closes_another(block: Token, tag: Token) -> bool:
    """Tell whether a tag only closes one that the block has before it."""
    if not tag.content.startswith("</"):
        return False
    name = tag.content.strip("</> \n")
    before = takewhile(lambda child: child is not tag, block.children or ())
    opening = [child.content for child in before if child.type == "html_inline"]
    return any(re.match(rf"<{re.escape(name)}\b", html) for html in opening)


def _start(html: str) -> str:
    return html.strip().split("\n", 1)[0][:40]
