"""Pages as pixels: what Ghostscript makes of a PDF, without smoothing.

In: a PDF, a page from 1, a box, a resolution. Out: an array of rows, columns and channels, 8 bits
each. In four inks 255 is full ink; colours are taken as they stand in the file.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any, Literal

import numpy as np
from PIL import Image

PROGRAM = "gs"
Device = Literal["tiff32nc", "tiff24nc"]
Box = Literal["TrimBox", "BleedBox"]
OPTIONS = ("-q", "-dSAFER", "-dBATCH", "-dNOPAUSE", "-dOverprint=/simulate", "-dUseFastColor=true")


def is_there() -> bool:
    """Tell whether Ghostscript can be run."""
    return shutil.which(PROGRAM) is not None


def version() -> str:
    """Return Ghostscript's version."""
    done = subprocess.run([PROGRAM, "--version"], check=True, capture_output=True, text=True)
    return done.stdout.strip()


def pixels(pdf: Path, page: int, device: Device, box: Box, dpi: int = 150) -> Any:
    """Return a page as an array of (rows, columns, channels)."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "page.tif"
        span = (f"-dFirstPage={page}", f"-dLastPage={page}")
        command = [PROGRAM, *OPTIONS, f"-dUse{box}", *span, f"-r{dpi}"]
        command += [f"-sDEVICE={device}", f"-sOutputFile={out}", str(pdf)]
        subprocess.run(command, check=True, capture_output=True)
        with Image.open(out) as image:
            return np.asarray(image).copy()
