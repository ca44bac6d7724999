"""The versions of everything that takes part in making the pages.

In: the running program. Out: names to versions: Python and its packages, the shared libraries
that shape and write, and one digest of our own code. Nothing is asked of the network or of a
package manager: each library says its version itself. While a process runs they stay what they are.
"""

from __future__ import annotations

import contextlib
import ctypes
import functools
import hashlib
import importlib.metadata
import platform
import re
import sys
import unicodedata
import zlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from newsletter.archive.leaves import renderer
from newsletter.typesetting import dictionary

PACKAGE = Path(__file__).resolve().parent.parent
BESIDE_THE_LINE = frozenset(
    {"archive", "cache", "cli.py", "commands", "crew", "entry.py", "register.py"}
    | {"reporting.py", "review", "writing.py"}
)
"""Rooms that no byte of a PDF depends on."""
NAMES = {
    "pango": ("libpango-1.0.so.0", "libpango-1.0.dylib", "libpango-1.0-0.dll"),
    "harfbuzz": ("libharfbuzz.so.0", "libharfbuzz.0.dylib", "libharfbuzz-0.dll"),
    "harfbuzz-subset": (
        "libharfbuzz-subset.so.0",
        "libharfbuzz-subset.0.dylib",
        "libharfbuzz-subset-0.dll",
    ),
    "fontconfig": ("libfontconfig.so.1", "libfontconfig.1.dylib", "libfontconfig-1.dll"),
    "freetype": ("libfreetype.so.6", "libfreetype.6.dylib", "libfreetype-6.dll"),
    "glib": ("libglib-2.0.so.0", "libglib-2.0.0.dylib", "libglib-2.0-0.dll"),
}
"""The shared libraries by the names that WeasyPrint loads them under."""
REQUIREMENT = re.compile(r"[A-Za-z0-9._-]+")


@functools.cache
def packages() -> Mapping[str, str]:
    """Return the versions of all packages that the tool rests on, directly or not."""
    found: dict[str, str] = {}
    waiting = list(_required("newsletter"))
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        with contextlib.suppress(importlib.metadata.PackageNotFoundError):
            found[name] = importlib.metadata.version(name)
            waiting += _required(name)
    return dict(sorted(found.items()))


def _required(name: str) -> Iterator[str]:
    for line in importlib.metadata.requires(name) or ():
        match = REQUIREMENT.match(line)
        if match and "extra ==" not in line:
            yield re.sub(r"[-_.]+", "-", match[0]).lower()


@functools.cache
def libraries() -> Mapping[str, str]:
    """Return the versions of the libraries that are not Python; one not found is left out."""
    found = {
        "python": platform.python_version(),
        "unicode": unicodedata.unidata_version,
        "zlib": zlib.ZLIB_RUNTIME_VERSION,
        "pdfium": renderer(),
        "platform": f"{sys.platform} {platform.machine()}",
        **_bundled(),
    }
    for name, ask in ASKED.items():
        with contextlib.suppress(OSError, AttributeError, ValueError):
            found[name] = ask(_load(name))
    return dict(sorted(found.items()))


@functools.cache
def code_digest() -> str:
    """Return one SHA-256 over our modules that take part in making pages, and the dictionary."""
    digest = hashlib.sha256()
    for path in sorted(PACKAGE.rglob("*.py")):
        name = path.relative_to(PACKAGE)
        if name.parts[0] not in BESIDE_THE_LINE:
            digest.update(f"{name.as_posix()}\0".encode() + path.read_bytes() + b"\0")
    digest.update(dictionary.FILE.read_bytes())
    return digest.hexdigest()


def _bundled() -> dict[str, str]:
    """Return the versions of what pikepdf and Pillow bring along."""
    import pikepdf
    from PIL import features

    found = {"qpdf": pikepdf.__libqpdf_version__}
    for name in ("jpg", "littlecms2", "zlib_ng"):
        with contextlib.suppress(ValueError):
            version = features.version(name)
            found |= {f"pillow-{name}": version} if version else {}
    return found


def _load(name: str) -> ctypes.CDLL:
    for file in NAMES[name]:
        with contextlib.suppress(OSError):
            return ctypes.CDLL(file)
    raise OSError(name)


def _text(function: str) -> Callable[[ctypes.CDLL], str]:
    def ask(library: ctypes.CDLL) -> str:
        call = getattr(library, function)
        call.restype = ctypes.c_char_p
        return bytes(call()).decode("ascii")

    return ask


def _fontconfig(library: ctypes.CDLL) -> str:
    number = int(library.FcGetVersion())
    return f"{number // 10000}.{number // 100 % 100}.{number % 100}"


def _freetype(library: ctypes.CDLL) -> str:
    handle = ctypes.c_void_p()
    parts = [ctypes.c_int() for _ in range(3)]
    if library.FT_Init_FreeType(ctypes.byref(handle)):
        raise OSError("FT_Init_FreeType")
    library.FT_Library_Version(handle, *(ctypes.byref(part) for part in parts))
    library.FT_Done_FreeType(handle)
    return ".".join(str(part.value) for part in parts)


def _glib(library: ctypes.CDLL) -> str:
    names = ("glib_major_version", "glib_minor_version", "glib_micro_version")
    return ".".join(str(ctypes.c_uint.in_dll(library, name).value) for name in names)


ASKED: dict[str, Callable[[ctypes.CDLL], str]] = {
    "pango": _text("pango_version_string"),
    "harfbuzz": _text("hb_version_string"),
    "harfbuzz-subset": _text("hb_version_string"),
    "fontconfig": _fontconfig,
    "freetype": _freetype,
    "glib": _glib,
}
