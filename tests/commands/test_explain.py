"""newsletter explain: every code, by its number and by its name."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from click.testing import Result

from newsletter.diagnostics import Entry, catalogue

Run = Callable[..., Result]


@pytest.mark.parametrize("about", catalogue().values(), ids=lambda about: about.code)
def test_a_code_is_explained_by_number_and_by_name_in_both_languages(
    run: Run, about: Entry
) -> None:
    for language in ("en", "zh"):
        result = run("explain", about.code, lang=language)
        assert result.exit_code == 0
        assert about.explanation[language] in result.stdout
        assert result.stdout == run("explain", about.name, lang=language).stdout
        assert not re.search(r"\{\{|None|\{(?!id\})[a-z_]+\}", result.stdout)


def test_the_severity_stands_in_the_brackets_of_the_language(run: Run) -> None:
    assert run("explain", "N104").stdout.startswith("N104 unknown-field (error)\n")
    assert run("explain", "N104", lang="zh").stdout.startswith("N104 unknown-field（错误）\n")


def test_case_does_not_matter(run: Run) -> None:
    assert run("explain", "n104").stdout == run("explain", "Unknown-Field").stdout


def test_a_hint_is_shown_as_it_is_to_be_typed(run: Run) -> None:
    assert "{sidebar: …}" in run("explain", "N208").stdout
    assert "{sidebar: id}" in run("explain", "N203").stdout


def test_what_a_message_names_is_left_open(run: Run) -> None:
    assert "“…”不能用作文章的小标题" in run("explain", "N204", lang="zh").stdout
