"""What the report says of changes: one of a thing is said as one, several as several."""

from __future__ import annotations

import pytest

from newsletter.review.classes import Change, Kind
from newsletter.review.report.wording import LABELS, SAID, metadata_name, sentence


@pytest.mark.parametrize(
    ("kind", "what", "one", "several"),
    [
        (Kind.ORDER, "words", "1 word stands elsewhere", "2 words stand elsewhere"),
        (Kind.REFLOW, "lines", "1 line broken", "2 lines broken"),
        (Kind.TYPE, "letters", "1 letter,", "2 letters,"),
        (Kind.TYPE, "spacing", "1 line spaced", "2 lines spaced"),
        (Kind.MOVED, "lines", "1 line moved", "2 lines moved"),
        (Kind.COLOUR, "letters", "1 letter,", "2 letters,"),
        (Kind.IMPERCEPTIBLE, "letters", "1 letter,", "2 letters,"),
    ],
)
def test_a_count_is_of_one_or_of_several(kind: Kind, what: str, one: str, several: str) -> None:
    assert sentence(Change(kind, what, count=1), "en").startswith(one)
    assert sentence(Change(kind, what, count=2), "en").startswith(several)


def test_every_sentence_with_a_count_chooses_its_words() -> None:
    counting = [words["en"] for words in SAID.values() if "{count}" in words["en"]]
    assert counting
    assert all("{count:" in text for text in counting)


def test_what_a_pdf_says_besides_its_pages_is_called_by_its_name() -> None:
    assert metadata_name("Outline", "zh") == "书签"
    assert metadata_name("Outline", "en") == "bookmarks"
    assert metadata_name("Trapped", "zh") == "Trapped"


def test_the_labels_in_chinese_have_the_marks_of_chinese() -> None:
    for words in LABELS.values():
        assert not {*words["zh"]} & {*",:;()"}
        assert " em" not in words["zh"]
