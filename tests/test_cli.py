"""The command line as a whole: exit codes, languages, colours, what goes to which stream."""

from __future__ import annotations

import importlib
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from newsletter import __version__, cli
from newsletter.cli import COMMANDS, Desk, main_group
from small_issue import ARTICLE, swap

Run = Callable[..., Result]


@pytest.mark.parametrize("name", list(COMMANDS))
def test_every_command_can_be_called_for_help(run: Run, name: str) -> None:
    result = run(name, "--help")
    assert result.exit_code == 0
    assert "Usage: " in result.stdout


def test_help_lists_every_command_without_importing_it(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def imported(name: str) -> None:
        raise AssertionError(name)

    monkeypatch.setattr(importlib, "import_module", imported)
    result = run("-h")
    assert result.exit_code == 0
    assert all(name in result.stdout for name in COMMANDS)


def test_the_version_is_told(run: Run) -> None:
    assert __version__ in run("--version").stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ("chekc",),
        ("frobnicate",),
        ("check", "one", "two"),
        ("check", "--format", "xml"),
        ("check", "--nonsense"),
        ("build",),
        ("build", "one", "--all"),
        ("build", "--all", "--output", "x"),
        ("build", "one", "--profile", "web"),
        ("build", "one", "--output", "newsletter.yaml"),
        ("explain",),
        ("explain", "N999"),
        ("explain", "no-such-name"),
        ("new",),
        ("new", "issue"),
        ("new", "issue", "../x"),
        ("new", "issue", "第一期"),
        ("new", "issue", ".hidden"),
        ("schema", "newsletter.yaml"),
    ],
)
def test_wrong_usage_ends_with_two_and_says_so_on_stderr(
    run: Run, small: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    monkeypatch.chdir(small)
    before = sorted(small.rglob("*"))
    result = run(*arguments, at=small)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr
    assert sorted(small.rglob("*")) == before


def test_a_folder_that_is_not_there_is_wrong_usage(run: Run, tmp_path: Path) -> None:
    assert run("check", at=tmp_path / "none").exit_code == 2


def test_a_misspelt_command_gets_a_suggestion(run: Run) -> None:
    assert "'check'" in run("chekc").stderr
    assert "mean" not in run("frobnicate").stderr


@pytest.mark.parametrize(
    "arguments", [("check",), ("build", "one"), ("new", "issue", "one"), ("schema",)]
)
def test_outside_of_a_publication_the_content_is_missing(
    run: Run, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    result = run(*arguments, at=tmp_path)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert "N001" in result.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("arguments", [("explain", "N001"), ("fonts",), ("doctor",)])
def test_some_commands_work_anywhere(run: Run, tmp_path: Path, arguments: tuple[str, ...]) -> None:
    assert run(*arguments, at=tmp_path).exit_code == 0


# Language


@pytest.mark.parametrize(
    ("names", "chinese"),
    [
        ({}, False),
        ({"LANG": "zh_CN.UTF-8"}, True),
        ({"LANG": "en_US.UTF-8"}, False),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "zh_CN"}, True),
        ({"LANG": "zh_CN", "LC_ALL": "C"}, False),
        ({"LANG": "zh_CN", "LC_ALL": ""}, True),
    ],
)
def test_the_locale_chooses_the_language_unless_it_is_said(
    run: Run,
    small: Path,
    monkeypatch: pytest.MonkeyPatch,
    names: dict[str, str],
    chinese: bool,  # noqa: FBT001
) -> None:
    for name, value in names.items():
        monkeypatch.setenv(name, value)
    silent = run("check", at=small, lang=None).stdout
    assert silent == run("check", at=small, lang="zh" if chinese else "en").stdout
    assert run("check", at=small, lang="zh").stdout != run("check", at=small, lang="en").stdout


# Colour


