"""The site in a browser, from a folder: searched, looked at, held against axe's rules."""

from __future__ import annotations

import shutil
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import pytest
from bench.archive.questions import QUESTIONS, Question, scan
from bench.archive.shelves import fill

import chromium
from newsletter.archive.site.bindery import bind
from newsletter.archive.terms import terms
from shelf import article, put

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "build" / "judges" / "node_modules" / "axe-core" / "axe.min.js"
WIDTHS = (320, 390, 820, 1360)
SERIOUS = ("serious", "critical")

pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::DeprecationWarning")
Browser = Any
Page = Any


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium.started() as launched:
        yield launched


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """An archive of generated issues, and its site in a folder with an awkward name."""
    folder = tmp_path_factory.mktemp("网 站 #1")
    fill(folder / "archive", 5)
    data = put(folder / "archive", "2021", [article(text="里面有图。")], year=1990)
    (data / "text").mkdir()
    (data / "text" / "001.txt").write_text("封面", "utf-8")
    return folder / "archive", bind(folder / "archive", folder / "site").folder


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page on which no error may happen and from which nothing but files may be asked for."""
    opened = browser.new_page()
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.on("request", lambda r: errors.append(r.url) if not r.url.startswith("file:") else None)
    yield opened
    opened.close()
    assert errors == []


def address(site: Path, path: str, query: str = "") -> str:
    return (site / path).as_uri() + query


def found(page: Page) -> list[tuple[str, str]]:
    """Return the addresses and titles of all hits, however many pages of them there are."""
    page.wait_for_function("/\\d|没有|请输入/.test(document.getElementById('state').textContent)")
    while page.locator("#more").is_visible():
        before = page.locator("#hits li").count()
        page.locator("#more").click()
        page.wait_for_function(
            "n => document.querySelectorAll('#hits li').length > n"
            " || document.getElementById('more').hidden",
            arg=before,
        )
    links = page.locator("#hits h2 a")
    return links.evaluate_all("links => links.map(a => [a.getAttribute('href'), a.textContent])")


def ask(page: Page, site: Path, typed: str, **filters: str) -> list[tuple[str, str]]:
    more = "".join(f"&{name}={quote(value)}" for name, value in filters.items())
    page.goto(address(site, "search.html", f"?q={quote(typed)}{more}"))
    return found(page)


IN_BROWSER = [q for q in QUESTIONS if not q.filters.person]


@pytest.mark.parametrize("question", IN_BROWSER, ids=lambda question: question.typed)
def test_it_finds_what_a_plain_scan_finds_and_nothing_else(
    page: Page, generated: tuple[Path, Path], question: Question
) -> None:
    archive, site = generated
    chosen = question.filters
    filters = {"year": str(chosen.years[0]), "section": chosen.section} if chosen.years else {}
    hits = ask(page, site, question.typed, **filters)
    wanted = scan(archive, question)
    articles = {
        f"issues/{issue}/articles/{name}.html" for issue, kind, name in wanted if kind == "article"
    }
    assert {href for href, _title in hits if "/articles/" in href} == articles
    assert len(hits) == len(wanted)


def test_an_exact_count_is_told_and_marks_are_set(page: Page, generated: tuple[Path, Path]) -> None:
    _archive, site = generated
    hits = ask(page, site, "绿色")
    assert page.locator("#state").text_content() == f"共{len(hits)}处"
    assert set(page.locator("#hits mark").all_text_contents()) == {"绿色"}


def test_nothing_found_says_what_each_word_finds(page: Page, generated: tuple[Path, Path]) -> None:
    _archive, site = generated
    assert ask(page, site, "绿色 土豆") == []
    state = page.locator("#state").text_content()
    assert "没有找到“绿色 土豆”" in state
    assert "土豆 0" in state
    assert ask(page, site, "，。") == []
    assert "请输入字词" in page.locator("#state").text_content()


def test_a_search_is_asked_from_the_shelf_and_leads_to_a_page(
    page: Page, generated: tuple[Path, Path]
) -> None:
    _archive, site = generated
    page.goto(address(site, "index.html"))
    page.fill("#q", "封面")
    page.keyboard.press("Enter")
    ((href, _title),) = found(page)
    assert href == "issues/2021/index.html#page-1"
    page.locator("#hits a").click()
    assert page.url.endswith("issues/2021/index.html#page-1")


def test_what_is_typed_is_never_html(page: Page, generated: tuple[Path, Path]) -> None:
    _archive, site = generated
    ask(page, site, "<img src=x onerror=alert(1)>")
    assert page.locator("main img").count() == 0


def test_the_browser_and_the_press_have_the_same_terms(
    page: Page, generated: tuple[Path, Path]
) -> None:
    _archive, site = generated
    texts = [
        "BRIGC2021年，绿色PM2.5",
        "“一带一路”绿色，何塞·卡斯特罗（José）1.5℃ ＣＯ２ ½ Ⅳ ①",
        "𪚥𠮷 한국어 カタカナ ｶﾀｶﾅ ㈱ ﬁn ẞß İi ΣΑΣ",
        "a\u0301b\u200bc\u00add e-f_g h\ni",
        *_blocks(),
    ]
    page.goto(address(site, "search.html"))
    for text in texts:
        assert page.evaluate("text => shelf.terms(text)", text) == terms(text), ascii(text)


def _blocks() -> Iterator[str]:
    """Yield all characters that both sides' tables know since Unicode 14, 256 at a time."""
    for start in range(0x20, 0x20000, 0x100):
        characters = (chr(code) for code in range(start, start + 0x100))
        yield " ".join(c for c in characters if unicodedata.category(c) not in {"Cn", "Cs", "Co"})


