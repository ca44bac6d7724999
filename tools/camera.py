"""Pictures of web pages for the docs: the system's Chromium with our fonts and no others.

In: pages of a browser. Out: JPEG of at most 150 KB each.
"""

from __future__ import annotations

import io
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).resolve().parent.parent
PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
MOST_BYTES = 150_000
QUALITIES = (86, 78, 70, 60, 50)
FONTCONFIG = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig><dir>{fonts}</dir><cachedir>{cache}</cachedir></fontconfig>
"""
NO_BROWSER = 3
"""Exit status of a tool that finds no Chromium."""


@contextmanager
def camera() -> Iterator[Browser]:
    """Start Chromium and end it; leaves with status 3 where there is none."""
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        print(f"needs Chromium ({', '.join(PROGRAMS)}): make judges", file=sys.stderr)
        raise SystemExit(NO_BROWSER)
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory(prefix="newsletter-camera-") as folder, sync_playwright() as p:
        config = Path(folder) / "fonts.conf"
        config.write_text(FONTCONFIG.format(fonts=ROOT / "fonts", cache=folder), "utf-8")
        environment = {**os.environ, "FONTCONFIG_FILE": str(config)}
        browser = p.chromium.launch(executable_path=program, args=["--no-sandbox"], env=environment)
        yield browser
        browser.close()


def keep(picture: bytes, path: Path) -> None:
    """Write a screenshot (PNG) as JPEG, as good as `MOST_BYTES` allows."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with Image.open(io.BytesIO(picture)) as image:
        for quality in QUALITIES:
            out = io.BytesIO()
            image.convert("RGB").save(out, "JPEG", quality=quality, optimize=True, progressive=True)
            if out.tell() <= MOST_BYTES:
                path.write_bytes(out.getvalue())
                return
    message = f"{path.name} has more than {MOST_BYTES} bytes"
    raise ValueError(message)


def copied(root: Path) -> Path:
    """Return a copy of this publication's issue of 2021 that may be edited."""
    for name in ("issues/2021", "layouts/silkroad"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("review"))
    shutil.copy(ROOT / "newsletter.yaml", root)
    return root
