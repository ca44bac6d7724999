"""The words of a Chinese text, for lines that break by meaning.

In: a text, and the terms that a publication wants whole. Out: its words in order, each with its
part of speech. The words are those of jieba's dictionary and of its model for names that stand
in none; both are part of the package `rjieba`, whose version the lock file holds, so the same
text has the same words everywhere. It is loaded (0.15 s, 40 MiB) when a headline of several lines
is new: the words of the others are kept. `let_go` frees it when all lines have been set.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Collection, Iterator
from typing import NamedTuple

from newsletter.cache.ledger import noted

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


def words_of(text: str, terms: Collection[str] = ()) -> list[Word]:
    """Return the words of a text, marks and spaces among them; together they are the text."""

    def given() -> list[Word]:
        return list(_words(text, terms))

    # the version of rjieba, whose dictionary is read only for new words, is part of the tool
    found = noted("words", (text, *sorted(terms)), given) if text else ()
    return [Word(*word) for word in found]


def let_go() -> None:
    """Free the dictionary, if it was loaded for a headline; the next new one loads it again.

    One that was there before, as in the processes of `crew.warm`, stays.
    """
    for name in _LOADED:
        sys.modules.pop(name, None)
    _LOADED.clear()


_LOADED: set[str] = set()
"""The modules that were imported for a headline, and hold the dictionary."""


def _words(text: str, terms: Collection[str]) -> Iterator[Word]:
    if "rjieba" not in sys.modules:
        _LOADED.add("rjieba")
    from rjieba import tag

    for number, part in enumerate(_parted(text, terms)):
        if number % 2:
            yield Word(part, TERM)
        else:
            yield from (Word(*found) for found in tag(part))


def _parted(text: str, terms: Collection[str]) -> list[str]:
    """Return the text divided at the terms, which are the second, fourth, … of the parts.

    A term that is part of a longer one comes after it.
    """
    longest_first = sorted(
        {term for term in NEWER.union(terms) if term}, key=lambda term: (-len(term), term)
    )
    return re.split(f"({'|'.join(map(re.escape, longest_first))})", text)
