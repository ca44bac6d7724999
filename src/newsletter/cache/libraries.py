"""The shared libraries that a build went through, such as Pango's, as inputs of what it made.

In: the running process. Out: paths of files, whose states are noted.
"""

from __future__ import annotations

import os

from newsletter.cache.state import MISSING, file_state
from newsletter.cache.tool import PACKAGE

LOADED = "/proc/self/maps"
"""Where Linux lists what a process has mapped: the path begins at the first slash (proc(5))."""
LINKER = "/etc/ld.so.cache"
"""Which file a library's name means; it is written anew when libraries are installed."""


def loaded_libraries() -> list[str] | None:
    """Return the shared libraries that this process has loaded, and what leads to them.

    None where the system does not tell, or where one of them is no longer on the disk.
    """
    try:
        with open(LOADED, encoding="utf-8", errors="surrogateescape") as lines:
            paths = {line.rstrip("\n").partition("/")[2] for line in lines if " /" in line}
    except OSError:
        return None
    found = sorted(f"/{path}" for path in paths if ".so" in path or "python" in path)
    outside = [path for path in found if not path.startswith(PACKAGE)]
    if any(file_state(path) == MISSING for path in outside):
        return None
    return [*outside, *([LINKER] if os.path.exists(LINKER) else [])]
