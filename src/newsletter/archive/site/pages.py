"""Pages: the HTML of the site, from templates and in the words of one language.

In: what a page shows. Out: HTML. Every address in it is relative, so that the site can be read
from a file share; `root` leads from a page to the top of the site, `home` to that of its language.
"""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from msgspec import Struct, field

from newsletter.archive.site.headings import phrased
from newsletter.archive.site.sieve import Shown

if TYPE_CHECKING:
    from jinja2 import Environment

HERE = Path(__file__).parent
DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
MONTHS = "January February March April May June July August September October November December"
SAID = (
    "searching", "found", "found_more", "found_none", "found_none_hint", "word_counts",
    "nothing_to_search", "failed", "page", "pages", "event", "page_kind",
)  # fmt: skip
"""What the search says in the browser."""


class Speech(Struct, frozen=True):
    """A language of the site: its words, and the folder of its pages, empty at the top."""

    code: str
    words: Mapping[str, str]
    prefix: str


class IssueCard(Struct, frozen=True):
    """An issue as the shelf shows it; `place` is its folder from the top of the site."""

    issue: str
    title: str
    about: str
    year: int
    language: str
    place: str
    url: str
    pages: int
    cover: Shown | None = None
    pdf: str = ""


def speeches(codes: tuple[str, ...]) -> tuple[Speech, ...]:
    """Return the languages of a site; the first one's pages are at its top."""
    words = _words()
    return tuple(
        Speech(code, words[code], "" if index == 0 else f"{code}/")
        for index, code in enumerate(dict.fromkeys(codes))
    )


@functools.cache
def _words() -> Mapping[str, Mapping[str, str]]:
    import yaml

    found: dict[str, dict[str, str]] = yaml.safe_load((HERE / "speech.yaml").read_text("utf-8"))
    return found


class Stationery(Struct, frozen=True):
    """What all pages of a site have in common; `characters` are those that they show."""

    name: str
    publisher: str
    language: str
    speeches: tuple[Speech, ...]
    characters: set[str] = field(default_factory=set)

    def page(self, template: str, speech: Speech, path: str, **shown: Any) -> str:  # noqa: ANN401
        """Return the HTML of the page at `path`, counted from the top of its language."""
        up = "../" * path.count("/")
        root = up + "../" * speech.prefix.count("/")
        others = [other for other in self.speeches if other is not speech]
        other = others and {
            "url": f"{root}{others[0].prefix}{path}",
            "language": others[0].words["language"],
        }
        html = (
            _templates()
            .get_template(f"{template}.html.j2")
            .render(
                t=speech.words,
                speech=speech.code,
                root=root,
                home=up,
                other=other or None,
                name=self.name,
                publisher=self.publisher,
                language=self.language,
                here=template,
                **shown,
            )
        )
        if speech is self.speeches[0]:  # in the other language it shows the same texts
            self.characters.update(html)
        return html


def said(speech: Speech) -> str:
    """Return what the search says, as JSON that can stand in a page."""
    from markupsafe import Markup

    text = json.dumps({name: speech.words[name] for name in SAID}, ensure_ascii=False)
    return Markup(text.replace("<", "\\u003c"))  # noqa: S704 - ours, and nothing ends the element


@functools.cache
def _templates() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    made = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters |= {"filled": filled, "day": day, "phrase": phrase, "phrased": phrased}
    return made


def filled(text: str, **values: str | int) -> str:
    """Return a sentence with its values."""
    return text.format_map(values)


def day(date: str, code: str) -> str:
    """Return a date, or two with a slash between, as a reader writes it."""
    first, _slash, last = (part.strip() for part in date.partition("/"))
    begun, ended = DATE.fullmatch(first), DATE.fullmatch(last)
    if not begun:
        return date
    if not ended:
        return _one_day(first, code)
    if begun[1] == ended[1] and begun[2] == ended[2]:
        return _one_day(first, code, f"{int(begun[3])}–{int(ended[3])}")
    return f"{_one_day(first, code)}–{_one_day(last, code)}"


def _one_day(date: str, code: str, days: str = "") -> str:
    year, month, number = (int(part) for part in date.split("-"))
    if code == "zh":
        return f"{year}年{month}月{days or number}日"
    return f"{days or number} {MONTHS.split()[(month - 1) % 12]} {year}"


def phrase(name: str) -> str:
    """Return a name as a phrase in the address of a search."""
    return quote(f"“{name}”")