def test_colours_are_for_terminals_that_want_them(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk(Path(), "en", colour=True)
    assert desk.style("a", "error") != desk.style("a", "warning") != "a"
    assert Desk(Path(), "en", colour=False).style("a", "error") == "a"


@pytest.mark.parametrize(
    ("terminal", "no_colour", "coloured"),
    [(True, None, True), (True, "", True), (True, "1", False), (False, None, False)],
)
def test_no_color_and_a_pipe_keep_colours_away(
    monkeypatch: pytest.MonkeyPatch,
    terminal: bool,  # noqa: FBT001
    no_colour: str | None,
    coloured: bool,  # noqa: FBT001
) -> None:
    desks: list[Desk] = []
    monkeypatch.delenv("NO_COLOR", raising=False)
    if no_colour is not None:
        monkeypatch.setenv("NO_COLOR", no_colour)

    @click.command("probe")
    @click.pass_obj
    def probe(desk: Desk) -> None:
        desks.append(desk)

    monkeypatch.setattr(main_group, "get_command", lambda _context, _name: probe)
    monkeypatch.setattr(main_group, "resolve_command", lambda _c, _a: ("probe", probe, []))
    monkeypatch.setattr("newsletter.cli.sys.stderr", _Stream(terminal=terminal))
    main_group(["probe"], standalone_mode=False)
    assert desks[0].colour is coloured


class _Stream:
    def __init__(self, *, terminal: bool) -> None:
        self.terminal = terminal

    def isatty(self) -> bool:
        return self.terminal


# The process


def test_a_pipe_that_is_closed_is_no_error_of_the_program(small: Path) -> None:
    swap(small / ARTICLE, "会议指出，要加强合作。", "会议指出,要加强合作。\n\n  " * 400)
    program = [sys.executable, "-c", "from newsletter.cli import main; main()"]
    with subprocess.Popen(
        [*program, "-C", str(small), "check"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        assert b"Traceback" not in process.stderr.read()
    assert process.returncode in (0, 1)


def test_a_broken_pipe_ends_with_one(monkeypatch: pytest.MonkeyPatch) -> None:
    replaced: list[int] = []

    def broken(**_options: object) -> None:
        raise BrokenPipeError

    monkeypatch.setattr(cli, "main_group", broken)
    monkeypatch.setattr(os, "dup2", lambda _one, other: replaced.append(other))
    monkeypatch.setattr("newsletter.cli.signal.signal", lambda *_a: None)
    monkeypatch.setattr("newsletter.cli.sys.stdout", _File())
    with pytest.raises(SystemExit) as end:
        cli.main()
    assert end.value.code == 1
    assert replaced == [1]


class _File:
    def fileno(self) -> int:
        return 1


def test_a_terminated_build_ends_as_after_an_error() -> None:
    with pytest.raises(SystemExit) as end:
        cli._terminated(15, None)
    assert end.value.code == 143


def test_results_go_to_stdout_and_messages_to_stderr(run: Run, small: Path) -> None:
    made = run("new", "issue", "two", at=small)
    assert made.stdout == "issues/two/issue.yaml\n"
    assert made.stderr.startswith("next: ")
    again = run("new", "issue", "two", at=small)
    assert again.stdout == ""
    assert "N002" in again.stderr


@pytest.mark.parametrize("arguments", [("check", "one"), ("check",), ("build", "one")])
def test_json_stands_alone_on_stdout(run: Run, small: Path, arguments: tuple[str, ...]) -> None:
    swap(small / ARTICLE, "title", "titel")
    result = run(*arguments, "--format", "json", at=small)
    assert result.exit_code == 1
    assert result.stderr == ""
    data = json.loads(result.stdout)
    assert [d["code"] for d in data["diagnostics"]] == ["N104"]


@pytest.mark.parametrize("arguments", [("check", "one"), ("build", "one")])
def test_json_says_also_that_there_is_no_publication(
    run: Run, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    result = run(*arguments, "--format", "json", at=tmp_path)
    assert result.exit_code == 1
    assert [d["code"] for d in json.loads(result.stdout)["diagnostics"]] == ["N001"]


def test_the_runner_of_these_tests_keeps_the_streams_apart() -> None:
    assert CliRunner().invoke(main_group, ["frobnicate"]).stdout == ""


def test_what_a_library_says_to_developers_is_not_told() -> None:
    """Pillow warns of a photo's EXIF block that is damaged, and names neither file nor remedy."""
    program = (
        "import warnings; from newsletter import cli;"
        "cli.main_group = lambda **_: warnings.warn('Corrupt EXIF data'); cli.main()"
    )
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert (told.stdout, told.stderr) == (b"", b"")
