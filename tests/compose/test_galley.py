"""The galley: references, pictures, characters, and which words are expected on the pages."""

from __future__ import annotations

import typing
from pathlib import Path
from typing import Any

import pytest

from newsletter.compose.galley import BASE_URL
from newsletter.issue.models import Part, Press, Review
from newsletter.issue.slots import parts_in
from newsletter.issue.texts import passages
from newsletter.issue.words import DateSpan
from workshop import ARTICLE, ISSUE, SILKROAD, SQUARE, TEMPLATE, Workshop, missing, specimen, write

LEAD = '<img src="{{ picture_url(article.lead_picture) }}" alt="">'


@pytest.fixture
def shop(tmp_path: Path) -> Workshop:
    return Workshop(tmp_path)


def boxed(**fields: object) -> dict[str, Any]:
    return {"id": "box", "title": "边栏", "body": "字"} | fields


PICTURE = {"id": "sq", "file": "square.svg", "alt": "方块"}


# References


@pytest.mark.parametrize(
    ("body", "fields", "code", "points_at"),
    [
        ("![](square)", {"pictures": [PICTURE | {"id": "squares"}]}, "N202", "![](square)"),
        ("{sidebar: boxes}", {"sidebars": [boxed()]}, "N203", "{sidebar: boxes}"),
        ("字", {"pictures": [PICTURE]}, "N207", '"sq"'),
        ("字", {"sidebars": [boxed()]}, "N208", '"box"'),
        ("![](sq)\n\n![](sq)", {"pictures": [PICTURE]}, "N209", "![](sq)"),
        ("{sidebar: box}\n\n{sidebar: box}", {"sidebars": [boxed()]}, "N209", "{sidebar: box}"),
        (
            "{sidebar: box}",
            {"sidebars": [boxed(body="{sidebar: box}")]},
            "N210",
            "{sidebar: box}",
        ),
        ("{sidebar: box}", {"sidebars": [{"id": "box", "title": "空"}]}, "N211", '"id"'),
    ],
)
def test_a_reference_that_leads_nowhere_is_refused_at_its_place(
    shop: Workshop, body: str, fields: dict[str, Any], code: str, points_at: str
) -> None:
    shop.write_article(body, **fields)
    problem = next(p for p in shop.problems() if p.code == code)
    assert problem.place is not None
    line = (shop.issue / "issue.yaml").read_text("utf-8").splitlines()[problem.place.line - 1]
    assert points_at in line.replace("\\n", "\n")
    assert line[problem.place.column - 1 :].startswith((points_at, points_at.strip('"')))


def test_a_reference_misspelt_gets_a_suggestion(shop: Workshop) -> None:
    shop.write_article("![](squar)", pictures=[PICTURE | {"id": "square"}])
    first = next(p for p in shop.problems() if p.code == "N202")
    assert (first.hint, first.values["suggestion"]) == ("suggest", "square")


@pytest.mark.parametrize("name", ["squar", "square.svg"])
def test_what_a_reference_meant_is_not_told_as_never_placed(shop: Workshop, name: str) -> None:
    shop.write_article(f"![]({name})", pictures=[PICTURE | {"id": "square"}])
    (problem,) = shop.problems()
    assert (problem.code, problem.values["suggestion"]) == ("N202", "square")


@pytest.mark.parametrize(("body", "code"), [("见![](sq)。", "N205"), ("字", "N207")])
def test_what_is_placed_within_a_line_is_not_told_as_never_placed(
    shop: Workshop, body: str, code: str
) -> None:
    shop.write_article(body, pictures=[PICTURE])
    assert shop.codes() == [code]


def test_a_sidebar_that_is_misspelt_is_told_once(shop: Workshop) -> None:
    shop.write_article("{sidebar: boxes}", sidebars=[boxed()])
    assert shop.codes() == ["N203"]


