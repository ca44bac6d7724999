"""A build whose inputs and files are as they were is not made again; any change makes it anew."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import small_issue
from newsletter import entry
from newsletter.cache import tool
from newsletter.cache.findings import files_of, findings_of
from newsletter.cache.libraries import loaded_libraries
from newsletter.cache.manifest import Manifest, load
from newsletter.cache.request import Request, read_line
from newsletter.cache.unchanged import answer, unchanged
from newsletter.cache.writing import save
from newsletter.commands.building import build_issue
from newsletter.crew.task import Outcome, Task
from newsletter.diagnostics import Diagnostic, Place, Severity, Spot, Term
from newsletter.resources import packaged
from small_issue import ARTICLE, DRAWING, STYLE, program, swap

PAUSE_S = 0.1
"""Files have to be older than the build that reads them by more than a tick of the clock."""

pytestmark = pytest.mark.skipif(loaded_libraries() is None, reason="nothing is noted here")


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A publication with a picture and a warning, built with a cache; each test puts it back."""
    folder = tmp_path_factory.mktemp("unchanged")
    made = small_issue.make(folder / "pub")
    pictured = "pictures:\n  - {id: dam, file: images/dam.svg, alt: 水坝}\nbody: |\n  ![](dam)\n\n"
    swap(made / ARTICLE, "body: |\n", pictured)
    swap(made / STYLE, "h1,", "p { colour: red }\nh1,")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NEWSLETTER_CACHE", str(folder / "cache"))
        time.sleep(PAUSE_S)
        assert built(made).files
        yield made


def built(root: Path, **choices: object) -> Outcome:
    request = Request(str(root), "one", **choices)  # type: ignore[arg-type]
    return build_issue(Task(root, "one", request.profiles, request.layout, request=request))  # type: ignore[arg-type]


def kept(root: Path) -> Manifest | None:
    return unchanged(Request(str(root), "one"))


def path_of(root: Path) -> Path:
    return Path(str(Request(str(root), "one").manifest()))


# What counts as a change


def rewritten(file: str, change: Callable[[bytes], bytes]) -> Callable[[Path], Callable[[], None]]:
    """Change a file; what is returned puts the old content back."""

    def act(root: Path) -> Callable[[], None]:
        path = root / file
        old = path.read_bytes()
        path.write_bytes(change(old))
        return lambda: [path.write_bytes(old), None][1]

    return act


def added(file: str, content: str = "x") -> Callable[[Path], Callable[[], None]]:
    """Write a file that was not there; what is returned takes it and its new folders away."""

    def act(root: Path) -> Callable[[], None]:
        path = root / file
        first = next(one for one in (path, *path.parents) if one.parent.exists())
        small_issue.write(path, content)
        return first.unlink if first.is_file() else lambda: shutil.rmtree(first)

    return act


def removed(file: str) -> Callable[[Path], Callable[[], None]]:
    def act(root: Path) -> Callable[[], None]:
        old = (root / file).read_bytes()
        (root / file).unlink()
        return lambda: small_issue.write(root / file, old)

    return act


CHANGES = {
    "a word": rewritten(ARTICLE, lambda text: text.replace("会议".encode(), "大会".encode())),
    "the publication": rewritten("newsletter.yaml", lambda text: text + b"# more\n"),
    "a picture": rewritten(DRAWING, lambda text: text.replace(b"0h8", b"1h8")),
    "a stylesheet": rewritten(STYLE, lambda text: text.replace(b"red", b"tan")),
    "a new file of the layout": added("layouts/plain/more.css"),
    "a new layout, of the name of one of ours": added("layouts/silkroad/layout.yaml"),
    "fonts of its own": added("fonts/own/family.yaml"),
    "profiles of its own": added("profiles/profiles.yaml", "profiles: []\n"),
    "an article that no section names": added("issues/one/articles/second.yaml"),
    "a picture that is gone": removed(DRAWING),
    "an output that is gone": removed("build/one/one-print.pdf"),
    "a damaged output": rewritten("build/one/one-screen.pdf", lambda data: data[:-9] + b"\0" * 9),
    "another record": rewritten("build/one/edition.json", lambda data: data.replace(b"1", b"2")),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_makes_the_build_anew_and_undone_it_is_none(root: Path, name: str) -> None:
    assert kept(root)
    undo = CHANGES[name](root)
    assert kept(root) is None
    undo()
    assert kept(root)


def test_a_file_written_again_with_the_same_content_is_unchanged_and_not_read_twice(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (root / ARTICLE).write_bytes((root / ARTICLE).read_bytes())
    (root / "build/one/one-screen.pdf").touch()
    assert kept(root)
    monkeypatch.setattr("newsletter.cache.unchanged.digest_of", lambda _path: "another")
    assert kept(root)
    (root / ARTICLE).touch()
    assert kept(root) is None


def test_another_size_and_time_that_were_set_back_do_not_hide_a_change(root: Path) -> None:
    """As rsync does: the same size, the old time of modification, the same place on the disk."""
    path = root / ARTICLE
    old, state = path.read_bytes(), path.stat()
    path.write_bytes(old.replace("会议".encode(), "大会".encode()))
    os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns))
    assert kept(root) is None
    path.write_bytes(old)
    assert kept(root)


