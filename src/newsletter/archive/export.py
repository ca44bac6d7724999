"""Export: a bag as one ZIP file, the same bytes at each time and on each machine.

In: a bag. Out: a ZIP without compression, its files in order, all of 1 January 1980 (the first
day that the format knows; APPNOTE 6.3.10, 4.4.6) and read-only. It is written beside its place
and renamed.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
import zipfile
from pathlib import Path

from newsletter.archive.bag import CHUNK
from newsletter.archive.fixity import survey
from newsletter.archive.reading import opened
from newsletter.writing import refuse_what_is_no_file

DAY = (1980, 1, 1, 0, 0, 0)
RIGHTS = 0o100444 << 16
UNIX = 3


def export(bag: Path, top: str, target: Path) -> None:
    """Write a bag into a ZIP file under the folder `top`; raises `OSError`."""
    refuse_what_is_no_file(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".part", dir=target.parent)
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
                for file in sorted(survey(bag).files):
                    _add(archive, bag / file, f"{top}/{file}")
            stream.flush()
            os.fsync(stream.fileno())
        part.chmod(0o644)
        part.replace(target)
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)


def _add(archive: zipfile.ZipFile, path: Path, name: str) -> None:
    info = zipfile.ZipInfo(name, DAY)
    info.create_system = UNIX
    info.external_attr = RIGHTS
    info.file_size = path.stat().st_size
    with opened(path) as source, archive.open(info, "w") as target:
        shutil.copyfileobj(source, target, CHUNK)
