"""A layout that extends another: what it inherits, which file is found, what is refused."""

from __future__ import annotations

import itertools
import json
import re
import textwrap
from pathlib import Path
from typing import Any

import pytest

from newsletter.checking import compose
from newsletter.diagnostics import Diagnostic, Refused
from newsletter.edition import build
from newsletter.issue.loader import load_copy
from newsletter.layouts import Layout, options, read_layout
from newsletter.resources import folders
from workshop import HOUSE, LAYOUT, SILKROAD, TEMPLATE, Workshop, write

SWITCH = {"kind": "switch", "default": "false", "description": "开关"}
CHOICE = {"kind": "choice", "choices": ["a", "b"], "default": "a", "description": "选择"}
FIT = {"measure": 9, "lines": 2}
SLOTS = [
    {"name": "article.title", "description": "标题", "fit": FIT},
    {"name": "article.kicker", "description": "眉题", "fit": FIT},
]
OWN = {"name": "fancy", "title": "花", "description": "只为测试", "extends": "plain"}


def fancy(shop: Workshop, **spec: object) -> Path:
    """Write the layout 'fancy', which extends 'plain', and have the issue set in it."""
    folder = shop.root / "layouts" / "fancy"
    write(folder / "layout.yaml", OWN | spec)
    shop.write_issue(layout={"name": "fancy"})
    return folder


def layout_of(shop: Workshop) -> Layout:
    return shop.compose().layout


def refused(folder: Path) -> list[Diagnostic]:
    with pytest.raises(Refused) as caught:
        read_layout(folder)
    return caught.value.diagnostics


# Keys


def test_keys_that_are_not_given_are_inherited(shop: Workshop) -> None:
    shop.set_up(options={"frame": SWITCH}, slots=SLOTS, typesetting={"hanging": "stops"})
    fancy(shop)
    spec, base = layout_of(shop).spec, read_layout(shop.layout).spec
    for key in ("page", "grid", "typesetting", "fonts", "options", "slots", "stylesheets"):
        assert getattr(spec, key) == getattr(base, key), key
    assert (spec.name, spec.title, spec.description) == ("fancy", "花", "只为测试")


def test_title_and_description_are_inherited_and_the_name_is_the_folders(shop: Workshop) -> None:
    write(fancy(shop) / "layout.yaml", {"extends": "plain"})
    spec = layout_of(shop).spec
    assert (spec.name, spec.title, spec.description) == ("fancy", "素", "只为测试")
    assert str(spec.place("name")) == "layouts/fancy/layout.yaml:2:2"


def test_page_grid_and_typesetting_are_inherited_key_by_key(shop: Workshop) -> None:
    shop.set_up(typesetting={"hanging": "stops", "loose": 0.2})
    fancy(shop, grid={"body_pt": 12}, page={"bleed_mm": 5}, typesetting={"loose": 0.3})
    spec = layout_of(shop).spec
    assert (spec.grid.body_pt, spec.grid.leading_pt) == (12, 16)
    assert (spec.page.bleed_mm, spec.page.width_mm) == (5, 210)
    assert (spec.typesetting.hanging, spec.typesetting.loose) == ("stops", 0.3)


def test_lists_of_names_are_inherited_as_a_whole(shop: Workshop) -> None:
    fancy(shop, fonts=["Noto Serif SC"])
    assert layout_of(shop).spec.fonts == ("Noto Serif SC",)


def test_options_are_inherited_by_name_and_key_by_key(shop: Workshop) -> None:
    shop.set_up(options={"frame": SWITCH, "tint": CHOICE})
    fancy(shop, options={"tint": {"default": "b"}, "more": SWITCH})
    layout = layout_of(shop)
    assert options(layout, []) == {"frame": False, "tint": "b", "more": False}
    assert layout.spec.options["tint"].choices == ("a", "b")


