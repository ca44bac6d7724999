"""JPEG and PNG: what is taken, and what is refused before or after decoding."""

from __future__ import annotations

import gzip
import hashlib
import io
import os
import struct
import tracemalloc
import zlib
from pathlib import Path

import pytest
from PIL import Image, ImageCms, ImageFile, ImageOps
from specimens import (
    GRAY_ALPHA,
    PALETTE,
    PNG_SIGNATURE,
    RGB,
    RGBA,
    chunk,
    chunks_of,
    codes,
    encoded,
    frame,
    gray_png,
    header,
    jpeg,
    photograph,
    png,
    rebuilt,
    segment,
    svg,
)

from growth import grows_linearly
from newsletter.diagnostics import Diagnostic
from newsletter.pictures import inspect, inspection
from newsletter.pictures.colour import UNSEEN_SHIFT, profile_shift

SCAN = segment(0xDA, b"\1\1\0\0\x3f\0") + b"\0"
LIMIT = 100_000_000


@pytest.fixture(params=[False, True], ids=["strict", "after WeasyPrint"])
def _tolerance(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """WeasyPrint makes Pillow tolerant for the whole process; nothing may depend on it."""
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", request.param)


# What is taken


@pytest.mark.parametrize("mode", ["RGB", "L"])
@pytest.mark.parametrize("progressive", [False, True])
def test_ordinary_photographs_are_taken(mode: str, *, progressive: bool, tmp_path: Path) -> None:
    data = encoded(photograph(mode), "JPEG", progressive=progressive, dpi=(300, 300))
    path = tmp_path / "hall.jpg"
    assert codes(path, data) == []
    found, _ = inspect(path)
    assert found
    assert (found.media_type, found.width, found.height) == ("image/jpeg", 32, 24)
    assert found.sha256 == hashlib.sha256(data).hexdigest()


@pytest.mark.parametrize("mode", ["1", "L", "P", "LA", "RGB", "RGBA"])
def test_ordinary_graphics_are_taken(mode: str, tmp_path: Path) -> None:
    path = tmp_path / "chart.PNG"
    assert codes(path, encoded(photograph(mode), "PNG")) == []


@pytest.mark.parametrize("lace", [0, 1])
@pytest.mark.parametrize(("bits", "colour"), [(16, RGB), (16, RGBA), (16, GRAY_ALPHA), (2, 0)])
def test_uncommon_but_printable_graphics_are_taken(
    lace: int, bits: int, colour: int, tmp_path: Path
) -> None:
    """An interlaced picture of 1 × 1 pixel has one pass with one row."""
    pixel = -(-bits * {RGB: 3, RGBA: 4, GRAY_ALPHA: 2, 0: 1}[colour] // 8)
    data = png(header(1, 1, bits, colour, lace), chunk(b"IDAT", zlib.compress(bytes(1 + pixel))))
    assert codes(tmp_path / "a.png", data) == []


def test_a_palette_with_transparency_is_taken(tmp_path: Path) -> None:
    data = encoded(photograph("P"), "PNG", transparency=0)
    assert codes(tmp_path / "a.png", data) == []


@pytest.mark.parametrize("size", [(1, 1), (7, 100), (100, 9)])
def test_small_and_narrow_photographs_are_taken(size: tuple[int, int], tmp_path: Path) -> None:
    assert codes(tmp_path / "a.jpg", encoded(photograph(size=size), "JPEG")) == []


def test_what_follows_the_end_of_a_jpeg_is_ignored(tmp_path: Path) -> None:
    assert codes(tmp_path / "a.jpg", encoded(photograph(), "JPEG") + b"video of a phone") == []


# What kind of file it is


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    assert codes(tmp_path / "a.jpg", b"") == ["N310"]


def test_a_file_above_the_limit_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    path.touch()
    os.truncate(path, inspection.LARGEST_FILE + 1)
    assert [problem.code for problem in inspect(path)[1]] == ["N311"]


@pytest.mark.parametrize("content", [b"\0", b"hello", b"<p>no drawing</p>", b"\xff\xd8"])
def test_what_is_no_picture_is_refused(content: bytes, tmp_path: Path) -> None:
    assert codes(tmp_path / "a.jpg", content) == ["N312"]


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "TIFF", "BMP", "PDF", "EPS", "ICO", "JPEG2000"])
def test_other_formats_are_named_and_refused(kind: str, tmp_path: Path) -> None:
    assert codes(tmp_path / "a.png", encoded(photograph(), kind)) == ["N313"]


