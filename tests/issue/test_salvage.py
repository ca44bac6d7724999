"""What can be said of an issue that has errors: all that is sound in it is looked at."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

import small_issue
from newsletter.checking import survey
from newsletter.issue.salvage import salvage
from small_issue import ARTICLE, ISSUE, swap, write

SECOND = "issues/one/articles/second.yaml"
PICTURE = "lead_picture: {file: images/none.svg, alt: 坝}\n"


@pytest.fixture
def two(small: Path) -> Path:
    """A publication whose second article lacks its picture and has a slip of the copy."""
    write(small / SECOND, f"id: second\ntitle: 会议,要\n{PICTURE}body: 文。\n")
    swap(small / ISSUE, "      - articles/first.yaml\n", "      - articles/first.yaml\n" * 2)
    text = (small / ISSUE).read_text("utf-8").replace("first.yaml", "second.yaml", 1)
    write(small / ISSUE, text)
    return small


def told(root: Path) -> list[str]:
    return [f"{d.code} {d.place}" for d in survey(root, "one").problems]


OF_SECOND = [f"N406 {SECOND}:2:10", f"N301 {SECOND}:3:22"]


@pytest.mark.parametrize(
    "text",
    ["titel: 会议\n", "id: 二\n", "lead_picture: {file: images/none.svg}\n", "body: \n"],
)
def test_a_text_that_is_lacking_does_not_hide_the_rest_of_its_article(
    small: Path, text: str
) -> None:
    good = {
        "id": "id: first\n",
        "title": "title: 题\n",
        "lead_picture": PICTURE,
        "kicker": "kicker: 会议,要\n",
        "body": "body: 文。\n",
    }
    name = {"titel": "title"}.get(text.split(":", maxsplit=1)[0], text.split(":", maxsplit=1)[0])
    write(small / ARTICLE, "".join((good | {name: text}).values()))
    codes = [line.split(" ")[0] for line in told(small)]
    assert {"N301", "N406"} < {*codes}
    assert len(codes) == len({*codes}) == len(("an error of the text", "N301", "N406"))


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        (ARTICLE, "title", "titel", f"N104 {ARTICLE}:2:1"),
        (ARTICLE, "水坝建成", "[水坝", f"N110 {ARTICLE}:2:8"),
        (ISSUE, "first.yaml", "fist.yaml", f"N101 {ISSUE}:10:9"),
        (ISSUE, "title: 第一期", "titel: 第一期", f"N104 {ISSUE}:2:1"),
        (ISSUE, "id: news", "id: 新", f"N119 {ISSUE}:5:9"),
        (ISSUE, "period: 2021年", "cover: {picture: {alt: 图}}", f"N105 {ISSUE}:3:19"),
        ("newsletter.yaml", "publisher: 某社\n", "", "N105 newsletter.yaml:1:1"),
        ("newsletter.yaml", "name: 小报", "name: [小报", "N110 newsletter.yaml:1:7"),
        ("newsletter.yaml", "name: plain", "nam: plain", "N104 newsletter.yaml:4:3"),
    ],
)
def test_an_error_in_one_file_does_not_hide_the_faults_of_another(
    two: Path, file: str, old: str, new: str, expected: str
) -> None:
    swap(two / file, old, new)
    found = survey(two, "one")
    assert not found.is_complete
    assert set(told(two)) == {expected, *OF_SECOND}


def test_what_is_sound_in_a_file_with_errors_is_looked_at_too(two: Path) -> None:
    swap(two / SECOND, "alt: 坝", "alt: 坝, colour: 红")
    assert sorted(told(two)) == sorted([f"N104 {SECOND}:3:47", *OF_SECOND])


def test_nothing_is_said_that_what_is_left_out_has_caused(small: Path) -> None:
    write(
        small / ARTICLE,
        "id: first\ntitle: 题\nbody: |\n  ![](dam)\npictures:\n  - {id: dam, alt: 坝}\n",
    )
    assert told(small) == [f"N105 {ARTICLE}:6:6"]


@pytest.mark.parametrize("wrong", ["size: tiny", "span: whole", "kind: picture"])
def test_a_picture_of_unknown_size_is_not_called_too_coarse(small: Path, wrong: str) -> None:
    (small / "issues/one/images").mkdir(exist_ok=True)
    Image.new("RGB", (200, 200), "green").save(small / "issues/one/images/dam.png")
    picture = "lead_picture: {{file: images/dam.png, alt: 坝{}}}\n"
    head = "id: first\ntitle: 题\nbody: 文。\n"
    write(small / ARTICLE, head + picture.format(f", {wrong}"))
    assert [line.split(" ")[0] for line in told(small)] == ["N119"]
    write(small / ARTICLE, f"titel: 题\n{head}{picture.format('')}")
    assert [line.split(" ")[0] for line in told(small)] == ["N104", "N356"]


def test_a_file_that_is_named_but_has_errors_is_not_called_forgotten(two: Path) -> None:
    write(two / "issues/one/articles/draft.yaml", "id: draft\n")
    assert f"N142 {'issues/one/articles/draft.yaml'}:1:1" in told(two)
    swap(two / ARTICLE, "水坝建成", "[水坝")
    assert not [one for one in told(two) if one.startswith("N142")]


def test_a_byte_order_mark_does_not_hide_a_misspelt_field(small: Path) -> None:
    write(small / ARTICLE, "\ufeffid: first\ntitel: 题\nbody: 文。\n")
    assert told(small) == [f"N103 {ARTICLE}:1:1", f"N104 {ARTICLE}:2:1"]


def test_line_ends_of_an_old_macintosh_are_one_problem_and_hide_none(small: Path) -> None:
    write(small / ARTICLE, "id: first\rtitel: 题\rbody: 文。\rkicker: 会议\r" + "# 注\r" * 20)
    assert told(small) == [f"N134 {ARTICLE}:1:10", f"N104 {ARTICLE}:2:1"]


@pytest.mark.parametrize("character", ["\x0b", "\u2028", "\x90"])
def test_characters_that_are_no_text_hide_nothing(small: Path, character: str) -> None:
    """A word processor's line break is told, and so is what else is wrong in the file."""
    write(small / ARTICLE, f"id: first\ntitle: 水{character}坝\ntitel: 题\nbody: 会议,文。\n")
    assert sorted(told(small)) == [
        f"N104 {ARTICLE}:3:1",
        f"N134 {ARTICLE}:2:9",
        f"N406 {ARTICLE}:4:9",
    ]


