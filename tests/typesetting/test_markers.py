"""Markers whose text a stylesheet says stand before their items, as those of a list's type do."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from newsletter.forme import Forme
from newsletter.preflight.completeness import page_texts
from newsletter.render import render
from newsletter.typesetting.seam.tree import boxes_of
from workshop import STYLE, Workshop

LIST = "头一段。\n\n- 一项\n- 二项\n- 三项"


def placed(folder: Path, style: str, forme: Forme | None = None) -> list[tuple[Any, ...]]:
    """Return the texts of a list with their places, and those of its markers."""
    shop = Workshop(folder)
    shop.set_up(style=STYLE + style)
    shop.write_article(LIST)
    pages = render(shop.compose(), forme)
    boxes = [box for box, _where in boxes_of(pages.document)]
    texts = [box for box in boxes if hasattr(box, "text") and str(box.element_tag).startswith("li")]
    return [(box.text, box.position_x, box.position_y, box.width) for box in texts]


@pytest.mark.parametrize("forme", [None, Forme(is_lasting=True)])
def test_a_marker_with_a_text_stands_where_one_of_a_type_does(
    tmp_path: Path, forme: Forme | None
) -> None:
    by_text = placed(tmp_path / "text", "li::marker { content: '·'; white-space: pre-wrap }", forme)
    by_type = placed(tmp_path / "type", "li { list-style-type: '·' }")
    assert by_text == by_type
    assert [text for text, *_ in by_text] == ["·", "一项", "·", "二项", "·", "三项"]


def test_a_marker_counts(tmp_path: Path) -> None:
    style = "li::marker { content: counter(list-item) '、' }"
    found = placed(tmp_path, style)
    assert [text for text, *_ in found][::2] == ["1、", "2、", "3、"]


def test_a_marker_with_a_text_is_written(tmp_path: Path) -> None:
    shop = Workshop(tmp_path)
    shop.set_up(style=STYLE + "li::marker { content: '·'; color: teal }")
    shop.write_article(LIST)
    data, problems = render(shop.compose()).write(tagged=True)
    assert not problems
    assert "二项" in page_texts(data)[0]
