"""What kind of file some bytes are, told from the bytes alone.

In: the whole content. Out: a media type that the press takes, or the name of a format that
it does not take, or nothing.
"""

from __future__ import annotations

import codecs
import re

JPEG, PNG, SVG = "image/jpeg", "image/png", "image/svg+xml"

SUFFIXES = {".jpg": JPEG, ".jpeg": JPEG, ".png": PNG, ".svg": SVG}
NAMES = {JPEG: "JPEG", PNG: "PNG", SVG: "SVG"}

_SIGNATURES = (
    (b"\xff\xd8\xff", JPEG),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"GIF8", "GIF"),
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
    (b"II+\0", "BigTIFF"),
    (b"MM\0+", "BigTIFF"),
    (b"BM", "BMP"),
    (b"8BPS", "Photoshop"),
    (b"%PDF-", "PDF"),
    (b"%!PS", "PostScript"),
    (b"\xc5\xd0\xd3\xc6", "EPS"),
    (b"\0\0\0\x0cJXL ", "JPEG XL"),
    (b"\xff\x0a", "JPEG XL"),
    (b"\0\0\0\x0cjP  ", "JPEG 2000"),
    (b"\xff\x4f\xff\x51", "JPEG 2000"),
    (b"\0\0\x01\0", "ICO"),
    (b"\xd7\xcd\xc6\x9a", "WMF"),
    (b"gimp xcf", "GIMP"),
    (b"\x1f\x8b", "gzip"),
    (b"PK\x03\x04", "ZIP"),
)
_BRANDS = {b"avif": "AVIF", b"avis": "AVIF", b"crx ": "Canon raw"}
_HEIF_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")
_SVG_TAG = re.compile(rb"<([\w.-]+:)?svg[\s>/]")
_LOOKED_AT = 65_536


def sniff(data: bytes, suffix: str) -> str | None:
    """Return the media type or the format's name; `suffix` only helps XML without a root."""
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            return kind
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WebP"
    if data[4:8] == b"ftyp":
        return "HEIC" if data[8:12] in _HEIF_BRANDS else _BRANDS.get(data[8:12], "MP4")
    return SVG if _is_svg(data[:_LOOKED_AT], suffix) else None


def wide_encoding(data: bytes) -> str | None:
    """Return "UTF-16" if the bytes are XML in that encoding, with or without its mark."""
    marked = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return "UTF-16" if marked or data.startswith((b"<\0", b"\0<")) else None


def _is_svg(beginning: bytes, suffix: str) -> bool:
    if wide_encoding(beginning):
        beginning = beginning.replace(b"\0", b"").lstrip(b"\xff\xfe")
    text = beginning.removeprefix(codecs.BOM_UTF8).lstrip()
    return text.startswith(b"<") and (suffix == ".svg" or bool(_SVG_TAG.search(text)))
