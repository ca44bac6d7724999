"""Two versions of an issue, compared: what a correction changed.

In: two bags. Out: a `Comparison`: files that came, went and changed; for each article, and for
what stands beside the articles, the lines that changed; libraries and fonts that were others.
"""

from __future__ import annotations

import difflib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct

from newsletter.archive.bag import MANIFESTS, PAYLOAD, BagError, read_manifest
from newsletter.archive.reading import content_of
from newsletter.archive.recipe import LOCK_FILE, changes, read_recipe
from newsletter.archive.submission import CONTENTS_FILE
from newsletter.diagnostics import Diagnostic, Refused, Spot, Term
from newsletter.expectation import reason

FIELDS = ("title", "kicker", "standfirst", "byline", "text")
PAGES = ("first_page", "last_page")
FACTS = ("title", "period", "date", "publication", "publisher", "issn")
PARTS = ("events", "highlights", "contacts")
INPUTS = "inputs"
Change = tuple[str, str, str, str]
"""Kind, name, value in the older and in the newer bag."""


class Comparison(Struct, frozen=True):
    """What is different between an older and a newer bag.

    `articles` maps an article's title to the changed lines, with `-` or `+` before each;
    `others` does so for the issue, its events, highlights and contacts, and for the words of the
    pages where nothing else tells of a change in them, or a bag is of a time that kept no more
    than articles. `made_of` are the inputs that were others:
    manuscript, pictures, layout.
    """

    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[str, ...]
    articles: Mapping[str, tuple[str, ...]]
    others: Mapping[str, tuple[str, ...]]
    made_with: tuple[Change, ...]
    made_of: tuple[Change, ...]

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed)


def compare(old: Path, new: Path, shown: tuple[str, str]) -> Comparison:
    """Compare two bags; raises `Refused` where one cannot be read."""
    before, after = _manifest(old, shown[0]), _manifest(new, shown[1])
    both = before.keys() & after.keys()
    was, is_now = _contents(old, shown[0]), _contents(new, shown[1])
    articles, others = _articles(was, is_now), _others(was, is_now)
    tells_all = all(name in side for side in (was, is_now) for name in PARTS)
    if not tells_all or not (articles or others):
        others |= _found({"pages": (_page_lines(old), _page_lines(new))})
    made = tuple(changes(_recipe(old), _recipe(new)))
    return Comparison(
        added=tuple(sorted(after.keys() - before.keys())),
        removed=tuple(sorted(before.keys() - after.keys())),
        changed=tuple(sorted(name for name in both if before[name] != after[name])),
        articles=articles,
        others=others,
        made_with=tuple(change for change in made if change[0] != INPUTS),
        made_of=tuple(change for change in made if change[0] == INPUTS),
    )


def _manifest(bag: Path, shown: str) -> dict[str, str]:
    try:
        return read_manifest(bag, MANIFESTS[0])
    except BagError as error:
        place = Spot(f"{shown}/{error.file}")
        raise Refused([Diagnostic("N785", place, {"reason": error.reason})]) from error


def _contents(bag: Path, shown: str) -> dict[str, Any]:
    try:
        said = json.loads(content_of(bag / PAYLOAD / CONTENTS_FILE))
    except (OSError, ValueError) as error:
        place = Spot(f"{shown}/{PAYLOAD}/{CONTENTS_FILE}")
        is_there = isinstance(error, ValueError)
        told = reason("json_invalid") if is_there else Term(getattr(error, "strerror", ""))
        raise Refused([Diagnostic("N785", place, {"reason": told})]) from error
    return said if isinstance(said, dict) else {}


def _recipe(bag: Path) -> Mapping[str, Mapping[str, str]]:
    try:
        return read_recipe(content_of(bag / PAYLOAD / LOCK_FILE))
    except OSError:
        return {}


def _articles(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    before = {article["id"]: article for article in old.get("articles", ())}
    after = {article["id"]: article for article in new.get("articles", ())}
    found = {}
    for name in dict.fromkeys((*before, *after)):
        changed = _changed(_lines(before.get(name, {})), _lines(after.get(name, {})))
        if changed:
            title = (after.get(name) or before.get(name) or {}).get("title", name)
            found[str(title)] = changed
    return found


def _changed(was: Sequence[str], is_now: Sequence[str]) -> tuple[str, ...]:
    """Return the lines that differ; the first two of a comparison name its sides."""
    told = [*difflib.unified_diff(was, is_now, lineterm="", n=0)][2:]
    return tuple(line for line in told if not line.startswith("@@"))


def _lines(article: Mapping[str, Any]) -> list[str]:
    lines = [line for name in FIELDS for line in str(article.get(name, "")).split("\n") if line]
    pages = "–".join(str(number) for number in dict.fromkeys(article.get(p, 0) for p in PAGES))
    return [*lines, f"p. {pages}"] if article else lines


# Beside the articles ------------------------------------------------------------------------


def _others(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """Return what changed in the parts of an issue that both bags tell of."""
    whole = _issue_lines(old), _issue_lines(new)
    parts = {
        name: _both_told(old[name], new[name]) for name in PARTS if name in old and name in new
    }
    return _found({"issue": whole} | parts)


def _both_told(old: Any, new: Any) -> tuple[list[str], list[str]]:  # noqa: ANN401 - JSON
    fields = _fields(old, new)
    return _told(old, fields), _told(new, fields)


def _found(sides: Mapping[str, tuple[list[str], list[str]]]) -> dict[str, tuple[str, ...]]:
    changed = {name: _changed(*both) for name, both in sides.items()}
    return {name: lines for name, lines in changed.items() if lines}


def _issue_lines(contents: Mapping[str, Any]) -> list[str]:
    facts = [str(contents.get(name) or "") for name in FACTS]
    sections = contents.get("sections") or ()
    return [text for text in (*facts, *(str(s.get("title", "")) for s in sections)) if text]


def _fields(old: Any, new: Any) -> set[str] | None:  # noqa: ANN401 - JSON
    """Return the fields that the entries of both sides have; None where a side has no entries."""
    sides = [
        {name for entry in side for name in entry} for side in (old, new) if isinstance(side, list)
    ]
    return set.intersection(*sides) if all(sides) and sides else None


def _told(value: Any, fields: set[str] | None = None) -> list[str]:  # noqa: ANN401 - JSON
    """Return all words of a value; of those that stand as text and as HTML, the text.

    Of its entries only these fields are told, if any are named.
    """
    if isinstance(value, Mapping):
        inner = (
            item
            for name, item in value.items()
            if not name.endswith("_html") and (fields is None or name in fields)
        )
        return [line for item in inner for line in _told(item)]
    if isinstance(value, list):
        return [line for item in value for line in _told(item, fields)]
    return [line for line in str(value or "").split("\n") if line]


def _page_lines(bag: Path) -> list[str]:
    pages = sorted((bag / PAYLOAD / "text").glob("*.txt"))
    return [
        line for page in pages for line in content_of(page).decode("utf-8", "replace").split("\n")
    ]
