"""Where layouts, fonts and profiles are looked for: the publication's own, then ours.

In a wheel ours lie in `newsletter/_data`; in a checkout they lie at its top.
"""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


def packaged() -> Path:
    """Return the folder that holds the layouts, fonts and profiles that come with the tool."""
    data = PACKAGE / "_data"
    return data if data.is_dir() else PACKAGE.parent.parent


def folders(kind: str, root: Path | None) -> list[Path]:
    """Return the folders named `kind` ("layouts", "fonts", "profiles"), first choice first."""
    places = [root / kind] if root else []
    places.append(packaged() / kind)
    unique = dict.fromkeys(place.resolve() for place in places)
    return [place for place in unique if place.is_dir()]
