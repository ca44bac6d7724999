"""The program: what has been built already is told at once, all else goes to the command line.

Whether anything is to be done is found before click, YAML or the renderer are imported; see
`cache.unchanged`.
"""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Answer a plain `build ISSUE` whose files are there; else run the command line."""
    if "build" in sys.argv[1:] and _is_answered(sys.argv[1:]):
        return
    from newsletter.cli import main as run

    run()


def _is_answered(arguments: list[str]) -> bool:
    """Tell whether a build need not happen, having said what it would have said."""
    from newsletter.cache.request import read_line
    from newsletter.cache.unchanged import answer

    try:
        _make_writable()
        line = read_line(arguments)
        return line is not None and answer(line)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except (OSError, ValueError, KeyError, IndexError, TypeError):
        return False


def _make_writable() -> None:
    """Let streams write what their encoding lacks as escapes."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(errors="backslashreplace")
