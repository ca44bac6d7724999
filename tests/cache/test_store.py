"""Kept results: whole or not at all, bounded, shared by processes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from newsletter.cache import store
from newsletter.cache.place import cache_folder
from newsletter.cache.store import Store, clear, recalled, size_of

KEYS = [f"{number:02x}{'0' * 62}" for number in range(40)]


def entries(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def test_what_is_kept_is_found(tmp_path: Path) -> None:
    kept = Store(str(tmp_path))
    assert kept.find(KEYS[0]) is None
    kept.keep(KEYS[0], b"result")
    assert Store(str(tmp_path)).find(KEYS[0]) == b"result"
    assert kept.find(KEYS[1]) is None


@pytest.mark.parametrize("damage", [b"", b"short", b"x" * 100, None])
def test_a_damaged_entry_is_thrown_away(tmp_path: Path, damage: bytes | None) -> None:
    kept = Store(str(tmp_path))
    kept.keep(KEYS[0], b"result")
    (path,) = entries(tmp_path)
    whole = path.read_bytes()
    path.write_bytes(whole[:-1] + b"!" if damage is None else damage)
    assert kept.find(KEYS[0]) is None
    assert entries(tmp_path) == []


def test_the_entries_used_longest_ago_give_way(tmp_path: Path) -> None:
    kept = Store(str(tmp_path), limit=1000)
    for age, key in enumerate(KEYS[:9]):
        kept.keep(key, bytes(60))
        os.utime(kept._path(key), (age, age))
    assert kept.find(KEYS[0])  # and so it is the youngest
    for key in KEYS[9:12]:
        kept.keep(key, bytes(60))
    assert size_of(str(tmp_path)) <= 1000
    assert kept.find(KEYS[0])
    assert kept.find(KEYS[11])
    assert kept.find(KEYS[1]) is None


def test_what_others_have_written_counts_too(tmp_path: Path) -> None:
    Store(str(tmp_path), limit=1000).keep(KEYS[0], bytes(500))
    os.utime(entries(tmp_path)[0], (1, 1))
    Store(str(tmp_path), limit=1000).keep(KEYS[1], bytes(500))
    assert len(entries(tmp_path)) == 1
    assert Store(str(tmp_path)).find(KEYS[1])


def test_a_result_that_is_larger_than_all_may_be_is_not_kept(tmp_path: Path) -> None:
    Store(str(tmp_path), limit=100).keep(KEYS[0], bytes(200))
    assert entries(tmp_path) == []


def test_manifests_give_way_too_and_parts_of_killed_processes(tmp_path: Path) -> None:
    for name in ("manifests/old", "manifests/new", "results/left.part", "results/now.part"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(bytes(100))
    for name in ("manifests/old", "results/left.part"):
        os.utime(tmp_path / name, (1, 1))
    clear(str(tmp_path), 350)
    assert [path.name for path in entries(tmp_path)] == ["new", "now.part"]


def test_what_links_lead_to_is_nobody_s_to_clear(tmp_path: Path) -> None:
    cache, other = tmp_path / "cache", tmp_path / "other"
    for path in (cache / "results" / "deep" / "old", other / "file"):
        path.parent.mkdir(parents=True)
        path.write_bytes(bytes(100))
    (cache / "results" / "link").symlink_to(other)
    assert size_of(str(cache)) == 100
    assert clear(str(cache), 10) == 0
    assert (other / "file").exists()


def test_a_folder_that_cannot_be_written_to_keeps_nothing(tmp_path: Path) -> None:
    (tmp_path / "results").write_bytes(b"a file in its place")
    kept = Store(str(tmp_path))
    kept.keep(KEYS[0], b"result")
    assert kept.find(KEYS[0]) is None


def test_a_result_is_made_once_for_the_same_parts(cache: Path) -> None:
    made: list[int] = []

    def make() -> bytes:
        made.append(1)
        return b"result"

    parts: tuple[str | bytes, ...] = ("a", b"b")
    assert [recalled("kind", parts, make) for _ in range(2)] == [b"result"] * 2
    assert len(made) == 1
    for other in (("kind", ("ab", b"")), ("kind", ("a", b"c")), ("sort", parts)):
        recalled(*other, make)
    assert len(made) == 4


def test_another_tool_finds_nothing(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    recalled("kind", ("a",), lambda: b"old")
    monkeypatch.setattr(store, "tool_state", lambda: "another")
    assert recalled("kind", ("a",), lambda: b"new") == b"new"


def test_without_a_cache_all_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSLETTER_CACHE", "off")
    recalled("kind", ("a",), lambda: b"old")
    assert recalled("kind", ("a",), lambda: b"new") == b"new"


def test_what_cannot_be_made_is_not_kept(cache: Path) -> None:
    def fail() -> bytes:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        recalled("kind", ("a",), fail)
    assert recalled("kind", ("a",), lambda: b"new") == b"new"


# Where it lies


def test_the_place_follows_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("NEWSLETTER_CACHE", str(tmp_path))
    assert cache_folder() == str(tmp_path)
    monkeypatch.setenv("NEWSLETTER_CACHE", "OFF")
    assert cache_folder() is None
    monkeypatch.delenv("NEWSLETTER_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    assert cache_folder() == str(tmp_path / "xdg" / "newsletter")
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.delenv("LOCALAPPDATA", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr(sys, "platform", "linux")
    assert cache_folder() == str(tmp_path / ".cache" / "newsletter")
    monkeypatch.setattr(sys, "platform", "darwin")
    assert cache_folder() == str(tmp_path / "Library" / "Caches" / "newsletter")
    monkeypatch.setattr(os.path, "expanduser", lambda path: path)
    assert cache_folder() is None


def test_no_test_uses_the_cache_of_whoever_runs_it() -> None:
    assert cache_folder() is None


# Many processes

WRITER = """
import sys
from newsletter.cache.store import Store
kept = Store(sys.argv[1], limit=40_000)
for turn in range(int(sys.argv[2])):
    for number in range(40):
        key = f"{number:02x}" + "0" * 62
        content = bytes([number]) * 2000
        found = kept.find(key)
        assert found in (None, content), "half an entry"
        kept.keep(key, content)
        if turn == 0 and number == 0:
            print("at work", flush=True)
"""


def writer(folder: Path, turns: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, str(folder), str(turns)], stdout=subprocess.PIPE, text=True
    )


def test_processes_that_write_at_once_find_whole_entries_or_none(tmp_path: Path) -> None:
    writers = [writer(tmp_path, 5) for _ in range(3)]
    for process in writers:
        process.communicate(timeout=60)
        assert process.returncode == 0
    assert size_of(str(tmp_path)) <= 3 * 40_000  # each knows of its own since it counted


def test_a_process_that_is_killed_leaves_whole_entries(tmp_path: Path) -> None:
    for moment in range(6):
        process = writer(tmp_path, 1000)
        assert process.stdout
        assert process.stdout.readline() == "at work\n"
        time.sleep(0.01 * moment)
        process.send_signal(signal.SIGKILL)
        process.communicate(timeout=60)
    kept = Store(str(tmp_path))
    found = [kept.find(key) for key in KEYS]
    assert any(found)
    assert all(one in (None, bytes([n]) * 2000) for n, one in enumerate(found))
