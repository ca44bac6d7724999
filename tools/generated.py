"""Generated files: written, or compared with what is there."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path


def write_or_compare(target: Path, text: str, arguments: Sequence[str], command: str) -> int:
    """Write a file, or with `--check` compare it; return 1 when it is not current.

    `command` is the target of make that writes it.
    """
    if "--check" not in arguments:
        target.parent.mkdir(exist_ok=True)
        target.write_text(text, "utf-8")
        return 0
    if target.is_file() and target.read_text("utf-8") == text:
        return 0
    print(f"{target.name} is not current: run make {command}", file=sys.stderr)
    return 1
