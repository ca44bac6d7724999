"""Proofs: a stamped copy beside the file it was made from."""

from __future__ import annotations

from pathlib import Path


def stamped(data: bytes, number: int, name: str) -> bytes:
    """Return a PDF with the stamp of a proof; `name` is what its slug calls the file."""
    from newsletter.press.lettering import face
    from newsletter.press.proof import ProofWords, stamp

    return stamp(data, number, ProofWords(face(), name=name))


def proof_stem(stem: str, number: int) -> str:
    """Return the name of a proof without suffix: 2021-print becomes 2021-proof-2."""
    return f"{stem.removesuffix('-print')}-proof-{number}"


def write_proof(file: Path, number: int) -> Path:
    """Write the proof of a PDF beside it and return its path; raises `Refused`."""
    from newsletter.writing import write_together

    target = file.with_name(f"{proof_stem(file.stem, number)}.pdf")
    write_together({target: stamped(file.read_bytes(), number, file.name)})
    return target
