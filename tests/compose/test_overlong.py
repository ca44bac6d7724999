"""Texts that are too long for their slots: told by check and build, at their place."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from newsletter import checking
from newsletter.diagnostics import Diagnostic, Severity, terms
from newsletter.issue.slots import OWNERS, holding
from workshop import ISSUE, TEMPLATE, Workshop

PICTURE = {"file": "square.svg", "alt": "方", "caption": "图" * 21}


@pytest.fixture
def shop(tmp_path: Path) -> Workshop:
    return Workshop(tmp_path)


def slot(name: str, measure: float = 10, lines: int = 1, **fit: object) -> dict[str, Any]:
    room = {"measure": measure, "lines": lines, **fit}
    return {"name": name, "description": "版位", "fit": room}


def too_long(shop: Workshop, *slots: dict[str, Any], **spec: object) -> list[Diagnostic]:
    shop.set_up(slots=list(slots), **spec)
    return [w for w in shop.compose().warnings if w.code == "N801"]


def slots_of(found: list[Diagnostic]) -> list[object]:
    return [warning.values["slot"] for warning in found]


def test_a_text_that_its_slot_does_not_hold_is_a_warning_at_its_place(shop: Workshop) -> None:
    shop.write_article(title="题" * 67)
    [found] = too_long(shop, slot("article.title", 10, 3))
    assert found.severity is Severity.WARNING
    assert found.values == {
        "slot": "article.title",
        "characters": 37,
        "lines": 4,
        "needed": 7,
        "holds": 3,
    }
    assert found.message("zh") == "文章标题（article.title）超出37字、4行（要排7行，只有3行）"
    assert found.place is not None
    text = (shop.issue / "issue.yaml").read_text("utf-8").splitlines()[found.place.line - 1]
    place = slice(found.place.column - 1, found.place.end_column - 1)
    assert (found.place.file, text[place]) == ("issues/one/issue.yaml", "题" * 67)


def test_every_slot_for_text_has_a_chinese_name() -> None:
    names = [f"{owner}.{field}" for owner, model in OWNERS.items() for field in model.model_fields]
    unnamed = [n for n in names if holding(n) == "text" and "zh" not in terms().get(n, {})]
    assert unnamed == []


def test_a_text_that_fits_is_none(shop: Workshop) -> None:
    shop.write_article(title="题" * 30)
    assert too_long(shop, slot("article.title", 10, 3)) == []


def test_a_slot_without_a_fit_holds_anything(shop: Workshop) -> None:
    shop.write_article(title="题" * 500)
    assert too_long(shop, {"name": "article.title", "description": "标题"}) == []


def test_check_and_build_both_tell_it(shop: Workshop) -> None:
    shop.write_article(title="题" * 12)
    shop.set_up(slots=[slot("article.title")])
    assert [d.code for d in checking.check(shop.root, "one")] == ["N801"]
    made = shop.build(profiles=["print"])
    assert [d.code for d in made.findings] == ["N801"]
    assert len(made.files) == 1


def test_check_tells_it_together_with_errors(shop: Workshop) -> None:
    shop.write_article("![](nothing)", title="题" * 12)
    shop.set_up(slots=[slot("article.title")])
    assert {d.code for d in checking.check(shop.root, "one")} == {"N202", "N801"}


def test_texts_of_the_publication_have_slots_too(shop: Workshop) -> None:
    shop.publish(name="报" * 11)
    [found] = too_long(shop, slot("publication.name"))
    assert found.place is not None
    assert found.place.file == "newsletter.yaml"


@pytest.mark.parametrize("turned", [False, True])
def test_the_slot_that_describes_a_text_most_closely_counts(shop: Workshop, turned: bool) -> None:  # noqa: FBT001
    section = ISSUE["sections"][0] | {"picture": PICTURE}
    shop.write_issue(sections=[section])
    slots = [slot("picture.caption", 5), slot("section.picture.caption", 10, 2)]
    found = too_long(shop, *(slots[::-1] if turned else slots))
    assert slots_of(found) == ["section.picture.caption"]


GRID = {
    "body_pt": 10,
    "leading_pt": 16,
    "lines": 44,
    "columns": 2,
    "column_characters": 19,
    "gap_characters": 2,
}


@pytest.mark.parametrize(
    ("span", "codes"), [("column", ["N801"]), ("page", [])], ids=["column", "page"]
)
def test_a_picture_across_the_page_has_so_much_more_room_for_its_words(
    shop: Workshop, span: str, codes: list[str]
) -> None:
    shop.write_article(lead_picture=PICTURE | {"span": span})
    found = too_long(shop, slot("picture.caption", 20), grid=GRID)
    assert [warning.code for warning in found] == codes


def test_only_the_name_for_any_picture_widens_with_the_page(shop: Workshop) -> None:
    shop.write_article(lead_picture=PICTURE | {"span": "page"})
    found = too_long(shop, slot("article.lead_picture.caption", 20), grid=GRID)
    assert slots_of(found) == ["article.lead_picture.caption"]


@pytest.mark.parametrize(("justified", "count"), [("true", 0), ("false", 1)])
def test_justified_lines_may_be_squeezed(shop: Workshop, justified: str, count: int) -> None:
    shop.write_article(title="甲，乙，丙，丁戊")
    assert len(too_long(shop, slot("article.title", 7, justified=justified))) == count


def test_the_rules_of_the_layout_count(shop: Workshop) -> None:
    shop.write_article(title="甲，《乙")
    narrow = slot("article.title", 3.4)
    assert len(too_long(shop, narrow)) == 1
    assert too_long(shop, narrow, typesetting={"pair_width": 1}) == []


def test_a_text_in_a_list_is_told_by_its_own_line(shop: Workshop) -> None:
    box = {"id": "b", "title": "框", "items": ["短", "长" * 11]}
    items = '{% for i in box["items"] %}{{ i }}{% endfor %}</aside>'
    shop.write_article("{sidebar: b}", sidebars=[box])
    [found] = too_long(
        shop, slot("article.sidebars.items"), html=TEMPLATE.replace("</aside>", items)
    )
    assert found.place is not None
    lines = (shop.issue / "issue.yaml").read_text("utf-8").splitlines()
    assert "长" in lines[found.place.line - 1]
