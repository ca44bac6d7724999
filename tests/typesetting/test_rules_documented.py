"""The tables of rules for designers are complete, and say the defaults that hold."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from newsletter.layouts import read_layout
from newsletter.typesetting.rules import Rules

ROOT = Path(__file__).resolve().parents[2]
PAGES = ("typesetting.md", "typesetting.zh.md")


def documented(page: str) -> dict[str, str]:
    """Return the default that a page's table gives each rule."""
    text = (ROOT / "docs" / page).read_text("utf-8")
    rows = re.findall(r"^\| (`[^|]+) \| ([^|]+) \| [^|]+ \|$", text, re.MULTILINE)
    return {
        name: value
        for names, values in rows
        for name, value in zip(
            re.findall(r"`(\w+)`", names), re.findall(r"`([^`]+)`", values), strict=True
        )
    }


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("name", Rules.model_fields)
def test_a_rule_stands_in_the_table_with_its_default(name: str, page: str) -> None:
    default, told = getattr(Rules(), name), documented(page)[name]
    if isinstance(default, float):
        assert float(told) == pytest.approx(default, abs=1e-3)
    else:
        assert told in {str(default), str(default).lower()}


@pytest.mark.parametrize("page", PAGES)
def test_the_table_names_no_rule_that_is_not_there(page: str) -> None:
    assert set(documented(page)) == set(Rules.model_fields)


def test_a_layout_chooses_rules_in_its_layout_yaml(tmp_path: Path) -> None:
    folder = tmp_path / "silkroad"
    folder.mkdir()
    for file in (ROOT / "layouts" / "silkroad").iterdir():
        if file.is_file():
            (folder / file.name).write_bytes(file.read_bytes())
    text = (folder / "layout.yaml").read_text("utf-8")
    (folder / "layout.yaml").write_text(f"{text}typesetting: {{hanging: stops}}\n", "utf-8")
    assert read_layout(folder).spec.typesetting.rules == Rules(hanging="stops")
