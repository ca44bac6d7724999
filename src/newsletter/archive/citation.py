"""How an issue is cited: Dublin Core, BibTeX and RIS, for the issue and for each article.

In: the contents of an issue. Out: the text of three files. Dublin Core is written in the terms of
DCMI (ISO 15836-1:2017); BibTeX and RIS have one entry for the issue and one for each article.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from newsletter.archive.contents import Contents
from newsletter.diagnostics import Shown

NAMESPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "xsi": "http://www.w3.org/2001/XMLSchema-instance",
}
SPECIAL = re.compile(r"([&%$#_{}])")


def full_title(contents: Contents) -> str:
    """Return the newsletter's name and the issue's title."""
    return " ".join(text for text in (contents["publication"], contents["title"]) if text)


def dated(contents: Contents) -> str:
    """Return the issue's date as it is known: day, month, year, or nothing."""
    return str(contents["date"] or contents["year"] or "")


# Dublin Core --------------------------------------------------------------------------------


def dublin_core(contents: Contents) -> str:
    """Return the issue's record, which has each article as a part."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>']
    declared = " ".join(f"xmlns:{prefix}={quoteattr(uri)}" for prefix, uri in NAMESPACES.items())
    lines.append(f"<metadata {declared}>")
    simple = [
        ("dc:title", full_title(contents)),
        ("dc:publisher", contents["publisher"]),
        ("dc:date", dated(contents)),
        ("dc:language", contents["language"]),
        ("dc:identifier", contents["issue"]),
        ("dc:type", "Text"),
        ("dc:format", "application/pdf"),
        ("dcterms:extent", f"{contents['pages']} {Shown(contents['pages']):page|pages}"),
        ("dcterms:isPartOf", contents["publication"]),
        ("dcterms:temporal", contents["period"]),
    ]
    simple += [("dcterms:hasPart", article["title"]) for article in contents["articles"]]
    lines += [f"  <{name}>{escape(str(value))}</{name}>" for name, value in simple if value]
    return "\n".join([*lines, "</metadata>"]) + "\n"


# BibTeX -------------------------------------------------------------------------------------


def bibtex(contents: Contents) -> str:
    """Return an entry for the issue and one for each article."""
    shared = {"publisher": contents["publisher"], "year": contents["year"] or ""}
    shared |= {"language": contents["language"]}
    issue = {"title": full_title(contents), **shared}
    entries = [_entry("periodical", contents["issue"], issue)]
    for article in contents["articles"]:
        fields = {
            "title": article["title"],
            "author": " and ".join(f"{{{_tex(name)}}}" for name in article["people"]),
            "journal": contents["publication"],
            "issue": contents["title"],
            "pages": "--".join(_pages(article)),
            **shared,
        }
        entries.append(_entry("article", f"{contents['issue']}-{article['id']}", fields))
    return "\n".join(entries)


def _entry(kind: str, key: str, fields: dict[str, Any]) -> str:
    lines = [f"@{kind}{{{key},"]
    for name, value in fields.items():
        if value:
            text = value if name == "author" else _tex(str(value))
            lines.append(f"  {name} = {{{text}}},")
    return "\n".join([*lines, "}"]) + "\n"


def _tex(text: str) -> str:
    return SPECIAL.sub(r"\\\1", text.replace("\\", " ").replace("~", " "))


# RIS ----------------------------------------------------------------------------------------


def ris(contents: Contents) -> str:
    """Return a record for the issue and one for each article, each ended by ER."""
    records = [_record("JFULL", [("TI", full_title(contents)), *_shared(contents)])]
    for article in contents["articles"]:
        first, last = (*_pages(article), "", "")[:2]
        fields = [("TI", article["title"])]
        fields += [("AU", name) for name in article["people"]]
        fields += [("T2", contents["publication"]), ("IS", contents["title"])]
        fields += [("SP", first), ("EP", last or first), *_shared(contents)]
        records.append(_record("JOUR", fields))
    return "".join(records)


def _shared(contents: Contents) -> list[tuple[str, str]]:
    year, date = str(contents["year"] or ""), str(contents["date"]).split("/", maxsplit=1)[0]
    return [
        ("PY", year),
        ("DA", f"{date.replace('-', '/')}/" if date else ""),
        ("PB", contents["publisher"]),
        ("LA", contents["language"]),
    ]


def _record(kind: str, fields: list[tuple[str, str]]) -> str:
    lines = [f"TY  - {kind}", *(f"{tag}  - {' '.join(v.split())}" for tag, v in fields if v)]
    return "\r\n".join([*lines, "ER  - ", ""])


def _pages(article: dict[str, Any]) -> Iterator[str]:
    """Yield the first page and, where it is another, the last."""
    numbers = dict.fromkeys((article["first_page"], article["last_page"]))
    yield from (str(number) for number in numbers if number)
