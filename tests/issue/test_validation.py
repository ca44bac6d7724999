"""Validation: each problem stands at its own line, in the words of the very part it is in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from newsletter.diagnostics import Diagnostic, Refused, entry, terms
from newsletter.issue.models import Article, Issue, Part, Publication
from newsletter.issue.validation import EXPECTED, validate
from newsletter.layouts import LayoutFile
from newsletter.sources import Source, parse

ISSUE = """id: one
title: 一
period: 春
sections:
"""


def problems(text: str, model: type[Part] = Issue) -> list[Diagnostic]:
    try:
        validate(model, parse(Source.of(Path("a.yaml"), "a.yaml", text)))
    except Refused as refusal:
        return refusal.diagnostics
    return []


def told(text: str, model: type[Part] = Issue) -> list[str]:
    found = [(d.code, d.place) for d in problems(text, model)]
    return [f"{code} {place.line}:{place.column}" for code, place in found if place]


def section(kind: str, *lines: str) -> str:
    return ISSUE + f"  - kind: {kind}\n" + "".join(f"    {line}\n" for line in lines)


ARTICLES = "articles: [{id: b, title: 二, body: 文}]"
VIEWS = "articles: [{id: b, title: 二, body: 文, person: {name: 某}}]"
EVENTS = 'events: [{date: "2021-04", title: 会}]'


@pytest.mark.parametrize(
    ("kind", "rest"),
    [("articles", ARTICLES), ("views", VIEWS), ("chronicle", EVENTS), ("contacts", "about: 文")],
)
@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("id: a", "title: 栏"), []),
        (("id: a",), ["N105 5:5"]),
        (("id: a", 'title: ""'), ["N127 7:12"]),
        (("id: a", "title: [栏]"), ["N106 7:12"]),
        (("id: 甲", "title: 栏"), ["N119 6:9"]),
        (("id: a", "title: 栏", "titel: 栏"), ["N104 8:5"]),
        (("id: a", "title: 栏", "emblem: {file: a.svg}"), ["N105 8:14"]),
        (("id: a", "title: 栏", "emblem: {file: a.svg, alt: 甲, kind: foto}"), ["N119 8:41"]),
    ],
)
def test_a_problem_of_a_section_stands_at_its_line_whatever_its_kind(
    kind: str, rest: str, lines: tuple[str, ...], expected: list[str]
) -> None:
    assert told(section(kind, *lines, rest)) == expected


@pytest.mark.parametrize(
    ("kind", "lines", "expected"),
    [
        ("articles", ("articles:", "  - {id: b, body: 文}"), ["N105 9:10"]),
        (
            "articles",
            ("articles:", "  - {id: b, title: 二, body: 文, person: {name: 某}}"),
            ["N104 9:36"],
        ),
        ("views", ("articles:", "  - {id: b, title: 二, body: 文}"), ["N105 9:10"]),
        (
            "views",
            ("articles:", "  - {id: b, title: 二, body: 文, person: {nam: 某}}"),
            ["N104 9:45"],
        ),
        ("chronicle", ("events:", "  - {date: 2021-13, title: 会}"), ["N121 9:16"]),
        (
            "chronicle",
            ("events:", "  - {date: 2021-04, title: 会, quotation: {by: 某}}"),
            ["N105 9:47"],
        ),
        ("contacts", ("about: 文", "people: [{name: 某, phone: 1}]"), ["N104 9:24"]),
    ],
)
def test_a_problem_within_a_section_stands_at_its_own_line(
    kind: str, lines: tuple[str, ...], expected: list[str]
) -> None:
    assert told(section(kind, "id: a", "title: 栏", *lines)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- id: a", ["N105 5:5"]),
        ("- kind: artikel", ["N119 5:11"]),
        ("- kind: [articles]", ["N119 5:11", "N105 5:11"]),
        ("- kind:", ["N119 5:10"]),
        ("- null", ["N106 5:5"]),
        ("- [a]", ["N106 5:5"]),
    ],
)
def test_a_section_without_a_good_kind_is_told_where_it_stands(
    text: str, expected: list[str]
) -> None:
    assert told(f"{ISSUE}  {text}\n") in ([expected[0]], [expected[-1]])


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        ("titel: 一", "title"),
        ("perod: 春", "period"),
        ("persn: 某", None),
        ("name: 小报", None),
        ("colour: red", None),
    ],
)
def test_suggestions_come_from_the_very_part(text: str, suggestion: str | None) -> None:
    (found,) = [
        d
        for d in problems(
            ISSUE + section("contacts", "id: a", "title: 栏", "about: 文")[len(ISSUE) :] + text
        )
        if d.code == "N104"
    ]
    assert found.values.get("suggestion") == suggestion
    assert ("fields" in found.values) == (suggestion is None)


def test_a_field_of_an_option_is_compared_with_those_of_an_option() -> None:
    text = "options:\n  accent: {kind: choice, default: a, description: 文, choises: [a]}\n"
    (found,) = [d for d in problems(text, LayoutFile) if d.code == "N104"]
    assert found.values["suggestion"] == "choices"
    assert found.values["model"] == "option"


def parts(model: type[BaseModel] = Part) -> Iterator[type[BaseModel]]:
    for child in model.__subclasses__():
        yield child
        yield from parts(child)


def test_every_part_has_a_name_in_both_languages() -> None:
    assert LayoutFile in set(parts())
    for part in parts():
        if not part.__name__.endswith(("Section", "SectionHead")):
            name = "".join(f" {c.lower()}" if c.isupper() else c for c in part.__name__).strip()
            assert name in terms()


FULL_LAYOUT = """name: a
title: 一
description: 文
page: {width_mm: 210, height_mm: 297, cover: true, multiple: 4}
grid: {body_pt: 10, leading_pt: 18, lines: 40, columns: 2, column_characters: 20, gap_characters: 2}
fonts: [a]
typesetting: {latin_gap: 0.25}
inks: {a: {cmyk: [1, 2, 3, 4], spot: a, tint: 3}}
options: {o: {kind: number, default: "1", description: 文, least: 1}}
slots: [{name: a, description: 文, fit: {measure: 3, lines: 2, justified: true}, width_mm: 3}]
"""
ILL_FITTING = [None, "文", "x" * 2000, 1, 1.5, -1, 1e300, True, [], [1], [1, 2, 3, 4, 5], {}]


def with_each_value(tree: object, value: object) -> Iterator[object]:
    """Yield `tree` once for each place in it, with `value` at that place."""
    yield value
    if isinstance(tree, dict):
        for key in tree:
            yield from ({**tree, key: inner} for inner in with_each_value(tree[key], value))
    if isinstance(tree, list):
        for index, item in enumerate(tree):
            for inner in with_each_value(item, value):
                yield [*tree[:index], inner, *tree[index + 1 :]]


@pytest.mark.parametrize("value", ILL_FITTING, ids=lambda value: repr(value)[:12])
def test_whatever_stands_in_a_layout_a_refusal_says_what_to_write(value: object) -> None:
    trees = with_each_value(yaml.safe_load(FULL_LAYOUT), value)
    refusals = [problem for tree in trees for problem in problems(json.dumps(tree), LayoutFile)]
    assert refusals
    assert [p.message("en") for p in refusals if p.hint_text("en") is None] == []


@pytest.mark.parametrize(
    ("figure", "text"),
    [
        ("{value: 3,400株, label: 树}", "3,400株"),
        ("{value: 12,345,678株, label: 树}", "12,345,678株"),
        ("{value: 3, label: 甲, 乙}", "甲, 乙"),
    ],
)
def test_a_comma_that_cuts_a_text_in_braces_is_told(figure: str, text: str) -> None:
    box = f"{{id: b, title: 数, figures: [{figure}]}}"
    found = problems(
        "id: a\ntitle: 题\n" + f"sidebars:\n  - {box}\nbody: |\n  文。\n\n  {{sidebar: b}}\n",
        Article,
    )
    assert {(d.code, d.hint, d.values["text"]) for d in found} == {("N104", "comma", text)}


@pytest.mark.parametrize("figure", ['{value: "3", lbel: 树}', "{value: 3, lbel: }"])
def test_a_misspelt_field_in_braces_is_no_comma(figure: str) -> None:
    box = f"{{id: b, title: 数, figures: [{figure}]}}"
    found = problems("id: a\ntitle: 题\n" + f"sidebars:\n  - {box}\nbody: 文。\n", Article)
    assert [d.values["suggestion"] for d in found if d.code == "N104"] == ["label"]


def test_only_the_lead_picture_stands_across_the_page() -> None:
    picture = "{id: a, file: images/a.svg, alt: 甲, span: page}"
    [found] = problems("id: a\ntitle: 题\n" + f"pictures: [{picture}]\nbody: 文。\n", Article)
    assert (found.code, found.hint) == ("N104", "lead")


@pytest.mark.parametrize("field", ["lead_picture: images/a.svg", "pictures: [images/a.svg]"])
def test_a_path_in_place_of_a_picture_is_answered_with_its_fields(field: str) -> None:
    [found] = problems("id: a\ntitle: 题\n" + f"{field}\nbody: 文。\n", Article)
    assert (found.code, found.hint) == ("N106", "picture")
    assert "file: images/a.svg" in str(found.hint_text("zh"))
    assert "alt: " in str(found.hint_text("zh"))


@pytest.mark.parametrize(
    ("text", "hint", "says"),
    [
        ("layout: plain", "named", "name: plain"),
        ("layout: {name: a}\nprofiles: [screen，print]", "comma", "screen, print"),
        ("layout: {name: a}\nprofiles: [screen，prin]", "suggest", "screen"),
    ],
)
def test_a_hint_gives_the_right_form_of_what_was_written(text: str, hint: str, says: str) -> None:
    [found] = problems(f"name: 报\npublisher: 社\n{text}", Publication)
    assert found.hint == hint
    assert says in str(found.hint_text("zh"))


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("body:\n  - 一\n  - 二\n", "running"),
        ("byline: [甲, 乙]\nbody: 文。\n", "text"),
        ("body: 文。\nsidebars: [{id: b, title: 甲, items: [{限: 三}]}]\n", "colon"),
        ("body: 文。\nsidebars:\n  - id: b\n    title: 甲\n    items:\n      - 限: 三\n", "colon"),
    ],
)
def test_what_should_be_text_has_the_hint_that_remedies_it(text: str, hint: str) -> None:
    [found] = problems(f"id: a\ntitle: 题\n{text}", Article)
    assert (found.code, found.hint) == ("N106", hint)


def test_text_in_place_of_a_group_of_fields_has_their_names() -> None:
    cover = "cover: images/a.svg\nsections:"
    text = section("articles", "id: a", "title: 栏", ARTICLES).replace("sections:", cover)
    [found] = problems(text)
    assert (found.code, found.hint, found.values["fields"]) == (
        "N106",
        "fields",
        "picture, tagline",
    )


@pytest.mark.parametrize("amounts", ["[]", "[100]", "[100, 80, 30]"])
def test_a_list_of_a_fixed_length_is_told_its_length_once(amounts: str) -> None:
    [found] = problems(
        LAYOUT.format(210, 44) + f"inks: {{forest: {{cmyk: {amounts}}}}}\n", LayoutFile
    )
    assert (found.code, found.hint, found.values["count"]) == ("N106", "entries", 4)


def test_a_view_among_articles_is_told_its_section() -> None:
    [found] = problems("id: a\ntitle: 题\nbody: 文。\nperson: {name: 甲}\n", Article)
    assert (found.code, found.hint) == ("N104", "view")
    assert "kind: views" in str(found.hint_text("en"))


def test_every_kind_of_value_has_a_hint() -> None:
    others = {"bound", "picture", "named", "running", "colon", "fields", "entries"}
    assert {*EXPECTED.values(), *others} == set(entry("N106").hints)


LAYOUT = """name: plain
title: 素
description: 文
page: {{width_mm: {}, height_mm: 297}}
grid: {{body_pt: 10, leading_pt: 16, lines: {}, columns: 1,
       column_characters: 40, gap_characters: 0}}
