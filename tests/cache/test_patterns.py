"""Patterns as an earlier run has compiled them are those that Python compiles."""

from __future__ import annotations

import marshal
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from newsletter.cache.patterns import CODE, Patterns, recall_patterns
from newsletter.cache.place import VARIABLE
from newsletter.cache.recollection import MOST, WORTH

Module = Any
"""A module whose names Python does not promise."""
SAMPLES: tuple[tuple[str | bytes, int], ...] = (
    (r"(?P<year>[12][0-9]{3})年(?:(?P<month>[0-9]{1,2})月)?", 0),
    ("[一-鿿，。；：？！、“”]+", 0),
    (r"^\s*(\w+)\s*=(?!=)", re.MULTILINE),
    (r"绿色 | 发展  # words", re.VERBOSE),
    ("ſ|K", re.IGNORECASE),
    (rb"\r?\n", 0),
    (r"(?s:.)*+\Z", re.ASCII),
    ("", 0),
)
PROGRAM = """
import atexit, re._compiler, sys
parsed, parse = [], re._compiler._parser.parse

def noted(pattern, *rest):
    parsed.append(pattern)
    return parse(pattern, *rest)

re._compiler._parser.parse = noted
sys.argv = ["newsletter", "explain", "N104"]
from newsletter.entry import run
try:
    run()
finally:
    atexit._run_exitfuncs()
    print("parsed", len(parsed))
"""
"""Says how many patterns Python has compiled."""


@pytest.fixture
def compiler(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Yield `re._compiler`, which is afterwards as it was."""
    module = import_module("re._compiler")
    monkeypatch.setattr(module, "compile", module.compile)
    monkeypatch.setattr(module, "_sre", module._sre)
    re.purge()
    yield module
    re.purge()


def compiled_by(patterns: Patterns) -> list[Any]:
    return [patterns.compile(pattern, int(flags)) for pattern, flags in SAMPLES]


def test_a_pattern_that_is_known_is_the_one_that_python_makes(compiler: Module) -> None:
    by_python = [compiler.compile(pattern, int(flags)) for pattern, flags in SAMPLES]
    first = Patterns(compiler, {})
    assert compiled_by(first) == by_python  # patterns are equal if their numbers are
    assert len(first.made) == len(SAMPLES)
    known = marshal.loads(marshal.dumps(first.kept()))  # noqa: S302 - its own
    second = Patterns(compiler, known)
    found = compiled_by(second)
    assert found == by_python
    assert not second.made
    assert found[0].fullmatch("2021年3月").groupdict() == {"year": "2021", "month": "3"}
    assert [each.groupindex for each in found] == [each.groupindex for each in by_python]


def test_a_known_pattern_is_not_made_again(
    compiler: Module, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = Patterns(compiler, {})
    compiled_by(first)
    second = Patterns(compiler, first.kept())

    def no_parsing(*_given: object) -> None:
        raise AssertionError

    monkeypatch.setattr(compiler._parser, "parse", no_parsing)
    assert len(compiled_by(second)) == len(SAMPLES)


def test_numbers_that_are_not_sound_are_made_anew(compiler: Module) -> None:
    first = Patterns(compiler, {})
    right = compiled_by(first)
    wrong = {
        key: (flags, b"\xff" * (len(numbers) + 1), *groups)
        for key, (flags, numbers, *groups) in first.made.items()
    }
    assert compiled_by(Patterns(compiler, wrong)) == right  # type: ignore[arg-type]


def test_what_python_says_of_a_pattern_stays(compiler: Module) -> None:
    patterns = Patterns(compiler, {})
    with pytest.raises(re.error, match="unterminated character set"):
        patterns.compile("[绿")
    assert ("[绿", 0) not in patterns.made


def test_of_very_many_patterns_those_stay_that_were_asked_for(compiler: Module) -> None:
    other = Patterns(compiler, {})
    other.compile("绿")
    made = next(iter(other.made.values()))
    patterns = Patterns(compiler, {(f"色{k}", 0): made for k in range(MOST)})
    patterns.compile("路")
    assert list(patterns.kept()) == [("路", 0)]


def test_the_numbers_are_of_the_size_that_the_engine_takes(compiler: Module) -> None:
    from array import array

    assert array(CODE).itemsize == compiler._sre.CODESIZE


def test_another_python_goes_its_own_way(
    compiler: Module, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path))

    def compile_otherwise(pattern: str) -> None:
        raise AssertionError(pattern)

    compiler.compile = compile_otherwise
    recall_patterns()
    assert compiler.compile is compile_otherwise


@pytest.mark.parametrize("content", [b"", b"xyz", marshal.dumps([1])])
def test_a_program_compiles_what_it_needs_once(tmp_path: Path, content: bytes) -> None:
    """From the second run on, whatever another one has left; without a cache each time."""
    kept = tmp_path / "cache" / "results"
    first, second = run(tmp_path), run(tmp_path)
    assert second < first / 10 + WORTH
    (file,) = [each for each in kept.iterdir() if each.stat().st_size > 20_000]
    file.write_bytes(content)
    assert run(tmp_path) == first
    assert run(tmp_path) == second
    assert run(tmp_path, cache="off") == first


def run(folder: Path, cache: str = "") -> int:
    """Run the program; return how many patterns Python has compiled for it."""
    environment = dict(os.environ) | {VARIABLE: cache or str(folder / "cache")}
    said = subprocess.run(
        [sys.executable, "-c", PROGRAM], env=environment, check=True, capture_output=True, text=True
    )
    return int(said.stdout.rpartition("parsed")[2])