def test_slots_are_inherited_by_name_and_key_by_key(shop: Workshop) -> None:
    shop.set_up(slots=SLOTS)
    fancy(
        shop,
        slots=[
            {"name": "article.byline", "description": "作者"},
            {"name": "article.kicker", "fit": FIT | {"lines": 1}},
        ],
    )
    slots = {slot.name: slot for slot in layout_of(shop).spec.slots}
    assert list(slots) == ["article.title", "article.kicker", "article.byline"]
    assert slots["article.kicker"].description == "眉题"
    assert slots["article.kicker"].fit is not None
    assert (slots["article.kicker"].fit.measure, slots["article.kicker"].fit.lines) == (9, 1)


def test_what_is_given_as_null_is_not_inherited(shop: Workshop) -> None:
    shop.set_up(options={"frame": SWITCH}, slots=SLOTS, typesetting={"hanging": "stops"})
    slots = [{"name": "article.title", "fit": None}, {"name": "article.kicker"}]
    fancy(shop, options={"frame": None}, typesetting={"hanging": None}, slots=slots)
    spec = layout_of(shop).spec
    assert spec.options == {}
    assert spec.typesetting.hanging == "none"
    assert [(slot.name, slot.fit) for slot in spec.slots] == [("article.title", None)]


def test_a_required_key_that_is_taken_back_is_missed(shop: Workshop) -> None:
    assert [(p.code, p.values["field"]) for p in refused(fancy(shop, page=None))] == [
        ("N105", "page")
    ]


def test_what_is_wrong_with_an_inherited_key_is_said_at_its_own_line(shop: Workshop) -> None:
    folder = fancy(shop)
    shop.set_up(grid=LAYOUT["grid"] | {"columns": 0})
    [problem] = refused(folder)
    assert problem.place is not None
    assert problem.place.file == "layouts/plain/layout.yaml"
    lines = (shop.layout / "layout.yaml").read_text("utf-8").splitlines()
    assert '"columns": 0' in lines[problem.place.line - 1]


def test_an_inherited_option_that_is_misspelt_is_answered_with_its_name(shop: Workshop) -> None:
    shop.set_up(options={"frame": CHOICE})
    [problem] = refused(fancy(shop, options={"fraem": {"default": "b"}}))
    assert (problem.code, problem.values["suggestion"]) == ("N502", "frame")
    assert problem.values["layout"] == "plain"
    new = read_layout(fancy(shop, options={"fraem": CHOICE}))
    assert set(options(new, [])) == {"frame", "fraem"}


def test_an_inherited_slot_that_is_misspelt_is_answered_with_its_name(shop: Workshop) -> None:
    shop.set_up(slots=SLOTS)
    [problem] = refused(fancy(shop, slots=[{"name": "article.titel", "fit": FIT}]))
    assert (problem.code, problem.values["suggestion"]) == ("N512", "article.title")


def test_a_base_that_is_not_called_as_its_folder_is_refused(shop: Workshop) -> None:
    folder = fancy(shop)
    shop.set_up(name="other")
    assert [(p.code, p.place and p.place.file) for p in refused(folder)] == [
        ("N510", "layouts/plain/layout.yaml")
    ]


def test_an_option_of_the_base_that_was_taken_back_is_refused_by_name(shop: Workshop) -> None:
    shop.set_up(options={"frame": SWITCH})
    fancy(shop, options={"frame": None, "more": SWITCH})
    shop.write_issue(layout={"name": "fancy", "options": {"frame": "true"}})
    [problem] = shop.problems()
    assert (problem.code, problem.values["options"]) == ("N502", "more")


def test_options_chosen_for_the_base_do_not_reach_the_layout_that_extends_it(
    shop: Workshop,
) -> None:
    shop.set_up("{{ options.frame }}", options={"frame": SWITCH})
    fancy(shop)
    shop.publish(layout={"name": "plain", "options": {"frame": "true"}})
    assert shop.compose().html == "False"


def examples() -> list[str]:
    """Return the layouts that docs/layouts.md prints, each as it stands."""
    text = (HOUSE / "docs" / "layouts.md").read_text("utf-8")
    blocks = re.findall(r"(?:^    .*\n)+", text, re.MULTILINE)
    return [block for block in map(textwrap.dedent, blocks) if "extends:" in block]


