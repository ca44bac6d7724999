"""The objects of a PDF, read with care: whatever stands there, these answer or say None.

A damaged file holds numbers where dictionaries belong and references that lead nowhere. The
rules and the interpreter ask through these functions, so that none of them has to doubt.
"""

from __future__ import annotations

import math
import zlib
from collections.abc import Iterator, Sequence
from typing import Any, TypeGuard

from newsletter.geometry import Box

Object = Any
"""An object of pikepdf, or the Python value that it becomes: a number, a bool, None."""

BOX_SIDES = 4
MATRIX_NUMBERS = 6
FURTHEST = 1e9
"""No length or coordinate of a page is beyond this; larger numbers are taken for damage."""
DEEPEST_OBJECT = 32
"""Arrays within arrays among operands, colour spaces within colour spaces, functions, too."""
DEEPEST_TREE = 64
"""A page and the nodes above it whose entries it inherits; balanced trees have fewer than ten."""
CHUNK = 2**20


class TooLarge(Exception):  # noqa: N818 - it is a verdict on the file
    """A stream holds more than its limit."""


def is_dictionary(thing: Object) -> bool:
    """Tell whether it is a dictionary, or a stream, which has one."""
    import pikepdf

    return isinstance(thing, (pikepdf.Dictionary, pikepdf.Stream))


def is_stream(thing: Object) -> bool:
    """Tell whether it is a stream."""
    import pikepdf

    return isinstance(thing, pikepdf.Stream)


def is_array(thing: Object) -> bool:
    """Tell whether it is an array."""
    import pikepdf

    return isinstance(thing, pikepdf.Array)


def is_number(thing: Object) -> TypeGuard[float]:
    """Tell whether it is a number; true and false are none."""
    return not isinstance(thing, bool) and number(thing) is not None


def entry(holder: Object, key: str) -> Object:
    """Return an entry of a dictionary or stream; None where there is none."""
    import pikepdf

    try:
        exact = key if key.isascii() else _exact(key)
        return holder.get(exact) if is_dictionary(holder) else None
    except (pikepdf.PdfError, ValueError, TypeError, RuntimeError):
        return None


def _exact(key: str) -> Object:
    """Return the name for a key byte by byte: older Chinese programs name fonts in GBK."""
    import pikepdf

    hexadecimal = "".join(f"#{byte:02x}" for byte in key[1:].encode("utf-8", "surrogateescape"))
    return pikepdf.Object.parse(f"/{hexadecimal}".encode("ascii"))


def dictionary(holder: Object, key: str) -> Object:
    """Return the dictionary or stream under a key, an empty dictionary if there is none."""
    from pikepdf import Dictionary

    value = entry(holder, key)
    return value if is_dictionary(value) else Dictionary()


def dictionaries(holder: Object, key: str) -> list[Object]:
    """Return the dictionaries in the array under a key."""
    return [item for item in items(entry(holder, key)) if is_dictionary(item)]


def path(holder: Object, *keys: str) -> Object:
    """Return what stands at the end of a path of keys; None where it breaks off."""
    for key in keys:
        holder = entry(holder, key)
    return holder


def entries(holder: Object) -> Iterator[tuple[str, Object]]:
    """Yield keys and values of a dictionary or stream."""
    import pikepdf

    if is_dictionary(holder):
        try:
            keys = sorted(holder.keys())
        except (pikepdf.PdfError, ValueError, RuntimeError):
            return
        for key in keys:
            yield key, entry(holder, key)


def items(array: Object) -> list[Object]:
    """Return the items of an array; of anything else, none."""
    import pikepdf

    if not is_array(array):
        return []
    try:
        return list(array)
    except (pikepdf.PdfError, ValueError, TypeError, RuntimeError):
        return []


def number(thing: Object, default: float | None = None) -> float | None:
    """Return a finite number, or the default."""
    if type(thing) is int and -FURTHEST < thing < FURTHEST:
        return float(thing)
    from decimal import Decimal

    if isinstance(thing, (int, float, Decimal)) and not isinstance(thing, bool):
        value = float(thing)
        if math.isfinite(value) and abs(value) < FURTHEST:
            return value
    return default


def numbers(thing: Object, count: int | None = None) -> tuple[float, ...] | None:
    """Return an array of numbers (`count` of them, where given), or None."""
    values = [number(item) for item in items(thing)]
    if not is_array(thing) or None in values or (count is not None and len(values) != count):
        return None
    return tuple(value for value in values if value is not None)


