"""newsletter build --all: the same files by one process, by many, by a cluster; faults by issue."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import Result

import small_issue
from newsletter.cache.libraries import loaded_libraries
from newsletter.commands import build as command
from newsletter.crew import cluster
from newsletter.crew.parcel import issue_parcel, shared_parcel, unpack
from newsletter.crew.task import Outcome, Task
from newsletter.diagnostics import Refused
from processes import alive, waited
from small_issue import STYLE, swap

Run = Callable[..., Result]
NAMES = ["four", "one", "three", "two"]
COMMAND = "from newsletter.cli import main; main()"
LONGEST_S = 120.0


def several(root: Path, names: list[str]) -> Path:
    """Make a publication of these issues, which differ in a word, and whose layout has a fault."""
    small_issue.make(root)
    article = (root / small_issue.ARTICLE).read_text("utf-8")
    issue = (root / small_issue.ISSUE).read_text("utf-8")
    for name in names:
        folder = root / "issues" / name
        small_issue.write(folder / "issue.yaml", issue.replace("id: one", f"id: {name}"))
        small_issue.write(folder / "articles/first.yaml", article.replace("水坝", f"水坝{name}"))
    swap(root / STYLE, "h1,", "p { colour: red }\nh1,")
    return root


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The issues, built one after another; not to be changed."""
    root = several(tmp_path_factory.mktemp("alone") / "pub", NAMES)
    assert program(root, "--jobs", "1").returncode == 0
    return root


def program(root: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: PLW1510 - the exit status is what is tested
        [sys.executable, "-c", COMMAND, "--lang", "en", "build", "--all", *words],
        cwd=root,
        capture_output=True,
        text=True,
        timeout=LONGEST_S,
    )


def digests(root: Path) -> dict[str, str]:
    return {
        path.name + path.parent.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted((root / "build").rglob("*"))
        if path.is_file()
    }


def test_many_processes_make_the_files_that_one_makes(alone: Path, tmp_path: Path) -> None:
    root = several(tmp_path / "pub", NAMES)
    done = program(root, "--jobs", "3")
    assert done.returncode == 0
    files = [f"build/{n}/{n}-{p}.pdf" for n in NAMES for p in ("screen", "print")]
    assert done.stdout.splitlines() == files
    headings = [line for line in done.stderr.splitlines() if line.rstrip(":") in NAMES]
    assert headings == [f"{name}:" for name in NAMES]
    assert done.stderr.count("N505") == len(NAMES)
    assert digests(root) == digests(alone)


def test_an_issue_with_a_fault_is_told_under_its_name_and_stops_no_other(
    tmp_path: Path, run: Run
) -> None:
    root = several(tmp_path / "pub", ["bad", "one", "two"])
    small_issue.write(root / "issues/bad/issue.yaml", "id: bad\n")
    result = run("build", "--all", "--jobs", "2", "--format", "json", at=root)
    assert result.exit_code == 1
    data = json.loads(result.stdout)
    assert list(data["issues"]) == ["bad", "one", "two"]
    assert "N105" in [d["code"] for d in data["issues"]["bad"]["diagnostics"]]
    assert data["issues"]["bad"]["files"] == []
    assert len(data["files"]) == 4
    assert [d["code"] for d in data["issues"]["two"]["diagnostics"]] == ["N505"]


def test_the_gate_speaks_of_each_issue(tmp_path: Path, run: Run) -> None:
    root = several(tmp_path / "pub", ["one", "two"])
    swap(root / "newsletter.yaml", "name: 小报\n", "name: 小报\nreview: {rounds: [初审]}\n")
    result = run("build", "--all", "--final", at=root)
    assert result.exit_code == 1
    assert [line for line in result.stderr.splitlines() if line in ("one:", "two:")] == [
        "one:",
        "two:",
    ]
    assert not (root / "build").exists()


