"""Slips that YAML takes without a word.

Text after ` #`; lists of one item divided by ，, and numbers that a comma divides; running text
without its |, whose empty lines divide nothing; marks of Markdown where text is plain.

In: a bound part. Out: warnings with their places. What YAML itself refuses is told by `sources`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from newsletter.diagnostics import Diagnostic, Values
from newsletter.issue.models import Issue, Part, parts_of
from newsletter.issue.texts import kind_of_words
from newsletter.sources import Node, Scalar, Sequence, is_wide, leaves

NOT_PLAIN = ("'", '"', "|", ">")
COMMENT = re.compile(r"[ \t]++(#[^\n]*)")
SUBHEAD = re.compile(r"\s*^[ ]*(##+[ \t]+\S[^\n]*)", re.MULTILINE)
"""What looks like a subhead of the text before it, but stands too far left to belong to it."""
BEGINS_A_BLOCK = re.compile(r"[ ]*(?:[#>|{]|!\[|[-*+][ ]|\d+[.)][ ]|$)")
"""A line that does not go on with the paragraph before it."""
EMPTY_LINE = re.compile(r"\n[ \t]*\n")
WIDE_BAR = re.compile(r"｜[ \t]*\n")
FULL_WIDTH = re.compile("[，、]")
THOUSANDS = re.compile(r"[0-9]{3}(?![0-9])")
MARKED = re.compile(
    r"\*\*(?=\S)[^*\n]+\*\*|\[[^\[\]\n]+\]\((?:https?://|mailto:|www\.)[^()\n]*\)"
    r"|\[\^[^\[\]\s^]+\]|\[[^\[\]\n]+\]\{[^{}\n]+\}|^#{1,6} +(?=\S)"
)
"""What Markdown reads as marks, and plain text prints."""
ITEM_MARK = re.compile(
    r"[-*+][ \t]+(?=\S)|[•●○■◆▪►·][ \t\u3000]*(?=\S)|\d{1,2}(?:、|[.．)）][ \t]*)(?=[^\d\s])|[①-⑳]"
)
"""What stands before an item of a list, for which layouts have marks of their own."""


def slips(part: Part) -> Iterator[Diagnostic]:
    """Yield a warning for each comment that was text, and for each list that is none.

    In an issue any comment behind a text is told. Elsewhere, and behind what is not printed (a
    date, a file's name), only one that can hardly be meant as a comment: `#字`, and in the
    publication's texts also one in Chinese.
    """
    yield from _slips(part, is_issue=isinstance(part, Issue))


def _slips(part: Part, *, is_issue: bool) -> Iterator[Diagnostic]:
    nodes = part.nodes()
    for name, info in type(part).model_fields.items():
        node, value = nodes.get(name), getattr(part, name)
        inner = [*parts_of(value)]
        for child in inner:
            yield from _slips(child, is_issue=is_issue)
        if node is None or inner:
            continue
        is_printed = kind_of_words(info) is not None
        for scalar in leaves(node):
            yield from _comment(name, scalar, is_printed=is_printed, is_issue=is_issue)
            if kind_of_words(info) == "markdown":
                yield from _joined(name, scalar)
            elif is_printed:
                yield from _marked(name, scalar, is_item=isinstance(node, Sequence))
        yield from _one_item(name, node)
        yield from _divided(name, node)


def _comment(
    name: str, scalar: Scalar, *, is_printed: bool, is_issue: bool
) -> Iterator[Diagnostic]:
    source = scalar.source
    if source.text.startswith(NOT_PLAIN, scalar.start):
        found = SUBHEAD.match(source.text, scalar.end)
        if found and source.text[scalar.start] in "|>":
            place = source.place(*found.span(1))
            yield Diagnostic("N137", place, {"field": name, "lost": found[1]}, "subhead")
        return
    found = COMMENT.match(source.text, scalar.end)
    if found is None or not _is_text(found[1], scalar, is_printed=is_printed, is_issue=is_issue):
        return
    hint = "default" if scalar.text is not None else "empty"
    yield Diagnostic("N137", source.place(*found.span(1)), {"field": name, "lost": found[1]}, hint)


def _is_text(comment: str, scalar: Scalar, *, is_printed: bool, is_issue: bool) -> bool:
    """Tell whether a comment is likely to be the rest of a text."""
    if len(comment) > 1 and not comment[1].isspace() and comment[1] != "#":
        return True
    if scalar.text is None or not is_printed:
        return False
    return is_issue or any(map(is_wide, comment))


def _joined(name: str, scalar: Scalar) -> Iterator[Diagnostic]:
    """Yield a warning where YAML takes the empty line between two paragraphs away."""
    source, text = scalar.source, scalar.text or ""
    if source.text.startswith("|", scalar.start):
        return
    if WIDE_BAR.match(source.text, scalar.start):
        place = source.place(scalar.start, scalar.start + 1)
        yield Diagnostic("N140", place, {"field": name}, "bar")
        return
    at = 0
    for before, after in pairwise(text.split("\n")):
        end = at + len(before)
        at = end + 1
        if not before or before.startswith("#") or BEGINS_A_BLOCK.match(after):
            continue
        if EMPTY_LINE.search(source.text, scalar.offsets[end - 1], scalar.offsets[at]):
            yield Diagnostic("N140", scalar.place(at, at + len(after)), {"field": name})
            return


def _one_item(name: str, node: Node) -> Iterator[Diagnostic]:
    """Yield a warning for `[甲，乙]`: one item, as only a half-width comma divides."""
    if not isinstance(node, Sequence) or not node.source.text.startswith("[", node.start):
        return
    for item in node.items:
        if not isinstance(item, Scalar) or item.source.text.startswith(NOT_PLAIN, item.start):
            continue
        comma = FULL_WIDTH.search(item.text or "")
        if comma:
            values: Values = {"field": name, "mark": comma[0], "count": len(node.items)}
            yield Diagnostic("N138", item.place(*comma.span()), values)
            return


def _divided(name: str, node: Node) -> Iterator[Diagnostic]:
    """Yield a warning for `[3,000株]`: two items, as a comma divides also within a number."""
    if not isinstance(node, Sequence) or not node.source.text.startswith("[", node.start):
        return
    for before, after in pairwise(node.items):
        if not (isinstance(before, Scalar) and isinstance(after, Scalar)):
            continue
        first, second = before.text or "", after.text or ""
        is_glued = after.start == before.end + 1 and first[-1:].isdigit()
        if is_glued and THOUSANDS.match(second):
            text = f"{first},{second}"
            place = node.source.place(before.end, after.start)
            yield Diagnostic("N141", place, {"field": name, "text": text})


def _marked(name: str, scalar: Scalar, *, is_item: bool) -> Iterator[Diagnostic]:
    """Yield a warning where a plain text has marks, as the title `**甲**` or the item `- 甲`."""
    text = scalar.text or ""
    found = MARKED.search(text) or (ITEM_MARK.match(text) if is_item else None)
    if found:
        values: Values = {"field": name, "text": found[0].strip()}
        yield Diagnostic("N221", scalar.place(*found.span()), values)
