"""What the README shows of the program is what it says, in both languages."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from commandline import Run
from workshop import HOUSE

ARTICLE = "issues/2021/articles/innovation-conference.yaml"


@pytest.fixture
def slipped(tmp_path: Path) -> Path:
    """The publication of 2021 with the slip of the README in it."""
    shutil.copy(HOUSE / "newsletter.yaml", tmp_path)
    shutil.copytree(HOUSE / "issues" / "2021", tmp_path / "issues" / "2021")
    text = (tmp_path / ARTICLE).read_text("utf-8")
    (tmp_path / ARTICLE).write_text(text.replace("\ntitle:", "\ntitel:"), "utf-8")
    return tmp_path


@pytest.mark.parametrize(("name", "lang"), [("README.md", "en"), ("README.zh.md", "zh")])
def test_the_problem_that_the_readme_shows_is_told_so(
    run: Run, slipped: Path, name: str, lang: str
) -> None:
    found = re.findall(
        r"^```\n(.*?)^```", (HOUSE / name).read_text("utf-8"), re.MULTILINE | re.DOTALL
    )
    [shown] = [block for block in found if ARTICLE in block]
    assert run("check", "2021", at=slipped, lang=lang).output.startswith(shown)