@pytest.mark.parametrize("mode", ["CMYK", "LAB"])
def test_tiff_is_refused_in_any_colour_space(mode: str, tmp_path: Path) -> None:
    assert codes(tmp_path / "a.tif", encoded(Image.new(mode, (2, 2)), "TIFF")) == ["N313"]


@pytest.mark.parametrize("brand", [b"heic", b"avif", b"isom"])
def test_pictures_and_films_of_phones_are_refused(brand: bytes, tmp_path: Path) -> None:
    assert codes(tmp_path / "a.jpg", b"\0\0\0\x18ftyp" + brand + bytes(12)) == ["N313"]


def test_a_compressed_file_that_is_no_drawing_is_refused(tmp_path: Path) -> None:
    assert codes(tmp_path / "a.png", gzip.compress(b"x")) == ["N313"]


@pytest.mark.parametrize("name", ["a.png", "a.JPG.png", "a.txt", "a"])
def test_a_suffix_that_does_not_agree_with_the_content_is_refused(
    name: str, tmp_path: Path
) -> None:
    assert codes(tmp_path / name, encoded(photograph(), "JPEG")) == ["N314"]


def test_a_wrong_suffix_does_not_hide_what_else_is_wrong(tmp_path: Path) -> None:
    assert codes(tmp_path / "a.png", encoded(photograph("CMYK"), "JPEG")) == ["N314", "N319"]
    assert codes(tmp_path / "a.png", svg("<text/>")) == ["N314", "N341"]


