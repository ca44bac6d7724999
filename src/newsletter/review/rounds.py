"""Rounds of reading, as 三审三校 has them: who signed which, when, for which pages.

In: the rounds that newsletter.yaml asks for, and the signatures. Out: which rounds are signed and
which pages the last of them holds. A round is signed for the pages as they are; corrections after
an early round are what that round is for, so only the last round must hold the pages that go to
press.
"""

from __future__ import annotations

import difflib
from collections.abc import Sequence

from msgspec import Struct

from newsletter.diagnostics import Diagnostic, Refused, listed
from newsletter.review.records import Records, Signature

DAY = len("2022-01-05")
"""So many characters of a date are its day."""


class Round(Struct, frozen=True):
    """A round and its signatures, the earliest first."""

    name: str
    signatures: tuple[Signature, ...]

    def holds(self, digest: str) -> bool:
        """Tell whether somebody signed it for a page of this look."""
        return any(digest in signature.pages for signature in self.signatures)


def rounds_of(names: Sequence[str], records: Records) -> list[Round]:
    """Return the rounds that are asked for, in their order."""
    return [Round(name, tuple(s for s in records.signatures if s.round == name)) for name in names]


def sign(
    names: Sequence[str], records: Records, name: str, digests: Sequence[str], by: str, date: str
) -> Signature:
    """Return the signature of a round; raises `Refused` if it cannot be signed on that day.

    There may be no such round; one before it may be open, or signed on a later day.
    """
    if name not in names:
        near = difflib.get_close_matches(name, names, n=1, cutoff=0.4)
        values = {"round": name, "rounds": listed(names), "suggestion": "".join(near)}
        hint = "suggest" if near else "default" if names else "none"
        raise Refused([Diagnostic("N746", None, values, hint=hint)])
    before = rounds_of(names[: names.index(name)], records)
    lacking = [each.name for each in before if not each.signatures]
    if lacking:
        values = {"round": name, "before": listed(lacking), "first": lacking[0]}
        raise Refused([Diagnostic("N747", None, values)])
    _refuse_an_earlier_day(name, before, date)
    return Signature(round=name, pages=tuple(digests), by=by, date=date)


def _refuse_an_earlier_day(name: str, before: Sequence[Round], date: str) -> None:
    """Raise `Refused` where a round before was first signed after this day."""
    for each in before:
        first = min(signature.date[:DAY] for signature in each.signatures)
        if date[:DAY] < first:
            values = {"round": name, "date": date[:DAY], "before": each.name, "first": first}
            raise Refused([Diagnostic("N743", None, values)])
