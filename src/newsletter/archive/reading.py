"""Reading what is kept: files, and nothing that stands in the place of one.

In: a path. Out: its content. A damaged archive may have a pipe there, which would be waited at for
ever, or a link to a device that has no end; these are refused as what cannot be read is, with
`OSError`.
"""

from __future__ import annotations

import errno
import stat
from pathlib import Path
from typing import BinaryIO


def opened(path: Path) -> BinaryIO:
    """Open a file to read its bytes; raises `OSError`."""
    if not stat.S_ISREG(path.stat().st_mode):
        raise OSError(errno.EINVAL, "not a file", str(path))
    return path.open("rb")


def content_of(path: Path) -> bytes:
    """Return the bytes of a file; raises `OSError`."""
    with opened(path) as stream:
        return stream.read()
