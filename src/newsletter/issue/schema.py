"""The JSON Schemas of the YAML files, for completion and hints while typing.

In: the models. Out: one schema a kind of file. Where a file's path may stand instead of the
thing itself (sections, articles), the schema takes text as well.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from newsletter.issue.models import Article, Issue, Publication, Section, View

DIALECT = "https://json-schema.org/draft/2020-12/schema"
SUFFIX = ".schema.json"
PATH_OR_INLINE = {
    ("Issue", "sections"),
    ("ArticlesSection", "articles"),
    ("ViewsSection", "articles"),
}


def schemas() -> dict[str, dict[str, Any]]:
    """Return the schemas by file name."""
    models: dict[str, Any] = {
        "newsletter": Publication,
        "issue": Issue,
        "section": Section,
        "article": Article | View,
    }
    return {f"{name}{SUFFIX}": _schema(name, model) for name, model in models.items()}


def write_schemas(folder: Path) -> list[Path]:
    """Write one schema a kind of file; return the paths."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, schema in schemas().items():
        path = folder / name
        path.unlink(missing_ok=True)  # never write through a link
        path.write_text(json.dumps(schema, ensure_ascii=False, indent=2) + "\n", "utf-8")
        written.append(path)
    return written


def _schema(name: str, model: Any) -> dict[str, Any]:  # noqa: ANN401 - a model or a union of models
    schema = TypeAdapter(model).json_schema()
    definitions = schema.get("$defs", {})
    for owner, field in PATH_OR_INLINE:
        holder = schema if schema.get("title") == owner else definitions.get(owner)
        if holder:
            items = holder["properties"][field]["items"]
            path = {"type": "string", "description": "文件路径，相对于本期文件夹"}
            holder["properties"][field]["items"] = {"anyOf": [path, items]}
    return {"$schema": DIALECT, "title": name, **{k: v for k, v in schema.items() if k != "title"}}
