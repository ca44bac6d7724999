"""What follows from a large file is kept by its state, and made anew when that is another."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from newsletter.cache import files
from newsletter.cache.files import recalled_of

Take = Callable[[], bytes]


@pytest.fixture
def made() -> list[bytes]:
    """What was made so far."""
    return []


@pytest.fixture
def taken(tmp_path: Path, made: list[bytes]) -> Take:
    """Read a file that was last changed ten minutes ago, or what was kept of it."""
    path = tmp_path / "font.otf"
    path.write_bytes(b"glyphs")

    def make() -> bytes:
        made.append(path.read_bytes())
        return made[-1]

    return lambda: recalled_of("digest", str(path), make)


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Let ten minutes pass."""
    return lambda: monkeypatch.setattr(files.time, "time_ns", lambda: _now() + 600 * 10**9)


def _now() -> int:
    return int(time.time() * 1e9)


def test_a_file_that_stays_is_read_once(
    cache: Path, taken: Take, made: list[bytes], later: Callable[[], None]
) -> None:
    later()
    assert (taken(), taken(), made) == (b"glyphs", b"glyphs", [b"glyphs"])
    assert any(cache.rglob("*"))


def test_a_file_that_has_just_changed_is_read_each_time(
    cache: Path, taken: Take, made: list[bytes]
) -> None:
    assert (taken(), taken(), len(made)) == (b"glyphs", b"glyphs", 2)
    assert not cache.exists()


def test_another_content_of_the_same_size_and_time_is_read(
    cache: Path, taken: Take, made: list[bytes], tmp_path: Path, later: Callable[[], None]
) -> None:
    path, state = tmp_path / "font.otf", (tmp_path / "font.otf").stat()
    later()
    taken()
    path.write_bytes(b"GLYPHS")
    os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns))
    assert (taken(), made) == (b"GLYPHS", [b"glyphs", b"GLYPHS"])


def test_nothing_is_kept_of_a_file_that_changes_meanwhile(
    cache: Path, tmp_path: Path, later: Callable[[], None]
) -> None:
    path = tmp_path / "font.otf"
    path.write_bytes(b"glyphs")
    later()

    def make() -> bytes:
        path.write_bytes(b"more glyphs")
        return b"glyphs"

    assert recalled_of("digest", str(path), make) == b"glyphs"
    assert recalled_of("digest", str(path), path.read_bytes) == b"more glyphs"


def test_without_a_cache_or_a_file_it_is_made(tmp_path: Path, cache: Path) -> None:
    assert recalled_of("digest", str(tmp_path / "none"), lambda: b"made") == b"made"
    assert not cache.exists()
