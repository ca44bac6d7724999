"""What of a publication a build reads, as bytes to be sent, and as files again.

In: a publication's folder. Out: a `Parcel`; a folder made of parcels. Links stay links, so that
one that leads out of the publication is refused there as it would be here.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from msgspec import Struct

SHARED = ("newsletter.yaml", "layouts", "fonts", "profiles")
"""What all issues of a publication have in common."""
ISSUES = "issues"


class Parcel(Struct, frozen=True):
    """Files by their paths in the publication, with forward slashes; where links lead."""

    files: Mapping[str, bytes]
    links: Mapping[str, str]


def shared_parcel(root: Path) -> Parcel:
    """Return what all issues need."""
    return _parcel(root, SHARED)


def issue_parcel(root: Path, issue: str) -> Parcel:
    """Return the folder of one issue."""
    return _parcel(root, (f"{ISSUES}/{issue}",))


def _parcel(root: Path, names: tuple[str, ...]) -> Parcel:
    files: dict[str, bytes] = {}
    links: dict[str, str] = {}
    for name in names:
        for path in _below(root / name):
            within = path.relative_to(root).as_posix()
            if path.is_symlink():
                links[within] = str(path.readlink())
            elif path.is_file():
                files[within] = path.read_bytes()
    return Parcel(files, links)


def _below(path: Path) -> Iterator[Path]:
    """Yield a file, or all that lies in a folder; links are not followed."""
    if path.is_symlink() or not path.is_dir():
        if os.path.lexists(path):
            yield path
        return
    for inner in sorted(path.iterdir()):
        yield from _below(inner)


def unpack(parcel: Parcel, root: Path) -> None:
    """Write the files of a parcel into a folder."""
    for name, content in parcel.files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    for name, target in parcel.links.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.symlink_to(target)
