"""A program's frames lie in one chunk of memory, and everything else is as without."""

from __future__ import annotations

import sys
import threading
from types import SimpleNamespace

import pytest

from commandline import result
from newsletter import frames
from newsletter.frames import SLOTS, in_one_chunk

FAULTS = """
import resource
from newsletter.frames import in_one_chunk

def deep(levels):
    if levels:
        deep(levels - 1)

def faults():
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    for levels in range(300):  # at some of them a call crosses the end of a chunk
        for _ in range(30):
            deep(levels)
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before

faults()
print(faults(), in_one_chunk(faults))
"""
ENDLESS = """
from newsletter.frames import in_one_chunk

def endless(depth=0):
    return endless(depth + 1)

def method():
    class Endless:
        def __getattr__(self, name):
            return getattr(self, name + "x")
    return Endless().name

for call in (endless, method):
    try:
        in_one_chunk(call)
    except RecursionError as error:
        print("told", end=" ")
"""


def test_what_a_function_returns_and_raises_comes_through() -> None:
    assert in_one_chunk(lambda: "绿") == "绿"
    with pytest.raises(SystemExit) as ended:
        in_one_chunk(lambda: sys.exit(3))
    assert ended.value.code == 3


def test_a_function_is_called_from_a_frame_with_room() -> None:
    def room() -> int:
        return sys._getframe(1).f_code.co_stacksize

    assert in_one_chunk(room) == SLOTS


def test_calls_ask_the_system_for_no_memory() -> None:
    pytest.importorskip("resource", reason="counts page faults")
    plain, roomy = map(int, result(FAULTS).split())
    assert plain > 1000
    assert roomy < plain / 20


def test_endless_recursion_is_told() -> None:
    """The frames that fit are fewer than Python allows, and others follow in another chunk."""
    assert result(ENDLESS).split() == ["told", "told"]


def test_many_frames_need_more_than_a_chunk() -> None:
    def deep(levels: int) -> int:
        return 1 + deep(levels - 1) if levels else 0

    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(20_000)
    try:
        assert in_one_chunk(lambda: deep(15_000)) == 15_000
    finally:
        sys.setrecursionlimit(limit)


def test_each_thread_has_its_own() -> None:
    found: list[int] = []
    threads = [
        threading.Thread(target=in_one_chunk, args=(lambda: found.append(1),)) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [1, 1, 1, 1]


@pytest.mark.parametrize("error", [AttributeError, TypeError, ValueError, OverflowError])
def test_where_a_frame_has_no_size_the_function_is_just_called(
    monkeypatch: pytest.MonkeyPatch, error: type[Exception]
) -> None:
    def replace(**_changes: int) -> None:
        raise error

    code = SimpleNamespace(__code__=SimpleNamespace(replace=replace))
    monkeypatch.setattr(frames, "_call", code)
    assert in_one_chunk(lambda: "绿") == "绿"
