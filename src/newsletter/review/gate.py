"""The gate: whether every page was seen as it is now and every round is signed.

In: the digests of the pages, the records, the rounds asked for. Out: the standing of each page,
and a `Diagnostic` for all that keeps the gate closed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal

from msgspec import Struct

from newsletter.diagnostics import Diagnostic, Refused, Severity, Spot, Values, has_errors, listed
from newsletter.issue.loader import load_publication
from newsletter.preflight.grouping import ranges
from newsletter.review.authors import short_name
from newsletter.review.proof import Proof, make_proof
from newsletter.review.records import Approval, Records, Signature, read_records
from newsletter.review.rounds import rounds_of

State = Literal["approved", "rejected", "stale", "unseen"]
CODES: dict[State, str] = {"stale": "N748", "rejected": "N749"}


class Standing(Struct, frozen=True):
    """How a page, counted from 1, stands, and the verdicts on it as it is now.

    `before` are verdicts on another look of a page of this number; `signers` who signed the last
    round, by their short names.
    """

    page: int
    state: State
    verdicts: tuple[Approval, ...] = ()
    before: tuple[Approval, ...] = ()
    signers: tuple[str, ...] = ()

    @property
    def judges(self) -> tuple[str, ...]:
        """Whose verdicts make the page stand as it does, by their short names, the earliest first.

        Of a page that one person approved and another rejected these are who rejected it.
        """
        return names_of(deciding(self.verdicts))


def deciding(verdicts: Sequence[Approval]) -> tuple[Approval, ...]:
    """Return the verdicts that decide: all rejections, where there are any, else all approvals.

    A person has one verdict on a page as it looks, the last: see `Approval.path`.
    """
    rejections = tuple(a for a in verdicts if a.verdict == "rejected")
    return rejections or tuple(verdicts)


def names_of(records: Sequence[Approval | Signature]) -> tuple[str, ...]:
    """Return who gave these verdicts or signatures, each name once."""
    return tuple(dict.fromkeys(short_name(each.by) for each in records))


def standings(
    digests: Sequence[str], records: Records, rounds: Sequence[str] = ()
) -> list[Standing]:
    """Return how each page stands.

    Whoever rejects a page rejects it until they approve it themselves. Who signed the last round
    approved the pages that it holds.
    """
    signatures = [s for each in rounds_of(rounds[-1:], records) for s in each.signatures]
    return [
        _standing(number, digest, records, signatures) for number, digest in enumerate(digests, 1)
    ]


def _standing(
    number: int, digest: str, records: Records, signatures: Sequence[Signature]
) -> Standing:
    verdicts = tuple(a for a in records.approvals if a.digest == digest)
    before = tuple(a for a in records.approvals if a.page == number and a.digest != digest)
    state: State = "stale" if before or any(s.pages for s in signatures) else "unseen"
    if verdicts or any(digest in s.pages for s in signatures):
        state = "approved"
        if verdicts:
            state = deciding(verdicts)[0].verdict
    return Standing(number, state, verdicts, before, names_of(signatures))


def obstacles(
    issue_id: str, digests: Sequence[str], records: Records, rounds: Sequence[str]
) -> list[Diagnostic]:
    """Return all that keeps the gate closed, as errors, and what else should be known."""
    found = [*records.problems]
    stand = standings(digests, records, rounds)
    found += _judged(issue_id, stand)
    found += _unseen(issue_id, [s.page for s in stand if s.state == "unseen"])
    found += _unsigned(issue_id, digests, records, rounds)
    count = sum(not c.resolved and c.answers is None for c in records.comments)
    if count:
        found.append(Diagnostic("N752", None, {"count": count, "issue": issue_id}))
    return found


def _judged(issue_id: str, standings: Sequence[Standing]) -> Iterator[Diagnostic]:
    """Yield the obstacles of pages that changed or are rejected: one for all with the same words.

    The note is said of rejected pages only.
    """
    pages: dict[tuple[str, str, str], list[int]] = {}
    for each in standings:
        if each.state in CODES:
            told = deciding(each.verdicts) or each.before
            by = "、".join(names_of(told) or each.signers) or "—"
            note = " ".join(a.note for a in told if a.note) or "—"
            said = CODES[each.state], by, note if each.state == "rejected" else ""
            pages.setdefault(said, []).append(each.page)
    for (code, by, note), those in pages.items():
        yield _of_pages(code, issue_id, those, {"by": by, "note": note} if note else {"by": by})


def _unseen(issue_id: str, pages: Sequence[int]) -> Iterator[Diagnostic]:
    """Yield one obstacle for all pages, counted from 1, that nobody has approved."""
    if pages:
        yield _of_pages("N750", issue_id, pages, {})


def _of_pages(code: str, issue_id: str, pages: Sequence[int], more: Values) -> Diagnostic:
    """Return what is wrong with some pages, counted from 1: at the page, if it is one only."""
    named = ranges(pages)
    values: Values = {
        "page": named,
        "count": len(pages),
        "typed": ",".join(named.items).replace("–", "-"),
        "issue": issue_id,
        **more,
    }
    return Diagnostic(code, Spot(issue_id, pages[0] if len(pages) == 1 else 0), values)


def _unsigned(
    issue_id: str, digests: Sequence[str], records: Records, rounds: Sequence[str]
) -> Iterator[Diagnostic]:
    """Yield rounds that nobody signed, and the last one where it does not hold all pages."""
    asked = rounds_of(rounds, records)
    for each in asked:
        values: Values = {"round": each.name, "issue": issue_id}
        if not each.signatures:
            yield Diagnostic("N751", None, values)
        elif each is asked[-1]:
            lacking = [n for n, digest in enumerate(digests, 1) if not each.holds(digest)]
            if lacking:
                pages = {"pages": listed(map(str, lacking))}
                yield Diagnostic("N751", None, {**values, **pages}, hint="again")


def is_under_review(root: Path, issue_id: str) -> bool:
    """Tell whether an issue is to be signed off: rounds are named, or somebody judged a page."""
    records = read_records(root, issue_id)
    return bool(load_publication(root).review.rounds or records.approvals or records.signatures)


def check_gate(root: Path, issue_id: str, layout: str | None = None) -> list[Diagnostic]:
    """Lay an issue out and return what keeps its gate closed; raises `Refused`."""
    proof = make_proof(root, issue_id, layout)
    return gate_of(root, proof)


def gate_of(root: Path, proof: Proof) -> list[Diagnostic]:
    """Return what keeps the gate of a proof closed."""
    records = read_records(root, proof.issue)
    rounds = load_publication(root).review.rounds
    return obstacles(proof.issue, [page.digest for page in proof.pages], records, rounds)


def refuse_unless_passed(root: Path, issue_id: str, layout: str | None = None) -> None:
    """Raise `Refused` while the gate of an issue is closed."""
    found = check_gate(root, issue_id, layout)
    if has_errors(found):
        raise Refused(d for d in found if d.severity is Severity.ERROR)
