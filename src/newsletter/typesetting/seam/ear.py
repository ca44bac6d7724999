"""An ear: whether WeasyPrint says anything while something is computed.

What it said would have to be said again where the value is taken over instead of computed.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager


class Ear(logging.Handler):
    """Notes whether WeasyPrint says anything, which it would have to say again."""

    said = False

    def emit(self, _record: logging.LogRecord) -> None:
        """Note that something was said."""
        self.said = True


@contextmanager
def listening() -> Iterator[Ear]:
    """Yield an ear that hears what is said until the end."""
    logger, ear = logging.getLogger("weasyprint"), Ear(logging.WARNING)
    logger.addHandler(ear)
    try:
        yield ear
    finally:
        logger.removeHandler(ear)
