"""Examining a file in a process of its own, within limits of time and memory.

In: a file's path, a profile or None. Out: an `Examined`; what cannot be examined raises
`Refused`. The libraries that read PDFs are written in C++: a file that makes one of them hang,
crash or take all memory ends its own process, and here becomes a finding.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
from multiprocessing.connection import Connection
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from newsletter.diagnostics import Diagnostic, Refused, Spot, Term
from newsletter.preflight.limits import MEMORY, SECONDS
from newsletter.preflight.rule import Profile
from newsletter.preflight.thumbnails import Thumbnail

PATIENCE = 5.0
"""Seconds for a process to end after its answer, or after it was told to."""


class Order(Struct, frozen=True):
    """What is to be examined: the file, its name in findings, how it is examined."""

    path: Path
    name: str
    profile: Profile | None = None
    trim_mm: tuple[float, float] | None = None
    pages_multiple: int | None = None
    draws: bool = False
    strict: bool = False
    seconds: float = SECONDS
    memory: int = MEMORY


class Verdict(Struct, frozen=True):
    """What became of one rule, in words: it crosses from one process to another."""

    code: str
    verdict: str
    threshold: str
    source: str
    reasons: tuple[str, ...] = ()


class Examined(Struct, frozen=True):
    """A file's report; `known_by` says how the profile was guessed, where none was given.

    `is_ours` says that this tool made the file.
    """

    name: str
    profile: Profile
    known_by: Term | None
    pages: int
    findings: tuple[Diagnostic, ...]
    verdicts: tuple[Verdict, ...] = ()
    is_ours: bool = False
    thumbnails: dict[int, Thumbnail] = field(default_factory=dict)


def examine_apart(order: Order) -> Examined:
    """Examine a file in a new process; raises `Refused` with N901 to N907."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(order, theirs), daemon=True)
    process.start()
    theirs.close()
    try:
        answer = _received(ours, order.seconds)
    finally:
        ours.close()
        _end(process)
    match answer:
        case Examined():
            return answer
        case list():
            raise Refused(answer)
        case "time":
            values: dict[str, str | int] = {"seconds": round(order.seconds)}
            raise Refused([Diagnostic("N906", Spot(order.name), values)])
    reason = Term("memory") if answer == "memory" else Term("crash")
    raise Refused([Diagnostic("N907", Spot(order.name), {"reason": reason})])


def _received(ours: Connection, seconds: float) -> object:
    """Return what the process sent; "time" or "crash" where it sent nothing."""
    if not ours.poll(seconds):
        return "time"
    try:
        return ours.recv()
    except (EOFError, OSError):
        return "crash"


def _end(process: multiprocessing.process.BaseProcess) -> None:
    process.join(0.1)
    if process.is_alive():
        process.kill()
    process.join(PATIENCE)


def _work(order: Order, answer: Connection) -> None:
    """Examine and send: what the process is made for."""
    if not order.strict:
        _silence()
    _limit(order.memory)
    try:
        answer.send(examined(order, order.path.read_bytes()))
    except Refused as refusal:
        answer.send(refusal.diagnostics)
    except MemoryError:
        answer.send("memory")
    except Exception:
        if order.strict:
            raise
        answer.send("crash")


def _silence() -> None:
    """Let no library write its last words into our messages; the answer says what there is."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)


def _limit(memory: int) -> None:
    """Bound the memory of this process, where the system can."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def examined(order: Order, data: bytes) -> Examined:
    """Examine in this process; raises `Refused`."""
    from newsletter.preflight.document import opened
    from newsletter.preflight.examination import examine
    from newsletter.preflight.metadata import is_ours
    from newsletter.preflight.profiles import conditions, guessed
    from newsletter.preflight.thumbnails import thumbnails

    with opened(order.name, data) as document:
        profile, sign = (order.profile, None) if order.profile else guessed(document)
        ours = is_ours(document)
        asked = conditions(profile, order.trim_mm)
        if order.pages_multiple or not ours:
            asked = replace(asked, pages_multiple=order.pages_multiple)
        report = examine(document, profile, asked, strict=order.strict)
        marked = [d.place.page for d in report.findings if isinstance(d.place, Spot)]
        pages = [page for page in marked if page]
        return Examined(
            order.name,
            profile,
            sign,
            len(document.sheets),
            report.findings,
            tuple(
                Verdict(o.rule.code, o.verdict, o.rule.threshold, o.rule.source, o.reasons)
                for o in report.outcomes
            ),
            ours,
            thumbnails(document, pages) if order.draws else {},
        )
