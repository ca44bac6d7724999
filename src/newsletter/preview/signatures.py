"""Signatures of pages: which pages of a new file need not be drawn to know how they look.

In: the bytes of a PDF. Out: for each page a digest of all that its drawing reads but fonts: the
content, and through its resources every form, picture, pattern and shading. Pages with the same
signature look alike as long as the fonts' files are the same; then glyphs keep their numbers.
"""

from __future__ import annotations

import hashlib
import io
from typing import Any

DEEPEST = 12
UNSEEN = frozenset({"/Parent", "/StructParent", "/StructParents", "/Metadata", "/Length"})


def page_signatures(data: bytes) -> list[str]:
    """Return the signature of every page."""
    import pikepdf

    with pikepdf.open(io.BytesIO(data)) as pdf:
        known: dict[tuple[int, int], bytes] = {}
        return [_signature(page.obj, known) for page in pdf.pages]


def _signature(page: Any, known: dict[tuple[int, int], bytes]) -> str:  # noqa: ANN401 - pikepdf's
    digest = hashlib.sha256()
    for key in ("/MediaBox", "/TrimBox", "/Contents", "/Resources"):
        if key in page:
            digest.update(_digest(page[key], known, DEEPEST))
    return digest.hexdigest()


def _digest(value: Any, known: dict[tuple[int, int], bytes], depth: int) -> bytes:  # noqa: ANN401
    """Return a digest of an object and of what it refers to."""
    name = value.objgen if getattr(value, "is_indirect", False) else (0, 0)
    if name == (0, 0):
        return _read(value, known, depth)
    if name not in known:
        known[name] = b"in itself"
        known[name] = _read(value, known, depth)
    return known[name]


def _read(value: Any, known: dict[tuple[int, int], bytes], depth: int) -> bytes:  # noqa: ANN401
    import pikepdf

    digest = hashlib.sha256()
    if depth == 0:
        return digest.digest()
    if isinstance(value, pikepdf.Stream):
        digest.update(value.read_raw_bytes())
    if isinstance(value, (pikepdf.Stream, pikepdf.Dictionary)):
        for key in sorted(set(value.keys()) - UNSEEN):
            digest.update(key.encode("utf-8"))
            if key != "/Font":
                digest.update(_digest(value[key], known, depth - 1))
            else:
                digest.update(_faces(value[key]))
    elif isinstance(value, pikepdf.Array):
        for item in value:
            digest.update(_digest(item, known, depth - 1))
    else:
        digest.update(repr(value).encode("utf-8"))
    return digest.digest()


def _faces(fonts: Any) -> bytes:  # noqa: ANN401 - pikepdf's
    """Return what the names of fonts stand for; a subset's tag says nothing of the glyphs."""
    names = (f"{key}={str(fonts[key].BaseFont).partition('+')[2]}" for key in sorted(fonts.keys()))
    return "\n".join(names).encode("utf-8")
