r"""A dictionary of Chinese words, looked up where it lies.

In: `jieba/words.dat`, made by `tools/build_words.py`. Out: the words that begin at a place of a
text, with frequencies and tags; and two hidden Markov models, of which characters begin, continue
and end a word, for words that stand in no dictionary. The file is mapped, not read: the system
fetches the pages of it that are looked at. A file that is lacking or damaged is N004.

The file, its numbers with the low byte first: `HEAD`, for each of `PARTS` a `SIZE`, then the
parts. A part is a list of keys in order (4 bytes each), the places where their leaves begin and
the last ends (4 bytes each), and the leaves. A key is a character's code point or a state.

    words     of a first character, lines as "\n", the rest of a word, " frequency tag\n…", sorted
    cutting, tagging               of a character, the states in which it is seen
    cutting_steps, tagging_steps   of a state or `START`, the states that follow
    simpler   of a traditional character, those whose states it has in the tagging model
    tags      of key 0, the names of all tags, divided by spaces

States have a byte each, then 8 bytes each for the logarithm of their probability. A state is the
number of a position, B, M, E or S (begins, in the middle, ends, single), times 64, and of a tag.
"""

from __future__ import annotations

import functools
import mmap
import struct
import sys
from array import array
from bisect import bisect_left
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from newsletter.diagnostics import Diagnostic, Refused, Term

FILE = Path(__file__).parent / "jieba" / "words.dat"
HEAD = struct.Struct("<8sQ")
"""What the file is, and the sum of the frequencies."""
MAGIC = b"words 1\n"
SIZE = struct.Struct("<II")
"""How many keys a part has, and how many bytes its leaves take."""
PARTS = ("words", "cutting", "cutting_steps", "tagging", "tagging_steps", "simpler", "tags")
POSITIONS = "BMES"
TAGS = 64
"""How many tags a position can have."""
START = TAGS * len(POSITIONS)
"""The key of the states that a word, or a run of words, begins with."""
NOT_WHOLE, ANOTHER = "not a dictionary", "another dictionary"
BROKEN = (IndexError, KeyError, OverflowError, ValueError, struct.error)
"""What is raised where a file is not what it should be."""


class Entry(NamedTuple):
    """A word that begins at a place of a text, and the offset at which it ends there."""

    end: int
    frequency: int
    tag: str


class Model(NamedTuple):
    """What is known of one hidden Markov model: logarithms of probabilities, by states."""

    seen: Leaves
    steps: Leaves

    def column(self, character: str) -> dict[int, float]:
        """Return how probable a character is in the states that it is seen in."""
        return _states(self.seen.of(ord(character)))

    def after(self, state: int) -> dict[int, float]:
        """Return how probable the states are that follow a state, or `START`."""
        return _states(self.steps.of(state))


class Leaves:
    """One part of the file: bytes by keys."""

    def __init__(self, content: mmap.mmap, begin: int, count: int) -> None:
        middle, self._begin = begin + 4 * count, begin + 8 * count + 4
        self._content = content
        self._keys = _numbers(content[begin:middle])
        self._places = _numbers(content[middle : self._begin])

    def of(self, key: int) -> bytes:
        """Return what there is for a key, nothing where it does not occur."""
        k = bisect_left(self._keys, key)
        if k == len(self._keys) or self._keys[k] != key:
            return b""
        return self._content[self._begin + self._places[k] : self._begin + self._places[k + 1]]


class Dictionary:
    """The words and the models of one file; raises one of `BROKEN` where it is no such file."""

    def __init__(self, content: mmap.mmap) -> None:
        self._content = content
        magic, self.total = HEAD.unpack_from(content)
        begin = HEAD.size + SIZE.size * len(PARTS)
        part: dict[str, Leaves] = {}
        for name, (count, size) in zip(
            PARTS, SIZE.iter_unpack(content[HEAD.size : begin]), strict=True
        ):
            part[name] = Leaves(content, begin, count)
            begin += 8 * count + 4 + size
        if magic != MAGIC or begin != len(content):
            raise ValueError(NOT_WHOLE)
        self._words, self._simpler = part["words"], part["simpler"]
        self.cutting = Model(part["cutting"], part["cutting_steps"])
        self.tagging = Model(part["tagging"], part["tagging_steps"])
        self.tags = part["tags"].of(0).decode("ascii").split(" ")

    def let_go(self) -> None:
        """Have the system take back what was looked at; it is fetched again when asked for."""
        if hasattr(mmap, "MADV_DONTNEED"):
            self._content.madvise(mmap.MADV_DONTNEED)

    def words_at(self, text: str, start: int) -> Iterator[Entry]:
        """Yield the words that begin at an offset of a text, the shorter before the longer."""
        lines, place = self._words.of(ord(text[start])), 0
        for end in range(start + 1, len(text) + 1):
            rest = f"\n{text[start + 1 : end]}".encode()
            place = lines.find(rest, place)
            if place < 0:
                return
            after = place + len(rest)
            if lines[after : after + 1] == b" ":
                frequency, tag = lines[after + 1 : lines.index(b"\n", after)].split(b" ")
                yield Entry(end, int(frequency), tag.decode("ascii"))

    def tag_of(self, word: str) -> str | None:
        """Return the tag of a word, none where it stands in no dictionary."""
        entries = self.words_at(word, 0)
        return next((entry.tag for entry in entries if entry.end == len(word)), None)

    def tagged(self, character: str) -> dict[int, float]:
        """Return the states of a character in the tagging model.

        A traditional one has those of its simplified ones, of the last where they differ.
        """
        states: dict[int, float] = {}
        for known in self._simpler.of(ord(character)).decode() or character:
            states |= self.tagging.column(known)
        return states


@functools.cache
def dictionary() -> Dictionary:
    """Return the dictionary; raises `Refused` where there is none."""
    try:
        with FILE.open("rb") as file:
            return Dictionary(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    except (OSError, *BROKEN) as error:
        raise refusal(error) from error


def examined() -> str:
    """Return the package and version that the dictionary is of; raises `Refused`.

    The whole file is read and compared with its digest, which `dictionary` does not do.
    """
    import hashlib

    import yaml

    try:
        described = yaml.safe_load(FILE.with_suffix(".yaml").read_text("utf-8"))
        if hashlib.sha256(FILE.read_bytes()).hexdigest() != described["sha256"]:
            raise ValueError(ANOTHER)
        return "{package} {version}".format(**described["source"])
    except (OSError, TypeError, yaml.YAMLError, *BROKEN) as error:
        raise refusal(error) from error


def refusal(error: Exception) -> Refused:
    """Return N004 for what was raised while the dictionary was looked at."""
    reason = Term(getattr(error, "strerror", None) or str(error))
    return Refused([Diagnostic("N004", None, {"file": str(FILE), "reason": reason})])


def _numbers(content: bytes) -> array[int]:
    numbers = array("I", content)
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers


def _states(leaf: bytes) -> dict[int, float]:
    count = len(leaf) // 9
    return dict(zip(leaf[:count], struct.unpack(f"<{count}d", leaf[count:]), strict=True))
