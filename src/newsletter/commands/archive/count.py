"""How far the work is, on a terminal: so many of so many, and the name of what is at hand."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import Self

import click

QUIET_SECONDS = 1.0
EVERY_SECONDS = 0.1


class Count:
    """Shows `412/1000 2021/v1` when the work takes more than a second; silent in a pipe."""

    def __init__(self) -> None:
        self._begun = self._last = time.monotonic()
        self._shown = False

    def __enter__(self) -> Self:
        return self

    def __call__(self, done: int, total: int, name: str) -> None:
        """Note what is at hand."""
        now = time.monotonic()
        if now - self._begun < QUIET_SECONDS or now - self._last < EVERY_SECONDS:
            return
        if sys.stderr.isatty():
            click.echo(f"\r\x1b[K{done}/{total} {name}", nl=False, err=True)
            self._last, self._shown = now, True

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _value: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        if self._shown:
            click.echo("\r\x1b[K", nl=False, err=True)