def name(thing: Object) -> str:
    """Return a name without its slash; of anything else, nothing.

    Names should be UTF-8 (ISO 32000-2:2020, 7.3.5); others are shown with their escapes.
    """
    import pikepdf

    if not isinstance(thing, pikepdf.Name):
        return ""
    try:
        return str(thing)[1:]
    except UnicodeDecodeError:
        return str(thing.unparse()[1:].decode("latin-1"))


def text(thing: Object) -> str:
    """Return a text string; of anything else, nothing."""
    import pikepdf

    try:
        return str(thing) if isinstance(thing, pikepdf.String) else ""
    except (ValueError, UnicodeError):
        return ""


def box(thing: Object) -> Box | None:
    """Return a rectangle with its corners in order (ISO 32000-2:2020, 7.9.5), or None."""
    sides = numbers(thing, BOX_SIDES)
    if sides is None:
        return None
    left, bottom, right, top = sides
    return Box(min(left, right), min(bottom, top), max(left, right), max(bottom, top))


def inherited(page: Object, key: str) -> Object:
    """Return an entry of a page, or of the nodes above it (7.7.3.4); None if none has it."""
    for _ in range(DEEPEST_TREE):
        found = entry(page, key)
        if found is not None:
            return found
        page = entry(page, "/Parent")
        if page is None:
            break
    return None


def identity(thing: Object) -> tuple[int, int] | None:
    """Return number and generation of an indirect object; None for a direct one."""
    found: tuple[int, int] = getattr(thing, "objgen", (0, 0))
    return found if found[0] else None


def filters(stream: Object) -> tuple[str, ...]:
    """Return the names of a stream's filters, in the order of decoding."""
    found = entry(stream, "/Filter")
    if is_array(found):
        return tuple(name(item) for item in items(found))
    return (name(found),) if name(found) else ()


def decoded(stream: Object, largest: int) -> bytes | None:
    """Return a stream's data without its filters, or None where it cannot be decoded.

    Raises `TooLarge` beyond `largest` bytes, and has then not held more than that. qpdf holds
    the other filters to the limits that `document` sets.
    """
    import pikepdf

    try:
        if filters(stream) in {("FlateDecode",), ("Fl",)} and _is_plain(stream):
            return _inflated(stream.read_raw_bytes(), largest)
        data: bytes = stream.read_bytes(pikepdf.StreamDecodeLevel.specialized)
    except (
        pikepdf.PdfError,
        ValueError,
        RuntimeError,
        zlib.error,
        pikepdf.DependencyError,
        OSError,
    ):
        return None  # JBIG2 asks for a program that few machines have
    if len(data) > largest:
        raise TooLarge
    return data


def read_stream(thing: Object) -> bytes:
    """Return the data of a stream; none of what is no stream or cannot be read."""
    from pikepdf import DependencyError, PdfError

    if not is_stream(thing):
        return b""
    try:
        data: bytes = thing.read_bytes()
    except (PdfError, DependencyError):
        return b""
    return data


def _is_plain(stream: Object) -> bool:
    """Tell whether a deflated stream has no predictor."""
    parameters = entry(stream, "/DecodeParms")
    if is_array(parameters):
        parameters = next(iter(items(parameters)), None)
    return (number(entry(parameters, "/Predictor"), 1) or 1) <= 1


def _inflated(data: bytes, largest: int) -> bytes:
    """Return what deflated data hold; damage ends it early, as in a reader."""
    machine = zlib.decompressobj()
    pieces: list[bytes] = []
    size = 0
    while data and not machine.eof:
        try:
            piece = machine.decompress(data, CHUNK)
        except zlib.error:
            if not pieces:
                raise
            break
        data = machine.unconsumed_tail
        size += len(piece)
        if size > largest:
            raise TooLarge
        pieces.append(piece)
        if not piece:
            break
    return b"".join(pieces)


def raw(stream: Object) -> bytes | None:
    """Return a stream's data as they stand in the file."""
    import pikepdf

    try:
        data: bytes = stream.read_raw_bytes()
    except (pikepdf.PdfError, ValueError, RuntimeError):
        return None
    return data


def written(thing: Object) -> bytes:
    """Return an array or dictionary as qpdf writes it; nothing where it cannot be."""
    import pikepdf

    try:
        data: bytes = thing.unparse(resolved=True)
    except (pikepdf.PdfError, ValueError, RuntimeError):
        return b""
    return data


def matrix_numbers(thing: Object) -> Sequence[float] | None:
    """Return the six numbers of a matrix, or None."""
    return numbers(thing, MATRIX_NUMBERS)