# Looked at ----------------------------------------------------------------------------------

PAGES = (
    "index.html",
    "search.html",
    "issues/2021/index.html",
    "issues/1990-01/index.html",
    "issues/1990-01/articles/article-1.html",
    "en/index.html",
    "en/issues/1990-01/index.html",
    "en/issues/1990-01/articles/article-1.html",
)


@pytest.mark.parametrize("path", PAGES)
def test_no_page_is_wider_than_its_window(
    page: Page, generated: tuple[Path, Path], path: str
) -> None:
    _archive, site = generated
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(address(site, path))
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, width


@pytest.mark.parametrize("path", [*PAGES, "search.html?q=绿色"])
def test_axe_finds_nothing_serious(page: Page, generated: tuple[Path, Path], path: str) -> None:
    if not AXE.is_file():
        pytest.skip("no axe-core: make judges fetches it where there is npm")
    _archive, site = generated
    name, _mark, query = path.partition("?")
    for width in (390, 1360):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(address(site, name, f"?{query}" if query else ""))
        if query:
            page.wait_for_selector("#hits li")
        page.add_script_tag(path=AXE)
        report = page.evaluate("axe.run()")
        told = [
            (v["id"], v["nodes"][0]["html"]) for v in report["violations"] if v["impact"] in SERIOUS
        ]
        assert told == []
        assert len(report["passes"]) > 10


def test_the_first_key_leads_past_the_head(page: Page, generated: tuple[Path, Path]) -> None:
    _archive, site = generated
    page.goto(address(site, "issues/1990-01/articles/article-1.html"))
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


def test_without_scripts_all_can_be_read(browser: Browser, generated: tuple[Path, Path]) -> None:
    _archive, site = generated
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address(site, "search.html"))
    assert page.locator("noscript").is_visible()
    page.goto(address(site, "index.html"))
    page.locator(".open").click()
    page.locator(".contents a").first.click()
    assert len(page.locator(".body").text_content()) > 4
    context.close()


def test_a_search_whose_files_are_missing_says_so(
    browser: Browser, generated: tuple[Path, Path], tmp_path: Path
) -> None:
    _archive, site = generated
    broken = tmp_path / "site"
    shutil.copytree(site, broken, ignore=shutil.ignore_patterns("passages.js"))
    page = browser.new_page()
    page.goto(address(broken, "search.html", "?q=绿色"))
    page.wait_for_function("document.getElementById('state').textContent.includes('search')")
    page.close()


def test_a_machine_without_chinese_fonts_loads_the_one_beside_the_pages(
    generated: tuple[Path, Path], page: Page
) -> None:
    page.goto((generated[1] / "index.html").as_uri())
    has_none = "document.fonts.load('16px \"Archive Sans\"', '绿').then((found) => found.length)"
    assert page.evaluate(has_none) == 1
    assert page.evaluate("[...document.fonts].map((face) => face.status)") == ["loaded"]
