"""A CID is a glyph number, in the bundled fonts and in the PDF (ISO 32000-2, 9.7.4.2)."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from newsletter.fonts.family import FontFamily
from workshop import Workshop

STYLE = """@page {{ margin: 20mm; @bottom-center {{ content: counter(page); }} }}
html {{ font: 10pt/16pt "{family}"; orphans: 2; widows: 2; }}
h1, h2, h3, h4, p {{ margin: 0; font: inherit; }}
strong {{ font-weight: 700 }}
"""
TEXT = "一带一路，绿色发展𠮷龘，**生态文明**。"
"""Common characters, two of the rest file, and some in bold."""


@pytest.fixture(scope="module", params=["Noto Serif SC", "Noto Sans SC"])
def printed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The screen file of an issue in one family, its rest file used."""
    shop = Workshop(tmp_path_factory.mktemp("printed"))
    shop.set_up(style=STYLE.format(family=request.param), fonts=[request.param])
    shop.write_article(TEXT)
    return shop.build(profiles=["screen"]).files["screen"]


def cids(font: bytes) -> list[int]:
    """CIDs of the glyphs of a font in their order; of one not CID-keyed, the glyph numbers."""
    from fontTools.ttLib import TTFont

    with TTFont(io.BytesIO(font), lazy=True) as opened:
        top = opened["CFF "].cff[0]
        if not hasattr(top, "ROS"):
            return list(range(len(top.charset)))
        return [0, *(int(name.removeprefix("cid")) for name in top.charset[1:])]


def embedded(pdf: pikepdf.Pdf) -> Iterator[tuple[str, set[int], bytes]]:
    """Name, CIDs that have a width, and program of each font with CFF outlines."""
    for item in pdf.objects:
        if isinstance(item, pikepdf.Dictionary) and item.get("/Subtype") == "/CIDFontType0":
            content = item.FontDescriptor.FontFile3.read_bytes()
            yield str(item.BaseFont).partition("+")[2], set(given_widths(item.W)), content


def given_widths(widths: Any) -> Iterator[int]:  # noqa: ANN401  pikepdf's objects are of any kind
    """CIDs of an array W as WeasyPrint writes it: the first of some, then their widths."""
    for first, run in zip(widths[::2], widths[1::2], strict=True):
        yield from range(int(first), int(first) + len(run))


def test_every_bundled_glyph_has_its_number_as_cid(families: dict[str, FontFamily]) -> None:
    files = [
        family.path(file)
        for family in families.values()
        for file in family.files()
        if file.file.endswith(".otf")
    ]
    assert len(files) == 8
    for path in files:
        found = cids(path.read_bytes())
        assert found == list(range(len(found))), path.name


def test_each_cid_in_a_pdf_leads_to_the_glyph_of_that_number(printed: Path) -> None:
    with pikepdf.open(printed) as pdf:
        fonts = list(embedded(pdf))
    styles = sorted(name.partition("-SC")[2] for name, _, _ in fonts)
    assert styles == ["", "-Bold", "-Semi-Expanded"]
    for name, used, program in fonts:
        glyphs = {cid: glyph for glyph, cid in enumerate(cids(program))}
        assert len(used) > 1, name
        assert {cid: glyphs.get(cid) for cid in used} == {cid: cid for cid in used}, name


@pytest.mark.skipif(shutil.which("mutool") is None, reason="mutool is not installed")
def test_mupdf_finds_every_glyph(printed: Path, tmp_path: Path) -> None:
    command = ["mutool", "draw", "-r", "60", "-o", str(tmp_path / "%d.png"), str(printed)]
    drawn = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
    assert [line for line in drawn.stderr.splitlines() if "glyph" in line.lower()] == []
