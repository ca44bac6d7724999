"""Layouts: what layout.yaml may say, where layouts are found, and what an issue may choose."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from newsletter.diagnostics import Diagnostic, Refused
from newsletter.layouts import Layout, load_layout, options, read_layout
from newsletter.resources import folders, packaged
from workshop import LAYOUT, SILKROAD, Workshop, write


@pytest.fixture
def shop(tmp_path: Path) -> Workshop:
    return Workshop(tmp_path)


def problems_of(shop: Workshop) -> list[Diagnostic]:
    try:
        read_layout(shop.layout)
    except Refused as refusal:
        return refusal.diagnostics
    return []


def line_of(problem: Diagnostic, shop: Workshop) -> str:
    assert problem.place is not None
    assert problem.place.file == "layouts/plain/layout.yaml"
    text = (shop.layout / "layout.yaml").read_text("utf-8")
    return text.splitlines()[problem.place.line - 1].strip().rstrip(",")


# layout.yaml


PAGE, GRID = LAYOUT["page"], LAYOUT["grid"]
SWITCH = {"kind": "switch", "default": "true", "description": "开关"}
SLOT = {"name": "article.title", "description": "标题", "fit": {"measure": 9, "lines": 2}}


@pytest.mark.parametrize(
    ("changed", "code", "line"),
    [
        ({"colour": "red"}, "N104", '"colour": "red"'),
        ({"page": PAGE | {"width_mm": -1}}, "N106", '"width_mm": -1'),
        ({"page": PAGE | {"width_mm": "nan"}}, "N106", '"width_mm": "nan"'),
        ({"page": PAGE | {"bleed_mm": 50}}, "N106", '"bleed_mm": 50'),
        ({"page": PAGE | {"height_mm": "tall"}}, "N106", '"height_mm": "tall"'),
        ({"page": {"width_mm": 210}}, "N105", '"width_mm": 210'),
        ({"grid": GRID | {"lines": "many"}}, "N106", '"lines": "many"'),
        ({"grid": GRID | {"columns": 0}}, "N106", '"columns": 0'),
        ({"fonts": []}, "N106", '"fonts": []'),
        ({"name": "two words"}, "N119", '"name": "two words"'),
        ({"name": "fancy"}, "N510", '"name": "fancy"'),
        ({"template": "absent.j2"}, "N508", '"template": "absent.j2"'),
        ({"template": "../../newsletter.yaml"}, "N508", '"template": "../../newsletter.yaml"'),
        ({"stylesheets": ["style.css", "absent.css"]}, "N508", '"absent.css"'),
        ({"stylesheets": ["../../secret.css"]}, "N508", '"../../secret.css"'),
        ({"options": {"a": SWITCH | {"kind": "dial"}}}, "N119", '"kind": "dial"'),
        ({"options": {"a": SWITCH | {"default": "yes"}}}, "N503", '"default": "yes"'),
        ({"options": {"a": SWITCH | {"kind": "choice"}}}, "N503", '"default": "true"'),
        ({"options": {"a": SWITCH | {"kind": "number"}}}, "N503", '"default": "true"'),
        (
            {"options": {"a": SWITCH | {"kind": "number", "default": "9", "most": "5"}}},
            "N503",
            '"default": "9"',
        ),
        ({"slots": [SLOT | {"fit": {"measure": 9}}]}, "N105", '"measure": 9'),
        ({"slots": [SLOT | {"fit": {"measure": 0, "lines": 2}}]}, "N106", '"measure": 0'),
        ({"slots": [SLOT | {"fit": {"measure": 9, "lines": 1.5}}]}, "N106", '"lines": 1.5'),
        ({"slots": [SLOT | {"name": "article.titel"}]}, "N512", '"name": "article.titel"'),
        ({"slots": [SLOT | {"name": "titles"}]}, "N512", '"name": "titles"'),
        ({"slots": [SLOT | {"name": "article.body"}]}, "N512", '"measure": 9'),
        ({"slots": [SLOT | {"name": "view.person"}]}, "N512", '"measure": 9'),
    ],
)
def test_a_mistake_in_layout_yaml_is_refused_at_its_line(
    shop: Workshop, changed: dict[str, Any], code: str, line: str
) -> None:
    write(shop.root / "secret.css", "")
    shop.set_up(**changed)
    [problem] = problems_of(shop)
    assert (problem.code, line_of(problem, shop)) == (code, line)


@pytest.mark.parametrize(
    ("name", "hint", "suggestion"),
    [
        ("article.titel", "suggest", "article.title"),
        ("headline", "default", None),
        ("article.body", "markdown", None),
        ("view.person", "other", None),
    ],
)
def test_it_is_said_why_a_slot_cannot_have_a_fit(
    shop: Workshop, name: str, hint: str, suggestion: str | None
) -> None:
    shop.set_up(slots=[SLOT | {"name": name}])
    [problem] = problems_of(shop)
    assert (problem.hint, problem.values.get("suggestion")) == (hint, suggestion)


@pytest.mark.parametrize("name", ["article.body", "view.person", "of.my.own"])
def test_a_slot_without_a_fit_may_have_any_name(shop: Workshop, name: str) -> None:
    shop.set_up(slots=[{"name": name, "description": "版位"}])
    assert problems_of(shop) == []


def test_all_mistakes_of_a_layout_are_reported_together(shop: Workshop) -> None:
    shop.set_up(name="fancy", stylesheets=["a.css", "b.css"])
    assert [problem.code for problem in problems_of(shop)] == ["N510", "N508", "N508"]


def test_a_layout_yaml_that_is_no_yaml_is_refused(shop: Workshop) -> None:
    write(shop.layout / "layout.yaml", "name: [plain\n")
    assert [problem.code for problem in problems_of(shop)] == ["N110"]


# Where layouts are found


def test_an_own_layout_comes_before_a_packaged_one_of_the_same_name(shop: Workshop) -> None:
    shop.publish(layout={"name": "silkroad"})
    choice = shop.compose().copy.publication.layout
    assert load_layout(choice.name, folders("layouts", shop.root)).folder == SILKROAD
    own = shop.root / "layouts" / "silkroad"
    shop.layout.rename(own)
    write(own / "layout.yaml", LAYOUT | {"name": "silkroad"})
    assert load_layout(choice.name, folders("layouts", shop.root)).folder == own
    assert shop.compose().layout.folder == own


def test_folders_are_named_once_and_only_if_they_are_there(tmp_path: Path) -> None:
    assert folders("layouts", packaged()) == [SILKROAD.parent]
    assert folders("layouts", tmp_path) == [SILKROAD.parent]
    assert folders("layouts", None) == [SILKROAD.parent]
    assert folders("presses", tmp_path) == []


@pytest.mark.parametrize(
    ("name", "hint"), [("silkraod", "suggest"), ("plian", "suggest"), ("x", "default")]
)
def test_an_unknown_layout_is_refused_with_the_names_there_are(
    shop: Workshop, name: str, hint: str
) -> None:
    shop.publish(layout={"name": name})
    [problem] = shop.problems()
    assert (problem.code, problem.hint) == ("N501", hint)
    assert problem.values["names"] == "bulletin, plain, silkroad"
    assert str(problem.place).startswith("newsletter.yaml:5:")


# Options


OPTIONS = {
    "tint": {"kind": "choice", "choices": ["warm", "cold"], "default": "warm", "description": "色"},
    "frame": {"kind": "switch", "default": "false", "description": "框"},
    "gap": {"kind": "number", "default": "1.5", "least": "0", "most": "3", "description": "距"},
    "motto": {"kind": "text", "default": "", "description": "题"},
}


def chosen(shop: Workshop, *, ours: object = None, theirs: object = None) -> dict[str, Any]:
    """Return the options' values when the publication and the issue choose so."""
    shop.set_up(options=OPTIONS)
    shop.publish(layout={"name": "plain", "options": ours or {}})
    if theirs is not None:
        shop.write_issue(layout={"name": "plain", "options": theirs})
    copy = shop.compose().copy
    choices = [copy.publication.layout, *([copy.issue.layout] if copy.issue.layout else [])]
    return options(read_layout(shop.layout), choices)


