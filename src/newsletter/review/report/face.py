"""The face of a report: as much of a bundled font as its words need, inside of the file.

In: the text of the report. Out: a rule of CSS with the font as a data URI. Whoever opens the
report on a machine without Chinese fonts reads it all the same; the same words give the same bytes.
"""

from __future__ import annotations

import base64
import io

from newsletter.resources import packaged

FONT = ("fonts", "noto-sans-sc", "NotoSansSC-Regular.otf")
FAMILY = "Report Sans"
PLAIN = 0x80
"""Characters below are in every font."""


def face(text: str) -> str:
    """Return the rule for the characters of a text; an empty one where it needs none."""
    wanted = {ord(character) for character in text if ord(character) >= PLAIN}
    if not wanted:
        return ""
    data = base64.b64encode(_subset(wanted)).decode("ascii")
    source = f"url(data:font/woff2;base64,{data}) format('woff2')"
    return f'@font-face {{ font-family: "{FAMILY}"; src: {source}; }}'


def _subset(wanted: set[int]) -> bytes:
    """Return the bundled font with these characters alone, as WOFF2."""
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont

    out = io.BytesIO()
    with TTFont(packaged().joinpath(*FONT), lazy=True, recalcTimestamp=False) as font:
        subsetter = Subsetter(
            Options(layout_features=[], name_IDs=[], hinting=False, notdef_outline=True)
        )
        subsetter.populate(unicodes=wanted)
        subsetter.subset(font)
        font.flavor = "woff2"
        font.save(out, reorderTables=None)
    return out.getvalue()
