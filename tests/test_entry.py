"""The program begins without a search for pydantic's plugins and for garbage."""

from __future__ import annotations

import subprocess
import sys

import pytest
from pydantic.plugin import _loader, _schema_validator

from commandline import result
from newsletter import entry
from newsletter.frames import SLOTS

PROGRAM = """
import sys
sys.argv = ["newsletter", "--version"]
from newsletter.entry import run
try:
    run()
except SystemExit:
    pass
import pydantic
class Word(pydantic.BaseModel):
    text: str
print(Word(text="绿").text, "importlib.metadata" in sys.modules)
"""

COLLECTING = """
import gc, sys
sys.argv = ["newsletter", "--version"]
from newsletter.entry import run
before = gc.get_stats()[0]["collections"]
try:
    run()
except SystemExit:
    pass
print(gc.get_stats()[0]["collections"] - before)
"""


def test_models_are_built_without_a_search_for_plugins() -> None:
    assert result(PROGRAM) == "绿 False"


def test_what_is_imported_first_is_not_searched_for_garbage() -> None:
    assert result(COLLECTING) == "0"


def test_pydantic_asks_its_loader_for_plugins(monkeypatch: pytest.MonkeyPatch) -> None:
    """The name that the program leaves out is the one that is imported."""
    asked: list[str] = []
    monkeypatch.setattr(_loader, "get_plugins", lambda: asked.append("plugins") or ())
    _schema_validator.create_schema_validator({"type": "str"}, str, "", "", "BaseModel")
    assert asked == ["plugins"]


def test_the_frames_of_a_command_lie_in_one_chunk(monkeypatch: pytest.MonkeyPatch) -> None:
    sizes: list[int] = []
    monkeypatch.setattr(entry, "run", lambda: sizes.append(sys._getframe(1).f_code.co_stacksize))
    entry.main()
    assert sizes == [SLOTS]


def test_ctrl_c_before_anything_has_begun_ends_in_silence() -> None:
    program = (
        "from newsletter import entry\n"
        "def stopped(): raise KeyboardInterrupt\n"
        "entry.run = stopped\n"
        "entry.main()"
    )
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False)
    assert (told.returncode, told.stdout, told.stderr) == (130, b"", b"")
