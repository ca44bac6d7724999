"""The command line speaks Chinese: help, and what is said of wrong usage."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tools"))

import click
import pytest

import build_messages
import newsletter
from commandline import Run
from newsletter.cli import Commands, main_group
from newsletter.commands.tongue import speak, words

SRC = Path(newsletter.__file__).parent


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    """Leave click as it was for the tests that follow."""
    yield
    speak("en")


def commands(group: Commands, *names: str) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    context = click.Context(group, info_name="newsletter")
    yield names, group
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        if isinstance(command, Commands):
            yield from commands(command, *names, name)
            continue
        yield (*names, name), command
        if isinstance(command, click.Group):
            yield from (((*names, name, own), one) for own, one in command.commands.items())


EVERY = list(commands(main_group))


@pytest.mark.parametrize("command", [c for _, c in EVERY], ids=["-".join(n) for n, _ in EVERY])
def test_every_help_has_its_chinese(command: click.Command) -> None:
    texts = [command.help, *(p.help for p in command.params if isinstance(p, click.Option))]
    if isinstance(command, Commands):
        texts += command.listing.values()
    assert [t for t in texts if t and " ".join(t.split()) not in words()["help"]] == []


@pytest.mark.parametrize("names", [n for n, _ in EVERY], ids=["-".join(n) for n, _ in EVERY])
def test_help_is_in_the_language_that_was_chosen(run: Run, names: tuple[str, ...]) -> None:
    english = run(*names, "--help").stdout
    chinese = run(*names, "--help", lang="zh").stdout
    assert "Show this message and exit." in english
    assert "Usage:" in english
    for foreign in ("Usage:", "Options", "Commands", "Show this message"):
        assert foreign not in chinese
    assert run(*names, "--help").stdout == english


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("build",), "请写明一期ISSUE，或用--all"),
        (("build", "--bogus"), "没有选项“--bogus”。是不是“--jobs”？"),
        (("builds",), "没有命令“builds”。是不是“build”？"),
        (("check", "--format", "xml"), "“--format”的值无效：“xml”不在其列：“text”、“json”。"),
        (("check", "one", "two"), "多出的参数（two）"),
        (("explain",), "缺少参数“CODE”。"),
        (("preview", "--port", "99999"), "“--port”的值无效：“99999”不在0<=x<=65535的范围内。"),
        (("explain", "N998"), "没有代码“N998”；docs/codes.md列有全部代码"),
        (("new", "issue", "2022年第1期"), "值无效：请用拉丁字母、数字、“.”、“_”和“-”"),
        (("impose", "none.pdf"), "FILE.pdf的值无效：没有文件“none.pdf”"),
        (("impose", "one", "--sheet", "A99"), "“--sheet”的值无效：没有“A99”这种纸；可用"),
        (("archive", "verifyy"), "没有命令“verifyy”。是不是“verify”？"),
        (("archive", "search", "--year", "x"), "“--year”的值无效：“x”不是年份"),
        (("review", "one", "--accept", "--check"), "--accept与--check不能合用"),
        (("preview", "one", "--editor", "x"), "--editor的值无效：要写含有{path}和{line}的网址"),
    ],
)
def test_wrong_usage_is_told_in_it_too(
    run: Run, small: Path, arguments: tuple[str, ...], told: str
) -> None:
    result = run(*arguments, at=small, lang="zh")
    assert result.exit_code == 2
    assert told in result.stderr
    behind = run(*arguments, "--lang", "zh", at=small, lang=None)
    assert arguments == ("builds",) or told in behind.stderr
    assert "Error: " in run(*arguments, at=small).stderr


@pytest.mark.parametrize(
    ("folder", "told"), [("none", "“none”不存在。"), ("file", "“file”是文件，不是文件夹。")]
)
def test_so_is_a_folder_that_is_none(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: str, told: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file").touch()
    assert told in run("-C", folder, "check", lang="zh").stderr


def test_commands_without_a_command_are_helped_in_it(run: Run) -> None:
    result = run("new", lang="zh")
    assert "新建刊物、一期或版式。" in result.output
    assert "Begin" not in result.output


def test_help_says_in_it_what_is_required_and_what_is_chosen_otherwise(run: Run) -> None:
    assert "[必填]" in run("archive", "add", "--help", lang="zh").stdout
    assert "[默认：20" in run("archive", "search", "--help", lang="zh").stdout


@pytest.mark.parametrize("name", ["build", "check", "explain"])
def test_help_does_not_keep_the_language_of_an_earlier_call(
    run: Run, small: Path, name: str
) -> None:
    run(name, "--bogus", at=small, lang="zh")
    assert "Show this message and exit." in run(name, "--help", lang="en").stdout


def test_the_words_for_gettext_are_current() -> None:
    assert build_messages.TARGET.read_bytes() == build_messages.packed(
        build_messages.messages(words()["click"])
    )


CONSTANT = re.compile(r"(?:UsageError|BadParameter|Told)\(\s*\"([^\"]+)\"|sentence = \"([^\"]+)\"")


def test_all_that_commands_say_of_wrong_usage_has_its_chinese() -> None:
    said = set()
    for path in sorted((SRC / "commands").rglob("*.py")):
        text = path.read_text("utf-8")
        assert not re.search(r"(?:UsageError|BadParameter|fail)\(\s*f\"", text), path
        said |= {one or other for one, other in CONSTANT.findall(text)}
    assert len(said) > 10
    assert said <= {*words()["errors"]}
