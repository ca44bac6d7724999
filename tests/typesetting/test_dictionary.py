"""The dictionary that travels with the tool: whole, licensed, and told when it is not."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import Result
from hypothesis import given
from hypothesis import strategies as st

from newsletter.archive.libraries import code_digest
from newsletter.diagnostics import Refused
from newsletter.typesetting import dictionary as module
from newsletter.typesetting import words
from newsletter.typesetting.dictionary import FILE, HEAD, SIZE, dictionary, examined
from newsletter.typesetting.segmentation import segmented
from small_issue import ARTICLE, STYLE

WHOLE = FILE.read_bytes()
LARGEST = 6_000_000
DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "nothing": lambda _: b"",
    "a head only": lambda whole: whole[: HEAD.size],
    "cut off": lambda whole: whole[: len(whole) // 2],
    "the last byte lost": lambda whole: whole[:-1],
    "a byte too much": lambda whole: whole + b"\0",
    "another file": lambda whole: b"%PDF-1.7" + whole[8:],
    "a wrong size": lambda whole: whole[: HEAD.size] + b"\xff" * SIZE.size + whole[HEAD.size + 8 :],
    "lines of something else": lambda whole: whole.replace(b" n\n", b"\0n\n"),
    "no sum": lambda whole: whole[:8] + bytes(8) + whole[16:],
}


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Have the dictionary looked for in a folder of its own, where there is none yet."""
    monkeypatch.setattr(module, "FILE", tmp_path / FILE.name)
    dictionary.cache_clear()
    yield tmp_path / FILE.name
    dictionary.cache_clear()


def test_the_dictionary_is_the_one_its_description_tells_of() -> None:
    described = yaml.safe_load(FILE.with_suffix(".yaml").read_text("utf-8"))
    assert described["sha256"] == hashlib.sha256(WHOLE).hexdigest()
    assert described["bytes"] == len(WHOLE) < LARGEST
    assert examined() == "jieba 0.42.1"


def test_its_licence_lies_beside_it() -> None:
    described = yaml.safe_load(FILE.with_suffix(".yaml").read_text("utf-8"))
    text = (FILE.parent / described["licence_file"]).read_text("utf-8")
    assert "Copyright (c) 2013 Sun Junyi" in text
    assert "Permission is hereby granted, free of charge" in text
    assert {path.name for path in FILE.parent.iterdir()} == {
        *(FILE.name, described["licence_file"]),
        FILE.with_suffix(".yaml").name,
    }


def test_the_shorter_words_come_before_the_longer() -> None:
    ends = [entry.end for entry in dictionary().words_at("在中国人民大学", 1)]
    assert ends == [2, 3, 7]


@pytest.mark.parametrize("text", ["", "中", "中国", "中国人民"])
def test_a_part_of_a_word_is_none(text: str) -> None:
    assert all(dictionary().tag_of(text + end) is None for end in ("\n", " ", " 3 n\n", "一 "))


@given(st.text(min_size=1, max_size=6))
def test_words_begin_and_end_within_the_text(text: str) -> None:
    entries = [dictionary().words_at(text, start) for start in range(len(text))]
    for start, found in enumerate(entries):
        assert all(start < entry.end <= len(text) and entry.frequency > 0 for entry in found)


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=list(DAMAGES))
def test_a_damaged_dictionary_is_told(place: Path, damage: Callable[[bytes], bytes]) -> None:
    place.write_bytes(damage(WHOLE))
    with pytest.raises(Refused) as refusal:
        list(segmented("中国人民在北京"))
    (told,) = refusal.value.diagnostics
    assert told.code == "N004"
    assert str(place) in str(told.values)


def test_a_dictionary_that_is_lacking_stops_a_build_with_status_3_and_costs_no_good_pdf(
    small: Path, run: Callable[..., Result], place: Path
) -> None:
    good = small / "build" / "one" / "one-screen.pdf"
    good.parent.mkdir(parents=True)
    good.write_bytes(b"%PDF-1.7 last good")
    with (small / STYLE).open("a", encoding="utf-8") as style:
        style.write("p { --text-wrap: balance }\n")
    article = small / ARTICLE
    article.write_text(article.read_text("utf-8").replace("会议", "绿色发展" * 12), "utf-8")
    result = run("build", "one", at=small)
    assert result.exit_code == 3
    assert "N004" in result.output
    assert "No such file" in result.output
    assert "Traceback" not in result.output
    assert good.read_bytes() == b"%PDF-1.7 last good"


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_doctor_names_a_dictionary_that_has_changed(
    run: Callable[..., Result], place: Path, lang: str
) -> None:
    described: Any = FILE.with_suffix(".yaml").read_bytes()
    place.with_suffix(".yaml").write_bytes(described)
    place.write_bytes(WHOLE)
    assert "jieba 0.42.1" in run("doctor", lang=lang).output
    place.write_bytes(WHOLE[:-1] + b"!")
    result = run("doctor", lang=lang)
    assert result.exit_code == 3
    assert "N004" in result.output


def test_an_edition_is_made_with_this_dictionary(place: Path) -> None:
    place.write_bytes(WHOLE)
    code_digest.cache_clear()
    first = code_digest()
    place.write_bytes(WHOLE[:-1])
    code_digest.cache_clear()
    assert code_digest() != first
    code_digest.cache_clear()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells what is mapped")
def test_what_was_looked_at_is_given_back_and_fetched_again() -> None:
    def resident() -> int:
        told = Path("/proc/self/smaps").read_text("utf-8", "surrogateescape")
        mapped = told.split(FILE.name + "\n")[1:]
        return max(int(part.split("Rss:")[1].split()[0]) for part in mapped)

    first = words.words_of("共建绿色丝绸之路国际联盟大会在北京召开")
    assert resident() > 0
    words.let_go()
    assert resident() == 0
    assert words.words_of("共建绿色丝绸之路国际联盟大会在北京召开") == first
