"""A check whose files are as they were says at once what it said; any change has it made anew."""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import small_issue
from newsletter.cache.libraries import loaded_libraries
from newsletter.cache.request import Request, read_line
from newsletter.cache.unchanged import answer, unchanged
from small_issue import ARTICLE, DRAWING, STYLE, program, swap

PAUSE_S = 0.1
"""Files have to be older than the check that reads them by more than a tick of the clock."""
SLIP = ("会议指出，要加强合作。", "会议指出,要加强合作。")
Undo = Callable[[], object]

pytestmark = pytest.mark.skipif(loaded_libraries() is None, reason="nothing is noted here")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A publication with a picture and a slip of the pen; each test puts it back."""
    folder = tmp_path_factory.mktemp("checked")
    root = small_issue.make(folder / "pub")
    pictured = "pictures:\n  - {id: dam, file: images/dam.svg, alt: 水坝}\nbody: |\n  ![](dam)\n\n"
    swap(root / ARTICLE, "body: |\n", pictured)
    swap(root / ARTICLE, *SLIP)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NEWSLETTER_CACHE", str(folder / "cache"))
        time.sleep(PAUSE_S)
        yield root


@pytest.fixture
def root(made: Path, run: Callable[..., object]) -> Path:
    """The same, checked."""
    if not kept(made):
        time.sleep(PAUSE_S)
        run("check", "one", at=made)
    assert kept(made)
    return made


def kept(root: Path, layout: str | None = None) -> bool:
    return unchanged(Request(str(root), "one", layout=layout, command="check")) is not None


def rewritten(file: str, old: str, new: str) -> Callable[[Path], Undo]:
    """Change a file; what is returned puts the old content back, with the old times."""

    def act(root: Path) -> Undo:
        path = root / file
        content = path.read_bytes()
        path.write_bytes(content.replace(old.encode(), new.encode()))
        return lambda: path.write_bytes(content)

    return act


def added(file: str, content: str = "x") -> Callable[[Path], Undo]:
    def act(root: Path) -> Undo:
        path = root / file
        first = next(one for one in (path, *path.parents) if one.parent.exists())
        small_issue.write(path, content)
        return first.unlink if first.is_file() else lambda: shutil.rmtree(first)

    return act


def removed(file: str) -> Callable[[Path], Undo]:
    def act(root: Path) -> Undo:
        content = (root / file).read_bytes()
        (root / file).unlink()
        return lambda: small_issue.write(root / file, content)

    return act


def moved_out(root: Path) -> Undo:
    """Put a link in the place of the issue's folder, to the same files elsewhere."""
    folder, elsewhere = root / "issues/one", root.parent / "elsewhere"
    folder.rename(elsewhere)
    folder.symlink_to(elsewhere)

    def undo() -> None:
        folder.unlink()
        elsewhere.rename(folder)

    return undo