@pytest.mark.parametrize("make", [Path.mkdir, os.mkfifo])
def test_what_is_no_regular_file_is_refused_without_waiting(make: object, tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    make(path)
    assert [problem.code for problem in inspect(path)[1]] == ["N305"]


def test_a_file_that_has_gone_is_unreadable(tmp_path: Path) -> None:
    assert [problem.code for problem in inspect(tmp_path / "a.png")[1]] == ["N306"]


# Sizes


@pytest.mark.parametrize(
    "data",
    [
        png(header(30_000, 10_001), chunk(b"IDAT", b"")),
        gray_png(0x7FFFFFFF, 0)[:33] + b"rubbish",
        png(header(0x7FFFFFFF, 0x7FFFFFFF)),
        jpeg(frame(65_535, 65_535), SCAN),
    ],
    ids=["300 megapixels", "no height", "exapixels", "4 gigapixels"],
)
def test_the_header_is_judged_before_anything_is_decoded(data: bytes, tmp_path: Path) -> None:
    suffix = ".png" if data.startswith(PNG_SIGNATURE) else ".jpg"
    path = tmp_path / f"bomb{suffix}"
    path.write_bytes(data)
    inspect(path)  # the catalogue is read once
    tracemalloc.start()
    found, problems = inspect(path)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert found is None
    assert [problem.code for problem in problems] in (["N321"], ["N320"])
    assert peak < 1_000_000


def test_a_real_bomb_of_300_megapixels_is_refused(tmp_path: Path) -> None:
    deflate = zlib.compressobj(9)
    row = bytes(17_401)
    data = b"".join(deflate.compress(row) for _ in range(17_400)) + deflate.flush()
    bomb = png(header(17_400, 17_400), chunk(b"IDAT", data))
    assert len(bomb) < 400_000
    assert codes(tmp_path / "bomb.png", bomb) == ["N321"]


def test_a_small_header_in_front_of_much_data_is_inflated_no_further(tmp_path: Path) -> None:
    data = chunk(b"IDAT", zlib.compress(bytes(200_000_000), 1))
    path = tmp_path / "a.png"
    path.write_bytes(png(header(10, 10), data))
    tracemalloc.start()
    inspect(path)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 10_000_000


def test_the_limit_itself_is_taken(tmp_path: Path) -> None:
    assert codes(tmp_path / "a.png", gray_png(10_000, 10_000, bits=8)) == []
    assert codes(tmp_path / "b.png", gray_png(LIMIT + 1, 1)) == ["N321"]


@pytest.mark.parametrize("size", [(0, 5), (5, 0)])
def test_a_picture_without_pixels_is_refused(size: tuple[int, int], tmp_path: Path) -> None:
    assert codes(tmp_path / "a.png", gray_png(*size)) == ["N320"]
    assert codes(tmp_path / "a.jpg", jpeg(frame(*size), SCAN)) == ["N320"]


# Damage


@pytest.mark.usefixtures("_tolerance")
@pytest.mark.parametrize("share", [0.3, 0.6, 0.9, 0.999])
@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_truncated_picture_is_refused(kind: str, share: float, tmp_path: Path) -> None:
    noise = Image.effect_noise((64, 64), 90).convert("RGB")
    data = encoded(noise, kind)
    path = tmp_path / ("a.jpg" if kind == "JPEG" else "a.png")
    assert codes(path, data[: int(len(data) * share)]) == ["N315"]


@pytest.mark.usefixtures("_tolerance")
def test_a_jpeg_without_its_end_is_refused(tmp_path: Path) -> None:
    assert codes(tmp_path / "a.jpg", encoded(photograph(), "JPEG")[:-2]) == ["N315"]


@pytest.mark.usefixtures("_tolerance")
def test_a_png_with_a_wrong_checksum_is_refused(tmp_path: Path) -> None:
    data = bytearray(encoded(photograph(), "PNG"))
    data[data.index(b"IDAT") + 10] ^= 0x55
    assert codes(tmp_path / "a.png", bytes(data)) == ["N316"]


@pytest.mark.usefixtures("_tolerance")
@pytest.mark.parametrize("lace", [0, 1])
def test_a_png_whose_image_data_are_too_short_is_refused(lace: int, tmp_path: Path) -> None:
    short = png(header(9, 9, lace=lace), chunk(b"IDAT", zlib.compress(bytes(80))))
    assert codes(tmp_path / "a.png", short) == ["N315"]


IMAGE = chunk(b"IDAT", zlib.compress(bytes(2)))


@pytest.mark.parametrize(
    "parts",
    [
        [IMAGE],
        [header(1, 1), header(1, 1), IMAGE],
        [chunk(b"IHDR", bytes(5)), IMAGE],
        [header(1, 1, bits=3), IMAGE],
        [header(1, 1, colour=5), IMAGE],
        [header(1, 1, lace=2), IMAGE],
        [header(1, 1), chunk(b"NEED", b""), IMAGE],
        [header(1, 1, colour=PALETTE), IMAGE],
        [header(1, 1), chunk(b"PLTE", b"12"), IMAGE],
        [header(1, 1), chunk(b"IDAT", b"nonsense")],
        [header(1, 1), chunk(b"IDAT", zlib.compress(b"\x09\0"))],
        [header(1, 2), chunk(b"IDAT", b""), chunk(b"tEXt", b"a\0b"), IMAGE],
    ],
    ids=[
        "no header",
        "two headers",
        "short header",
        "odd depth",
        "odd colour",
        "odd interlacing",
        "unknown critical chunk",
        "no palette",
        "odd palette",
        "no deflate",
        "unknown filter",
        "image data in two places",
    ],
)
def test_a_png_that_is_not_built_as_it_should_be_is_refused(
    parts: list[bytes], tmp_path: Path
) -> None:
    assert codes(tmp_path / "a.png", png(*parts)) == ["N316"]


@pytest.mark.parametrize(
    "segments",
    [
        [b"\0\0"],
        [segment(0xE0, b"x") + b"junk"],
        [b"\xff\xe0\0\1"],
        [b"\xff\xd8"],
        [segment(0xE0, b"")],
        [SCAN],
        [frame(8, 8)],
        [segment(0xC0, b"\x08\0\x08\0\x08\x03")],
        [frame(8, 8), segment(0xE0, b"x")],
    ],
)
def test_a_jpeg_that_is_not_built_as_it_should_be_is_refused(
    segments: list[bytes], tmp_path: Path
) -> None:
    assert codes(tmp_path / "a.jpg", b"\xff\xd8\xff\xfe\0\2" + jpeg(*segments)[2:]) == ["N316"]


@pytest.mark.usefixtures("_tolerance")
def test_a_jpeg_that_the_decoder_gives_up_on_is_refused(tmp_path: Path) -> None:
    assert codes(tmp_path / "a.jpg", jpeg(frame(8, 8), SCAN)) == ["N317"]


def test_exif_that_stops_pillow_is_refused(tmp_path: Path) -> None:
    """WeasyPrint would leave such a picture out."""
    turned = struct.pack("<HHIHH", 0x0112, 3, 1, 6, 0)
    made_by_a_number = struct.pack("<HHIf", 0x010F, 11, 1, 0.5)
    exif = b"Exif\0\0II*\0\x08\0\0\0\x02\0" + turned + made_by_a_number + bytes(4)
    data = encoded(photograph(), "JPEG", exif=exif)
    assert codes(tmp_path / "a.jpg", data) == ["N317"]


FRAME = frame(8, 8) + SCAN


@pytest.mark.parametrize(
    "data",
    [(b"", b"\xff" * 1_000_000), (b"", b"\xff\x01" * 500_000), (FRAME, b"\xff" * 1_000_000)],
    ids=["fill", "bare markers", "fill in a scan"],
)
def test_no_jpeg_takes_long_to_refuse(data: tuple[bytes, bytes], tmp_path: Path) -> None:
    head, filling = data
    for times in (4, 16):
        (tmp_path / f"{times}.jpg").write_bytes(b"\xff\xd8" + head + times * filling)
    assert inspect(tmp_path / "16.jpg")[0] is None
    assert grows_linearly(
        lambda: inspect(tmp_path / "4.jpg"), lambda: inspect(tmp_path / "16.jpg"), ratio=4
    )


# Colours and kinds


def test_who_converts_a_cmyk_picture_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(encoded(photograph("CMYK"), "JPEG"))
    [problem] = inspect(tmp_path / "a.jpg")[1]
    hint = str(Diagnostic(problem.code, hint=problem.hint).hint_text("zh"))
    assert "Photoshop" in hint
    assert "自带" not in hint, "it may have no profile"


@pytest.mark.parametrize("channels", [4])
def test_a_cmyk_jpeg_is_refused(channels: int, tmp_path: Path) -> None:
    assert codes(tmp_path / "a.jpg", encoded(photograph("CMYK"), "JPEG")) == ["N319"]
    assert codes(tmp_path / "b.jpg", jpeg(frame(8, 8, channels=channels), SCAN)) == ["N319"]


@pytest.mark.parametrize(
    "odd",
    [
        frame(8, 8, process=3),
        frame(8, 8, process=9),
        frame(8, 8, process=10),
        frame(8, 8, process=1, bits=12),
        frame(8, 8, channels=2),
    ],
    ids=["lossless", "arithmetic", "arithmetic progressive", "12 bits", "two channels"],
)
def test_a_jpeg_that_pdf_does_not_promise_to_show_is_refused(odd: bytes, tmp_path: Path) -> None:
    assert codes(tmp_path / "a.jpg", jpeg(odd, SCAN)) == ["N322"]


def test_gray_of_sixteen_bits_is_refused(tmp_path: Path) -> None:
    assert codes(tmp_path / "a.png", gray_png(4, 4, bits=16)) == ["N318"]


def test_an_animated_png_is_refused(tmp_path: Path) -> None:
    data = encoded(photograph(), "PNG", save_all=True, append_images=[photograph().rotate(180)])
    assert codes(tmp_path / "a.png", data) == ["N323"]


def test_a_picture_of_absurdly_many_parts_is_refused(tmp_path: Path) -> None:
    assert codes(tmp_path / "a.jpg", jpeg(frame(8, 8, process=2), SCAN * 101)) == ["N324"]
    assert codes(tmp_path / "b.jpg", jpeg(b"\xff\xe0\0\2" * 10_001)) == ["N324"]
    comments = chunk(b"tEXt", b"a\0b") * 100_000
    assert codes(tmp_path / "a.png", gray_png(1, 1, comments)) == ["N324"]


@pytest.mark.parametrize("orientation", range(2, 9))
def test_an_orientation_is_honoured_and_doubted_in_a_jpeg(orientation: int, tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    assert codes(tmp_path / "a.jpg", encoded(photograph(), "JPEG", exif=exif)) == ["N325"]
    assert codes(tmp_path / "a.png", encoded(photograph(), "PNG", exif=exif)) == []
    for name, told in (("a.jpg", [orientation]), ("a.png", [])):
        found, problems = inspect(tmp_path / name)
        assert found
        assert [problem.values["orientation"] for problem in problems] == told
        assert (found.width, found.height) == ((24, 32) if orientation > 4 else (32, 24))


TURNS = {
    "-flip horizontal": Image.Transpose.FLIP_LEFT_RIGHT,
    "-flip vertical": Image.Transpose.FLIP_TOP_BOTTOM,
    "-rotate 90": Image.Transpose.ROTATE_270,  # jpegtran turns clockwise
    "-rotate 180": Image.Transpose.ROTATE_180,
    "-rotate 270": Image.Transpose.ROTATE_90,
    "-transpose": Image.Transpose.TRANSPOSE,
    "-transverse": Image.Transpose.TRANSVERSE,
}


@pytest.mark.parametrize("orientation", range(2, 9))
def test_what_undoes_an_orientation_is_named(orientation: int, tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    data = encoded(photograph(), "JPEG", exif=exif)
    (tmp_path / "a.jpg").write_bytes(data)
    _, (found,) = inspect(tmp_path / "a.jpg")
    assert "lying" not in Diagnostic(found.code, None, found.values).message()
    hint = Diagnostic(found.code, None, found.values).hint_text() or ""
    (turn,) = (turn for option, turn in TURNS.items() if f"icc {option}'" in hint)
    image = Image.open(io.BytesIO(data))
    assert image.transpose(turn).tobytes() == ImageOps.exif_transpose(image).tobytes()


@pytest.mark.parametrize("orientation", [0, 1, 9, 4711])
def test_an_orientation_that_says_nothing_changes_nothing(orientation: int, tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    assert codes(tmp_path / "a.jpg", encoded(photograph(), "JPEG", exif=exif)) == []


def profile(primaries: tuple[tuple[float, float, float], ...], gamma: float) -> bytes:
    """Return a matrix profile of ICC version 2 with these colorants."""

    def fixed(*values: float) -> bytes:
        return b"".join(struct.pack(">i", round(v * 65536)) for v in values)

    white = (0.9642, 1.0, 0.8249)
    name = b"Test profile\0"
    tags = [
        (b"desc", b"desc" + bytes(4) + struct.pack(">I", len(name)) + name + bytes(78)),
        (b"wtpt", b"XYZ " + bytes(4) + fixed(*white)),
        *[(k, b"XYZ " + bytes(4) + fixed(*v)) for k, v in zip(
            (b"rXYZ", b"gXYZ", b"bXYZ"), primaries, strict=True)],
        *[(k, b"curv" + bytes(4) + struct.pack(">IH", 1, round(gamma * 256)))
          for k in (b"rTRC", b"gTRC", b"bTRC")],
    ]  # fmt: skip
    table, body = struct.pack(">I", len(tags)), b""
    for kind, data in tags:
        table += kind + struct.pack(">II", 132 + 12 * len(tags) + len(body), len(data))
        body += data + bytes(-len(data) % 4)
    head = bytearray(128)
    struct.pack_into(">I4sI4s4s4s", head, 0, 128 + len(table + body), b"lcms", 0x02100000,
                     b"mntr", b"RGB ", b"XYZ ")  # fmt: skip
    head[36:40] = b"acsp"
    head[68:80] = fixed(*white)
    return bytes(head) + table + body


ADOBE_RGB = ((0.60974, 0.31111, 0.01947), (0.20528, 0.62567, 0.06087), (0.14919, 0.06322, 0.74457))


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_profile_other_than_srgb_is_doubted(kind: str, tmp_path: Path) -> None:
    path = tmp_path / ("a.jpg" if kind == "JPEG" else "a.png")
    adobe = profile(ADOBE_RGB, 563 / 256)
    assert codes(path, encoded(photograph(), kind, icc_profile=adobe)) == ["N326"]
    _, problems = inspect(path)
    assert problems[0].values["profile"] == "Test profile"


def test_an_srgb_profile_is_not_doubted(tmp_path: Path) -> None:
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    assert codes(tmp_path / "a.jpg", encoded(photograph(), "JPEG", icc_profile=srgb)) == []
    assert profile_shift(srgb, gray=False)[1] <= 1 < UNSEEN_SHIFT


def test_a_profile_that_cannot_be_used_is_doubted(tmp_path: Path) -> None:
    for useless in (b"no profile", bytes(200)):
        data = encoded(photograph(), "JPEG", icc_profile=useless)
        assert codes(tmp_path / "a.jpg", data) == ["N327"]
    adobe = profile(ADOBE_RGB, 2.2)
    assert codes(tmp_path / "b.jpg", encoded(photograph("L"), "JPEG", icc_profile=adobe)) == [
        "N327"
    ]


def test_reading_a_png_apart_and_writing_it_again_changes_nothing() -> None:
    data = encoded(photograph(), "PNG")
    assert rebuilt(chunks_of(data)) == data
