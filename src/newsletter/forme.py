"""The forme: what is kept of a layout for the next one of the same issue.

In: galleys, one after another. Out: their stylesheets and fonts as read, and a chase of what was
laid out, with its pictures as loaded and the record of the pages that may stand; anything that is
another one now is taken anew. Stylesheets and fonts as read are also kept for the issues after it.
"""

from __future__ import annotations

import atexit
import hashlib
import os
import sys
import tempfile
import warnings
import weakref
from collections.abc import Mapping
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Any

from msgspec import Struct, field

from newsletter.compose.galley import Galley
from newsletter.diagnostics import Diagnostic
from newsletter.remarks import css_problem, failures_told, listening
from newsletter.typesetting.blocks import AT
from newsletter.typesetting.seam import Matched, Parts, Record, Rereading, Standing, sheets
from newsletter.workroom import workroom

IMPORT = "@import"
"""Sheets with it may ask for more than they say."""
NO_SYSTEM_FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><cachedir>{cache}</cachedir></fontconfig>
"""
MEDIA_TYPES = {
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".otf": "font/otf",
    ".ttf": "font/ttf",
    ".css": "text/css",
}


FONTS = frozenset({".otf", ".ttf"})


class Mapped:
    """A file that WeasyPrint reads to write it elsewhere, which is not copied for that."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self) -> mmap:
        """Return the bytes as they lie on the disk, for as long as anybody holds them."""
        with self._path.open("rb") as file:
            return mmap(file.fileno(), 0, access=ACCESS_READ)

    def close(self) -> None:
        """Keep what was read open: it is written when the response is closed."""


class Sheets(Struct):
    """Stylesheets of a layout as read, with what they ask for: for all issues that are set in it.

    `made_of` are their texts, and when the files were written that they may name. `read` and
    `context`, with the fonts and counters, are WeasyPrint's; `findings` what they have wrong,
    `refused` the addresses that they asked for in vain.
    """

    made_of: object
    read: list[Any]
    context: dict[str, Any]
    findings: list[Diagnostic]
    refused: tuple[str, ...]


MOST_SHEETS = 2
"""Of how many layouts stylesheets are kept, with their fonts; most builds have one."""
_SHEETS: list[Sheets] = []
"""Those kept in this process, the last used one last."""
WITH_SHEETS = ("<style", "<link")
"""What brings stylesheets in a document."""


class Chase(Struct):
    """What is kept of the pages of one galley for the next of its kind.

    `images` are WeasyPrint's. `put_in` are the pages of the last layout, counted from 0, that stood
    and were put in again. In a forme that lasts it also has the document as read, and what was
    `matched` with it. Printers lock type and blocks into a chase.
    """

    images: dict[str, Any] = field(default_factory=dict)
    record: Record = field(default_factory=Record)
    reading: Rereading = field(default_factory=Rereading)
    matched: Matched | None = None
    put_in: frozenset[int] = frozenset()
    _noted: int = 0
    _pictures: Mapping[str, str] = field(default_factory=dict)

    def keep(self, standing: Standing) -> None:
        """Keep the record of a layout for the next."""
        self.record, self.put_in = standing.record or Record(), frozenset(standing.put_in)
        for url in [url for url, image in self.images.items() if image is None]:
            del self.images[url]

    def note(self, *, quiet: bool) -> None:
        """Note after a layout whether WeasyPrint said anything, in all those of a document."""
        if self.matched is not None:
            is_first, self._noted = self._noted != self.reading.reads, self.reading.reads
            self.matched.is_quiet = quiet and (is_first or self.matched.is_quiet)

    def take_over(self, other: Chase) -> None:
        """Take another's pages, with their pictures; it lays out all of its own anew."""
        self.record, other.record = other.record, Record()
        self.images, self._pictures = dict(other.images), other._pictures

    def mind_pictures(self, galley: Galley) -> bool:
        """Forget pictures that are others now; tell whether that lets no page stand.

        Pages are compared by the pictures in their boxes, but not by one that is used otherwise, as
        the ground of a block.
        """
        is_other = False
        for url, known in self._pictures.items():
            if galley.inspected.get(url) == known:
                continue
            data = hashlib.md5(url.encode(), usedforsecurity=False).hexdigest()
            for key in [key for key in self.images if key == url or key.startswith(data)]:
                del self.images[key]
            is_other |= galley.html.count(url) != galley.html.count(f'src="{url}"')
        self._pictures = dict(galley.inspected)
        if is_other:
            self.record = Record()
        return is_other


