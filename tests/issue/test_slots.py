"""The names of slots: what they hold, and which texts of an issue fill them."""

from __future__ import annotations

import pytest

from newsletter.issue.models import Article, Part
from newsletter.issue.slots import OWNERS, Holding, fillings, holding, nearest, parts_in, rank
from workshop import specimen


@pytest.mark.parametrize(
    ("name", "held"),
    [
        ("article.kicker", "text"),
        ("article.short_title", "text"),
        ("article.body", "markdown"),
        ("contacts.about", "markdown"),
        ("article.lead_picture", "other"),
        ("article.lead_picture.caption", "text"),
        ("article.sidebars.items", "text"),
        ("picture.caption", "text"),
        ("view.person", "other"),
        ("view.person.role", "text"),
        ("view.title", "text"),
        ("event.quotation.by", "text"),
        ("chronicle.events.title", "text"),
        ("chronicle.highlights", "other"),
        ("issue.date", "other"),
        ("issue.sections.articles.person.name", "text"),
        ("section.contents_line", "text"),
        ("publication.imprint.editor", "text"),
        ("article", None),
        ("article.titel", None),
        ("article.title.x", None),
        ("article.x.title", None),
        ("artikel.title", None),
        ("article.", None),
        ("", None),
    ],
)
def test_a_name_says_what_its_slot_holds(name: str, held: Holding | None) -> None:
    assert holding(name) == held


def test_every_kind_of_part_can_begin_a_name() -> None:
    found = {type(part) for root in issue_and_publication() for part in parts_in(root)}
    named = {part for part in found if issubclass(part, tuple(OWNERS.values()))}
    assert {part.__name__ for part in found - named} == {"LayoutChoice", "Press", "Review"}


def issue_and_publication() -> tuple[Part, Part]:
    copy = specimen().copy
    return copy.publication, copy.issue


def texts(name: str) -> list[str]:
    parts = [part for root in issue_and_publication() for part in parts_in(root)]
    return [passage.text for _owner, passage in fillings(name, parts)]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("publication.name", [specimen().copy.publication.name]),
        ("view.title", ["谈留白", "谈墨色"]),
        ("article.title", ["铅字怎样成行", "栏与栏的间隔", "谈留白", "谈墨色"]),
        ("section.picture.caption", ["花线收束一栏", "夜里的南巷"]),
        ("chronicle.title", ["工房大事"]),
        ("chronicle.events.outputs", ["宋体一副", "楷体一副"]),
        ("event.quotation.by", ["库管辛"]),
        ("article.person.role", ["装帧人"]),
        ("cover.tagline", ["字里行间，自有分寸"]),
        ("section.articles.sidebars.figures.value", ["四十二行", "二十二字"]),
    ],
)
def test_a_slot_is_filled_by_every_text_that_it_names(name: str, words: list[str]) -> None:
    assert texts(name) == words


def test_a_filling_comes_with_the_part_it_belongs_to() -> None:
    issue = specimen().copy.issue
    owners = [owner for owner, _passage in fillings("article.title", parts_in(issue))]
    assert owners == list(issue.articles())
    assert all(isinstance(owner, Article) for owner in owners)


def test_the_longer_name_and_the_narrower_kind_describe_a_text_more_closely() -> None:
    assert rank("section.picture.caption") > rank("picture.caption")
    assert rank("view.title") > rank("article.title")
    assert rank("chronicle.title") > rank("section.title")


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("article.titel", "article.title"),
        ("artikel.title", "article.title"),
        ("view.standfrist", "view.standfirst"),
        ("zzz", None),
    ],
)
def test_a_mistyped_name_has_a_nearest_one(name: str, near: str | None) -> None:
    assert nearest(name) == near
