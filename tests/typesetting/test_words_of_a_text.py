"""The words of a text, as the headlines' breaking needs them."""

from __future__ import annotations

import subprocess
import sys

from hypothesis import given
from hypothesis import strategies as st

from newsletter.typesetting.words import NEWER, TERM, Word, words_of

TEXT = st.text(alphabet="绿色发展的一带路在北京2021 AB，：—“”《》\u3000\ufffc", max_size=40)
TERMS = st.lists(st.text(alphabet="绿色发展的一带路.+", max_size=4), max_size=4)


def texts(text: str, *terms: str) -> list[str]:
    return [word.text for word in words_of(text, terms)]


def test_words_are_those_of_the_dictionary() -> None:
    assert texts("咨询委员会举行视频会议") == ["咨询", "委员会", "举行", "视频会议"]


def test_words_come_with_their_part_of_speech() -> None:
    assert words_of("在北京举行") == (
        Word("在", "p"),
        Word("北京", "ns"),
        Word("举行", "v"),
    )


def test_words_that_came_after_the_dictionary_are_known() -> None:
    assert texts("可持续发展与碳中和") == ["可持续发展", "与", "碳中和"]
    assert all(texts(word) == [word] for word in NEWER)


def test_a_term_is_one_word_wherever_it_stands() -> None:
    assert "姆文查" not in texts("姆文查在北京")
    assert words_of("听姆文查说", ["姆文查"])[1] == Word("姆文查", TERM)


def test_the_longer_of_two_terms_comes_first() -> None:
    assert texts("绿色丝绸之路建设", "绿色丝绸", "绿色丝绸之路") == ["绿色丝绸之路", "建设"]


def test_a_text_of_nothing_has_no_words() -> None:
    assert words_of("") == ()


@given(TEXT, TERMS)
def test_the_words_together_are_the_text(text: str, terms: list[str]) -> None:
    assert "".join(texts(text, *terms)) == text


def test_the_dictionary_is_not_opened_before_a_headline_needs_it() -> None:
    program = (
        "import sys; sys.path.insert(0, 'tests'); from composing import texts;"
        "from newsletter.typesetting.dictionary import dictionary;"
        "texts('绿色发展' * 9, 9); texts('绿色发展', 9, goal='balanced');"
        "assert not dictionary.cache_info().currsize;"
        "texts('绿色发展' * 9, 9, goal='balanced'); assert dictionary.cache_info().currsize"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
