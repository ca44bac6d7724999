"""Diagnostics and their catalogue: complete in both languages, in order, safe to show."""

from __future__ import annotations

import errno
import json
import os
import pickle
import re
from pathlib import Path
from xml.parsers import expat

import pytest

from newsletter import diagnostics
from newsletter.diagnostics import (
    Diagnostic,
    Entry,
    Place,
    Refused,
    Severity,
    Term,
    catalogue,
    entry,
    has_errors,
    in_order,
    listed,
    terms,
    with_names,
)
from newsletter.expectation import EXPECTED, REASONS, reason

LANGUAGES = {"en", "zh"}
HAN = re.compile(r"[\u4e00-\u9fff]")
every_entry = pytest.mark.parametrize("about", catalogue().values(), ids=lambda about: about.code)


@every_entry
def test_an_entry_speaks_both_languages(about: Entry) -> None:
    for texts in (about.message, about.explanation, *about.hints.values()):
        assert set(texts) == LANGUAGES
        assert all(text.strip() == text != "" for text in texts.values())
        assert HAN.search(texts["zh"])
        assert re.search(r"[a-z]", texts["en"])


@every_entry
def test_an_explanation_has_no_placeholders_because_nothing_fills_them(about: Entry) -> None:
    for text in about.explanation.values():
        assert "{{" not in text
        assert not re.search(r"\{[a-z_]+\}", text)


@every_entry
def test_a_code_and_its_name_have_the_form_that_people_look_up(about: Entry) -> None:
    assert re.fullmatch(r"N\d{3}", about.code)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", about.name)


def test_no_two_codes_share_a_name() -> None:
    names = [about.name for about in catalogue().values()]
    assert len(names) == len(set(names))


def test_codes_come_in_order() -> None:
    assert list(catalogue()) == sorted(catalogue())


def test_a_code_that_stands_twice_is_an_error_of_the_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "N101: {name: a, severity: error, message: {en: a, zh: 甲}, explain: {en: a, zh: 甲}}\n"
    for name in ("n1-one.yaml", "n2-two.yaml"):
        (tmp_path / name).write_text(text, "utf-8")
    monkeypatch.setattr(diagnostics, "CATALOGUE", tmp_path)
    with pytest.raises(ValueError, match="N101 stands twice"):
        diagnostics.catalogue.__wrapped__()


@every_entry
def test_no_english_word_ends_in_a_bracketed_s(about: Entry) -> None:
    for text in (about.message["en"], *(hint["en"] for hint in about.hints.values())):
        assert "(s)" not in text


@pytest.mark.parametrize(
    ("code", "name", "one", "several"),
    [
        ("N138", "count", "has 1 item", "has 2 items"),
        ("N322", "channels", "1 channel)", "2 channels)"),
        ("N711", "count", "1 page fills", "2 pages fill"),
        ("N711", "blanks", "1 blank at the end makes", "2 blank at the end make"),
        ("N758", "count", "1 signature was", "2 signatures were"),
        ("N787", "old", "1 page, now", "2 pages, now"),
        ("N802", "lines", "1 loose line,", "2 loose lines,"),
        ("N803", "count", "1 character:", "2 characters:"),
        ("N805", "lines", "1 line wider than its", "2 lines wider than their"),
        ("N806", "lines", "1 line short of its", "2 lines short of their"),
        ("N908", "count", "(1 repair)", "(2 repairs)"),
        ("N913", "count", "1 page is", "2 pages are"),
        ("N931", "count", "1 other file:", "2 other files:"),
        ("N935", "count", "1 layer:", "2 layers:"),
    ],
)
def test_a_count_is_of_one_or_of_several(code: str, name: str, one: str, several: str) -> None:
    assert one in Diagnostic(code, None, {name: 1}).message("en")
    assert several in Diagnostic(code, None, {name: 2}).message("en")
    assert several.replace("2", "…", 1) in Diagnostic(code).message("en")


def test_a_hint_counts_too() -> None:
    assert Diagnostic("N106", None, {"most": 1}, "fewer").hint_text() == "give at most 1 entry"
    assert Diagnostic("N793", None, {"count": 3}, "filters").hint_text() == (
        "without the filters there are 3"
    )


def test_a_sentence_is_explained_with_the_word_for_several() -> None:
    assert with_names("{lines} loose {lines:line|lines}") == "{lines} loose lines"


def test_terms_are_translated_in_messages_and_plain_in_values() -> None:
    problem = Diagnostic("N105", None, {"field": "title", "model": Term("article")})
    assert terms()["article"]["zh"] in problem.message("zh")
    assert terms()["article"]["en"] in problem.message("en")
    assert problem.values["model"] == "article"


def test_a_term_may_stand_after_what_it_is_said_of_and_name_other_values() -> None:
    missing = Diagnostic("N603", None, {"problem": Term("faces.0: it is missing")})
    assert missing.message("zh").endswith("faces.0：缺少这一项")
    assert missing.message("en").endswith("faces.0: it is missing")
    twice = Diagnostic("N603", None, {"problem": Term("one: family twice")})
    assert twice.message("zh").endswith("文件夹one中已有同名字体")
    lacking = {"problem": Term("no field"), "kind": Term("article"), "word": "titel"}
    assert Diagnostic("N504", None, lacking).message("zh").endswith("文章没有字段“titel”")
    assert (
        Diagnostic("N504", None, lacking).message("en").endswith("an article has no field 'titel'")
    )


