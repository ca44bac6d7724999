"""The check of PDF/A-3b by `pikepdf.pdfa`, run once a file.

In: the bytes of a file. Out: its findings, each with the clause of ISO 19005-3:2012 under the
name that veraPDF gives it. What it calls unsupported it could not judge.
"""

from __future__ import annotations

import contextlib
import functools
import io
from typing import TYPE_CHECKING

from newsletter.preflight.own_fonts import is_just_made, read_lightly

if TYPE_CHECKING:
    from pikepdf.pdfa import Finding


def archival_findings(data: bytes) -> tuple[Finding, ...]:
    """Return what stands against a file as PDF/A-3b."""
    return _found(data, lightly=is_just_made())


@functools.lru_cache(maxsize=2)
def _found(data: bytes, *, lightly: bool) -> tuple[Finding, ...]:
    from pikepdf import pdfa

    with read_lightly() if lightly else contextlib.nullcontext():
        return tuple(pdfa.validate_written(io.BytesIO(data), "3b").findings)
