"""Code that modules write is compiled once, and is what Python compiles."""

from __future__ import annotations

import collections
import dataclasses
import marshal
import os
import subprocess
import sys
import typing
from collections.abc import Iterator
from pathlib import Path
from types import CodeType

import pytest

from newsletter.cache.place import VARIABLE
from newsletter.cache.recollection import MOST, WORTH
from newsletter.cache.snippets import FILE, WRITERS, Snippets

SAMPLES = (
    ("def doubled(x):\n  return 2 * x", "exec"),
    ("lambda x: x or 1", "eval"),
    ("绿", "eval"),
)
PROGRAM = """
import builtins, sys
compiled, compile_ = [], builtins.compile

def noted(source, *rest, **more):
    if rest[0] == "<string>":
        compiled.append(source)
    return compile_(source, *rest, **more)

builtins.compile = noted
import atexit
sys.argv = ["newsletter", "schema", "--help"]
from newsletter.entry import run
try:
    run()
except SystemExit:
    pass
import newsletter.issue.models
atexit._run_exitfuncs()
print("compiled", len(compiled))
"""
"""Says how many texts Python has compiled."""


@pytest.fixture
def writers() -> Iterator[None]:
    """Leave the modules that write code as they were."""
    yield
    for module, function in WRITERS:
        vars(module).pop(function, None)


def recall(snippets: Snippets) -> None:
    for module, function in WRITERS:
        vars(module)[function] = getattr(snippets, function)


def make_types() -> tuple[object, ...]:
    """Make and use one type of each kind for which a module writes code."""

    @dataclasses.dataclass(frozen=True, order=True)
    class Size:
        width: int
        height: int = 297

    point = collections.namedtuple("point", "x y")  # noqa: PYI024 - its code is the subject
    return (
        Size(210) < Size(211),
        repr(Size(210)).rpartition(".")[2],
        point(1, y=2),
        typing.ForwardRef("int | None").__forward_code__,
    )


@pytest.mark.usefixtures("writers")
def test_types_are_the_same_from_code_of_an_earlier_run() -> None:
    by_python = make_types()
    first = Snippets({})
    recall(first)
    assert make_types() == by_python
    assert {mode for _text, mode in first.made} == {"exec", "eval"}
    second = Snippets(marshal.loads(marshal.dumps(first.kept())))  # noqa: S302 - its own
    recall(second)
    assert make_types() == by_python
    assert not second.made
    assert second.asked == first.made.keys()


@pytest.mark.parametrize(("text", "mode"), SAMPLES)
def test_code_is_what_python_compiles(text: str, mode: str) -> None:
    first = Snippets({})
    second = Snippets(first.made)
    plain = compile(text, FILE, mode, 0, dont_inherit=True)
    assert first.compile(text, FILE, mode) == plain
    assert second.compile(text, FILE, mode) == plain
    assert second.compile(text, FILE, mode).co_filename == FILE


def test_one_text_is_compiled_in_two_ways() -> None:
    snippets = Snippets({})
    names: dict[str, object] = {}
    assert snippets.eval("  1 + 1") == 2
    snippets.exec("1 + 1", names)
    snippets.exec("two = 1 + 1", names)
    assert names["two"] == 2
    assert snippets.eval(compile("two", "file", "eval"), names) == 2


def test_code_without_names_sees_those_around_it() -> None:
    around = 7
    assert Snippets({}).eval("around + len(SAMPLES)") == around + len(SAMPLES)


def test_what_is_asked_for_otherwise_is_left_to_python() -> None:
    snippets = Snippets({})
    assert isinstance(snippets.compile("1", "file.py", "eval"), CodeType)
    assert not isinstance(snippets.compile("1", FILE, "eval", 1024), CodeType)  # PyCF_ONLY_AST
    assert not snippets.made


def test_what_python_says_of_a_text_stays() -> None:
    snippets = Snippets({})
    with pytest.raises(SyntaxError, match="was never closed"):
        snippets.compile("tuple[", FILE, "eval")
    assert not snippets.made


@pytest.mark.parametrize("content", [b"", b"xyz", marshal.dumps(1)])
def test_code_that_is_not_sound_is_compiled_anew(content: bytes) -> None:
    snippets = Snippets({("1 + 1", "eval"): content})
    assert snippets.eval("1 + 1") == 2
    assert snippets.made


def test_of_very_many_texts_those_stay_that_were_asked_for() -> None:
    snippets = Snippets({(str(number), "eval"): b"" for number in range(MOST)})
    snippets.eval("'绿'")
    assert list(snippets.kept()) == [("'绿'", "eval")]


def test_a_program_compiles_what_its_modules_write_once(tmp_path: Path) -> None:
    first, second = run(tmp_path), run(tmp_path)
    assert first > 100
    assert second < first / 10 + WORTH
    for file in (tmp_path / "results").iterdir():
        file.write_bytes(b"xyz")
    assert run(tmp_path) == first


def run(folder: Path) -> int:
    """Run the program; return how many texts Python has compiled for it."""
    said = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        env=dict(os.environ) | {VARIABLE: str(folder)},
        check=True,
        capture_output=True,
        text=True,
    )
    return int(said.stdout.rpartition("compiled")[2])
