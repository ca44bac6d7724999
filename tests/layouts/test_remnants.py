"""What a designer left in templates and folders: marks that print, tags alone, files unused."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsletter.checking import check
from newsletter.diagnostics import Diagnostic
from workshop import SILKROAD, TEMPLATE, Workshop

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
    ],
)
def test_braces_that_are_meant_pass(shop: Workshop, written: str) -> None:
    with_title(shop, written)
    assert told(shop, "N524") == []


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


def test_elements_whose_end_may_be_left_out_pass(shop: Workshop) -> None:
    with_title(shop, TITLE + "<p>甲<p>乙<ul><li>一<li>二</ul><br><img src='x' alt='a > b'>")
    assert told(shop, "N526") == []


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
    shop.set_up(TEMPLATE + template, '@import "more.css";', {"more.css": "", "part.html.j2": ""})
    assert told(shop, "N525") == []
    shop.set_up(TEMPLATE, parts={"box-2.j2": ""})
    assert {problem.values["file"] for problem in told(shop, "N525")} == {
        "box-2.j2",
        "part.html.j2",
        "more.css",
    }
