"""Sheets: a stylesheet as WeasyPrint reads it is kept for the next process.

In: the text of a stylesheet and its address, or WeasyPrint's own while it is imported. Out: its
rules, read or from an earlier run. Reading them takes a twentieth of a build after an edit.

Only what depends on nothing else is kept, and changes nothing else: no fonts, no other sheets, no
counters of a layout's. A sheet of which WeasyPrint has something to say is read each time.
"""

from __future__ import annotations

import contextlib
import io
import pickle
import re
import sys
from collections.abc import Callable, Collection, Iterator
from types import FunctionType
from typing import Any, NamedTuple

from newsletter.cache.store import at_hand, key_of
from newsletter.typesetting.seam.foreign import Foreign
from newsletter.typesetting.selectors import again

KIND = "sheets"
OWN = "UA_STYLESHEET", "UA_FORM_STYLESHEET", "PH_STYLESHEET"
"""WeasyPrint's own, in `weasyprint.html`; the first two define `UA_COUNTER_STYLE`."""
TEXTS = "UA", "UA_FORM", "PH"
AT_RULE = re.compile(r"@([-\w\\]*)")
SELF_CONTAINED = frozenset(
    {
        *("page", "media", "layer", "supports", "footnote", "note"),
        *(f"{y}-{x}" for y in ("top", "bottom") for x in ("left", "center", "right")),
        *(f"{y}-{x}-corner" for y in ("top", "bottom") for x in ("left", "right")),
        *(f"{x}-{y}" for x in ("left", "right") for y in ("top", "middle", "bottom")),
    }
)
"""At-rules of which nothing is left but rules (CSS Paged Media 3, 5; CSS Conditional Rules 3)."""


class Read(NamedTuple):
    """What was read of a stylesheet: its selectors, its rules for pages, its layers."""

    matcher: dict[str, Foreign]
    page_rules: list[Foreign]
    layers: list[Foreign]

    @classmethod
    def of(cls, sheet: Foreign) -> Read:
        """Return what a sheet has been read as."""
        return cls(sheet.matcher.__dict__, sheet.page_rules, sheet.layers)

    def put_into(self, sheet: Foreign) -> None:
        """Have a sheet that was read from nothing be this one."""
        sheet.matcher.__dict__.update(self.matcher)
        sheet.page_rules[:], sheet.layers[:] = self.page_rules, self.layers


def read(
    text: str, base_url: str, make: Callable[[str], Foreign], said: Collection[object]
) -> Foreign:
    """Return a stylesheet as `make` reads it, or did in an earlier run.

    `said` is what WeasyPrint says of it meanwhile.
    """
    store = at_hand() if is_self_contained(text) else None
    if store is None:
        return make(text)
    key = key_of(KIND, (text, base_url))
    known = _unpacked(store.find(key))
    if known is not None:
        sheet = make("")
        known.put_into(sheet)
        return sheet
    sheet = make(text)
    if not said:
        store.keep(key, _packed(Read.of(sheet)))
    return sheet


def is_self_contained(text: str) -> bool:
    """Tell whether a stylesheet asks for nothing else and defines nothing but rules."""
    return SELF_CONTAINED.issuperset(AT_RULE.findall(text.lower()))


@contextlib.contextmanager
def own_sheets() -> Iterator[None]:
    """Have WeasyPrint's import find its own stylesheets read.

    It parses each without saying how, as nothing else here does.
    """
    import tinycss2

    store = at_hand()
    key = key_of(KIND, ("own",)) if store is not None else ""
    content = store.find(key) if store is not None else None
    theirs = tinycss2.parse_stylesheet
    if content is not None:
        tinycss2.parse_stylesheet = lambda text, **how: theirs(text, **how) if how else []
    try:
        yield
    finally:
        tinycss2.parse_stylesheet = theirs
    html = sys.modules["weasyprint.html"]
    if content is not None and not _fill(html, content):
        for name, text in zip(OWN, TEXTS, strict=True):
            getattr(html, name).__init__(
                string=getattr(html, text), counter_style=html.UA_COUNTER_STYLE
            )
    elif content is None and store is not None:
        read_now = [Read.of(getattr(html, name)) for name in OWN]
        store.keep(key, _packed((read_now, dict(html.UA_COUNTER_STYLE))))


def _fill(html: Foreign, content: bytes) -> bool:
    """Put what was kept into WeasyPrint's own sheets; tell whether it could be read."""
    known = _unpacked(content)
    if known is None:
        return False
    sheets, counters = known
    for name, was in zip(OWN, sheets, strict=True):
        was.put_into(getattr(html, name))
    html.UA_COUNTER_STYLE.update(counters)
    return True


# Packing ------------------------------------------------------------------------------------


class _Packer(pickle.Pickler):
    """Packs tests of elements by the source that they are made from."""

    def reducer_override(self, thing: object) -> Any:  # noqa: ANN401 - what pickle takes
        """Return how a test is made again; anything else is packed as usual."""
        source = getattr(thing, "source", None) if type(thing) is FunctionType else None
        return NotImplemented if source is None else (again, (source,))


def _packed(thing: object) -> bytes:
    stream = io.BytesIO()
    _Packer(stream, pickle.HIGHEST_PROTOCOL).dump(thing)
    return stream.getvalue()


def _unpacked(content: bytes | None) -> Foreign:
    """Return what was packed; None where there is nothing, or something else."""
    if content is None:
        return None
    try:
        return pickle.loads(content)  # noqa: S301 - our own, in the store, which is sealed
    except Exception:  # noqa: BLE001 - whatever it is, it is read anew
        return None
