"""Whatever the bytes are: an answer, never an exception; and what is taken can be decoded."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageFile
from specimens import chunks_of, encoded, photograph, rebuilt, svg

from newsletter import pictures
from newsletter.compose import galley, resolution
from newsletter.diagnostics import catalogue
from newsletter.pictures import inspect

DRAWING = svg(
    "<style>.a{fill:url(#p)}</style><defs><pattern id='p' width='1' height='1'><path d='M0 0h1z'/>"
    "</pattern></defs><g transform='scale(2)'><use xlink:href='#r'/><rect id='r' class='a' "
    "style='stroke:#f00' stroke-width='2px'/></g>"
).encode()
SEEDS = {
    "a.jpg": [
        encoded(photograph(), "JPEG", progressive=progressive, dpi=(300, 300), exif=exif)
        for progressive in (False, True)
        for exif in (b"", Image.Exif().tobytes() + bytes(12))
    ],
    "a.png": [encoded(photograph(mode), "PNG") for mode in ("RGBA", "P", "1")],
    "a.svg": [DRAWING],
}
quick = settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def answer(path: Path, data: bytes) -> bool:
    """Inspect; return whether the picture is taken. Every code has to be in the catalogue."""
    path.write_bytes(data)
    found, problems = inspect(path)
    assert all(problem.code in catalogue() for problem in problems)
    assert found or any(problem.severity == "error" for problem in problems)
    return found is not None


@st.composite
def mutated(draw: st.DrawFn, seeds: list[bytes]) -> bytes:
    """Return one of the seeds with a few stretches replaced, and perhaps cut short."""
    data = bytearray(draw(st.sampled_from(seeds)))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(data)))
        length = draw(st.integers(0, 8))
        data[start : start + length] = draw(st.binary(max_size=8))
    return bytes(data[: draw(st.one_of(st.none(), st.integers(0, len(data))))])


@quick
@given(data=st.binary(max_size=300), name=st.sampled_from(["a.jpg", "a.png", "a.svg", "a"]))
def test_random_bytes_are_answered(data: bytes, name: str, tmp_path: Path) -> None:
    assert not answer(tmp_path / name, data)


@pytest.mark.parametrize("name", list(SEEDS))
def test_the_seeds_themselves_are_taken(name: str, tmp_path: Path) -> None:
    assert all(answer(tmp_path / name, seed) for seed in SEEDS[name])


@quick
@given(data=mutated(SEEDS["a.jpg"]))
def test_mutated_jpegs_are_answered(data: bytes, tmp_path: Path) -> None:
    if answer(tmp_path / "a.jpg", data):
        decoded_strictly(data)


@quick
@given(data=mutated(SEEDS["a.png"]))
def test_mutated_pngs_are_answered(data: bytes, tmp_path: Path) -> None:
    answer(tmp_path / "a.png", data)


@quick
@given(data=mutated(SEEDS["a.svg"]))
def test_mutated_drawings_are_answered(data: bytes, tmp_path: Path) -> None:
    answer(tmp_path / "a.svg", data)


@quick
@given(data=st.data())
def test_a_png_with_right_checksums_that_is_taken_can_be_decoded(
    data: st.DataObject, tmp_path: Path
) -> None:
    """Our own reader and Pillow's have to agree, whichever chunk was changed."""
    chunks = chunks_of(data.draw(st.sampled_from(SEEDS["a.png"])))
    index = data.draw(st.integers(0, len(chunks) - 1))
    kind, content = chunks[index]
    chunks[index] = (kind, data.draw(mutated([content])))
    changed = rebuilt(chunks)
    if answer(tmp_path / "a.png", changed):
        decoded_strictly(changed)


def decoded_strictly(data: bytes) -> None:
    """Decode without the leniency that WeasyPrint sets for the whole process."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", False)
        with Image.open(io.BytesIO(data)) as image:
            image.load()


def test_every_code_of_the_catalogue_is_in_use() -> None:
    composing = [Path(resolution.__file__), Path(galley.__file__)]
    rooms = [Path(pictures.__file__).parent.rglob("*.py"), composing]
    sources = "".join(path.read_text() for room in rooms for path in room)
    codes = {code for code in catalogue() if code.startswith("N3")}
    assert codes == set(re.findall(r'"(N3\d\d)"', sources))
