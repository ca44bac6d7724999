"""Dates as an issue writes and prints them."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from newsletter.issue.words import LONGEST_BODY, LONGEST_LINE, DateSpan, Line, Markdown, Name

SPAN = TypeAdapter(DateSpan)


@pytest.mark.parametrize(
    ("text", "chinese"),
    [
        ("2021-04-20", "2021年4月20日"),
        ("2021-4-2", "2021年4月2日"),
        ("2021-04", "2021年4月"),
        ("2021-06-24/2021-06-25", "2021年6月24—25日"),
        ("2021-06-24/2021-07-01", "2021年6月24日—7月1日"),
        ("2021-12-31/2022-01-01", "2021年12月31日—2022年1月1日"),
        ("2021-06-24/2021-06-24", "2021年6月24日"),
        (" 2024-02-29 ", "2024年2月29日"),
    ],
)
def test_a_date_is_printed_in_chinese(text: str, chinese: str) -> None:
    assert SPAN.validate_python(text).chinese() == chinese


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("2021-02-29", "N121"),
        ("2021-13", "N121"),
        ("2021", "N121"),
        ("20210420", "N121"),
        ("２０２１-04-20", "N121"),
        ("0000-01-01", "N121"),
        ("2021-04-20/", "N121"),
        ("", "N121"),
        (None, "N121"),
        ([], "N121"),
        ("2021-06-25/2021-06-24", "N130"),
    ],
)
def test_a_date_that_is_none_is_refused(text: object, kind: str) -> None:
    with pytest.raises(ValidationError) as error:
        SPAN.validate_python(text)
    assert [e["type"] for e in error.value.errors()] == [kind]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("2021.4.20", "2021-04-20"),
        ("2021年4月20日", "2021-04-20"),
        ("2021-06-24—2021-06-25", "2021-06-24/2021-06-25"),
        ("2021-06-24/25", "2021-06-24/2021-06-25"),
        ("2021年6月24日至7月2日", "2021-06-24/2021-07-02"),
        ("2021年6月24—25日", "2021-06-24/2021-06-25"),
        ("2021.12.30 - 2022.1.2", "2021-12-30/2022-01-02"),
        ("六月二十日", None),
        ("2021-06-24/", None),
    ],
)
def test_a_date_in_another_notation_is_answered_with_ours(text: str, written: str | None) -> None:
    with pytest.raises(ValidationError) as error:
        SPAN.validate_python(text)
    assert error.value.errors()[0].get("ctx", {}).get("written") == written


@given(st.dates(), st.dates())
def test_every_range_is_read_as_it_is_written(one: dt.date, other: dt.date) -> None:
    start, end = sorted((one, other))
    span = SPAN.validate_python(f"{start.isoformat()}/{end.isoformat()}")
    assert (span.start, span.end) == (start, end)
    assert DateSpan.parse(span) is span


@pytest.mark.parametrize(
    ("words", "text", "kind"),
    [
        (Line, "文" * LONGEST_LINE, None),
        (Line, "文" * (LONGEST_LINE + 1), "N120"),
        (Line, "一\n二", "N128"),
        (Line, "一\n", None),
        (Line, " \n", "N127"),
        (Markdown, "文" * LONGEST_BODY, None),
        (Markdown, "文" * (LONGEST_BODY + 1), "N120"),
        (Markdown, "\n\n", "N127"),
        (Name, "a\n", "string_pattern_mismatch"),
        (Name, "-a", "string_pattern_mismatch"),
        (Name, "a" * 81, "string_too_long"),
    ],
)
def test_texts_have_their_limits(words: object, text: str, kind: str | None) -> None:
    adapter: TypeAdapter[str] = TypeAdapter(words)
    try:
        adapter.validate_python(text)
    except ValidationError as error:
        found = error.errors()[0]["type"]
    else:
        found = None
    assert found == kind
