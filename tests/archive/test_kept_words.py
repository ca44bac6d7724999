"""What an editor marked and what stands beside the articles: kept, found, shown, compared."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

import shelf
import small_issue
from commandline import Run
from newsletter.archive.catalogue import open_catalogue
from newsletter.archive.comparison import compare
from newsletter.archive.contents import contents_of
from newsletter.archive.holdings import bags, open_bag
from newsletter.archive.initials import initials, joined
from newsletter.archive.markup import plain, settled
from newsletter.archive.passages import passages
from newsletter.archive.site.bindery import bind
from newsletter.archive.site.sieve import sifted
from newsletter.issue.loader import load_copy

MARKED = """id: first
title: 水坝建成
body: |
  [春]{首字}天来了，
  万物生长。

  [重庆]{拼音: chóng qìng}的[重要]{着重}会议，[周恩来]{专名}写过[红楼梦]{书名}。

  | 年份 | 数量 |
  |:--|--:|
  | 2020 | 1,234 |
"""
SECTIONS = """  - id: chronicle
    kind: chronicle
    title: 大事记
    events:
      - date: 2021-04-20
        title: 圆桌会议
        city: 北京
        outputs_title: 会议成果
        outputs: [发布报告, 成立工作组]
        quotation: {text: 青山常在, by: 王五}
    highlights:
      - {value: 43个国家, label: 参加会议}
  - id: contacts
    kind: contacts
    title: 联系方式
    about: |
      [本]{首字}单位介绍。
    join_title: 怎样加入
    join: |
      请报名。
    people:
      - {name: 赵六, role: 编辑部, telephone: 010-12345678}
