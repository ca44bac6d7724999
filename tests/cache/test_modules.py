"""Modules in one file: found at once, seen when they are others, as Python's own in all else."""

from __future__ import annotations

import importlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from newsletter.cache import modules
from newsletter.cache.modules import HEAD, MARK, NAME, SIZE, Bound, Modules, bind, find_at_once

SOURCES = {
    "composing_room/__init__.py": '"""A room."""\nTYPE = "case"\n',
    "composing_room/stick.py": "LENGTH = 22\n\n\ndef drop():\n    raise ValueError(LENGTH)\n",
    "composing_room/words.txt": "绿色",
}
CHANGED = "LENGTH = 23\n"


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A package that is bound in the file on a shelf, and no longer imported."""
    for name, text in SOURCES.items():
        path = tmp_path / "site" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    monkeypatch.syspath_prepend(str(tmp_path / "site"))
    monkeypatch.setattr(sys, "meta_path", [*sys.meta_path])
    monkeypatch.setattr(modules, "_circumstances", lambda: ("the same",))
    importlib.import_module("composing_room.stick")
    (tmp_path / "shelf").mkdir()
    bind(str(tmp_path / "shelf" / NAME))
    forget()
    yield tmp_path
    forget()


def forget() -> None:
    """Have Python import the package anew."""
    for name in [name for name in sys.modules if name.startswith("composing_room")]:
        del sys.modules[name]
    importlib.invalidate_caches()


def found(room: Path) -> Modules | None:
    """Look at the shelf; return the finder that was put first, if one was."""
    before = len(sys.meta_path)
    find_at_once(str(room / "shelf"))
    first = sys.meta_path[0]
    return first if len(sys.meta_path) > before and isinstance(first, Modules) else None


def test_a_module_is_loaded_from_the_file_and_is_as_python_has_it(room: Path) -> None:
    plain = importlib.import_module("composing_room")
    stick = importlib.import_module("composing_room.stick")
    forget()
    assert found(room)
    bound = importlib.import_module("composing_room")
    bound_stick = importlib.import_module("composing_room.stick")
    assert isinstance(bound_stick.__loader__, Bound)
    for one, other in ((plain, bound), (stick, bound_stick)):
        assert [one.__file__, one.__cached__, one.__doc__, one.__package__, one.__name__] == [
            other.__file__, other.__cached__, other.__doc__, other.__package__, other.__name__,
        ]  # fmt: skip
    assert [*bound.__path__] == [*plain.__path__]
    assert (bound.TYPE, bound.stick.LENGTH) == ("case", 22)


def test_the_code_is_that_of_the_file(room: Path) -> None:
    """Python's own files are gone, and what the source says is not looked at."""
    source = room / "site" / "composing_room" / "stick.py"
    state = source.stat()
    source.write_text(SOURCES["composing_room/stick.py"].replace("22", "99"), "utf-8")
    os.utime(source, ns=(state.st_atime_ns, state.st_mtime_ns))
    for path in source.parent.rglob("*.pyc"):
        path.unlink()
    assert found(room)
    assert importlib.import_module("composing_room.stick").LENGTH == 22


def test_resources_and_sources_are_found_beside_a_module(room: Path) -> None:
    assert found(room)
    package = importlib.import_module("composing_room")
    resources = importlib.import_module("importlib.resources")
    assert (resources.files(package) / "words.txt").read_text("utf-8") == "绿色"
    stick = importlib.import_module("composing_room.stick")
    assert "drop" in importlib.import_module("inspect").getsource(stick)


def test_a_module_that_was_edited_is_read_by_python(room: Path) -> None:
    (room / "site" / "composing_room" / "stick.py").write_text(CHANGED, "utf-8")
    assert found(room)
    stick = importlib.import_module("composing_room.stick")
    assert (stick.LENGTH, isinstance(stick.__loader__, Bound)) == (23, False)


def test_a_module_that_is_gone_is_not_found(room: Path) -> None:
    (room / "site" / "composing_room" / "stick.py").unlink()
    assert found(room)
    with pytest.raises(ModuleNotFoundError):
        importlib.import_module("composing_room.stick")


