"""The fixity of a bag: whether every file still is what was archived.

In: a bag's folder and its entry in the log. Out: a diagnostic for each damage, with the file's
name. Trust goes from the log to the tag manifests, from these to the manifests, from these to the
files; a link of this chain that does not hold is named, and the other algorithm stands in for it.
Files are read piece by piece and links are never followed.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path

from msgspec import Struct, field

from newsletter.archive.bag import (
    MANIFESTS,
    PAYLOAD,
    TAG_MANIFESTS,
    BagError,
    digests_of,
    read_manifest,
)
from newsletter.archive.log import Entry, Log
from newsletter.diagnostics import Diagnostic, Spot, Term, Values

WRITABLE = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH
Digests = dict[str, dict[str, str]]
"""By a file's name: its digests by algorithm."""


class _Survey(Struct):
    """What lies in a bag: plain files, what is neither file nor folder, what may be written."""

    files: set[str] = field(default_factory=set)
    odd: list[str] = field(default_factory=list)
    writable: list[str] = field(default_factory=list)
    closed: dict[str, str] = field(default_factory=dict)
    """Folders that cannot be read, and why."""


def inspect_bag(folder: Path, shown: str, entry: Entry, log: Log) -> list[Diagnostic]:
    """Return every damage of a bag; `shown` is the name of its folder in messages."""
    if folder.is_symlink():
        return [Diagnostic("N783", Spot(shown))]
    return list(_Inspection(folder, shown, entry, log).findings())


class _Inspection(Struct):
    folder: Path
    shown: str
    entry: Entry
    log: Log
    lies: _Survey = field(default_factory=_Survey)

    def findings(self) -> Iterator[Diagnostic]:
        self.lies = survey(self.folder)
        for name in self.lies.odd:
            yield self._said("N783", name)
        for name, reason in self.lies.closed.items():
            yield self._said("N785", name, reason=reason)
        tags: Digests = {}
        yield from self._seals(tags)
        payload: Digests = {}
        yield from self._manifests(tags, payload)
        yield from self._files({**tags, **payload})
        yield from self._rights()

    def _seals(self, tags: Digests) -> Iterator[Diagnostic]:
        """Yield what is wrong with the tag manifests; gather what they say of other tag files."""
        seal = {name: self._digest(name, "sha256") for name in TAG_MANIFESTS}
        owner = self.log.seals.get(seal[TAG_MANIFESTS[0]])
        swapped = owner is not None and owner.name != self.entry.name
        if swapped and owner is not None:
            values: Values = {"bag": self.entry.name, "other": owner.name}
            yield Diagnostic("N780", Spot(self.shown), values)
        sealed = owner.seal if swapped and owner is not None else self.entry.seal
        for name, found in seal.items():
            if found and found != sealed.get(name):
                log = sealed.get(name, "—")
                yield self._said("N777", name, "seal", log=log)
        good = [name for name, found in seal.items() if found and found == sealed.get(name)]
        for name in good or [name for name, found in seal.items() if found]:
            yield from self._gather(name, tags)

    def _manifests(self, tags: Digests, payload: Digests) -> Iterator[Diagnostic]:
        """Yield the manifests that were edited; gather what the others say of the payload."""
        there = [name for name in MANIFESTS if name in self.lies.files]
        good = [name for name in there if self._holds(name, tags.get(name, {}))]
        for name in there:
            if name not in good:
                tags.pop(name, None)
                yield self._said("N777", name)
        for name in good or there:
            yield from self._gather(name, payload)

    def _gather(self, name: str, digests: Digests) -> Iterator[Diagnostic]:
        algorithm = name.removesuffix(".txt").rpartition("-")[2]
        try:
            for file, digest in read_manifest(self.folder, name).items():
                digests.setdefault(file, {})[algorithm] = digest
        except BagError as error:
            yield self._said("N777", name, "unreadable", reason=error.reason)

    def _files(self, expected: Digests) -> Iterator[Diagnostic]:
        """Yield files that are changed, missing, added or renamed."""
        known = {*expected, *TAG_MANIFESTS, *MANIFESTS}
        absent = [name for name in sorted(known - self.lies.files) if not self._is_hidden(name)]
        added = dict(self._unknown(known))
        for name in absent:
            wanted = expected.get(name, {}).get("sha256", "?")
            other = next((new for new, digest in added.items() if digest == wanted), None)
            if other is None:
                yield self._said("N774", name)
            else:
                del added[other]
                yield self._said("N776", other, other=name)
        for name in added:
            yield self._said("N775", name)
        for name in sorted(expected.keys() & self.lies.files):
            yield from self._content(name, expected[name])

    def _unknown(self, known: set[str]) -> Iterator[tuple[str, str]]:
        for name in sorted(self.lies.files - known):
            yield name, self._digest(name, "sha256")

    def _is_hidden(self, name: str) -> bool:
        """Tell whether a file is behind a link or in a folder that cannot be read."""
        barred = (*self.lies.odd, *self.lies.closed)
        return any(name == place or name.startswith(f"{place}/") for place in barred)

    def _content(self, name: str, wanted: Mapping[str, str]) -> Iterator[Diagnostic]:
        try:
            found = digests_of(self.folder / name, wanted)
        except OSError as error:
            yield self._said("N785", name, reason=Term(error.strerror or str(error)))
            return
        if found != wanted:
            hint = "default" if name.startswith(f"{PAYLOAD}/") else "tag"
            yield self._said("N773", name, hint, bag=self.entry.name)

    def _rights(self) -> Iterator[Diagnostic]:
        if self.lies.writable:
            values: Values = {"count": len(self.lies.writable), "bag": self.shown}
            first = self.lies.writable[0] or self.shown
            yield Diagnostic("N782", Spot(self.shown), {**values, "first": first})

    def _digest(self, name: str, algorithm: str) -> str:
        """Return a file's digest, or nothing where it cannot be read."""
        if name not in self.lies.files:
            return ""
        try:
            return digests_of(self.folder / name, [algorithm])[algorithm]
        except OSError:
            return ""

    def _holds(self, name: str, wanted: Mapping[str, str]) -> bool:
        return bool(wanted) and all(
            self._digest(name, algorithm) == digest for algorithm, digest in wanted.items()
        )

    def _said(self, code: str, name: str, hint: str = "default", **values: str | int) -> Diagnostic:
        return Diagnostic(code, Spot(f"{self.shown}/{name}"), values, hint=hint)


def survey(folder: Path) -> _Survey:
    """Return what lies in a folder, without following links."""
    found = _Survey()
    waiting = [""]
    while waiting:
        name = waiting.pop()
        try:
            if (folder / name).lstat().st_mode & WRITABLE:
                found.writable.append(name)
            with os.scandir(folder / name) as entries:
                inside = sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            found.closed[name or "."] = Term(error.strerror or str(error))
            continue
        for entry in inside:
            path = f"{name}/{entry.name}" if name else entry.name
            if entry.is_dir(follow_symlinks=False):
                waiting.append(path)
            elif entry.is_file(follow_symlinks=False):
                found.files.add(path)
                if entry.stat(follow_symlinks=False).st_mode & WRITABLE:
                    found.writable.append(path)
            else:
                found.odd.append(path)
    return found
