"""The inputs of an edition: every file that went into its pages, and what an archive keeps.

In: a galley. Out: the files by the names under which a record lists them, their digests, and the
papers of the archive: the issue's YAML, its pictures, a manifest of all inputs.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import unquote

from msgspec import Struct

from newsletter import __version__
from newsletter.cache.files import recalled_of
from newsletter.compose.galley import BASE_URL, LAYOUT_URL, PICTURE_URL, Galley
from newsletter.press.archival import Enclosure, Papers
from newsletter.resources import packaged

MANIFEST = "manifest.json"
MADE_WITH = f"newsletter {__version__}"
SRGB = "sRGB.icc"
LARGE = 256 * 1024
"""Bytes from which on a digest costs more to take than to find: fonts, photographs."""


class Inputs(Struct, frozen=True):
    """Every file that went into the pages, by its name without folders; those of the editors."""

    files: Mapping[str, Path]
    written: frozenset[str]

    def digests(self) -> dict[str, str]:
        """Return the SHA-256 of each file."""
        return {name: _digest_of(path) for name, path in sorted(self.files.items())}


def digest(content: bytes) -> str:
    """Return the SHA-256 of something, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def _digest_of(path: Path) -> str:
    """Return the SHA-256 of a file; that of a large one may be known from an earlier run."""
    if path.stat().st_size < LARGE:
        return _taken(path).hex()
    return recalled_of("digest", str(path), lambda: _taken(path)).hex()


def _taken(path: Path) -> bytes:
    """Take the SHA-256 of a file, of which no more than a piece is held at once."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").digest()


def inputs_of(galley: Galley) -> Inputs:
    """Return what went into the pages.

    Pictures and YAML are named by their places in the publication, a layout's files by the layout
    in whose folder they lie: it may extend others.
    """
    copy = galley.copy
    pictures = {
        f"{copy.shown(copy.folder)}/{unquote(url.removeprefix(PICTURE_URL))}": path
        for url, path in galley.assets.items()
        if url.startswith(PICTURE_URL)
    }
    fonts = {
        unquote(url.removeprefix(BASE_URL)): path
        for url, path in galley.assets.items()
        if not url.startswith((LAYOUT_URL, PICTURE_URL))
    }
    layouts = {f"layouts/{name}": path for name, path in galley.layout.inputs().items()}
    sources = {source.shown: source.path for source in copy.sources()}
    files = fonts | layouts | pictures | sources
    return Inputs(files, frozenset(pictures | sources))


def papers_of(galley: Galley, inputs: Inputs) -> Papers:
    """Return what an archive keeps with the pages."""
    date = galley.copy.issue.date
    return Papers(
        srgb=(packaged() / "profiles" / SRGB).read_bytes(),
        enclosures=[
            *(Enclosure(name, inputs.files[name].read_bytes()) for name in inputs.written),
            Enclosure(MANIFEST, _manifest(galley, inputs)),
        ],
        date=date.end if date else None,
    )


def _manifest(galley: Galley, inputs: Inputs) -> bytes:
    """Return the list of all inputs with their digests, of those too that are not enclosed."""
    record = {
        "issue": galley.copy.issue.id,
        "layout": galley.layout.spec.name,
        "made_with": MADE_WITH,
        "inputs": inputs.digests(),
    }
    return (json.dumps(record, ensure_ascii=False, indent=2) + "\n").encode("utf-8")
