"""Templates: what is escaped, what is refused, and which line a problem is given."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsletter.compose.estimate import WIDEST, fit
from newsletter.preflight.completeness import page_texts, squeeze
from newsletter.typesetting.copyfit import fit_text
from newsletter.typesetting.rules import Rules
from workshop import ARTICLE, TEMPLATE, Workshop, missing


@pytest.fixture
def shop(tmp_path: Path) -> Workshop:
    return Workshop(tmp_path)


def failure(shop: Workshop) -> str:
    """Return where the one problem of the template is."""
    [problem] = shop.problems()
    assert problem.code == "N504"
    assert problem.message("zh")
    return str(problem.place).rpartition(":")[0]


PART = "一行\n{{ 1 // 0 }}\n"
MACRO = "{% macro box(x) %}\n{{ x }}\n\n{{ x.nothing }}\n{% endmacro %}\n"


@pytest.mark.parametrize(
    ("template", "place"),
    [
        ("<p>\n{{ nothing }}", "template.html.j2:2"),
        ("<p>\n\n{{ issue.nothing }}", "template.html.j2:3"),
        ("<p>\n{% if %}", "template.html.j2:2"),
        ("<p>\n{{ 'x' | nosuchfilter }}", "template.html.j2:2"),
        ("<p>\n{% for a in issue.sections %}", "template.html.j2:2"),
        ('<p>\n\n\n{% include "part.j2" %}', "part.j2:2"),
        ('{% import "macro.j2" as m %}\n{{ m.box("x") }}', "macro.j2:4"),
        ('<p>\n{% include "absent.j2" %}', "template.html.j2:2"),
        ('<p>\n{% include "../../newsletter.yaml" %}', "template.html.j2:2"),
        ('<p>\n{% include "itself.j2" %}', "itself.j2:2"),
        ("<p>\n{{ issue.title + 1 }}", "template.html.j2:2"),
        ("<p>\n{{ range(10 ** 9) }}", "template.html.j2:2"),
        ("<p>\n{{ issue.__class__.__mro__ }}", "template.html.j2:2"),
        ("<p>\n{{ blocks(issue.cover, 'boddy') }}", "template.html.j2:2"),
        ("<p>\n{{ picture_in(issue.sections[0].articles[0], 'x') }}", "template.html.j2:2"),
        ("<p>\n{{ sidebar_in(issue.sections[0].articles[0], 'x') }}", "template.html.j2:2"),
        ("<p>\n{{ at(issue.cover) }}", "template.html.j2:2"),
        ("<p>\n{{ issue.parse_file('/etc/hostname') }}", "template.html.j2:2"),
        (
            "<p>\n{{ issue.parse_raw('N.', proto='pickle', allow_pickle=true) }}",
            "template.html.j2:2",
        ),
        ("<p>\n{{ issue.node }}", "template.html.j2:2"),
        ("<p>\n{{ issue.articles() }}", "template.html.j2:2"),
        ("<p>\n{{ [1, 2] | random }}", "template.html.j2:2"),
        ("<p>\n{{ lipsum() }}", "template.html.j2:2"),
        ("<p>\n{{ issue.model_config }}", "template.html.j2:2"),
        (
            "<p>\n{{ blocks(issue.sections[0].articles[0], 'body')[0].place.node }}",
            "template.html.j2:2",
        ),
        ("<p>\n{{ '%999999999999s' | format(1) }}", "template.html.j2:2"),
    ],
)
def test_a_template_that_fails_names_its_file_and_line(
    shop: Workshop, template: str, place: str
) -> None:
    parts = {"part.j2": PART, "macro.j2": MACRO, "itself.j2": '\n{% include "itself.j2" %}'}
    shop.set_up(template, parts=dict(parts))
    assert failure(shop) == f"layouts/plain/{place}"


def test_a_tag_that_jinja_does_not_have_is_placed_at_the_word(shop: Workshop) -> None:
    shop.set_up("<p>\n{% iff issue %}{% endif %}")
    [problem] = shop.problems()
    assert str(problem.place) == "layouts/plain/template.html.j2:2:4"
    assert (problem.hint, problem.values["suggestion"]) == ("suggest", "if")
    assert "iff" in problem.message("zh")
    assert "Encountered" not in problem.message("zh")


LONG = "<p>\n{% for x in [1] %}\n{% if x %}a{% endif %}\n"


@pytest.mark.parametrize(
    ("template", "place", "hint"),
    [
        ("<p>\n  {{ isue.title }}", "2:6", "did you mean 'issue'?"),
        ("{{ issue.titel }}", "1:10", "did you mean 'title'?"),
        ("{{ publication.nam }}", "1:16", "did you mean 'name'?"),
        ("{{ options.acent }}", "1:12", "did you mean 'accent'?"),
        ("{{ issue.title | titel }}", "1:18", "did you mean 'title'?"),
        ("<p>{% include 'prt.j2' %}", "1:16", "did you mean 'part.j2'?"),
        ("{{ blocks(issue.sections[0].articles[0], 'bdy') }}", "1:43", "did you mean 'body'?"),
        (LONG, "2:1", "this {% for %} is not closed where it should be: add its {% endfor %}"),
        (LONG + "{% endif %}{% endfor %}", "2:1", "this {% for %} is not closed"),
        ("{% if issue %}\n{% set a %}x{% endset %}{% set b = 1 %}", "1:1", "this {% if %}"),
    ],
)
def test_a_mistake_is_placed_at_its_word_with_what_was_perhaps_meant(
    shop: Workshop, template: str, place: str, hint: str
) -> None:
    option = {"kind": "switch", "default": "false", "description": "开关"}
    shop.set_up(template, parts={"part.j2": "字"}, options={"accent": option})
    [problem] = shop.problems()
    assert str(problem.place) == f"layouts/plain/template.html.j2:{place}"
    assert str(problem.hint_text("en")).startswith(hint)
    assert problem.hint_text("zh")


def test_a_field_that_is_like_no_other_is_answered_with_all(shop: Workshop) -> None:
    shop.set_up("{{ issue.sections[0].xyz }}")
    [problem] = shop.problems()
    assert "kind" in str(problem.hint_text("en"))


def test_a_syntax_error_in_a_part_is_placed_in_the_part(shop: Workshop) -> None:
    shop.set_up('{% include "part.j2" %}', parts={"part.j2": "一\n二\n{% endif %}"})
    assert failure(shop) == "layouts/plain/part.j2:3"


def test_a_template_that_is_not_utf8_is_refused(shop: Workshop) -> None:
    shop.set_up('{% include "part.j2" %}', parts={"part.j2": "绿色".encode("gb18030")})
    assert failure(shop).startswith("layouts/plain/template.html.j2")


def test_what_editors_write_comes_out_as_text(shop: Workshop) -> None:
    shop.publish(name="<b>&")
    shop.write_article("甲", title='<script>alert("x")</script>')
    html = shop.compose().html
    assert "<script>" not in html
    assert "&lt;script&gt;alert(&#34;x&#34;)&lt;/script&gt;" in html
    assert "<h1>&lt;b&gt;&amp;</h1>" in html


def test_attributes_are_escaped_too(shop: Workshop) -> None:
    picture = {"id": "sq", "file": "square.svg", "alt": '"><script>'}
    shop.write_article("![](sq)", pictures=[picture])
    assert 'alt="&#34;&gt;&lt;script&gt;"' in shop.compose().html


def test_at_gives_the_line_of_the_yaml(shop: Workshop) -> None:
    template = "{{ at(issue, 'title') }} {{ at(issue.sections[0].articles[0]) }}"
    shop.set_up(template)
    lines = (shop.issue / "issue.yaml").read_text("utf-8").splitlines()
    title = next(n for n, line in enumerate(lines, 1) if '"第一号"' in line)
    article = next(n for n, line in enumerate(lines, 1) if ARTICLE["id"] in line)
    at = 'data-at="issues/one/issue.yaml:{}"'
    assert shop.compose().html == f"{at.format(title)} {at.format(article)}"


def test_options_become_classes_and_properties(shop: Workshop) -> None:
    options = {
        "tint": {"kind": "choice", "choices": ["a", "b"], "default": "a", "description": "色"},
        "frame": {"kind": "switch", "default": "true", "description": "框"},
        "gap": {"kind": "number", "default": "1.5", "description": "距"},
    }
    shop.set_up("{{ option_classes }}|{{ options.gap }}", options=options)
    galley = shop.compose()
    assert galley.html == "tint-a frame-true|1.5"
    assert "--option-gap: 1.5;" in galley.stylesheets[0].text


def test_the_text_of_an_option_cannot_leave_its_string(shop: Workshop) -> None:
    motto = 'a"; } p { display: none } \\'
    shop.set_up(
        TEMPLATE,
        "h1::after { content: var(--option-motto) }",
        options={"motto": {"kind": "text", "default": motto, "description": "题"}},
    )
    pages = shop.render()
    assert pages.findings == ()
    assert squeeze(motto) in page_texts(pages.write(tagged=True)[0])[0]
    assert missing(pages) == []


def test_the_shape_of_a_picture_is_its_width_by_its_height(shop: Workshop) -> None:
    (shop.issue / "wide.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 4"><path d="M0 0h8v4z"/></svg>'
    )
    shop.write_article("甲", lead_picture={"file": "wide.svg", "alt": "宽"})
    shop.set_up("{{ picture_shape(issue.sections[0].articles[0].lead_picture) }}")
    assert shop.compose().html == "2.0"


@pytest.mark.parametrize(
    ("text", "measure", "lines"), [("", 9, 0), ("字" * 9, 9, 1), ("字" * 10, 9, 2), ("字字", -5, 2)]
)
def test_a_template_may_ask_how_many_lines_a_text_takes(
    shop: Workshop, text: str, measure: float, lines: int
) -> None:
    shop.set_up(f"{{{{ lines_of('{text}', {measure}) }}}}")
    assert shop.compose().html == str(lines)


@pytest.mark.parametrize("text", ["绿色发展", "A到B到C到D到E", "WWWW——2021年", "“一带一路”", "字"])
def test_a_text_that_is_short_in_any_case_is_estimated_to_the_same(text: str) -> None:
    measure = len(text) * WIDEST
    found = fit_text(text, measure, 1, Rules())
    assert fit(text, measure, 1, Rules(), "ragged") == (1, 0, 0)
    assert (found.lines_needed, found.lines_over, found.characters_over) == (1, 0, 0)


def test_the_plain_template_needs_nothing_else(shop: Workshop) -> None:
    shop.set_up(TEMPLATE)
    assert shop.codes() == []


@pytest.mark.parametrize(
    ("template", "said", "line"),
    [
        ("{% for a in range(10 ** 6) %}{{ a }}{% endfor %}", "more than 100,000 numbers", 2),
        (
            "{% set n = range(9999) %}\n{% for a in n %}\n{% for b in n %}{% endfor %}{% endfor %}",
            "more than 1,000,000 times",
            3,
        ),
        ("{{ 'x' * 10 ** 9 }}", "more than 1,000,000 characters", 2),
        ("{{ 10 ** 9 * [1, 2] }}", "more than 1,000,000 characters", 2),
        ("{{ 7 ** (10 ** 9) }}", "more than 1,000,000 characters", 2),
        ("{% macro m() %}\n{{ m() }}{% endmacro %}{{ m() }}", "calls itself without an end", 3),
    ],
)
def test_what_would_go_on_for_ever_is_told_at_its_line(
    template: str, said: str, line: int, shop: Workshop
) -> None:
    shop.set_up(f"<p>\n{template}")
    (problem,) = shop.problems()
    assert problem.code == "N504"
    assert said in problem.message()
    assert (problem.place.file, problem.place.line) == ("layouts/plain/template.html.j2", line)  # type: ignore[union-attr]
    assert problem.message("zh") != problem.message()


def test_loops_know_their_rounds_though_these_are_counted(shop: Workshop) -> None:
    shop.set_up(
        "{% for a in [1, 2, 3] if a > 1 %}{{ loop.index }}{{ loop.length }}{{ loop.last }} "
        "{% else %}none{% endfor %}{% for a in {} %}{% else %}none{% endfor %}"
        "{% for a in [[1], [2, 3]] recursive %}{{ a if a is number else loop(a) }};{% endfor %}"
        "{{ 3 * 'ab' }}{{ 2 ** 10 }}{{ 2.5 * 2 }}"
    )
    assert shop.compose().html.endswith("12False 22True none1;;2;3;;ababab10245.0")
