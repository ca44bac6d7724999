"""The bundled families, read once."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsletter.fonts.family import FontFamily, load_families

BUNDLED = Path(__file__).parents[2] / "fonts"


@pytest.fixture(scope="session")
def families() -> dict[str, FontFamily]:
    return load_families([BUNDLED])


@pytest.fixture(scope="session")
def serif(families: dict[str, FontFamily]) -> FontFamily:
    return families["Noto Serif SC"]
