"""Advice: what to tell a person about a search, above all when nothing was found.

In: a catalogue and a result. Out: notes: which word occurs nowhere, which part of a word does,
what there is without the filters, that Traditional characters are not folded, that more was found.
"""

from __future__ import annotations

from collections.abc import Iterator

from newsletter.archive.catalogue import Catalogue
from newsletter.archive.query import Query, Word, traditional
from newsletter.archive.search import Filters, Result, count
from newsletter.diagnostics import Diagnostic, Language, Term, Values, terms

LONGEST = 24
"""Terms of a word whose parts are tried; what is longer is a sentence."""


def advice(catalogue: Catalogue, result: Result, language: Language) -> Iterator[Diagnostic]:
    """Yield what is worth saying of a result, as notes."""
    old = traditional(result.query.typed)
    if old:
        yield Diagnostic("N794", None, {"characters": old})
    if not result.total:
        yield _nothing(catalogue, result, language)
        if catalogue.earlier:
            yield Diagnostic("N731", None, {"count": catalogue.earlier})
    elif len(result.hits) < result.total:
        yield Diagnostic("N795", None, {"shown": len(result.hits), "total": result.total})


def _nothing(catalogue: Catalogue, result: Result, language: Language) -> Diagnostic:
    said = result.filters.said()
    values: Values = {
        "query": f"“{result.query.typed}”" if result.query.typed else Term("anything"),
        "issues": catalogue.issues,
        "filters": _list(
            [f"{_filter(name, language)} {text}" for name, text in said.items()], language
        )
        or Term("none"),
    }
    hint, more = _hint(catalogue, result.query, result.filters, language)
    return Diagnostic("N793", None, {**values, **more}, hint=hint)


def _hint(
    catalogue: Catalogue, query: Query, filters: Filters, language: Language
) -> tuple[str, Values]:
    """Return which hint helps, and its values: the nearest thing that would find something."""
    without = count(catalogue, query) if filters and query else 0
    if without:
        return "filters", {"count": without}
    kept = query.without_exclusions()
    if query.unwanted and count(catalogue, kept, filters):
        return "exclusions", {"count": count(catalogue, kept, filters)}
    if len(query.wanted) > 1:
        counts = [f"{word.typed} {count(catalogue, _only(word))}" for word in query.wanted]
        return "words", {"counts": _list(counts, language)}
    part = _part(catalogue, query.wanted[0]) if query else None
    if part:
        return "part", {"part": part.typed, "count": count(catalogue, _only(part))}
    return "default", {}


def _filter(name: str, language: Language) -> str:
    """Return what a filter is called: the option in English, the word for it in Chinese."""
    return terms()[f"filter {name}"][language]


def _only(word: Word) -> Query:
    return Query(word.typed, (word,))


def _part(catalogue: Catalogue, word: Word) -> Word | None:
    """Return the longest part of a word, of two terms at least, that does occur."""
    found = word.terms[:LONGEST]
    for length in range(len(found) - 1, 1, -1):
        for start in range(len(found) - length + 1):
            some = found[start : start + length]
            part = Word(_written(some), some)
            if count(catalogue, _only(part)):
                return part
    return None


def _written(terms: tuple[str, ...]) -> str:
    """Return terms as one would type them: letters apart, characters together."""
    text = ""
    for term in terms:
        apart = text and text[-1].isascii() and term.isascii()
        text += f" {term}" if apart else term
    return text


def _list(items: list[str], language: Language) -> str:
    return ("、" if language == "zh" else ", ").join(items)
