"""A layout: its folder, those of the layouts that it extends, and which file a name means.

In: a name in a template, a stylesheet or layout.yaml. Out: the file, looked for in the layout's
own folder first and then in each that it extends; no other folder can be reached.
"""

from __future__ import annotations

import os
from pathlib import Path

from msgspec import Struct

from newsletter.diagnostics import Diagnostic
from newsletter.layouts.spec import LayoutFile
from newsletter.resources import lies_within

LAYOUT_FILE = "layout.yaml"
SPECIMEN_FILE = "specimen.yaml"
ABOVE = "../"


class Layout(Struct, frozen=True):
    """A layout and where it lies: its own folder, then those of the layouts that it extends.

    `warnings` are what its layout.yaml has that is allowed but perhaps not meant.
    """

    spec: LayoutFile
    folders: tuple[Path, ...]
    warnings: tuple[Diagnostic, ...] = ()

    @property
    def folder(self) -> Path:
        """The layout's own folder."""
        return self.folders[0]

    @property
    def specimen(self) -> Path:
        """The smallest issue that fills every slot and sets every option."""
        return self.folder / SPECIMEN_FILE

    def find(self, name: str) -> Path | None:
        """Return the file of a name: the layout's own, or else the nearest that it extends.

        `../silkroad/parts/view.html.j2` passes by the layouts before silkroad, so that a part may
        include or extend the one whose place it takes. No other folder can be reached.
        """
        folders, within = self._reached(name)
        return next((folder / within for folder in folders if _holds(folder, within)), None)

    def _reached(self, name: str) -> tuple[tuple[Path, ...], str]:
        if not name.startswith(ABOVE):
            return self.folders, name
        above, _, within = name.removeprefix(ABOVE).partition("/")
        names = [folder.name for folder in self.folders]
        return (self.folders[names.index(above) :] if above in names else ()), within

    def served(self) -> dict[str, Path]:
        """Return the files that a page may ask for, by their path in the layout's folder."""
        return {
            name: path for folder in reversed(self.folders) for name, path in _files(folder).items()
        }

    def inputs(self) -> dict[str, Path]:
        """Return every file that may take part in the pages, as `silkroad/style.css`."""
        return {
            f"{folder.name}/{name}": path
            for folder in self.folders
            for name, path in _files(folder).items()
        }

    def within(self, path: Path) -> str:
        """Return the path of a file in the folder where it lies."""
        folder = next(folder for folder in self.folders if path.is_relative_to(folder))
        return path.relative_to(folder).as_posix()

    def shown(self, path: Path) -> str:
        """Return the name of a file as messages give it."""
        within = self.within(path)
        return f"layouts/{path.parents[within.count('/')].name}/{within}"


def _holds(folder: Path, name: str) -> bool:
    """Tell whether a folder has a file of its own, not one that a link leads to elsewhere."""
    path = folder / name
    return path.is_file() and lies_within(path, folder)


def _files(folder: Path) -> dict[str, Path]:
    """Return the files in a layout's folder but for its specimen, by their path in it."""
    specimen = folder / SPECIMEN_FILE
    left_out = {specimen, *specimen.with_suffix("").rglob("*")}
    found = {}
    for path in sorted({*folder.rglob("*")} - left_out):
        relative = path.relative_to(folder).as_posix()
        if _holds(folder, relative) if path.is_symlink() else path.is_file():
            found[os.fsencode(relative).decode("utf-8", "replace")] = path
    return found
