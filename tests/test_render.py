"""Rendering: nothing is read but what the galley serves, and every complaint is passed on."""

from __future__ import annotations

import atexit
import gc
import io
import logging
import socket
import tempfile
import urllib.request
import weakref
from collections.abc import Callable, Iterator
from pathlib import Path

import pikepdf
import pytest

import newsletter.compose.galley as galley_module
import newsletter.forme as forme_module
from newsletter.diagnostics import Diagnostic, Refused, Severity
from newsletter.forme import Forme
from newsletter.preflight.completeness import page_texts
from newsletter.remarks import listening
from newsletter.render import render, tidy
from newsletter.typesetting.paragraph import Paragraph
from newsletter.typesetting.seam.composer import Composer
from workshop import ARTICLE, ISSUE, SQUARE, STYLE, TEMPLATE, Workshop, specimen_pages, write


@pytest.fixture
def shop(tmp_path: Path) -> Workshop:
    return Workshop(tmp_path)


class Fetched(BaseException):
    """Something was asked of the network; no `except Exception` may swallow it."""


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: object, **_options: object) -> None:
        raise Fetched

    monkeypatch.setattr(socket, "socket", fail)
    monkeypatch.setattr(socket, "create_connection", fail)
    monkeypatch.setattr(urllib.request, "urlopen", fail)
    monkeypatch.setattr(urllib.request.OpenerDirector, "open", fail)


def page(body: str, head: str = "") -> str:
    return f'<html lang="zh-CN"><head><title>t</title>{head}</head><body>{body}</body></html>'


# Nothing else is read


BACKGROUND = "p { background: url(back.svg) }"
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8">{}</svg>'
PRIVATE = "file:///etc/passwd"
FAR = "https://example.invalid/x"


@pytest.mark.parametrize(
    ("style", "asked"),
    [
        (f"@import url({FAR});", FAR),
        (f'@import "{PRIVATE}";', PRIVATE),
        ("@import 'absent.css';", "absent.css"),
        (f"p {{ background: url({FAR}) }}", FAR),
        (f"p {{ background: url({PRIVATE}) }}", PRIVATE),
        ("p { background: url(../../secret.png) }", "secret.png"),
        ("p { background: url(../issue/secret.svg) }", "secret.svg"),
        ("p { background: url(absent.svg) }", "absent.svg"),
        ("p { background: url('data:image/svg+xml,<svg/>') }", "data:image/svg+xml,<svg/>"),
        (f"p::before {{ content: url({FAR}) }}", FAR),
        (f"li {{ list-style-image: url({FAR}) }}", FAR),
        (f"@page {{ background: url({FAR}) }}", FAR),
        (f"@font-face {{ font-family: X; src: url({FAR}) }}", FAR),
        (f"@font-face {{ font-family: X; src: url({PRIVATE}) }}", PRIVATE),
    ],
)
def test_a_stylesheet_reads_nothing_from_elsewhere(
    shop: Workshop, monkeypatch: pytest.MonkeyPatch, style: str, asked: str
) -> None:
    """The renderer is given nothing else even where the stylesheets have not been looked at."""
    monkeypatch.setattr(galley_module, "_slips_of", lambda *_: ())
    write(shop.root / "secret.png", b"")
    write(shop.issue / "secret.svg", SQUARE)
    shop.set_up(page("<p>字</p><ul><li>项</li></ul>"), style)
    refused = [p.values["url"] for p in shop.problems("render") if p.code == "N506"]
    assert refused == [asked]


