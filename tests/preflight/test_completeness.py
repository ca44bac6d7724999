"""N701: a text that the layout leaves out or cuts off is found; one that is there is not."""

from __future__ import annotations

import itertools
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st

from newsletter import checking
from newsletter.compose.galley import compose_issue
from newsletter.issue.loader import load_copy_at
from newsletter.layouts import options, read_layout
from newsletter.preflight.completeness import is_found, missing_words, page_texts, squeeze
from newsletter.render import render
from workshop import (
    HOUSE,
    SILKROAD,
    STYLE,
    TEMPLATE,
    Workshop,
    missing,
    specimen,
    specimen_pages,
    specimen_pdf,
)


@pytest.fixture
def shop(tmp_path: Path) -> Workshop:
    return Workshop(tmp_path)


def lost(shop: Workshop) -> list[tuple[str, str]]:
    return [(str(d.values["field"]), str(d.values["text"])) for d in missing(shop.render())]


# Found or not


def test_words_on_one_page_are_found() -> None:
    assert is_found("绿色发展", ["一带一路", "推动绿色发展大会"])


def test_words_that_run_on_over_pages_are_found() -> None:
    pages = ["开头会议指出绿色丝绸", "之路建设进展积极成效", "务实继续", "结尾"]
    assert is_found("会议指出绿色丝绸之路建设进展积极成效务实", pages)


def test_words_continue_behind_what_else_begins_the_page() -> None:
    assert is_found("会议指出绿色丝绸之路建设", ["会议指出绿色", "图说在前丝绸之路建设"])


def test_a_last_character_alone_on_its_page_is_found() -> None:
    assert is_found("会议指出绿色", ["会议指出绿", "色下一段"])


def test_words_run_on_although_the_page_holds_more_of_them_elsewhere() -> None:
    assert is_found("会议指出绿色丝路建设", ["会议指出绿色丝路会议指出绿", "色丝路建设"])


@pytest.mark.parametrize(
    ("words", "pages"),
    [
        ("绿色发展", ["绿色", "丝路"]),
        ("绿色发展", []),
        ("绿色发展", ["绿色发", "不展"]),
        ("北京", ["北方", "京城"]),
        ("绿色联盟", ["绿", "色", "联", "盟"]),
        ("绿色发展大会", ["绿色发展", "另起", "大会"]),
        ("大会绿色发展", ["绿色发展", "大会"]),
    ],
)
def test_words_that_are_not_there_are_not_put_together_from_pieces(
    words: str, pages: list[str]
) -> None:
    assert not is_found(words, pages)


texts = st.text("绿色发展会议一带路", min_size=8, max_size=60)


@given(texts, st.lists(st.integers(4, 56), max_size=3), texts, texts)
def test_words_broken_into_lines_and_pages_are_found(
    words: str, cuts: list[int], before: str, after: str
) -> None:
    ends = sorted({cut for cut in cuts if cut < len(words)})
    ends = [end for at, end in enumerate(ends) if end - ([0, *ends][at]) >= 4]
    pieces = [words[a:b] for a, b in zip([0, *ends], [*ends, len(words)], strict=True)]
    pieces[0] = before + pieces[0]
    pieces[-1] += after
    assert is_found(words, [before, *pieces, after])


def test_white_space_and_hyphens_at_the_ends_of_lines_do_not_count() -> None:
    assert squeeze("low-\r\ncarbon") == squeeze("low\x02carbon") == squeeze("low‑carbon")
    assert squeeze("绿 色\u3000发\n展\u200b") == "绿色发展"


def glyph_twins() -> Iterator[tuple[str, list[str]]]:
    """Yield the characters that share a glyph in a core of the bundled families."""
    for path in sorted(HOUSE.glob("fonts/*/*.[ot]tf")):
        if path.stem.endswith("-rest"):
            continue
        with TTFont(path, lazy=True) as font:
            twins: dict[str, list[str]] = {}
            for code, glyph in font.getBestCmap().items():
                twins.setdefault(glyph, []).append(chr(code))
            yield from ((path.stem, group) for group in twins.values() if len(group) > 1)


def test_characters_with_one_glyph_count_as_one() -> None:
    apart = [(name, group) for name, group in glyph_twins() if len({*map(squeeze, group)}) > 1]
    assert apart == [
        (name, group)
        for name, group in apart
        if group in (["´", "ˊ"], ["⁚", "︰"], ["⁝", "︙"])  # none of Chinese prose
    ]


# In real files


def test_a_text_over_columns_and_pages_is_found(shop: Workshop) -> None:
    sentence = "会议指出绿色丝绸之路建设进展积极，low-carbon-growth成效务实；"
    body = sentence * 60
    shop.write_article(f"{body}\n\n- {body}\n\n> {body}\n\n[^1]短文。\n\n[^1]: {body}")
    shop.set_up(TEMPLATE, STYLE + "article { columns: 3; text-align: justify }")
    pages = shop.render()
    assert pages.count > 2
    assert missing(pages) == []