class Forme(Struct):
    """Empty at first; whoever lays out an issue again and again keeps one.

    `sheets` and `context` are WeasyPrint's; `findings` what the stylesheets have wrong. `parts` are
    those of fonts that were written to files that are only drawn. One that is kept for many
    layouts, `is_lasting`, has a chase for each number of fillers that an edit is tried with: none,
    and the last that was needed, which are its `fillers`.
    `taken` counts how often stylesheets, or a picture in the ground of a block, were others.
    """

    sheets: list[Any] = field(default_factory=list)
    context: dict[str, Any] = field(default_factory=dict)
    findings: list[Diagnostic] = field(default_factory=list)
    parts: Parts = field(default_factory=Parts)
    is_lasting: bool = False
    chase: Chase = field(default_factory=Chase)
    """The one of the last layout."""
    fillers: int = 0
    taken: int = 0
    chases: dict[int, Chase] = field(default_factory=dict)
    """By number of fillers."""
    _asked: bool = False
    _key: object = None
    _read: Sheets | None = None

    def prepare(self, galley: Galley, fetcher: Any, setting: object) -> Chase:  # noqa: ANN401
        """Make ready for a galley and return its chase; `setting` is what lines depend on else."""
        key = galley.stylesheets, _stamps(galley), repr(setting)
        if key != self._key:
            self._key, self.taken = key, self.taken + 1
            self._read_sheets(galley, fetcher)
            self.chases, self.parts = {}, Parts()
        self.chase = self._chase_for(galley.fillers if self.is_lasting else 0)
        if _brings_sheets(galley):
            _keep_no_longer(self._read)
        if self.chase.mind_pictures(galley):
            self.taken += 1
        return self.chase

    def _chase_for(self, fillers: int) -> Chase:
        """Return the chase of such galleys.

        A new one with fillers begins with the pages of another number, whose time is over, or with
        those without fillers.
        """
        if fillers not in self.chases:
            made = Chase(
                reading=Rereading(None if self._asked else AT),
                matched=Matched() if self.is_lasting else None,
            )
            if fillers and self.chases:
                other = max(self.chases)
                made.take_over(self.chases.pop(other) if other else self.chases[other])
            self.chases[fillers] = made
        return self.chases[fillers]

    def has_pages(self, fillers: int) -> bool:
        """Tell whether the pages last laid out with so many fillers are still as they were."""
        return not self.is_lasting or fillers in self.chases

    def _read_sheets(self, galley: Galley, fetcher: Any) -> None:  # noqa: ANN401
        sheets = self._read = _sheets_of(galley, fetcher)
        self.sheets, self.context = sheets.read, sheets.context
        self.findings = [*sheets.findings]
        self._asked = any(AT in sheet.text or IMPORT in sheet.text for sheet in galley.stylesheets)


# Stylesheets --------------------------------------------------------------------------------


def _sheets_of(galley: Galley, fetcher: Any) -> Sheets:  # noqa: ANN401
    """Return the stylesheets of a galley as read: for an issue before, or now.

    What they asked for in vain is told to `fetcher` in either case.
    """
    made_of = galley.stylesheets, _stamps(galley)
    found = next((sheets for sheets in _SHEETS if sheets.made_of == made_of), None)
    if found is None or _brings_sheets(galley):
        return _kept(_read(galley, fetcher, made_of))
    fetcher.refused.extend(found.refused)
    return _kept(found)


def _kept(sheets: Sheets) -> Sheets:
    _keep_no_longer(sheets)
    _SHEETS.append(sheets)
    del _SHEETS[:-MOST_SHEETS]
    return sheets


def _keep_no_longer(sheets: Sheets | None) -> None:
    """Let no other issue have stylesheets, as those of a document are added to what they have."""
    _SHEETS[:] = [kept for kept in _SHEETS if kept is not sheets]


def _brings_sheets(galley: Galley) -> bool:
    html = galley.html.lower()
    return any(tag in html for tag in WITH_SHEETS)


def _read(galley: Galley, fetcher: Any, made_of: object) -> Sheets:  # noqa: ANN401
    """Read the stylesheets of a galley, and the fonts that they name."""
    from weasyprint import CSS
    from weasyprint.css.counters import CounterStyle

    context = {"font_config": font_configuration(), "counter_style": CounterStyle()}
    read, findings, before = [], list[Diagnostic](), len(fetcher.refused)
    for sheet in galley.stylesheets:

        def make(text: str, url: str = sheet.url) -> Any:  # noqa: ANN401 - WeasyPrint's
            return CSS(string=text, base_url=url, url_fetcher=fetcher, **context)

        with listening() as heard, failures_told(sheet.shown):
            css = sheets.read(sheet.text, sheet.url, make, heard)
        findings += [css_problem(sheet, remark) for remark in heard]
        read.append(css)
    refused = tuple(fetcher.refused[before:])
    return Sheets(made_of, read, context, findings, refused)