@pytest.mark.parametrize(
    ("html", "asked"),
    [
        (page(f'<img src="{FAR}" alt="x">'), FAR),
        (page(f'<img src="{PRIVATE}" alt="x">'), PRIVATE),
        (page('<img src="../issues/x.svg" alt="x">'), "issues/x.svg"),
        (page("字", f'<link rel="stylesheet" href="{FAR}">'), FAR),
        (page("字", f"<style>@import url({FAR});</style>"), FAR),
        (page(f'<p style="background: url({FAR})">字</p>'), FAR),
        (page(f'<object data="{FAR}">字</object>'), FAR),
        (page(f'<embed src="{FAR}">'), FAR),
        (page(f'<svg width="9" height="9"><title>t</title><image href="{FAR}"/></svg>'), FAR),
    ],
)
def test_a_template_reads_nothing_from_elsewhere(shop: Workshop, html: str, asked: str) -> None:
    shop.set_up(html)
    refused = [p.values["url"] for p in shop.problems("build") if p.code == "N506"]
    assert refused == [asked]


@pytest.mark.parametrize(
    "html",
    [
        page("字", f'<link rel="attachment" href="{PRIVATE}">'),
        page(f'<p>字<a rel="attachment" href="{PRIVATE}">附</a></p>'),
    ],
)
def test_an_attachment_from_elsewhere_stops_the_build(shop: Workshop, html: str) -> None:
    shop.set_up(html)
    assert "N506" in shop.codes("build")
    assert not (shop.root / "build").exists()


@pytest.mark.parametrize(
    "html",
    [
        page(f'<iframe src="{FAR}"></iframe>'),
        page(f'<script src="{FAR}"></script>'),
        page("字", f'<base href="{FAR}">'),
        page(f'<video src="{FAR}" poster="{FAR}"></video>'),
        page("<script>document.write('x')</script>"),
    ],
)
def test_what_a_printed_page_cannot_use_is_not_fetched(shop: Workshop, html: str) -> None:
    shop.set_up(html)
    assert shop.problems("render") == []


@pytest.mark.parametrize(
    "drawing",
    [
        f'<image href="{FAR}" width="8" height="8"/>',
        f'<image href="{PRIVATE}" width="8" height="8"/>',
    ],
)
def test_a_drawing_of_the_layout_reads_nothing_from_elsewhere(shop: Workshop, drawing: str) -> None:
    shop.set_up(page("<p>字</p>"), BACKGROUND, {"back.svg": DRAWING.format(drawing)})
    assert "N506" in shop.codes("build")


def test_a_drawing_with_a_stylesheet_from_elsewhere_stops_the_build(shop: Workshop) -> None:
    drawing = DRAWING.format(f"<style>@import url({FAR});</style>")
    shop.set_up(page("<p>字</p>"), BACKGROUND, {"back.svg": drawing})
    [problem] = shop.problems("render")
    assert (problem.code, problem.severity) == ("N507", Severity.ERROR)


@pytest.mark.parametrize(
    "drawing",
    [
        f'<use href="{FAR}#a"/>',
        '<use href="../../issues/one/square.svg#a"/>',
        f'<script href="{FAR}"/>',
    ],
)
def test_what_a_drawing_cannot_use_is_not_fetched(shop: Workshop, drawing: str) -> None:
    shop.set_up(page("<p>字</p>"), BACKGROUND, {"back.svg": DRAWING.format(drawing)})
    pages = shop.render()
    assert pages.findings == ()
    assert pages.write(tagged=True)[1] == []
    assert pages.document.url_fetcher.refused == []


def test_a_local_font_is_not_looked_for(shop: Workshop) -> None:
    face = '@font-face { font-family: X; src: local("DejaVu Sans") }'
    shop.set_up(TEMPLATE, f"{face} html {{ font-family: X, WenKai }}")
    pages = shop.render()
    assert [finding.code for finding in pages.findings] == ["N505"]
    assert fonts_in(pages.write(tagged=True)[0]) == {"WenKai"}


def test_a_picture_of_the_layout_is_read(shop: Workshop) -> None:
    style = STYLE + "p { background: url(parts/mark.svg) }"
    shop.set_up(TEMPLATE, style, {"parts/mark.svg": SQUARE})
    assert shop.render().findings == ()


