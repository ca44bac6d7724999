"""Building again: whether a bag's own source still gives the files that were archived.

In: a bag. Out: nothing where all bytes agree; else for each file which pages look otherwise and
which have other words, and what has changed since: a library, a package, our code, a font.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from pathlib import Path
from typing import get_args

from msgspec.structs import replace

from newsletter.archive.bag import PAYLOAD
from newsletter.archive.leaves import LeafError, page_texts, pictures
from newsletter.archive.log import Entry
from newsletter.archive.reading import content_of
from newsletter.archive.recipe import LOCK_FILE, Recipe, changes, read_recipe, recipe_of
from newsletter.archive.source import FOLDER, source_of
from newsletter.archive.stacks import Archive
from newsletter.diagnostics import Diagnostic, Refused, Severity, Spot, Values, listed
from newsletter.edition import EDITION_FILE, Edition, build_copy
from newsletter.issue.loader import PUBLICATION_FILE, load_copy
from newsletter.issue.models import Profile
from newsletter.workroom import workroom

NOTHING = "—"
DIGEST = 64
MOST_CAUSES = 12


def rebuild(archive: Archive, entry: Entry) -> list[Diagnostic]:
    """Build a bag's source in a folder of its own and compare the files byte by byte."""
    data = archive.path(entry.name) / PAYLOAD
    shown = f"{archive.folder.name}/{entry.name}"
    if not (data / FOLDER / PUBLICATION_FILE).is_file():
        return [Diagnostic("N788", Spot(shown), {"bag": entry.name})]
    lock = _lock(data)
    with tempfile.TemporaryDirectory(prefix="newsletter-rebuild-", dir=workroom()) as folder:
        try:
            made = _build(data, entry.issue, Path(folder))
        except Refused as refusal:
            version = lock.get("newsletter", {}).get("version", "?")
            values: Values = {"bag": entry.name, "version": version}
            said = [replace(d, severity_override=Severity.NOTE) for d in refusal.diagnostics]
            return [*said, Diagnostic("N788", Spot(shown), values, hint="refused")]
        return list(_compare(data, f"{shown}/{PAYLOAD}", made, lock))


def _build(data: Path, issue: str, folder: Path) -> Edition:
    """Build the profiles that were archived, whatever the tool of today has against them."""
    kept = {path.stem.removeprefix(f"{issue}-") for path in (data / "pdf").glob("*.pdf")}
    profiles = [profile for profile in get_args(Profile) if profile in kept]
    copy = load_copy(data / FOLDER, issue)
    return build_copy(copy, profiles, folder, judge=lambda _findings: None)


def _lock(data: Path) -> Recipe:
    try:
        return read_recipe(content_of(data / LOCK_FILE))
    except OSError:
        return {}


def _compare(data: Path, shown: str, made: Edition, lock: Recipe) -> Iterator[Diagnostic]:
    pairs = {f"pdf/{path.name}": path for path in made.files.values()}
    pairs[EDITION_FILE] = next(iter(made.files.values())).parent / EDITION_FILE
    different = {
        name: path
        for name, path in pairs.items()
        if not (data / name).is_file() or (data / name).read_bytes() != path.read_bytes()
    }
    if not different:
        return
    causes = listed(causes_of(lock, made))
    if len(different) > 1:
        different.pop(EDITION_FILE, None)  # it holds the digests of the others
    for name, path in different.items():
        values: Values = {"causes": causes, **compared(data / name, path)}
        hint = "default" if causes else "unknown"
        yield Diagnostic("N787", Spot(f"{shown}/{name}"), values, hint=hint)


def causes_of(lock: Recipe, made: Edition) -> list[str]:
    """Return what changed since the bag was written, as `pango 1.50.12 → 1.52.0`."""
    assert made.laid_out is not None  # noqa: S101 - a build always tells
    source = source_of(made.laid_out.galley)
    found = [
        f"{name} {_short(was)} → {_short(is_now)}"
        for _kind, name, was, is_now in changes(lock, recipe_of(made.inputs, source))
    ]
    more = len(found) - MOST_CAUSES
    return [*found[:MOST_CAUSES], *([f"+{more}"] if more > 0 else [])]


def _short(value: str) -> str:
    return f"{value[:8]}…" if len(value) == DIGEST else value or NOTHING


def compared(old: Path, new: Path) -> Values:
    """Return how two PDFs differ: counts of pages, pages that look otherwise, with other words."""
    try:
        texts = page_texts(old), page_texts(new)
        drawn = [thumbnail for thumbnail, _ in pictures(old)], [t for t, _ in pictures(new)]
    except (LeafError, OSError):
        return {"old": "?", "new": "?", "looks": NOTHING, "words": NOTHING}
    return {
        "old": len(texts[0]),
        "new": len(texts[1]),
        "looks": _different(*drawn),
        "words": _different(*texts),
    }


def _different(old: Sequence[object], new: Sequence[object]) -> str:
    """Return the numbers of the pages that differ."""
    pairs = enumerate(zip_longest(old, new), 1)
    return listed(str(n) for n, (before, after) in pairs if before != after) or NOTHING
