"""Two versions of an issue, compared: what a correction changed.

In: two bags. Out: a `Comparison`: files that came, went and changed; for each article the lines
that changed; libraries and fonts that were others.
"""

from __future__ import annotations

import difflib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct

from newsletter.archive.bag import PAYLOAD, BagError, read_manifest
from newsletter.archive.recipe import LOCK_FILE, changes, read_recipe
from newsletter.archive.submission import CONTENTS_FILE
from newsletter.diagnostics import Diagnostic, Refused, Spot

MANIFEST = "manifest-sha256.txt"
FIELDS = ("title", "kicker", "standfirst", "byline", "text")
PAGES = ("first_page", "last_page")


class Comparison(Struct, frozen=True):
    """What is different between an older and a newer bag.

    `articles` maps an article's title to the changed lines, with `-` or `+` before each.
    """

    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[str, ...]
    articles: Mapping[str, tuple[str, ...]]
    made_with: tuple[tuple[str, str, str, str], ...]

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed)


def compare(old: Path, new: Path, shown: tuple[str, str]) -> Comparison:
    """Compare two bags; raises `Refused` where one cannot be read."""
    before, after = _manifest(old, shown[0]), _manifest(new, shown[1])
    both = before.keys() & after.keys()
    return Comparison(
        added=tuple(sorted(after.keys() - before.keys())),
        removed=tuple(sorted(before.keys() - after.keys())),
        changed=tuple(sorted(name for name in both if before[name] != after[name])),
        articles=_articles(_contents(old, shown[0]), _contents(new, shown[1])),
        made_with=tuple(changes(_recipe(old), _recipe(new))),
    )


def _manifest(bag: Path, shown: str) -> dict[str, str]:
    try:
        return read_manifest(bag, MANIFEST)
    except BagError as error:
        place = Spot(f"{shown}/{error.file}")
        raise Refused([Diagnostic("N785", place, {"reason": error.reason})]) from error


def _contents(bag: Path, shown: str) -> dict[str, Any]:
    try:
        said = json.loads((bag / PAYLOAD / CONTENTS_FILE).read_bytes())
    except (OSError, ValueError) as error:
        place = Spot(f"{shown}/{PAYLOAD}/{CONTENTS_FILE}")
        raise Refused([Diagnostic("N785", place, {"reason": str(error)})]) from error
    return said if isinstance(said, dict) else {}


def _recipe(bag: Path) -> Mapping[str, Mapping[str, str]]:
    try:
        return read_recipe((bag / PAYLOAD / LOCK_FILE).read_bytes())
    except OSError:
        return {}


def _articles(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    before = {article["id"]: article for article in old.get("articles", ())}
    after = {article["id"]: article for article in new.get("articles", ())}
    found = {}
    for name in dict.fromkeys((*before, *after)):
        was, is_now = _lines(before.get(name, {})), _lines(after.get(name, {}))
        changed = [
            line
            for line in difflib.unified_diff(was, is_now, lineterm="", n=0)
            if not line.startswith(("---", "+++", "@@"))
        ]
        if changed:
            title = (after.get(name) or before.get(name) or {}).get("title", name)
            found[str(title)] = tuple(changed)
    return found


def _lines(article: Mapping[str, Any]) -> list[str]:
    lines = [line for name in FIELDS for line in str(article.get(name, "")).split("\n") if line]
    pages = "–".join(str(number) for number in dict.fromkeys(article.get(p, 0) for p in PAGES))
    return [*lines, f"p. {pages}"] if article else lines
