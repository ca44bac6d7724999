"""Room for the frames of Python's functions, asked for once.

In: a function. Out: what it returns. CPython keeps the frames of functions in chunks of 16 KiB,
which it asks the system for and gives back whenever a call crosses the end of one: a build does
so some thousand times. Commands that are answered at once begin here, so that nothing is imported.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

SLOTS = 66_000
"""Places of 8 bytes, of which nothing is written to.

A chunk is doubled until a frame fits (`push_chunk` in CPython's `Python/pystate.c`); just above
512 KiB it is of 1 MiB, so that as much is left for all frames above.
"""


def in_one_chunk(call: Callable[[], object]) -> object:
    """Call a function whose frames, and those of all that it calls, lie in one chunk.

    Where the size of a frame cannot be chosen, it is just called.
    """
    try:
        called = type(in_one_chunk)(_call.__code__.replace(co_stacksize=SLOTS), {})  # type: ignore[misc]
    except (AttributeError, TypeError, ValueError, OverflowError):
        return call()
    return called(call)


def _call(call: Callable[[], object]) -> object:
    return call()
