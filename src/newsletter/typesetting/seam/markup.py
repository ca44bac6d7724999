"""Markup: the pattern for each set of characters is made once while a page's HTML is parsed.

tinyhtml5 keeps its patterns under a key that it does not ask for, and so makes them anew for
each name and each value of an attribute.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Collection, Iterator

from newsletter.typesetting.seam.foreign import Foreign


class Markup:
    """Stands in for what tinyhtml5 asks of its input."""

    def __init__(self) -> None:
        inputstream = importlib.import_module("tinyhtml5.inputstream")
        self._class = inputstream.HTMLUnicodeInputStream
        self._patterns = inputstream.characters_until_regex
        self._chars_until = self._class.chars_until

    def replacements(self) -> Iterator[tuple[Foreign, str, Foreign]]:
        """Yield what is put in the place of what."""
        patterns, theirs = self._patterns, self._chars_until

        def chars_until(
            stream: Foreign,
            characters: Collection[str],
            opposite: bool = False,  # noqa: FBT001, FBT002 - tinyhtml5's own
        ) -> str:
            key = characters, opposite
            if key not in patterns:
                listed = "".join(f"\\x{ord(character):02x}" for character in characters)
                patterns[key] = re.compile(f"[{'' if opposite else '^'}{listed}]+")
            return str(theirs(stream, characters, opposite))

        yield self._class, "chars_until", chars_until
