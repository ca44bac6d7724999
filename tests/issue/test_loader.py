"""Loading: every file's problems in one run, each at its place; nothing read from elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsletter.diagnostics import Diagnostic, Refused
from newsletter.issue.loader import (
    find_publication,
    issue_ids,
    load_copy,
    load_issue,
    load_publication,
    not_named,
    shown,
)
from small_issue import ARTICLE, ISSUE, swap, write


def refused(root: Path, issue: str = "one") -> list[Diagnostic]:
    with pytest.raises(Refused) as refusal:
        load_copy(root, issue)
    return refusal.value.diagnostics


def told(root: Path) -> list[str]:
    return [f"{d.code} {d.place}" for d in refused(root)]


def test_a_good_issue_is_read_whole(small: Path) -> None:
    copy = load_copy(small, "one")
    assert copy.publication.name == "小报"
    assert [article.title for article in copy.issue.articles()] == ["水坝建成"]
    assert copy.folder == small / "issues/one"
    assert [source.shown for source in copy.sources()] == ["newsletter.yaml", ISSUE, ARTICLE]


def test_every_value_knows_its_file(small: Path) -> None:
    issue = load_issue(small, "one")
    (article,) = issue.articles()
    assert str(issue.place("period")) == f"{ISSUE}:3:9"
    assert str(article.place("title")) == f"{ARTICLE}:2:8"
    assert str(issue.place("sections", 0, "title")) == f"{ISSUE}:7:12"


def test_a_section_may_be_a_file_that_names_others(small: Path) -> None:
    swap(small / ISSUE, "  - id: news\n", "  - news.yaml\n  - id: more\n")
    section = "id: news\nkind: articles\ntitle: 要闻\narticles: [articles/second.yaml]\n"
    write(small / "issues/one/news.yaml", section)
    write(small / "issues/one/articles/second.yaml", "id: second\ntitle: 二\nbody: 文\n")
    assert [a.id for a in load_issue(small, "one").articles()] == ["second", "first"]


def test_an_article_may_stand_in_its_section(small: Path) -> None:
    swap(small / ISSUE, "- articles/first.yaml", "- {id: inline, title: 一, body: 文}")
    (article,) = load_issue(small, "one").articles()
    assert str(article.place("title")) == f"{ISSUE}:9:29"


def test_problems_of_all_files_are_told_in_one_run(small: Path) -> None:
    write(small / "newsletter.yaml", "name: 小报\nlayout: {name: plain}\n")
    swap(small / ISSUE, "title: 第一期", "titel: 第一期")
    write(
        small / ISSUE,
        (small / ISSUE).read_text("utf-8") + "      - articles/b.yaml\n      - c.yaml\n",
    )
    swap(small / ARTICLE, "id: first", "id: first\nlead: 导语")
    write(small / "issues/one/articles/b.yaml", "title: [")
    assert told(small) == [
        "N110 issues/one/articles/b.yaml:1:8",
        f"N104 {ARTICLE}:2:1",
        f"N104 {ISSUE}:2:1",
        f"N101 {ISSUE}:11:9",
        "N105 newsletter.yaml:1:1",
    ]


def test_a_list_whose_files_cannot_be_read_is_not_called_empty(small: Path) -> None:
    (small / ARTICLE).unlink()
    assert told(small) == [f"N101 {ISSUE}:9:9"]


def test_a_list_whose_items_are_wrong_is_not_called_too_short(small: Path) -> None:
    swap(small / ARTICLE, "title", "titel")
    assert told(small) == [f"N104 {ARTICLE}:2:1"]


@pytest.mark.parametrize(
    ("name", "can_go"), [(ARTICLE, True), (ISSUE, False), ("newsletter.yaml", False)]
)
def test_only_an_empty_file_that_the_issue_names_can_be_taken_out_of_it(
    small: Path, name: str, *, can_go: bool
) -> None:
    write(small / name, "")
    (found,) = refused(small)
    assert (found.code, "out of the issue" in (found.hint_text() or "")) == ("N112", can_go)


def test_an_empty_path_is_no_file(small: Path) -> None:
    swap(small / ISSUE, "- articles/first.yaml", '- ""')
    assert told(small) == [f"N106 {ISSUE}:9:9"]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("articles", "N124"),
        (".", "N124"),
        ("..", "N118"),
        ("articles/../../two/a.yaml", "N118"),
        ("articles/first.yaml/a.yaml", "N101"),
        ("a" * 300 + ".yaml", "N101"),
        ("a/" * 3000, "N101"),
        ('"C:\\\\a.yaml"', "N101"),
        ("Articles/first.yaml", "N101"),
        ("~root/a.yaml", "N101"),
        ("https://example.org/a.yaml", "N101"),
    ],
)
def test_a_name_that_is_no_file_is_refused_at_its_line(small: Path, name: str, code: str) -> None:
    swap(small / ISSUE, "articles/first.yaml", name)
    assert told(small) == [f"{code} {ISSUE}:9:9"]


def test_a_file_of_another_ending_is_suggested_before_one_of_another_name(small: Path) -> None:
    (small / ARTICLE).rename((small / ARTICLE).with_suffix(".yml"))
    write(small / "issues/one/articles/fist.yaml", "id: fist\n")
    (problem,) = refused(small)
    assert problem.values["suggestion"] == "articles/first.yml"


def test_a_pattern_is_no_file(small: Path) -> None:
    swap(small / ISSUE, "articles/first.yaml", "articles/*.yaml")
    (problem,) = refused(small)
    assert (problem.code, problem.hint) == ("N101", "pattern")


def test_a_near_miss_is_suggested(small: Path) -> None:
    swap(small / ISSUE, "articles/first.yaml", "article/first.yml")
    (problem,) = refused(small)
    assert problem.values["suggestion"] == "articles/first.yaml"


def test_an_article_that_no_section_names_is_told(small: Path) -> None:
    for name in ("second.yaml", "third.yml", ".hidden.yaml", "drafts/fourth.yaml"):
        write(small / "issues/one/articles" / name, "id: second\ntitle: 二\nbody: 文\n")
    found = not_named(load_issue(small, "one"))
    assert [f"{d.code} {d.place}" for d in found] == [
        "N142 issues/one/articles/second.yaml:1:1",
        "N142 issues/one/articles/third.yml:1:1",
    ]
    assert found[0].values["file"] == "articles/second.yaml"


def test_a_file_beside_issue_yaml_is_not_missed(small: Path) -> None:
    section = "id: news\nkind: articles\ntitle: 要闻\narticles: [articles/first.yaml]\n"
    write(small / "issues/one/news.yaml", section)
    write(small / "issues/one/notes.yaml", "a: b\n")
    text = (small / ISSUE).read_text("utf-8")
    write(small / ISSUE, text[: text.index("  - id: news")] + "  - news.yaml\n")
    assert not_named(load_issue(small, "one")) == []


def test_a_link_within_the_issue_is_followed(small: Path) -> None:
    (small / ARTICLE).rename(small / "issues/one/moved.yaml")
    (small / ARTICLE).symlink_to("../moved.yaml")
    assert load_issue(small, "one")


def test_an_issue_that_lies_outside_of_the_publication_is_refused(small: Path) -> None:
    (small / "issues/one").rename(small.parent / "elsewhere")
    (small / "issues/one").symlink_to("../../elsewhere")
    assert told(small) == [f"N118 {ISSUE}:1:1"]


def test_the_same_ids_are_told_with_the_place_of_the_first(small: Path) -> None:
    swap(
        small / ARTICLE,
        "body",
        "sidebars:\n  - {id: box, title: 一, items: [一]}\n  - {id: box, title: 二, items: [二]}\n"
        "pictures:\n  - {id: box, file: a.svg, alt: 甲}\n  - {id: box, file: b.svg, alt: 乙}\nbody",
    )
    assert told(small) == [f"N108 {ARTICLE}:5:10", f"N108 {ARTICLE}:8:10"]
    assert {d.values["other"] for d in refused(small)} == {f"{ARTICLE}:4:10", f"{ARTICLE}:7:10"}


def test_a_section_and_an_article_cannot_share_an_id(small: Path) -> None:
    swap(small / ISSUE, "id: news", "id: first")
    assert told(small) == [f"N108 {ARTICLE}:1:5"]


@pytest.mark.parametrize("issue", ["", ".", "..", "two", "one/articles", "/etc", "../issues/one"])
def test_only_folders_of_issues_are_issues(small: Path, issue: str) -> None:
    (problem,) = refused(small, issue)
    assert problem.code == "N132"
    assert problem.values["issues"] == "one"


def test_the_publication_is_found_from_any_folder_in_it(small: Path) -> None:
    assert find_publication(small / "issues/one/articles") == small.resolve()


def test_outside_of_a_publication_none_is_found(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refusal:
        find_publication(tmp_path)
    assert [d.code for d in refusal.value.diagnostics] == ["N001"]


def test_issues_are_listed_by_name(small: Path) -> None:
    write(small / "issues/2021/issue.yaml", "")
    write(small / "issues/draft/notes.txt", "")
    assert issue_ids(small) == ["2021", "one"]


def test_a_publication_without_its_file_is_told_so(small: Path) -> None:
    (small / "newsletter.yaml").unlink()
    with pytest.raises(Refused) as refusal:
        load_publication(small)
    assert str(refusal.value) == "newsletter.yaml:1:1: N101"


def test_paths_are_shown_from_the_publication(tmp_path: Path) -> None:
    assert shown(tmp_path / "a" / "b", tmp_path) == "a/b"
    assert shown(Path("/etc"), tmp_path) == "/etc"
