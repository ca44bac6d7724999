"""newsletter new: what it begins is whole, and it never writes over anything."""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from newsletter import checking
from newsletter.issue.schema import schemas

HOUSE = Path(__file__).resolve().parents[2]
Run = Callable[..., Result]


@pytest.fixture
def begun(run: Run, tmp_path: Path) -> Path:
    assert run("new", "publication", "pub", at=tmp_path).stdout == "pub/newsletter.yaml\n"
    return tmp_path / "pub"


def contents(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


@pytest.mark.parametrize("issue", ["2022", "2022-1", "v1.0", "null", "true", "1e3", "0"])
def test_what_is_begun_has_nothing_wrong_with_it(run: Run, begun: Path, issue: str) -> None:
    assert run("new", "issue", issue, at=begun).exit_code == 0
    assert checking.check(begun, issue) == []


def test_a_publication_brings_its_schemas(begun: Path) -> None:
    for name, schema in schemas().items():
        assert json.loads((begun / "schema" / name).read_text("utf-8")) == schema


def test_each_file_names_a_schema_that_is_there(run: Run, begun: Path) -> None:
    run("new", "issue", "2022", at=begun)
    for path in begun.rglob("*.yaml"):
        line = path.read_text("utf-8").split("\n", 1)[0]
        assert (path.parent / line.split("$schema=")[1]).is_file()


@pytest.mark.parametrize("base", ["silkroad", "bulletin"])
def test_a_layout_that_is_begun_sets_an_issue_as_its_base_does(
    run: Run, begun: Path, base: str
) -> None:
    run("new", "issue", "2022", at=begun)
    made = run("new", "layout", "mine", "--extends", base, at=begun)
    assert (made.exit_code, made.stdout) == (0, "layouts/mine/layout.yaml\n")
    folder = begun / "layouts/mine"
    assert sorted(path.name for path in folder.iterdir()) == [
        "layout.yaml",
        "own.css",
        "tokens.css",
    ]
    assert checking.check(begun, "2022", "mine") == checking.check(begun, "2022", base)
    colours = (folder / "tokens.css").read_text("utf-8")
    assert colours == (HOUSE / "layouts" / base / "tokens.css").read_text("utf-8")


def test_a_layout_may_have_a_name_that_yaml_takes_for_no_text(run: Run, begun: Path) -> None:
    run("new", "issue", "2022", at=begun)
    assert run("new", "layout", "null", at=begun).exit_code == 0
    assert run("check", "2022", "--layout", "null", at=begun).exit_code == 0


def test_a_layout_is_begun_once_and_from_one_that_there_is(run: Run, begun: Path) -> None:
    assert run("new", "layout", "mine", at=begun).exit_code == 0
    before = contents(begun)
    assert "N002" in run("new", "layout", "mine", at=begun).output
    assert "N002" in run("new", "layout", "silkroad", at=begun).output
    assert "'silkroad'" in run("new", "layout", "ours", "--extends", "silkraod", at=begun).output
    assert run("new", "layout", "../ours", at=begun).exit_code == 2
    assert run("new", "layout", "ours", "--extends", "mine", at=begun).exit_code == 0
    assert contents(begun).items() >= before.items()


def test_what_is_built_is_kept_out_of_git(begun: Path) -> None:
    assert "build/" in (begun / ".gitignore").read_text("utf-8")


def test_nothing_is_written_over(run: Run, begun: Path, tmp_path: Path) -> None:
    run("new", "issue", "2022", at=begun)
    before = contents(tmp_path)
    assert run("new", "publication", "pub", at=tmp_path).exit_code == 1
    assert run("new", "issue", "2022", at=begun).exit_code == 1
    (begun / "issues/2023").mkdir()
    (begun / "issues/2023/draft.txt").write_text("稿", "utf-8")
    assert run("new", "issue", "2023", at=begun).exit_code == 1
    assert run("new", "publication", "pub/newsletter.yaml", at=tmp_path).exit_code == 1
    (begun / "issues/2023/draft.txt").unlink()
    assert contents(tmp_path) == before


def test_an_empty_folder_may_be_filled(run: Run, tmp_path: Path) -> None:
    (tmp_path / "pub").mkdir()
    assert run("new", "publication", "pub", at=tmp_path).exit_code == 0


def test_a_folder_that_cannot_be_made_is_told(run: Run, begun: Path, tmp_path: Path) -> None:
    result = run("new", "publication", "pub/newsletter.yaml/sub", at=tmp_path)
    assert result.exit_code == 1
    assert "N702" in result.stderr


def test_the_next_step_is_told_beside_the_file(run: Run, tmp_path: Path) -> None:
    first = run("new", "publication", "my pub", at=tmp_path, lang="zh")
    where = "newsletter -C 'my pub'"
    assert first.stderr == f"下一步：{where} new issue 2022，再{where} build 2022\n"
    second = run("new", "issue", "2022", at=tmp_path / "my pub")
    assert second.stderr == "next: write in this folder, then newsletter build 2022\n"


def test_what_is_begun_is_built_without_a_warning(run: Run, begun: Path) -> None:
    run("new", "issue", "2022", at=begun)
    result = run("build", "2022", at=begun)
    assert (result.exit_code, result.stderr) == (0, "")


@pytest.mark.parametrize("command", [("issue", "2022"), ("publication", "mine")])
def test_what_a_full_disk_stops_leaves_nothing_in_the_way(
    run: Run, begun: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, str]
) -> None:
    before = contents(begun)
    with monkeypatch.context() as patch:
        written = iter(range(100))
        write = Path.write_text

        def full(path: Path, *arguments: str) -> int:
            if next(written) == 1:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))
            return write(path, *arguments)

        patch.setattr(Path, "write_text", full)
        result = run("new", *command, at=begun)
    assert (result.exit_code, "N702" in result.output) == (1, True)
    assert contents(begun) == before
    assert run("new", *command, at=begun).exit_code == 0
