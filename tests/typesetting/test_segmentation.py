"""Texts divided into words: those of rjieba, to the letter."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import rjieba
import yaml
from hypothesis import given
from hypothesis import strategies as st

from newsletter.typesetting import dictionary as dictionary_module
from newsletter.typesetting.dictionary import dictionary
from newsletter.typesetting.segmentation import segmented

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
TRADITIONAL = [
    line[0]
    for line in (ROOT / "tools" / "traditional.txt").read_text("utf-8").splitlines()
    if line[0] not in "#麼"
]
"""Of 麼 rjieba's tags follow from no simplified character; see the file."""
MARKS = [
    *"，。：“”《》——…、·（）　 \t\r\n+#&._%-.%-",
    *"abcXYZ0129éñßγЖ１２ＡＢ①Ⅷ½٣々〇囧￼😀",
    *"㐀㐁\u9fd6\u9fff\uf900\U00020000\U0002ebf0\U00030000",
]
FEWEST_TEXTS = 500
BREADTH = 2 * 0xFFFF


def words() -> list[str]:
    """Return the words of the dictionary."""
    leaves = dictionary()._words
    return [
        chr(key) + line.split(" ")[0]
        for key in leaves._keys
        for line in leaves.of(key).decode().split("\n")[1:-1]
    ]


def texts_in(value: object) -> Iterator[str]:
    """Yield all texts of a YAML file."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from texts_in(key)
            yield from texts_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts_in(inner)


def written(path: Path) -> list[str]:
    return list(texts_in(yaml.safe_load(path.read_text("utf-8"))))


def differences(texts: list[str]) -> list[tuple[Any, Any]]:
    """Return ours and rjieba's words of those texts of which they differ."""
    pairs = [(list(segmented(text)), rjieba.tag(text)) for text in texts]
    return [pair for pair in pairs if pair[0] != pair[1]]


# The words of rjieba -----------------------------------------------------------------------------


def test_all_texts_of_2021_have_the_words_of_rjieba() -> None:
    files = sorted((ROOT / "issues" / "2021").rglob("*.yaml"))
    texts = [text for file in files for text in written(file)]
    assert len(texts) > FEWEST_TEXTS
    assert differences(texts) == []


@pytest.mark.parametrize("name", ["headlines.yaml", "headlines_unseen.yaml"])
def test_headlines_have_the_words_of_rjieba(name: str) -> None:
    assert differences(written(HERE / name)) == []


def test_words_of_the_dictionary_alone_have_the_tags_of_rjieba() -> None:
    assert differences(words()[::40]) == []


@pytest.mark.parametrize("kind", ["words", "characters", "traditional", "anything", "breadth"])
def test_random_texts_have_the_words_of_rjieba(kind: str) -> None:
    known = words()
    single = [word for word in known if len(word) == 1]
    pools = {
        "words": [known],
        "characters": [single],
        "traditional": [single, TRADITIONAL],
        "anything": [known, single, TRADITIONAL, MARKS],
    }
    chance = random.Random(kind)  # noqa: S311 - the same at each run

    def text() -> str:
        count = range(chance.randint(1, 12))
        if kind == "breadth":
            points = (chance.randrange(BREADTH) for _ in count)
            return "".join(chr(point) for point in points if not 0xD800 <= point < 0xE000)
        return "".join(chance.choice(chance.choice(pools[kind])) for _ in count)

    assert differences([text() for _ in range(1500)]) == []


@given(st.text(alphabet="ab19.-_%+#&中国的𠮷，", max_size=12))
def test_runs_of_latin_and_digits_end_where_those_of_rjieba_do(text: str) -> None:
    assert list(segmented(text)) == rjieba.tag(text)


# The method ---------------------------------------------------------------------------------------


def divisions(text: str) -> Iterator[float]:
    """Yield how probable each division of a text into words of the dictionary is."""
    if not text:
        yield 0.0
        return
    for entry in dictionary().words_at(text, 0):
        for rest in divisions(text[entry.end :]):
            yield math.log(entry.frequency / dictionary().total) + rest


@pytest.mark.parametrize("text", ["南京市长江大桥", "研究生命起源", "中国科学院计算所", "结婚的"])
def test_no_division_into_words_is_more_probable(text: str) -> None:
    found = [word for word, _ in segmented(text)]
    entries = [list(dictionary().words_at(word, 0))[-1] for word in found]
    chosen = sum(math.log(entry.frequency / dictionary().total) for entry in entries)
    assert chosen == pytest.approx(max(divisions(text)))


def test_a_name_that_stands_in_no_dictionary_is_one_word() -> None:
    assert dictionary().tag_of("张尧") is None
    assert ("张尧", "nr") in list(segmented("经理张尧说"))


def test_a_text_of_nothing_has_no_words() -> None:
    assert list(segmented("")) == []


def test_a_lone_surrogate_is_a_word_by_itself() -> None:
    assert list(segmented("中国\ud800")) == [("中国", "ns"), ("\ud800", "x")]


def test_the_dictionary_is_opened_once() -> None:
    list(segmented("绿色"))
    opened = dictionary_module.dictionary.cache_info().misses
    list(segmented("发展"))
    assert dictionary_module.dictionary.cache_info().misses == opened
