"""The index that the browser searches: terms, and pairs of neighbours, in small files.

In: the terms of each passage, one passage after another. Out: a folder of scripts, each with the
rows of some of the terms and pairs. A word of one or two characters is answered by one row
exactly; of a longer word the rows of its pairs are crossed, and the text decides. Scripts, since
a page from a file share may load those, but may not fetch data.

A row is the numbers of the passages, each as its distance from the one before, five bits a
character, lowest first, the sixth says that more follow. What does not fit into memory is put
aside on disk: a site of a thousand issues takes no more than one of ten.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from newsletter.archive.terms import BREAK

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
MORE, BITS = 32, 5
MOST = 1_500_000
"""Numbers kept in memory before they are put aside."""
FEWEST_SHARDS, MOST_SHARDS = 16, 1024
_BASIS, _PRIME = 2166136261, 16777619


def shards_for(issues: int) -> int:
    """Return into how many files the index of so many issues is divided: one an issue or so."""
    return min(MOST_SHARDS, max(FEWEST_SHARDS, 1 << (issues - 1).bit_length()))


def grams(terms: Sequence[str]) -> Iterator[str]:
    """Yield the terms of a text, and its pairs of neighbours with a space between."""
    yield from (term for term in terms if term != BREAK)
    yield from (f"{a} {b}" for a, b in pairwise(terms) if BREAK not in {a, b})


def shard_of(gram: str, shards: int) -> int:
    """Return the file in which a gram stands: FNV-1a (32 bits) of its code points."""
    found = _BASIS
    for character in gram:
        found = ((found ^ ord(character)) * _PRIME) & 0xFFFFFFFF
    return found % shards


def encoded(number: int) -> str:
    """Return a number in characters, the lowest five bits first."""
    out = ""
    while number >= MORE:
        out += ALPHABET[MORE | (number & (MORE - 1))]
        number >>= BITS
    return out + ALPHABET[number]


class GramIndex:
    """Takes passages in the order of their numbers, and writes the index at the end."""

    def __init__(self, folder: Path, shards: int) -> None:
        self._folder, self._shards = folder, shards
        self._rows: dict[str, list[int]] = {}
        self._held = 0
        folder.mkdir(parents=True, exist_ok=True)

    def add(self, number: int, texts: Iterable[Sequence[str]]) -> None:
        """Add a passage, whose texts are rows of terms; no pair reaches from one to another."""
        found = {gram for terms in texts for gram in grams(terms)}
        for gram in found:
            self._rows.setdefault(gram, []).append(number)
        self._held += len(found)
        if self._held > MOST:
            self._put_aside()

    def write(self) -> None:
        """Write one script a shard, and take away what was put aside."""
        self._put_aside()
        for shard in range(self._shards):
            rows = self._joined(shard)
            text = json.dumps(rows, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
            path = self._folder / f"{shard:03x}.js"
            path.write_text(f"shelf.grams({shard},{text});\n", "utf-8")
            self._aside(shard).unlink(missing_ok=True)

    def _aside(self, shard: int) -> Path:
        return self._folder / f"{shard:03x}.part"

    def _put_aside(self) -> None:
        lines: dict[int, list[str]] = {}
        for gram, row in self._rows.items():
            rest = "".join(encoded(b - a) for a, b in pairwise(row))
            line = f"{gram}\t{row[0]}\t{rest}\t{row[-1]}\n"
            lines.setdefault(shard_of(gram, self._shards), []).append(line)
        for shard, found in lines.items():
            with self._aside(shard).open("a", encoding="utf-8") as stream:
                stream.writelines(found)
        self._rows, self._held = {}, 0

    def _joined(self, shard: int) -> dict[str, str]:
        """Return the rows of a shard; what was put aside later has higher numbers."""
        rows: dict[str, str] = {}
        last: dict[str, int] = {}
        if not self._aside(shard).exists():
            return rows
        with self._aside(shard).open(encoding="utf-8") as stream:
            for line in stream:
                gram, first, rest, end = line.rstrip("\n").split("\t")
                gap = int(first) - last.get(gram, 0)
                rows[gram] = rows.get(gram, "") + encoded(gap) + rest
                last[gram] = int(end)
        return rows
