"""Foreign modules are imported without what nobody asks of them, and are otherwise as they are."""

from __future__ import annotations

import sys
import typing

import pytest
import typing_extensions

from commandline import result
from newsletter.sparingly import DESCRIBED, Plain, Sparing, import_sparingly, plain_dictionaries

PROGRAM = """
import sys
sys.argv = ["newsletter", "--version"]
from newsletter.entry import run
try:
    run()
except SystemExit:
    pass
finders = len(sys.meta_path)
import typing_extensions
from pydantic_core import core_schema
from newsletter.issue.models import Figure
print(
    issubclass(core_schema.StringSchema, dict),
    typing_extensions.is_typeddict(core_schema.StringSchema),
    finders - len(sys.meta_path),
    typing_extensions.is_typeddict(typing_extensions.TypedDict("T", {"a": int})),
    Figure.model_validate({"value": "43", "label": "绿"}).label,
)
"""
SCHEMA = """
import json, sys
sys.path.insert(0, ".")
{before}
from newsletter.issue.models import Issue
print(json.dumps(Issue.model_json_schema(), ensure_ascii=True))
"""


def test_descriptions_of_schemas_are_plain_dictionaries() -> None:
    """One finder is gone afterwards, and TypedDict is again what it was."""
    assert result(PROGRAM) == "True False 1 True 绿"


def test_models_describe_themselves_as_without() -> None:
    sparing = "from newsletter.sparingly import import_sparingly; import_sparingly()"
    assert result(SCHEMA.format(before=sparing)) == result(SCHEMA.format(before=""))


def test_a_plain_dictionary_takes_what_a_typed_one_is_told() -> None:
    with plain_dictionaries():
        base = typing_extensions.TypedDict

        class Made(base, total=False):  # type: ignore[call-arg, misc, valid-type]
            width: int

    assert not {Plain} & {typing.TypedDict, typing_extensions.TypedDict}
    assert Made.__base__ is Plain
    assert Made(width=3) == {"width": 3}


def test_names_come_back_when_an_import_fails() -> None:
    before = typing.TypedDict, typing_extensions.TypedDict
    with pytest.raises(ImportError), plain_dictionaries():
        raise ImportError
    assert (typing.TypedDict, typing_extensions.TypedDict) == before


def test_other_modules_are_found_by_others(monkeypatch: pytest.MonkeyPatch) -> None:
    finder = Sparing()
    monkeypatch.setattr(sys, "meta_path", [finder])
    assert finder.find_spec("json") is None
    assert finder.find_spec(DESCRIBED, []) is None  # not there
    assert sys.meta_path == []


def test_what_is_imported_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "meta_path", [])
    monkeypatch.setitem(sys.modules, DESCRIBED, sys)
    import_sparingly()
    assert sys.meta_path == []
