"""Whether a PDF that is to be imposed is whole: what a reader mends may have lost what pages need.

In: its bytes and its name. Out: nothing, or a warning where the file had to be mended (N718);
`Refused` (N712) where it was put together again without parts that its pages need.
"""

from __future__ import annotations

import re

from newsletter.diagnostics import Diagnostic, Refused, Spot, Term, Values

REBUILT = "reconstruct"
"""qpdf says so when it had to look for the objects of a file itself (qpdf 11 and 12)."""
BROKEN = re.compile(r"\(object \d+ \d+")
"""It names the objects that it could not read to their end."""


def mended(data: bytes, name: str) -> list[Diagnostic]:
    """Return what is to be said of a file that opens; raises `Refused` (N712, N713)."""
    from newsletter.press.opening import opened

    with opened(data, name) as pdf:
        if not pdf.get_warnings():
            return []
    return _examined(data, name)


def _examined(data: bytes, name: str) -> list[Diagnostic]:
    from newsletter.preflight.document import opened

    with opened(name, data) as document:
        lost = [*document.reading.damage]
        repairs = [*document.mended, *(str(w) for w in document.pdf.get_warnings())]
    if any(REBUILT in repair for repair in repairs):
        if lost:
            page, what = lost[0]
            raise _refusal(Spot(name, page), {"what": what})
        if any(BROKEN.search(repair) for repair in repairs):
            raise _refusal(Spot(name), {"what": Term("cut off")})
    return [Diagnostic("N718", Spot(name), {"count": len(repairs)})]


def _refusal(place: Spot, values: Values) -> Refused:
    return Refused([Diagnostic("N712", place, values, hint="lost")])