"""
HELD = ("issue", "pages")
"""What the shelf says itself."""
OLD_HTML = '<div class="drop-cap">春</div><p class="after-drop-cap">天来了。</p>'


@pytest.fixture
def contents(small: Path) -> dict[str, Any]:
    """What is kept of an issue with marked words, a chronicle and contacts."""
    small_issue.write(small / small_issue.ARTICLE, MARKED)
    issue = small / small_issue.ISSUE
    issue.write_text(issue.read_text("utf-8") + SECTIONS, "utf-8")
    pages = cast("Any", SimpleNamespace(anchors={}, lines=(), count=4))
    return contents_of(load_copy(small, "one"), pages)


def put(archive: Path, contents: dict[str, Any], version: int = 1) -> Path:
    fields = {name: value for name, value in contents.items() if name not in HELD}
    return shelf.put(archive, "2021", version=version, **fields)


# Kept


def test_first_letters_stand_in_their_paragraph(contents: dict[str, Any]) -> None:
    (article,) = contents["articles"]
    assert article["text"].splitlines()[0] == "春天来了，万物生长。"
    assert '<p><span class="drop-cap">春</span>天来了，万物生长。</p>' in article["html"]
    assert contents["contacts"][0]["about"] == "本单位介绍。"


def test_readings_are_elements_that_any_browser_shows(contents: dict[str, Any]) -> None:
    (article,) = contents["articles"]
    assert "<ruby>重<rp>（</rp><rt>chóng</rt><rp>）</rp></ruby>" in article["html"]
    assert "data-ruby" not in article["html"]
    assert "重庆的重要会议，周恩来写过红楼梦。" in article["text"]


def test_what_stands_beside_the_articles_is_kept(contents: dict[str, Any]) -> None:
    (event,), (highlight,), (contact,) = (
        contents[name] for name in ("events", "highlights", "contacts")
    )
    assert event["outputs"] == ["发布报告", "成立工作组"]
    assert event["outputs_title"] == "会议成果"
    assert event["quotation"] == {"text": "青山常在", "by": "王五"}
    assert highlight == {"value": "43个国家", "label": "参加会议"}
    assert (contact["join_title"], contact["join"]) == ("怎样加入", "请报名。")
    assert contact["people"][0]["telephone"] == "010-12345678"
    assert contact["people"][0]["fax"] == ""


@pytest.mark.parametrize(
    ("page", "wanted"),
    [
        ("春\n李\n题目\n天来了，\n万物生长。", "李\n题目\n春天来了，\n万物生长。"),
        ("题目\n天来了，万物生长。\n春", "题目\n春天来了，万物生长。"),
        ("春\n题目\n天涯", "春\n题目\n天涯"),
        ("春天来了", "春天来了"),
    ],
)
def test_letters_that_a_page_draws_apart_are_put_before_their_words(
    contents: dict[str, Any], small: Path, page: str, wanted: str
) -> None:
    assert contents
    found = list(initials(load_copy(small, "one").issue))
    assert found == [("春", "天来了，万物生长。"), ("本", "单位介绍。")]
    assert joined(page, found) == wanted


# Found


def found(archive: Path, words: str) -> list[str]:
    volume = open_bag(bags(archive)[0])
    return [p.kind for p in passages(volume) if words in f"{p.lead}\n{p.body}"]


def test_words_over_a_first_letter_and_of_events_are_found(
    contents: dict[str, Any], tmp_path: Path
) -> None:
    put(tmp_path, contents)
    assert found(tmp_path, "春天来了") == ["article"]
    assert found(tmp_path, "成立工作组") == ["event"]
    assert found(tmp_path, "青山常在") == ["event"]
    open_catalogue(tmp_path).close()


def test_an_article_kept_with_its_first_letter_apart_is_found(tmp_path: Path) -> None:
    shelf.put(tmp_path, "2021", [shelf.article(html=OLD_HTML, text="春\n天来了。")])
    assert found(tmp_path, "春天来了") == ["article"]
    assert plain(settled(OLD_HTML)) == "春天来了。"


# Shown


def test_marks_and_columns_pass_the_sieve_and_other_classes_do_not() -> None:
    html = (
        '<p><em class="dots x">要</em><span class="proper-name">周</span>'
        '<span class="book-title">红</span></p>'
        '<table><tr><td class="align-right">1</td><td class="masthead">2</td></tr></table>'
    )
    assert sifted(html, lambda _address: None) == html.replace("dots x", "dots").replace(
        ' class="masthead"', ""
    )


def test_the_site_shows_what_was_marked_and_what_stands_beside_the_articles(
    contents: dict[str, Any], tmp_path: Path
) -> None:
    put(tmp_path / "archive", contents)
    site = bind(tmp_path / "archive", tmp_path / "site").folder
    article = (site / "issues/2021/articles/first.html").read_text("utf-8")
    for text in (
        '<span class="drop-cap">春</span>天来了',
        "<rt>chóng</rt>",
        '<em class="dots">重要</em>',
        '<span class="proper-name">周恩来</span>',
        '<span class="book-title">红楼梦</span>',
        '<td class="align-right">1,234</td>',
    ):
        assert text in article
    for path in ("issues/2021/index.html", "en/issues/2021/index.html"):
        html = (site / path).read_text("utf-8")
        for text in ("会议成果", "成立工作组", "青山常在", "王五", "43个国家", "参加会议",
                     "单位介绍。", "怎样加入", "赵六", "编辑部", "010-12345678"):  # fmt: skip
            assert text in html
    css = (site / "assets/site.css").read_text("utf-8")
    for rule in ("text-emphasis: filled dot", "underline wavy", "text-align: right"):
        assert rule in css


# Compared


def differences(
    archive: Path, old: dict[str, Any], new: dict[str, Any]
) -> dict[str, tuple[str, ...]]:
    for version, contents in ((1, old), (2, new)):
        data = put(archive, contents, version)
        (data.parent / "manifest-sha256.txt").write_text(f"{version:064}  data/x\n", "utf-8")
    return {**compare(archive / "2021/v1", archive / "2021/v2", ("a", "b")).others}


def test_a_changed_contact_is_told_in_words(contents: dict[str, Any], tmp_path: Path) -> None:
    new = json.loads(json.dumps(contents))
    new["contacts"][0]["people"][0]["telephone"] = "010-87654321"
    new["events"][0]["outputs"].append("签署备忘录")
    new["sections"][1]["title"] = "纪事"
    assert differences(tmp_path, contents, new) == {
        "issue": ("-大事记", "+纪事"),
        "events": ("+签署备忘录",),
        "contacts": ("-010-12345678", "+010-87654321"),
    }


def test_words_that_no_part_tells_of_are_those_of_the_pages(
    contents: dict[str, Any], tmp_path: Path
) -> None:
    put(tmp_path, contents, 1)
    put(tmp_path, contents, 2)
    for version, text in ((1, "旧"), (2, "新")):
        folder = tmp_path / f"2021/v{version}"
        (folder / "data/text").mkdir(exist_ok=True)
        (folder / "data/text/001.txt").write_text(f"封面\n{text}\n", "utf-8")
        (folder / "manifest-sha256.txt").write_text(f"{version:064}  data/x\n", "utf-8")
    told = compare(tmp_path / "2021/v1", tmp_path / "2021/v2", ("a", "b"))
    assert told.others == {"pages": ("-旧", "+新")}


def test_a_bag_that_kept_articles_only_is_compared_by_its_pages(
    contents: dict[str, Any], tmp_path: Path
) -> None:
    old = {name: value for name, value in contents.items() if name != "contacts"}
    old["events"] = [{"date": "2021-04-20", "title": "圆桌会议", "place": "上海"}]
    for version, text in ((1, "赵六"), (2, "钱七")):
        folder = tmp_path / f"2021/v{version}/data/text"
        folder.mkdir(parents=True)
        (folder / "004.txt").write_text(f"{text}\n", "utf-8")
    assert differences(tmp_path, old, contents) == {
        "events": ("-上海", "+北京"),
        "pages": ("-赵六", "+钱七"),
    }


def test_a_line_that_looks_like_a_heading_of_a_comparison_is_told(
    contents: dict[str, Any], tmp_path: Path
) -> None:
    new = json.loads(json.dumps(contents))
    new["contacts"][0]["join"] = "++加号"
    assert differences(tmp_path, contents, new) == {"contacts": ("-请报名。", "+++加号")}


def test_the_manuscript_is_told_apart_from_libraries(small: Path, run: Run) -> None:
    run("archive", "one", at=small)
    small_issue.swap(small / small_issue.ARTICLE, "加强合作", "加强协作")
    run("archive", "one", "--reason", "because", at=small)
    output = run("archive", "diff", "one", at=small).output
    assert "made with other versions" not in output
    inputs = output.partition("made of other inputs")[2]
    assert small_issue.ARTICLE in inputs
