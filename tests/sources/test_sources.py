"""YAML with marks: laws that hold for any text, and the places of what is wrong."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from growth import grows_linearly
from newsletter.diagnostics import Diagnostic, Place, Refused
from newsletter.sources import (
    Mapping,
    Node,
    Scalar,
    Sequence,
    Source,
    descend,
    is_wide,
    joins_without_space,
    load,
    parse,
    plain,
    read,
)
from newsletter.sources.builder import DEEPEST, MOST_PROBLEMS
from newsletter.sources.files import LARGEST_FILE

YAML_LIKE = st.text(
    st.sampled_from(list("ab中，：“”—　 \n\n\t:-#[]{}&*!|>'\"%@`?,~\\0\x07\x85\u2028\ufeff😀\r")),
    max_size=80,
)
WORDS = st.text(st.sampled_from(list("ab中文，“’😀　·é: #-'\"\\")), min_size=1, max_size=30)
LINES = st.lists(st.text(st.sampled_from(list("ab中文，“　-#:>* ")), max_size=12), max_size=6)


def source(text: str) -> Source:
    return Source.of(Path("a.yaml"), "a.yaml", text)


def tree(text: str) -> Mapping:
    return parse(source(text))


def value(text: str, name: str = "a") -> Scalar:
    node = tree(text).values[name]
    assert isinstance(node, Scalar)
    return node


def problems(text: str) -> list[Diagnostic]:
    with pytest.raises(Refused) as refusal:
        parse(source(text))
    return refusal.value.diagnostics


def told(text: str) -> list[str]:
    return [f"{d.code} {d.place.line}:{d.place.column}" for d in problems(text) if d.place]


def scalars(node: Node) -> list[Scalar]:
    if isinstance(node, Scalar):
        return [node]
    inner = (
        node.items if isinstance(node, Sequence) else [*node.keys.values(), *node.values.values()]
    )
    return [scalar for child in inner for scalar in scalars(child)]


# Laws


@given(st.one_of(st.text(max_size=60), YAML_LIKE))
@example("\ud800")
@example("a: \x00")
@example("? - a\n: b")
def test_any_text_is_parsed_or_refused_at_places_that_it_has(text: str) -> None:
    lines = text.split("\n")
    try:
        places: list[Place | None] = [scalar.place() for scalar in scalars(parse(source(text)))]
    except Refused as refusal:
        places = [d.place for d in refusal.diagnostics]
    for place in places:
        assert place is not None
        assert 1 <= place.line <= place.end_line <= len(lines)
        assert 1 <= place.column <= len(lines[place.line - 1]) + 1
        assert (place.line, place.column) <= (place.end_line, place.end_column)


@given(st.one_of(st.text(max_size=60), YAML_LIKE))
def test_every_character_of_a_value_has_its_place(text: str) -> None:
    try:
        found = scalars(parse(source(text)))
    except Refused:
        return
    for scalar in found:
        assert len(scalar.offsets) == len(scalar.text or "")
        assert all(scalar.start <= offset <= scalar.end for offset in scalar.offsets)
        assert list(scalar.offsets) == sorted(scalar.offsets)


def stands_as_written(scalar: Scalar) -> bool:
    written = scalar.source.text
    return all(written[at] == c for c, at in zip(scalar.text or "", scalar.offsets, strict=True))


@given(LINES, st.integers(1, 4))
def test_the_characters_of_a_literal_block_are_where_they_are_written(
    lines: list[str], indent: int
) -> None:
    body = ["首", *lines, "尾"]
    text = "a: |\n" + "".join(f"{' ' * indent}{line}\n" for line in body) + "b: 丙\n"
    scalar = value(text)
    assert scalar.text == "\n".join(body) + "\n"
    assert stands_as_written(scalar)
    for index, character in enumerate(scalar.text):
        if character != "\n":
            column = scalar.place(index, index + 1).column
            row = scalar.text.count("\n", 0, index)
            assert column == indent + 1 + index - (scalar.text.rfind("\n", 0, index) + 1)
            assert scalar.place(index).line == row + 2


@given(WORDS)
def test_the_characters_of_a_quoted_value_are_where_they_are_written(words: str) -> None:
    single = words.replace("'", "''")
    scalar = value(f"中: 1\na: '{single}'", "a")
    assert scalar.text == words
    assert stands_as_written(scalar)
    double = words.replace("\\", "\\\\").replace('"', '\\"')
    scalar = value(f'中: 1\na: "{double}"', "a")
    assert scalar.text == words
    for character, at in zip(words, scalar.offsets, strict=True):
        assert scalar.source.text[at] == ("\\" if character in '\\"' else character)


@given(st.lists(st.text("ab中文，“”　", min_size=1, max_size=8), min_size=1, max_size=5))
def test_lines_fold_alike_in_every_style_and_keep_their_places(lines: list[str]) -> None:
    expected = lines[0]
    for line in lines[1:]:
        expected += line if joins_without_space(expected, line) else f" {line}"
    broken = "\n  ".join(lines)
    for text in (f"a: >-\n  {broken}\n", f"a: {broken}\n", f"a: '{broken}'\n", f'a: "{broken}"\n'):
        scalar = value(text)
        assert scalar.text == expected
        for character, at in zip(expected, scalar.offsets, strict=True):
            assert text[at] == ("\n" if character == " " else character)


@given(
    st.recursive(
        st.sampled_from(["文", None]),
        lambda inner: st.one_of(
            st.lists(inner, max_size=3), st.dictionaries(st.sampled_from("abc"), inner, max_size=3)
        ),
        max_leaves=12,
    )
)
def test_the_plain_tree_is_what_was_written(data: object) -> None:
    assert plain(tree(json.dumps({"a": data}, ensure_ascii=False))) == {"a": data}


# What text means


@pytest.mark.parametrize(
    "text",
    [
        "2021-04-20",
        "NO",
        "yes",
        "true",
        "010",
        "1.10",
        "1_000",
        "0x1F",
        ".inf",
        "1e3",
        "12:30:45",
        "<<",
        "=",
        "nan",
    ],
)
def test_plain_text_stays_as_it_is_written(text: str) -> None:
    assert value(f"a: {text}").text == text


@pytest.mark.parametrize("text", ["", "~", "null", "Null", "NULL"])
def test_only_nothing_is_nothing(text: str) -> None:
    assert value(f"a: {text}").text is None


@pytest.mark.parametrize("text", ["''", '""', "'null'", '"~"', "|\n  null", ">-\n  null"])
def test_what_is_quoted_is_text(text: str) -> None:
    assert value(f"a: {text}").text is not None


@pytest.mark.parametrize(
    ("before", "after", "joined"),
    [
        ("绿色", "发展", True),
        ("绿色", "Belt", True),
        ("Belt", "绿色", True),
        ("Belt", "and", False),
        ("会议，", "and", True),
        ("“", "绿色", True),
        ("绿色”", "and", True),
        ("and “", "Belt", False),
        ("——", "and", False),
        ("한국", "어", False),
        ("か", "な", True),
        ("", "", False),
    ],
)
def test_lines_join_without_a_space_when_either_side_is_chinese(
    before: str,
    after: str,
    joined: bool,  # noqa: FBT001
) -> None:
    assert joins_without_space(before, after) is joined


def test_hangul_is_not_wide_here_because_it_has_spaces() -> None:
    assert is_wide("中")
    assert not is_wide("한")


# Places


def test_a_place_counts_characters_from_one() -> None:
    place = value("中文: 1\na: 绿色").place(1, 2)
    assert place == Place("a.yaml", 2, 5, 2, 6)


def test_the_place_of_a_long_value_is_its_first_line() -> None:
    assert value("a: 一\n  二\n").place() == Place("a.yaml", 1, 4, 1, 5)


def test_a_place_beyond_the_value_is_its_last_character() -> None:
    assert value("a: 绿色").place(9, 12) == Place("a.yaml", 1, 5, 1, 6)
    assert value("a:").place(0, 1).line == 1


def test_leading_ideographic_spaces_are_found_behind_the_indentation() -> None:
    scalar = value("a: |\n  　　会议\n")
    assert scalar.place(0, 2) == Place("a.yaml", 2, 3, 2, 5)


def test_spaces_of_the_text_are_found_behind_those_of_the_block() -> None:
    scalar = value("a: |2\n     一\n  二\n")
    assert scalar.text == "   一\n二\n"
    assert scalar.place(0).column == 3


def test_an_escaped_line_break_is_no_character() -> None:
    scalar = value('a: "绿\\\n   色"')
    assert scalar.text == "绿色"
    assert scalar.place(1).line == 2


def test_descending_stops_where_the_tree_ends() -> None:
    root = tree("a:\n  - b: 文\n")
    node, rest = descend(root, ("a", 0, "b"))
    assert plain(node) == "文"
    assert rest == ()
    for location in (("a", 1, "b"), ("a", "b"), ("c",), ("a", 0, "b", 0)):
        node, rest = descend(root, location)
        assert location[-len(rest) :] == rest


# What is wrong


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ["N112 1:1"]),
        ("# 注", ["N112 1:1"]),
        ("~", ["N112 1:1"]),
        ("- a", ["N113 1:1"]),
        ("文", ["N113 1:1"]),
        ("a: 1\na: 2", ["N107 2:1"]),
        ("a: 1\n'a': 2\n\"a\": 3", ["N107 2:1", "N107 3:1"]),
        ("- a: 1\n  a: 2", ["N107 2:3", "N113 1:1"]),
        ("~: 1\nnull: 2", ["N107 2:1"]),
        ("a:\n\t- b", ["N109 2:1"]),
        ("a: [b", ["N110 1:4"]),
        ("a: [", ["N110 1:4"]),
        ("a: [b, {", ["N110 1:8"]),
        ("a: [b]]", ["N111 1:7"]),
        ("a: {b: c", ["N110 1:4"]),
        ("a: 'b", ["N110 1:4"]),
        ('a: "b', ["N110 1:4"]),
        ("中: 1\na: &x b\nc: *x\nd: *y", ["N114 2:4", "N114 4:4"]),
        ("a: ! b", ["N115 1:4"]),
        ("a: !!str b", ["N115 1:4"]),
        ("a: &x !y b", ["N114 1:4", "N115 1:7"]),
        ("a: b\n--- \nc: d", ["N122 2:1"]),
        ("a: b\n...\n---\nc: d", ["N122 3:1"]),
        ("a: b: c", ["N123 1:5"]),
        ("? {a: b}\n: c", ["N126 1:4"]),
        ("a: x\x7fy", ["N134 1:5"]),
        ("中文: x\x90", ["N134 1:6"]),
        ("a: x\u2028y", ["N134 1:5"]),
        ('a: "\\u2028"', ["N134 1:5"]),
        ('a: "\\x1b"', ["N134 1:5"]),
        ("a: 1\ntitle：文\nb: 2", ["N135 2:6"]),
        ("- 'name'：张三\n  role: 编辑", ["N135 1:9"]),
        ("title:文\nb: 2", ["N135 1:6"]),
        ("a: https://example.org\nb\nc: d", ["N111 2:1"]),
    ],
)
def test_what_is_wrong_is_told_once_at_its_place(text: str, expected: list[str]) -> None:
    assert told(text) == sorted(expected, key=lambda t: [int(n) for n in t[5:].split(":")])


def test_ideographic_spaces_and_tabs_are_text() -> None:
    tree = parse(source("a: 中\u3000文\t字"))
    assert plain(tree) == {"a": "中\u3000文\t字"}


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        (r'a: "C:\家"', "escape"),
        ('a: "b" c', "after"),
        ("a: [b] c\nd: e", "after"),
        ("a: `b`", "mark"),
        ("a: - b", "dash"),
        ("a: b\nc\nd: e", "indent"),
        ("body: |\n  一。\n\n二。\n\n  三。\n", "indent"),
        ("body: |\n  一。\n\n![](dam)\n", "indent"),
        ("body: |\n  一。\n\n| 甲 | 乙 |\n", "indent"),
        ("body: |\n  一。\n## 小标题\n\n二。\n", "indent"),
        ("body: |\n    一。\n\n  二。\n", "indent"),
        ("a: 甲 #1\n  乙\n", "comment"),
        ("a:\n  b: c\n d: e\n", "default"),
        ("kicker: *重要*\n", "mark"),
        ("a: !新馆\nb: c\n", "mark"),
        ("a: , b\nc: d\n", "mark"),
        ("a: ? b\n", "mark"),
        ("a: | 新馆\nb: c\n", "bar"),
        ("a:\n  - b: > 新馆\n", "bar"),
        ("body: |\n  一。\n\n**二**三。\n", "indent"),
        ("body: |\n  一。\n\n* 二\n", "indent"),
        ("body: |\n  一。\n\n## 小标题\n\n  二。\n", "subhead"),
        ("a: b\n<<<<<<< HEAD\nc: d\n=======\nc: e\n>>>>>>> other\n", "conflict"),
        ("body: |\n\u00a0\u00a0一。\n", "blank"),
        ("body: |\n  一。\n\n　　二。\n", "blank"),
        ("a:\n  - b\n  -c\n  - d\n", "item"),
        ("a:\n  - b\n  － c\n  - d\n", "item"),
        ("a:\n  -b: c\n    d: e\n", "item"),
        ("a:\n  - b: c\n   d: e\n", "align"),
        ("a: b\n- c: d\n", "stray"),
    ],
)
def test_a_slip_of_syntax_has_the_hint_that_remedies_it(text: str, hint: str) -> None:
    (problem,) = problems(text)
    assert (problem.code, problem.hint) == ("N111", hint)
    assert "expected" not in problem.message("zh")


def test_a_tag_is_quoted_as_it_is_written() -> None:
    (problem,) = problems("a: !!python/name:os.system")
    assert problem.values["tag"] == "!!python/name:os.system"


def test_as_many_levels_as_are_allowed_can_be_read() -> None:
    deep = DEEPEST - 1
    tree("a: " + "[" * deep + "]" * deep)
    assert told("a: " + "[" * (deep + 1) + "]" * (deep + 1)) == [f"N125 1:{4 + deep}"]


def test_no_more_problems_are_told_than_anybody_reads() -> None:
    assert len(problems("a: 1\n" * (3 * MOST_PROBLEMS))) == MOST_PROBLEMS
    assert len(problems("a: '" + "\x01" * 3 * MOST_PROBLEMS)) == MOST_PROBLEMS


@pytest.mark.parametrize(
    ("before", "filling", "count", "after"),
    [
        ("a: >\n", "  绿色发展绿色发展\n", 20_000, ""),
        ("a:\n", "  - *b\n", 50_000, ""),
        ("a: ", "[", 200_000, ""),
        ("a: ", "{a: ", 100_000, ""),
        ("", "- ", 100_000, ""),
        ("", "? ", 100_000, ""),
        ("a: |\n", "  \n", 100_000, ""),
        ('a: "', "\\x41", 50_000, '"'),
    ],
    ids=["folds", "aliases", "brackets", "braces", "dashes", "keys", "blank lines", "escapes"],
)
def test_a_file_four_times_as_long_takes_about_four_times_as_long(
    before: str, filling: str, count: int, after: str
) -> None:
    def attempt(text: str) -> None:
        with contextlib.suppress(Refused):
            parse(source(text))

    short, long = (before + filling * n + after for n in (count // 4, count))
    assert grows_linearly(lambda: attempt(short), lambda: attempt(long), ratio=4)


# Files


def refused(path: Path) -> tuple[str, str]:
    with pytest.raises(Refused) as refusal:
        read(path, "shown.yaml")
    (problem,) = refusal.value.diagnostics
    return problem.code, str(problem.place)


@pytest.mark.parametrize(
    ("content", "code", "encoding"),
    [
        ("标题: 水坝".encode("gb18030"), "N102", "GB18030"),
        ("a: 水坝".encode("utf-16"), "N102", "UTF-16"),
        (b"a: \xff\xff", "N102", "another encoding"),
        ("a: 1".encode("utf-8-sig"), "N103", None),
        ("a: 1".encode("utf-16-le"), "N116", None),
        (b"a: 1" + b" " * 10_000 + b"\0", "N116", None),
    ],
)
def test_a_file_in_another_encoding_is_refused(
    tmp_path: Path, content: bytes, code: str, encoding: str | None
) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(content)
    with pytest.raises(Refused) as refusal:
        load(path, "a.yaml")
    (problem,) = refusal.value.diagnostics
    assert problem.code == code
    assert problem.values.get("encoding") == encoding


def test_the_place_of_a_foreign_byte_is_where_it_stands(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes("a: 一\n标题: ".encode() + b"\xff")
    assert refused(path) == ("N102", "shown.yaml:2:5")


def test_what_is_no_file_is_not_read(tmp_path: Path) -> None:
    assert refused(tmp_path / "none.yaml") == ("N101", "shown.yaml:1:1")
    assert refused(tmp_path) == ("N124", "shown.yaml:1:1")
    assert refused(Path("/dev/zero"))[0] == "N124"


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    with path.open("wb") as file:
        file.truncate(LARGEST_FILE + 1)
    assert refused(path)[0] == "N117"


def test_windows_line_endings_change_no_place(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes("a: 一\r\nb: 二\r\n".encode())
    root = load(path, "a.yaml")
    assert plain(root) == {"a": "一", "b": "二"}
    assert str(root.values["b"].place()) == "a.yaml:2:4"


def test_a_file_that_the_system_will_not_open_is_told_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("a: 1", "utf-8")

    def denied(_path: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", denied)
    assert refused(path) == ("N124", "shown.yaml:1:1")


@pytest.mark.parametrize("text", ["a: [{id: b，title: 甲}]\n", "a: {b：甲，c: 乙, d: e: f}\n"])
def test_what_full_width_marks_leave_open_is_told_as_such(text: str) -> None:
    (problem,) = problems(text)
    assert (problem.code, problem.hint) == ("N110", "wide")


def test_running_text_without_its_bar_is_told_so() -> None:
    (problem,) = problems("body:\n  一。\n\n  {sidebar: box}\n")
    assert (problem.code, problem.hint, problem.values["field"]) == ("N123", "running", "body")
    (problem,) = problems("body: ｜\n  一。\n\n  {sidebar: box}\n")
    assert (problem.code, problem.hint) == ("N123", "running")
    (problem,) = problems("title: 甲: 乙\n")
    assert (problem.code, problem.hint) == ("N123", "default")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('kicker: "新馆\nbyline: 甲\nfigures:\n  - value: "1,860"\n', "1:9"),
        ("items:\n  - '新馆\n  - 'b'\n", "2:5"),
        ('standfirst:\n  "新馆\nbyline: 甲\nkicker: "乙"\n', "2:3"),
    ],
)
def test_a_quotation_mark_that_is_lacking_is_told_where_the_text_begins(
    text: str, place: str
) -> None:
    (problem,) = problems(text)
    assert (problem.code, problem.hint) == ("N110", "below")
    assert str(problem.place).endswith(place)


@pytest.mark.parametrize(
    "text", ['a: "b"\nc: "d" e\n', 'a: "b\n  c"\nd: "e" f\n', 'a: b "c\nd: "e" f\n']
)
def test_text_behind_a_quotation_that_is_closed_is_told_there(text: str) -> None:
    (problem,) = problems(text)
    assert (problem.code, problem.hint) == ("N111", "after")


@pytest.mark.parametrize("line", ["**二**三。", "> 二", "![](dam)", " 二"])
def test_a_line_too_far_left_is_told_at_its_beginning(line: str) -> None:
    (problem,) = problems(f"body: |\n  一。\n\n{line}\n")
    assert str(problem.place).endswith(f":4:{len(line) - len(line.lstrip()) + 1}")


def test_a_subhead_that_ends_the_text_is_told_at_the_subhead() -> None:
    (problem,) = problems("body: |\n  一。\n\n## 小标题\n\n  1. 二。\n")
    assert (problem.code, problem.hint) == ("N111", "subhead")
    assert str(problem.place).endswith(":4:1")
    (problem,) = problems("a:\n  b: c\n# 说明\n d: e\n")
    assert problem.hint == "default"


@pytest.mark.parametrize("text", ["a: [甲 #1, 乙]\n", "a: {b: 甲 #1}\n"])
def test_what_a_comment_leaves_open_is_told_as_such(text: str) -> None:
    (problem,) = problems(text)
    assert (problem.code, problem.hint) == ("N110", "comment")
