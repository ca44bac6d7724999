"""The inspection of one picture: from its path to what the press needs to know of it.

In: a path, as `locate` returns it. Out: a `PictureFile`, or None if there is an error, and
all problems that were found. Never raises, whatever the file holds.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

from newsletter.cache.state import file_state
from newsletter.cache.store import recalled
from newsletter.diagnostics import Diagnostic, Place, Severity, Values
from newsletter.pictures import formats, jpeg, png, raster
from newsletter.pictures.colour import UNSEEN_SHIFT, UnreadableProfileError, profile_shift
from newsletter.pictures.decoding import Decoded, decode
from newsletter.pictures.location import locate
from newsletter.pictures.problem import Flaw, Problem, flaw

if TYPE_CHECKING:
    from newsletter.pictures.svg import Drawing

LARGEST_FILE = 50_000_000
LARGEST_SVG = 10_000_000  # WeasyPrint 70 takes 2 to 5 seconds for each megabyte of paths
PUT_RIGHT = {
    2: "-flip horizontal",
    3: "-rotate 180",
    4: "-flip vertical",
    5: "-transpose",
    6: "-rotate 90",
    7: "-transverse",
    8: "-rotate 270",
}
"""By EXIF orientation (Exif 2.32, 4.6.4) the option of jpegtran that undoes it."""


class PictureFile(Struct, frozen=True):
    """What the press needs to know of one picture.

    Width and height are pixels of a raster as it is printed, after its EXIF orientation, and
    user units of an SVG.
    """

    path: Path
    media_type: str
    width: float
    height: float
    sha256: str


def examine(
    name: str, folder: Path, place: Place | None = None
) -> tuple[PictureFile | None, list[Diagnostic]]:
    """Locate and inspect the picture `name`; its problems stand at `place` in the YAML."""
    states = _states(name, folder)
    known = _FOUND.get((name, folder))
    if known is None or known.states != states:
        path = locate(name, folder)
        if isinstance(path, Problem):
            return None, [path.at(place)]
        known = Found(states, *inspect(path))
        if len(_FOUND) >= MOST_KEPT:
            _FOUND.clear()
        _FOUND[name, folder] = known
    return known.picture, [problem.of(name).at(place) for problem in known.problems]


class Found(NamedTuple):
    """What was found of a picture while its file and the folders around it were in a state."""

    states: Sequence[str]
    picture: PictureFile | None
    problems: Sequence[Problem]


MOST_KEPT = 500
"""How many pictures are kept as they were found."""
_FOUND: dict[tuple[str, Path], Found] = {}


def _states(name: str, folder: Path) -> Sequence[str]:
    """Return the states of what a name leads to, and of every folder on the way."""
    steps = accumulate(name.split("/"), os.path.join, initial=str(folder))
    return [file_state(step) for step in steps]


def inspect(path: Path) -> tuple[PictureFile | None, list[Problem]]:
    """Inspect the file at `path`; without a `PictureFile` there is at least one error."""
    problems: list[Problem] = []
    try:
        picture = _inspect(path, problems)
    except Flaw as stop:
        problems.append(stop.problem)
        picture = None
    except OSError:
        problems.append(Problem("N306"))
        picture = None
    refused = any(problem.severity is Severity.ERROR for problem in problems)
    return None if refused else picture, [problem.of(path.name) for problem in problems]


def _inspect(path: Path, problems: list[Problem]) -> PictureFile:
    data = _read(path)
    media_type = _media_type(path, data, problems)
    digest = hashlib.sha256(data).hexdigest()
    if media_type == formats.SVG:
        if len(data) > LARGEST_SVG:
            raise _too_large(LARGEST_SVG)
        width, height, found = _drawing(data)
        problems.extend(found)
        return PictureFile(path, media_type, width, height, digest)
    header, decoded = _raster(media_type, data)
    problems.extend(_doubts(media_type, decoded))
    width, height = header.width, header.height
    if decoded.on_its_side:
        width, height = height, width
    return PictureFile(path, media_type, width, height, digest)


def _drawing(data: bytes) -> tuple[float, float, Sequence[Problem]]:
    """Return a drawing's width, height and problems; that it has none is kept for the next time."""
    found: list[Drawing] = []

    def read() -> Drawing:
        from newsletter.pictures import svg  # its patterns take time, and most drawings are known

        found.append(svg.read(data))
        return found[0]

    def sound() -> bytes:
        drawing = read()
        return b"" if drawing.problems else f"{drawing.width!r} {drawing.height!r}".encode()

    known = recalled("sound drawing", (data,), sound)
    if found or not known:
        drawing = found[0] if found else read()
        return drawing.width, drawing.height, drawing.problems
    width, height = map(float, known.split())
    return width, height, ()


