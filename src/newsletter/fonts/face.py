"""The face of a report or a site: as much of a bundled font as its words need.

In: the text that is to be read. Out: a rule of CSS with the font as a data URI, or the font files
themselves. Whoever opens it on a machine without Chinese fonts reads it all the same; the same
words give the same bytes.
"""

from __future__ import annotations

import base64
import io
from collections.abc import Iterable, Mapping
from pathlib import Path

from newsletter.resources import packaged

FOLDER = ("fonts", "noto-sans-sc")
CORE, REST = "NotoSansSC-Regular.otf", "NotoSansSC-Regular-rest.otf"
"""The characters of everyday, and all others that the family has."""
LICENCE = "OFL.txt"
FAMILY = "Report Sans"
PLAIN = 0x80
"""Characters below are in every font."""
RIGHTS = (0, 13, 14)
"""Copyright, licence and its address in the table of names (OpenType, name IDs)."""


def face(text: str) -> str:
    """Return the rule for the characters of a text; an empty one where it needs none."""
    wanted = _wanted(text)
    if not wanted:
        return ""
    data = base64.b64encode(_subset(CORE, wanted, ())).decode("ascii")
    source = f"url(data:font/woff2;base64,{data}) format('woff2')"
    return f'@font-face {{ font-family: "{FAMILY}"; src: {source}; }}'


def face_files(characters: Iterable[str]) -> Mapping[str, tuple[bytes, tuple[int, ...]]]:
    """Return the fonts for characters by the ends of their names, with what each of them has.

    `core` is always there, `rest` where there are rare characters. What the family lacks is in
    neither. They keep their copyright, since they stand as files of their own.
    """
    wanted = _wanted(characters)
    files: dict[str, tuple[bytes, tuple[int, ...]]] = {}
    for name, file in (("core", CORE), ("rest", REST)):
        has = tuple(sorted(wanted & _characters(file)))
        wanted -= {*has}
        if has or name == "core":
            files[name] = (_subset(file, {*has}, RIGHTS), has)
    return files


def licence() -> str:
    """Return the licence that goes with the font."""
    return _file(LICENCE).read_text("utf-8")


def _wanted(characters: Iterable[str]) -> set[int]:
    return {ord(character) for character in {*characters} if ord(character) >= PLAIN}


def _file(name: str) -> Path:
    return packaged().joinpath(*FOLDER, name)


def _characters(file: str) -> set[int]:
    from fontTools.ttLib import TTFont

    with TTFont(_file(file), lazy=True) as font:
        return {*font.getBestCmap()}


def _subset(file: str, wanted: set[int], names: Iterable[int]) -> bytes:
    """Return a bundled font with these characters alone, as WOFF2."""
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont

    out = io.BytesIO()
    with TTFont(_file(file), lazy=True, recalcTimestamp=False) as font:
        subsetter = Subsetter(
            Options(layout_features=[], name_IDs=[*names], hinting=False, notdef_outline=True)
        )
        subsetter.populate(unicodes=wanted)
        subsetter.subset(font)
        font.flavor = "woff2"
        font.save(out, reorderTables=None)
    return out.getvalue()
