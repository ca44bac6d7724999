"""newsletter schema: into the publication, or where it is told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from click.testing import Result

from newsletter.issue.schema import schemas

Run = Callable[..., Result]


def test_schemas_go_into_the_publication(run: Run, small: Path) -> None:
    result = run("schema", at=small)
    assert result.stdout.split() == list(schemas())
    assert sorted(p.name for p in (small / "schema").iterdir()) == sorted(schemas())


def test_schemas_go_where_they_are_told(run: Run, tmp_path: Path) -> None:
    assert run("schema", str(tmp_path / "a/b")).exit_code == 0
    assert len(list((tmp_path / "a/b").iterdir())) == len(schemas())


def test_a_folder_that_cannot_be_made_is_told(run: Run, small: Path) -> None:
    result = run("schema", str(small / "newsletter.yaml/schema"), at=small)
    assert result.exit_code == 1
    assert "N702" in result.stderr
