"""Good copy passes without a word: false alarms are what kills a sub-editor's tool."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsletter.copydesk import fix, read

HERE = Path(__file__).parent
COPY = (HERE / "good_copy.txt").read_text("utf-8").splitlines()
HEADINGS = (HERE / "good_headings.txt").read_text("utf-8").splitlines()


@pytest.mark.parametrize("copy", COPY)
@pytest.mark.parametrize("prose", [True, False])
def test_good_prose_passes(copy: str, prose: bool) -> None:  # noqa: FBT001 - a parameter
    assert read(copy, prose=prose) == []
    assert fix(copy, prose=prose) == copy


@pytest.mark.parametrize("copy", HEADINGS)
def test_good_headings_and_fields_pass(copy: str) -> None:
    assert read(copy) == []
    assert fix(copy) == copy


def test_a_whole_article_of_good_prose_passes() -> None:
    assert read("\n\n".join(COPY), prose=True) == []
