"""The command line called in the test's own process (`run`), and programs in ones of their own."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

from click.testing import Result

Run = Callable[..., Result]


def result(program: str) -> str:
    """Run a program in a process of its own and return the last line that it prints."""
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", program], capture_output=True, text=True, check=True
    )
    return done.stdout.splitlines()[-1]