def _read(path: Path) -> bytes:
    """Return the content of a regular file within the limit; never waits at a pipe."""
    status = path.stat()
    if not stat.S_ISREG(status.st_mode):
        raise flaw("N305")
    if status.st_size > LARGEST_FILE:
        raise _too_large(LARGEST_FILE)
    with path.open("rb") as file:
        data = file.read(status.st_size)
    if not data:
        raise flaw("N310")
    return data


def _too_large(limit: int) -> Flaw:
    return flaw("N311", limit=limit // 1_000_000)


def _media_type(path: Path, data: bytes, problems: list[Problem]) -> str:
    suffix = path.suffix.lower()
    kind = formats.sniff(data, suffix)
    if kind is None:
        raise flaw("N312")
    if kind == "gzip" and suffix in (".svg", ".svgz"):
        raise flaw("N332")
    if kind not in formats.NAMES:
        raise flaw("N313", format=kind)
    if formats.SUFFIXES.get(suffix) != kind:
        name = formats.NAMES[kind]
        right = next(known for known, media_type in formats.SUFFIXES.items() if media_type == kind)
        values = {"suffix": path.suffix, "format": name, "right": right}
        problems.append(Problem("N314", values, "default" if suffix else "none"))
    return kind


def _raster(media_type: str, data: bytes) -> tuple[raster.Header, Decoded]:
    """Judge the header, then the structure, and only then let Pillow decode."""
    if media_type == formats.PNG:
        header = png.read_header(data)
        raster.judge_size(header)
        png.check(data, header)
        if header.sixteen_bit_gray:
            raise flaw("N318")
        return header, decode(data, "PNG")
    frame = jpeg.read_header(data)
    raster.judge_size(frame)
    jpeg.judge_kind(frame)
    jpeg.check(data)
    return frame, decode(data, "JPEG")


def _doubts(media_type: str, decoded: Decoded) -> list[Problem]:
    """Return what can be printed, but not as the photographer left it.

    WeasyPrint 70 honours the EXIF orientation. It turns a PNG without loss, but writes a
    JPEG anew with quality 75 and halved colour resolution (measured: 165 KB became 92 KB).
    It does so with every JPEG that has an EXIF block, upright ones included, unless CSS says
    `image-orientation: none`; then the file is embedded byte for byte, metadata and all.
    """
    doubts = []
    if decoded.orientation != 1 and media_type == formats.JPEG:
        values: Values = {
            "orientation": decoded.orientation,
            "option": PUT_RIGHT[decoded.orientation],
        }
        doubts.append(Problem("N325", values))
    if decoded.profile:
        doubts.extend(_profile_doubts(decoded.profile, gray=decoded.mode in ("1", "L", "LA")))
    return doubts


def _profile_doubts(profile: bytes, *, gray: bool) -> list[Problem]:
    try:
        name, shift = profile_shift(profile, gray=gray)
    except UnreadableProfileError:
        return [Problem("N327")]
    if shift <= UNSEEN_SHIFT:
        return []
    return [Problem("N326", {"profile": name or "?", "shift": shift})]
