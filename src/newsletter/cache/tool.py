"""The tool itself, as an input of what it makes: its code, its packages, its libraries.

In: the running process. Out: lines of text that differ when any of them is another. Code and
packages are known by the state of files and folders (`state`). Shared libraries are for
`libraries` to find.
"""

from __future__ import annotations

import os
import sys

from newsletter.cache.state import file_state, state_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
NOT_CODE = frozenset({"__pycache__", "_data", "archive", "crew", "preview", "review", "scaffold"})
"""Folders that no build goes through, and the data, which are inputs by themselves."""
PREFIXES = ("DYLD_", "FC_", "FREETYPE_", "G_", "HB_", "LD_", "PANGO", "PYTHON", "WEASYPRINT_")
"""Environment variables that Python, its packages and the libraries of text listen to.

`FONTCONFIG_FILE` is none of them: `render` sets it itself.
"""
_NOTED: list[str] = []


def tool_state() -> str:
    """Return the state of code and packages as it was when this was first asked."""
    if not _NOTED:
        _NOTED.append("|".join([_python(), PACKAGE, *_code(PACKAGE, ""), *_packages()]))
    return _NOTED[0]


def _python() -> str:
    return " ".join(sys.version.split())


def environment_state() -> str:
    """Return the environment variables that could change a page."""
    return "\n".join(
        f"{name}={value}" for name, value in sorted(os.environ.items()) if name.startswith(PREFIXES)
    )


def _code(folder: str, within: str) -> Iterator[str]:
    """Yield name and state of every file of a folder but for compiled ones."""
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda entry: entry.name):
            if entry.name in NOT_CODE:
                continue
            if entry.is_dir():
                yield from _code(entry.path, f"{within}{entry.name}/")
            else:
                yield f"{within}{entry.name} {state_of(entry.stat())}"


def _packages() -> Iterator[str]:
    """Yield the folders of installed packages with the distributions in them, which have versions.

    The folder's own time changes with whatever is installed or taken away, of the same version too.
    """
    for folder in dict.fromkeys(path for path in sys.path if path.endswith("-packages")):
        try:
            names = sorted(name for name in os.listdir(folder) if name.endswith(".dist-info"))
        except OSError:
            continue
        yield f"{folder} {file_state(folder)} {' '.join(names)}"
