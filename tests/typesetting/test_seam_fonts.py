"""Font files are looked at where they lie: no copy of them, and no page of them kept."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from newsletter.forme import Forme
from newsletter.press.finish import finish
from newsletter.render import render
from newsletter.review.pixels import page_digests
from newsletter.typesetting.seam import fonts as seam_fonts
from newsletter.typesetting.seam.pango import libraries
from newsletter.typesetting.seam.piece import Piece
from setting import boxes_of, laid_out, page
from workshop import Workshop

on_linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells what is mapped")


def resident(path: str) -> int:
    """Return how many kibibytes of the mapped files in a folder are in memory."""
    inside, total = False, 0
    for line in Path("/proc/self/smaps").read_text("utf-8", "surrogateescape").splitlines():
        if line[0] in "0123456789abcdef" and "-" in line.split()[0]:
            inside = path in line
        elif inside and line.startswith("Rss:"):
            total += int(line.split()[1])
    return total


def test_a_font_is_not_copied_but_embedded_in_parts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from weasyprint.pdf.fonts import Font

    pages = render(Workshop(tmp_path).compose())
    kinds: list[str] = []
    made = Font.__init__

    def noted(font: object, *given: object) -> None:
        made(font, *given)
        kinds.append(type(font.file_content).__name__)  # type: ignore[attr-defined]

    monkeypatch.setattr(Font, "__init__", noted)
    data, problems = pages.write(tagged=False)
    assert kinds
    assert set(kinds) == {"buffer"}
    assert problems == []
    assert len(data) < 200_000


def test_a_font_of_which_no_part_can_be_made_is_embedded_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from weasyprint.pdf.fonts import Font

    pages = render(Workshop(tmp_path).compose())
    monkeypatch.setattr(Font, "subset", lambda *_given: None)
    found: list[bytes] = []
    cleaned = seam_fonts.let_go

    def noted() -> None:
        found.append(b"")
        cleaned()

    monkeypatch.setattr(seam_fonts, "let_go", noted)
    data, _problems = pages.write(tagged=False)
    assert found
    assert len(data) > 1_000_000


@on_linux
def test_after_layout_no_page_of_a_font_stays_in_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop = Workshop(tmp_path)
    monkeypatch.setattr("newsletter.render.let_go", lambda: None)
    kept = render(shop.compose())
    before = resident(f"/{seam_fonts.FOLDER}")
    assert before > 0
    monkeypatch.undo()
    data, _problems = kept.write(tagged=True)
    assert resident(f"/{seam_fonts.FOLDER}") < before
    assert kept.write(tagged=True)[0] == data


@on_linux
def test_what_is_let_go_is_nothing_but_font_files_that_are_read(tmp_path: Path) -> None:
    pages = render(Workshop(tmp_path).compose())
    lines = seam_fonts.MAPPED.read_text("utf-8", "surrogateescape").splitlines()
    mapped = {int(line.split("-")[0], 16): line for line in lines}
    found = [mapped[start] for start, _end in seam_fonts._mapped_fonts()]
    assert found
    assert all(" r--p " in line and f"/{seam_fonts.FOLDER}" in line for line in found)
    assert pages.count


def test_a_sketch_looks_like_the_file_and_makes_a_part_only_for_new_glyphs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from weasyprint.pdf.fonts import Font

    made: list[int] = []
    subset = Font.subset

    def noted(font: object, glyphs: dict[int, str], hinting: object) -> None:
        made.append(len(glyphs))
        subset(font, glyphs, hinting)

    shop, forme = Workshop(tmp_path), Forme()
    pages = render(shop.compose(), forme)
    data, _problems = pages.write(tagged=False, parts=forme.parts)
    monkeypatch.setattr(Font, "subset", noted)
    forme.parts.prepare()
    assert len(made) == 1
    page = pages.galley.layout.spec.page
    sketched = pages.sketch([0], forme.parts)
    assert page_digests(sketched) == page_digests(finish(data, page))
    assert len(made) == 1
    shop.write_article("别的字：鹤。")
    other = render(shop.compose(), forme)
    looks = page_digests(other.sketch([0], forme.parts))
    assert looks == page_digests(finish(other.write(tagged=False)[0], page))
    assert len(made) == 3
    assert made[1] > made[0]


def test_a_part_of_a_font_is_the_one_that_is_made_of_a_part(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from weasyprint.pdf.fonts import Font

    theirs, pairs = Font._harfbuzz_subset, list[tuple[bytes, bytes]]()
    shop = Workshop(tmp_path)
    shop.write_article("字里行间 Latin, 0123456789。**加粗**。")
    pages = render(shop.compose())
    clean = Font.clean

    def both(font: object, glyphs: dict[int, str], hinting: object) -> None:
        whole = font.file_content  # type: ignore[attr-defined]
        theirs(font, glyphs, hinting)
        made = bytes(font.file_content)  # type: ignore[attr-defined]
        font.file_content = whole  # type: ignore[attr-defined]
        clean(font, glyphs, hinting)
        pairs.append((bytes(font.file_content), made))  # type: ignore[attr-defined]

    monkeypatch.setattr(Font, "clean", both)
    pages.write(tagged=False)
    assert pairs
    assert all(ours == made for ours, made in pairs)


def test_the_advance_of_a_glyph_is_the_width_that_pango_tells() -> None:
    """Which would look at the glyph's outline, too, and read most of the font's file for that."""
    document = laid_out(page('<p>绿色 Road</p><p style="font: 700 7.3pt Sans">绿色 Road</p>', 22))
    ffi, pango = libraries().ffi, libraries().pango
    fonts = {font for box in boxes_of(document) for font in fonts_of(box)}
    assert len(fonts) > 1
    ink, logical = ffi.new("PangoRectangle *"), ffi.new("PangoRectangle *")
    for font in fonts:
        for glyph in range(0, 3000, 7):
            pango.pango_font_get_glyph_extents(font, glyph, ink, logical)
            assert libraries().advance(font, glyph) == logical.width


def fonts_of(box: Any) -> list[Any]:  # noqa: ANN401 - WeasyPrint is untyped
    piece = box.__dict__.get("pango_layout")
    return piece.glyphs.fonts if isinstance(piece, Piece) else []
