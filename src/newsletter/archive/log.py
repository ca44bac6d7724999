"""The log: what came into the archive and when, each entry tied to the one before.

In: the archive's `log.jsonl`, one entry a line in JSON. Out: `Entry`s and what is wrong with
their chain. Each entry holds the SHA-256 of the line before it, its own number and a time that is
never earlier than the last; so an entry that was changed, taken out, moved or dated back breaks
the chain. What no chain can show is that its end was cut off: the bags themselves show that, as
each keeps the hash of the log as it was when the bag was written.

This is the only module that reads the clock.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct, field

from newsletter.archive.bag import TAG_MANIFESTS
from newsletter.archive.reading import content_of
from newsletter.diagnostics import Diagnostic, Spot, Values

LOG_FILE = "log.jsonl"
ACTS = ("archived", "added")
NAME = re.compile(r"(?P<issue>[A-Za-z0-9][A-Za-z0-9._-]*)/v(?P<version>[1-9][0-9]{0,8})")
"""What a bag can be called: an issue's id and the number of its version."""
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
BEGINNING = "0" * 64
"""What the first entry holds in the place of a hash."""


class Entry(Struct, frozen=True):
    """One line: what came in, when, why, and the digests that seal its bag.

    `act` is `archived` for an issue built here and `added` for one that came as PDF. `seal` holds
    the SHA-256 of both tag manifests, which hold those of all other files. `refused` are the codes
    that spoke against it and `despite` why it was kept all the same.
    """

    number: int
    time: str
    act: str
    issue: str
    version: int
    seal: Mapping[str, str]
    title: str = ""
    files: int = 0
    octets: int = 0
    reason: str = ""
    despite: str = ""
    refused: tuple[str, ...] = ()
    previous: str = BEGINNING

    @property
    def name(self) -> str:
        """The name of its bag, such as 2021/v1."""
        return f"{self.issue}/v{self.version}"

    def line(self) -> bytes:
        """Return the entry as it stands in the log, with its line break."""
        said = {name: getattr(self, name) for name in self.__struct_fields__}
        return (json.dumps(said, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


class Log(Struct, frozen=True):
    """The entries that could be read, the hash of the last line, and what is wrong."""

    entries: tuple[Entry, ...] = ()
    head: str = BEGINNING
    findings: tuple[Diagnostic, ...] = ()
    seals: Mapping[str, Entry] = field(default_factory=dict)

    def of(self, name: str) -> Entry | None:
        """Return the entry of a bag."""
        return next((entry for entry in reversed(self.entries) if entry.name == name), None)


def now() -> str:
    """Return the time in UTC, to the second (ISO 8601)."""
    return dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def hash_of(line: bytes) -> str:
    """Return the hash of a line without its line break."""
    return hashlib.sha256(line.rstrip(b"\n")).hexdigest()


def read_log(path: Path) -> Log:
    """Read a log; one that is not there is empty. Raises `OSError`."""
    try:
        data = content_of(path)
    except FileNotFoundError:
        return Log()
    return parse_log(data)


def parse_log(data: bytes) -> Log:
    """Take a log apart and look whether its chain holds."""
    entries: list[Entry] = []
    findings: list[Diagnostic] = []
    head = BEGINNING
    lines = data.split(b"\n")
    if lines.pop():
        findings.append(_broken(len(lines) + 1, "torn"))
    for number, line in enumerate(lines, 1):
        entry = read_entry(line)
        if entry is None:
            findings.append(_broken(number, "unreadable"))
        else:
            findings += _misfits(entry, entries, head, number)
            entries.append(entry)
        head = hash_of(line)
    seals = {entry.seal.get(TAG_MANIFESTS[0], ""): entry for entry in entries}
    return Log(tuple(entries), head, tuple(findings), seals)


def read_entry(line: bytes) -> Entry | None:
    """Return the entry of a line; None if it is none, or is not written as this tool writes."""
    try:
        said: dict[str, Any] = json.loads(line)
        entry = Entry(**{**said, "refused": tuple(said.get("refused", ()))})
    except (ValueError, TypeError, AttributeError, RecursionError):
        return None
    return entry if _is_sound(entry) else None


def _is_sound(entry: Entry) -> bool:
    """Tell whether all values are of their kind, and the name is one that a bag can have."""
    numbers = (entry.number, entry.version, entry.files, entry.octets)
    texts = (entry.time, entry.act, entry.issue, entry.title, entry.reason, entry.despite)
    seal = [*entry.seal.items()] if isinstance(entry.seal, dict) else [(0, 0)]
    return (
        all(isinstance(value, int) for value in numbers)
        and all(isinstance(v, str) for v in (*texts, entry.previous, *entry.refused))
        and all(isinstance(part, str) for pair in seal for part in pair)
        and entry.act in ACTS
        and bool(TIME.fullmatch(entry.time))
        and bool(NAME.fullmatch(entry.name))
    )


def _misfits(entry: Entry, before: Sequence[Entry], head: str, number: int) -> Iterator[Diagnostic]:
    """Yield how an entry does not follow the lines before it."""
    last = before[-1] if before else None
    skipped = entry.number - (last.number if last else 0) - 1
    if skipped > 0:
        yield _broken(number, "dropped", count=skipped)
    elif skipped < 0:
        yield _broken(number, "order")
    elif entry.previous != head:
        yield _broken(number, "edited", changed=number - 1)
    if last and entry.time < last.time:
        yield _broken(number, "time", time=entry.time, before=last.time)


def _broken(line: int, how: str, **more: str | int) -> Diagnostic:
    code = "N779" if how == "dropped" else "N778"
    values: Values = {"line": line, **more}
    return Diagnostic(code, Spot(LOG_FILE), values, hint="default" if code == "N779" else how)


# Writing ------------------------------------------------------------------------------------


def append(path: Path, line: bytes) -> None:
    """Write a line to the end of the log, through to the disk; raises `OSError`."""
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
    try:
        left = memoryview(line)
        while left:
            left = left[os.write(handle, left) :]
        os.fsync(handle)
    finally:
        os.close(handle)
