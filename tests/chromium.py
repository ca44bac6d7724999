"""The system's Chromium for tests that look at pages; without it they are skipped, with the reason.

It is started without what a build in the same process tells fontconfig: Chromium falls where
there are no fonts.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

NAMES = ("chromium", "chromium-browser", "google-chrome")


@contextmanager
def started() -> Iterator[Browser]:
    """Start the browser and end it; it runs a loop of asyncio in this thread meanwhile."""
    path = next((found for name in NAMES if (found := shutil.which(name))), None)
    if path is None:
        pytest.skip("no Chromium: apt install chromium")
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    own = {name: value for name, value in os.environ.items() if "FONTCONFIG" not in name}
    with playwright.sync_playwright() as play:
        browser = play.chromium.launch(executable_path=path, args=["--no-sandbox"], env=own)
        yield browser
        browser.close()
