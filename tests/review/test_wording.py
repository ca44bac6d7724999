"""What the report says of changes: one of a thing is said as one, several as several."""

from __future__ import annotations

import pytest

from newsletter.review.classes import Change, Kind
from newsletter.review.report.wording import SAID, sentence


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
