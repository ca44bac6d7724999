"""Restoration: a publication with one issue, as it was when its bag was written.

In: a bag with its source, and an empty place. Out: a folder in which `newsletter build` gives the
archived files again. `Refused` where it came as PDF; then nothing is written.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from newsletter.archive.bag import PAYLOAD
from newsletter.archive.log import Entry
from newsletter.archive.source import FOLDER
from newsletter.archive.stacks import Archive, folder_for
from newsletter.diagnostics import Diagnostic, Refused, Severity, Spot
from newsletter.issue.loader import PUBLICATION_FILE
from newsletter.issue.schema import write_schemas

SCHEMA = "schema"
"""Where the first lines of the manuscript look for what an editor completes by; no bag has it."""


def restore(archive: Archive, entry: Entry, target: Path) -> None:
    """Copy the source of a bag into a folder that is not there or is empty."""
    bag = archive.path(entry.name)
    shown = f"{archive.folder.name}/{entry.name}"
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise Refused([Diagnostic("N002", None, {"folder": target.name})])
    source = bag / PAYLOAD / FOLDER
    if not (source / PUBLICATION_FILE).is_file():
        found = Diagnostic("N788", Spot(shown), {"bag": entry.name})
        raise Refused([found.at(Severity.ERROR)])
    with folder_for(target) as part:
        shutil.copytree(source, part, copy_function=_copied, dirs_exist_ok=True)
        write_schemas(part / SCHEMA)
        for folder in (part, *(path for path in part.rglob("*") if path.is_dir())):
            folder.chmod(0o755)
        if target.exists():
            target.rmdir()
        part.rename(target)


def _copied(source: str, target: str) -> str:
    """Copy a file so that it may be written."""
    shutil.copyfile(source, target)
    Path(target).chmod(0o644)
    return target
