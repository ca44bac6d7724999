"""newsletter build: files, profiles, and nothing lost when it fails or is stopped."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from click.testing import Result

import small_issue
from newsletter import edition, writing
from newsletter.cli import Desk
from newsletter.commands.progress import STAGES, Progress
from newsletter.diagnostics import Diagnostic, Refused
from small_issue import ARTICLE, STYLE, swap

Run = Callable[..., Result]
FILES = ["edition.json", "one-print.pdf", "one-screen.pdf"]


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small publication whose issue has been built; not to be changed."""
    root = small_issue.make(tmp_path_factory.mktemp("built"))
    edition.build(root, "one")
    return root


@pytest.fixture
def proofed(built: Path, tmp_path: Path) -> Path:
    """A copy of it that may be changed."""
    root = tmp_path / "proofed"
    for path in built.rglob("*"):
        if path.is_file():
            small_issue.write(root / path.relative_to(built), path.read_bytes())
    return root


def written(root: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (root / "build/one").iterdir()}


def test_a_build_writes_the_files_of_all_profiles(built: Path) -> None:
    assert sorted(written(built)) == FILES
    assert all(data.startswith(b"%PDF") for name, data in written(built).items() if "pdf" in name)


def test_the_paths_are_the_result(run: Run, small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(small)
    result = run("build", "one", "--profile", "screen")
    assert result.exit_code == 0
    assert result.stdout == "build/one/one-screen.pdf\n"
    assert result.stderr == ""


def test_json_names_the_files_and_the_findings(
    run: Run, small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    swap(small / STYLE, "h1,", "p { colour: red }\nh1,")
    monkeypatch.chdir(small.parent)
    result = run("build", "--all", "--profile", "print", "--format", "json", at=small)
    data = json.loads(result.stdout)
    assert data["files"] == ["small/build/one/one-print.pdf"]
    assert [d["code"] for d in data["diagnostics"]] == ["N505"]


def test_another_folder_may_be_named(run: Run, small: Path, tmp_path: Path) -> None:
    result = run("build", "one", "--profile", "screen", "-o", str(tmp_path / "out"), at=small)
    assert result.exit_code == 0
    assert (tmp_path / "out/one-screen.pdf").is_file()
    assert not (small / "build").exists()


def test_another_layout_goes_into_files_that_bear_its_name(
    run: Run, proofed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = written(proofed)
    monkeypatch.chdir(proofed)
    result = run("build", "one", "--layout", "bulletin", "--profile", "screen")
    assert (result.exit_code, result.stdout) == (0, "build/one/one-bulletin-screen.pdf\n")
    after = written(proofed)
    new = {"one-bulletin-screen.pdf", "one-bulletin-edition.json"}
    assert {name: data for name, data in after.items() if name not in new} == before
    record = json.loads(after["one-bulletin-edition.json"])
    assert list(record["files"]) == ["one-bulletin-screen.pdf"]
    assert "layouts/bulletin/style.css" in record["inputs"]
    assert "layouts/plain/style.css" not in record["inputs"]


def test_its_own_layout_by_name_gives_the_same_pages_beside_the_others(
    run: Run, proofed: Path
) -> None:
    result = run("build", "one", "--layout", "plain", at=proofed)
    assert result.exit_code == 0
    files = written(proofed)
    assert files["one-plain-screen.pdf"] == files["one-screen.pdf"]


def test_options_of_the_issues_own_layout_rest_in_another(run: Run, small: Path) -> None:
    swap(small / "newsletter.yaml", "  name: plain\n", "  name: plain\n  options: {motto: 勤}\n")
    assert run("build", "one", "--layout", "bulletin", at=small).exit_code == 0


def test_a_layout_that_is_not_there_is_refused_with_those_that_are(run: Run, small: Path) -> None:
    result = run("build", "one", "--layout", "buletin", at=small)
    assert result.exit_code == 1
    assert "N501" in result.stderr
    assert "bulletin" in result.stderr
    assert not (small / "build").exists()


def test_every_issue_may_be_set_in_another_layout(run: Run, small: Path) -> None:
    result = run("build", "--all", "--layout", "bulletin", "--profile", "print", at=small)
    assert result.exit_code == 0
    assert (small / "build/one/one-bulletin-print.pdf").is_file()


def test_one_bad_issue_does_not_keep_the_others_from_being_built(run: Run, small: Path) -> None:
    small_issue.write(small / "issues/bad/issue.yaml", "id: bad\n")
    result = run("build", "--all", "--profile", "screen", at=small)
    assert result.exit_code == 1
    assert "one-screen.pdf" in result.stdout
    assert "N105" in result.stderr


def test_a_pdf_is_shown_when_it_is_asked_for(
    run: Run, small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[str] = []
    monkeypatch.setattr(click, "launch", shown.append)
    run("build", "one", "--profile", "screen", "--open", at=small)
    assert [Path(name).name for name in shown] == ["one-screen.pdf"]


# Nothing lost

STAGES_OF_A_BUILD = ["load_copy", "compose", "try_out", "finish", "write_together"]


@pytest.mark.parametrize("stage", STAGES_OF_A_BUILD)
@pytest.mark.parametrize("stop", [KeyboardInterrupt, SystemExit(143)], ids=["Ctrl-C", "SIGTERM"])
def test_an_interrupted_build_leaves_the_last_good_files(
    run: Run,
    proofed: Path,
    monkeypatch: pytest.MonkeyPatch,
    stage: str,
    stop: type[BaseException] | BaseException,
) -> None:
    before = written(proofed)
    swap(proofed / ARTICLE, "水坝", "大坝")

    def stopped(*_arguments: object) -> None:
        raise stop

    monkeypatch.setattr(edition, stage, stopped)
    result = run("build", "one", at=proofed)
    assert result.exit_code == (130 if stop is KeyboardInterrupt else 143)
    assert written(proofed) == before


@pytest.mark.parametrize("number", [0, 1, 2])
@pytest.mark.parametrize("operation", ["write", "replace"])
@pytest.mark.parametrize("stop", [KeyboardInterrupt, OSError(28, "No space left on device")])
def test_a_build_that_fails_while_writing_leaves_the_last_good_files(
    run: Run,
    proofed: Path,
    monkeypatch: pytest.MonkeyPatch,
    number: int,
    operation: str,
    stop: type[BaseException] | BaseException,
) -> None:
    before = written(proofed)
    swap(proofed / ARTICLE, "水坝", "大坝")
    calls = iter(range(1000))
    replace, write = Path.replace, writing._write

    def stopped_replace(self: Path, target: Path) -> Path:
        if next(calls) == number:
            raise stop
        return replace(self, target)

    def stopped_write(path: Path, content: bytes) -> None:
        if next(calls) == number:
            path.write_bytes(content[:10])
            raise stop
        write(path, content)

    if operation == "write":
        monkeypatch.setattr(writing, "_write", stopped_write)
    else:
        monkeypatch.setattr(Path, "replace", stopped_replace)
    assert run("build", "one", at=proofed).exit_code == (130 if stop is KeyboardInterrupt else 1)
    assert written(proofed) == before


def test_a_good_build_takes_the_place_of_the_last(run: Run, proofed: Path) -> None:
    before = written(proofed)
    swap(proofed / ARTICLE, "水坝", "大坝")
    assert run("build", "one", at=proofed).exit_code == 0
    assert sorted(written(proofed)) == FILES
    assert written(proofed) != before


# Progress


@pytest.mark.parametrize("language", ["en", "zh"])
def test_progress_is_shown_on_a_terminal_and_taken_away(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], language: str
) -> None:
    monkeypatch.setattr("newsletter.commands.progress.sys.stderr.isatty", lambda: True)
    with Progress(Desk(Path(), language, colour=False), "2021") as progress:  # type: ignore[arg-type]
        for stage in STAGES:
            progress(stage)
    monkeypatch.undo()
    shown = capsys.readouterr()
    assert shown.out == ""
    assert STAGES["render"][language] in shown.err
    assert STAGES["load"][language] not in shown.err


def test_a_pipe_sees_no_progress(capsys: pytest.CaptureFixture[str]) -> None:
    with Progress(Desk(Path(), "en", colour=False), "2021") as progress:
        for stage in STAGES:
            progress(stage)
    assert capsys.readouterr() == ("", "")


# What a build that failed says of the files


def test_a_build_that_failed_says_that_what_is_there_is_of_an_earlier_one(
    run: Run, proofed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(proofed)
    swap(proofed / ARTICLE, "title", "titel")
    swap(proofed / ARTICLE, "，", ",")
    result = run("build", "one")
    assert result.exit_code == 1
    assert result.stderr.splitlines()[-1] == (
        "1 error, 1 warning: nothing was written; "
        "what is in build/one is of an earlier build (one-screen.pdf, one-print.pdf)"
    )
    chinese = run("build", "one", lang="zh").stderr.splitlines()[-1]
    assert chinese.startswith("1个错误，1个警告：没有写入任何文件；build/one中的文件是以前生成的")


def test_where_there_is_none_it_says_only_that_nothing_was_written(run: Run, small: Path) -> None:
    swap(small / ARTICLE, "title", "titel")
    for words in (("one",), ("--all",), ("one", "--layout", "plain")):
        result = run("build", *words, at=small)
        assert result.exit_code == 1
        assert result.stderr.splitlines()[-1] == "1 error, 0 warnings: nothing was written"


def test_a_build_that_the_gate_refuses_says_so_too(run: Run, small: Path) -> None:
    result = run("build", "one", "--final", at=small)
    assert result.exit_code == 1
    assert result.stderr.splitlines()[-1].endswith(": nothing was written")


def test_a_build_that_succeeds_says_nothing_of_it(run: Run, small: Path) -> None:
    swap(small / ARTICLE, "，", ",")
    result = run("build", "one", "--profile", "screen", at=small)
    assert result.exit_code == 0
    assert "written" not in result.stderr


def test_a_proof_that_is_refused_leaves_the_files_that_were_made(
    run: Run, small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_print_file: Path, _number: int) -> Path:
        raise Refused([Diagnostic("N702", None, {"file": "proof", "reason": "full"})])

    monkeypatch.setattr("newsletter.commands.building.write_proof", refuse)
    result = run("build", "one", "--proof", "1", at=small)
    assert result.exit_code == 1
    assert "one-print.pdf" in result.stdout
    assert "nothing was written" not in result.stderr


def test_a_picture_that_the_press_refuses_is_named_with_its_line(run: Run, small: Path) -> None:
    import io

    from PIL import Image

    file = io.BytesIO()
    Image.new("RGB", (60, 40), "green").save(file, "PNG")
    small_issue.write(small / "issues/one/images/dam.png", file.getvalue())
    text = (
        "id: first\ntitle: 题\npictures: [{id: dam, file: images/dam.png, alt: 坝}]\n"
        "body: |\n  ![](dam)\n"
    )
    small_issue.write(small / ARTICLE, text)
    result = run("build", "one", at=small)
    assert result.exit_code == 1
    assert " error N920 " in result.stderr
    assert f"{ARTICLE}:3:28: error N356 low-resolution: images/dam.png " in result.stderr
    screen = run("build", "one", "--profile", "screen", at=small)
    assert screen.exit_code == 0
    assert "warning N356" in screen.stderr
