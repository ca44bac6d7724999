"""The program: what has been built already is told at once, all else goes to the command line.

Whether anything is to be done is found before click, YAML or the renderer are imported; see
`cache.unchanged`.
"""

from __future__ import annotations

import atexit
import gc
import os
import sys

from newsletter.frames import in_one_chunk

SELDOM = (300_000, 20, 20)
"""How seldom cyclic garbage is looked for: what a command makes, it mostly keeps to its end.

A first search takes 40 ms; an issue of twenty pages is composed before it comes.
"""
STOPPED = 128 + 2
"""The status when Ctrl-C ended the program, as shells have it: 128 and the signal's number."""


def main() -> None:
    """Run the program and end the process."""
    try:
        in_one_chunk(run)
    except SystemExit as ended:
        if not isinstance(ended.code, str):
            _leave(ended.code or 0)
        raise
    except KeyboardInterrupt:  # before the command line could take it
        _leave(STOPPED)
        sys.exit(STOPPED)


def run() -> None:
    """Answer a plain `build ISSUE` or `check ISSUE` that would repeat itself; else run it."""
    if {"build", "check"} & {*sys.argv[1:]} and _is_answered(sys.argv[1:]):
        return
    gc.set_threshold(*SELDOM)
    from newsletter.cache.modules import find_at_once
    from newsletter.cache.place import shelf_folder

    find_at_once(shelf_folder())
    _leave_plugins_out()
    from newsletter.cache.patterns import recall_patterns

    recall_patterns()
    from newsletter.cache.snippets import recall_snippets

    recall_snippets()
    from newsletter.cli import main as run_command

    run_command()


def _leave_plugins_out() -> None:
    """Have pydantic use no plugins, and not import what it would look for some with.

    That is fifty modules, which take 10 ms, and the search 30 ms.
    """
    if os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__") == "__all__":
        loader = type(sys)("pydantic.plugin._loader")
        loader.get_plugins = tuple  # type: ignore[attr-defined]
        sys.modules.setdefault(loader.__name__, loader)


def _leave(status: int) -> None:
    """End the process at once; taking its objects apart one by one takes a tenth of a build.

    What was registered for the end is done, and other threads are waited for by the usual way.
    """
    import threading

    if threading.active_count() > 1:
        return
    atexit._run_exitfuncs()  # noqa: SLF001 - there is no public way to end both early and well
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except (OSError, ValueError):
        return
    os._exit(status)


def _is_answered(arguments: list[str]) -> bool:
    """Tell whether a build or check need not happen, having said what it would have said."""
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
