"""The bag's payload as a research object: `ro-crate-metadata.json` (RO-Crate 1.1).

In: the contents of an issue, the names of all files. Out: JSON-LD in which the payload is the
root data set; the issue, its articles, its people, the newsletter and its publisher are described
with the words of schema.org (PublicationIssue, Article, Person, Periodical, Organization).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

from newsletter.archive.citation import dated, full_title
from newsletter.archive.contents import Contents

METADATA_FILE = "ro-crate-metadata.json"
PROFILE = "https://w3id.org/ro/crate/1.1"
KINDS = {".otf": "font/otf", ".ttf": "font/ttf", ".yaml": "application/yaml"}
KINDS |= {".lock": "application/json", ".icc": "application/vnd.iccprofile"}
KINDS |= {".j2": "text/plain", ".bib": "application/x-bibtex"}
KINDS |= {".ris": "application/x-research-info-systems", ".css": "text/css"}
KINDS |= {".svg": "image/svg+xml", ".jpg": "image/jpeg", ".png": "image/png"}
KINDS |= {".pdf": "application/pdf", ".txt": "text/plain", ".json": "application/json"}
KINDS |= {".xml": "application/xml"}
Entity = dict[str, Any]


def crate(contents: Contents, sizes: Mapping[str, int]) -> str:
    """Return the metadata of a payload; `sizes` are the bytes of each file by its name."""
    graph = [
        _descriptor(),
        _root(contents, sizes),
        _issue(contents),
        *_world(contents),
        *_articles(contents),
        *(_file(name, size) for name, size in sorted(sizes.items())),
    ]
    said = {"@context": f"{PROFILE}/context", "@graph": graph}
    return json.dumps(said, ensure_ascii=False, indent=1) + "\n"


def _descriptor() -> Entity:
    return {
        "@id": METADATA_FILE,
        "@type": "CreativeWork",
        "conformsTo": {"@id": PROFILE},
        "about": {"@id": "./"},
    }


def _root(contents: Contents, sizes: Mapping[str, int]) -> Entity:
    title = full_title(contents)
    return _told(
        {
            "@id": "./",
            "@type": "Dataset",
            "name": title,
            "description": f"{title}: the issue as PDF, its text, pictures and source",
            "datePublished": dated(contents).split("/")[-1],
            "license": {"@id": "#rights"},
            "publisher": {"@id": "#publisher"},
            "mainEntity": {"@id": "#issue"},
            "hasPart": [{"@id": _id(name)} for name in sorted(sizes)],
        }
    )


def _issue(contents: Contents) -> Entity:
    return _told(
        {
            "@id": "#issue",
            "@type": "PublicationIssue",
            "name": full_title(contents),
            "issueNumber": contents["issue"],
            "datePublished": dated(contents).split("/")[-1],
            "temporalCoverage": contents["period"],
            "inLanguage": contents["language"],
            "pagination": f"1-{contents['pages']}" if contents["pages"] else "",
            "isPartOf": {"@id": "#publication"},
            "publisher": {"@id": "#publisher"},
            "hasPart": [{"@id": _article_id(article)} for article in contents["articles"]],
        }
    )


def _world(contents: Contents) -> Iterator[Entity]:
    """Yield what the issue belongs to, and who is named in it."""
    publication = {"@id": "#publication", "@type": "Periodical", "name": contents["publication"]}
    yield _told({**publication, "issn": contents["issn"], "publisher": {"@id": "#publisher"}})
    yield {"@id": "#publisher", "@type": "Organization", "name": contents["publisher"]}
    yield {
        "@id": "#rights",
        "@type": "CreativeWork",
        "name": "Rights",
        "description": "The issue states no licence; ask its publisher.",
    }
    people = [name for article in contents["articles"] for name in article["people"]]
    for name in dict.fromkeys(people):
        yield {"@id": _person_id(name), "@type": "Person", "name": name}


def _articles(contents: Contents) -> Iterator[Entity]:
    for article in contents["articles"]:
        yield _told(
            {
                "@id": _article_id(article),
                "@type": "Article",
                "name": article["title"],
                "headline": article["title"],
                "abstract": article["standfirst"],
                "articleSection": article["section"],
                "author": [{"@id": _person_id(name)} for name in article["people"]],
                "datePublished": dated(contents).split("/")[-1],
                "inLanguage": contents["language"],
                "pageStart": article["first_page"],
                "pageEnd": article["last_page"],
                "isPartOf": {"@id": "#issue"},
            }
        )


def _file(name: str, size: int) -> Entity:
    suffix = f".{name.rpartition('.')[2].lower()}"
    kind = KINDS.get(suffix, "application/octet-stream")
    return {
        "@id": _id(name),
        "@type": "File",
        "name": name,
        "contentSize": str(size),
        "encodingFormat": kind,
    }


def _told(entity: Entity) -> Entity:
    """Return an entity without what is not known."""
    return {name: value for name, value in entity.items() if value not in ("", 0, None, [])}


def _id(name: str) -> str:
    return quote(name)


def _article_id(article: Mapping[str, Any]) -> str:
    return f"#article-{quote(str(article['id']))}"


def _person_id(name: str) -> str:
    return f"#person-{quote(name)}"