CHANGES = {
    "a word": rewritten(ARTICLE, "会议", "大会"),
    "the issue": rewritten("issues/one/issue.yaml", "id: one", "id:  one"),
    "the publication": rewritten("newsletter.yaml", "name:", "name: "),
    "a picture": rewritten(DRAWING, "0h8", "1h8"),
    "a picture that is gone": removed(DRAWING),
    "a new file of the issue": added("issues/one/images/Dam.svg"),
    "a stylesheet": rewritten(STYLE, "h1,", "h1 ,"),
    "a new file of the layout": added("layouts/plain/more.css"),
    "a new layout, of the name of one of ours": added("layouts/silkroad/layout.yaml"),
    "fonts of its own": added("fonts/own/family.yaml"),
    "profiles of its own": added("profiles/profiles.yaml", "profiles: []\n"),
    "a folder that has become a link": moved_out,
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_has_the_issue_checked_anew(root: Path, name: str) -> None:
    undo = CHANGES[name](root)
    assert not kept(root)
    undo()


@pytest.mark.parametrize("strict", [[], ["--strict"]])
@pytest.mark.parametrize("form", ["text", "json"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_it_says_what_a_check_says_and_ends_as_it_does(
    root: Path,
    run: Callable[..., object],
    capsys: pytest.CaptureFixture[str],
    language: str,
    form: str,
    strict: list[str],
) -> None:
    words = ["check", "one", "--format", form, *strict]
    told = run(*words, at=root, lang=language)
    line = read_line(["-C", str(root), "--lang", language, *words])
    assert line
    status = 0
    try:
        assert answer(line)
    except SystemExit as ended:
        status = int(str(ended.code))
    said = capsys.readouterr()
    assert (said.out, said.err) == (told.stdout, told.stderr)  # type: ignore[attr-defined]
    assert status == told.exit_code == len(strict)  # type: ignore[attr-defined]
    assert "N406" in said.out


def test_of_an_issue_without_findings_it_says_so(
    small: Path, cache: Path, run: Callable[..., object], capsys: pytest.CaptureFixture[str]
) -> None:
    time.sleep(PAUSE_S)
    told = run("check", "one", "--strict", at=small)
    line = read_line(["-C", str(small), "--lang", "en", "check", "one", "--strict"])
    assert line
    assert answer(line)
    assert capsys.readouterr().out == told.stdout == "no problems\n"  # type: ignore[attr-defined]


def test_colours_are_for_a_terminal_alone(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    line = read_line(["-C", str(root), "check", "one"])
    assert line
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    assert answer(line)
    assert "\x1b[" not in capsys.readouterr().out
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    assert answer(line)
    assert "\x1b[" in capsys.readouterr().out


def test_another_layout_is_another_check(root: Path, run: Callable[..., object]) -> None:
    assert not kept(root, "bulletin")
    run("check", "one", "--layout", "bulletin", at=root)
    assert kept(root, "bulletin")
    assert kept(root)


def test_a_check_and_a_build_of_an_issue_are_two_things(root: Path) -> None:
    assert unchanged(Request(str(root), "one")) is None


ERRORS = {
    "while it is composed": rewritten(ARTICLE, "![](dam)", "![](dan)"),
    "at the press": rewritten("newsletter.yaml", "name:", "press: {condition: none}\nname:"),
}


@pytest.mark.parametrize("name", ERRORS)
def test_an_issue_with_an_error_is_checked_each_time(
    root: Path, run: Callable[..., object], name: str
) -> None:
    undo = ERRORS[name](root)
    time.sleep(PAUSE_S)
    for _ in range(2):
        assert run("check", "one", at=root).exit_code == 1  # type: ignore[attr-defined]
        assert not kept(root)
    undo()


def test_what_was_touched_just_now_is_not_noted(root: Path, run: Callable[..., object]) -> None:
    (root / ARTICLE).touch()
    run("check", "one", at=root)
    assert not kept(root)


def test_a_damaged_manifest_is_none(root: Path, run: Callable[..., object]) -> None:
    path = Path(str(Request(str(root), "one", command="check").manifest()))
    whole = path.read_bytes()
    for damaged in (b"", whole[: len(whole) // 2], whole.replace(b"N406", b"N407", 1)):
        path.write_bytes(damaged)
        assert not kept(root)
        assert "N406" in run("check", "one", at=root).output  # type: ignore[attr-defined]
        path.write_bytes(whole)


@pytest.mark.parametrize(
    "words",
    [
        ["check"],
        ["check", "one", "two"],
        ["check", "one", "--fix"],
        ["check", "one", "--strict=1"],
        ["check", "one", "--output", "out"],
        ["check", "one", "--profile", "screen"],
        ["check", "one", "--layout", "a", "--layout", "b"],
        ["check", "--help"],
        ["build", "one", "--strict"],
    ],
)
def test_what_is_no_plain_check_goes_the_whole_way(root: Path, words: list[str]) -> None:
    assert read_line(["-C", str(root), "check", "one", "--strict", "--strict"])
    assert read_line(["-C", str(root), *words]) is None


def test_the_program_checks_once_and_then_answers_before_it_imports(root: Path) -> None:
    words = ("--lang", "zh", "check", "one", "--strict")
    first, second = (program(root, *words) for _ in range(2))
    assert first.returncode == second.returncode == 1
    assert "pydantic" in first.stderr
    assert second.stderr == "imported:\n"
    assert second.stdout == first.stdout
