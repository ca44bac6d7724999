"""What a killed process left is taken away by a later one, and nothing else ever is."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Self

import pytest

from newsletter import workroom as module
from newsletter.workroom import workroom

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="no kernel says its number")
PROGRAM = """
import os, sys, time
from pathlib import Path
from newsletter.workroom import workroom
room = Path(workroom())
(room / "fonts").mkdir()
(room / "fonts" / "a.otf").write_bytes(bytes(9))
if "fork" in sys.argv and os.fork() == 0:
    time.sleep(60)
print(room, flush=True)
if "end" in sys.argv:
    import shutil; shutil.rmtree(room / "fonts"); sys.exit()
time.sleep(60)
"""


@pytest.fixture(autouse=True)
def within(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder for temporary files of the test's own."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    monkeypatch.setattr(module, "_MADE", [])
    yield folder
    for room in module._MADE:
        os.close(room.handle)


class Other:
    """Another process with a room; killed at the end, with what it forked."""

    def __init__(self, within: Path, *words: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, *words],
            env={**os.environ, "TMPDIR": str(within)},
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        assert self.process.stdout
        self.room = Path(self.process.stdout.readline().strip())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_why: object) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        assert self.process.stdout
        self.process.stdout.close()


def gone(path: Path) -> bool:
    """Tell whether a new room takes a folder away; a process that was killed may end late."""
    for _ in range(40):
        module._MADE.clear()
        assert workroom()
        if not path.exists():
            return True
        time.sleep(0.05)
    return False


def test_what_a_killed_process_left_is_taken_away(within: Path) -> None:
    with Other(within) as other:
        pass
    assert (other.room / "fonts/a.otf").exists()
    assert gone(other.room)


def test_nothing_of_a_running_process_is_taken_away(within: Path) -> None:
    with Other(within) as other:
        assert workroom() != str(other.room)
        assert (other.room / "fonts/a.otf").exists()


def test_a_room_is_held_by_what_its_process_forked(within: Path) -> None:
    with Other(within, "fork") as other:
        other.process.kill()
        other.process.wait()
        assert workroom()
        assert (other.room / "fonts/a.otf").exists()
    assert gone(other.room)


def test_a_process_that_ends_leaves_no_folder(within: Path) -> None:
    with Other(within, "end") as other:
        assert other.process.wait(20) == 0
    assert not list(within.iterdir())


def left(within: Path, name: str) -> Path:
    """A folder as a process leaves it that was killed."""
    folder = within / f"newsletter-{os.geteuid()}" / name
    folder.mkdir(parents=True)
    folder.parent.chmod(0o700)
    folder.chmod(0o700)
    (folder / "file").write_bytes(b"")
    return folder


def mark(within: Path) -> str:
    return module._mark(within.stat())


def test_a_folder_without_a_lock_goes(within: Path) -> None:
    folder = left(within, f"{mark(within)}abcdefgh")
    assert gone(folder)


@pytest.mark.parametrize("name", ["notes", "{boot}-ffffff-abcdefgh", "0-{dev:x}-abcdefgh"])
def test_what_another_kernel_or_mount_answers_for_stays(within: Path, name: str) -> None:
    boot, device = module.BOOT.read_text("ascii").strip(), within.stat().st_dev
    folder = left(within, name.format(boot=boot, dev=device))
    assert workroom()
    assert (folder / "file").exists()


def test_a_folder_that_others_may_read_or_write_is_not_ours(within: Path) -> None:
    folder = left(within, f"{mark(within)}abcdefgh")
    folder.chmod(0o770)
    assert workroom()
    assert (folder / "file").exists()
    folder.chmod(0o700)
    folder.parent.chmod(0o777)
    module._MADE.clear()
    assert workroom() is None
    assert (folder / "file").exists()


def test_the_folder_of_another_user_is_left_alone(
    within: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = os.geteuid()
    folder = left(within, f"{mark(within)}abcdefgh")
    folder.parent.rename(within / f"newsletter-{mine + 1}")
    monkeypatch.setattr(os, "geteuid", lambda: mine + 1)  # so that we own what carries its name
    assert workroom() is None
    assert (within / f"newsletter-{mine + 1}" / folder.name / "file").exists()


def test_no_link_leads_out(within: Path, tmp_path: Path) -> None:
    (tmp_path / "precious").mkdir()
    (tmp_path / "precious/file").write_bytes(b"")
    folder = left(within, f"{mark(within)}abcdefgh")
    (folder / "out").symlink_to(tmp_path / "precious")
    (folder.parent / f"{mark(within)}ijklmnop").symlink_to(tmp_path / "precious")
    assert gone(folder)
    assert (tmp_path / "precious/file").exists()


def test_a_link_in_the_place_of_the_home_is_not_followed(within: Path, tmp_path: Path) -> None:
    (tmp_path / "precious").mkdir(0o700)
    (tmp_path / "precious" / f"{mark(within)}abcdefgh").mkdir(0o700)
    (within / f"newsletter-{os.geteuid()}").symlink_to(tmp_path / "precious")
    assert workroom() is None
    assert len(list((tmp_path / "precious").iterdir())) == 1


def test_where_no_kernel_says_its_number_there_is_none(
    within: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "BOOT", within / "nothing")
    assert workroom() is None


def test_a_room_is_made_once_and_fast() -> None:
    first = workroom()
    assert workroom() == first
    module._MADE.clear()
    begun = time.perf_counter()
    assert workroom()
    assert time.perf_counter() - begun < 0.05