def test_a_stylesheet_of_the_layout_may_import_another(shop: Workshop) -> None:
    shop.set_up(TEMPLATE, '@import "more.css";' + STYLE, {"more.css": "p { color: navy }"})
    assert shop.render().findings == ()


def test_a_counter_style_of_the_layout_is_used(shop: Workshop) -> None:
    counters = "@counter-style stems { system: fixed; symbols: 甲 乙 丙 } "
    shop.set_up(TEMPLATE, counters + STYLE + "p::before { content: counter(page, stems) }")
    pages = shop.render()
    assert pages.findings == ()
    assert "甲正文一行" in page_texts(pages.write(tagged=True)[0])[0]


def test_a_broken_picture_of_the_layout_stops_the_build(shop: Workshop) -> None:
    shop.set_up(page('<img src="layout/x.png" alt="x">'), parts={"x.png": b"no picture"})
    [problem] = shop.problems("render")
    assert (problem.code, problem.severity, problem.hint) == ("N507", Severity.ERROR, "picture")
    assert str(problem.place) == "layouts/plain/template.html.j2:1:72"
    assert problem.values["file"] == "layouts/plain/x.png"
    assert not leaks(problem)


def leaks(problem: Diagnostic) -> bool:
    """Tell whether a message names what only the inside of the tool knows."""
    told = [
        problem.message(language) + str(problem.hint_text(language)) for language in ("en", "zh")
    ]  # type: ignore[arg-type]
    return any(word in text for text in told for word in ("press.invalid", "Error:", "…"))


@pytest.mark.parametrize(
    ("style", "html", "place"),
    [
        ("p { background: url(../../bg.png) }", "<p>字</p>", "layouts/plain/style.css:1:27"),
        (
            "p { margin: 0 }",
            '<img src="layout/bg.png" alt="">',
            "layouts/plain/template.html.j2:1:72",
        ),
    ],
)
def test_what_is_not_served_is_told_once_in_words_of_the_layout(
    shop: Workshop, style: str, html: str, place: str
) -> None:
    shop.set_up(page(html), style)
    [problem] = shop.problems("render")
    assert (problem.code, problem.values["url"]) == ("N506", "bg.png")
    assert str(problem.place) == place
    assert not leaks(problem)


def test_a_value_of_two_variables_is_told_where_they_are_used(shop: Workshop) -> None:
    style = STYLE + ":root { --small: 8; --kai: WenKai }\np { font: var(--small) var(--kai) }"
    shop.set_up(TEMPLATE, style)
    [problem] = shop.render().findings
    assert (problem.code, problem.hint) == ("N505", "variables")
    assert problem.values["names"] == "--small, --kai"
    assert not leaks(problem)


def test_a_value_that_a_variable_gives_is_told_where_it_is_set(shop: Workshop) -> None:
    tokens = ":root {\n  --small: 8.5;\n}\n"
    sheets = {"tokens.css": tokens}
    style = STYLE + "p { font-size: var(--small) }"
    shop.set_up(TEMPLATE, style, sheets, stylesheets=["tokens.css", "style.css"])
    [problem] = shop.render().findings
    assert (problem.code, problem.hint) == ("N505", "variable")
    assert str(problem.place) == "layouts/plain/tokens.css:2:3"
    assert "font-size: 8.5" in problem.message("en")


# What the renderer says


def test_a_css_mistake_is_placed_in_its_stylesheet(shop: Workshop) -> None:
    style = STYLE + "p {\n  colour: red;\n}\n"
    more = {"more.css": "p { color: reddish }"}
    shop.set_up(TEMPLATE, style, more, stylesheets=["style.css", "more.css"])
    findings = shop.render().findings
    line = style[: style.index("colour")].count("\n") + 1
    assert [(f.code, f.severity, str(f.place)) for f in findings] == [
        ("N505", Severity.WARNING, "layouts/plain/more.css:1:5"),
        ("N505", Severity.WARNING, f"layouts/plain/style.css:{line}:3"),
    ]


