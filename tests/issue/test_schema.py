"""The JSON Schemas: those in the repository are current, and our own files hold to them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from newsletter.issue.schema import schemas
from newsletter.sources import load, plain

HOUSE = Path(__file__).resolve().parents[2]
OURS = sorted(
    path
    for path in [HOUSE / "newsletter.yaml", *HOUSE.glob("issues/2021/**/*.yaml")]
    if "yaml-language-server" in path.read_text("utf-8")
)


def schema_of(path: Path) -> Path:
    """Return the schema that a file's first line names."""
    first = path.read_text("utf-8").split("\n", 1)[0]
    return (path.parent / first.split("$schema=")[1]).resolve()


def errors(schema: dict[str, Any], data: object) -> list[str]:
    return [error.message for error in jsonschema.Draft202012Validator(schema).iter_errors(data)]


@pytest.mark.parametrize("name", list(schemas()))
def test_the_committed_schema_is_the_generated_one(name: str) -> None:
    committed = (HOUSE / "schema" / name).read_text("utf-8")
    assert json.loads(committed) == schemas()[name]
    assert committed == json.dumps(schemas()[name], ensure_ascii=False, indent=2) + "\n"


@pytest.mark.parametrize("schema", list(schemas().values()), ids=list(schemas()))
def test_a_schema_is_a_schema(schema: dict[str, Any]) -> None:
    jsonschema.Draft202012Validator.check_schema(schema)


def test_all_our_files_name_a_schema() -> None:
    issue = set(HOUSE.glob("issues/2021/*.yaml")) | set(HOUSE.glob("issues/2021/articles/*.yaml"))
    assert issue <= set(OURS)
    assert len(OURS) > 10


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.relative_to(HOUSE).as_posix())
def test_our_own_files_hold_to_the_schema_they_name(path: Path) -> None:
    schema = json.loads(schema_of(path).read_text("utf-8"))
    assert errors(schema, plain(load(path, path.name))) == []


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("article", {"id": "a", "title": "一"}),
        ("article", {"id": "a", "title": "一", "body": "文", "titel": "二"}),
        ("article", {"id": "甲", "title": "一", "body": "文"}),
        ("section", {"kind": "article", "id": "a", "title": "一", "articles": []}),
        ("section", {"kind": "chronicle", "id": "a", "title": "一", "events": [{"date": "春"}]}),
        ("issue", {"id": "a", "title": "一", "sections": []}),
        ("newsletter", {"name": "报", "publisher": "社", "layout": "plain"}),
    ],
)
def test_a_schema_refuses_what_the_models_refuse(name: str, data: object) -> None:
    assert errors(schemas()[f"{name}.schema.json"], data)


@pytest.mark.parametrize("date", ["2021-04-20", "2021-04", "2021-06-24/2021-06-25"])
def test_a_schema_takes_dates_and_paths(date: str) -> None:
    event = {"date": date, "title": "会"}
    section = {"kind": "chronicle", "id": "a", "title": "一", "events": [event]}
    assert errors(schemas()["section.schema.json"], section) == []
    issue = {"id": 2021, "title": "一", "sections": ["news.yaml", section]}
    assert errors(schemas()["issue.schema.json"], issue) == []
