"""The check of PDF/A-3b by `pikepdf.pdfa`, run once a file.

In: the bytes of a file. Out: its findings, each with the clause of ISO 19005-3:2012 under the
name that veraPDF gives it. What it calls unsupported it could not judge.
"""

from __future__ import annotations

import functools
import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pikepdf.pdfa import Finding


@functools.lru_cache(maxsize=2)
def archival_findings(data: bytes) -> tuple[Finding, ...]:
    """Return what stands against a file as PDF/A-3b."""
    from pikepdf import pdfa

    return tuple(pdfa.validate_written(io.BytesIO(data), "3b").findings)
