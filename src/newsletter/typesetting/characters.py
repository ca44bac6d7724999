"""What a character is for the composer, in its context.

In: a text, and which stretches of it are not Chinese. Out: one `Kind` a character. The marks
that Chinese and Latin share (quotes, dash, ellipsis, middle dot, solidus) are told apart by
what stands around them (CLREQ, "Categories and usage of punctuation marks").
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from enum import IntEnum
from functools import cache


class Kind(IntEnum):
    """The part a character plays in a line."""

    HAN = 0
    OPEN = 1
    CLOSE = 2
    PAUSE = 3
    STOP = 4
    DASH = 5
    ELLIPSIS = 6
    CONNECTOR = 7
    INTERPUNCT = 8
    SOLIDUS = 9
    SPACE = 10
    LATIN = 11
    DIGIT = 12
    PREFIX = 13
    POSTFIX = 14
    PERCENT = 15
    HYPHEN = 16
    GLUE = 17
    BREAK = 18
    FORCED = 19
    ATOM = 20
    NOTE = 21
    SYMBOL = 22


KINDS = len(Kind)
MARKS = frozenset({Kind.OPEN, Kind.CLOSE, Kind.PAUSE, Kind.STOP})
"""Marks with white of their own that can be taken away."""
CHINESE_PUNCTUATION = MARKS | {
    Kind.DASH,
    Kind.ELLIPSIS,
    Kind.CONNECTOR,
    Kind.INTERPUNCT,
}
UNCOUNTED = CHINESE_PUNCTUATION | {
    Kind.SPACE,
    Kind.GLUE,
    Kind.BREAK,
    Kind.FORCED,
    Kind.NOTE,
    Kind.POSTFIX,
    Kind.PERCENT,
}
"""What does not count as a character of a last line."""
WESTERN = frozenset({Kind.LATIN, Kind.DIGIT, Kind.PREFIX, Kind.POSTFIX, Kind.PERCENT, Kind.HYPHEN})
ATOM = "\ufffc"
"""Stands for a box within the text (Unicode: object replacement character)."""
SOFT_HYPHEN = "\u00ad"
"""What the hyphen that divides a word is in the text (ISO 32000-2:2020, 14.8.2.3.3)."""
SHARED = frozenset("“”‘’—―–…⋯·‧/~")

_MEMBERS: dict[Kind, str] = {
    Kind.OPEN: "“‘（《〈「『【〔［｛〖",
    Kind.CLOSE: "”’）》〉」』】〕］｝〗",
    Kind.PAUSE: "，、；：",
    Kind.STOP: "。．？！",
    Kind.DASH: "—―⸺",
    Kind.ELLIPSIS: "…⋯",
    Kind.CONNECTOR: "～〜–~",
    Kind.INTERPUNCT: "·‧・",
    Kind.SOLIDUS: "/／",
    Kind.SPACE: " ",
    Kind.PREFIX: "([{$¥€£￥＄￡#+−±",
    Kind.POSTFIX: ")]},.;:!?",
    Kind.PERCENT: "%‰°′″",
    Kind.HYPHEN: "-‐",
    Kind.GLUE: "\u00a0\u2060\ufeff\u202f\u2011\u200d",
    Kind.BREAK: "\u200b",
    Kind.FORCED: "\n",
    Kind.ATOM: ATOM,
}
BY_CATEGORY = {
    "Ps": Kind.PREFIX,
    "Pi": Kind.PREFIX,
    "Pe": Kind.POSTFIX,
    "Pf": Kind.POSTFIX,
    "So": Kind.SYMBOL,
    "Sm": Kind.SYMBOL,
    "No": Kind.SYMBOL,
}
"""The kinds of characters that have none of their own, by general category (Unicode, 4.5)."""
SYMBOLS_FROM = "\u2000"
"""Signs before this one (= < © × and the like) are set as Latin letters are."""
LONGEST_LATIN_QUOTATION = 500
"""Quotation marks that stand farther apart are those of Chinese text."""
_KIND_OF = {character: kind for kind, members in _MEMBERS.items() for character in members}


@cache
def kind_of(character: str) -> Kind:
    """Return what a character is in Chinese text, whatever stands around it."""
    kind = _KIND_OF.get(character)
    if kind is not None:
        return kind
    category = unicodedata.category(character)
    if is_joined(character):
        return Kind.GLUE
    if unicodedata.east_asian_width(character) in "WF":
        return Kind.HAN if category[0] in "LN" else Kind.SYMBOL
    if category == "Nd":
        return Kind.DIGIT
    is_letter = category[0] in "LN" and not _is_enclosed(character)
    if is_letter or (category[0] == "S" and character < SYMBOLS_FROM):
        return Kind.LATIN
    return BY_CATEGORY.get(category, Kind.LATIN)


@cache
def is_joined(character: str) -> bool:
    """Tell whether a character belongs to the one before it: a combining mark, or invisible.

    Directional marks, variation selectors and the like (Unicode, categories M and Cf) take no
    part in line breaking or spacing.
    """
    return character not in _KIND_OF and (
        unicodedata.category(character) == "Cf" or unicodedata.category(character)[0] == "M"
    )


def _is_enclosed(character: str) -> bool:
    """Tell whether it is a number in a circle or the like, which is set as a character."""
    return "\u2460" <= character <= "\u24ff" or "\u2776" <= character <= "\u2793"


def kinds_of(text: str, latin: Sequence[tuple[int, int]] = ()) -> list[Kind]:
    """Return the kind of each character; `latin` are stretches in another language."""
    kinds = list(map(kind_of, text))
    has_chinese = Kind.HAN in kinds
    shared = [i for i, character in enumerate(text) if character in SHARED]
    if shared and not has_chinese:
        _make_latin(text, kinds, shared)
    elif shared:
        _settle(text, kinds, shared)
    for start, end in latin:
        _make_latin(text, kinds, [i for i in range(start, end) if text[i] in SHARED])
    return kinds


def _make_latin(text: str, kinds: list[Kind], indices: Sequence[int]) -> None:
    for index in indices:
        kinds[index] = _latin_kind(text[index])


def _latin_kind(character: str) -> Kind:
    if character in "“‘":
        return Kind.PREFIX
    return Kind.POSTFIX if character == "”" else Kind.LATIN


def _settle(text: str, kinds: list[Kind], shared: Sequence[int]) -> None:
    """Tell which of the shared marks belong to Latin text, and which single dash joins."""
    opened: list[int] = []
    for index in shared:
        character = text[index]
        if character in "“‘":
            opened.append(index)
        elif character == "’" and _is_between_letters(kinds, index):
            kinds[index] = Kind.LATIN  # an apostrophe
        elif character in "”’":
            opening = _partner(text, opened, character)
            if opening is None and character == "’" and _western(kinds, index, -1):
                kinds[index] = Kind.LATIN  # an apostrophe at a word's end
            elif opening is not None and _is_latin_pair(kinds, opening, index):
                kinds[opening], kinds[index] = Kind.PREFIX, Kind.POSTFIX
        elif character in "/·‧":
            if _western(kinds, index, -1) and (
                _western(kinds, index, 1) or text[index : index + 2] == "//"
            ):
                kinds[index] = Kind.LATIN
        else:
            kinds[index] = _dash_kind(text, kinds, index)


def _partner(text: str, opened: list[int], closing: str) -> int | None:
    if opened and text[opened[-1]] == ("“" if closing == "”" else "‘"):
        return opened.pop()
    return None


def _is_between_letters(kinds: Sequence[Kind], index: int) -> bool:
    return kinds[index - 1 : index] == kinds[index + 1 : index + 2] == [Kind.LATIN]


def _is_latin_pair(kinds: Sequence[Kind], opening: int, closing: int) -> bool:
    """Tell whether a pair of quotes stands in Latin text: Latin within, Latin on both sides."""
    if closing - opening > LONGEST_LATIN_QUOTATION or any(
        not _goes_with_latin(kind) for kind in kinds[opening + 1 : closing]
    ):
        return False
    before, after = _beside(kinds, opening, -1), _beside(kinds, closing, 1)
    sides = [kind for kind in (before, after) if kind is not None]
    return bool(sides) and all(kind in WESTERN for kind in sides)


def _goes_with_latin(kind: Kind) -> bool:
    return kind in WESTERN or kind in (Kind.SPACE, Kind.GLUE, Kind.SOLIDUS)


def _dash_kind(text: str, kinds: Sequence[Kind], index: int) -> Kind:
    """Return what a dash or an ellipsis is: a single one joins, or belongs to Latin text.

    Between a Latin word or number and Chinese it joins nothing, but stands for a whole dash.
    """
    kind = kinds[index]
    is_single = text[index] not in (text[index - 1 : index], text[index + 1 : index + 2])
    if not is_single:
        return kind
    before, after = _beside(kinds, index, -1), _beside(kinds, index, 1)
    if before == after == Kind.LATIN:
        return Kind.LATIN
    if before in WESTERN and after is Kind.HAN:
        return kind
    return Kind.CONNECTOR if kind == Kind.DASH else kind


def _western(kinds: Sequence[Kind], index: int, step: int) -> bool:
    at = index + step
    return 0 <= at < len(kinds) and kinds[at] in WESTERN


def _beside(kinds: Sequence[Kind], index: int, step: int) -> Kind | None:
    """Return the kind of the next character that is not a space; None at the text's edge."""
    at = index + step
    while 0 <= at < len(kinds):
        if kinds[at] not in (Kind.SPACE, Kind.GLUE):
            return kinds[at]
        at += step
    return None


def dropped_spaces(kinds: Sequence[Kind]) -> set[int]:
    """Return which source spaces go: those beside Chinese punctuation, which brings its own.

    CLREQ, mixed text composition: no gap next to Chinese punctuation.
    """
    beside_mark = [False] * len(kinds)
    for indices in (range(len(kinds)), range(len(kinds) - 1, -1, -1)):
        follows_mark = False
        for index in indices:
            kind = kinds[index]
            if kind is Kind.SPACE:
                beside_mark[index] = beside_mark[index] or follows_mark
            elif kind is not Kind.GLUE:
                follows_mark = kind in CHINESE_PUNCTUATION
    return {index for index, is_beside in enumerate(beside_mark) if is_beside}
