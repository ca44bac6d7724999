"""The source of an edition: all that is needed to build it again, as a publication's folder.

In: an edition. Out: names to contents: newsletter.yaml, the issue's YAML and pictures, its layout
with those it extends, the font files it uses with their licences, the press profiles. A family's
rest file that no character of the issue needs is left out, and family.yaml says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from newsletter.archive.bag import Content
from newsletter.checking import font_families
from newsletter.compose.galley import Galley
from newsletter.fonts.family import FILE_NAME, FontFamily
from newsletter.issue.loader import PUBLICATION_FILE, Copy
from newsletter.press.condition import ConditionError, load_condition
from newsletter.resources import folders

FOLDER = "source"


def source_of(galley: Galley) -> dict[str, Content]:
    """Return the files of a publication that holds just this issue."""
    copy = galley.copy
    files: dict[str, Content] = {PUBLICATION_FILE: copy.root / PUBLICATION_FILE}
    files |= {source.shown: source.path for source in copy.sources()}
    home = copy.shown(copy.folder)
    files |= {f"{home}/{p.file}": copy.folder / p.file for p in copy.issue.pictures()}
    files |= {f"layouts/{name}": path for name, path in galley.layout.inputs().items()}
    files |= dict(_fonts(galley))
    files |= dict(_profiles(copy))
    return files


def _fonts(galley: Galley) -> Iterator[tuple[str, Content]]:
    used = set(galley.assets.values())
    for family in font_families(galley.copy.root).values():
        served = [family.path(file) for file in family.files() if family.path(file) in used]
        if not served:
            continue
        home = f"fonts/{family.folder.name}"
        yield f"{home}/{FILE_NAME}", _described(family, used)
        yield f"{home}/{family.licence_file}", family.folder / family.licence_file
        for face in family.faces:
            yield f"{home}/{face.file}", family.path(face)
        for path in served:
            yield f"{home}/{path.name}", path


def _described(family: FontFamily, used: set[Path]) -> bytes:
    """Return family.yaml without the rest files that are left out."""
    import yaml

    original = (family.folder / FILE_NAME).read_bytes()
    idle = {f.rest.file for f in family.faces if f.rest and family.path(f.rest) not in used}
    if not idle:
        return original
    said: dict[str, Any] = yaml.safe_load(original)
    for face in said["faces"]:
        if face.get("rest", {}).get("file") in idle:
            del face["rest"]
    text = yaml.safe_dump(said, allow_unicode=True, sort_keys=False)
    return f"# Without {', '.join(sorted(idle))}: this issue needs none of it.\n{text}".encode()


def _profiles(copy: Copy) -> Iterator[tuple[str, Content]]:
    """Yield the folder of profiles in which the issue's press is found."""
    for folder in folders("profiles", copy.root):
        try:
            load_condition(copy.publication.press.condition, [folder])
        except ConditionError:
            continue
        for path in sorted(folder.iterdir()):
            if path.is_file():
                yield f"profiles/{path.name}", path
        return