def test_options_have_defaults(shop: Workshop) -> None:
    assert chosen(shop) == {"tint": "warm", "frame": False, "gap": 1.5, "motto": ""}


def test_an_issue_overrides_what_the_publication_chose(shop: Workshop) -> None:
    values = chosen(shop, ours={"tint": "cold", "gap": "2"}, theirs={"gap": "3", "frame": "true"})
    assert values == {"tint": "cold", "frame": True, "gap": 3.0, "motto": ""}


def test_options_for_another_layout_are_left_alone(shop: Workshop) -> None:
    shop.publish(layout={"name": "silkroad", "options": {"accent": "jade"}})
    shop.write_issue(layout={"name": "plain"})
    assert shop.compose().layout.spec.name == "plain"


@pytest.mark.parametrize(
    ("name", "value", "code", "hint"),
    [
        ("tint", "hot", "N503", "choice"),
        ("tint", None, "N503", "choice"),
        ("tint", ["warm"], "N503", "choice"),
        ("frame", "yes", "N503", "switch"),
        ("gap", "wide", "N503", "number"),
        ("gap", "-0.1", "N503", "number"),
        ("gap", "3.1", "N503", "number"),
        ("gap", "1e0", "N503", "number"),
        ("motto", {"a": "b"}, "N503", "text"),
        ("tinted", "warm", "N502", "suggest"),
        ("zzz", "warm", "N502", "default"),
    ],
)
def test_a_choice_that_the_layout_does_not_offer_is_refused_at_its_line(
    shop: Workshop, name: str, value: object, code: str, hint: str
) -> None:
    shop.set_up(options=OPTIONS)
    shop.write_issue(layout={"name": "plain", "options": {name: value}})
    [problem] = shop.problems()
    assert (problem.code, problem.hint) == (code, hint)
    assert problem.values["option"] == name
    assert problem.place is not None
    lines = (shop.issue / "issue.yaml").read_text("utf-8").splitlines()
    assert f'"{name}"' in lines[problem.place.line - 1] + lines[problem.place.line - 2]
    assert "['" not in problem.message("zh")
    assert "{'" not in problem.message("zh")


def test_every_wrong_choice_is_reported(shop: Workshop) -> None:
    shop.set_up(options=OPTIONS)
    shop.publish(layout={"name": "plain", "options": {"tint": "hot"}})
    shop.write_issue(layout={"name": "plain", "options": {"gap": "9", "nope": "1"}})
    assert shop.codes() == ["N503", "N502", "N503"]


def test_the_specimen_lies_beside_layout_yaml() -> None:
    layout = read_layout(SILKROAD)
    assert isinstance(layout, Layout)
    assert layout.specimen == SILKROAD / "specimen.yaml"
