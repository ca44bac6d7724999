"""Which opening mark belongs to which closing mark.

In: a text, in which an empty line divides paragraphs. Out: the pairs, and the marks that
stay alone. One pass with a stack; every mark is pushed and popped once.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict

from msgspec import Struct, field

from newsletter.copydesk.characters import CLOSERS, DIGIT, LATIN, OPENERS

_KIND = {
    mark: index for marks in (OPENERS + "(", CLOSERS + ")") for index, mark in enumerate(marks)
}
_PAREN = _KIND["（"]
_KIND |= {"(": _PAREN, ")": _PAREN}
_SINGLE_QUOTE = _KIND["‘"]
_TOKEN = re.compile(rf"[{OPENERS}{CLOSERS}()]|\n[ \t]*\n\s*")
_LETTER = re.compile(f"[{LATIN}{DIGIT}]")
# 1） a） 一） at the beginning of an item: the bracket of a number has no partner.
_NUMBER = re.compile(r"(?:^|[\s，。；：、！？])[0-9A-Za-z一二三四五六七八九十]{1,3}$")


class Pair(Struct, frozen=True):
    """Two marks that belong together; `outer` is the opening mark around them, if any."""

    start: int
    end: int
    outer: int | None


class Pairing(Struct):
    """All pairs of a text, and what is left over; numbers are offsets of marks."""

    pairs: list[Pair] = field(default_factory=list)
    crossed: list[tuple[int, int]] = field(default_factory=list)
    unclosed: list[int] = field(default_factory=list)
    unopened: list[int] = field(default_factory=list)


def pair(text: str) -> Pairing:
    """Pair the marks of `text`, each paragraph for itself.

    A quotation over several paragraphs opens each of them and closes only the last
    (GB/T 15834-2011, 4.8): such an opening mark is not left over.
    """
    reader = _Reader(text)
    for token in _TOKEN.finditer(text):
        mark = token.group()
        if mark in OPENERS or mark == "(":
            reader.open(token.start())
        elif mark in CLOSERS or mark == ")":
            reader.close(token.start())
        else:
            reader.end_paragraph(text[token.end() : token.end() + 1])
    reader.end_paragraph("")
    return reader.result


class _Reader:
    """The stack, and the opening marks that a closing mark of another kind passed over."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.result = Pairing()
        self._stack: list[int] = []
        self._open: Counter[int] = Counter()
        self._passed: defaultdict[int, list[int]] = defaultdict(list)

    def open(self, at: int) -> None:
        self._stack.append(at)
        self._open[_KIND[self.text[at]]] += 1

    def close(self, at: int) -> None:
        kind = _KIND[self.text[at]]
        if kind == _SINGLE_QUOTE and self._is_apostrophe(at):
            return
        if self._open[kind]:
            self._close_down_to(kind, at)
        elif self._passed[kind]:
            self.result.crossed.append((self._passed[kind].pop(), at))
        elif not self._is_innocent(at):
            self.result.unopened.append(at)

    def end_paragraph(self, following: str) -> None:
        alone = self._stack + [at for passed in self._passed.values() for at in passed]
        self.result.unclosed.extend(
            at
            for at in sorted(alone)
            if self.text[at] != "(" and not (self.text[at] in "“「" and self.text[at] == following)
        )
        self._stack.clear()
        self._open.clear()
        self._passed.clear()

    def _close_down_to(self, kind: int, at: int) -> None:
        while _KIND[self.text[self._stack[-1]]] != kind:
            passed = self._pop()
            self._passed[_KIND[self.text[passed]]].append(passed)
        start = self._pop()
        outer = self._stack[-1] if self._stack else None
        self.result.pairs.append(Pair(start, at, outer))

    def _pop(self) -> int:
        at = self._stack.pop()
        self._open[_KIND[self.text[at]]] -= 1
        return at

    def _is_apostrophe(self, at: int) -> bool:
        """China’s always; years’ and ’90s when no single quotation mark is open."""
        before = bool(_LETTER.match(self.text[at - 1 : at]))
        after = bool(_LETTER.match(self.text, at + 1))
        return (before and after) or ((before or after) and not self._open[_SINGLE_QUOTE])

    def _is_innocent(self, at: int) -> bool:
        """Tell whether a closing bracket needs no opening one: half-width, or after a number."""
        if self.text[at] == ")":
            return True
        return self.text[at] == "）" and bool(_NUMBER.search(self.text[max(0, at - 4) : at]))
