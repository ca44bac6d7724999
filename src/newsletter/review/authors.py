"""Who reviews: the author as git's configuration names them.

In: the publication's folder. Out: `Name <mail>`; raises `Refused` when git knows nobody.
"""

from __future__ import annotations

import subprocess
from pathlib import Path

from newsletter.diagnostics import Diagnostic, Refused

PATIENCE_S = 10


def git_author(root: Path) -> str:
    """Return who works here, `Name <mail>`, or the name alone; raises `Refused`."""
    name, mail = _configured(root, "user.name"), _configured(root, "user.email")
    if not name:
        raise Refused([Diagnostic("N765")])
    return f"{name} <{mail}>" if mail else name


def short_name(by: str) -> str:
    """Return the name without the mail address, as it is shown."""
    return by.partition("<")[0].strip() or by


def _configured(root: Path, key: str) -> str:
    """Return a value of git's configuration; empty where there is no git or no such value."""
    try:
        asked = subprocess.run(  # noqa: S603 - a fixed command
            ["git", "-C", str(root), "config", "--get", key],  # noqa: S607 - git of the path
            capture_output=True,
            check=False,
            encoding="utf-8",
            errors="replace",
            timeout=PATIENCE_S,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return asked.stdout.strip() if asked.returncode == 0 else ""
