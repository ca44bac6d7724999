"""The pages of the issue of 2021, as an art director counts them."""

from __future__ import annotations

from itertools import accumulate
from pathlib import Path

import pypdfium2
import pytest
from bench.typesetting.headlines import titles

from newsletter.checking import compose
from newsletter.compose.galley import Galley
from newsletter.forme import Forme
from newsletter.issue.loader import load_copy
from newsletter.issue.models import Article
from newsletter.preflight.completeness import page_texts, squeeze
from newsletter.press.finish import finish
from newsletter.render import Pages, render
from newsletter.typesetting.copyfit import fit_text
from newsletter.typesetting.fitting import Goal
from newsletter.typesetting.seam.tree import boxes_of

ROOT = Path(__file__).resolve().parent.parent
LEAST_FILLED = 0.55
FOLIO_PT = 38
OPENING_CHARACTERS = 8


@pytest.fixture(scope="module")
def galley() -> Galley:
    return compose(load_copy(ROOT, "2021"))


@pytest.fixture(scope="module")
def pages(galley: Galley) -> Pages:
    """Lay the issue out so that its paragraphs stay, to be looked into."""
    return render(galley, Forme(is_lasting=True))


@pytest.fixture(scope="module")
def screen(galley: Galley, pages: Pages) -> bytes:
    raw, warnings = pages.write(tagged=True)
    assert not warnings
    return finish(raw, galley.layout.spec.page)


def test_the_issue_has_sixteen_to_twenty_pages(screen: bytes) -> None:
    assert 16 <= len(page_texts(screen)) <= 20


def opening(galley: Galley, article: Article) -> str:
    """Return the first characters of an article's body."""
    body = next(
        e.fragment
        for e in galley.expected
        if e.scope == f"article-{article.id}" and e.passage.field == "body"
    )
    return squeeze(body)[:OPENING_CHARACTERS]


def test_no_headline_stands_without_text_at_the_foot_of_a_page(
    galley: Galley, screen: bytes
) -> None:
    texts = page_texts(screen)
    for article in galley.copy.issue.articles():
        title = squeeze(article.title)
        first = [n for n, text in enumerate(texts[1:], start=1) if title in text]
        assert opening(galley, article) in texts[first[0]], article.id


def test_no_page_is_half_empty(screen: bytes) -> None:
    pdf = pypdfium2.PdfDocument(screen)
    for number, page in enumerate(pdf, start=1):
        bitmap = page.render(scale=0.5).to_pil().convert("L")
        text_block = bitmap.crop((0, 0, bitmap.width, bitmap.height - FOLIO_PT // 2))
        ink = text_block.point(lambda level: 255 * (level < 250)).getbbox()
        assert ink is not None
        assert ink[3] / text_block.height > LEAST_FILLED, f"page {number}"
    pdf.close()


# Headlines

TITLES = titles(ROOT / "tests" / "typesetting" / "titles_2021.txt")
DIVIDED = """
习近平在第三次“一带一路”建设座谈会上强调，以高标准/可持续惠民生为目标，继续推动共建“一带一路”高质量发展
“一带一路”国际合作高峰论坛咨询委员会/举行2021年度视频会议
“一带一路”生态环保大数据服务平台2021年会/暨水资源与水环境综合管理技术推广会在深圳成功召开
中布应对气候变化南南合作建设太阳能电站合作文件/签约仪式在布基纳法索举行
亚非青年对话：从COP15到COP26/—生物多样性与应对气候变化协同合作顺利举办
"""


def displayed(pages: Pages, *tags: str) -> list[list[str]]:
    """Return the lines of each text that is divided by meaning, of some elements or of all."""
    found: dict[int, list[str]] = {}
    for box, _where in boxes_of(pages.document):
        line = box.__dict__.get("composed")
        if line is not None and box.setting.goal == "balanced":
            cells = box.setting.paragraph.cells.characters[line.start : line.last + 1]
            if not tags or box.element_tag in tags:
                found.setdefault(id(box.setting), []).append("".join(cells))
    return list(found.values())


def test_titles_are_divided_as_a_sub_editor_would(pages: Pages) -> None:
    divided = {"/".join(lines) for lines in displayed(pages, "h2") if len(lines) > 1}
    assert divided == set(DIVIDED.split())


def test_no_title_subhead_quotation_or_caption_is_cut_inside_a_word(pages: Pages) -> None:
    known = {title.text: title.ends for title in TITLES}
    texts = [lines for lines in displayed(pages) if "".join(lines) in known]
    for lines in texts:
        ends = accumulate(map(len, lines[:-1]))
        assert known["".join(lines)].issuperset(ends), lines
    assert sum(len(lines) > 1 for lines in texts) > 12


# Copy-fit: what is estimated without pages, and what the pages say


def laid_out(pages: Pages) -> dict[str, int]:
    """Return how many lines each title and standfirst has on the pages, by its place in YAML."""
    found: dict[str, int] = {}
    for box, _where in boxes_of(pages.document):
        lines = sum(type(child).__name__ == "LineBox" for child in getattr(box, "children", ()))
        if lines and box.element_tag in ("h2", "p") and box.element.get("data-at"):
            found[box.element.get("data-at")] = lines
    return found


def test_titles_and_standfirsts_take_the_lines_that_were_estimated(
    galley: Galley, pages: Pages
) -> None:
    rules = galley.layout.spec.typesetting.rules
    rooms = {slot.name: slot.fit for slot in galley.layout.spec.slots}
    lines = laid_out(pages)
    estimated, real = {}, {}
    for article in galley.copy.issue.articles():
        for field in ("title", "standfirst"):
            text, room = getattr(article, field), rooms[f"article.{field}"]
            if text is None:
                continue
            assert room is not None
            goal: Goal = "justified" if room.justified else "ragged"
            fit = fit_text(text, room.measure, room.lines, rules, goal=goal)
            place = article.place(field)
            estimated[article.id, field] = fit.lines_needed
            real[article.id, field] = lines[f"{place.file}:{place.line}"]
    assert estimated == real
    assert set(real.values()) == {1, 2, 3, 4}


def test_no_text_is_too_long_for_its_slot(galley: Galley) -> None:
    assert [w for w in galley.warnings if w.code == "N801"] == []
