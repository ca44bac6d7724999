"""Every bad input ends in a clear message at its place, exit status 1, and nothing lost."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from string import Formatter

import pytest
from click.testing import Result

import small_issue
from bad_inputs.cases import BUILD, CASES, CHECK, Case
from newsletter import checking, edition
from newsletter.diagnostics import Refused, catalogue, entry

TESTS = Path(__file__).parents[1]
ELSEWHERE = (
    "N003",
    "N004",
    "N71",
    *(f"N72{n}" for n in range(3, 8)),
    "N73",
    *(f"N7{n}" for n in range(4, 10)),
    "N8",
    "N9",
    "N3",
    "N4",
)
"""Pictures, copy, presses, archives and PDFs have tests of their own, with bad input for each."""
HEADLINE = re.compile(r"^(?:(\S+:\d+:\d+): )?(?:error|warning|note) (N\d{3}) ", re.MULTILINE)
IN_CASES = {code for case in CASES for code in case.codes}
LAST_GOOD = {
    "one-screen.pdf": b"%PDF-1.7 last good",
    "one-print.pdf": b"%PDF-1.7",
    "edition.json": b"{}",
}

every_case = pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])


@pytest.fixture(autouse=True)
def in_the_folder_above(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def told(result: Result) -> list[str]:
    """Return code and place of each problem that a command reported, in its order."""
    return [f"{code} {place}".strip() for place, code in HEADLINE.findall(result.output)]


@every_case
def test_a_bad_input_is_reported_by_code_and_place(
    case: Case, tmp_path: Path, run: Callable[..., Result]
) -> None:
    result = run(*_in(case.command, tmp_path), at=case.make(tmp_path / "pub"))
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert sorted(told(result)) == sorted(case.expected), result.output
    assert result.exit_code == case.status


@every_case
def test_a_bad_input_costs_no_good_pdf(
    case: Case, tmp_path: Path, run: Callable[..., Result]
) -> None:
    if case.status == 0 or case.command not in (CHECK, BUILD):
        pytest.skip("this one has nothing to do with a build of the issue")
    root = case.make(tmp_path / "pub")
    for name, content in LAST_GOOD.items():
        small_issue.write(root / "build/one" / name, content)
    result = run("build", "one", at=root)
    assert result.exit_code == 1
    assert {p.name: p.read_bytes() for p in (root / "build/one").iterdir()} == LAST_GOOD


@every_case
def test_messages_and_hints_are_given_all_their_values(case: Case, tmp_path: Path) -> None:
    root = case.make(tmp_path / "pub")
    found = checking.check(root, "one")
    if case.command == BUILD:
        try:
            found = list(edition.build(root, "one").findings)
        except Refused as refusal:
            found = refusal.diagnostics
    for diagnostic in found:
        about = entry(diagnostic.code)
        assert diagnostic.hint is None or not about.hints or diagnostic.hint in about.hints
        for language in ("en", "zh"):
            sentences = [about.message[language]]
            if diagnostic.hint in about.hints:
                sentences.append(about.hints[diagnostic.hint][language])
            names = {name for text in sentences for _, name, _, _ in Formatter().parse(text)}
            assert names - {None} <= set(diagnostic.values)


@pytest.mark.parametrize("code", sorted(catalogue()))
def test_every_code_has_its_smallest_bad_input(code: str) -> None:
    if code.startswith(ELSEWHERE):
        texts = (path.read_text("utf-8") for path in TESTS.rglob("test_*.py"))
        tested = {code for text in texts for code in re.findall(r'"(N\d{3})', text)}
        assert code in {*tested, *IN_CASES}
    else:
        assert code in IN_CASES


def test_the_small_publication_has_nothing_wrong(small: Path) -> None:
    assert checking.check(small, "one") == []


def _in(command: tuple[str, ...], folder: Path) -> list[str]:
    """Name a file of the publication from the folder that the command is called in."""
    return [f"pub/{word}" if word.startswith("newsletter.yaml/") else word for word in command]