def test_a_file_that_has_become_a_link_to_elsewhere_is_a_change(root: Path, tmp_path: Path) -> None:
    path = root / ARTICLE
    old = path.read_bytes()
    small_issue.write(tmp_path / "elsewhere.yaml", old)
    path.unlink()
    path.symlink_to(tmp_path / "elsewhere.yaml")
    assert kept(root) is None
    path.unlink()
    path.write_bytes(old)
    assert kept(root)


@pytest.mark.parametrize("variable", ["PYTHONOPTIMIZE", "LD_LIBRARY_PATH", "PANGO_RC_FILE"])
def test_another_environment_is_a_change(
    root: Path, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    monkeypatch.setenv(variable, "something")
    assert kept(root) is None


def test_variables_that_nothing_listens_to_are_none(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EDITOR", "another")
    assert kept(root)


def test_another_tool_is_a_change(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tool, "_NOTED", ["another"])
    assert kept(root) is None


def test_the_state_of_the_tool_follows_from_its_code_and_packages(tmp_path: Path) -> None:
    small_issue.write(tmp_path / "room/door.py", "1")
    small_issue.write(tmp_path / "room/__pycache__/door.pyc", "1")
    before = [*tool._code(str(tmp_path), "")]
    assert [line.split()[0] for line in before] == ["room/door.py"]
    small_issue.write(tmp_path / "room/door.py", "12")
    assert [*tool._code(str(tmp_path), "")] != before


def test_the_state_of_the_tool_follows_from_what_is_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert any(" weasyprint-" in line for line in tool._packages())
    folder = tmp_path / "site-packages"
    small_issue.write(folder / "colour-1.0.dist-info/RECORD", "")
    monkeypatch.setattr(sys, "path", [str(folder)])
    (before,) = tool._packages()
    shutil.move(folder / "colour-1.0.dist-info", tmp_path)
    shutil.move(tmp_path / "colour-1.0.dist-info", folder)
    (again,) = tool._packages()
    assert again != before


def test_another_library_is_a_change(root: Path) -> None:
    path = path_of(root)
    manifest = load(str(path))
    assert manifest
    assert any("pango" in name for name in manifest.libraries)
    whole = path.read_bytes()
    manifest.libraries[next(iter(manifest.libraries))] = "1 2 3 4"
    save(str(path), manifest)
    assert kept(root) is None
    path.write_bytes(whole)
    assert kept(root)


def test_a_damaged_manifest_is_none(root: Path) -> None:
    path = path_of(root)
    whole = path.read_bytes()
    for damaged in (b"", whole[:-1][: len(whole) // 2], whole.replace(b"inputs", b"inputz", 1)):
        path.write_bytes(damaged)
        assert kept(root) is None
    path.write_bytes(whole)
    assert kept(root)


def test_another_request_has_another_manifest(root: Path, tmp_path: Path) -> None:
    for other in (
        Request(str(root), "one", ["screen"]),
        Request(str(root), "one", ["print", "screen"]),
        Request(str(root), "one", layout="bulletin"),
        Request(str(root), "one", output=str(tmp_path)),
        Request(str(root), "two"),
    ):
        assert unchanged(other) is None
    assert kept(root)


def test_what_was_touched_while_it_was_built_is_not_noted(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The build may have read what stood there before."""
    whole = path_of(root).read_bytes()
    path_of(root).unlink()
    (root / ARTICLE).touch()
    assert built(root).files
    assert kept(root) is None
    path_of(root).write_bytes(whole)
    assert kept(root)


def test_a_build_that_fails_is_never_unchanged(root: Path) -> None:
    old = (root / ARTICLE).read_bytes()
    (root / ARTICLE).write_bytes(b"id: first\n")
    time.sleep(PAUSE_S)
    for _ in range(2):
        assert not built(root).files
        assert kept(root) is None
    (root / ARTICLE).write_bytes(old)
    assert kept(root)


def test_without_a_cache_nothing_is_noted(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSLETTER_CACHE", "off")
    assert kept(root) is None


# What is said


@pytest.mark.parametrize("form", ["text", "json"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_it_says_what_a_build_would_say(
    root: Path,
    run: Callable[..., object],
    capsys: pytest.CaptureFixture[str],
    form: str,
    language: str,
) -> None:
    made = run("build", "one", "--format", form, at=root, lang=language)
    line = read_line(["-C", str(root), "--lang", language, "build", "one", "--format", form])
    assert line
    assert answer(line)
    assert capsys.readouterr() == (made.stdout, made.stderr)  # type: ignore[attr-defined]
    assert "N505" in made.output  # type: ignore[attr-defined]


def test_on_a_terminal_it_speaks_in_colours(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    line = read_line(["-C", str(root), "build", "one"])
    assert line
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    assert answer(line)
    assert "\x1b[" in capsys.readouterr().err


@pytest.mark.parametrize("output", ["out", "./out/", "../outside", "{}/absolute"])
def test_the_files_are_named_as_a_build_names_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, output: str, run: Callable[..., object]
) -> None:
    monkeypatch.setenv("NEWSLETTER_CACHE", str(tmp_path / "cache"))
    root = small_issue.make(tmp_path / "pub")
    monkeypatch.chdir(root)
    time.sleep(PAUSE_S)
    words = ["build", "one", "--profile", "screen", "-o", output.format(tmp_path)]
    made = run(*words, lang=None)
    line = read_line(words)
    said = io.StringIO()
    monkeypatch.setattr("sys.stdout", said)
    assert line
    assert answer(line)
    assert said.getvalue() == made.stdout  # type: ignore[attr-defined]


def test_findings_come_back_as_they_were(root: Path) -> None:
    manifest = kept(root)
    assert manifest
    outcome = built(root)
    assert findings_of(manifest) == outcome.findings
    assert files_of(manifest) == outcome.files


def test_every_kind_of_finding_comes_back() -> None:
    from newsletter.cache.findings import heard, said

    findings = (
        Diagnostic("N505", Place("a.css", 1, 2, 3, 4), {"problem": "\t面"}),
        Diagnostic("N926", Spot("a.pdf", 2, (1.5, 2.0, 3.0, 4.0)), {"n": 1, "why": Term("crash")}),
        Diagnostic("N926", Spot("a.pdf"), hint=None),
        Diagnostic("N701", severity_override=Severity.WARNING),
    )
    back = heard(said(findings))
    assert back == findings
    assert isinstance(back[1].values["why"], Term)
    assert not isinstance(back[0].values["problem"], Term)


# The program


def test_the_program_builds_once_and_then_answers_before_it_imports(root: Path) -> None:
    first, second = (program(root, "build", "one", "--format", "text") for _ in range(2))
    assert "weasyprint" in first.stderr
    assert first.returncode == second.returncode == 0
    assert second.stdout == first.stdout == "build/one/one-screen.pdf\nbuild/one/one-print.pdf\n"
    assert second.stderr.splitlines()[-1] == "imported:"
    assert second.stderr.splitlines()[:-1] == first.stderr.splitlines()[:-1]


def test_a_program_that_ends_at_once_leaves_nothing_behind(root: Path, tmp_path: Path) -> None:
    left = tmp_path / "temporary"
    left.mkdir()
    program = "import gc; gc.disable(); from newsletter.entry import main; main()"
    command = [sys.executable, "-c", program]
    for arguments, status in ((("build", "one"), 0), (("build", "two"), 1), (("--nope",), 2)):
        done = subprocess.run(
            [*command, "-C", str(root), *arguments],
            env={**os.environ, "TMPDIR": str(left)},
            capture_output=True,
            check=False,
        )
        assert done.returncode == status
        assert done.stdout or done.stderr
    assert list(left.iterdir()) == []


@pytest.mark.parametrize("word", ["--fresh", "--final", "--open", "--proof=2", "--jobs=1"])
def test_what_asks_for_more_goes_the_whole_way(root: Path, word: str) -> None:
    assert read_line(["-C", str(root), "build", "one"])
    assert read_line(["-C", str(root), "build", "one", word]) is None


def test_fresh_builds_anyway(
    root: Path, run: Callable[..., object], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = (root / "build/one/one-screen.pdf").stat().st_ino
    made = run("build", "one", "--fresh", at=root)
    assert made.exit_code == 0  # type: ignore[attr-defined]
    assert (root / "build/one/one-screen.pdf").stat().st_ino != before


@pytest.mark.parametrize(
    "words",
    [
        ["build"],
        ["build", "one", "two"],
        ["build", ""],
        ["review", "one"],
        ["build", "one", "--profile", "poster"],
        ["build", "one", "--profile"],
        ["build", "one", "--layout", "a", "--layout", "b"],
        ["--lang", "fr", "build", "one"],
        ["build", "one", "--format", "xml"],
        ["build", "--help"],
        ["build", "--", "one"],
        ["build", "one", "-o=out"],
    ],
)
def test_another_line_is_left_to_the_command(root: Path, words: list[str]) -> None:
    assert read_line(["-C", str(root), *words]) is None


def test_a_line_is_read_as_click_reads_it(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(root / "issues/one")
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    words = ["build", "--profile=print", "one", "--profile", "screen", "-o", "out"]
    line = read_line(words)
    assert line
    assert (line.language, line.form) == ("zh", "text")
    assert line.request.root == str(root.resolve())
    assert line.request.profiles == ("print", "screen")
    assert line.request.output == "out"
    assert read_line(["-C", str(root / "nowhere"), "build", "one"]) is None
    monkeypatch.chdir(root.parent)
    assert read_line(["build", "one"]) is None


def test_a_fault_in_the_shortcut_costs_nothing_but_time(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_arguments: list[str]) -> None:
        raise OSError

    ran: list[str] = []
    monkeypatch.setattr("newsletter.cache.request.read_line", fail)
    monkeypatch.setattr("newsletter.cli.main", lambda: ran.append("run"))
    monkeypatch.setattr(sys, "argv", ["newsletter", "build", "one"])
    entry.main()
    assert ran == ["run"]


# All that is read

WATCHED = """
import json, os, sys
files, folders = set(), set()
def hear(event, arguments):
    if event == "open" and isinstance(arguments[0], (str, bytes)):
        reads = not (arguments[2] or 0) & (os.O_WRONLY | os.O_RDWR)
        if reads and not os.path.isdir(arguments[0]):
            files.add(os.path.realpath(os.fsdecode(arguments[0])))
    elif event in ("os.listdir", "os.scandir") and isinstance(arguments[0], (str, os.PathLike)):
        folders.add(os.path.realpath(os.fsdecode(arguments[0])))
from pathlib import Path
from newsletter.commands.building import build_issue
from newsletter.cache.request import Request
from newsletter.crew.task import Task
root = Path(sys.argv[1])
sys.addaudithook(hear)
request = Request(str(root), "one")
build_issue(Task(root, "one"))
read = sorted(files), sorted(folders)
build_issue(Task(root, "one", request=request))
print(json.dumps([*read, request.manifest()]))
"""


def test_all_that_a_build_reads_is_in_its_manifest(root: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", WATCHED, str(root)], capture_output=True, text=True, check=True
    )
    files, folders, path = json.loads(done.stdout.splitlines()[-1])
    manifest = load(path)
    assert manifest
    places = [str(root), *(str(packaged() / kind) for kind in ("layouts", "fonts", "profiles"))]
    inputs = {kept.real for kept in manifest.inputs}
    ours = [name for name in files if name.startswith(tuple(places))]
    made = (str(root / "build"), str(root / "__pycache__"))
    assert len(ours) > 10
    assert [name for name in ours if name not in inputs and not name.startswith(made)] == []
    listed = [name for name in folders if name.startswith(tuple(places))]
    trees = tuple(os.path.realpath(tree) for tree in manifest.trees)
    spelled = str(root / "issues/one")  # listed to see how the names of pictures are written
    known = (*trees, *made, spelled)
    assert [name for name in listed if not name.startswith(known)] == []
