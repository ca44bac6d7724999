"""Accession: an issue comes into the archive, whole, once, and with its line in the log.

In: a submission, or an issue to be built and submitted. Out: an `Accession` that says where its
bag stands. A bag is never changed: another state of the same issue becomes its next version and
has to say why; the same state again is found and named. `Refused` leaves everything as it was.
"""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

from msgspec import Struct

from newsletter import __version__
from newsletter.archive.bag import MANIFESTS, Labels, write_bag
from newsletter.archive.contents import Contents
from newsletter.archive.gate import objections, refuse
from newsletter.archive.log import Entry, Log, now
from newsletter.archive.objection import OBJECTION, objection
from newsletter.archive.reading import content_of
from newsletter.archive.stacks import Archive, seal_of
from newsletter.archive.submission import Submission, submit_edition
from newsletter.diagnostics import Diagnostic, Refused, Term, has_errors
from newsletter.edition import Edition, Progress, build_copy
from newsletter.issue.loader import load_copy
from newsletter.issue.models import Profile
from newsletter.workroom import workroom

LOG_LABEL = "Newsletter-Log-Before"
"""The label that keeps the hash of the log as it was when the bag was written."""


class Accession(Struct, frozen=True):
    """Where a bag stands, and whether it came in now or stood there with the same content."""

    name: str
    folder: Path
    entry: Entry
    is_new: bool
    findings: tuple[Diagnostic, ...] = ()


class Terms(Struct, frozen=True):
    """On which terms: why there is a new version, why it is kept in spite of objections."""

    reason: str = ""
    despite: str = ""


def archive_issue(
    archive: Archive,
    root: Path,
    issue: str,
    terms: Terms,
    progress: Progress = lambda _stage: None,
) -> Accession:
    """Build an issue and take it in; raises `Refused`."""
    with tempfile.TemporaryDirectory(prefix="newsletter-archive-", dir=workroom()) as folder:
        edition, against = _built(root, issue, Path(folder), terms, progress)
        assert edition.laid_out is not None  # noqa: S101 - a build always tells
        submission = submit_edition(edition, edition.laid_out, tuple(against))
        accession = accept(archive, submission, terms)
    notes = tuple(found for found in edition.findings if found not in against)
    return Accession(accession.name, accession.folder, accession.entry, accession.is_new, notes)


def _built(
    root: Path, issue: str, folder: Path, terms: Terms, progress: Progress
) -> tuple[Edition, list[Diagnostic]]:
    """Return the edition and what speaks against it; raises `Refused`."""
    progress("load")
    against: list[Diagnostic] = []
    is_made = False

    def judge(findings: object) -> None:
        nonlocal is_made
        is_made = True
        against.extend(objections(root, issue, findings))  # type: ignore[arg-type]
        if against and not terms.despite:
            raise Refused(against)

    try:
        copy = load_copy(root, issue)
        profiles = get_args(Profile)
        return build_copy(copy, profiles, folder, progress, judge=judge), against
    except Refused as refusal:
        if not has_errors(refusal.diagnostics) or _is_missing(refusal):
            raise
        raise refuse(issue, refusal.diagnostics, can_be_made=is_made) from refusal


def _is_missing(refusal: Refused) -> bool:
    return any(found.code in ("N001", "N132", "N003", "N004") for found in refusal.diagnostics)


def accept(archive: Archive, submission: Submission, terms: Terms) -> Accession:
    """Take a submission in; raises `Refused`."""
    with _disk_told(archive), archive.turn():
        log = archive.read_log()
        if has_errors(log.findings):
            raise Refused(log.findings)
        versions = _versions(archive, log, submission.issue)
        time = now()
        with archive.beside(submission.issue) as part:
            version = max(versions, default=0) + 1
            name = f"{submission.issue}/v{version}"
            write_bag(part, submission.payload, _labels(submission, name, terms, time, log))
            same = _same(archive, submission.issue, versions, part)
            if same is not None:
                return _found(archive, log, f"{submission.issue}/v{same}")
            if versions and not terms.reason:
                values = {"issue": submission.issue, "version": f"v{max(versions)}"}
                raise Refused([Diagnostic("N771", None, values)])
            entry = _entry(submission, version, terms, time, log, part)
            archive.place(part, entry)
            return Accession(name, archive.path(name), entry, is_new=True)


def _versions(archive: Archive, log: Log, issue: str) -> list[int]:
    """Return the numbers that are taken, in the folder or in the log."""
    logged = {entry.version for entry in log.entries if entry.issue == issue}
    return sorted({*archive.versions(issue), *logged})


def _same(archive: Archive, issue: str, versions: list[int], part: Path) -> int | None:
    """Return the newest version if its payload is the same."""
    if not versions:
        return None
    newest = max(versions)
    with contextlib.suppress(OSError):
        old = content_of(archive.path(f"{issue}/v{newest}") / MANIFESTS[0])
        return newest if old == (part / MANIFESTS[0]).read_bytes() else None
    return None


def _found(archive: Archive, log: Log, name: str) -> Accession:
    entry = log.of(name)
    if entry is None:
        raise Refused([Diagnostic("N781", None, {"bag": name})])
    return Accession(name, archive.path(name), entry, is_new=False)


def _labels(submission: Submission, name: str, terms: Terms, time: str, log: Log) -> Labels:
    """Return what bag-info.txt says; only the date and the hash of the log are of the day."""
    contents: Contents = submission.contents
    said = [
        ("Source-Organization", str(contents["publisher"])),
        ("External-Description", submission.title),
        ("External-Identifier", submission.issue),
        ("Internal-Sender-Identifier", name),
        ("Bag-Group-Identifier", str(contents["publication"])),
        ("Bagging-Date", time[:10]),
        ("Bag-Software-Agent", f"newsletter {__version__}"),
        ("Newsletter-Reason", terms.reason),
        ("Newsletter-Despite", terms.despite if submission.objections else ""),
        *((OBJECTION, objection(found)) for found in submission.objections),
        (LOG_LABEL, log.head),
    ]
    return [(label, value) for label, value in said if value.strip()]


def _entry(
    submission: Submission, version: int, terms: Terms, time: str, log: Log, part: Path
) -> Entry:
    last = log.entries[-1] if log.entries else None
    sizes = [path.stat().st_size for path in part.rglob("*") if path.is_file()]
    return Entry(
        number=len(log.entries) + 1,
        time=max(time, last.time) if last else time,
        act=submission.act,
        issue=submission.issue,
        version=version,
        seal=seal_of(part),
        title=submission.title,
        files=len(submission.payload),
        octets=sum(sizes),
        reason=terms.reason,
        despite=terms.despite if submission.objections else "",
        refused=tuple(dict.fromkeys(found.code for found in submission.objections)),
        previous=log.head,
    )


@contextlib.contextmanager
def _disk_told(archive: Archive) -> Iterator[None]:
    """Turn what the disk refuses into N702, or N124 where a file of the issue cannot be read."""
    try:
        yield
    except OSError as error:
        name = Path(error.filename or archive.folder)
        within = name.is_relative_to(archive.folder)
        shown = name.relative_to(archive.folder.parent).as_posix() if within else str(name)
        values = {"file": shown, "reason": Term(error.strerror or str(error))}
        raise Refused([Diagnostic("N702" if within else "N124", None, values)]) from error