@pytest.mark.parametrize(
    "style",
    [
        "p { color }",
        "@font-face { font-family: X }",
        "@nonsense x;",
        "@media print { p { nope: 1 } }",
        "@page :nope { margin: 0 }",
    ],
)
def test_css_that_has_no_effect_is_reported_with_its_line(shop: Workshop, style: str) -> None:
    shop.set_up(TEMPLATE, "\n\n" + style)
    pages = shop.render()
    findings = [*pages.findings, *pages.galley.warnings]
    assert {finding.code for finding in findings} == {"N517" if style == "p { color }" else "N505"}
    assert all(str(f.place).startswith("layouts/plain/style.css:3:") for f in findings)


def test_a_link_to_nowhere_stops_the_build(shop: Workshop) -> None:
    shop.set_up(TEMPLATE.replace("<body>", '<body><a href="#nowhere">去</a>'))
    assert shop.codes("build") == ["N521"]


def test_an_article_without_its_id_is_told_at_the_template(shop: Workshop) -> None:
    link = '<body><a href="#article-first">去</a>'
    html = TEMPLATE.replace(' id="article-{{ article.id }}"', "").replace("<body>", link)
    shop.set_up(html, STYLE + "a::after { content: target-counter(attr(href url), page) }")
    [problem] = {p.code: p for p in shop.problems("build") if p.code != "N701"}.values()
    assert (problem.code, problem.hint, problem.values["anchor"]) == (
        "N521",
        "article",
        "article-first",
    )
    assert str(problem.place) == "layouts/plain/template.html.j2:1:1"


def test_what_the_renderer_gives_up_at_is_named(shop: Workshop) -> None:
    own = {"name": "mine", "extends": "silkroad", "title": "我们的", "description": "只为测试"}
    sheets = ["tokens.css", "base.css", "style.css", "own.css"]
    write(shop.root / "layouts/mine/layout.yaml", own | {"stylesheets": sheets})
    write(shop.root / "layouts/mine/own.css", ".columns { display: grid }")
    shop.publish(layout={"name": "mine"})
    shop.write_article("正文一段，**着重**的字。\n\n## 小标题\n\n又一段。")
    [problem] = shop.problems("render")
    assert (problem.code, problem.hint) == ("N511", "box")
    assert (problem.values["element"], problem.values["kind"]) == ('<div class="columns">', "grid")
    assert problem.values["problem"] == "KeyError"


def test_a_picture_of_no_line_that_is_too_wide_is_told_at_the_page(shop: Workshop) -> None:
    picture = '<img src="layout/square.svg" alt="黑" style="width: 300mm">'
    html = TEMPLATE.replace("<body>", f"<body>{picture}")
    shop.set_up(html, parts={"square.svg": SQUARE})
    [problem] = [p for p in shop.problems("render") if p.code == "N509"]
    assert problem.place is not None
    assert problem.place.file == "layouts/plain/layout.yaml"


def test_a_page_without_a_language_stops_the_build(shop: Workshop) -> None:
    shop.set_up(TEMPLATE.replace(' lang="zh-CN"', ""))
    assert shop.codes("build") == ["N507"]


def test_a_character_of_the_layout_without_a_glyph_stops_the_build(shop: Workshop) -> None:
    shop.set_up(TEMPLATE, STYLE + 'p::before { content: "\U0001f600" }')
    [problem] = shop.problems("build")
    assert (problem.code, problem.values["codepoint"]) == ("N601", "U+1F600")
    assert problem.place is not None
    assert problem.place.file == "layouts/plain/layout.yaml"


