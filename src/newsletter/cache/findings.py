"""Findings as a manifest keeps them, and as they were.

In: diagnostics. Out: JSON from which the same diagnostics can be made again.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from msgspec.structs import astuple

from newsletter.cache.manifest import Manifest
from newsletter.diagnostics import Diagnostic, Place, Severity, Spot, Term


def said(findings: Iterable[Diagnostic]) -> str:
    """Return findings as JSON."""
    return json.dumps([_said(found) for found in findings])


def heard(text: str) -> tuple[Diagnostic, ...]:
    """Return the findings that `said` has written."""
    return tuple(_read(one) for one in json.loads(text))


def files_of(manifest: Manifest) -> tuple[Path, ...]:
    """Return the files that a build made, without its record."""
    return tuple(Path(kept.path) for kept in manifest.outputs[: int(manifest.facts["files"])])


def findings_of(manifest: Manifest) -> tuple[Diagnostic, ...]:
    """Return what a build reported."""
    return heard(manifest.facts["findings"])


def _said(found: Diagnostic) -> list[Any]:
    """Return a diagnostic as JSON's types, so that `_read` makes the same of it."""
    kind = type(found.place).__name__
    place = astuple(found.place) if found.place else ()
    values = [[name, value, isinstance(value, Term)] for name, value in found.values.items()]
    return [found.code, kind, place, values, found.hint, found.severity_override]


def _read(one: Sequence[Any]) -> Diagnostic:
    code, kind, parts, listed, hint, severity = one
    place: Place | Spot | None = None
    if kind == "Place":
        place = Place(*parts)
    elif kind == "Spot":
        file, page, area = parts
        place = Spot(file, page, tuple(area))
    values = {name: Term(value) if is_term else value for name, value, is_term in listed}
    return Diagnostic(code, place, values, hint, Severity(severity) if severity else None)
