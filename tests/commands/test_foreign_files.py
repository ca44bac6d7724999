"""Files of others are read within bounds, whatever the command: N906 and N907, and no more."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from click.testing import Result

import hostile
import small_issue
from newsletter.diagnostics import Refused
from newsletter.preflight import isolation
from newsletter.preflight.isolation import Bounds, apart

Run = Callable[..., Result]
TIGHT_S = 3.0
"""Less than any of these files takes; a process of its own is there within one."""
TIGHT_BYTES = 400 * 2**20
KNOWN = "id: '1999'\ntitle: 旧刊\n"


@pytest.fixture(scope="module")
def publication(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_issue.make(tmp_path_factory.mktemp("publication"))


@pytest.fixture
def command(publication: Path, tmp_path: Path) -> Callable[[str], list[str]]:
    """What makes a command of its name, with hostile.pdf in a folder of the test's."""
    known = tmp_path / "known.yaml"
    known.write_text(KNOWN, "utf-8")
    (tmp_path / "archive").mkdir()
    archive = str(tmp_path / "archive")
    file = str(tmp_path / "hostile.pdf")

    def made(name: str) -> list[str]:
        arguments = {
            "add": ["archive", "--archive", archive, "add", file, "--metadata", str(known)],
            "against": ["review", "one", "--against", file],
            "import": ["review", "one", "--import-comments", file],
            "impose": ["impose", file],
            "proof": ["impose", file, "--proof", "1"],
        }[name]
        return ["-C", str(publication), *arguments]

    return made


@pytest.mark.parametrize("name", ["add", "against"])
def test_a_page_that_is_drawn_for_ever_is_given_up(
    run: Run,
    command: Callable[[str], list[str]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
) -> None:
    hostile.slow(tmp_path / "hostile.pdf")
    monkeypatch.setattr(isolation, "SECONDS", TIGHT_S)
    result = run(*command(name))
    assert result.exit_code == 1, result.output
    assert "hostile.pdf: error N906 examination-too-long: reading the file was" in result.output
    assert "stopped after 3 seconds" in result.output
    assert "hint: the file asks for more work" in result.output
    assert not list((tmp_path / "archive").iterdir())


@pytest.mark.parametrize("name", ["add", "against", "impose"])
def test_content_that_takes_all_memory_is_given_up(
    run: Run,
    command: Callable[[str], list[str]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
) -> None:
    pytest.importorskip("resource")
    hostile.large(tmp_path / "hostile.pdf", TIGHT_BYTES // 2)
    monkeypatch.setattr(isolation, "MEMORY", TIGHT_BYTES)
    result = run(*command(name))
    assert result.exit_code == 1, result.output
    assert "hostile.pdf: error N907 examination-broken-off" in result.output
    assert "hint: the file takes more memory than it should" in result.output
    assert {path.name for path in tmp_path.glob("*.pdf")} == {"hostile.pdf"}


@pytest.mark.parametrize("name", ["impose", "proof", "import"])
def test_the_clock_runs_for_all_that_read_a_file(
    run: Run,
    command: Callable[[str], list[str]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
) -> None:
    hostile.large(tmp_path / "hostile.pdf", 2**20)
    monkeypatch.setattr(isolation, "SECONDS", 0.001)
    result = run(*command(name))
    assert (result.exit_code, "error N906" in result.output) == (1, True), result.output
    assert run("--lang", "zh", *command(name)).output.count("读取文件超过0秒，已停止") == 1


def test_sheets_are_the_same_bytes_wherever_they_are_made(tmp_path: Path, run: Run) -> None:
    from newsletter.commands.impose import imposed
    from newsletter.press.imposition import ImpositionOrder
    from newsletter.press.lettering import face

    file = hostile.large(tmp_path / "file.pdf", 1000)
    assert run("impose", str(file)).exit_code == 0
    here = imposed(file.read_bytes(), ImpositionOrder("file.pdf", face()), None)
    assert (tmp_path / "file-saddle.pdf").read_bytes() == here.data


def test_what_went_wrong_in_our_code_is_not_laid_to_a_page(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="N907"):
        apart("a.pdf", Bounds(), Path.read_bytes, tmp_path / "there is none")


def test_a_larger_file_has_more_time_and_memory() -> None:
    small, book = Bounds.of_size(0), Bounds.of_size(300 * 2**20)
    assert (small.seconds, small.memory) == (isolation.SECONDS, isolation.MEMORY)
    assert book.seconds == pytest.approx(small.seconds + 300)
    assert book.memory > small.memory + 4 * 300 * 2**20


ORPHANED = """
import sys, time
from newsletter.preflight import isolation

def read(path):
    isolation_told = open(path, "w"); isolation_told.write(str(__import__("os").getpid()))
    isolation_told.close()
    while True:
        pass

if __name__ == "__main__":
    isolation.PATIENCE = 0
    isolation.apart("a.pdf", isolation.Bounds(2.0), read, sys.argv[1])
"""


@pytest.mark.skipif(sys.platform != "linux", reason="/proc tells who runs")
def test_a_process_whose_parent_was_killed_ends_by_itself(tmp_path: Path) -> None:
    script, told = tmp_path / "orphaned.py", tmp_path / "pid"
    script.write_text(ORPHANED, "utf-8")
    with subprocess.Popen([sys.executable, str(script), str(told)]) as parent:
        _wait(lambda: told.exists() and bool(told.read_text("ascii")), 20)
        parent.kill()
    child = int(told.read_text("ascii"))
    _wait(lambda: not _runs(child), 30)


def _wait(is_so: Callable[[], bool], seconds: float) -> None:
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.05)


def _runs(pid: int) -> bool:
    """Tell whether a process uses the processor: one that ended may be left to be waited for."""
    try:
        return Path(f"/proc/{pid}/stat").read_text("ascii").rsplit(") ")[-1][0] not in "ZX"
    except OSError:
        return False


def test_the_small_file_is_sound(tmp_path: Path) -> None:
    with pikepdf.open(hostile.large(tmp_path / "a.pdf", 1000)) as pdf:
        assert len(pdf.pages) == hostile.PAGES
