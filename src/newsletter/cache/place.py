"""Where the cache lies, a folder of the user's, and the shelf, one of the installation's.

In: the environment. Out: paths. Whatever lies there can be deleted at any time.
"""

from __future__ import annotations

import os
import sys

VARIABLE = "NEWSLETTER_CACHE"
SHELF_VARIABLE = "NEWSLETTER_SHELF"
OFF = frozenset({"off", "0", "no"})
NAME = "newsletter"
SHELF = ("share", NAME, "shelf")
"""Where the shelf lies below `sys.prefix`."""


def cache_folder() -> str | None:
    """Return the folder of the cache, which need not be there; None when there shall be none.

    `NEWSLETTER_CACHE` names it, or is `off`. Else it is the platform's: `XDG_CACHE_HOME` or
    ~/.cache (XDG Base Directory Specification), ~/Library/Caches, `LOCALAPPDATA`.
    """
    chosen = os.environ.get(VARIABLE, "")
    if chosen.lower() in OFF:
        return None
    if chosen:
        return os.path.abspath(chosen)
    home = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    if not home:
        user = os.path.expanduser("~")
        if not os.path.isabs(user):  # nobody's home is known
            return None
        within = ("Library", "Caches") if sys.platform == "darwin" else (".cache",)
        home = os.path.join(user, *within)
    return os.path.join(os.path.abspath(home), NAME)


def shelf_folder() -> str | None:
    """Return the folder of what was made ready for all users; None when there shall be none.

    `NEWSLETTER_SHELF` names it, or is `off`. Else it belongs to the environment that Python runs
    in, and goes with it: whoever may write there may change every package.
    """
    chosen = os.environ.get(SHELF_VARIABLE, "")
    if chosen.lower() in OFF:
        return None
    return os.path.abspath(chosen) if chosen else os.path.join(sys.prefix, *SHELF)