def _stamps(galley: Galley) -> Mapping[str, tuple[int, ...]]:
    """Return when the files were written that have no digest: fonts, and a layout's pictures."""
    files = {url: path for url, path in galley.assets.items() if url not in galley.inspected}
    stats = {url: path.stat() for url, path in files.items() if path.exists()}
    return {
        url: (stat.st_mtime_ns, stat.st_ctime_ns, stat.st_size, stat.st_ino)
        for url, stat in stats.items()
    }


# Fonts --------------------------------------------------------------------------------------


def keep_system_fonts_out() -> None:
    """Give fontconfig a configuration of its own before it is first used.

    Pango asks fontconfig for any character it lacks; with no font folder configured only
    the @font-face rules of the galley are left (fontconfig user manual, FONTCONFIG_FILE).
    WeasyPrint warns of that when it is imported.
    """
    warnings.filterwarnings("ignore", message="No fonts configured in FontConfig")
    if _FONTCONFIG:
        return
    folder = tempfile.TemporaryDirectory(prefix="newsletter-fontconfig-", dir=workroom())
    file = Path(folder.name) / "fonts.conf"
    file.write_text(NO_SYSTEM_FONTS.format(cache=folder.name), "utf-8")
    os.environ["FONTCONFIG_FILE"] = str(file)
    _FONTCONFIG.append(folder)


def font_configuration() -> Any:  # noqa: ANN401 - WeasyPrint's
    """Return a font configuration whose folder of fonts is taken away at the latest at the end.

    WeasyPrint leaves it there where a process does not take its objects apart, as ours (`entry`);
    one of a crew ends without what `atexit` has been told, but for what it tells itself.
    """
    from weasyprint.text.fonts import FontConfiguration

    made = FontConfiguration()
    room = workroom()
    if room is not None:
        made._folder = Path(tempfile.mkdtemp(prefix="weasyprint-", dir=room))  # noqa: SLF001
    if not _CONFIGURATIONS:
        atexit.register(_take_fonts_away)
        if "multiprocessing.util" in sys.modules:
            sys.modules["multiprocessing.util"].Finalize(None, _take_fonts_away, exitpriority=0)
    _CONFIGURATIONS.add(made)
    return made


def _take_fonts_away() -> None:
    for configuration in list(_CONFIGURATIONS):
        configuration.__del__()  # deletes the folder, no more
        configuration._folder = None  # noqa: SLF001 - there is none to delete when Python ends
    _CONFIGURATIONS.clear()


_CONFIGURATIONS: weakref.WeakSet[Any] = weakref.WeakSet()
_FONTCONFIG: list[tempfile.TemporaryDirectory[str]] = []
"""The folder of this process's fontconfig file; removed when the process ends."""


# What may be read ---------------------------------------------------------------------------


def asset_fetcher(galley: Galley) -> Any:  # noqa: ANN401 - a class made after the import
    """Return WeasyPrint's fetcher of URLs; it lists in `refused` what it did not serve."""
    from email.message import EmailMessage, Message

    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class OnlyAssets(URLFetcher):  # type: ignore[misc]
        """Serves the files of the galley and nothing else."""

        def __init__(self) -> None:
            super().__init__(allowed_protocols=())
            self.refused: list[str] = []

        def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:  # noqa: ANN401, ARG002
            name = url.split("#", maxsplit=1)[0]
            path, inspected = galley.assets.get(name), galley.inspected.get(name)
            suffix = path.suffix.lower() if path else ""
            kind = EmailMessage(Message().policy)  # the other one's parser has to be imported
            kind["Content-Type"] = MEDIA_TYPES.get(suffix, "application/octet-stream")
            if path and suffix in FONTS and path.stat().st_size:
                return URLFetcherResponse(url, Mapped(path), kind)
            content = path.read_bytes() if path else b""
            is_other = inspected is not None and inspected != hashlib.sha256(content).hexdigest()
            if path is None or is_other:
                self.refused.append(url)
                message = f"not part of the issue, or not as it was inspected: {url}"
                raise ValueError(message)
            return URLFetcherResponse(url, content, kind)

    return OnlyAssets()