def test_a_file_with_an_escape_that_is_no_text_is_not_called_forgotten(two: Path) -> None:
    swap(two / ARTICLE, "水坝建成", '"水\\0坝"')
    assert [one for one in told(two) if ARTICLE in one] == [f"N134 {ARTICLE}:2:10"]


def test_an_issue_without_errors_is_looked_at_as_a_whole(two: Path) -> None:
    found = survey(two, "one")
    assert found.is_complete
    assert sorted(told(two)) == sorted(OF_SECOND)
    assert salvage(two, "one").is_whole()


def test_of_an_issue_that_cannot_be_read_nothing_else_is_said(small: Path) -> None:
    swap(small / ISSUE, "title: 第一期", "title: [第一期")
    assert told(small) == [f"N110 {ISSUE}:2:8"]
    assert not survey(small, "one").is_complete


SCRAPS = [
    "title",
    "id",
    "articles",
    "sections",
    "kind: articles",
    "name",
    "layout",
    "- ",
    ": ",
    "\n",
]


@settings(max_examples=60)
@given(
    st.sampled_from([ISSUE, ARTICLE, "newsletter.yaml"]),
    st.sampled_from(SCRAPS),
    st.sampled_from(["", "x", "[]", "- a", "{}", "\n"]),
)
def test_whatever_is_wrong_something_is_told(
    tmp_path_factory: pytest.TempPathFactory, file: str, old: str, new: str
) -> None:
    root = small_issue.make(tmp_path_factory.getbasetemp() / "salvaged")
    text = (root / file).read_text("utf-8")
    write(root / file, text.replace(old, new, 1))
    found = survey(root, "one")
    assert (found.galley is None) == bool([d for d in found.problems if d.severity == "error"])
