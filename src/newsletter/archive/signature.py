"""Signatures: who vouches for a bag, in files beside it.

In: a bag, a key and certificate (PKCS #12, RFC 7292). Out: a detached CMS signature (RFC 5652) of
the bag's tagmanifest-sha512.txt, which vouches for the manifests and they for every file. The bag
itself is not touched; several may sign. Any CMS tool checks it:
`openssl cms -verify -binary -inform DER -in v1.p7s -content v1/tagmanifest-sha512.txt`.

Whether the certificate is one to be trusted is not judged here, only that the signature is of this
bag and was made with the certificate's key. pyHanko does the cryptography (extra `sign`).
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct

from newsletter.archive.bag import TAG_MANIFESTS
from newsletter.archive.log import Entry
from newsletter.archive.reading import content_of
from newsletter.archive.stacks import Archive
from newsletter.diagnostics import Diagnostic, Refused, Spot, Values
from newsletter.writing import write_together

SIGNED = TAG_MANIFESTS[1]
ALGORITHM = "sha512"
SUFFIX = ".p7s"
SIGNATURE_FILE = re.compile(r"(v[1-9]\d*)(?:-[1-9]\d*)?\.p7s")
LARGEST_BYTES = 1_000_000
"""No signature is larger than this; a chain of certificates takes some thousand bytes."""


class Signature(Struct, frozen=True):
    """A signature file and what came of checking it; `signer` is the certificate's subject."""

    path: Path
    signer: str
    is_good: bool


def called(subject: Mapping[str, str | list[str]]) -> str:
    """Return a certificate's subject as people read it: the name, then whose it is."""
    parts = (text for _kind, text in reversed([*subject.items()]))
    return " / ".join(part if isinstance(part, str) else " ".join(part) for part in parts)


def signature_files(archive: Archive, name: str) -> list[Path]:
    """Return the files in which somebody signed a bag such as 2021/v1."""
    bag = archive.path(name)
    found = bag.parent.glob(f"*{SUFFIX}") if bag.parent.is_dir() else ()
    return sorted(path for path in found if owner_of(path) == bag)


def owner_of(path: Path) -> Path | None:
    """Return the bag for which a file is named as its signature; None for any other file."""
    match = SIGNATURE_FILE.fullmatch(path.name)
    return path.parent / match[1] if match else None


def sign(archive: Archive, entry: Entry, key: Path, passphrase: str) -> Path:
    """Sign a bag and return the signature's file; raises `Refused`."""
    signer = _signer(key, passphrase)
    content = content_of(archive.path(entry.name) / SIGNED)
    made = asyncio.run(signer.async_sign_general_data(content, ALGORITHM, detached=True))
    path = _free(archive.path(entry.name))
    write_together({path: made.dump()})
    return path


def _free(bag: Path) -> Path:
    number, path = 1, bag.with_name(f"{bag.name}{SUFFIX}")
    while path.exists():
        number += 1
        path = bag.with_name(f"{bag.name}-{number}{SUFFIX}")
    return path


def _signer(key: Path, passphrase: str) -> Any:  # noqa: ANN401 - pyHanko's
    try:
        from pyhanko.sign.signers import SimpleSigner
    except ImportError as error:
        raise Refused([Diagnostic("N757", None, {"file": key.name}, hint="library")]) from error
    with _quietly():
        load: Any = SimpleSigner.load_pkcs12
        signer = load(str(key), passphrase=passphrase.encode("utf-8"))
    if signer is None:
        hint = "default" if key.is_file() else "missing"
        raise Refused([Diagnostic("N757", None, {"file": str(key)}, hint=hint)])
    return signer


def check(archive: Archive, name: str) -> Iterator[Signature]:
    """Yield the signatures of a bag, checked; raises `ImportError` without pyHanko."""
    content = archive.path(name) / SIGNED
    signed = content.read_bytes() if content.is_file() else b""
    for path in signature_files(archive, name):
        yield _checked(path, signed)


def _checked(path: Path, signed: bytes) -> Signature:
    from asn1crypto.cms import ContentInfo  # type: ignore[import-untyped]
    from pyhanko.sign.validation import async_validate_detached_cms
    from pyhanko_certvalidator import ValidationContext

    nobody = ValidationContext(trust_roots=[], allow_fetching=False)
    with _quietly(), contextlib.suppress(Exception):  # whatever a broken file does to a parser
        if path.stat().st_size <= LARGEST_BYTES:
            info = ContentInfo.load(content_of(path))
            checking = async_validate_detached_cms(signed, info["content"], nobody)
            status = asyncio.run(checking)
            signer = called(status.signing_cert.subject.native)
            return Signature(path, signer, bool(status.intact and status.valid))
    return Signature(path, "", is_good=False)


def signature_problems(archive: Archive, name: str) -> Iterator[Diagnostic]:
    """Yield what is wrong with the signatures of a bag; that they were not checked, if so."""
    shown = f"{archive.folder.name}/{Path(name).parent.as_posix()}"
    try:
        for signature in check(archive, name):
            if not signature.is_good:
                values: Values = {"bag": name, "signer": signature.signer or "?"}
                yield Diagnostic("N799", Spot(f"{shown}/{signature.path.name}"), values)
    except ImportError:
        count = len(signature_files(archive, name))
        yield Diagnostic("N758", Spot(f"{shown}/{Path(name).name}"), {"count": count})


@contextlib.contextmanager
def _quietly() -> Iterator[None]:
    """Keep pyHanko's log from the terminal: what it found is said in our words."""
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        yield
    finally:
        logging.disable(before)
