"""What was measured with: the machine, the versions."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
from importlib.metadata import version
from pathlib import Path
from typing import Any

from bench.speed.contest import BROWSERS

PACKAGES = ("weasyprint", "pydyf", "pikepdf", "typst")


def told() -> dict[str, Any]:
    """Return the machine and the versions of the tools."""
    versions = {"Python": platform.python_version(), **{name: version(name) for name in PACKAGES}}
    for name in (*BROWSERS, "xelatex"):
        if program := shutil.which(name):
            said = subprocess.run(
                [program, "--version"], capture_output=True, text=True, check=False
            )
            versions[name] = said.stdout.strip().partition("\n")[0]
    return {"machine": f"{_processor()}, {os.cpu_count()} cores", "versions": versions}


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text("utf-8").splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()
