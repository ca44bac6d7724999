"""newsletter check: what it says, how it ends, what it repairs."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import pytest
from click.testing import Result

from newsletter.cli import main_group
from newsletter.commands import issue_named
from small_issue import ARTICLE, swap, write

Run = Callable[..., Result]
SLIP = ("会议指出，要加强合作。", "会议指出,要加强合作。")


def test_a_good_issue_ends_with_zero(run: Run, small: Path) -> None:
    assert run("check", "one", at=small).exit_code == 0
    assert run("check", at=small / "issues/one/articles").exit_code == 0


@pytest.mark.parametrize(
    "name",
    ["issues/one", "issues/one/", "one/", "./issues/one/issue.yaml", "issues/../issues/one"],
)
def test_a_path_to_an_issue_is_taken_for_the_issue(run: Run, small: Path, name: str) -> None:
    assert run("check", name, at=small).output == run("check", "one", at=small).output
    assert run("check", str(small / "issues/one"), at=small).exit_code == 0


@pytest.mark.parametrize(
    ("folder", "name"),
    [
        (".", "issues/one/articles/first.yaml"),
        ("issues/one", "."),
        ("issues/one", "issue.yaml"),
        ("issues/one/articles", "first.yaml"),
        ("issues/one/articles", ".."),
    ],
)
def test_a_file_of_an_issue_is_taken_for_the_issue(
    run: Run, small: Path, folder: str, name: str
) -> None:
    assert run("check", name, at=small / folder).output == run("check", "one", at=small).output


@pytest.mark.parametrize("name", ["first.yaml", "issues/one/articles/none.yaml", ".", ".."])
def test_a_file_that_is_not_there_is_no_issue(run: Run, small: Path, name: str) -> None:
    assert "N132" in run("check", name, at=small).output


@pytest.mark.parametrize("name", ["issues/two", "articles/one", "../elsewhere/issues/one", "/"])
def test_a_path_to_anything_else_is_no_issue(run: Run, small: Path, name: str) -> None:
    write(small.parent / "elsewhere/issues/one/issue.yaml", "id: one\n")
    assert "N132" in run("check", name, at=small).output


def test_of_an_issue_that_is_not_there_nothing_is_promised(run: Run, small: Path) -> None:
    assert "not looked at further" not in run("check", "two", at=small).output


def test_every_command_that_names_an_issue_takes_a_path_to_it() -> None:
    def commands(group: click.Command) -> Iterator[click.Command]:
        yield group
        if isinstance(group, click.Group):
            context = click.Context(group)
            for name in group.list_commands(context):
                found = group.get_command(context, name)
                yield from commands(found) if found else ()

    taken = [
        parameter.callback
        for command in commands(main_group)
        for parameter in command.params
        if isinstance(parameter, click.Argument)
        and (parameter.name == "issue" or "ISSUE" in (parameter.metavar or ""))
    ]
    assert taken == [issue_named] * 8


def test_warnings_end_with_zero_unless_they_are_to_count(run: Run, small: Path) -> None:
    swap(small / ARTICLE, *SLIP)
    assert run("check", at=small).exit_code == 0
    assert run("check", "--strict", at=small).exit_code == 1
    assert run("check", "--format", "json", at=small).exit_code == 0
    assert run("check", "--strict", "--format", "json", at=small).exit_code == 1


def test_the_report_is_the_result_and_goes_to_stdout(run: Run, small: Path) -> None:
    swap(small / ARTICLE, *SLIP)
    result = run("check", at=small)
    assert result.stderr == ""
    assert f"{ARTICLE}:4:7: " in result.stdout
    assert "4 |   会议指出,要加强合作。\n    |           ^\n" in result.stdout


def test_every_issue_is_checked_when_none_is_named(run: Run, small: Path) -> None:
    write(small / "issues/two/issue.yaml", "id: two\n")
    write(small / "issues/three/issue.yaml", "id: three\n")
    found = json.loads(run("check", "--format", "json", at=small).stdout)["diagnostics"]
    assert {d["file"] for d in found} == {"issues/two/issue.yaml", "issues/three/issue.yaml"}


def test_json_holds_the_language_that_was_asked_for(run: Run, small: Path) -> None:
    swap(small / ARTICLE, "title", "titel")
    texts = {
        lang: json.loads(run("check", "--format", "json", at=small, lang=lang).stdout)
        for lang in ("en", "zh")
    }
    (english, chinese) = (texts[lang]["diagnostics"][0]["message"] for lang in ("en", "zh"))
    assert english.isascii()
    assert not chinese.isascii()


def test_an_issue_is_held_against_the_layout_that_is_named(run: Run, small: Path) -> None:
    swap(small / ARTICLE, "title: ", "title: " + "绿色发展" * 14)
    own = run("check", "one", at=small)
    other = run("check", "one", "--layout", "bulletin", at=small)
    assert "N801" in other.stdout
    assert own.stdout != other.stdout


def test_a_layout_that_is_not_there_is_told(run: Run, small: Path) -> None:
    result = run("check", "one", "--layout", "buletin", at=small)
    assert result.exit_code == 1
    assert "bulletin" in result.stdout


def test_a_repair_tells_what_it_changed(run: Run, small: Path) -> None:
    swap(small / ARTICLE, *SLIP)
    result = run("check", "--fix", at=small)
    assert result.exit_code == 0
    assert result.stdout.startswith(f"{ARTICLE}: 1 ")
    assert "会议指出，要加强合作。" in (small / ARTICLE).read_text("utf-8")


def test_a_repair_is_told_in_json_too(run: Run, small: Path) -> None:
    swap(small / ARTICLE, *SLIP)
    data = json.loads(run("check", "--fix", "--format", "json", at=small).stdout)
    assert data == {"repaired": {ARTICLE: 1}, "diagnostics": []}


@pytest.mark.parametrize("broken", ["a-broken", "z-broken"])
def test_one_broken_issue_does_not_keep_the_others_from_repair(
    run: Run, small: Path, broken: str
) -> None:
    swap(small / ARTICLE, *SLIP)
    write(small / f"issues/{broken}/issue.yaml", "id: [\n")
    result = run("check", "--fix", at=small)
    assert result.exit_code == 1
    assert result.stdout.count("N110") == 1
    assert "，" in (small / ARTICLE).read_text("utf-8")


def test_a_run_that_errors_cut_short_says_so(run: Run, small: Path) -> None:
    swap(small / ARTICLE, "title", "titel")
    assert "more is checked when they are mended" in run("check", at=small).stdout
    assert "改正后会再检查" in run("check", at=small, lang="zh").stdout
    data = json.loads(run("check", "--format", "json", at=small).stdout)
    assert data["complete"] is False


def test_a_run_in_which_all_was_looked_at_does_not(run: Run, small: Path) -> None:
    swap(small / "issues/one/issue.yaml", "id: one", "id: two")
    result = run("check", "one", at=small)
    assert result.exit_code == 1
    assert "mended" not in result.stdout


def test_a_repair_tells_what_it_left_and_why(run: Run, small: Path) -> None:
    swap(small / ARTICLE, *SLIP)
    swap(small / ARTICLE, "title", "titel")
    assert (
        f"{ARTICLE}: not repaired, because it has errors\n"
        in run("check", "--fix", at=small).stdout
    )
    assert f"{ARTICLE}：有错误，未作改正\n" in run("check", "--fix", at=small, lang="zh").stdout
    data = json.loads(run("check", "--fix", "--format", "json", at=small).stdout)
    assert (data["repaired"], data["not_repaired"]) == ({}, [ARTICLE])


def test_the_language_may_stand_behind_the_command_too(run: Run, small: Path) -> None:
    before = run("check", "one", at=small, lang="zh").stdout
    assert run("check", "--lang", "zh", "one", at=small, lang=None).stdout == before
    assert run("check", "one", "--lang", "zh", at=small, lang="en").stdout == before
    wrong = run("check", "one", "--lang", "fr", at=small)
    assert wrong.exit_code == 2
