"""The drawings of the issue of 2021 are what their script draws."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ISSUE = Path(__file__).resolve().parent.parent / "issues" / "2021"


def test_the_committed_drawings_are_current(tmp_path: Path) -> None:
    code = (
        "import sys, pathlib; sys.path.insert(0, sys.argv[1]); import draw;"
        "draw.IMAGES = pathlib.Path(sys.argv[2]); draw.main()"
    )
    subprocess.run(
        [sys.executable, "-B", "-c", code, str(ISSUE / "drawings"), str(tmp_path)], check=True
    )
    drawn = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    committed = {path.name: path.read_bytes() for path in (ISSUE / "images").iterdir()}
    assert drawn == committed
