"""Reports: the caret stands under the right character, and JSON says the same."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsletter.diagnostics import Diagnostic, Place, Severity, Term
from newsletter.reporting import WINDOW, as_data, as_json, as_text, cells, summary

FILE = "a.yaml"


def excerpt(root: Path, line: str, column: int, width: int = 1, number: int = 1) -> tuple[str, str]:
    """Return the line and the carets of a report, without what stands before them."""
    (root / FILE).write_bytes(("\n" * (number - 1) + line + "\n末行\n").encode())
    place = Place(FILE, number, column, number, column + width)
    _, shown, carets, *_ = as_text([Diagnostic("N109", place)], root, "en").split("\n")
    gutter = len(f"  {number} | ")
    assert shown.startswith(f"  {number} | ")
    return shown[gutter:], carets[gutter:]


@pytest.mark.parametrize(
    ("line", "column", "width", "carets"),
    [
        ("title: a", 1, 5, "^^^^^"),
        ("标题: 水坝", 5, 1, "      ^^"),
        ("标题: 水坝", 3, 1, "    ^"),
        ("，。a", 3, 1, "    ^"),
        ("ｱb", 2, 1, " ^"),
        ("e\u0301b", 3, 1, " ^"),
        ("“b", 2, 1, " ^"),
        ("😀b", 2, 1, "  ^"),
        ("\tb", 1, 1, "^"),
        ("a", 2, 1, " ^"),
        ("a", 9, 1, " ^"),
        ("", 1, 1, "^"),
        ("　　会", 1, 2, "^^^^"),
        ("绿\u200b色", 2, 1, "  ^"),
        ("绿\x1b色", 3, 1, "   ^^"),
    ],
)
def test_the_caret_stands_under_the_character(
    tmp_path: Path, line: str, column: int, width: int, carets: str
) -> None:
    assert excerpt(tmp_path, line, column, width)[1] == carets


@given(st.text("ab中，", min_size=90, max_size=200), st.data())
def test_a_cropped_line_keeps_the_caret_under_its_character(
    tmp_path_factory: pytest.TempPathFactory, line: str, data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(line) - 1))
    marked = f"{line[:at]}囍{line[at + 1 :]}"
    shown, carets = excerpt(tmp_path_factory.getbasetemp(), marked, at + 1)
    assert cells(shown) <= WINDOW + 4
    assert cells(shown[: shown.index("囍")]) == len(carets) - len(carets.lstrip())
    assert carets.strip() == "^^"


def test_what_a_terminal_would_obey_is_not_printed(tmp_path: Path) -> None:
    shown, _ = excerpt(tmp_path, "a\x1b[31mb\x07\u202ec\ufeff", 1)
    assert shown == "a·[31mb··c·"


def test_a_place_over_several_lines_is_marked_to_the_end_of_its_first(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("abc\ndef\n", "utf-8")
    text = as_text([Diagnostic("N109", Place(FILE, 1, 2, 2, 2))], tmp_path, "en")
    assert text.split("\n")[2].endswith("|  ^^")


@pytest.mark.parametrize("place", [Place("none.yaml"), Place(FILE, 99), Place("folder"), None])
def test_without_a_line_there_is_no_excerpt(tmp_path: Path, place: Place | None) -> None:
    (tmp_path / FILE).write_text("a\n", "utf-8")
    (tmp_path / "folder").mkdir()
    assert " | " not in as_text([Diagnostic("N109", place)], tmp_path, "en")


def test_a_binary_file_is_not_shown(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"\x89PNG\0\0")
    assert " | " not in as_text([Diagnostic("N116", Place(FILE), {"file": FILE})], tmp_path, "en")


def test_a_file_outside_of_the_publication_is_not_shown(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret\n", "utf-8")
    root = tmp_path / "pub"
    root.mkdir()
    (root / FILE).symlink_to("../secret")
    for name in (FILE, "../secret", str(tmp_path / "secret")):
        assert "secret\n" not in as_text([Diagnostic("N109", Place(name))], root, "en")


def test_a_file_that_changes_between_two_reports_is_shown_as_it_is(tmp_path: Path) -> None:
    assert excerpt(tmp_path, "before", 1)[0] == "before"
    assert excerpt(tmp_path, "after", 1)[0] == "after"


def test_only_line_feeds_end_a_line(tmp_path: Path) -> None:
    assert excerpt(tmp_path, "a\u2028b\rc\x0cd", 7)[0] == "a·b·c·d"
    (tmp_path / FILE).write_bytes(b"a\r\nb\r\n")
    assert "2 | b\n" in as_text([Diagnostic("N109", Place(FILE, 2))], tmp_path, "en")


def test_the_number_of_the_line_moves_the_caret(tmp_path: Path) -> None:
    assert excerpt(tmp_path, "标题", 2, number=100)[1] == "  ^^"


def test_chinese_and_english_reports_say_place_and_code(tmp_path: Path) -> None:
    problem = Diagnostic("N105", Place(FILE, 3, 5), {"field": "id", "model": Term("section")})
    english, chinese = (as_text([problem], tmp_path, language) for language in ("en", "zh"))
    for text in (english, chinese):
        assert text.startswith("a.yaml:3:5: ")
        assert "N105 missing-field" in text
    assert "error" in english
    assert "错误" in chinese
    assert "  提示：" in chinese


def test_words_are_styled_by_their_part(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("a\n", "utf-8")
    styled = as_text(
        [Diagnostic("N109", Place(FILE))], tmp_path, "en", lambda text, role: f"<{role}>{text}"
    )
    for role in ("place", "error", "caret", "hint"):
        assert f"<{role}>" in styled


# JSON


def test_json_holds_all_that_a_diagnostic_knows() -> None:
    problem = Diagnostic("N104", Place(FILE, 3, 5, 3, 9), {"field": "标题", "model": Term("issue")})
    data = json.loads(as_json([problem], "en", files=["x"]))
    (found,) = data["diagnostics"]
    assert data["files"] == ["x"]
    assert found == as_data(problem, "en")
    assert (found["code"], found["name"], found["severity"]) == ("N104", "unknown-field", "error")
    assert [found[key] for key in ("file", "line", "column", "end_line", "end_column")] == [
        FILE,
        3,
        5,
        3,
        9,
    ]
    assert found["values"] == {"field": "标题", "model": "issue"}


def test_json_without_a_place_has_null_for_it() -> None:
    (found,) = json.loads(as_json([Diagnostic("N702")], "zh"))["diagnostics"]
    assert found["file"] is found["line"] is found["end_column"] is None


def test_json_ends_where_it_begins_when_the_place_has_no_end() -> None:
    found = as_data(Diagnostic("N109", Place(FILE, 4, 2)), "en")
    assert (found["end_line"], found["end_column"]) == (4, 2)


# Summary


@pytest.mark.parametrize(("errors", "warnings"), [(0, 0), (1, 0), (0, 1), (2, 3)])
def test_a_summary_counts_errors_and_warnings(errors: int, warnings: int) -> None:
    found = [Diagnostic("N101")] * errors + [Diagnostic("N505")] * warnings
    for language in ("en", "zh"):
        digits = [int(c) for c in summary(found, language) if c.isdigit()]
        assert digits == ([errors, warnings] if found else [])


def test_notes_are_not_counted() -> None:
    note = Diagnostic("N505").at(Severity.NOTE)
    assert summary([note], "en") == summary([], "en")


def test_many_of_one_kind_at_one_place_are_told_together(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("一\n二\n", "utf-8")
    values = [{"page": 1, "count": 1, "text": f"字{n}"} for n in range(11)]
    found = [Diagnostic("N803", Place(FILE, 1), each) for each in values]
    found += [Diagnostic("N803", Place(FILE, 2), values[0]), Diagnostic("N803", None, values[0])]
    report = as_text(found, tmp_path, "en")
    assert report.count("runt") == 3 + 1 + 1
    assert report.count("  1 | 一") == 1
    assert report.count("hint") == 3
    assert "and 8 more of this kind here" in report
    assert "此处另有8个同类问题" in as_text(found, tmp_path, "zh")


def test_lines_end_in_a_report_as_they_do_in_reading(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes("\ufeffid: 一\r标题: 二\r".encode())
    report = as_text([Diagnostic("N109", Place(FILE, 2, 5))], tmp_path, "en")
    assert "  2 | 标题: 二\n    |       ^^\n" in report
