"""The manifest of a build: all that could change its files, and what it said.

In: a build that went well. Out: a text file in the cache, one fact a line: a tag and fields
between tabs. The last line is a CRC of those before it; what is not whole is no manifest.
"""

from __future__ import annotations

import binascii

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

HEAD = "newsletter manifest 1"
FOLDER = "manifests"
NAMED = ("facts", "libraries", "trees", "reports")
FILES = ("inputs", "outputs")
ESCAPES = (("\\", "\\\\"), ("\t", "\\t"), ("\n", "\\n"), ("\r", "\\r"))


class Kept:
    """A file as a build found or left it: path, state, SHA-256, where its links lead.

    The digest is empty where it was not taken; then a file in another state is another file.
    """

    __slots__ = ("digest", "path", "real", "state")

    def __init__(self, path: str, state: str, digest: str, real: str) -> None:
        self.path, self.state, self.digest, self.real = path, state, digest, real


class Manifest:
    """What a build was asked, what it went by, what it made, what it reported.

    `facts` are texts by name, such as the environment; `libraries` the states of shared libraries
    and `trees` the names in folders, by their paths; `reports` the findings, ready to be printed,
    by language and form.
    """

    __slots__ = ("facts", "inputs", "libraries", "outputs", "reports", "trees")

    def __init__(
        self,
        facts: Mapping[str, str],
        inputs: Iterable[Kept] = (),
        outputs: Iterable[Kept] = (),
        **texts: Mapping[str, str],
    ) -> None:
        self.facts = dict(facts)
        self.libraries = dict(texts.get("libraries", {}))
        self.trees, self.reports = dict(texts.get("trees", {})), dict(texts.get("reports", {}))
        self.inputs, self.outputs = list(inputs), list(outputs)


def read(data: bytes) -> Manifest | None:
    """Return the manifest that a file holds; None if it is not whole, or of another format."""
    body, found, end = data.rpartition(b"end ")
    if not found or end.strip() != f"{binascii.crc32(body):08x}".encode("ascii"):
        return None
    lines = body.decode("utf-8", "surrogateescape").split("\n")
    if lines[0] != HEAD:
        return None
    manifest = Manifest({})
    for line in lines[1:-1]:
        tag, *fields = line.split("\t")
        if "\\" in line:
            fields = [_plain(field) for field in fields]
        if tag in FILES:
            getattr(manifest, tag).append(Kept(*fields))
        else:
            getattr(manifest, tag)[fields[0]] = fields[1]
    return manifest


def load(path: str) -> Manifest | None:
    """Read a manifest; None if there is none."""
    try:
        with open(path, "rb") as stream:
            return read(stream.read())
    except OSError:
        return None


def _plain(text: str) -> str:
    parts = text.split("\\\\")
    for plain, escape in ESCAPES[1:]:
        parts = [part.replace(escape, plain) for part in parts]
    return "\\".join(parts)
