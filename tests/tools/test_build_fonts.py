"""The font builder says what it lacks and what differs; its choices hold."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import Any

import pytest

TOOLS = Path(__file__).parents[2] / "tools"
FONTS = TOOLS.parent / "fonts"
sys.path.insert(0, str(TOOLS))

import build_fonts  # noqa: E402

SANS = next(family for family in build_fonts.FAMILIES if family.folder == "noto-sans-sc")
MEDIUM = next(face for face in SANS.faces if not face.with_rest)

needs_packages = pytest.mark.skipif(
    bool(build_fonts.missing_packages(build_fonts.PACKAGES)),
    reason=f"needs the Debian packages {' '.join(build_fonts.PACKAGES)}",
)


def test_a_missing_package_is_named_with_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(build_fonts, "PACKAGES", ("fonts-that-nobody-packaged",))
    assert build_fonts.main(["--check"]) == 3
    assert "apt-get install fonts-that-nobody-packaged" in capsys.readouterr().err


@pytest.fixture
def pretended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A publication whose build writes one file, so that comparing takes no minute."""

    def build(out: Path) -> None:
        (out / "song").mkdir(parents=True)
        (out / "song" / "Song.otf").write_bytes(b"new")

    monkeypatch.setattr(build_fonts, "ROOT", tmp_path)
    monkeypatch.setattr(build_fonts, "PACKAGES", ())
    monkeypatch.setattr(build_fonts, "build", build)
    (tmp_path / "fonts" / "song").mkdir(parents=True)
    return tmp_path / "fonts" / "song"


def test_check_is_content_when_nothing_differs(pretended: Path) -> None:
    (pretended / "Song.otf").write_bytes(b"new")
    assert build_fonts.main(["--check"]) == 0


def test_check_names_the_files_that_differ_and_writes_nothing(
    pretended: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (pretended / "Song.otf").write_bytes(b"old")
    (pretended / "Stray.otf").write_bytes(b"")
    assert build_fonts.main(["--check"]) == 1
    assert capsys.readouterr().out == "differs: song/Song.otf\nnot built: song/Stray.otf\n"
    assert (pretended / "Song.otf").read_bytes() == b"old"


def test_check_names_a_file_that_is_not_there(
    pretended: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert not list(pretended.iterdir())
    assert build_fonts.main(["--check"]) == 1
    assert capsys.readouterr().out == "missing: song/Song.otf\n"


def numbered_backwards(font: bytes) -> bytes:
    """Give the last glyph of a CID-keyed font the CID 1, and so on down."""
    with build_fonts.open_font(font) as opened:
        top = opened["CFF "].cff[0]
        top.charset = [top.charset[0], *reversed(top.charset[1:])]
        numbers = {name: number for number, name in enumerate(top.charset)}
        top.CharStrings.charStrings = numbers
        opened.recalcBBoxes = False
        out = io.BytesIO()
        opened.save(out)
        return out.getvalue()


def test_glyphs_are_numbered_and_nothing_else_changes() -> None:
    font = (FONTS / SANS.folder / f"{MEDIUM.stem}.otf").read_bytes()
    backwards = numbered_backwards(font)
    assert backwards != font
    assert build_fonts.number_by_glyph(backwards) == font
    assert build_fonts.number_by_glyph(font) == font


def test_a_font_without_cids_is_left_alone() -> None:
    font = (FONTS / "wenkai" / "WenKai-Regular.ttf").read_bytes()
    assert build_fonts.number_by_glyph(font) is font


@needs_packages
def test_the_core_has_the_standard_list_and_gb_2312() -> None:
    assert len(build_fonts.standard_characters()) == 8105
    assert len(build_fonts.gb2312_ideographs()) == 6763
    assert build_fonts.gb2312_ideographs() <= build_fonts.core_characters()


@needs_packages
def test_a_face_built_again_is_the_committed_one() -> None:
    wanted = build_fonts.core_characters()
    core, rest = build_fonts.build_face(MEDIUM, SANS, wanted)
    assert core == (FONTS / SANS.folder / f"{MEDIUM.stem}.otf").read_bytes()
    assert rest is None


def test_classes_of_glyphs_are_left_out_and_nothing_else_changes() -> None:
    font = (FONTS / "wenkai" / "WenKai-Regular.ttf").read_bytes()
    assert build_fonts.without_classes(font) is font
    with build_fonts.open_font(font) as opened:
        opened["GDEF"] = raw("GDEF", b"\0\1\0\0" + bytes(8))
        classed = build_fonts.saved(opened)
    assert build_fonts.without_classes(classed) == font


def raw(tag: str, data: bytes) -> Any:  # noqa: ANN401 - fontTools has no types
    from fontTools.ttLib.tables.DefaultTable import DefaultTable

    table = DefaultTable(tag)
    table.data = data
    return table
