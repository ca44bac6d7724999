"""The recipe of an edition, `build.lock`: what it was made with and what it was made of.

In: an edition. Out: JSON with the version of every library, one digest of our own code and the
digests of fonts, profiles and all other inputs. Two recipes compared say why files differ.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from newsletter import __version__
from newsletter.archive.bag import Content, digests_of
from newsletter.archive.libraries import code_digest, libraries, packages

LOCK_FILE = "build.lock"
KINDS = ("newsletter", "libraries", "packages", "fonts", "profiles", "inputs")
"""The parts of a recipe, in the order in which a difference is worth telling."""
Recipe = Mapping[str, Mapping[str, str]]


def recipe_of(inputs: Mapping[str, str], source: Mapping[str, Content]) -> dict[str, Any]:
    """Return the recipe of an edition from the digests of its inputs and its source files."""
    fonts = {name: digest for name, digest in inputs.items() if name.startswith("fonts/")}
    return {
        "newsletter": {"version": __version__, "code": code_digest()},
        "libraries": libraries(),
        "packages": packages(),
        "fonts": fonts,
        "profiles": {
            name: digests_of(content, ["sha256"])["sha256"]
            for name, content in sorted(source.items())
            if name.startswith("profiles/")
        },
        "inputs": {name: digest for name, digest in inputs.items() if name not in fonts},
    }


def written(recipe: Recipe) -> bytes:
    """Return a recipe as build.lock holds it."""
    return (json.dumps(recipe, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def read_recipe(data: bytes) -> Recipe:
    """Read a build.lock; one that cannot be read is empty."""
    try:
        said = json.loads(data)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


def changes(old: Recipe, new: Recipe) -> Iterator[tuple[str, str, str, str]]:
    """Yield what changed between two recipes: kind, name, old and new value, empty for none."""
    for kind in KINDS:
        before, after = old.get(kind, {}), new.get(kind, {})
        for name in sorted({*before, *after}):
            was, is_now = before.get(name, ""), after.get(name, "")
            if was != is_now:
                yield kind, name, was, is_now
