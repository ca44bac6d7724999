"""Writing a manifest: beside its place, then renamed, so that a reader finds all of it or none."""

from __future__ import annotations

import binascii
import os

from newsletter.cache.manifest import ESCAPES, FILES, HEAD, NAMED, Kept, Manifest


def save(path: str, manifest: Manifest) -> None:
    """Write a manifest beside its place and rename it; where that is not possible, do nothing."""
    part = f"{path}.{os.getpid()}.part"
    try:
        os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
        with open(part, "wb") as stream:
            stream.write(written(manifest))
        os.replace(part, path)
    except OSError:
        _forget(part)


def _forget(path: str) -> None:
    import contextlib

    with contextlib.suppress(OSError):
        os.unlink(path)


def written(manifest: Manifest) -> bytes:
    """Return a manifest as its file holds it."""
    lines = [HEAD]
    for tag in NAMED:
        named: dict[str, str] = getattr(manifest, tag)
        lines += [_line(tag, name, text) for name, text in named.items()]
    for tag in FILES:
        kept: list[Kept] = getattr(manifest, tag)
        lines += [_line(tag, one.path, one.state, one.digest, one.real) for one in kept]
    data = "".join(f"{line}\n" for line in lines).encode("utf-8", "surrogateescape")
    return data + f"end {binascii.crc32(data):08x}\n".encode("ascii")


def _line(tag: str, *fields: str) -> str:
    return "\t".join([tag, *(_escaped(field) for field in fields)])


def _escaped(text: str) -> str:
    for plain, escape in ESCAPES:
        text = text.replace(plain, escape)
    return text