def test_a_contacts_page_places_no_picture(shop: Workshop) -> None:
    contacts = {"id": "c", "kind": "contacts", "title": "联系", "about": "![](sq)"}
    shop.write_issue(sections=[contacts])
    assert shop.codes() == ["N210"]


def test_every_problem_is_reported_at_once(shop: Workshop) -> None:
    absent = {"file": "y", "alt": "无"}
    shop.write_article("# 大\n\n<b>\n\n![](x)\n\n\U0001f600", lead_picture=absent)
    assert sorted(shop.codes()) == ["N201", "N202", "N204", "N301", "N601"]


# What is served


def test_only_declared_pictures_and_the_layouts_own_files_are_served(shop: Workshop) -> None:
    write(shop.issue / "secret.svg", SQUARE)
    write(shop.layout / "parts" / "mark.svg", SQUARE)
    write(shop.layout / "specimen" / "x.svg", SQUARE)
    write(shop.layout / "specimen.yaml", "")
    (shop.layout / "link.svg").symlink_to(shop.issue / "secret.svg")
    shop.write_article("![](sq)", pictures=[PICTURE])
    served = {url.removeprefix(BASE_URL) for url in shop.compose().assets}
    assert {url for url in served if not url.startswith("fonts/")} == {
        "issue/square.svg",
        "layout/layout.yaml",
        "layout/parts/mark.svg",
        "layout/style.css",
        "layout/template.html.j2",
    }


def test_a_picture_with_a_chinese_name_is_served(shop: Workshop) -> None:
    write(shop.issue / "图 一#.svg", SQUARE)
    shop.write_article("![](sq)", pictures=[PICTURE | {"file": "图 一#.svg"}])
    assert shop.render().findings == ()


def test_a_picture_with_a_problem_is_placed_at_its_file(shop: Workshop) -> None:
    shop.write_article("字", lead_picture={"file": "absent.svg", "alt": "无"})
    [problem] = shop.problems()
    assert problem.code == "N301"
    assert problem.place is not None
    line = (shop.issue / "issue.yaml").read_text("utf-8").splitlines()[problem.place.line - 1]
    assert line.strip() == '"file": "absent.svg",'


def test_a_picture_that_a_layout_has_no_place_for_is_noted(shop: Workshop) -> None:
    shop.write_article("字", lead_picture={"file": "square.svg", "alt": "方"})
    [note] = shop.compose().warnings
    assert (note.code, str(note.severity), note.values["picture"]) == ("N357", "note", "square.svg")
    shop.set_up(TEMPLATE.replace("</h2>", "</h2>" + LEAD))
    assert shop.compose().warnings == ()


CAPTIONED = {"file": "square.svg", "alt": "方", "caption": "方块<1>", "credit": "某人"}


def test_words_of_a_picture_that_is_left_out_are_told_and_not_looked_for(shop: Workshop) -> None:
    shop.write_article("字", lead_picture=CAPTIONED)
    galley = shop.compose()
    [note] = galley.warnings
    assert (note.code, note.hint) == ("N357", "words")
    assert str(note.hint_text("en")).startswith("nor do its caption and credit")
    assert not {"方块<1>", "某人"} & {words.fragment for words in galley.expected}
    assert missing(shop.render()) == []


def test_words_for_which_a_picture_has_no_place_are_told(shop: Workshop) -> None:
    shop.set_up(TEMPLATE.replace("</h2>", "</h2>" + LEAD))
    shop.write_article("字", lead_picture=CAPTIONED)
    galley = shop.compose()
    assert [(d.code, d.values["field"]) for d in galley.warnings] == [
        *[("N358", "caption"), ("N358", "credit")],
    ]
    assert [d.code for d in missing(shop.render())] == ["N701", "N701"]


def test_words_of_a_picture_that_a_layout_prints_without_it_are_looked_for(shop: Workshop) -> None:
    caption = "<p>{{ article.lead_picture.caption }}{{ article.lead_picture.credit }}</p>"
    shop.set_up(TEMPLATE.replace("</h2>", "</h2>" + caption))
    shop.write_article("字", lead_picture=CAPTIONED)
    galley = shop.compose()
    assert [(note.code, note.hint) for note in galley.warnings] == [("N357", "default")]
    assert {"方块<1>", "某人"} <= {words.fragment for words in galley.expected}


