"""Stereotypes: a picture that was drawn before is written to a page as it was written then.

In: a picture in SVG of known content, each time it is drawn. Out: the same operators, drawn or
from the time before: for the file of another profile, for a page that is shown again, for an
issue with the same emblem, in the next build after an edit. Printers cast a plate of what will be
printed again.

What is written of plain shapes depends on the picture's content and size, and on what colours
are set before it. Their opacities are named by what they are, and are all that they ask of the
page. Anything else that a picture has, as a gradient, is drawn each time.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

import msgspec

from newsletter.cache.store import at_hand, key_of
from newsletter.typesetting.seam.foreign import Foreign

MOST = 4 << 20
"""How many bytes of operators a process keeps; those of 2021 are 0.5 MiB."""
OPACITY = re.compile(rb"/([aA][0-9.e-]+) gs\b")
"""The one name that plain shapes ask for: `Stream.set_alpha`'s own of an opacity."""
SET_BEFORE = (
    *("_current_color", "_current_color_stroke", "_current_alpha", "_current_alpha_stroke"),
)
"""What WeasyPrint does not write again if it is set already."""
FORGOTTEN = (*SET_BEFORE, "_current_font")
"""What it takes as not set any more once a picture is drawn (`Stream.pop_state`)."""
KIND = "stereotypes"
Key = tuple[object, ...]


class Stereotype(NamedTuple):
    """What a picture was drawn with: its operators, and by name the opacities in them."""

    content: bytes
    opacities: Mapping[str, Mapping[str, object]]


class Stereotypes:
    """The pictures drawn in this process, those last used at the end, as many as there is room."""

    def __init__(self) -> None:
        self._known: dict[Key, Stereotype] = {}
        self._size = 0
        self.made = 0
        """How many have been drawn and kept in this process."""

    def write(self, key: Key, stream: Foreign) -> bool:
        """Write a picture as before; tell whether it is known."""
        known = self._known.pop(key, None)
        if known is None:
            return False
        self._known[key] = known
        from pydyf import Dictionary

        states = stream._resources["ExtGState"]  # noqa: SLF001 - the seam
        for name, opacity in known.opacities.items():
            if name not in states:
                states[name] = Dictionary(opacity)
        if known.content:
            stream.stream.append(known.content)
        stream.__dict__.update(dict.fromkeys(FORGOTTEN))
        return True

    def keep(self, key: Key, stream: Foreign, start: int) -> None:
        """Keep what was written to a stream from a place on, if it stands for itself."""
        pieces = stream.stream[start:]
        if any(type(piece) is not bytes for piece in pieces):
            return
        content = b"\n".join(pieces)
        if b"/" in OPACITY.sub(b"", content) or len(content) > MOST // 4:
            return
        states = stream._resources["ExtGState"]  # noqa: SLF001 - the seam
        names = dict.fromkeys(name.decode() for name in OPACITY.findall(content))
        self._add(key, Stereotype(content, {name: dict(states[name]) for name in names}))
        stream.stream[start:] = [content] if content else []
        self.made += 1

    def _add(self, key: Key, made: Stereotype) -> None:
        self._known[key] = made
        self._size += len(made.content)
        while self._size > MOST:
            oldest = next(iter(self._known))
            self._size -= len(self._known.pop(oldest).content)

    def packed(self, digests: Collection[str]) -> bytes:
        """Return those of some pictures' files as bytes."""
        found = [(key, *known) for key, known in self._known.items() if key[0] in digests]
        return msgspec.msgpack.encode(found)

    def unpack(self, content: bytes) -> None:
        """Take in what was packed, but for what is known."""
        packed = list[tuple[Key, bytes, dict[str, dict[str, float]]]]
        for key, written, opacities in msgspec.msgpack.decode(content, type=packed):
            whole = tuple(tuple(part) if isinstance(part, list) else part for part in key)
            if whole not in self._known:
                self._add(whole, Stereotype(written, opacities))

    def clear(self) -> None:
        """Forget all pictures."""
        self._known.clear()
        self._size = 0


STEREOTYPES = Stereotypes()
"""Those of this process."""


@contextlib.contextmanager
def recalled(subject: tuple[str, ...], digests: Collection[str]) -> Iterator[None]:
    """Have the pictures of an issue, by the digests of their files, drawn once for many builds."""
    store = at_hand()
    if store is None:
        yield
        return
    key = key_of(KIND, subject)
    if key not in _RECALLED:
        _RECALLED.add(key)
        with contextlib.suppress(msgspec.MsgspecError):
            STEREOTYPES.unpack(store.find(key) or b"\x90")
    before = STEREOTYPES.made
    yield
    if STEREOTYPES.made > before:
        store.keep(key, STEREOTYPES.packed(digests))


_RECALLED: set[str] = set()
"""The entries of the store that this process has read."""


def look(digest: str, stream: Foreign, width: float, height: float) -> Key:
    """Return what the operators of a plain picture depend on."""
    return (digest, width, height, *(getattr(stream, name) for name in SET_BEFORE))
