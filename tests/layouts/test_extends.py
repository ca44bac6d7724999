"""A layout that extends another: what it inherits, which file is found, what is refused."""

from __future__ import annotations

import itertools
import json
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


def test_title_and_description_are_a_layouts_own(shop: Workshop) -> None:
    folder = fancy(shop)
    write(folder / "layout.yaml", {"name": "fancy", "extends": "plain"})
    assert {str(p.values["field"]) for p in refused(folder)} == {"title", "description"}


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


def test_the_example_of_the_documentation_says_what_it_shows(shop: Workshop) -> None:
    text = (HOUSE / "docs" / "layouts.md").read_text("utf-8")
    lines = text[text.index("    name: mine") :].split("\n\n", maxsplit=1)[0]
    write(shop.root / "layouts" / "mine" / "layout.yaml", textwrap.dedent(lines) + "\n")
    shop.write_issue(layout={"name": "mine"})
    spec = layout_of(shop).spec
    assert (spec.grid.body_pt, spec.grid.leading_pt) == (11, 18)
    chosen = options(layout_of(shop), [])
    assert (chosen["accent"], "cover_tint" in chosen) == ("jade", False)
    assert "section.emblem" not in {slot.name for slot in spec.slots}


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