def test_a_picture_that_stands_only_where_another_names_its_file_is_noted(shop: Workshop) -> None:
    shop.set_up(TEMPLATE.replace("</h2>", "</h2>" + LEAD))
    picture = {"file": "square.svg", "alt": "方"}
    news = ISSUE["sections"][0] | {"articles": [ARTICLE | {"lead_picture": picture}]}
    shop.write_issue(sections=[news], cover={"picture": picture | {"caption": "又一次"}})
    assert [(note.code, note.hint) for note in shop.compose().warnings] == [("N357", "words")]


# Characters


def test_a_character_without_a_glyph_is_found_where_it_stands(shop: Workshop) -> None:
    shop.write_article("甲\U0001f600", title="题\U0001f601")
    found = [(p.code, p.values["character"]) for p in shop.problems()]
    assert found == [("N601", "\U0001f601"), ("N601", "\U0001f600")]


def test_characters_without_glyphs_that_stand_together_are_told_once(shop: Workshop) -> None:
    shop.write_article("甲مرحبا بكم乙😀丙😀")
    found = [(p.values["character"], p.values["codepoint"]) for p in shop.problems()]
    numbers = "U+0645 U+0631 U+062D U+0628 U+0627 U+0643"
    assert found == [("مرحبا بكم", numbers), ("😀", "U+1F600"), ("😀", "U+1F600")]


def test_many_characters_are_not_all_numbered(shop: Workshop) -> None:
    shop.write_article("甲สวัสดีชาวโลก乙")
    [problem] = shop.problems()
    assert str(problem.values["codepoint"]).endswith(" …")


def test_the_publications_own_words_need_glyphs_too(shop: Workshop) -> None:
    shop.publish(name="小\U0001f600报")
    [problem] = shop.problems()
    assert problem.code == "N601"
    assert str(problem.place) == "newsletter.yaml:2:12"


def test_a_character_written_by_number_is_found(shop: Workshop) -> None:
    shop.write_article("甲&#x1F600;")
    [problem] = shop.problems()
    assert (problem.code, problem.values["codepoint"]) == ("N601", "U+1F600")


def test_alternative_texts_are_not_printed_and_need_no_glyph(shop: Workshop) -> None:
    shop.write_article("字", lead_picture={"file": "square.svg", "alt": "\U0001f600𠮷"})
    assert "-rest." not in shop.compose().stylesheets[-1].text


@pytest.mark.parametrize("where", ["body", "entity", "imprint"])
def test_rare_characters_alone_bring_the_rest_of_a_font(shop: Workshop, where: str) -> None:
    assert "rest" not in shop.compose().stylesheets[-1].text
    if where == "imprint":
        shop.publish(imprint={"editor": "李𠮷"})
    else:
        shop.write_article("李𠮷" if where == "body" else "李&#x20BB7;")
    sheet = shop.compose().stylesheets[-1].text
    assert sheet.count("-rest.") == 1
    assert "unicode-range: U+20BB7" in sheet


def test_an_unknown_font_is_placed_in_the_layout(shop: Workshop) -> None:
    shop.set_up(fonts=["WenKai", "Comic Sans"])
    [problem] = shop.problems()
    assert (problem.code, problem.values["name"]) == ("N602", "Comic Sans")
    assert str(problem.place).startswith("layouts/plain/layout.yaml:")


def test_a_stylesheet_that_is_not_utf8_is_refused(shop: Workshop) -> None:
    shop.set_up(parts={"style.css": "/* 绿色 */".encode("gb18030")})
    [problem] = shop.problems()
    assert problem.code == "N102"
    assert str(problem.place).startswith("layouts/plain/style.css:1:")


# Words expected on the pages


