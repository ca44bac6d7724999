"""The dictionary is jieba's; the builder says what it lacks."""

from __future__ import annotations

import importlib.util
import math
import mmap
import subprocess
import sys
from pathlib import Path

import pytest

TOOLS = Path(__file__).parents[2] / "tools"
sys.path.insert(0, str(TOOLS))

import build_words  # noqa: E402
from newsletter.typesetting.dictionary import FILE, START, Dictionary, Entry  # noqa: E402

FILES = {
    "dict.txt": "绿色 9 n\n绿 2 a\n绿色发展 1 l\n",
    "finalseg/prob_start.py": "P={'B': -0.5, 'E': -3.14e+100, 'M': -3.14e+100, 'S': -1.5}",
    "finalseg/prob_trans.py": "P={'B': {'E': -0.25}, 'E': {'S': -1.0}}",
    "finalseg/prob_emit.py": "P={'B': {'绿': -2.0}, 'E': {}, 'M': {}, 'S': {'绿': -4.0}}",
    "posseg/prob_start.py": "P={('B', 'a'): -0.5, ('S', 'n'): -3.14e+100}",
    "posseg/prob_trans.py": "P={('B', 'a'): {('E', 'a'): -0.125}, ('S', 'n'): {}}",
    "posseg/prob_emit.py": (
        "P={('B', 'a'): {'绿': -1.0}, ('B', 'n'): {}, ('M', 'a'): {}, ('M', 'n'): {},"
        " ('E', 'a'): {'绿': -8.0}, ('E', 'n'): {}, ('S', 'a'): {}, ('S', 'n'): {'绿': -3.0}}"
    ),
    "posseg/char_state_tab.py": "P={'绿': (('S', 'n'), ('B', 'a'))}",
}


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """The files of a small jieba."""
    for name, text in FILES.items():
        path = tmp_path / "jieba" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"from __future__ import unicode_literals\n\n{text}\n", "utf-8")
    (tmp_path / "jieba" / "dict.txt").write_text(FILES["dict.txt"], "utf-8")
    return tmp_path / "jieba"


def test_what_is_written_is_found_again(source: Path, tmp_path: Path) -> None:
    build_words.build(source, tmp_path / "out")
    with (tmp_path / "out" / FILE.name).open("rb") as file:
        known = Dictionary(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    assert known.total == 12
    assert list(known.words_at("绿色发展", 0)) == [
        *(Entry(1, 2, "a"), Entry(2, 9, "n")),
        Entry(4, 1, "l"),
    ]
    assert known.cutting.column("绿") == {192: -4.0, 0: -2.0}
    assert known.cutting.after(START) == {192: -1.5, 0: -0.5}
    assert known.tagging.after(0) == {128: -0.125}
    assert known.tagging.after(START) == {0: -0.5}
    assert known.tagged("绿") == {0: -1.0, 193: -3.0}
    assert known.tagged("綠") == known.tagged("绿")
    assert known.tagged("色") == {}


def test_the_dictionary_is_current(tmp_path: Path) -> None:
    found = importlib.util.find_spec("jieba")
    if found is None or found.origin is None:
        pytest.skip("jieba is not here to compare with: pip install jieba==0.42.1")
    build_words.build(Path(found.origin).parent, tmp_path)
    assert list(build_words.compare(tmp_path, FILE.parent)) == [], "run make words"


def test_every_traditional_character_stands_once_with_others() -> None:
    lines = list(build_words.simpler())
    assert len({line[0] for line in lines}) == len(lines)
    assert all(len(line) > 1 and line[0] not in line[1:] for line in lines)


def test_a_module_of_data_is_not_run(tmp_path: Path) -> None:
    module = tmp_path / "data.py"
    module.write_text("raise SystemExit\nP = {'a': -3.14e+100}\n")
    assert math.isclose(build_words.literal(module)["a"], -3.14e100)
    module.write_text("P = open('x')\n")
    with pytest.raises(ValueError, match="malformed"):
        build_words.literal(module)


def test_a_package_that_cannot_be_had_is_status_three(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(command: list[str], **_options: object) -> None:
        raise subprocess.CalledProcessError(1, command, stderr="no network")

    monkeypatch.setattr(build_words.subprocess, "run", refuse)
    assert build_words.main([]) == 3
    assert "no network" in capsys.readouterr().err


def test_another_package_of_the_same_name_is_status_three(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def deliver(command: list[str], **_options: object) -> None:
        Path(command[-1], "jieba-0.42.1.tar.gz").write_bytes(b"another")

    monkeypatch.setattr(build_words.subprocess, "run", deliver)
    assert build_words.main(["--check"]) == 3
    assert "another than expected" in capsys.readouterr().err


def test_check_names_what_differs(
    source: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(build_words, "downloaded", lambda _folder: source)
    assert build_words.main(["--check"]) == 1
    assert capsys.readouterr().out == "differs: words.dat\ndiffers: words.yaml\n"
