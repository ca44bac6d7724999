"""A text as the rules see it: which script stands where, what is shielded, which marks pair.

In: the text of one block. Out: a `Manuscript` that answers questions about neighbours in
logarithmic time. Everything is worked out once, when a rule first asks, in time linear in
the length of the text.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from enum import StrEnum
from functools import cached_property

from msgspec import Struct

from newsletter.copydesk.characters import ACCENTS, DIGIT, HAN, LATIN, OPENERS, is_han
from newsletter.copydesk.pairing import Pairing, pair


class Script(StrEnum):
    """What the nearest letter or figure belongs to."""

    HAN = "han"
    LATIN = "latin"
    DIGIT = "digit"
    NONE = "none"


_RUN = re.compile(
    rf"(?P<han>[{HAN}]+)|(?P<latin>[{LATIN}]+)|(?P<digit>[{DIGIT}]+)|(?P<none>\n[ \t]*\n)"
)
_ACCENT = re.compile(f"[{ACCENTS}]")
_ADDRESS = re.compile(
    r"(?:https?|ftp)://[!-~]++"
    r"|(?<![A-Za-z0-9._%+@-])(?:www\.[!-~]++|[A-Za-z0-9._%+-]++@[A-Za-z0-9.-]++)"
)
_LEAD = re.compile(rf"[ \t]{{0,4}}[{OPENERS}]{{0,4}}")


class Manuscript(Struct, frozen=True, dict=True):
    """One text; `prose` says that it is a paragraph of sentences and not a heading or a field."""

    text: str
    prose: bool = False

    def before(self, offset: int) -> Script:
        """Return the script of the nearest letter or figure that ends at or before `offset`."""
        _, ends, scripts = self._runs
        at = bisect_right(ends, offset) - 1
        return scripts[at] if at >= 0 else Script.NONE

    def after(self, offset: int) -> Script:
        """Return the script of the nearest letter or figure that begins at or after `offset`."""
        starts, _, scripts = self._runs
        at = bisect_left(starts, offset)
        return scripts[at] if at < len(starts) else Script.NONE

    def beside_han(self, start: int, end: int) -> bool:
        """Tell whether the nearest letter on either side of `start:end` is Chinese."""
        return Script.HAN in (self.before(start), self.after(end))

    def at(self, offset: int) -> str:
        """Return the character at `offset`, or the empty string outside the text."""
        return self.text[offset] if 0 <= offset < len(self.text) else ""

    def han_at(self, offset: int) -> bool:
        """Tell whether a Chinese character stands at `offset`."""
        return is_han(self.at(offset))

    def leads_to_han(self, offset: int) -> bool:
        """Tell whether a Chinese character stands at `offset`, or behind blanks and openers."""
        lead = _LEAD.match(self.text, offset)
        return lead is not None and self.han_at(lead.end())

    def around(self, start: int, end: int, reach: int = 4) -> str:
        """Return `start:end` with a few characters on either side, for a message.

        No letter is parted from its accents.
        """
        first, last = max(0, start - reach), end + reach
        while first > 0 and _ACCENT.match(self.text, first):
            first -= 1
        while _ACCENT.match(self.text, last):
            last += 1
        return self.text[first:last]

    def has_han(self, start: int, end: int) -> bool:
        """Tell whether a Chinese character begins in `start:end`."""
        at = bisect_left(self._han_starts, start)
        return at < len(self._han_starts) and self._han_starts[at] < end

    def shielded(self, offset: int) -> bool:
        """Tell whether `offset` lies in a web or mail address."""
        at = bisect_right(self._shields, (offset, len(self.text))) - 1
        return at >= 0 and offset < self._shields[at][1]

    @cached_property
    def chinese(self) -> bool:
        """Whether this is Chinese copy: as many Chinese characters as Latin words, at least."""
        return self._han_count >= max(1, self._latin_words)

    @cached_property
    def plainly_chinese(self) -> bool:
        """Whether Latin is so rare here that a repair cannot hit a Latin sentence."""
        return self._han_count >= max(1, 3 * self._latin_words)

    @cached_property
    def pairing(self) -> Pairing:
        """How the brackets, quotation marks and title marks pair."""
        return pair(self.text)

    @cached_property
    def _runs(self) -> tuple[list[int], list[int], list[Script]]:
        starts, ends, scripts = [], [], []
        for run in _RUN.finditer(self.text):
            starts.append(run.start())
            ends.append(run.end())
            scripts.append(Script(run.lastgroup or "none"))
        return starts, ends, scripts

    @cached_property
    def _han_count(self) -> int:
        runs = zip(*self._runs, strict=True)
        return sum(end - start for start, end, script in runs if script is Script.HAN)

    @cached_property
    def _han_starts(self) -> list[int]:
        starts, _, scripts = self._runs
        return [at for at, script in zip(starts, scripts, strict=True) if script is Script.HAN]

    @cached_property
    def _latin_words(self) -> int:
        return self._runs[2].count(Script.LATIN)

    @cached_property
    def _shields(self) -> list[tuple[int, int]]:
        return [(m.start(), _address_end(m)) for m in _ADDRESS.finditer(self.text)]


def _address_end(found: re.Match[str]) -> int:
    """Return where an address ends, without the stop of the sentence around it."""
    address = found.group()
    trailing = ".,;:!?'\"" if "(" in address else ".,;:!?'\")"
    return found.start() + len(address.rstrip(trailing))
