"""Reading a file of others in a process of its own, within limits of time and memory.

In: a function and its arguments, or a file's path and a profile. Out: what the function returns,
or an `Examined`; what cannot be read raises `Refused`. The libraries that read PDFs are written
in C++: a file that makes one of them hang, crash or take all memory ends its own process, and
here becomes a finding.
"""

from __future__ import annotations

import contextlib
import math
import multiprocessing
import os
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, TypeVar

from msgspec import Struct, field
from msgspec.structs import replace

from newsletter.diagnostics import Diagnostic, Refused, Spot, Term
from newsletter.preflight.limits import (
    MEMORY,
    MEMORY_A_BYTE,
    SECONDS,
    SECONDS_A_BYTE,
)
from newsletter.preflight.rule import Profile
from newsletter.preflight.thumbnails import Thumbnail

T = TypeVar("T")
PATIENCE = 5.0
"""Seconds for a process to end after its answer, or after it was told to."""


class Bounds(Struct, frozen=True):
    """How long a process may read a file, in seconds, and how many bytes it may address."""

    seconds: float = SECONDS
    memory: int = MEMORY

    @classmethod
    def of_size(cls, size: int) -> Bounds:
        """Return the bounds for a file of so many bytes."""
        return cls(SECONDS + size * SECONDS_A_BYTE, MEMORY + size * MEMORY_A_BYTE)


class _Answer(Struct, frozen=True):
    """What a process sends: a value, what it was refused with, or in a word how it failed."""

    value: Any = None
    refused: tuple[Diagnostic, ...] | None = None
    failed: str = ""


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
    bounds = Bounds(order.seconds, order.memory)
    return apart(order.name, bounds, _file_examined, order, strict=order.strict)


def apart(
    name: str, bounds: Bounds, read: Callable[..., T], *arguments: object, strict: bool = False
) -> T:
    """Return what a function of a module makes of a file, called in a new process.

    Raises `Refused` with what it was refused with there, or with N906 and N907, where `name` is
    the file. `strict` has the process say in full what went wrong in our code.
    """
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    work = (bounds, strict, theirs, read, *arguments)
    process = context.Process(target=_work, args=work, daemon=True)
    try:
        process.start()
        theirs.close()
        answer = _received(ours, bounds.seconds)
    finally:
        ours.close()
        _end(process)
    if answer.failed == "time":
        values: dict[str, str | int] = {"seconds": round(bounds.seconds)}
        raise Refused([Diagnostic("N906", Spot(name), values)])
    if answer.failed:
        raise Refused([Diagnostic("N907", Spot(name), {"reason": Term(answer.failed)})])
    if answer.refused is not None:
        raise Refused(answer.refused)
    value: T = answer.value
    return value


def _received(ours: Connection, seconds: float) -> _Answer:
    """Return what the process sent; a failure where it sent nothing."""
    if not ours.poll(seconds):
        return _Answer(failed="time")
    try:
        answer: _Answer = ours.recv()
    except (EOFError, OSError):
        return _Answer(failed="crash")
    return answer


def _end(process: multiprocessing.process.BaseProcess) -> None:
    if process.pid is None:  # it did not start
        return
    process.join(0.1)
    if process.is_alive():
        process.kill()
    process.join(PATIENCE)


def _work(
    bounds: Bounds,
    strict: bool,  # noqa: FBT001 - Process takes arguments by their places
    answer: Connection,
    read: Callable[..., object],
    *arguments: object,
) -> None:
    """Read and send: what the process is made for."""
    if not strict:
        _silence()
    _limit(bounds)
    try:
        answer.send(_Answer(read(*arguments)))
    except Refused as refusal:
        answer.send(_Answer(refused=tuple(refusal.diagnostics)))
    except MemoryError:
        answer.send(_Answer(failed="memory"))
    except Exception:
        if strict:
            raise
        answer.send(_Answer(failed="crash"))


def _silence() -> None:
    """Let no library write its last words into our messages; the answer says what there is."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)


def _limit(bounds: Bounds) -> None:
    """Bound this process, where the system can; it ends by itself if nobody waits for it."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        _lower(resource.RLIMIT_CPU, math.ceil(bounds.seconds + PATIENCE))
        _lower(resource.RLIMIT_AS, bounds.memory)


def _lower(limit: int, most: int) -> None:
    """Set a limit of the system for this process; one that is lower already stays."""
    import resource

    _soft, hard = resource.getrlimit(limit)
    most = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(limit, (most, most))


def _file_examined(order: Order) -> Examined:
    return examined(order, order.path.read_bytes())


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
