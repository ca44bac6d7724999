"""Print the figures that the project states of itself, measured now.

Pages and bookmarks of the issue of 2021, the facts carried over from the original, the
digests of two builds made in two folders under two time zones and locales, and the time of
`newsletter --help`. `tools/bad_inputs.py` prints the messages, `python -m bench.speed` the costs.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pypdfium2

ROOT = Path(__file__).resolve().parent.parent
NEWSLETTER = Path(sys.executable).parent / "newsletter"
ISSUE = "2021"
PLACES = {"one": ("Asia/Shanghai", "zh_CN.UTF-8"), "two": ("America/Lima", "C")}


def main() -> int:
    """Print all; 1 when the two builds differ or a fact is missing."""
    with tempfile.TemporaryDirectory() as folder:
        builds = {name: build_at(Path(folder) / name, *where) for name, where in PLACES.items()}
        contents(next(iter(builds.values())) / f"{ISSUE}-screen.pdf")
        equal = digests(builds)
    start_up()
    facts = subprocess.run([sys.executable, ROOT / "tools" / "facts.py"], check=False)
    return 0 if equal and facts.returncode == 0 else 1


def build_at(folder: Path, zone: str, locale: str) -> Path:
    """Build the issue from a copy of the publication in `folder`; return where the files are."""
    for name in ("issues", "layouts", "fonts"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "newsletter.yaml", folder)
    environment = {**os.environ, "TZ": zone, "LC_ALL": locale}
    subprocess.run(
        [NEWSLETTER, "build", ISSUE], cwd=folder, env=environment, check=True, capture_output=True
    )
    return folder / "build" / ISSUE


def contents(path: Path) -> None:
    """Print the pages and the bookmarks of a PDF."""
    pdf = pypdfium2.PdfDocument(path)
    marks = list(pdf.get_toc())
    print(f"{path.name}: {len(pdf)} pages, {len(marks)} bookmarks")
    for mark in marks:
        page = mark.get_dest().get_index() + 1
        print(f"  {'  ' * mark.level}{mark.get_title()} … {page}")
    pdf.close()


def digests(builds: dict[str, Path]) -> bool:
    """Print the SHA-256 of every file of every build; tell whether they agree."""
    found = []
    for name, folder in builds.items():
        print(f"built in the folder {name} ({', '.join(PLACES[name])})")
        files = sorted(folder.iterdir())
        found.append([hashlib.sha256(file.read_bytes()).hexdigest() for file in files])
        for file, digest in zip(files, found[-1], strict=True):
            print(f"  {digest}  {file.name}")
    print("equal" if found[0] == found[1] else "DIFFERENT")
    return found[0] == found[1]


def start_up() -> None:
    """Print the least time of five runs of --help."""
    times = []
    for _ in range(5):
        begun = time.perf_counter()
        subprocess.run([NEWSLETTER, "--help"], check=True, capture_output=True)
        times.append(time.perf_counter() - begun)
    print(f"newsletter --help: {min(times):.3f} s")


if __name__ == "__main__":
    sys.exit(main())
