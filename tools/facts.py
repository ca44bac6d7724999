"""Count the names and figures of an original that the rewritten articles carry over.

In: an issue and tests/fixtures/facts-<id>.yaml, which lists for each article what the original
says. Out: a table, an article a line: length against the original's, facts carried over of
facts listed. Ends with 1 when a fact is missing, and names it.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from newsletter.issue.loader import load_issue
from newsletter.issue.models import Article, ChronicleSection, ContactsSection, Issue, Sidebar
from newsletter.issue.texts import passages

ROOT = Path(__file__).resolve().parent.parent
KINDS = ("names", "titles", "dates", "figures", "places")
BESIDE_THE_TEXT = {"caption", "kicker"}  # what these say does not count as carried over
DASHES = str.maketrans(dict.fromkeys("⸺–～", "—"))

Text = Article | ChronicleSection | ContactsSection


@dataclass(frozen=True, slots=True)
class Listing:
    """What the original of one article says, as far as it must be found again."""

    title: str
    characters: int
    facts: Mapping[str, tuple[str, ...]]
    people: tuple[str, ...]
    said: Mapping[str, tuple[str, ...]]

    @classmethod
    def read(cls, entry: Mapping[str, Any]) -> Listing:
        """Take over one article's entry of the YAML file."""
        return cls(
            title=entry["title"],
            characters=entry["characters"],
            facts={kind: tuple(map(str, entry[kind])) for kind in KINDS},
            people=tuple(entry.get("people", ())),
            said={name: tuple(said) for name, said in entry.get("said", {}).items()},
        )


def listings(issue_id: str) -> dict[str, Listing]:
    """Return the listings of an issue by the name of their article."""
    path = ROOT / "tests" / "fixtures" / f"facts-{issue_id}.yaml"
    loaded = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {name: Listing.read(entry) for name, entry in loaded.items()}


def texts(issue: Issue) -> dict[str, Text]:
    """Return articles, chronicle and contacts by the names that the listings use."""
    found: dict[str, Text] = {a.id.removeprefix("view-"): a for a in issue.articles()}
    for section in issue.sections:
        if isinstance(section, (ChronicleSection, ContactsSection)):
            found[section.id] = section
    return found


# What is printed ----------------------------------------------------------------------------


def paragraphs(markdown: str) -> list[str]:
    """Return headings, paragraphs and items, without marks, placements and pull quotations."""
    lines = (line.strip() for line in markdown.splitlines())
    return [line.lstrip("#").strip() for line in lines if line and line[0] not in ">!{"]


def normalised(text: str) -> str:
    """Return `text` without white space, and with one kind of dash."""
    text = re.sub(r"\s", "", text).translate(DASHES)
    return re.sub(r"—+|(?<=\d)-(?=\d)", "—", text)


def printed(text: Text) -> str:
    """Return what a text prints, normalised, an item a line; captions and kickers left out."""
    lines = [
        line
        for passage in passages(text)
        if passage.kind != "aside" and passage.field not in BESIDE_THE_TEXT
        for line in (paragraphs(passage.text) if passage.kind == "markdown" else [passage.text])
    ]
    if isinstance(text, ChronicleSection):
        lines += [event.date.chinese() for event in text.events]
    return "\n".join(map(normalised, lines))


def length(text: Text) -> int:
    """Count characters as the listings do: body, standfirst, lists, and whose it is.

    Titles, captions, pull quotations and boxed figures repeat what is said elsewhere.
    """
    if isinstance(text, Article):
        return sum(len(re.sub(r"\s", "", line)) for line in _counted(text))
    lines = printed(text).splitlines()
    return sum(map(len, lines)) - len(normalised(text.title))


def _counted(article: Article) -> Iterator[str]:
    yield from paragraphs(article.body)
    yield article.standfirst or ""
    for sidebar in article.sidebars:
        yield from _counted_in(sidebar)
    if article.source:
        yield f"（来源：{article.source}）"
    if article.contributor:
        yield f"（{article.contributor}供稿）"


def _counted_in(sidebar: Sidebar) -> Iterator[str]:
    yield from paragraphs(sidebar.body or "")
    yield from sidebar.items


# What is missing ----------------------------------------------------------------------------


def missing(listing: Listing, text: Text) -> dict[str, list[str]]:
    """Return by kind the facts that `text` does not print; empty when it prints all."""
    words = printed(text)
    lost = {
        kind: [fact for fact in facts if normalised(fact) not in words]
        for kind, facts in listing.facts.items()
    }
    return {kind: facts for kind, facts in lost.items() if facts}


def without_office(listing: Listing, text: Text) -> list[str]:
    """Return the people who do not stand right behind their office."""
    words = printed(text)
    return [person for person in listing.people if normalised(person) not in words]


def misattributed(listing: Listing, article: Article) -> list[tuple[str, str]]:
    """Return speaker and phrase where the phrase is not told of that speaker."""
    if not listing.said:
        return []
    told: dict[str, str] = dict.fromkeys(listing.said, "")
    speakers = re.compile(f"({'|'.join(map(re.escape, told))})")
    for paragraph in paragraphs(article.body):
        parts = speakers.split(paragraph)
        for name, words in zip(parts[1::2], parts[2::2], strict=True):
            told[name] += normalised(words) + "\n"
    return [
        (name, phrase)
        for name, phrases in listing.said.items()
        for phrase in phrases
        if normalised(phrase) not in told[name]
    ]


# The table ----------------------------------------------------------------------------------


def table(issue_id: str) -> tuple[list[str], list[str]]:
    """Return the lines of the table, and a line for each fact that is missing."""
    found = texts(load_issue(ROOT, issue_id))
    lines = [_row("", "original", "ours", "ratio", *KINDS, "facts")]
    lost: list[str] = []
    sums = dict.fromkeys(KINDS, (0, 0))
    original = ours = 0
    for name, listing in listings(issue_id).items():
        gone = missing(listing, found[name])
        lost += [f"{name}: {kind}: {fact}" for kind, facts in gone.items() for fact in facts]
        counts = {
            kind: (len(facts) - len(gone.get(kind, ())), len(facts))
            for kind, facts in listing.facts.items()
        }
        sums = {kind: _plus(sums[kind], counts[kind]) for kind in KINDS}
        characters = length(found[name])
        original, ours = original + listing.characters, ours + characters
        lines.append(_line(name, listing.characters, characters, counts))
    lines.append(_line("all", original, ours, sums))
    return lines, lost


def _plus(one: tuple[int, int], other: tuple[int, int]) -> tuple[int, int]:
    return one[0] + other[0], one[1] + other[1]


def _line(name: str, original: int, ours: int, counts: Mapping[str, tuple[int, int]]) -> str:
    total = (0, 0)
    for count in counts.values():
        total = _plus(total, count)
    shares = [f"{kept}/{listed}" if listed else "·" for kept, listed in (*counts.values(), total)]
    return _row(name, str(original), str(ours), f"{ours / original:.2f}", *shares)


def _row(name: str, *cells: str) -> str:
    return f"{name:<20}" + "".join(f"{cell:>9}" for cell in cells)


def main(arguments: list[str]) -> int:
    """Print the table of the issue named, by default 2021; 1 when a fact is missing."""
    lines, lost = table(arguments[0] if arguments else "2021")
    print("\n".join(lines))
    if lost:
        print("\nmissing:", *lost, sep="\n  ")
    return 1 if lost else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
