"""The files under fonts/ are whole, complete and lawful."""

from __future__ import annotations

import bz2
import hashlib
from pathlib import Path
from typing import Any

import pytest

from newsletter.fonts.coverage import characters
from newsletter.fonts.family import FontFamily

UNIHAN = Path("/usr/share/unicode/Unihan_OtherMappings.txt.bz2")
STANDARD_COUNT = 8105
LARGEST_TOTAL = 70_000_000
RESERVED = ("LXGW", "霞鹜", "Source")
NAMES_SHOWN = {1, 3, 4, 6, 16, 17, 18, 21, 22}
"""Name identifiers that a user gets to see as the name of a font (OpenType, name)."""


@pytest.fixture(scope="session")
def standard() -> frozenset[int]:
    if not UNIHAN.exists():
        pytest.skip("the list 通用规范汉字表 is in the package unicode-data, not installed here")
    with bz2.open(UNIHAN, "rt", encoding="utf-8") as lines:
        codes = [line.split("\t")[0] for line in lines if "\tkTGH\t" in line]
    return frozenset(int(code.removeprefix("U+"), base=16) for code in codes)


def faces(families: dict[str, FontFamily]) -> list[Path]:
    return [family.path(face) for family in families.values() for face in family.faces]


def opened(path: Path) -> Any:  # noqa: ANN401  fontTools has no types
    from fontTools.ttLib import TTFont

    return TTFont(path, lazy=True)


def test_every_core_face_has_all_characters_of_the_standard_list(
    families: dict[str, FontFamily],
    standard: frozenset[int],
) -> None:
    assert len(standard) == STANDARD_COUNT
    lacking = {path.name: standard - characters(path) for path in faces(families)}
    assert lacking == {path.name: frozenset() for path in faces(families)}


@pytest.mark.parametrize(
    "text",
    [
        "āáǎàēéěèêếềīíǐìōóǒòūúǔùüǖǘǚǜńňǹḿɑɡ\u0304\u030c",
        "，。、；：？！“”‘’（）《》〈〉「」『』【】〔〕—…·～",
        "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ",
        "℃㎡㎏㎞￥¥€£°′″‰±×÷≤≥←↑→↓αβγΩ〇々",
        "ABCxyz0189éñüßАБв",
    ],
    ids=["pinyin", "punctuation", "numbers", "units", "letters"],
)
def test_every_core_face_has_what_running_text_needs(
    families: dict[str, FontFamily],
    text: str,
) -> None:
    for path in faces(families):
        assert set(text) <= {chr(code) for code in characters(path)}, path.name


def test_all_faces_of_a_family_have_the_same_characters(families: dict[str, FontFamily]) -> None:
    for family in families.values():
        assert len({characters(family.path(face)) for face in family.faces}) == 1


def test_core_and_rest_share_no_character(families: dict[str, FontFamily]) -> None:
    for family in families.values():
        rests = [characters(family.path(face.rest)) for face in family.faces if face.rest]
        assert rests
        assert all(rests)
        assert not any(characters(family.path(family.faces[0])) & rest for rest in rests)


def test_each_file_is_the_one_its_description_tells_of(families: dict[str, FontFamily]) -> None:
    for family in families.values():
        for file in family.files():
            content = family.path(file).read_bytes()
            assert hashlib.sha256(content).hexdigest() == file.sha256, file.file
            assert len(content) == file.bytes
            assert len(characters(family.path(file))) == file.characters


def test_no_file_lies_there_that_no_description_names(families: dict[str, FontFamily]) -> None:
    for family in families.values():
        named = {file.file for file in family.files()} | {family.licence_file, "family.yaml"}
        assert {path.name for path in family.folder.iterdir()} == named


def test_the_licence_stands_whole_beside_the_fonts(families: dict[str, FontFamily]) -> None:
    for family in families.values():
        text = (family.folder / family.licence_file).read_text(encoding="utf-8")
        copyright_line = text.splitlines()[0]
        assert copyright_line.startswith(("©", "Copyright"))
        for part in ("Version 1.1 - 26 February 2007", "PREAMBLE", "5) The Font", "DISCLAIMER"):
            assert part in text
        assert text.rstrip().endswith("OTHER DEALINGS IN THE FONT SOFTWARE.")
        with opened(family.path(family.faces[0])) as font:
            assert copyright_line in font["name"].getDebugName(0)


def test_no_font_shows_a_reserved_name(families: dict[str, FontFamily]) -> None:
    for family in families.values():
        assert not any(word in family.family for word in RESERVED)
        for file in family.files():
            with opened(family.path(file)) as font:
                shown = [
                    record.toUnicode()
                    for record in font["name"].names
                    if record.nameID in NAMES_SHOWN
                ]
            assert not [name for name in shown if any(word in name for word in RESERVED)]


def test_the_fonts_stay_below_seventy_megabytes(families: dict[str, FontFamily]) -> None:
    total = sum(file.bytes for family in families.values() for file in family.files())
    assert total < LARGEST_TOTAL


def advances(path: Path, text: str, script: str, language: str, **features: bool) -> list[int]:
    import uharfbuzz as hb

    font = hb.Font(hb.Face(hb.Blob.from_file_path(str(path))))
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.direction, buffer.script, buffer.language = "ltr", script, language
    hb.shape(font, buffer, features)
    return [position.x_advance for position in buffer.glyph_positions]


@pytest.mark.parametrize("pair", ["。”", "”。", "）。", "》《", "：“", "、「", "！”"])
def test_chws_closes_two_marks_up_to_one_and_a_half_em(
    families: dict[str, FontFamily],
    pair: str,
) -> None:
    for path in faces(families):
        assert sum(advances(path, pair, "Hani", "zh-cn")) == 2000, path.name
        assert sum(advances(path, pair, "Hani", "zh-cn", chws=True)) == 1500, path.name


@pytest.mark.parametrize("mark", ["“", "”", "‘", "’", "—", "…"])
@pytest.mark.parametrize("script", ["Hani", "Latn", "Zyyy"])
@pytest.mark.parametrize("language", ["zh-cn", "en"])
def test_marks_shared_with_latin_fill_one_em_in_any_run(
    families: dict[str, FontFamily],
    mark: str,
    script: str,
    language: str,
) -> None:
    for path in faces(families):
        assert advances(path, mark, script, language) == [1000], path.name


def test_a_dash_is_two_em_long(families: dict[str, FontFamily]) -> None:
    for path in faces(families):
        assert sum(advances(path, "——", "Latn", "en")) == 2000, path.name


def test_pwid_gives_quotes_for_english_in_every_family(families: dict[str, FontFamily]) -> None:
    for path in faces(families):
        assert sum(advances(path, "“’", "Latn", "en", pwid=True)) < 1000, path.name