@pytest.mark.parametrize(
    ("family", "text"),
    [
        ("WenKai", "甲·乙∙丙，1‒2，3–4，非‑断-行，约五〜六～七，约~八∼九"),
        ("Noto Serif SC", "甲•乙‧丙，1‒2，3–4，非‑断-行，约五〜六～七，八…九⋯十，——―，①➀，1／2∕3"),
        ("Noto Sans SC", "甲·乙•丙‧丁・戊，1‒2，3–4，非‑断-行，八……九⋯⋯，——―，❶➊"),
    ],
)
def test_similar_marks_in_one_text_do_not_alarm(shop: Workshop, family: str, text: str) -> None:
    shop.write_article(text)
    shop.set_up(TEMPLATE, f'html {{ font-family: "{family}" }}', fonts=[family])
    assert lost(shop) == []


def test_a_short_text_left_out_is_missed_though_its_characters_are_all_there(
    shop: Workshop,
) -> None:
    shop.write_article("深思圳景。\n\n" * 200, dateline="深圳")
    assert lost(shop) == [("dateline", "深圳")]


def test_a_text_outside_its_part_is_missed(shop: Workshop) -> None:
    template = TEMPLATE.replace("{{ article.title }}", "").replace(
        "<h1>{{ publication.name }}</h1>",
        "<p>头一篇</p><p style='break-after: page'>{{ publication.name }}</p>",
    )
    shop.set_up(template)
    assert lost(shop) == [("title", "头一篇")]


@pytest.mark.parametrize(
    "style",
    [
        "article p { display: none }",
        "article p { visibility: hidden }",
        "article p { position: absolute; left: -500mm }",
    ],
)
def test_a_text_that_the_stylesheet_hides_is_missed(shop: Workshop, style: str) -> None:
    shop.write_article("看不见的一行正文。" * 30)
    shop.set_up(TEMPLATE, STYLE + style)
    assert [field for field, _ in lost(shop)] == ["body"]


def test_an_article_without_an_anchor_is_looked_for_everywhere(shop: Workshop) -> None:
    shop.set_up(TEMPLATE.replace(' id="article-{{ article.id }}"', ""))
    assert lost(shop) == []


def test_a_finding_names_the_line_of_the_yaml_and_shortens_the_text(shop: Workshop) -> None:
    shop.write_article("一行\n\n" + "漏掉的文字" * 20)
    shop.set_up(TEMPLATE.replace("{{ html(block.html) }}", ""))
    assert [len(text) for _, text in lost(shop)] == [2, 41]


def test_a_build_that_lost_a_text_fails_and_writes_nothing(shop: Workshop) -> None:
    shop.write_article(byline="作者某")
    [problem] = shop.problems("build")
    assert (problem.code, problem.values["field"]) == ("N701", "byline")
    assert problem.place is not None
    line = (shop.issue / "issue.yaml").read_text("utf-8").splitlines()[problem.place.line - 1]
    assert '"byline": "作者某"' in line
    assert not (shop.root / "build").exists()


# Every field of silkroad

EXPRESSION = re.compile(r"\{\{.*?\}\}")
MACRO = re.compile(r"\{\{ *(?:figures\.|figure\(|numbers\(|sidebar\()")


def without_text(template: str) -> str:
    """Return a template that prints no field: neither as an element's text nor as running head."""
    parts, end = [], 0
    for match in EXPRESSION.finditer(template):
        before = template[: match.start()]
        in_a_tag = before.rfind("<") > before.rfind(">")
        if not MACRO.match(match[0]) and (not in_a_tag or before.endswith('data-running="')):
            parts.append(template[end : match.start()])
            end = match.end()
    return "".join([*parts, template[end:]])


def test_each_field_that_silkroad_leaves_out_is_missed(tmp_path: Path) -> None:
    """All of them are left out at once; the texts of the specimen differ from one another."""
    folder = tmp_path / "layouts" / "silkroad"
    shutil.copytree(SILKROAD, folder)
    for path in folder.rglob("*.j2"):
        path.write_text(without_text(path.read_text("utf-8")), "utf-8")
    copy = load_copy_at(tmp_path, folder / "specimen.yaml", folder / "specimen" / "newsletter.yaml")
    layout = read_layout(folder)
    chosen = options(layout, [copy.publication.layout])
    pages = render(compose_issue(copy, layout, chosen, checking.font_families(tmp_path)))
    reported = {finding.place for finding in missing(pages)}
    unnoticed = [words for words in specimen().expected if words.place not in reported]
    assert [(words.passage.field, words.fragment) for words in unnoticed] == []
    assert "layouts/silkroad/specimen.yaml" in {place.file for place in reported if place}


def test_the_texts_of_the_specimen_differ_from_one_another() -> None:
    fragments = [squeeze(words.fragment) for words in specimen().expected]
    pairs = itertools.combinations(fragments, 2)
    assert [(a, b) for a, b in pairs if a in b or b in a] == []


def test_the_specimen_is_complete_as_it_is() -> None:
    galley = specimen()
    texts = page_texts(specimen_pdf("print"))
    assert missing_words(texts, galley.expected, galley.scopes, specimen_pages().anchors) == []
    assert len(texts) == specimen_pages().count


@pytest.mark.parametrize("letter", ["x\u0300", "吴\u0300", "e\u0302\u0304", "字\u20dd"])
def test_a_letter_and_its_marks_are_read_back_and_so_is_the_letter_alone(
    shop: Workshop, letter: str
) -> None:
    shop.write_article(body=f"先说{letter}，再说{letter[0]}。\n\n{letter[0]}在另一段。")
    assert missing(shop.render()) == []
    assert shop.build(profiles=["screen", "print"]).pages == 1