@pytest.mark.parametrize("example", examples())
def test_every_example_of_the_documentation_builds_as_it_is_printed(
    shop: Workshop, example: str
) -> None:
    write(shop.root / "layouts" / "mine" / "layout.yaml", example)
    if "own.css" in example:
        write(shop.root / "layouts" / "mine" / "own.css", "h2 { color: var(--leaf) }")
    shop.write_issue(layout={"name": "mine"})
    shop.write_article("\n\n".join(["正文一段，排到栏尾为止，够长的一段。" * 6] * 9))
    shop.publish(layout={"name": "mine"})
    made = build(shop.root, "one", ["screen", "print"])
    assert {problem.code for problem in made.findings} <= USUAL


USUAL = {"N926"}
"""What silkroad gives rise to on a page of any size."""


def test_the_first_example_of_the_documentation_says_what_it_shows(shop: Workshop) -> None:
    write(shop.root / "layouts" / "mine" / "layout.yaml", examples()[0])
    shop.write_issue(layout={"name": "mine"})
    spec = layout_of(shop).spec
    assert (spec.name, spec.grid.body_pt, spec.grid.leading_pt) == ("mine", 11, 18)
    chosen = options(layout_of(shop), [])
    assert (chosen["accent"], "cover_tint" in chosen) == ("jade", False)
    assert "section.emblem" not in {slot.name for slot in spec.slots}
    assert len(examples()) >= 4


# Files


def test_files_are_its_own_first_and_then_those_of_the_base(shop: Workshop) -> None:
    shop.set_up('{% include "a.j2" %}{% include "b.j2" %}', parts={"a.j2": "一", "b.j2": "二"})
    write(fancy(shop) / "b.j2", "三")
    assert shop.compose().html == "一三"


def test_a_template_may_extend_the_one_whose_place_it_takes(shop: Workshop) -> None:
    shop.set_up("甲{% block middle %}乙{% endblock %}丙")
    folder = fancy(shop)
    page = (
        '{% extends "../plain/template.html.j2" %}{% block middle %}[{{ super() }}]{% endblock %}'
    )
    write(folder / "template.html.j2", page)
    assert shop.compose().html == "甲[乙]丙"


def test_urls_in_stylesheets_mean_the_nearest_file_wherever_the_stylesheet_lies(
    shop: Workshop,
) -> None:
    style = "p { background: url(parts/a.svg) } h2 { background: url(parts/b.svg) }"
    shop.set_up(style=style, parts={"parts/a.svg": "基", "parts/b.svg": "基"})
    write(fancy(shop) / "parts" / "a.svg", "己")
    galley = shop.compose()
    sheet = next(sheet for sheet in galley.stylesheets if sheet.text == style)
    assert sheet.shown == "layouts/plain/style.css"
    found = [galley.assets[f"{sheet.url.rpartition('/')[0]}/parts/{n}.svg"] for n in "ab"]
    assert [path.read_text("utf-8") for path in found] == ["己", "基"]


def test_a_stylesheet_takes_the_place_of_that_of_the_base_or_stands_after_it(
    shop: Workshop,
) -> None:
    folder = fancy(shop, stylesheets=["../plain/style.css", "style.css"])
    write(folder / "style.css", "p { color: red }")
    shown = [sheet.shown for sheet in shop.compose().stylesheets]
    assert shown[1:3] == ["layouts/plain/style.css", "layouts/fancy/style.css"]
    assert shop.codes("render") == []
    fancy(shop)
    shown = [sheet.shown for sheet in shop.compose().stylesheets]
    assert shown[1:2] == ["layouts/fancy/style.css"]


def sheets_in(shop: Workshop) -> list[str]:
    return [s.shown.removeprefix("layouts/") for s in shop.compose().stylesheets[1:-1]]


@pytest.mark.parametrize("own", ["own.css", "style.css"])
def test_three_dots_stand_for_the_stylesheets_of_the_base(shop: Workshop, own: str) -> None:
    shop.set_up(stylesheets=["first.css", "style.css"], parts={"first.css": ""})
    write(fancy(shop) / "layout.yaml", f"extends: plain\nstylesheets: [..., {own}]\n")
    write(shop.root / "layouts" / "fancy" / own, "p { color: red }")
    assert sheets_in(shop) == ["plain/first.css", "plain/style.css", f"fancy/{own}"]
    assert not shop.compose().warnings


