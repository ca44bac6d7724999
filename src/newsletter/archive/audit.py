"""The audit: whether the whole archive is what its log says.

In: an archive, which of its bags to look at. Out: an `Audit` with every damage of log, catalogue
and bags. What was found in each bag is noted in `.verify`, so that an audit that was interrupted
goes on where it stopped; an audit that comes to its end takes the note away. Memory does not grow
with the archive: one bag is looked at after the other, its files piece by piece.
"""

from __future__ import annotations

import contextlib
import random
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from msgspec import Struct, field

from newsletter.archive.accession import LOG_LABEL
from newsletter.archive.bag import TAG_MANIFESTS, BagError, Labels, read_labels
from newsletter.archive.bookmark import NOTE, Bookmark, bookmarked, state_of
from newsletter.archive.fixity import inspect_bag
from newsletter.archive.log import BEGINNING, LOG_FILE, Entry, Log, hash_of
from newsletter.archive.objection import OBJECTION
from newsletter.archive.reading import content_of
from newsletter.archive.signature import owner_of, signature_problems
from newsletter.archive.stacks import FOLDER, Archive, in_order, seal_of
from newsletter.diagnostics import Diagnostic, Refused, Spot, Values, listed

CATALOGUE = "catalogue.sqlite"
SHOWN_NAMES = 12
MAY_BE_WRITTEN = "N782"
"""The one damage that leaves the content what it was."""
Progress = Callable[[int, int, str], None]


class Scope(Struct, frozen=True):
    """What to look at: these bags or issues, a number of bags by chance, or all of them.

    `head` is a line's hash that somebody noted before and that the log must still hold.
    """

    names: tuple[str, ...] = ()
    sample: int = 0
    restart: bool = False
    head: str = ""

    @property
    def is_whole(self) -> bool:
        """Tell whether all bags are looked at."""
        return not self.names and not self.sample


class Audit(Struct):
    """What was found, in how many bags, how many of these in an earlier run; the log's head."""

    findings: list[Diagnostic] = field(default_factory=list)
    checked: list[str] = field(default_factory=list)
    resumed: int = 0
    head: str = BEGINNING


def audit(
    archive: Archive, scope: Scope, progress: Progress = lambda _done, _all, _name: None
) -> Audit:
    """Look at an archive; raises `Refused` when a bag that was named is not there."""
    log, present = archive.settled()
    shown = archive.folder.name
    result = Audit(head=log.head)
    chosen = chosen_bags(log, present, scope)
    result.findings += [_placed(found, shown) for found in log.findings]
    if scope.is_whole or not log.entries:
        result.findings += _around(archive, log, present)
    if scope.is_whole:
        result.findings += catalogue_damage(archive.folder / CATALOGUE, f"{shown}/{CATALOGUE}")
    if scope.head and scope.head not in hashes_of(archive.log_path):
        values: Values = {"hash": scope.head, "count": len(log.entries)}
        result.findings.append(Diagnostic("N730", Spot(f"{shown}/{LOG_FILE}"), values))
    with _bookmark(archive, scope) as (known, note):
        for number, entry in enumerate(chosen, 1):
            progress(number, len(chosen), entry.name)
            state = state_of(archive.path(entry.name), entry)
            found = known.get((entry.name, state))
            if found is None:
                found = look(archive, entry, log, is_there=entry.name in present)
                found += signature_problems(archive, entry.name)
                note(entry.name, state, found)
            else:
                result.resumed += 1
            result.findings += found
            result.checked.append(entry.name)
    return result


def _bookmark(archive: Archive, scope: Scope) -> contextlib.AbstractContextManager[Bookmark]:
    """Return the bookmark of a whole audit; one of a few bags has none."""
    if scope.is_whole:
        return bookmarked(archive.folder / NOTE, restart=scope.restart)
    return contextlib.nullcontext(({}, lambda _name, _state, _found: None))


def chosen_bags(log: Log, present: Sequence[str], scope: Scope) -> list[Entry]:
    """Return the entries of the bags to look at; raises `Refused` where there is none."""
    entries = {entry.name: entry for entry in log.entries}
    chosen = sorted(entries, key=in_order)
    if scope.names:
        asked = [name.rstrip("/").removeprefix(f"{FOLDER}/") for name in scope.names]
        named = [
            name
            for name in sorted({*entries, *present}, key=in_order)
            if any(name == wanted or name.startswith(f"{wanted}/") for wanted in asked)
        ]
        if not named:
            raise Refused([no_such_bag(log, scope.names[0])])
        unknown = [name for name in named if name not in entries]
        if unknown:
            raise Refused(Diagnostic("N781", None, {"bag": name}) for name in unknown)
        chosen = named
    if scope.sample:
        picked = random.SystemRandom().sample(chosen, min(scope.sample, len(chosen)))
        chosen = sorted(picked, key=in_order)
    return [entries[name] for name in chosen]


def sound_bag(archive: Archive, log: Log, present: Sequence[str], name: str) -> Entry:
    """Return the last version of an issue, or the one that is named; raises `Refused`.

    A bag that is missing or damaged is refused with all that is wrong with it.
    """
    entry = chosen_bags(log, present, Scope((name,)))[-1]
    damage = look(archive, entry, log, is_there=entry.name in present)
    if any(found.code != MAY_BE_WRITTEN for found in damage):
        raise Refused(damage)
    return entry


