"""What it costs a headline that a line ends at a place, by the meaning of the words there.

In: the characters of a text, their kinds, and terms that are to stay whole. Out: a cost for
each place. CLREQ, handling_of_headings: a heading is divided where its meaning is.

The unit is that of the search in `fitting`: the square of what a line lacks of the average
line, as a share of it, summed over the lines. Two lines of which one is twice as long as the
other cost 0.22, one three times as long 0.5. The costs are chosen by eye on the headlines of
`tests/typesetting/headlines.yaml`; their order is that of a sub-editor's liking.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import accumulate, pairwise, zip_longest

from newsletter.typesetting.characters import MARKS, Kind
from newsletter.typesetting.words import TERM, Word, words_of

SUBTITLE = 0.0
"""Before a dash: it opens the line of the subtitle."""
CLAUSE = 0.02
"""After a comma, a colon, a stop, or a space between Chinese words."""
PHRASE = 0.3
"""Between phrases: before 在 or 和, between subject and predicate."""
MODIFIED = 0.42
"""After 的: a phrase ends, but what it belongs to follows."""
WORD = 0.55
"""Between a verb and its object, before a number."""
COMPOUND = 0.8
"""Between the nouns of a compound, and any other two words."""
CLING = 1.2
"""Between words of which one is short and belongs to the other, as 大 and 数据."""
TIED = 1.7
"""Before a particle, after a preposition, between a number and what it counts."""
WITHIN = 4.0
"""Inside a word."""
NAME = 1.5
"""Inside a short name in quotes or title marks, beside what the place itself costs."""
QUOTED = 0.7
"""The same inside a longer one."""
FRAGMENT = 0.4
"""Where a line has no more of a clause than its first or last few characters, beside that cost."""
FEW = 3
"""Characters up to which a piece of a clause is one of few: 索尔海姆：中国 reads as a name."""
SHORT_NAME = 8
"""Characters up to which a name is short; so is “一带一路”, but not a sentence that is quoted."""

AFTER_MARK = {
    Kind.DASH: WORD,
    Kind.ELLIPSIS: CLAUSE,
    Kind.STOP: CLAUSE,
    Kind.PAUSE: CLAUSE,
    Kind.CONNECTOR: CLING,
    Kind.INTERPUNCT: TIED,
}
ENUMERATION = "、"
CLAUSE_MARKS = frozenset({Kind.STOP, Kind.PAUSE})
SPACES = frozenset(" \u3000")
CHINESE = frozenset({Kind.HAN, Kind.OPEN, Kind.CLOSE})
ASIDE = frozenset("（(〔［[")
"""What opens an aside, which belongs to the word before it."""

PARTICLES = frozenset("uykf")
"""First letters of the tags of what belongs to the word before: 的 着 了 过, 吗, 们, 上 中 下."""
TRAILING = frozenset("等")
LEADING = frozenset("pc")
"""The same of what goes with the words after it: 在 对 以 从 把, 和 与 或."""
JOINING = frozenset("暨及并和与或")
"""What joins, whatever tag the dictionary has for it."""
VERBS = frozenset({"v", "vi", "vq"})
"""Tags of verbs; those that name an act (vn) are nouns here."""
ADVERBS = frozenset({"d", "df", "vd", "ad", "zg"})
PREDICATES = VERBS | ADVERBS
"""Tags of what begins a predicate."""
SUBJECTS = frozenset("nstqv")
"""First letters of the tags of what may stand before a predicate: names, places, times."""
QUALIFIERS = frozenset("amt")
"""The same of what begins a phrase within a compound: attributes, numbers, times."""
PROPER = ("nr", "ns", "nt", TERM)
"""Beginnings of the tags of names: people, places, bodies, things."""
MODIFIERS = frozenset("abmr")
"""First letters of the tags of what belongs to the word after, even when it is short: 大 新 各."""
ACTS = ("创新", "展望", "保护", "增长", "演讲", "复苏", "研讨", "转型")
USED_AS = {"通过": "v"} | dict.fromkeys(ACTS, "vn")
"""Tags that some words have in headlines, where the dictionary's mislead."""
NAMED = Word("“”", TERM)
"""What stands in marks is a name to its neighbours."""


