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

from newsletter.diagnostics import Diagnostic, Refused
from newsletter.review.records import Records, Signature


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
    """Return the signature of a round; raises `Refused` if there is none, or one before is open."""
    if name not in names:
        near = difflib.get_close_matches(name, names, n=1, cutoff=0.4)
        values = {"round": name, "rounds": ", ".join(names), "suggestion": "".join(near)}
        hint = "suggest" if near else "default" if names else "none"
        raise Refused([Diagnostic("N746", None, values, hint=hint)])
    before = rounds_of(names[: names.index(name)], records)
    lacking = [each.name for each in before if not each.signatures]
    if lacking:
        values = {"round": name, "before": ", ".join(lacking), "first": lacking[0]}
        raise Refused([Diagnostic("N747", None, values)])
    return Signature(round=name, pages=tuple(digests), by=by, date=date)
