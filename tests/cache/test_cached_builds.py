"""A cache changes no byte: empty, full, damaged, shared by builds at once, left by killed ones."""

from __future__ import annotations

import hashlib
import io
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from newsletter import edition
from newsletter.issue.models import Press
from newsletter.press import pictures
from newsletter.press.condition import load_condition
from newsletter.press.separation import Separation
from newsletter.resources import folders
from workshop import TEMPLATE, Workshop

LOOK = "img { width: 60mm } p { color: #1a7a66; font-size: 7pt }"
"""Small text in three inks, of which preflight warns (N926)."""
PROFILES = ("screen", "print")


@pytest.fixture
def shop(tmp_path: Path) -> Workshop:
    """A publication with a photograph."""
    from PIL import Image

    made = Workshop(tmp_path / "publication")
    photograph = Image.radial_gradient("L").resize((900, 600))
    colours = Image.merge("RGB", [photograph, photograph.rotate(90), photograph.rotate(180)])
    data = io.BytesIO()
    colours.save(data, "PNG")
    (made.issue / "photo.png").write_bytes(data.getvalue())
    made.set_up(TEMPLATE, (made.layout / "style.css").read_text("utf-8") + LOOK)
    picture = {"id": "photo", "file": "photo.png", "alt": "照片"}
    made.write_article("李𠮷\n\n![](photo)", pictures=[picture])
    return made


def digests(shop: Workshop, out: Path) -> dict[str, str]:
    edition.build(shop.root, "one", PROFILES, out)
    return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in sorted(out.iterdir())}


def entries(cache: Path) -> list[Path]:
    return [path for path in cache.rglob("*") if path.is_file()]


def test_no_cache_an_empty_a_full_and_a_damaged_one_give_the_same_bytes(
    shop: Workshop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    without = digests(shop, tmp_path / "without")
    cache = tmp_path / "cache"
    monkeypatch.setenv("NEWSLETTER_CACHE", str(cache))
    assert digests(shop, tmp_path / "empty") == without
    assert len(entries(cache)) > 4
    assert digests(shop, tmp_path / "full") == without
    for number, path in enumerate(entries(cache)):
        whole = path.read_bytes()
        path.write_bytes([whole[:-1] + b"!", whole[:20], b""][number % 3])
    assert digests(shop, tmp_path / "damaged") == without
    assert digests(shop, tmp_path / "mended") == without


def test_a_full_cache_spares_the_work(
    shop: Workshop, tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    digests(shop, tmp_path / "empty")

    def refuse(*_arguments: object) -> None:
        raise AssertionError("done again")

    monkeypatch.setattr("newsletter.press.printing.print_file", refuse)
    monkeypatch.setattr(edition, "inspect_file", refuse)
    digests(shop, tmp_path / "full")


def test_findings_of_a_file_are_told_again(shop: Workshop, tmp_path: Path, cache: Path) -> None:
    found = [
        edition.build(shop.root, "one", PROFILES, tmp_path / str(n)).findings for n in range(2)
    ]
    assert found[0] == found[1]
    assert "N926" in [d.code for d in found[0]]


# Pictures


def picture_of(pdf: object, level: int, kind: str = "/DeviceRGB") -> object:
    from pikepdf import Name, Stream

    colours = 3 if kind == "/DeviceRGB" else 1
    return Stream(
        pdf,  # type: ignore[arg-type]
        bytes([level, 10, 200][:colours]) * 16,
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=4,
        Height=4,
        BitsPerComponent=8,
        ColorSpace=Name(kind),
    )


def converted(level: int, limit: float = 300.0, kind: str = "/DeviceRGB") -> bytes:
    import pikepdf

    separation = Separation(
        load_condition(Press().condition, folders("profiles", None)), ink_limit=limit
    )
    with pikepdf.new() as pdf:
        picture = picture_of(pdf, level, kind)
        pictures.convert_picture(picture, separation)
        told = f"{picture.ColorSpace} {picture.DecodeParms.unparse()}"  # type: ignore[attr-defined]
        return told.encode() + bytes(picture.read_bytes())  # type: ignore[attr-defined]


def test_a_picture_is_converted_once_for_each_press(
    cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[int] = []
    of_picture = Separation.of_picture

    def counted(self: Separation, picture: object) -> object:
        made.append(1)
        return of_picture(self, picture)  # type: ignore[arg-type]

    monkeypatch.setenv("NEWSLETTER_CACHE", "off")
    fresh = [converted(10), converted(11), converted(10, 100.0), converted(10, kind="/DeviceGray")]
    assert len({*fresh}) == 4
    monkeypatch.setenv("NEWSLETTER_CACHE", str(cache))
    monkeypatch.setattr(Separation, "of_picture", counted)
    for _ in range(2):
        kept = [converted(10), converted(11), converted(10, 100.0)]
        assert [*kept, converted(10, kind="/DeviceGray")] == fresh
    assert len(made) == 4


# Many builds

BUILD = """
import sys
from pathlib import Path
from newsletter import edition
edition.build(Path(sys.argv[1]), "one", ["screen", "print"], Path(sys.argv[2]))
"""


def building(shop: Workshop, out: Path, cache: Path | str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", BUILD, str(shop.root), str(out)],
        env={**os.environ, "NEWSLETTER_CACHE": str(cache)},
        stderr=subprocess.DEVNULL,
    )


def read(out: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in out.iterdir() if path.suffix != ".part"}


def test_builds_at_once_that_share_a_cache_give_the_same_bytes(
    shop: Workshop, tmp_path: Path
) -> None:
    alone = building(shop, tmp_path / "alone", "off")
    outs = [tmp_path / f"out{n}" for n in range(3)]
    together = [building(shop, out, tmp_path / "cache") for out in outs]
    assert [process.wait(120) for process in (alone, *together)] == [0] * 4
    assert all(read(out) == read(tmp_path / "alone") for out in outs)


def test_builds_killed_at_any_moment_leave_a_cache_that_does_no_harm(
    shop: Workshop, tmp_path: Path
) -> None:
    without = digests(shop, tmp_path / "without")
    cache, out = tmp_path / "cache", tmp_path / "out"
    moments = random.Random(2021)  # noqa: S311 - the same moments at each run
    for _ in range(5):
        process = building(shop, out, cache)
        time.sleep(moments.uniform(0.5, 2.5))
        process.send_signal(signal.SIGKILL)
        process.wait(60)
    process = building(shop, out, cache)
    assert process.wait(120) == 0
    assert {name: hashlib.sha256(data).hexdigest() for name, data in read(out).items()} == without
