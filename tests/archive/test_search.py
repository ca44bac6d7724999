"""The search: exact, whatever the length of a word, ranked, with pages and excerpts."""

from __future__ import annotations

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import pytest
from bench.archive.questions import QUESTIONS, Question, scan
from bench.archive.shelves import fill

from commandline import Run
from newsletter.archive.catalogue import Catalogue, open_catalogue
from newsletter.archive.query import parse
from newsletter.archive.search import Filters, Hit, Result, search
from shelf import article, publication, put


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Catalogue]:
    archive = tmp_path_factory.mktemp("generated")
    fill(archive, 12)
    return archive, open_catalogue(archive)


def name(hit: Hit) -> tuple[str, str, str]:
    own = {"article": hit.article, "event": f"{hit.date} {hit.title}", "page": str(hit.page)}
    return hit.issue, hit.kind, own[hit.kind]


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.typed)
def test_it_finds_what_a_plain_scan_finds_and_nothing_else(
    generated: tuple[Path, Catalogue], question: Question
) -> None:
    archive, catalogue = generated
    found = search(catalogue, archive, parse(question.typed), question.filters, None)
    assert {name(hit) for hit in found.hits} == scan(archive, question)
    assert found.total == len(found.hits)


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    folder = publication(tmp_path / "small")
    put(
        folder,
        "2021",
        [
            article(
                "one",
                title="绿色金融",
                text="第一段谈水。\n第二段谈绿色金融，也谈UNEP。",
                people=["何塞·卡斯特罗"],
                places=["北京"],
                first_page=2,
                last_page=3,
            ),
            article("two", title="海洋", text="绿色金融只在正文。", first_page=4, last_page=4),
        ],
        pages={
            1: "封面\n小报",
            2: "第一段谈水。",
            3: "第二段谈绿\n色金融，也谈UNEP",
            4: "绿色",
            5: "大会\n在内罗毕",
        },
        events=[{"date": "2021-04-20", "title": "大会", "place": "内罗毕"}],
    )
    return folder


def ask(
    archive: Path, typed: str, filters: Filters | None = None, limit: int | None = 20
) -> Result:
    return search(open_catalogue(archive), archive, parse(typed), filters or Filters(), limit)


def test_a_word_in_a_headline_stands_first(archive: Path) -> None:
    assert [hit.article for hit in ask(archive, "绿色金融").hits] == ["one", "two"]


def test_a_hit_tells_the_page_on_which_the_word_stands(archive: Path) -> None:
    assert [hit.page for hit in ask(archive, "绿色金融").hits] == [3, 4]
    assert [hit.page for hit in ask(archive, "谈水").hits] == [2]


def test_an_event_and_a_page_without_article_are_found(archive: Path) -> None:
    found = ask(archive, "大会").hits
    assert [(hit.kind, hit.page, hit.section_title) for hit in found] == [
        ("event", 5, "大事记"),
        ("page", 5, ""),
    ]
    assert [hit.kind for hit in ask(archive, "封面").hits] == ["page"]


def test_an_event_stands_where_the_chronicle_has_it_and_not_in_the_contents(
    tmp_path: Path,
) -> None:
    folder = publication(tmp_path / "listed")
    articles = [
        article("one", title="论坛在京召开", text="甲。", first_page=2, last_page=2),
        article("two", title="大桥通车", text="乙。", first_page=2, last_page=2),
    ]
    put(
        folder,
        "2021",
        articles,
        pages={1: "论坛在京召开 2\n大桥通车 2", 2: "甲。乙。", 3: "论坛\n北京", 4: "第二届论坛"},
        events=[{"date": "2021-04-20", "title": "论坛", "place": "北京"}],
    )
    assert [hit.page for hit in ask(folder, "论坛").hits if hit.kind == "event"] == [3]


def test_no_word_reaches_from_a_field_into_the_next(archive: Path) -> None:
    assert ask(archive, "水第二").total == 0
    assert ask(archive, "金融第一").total == 0


def test_an_excerpt_marks_what_was_looked_for(archive: Path) -> None:
    (hit,) = ask(archive, "unep").hits
    assert [hit.excerpt.text[a:b] for a, b in hit.excerpt.marks] == ["UNEP"]


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        (Filters(years=(2021, 2021)), ["one", "two"]),
        (Filters(years=(1990, 2020)), []),
        (Filters(section="要闻"), ["one", "two"]),
        (Filters(section="news"), ["one", "two"]),
        (Filters(person="卡斯特罗"), ["one"]),
        (Filters(person="何塞・卡斯特罗", place="北京"), ["one"]),
        (Filters(place="西安"), []),
        (Filters(person="，"), []),
    ],
)
def test_filters_hold(archive: Path, filters: Filters, found: list[str]) -> None:
    assert [hit.article for hit in ask(archive, "绿色", filters).hits if hit.article] == found


