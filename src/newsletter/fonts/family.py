"""A family of fonts as its family.yaml describes it.

In: folders that hold one folder a family. Out: frozen `FontFamily` models by their CSS name.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from newsletter.cache.state import file_state
from newsletter.diagnostics import Term
from newsletter.expectation import reason

FILE_NAME = "family.yaml"
MOST_KEPT = 64
"""How many files are known while they are in the state in which they were read."""


class _Description(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class FontMetrics(_Description):
    """Heights in font units, positive upwards.

    `ascender`, `descender` and `line_gap` are those of the table hhea, which FreeType and so
    WeasyPrint use for a line of height `normal`; `em_box_top` and `em_box_bottom` bound the
    ideographs (OS/2 sTypoAscender and sTypoDescender).
    """

    units_per_em: int = Field(gt=0)
    ascender: int
    descender: int
    line_gap: int
    em_box_top: int
    em_box_bottom: int
    cap_height: int
    x_height: int


class FontFile(_Description):
    """One file: its name beside family.yaml, the count of its characters, its fingerprint."""

    file: str = Field(pattern=r"^[^/\\]+$")
    characters: int = Field(gt=0)
    bytes: int = Field(gt=0)
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")


class FontFace(FontFile):
    """A core file with its CSS weight and style, and the file with its rare characters."""

    weight: int = Field(ge=100, le=900, multiple_of=100)
    style: Literal["normal", "italic"] = "normal"
    metrics: FontMetrics
    rest: FontFile | None = None


class FontSource(_Description):
    """Where a family comes from: packages with versions, and the upstream font."""

    packages: Mapping[str, str]
    font: str
    font_version: str


class FontFamily(_Description):
    """A family; `family` is its name in CSS, `folder` where its files lie."""

    family: str = Field(min_length=1, pattern=r"^[^\"\\\n]+$")
    licence: str
    licence_file: str
    source: FontSource
    changes: tuple[str, ...] = ()
    faces: tuple[FontFace, ...]
    folder: Path

    def path(self, file: FontFile) -> Path:
        """Return where a file of this family lies."""
        return self.folder / file.file

    def files(self) -> tuple[FontFile, ...]:
        """Return the core and rest files of all faces."""
        rests = (face.rest for face in self.faces if face.rest)
        return (*self.faces, *rests)


class FamilyError(ValueError):
    """A family.yaml that cannot be used; `path` is the file, `problems` all that is wrong."""

    def __init__(self, path: Path, problems: Sequence[str]) -> None:
        self.path = path
        self.problems = tuple(problems)
        super().__init__(f"{path}: {'; '.join(problems)}")


def load_families(folders: Sequence[Path]) -> dict[str, FontFamily]:
    """Read the families of several folders, by CSS name; a name in an earlier folder wins.

    A folder that does not exist offers nothing. Raises `FamilyError`.
    """
    families: dict[str, FontFamily] = {}
    for folder in reversed(folders):
        here: dict[str, FontFamily] = {}
        for path in sorted(folder.glob(f"*/{FILE_NAME}")):
            family = load_family(path)
            if family.family in here:
                other = here[family.family].folder.name
                raise FamilyError(path, [Term(f"{other}: family twice")])
            here[family.family] = family
        families |= here
    return dict(sorted(families.items()))


def load_family(path: Path) -> FontFamily:
    """Read one family.yaml and see that its files are there; raises `FamilyError`."""
    try:
        family = FontFamily.model_validate({**_mapping(path), "folder": path.parent})
    except ValidationError as error:
        problems = [reason(item["type"], item["loc"]) for item in error.errors()]
        raise FamilyError(path, problems) from error
    if not family.faces:
        raise FamilyError(path, [Term("faces: there must be one")])
    names = [family.licence_file, *(file.file for file in family.files())]
    if absent := [name for name in names if not (family.folder / name).is_file()]:
        raise FamilyError(path, [Term(f"{name}: file lacking") for name in absent])
    home = path.parent.parent.resolve() / path.parent.name
    outside = [n for n in names if not (family.folder / n).resolve().is_relative_to(home)]
    if outside:
        raise FamilyError(path, [Term(f"{name}: outside") for name in outside])
    return family


def _mapping(path: Path) -> Mapping[str, Any]:
    """Return what a family.yaml says."""
    return _read(path, file_state(str(path)))


@functools.lru_cache(MOST_KEPT)
def _read(path: Path, _state: str) -> Mapping[str, Any]:
    """Read a file; the preview asks for all families with every edit."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=loader)  # noqa: S506  a safe one
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise FamilyError(path, [" ".join(str(error).split())]) from error
    if not isinstance(content, dict):
        raise FamilyError(path, [Term("not a mapping")])
    return content
