"""The rules name the files a text needs, and WeasyPrint does with them what they say."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from newsletter.fonts.coverage import missing
from newsletter.fonts.family import FontFamily
from newsletter.fonts.stylesheet import font_face_css, unicode_range

TRIAL = """
import io, json, sys, warnings
warnings.simplefilter("ignore")
import pikepdf, pypdfium2
from weasyprint import HTML

content = HTML(string=sys.stdin.read()).write_pdf()
with pikepdf.open(io.BytesIO(content)) as pdf:
    fonts = [
        str(item.BaseFont).partition("+")[2]
        for item in pdf.objects
        if isinstance(item, pikepdf.Dictionary) and item.get("/Subtype") == "/Type0"
    ]
document = pypdfium2.PdfDocument(content)
ink = []
for page in document:
    grey = page.render(scale=2, grayscale=True).to_pil()
    ink.append(sum(grey.point(lambda level: level < 128).histogram()[1:]))
text = [page.get_textpage().get_text_range().strip() for page in document]
print(json.dumps({"fonts": sorted(fonts), "ink": ink, "text": text}))
"""


def url(path: Path) -> str:
    return path.resolve().as_uri()


def rendered(css: str, body: str, folder: Path) -> dict[str, list[str | int]]:
    """Lay out where fontconfig knows no font but those of the style sheet."""
    config = folder / "fonts.conf"
    config.write_text(f"<fontconfig><cachedir>{folder}/cache</cachedir></fontconfig>")
    html = f"<html lang='zh-CN'><style>{css} body {{ font: 20pt 'Noto Serif SC' }}</style>{body}"
    finished = subprocess.run(
        [sys.executable, "-c", TRIAL],
        input=html,
        env=os.environ | {"FONTCONFIG_FILE": str(config), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    result: dict[str, list[str | int]] = json.loads(finished.stdout)
    return result


def test_every_face_has_a_rule_and_a_rest_file_only_when_needed(serif: FontFamily) -> None:
    css = font_face_css([serif], {}, url)
    assert css.count("@font-face") == len(serif.faces)
    assert re.findall(r"font-weight: (\d+)", css) == ["400", "700", "900"]
    assert "rest" not in css
    assert "unicode-range" not in css


def test_a_rest_file_is_named_with_just_the_characters_needed(serif: FontFamily) -> None:
    gaps = missing("龘𠮷好", [serif])
    css = font_face_css([serif], gaps.rest, url)
    (rule,) = [rule for rule in css.split("@font-face") if "rest" in rule]
    assert 'font-family: "Noto Serif SC"' in rule
    assert "NotoSerifSC-Regular-rest.otf" in rule
    assert "unicode-range: U+9F98, U+20BB7;" in rule


def test_one_family_s_need_does_not_load_another_s_rest(families: dict[str, FontFamily]) -> None:
    css = font_face_css(families.values(), {"WenKai": frozenset({0x20BB7})}, url)
    assert re.findall(r"[\w-]*-rest\.\w+", css) == ["WenKai-Regular-rest.ttf"]


def test_neighbours_join_in_a_unicode_range() -> None:
    assert unicode_range([0x43, 0x41, 0x42, 0x4E00, 0x41]) == "U+41-43, U+4E00"
    assert unicode_range([]) == ""


def test_a_url_with_quotes_stays_inside_its_string(serif: FontFamily) -> None:
    css = font_face_css([serif], {}, lambda path: f'a"b\\{path.name}')
    assert r'src: url("a\"b\\NotoSerifSC-Regular.otf");' in css


def test_weasyprint_draws_core_and_rest_from_the_bundled_files_alone(
    serif: FontFamily,
    tmp_path: Path,
) -> None:
    pages = ["汉字", "𠮷", "<b>粗</b>", "<b>龘</b>"]
    css = font_face_css([serif], missing("".join(pages), [serif]).rest, url)
    body = "".join(f"<p style='break-after: page'>{page}</p>" for page in pages)
    result = rendered(css, body, tmp_path)
    assert result["fonts"] == [
        "Noto-Serif-SC",
        "Noto-Serif-SC-Bold",
        "Noto-Serif-SC-Semi-Expanded",
    ]
    assert result["text"][:4] == ["汉字", "𠮷", "粗", "龘"]
    assert all(int(ink) > 100 for ink in result["ink"][:4])


@pytest.mark.slow
def test_weasyprint_still_leaves_a_rest_file_blank_that_is_not_set_apart(
    serif: FontFamily,
    tmp_path: Path,
) -> None:
    """When this fails, WeasyPrint has been mended and font-stretch can go."""
    css = font_face_css([serif], {serif.family: frozenset({0x20BB7})}, url)
    css = css.replace("  font-stretch: semi-expanded;\n", "")
    result = rendered(css, "汉字<p style='break-before: page'>𠮷", tmp_path)
    assert result["fonts"] == ["Noto-Serif-SC"]
    assert result["ink"][1] == 0