def no_such_bag(log: Log, name: str) -> Diagnostic:
    """Return what is said of a name that the archive does not know."""
    issue = name.partition("/")[0]
    versions = [f"v{entry.version}" for entry in log.entries if entry.issue == issue]
    if versions:
        values: Values = {"name": name, "issue": issue, "names": listed(versions)}
        return Diagnostic("N770", None, values, hint="version")
    issues = list(dict.fromkeys(entry.issue for entry in log.entries))
    shown = listed([*issues[:SHOWN_NAMES], *(["…"] if len(issues) > SHOWN_NAMES else [])])
    return Diagnostic(
        "N770", None, {"name": name, "names": shown}, hint="bag" if issues else "empty"
    )


def hashes_of(log: Path) -> set[str]:
    """Return the hashes of all lines of a log, and of its beginning."""
    try:
        lines = content_of(log).split(b"\n")
    except OSError:
        lines = []
    return {BEGINNING, *(hash_of(line) for line in lines if line)}


def _placed(found: Diagnostic, shown: str) -> Diagnostic:
    return Diagnostic(found.code, Spot(f"{shown}/{LOG_FILE}"), found.values, found.hint)


# One bag ------------------------------------------------------------------------------------


def look(archive: Archive, entry: Entry, log: Log, *, is_there: bool) -> list[Diagnostic]:
    """Return all that is wrong with one bag, also with how it fits the log."""
    shown = f"{archive.folder.name}/{entry.name}"
    if not is_there:
        values: Values = {"bag": entry.name, "date": entry.time[:10]}
        return [Diagnostic("N786", Spot(shown), values)]
    folder = archive.path(entry.name)
    found = inspect_bag(folder, shown, entry, log)
    sound = seal_of(folder) == dict(entry.seal)
    return found + (list(_against_log(folder, entry, log, archive.folder.name)) if sound else [])


def _against_log(folder: Path, entry: Entry, log: Log, shown: str) -> Iterator[Diagnostic]:
    """Yield where a sound bag and its line in the log tell different stories.

    The bag holds the hash of the log as it was, and what its line says: who writes the log anew,
    from its beginning or only its last line, cannot make them fit without breaking the bag's seal.
    """
    try:
        told = read_labels(folder)
    except BagError:
        return
    labels = dict(told)
    spot = Spot(f"{shown}/{LOG_FILE}")
    values: Values = {"line": entry.number, "bag": entry.name}
    if labels.get(LOG_LABEL) != entry.previous:
        yield Diagnostic("N778", spot, {**values, "hash": labels.get(LOG_LABEL, "—")}, "bag")
    day = labels.get("Bagging-Date", "")
    if day > entry.time[:10]:
        yield Diagnostic("N778", spot, {**values, "time": entry.time, "before": day}, "time")
    for said, kept in _both_say(entry, log, told):
        yield Diagnostic("N778", spot, {**values, "said": said or "—", "kept": kept or "—"}, "said")


def _both_say(entry: Entry, log: Log, told: Labels) -> Iterator[tuple[str, str]]:
    """Yield what a line says, and its bag, where one of them is not what the other is."""
    labels = dict(told)
    for label, said in (
        ("External-Description", entry.title),
        ("Newsletter-Reason", entry.reason),
        ("Newsletter-Despite", entry.despite),
    ):
        kept = labels.get(label, "")
        if " ".join(said.split()) != kept:
            yield said, kept
    count = labels.get("Payload-Oxum", "").rpartition(".")[2]
    if count != str(entry.files):
        yield str(entry.files), count
    last = max((one.time[:10] for one in log.entries if one.number < entry.number), default="")
    day = max(labels.get("Bagging-Date", ""), last)
    if entry.time[:10] > day:
        yield entry.time, day
    objections = [kept for label, kept in told if label == OBJECTION]
    unknown = [code for code in entry.refused if not any(code in kept for kept in objections)]
    if unknown or bool(objections) != bool(entry.refused):
        yield listed(entry.refused), "; ".join(objections)


# Around the bags ----------------------------------------------------------------------------


def _around(archive: Archive, log: Log, present: Sequence[str]) -> Iterator[Diagnostic]:
    """Yield what stands in the archive and does not belong there."""
    shown = archive.folder.name
    logged = {entry.name for entry in log.entries}
    for name in present:
        if name not in logged:
            yield _foreign(archive, log, name, Spot(f"{shown}/{name}"))
    for path in sorted(archive.folder.iterdir()):
        if path.is_symlink():
            yield Diagnostic("N783", Spot(f"{shown}/{path.name}"))
        elif path.is_dir() and not path.name.startswith("."):
            for inside in sorted(path.iterdir()):
                owner = owner_of(inside)
                if inside.is_file() and not inside.is_symlink() and not (owner and owner.is_dir()):
                    yield Diagnostic("N775", Spot(f"{shown}/{path.name}/{inside.name}"))


def _foreign(archive: Archive, log: Log, name: str, spot: Spot) -> Diagnostic:
    folder = archive.path(name)
    values: Values = {"bag": name}
    owner = log.seals.get(seal_of(folder).get(TAG_MANIFESTS[0], "?"))
    if owner is not None:
        return Diagnostic("N781", spot, {**values, "other": owner.name}, hint="copy")
    cut = False
    with contextlib.suppress(BagError):
        cut = name == dict(read_labels(folder)).get("Internal-Sender-Identifier")
    return Diagnostic("N781", spot, values, hint="dropped" if cut else "default")


def catalogue_damage(path: Path, shown: str) -> Iterator[Diagnostic]:
    """Yield what SQLite finds wrong with the catalogue, if there is one."""
    if not path.exists():
        return
    reason = ""
    try:
        with contextlib.closing(
            sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
        ) as base:
            answer = str(base.execute("PRAGMA integrity_check(1)").fetchone()[0])
            reason = "" if answer == "ok" else answer.partition("\n")[0]
    except sqlite3.Error as error:
        reason = str(error)
    if reason:
        yield Diagnostic("N784", Spot(shown), {"reason": reason})
