"""A printing condition: the ICC profile of a press, and what a file says of it.

In: a profile's name and the folders that hold `profiles.yaml` with profiles beside it; or the
path of an ICC file in one of them. Out: a `PressCondition`; `ConditionError` when there is none.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Literal

from msgspec import Struct

from newsletter.cache.store import recalled

PROFILES_FILE = "profiles.yaml"
COLOUR_SPACE = slice(16, 20)
"""Where an ICC profile names its colour space (ICC.1:2022, 7.2)."""

Intent = Literal["relative", "perceptual"]


class ConditionError(ValueError):
    """There is no such profile, or it is not one of a press."""

    def __init__(self, name: str, problem: Literal["missing", "unreadable", "not-cmyk"]) -> None:
        self.name, self.problem = name, problem
        super().__init__(f"{name}: {problem}")


class PressCondition(Struct, frozen=True):
    """The profile of a press: its bytes, and the names that an output intent gives it.

    `identifier` is that of the registry of characterisations (ISO 15930-7:2010), or
    the profile's own description where nobody registered it; then `registry` is empty. `file` is
    the name of its file in the folder of profiles.
    """

    name: str
    icc: bytes
    identifier: str
    registry: str = ""
    file: str = ""


def load_condition(name: str, folders: Sequence[Path]) -> PressCondition:
    """Return the condition of a name, or of a file in one of the folders."""
    for folder in folders:
        for entry in _entries(folder):
            if entry["name"] == name:
                icc = _read(folder / entry["file"], name)
                registry = entry.get("registry", "")
                identifier = entry.get("output_condition_identifier", name)
                return PressCondition(name, icc, identifier, registry, entry["file"])
    for folder in folders:
        path = (folder / name).resolve()
        if path.is_file() and path.is_relative_to(folder.resolve()):
            icc = _read(path, name)
            description = _description(icc, name)
            return PressCondition(description, icc, description, file=name)
    raise ConditionError(name, "missing")


def condition_names(folders: Sequence[Path]) -> list[str]:
    """Return the names of all conditions that can be asked for."""
    entries = (entry for folder in folders for entry in _entries(folder))
    return sorted({entry["name"] for entry in entries if entry.get("colour_space") == "CMYK"})


def _entries(folder: Path) -> Iterator[dict[str, Any]]:
    import yaml

    file = folder / PROFILES_FILE
    if file.is_file():
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        yield from yaml.load(file.read_text("utf-8"), loader)["profiles"]  # noqa: S506 - a safe one


def _read(path: Path, name: str) -> bytes:
    try:
        icc = path.read_bytes()
    except OSError as error:
        raise ConditionError(name, "missing") from error
    if icc[COLOUR_SPACE] != b"CMYK":
        raise ConditionError(name, "not-cmyk")
    _description(icc, name)
    return icc


def _description(icc: bytes, name: str) -> str:
    def read() -> bytes:
        from PIL import ImageCms

        profile = ImageCms.getOpenProfile(io.BytesIO(icc))
        return ImageCms.getProfileDescription(profile).strip().encode()

    try:
        return recalled("description of a profile", (icc,), read).decode() or name
    except Exception as error:  # LittleCMS's wrapper raises many kinds
        raise ConditionError(name, "unreadable") from error