@pytest.mark.skipif(loaded_libraries() is None, reason="nothing is noted here")
def test_only_what_has_changed_is_built(
    tmp_path: Path, run: Run, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = several(tmp_path / "pub", ["one", "two"])
    monkeypatch.chdir(root)
    time.sleep(0.1)
    first = run("build", "--all", "--jobs", "2")
    built: list[str] = []
    build_issue = command.build_issue

    def noted(task: Task, *more: Callable[[str], None]) -> Outcome:
        built.append(task.issue)
        return build_issue(task, *more)

    monkeypatch.setattr(command, "build_issue", noted)
    again = run("build", "--all")
    assert again.exception is None
    assert built == []
    assert (again.stdout, again.stderr, again.exit_code) == (first.stdout, first.stderr, 0)
    swap(root / "issues/two/articles/first.yaml", "水坝", "大坝")
    assert run("build", "--all").stdout == first.stdout
    assert built == ["two"]
    assert run("build", "--all", "--fresh", "--jobs", "1").stdout == first.stdout
    assert built == ["two", "one", "two"]


@pytest.mark.parametrize(
    "words",
    [
        ("one", "--jobs", "2"),
        ("one", "--cluster", "tcp://127.0.0.1:1"),
        ("--all", "--jobs", "0"),
        ("--all", "--output", "out"),
        ("--all", "--profile", "screen", "--proof", "2"),
    ],
)
def test_words_that_do_not_go_together_are_refused(
    small: Path, run: Run, words: tuple[str, ...]
) -> None:
    assert run("build", *words, at=small).exit_code == 2


def test_proofs_are_made_of_every_issue(tmp_path: Path, run: Run) -> None:
    root = several(tmp_path / "pub", ["one", "two"])
    words = ("build", "--all", "--jobs", "2", "--profile", "print", "--proof", "3")
    assert run(*words, at=root).exit_code == 0
    assert sorted(path.name for path in root.rglob("*-proof-3.pdf")) == [
        "one-proof-3.pdf",
        "two-proof-3.pdf",
    ]


def test_issues_are_built_where_no_socket_has_room(tmp_path: Path) -> None:
    """The path of a socket has at most 107 bytes (unix(7)), that of a folder many more."""
    root = several(tmp_path / "pub", ["one", "two"])
    (folder := tmp_path / ("long" * 30)).mkdir()
    built = subprocess.run(
        [sys.executable, "-c", COMMAND, "build", "--all", "--jobs", "2"],
        cwd=root,
        env={**os.environ, "TMPDIR": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert built.returncode == 0, built.stderr
    assert len([*root.rglob("*-screen.pdf")]) == 2
    assert [*folder.iterdir()] == []


@pytest.mark.parametrize("blow", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_build_that_is_stopped_leaves_whole_files_and_no_process(
    tmp_path: Path, blow: signal.Signals
) -> None:
    root = several(tmp_path / "pub", NAMES)
    (tmp_path / "between").mkdir()
    process = subprocess.Popen(
        [sys.executable, "-c", COMMAND, "build", "--all", "--jobs", "2"],
        cwd=root,
        env={**os.environ, "TMPDIR": str(tmp_path / "between")},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        assert waited(lambda: any(root.rglob("edition.json")), LONGEST_S)
        os.killpg(process.pid, blow)
        process.wait(LONGEST_S)
        assert waited(lambda: not alive(process.pid), LONGEST_S)
    finally:
        if alive(process.pid):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    assert [*root.rglob("*.part")] == []
    assert [*(tmp_path / "between").iterdir()] == []
    for record in root.rglob("edition.json"):
        for name, digest in json.loads(record.read_text("utf-8"))["files"].items():
            content = (record.parent / name).read_bytes()
            assert hashlib.sha256(content).hexdigest() == digest


# A cluster


class Cluster:
    """A scheduler on loopback, and its workers."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.file = folder, folder / "scheduler.json"
        self.processes = [self._start("scheduler", "--port", "0", "--no-show")]
        assert waited(
            lambda: self.file.exists() and self.file.read_bytes().endswith(b"}"), LONGEST_S
        )

    @property
    def address(self) -> str:
        return str(json.loads(self.file.read_text("utf-8"))["address"])

    def worker(self) -> subprocess.Popen[bytes]:
        name = str(self.folder / f"worker{len(self.processes)}")
        process = self._start("worker", "--nthreads", "2", "--no-nanny", "--local-directory", name)
        self.processes.append(process)
        return process

    def _start(self, kind: str, *words: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", f"distributed.cli.dask_{kind}", "--no-dashboard"]
        place = ["--host", "127.0.0.1", "--scheduler-file", str(self.file)]
        with (self.folder / f"{kind}.log").open("ab") as log:
            return subprocess.Popen([*command, *place, *words], stdout=log, stderr=log)

    def stop(self) -> None:
        for process in self.processes:
            process.kill()
            process.wait()


@pytest.fixture
def workers(tmp_path: Path) -> Iterator[Cluster]:
    """A cluster that has no worker yet."""
    made = Cluster(tmp_path)
    try:
        yield made
    finally:
        made.stop()


def test_a_cluster_makes_the_files_that_this_machine_makes(
    alone: Path, tmp_path: Path, workers: Cluster
) -> None:
    for _ in range(2):
        workers.worker()
    root = several(tmp_path / "pub", [*NAMES, "bad"])
    small_issue.write(root / "issues/bad/issue.yaml", "id: bad\n")
    done = program(root, "--cluster", workers.address)
    assert done.returncode == 1
    assert "bad:\n" in done.stderr
    assert "N105" in done.stderr
    assert done.stderr.count("N505") == len(NAMES)
    assert len(done.stdout.splitlines()) == 2 * len(NAMES)
    assert digests(root) == digests(alone)


def test_a_worker_that_is_killed_costs_no_issue(tmp_path: Path, workers: Cluster) -> None:
    doomed, _other = workers.worker(), workers.worker()
    names = [*(f"n{number}" for number in range(7)), "one"]
    root = several(tmp_path / "pub", names)
    process = subprocess.Popen(
        [sys.executable, "-c", COMMAND, "build", "--all", "--cluster", workers.address],
        cwd=root,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert waited(lambda: any(root.rglob("edition.json")), LONGEST_S)
    doomed.kill()
    out, _ = process.communicate(timeout=LONGEST_S)
    assert process.returncode == 0
    assert out.splitlines() == [
        f"build/{n}/{n}-{p}.pdf" for n in names for p in ("screen", "print")
    ]


def test_a_cluster_without_workers_is_told_of(tmp_path: Path, workers: Cluster) -> None:
    root = several(tmp_path / "pub", ["one"])
    done = program(root, "--cluster", workers.address)
    assert done.returncode == 1
    assert "N726" in done.stderr
    assert f"dask worker {workers.address}" in done.stderr


def test_an_address_where_nobody_answers_is_told(tmp_path: Path) -> None:
    root = several(tmp_path / "pub", ["one"])
    for address in ("tcp://127.0.0.1:1", "nonsense://x"):
        done = program(root, "--cluster", address)
        assert done.returncode == 1, done.stderr
        assert "N726" in done.stderr
        assert "Traceback" not in done.stderr


def test_without_the_extra_it_says_how_to_get_it(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    root = several(tmp_path / "pub", ["one"])
    result = run("build", "--all", "--cluster", "tcp://127.0.0.1:1", at=root)
    assert result.exit_code == 1
    assert "N725" in result.stderr
    assert "newsletter[cluster]" in result.stderr


class Future:
    """What a cluster gives for a task."""

    def __init__(self, status: str, result: object) -> None:
        self.status, self._result = status, result

    def result(self) -> object:
        return self._result

    def exception(self) -> object:
        return self._result


def test_a_worker_with_other_versions_is_told_and_its_files_are_not_taken(tmp_path: Path) -> None:
    task = Task(tmp_path, "one")
    versions = {**cluster.versions(), "weasyprint": "12.0"}
    delivery = cluster.Delivery({"one-screen.pdf": b"x"}, (), versions, ("one-screen.pdf",))
    outcome = cluster._outcome(task, Future("finished", delivery))
    (told,) = outcome.findings
    assert (told.code, told.values["name"], told.values["theirs"]) == ("N727", "weasyprint", "12.0")
    assert outcome.files == ()
    assert [*tmp_path.iterdir()] == []


def test_a_task_that_kills_its_workers_is_told(tmp_path: Path) -> None:
    task = Task(tmp_path, "one")
    for future in (Future("error", KeyError("x")), Future("lost", None)):
        (told,) = cluster._outcome(task, future).findings
        assert told.code == "N724"


def test_files_that_cannot_be_written_here_are_told(tmp_path: Path) -> None:
    (tmp_path / "build").write_bytes(b"")
    versions = cluster.versions()
    delivery = cluster.Delivery({"one-screen.pdf": b"x"}, (), versions, ("one-screen.pdf",))
    (told,) = cluster._outcome(Task(tmp_path, "one"), Future("finished", delivery)).findings
    assert told.code == "N702"


def test_a_parcel_gives_the_same_files_and_links(tmp_path: Path) -> None:
    root = several(tmp_path / "pub", ["two"])
    (root / "issues/one/link.yaml").symlink_to("issue.yaml")
    (root / "issues/one/out").symlink_to("../..")
    unpack(shared_parcel(root), tmp_path / "there")
    unpack(issue_parcel(root, "one"), tmp_path / "there")
    there = {path.relative_to(tmp_path / "there") for path in (tmp_path / "there").rglob("*")}
    here = {path.relative_to(root) for path in root.rglob("*")}
    assert there == {path for path in here if path.parts[:2] != ("issues", "two")}
    assert (tmp_path / "there/issues/one/link.yaml").is_symlink()


def test_a_link_that_leads_out_is_refused_on_a_worker_as_it_is_here(tmp_path: Path) -> None:
    root = several(tmp_path / "pub", ["one"])
    small_issue.write(tmp_path / "else.yaml", (root / small_issue.ARTICLE).read_bytes())
    (root / small_issue.ARTICLE).unlink()
    (root / small_issue.ARTICLE).symlink_to(tmp_path / "else.yaml")
    from newsletter import edition

    with pytest.raises(Refused) as here:
        edition.build(root, "one")
    there = cluster.make(Task(Path(), "one"), shared_parcel(root), issue_parcel(root, "one"))
    codes = [d.code for d in here.value.diagnostics]
    assert [d.code for d in there.findings] == codes == ["N118"]
