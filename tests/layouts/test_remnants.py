"""What a designer left in templates and folders: marks that print, tags alone, files unused."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsletter.checking import check, compose
from newsletter.diagnostics import Diagnostic
from newsletter.issue.loader import load_copy_at
from newsletter.layouts import read_layout
from workshop import HOUSE, SILKROAD, TEMPLATE, Workshop, write

TITLE = "<h2>{{ article.title }}</h2>"


@pytest.fixture
def shop(tmp_path: Path) -> Workshop:
    return Workshop(tmp_path)


def told(shop: Workshop, code: str) -> list[Diagnostic]:
    return [problem for problem in check(shop.root, "one") if problem.code == code]


def with_title(shop: Workshop, written: str) -> None:
    assert TITLE in TEMPLATE
    shop.set_up(TEMPLATE.replace(TITLE, written))


MARKS = {
    "<h2>{{ article.title }} { article.title }</h2>": ("write", "{{ article.title }}"),
    "<h2>{{ article.title }} { article.title | upper }</h2>": (
        "write",
        "{{ article.title | upper }}",
    ),
    "<h2>{{ article.title }}{ { article.id }}</h2>": ("write", "{{"),
    "<h2>{{ article.title }}{ % if x %}</h2>": ("write", "{%"),
    "<h2>｛｛ article.title }}</h2>": ("wide", "{{"),
    "<h2>{{ article.title }}｛article.title｝</h2>": ("wide", "{article.title"),
    "<h2>{{ article.title }}{％ if x ％}</h2>": ("wide", "{%"),
    "<h2>{{ article.title }}}}</h2>": ("opening", "{{"),
    "<h2>{{ article.title }} %}</h2>": ("opening", "{%"),
}


@pytest.mark.parametrize("written", MARKS)
def test_a_mark_that_a_page_would_print_is_refused(shop: Workshop, written: str) -> None:
    with_title(shop, written)
    [problem] = told(shop, "N524")
    hint, right = MARKS[written]
    assert (problem.hint, problem.values.get("right", problem.values.get("opening"))) == (
        hint,
        right,
    )
    assert str(problem.place).startswith("layouts/plain/template.html.j2:8:")
    assert problem.message("zh")


@pytest.mark.parametrize(
    "written",
    [
        "<h2>{{ article.title }}{{ '}}' }}</h2>",
        "<h2>{{ article.title }}{# { article.title } #}</h2>",
        "<h2>{{ article.title }}{% raw %}{{ article.title }}{% endraw %}</h2>",
        "<style>h2 { color: red } @media print { h2 { color: black }}</style>" + TITLE,
        "<h2>{{ article.title }} {1} { 甲 }</h2>",
        "<h2>{{ {'a': {'b': article.title}}['a']['b'] }}</h2>",
        '<h2 data-x=\'{"a": {"b": 1}}\'>{{ article.title }}</h2>',
        "<h2>{{ article.title }} 集合｛A｝、｛｛甲｝，｛乙｝｝、｛占50%｝、{占50％}、{占50%}</h2>",
        "<h2>{{ article.title }} {example.com} { #号 } { {1}, {2} }</h2>",
    ],
)
def test_braces_that_are_meant_pass(shop: Workshop, written: str) -> None:
    with_title(shop, written)
    assert told(shop, "N524") == []


def test_marks_in_the_words_of_an_article_pass(shop: Workshop) -> None:
    shop.write_article("模板写{{ article.title }}、{% if x %}，不写{ article.title }或｛｛ 题 }}。")
    assert told(shop, "N524") == []


@pytest.mark.parametrize("name", ["README.html", "drafts/box.html.j2", "old.html.j2"])
def test_marks_in_a_template_that_no_page_uses_pass(shop: Workshop, name: str) -> None:
    shop.set_up(TEMPLATE, parts={name: "<p>{ article.title } %}</p>"})
    assert told(shop, "N524") == []


def test_a_mark_is_placed_at_itself_after_a_tag_that_takes_space_away(shop: Workshop) -> None:
    with_title(shop, "<i>\n\n{%- if issue %}</i>{% endif %}\n" + TITLE + " %}")
    [problem] = told(shop, "N524")
    assert str(problem.place) == "layouts/plain/template.html.j2:11:30"


ALONE = {
    "<h2>{{ article.title }}": ("open", "<h2>", "8:"),
    "<h2>{{ article.title }}</h2></div>": ("stray", "</div>", "8:"),
    "<h2><em>{{ article.title }}</h2>": ("open", "<em>", "8:"),
}


@pytest.mark.parametrize("written", ALONE)
def test_a_tag_without_a_partner_is_told_at_the_tag(shop: Workshop, written: str) -> None:
    with_title(shop, written)
    [problem] = told(shop, "N526")
    hint, tag, place = ALONE[written]
    assert (problem.hint, problem.values["tag"]) == (hint, tag)
    assert str(problem.place).startswith(f"layouts/plain/template.html.j2:{place}")


PAIRED = [
    "<p>甲<p>乙<ul><li>一<li>二</ul><br><img src='x' alt='a > b'><hr/>",
    "<table><caption>表<tr><th>甲<td>乙</table>",
    '<svg viewBox="0 0 1 1"><svg><g><path d="M0 0"/><use href="#a"/></g></svg><title/></svg>',
    '<svg/><div><svg><foreignObject><p>甲</p></foreignObject><sodi:view id="a"/></svg></div>',
    "<math><mi>x</mi><mspace/></math><STYLE>a > b { color: red }</style>",
    "{% if issue %}<b>{% else %}<i>{% endif %}甲{% if issue %}</b>{% else %}</i>{% endif %}",
    "<!-- <div> --><a title='</div>'>甲</a>{# <b> #}",
]


@pytest.mark.parametrize("written", PAIRED)
def test_elements_that_are_whole_as_html_has_it_pass(shop: Workshop, written: str) -> None:
    with_title(shop, TITLE + written)
    assert told(shop, "N526") == []


def test_a_tag_is_placed_in_the_layouts_own_template_that_is_used(shop: Workshop) -> None:
    parts = {"drafts/a.html.j2": "<em>", "README.html": "<em>", "own.html.j2": "\n<em>"}
    shop.set_up(TEMPLATE.replace(TITLE, TITLE + '{% include "own.html.j2" %}'), parts=parts)
    [problem] = told(shop, "N526")
    assert str(problem.place).startswith("layouts/plain/own.html.j2:2:1")


UNUSED = {
    "mine.css": "stylesheet",
    "part.html.j2": "template",
    "parts/articles.html.j2": "suggest",
    "tokens2.css": "suggest",
}


@pytest.mark.parametrize("name", UNUSED)
def test_a_file_that_nothing_uses_is_told(shop: Workshop, name: str) -> None:
    shop.set_up(extends=SILKROAD.name, stylesheets=["..."], template=None, parts={name: ""})
    [problem] = told(shop, "N525")
    assert (str(problem.place).split(":")[0], problem.hint) == (
        f"layouts/plain/{name}",
        UNUSED[name],
    )


def test_files_that_are_named_or_take_a_place_are_used(shop: Workshop) -> None:
    template = '{% include "part.html.j2" %}{% include "box-" ~ 1 ~ ".j2" ignore missing %}'
    more = {"more.css": "", "part.html.j2": "", "box-2.j2": ""}
    shop.set_up(TEMPLATE + template, '@import "more.css";', more)
    assert told(shop, "N525") == []
    shop.set_up(TEMPLATE, parts={"box-2.j2": ""})
    assert {problem.values["file"] for problem in told(shop, "N525")} == {
        "box-2.j2",
        "part.html.j2",
        "more.css",
    }


def test_what_is_there_for_people_is_left_alone(shop: Workshop) -> None:
    names = (
        "README.html",
        "LICENCE.html",
        "README.md",
        "OFL.txt",
        "fonts/own.otf",
        "specimen.yaml",
    )
    drafts = ("drafts/style.css", "drafts/article.html.j2", "fonts/README.html", "specimen/a.css")
    shop.set_up(extends=SILKROAD.name, stylesheets=["..."], template=None)
    for name in (*names, *drafts):
        write(shop.layout / name, "")
    assert told(shop, "N525") == []


def test_a_draft_that_only_a_draft_names_is_unused(shop: Workshop) -> None:
    shop.set_up(TEMPLATE, parts={"a.html.j2": '{% include "b.html.j2" %}', "b.html.j2": ""})
    assert {problem.values["file"] for problem in told(shop, "N525")} == {"a.html.j2", "b.html.j2"}


@pytest.mark.parametrize("base", ["silkroad", "bulletin"])
def test_a_part_that_extends_the_one_it_stands_for_is_used(shop: Workshop, base: str) -> None:
    part = f'{{% include "../{base}/parts/article.html.j2" %}}'
    shop.set_up(extends=base, parts={"parts/article.html.j2": part})
    for name in ("template.html.j2", "style.css"):
        (shop.layout / name).unlink()
    write(shop.layout / "layout.yaml", f"extends: {base}\n")
    assert [told(shop, code) for code in ("N524", "N525", "N526")] == [[], [], []]


def test_a_stylesheet_is_told_the_list_that_would_name_it(shop: Workshop) -> None:
    shop.set_up(TEMPLATE, parts={"own.css": ""})
    [problem] = told(shop, "N525")
    assert problem.values["right"] == "style.css, own.css"
    shop.set_up(TEMPLATE, extends=SILKROAD.name, stylesheets=["..."], parts={"own.css": ""})
    assert [problem.values["right"] for problem in told(shop, "N525")] == ["..., own.css"]


@pytest.mark.parametrize("name", ["silkroad", "bulletin"])
def test_the_specimens_of_the_layouts_have_none_of_these(name: str) -> None:
    layout = read_layout(HOUSE / "layouts" / name)
    copy = load_copy_at(HOUSE, layout.specimen, layout.specimen.with_suffix("") / "newsletter.yaml")
    codes = {problem.code for problem in compose(copy).warnings}
    assert codes.isdisjoint({"N524", "N525", "N526"})
