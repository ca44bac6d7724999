"""Markup: what is asked of a page's HTML as a whole is answered without much ado.

tinyhtml5 keeps its patterns under a key that it does not ask for, and so makes them anew for
each name and each value of an attribute; here the pattern for each set of characters is made once.
WeasyPrint asks each element by selectors whether it is a title; here by its name.
"""

from __future__ import annotations

import copy
import importlib
import re
from collections.abc import Collection, Iterator
from types import SimpleNamespace

from newsletter.typesetting.seam.foreign import Foreign


class Markup:
    """Stands in for what tinyhtml5 asks of its input, and for `get_html_metadata`."""

    def __init__(self) -> None:
        inputstream = importlib.import_module("tinyhtml5.inputstream")
        self._class = inputstream.HTMLUnicodeInputStream
        self._patterns = inputstream.characters_until_regex
        self._chars_until = self._class.chars_until
        self._document = importlib.import_module("weasyprint.document")
        self._metadata = self._document.get_html_metadata

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
        yield self._document, "get_html_metadata", self.get_html_metadata

    def get_html_metadata(self, html: Foreign) -> Foreign:
        """Return what WeasyPrint reads from the titles, metadata and links of a document."""
        asked = copy.copy(html)
        asked.wrapper_element = _Named(html)
        return self._metadata(asked)


class _Named:
    """The elements of a document by their names, which are WeasyPrint's that have no namespace."""

    def __init__(self, html: Foreign) -> None:
        self._root = html.etree_element

    def query_all(self, *names: str) -> Iterator[Foreign]:
        """Yield elements of these names in order, each as it is asked for."""
        for element in self._root.iter():
            if element.tag in names:
                yield SimpleNamespace(etree_element=element)
