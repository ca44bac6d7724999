"""The table of rules for designers is complete, and says the defaults that hold."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from newsletter.layouts import read_layout
from newsletter.typesetting.rules import Rules

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "typesetting.md").read_text("utf-8")
ROWS = re.findall(r"^\| (`[^|]+) \| ([^|]+) \| [^|]+ \|$", PAGE, re.MULTILINE)
DOCUMENTED = {
    name: value
    for names, values in ROWS
    for name, value in zip(
        re.findall(r"`(\w+)`", names), re.findall(r"`([^`]+)`", values), strict=True
    )
}


@pytest.mark.parametrize("name", Rules.model_fields)
def test_a_rule_stands_in_the_table_with_its_default(name: str) -> None:
    default = getattr(Rules(), name)
    if isinstance(default, float):
        assert float(DOCUMENTED[name]) == pytest.approx(default, abs=1e-3)
    else:
        assert DOCUMENTED[name] == str(default).lower() or DOCUMENTED[name] == str(default)


def test_the_table_names_no_rule_that_is_not_there() -> None:
    assert set(DOCUMENTED) == set(Rules.model_fields)


def test_a_layout_chooses_rules_in_its_layout_yaml(tmp_path: Path) -> None:
    folder = tmp_path / "silkroad"
    folder.mkdir()
    for file in (ROOT / "layouts" / "silkroad").iterdir():
        if file.is_file():
            (folder / file.name).write_bytes(file.read_bytes())
    text = (folder / "layout.yaml").read_text("utf-8")
    (folder / "layout.yaml").write_text(f"{text}typesetting: {{hanging: stops}}\n", "utf-8")
    assert read_layout(folder).spec.typesetting.rules == Rules(hanging="stops")