def test_nothing_is_said_on_the_terminal(
    shop: Workshop, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    shop.set_up(TEMPLATE, STYLE + "p { colour: red }")
    shop.render().write(tagged=True)
    assert capfd.readouterr() == ("", "")
    assert caplog.records == []


def test_a_table_wider_than_the_page_stops_the_build_at_its_line(shop: Workshop) -> None:
    shop.write_article("| 甲 |\n|---|\n| 乙 |")
    shop.set_up(TEMPLATE, STYLE + "table { width: 300mm }")
    [problem] = shop.problems("render")
    assert (problem.code, problem.values) == (
        "N509",
        {"page": 1, "element": "table", "width": "300"},
    )
    assert problem.place is not None
    line = (shop.issue / "issue.yaml").read_text("utf-8").splitlines()[problem.place.line - 1]
    assert '"body": "| 甲 |' in line


# Fonts


def fonts_in(data: bytes) -> set[str]:
    """Return the PostScript names of the fonts that are embedded; all have to be."""
    names = set()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for font in dictionaries(pdf, "/Font"):
            if "/DescendantFonts" in font:
                continue
            descriptor = font.FontDescriptor
            assert {"/FontFile2", "/FontFile3"} & set(descriptor.keys())
            names.add(str(font.BaseFont).rpartition("+")[2].lstrip("/"))
    return names


def dictionaries(pdf: pikepdf.Pdf, kind: str) -> Iterator[pikepdf.Object]:
    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == kind:
            yield thing


def test_only_the_layouts_fonts_are_embedded() -> None:
    for tagged in (True, False):
        fonts = fonts_in(specimen_pages().write(tagged=tagged)[0])
        families = {name.split("-")[0] for name in fonts}
        assert families == {"Noto", "WenKai"}


@pytest.mark.parametrize("family", ["DejaVu Sans", "sans-serif", "Arial", "serif"])
def test_a_font_of_the_system_is_never_used(shop: Workshop, family: str) -> None:
    shop.set_up(TEMPLATE, f'html {{ font-family: "{family}", {family.rsplit(maxsplit=1)[-1]} }}')
    fonts = fonts_in(shop.render().write(tagged=True)[0])
    assert fonts == {"WenKai"}


def test_a_rare_character_is_set_in_the_rest_of_the_font(shop: Workshop) -> None:
    shop.write_article("李𠮷与吉")
    data, problems = shop.render().write(tagged=True)
    assert problems == []
    assert fonts_in(data) == {"WenKai", "WenKai-Semi-Expanded"}


# Pages


def test_anchors_tell_the_page_on_which_each_part_begins() -> None:
    anchors = specimen_pages().anchors
    assert anchors["section-craft"] == 1
    assert anchors["article-first"] == 1
    assert anchors["article-first"] <= anchors["article-second"] <= anchors["section-opinions"]
    assert anchors["section-contacts"] == specimen_pages().count - 1


def test_css_that_exhausts_the_renderer_is_refused_with_its_stylesheet(shop: Workshop) -> None:
    shop.set_up(TEMPLATE, STYLE + "@media print {" * 3000 + "}" * 3000)
    [problem] = shop.problems("render")
    assert (problem.code, str(problem.place)) == ("N511", "layouts/plain/style.css:1:1")


def test_a_picture_that_changed_after_its_inspection_is_not_served(shop: Workshop) -> None:
    shop.write_article(body="![](a)", pictures=[{"id": "a", "file": "images/a.svg", "alt": "图"}])
    write(shop.root / "issues" / "one" / "images" / "a.svg", SQUARE)
    galley = shop.compose()
    write(shop.root / "issues" / "one" / "images" / "a.svg", SQUARE.replace("8", "9"))
    with pytest.raises(Refused) as refusal:
        render(galley)
    assert "N506" in [problem.code for problem in refusal.value.diagnostics]


# Headlines


NARROW = STYLE + "h2 { --text-wrap: balance; width: 9em }"
TITLE = "塞罕坝三代造林人获“地球卫士奖”"


def title_lines(shop: Workshop) -> list[str]:
    return [line.text for line in shop.render().lines if line.text in TITLE and len(line.text) > 3]


def test_a_headline_leaves_the_terms_of_the_publication_whole(shop: Workshop) -> None:
    shop.write_article(title=TITLE)
    shop.set_up(TEMPLATE, NARROW)
    assert title_lines(shop) == ["塞罕坝三代造林", "人获“地球卫士奖”"]
    shop.publish(terms=["造林人"])
    assert title_lines(shop) == ["塞罕坝三代造林人", "获“地球卫士奖”"]


def test_a_headline_leaves_the_names_of_those_who_write_views_whole(shop: Workshop) -> None:
    shop.set_up(TEMPLATE, NARROW)
    view = ARTICLE | {"title": TITLE, "person": {"name": "造林人"}}
    shop.write_issue(sections=[ISSUE["sections"][0] | {"kind": "views", "articles": [view]}])
    html = TEMPLATE.replace("</h2>", "</h2><p>{{ article.person.name }}</p>")
    shop.set_up(html, NARROW)
    assert title_lines(shop) == ["塞罕坝三代造林人", "获“地球卫士奖”"]


def test_folders_of_fonts_are_taken_away_also_while_pages_live(
    shop: Workshop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A process that ends at once takes no pages apart, and with them WeasyPrint's folder."""
    ending: list[Callable[[], object]] = []
    monkeypatch.setattr(forme_module, "_CONFIGURATIONS", weakref.WeakSet())
    monkeypatch.setattr(atexit, "register", ending.append)
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    pages = shop.render()
    assert len(list(folder.rglob("weasyprint-*"))) == 1
    for end in ending:
        end()
    assert list(folder.rglob("weasyprint-*")) == []
    assert pages.count


def test_paragraphs_are_let_go_page_by_page_where_no_layout_follows(shop: Workshop) -> None:
    shop.write_article(
        "一段。\n\n> 引文。\n\n| 甲 | 乙 |\n| --- | --- |\n| 丙[^1] | 丁 |\n\n[^1]: 注。\n\n"
        + "会议指出，要加强合作，推动绿色发展。" * 200
    )
    galley = shop.compose()

    def paragraphs() -> int:
        gc.collect()
        return sum(type(each) is Paragraph for each in gc.get_objects())

    before = paragraphs()
    kept = render(galley, Forme(is_lasting=True))
    of_kept = paragraphs() - before
    pages = render(galley)
    assert paragraphs() - before - of_kept <= of_kept - 8
    assert pages.count == kept.count > 1
    assert pages.lines == kept.lines
    assert pages.write(tagged=True) == kept.write(tagged=True)


def test_a_paragraph_that_stands_on_a_page_several_times_is_let_go_once(shop: Workshop) -> None:
    rows = "| 丙 | 丁 |\n" * 60
    shop.set_up(TEMPLATE, STYLE + "article { columns: 2; column-fill: auto }")
    shop.write_article(f"| 甲 | 乙 |\n| --- | --- |\n{rows}")
    pages = shop.render()
    heads = [line.text for line in pages.lines].count("甲")
    assert heads == 2 * pages.count


def test_pages_written_without_those_that_links_lead_to_have_no_links(shop: Workshop) -> None:
    shop.set_up(
        TEMPLATE.replace("<section", '<p><a href="#end">页</a></p><section class="next"').replace(
            "<article", '<p id="end">末页。</p><article'
        ),
        STYLE + ".next { break-before: page } a::before { content: '末' }",
    )
    pages = shop.render()
    pages.write(tagged=True)
    data, _problems = pages.part([0]).write(tagged=True)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert "/Annots" not in pdf.pages[0]


def test_pages_written_for_the_last_time_are_let_go(shop: Workshop) -> None:
    from weasyprint.formatting_structure.boxes import PageBox

    shop.write_article("会议指出，要加强合作，推动绿色发展。" * 200)
    pages = shop.render()

    def there() -> int:
        return sum(type(each) is PageBox for each in gc.get_objects())

    before, written = there(), pages.write(tagged=True)
    assert pages.write(tagged=True, is_last=True) == written
    left = 1  # WeasyPrint's context knows the page that it has made last
    assert there() == before - pages.count + left


def test_boxes_go_as_nobody_uses_them_without_a_search(shop: Workshop) -> None:
    """Of the boxes, styles and paragraphs of a layout nearly none point at themselves."""
    from weasyprint.css import AnonymousStyle, ComputedStyle
    from weasyprint.formatting_structure.boxes import Box

    style = (
        STYLE + "@page { @top-left { content: string(t) counter(page) } } p { string-set: t '题' }"
    )
    shop.set_up(TEMPLATE, style)
    shop.write_article("会议指出，要加强合作，推动绿色发展。\n\n" * 200)

    def there() -> int:
        kinds = Box, AnonymousStyle, ComputedStyle, Paragraph, Composer
        return sum(isinstance(each, kinds) for each in gc.get_objects())

    tidy()
    gc.collect()
    gc.disable()
    try:
        before = there()
        pages = shop.render()
        laid_out = there() - before
        assert pages.write(tagged=True, is_last=True)
        pages = pages.put_away()
        assert pages.count > 3
        assert there() - before < laid_out / 4  # of the last page, as above
    finally:
        gc.enable()


def test_a_page_that_is_made_once_more_shapes_its_paragraphs_anew(shop: Workshop) -> None:
    """As the page with the contents is, whose numbers are known when all pages are made."""
    shop.set_up(
        TEMPLATE.replace(
            "<section", '<p>见第<a href="#end"></a>页。</p><section class="next"'
        ).replace("<article", '<p id="end">末页。</p><article'),
        STYLE + "a::after { content: target-counter(attr(href), page) }"
        " .next { break-before: page }",
    )
    shop.write_article("会议指出，要加强合作。" * 20)
    galley = shop.compose()
    pages, kept = render(galley), render(galley, Forme(is_lasting=True))
    assert "见第2页。" in [line.text for line in pages.lines]
    assert pages.lines == kept.lines
    assert pages.write(tagged=True) == kept.write(tagged=True)


def test_what_pages_leave_in_memory_is_searched_for_once(
    shop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    searches: list[str] = []
    collect = gc.collect
    monkeypatch.setattr(gc, "collect", lambda: searches.append("one") or collect())
    tidy()
    searches.clear()
    shop.render()
    assert searches == []
    shop.render()
    assert searches == ["one"]
    tidy()
    tidy()
    assert searches == ["one", "one"]


def test_pages_of_layouts_before_are_let_go(shop: Workshop) -> None:
    """What stays for the next layout, as pictures with words do, keeps none of them."""
    words = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 8 8'><text y='8'>x</text></svg>"
    style = STYLE + "section::before { content: url(parts/words.svg) }"
    shop.set_up(TEMPLATE, style, {"parts/words.svg": words})

    def pages_there() -> int:
        gc.collect()
        return sum(type(each).__name__ == "PageBox" for each in gc.get_objects())

    forme, before = Forme(is_lasting=True), pages_there()
    for number in range(9):
        longer = "加长。" * (number * 15)
        shop.write_article(longer + "\n\n会议指出，要加强合作，推动绿色发展。" * 90)
        pages = render(shop.compose(), forme)
    assert pages.count > 1
    assert pages_there() - before == pages.count
    assert pages.write(tagged=False)[0]


def test_a_library_that_was_made_quiet_is_heard_and_is_as_quiet_afterwards() -> None:
    logger = logging.getLogger("weasyprint")
    level = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        with listening() as heard:
            logger.warning("a value is not known")
        assert [remark.message for remark in heard] == ["a value is not known"]
        assert logger.level == logging.CRITICAL
    finally:
        logger.setLevel(level)
