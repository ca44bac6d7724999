"""The words of a Chinese text, for lines that break by meaning.

In: a text, and the terms that a publication wants whole. Out: its words in order, each with its
part of speech. The words are those of jieba's dictionary and of its model for names that stand
in none (`segmentation`); both are part of this package, so the same text has the same words
everywhere.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from newsletter.cache.ledger import noted
from newsletter.typesetting.dictionary import dictionary
from newsletter.typesetting.segmentation import segmented

MOST_KEPT = 256
"""How many texts' words are kept: the headlines of an issue or two."""
TERM = "nz"
"""The tag of a name of a thing, which a publication's own terms get."""

NEWER = frozenset(
    (  # noqa: SIM905 - read as a list
        "可持续 可持续发展 大数据 碳中和 碳达峰 碳市场 碳排放 低碳 大湾区 国家公园 生物多样性 "
        "命运共同体 云计算 区块链 物联网 元宇宙 短视频 获得感 供给侧 产业链 供应链 可再生 年会 "
        "软联通 硬联通"
    ).split()
)
"""Common words that the dictionary lacks, found in headlines of recent years."""


class Word(NamedTuple):
    """A word and its tag, as the dictionary has it: n for a noun, v for a verb and so on."""

    text: str
    tag: str


def words_of(text: str, terms: Collection[str] = ()) -> Sequence[Word]:
    """Return the words of a text, marks and spaces among them; together they are the text.

    Those of the last headlines are known: one stands above its article and in the contents, which
    are laid out again when their page numbers are known; and those of the last build of an issue.
    Raises `Refused` where there is no dictionary.
    """
    return _known(text, frozenset(terms))


def let_go() -> None:
    """Give the pages of the dictionary back, once all lines have been set: 5 MiB."""
    if dictionary.cache_info().currsize:
        dictionary().let_go()


@functools.lru_cache(MOST_KEPT)
def _known(text: str, terms: frozenset[str]) -> Sequence[Word]:
    found = noted("words", (text, *sorted(terms)), lambda: [*_words(text, terms)])
    return tuple(Word(*word) for word in found)


def _words(text: str, terms: Collection[str]) -> Iterator[Word]:
    for number, part in enumerate(_parted(text, terms)):
        if number % 2:
            yield Word(part, TERM)
        else:
            yield from (Word(*found) for found in segmented(part))


def _parted(text: str, terms: Collection[str]) -> list[str]:
    """Return the text divided at the terms, which are the second, fourth, … of the parts.

    A term that is part of a longer one comes after it.
    """
    longest_first = sorted(
        {term for term in NEWER.union(terms) if term}, key=lambda term: (-len(term), term)
    )
    return re.split(f"({'|'.join(map(re.escape, longest_first))})", text)
