"""Texts that a layout leaves out, each told where it stands, or all of a kind at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsletter.diagnostics import Diagnostic
from workshop import ISSUE, STYLE, TEMPLATE, Workshop

BODY = "\n\n".join(f"第{number}段正文，各不相同。" for number in "一二三四五六七八九")
SHEET = "layouts/plain/style.css"
LINE = STYLE.count("\n") + 1


@pytest.fixture
def shop(tmp_path: Path) -> Workshop:
    shop = Workshop(tmp_path)
    shop.write_article(BODY)
    return shop


def told(shop: Workshop) -> list[Diagnostic]:
    return [problem for problem in shop.problems("build") if problem.code in ("N701", "N703")]


def test_an_element_that_is_hidden_is_told_once_at_its_rule(shop: Workshop) -> None:
    shop.set_up(style=STYLE + "p { display: none }")
    [problem] = told(shop)
    assert (problem.code, problem.hint, problem.values["element"]) == ("N703", "element", "p")
    assert str(problem.place) == f"{SHEET}:{LINE}:1"
    assert problem.values["count"] == problem.values["total"] == 12


def test_a_class_that_is_hidden_is_told_by_its_name(shop: Workshop) -> None:
    html = TEMPLATE.replace(
        "{{ html(block.html) }}", '<p class="x">{{ html(block.html)|striptags }}'
    )
    html += "".join(f"<p>{number}</p>" for number in range(30))
    shop.set_up(html, STYLE + ".x { display: none }")
    [problem] = told(shop)
    assert problem.hint == "element"
    assert str(problem.place) == f"{SHEET}:{LINE}:1"


def test_a_text_that_stands_elsewhere_too_or_in_two_elements_is_told_with_its_kind(
    shop: Workshop,
) -> None:
    """The period is in the title as well, the quotation is two paragraphs."""
    shop.write_article(BODY + "\n\n> 引文会排成提要。\n>\n> —— 编辑部", title="第一号春季")
    shop.set_up(style=STYLE + "p { display: none }")
    [problem] = told(shop)
    assert (problem.code, problem.values["element"]) == ("N703", "p")


def test_a_text_in_a_span_is_told_with_the_element_around_it(shop: Workshop) -> None:
    title = "<p>某：<span>{{ article.title }}</span>"
    shop.set_up(
        TEMPLATE.replace("<h2>{{ article.title }}</h2>", title), STYLE + "p { display: none }"
    )
    [problem] = told(shop)
    assert (problem.values["element"], problem.values["count"]) == ("p", 13)


def test_words_within_paragraphs_that_are_hidden_are_told_by_their_element(
    shop: Workshop,
) -> None:
    shop.write_article("\n\n".join(f"第{n}段有**重要的话{n}**。" for n in "一二三四五六"))
    shop.set_up(style=STYLE + "strong { display: none }")
    [problem] = told(shop)
    assert (problem.code, problem.values["element"]) == ("N703", "strong")


def test_a_field_that_no_template_prints_is_told_once(shop: Workshop) -> None:
    shop.set_up(TEMPLATE.replace("{{ html(block.html) }}", ""))
    [problem] = told(shop)
    assert (problem.code, problem.hint, problem.values["field"]) == ("N703", "field", "body")
    assert str(problem.place) == "layouts/plain/template.html.j2:1:1"


def test_a_whole_issue_that_is_not_there_is_told_once(shop: Workshop) -> None:
    shop.set_up('<html lang="zh"><body><p>空</p></body></html>')
    fields = ("title", "kicker", "standfirst", "byline", "body")
    articles = [
        {"id": f"a{number}", **{field: f"{field}之{number}" for field in fields}}
        for number in range(6)
    ]
    shop.write_issue(sections=[ISSUE["sections"][0] | {"articles": articles}])
    [problem] = told(shop)
    assert (problem.code, problem.hint, problem.values["count"]) == ("N703", "default", 35)


def titled(shop: Workshop, count: int) -> None:
    articles = [
        {"id": f"a{n}", "title": f"标题之{n:02}甲", "body": f"正文之{n:02}乙。"}
        for n in range(count)
    ]
    shop.write_issue(sections=[ISSUE["sections"][0] | {"articles": articles}])


@pytest.mark.parametrize(("shown", "codes"), [(7, ["N703"]), (8, ["N701"] * 4)])
def test_hidden_titles_of_which_some_are_read_elsewhere_are_told_once(
    shop: Workshop, shown: int, codes: list[str]
) -> None:
    some = f"issue.sections[0].articles[:{shown}]"
    head = f"{{% for a in {some} %}}<p>{{{{ a.title }}}}</p>{{% endfor %}}"
    shop.set_up(TEMPLATE.replace("</body>", head + "</body>"), STYLE + "h2 { display: none }")
    titled(shop, 12)
    found = told(shop)
    assert [problem.code for problem in found] == codes
    if codes == ["N703"]:
        assert str(found[0].place) == f"{SHEET}:{LINE}:1"
        assert (found[0].values["count"], found[0].values["total"]) == (5, 12)


def test_a_title_that_stands_in_the_contents_lacks_more_than_its_initial(shop: Workshop) -> None:
    contents = "{% for a in issue.sections[0].articles %}<p>{{ a.title }}</p>{% endfor %}"
    html = TEMPLATE.replace("<h1>", f'<div style="break-after: page">{contents}</div><h1>')
    shop.set_up(html, STYLE + "h2 { display: none }")
    titled(shop, 2)
    assert [(problem.code, problem.hint) for problem in told(shop)] == [("N701", "default")] * 2


def test_few_texts_are_told_each_at_its_line(shop: Workshop) -> None:
    shop.set_up(TEMPLATE.replace("{{ article.title }}", ""))
    [problem] = told(shop)
    assert (problem.code, problem.values["text"]) == ("N701", "头一篇")
    assert problem.place is not None
    assert problem.place.file == "issues/one/issue.yaml"


def test_the_rest_is_told_beside_what_is_told_together(shop: Workshop) -> None:
    html = TEMPLATE.replace("{{ article.title }}", "")
    shop.set_up(html, STYLE + "section p { visibility: hidden }")
    assert [problem.code for problem in told(shop)] == ["N701", "N703"]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_its_sentences_are_given_all_their_values(shop: Workshop, language: str) -> None:
    shop.set_up(style=STYLE + "p { display: none }")
    [problem] = told(shop)
    assert "…" not in problem.message(language) + str(problem.hint_text(language))  # type: ignore[arg-type]