def test_what_is_not_listed_is_left_to_python(room: Path) -> None:
    (room / "site" / "composing_room" / "galley.py").write_text("ROOM = 1\n", "utf-8")
    assert found(room)
    assert importlib.import_module("composing_room.galley").ROOM == 1


def test_modules_in_c_are_found_where_they_lie(room: Path) -> None:
    finder = found(room)
    assert finder
    name = next(name for name in finder._known if finder._known[name][-1] is None)
    spec = finder.find_spec(name)
    assert spec
    assert spec.origin == sys.modules[name].__file__
    assert type(spec.loader) is type(sys.modules[name].__loader__)


def test_the_file_is_not_for_another_python(room: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(modules, "_circumstances", lambda: ("another",))
    assert found(room) is None


@pytest.mark.parametrize("kept", [0, 5, len(MARK) + 3, 400])
def test_a_file_that_is_cut_off_is_left_alone(room: Path, kept: int) -> None:
    file = room / "shelf" / NAME
    file.write_bytes(file.read_bytes()[:kept])
    assert found(room) is None
    assert importlib.import_module("composing_room.stick").LENGTH == 22


def codes_from(data: bytes) -> int:
    """Return where the codes of such a file begin."""
    return HEAD + int.from_bytes(data[len(MARK) : len(MARK) + SIZE], "little")


@pytest.mark.parametrize("part", ["list", "codes"])
def test_what_is_damaged_is_read_by_python(room: Path, part: str) -> None:
    file = room / "shelf" / NAME
    data = bytearray(file.read_bytes())
    start = codes_from(data)
    for at in range(*((HEAD, start) if part == "list" else (start, len(data))), 16):
        data[at] ^= 1
    file.write_bytes(data)
    assert (found(room) is None) == (part == "list")
    assert importlib.import_module("composing_room.stick").LENGTH == 22


def test_no_shelf_no_file_no_matter(tmp_path: Path) -> None:
    before = [*sys.meta_path]
    find_at_once(None)
    find_at_once(str(tmp_path))
    (tmp_path / NAME).mkdir()
    find_at_once(str(tmp_path))
    (tmp_path / NAME).rmdir()
    (tmp_path / NAME).write_bytes(MARK + bytes(16))
    find_at_once(str(tmp_path))
    assert sys.meta_path == before


def test_a_code_that_is_not_there_is_read_by_python(room: Path) -> None:
    file = room / "shelf" / NAME
    file.write_bytes(file.read_bytes()[: codes_from(file.read_bytes())])
    assert found(room)
    assert importlib.import_module("composing_room.stick").LENGTH == 22


def test_a_file_that_was_written_over_is_not_taken_for_code(room: Path) -> None:
    assert found(room)
    file = room / "shelf" / NAME
    file.write_bytes(bytes(file.stat().st_size))
    assert importlib.import_module("composing_room.stick").LENGTH == 22


def test_every_module_of_the_tool_can_be_bound(tmp_path: Path) -> None:
    """In a process of its own: what it imports is loaded from the file in the next."""
    path = tmp_path / NAME
    program = "import sys; sys.argv[1:] = ['--version']; from newsletter.entry import main; main()"
    first = (
        "import atexit; from newsletter.cache.modules import bind; "
        f"atexit.register(bind, {str(path)!r}); "
    )
    told = (
        "import atexit, sys; atexit.register(lambda: print(sum("
        "type(m.__loader__).__name__ == 'Bound' for m in [*sys.modules.values()]"
        " if hasattr(m, '__loader__')))); "
    )
    environment = {**os.environ, "NEWSLETTER_SHELF": str(tmp_path)}
    said = [
        subprocess.run(
            [sys.executable, "-P", "-c", before + program],
            env=environment, capture_output=True, text=True, check=True,
        ).stdout.split()
        for before in (first, told)
    ]  # fmt: skip
    assert said[1][:-1] == said[0]
    assert int(said[1][-1]) > 50