def break_costs(
    characters: Sequence[str], kinds: Sequence[Kind], terms: Collection[str] = ()
) -> list[float]:
    """Return for each place k what it costs that a line ends after the k-th character.

    Marks of notes are no part of the text; they belong to what stands before them.
    """
    texts = [
        "" if kind is Kind.NOTE else text for text, kind in zip(characters, kinds, strict=True)
    ]
    cell_at = {offset: k for k, offset in enumerate(accumulate(map(len, texts)))}
    costs = [WITHIN] * len(kinds)
    offset = 0
    for left, right in pairwise(_as_used(words_of("".join(texts), terms))):
        offset += len(left.text)
        k = cell_at.get(offset)
        if k is not None:
            costs[k] = _cost(left, right, kinds, k)
    for k, cost in _inside_names(kinds):
        costs[k] += cost
    for k in _at_fragments(texts, kinds):
        costs[k] += FRAGMENT
    return costs


def _as_used(words: Sequence[Word]) -> Iterator[Word]:
    """Yield words with the tags that they have in headlines; a verb before 和 names an act."""
    for word, after in zip_longest(words, words[1:]):
        if word.text in USED_AS:
            yield Word(word.text, USED_AS[word.text])
        elif word.tag == "v" and after is not None and after.text in JOINING:
            yield Word(word.text, "vn")
        else:
            yield word


def _cost(left: Word, right: Word, kinds: Sequence[Kind], k: int) -> float:
    """Return the cost of the place between two words, of which one may be a mark."""
    ends, begins = kinds[k], kinds[k + 1]
    if begins is Kind.DASH:
        return WITHIN if ends is Kind.DASH else SUBTITLE
    if left.text in SPACES:
        return CLAUSE if k and kinds[k - 1] in CHINESE and begins in CHINESE else WORD
    if ends in AFTER_MARK:
        return PHRASE if left.text == ENUMERATION else AFTER_MARK[ends]
    if right.text in ASIDE:
        return CLING
    return _between(NAMED if ends is Kind.CLOSE else left, NAMED if begins is Kind.OPEN else right)


def _between(left: Word, right: Word) -> float:
    """Return the cost of the place between two words."""
    if _is_tied(left, right):
        return TIED
    if left.tag[0] == "u":
        return MODIFIED
    joins = right.tag[0] in LEADING or right.text in JOINING
    if joins or (right.tag in PREDICATES and _is_subject(left)):
        return PHRASE
    if _clings(left, right):
        return CLING
    is_object = left.tag in VERBS and right.tag not in VERBS
    begins_phrase = right.tag[0] in QUALIFIERS or right.tag.startswith(PROPER)
    is_phrase = is_object or (begins_phrase and left.tag[0] not in MODIFIERS)
    return WORD if is_phrase else COMPOUND


def _is_tied(left: Word, right: Word) -> bool:
    """Tell whether one of two words is nothing without the other: 较好 的, 在 深圳, 25 个."""
    is_counted = left.text[-1].isdigit() or (left.tag, right.tag) == ("m", "q")
    follows = right.tag[0] in PARTICLES or right.text in TRAILING
    return is_counted or follows or left.tag[0] in LEADING or left.text in JOINING


def _clings(left: Word, right: Word) -> bool:
    """Tell whether one of two words is too short to stand at a line's edge without the other."""
    is_suffix = len(right.text) == 1 and right.tag[0] not in MODIFIERS
    return is_suffix or len(left.text) == 1 or left.tag in ADVERBS


def _is_subject(word: Word) -> bool:
    return word.tag[0] in SUBJECTS and word.tag not in PREDICATES


def _at_fragments(texts: Sequence[str], kinds: Sequence[Kind]) -> Iterator[int]:
    """Yield the places a few characters after a mark that ends a clause, or before one."""
    marks = [
        k for k, kind in enumerate(kinds)
        if kind in CLAUSE_MARKS and texts[k] != ENUMERATION
    ]  # fmt: skip
    counted = [0, *accumulate(kind not in MARKS for kind in kinds)]
    found: set[int] = set()
    for mark in marks:
        for k in range(mark + 1, len(kinds)):
            if counted[k + 1] - counted[mark + 1] > FEW:
                break
            found.add(k)
        for k in range(mark - 1, -1, -1):
            if counted[mark] - counted[k + 1] > FEW:
                break
            found.add(k)
    yield from found.difference(marks)


def _inside_names(kinds: Sequence[Kind]) -> Iterator[tuple[int, float]]:
    """Yield the places within pairs of marks, and what each pair adds to their cost."""
    opened: list[int] = []
    for k, kind in enumerate(kinds):
        if kind is Kind.OPEN:
            opened.append(k)
        elif kind is Kind.CLOSE and opened:
            start = opened.pop()
            cost = NAME if k - start - 1 <= SHORT_NAME else QUOTED
            yield from ((inner, cost) for inner in range(start, k))
