"""The shelf of an installation: made by two builds a layout, read by all, of no effect on bytes."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from commandline import Run
from newsletter.cache import store
from newsletter.cache.place import shelf_folder
from newsletter.cache.store import FOLDER, Store, at_hand, key_of
from newsletter.commands import stocking
from newsletter.commands.stocking import NotStockedError, stock, stocked
from newsletter.diagnostics import Refused
from newsletter.edition import build

KEY = "ab" * 32
TIMES = [10**9, 10**9]


@pytest.fixture(scope="session")
def stocked_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A shelf as `doctor --prepare` makes it."""
    shelf = tmp_path_factory.mktemp("installation") / "share" / "shelf"
    stock(shelf)
    return shelf


@pytest.fixture
def shelf(stocked_once: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it that this test's builds look into."""
    folder = tmp_path / "shelf"
    shutil.copytree(stocked_once, folder)
    monkeypatch.setenv("NEWSLETTER_SHELF", str(folder))
    return folder


def contents(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Return what lies in a folder: bytes and time of change by path."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path): (path.read_bytes(), path.stat().st_mtime_ns) for path in files}


# Looking there --------------------------------------------------------------------------------


def test_what_the_cache_lacks_is_found_on_the_shelf(tmp_path: Path) -> None:
    Store(str(tmp_path / "shelf")).keep(KEY, b"ready")
    cache = Store(str(tmp_path / "cache"), shelf=str(tmp_path / "shelf"))
    assert cache.find(KEY) == b"ready"
    cache.keep(KEY, b"own")
    assert cache.find(KEY) == b"own"
    assert Store(str(tmp_path / "cache")).find(KEY) == b"own"


def test_an_entry_that_is_damaged_in_the_cache_is_found_on_the_shelf(tmp_path: Path) -> None:
    Store(str(tmp_path / "shelf")).keep(KEY, b"ready")
    cache = Store(str(tmp_path / "cache"), shelf=str(tmp_path / "shelf"))
    cache.keep(KEY, b"own")
    Path(cache._path(KEY)).write_bytes(b"damaged")
    assert cache.find(KEY) == b"ready"


@pytest.mark.parametrize("damage", [b"", b"short", b"x" * 100])
def test_the_shelf_is_only_read(tmp_path: Path, damage: bytes) -> None:
    other = Store(str(tmp_path / "shelf"))
    other.keep(KEY, b"ready")
    path = Path(other._path(KEY))
    os.utime(path, ns=(TIMES[0], TIMES[1]))
    cache = Store(str(tmp_path / "cache"), shelf=str(tmp_path / "shelf"))
    assert cache.find(KEY) == b"ready"
    assert path.stat().st_mtime_ns == TIMES[1]
    path.write_bytes(damage)
    assert cache.find(KEY) is None
    assert path.read_bytes() == damage


def test_without_a_cache_nothing_is_taken_from_the_shelf(
    shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEWSLETTER_CACHE", "off")
    assert shelf_folder() == str(shelf)
    assert at_hand() is None


def test_the_shelf_belongs_to_the_environment_of_python(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NEWSLETTER_SHELF")
    monkeypatch.setattr("sys.prefix", str(tmp_path))
    assert shelf_folder() == str(tmp_path / "share" / "newsletter" / "shelf")
    monkeypatch.setenv("NEWSLETTER_SHELF", "off")
    assert shelf_folder() is None


# Making it ------------------------------------------------------------------------------------


def test_the_shelf_has_what_issues_share_and_is_for_this_program(stocked_once: Path) -> None:
    assert [path.name for path in stocked_once.parent.iterdir()] == ["shelf"]
    assert stocked(stocked_once) == len([*(stocked_once / FOLDER).iterdir()]) > 20
    assert all(path.stat().st_mode & 0o444 == 0o444 for path in (stocked_once / FOLDER).iterdir())


def test_a_shelf_of_another_state_of_the_program_counts_as_empty(shelf: Path) -> None:
    (shelf / "state").write_text("another", "ascii")
    assert stocked(shelf) == 0
    assert stocked(shelf / "nowhere") == 0


@pytest.mark.parametrize("state", ["full", "damaged", "of another"])
def test_a_shelf_changes_no_byte_and_is_not_written_to(
    shelf: Path,
    small: Path,
    cache: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    state: str,
) -> None:
    for path in (shelf / FOLDER).iterdir() if state == "damaged" else ():
        path.write_bytes(path.read_bytes()[:-1] + b"!")
    if state == "of another":
        monkeypatch.setattr(store, "tool_state", lambda: "another state")
    before = contents(shelf)
    build(small, "one", ("screen",), tmp_path / "with")
    assert contents(shelf) == before
    monkeypatch.setenv("NEWSLETTER_SHELF", "off")
    monkeypatch.setenv("NEWSLETTER_CACHE", "off")
    build(small, "one", ("screen",), tmp_path / "without")
    files = [
        {p.name: p.read_bytes() for p in (tmp_path / n).iterdir()} for n in ("with", "without")
    ]
    assert files[0] == files[1]


@pytest.mark.usefixtures("cache", "shelf")
def test_a_first_build_makes_nothing_that_is_on_the_shelf(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_arguments: object, **_options: object) -> None:
        raise AssertionError("a template was compiled")

    monkeypatch.setattr("jinja2.Environment.compile", refuse)
    monkeypatch.setattr("newsletter.compose.templates._CODES", {})
    with pytest.MonkeyPatch.context() as without:
        without.setenv("NEWSLETTER_SHELF", "off")
        with pytest.raises(Refused, match="N504"):
            build(small, "one", ("screen",), tmp_path / "without", layout="silkroad")
    build(small, "one", ("screen",), tmp_path / "with", layout="silkroad")


def test_a_build_that_fails_leaves_the_old_shelf(
    shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = contents(shelf)
    monkeypatch.setattr(stocking, "PROGRAM", "import sys; sys.exit('no room for type')")
    with pytest.raises(NotStockedError, match="no room for type"):
        stock(shelf)
    assert contents(shelf) == before
    assert not [*shelf.parent.glob(".shelf.*")]


def test_what_a_killed_preparation_has_left_is_taken_away(
    shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (shelf.parent / ".shelf.killed" / "cache").mkdir(parents=True)
    monkeypatch.setattr(stocking, "_make", lambda _work, _shelf: None)
    stock(shelf)
    assert not [*shelf.parent.glob(".shelf.*")]


# Saying it ------------------------------------------------------------------------------------


def test_doctor_makes_the_shelf_and_says_where_it_is(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "there"
    monkeypatch.setenv("NEWSLETTER_SHELF", str(place))

    def put(shelf: Path) -> None:
        (shelf / FOLDER).mkdir(parents=True)
        (shelf / FOLDER / KEY).touch()
        (shelf / "state").write_text(key_of("shelf", ()), "ascii")

    monkeypatch.setattr(stocking, "stock", put)
    assert "doctor --prepare" in run("doctor").stdout
    assert f"shelf: {place} (1 results)" in run("doctor", "--prepare").stdout
    assert f"预制：{place}（1项）" in run("doctor", lang="zh").stdout


def test_doctor_says_why_there_is_no_shelf(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "shelf: off" in run("doctor").stdout
    refused = run("doctor", "--prepare")
    assert (refused.exit_code, "NEWSLETTER_SHELF is off" in refused.stderr) == (2, True)
    (tmp_path / "file").touch()
    monkeypatch.setenv("NEWSLETTER_SHELF", str(tmp_path / "file" / "shelf"))
    refused = run("doctor", "--prepare")
    assert (refused.exit_code, "N702" in refused.stderr) == (1, True)
    monkeypatch.setenv("NEWSLETTER_SHELF", str(tmp_path / "shelf"))
    monkeypatch.setattr(stocking, "PROGRAM", "import sys; sys.exit('no room for type')")
    refused = run("doctor", "--prepare")
    assert (refused.exit_code, "no room for type" in refused.stderr) == (3, True)