def test_three_dots_without_a_base_are_refused(shop: Workshop) -> None:
    shop.set_up(stylesheets=["...", "style.css"])
    assert [(p.code, p.hint) for p in refused(shop.layout)] == [("N508", "dots")]


def test_stylesheets_divided_by_a_chinese_comma_are_told_the_right_form(shop: Workshop) -> None:
    shop.set_up(stylesheets=["a.css，style.css"])
    [problem] = refused(shop.layout)
    assert (problem.code, problem.hint) == ("N508", "comma")
    assert problem.values["right"] == "a.css, style.css"


def test_three_dots_go_through_a_chain_and_may_stand_in_a_list_of_lines(shop: Workshop) -> None:
    write(fancy(shop) / "layout.yaml", "extends: plain\nstylesheets: [..., style.css]\n")
    write(shop.root / "layouts" / "fancy" / "style.css", "p { color: red }")
    folder = shop.root / "layouts" / "top"
    write(folder / "layout.yaml", "extends: fancy\nstylesheets:\n  - ...\n  - style.css\n")
    write(folder / "style.css", "p { color: blue }")
    shop.write_issue(layout={"name": "top"})
    assert sheets_in(shop) == ["plain/style.css", "fancy/style.css", "top/style.css"]


def test_an_own_tokens_takes_the_place_of_that_among_the_three_dots(shop: Workshop) -> None:
    shop.set_up(stylesheets=["tokens.css", "style.css"], parts={"tokens.css": ""})
    write(fancy(shop) / "layout.yaml", "extends: plain\nstylesheets: [..., own.css]\n")
    for name in ("tokens.css", "own.css"):
        write(shop.root / "layouts" / "fancy" / name, "p { color: red }")
    assert sheets_in(shop) == ["fancy/tokens.css", "plain/style.css", "fancy/own.css"]


@pytest.mark.parametrize(
    ("sheets", "told"),
    [
        (["a.css", "../plain/style.css", "style.css"], "base.css"),
        (["../plain/style.css", "style.css"], "a.css, base.css"),
        (["style.css"], ""),
        (["a.css", "style.css"], ""),
        (["a.css", "base.css", "../plain/style.css", "style.css"], ""),
        (["a.css", "own/base.css", "../plain/style.css"], "base.css"),
    ],
)
def test_a_stylesheet_without_one_that_it_rests_on_is_told(
    shop: Workshop, sheets: list[str], told: str
) -> None:
    shop.set_up(stylesheets=["a.css", "base.css", "style.css"], parts={"a.css": "", "base.css": ""})
    folder = fancy(shop, stylesheets=sheets)
    for name in ("style.css", "own/base.css"):
        write(folder / name, "p { color: red }")
    warnings = [p for p in shop.compose().warnings if p.code != "N525"]
    found = [(p.code, p.values["files"]) for p in warnings]
    assert found == ([("N522", told)] if told else [])


@pytest.mark.parametrize("name", ["../other/x.j2", "../fancy/../other/x.j2", "../../secret.j2"])
def test_no_other_layout_can_be_reached(shop: Workshop, name: str) -> None:
    write(shop.root / "layouts" / "other" / "x.j2", "别的")
    write(shop.root / "secret.j2", "密")
    write(fancy(shop) / "template.html.j2", f'{{% include "{name}" %}}')
    assert shop.codes() == ["N504"]


def test_a_layout_cannot_reach_those_that_extend_it(shop: Workshop) -> None:
    write(fancy(shop) / "x.j2", "上")
    shop.write_issue(layout={"name": "plain"})
    shop.set_up('{% include "../fancy/x.j2" %}')
    assert shop.codes() == ["N504"]


