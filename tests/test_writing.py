"""Files that belong together: all of them are written or none, whatever happens meanwhile."""

from __future__ import annotations

import contextlib
import errno
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from newsletter import writing
from newsletter.diagnostics import Refused
from newsletter.writing import write_text, write_together
from workshop import contents, write

OLD = {"one-screen.pdf": b"old screen", "one-print.pdf": b"old print", "edition.json": b"{}"}


def old_files(folder: Path) -> dict[Path, bytes]:
    """Write old files into `folder`; return what shall take their places."""
    for name, data in OLD.items():
        write(folder / name, data)
    return {folder / name: b"new " + data for name, data in OLD.items()}


def refusal(new: dict[Path, bytes]) -> tuple[str, object]:
    with pytest.raises(Refused) as caught:
        write_together(new)
    [problem] = caught.value.diagnostics
    return problem.code, problem.values["file"]


def test_all_files_are_exchanged_and_none_is_left_beside_them(tmp_path: Path) -> None:
    new = old_files(tmp_path)
    write_together(new)
    assert contents(tmp_path) == {path.name: data for path, data in sorted(new.items())}
    assert {path.stat().st_mode & 0o777 for path in new} == {0o644}


def test_the_file_is_named_and_not_its_part_beside_it(tmp_path: Path) -> None:
    name = "x" * 240 + ".pdf"
    assert refusal({tmp_path / name: b"x"}) == ("N702", name)


def test_a_device_or_a_pipe_does_not_give_way_to_a_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert refusal({tmp_path / "pipe": b"x"}) == ("N702", "pipe")
    assert (tmp_path / "pipe").is_fifo()


def test_a_report_that_cannot_be_written_leaves_the_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = tmp_path / "report.html"
    write(report, b"old")
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", fail_always)
        with pytest.raises(Refused):
            write_text(report, "new")
    assert contents(tmp_path) == {"report.html": b"old"}
    write_text(report, "new \udcff")
    assert contents(tmp_path) == {"report.html": b"new \\udcff"}


def test_a_report_is_written_through_a_link_and_to_a_device(tmp_path: Path) -> None:
    write(tmp_path / "kept" / "report.txt", b"old")
    (tmp_path / "link").symlink_to("kept/report.txt")
    write_text(tmp_path / "link", "new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "kept" / "report.txt").read_bytes() == b"new"
    write_text(Path(os.devnull), "new")
    assert not Path(os.devnull).is_file()


def test_a_folder_is_made_if_there_is_none(tmp_path: Path) -> None:
    write_together({tmp_path / "a" / "b" / "x.pdf": b"x"})
    assert (tmp_path / "a" / "b" / "x.pdf").read_bytes() == b"x"


@pytest.mark.parametrize("call", ["fsync", "replace", "link"])
@pytest.mark.parametrize("turn", [1, 2, 3])
def test_a_full_disk_at_whatever_moment_costs_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, turn: int
) -> None:
    new = old_files(tmp_path)
    turns = iter(range(1, 100))
    real = {"fsync": os.fsync, "replace": Path.replace, "link": os.link}[call]

    def fail(*args: Any) -> Any:  # noqa: ANN401 - stands for three functions
        if next(turns) == turn:
            raise OSError(errno.ENOSPC, "No space left on device", str(args[0]))
        return real(*args)

    if call == "link":  # then the old file is copied
        monkeypatch.setattr(writing.os, "link", fail)
        monkeypatch.setattr(writing.shutil, "copyfile", fail_always)
    else:
        monkeypatch.setattr(*((os, "fsync") if call == "fsync" else (Path, "replace")), fail)
    assert refusal(new)[0] == "N702"
    assert contents(tmp_path) == dict(sorted(OLD.items()))


def fail_always(*_args: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def test_a_file_that_was_not_there_before_is_not_there_after_a_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "b.pdf", b"old")
    turns = iter(range(1, 100))
    replace = Path.replace

    def fail(path: Path, target: Path) -> Path:
        if next(turns) == 2:
            fail_always()
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", fail)
    assert refusal({tmp_path / "a.pdf": b"new", tmp_path / "b.pdf": b"new"})[0] == "N702"
    assert contents(tmp_path) == {"b.pdf": b"old"}


def test_where_there_are_no_links_the_old_file_is_copied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    new = old_files(tmp_path)
    monkeypatch.setattr(writing.os, "link", fail_always)
    write_together(new)
    assert contents(tmp_path) == {path.name: data for path, data in sorted(new.items())}