def test_what_a_term_is_said_of_is_shown_without_what_a_terminal_would_obey() -> None:
    problem = Diagnostic("N603", None, {"problem": Term("a\x1b[31m: it is missing")})
    assert problem.message("en").endswith("a\\u001b[31m: it is missing")
    twice = Diagnostic("N603", None, {"problem": Term("a\x1b: family twice")})
    assert "a\\u001b" in twice.message("zh")


def test_every_term_is_a_sentence_that_can_be_filled() -> None:
    for texts in terms().values():
        for text in texts.values():
            assert with_names(text)


@pytest.mark.parametrize(
    "kind", sorted({*REASONS, *EXPECTED, "less_than", "url_parsing"} - {*EXPECTED.values()})
)
def test_what_pydantic_says_is_said_in_both_languages(kind: str) -> None:
    assert HAN.search(terms()[reason(kind)]["zh"])
    assert reason(kind, ("faces", 0)) == f"faces.0: {reason(kind)}"


@pytest.mark.parametrize("text", ["{", "[1 2]", '{"a" 1}', "{a: 1}", '{"a', '"\n"', "1 2", '"\\x"'])
def test_what_the_reader_of_json_says_is_said_in_both_languages(text: str) -> None:
    with pytest.raises(json.JSONDecodeError) as caught:
        json.loads(text)
    assert HAN.search(terms()[caught.value.msg]["zh"])


@pytest.mark.parametrize(
    "text", ["", "<a>", "<a b=1/>", "<a></b>", "<a b='' b=''/>", "<a/><b/>", "<a>&b;</a>", "<a"]
)
def test_what_the_reader_of_xml_says_is_said_in_both_languages(text: str) -> None:
    with pytest.raises(expat.ExpatError) as caught:
        expat.ParserCreate().Parse(text, True)  # noqa: FBT003 - expat's
    assert HAN.search(terms()[expat.ErrorString(caught.value.code)]["zh"])


def test_terms_speak_both_languages() -> None:
    assert all(set(texts) == LANGUAGES for texts in terms().values())


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("a\x1b[31mb", "a\\u001b[31mb"),
        ("a\nb", "a\\u000ab"),
        ("绿\u200b色", "绿\\u200b色"),
        ("绿\u3000色", "绿\\u3000色"),
        ("{id}", "{id}"),
        ("{0.__class__}", "{0.__class__}"),
    ],
)
def test_a_value_is_shown_without_what_a_terminal_would_obey(value: str, shown: str) -> None:
    assert shown in Diagnostic("N101", None, {"file": value}).message("en")


def test_names_are_listed_as_the_language_does() -> None:
    problem = Diagnostic("N504", None, {"names": listed(["a, b", "c"])}, "names")
    assert problem.values["names"] == "a, b, c"
    assert problem.hint_text("zh") == "现有：a, b、c"
    assert problem.hint_text("en") == "there are: a, b, c"
    assert pickle.loads(pickle.dumps(problem)).hint_text("zh") == "现有：a, b、c"  # noqa: S301


def test_a_long_value_is_cut_in_the_middle() -> None:
    message = Diagnostic("N101", None, {"file": "头" + "中" * 9000 + "尾"}).message("en")
    assert len(message) < 1000
    assert "头" in message
    assert "尾" in message


def test_a_value_that_nobody_gave_is_not_shown_as_none() -> None:
    assert "None" not in Diagnostic("N101").message("en")


def test_without_a_hint_there_is_none() -> None:
    assert Diagnostic("N101", None, {"file": "a"}, hint=None).hint_text("en") is None
    assert Diagnostic("N710", None, {"file": "a"}).hint_text("en") is None


def test_the_severity_is_the_catalogues_unless_it_was_raised() -> None:
    problem = Diagnostic("N505")
    assert problem.severity is entry("N505").severity is Severity.WARNING
    assert problem.at(Severity.ERROR).severity is Severity.ERROR


def test_only_errors_stop_the_line() -> None:
    warning = Diagnostic("N505")
    assert not has_errors([warning])
    assert has_errors([warning, Diagnostic("N101")])


def test_they_come_by_place_each_once_and_those_without_a_place_first() -> None:
    late = Diagnostic("N104", Place("b.yaml", 2, 1))
    early = Diagnostic("N105", Place("a.yaml", 10, 1))
    first = Diagnostic("N104", Place("b.yaml", 1, 9))
    nowhere = Diagnostic("N702")
    assert in_order([late, first, late, nowhere, early]) == [nowhere, early, first, late]


def test_two_problems_of_one_place_are_both_kept() -> None:
    place = Place("a.yaml")
    both = [Diagnostic("N104", place, {"field": name}) for name in ("a", "b")]
    assert len(in_order(both)) == 2


def test_a_refusal_names_codes_and_places() -> None:
    refusal = Refused([Diagnostic("N104", Place("a.yaml", 3, 5))])
    assert str(refusal) == "a.yaml:3:5: N104"


def test_what_the_system_says_of_a_file_is_said_in_both_languages() -> None:
    problem = Diagnostic("N702", None, {"file": "a", "reason": Term(os.strerror(errno.EACCES))})
    assert "没有权限" in problem.message("zh")
    assert "Permission denied" in problem.message("en")


def test_a_word_that_is_none_of_ours_is_shown_like_any_value() -> None:
    problem = Diagnostic("N702", None, {"file": "a", "reason": Term("b\x1b[31m")})
    assert "b\\u001b[31m" in problem.message("zh")
