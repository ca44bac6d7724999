"""Judgement: pages approved or rejected and commented on, kept as records of the review.

In: what came from the browser, and the pages as they are. Out: records in the issue's folder;
raises `Refused` when one cannot be written, or when nobody says who judges.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from msgspec import Struct, field

from newsletter.diagnostics import Diagnostic, Refused
from newsletter.review.authors import git_author
from newsletter.review.proof import ProofPage
from newsletter.review.records import (
    Anchor,
    Approval,
    Comment,
    Records,
    Verdict,
    read_records,
    remove_record,
    withdraw_verdicts,
    write_record,
)


class Judgement(Struct):
    """The review of one issue; `by` is who judges, where that is known."""

    root: Path
    issue: str
    by: str | None = None
    records: Records = field(default_factory=Records)

    def read(self) -> None:
        """Read the records anew, and who works here if nobody was named."""
        self.records = read_records(self.root, self.issue)
        if self.by is None:
            self.by = _author(self.root)

    def approve(self, page: ProofPage, verdict: Verdict, note: str, by: str | None) -> Approval:
        """Keep what somebody thinks of a page as it looks now."""
        record = Approval(
            page=page.number,
            digest=page.digest,
            verdict=verdict,
            note=note,
            by=self._who(by),
            date=_now(),
        )
        write_record(self.root, self.issue, record)
        self.read()
        return record

    def comment(self, anchor: Anchor, text: str, by: str | None) -> Comment:
        """Keep what somebody says about a block of a page, or about a point of it."""
        record = Comment.new(text, anchor, self._who(by), _now())
        write_record(self.root, self.issue, record)
        self.read()
        return record

    def answer(self, comment: Comment, text: str, by: str | None) -> Comment:
        """Keep an answer to a comment, at the same place."""
        record = Comment.new(text, comment.anchor, self._who(by), _now(), answers=comment.id)
        write_record(self.root, self.issue, record)
        self.read()
        return record

    def resolve(self, comment: Comment, *, resolved: bool) -> None:
        """Keep that a comment is done with, or is not."""
        write_record(self.root, self.issue, comment.model_copy(update={"resolved": resolved}))
        self.read()

    def remove(self, comment: Comment) -> None:
        """Take a comment away."""
        remove_record(self.root, self.issue, comment)
        self.read()

    def withdraw(self, page: ProofPage, by: str | None) -> None:
        """Take back what somebody thought of a page, as it looks now or looked before."""
        withdraw_verdicts(self.root, self.issue, [page.number], self._who(by))
        self.read()

    def find(self, comment_id: str) -> Comment | None:
        """Return a comment by its id."""
        return next((c for c in self.records.comments if c.id == comment_id), None)

    def _who(self, by: str | None) -> str:
        """Return who judges: as the command or git says, else as the browser says."""
        name = self.by or (by or "").strip()
        if not name:
            raise Refused([Diagnostic("N765")])
        return name


def _author(root: Path) -> str | None:
    try:
        return git_author(root)
    except Refused:
        return None


def _now() -> str:
    """Return the time to the second: two comments that say the same are two all the same."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
