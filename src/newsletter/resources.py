"""Where layouts, fonts and profiles are looked for: the publication's own, then ours.

In a wheel ours lie in `newsletter/_data`; in a checkout they lie at its top.
"""

from __future__ import annotations

import os
from itertools import accumulate, islice
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


def lies_within(path: Path, folder: Path) -> bool:
    """Tell whether a path leads to a place in a folder, also after all symbolic links.

    Where none of its steps from the folder on is a link, nothing else is asked. Raises what
    `Path.resolve` raises.
    """
    if os.name == "posix" and path.is_relative_to(folder):
        start = len(folder.parts)
        steps = path.parts[start:]
        ways = accumulate(steps, os.path.join, initial=str(folder))
        if ".." not in steps and not any(map(os.path.islink, islice(ways, 1, None))):
            return True
    return path.resolve().is_relative_to(folder.resolve())
