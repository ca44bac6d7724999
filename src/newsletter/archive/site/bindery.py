"""The bindery: puts the site together, issue by issue, and puts it in its place.

In: the archive's folder and the folder of the site. Out: a finished site, the same bytes from the
same archive; or `Refused`, with the old site unharmed. Only one issue is in memory at a time.
"""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from msgspec import Struct

from newsletter.archive.holdings import Bag, Volume, bags, open_bag
from newsletter.archive.passages import passages
from newsletter.archive.site.feeds import NEWEST, Feed, FeedEntry
from newsletter.archive.site.leaves import Leaves, Neighbours, card, slugs
from newsletter.archive.site.lookup import Lookup
from newsletter.archive.site.pages import IssueCard, Stationery, said, speeches
from newsletter.archive.site.typeface import typeface
from newsletter.archive.stacks import folder_for, left_beside
from newsletter.diagnostics import Diagnostic, Refused
from newsletter.writing import turn, writing

MARK = "site.txt"
"""Stands in every site, so that only a site is ever replaced by one."""
MARK_TEXT = "Made by newsletter archive site; replaced as a whole.\n"
OLD = ".old"
ASSETS = Path(__file__).parent / "assets"
SHOWN_CONTENTS = 8
FEW_A_YEAR = 2
Progress = Callable[[int, int], None]


class Site(Struct, frozen=True):
    """A finished site: its folder, how many issues and articles, what was left out."""

    folder: Path
    issues: int
    articles: int
    findings: tuple[Diagnostic, ...] = ()


class Order(Struct, frozen=True):
    """How the site is wanted: languages, the first at the top, and its address if it has one."""

    languages: tuple[str, ...] = ("zh", "en")
    address: str = ""


def bind(
    archive: Path,
    target: Path,
    order: Order | None = None,
    progress: Progress = lambda _done, _all: None,
) -> Site:
    """Make the site of an archive in `target`; raises `Refused` (N790, N702, N797)."""
    found = bags(archive)
    if not found:
        raise Refused([Diagnostic("N790", None, {"folder": archive.name})])
    with writing(target.name):
        _put_in_order(target)
        if target.exists() and not _is_replaceable(target):
            raise Refused([Diagnostic("N797", None, {"folder": target.name})])
        with folder_for(target) as beside:
            beside.chmod(0o755)
            made = _Binding(beside, order or Order(), progress).run(found)
            with turn(target.parent):
                _exchange(beside, target)
    return Site(target, made.issues, made.articles, made.findings)


def _is_replaceable(target: Path) -> bool:
    if target.is_symlink() or not target.is_dir():
        return False
    return (target / MARK).is_file() or not any(target.iterdir())


def _put_in_order(target: Path) -> None:
    """Put back the site that one who was killed had put aside, or take it away."""
    with turn(target.parent):
        for old in left_beside(target, OLD):
            if target.exists():
                shutil.rmtree(old, ignore_errors=True)
            else:
                old.rename(target)


def _exchange(beside: Path, target: Path) -> None:
    """Put the new site in the place of the old one; put the old one back if that fails."""
    old = beside.with_suffix(OLD)
    if target.exists():
        target.rename(old)
    try:
        beside.rename(target)
    except OSError:
        with contextlib.suppress(OSError):
            old.rename(target)
        raise
    shutil.rmtree(old, ignore_errors=True)


