"""A PDF holds the glyphs that its text uses, however many, and not the whole font."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pytest

from workshop import Workshop

ROOT = Path(__file__).resolve().parents[2]
MANY = 2500
"""More than the thousand glyphs of WenKai at which HarfBuzz 6.0 gave up while it had a GDEF."""


@pytest.mark.parametrize("family", ["Noto Serif SC", "Noto Sans SC", "WenKai"])
def test_a_long_text_embeds_no_more_than_its_glyphs(family: str, tmp_path: Path) -> None:
    shop = Workshop(tmp_path)
    shop.set_up(style=f'html {{ font: 10pt/16pt "{family}" }}', fonts=[family])
    text = "".join(chr(0x4E00 + 3 * number) for number in range(2 * MANY))
    shop.write_article("".join(c for c in text if is_standard(c))[:MANY])
    data, warnings = shop.render().write(tagged=False)
    assert warnings == []
    with pikepdf.open(io.BytesIO(data)) as pdf:
        programs = [
            len(item[key].read_bytes())
            for item in pdf.objects
            if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/FontDescriptor"
            for key in ("/FontFile2", "/FontFile3")
            if key in item
        ]
    assert 0 < max(programs) < 0.6 * core_of(family).stat().st_size


def is_standard(character: str) -> bool:
    """Tell whether GB 2312 has a character, and so every core."""
    try:
        return bool(character.encode("gb2312"))
    except UnicodeEncodeError:
        return False


def core_of(family: str) -> Path:
    folder = ROOT / "fonts" / family.lower().replace(" ", "-")
    return next(path for path in folder.glob("*-Regular.*") if path.suffix in (".otf", ".ttf"))
