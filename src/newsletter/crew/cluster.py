"""Tasks done by the workers of a Dask cluster.

In: the address of a scheduler, tasks. Out: the same files as the pool would have made, written
here, and what came of each task. The publication travels as bytes and so do the files, so that
nothing need be shared but the network; who may speak to the scheduler may have its workers do
anything, which is for the network to guard. Scheduling, and a worker that is lost, are Dask's.
"""

from __future__ import annotations

import logging
import tempfile
import threading
import time
import uuid
import warnings
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct

from newsletter.archive.libraries import code_digest, libraries, packages
from newsletter.crew.parcel import Parcel, issue_parcel, shared_parcel, unpack
from newsletter.crew.task import Outcome, Task, ended
from newsletter.diagnostics import Diagnostic, Refused, Term
from newsletter.edition import build, record, record_path
from newsletter.workroom import workroom
from newsletter.writing import write_together

CONNECTING_S = 10.0
"""How long a scheduler is waited for, and then its first worker."""
LONELY_S = 60.0
"""How long all workers may be away before what is left is given up."""
LOOK_EVERY_S = 2.0
SHORT = 12
_ALONE = threading.Lock()
"""One build at a time in a process: the composer stands in for functions of the whole process."""

Told = Callable[[Outcome], None]


class Delivery(Struct, frozen=True):
    """What a worker made: files by their names, its findings, the versions it was made with."""

    files: Mapping[str, bytes]
    findings: tuple[Diagnostic, ...]
    versions: Mapping[str, str]
    shown: tuple[str, ...]


# Here -----------------------------------------------------------------------------------------


def build_elsewhere(address: str, tasks: Sequence[Task], told: Told) -> None:
    """Have all tasks done by the cluster at `address`; `told` hears of each as it is done.

    Raises `Refused` with N725 or N726 when there is no cluster to speak to.
    """
    try:
        import distributed
    except ImportError as error:
        raise Refused([Diagnostic("N725")]) from error
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    with _connected(distributed, address) as client, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that the parcels are large is known
        token = uuid.uuid4().hex[:SHORT]
        shared = client.submit(_kept, shared_parcel(tasks[0].root), key=f"newsletter-{token}")
        waiting = {
            client.submit(
                make,
                _without_proof(task),
                shared,
                issue_parcel(task.root, task.issue),
                key=f"newsletter-{token}-{task.issue}",
            ): task
            for task in tasks
        }
        _collect(client, waiting, told)


def _connected(distributed: Any, address: str) -> Any:  # noqa: ANN401 - an extra's
    """Return a client of the scheduler, which has a worker; raises `Refused`."""
    values: dict[str, str | int] = {"address": address}
    try:
        client = distributed.Client(address, timeout=CONNECTING_S)
    except (OSError, ValueError, RuntimeError) as error:
        values["reason"] = str(error).split("\n")[0] or type(error).__name__
        raise Refused([Diagnostic("N726", None, values)]) from error
    try:
        client.wait_for_workers(1, timeout=CONNECTING_S)
    except (OSError, TimeoutError) as error:
        client.close()
        values["reason"] = Term("no workers")
        raise Refused([Diagnostic("N726", None, values, hint="workers")]) from error
    return client


def _without_proof(task: Task) -> Task:
    """Return a task as it travels: proofs and notes are made here."""
    return Task(Path(), task.issue, task.profiles, task.layout)


def _collect(client: Any, waiting: dict[Any, Task], told: Told) -> None:  # noqa: ANN401
    """Write what arrives until nothing is waited for, or nobody is left to work."""
    from distributed import wait  # type: ignore[attr-defined,unused-ignore]

    wait_for: Any = wait
    seen = time.monotonic()
    while waiting:
        try:
            done = wait_for([*waiting], timeout=LOOK_EVERY_S, return_when="FIRST_COMPLETED").done
        except TimeoutError:
            done = ()
        for future in done:
            told(_outcome(waiting.pop(future), future))
        if done or client.scheduler_info(n_workers=1)["workers"]:
            seen = time.monotonic()
        elif time.monotonic() - seen > LONELY_S:
            for task in waiting.values():
                told(ended(task, "no workers"))
            return


def _outcome(task: Task, future: Any) -> Outcome:  # noqa: ANN401
    """Write the files of a task that is done, and say what came of it."""
    if future.status != "finished":
        error = future.exception() if future.status == "error" else None
        return ended(task, f"{type(error).__name__}: {error}" if error else str(future.status))
    delivery: Delivery = future.result()
    strange = _differing(task.issue, delivery.versions)
    if strange:
        return Outcome(task.issue, findings=(strange,))
    folder = task.root / "build" / task.issue
    try:
        if delivery.files:
            write_together({folder / name: data for name, data in delivery.files.items()})
    except Refused as refusal:
        return Outcome(task.issue, findings=tuple(refusal.diagnostics))
    shown = tuple(folder / name for name in delivery.shown)
    return Outcome(task.issue, shown, delivery.findings)


def _differing(issue: str, theirs: Mapping[str, str]) -> Diagnostic | None:
    """Return the first version in which a worker differs from this machine, as a finding."""
    ours = versions()
    for name in sorted({*ours, *theirs}):
        if ours.get(name) != theirs.get(name):
            values: dict[str, str | int] = {
                "issue": issue,
                "name": name,
                "theirs": theirs.get(name, "—")[:SHORT],
                "ours": ours.get(name, "—")[:SHORT],
            }
            return Diagnostic("N727", None, values)
    return None


def versions() -> dict[str, str]:
    """Return all on which the bytes of a file depend beside its inputs; see `archive.libraries`."""
    return {**packages(), **libraries(), "newsletter": code_digest()}


# On a worker ----------------------------------------------------------------------------------


def _kept(parcel: Parcel) -> Parcel:
    """Return a parcel; as a task of its own it is done again when a worker is lost that had it."""
    return parcel


def make(task: Task, *parcels: Parcel) -> Delivery:
    """Build an issue from parcels, in a folder that is taken away; what is refused is said too."""
    with tempfile.TemporaryDirectory(prefix="newsletter-", dir=workroom()) as folder, _ALONE:
        root = Path(folder).resolve() / "publication"
        for parcel in parcels:
            unpack(parcel, root)
        try:
            made = build(root, task.issue, task.profiles or None, layout=task.layout)
        except Refused as refusal:
            return Delivery({}, tuple(refusal.diagnostics), versions(), ())
        shown = tuple(path.name for path in made.files.values())
        files = {path.name: path.read_bytes() for path in made.files.values()}
        place = record_path(root, task.issue, task.layout)
        return Delivery(files | {place.name: record(made)}, made.findings, versions(), shown)
