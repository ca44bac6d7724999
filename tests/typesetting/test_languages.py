"""Words of another language in a Chinese text."""

from __future__ import annotations

import pytest

from newsletter.typesetting.languages import foreign_runs


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("面向未来（Infrastructure for Tomorrow），二是", ["Infrastructure for Tomorrow"]),
        ("Erik Solheim说，Smith & Sons公司", ["Erik Solheim", "Smith & Sons"]),
        ("l’Amazonie verte, déjà vu", ["l’Amazonie verte, déjà vu"]),
        ("一个word和GDP", []),
        ("COP NDC两个缩写", []),
        ("只有汉字，2021 年", []),
    ],
)
def test_two_words_or_more_are_of_another_language(text: str, words: list[str]) -> None:
    assert [text[run.start : run.stop] for run in foreign_runs(list(text))] == words


def test_cells_of_several_characters_are_counted_as_one() -> None:
    assert foreign_runs(["绿", "fi", "n", "e", " ", "art"]) == [range(1, 6)]
