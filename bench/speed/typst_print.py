"""Typst as a command: `python typst_print.py SOURCE FONTS TARGET`."""

from __future__ import annotations

import sys
from pathlib import Path

import typst

source, fonts, target = sys.argv[1:]
Path(target).write_bytes(typst.compile(source, font_paths=[fonts], ignore_system_fonts=True))