def test_a_folder_in_the_place_of_a_file_is_refused(tmp_path: Path) -> None:
    new = old_files(tmp_path)
    (tmp_path / "one-print.pdf").unlink()
    (tmp_path / "one-print.pdf").mkdir()
    assert refusal(new)[0] == "N702"
    assert (tmp_path / "one-screen.pdf").read_bytes() == OLD["one-screen.pdf"]


def test_a_file_in_the_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    write(tmp_path / "build", b"")
    assert refusal({tmp_path / "build" / "x.pdf": b"x"}) == ("N702", "build")


def test_a_folder_that_may_not_be_written_to_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not by mode bits, which do not bind the superuser who may run this."""

    def forbid(*_args: object, dir: Path, **_options: object) -> None:  # noqa: A002 - its name
        raise PermissionError(errno.EACCES, "Permission denied", str(dir))

    new = old_files(tmp_path)
    monkeypatch.setattr(writing.tempfile, "mkstemp", forbid)
    assert refusal(new)[0] == "N702"
    assert contents(tmp_path) == dict(sorted(OLD.items()))


# Killed, and together with others


STOPPED = """
import sys, time
from pathlib import Path
from newsletter import writing
def stop(path):
    print("writing", flush=True)
    time.sleep(60)
writing.Path.chmod = lambda path, mode: stop(path)
writing.write_together({Path(sys.argv[1]) / "one-screen.pdf": b"half"})
"""


@contextlib.contextmanager
def a_build_at_work(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """Run a build that has written a file beside its place, and holds still."""
    with subprocess.Popen(
        [sys.executable, "-c", STOPPED, str(folder)], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "writing\n"
        try:
            yield process
        finally:
            process.kill()


@pytest.mark.parametrize("blow", [signal.SIGTERM, signal.SIGKILL])
def test_a_build_that_is_killed_leaves_the_old_files_and_the_next_one_sweeps(
    tmp_path: Path, blow: signal.Signals
) -> None:
    new = old_files(tmp_path)
    with a_build_at_work(tmp_path) as process:
        process.send_signal(blow)
        assert process.wait() == -blow
    assert {name: data for name, data in contents(tmp_path).items() if name in OLD} == dict(
        sorted(OLD.items())
    )
    write_together(new)
    assert contents(tmp_path) == {path.name: data for path, data in sorted(new.items())}


def test_a_build_waits_for_another_that_writes_and_takes_nothing_from_it(tmp_path: Path) -> None:
    new = old_files(tmp_path)
    with a_build_at_work(tmp_path) as process:
        second = threading.Thread(target=write_together, args=(new,))
        second.start()
        time.sleep(0.2)
        assert second.is_alive()
        assert len(list(tmp_path.glob(".one-screen.pdf.*.part"))) == 1
        assert (tmp_path / "one-screen.pdf").read_bytes() == OLD["one-screen.pdf"]
        process.kill()
        process.wait()
        second.join(timeout=10)
    assert contents(tmp_path) == {path.name: data for path, data in sorted(new.items())}


def test_parts_of_other_files_are_left_alone(tmp_path: Path) -> None:
    new = old_files(tmp_path)
    write(tmp_path / ".one-screen.pdf.abc.part", b"left by a build that was killed")
    write(tmp_path / ".notes.txt.abc.part", b"somebody else's")
    write_together(new)
    assert [name for name in contents(tmp_path) if name.startswith(".")] == [".notes.txt.abc.part"]


def test_without_locks_nothing_is_swept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import fcntl

    monkeypatch.setattr(fcntl, "flock", fail_always)
    new = old_files(tmp_path)
    write(tmp_path / ".one-screen.pdf.abc.part", b"perhaps of a build at work")
    write_together(new)
    assert (tmp_path / ".one-screen.pdf.abc.part").exists()
    assert (tmp_path / "one-screen.pdf").read_bytes() == new[tmp_path / "one-screen.pdf"]


def test_builds_at_the_same_time_leave_the_files_of_one(tmp_path: Path) -> None:
    names = ["a.pdf", "b.pdf", "c.json"]

    def write_many(mark: bytes) -> None:
        for _ in range(15):
            write_together({tmp_path / name: mark * 1000 for name in names})

    writers = [threading.Thread(target=write_many, args=(m,)) for m in (b"1", b"2", b"3")]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert sorted(contents(tmp_path)) == names
    assert len(set(contents(tmp_path).values())) == 1
