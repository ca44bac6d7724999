"""A submission: what is handed to the archive, as one payload.

In: an edition that was built, or the PDFs of an issue made elsewhere with what is known of it.
Out: a `Submission`. All of it follows from the issue: no clock, no folder.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from msgspec import Struct

from newsletter.archive.bag import Content
from newsletter.archive.citation import bibtex, dublin_core, full_title, ris
from newsletter.archive.contents import Contents, contents_of
from newsletter.archive.crate import METADATA_FILE, crate
from newsletter.archive.initials import Initial, initials, joined
from newsletter.archive.leaves import Leaves, leaves
from newsletter.archive.prose import pictures_of, place_of
from newsletter.archive.recipe import LOCK_FILE, recipe_of, written
from newsletter.archive.source import FOLDER, source_of
from newsletter.diagnostics import Diagnostic
from newsletter.edition import EDITION_FILE, Edition
from newsletter.render import Pages

CONTENTS_FILE = "articles.json"
READ = ("screen", "archive", "print")
"""Which of an edition's files is read and drawn: the first of these that there is."""


class Submission(Struct, frozen=True):
    """One issue for the archive: what it is called, its payload, what spoke against it."""

    act: str
    contents: Contents
    payload: Mapping[str, Content]
    objections: tuple[Diagnostic, ...] = ()

    @property
    def issue(self) -> str:
        """The issue's id."""
        return str(self.contents["issue"])

    @property
    def title(self) -> str:
        """The newsletter's name and the issue's title."""
        return full_title(self.contents)


def submit_edition(
    edition: Edition, pages: Pages, objections: tuple[Diagnostic, ...] = ()
) -> Submission:
    """Return the submission of an edition whose files are on the disk."""
    copy = pages.galley.copy
    contents = contents_of(copy, pages)
    files = {str(profile): path for profile, path in edition.files.items()}
    shown = next(files[name] for name in READ if name in files)
    source = source_of(pages.galley)
    payload: dict[str, Content] = {f"pdf/{path.name}": path for path in files.values()}
    payload |= {f"{FOLDER}/{name}": content for name, content in source.items()}
    for article in copy.issue.articles():
        payload |= {place_of(p): copy.folder / p.file for p in pictures_of(article)}
    payload[EDITION_FILE] = shown.parent / EDITION_FILE
    payload[LOCK_FILE] = written(recipe_of(edition.inputs, source))
    payload |= leaf_files(leaves(shown), list(initials(copy.issue)))
    return Submission("archived", contents, described(payload, contents), objections)


def leaf_files(read: Leaves, apart: Sequence[Initial] = ()) -> dict[str, Content]:
    """Return cover, thumbnails and page texts of a PDF by their names.

    `apart` are the first letters that are drawn apart from their words.
    """
    found: dict[str, Content] = {}
    for number, text in enumerate(read.texts, 1):
        found[f"text/{number:03}.txt"] = joined(text, apart).encode("utf-8")
    for number, (thumbnail, cover) in enumerate(read.drawn, 1):
        found[f"thumbnails/{number:03}.jpg"] = thumbnail
        if cover is not None:
            found["cover.jpg"] = cover
    return found


def described(payload: Mapping[str, Content], contents: Contents) -> dict[str, Content]:
    """Return a payload with its contents and all metadata."""
    whole = dict(payload)
    whole[CONTENTS_FILE] = (json.dumps(contents, ensure_ascii=False, indent=1) + "\n").encode()
    whole["metadata/dublin-core.xml"] = dublin_core(contents).encode()
    whole["metadata/citation.bib"] = bibtex(contents).encode()
    whole["metadata/citation.ris"] = ris(contents).encode()
    sizes = {name: _size(content) for name, content in whole.items()}
    whole[METADATA_FILE] = crate(contents, sizes).encode()
    return whole


def _size(content: Content) -> int:
    return len(content) if isinstance(content, bytes) else content.stat().st_size