fonts: [WenKai]
"""


@pytest.mark.parametrize(
    ("width", "lines", "expected"),
    [
        ("210", "44", []),
        ("0", "44", ["N106 4:18"]),
        ("9999", "44", ["N106 4:18"]),
        ("nan", "44", ["N106 4:18"]),
        ("wide", "44", ["N106 4:18"]),
        ("210", "44.5", ["N106 5:44"]),
        ("210", "0", ["N106 5:44"]),
        ("210", "9" * 5000, ["N106 5:44"]),
    ],
)
def test_a_measure_out_of_range_has_a_hint(width: str, lines: str, expected: list[str]) -> None:
    text = LAYOUT.format(width, lines)
    assert told(text, LayoutFile) == expected
    assert all(d.hint_text("zh") for d in problems(text, LayoutFile))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("name: 报\npublisher: 社\nlayout: {name: a, options: {b: [1], c: {d: 1}, e: null}}", []),
        ("name: 报\npublisher: 社\nlayout: plain", ["N106 3:9"]),
        ("name: 报\npublisher: 社\nlayout: {name: a, options: [b]}", ["N106 3:28"]),
        ("name: 报\npublisher: 社\nlayout: {name: a}\nprofiles: screen", ["N106 4:11"]),
        ("name: 报\npublisher: 社\nlayout: {name: a}\nlanguage: zh", ["N119 4:11"]),
        ("name: 报\npublisher: 社\nlayout: {name: a}\nimprint: {}", []),
        ("name: 报\npublisher: 社\nlayout: {name: a}\n~: b", ["N104 4:1"]),
        (f"name: 报\npublisher: 社\nlayout: {{name: {'a' * 81}}}", ["N106 3:16"]),
    ],
)
def test_the_publication_is_held_to_its_fields(text: str, expected: list[str]) -> None:
    assert told(text, Publication) == expected


# Whatever is written

NAMES = st.sampled_from(
    [
        *"abc",
        *(name for part in parts() for name in part.model_fields),
        "titel",
        "",
    ]
)
LEAVES = st.sampled_from(
    [
        None,
        "",
        "文",
        "articles",
        "views",
        "chronicle",
        "contacts",
        "photo",
        "2021-04-20",
        "2021-13",
        "a b",
        "一\n二",
        "1",
        "true",
        "x" * 1001,
    ]
)
TREES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(NAMES, inner, max_size=6)),
    max_leaves=25,
)


@settings(max_examples=60)
@given(st.dictionaries(NAMES, TREES, max_size=8), st.sampled_from([Issue, Publication, LayoutFile]))
def test_any_tree_is_a_model_or_refused_at_places_that_it_has(
    data: dict[str, object], model: type[Part]
) -> None:
    text = json.dumps(data, ensure_ascii=False, indent=1)
    for problem in problems(text, model):
        assert problem.place is not None
        assert 1 <= problem.place.line <= text.count("\n") + 1
        assert problem.message("zh")
        assert problem.hint_text("en") is not None


@settings(max_examples=60)
@given(
    st.lists(
        st.dictionaries(NAMES, TREES, max_size=8).map(lambda d: d | {"kind": "articles"}),
        min_size=1,
        max_size=2,
    ),
    st.sampled_from(["articles", "views", "chronicle", "contacts"]),
)
def test_any_section_is_good_or_refused_within_itself(
    sections: list[dict[str, object]], kind: str
) -> None:
    data = {"id": "a", "title": "一", "sections": [s | {"kind": kind} for s in sections]}
    text = json.dumps(data, ensure_ascii=False, indent=1)
    for problem in problems(text):
        assert problem.place is not None
        assert problem.place.line >= 4
        assert "?" not in problem.message("en")


def test_what_is_missing_is_a_field_of_what_lacks_it() -> None:
    (problem,) = problems(
        section("views", "id: a", "title: 栏", "articles: [{id: b, title: 二, body: 文}]")
    )
    assert (problem.values["field"], problem.values["model"]) == ("person", "view")
    assert problem.hint == "braces"


def test_two_parts_do_not_excuse_each_other() -> None:
    lines = ("articles:", "  - {id: b, titel: 二, body: 文}", "  - {id: c, body: 文}")
    assert told(section("articles", "id: a", "title: 栏", *lines)) == ["N104 9:17", "N105 10:10"]


def test_a_field_that_is_missing_from_lines_is_to_be_a_line() -> None:
    lines = ("articles:", "  - id: b", "    title: 二")
    (problem,) = problems(section("articles", "id: a", "title: 栏", *lines))
    assert problem.hint == "default"