class _Binding:
    """One run: the folder beside, and what is kept of each issue, which is its card."""

    def __init__(self, folder: Path, order: Order, progress: Progress) -> None:
        self._folder, self._order, self._progress = folder, order, progress
        self._findings: list[Diagnostic] = []
        self._articles = 0

    def run(self, found: Sequence[Bag]) -> Site:
        """Write everything; return what was written."""
        shelf = self._shelf(found)
        newest = open_bag(shelf[0][0])
        about = newest.contents
        stationery = Stationery(
            name=about.publication,
            publisher=about.publisher,
            language=about.language,
            speeches=speeches(self._order.languages),
        )
        lookup = Lookup(self._folder / "search", len(shelf))
        entries = list(self._issues(shelf, stationery, lookup))
        lookup.write()
        cards = [card for _bag, card in shelf]
        self._front(stationery, cards, newest)
        self._finder(stationery, cards, lookup.sections)
        self._feeds(stationery, entries)
        words = "".join(word for speech in stationery.speeches for word in speech.words.values())
        self._assets(stationery.characters | lookup.characters | {*words})
        self._write(MARK, MARK_TEXT)
        return Site(self._folder, len(shelf), self._articles, tuple(self._findings))

    def _shelf(self, found: Sequence[Bag]) -> list[tuple[Bag, IssueCard]]:
        """Return the bags that can be read with their cards, newest first."""
        dated = []
        for bag in found:
            try:
                volume = open_bag(bag)
            except Refused as refusal:
                self._findings += refusal.diagnostics
                continue
            dated.append(((volume.year, volume.contents.date, bag.issue), bag, card(volume)))
        if not dated:
            raise Refused(self._findings)
        dated.sort(key=lambda item: item[0], reverse=True)
        return [(bag, shown) for _key, bag, shown in dated]

    def _issues(
        self, shelf: Sequence[tuple[Bag, IssueCard]], stationery: Stationery, lookup: Lookup
    ) -> Iterator[FeedEntry]:
        """Write the issues, one at a time in memory; yield the entries of the feeds."""
        cards = [None, *(shown for _bag, shown in shelf), None]
        for number, (bag, shown) in enumerate(shelf):
            self._progress(number, len(shelf))
            volume = open_bag(bag)
            leaves = Leaves(self._folder, stationery, volume, shown)
            self._findings += leaves.write(Neighbours(older=cards[number + 2], newer=cards[number]))
            about = {"title": shown.title, "year": shown.year, "url": shown.url}
            lookup.add(about, list(passages(volume)), slugs(volume.contents.articles))
            self._articles += len(volume.contents.articles)
            if number < NEWEST:
                yield _entry(shown, volume)

    def _front(self, stationery: Stationery, cards: Sequence[IssueCard], newest: Volume) -> None:
        names = slugs(newest.contents.articles)
        lines = [
            {"slug": names[article.id], "title": article.title}
            for article in newest.contents.articles[:SHOWN_CONTENTS]
        ]
        years = _by_year(cards)
        for speech in stationery.speeches:
            html = stationery.page(
                "shelf", speech, "index.html",
                newest=cards[0], newest_contents=lines, years=years, count=len(cards),
            )  # fmt: skip
            self._write(f"{speech.prefix}index.html", html)

    def _finder(
        self, stationery: Stationery, cards: Sequence[IssueCard], sections: Sequence[str]
    ) -> None:
        years = list(dict.fromkeys(shown.year for shown in cards if shown.year))
        for speech in stationery.speeches:
            html = stationery.page(
                "search", speech, "search.html",
                years=years, sections=sections, said=said(speech),
            )  # fmt: skip
            self._write(f"{speech.prefix}search.html", html)

    def _feeds(self, stationery: Stationery, entries: Sequence[FeedEntry]) -> None:
        address = self._order.address
        feed = Feed(
            name=stationery.name,
            publisher=stationery.publisher,
            language=stationery.language,
            address=address if not address or address.endswith("/") else f"{address}/",
            entries=entries,
        )
        self._write("feed.xml", feed.atom())
        self._write("feed.json", feed.json())

    def _assets(self, characters: set[str]) -> None:
        """Write what all pages share: stylesheet, search, mark, and the font of these characters.

        What the stylesheet and the search write themselves is in the font too.
        """
        shared = {path.name: path.read_text("utf-8") for path in sorted(ASSETS.iterdir())}
        rules, files = typeface(characters.union(*shared.values()))
        shared["site.css"] += rules
        for name, text in shared.items():
            self._write(f"assets/{name}", text)
        for name, data in files.items():
            (self._folder / "assets" / name).write_bytes(data)

    def _write(self, name: str, text: str) -> None:
        path = self._folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


def _by_year(cards: Sequence[IssueCard]) -> list[dict[str, Any]]:
    """Return the covers year by year; in one row where a year has hardly more than one."""
    years = [
        {"number": year, "issues": list(issues)}
        for year, issues in groupby(cards, key=lambda shown: shown.year)
    ]
    if len(cards) < FEW_A_YEAR * len(years):
        return [{"number": 0, "issues": list(cards)}]
    return years


def _entry(shown: IssueCard, volume: Volume) -> FeedEntry:
    return FeedEntry(
        issue=shown.issue,
        title=shown.title,
        date=volume.contents.date,
        year=shown.year,
        page=f"{shown.url}index.html",
        pdf=shown.place + shown.pdf if shown.pdf else "",
        articles=tuple(article.title for article in volume.contents.articles),
    )
