"""A query: what a person typed, taken apart.

In: the line as typed. Out: a `Query`: what must be there, and what must not. Words are separated
by spaces and must all occur; what stands in "…", “…” or 「…」 is one phrase; a minus before a word
or a phrase excludes it. What is left of each is a row of terms (`newsletter.archive.terms`), so
nothing that was typed is ever an operator of the data base.
"""

from __future__ import annotations

import re
import unicodedata

from msgspec import Struct

from newsletter.archive.terms import CHARACTERS, terms

PART = re.compile(
    r"""(?P<minus>(?<!\S)[-\u2212\uff0d])?
    (?: "(?P<straight>[^"]*)(?:"|$)
      | [“”\uff02](?P<curly>[^“”\uff02]*)(?:[”“\uff02]|$)
      | [「『](?P<corner>[^」』]*)(?:[」』]|$)
      | (?P<word>[^\s"“”\uff02「『]+) )""",
    re.VERBOSE,
)


class Word(Struct, frozen=True):
    """One word or phrase of a query: as typed, and the terms that it stands for."""

    typed: str
    terms: tuple[str, ...]


class Query(Struct, frozen=True):
    """What was typed, the words that must occur, and those that must not."""

    typed: str
    wanted: tuple[Word, ...]
    unwanted: tuple[Word, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.wanted)

    def without_exclusions(self) -> Query:
        """Return the same query that excludes nothing."""
        return Query(self.typed, self.wanted)


def parse(typed: str) -> Query:
    """Return the query that was typed; empty if nothing of it can be searched for."""
    wanted: list[Word] = []
    unwanted: list[Word] = []
    for match in PART.finditer(typed):
        text = next(match[name] for name in _FORMS if match[name] is not None)
        word = Word(text.strip(), tuple(terms(text)))
        kept = unwanted if match["minus"] else wanted
        if word.terms and word.terms not in {known.terms for known in kept}:
            kept.append(word)
    return Query(typed.strip(), tuple(wanted), tuple(unwanted))


_FORMS = ("straight", "curly", "corner", "word")


def traditional(text: str) -> str:
    """Return the characters of a text that are written in Traditional form, each once.

    Those are the ones that Big5 has and GB 2312, the set of the simplified forms, has not.
    """
    han = re.findall(f"[{CHARACTERS}]", unicodedata.normalize("NFKC", text))
    return "".join(c for c in dict.fromkeys(han) if _within(c, "big5") and not _within(c, "gb2312"))


def _within(character: str, charset: str) -> bool:
    try:
        character.encode(charset)
    except UnicodeEncodeError:
        return False
    return True
