"""A bag: files with the digests that prove them unchanged (BagIt 1.0, RFC 8493).

In: a payload, names to contents, and what is said of it. Out: a folder with `bagit.txt`,
`bag-info.txt`, the payload in `data/` and manifests of both algorithms, written through to the
disk and read-only. Reading gives back manifests and labels; `BagError` names what cannot be read.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct, field

from newsletter.archive.reading import content_of, opened
from newsletter.diagnostics import Term

ALGORITHMS = ("sha256", "sha512")
MANIFESTS = ("manifest-sha256.txt", "manifest-sha512.txt")
"""What vouches for the payload, by each algorithm (RFC 8493, 2.1.3)."""
TAG_MANIFESTS = ("tagmanifest-sha256.txt", "tagmanifest-sha512.txt")
"""What vouches for all else, the manifests too (2.2.1)."""
DECLARATION = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
DECLARATION_FILE, INFO_FILE = "bagit.txt", "bag-info.txt"
PAYLOAD = "data"
CHUNK = 1 << 20
"""Bytes read at a time, so that memory stays flat whatever the size of a file."""
FILE_MODE, FOLDER_MODE = 0o444, 0o555
LINE = re.compile(r"(?P<digest>[0-9a-fA-F]+)[ \t]+\*?(?P<name>[^\r\n]+)")

Content = bytes | Path
Labels = Sequence[tuple[str, str]]


class BagError(ValueError):
    """A file of a bag cannot be read as what it should be; `file` is its name in the bag."""

    def __init__(self, file: str, reason: Term) -> None:
        self.file, self.reason = file, reason
        super().__init__(f"{file}: {reason}")


class _Digests(Struct):
    """The manifests of one kind while a bag is written, and how many bytes they cover."""

    lines: dict[str, list[str]] = field(default_factory=lambda: {name: [] for name in ALGORITHMS})
    octets: int = 0

    def note(self, name: str, digests: Mapping[str, str], size: int) -> None:
        for algorithm, digest in digests.items():
            self.lines[algorithm].append(f"{digest}  {encoded(name)}\n")
        self.octets += size

    def files(self, names: Sequence[str]) -> dict[str, bytes]:
        written = ("".join(self.lines[algorithm]).encode("utf-8") for algorithm in ALGORITHMS)
        return dict(zip(names, written, strict=True))


# Writing ------------------------------------------------------------------------------------


def write_bag(folder: Path, payload: Mapping[str, Content], labels: Labels) -> None:
    """Write a bag into an empty folder; all of it is on the disk when this returns."""
    manifest = _Digests()
    for name, content in sorted(payload.items()):
        _put(folder, f"{PAYLOAD}/{name}", content, manifest)
    oxum = f"{manifest.octets}.{len(payload)}"
    tags = manifest.files(MANIFESTS)
    tags[DECLARATION_FILE] = DECLARATION.encode("utf-8")
    tags[INFO_FILE] = _labelled([*labels, ("Payload-Oxum", oxum)])
    tag_manifest = _Digests()
    for name, content in sorted(tags.items()):
        _put(folder, name, content, tag_manifest)
    for name, content in tag_manifest.files(TAG_MANIFESTS).items():
        _put(folder, name, content, _Digests())


def seal(folder: Path) -> None:
    """Take the right to write from every file and folder of a bag, innermost first."""
    for place, _folders, files in os.walk(folder, topdown=False):
        for name in files:
            Path(place, name).chmod(FILE_MODE)
        sync_folder(Path(place))
        Path(place).chmod(FOLDER_MODE)


def _put(folder: Path, name: str, content: Content, digests: _Digests) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    hashes = {algorithm: hashlib.new(algorithm) for algorithm in ALGORITHMS}
    size = 0
    with path.open("xb") as stream:
        for chunk in _chunks(content):
            for known in hashes.values():
                known.update(chunk)
            stream.write(chunk)
            size += len(chunk)
        stream.flush()
        os.fsync(stream.fileno())
    digests.note(name, {key: known.hexdigest() for key, known in hashes.items()}, size)


def _chunks(content: Content) -> Iterator[bytes]:
    if isinstance(content, bytes):
        yield content
        return
    with opened(content) as stream:
        while chunk := stream.read(CHUNK):
            yield chunk


def _labelled(labels: Labels) -> bytes:
    """Return bag-info.txt: a label, a colon, a value without line breaks (RFC 8493, 2.2.2)."""
    return "".join(f"{label}: {' '.join(value.split())}\n" for label, value in labels).encode()


def sync_folder(folder: Path) -> None:
    """Write the names in a folder through to the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


# Reading ------------------------------------------------------------------------------------


def digests_of(content: Content, algorithms: Iterable[str] = ALGORITHMS) -> dict[str, str]:
    """Return the digests of a file, read once and piece by piece; raises `OSError`."""
    hashes = {algorithm: hashlib.new(algorithm) for algorithm in algorithms}
    for chunk in _chunks(content):
        for known in hashes.values():
            known.update(chunk)
    return {algorithm: known.hexdigest() for algorithm, known in hashes.items()}


def read_manifest(folder: Path, name: str) -> dict[str, str]:
    """Return the digests of a manifest by the files' names; raises `BagError`."""
    found: dict[str, str] = {}
    for number, line in enumerate(_text(folder, name).split("\n"), 1):
        match = LINE.fullmatch(line.rstrip("\r"))
        if match:
            found[decoded(match["name"])] = match["digest"].lower()
        elif line.strip():
            raise BagError(name, _wrong_line(number))
    return found


def read_labels(folder: Path) -> list[tuple[str, str]]:
    """Return the labels of bag-info.txt in order; raises `BagError`."""
    found: list[tuple[str, str]] = []
    for number, line in enumerate(_text(folder, INFO_FILE).splitlines(), 1):
        label, colon, value = line.partition(":")
        if line[:1] in (" ", "\t") and found:
            last, before = found[-1]
            found[-1] = (last, f"{before} {line.strip()}")
        elif colon:
            found.append((label.strip(), value.strip()))
        elif line.strip():
            raise BagError(INFO_FILE, _wrong_line(number))
    return found


def _wrong_line(number: int) -> Term:
    return Term(f"{number}: wrong line")


def _text(folder: Path, name: str) -> str:
    try:
        return content_of(folder / name).decode("utf-8")
    except OSError as error:
        raise BagError(name, Term(error.strerror or str(error))) from error
    except UnicodeDecodeError as error:
        raise BagError(name, Term("it is not UTF-8")) from error


def encoded(name: str) -> str:
    """Return a name as a manifest writes it (RFC 8493, 2.1.3)."""
    return name.replace("%", "%25").replace("\n", "%0A").replace("\r", "%0D")


def decoded(name: str) -> str:
    """Return the name that a manifest means."""
    for code, character in (("%0[Aa]", "\n"), ("%0[Dd]", "\r"), ("%25", "%")):
        name = re.sub(code, character, name)
    return name
