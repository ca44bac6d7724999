"""Pictures made by hand: whole ones, and the smallest ones of each defect."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterable
from pathlib import Path

from PIL import Image

from newsletter.pictures import inspect

PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
GRAY, RGB, PALETTE, GRAY_ALPHA, RGBA = 0, 2, 3, 4, 6


def codes(path: Path, content: bytes | str) -> list[str]:
    """Write the content to `path` and return the codes of what the inspection says."""
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    found, problems = inspect(path)
    refused = any(problem.severity == "error" for problem in problems)
    assert (found is None) == refused
    for problem in problems:
        diagnostic = problem.at(None)
        for language in ("en", "zh"):
            text = f"{diagnostic.message(language)} {diagnostic.hint_text(language)}"
            assert "None" not in text, text
    return [problem.code for problem in problems]


def encoded(image: Image.Image, kind: str, **options: object) -> bytes:
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def photograph(mode: str = "RGB", size: tuple[int, int] = (32, 24)) -> Image.Image:
    return Image.linear_gradient("L").resize(size).convert(mode)


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def header(width: int, height: int, bits: int = 8, colour: int = GRAY, lace: int = 0) -> bytes:
    return chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, bits, colour, 0, 0, lace))


def png(*parts: bytes) -> bytes:
    return PNG_SIGNATURE + b"".join(parts) + chunk(b"IEND", b"")


def gray_png(width: int, height: int, *extra: bytes, bits: int = 8) -> bytes:
    row = b"\0" * (1 + width * bits // 8)
    image = chunk(b"IDAT", zlib.compress(row * height))
    return png(header(width, height, bits), *extra, image)


def chunks_of(data: bytes) -> list[tuple[bytes, bytes]]:
    found, offset = [], len(PNG_SIGNATURE)
    while offset < len(data):
        (length,) = struct.unpack_from(">I", data, offset)
        found.append((data[offset + 4 : offset + 8], data[offset + 8 : offset + 8 + length]))
        offset += 12 + length
    return found


def rebuilt(chunks: Iterable[tuple[bytes, bytes]]) -> bytes:
    return PNG_SIGNATURE + b"".join(chunk(kind, data) for kind, data in chunks)


def segment(marker: int, data: bytes) -> bytes:
    return bytes((0xFF, marker)) + struct.pack(">H", len(data) + 2) + data


def frame(width: int, height: int, process: int = 0, bits: int = 8, channels: int = 3) -> bytes:
    parts = b"".join(bytes((number, 0x11, 0)) for number in range(channels))
    return segment(0xC0 + process, struct.pack(">BHHB", bits, height, width, channels) + parts)


def jpeg(*segments: bytes) -> bytes:
    return b"\xff\xd8" + b"".join(segments) + b"\xff\xd9"


def svg(body: str = '<rect width="9" height="9"/>', attributes: str = 'viewBox="0 0 9 9"') -> str:
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" '
        f'xmlns:xlink="http://www.w3.org/1999/xlink" {attributes}>\n{body}\n</svg>'
    )
