"""The state of files and folders: what the system says of them, without reading them.

A file is known by its size in bytes, its times of modification and change in nanoseconds and its
number in the file system; the time of change cannot be set by hand. Where any of them differs,
the SHA-256 of the content decides.
"""

from __future__ import annotations

import os

MISSING = "-"


def file_state(path: str) -> str:
    """Return what the system says of a file as one word; `MISSING` where there is none."""
    try:
        return state_of(os.stat(path))
    except (OSError, ValueError):
        return MISSING


def state_of(found: os.stat_result) -> str:
    """Return size, times and number of a file as one word."""
    return f"{found.st_size} {found.st_mtime_ns} {found.st_ctime_ns} {found.st_ino}"


def tree_state(folder: str) -> str:
    """Return the names of all that lies in a folder and in those within it, one a line.

    Folders end with a slash, links with an at sign; links are not followed.
    """
    found: list[str] = []
    waiting = [""]
    while waiting:
        within = waiting.pop()
        try:
            with os.scandir(os.path.join(folder, within)) as entries:
                for entry in entries:
                    name = f"{within}{entry.name}"
                    if entry.is_symlink():
                        name += "@"
                    elif entry.is_dir():
                        name += "/"
                        waiting.append(name)
                    found.append(name)
        except (OSError, ValueError):
            found.append(f"{within}{MISSING}")
    return "\n".join(sorted(found))


def digest_of(path: str) -> str:
    """Return the SHA-256 of a file in hexadecimal; empty where it cannot be read."""
    import hashlib

    try:
        with open(path, "rb") as stream:
            return hashlib.sha256(stream.read()).hexdigest()
    except OSError:
        return ""
