"""The program leaves out what pydantic would look for plugins with."""

from __future__ import annotations

import subprocess
import sys

import pytest
from pydantic.plugin import _loader, _schema_validator

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


def test_models_are_built_without_a_search_for_plugins() -> None:
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", PROGRAM], capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "绿 False"


def test_pydantic_asks_its_loader_for_plugins(monkeypatch: pytest.MonkeyPatch) -> None:
    """The name that the program leaves out is the one that is imported."""
    asked: list[str] = []
    monkeypatch.setattr(_loader, "get_plugins", lambda: asked.append("plugins") or ())
    _schema_validator.create_schema_validator({"type": "str"}, str, "", "", "BaseModel")
    assert asked == ["plugins"]
