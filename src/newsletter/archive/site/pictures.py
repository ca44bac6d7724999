"""Pictures and files of a bag that go into the site: which may, and how large they are.

In: a bag's folder `data/` and an address in it. Out: a copy beside the issue's page, or a
diagnostic that says why there is none. A drawing (SVG) is code: one that runs something or points
outside itself is left out.
"""

from __future__ import annotations

import re
import shutil
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath
from urllib.parse import quote, unquote, urlsplit

from newsletter.archive.site.sieve import Shown
from newsletter.diagnostics import Diagnostic, Term

KINDS = frozenset({".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".svg"})
POINTING = re.compile(r"url\(\s*['\"]?(?!#)|@import|javascript:", re.IGNORECASE)
RUNNING = frozenset({"script", "foreignobject", "iframe", "object", "embed", "handler", "set"})
FOLDER = "pictures"
_NUMBER = rb"-?[\d.]+[\s,]+"
_SIDE = rb"(\d+\.?\d*)"
VIEW_BOX = re.compile(rb"viewBox=[\"']\s*" + _NUMBER * 2 + _SIDE + rb"[\s,]+" + _SIDE)
HEAD = 4096
"""Bytes of a drawing in which its view box is looked for."""


class Pictures:
    """The pictures of one issue: each is copied once, when it is first asked for."""

    def __init__(self, issue: str, data: Path, target: Path) -> None:
        self._issue, self._data, self._target = issue, data, target
        self._shown: dict[str, Shown | None] = {}
        self.problems: list[Diagnostic] = []

    def show(self, address: str, prefix: str) -> Shown | None:
        """Return a picture as seen from a page; `prefix` leads from there to the issue."""
        name = self._name(address)
        if name not in self._shown:
            self._shown[name] = self._copied(name, address)
        found = self._shown[name]
        return found and Shown(prefix + found.url, found.width, found.height)

    def _name(self, address: str) -> str:
        """Return a picture's path below `pictures/`; an address elsewhere has none."""
        parts = urlsplit(address)
        path = PurePosixPath(unquote(parts.path))
        steps = [step for step in path.parts if step not in {".", ".."}]
        if parts.scheme or parts.netloc or path.is_absolute() or steps[:1] != [FOLDER]:
            return ""
        return "/".join(steps[1:])

    def _copied(self, name: str, address: str) -> Shown | None:
        source = self._data / FOLDER / name
        if not name or source.suffix.lower() not in KINDS:
            reason = "unsafe"
        elif not source.is_file():
            reason = "missing"
        else:
            reason = "unsafe" if source.is_symlink() or not is_quiet(source) else ""
        if reason:
            values = {"issue": self._issue, "file": address, "reason": Term(reason)}
            self.problems.append(Diagnostic("N798", None, values))
            return None
        target = self._target / FOLDER / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)
        return Shown(quote(f"{FOLDER}/{name}"), *size(source))


def size(path: Path) -> tuple[int, int]:
    """Return a picture's width and height in pixels; 0 where it is not known."""
    from PIL import Image

    if path.suffix.lower() == ".svg":
        with path.open("rb") as stream:
            box = VIEW_BOX.search(stream.read(HEAD))
        return (round(float(box[1])), round(float(box[2]))) if box else (0, 0)
    try:
        with Image.open(path) as image:
            return image.size
    except (OSError, ValueError, Image.DecompressionBombError):
        return 0, 0


def is_quiet(path: Path) -> bool:
    """Tell whether a picture runs nothing and points to nothing: pixels do neither."""
    if path.suffix.lower() != ".svg":
        return True
    listener = _Listener()
    listener.feed(path.read_bytes().decode("utf-8", errors="replace"))
    listener.close()
    return listener.quiet


class _Listener(HTMLParser):
    """Reads a drawing leniently, so that what some browser would take for code is seen."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.quiet = True

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at an element's name and attributes."""
        if tag.rpartition(":")[2] in RUNNING:
            self.quiet = False
        for key, value in attrs:
            self._look_at(key, (value or "").strip())

    def handle_data(self, data: str) -> None:
        """Look at text, which may be a style."""
        if POINTING.search(data):
            self.quiet = False

    def handle_decl(self, decl: str) -> None:
        """Refuse declarations of entities."""
        if "entity" in decl.lower():
            self.quiet = False

    def unknown_decl(self, data: str) -> None:
        """Look at CDATA as at text."""
        self.handle_data(data)

    def handle_pi(self, data: str) -> None:
        """Refuse style sheets from elsewhere."""
        if "xml-stylesheet" in data:
            self.quiet = False

    def _look_at(self, key: str, value: str) -> None:
        name = key.rpartition(":")[2]
        own = value.startswith("#") or value.lower().startswith("data:image/png")
        own = own or value.lower().startswith("data:image/jpeg")
        if (
            name.startswith("on")
            or (name in {"href", "src"} and value and not own)
            or (
                name not in {"href", "src"}
                and not key.startswith("xmlns")
                and POINTING.search(value)
            )
        ):
            self.quiet = False