def test_an_issue_without_a_cover_is_composed(shop: Workshop) -> None:
    assert "cover" not in ISSUE
    assert shop.codes() == []


NEVER_PRINTED = {"alt"}
LEFT_TO_THE_LAYOUT = {"short_name", "short_title"}


def declared(model: type[Part], name: str) -> tuple[str, str]:
    """Return a field with the class that declares it: articles and views share theirs."""
    owner = next(c for c in reversed(model.__mro__) if name in getattr(c, "__annotations__", {}))
    return owner.__name__, name


def test_the_specimen_fills_every_field_there_is() -> None:
    copy = specimen().copy
    parts = [*parts_in(copy.publication), *parts_in(copy.issue)]
    fields = {declared(type(p), name) for p in parts for name in type(p).model_fields}
    filled = {declared(type(p), n) for p in parts for n in type(p).model_fields if p.written(n)}
    never_printed = {("Publication", name) for name in ("language", "profiles", "press", "review")}
    never_printed |= {("Press", name) for name in Press.model_fields}
    never_printed |= {("Review", name) for name in Review.model_fields}
    assert fields - filled == never_printed
    assert {type(part).__name__ for part in parts} >= {"Imprint", "Quotation", "Figure", "Contact"}


def test_every_text_of_the_models_is_expected_or_exempt() -> None:
    galley = specimen()
    expected = {id(words.passage.scalar) for words in galley.expected}
    for part in [*parts_in(galley.copy.publication), *parts_in(galley.copy.issue)]:
        for passage in passages(part, deep=False):
            exempt = passage.field in NEVER_PRINTED | LEFT_TO_THE_LAYOUT
            assert (passage.kind == "aside") == exempt, passage.field
            assert (id(passage.scalar) in expected) != exempt, (type(part), passage.field)


def test_a_text_field_has_a_kind_by_which_it_is_expected() -> None:
    """A field of plain str would be neither read, nor expected, nor checked for glyphs."""
    copy = specimen().copy
    unmarked = set()
    for part in [*parts_in(copy.publication), *parts_in(copy.issue)]:
        marked = {passage.field for passage in passages(part, deep=False)}
        for name, info in type(part).model_fields.items():
            is_text = isinstance(getattr(part, name), (str, DateSpan))
            is_choice = typing.get_origin(info.annotation) is typing.Literal
            if is_text and not is_choice and name not in marked:
                unmarked.add(declared(type(part), name)[::-1])
    dates = {("date", "Issue"), ("date", "Event")}  # layouts are free in how they write them
    assert {pair for pair in unmarked if pair[0] not in {"id", "file"}} == {
        ("name", "LayoutChoice"),
        ("condition", "Press"),
        *dates,
    }


def test_words_are_looked_for_in_the_part_that_they_belong_to() -> None:
    scopes = {(w.passage.field, w.fragment): w.scope for w in specimen().expected}
    assert scopes["title", "铅字怎样成行"] == "article-first"
    assert scopes["title", "三种尺度"] == "article-first"
    assert scopes["title", "拣字与排版"] == "section-craft"
    assert scopes["contents_line", "从铅字到版面，一行说尽"] == ""
    assert scopes["editor", "拣字工"] == ""
    assert scopes["outputs", "楷体一副"] == "section-chronicle"


def test_footnotes_of_an_article_and_of_its_sidebar_keep_apart(shop: Workshop) -> None:
    note = "字[^1]\n\n[^1]: 注"
    shop.write_article(f"{note}\n\n{{sidebar: first}}", sidebars=[boxed(id="first", body=note)])
    html = shop.compose().html
    assert html.count('<li id="') == 2
    assert html.count('<li id="article-first-body-note-1"') == 1


def test_the_grid_of_layout_yaml_is_handed_to_the_stylesheets() -> None:
    page = specimen().stylesheets[0].text
    assert "size: 210mm 297mm; bleed: 3mm" in page
    assert "--type-width: 483pt;" in page
    assert SILKROAD.is_dir()