def test_filters_alone_list_what_they_leave(archive: Path) -> None:
    assert [hit.title for hit in ask(archive, "", Filters(place="内罗毕")).hits] == ["大会"]


@pytest.mark.parametrize(
    "typed",
    ['"', "*", "a*", "title:绿", "NEAR(绿 色)", "绿 OR", "^绿", "{绿}", "(绿", "绿\0色", "'"],
)
def test_nothing_typed_is_an_operator(archive: Path, typed: str) -> None:
    query = parse(typed)
    if query:
        ask(archive, typed)


# The command ------------------------------------------------------------------------------------


def codes(output: str) -> list[str]:
    return [found["code"] for found in json.loads(output)["diagnostics"]]


def told(run: Run, archive: Path, *arguments: str) -> list[str]:
    return codes(run("archive", "search", *arguments, "--format", "json", at=archive.parent).stdout)


def test_the_command_prints_issue_page_section_title_and_excerpt(run: Run, archive: Path) -> None:
    result = run("archive", "search", "unep", at=archive.parent)
    assert result.exit_code == 0
    assert (
        result.stdout
        == "2021 · p. 3 · 要闻\n  绿色金融\n  第一段谈水。 第二段谈绿色金融，也谈UNEP。\n\n"
    )
    assert (
        "2021 · 第3页 · 要闻"
        in run("archive", "search", "unep", at=archive.parent, lang="zh").stdout
    )


def test_json_has_all_of_a_hit(run: Run, archive: Path) -> None:
    result = run("archive", "search", "unep", "--format", "json", at=archive.parent)
    data = json.loads(result.stdout)
    (hit,) = data["hits"]
    assert (data["total"], hit["issue"], hit["article"], hit["page"]) == (1, "2021", "one", 3)
    (start, end), *_ = hit["marks"]
    assert hit["excerpt"][start:end] == "UNEP"
    assert hit["folder"] == "archive/2021/v1"


def test_without_an_archive_it_says_how_to_begin_one(run: Run, tmp_path: Path) -> None:
    archive = publication(tmp_path / "new")
    result = run("archive", "search", "绿", at=archive.parent)
    assert (result.exit_code, "N790" in result.stderr) == (1, True)
    assert not archive.exists()


def test_punctuation_alone_is_refused(run: Run, archive: Path) -> None:
    for typed in ("，。", '""', "-北京", ""):
        assert told(run, archive, typed) == ["N791"]


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (["土豆"], "exact"),
        (["绿色", "土豆"], "土豆 0"),
        (["绿色", "--year", "1999"], "without the filters"),
        (["绿色金融走廊"], "绿色金融"),
        (["绿色 -金融 -大会 -封面 -小报 -绿"], "excluded"),
    ],
)
def test_nothing_found_says_what_would_help(
    run: Run, archive: Path, arguments: list[str], hint: str
) -> None:
    result = run("archive", "search", *arguments, at=archive.parent)
    assert result.exit_code == 0
    assert "N793" in result.stderr
    assert hint in result.stderr


def test_nothing_found_names_the_filters_in_the_language(run: Run, archive: Path) -> None:
    asked = ("archive", "search", "--person", "李明", "--year", "2021")
    chinese = run(*asked, at=archive.parent, lang="zh").stderr
    assert "没有找到符合条件的内容（筛选条件：年份 2021、人物 李明）" in chinese
    english = run(*asked, at=archive.parent).stderr
    assert "nothing found for anything (issues: 1, filters: year 2021, person 李明)" in english


def test_traditional_characters_are_told_of(run: Run, archive: Path) -> None:
    assert told(run, archive, "綠色") == ["N794", "N793"]


def test_a_limit_is_told_and_all_lifts_it(run: Run, archive: Path) -> None:
    assert told(run, archive, "绿色", "--limit", "1") == ["N795"]
    assert told(run, archive, "绿色", "--limit", "1", "--all") == []


def test_a_word_with_a_minus_is_no_option_but_a_mistyped_option_is(run: Run, archive: Path) -> None:
    found = run("archive", "search", "绿色金融", "-海洋", "--format", "json", at=archive.parent)
    assert [hit["article"] for hit in json.loads(found.stdout)["hits"]] == ["one"]
    assert run("archive", "search", "绿色", "--yaer", "2021", at=archive.parent).exit_code == 2
    assert run("archive", "search", "绿色", "--year", "MMXXI", at=archive.parent).exit_code == 2
