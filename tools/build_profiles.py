"""Take the colour profiles out of a Debian package.

In: the package texlive-base, downloaded by apt-get and unpacked in a temporary folder; it is
not installed. Out: ``profiles/`` with the ICC files as they are, their licence and
``profiles.yaml``. The same package version gives the same bytes.

    python tools/build_profiles.py            write profiles/
    python tools/build_profiles.py --check    take out aside and compare with profiles/

Exit status: 0 done or equal, 1 a file differs (named on standard output),
3 apt-get, dpkg-deb or the package cannot be had (said on standard error).

Debian's copyright file of texlive-base has no paragraph on the profiles; the README of the
bundle colorprofiles, in the same package, has, and is what lies beside them.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import importlib.util
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from build_fonts import compare

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = "texlive-base"
ICC_FOLDER = Path("usr/share/texlive/texmf-dist/tex/generic/colorprofiles")
README = Path("usr/share/doc/texlive-doc/generic/colorprofiles/README.gz")
LICENCE_FILE = "LICENCE.txt"
DESCRIPTION = "profiles.yaml"


@dataclass(frozen=True)
class Profile:
    """One profile; condition and registry are those of a PDF/X output intent (ISO 15930)."""

    name: str
    file: str
    licence: str
    condition: str | None = None
    registry: str | None = None


PROFILES = (
    Profile(
        "FOGRA39L coated",
        "FOGRA39L_coated.icc",
        "Zlib",
        condition="FOGRA39",
        registry="http://www.color.org",
    ),
    Profile("sRGB", "sRGB.icc", "MIT"),
)
SPACES = {b"CMYK": "CMYK", b"RGB ": "RGB", b"GRAY": "Gray"}


def main(arguments: list[str] | None = None) -> int:
    """Build, or build aside and compare; the exit status is that of the module."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--check", action="store_true", help="compare, write nothing")
    options = parser.parse_args(arguments)
    if lacking := [name for name in ("apt-get", "dpkg-deb") if shutil.which(name) is None]:
        print(f"not on this system: {' '.join(lacking)}; use Debian or Ubuntu", file=sys.stderr)
        return 3
    if importlib.util.find_spec("yaml") is None:
        print("libraries missing: yaml; pip install '.[dev]'", file=sys.stderr)
        return 3
    with tempfile.TemporaryDirectory(prefix="profiles-") as folder:
        try:
            version = unpack(PACKAGE, Path(folder))
        except subprocess.CalledProcessError as error:
            print(f"cannot get {PACKAGE}: run apt-get update\n{error.stderr}", file=sys.stderr)
            return 3
        out = Path(folder) / "profiles"
        build(Path(folder), version, out)
        if options.check:
            differences = list(compare(out, ROOT / "profiles"))
            print("".join(f"{line}\n" for line in differences), end="")
            return 1 if differences else 0
        shutil.copytree(out, ROOT / "profiles", dirs_exist_ok=True)
    return 0


def unpack(package: str, folder: Path) -> str:
    """Download a package into ``folder``, lay its files out there, return its version."""
    run("apt-get", "download", package, folder=folder)
    (archive,) = folder.glob("*.deb")
    run("dpkg-deb", "--extract", archive.name, ".", folder=folder)
    return run("dpkg-deb", "--field", archive.name, "Version", folder=folder).strip()


def run(*command: str, folder: Path) -> str:
    """Run a command in ``folder``; return what it prints, raise when it fails."""
    finished = subprocess.run(
        command,
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
    )
    return finished.stdout


def build(unpacked: Path, version: str, out: Path) -> None:
    """Write the profiles, their licence and their description to ``out``."""
    import yaml

    out.mkdir(parents=True, exist_ok=True)
    entries = []
    for profile in PROFILES:
        content = (unpacked / ICC_FOLDER / profile.file).read_bytes()
        (out / profile.file).write_bytes(content)
        entries.append(entry(profile, content))
    licence = gzip.decompress((unpacked / README).read_bytes())
    (out / LICENCE_FILE).write_bytes(licence)
    listing = {"source": {"package": PACKAGE, "version": version}, "profiles": entries}
    head = "# Written by tools/build_profiles.py.\n"
    text = yaml.safe_dump(listing, sort_keys=False, allow_unicode=True, width=100)
    (out / DESCRIPTION).write_text(head + text, encoding="utf-8")


def entry(profile: Profile, content: bytes) -> dict[str, Any]:
    """Describe a profile; its colour space stands at byte 16 of the header (ICC.1, 7.2.8)."""
    described: dict[str, Any] = {
        "name": profile.name,
        "file": profile.file,
        "colour_space": SPACES[content[16:20]],
    }
    if profile.condition:
        described["output_condition_identifier"] = profile.condition
        described["registry"] = profile.registry
    return described | {
        "bytes": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
        "licence": profile.licence,
        "licence_file": LICENCE_FILE,
    }


if __name__ == "__main__":
    raise SystemExit(main())