def test_a_mistake_in_a_template_of_the_base_is_placed_there(shop: Workshop) -> None:
    shop.set_up("<p>\n{{ nothing }}")
    fancy(shop)
    assert [str(p.place) for p in shop.problems()] == ["layouts/plain/template.html.j2:2:4"]


def test_every_file_of_every_layout_in_the_chain_is_an_input(shop: Workshop) -> None:
    write(fancy(shop) / "style.css", "p { margin: 0 }")
    made = build(shop.root, "one", ["screen"])
    files = {name for name in made.inputs if name.startswith("layouts/")}
    assert files == {
        "layouts/fancy/layout.yaml",
        "layouts/fancy/style.css",
        "layouts/plain/layout.yaml",
        "layouts/plain/style.css",
        "layouts/plain/template.html.j2",
    }
    record = json.loads((shop.root / "build" / "one" / "edition.json").read_text("utf-8"))
    assert record["inputs"] == dict(made.inputs)


# Chains


def chain(shop: Workshop, *names: str) -> Path:
    """Write layouts each of which extends the next; the last name is only named."""
    places = shop.root / "layouts"
    for name, base in itertools.pairwise(names):
        write(places / name / "layout.yaml", OWN | {"name": name, "extends": base})
    return places / names[0]


def test_a_chain_may_have_four_layouts(shop: Workshop) -> None:
    layout = read_layout(chain(shop, "a", "b", "c", "plain"))
    assert [folder.name for folder in layout.folders] == ["a", "b", "c", "plain"]


@pytest.mark.parametrize(
    ("names", "hint", "values"),
    [
        (("a", "nothing"), "default", {"names": "a, plain"}),
        (("a", "plian"), "suggest", {"suggestion": "plain"}),
        (("a", "../layouts/plain"), "default", {"names": "a, plain"}),
        (("a", "a"), "cycle", {"chain": "a → a"}),
        (("a", "b", "c", "b"), "cycle", {"chain": "a → b → c → b"}),
        (("a", "b", "c", "d", "plain"), "deep", {"deepest": 4}),
    ],
)
def test_a_chain_without_an_end_is_refused_where_it_goes_on(
    shop: Workshop, names: tuple[str, ...], hint: str, values: dict[str, Any]
) -> None:
    [problem] = refused(chain(shop, *names))
    last = names[-2]
    assert (problem.code, problem.hint) == ("N513", hint)
    assert problem.place is not None
    assert problem.place.file == f"layouts/{last}/layout.yaml"
    assert problem.values == {"name": last, "base": names[-1]} | values
    for language in ("en", "zh"):
        assert "…" not in problem.message(language)  # type: ignore[arg-type]
        assert "…" not in (problem.hint_text(language) or "…")  # type: ignore[arg-type]


def test_a_name_that_is_no_name_is_the_models_to_refuse(shop: Workshop) -> None:
    assert [p.code for p in refused(fancy(shop, extends=["plain"]))] == ["N105"] * 3 + ["N106"]


def test_an_own_layout_extends_an_own_one_before_a_packaged_one(shop: Workshop) -> None:
    own = shop.root / "layouts" / "silkroad"
    write(own / "layout.yaml", LAYOUT | {"name": "silkroad"})
    write(own / "template.html.j2", TEMPLATE)
    write(own / "style.css", "")
    fancy(shop, extends="silkroad")
    assert layout_of(shop).folders[1] == own


def test_an_own_layout_may_extend_a_packaged_one(shop: Workshop) -> None:
    fancy(shop, extends="silkroad")
    assert layout_of(shop).folders[1] == SILKROAD


def test_a_packaged_layout_never_extends_one_of_the_publication(shop: Workshop) -> None:
    own = shop.root / "layouts" / "silkroad"
    shop.layout.rename(own)
    write(own / "layout.yaml", LAYOUT | {"name": "silkroad"})
    shop.publish(layout={"name": "silkroad"})
    copy = load_copy(shop.root, "one")
    assert compose(copy).layout.folder == own
    assert compose(copy, "bulletin").layout.folders == (SILKROAD.parent / "bulletin", SILKROAD)
    assert folders("layouts", shop.root)[0] == own.parent
