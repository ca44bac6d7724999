"""Marked words: `[重要]{着重}` and its like, as rules of the Markdown parser.

In: the parser. Out: the parser with rules that turn bracketed words followed at once by braces
into tokens; what is wrong with them is left in the inline token's `meta["slips"]`.

The tokens are `span_open` (emphasis dots, proper names, titles of books), `ruby_open` (readings
above the words) and `drop_cap_open`, each with its end; `span_refused` is text as it stands.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from newsletter.sources import Edit

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

LONGEST_DROP_CAP = 2


class Kind(Struct, frozen=True):
    """What words can be marked as: its names in the braces, what its tokens begin with, its tag."""

    names: tuple[str, str]
    stem: str
    tag: str
    attributes: Mapping[str, str]


KINDS = (
    Kind(("着重", "dots"), "span", "em", {"class": "dots"}),
    Kind(("专名", "name"), "span", "span", {"class": "proper-name"}),
    Kind(("书名", "title"), "span", "span", {"class": "book-title"}),
    Kind(("拼音", "ruby"), "ruby", "ruby", {}),
    Kind(("首字", "drop-cap"), "drop_cap", "", {}),
)
BY_NAME = {name: kind for kind in KINDS for name in kind.names}
NAMES = " · ".join(" ".join(kind.names) for kind in KINDS)

BRACES = r"\{(?P<name>[^{}\[\]:：]*+)(?:[:：](?P<words>[^{}\[\]]*+))?\}"
SPAN = re.compile(rf"\[(?!\^)(?P<base>(?:[^\[\]\\]|\\.)*+)\]{BRACES}", re.DOTALL)
STRAY = re.compile(rf"\]{BRACES}")
KNOWN = rf"[{{｛][ \t]*(?:{'|'.join(BY_NAME)})[ \t]*(?:[:：][^{{}}｛｝]*)?[}}｝]"
ALMOST = re.compile(rf"[\]］】][ \t]*{KNOWN}")
BEFORE = re.compile(r"[\[［](?P<base>[^\[\]［］{}｛｝\\\n]+)\Z")
"""What stands before the end of brackets that hold plain words."""
ALMOST_AFTER = re.compile(rf"[ \t]*{KNOWN}")
LETTER = re.compile(r"\S[\u0300-\u036f\ufe00-\ufe0f\U000e0100-\U000e01ef]*+")
"""A character with the accents and variation selectors that belong to it."""
OPENING = ("span_open", "ruby_open", "drop_cap_open")
CLOSING = ("span_close", "ruby_close", "drop_cap_close")
WORDS = ("text", "code_inline", "span_refused")
"""Tokens whose content is printed."""


class Slip(Struct, frozen=True):
    """What is wrong with a span: from `start` to `end` in the text of its inline token.

    `edits` of that text make it right, and are given only where its meaning is certain.
    """

    code: str
    hint: str
    start: int
    end: int
    values: Mapping[str, str]
    edits: tuple[Edit, ...] = ()


def span_plugin(parser: MarkdownIt) -> None:
    """Teach a parser marked words."""
    parser.inline.ruler.after("link", "span", _span)
    parser.inline.ruler.after("span", "span_stray", _stray)
    parser.core.ruler.push("spans", _settle)


# Parsing ------------------------------------------------------------------------------------


def _span(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - the parser's own form
    """Take bracketed words with their braces; not while the end of a link is looked for."""
    found = SPAN.match(state.src, state.pos, state.posMax)
    if silent or found is None:
        return False
    slip = _misnamed(found) or _incomplete(found)
    if slip:
        _refuse(state, slip)
    else:
        _push(state, found)
    state.pos = found.end()
    return True


def _stray(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - the parser's own form
    """Refuse the braces after brackets that hold more than words."""
    found = STRAY.match(state.src, state.pos, state.posMax)
    if silent or found is None:
        return False
    _refuse(state, _misnamed(found) or _slip("N216", "brackets", found))
    state.pos = found.end()
    return True


def _push(state: StateInline, found: re.Match[str]) -> None:
    kind = BY_NAME[found["name"].strip()]
    opening = state.push(f"{kind.stem}_open", kind.tag, 1)
    opening.attrs = {**kind.attributes}
    if found["words"]:
        opening.attrs["data-ruby"] = " ".join(found["words"].split())
    opening.meta = {"start": found.start(), "end": found.end(), "text": found[0]}
    end = state.posMax
    state.pos, state.posMax = found.span("base")
    state.md.inline.tokenize(state)
    state.posMax = end
    state.push(f"{kind.stem}_close", kind.tag, -1)


def _refuse(state: StateInline, slip: Slip) -> None:
    token = state.push("span_refused", "", 0)
    token.content = state.src[slip.start : slip.end]
    token.meta = {"slip": slip}


def _misnamed(found: re.Match[str]) -> Slip | None:
    """Return what is wrong with the name in the braces."""
    name = found["name"].strip()
    if name in BY_NAME:
        return None
    near = difflib.get_close_matches(name, BY_NAME, n=1, cutoff=0.5)
    values = {"name": name, "names": NAMES} | ({"suggestion": near[0]} if near else {})
    return _slip("N215", "suggest" if near else "default", found, values)


def _incomplete(found: re.Match[str]) -> Slip | None:
    """Return what a span with a good name lacks, or has too much."""
    name = found["name"].strip()
    words = (found["words"] or "").strip()
    if not found["base"].strip():
        return _slip("N218", "empty", found)
    if BY_NAME[name].stem == "ruby":
        return None if words else _slip("N218", "unread", found)
    return _slip("N218", "words", found, {"name": name}) if words else None


def _slip(
    code: str, hint: str, found: re.Match[str], values: Mapping[str, str] | None = None
) -> Slip:
    return Slip(code, hint, found.start(), found.end(), {"text": found[0], **(values or {})})


# Judging and setting, when emphasis and links are known -------------------------------------


def _settle(state: StateCore) -> None:
    """Note the slips of each inline token, then give each character its own reading."""
    for index, token in enumerate(state.tokens):
        if token.type == "inline" and token.children:
            leads = _leads(state.tokens[index - 1])
            found = _slips(token, token.children, leads=leads)
            token.meta["slips"] = [*token.meta.get("slips", ()), *found]
            token.children = [*_with_ruby(token.children)]


def _leads(opening: Token) -> bool:
    """Tell whether a token opens a paragraph of running text, in nothing else."""
    return opening.type == "paragraph_open" and opening.level == 0 and bool(opening.map)


def _slips(block: Token, children: Sequence[Token], *, leads: bool) -> Iterator[Slip]:
    link = span = None
    for index, child in enumerate(children):
        if child.type == "span_refused":
            yield child.meta["slip"]
        elif child.type in ("link_open", "link_close"):
            link = child if child.nesting == 1 else None
            if link and span:
                yield _out_of_place("N216", "brackets", span)
        elif child.type in OPENING:
            span = child
            if link:
                yield _out_of_place("N216", "link", span)
            elif child.type == "drop_cap_open":
                yield from _drop_cap_slips(children, index, leads=leads)
        elif child.type in CLOSING:
            span = None
        elif child.type == "text":
            yield from _almost(block, child, children[index - 1] if index else None)


def _drop_cap_slips(children: Sequence[Token], index: int, *, leads: bool) -> Iterator[Slip]:
    close = end_of(children, index)
    if index or not leads:
        yield _out_of_place("N217", "start", children[index])
    elif len(LETTER.findall(_words(children[index:close]))) > LONGEST_DROP_CAP:
        yield _out_of_place("N217", "long", children[index])
    elif not _words(children[close:]).strip():
        yield _out_of_place("N217", "alone", children[index])


def _out_of_place(code: str, hint: str, span: Token) -> Slip:
    return Slip(code, hint, span.meta["start"], span.meta["end"], {"text": span.meta["text"]})


def _almost(block: Token, child: Token, before: Token | None) -> Iterator[Slip]:
    """Note braces that were meant for a span; with a backslash before them they are text."""
    found = [*ALMOST.finditer(child.content)]
    bracketed = len(found)
    if before and before.type in (*CLOSING, "link_close", "footnote_ref", "span_refused"):
        found += filter(None, [ALMOST_AFTER.match(child.content)])
    for index, match in enumerate(found):
        start = block.content.find(match[0])
        if start >= 0:
            edits = _half_width(block.content, start, match[0]) if index < bracketed else ()
            yield Slip("N214", "span", start, start + len(match[0]), {"text": match[0]}, edits)


def _half_width(content: str, start: int, written: str) -> tuple[Edit, ...]:
    """Return what makes a span of plain words in brackets of which some are full-width."""
    base = BEFORE.search(content, 0, start)
    if base is None or written[0] == "】":
        return ()
    name = written[1:].strip()[1:-1].strip()
    return (
        (base.start(), base.start() + 1, "["),
        (start, start + len(written), f"]{{{name}}}"),
    )


def _with_ruby(children: Sequence[Token]) -> Iterator[Token]:
    """Yield the tokens of a text; where there are as many readings as characters, in pairs."""
    readings: Iterator[str] | None = None
    for index, child in enumerate(children):
        if child.type == "ruby_open":
            syllables = str(child.attrs["data-ruby"]).split()
            base = _words(children[index : end_of(children, index)])
            paired = len(LETTER.findall(base)) == len(syllables)
            readings = iter(syllables) if paired else None
        if readings is None:
            yield child
        elif child.type in WORDS:
            yield from _paired(child, readings)
        elif child.type == "ruby_close":
            readings = None
        elif child.type != "ruby_open":
            yield child


def _paired(words: Token, readings: Iterator[str]) -> Iterator[Token]:
    from markdown_it.token import Token

    at = 0
    for letter in LETTER.finditer(words.content):
        if between := words.content[at : letter.start()]:
            yield words.copy(content=between)
        yield Token("ruby_open", "ruby", 1, attrs={"data-ruby": next(readings)})
        yield words.copy(content=letter[0])
        yield Token("ruby_close", "ruby", -1)
        at = letter.end()
    if after := words.content[at:]:
        yield words.copy(content=after)


def end_of(children: Sequence[Token], index: int) -> int:
    """Return where the span that opens at `index` closes; a span holds no span."""
    return next(i for i in range(index, len(children)) if children[i].type in CLOSING)


def _words(children: Sequence[Token]) -> str:
    return "".join(child.content for child in children if child.type in WORDS)
