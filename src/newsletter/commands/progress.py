"""How far a build is: a line on a terminal after the first second, silence in a pipe."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import Self

import click

from newsletter.cli import Desk

STAGES = {
    "load": {"en": "reading", "zh": "读取"},
    "compose": {"en": "composing", "zh": "排入"},
    "render": {"en": "laying out", "zh": "排版"},
    "finish": {"en": "writing PDF", "zh": "输出PDF"},
    "inspect": {"en": "proofreading", "zh": "核对"},
}
QUIET_SECONDS = 1.0
BAR = 20


class Progress:
    """Shows the stage a build is in; called with each stage's name as it begins."""

    def __init__(self, desk: Desk, issue: str) -> None:
        self._desk, self._issue = desk, issue
        self._begun = time.monotonic()
        self._shown = False
        self._on_terminal = sys.stderr.isatty()

    def __enter__(self) -> Self:
        return self

    def __call__(self, stage: str) -> None:
        """Note that `stage` begins."""
        slow = stage == "render" or time.monotonic() - self._begun > QUIET_SECONDS
        if not self._on_terminal or not slow:
            return
        number = list(STAGES).index(stage)
        filled = BAR * number // len(STAGES)
        bar = "━" * filled + "─" * (BAR - filled)
        click.echo(
            f"\r\x1b[K{self._issue} {bar} {STAGES[stage][self._desk.language]}", nl=False, err=True
        )
        self._shown = True

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _value: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        if self._shown:
            click.echo("\r\x1b[K", nl=False, err=True)


class Tally:
    """Shows how many of how many are done; called with both numbers as each one begins."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._begun = time.monotonic()
        self._shown = False
        self._on_terminal = sys.stderr.isatty()

    def __enter__(self) -> Self:
        return self

    def __call__(self, done: int, every: int) -> None:
        """Note that one more begins, after `done` of `every`."""
        if not self._on_terminal or time.monotonic() - self._begun <= QUIET_SECONDS:
            return
        filled = BAR * done // max(every, 1)
        bar = "━" * filled + "─" * (BAR - filled)
        click.echo(f"\r\x1b[K{self._what} {bar} {done}/{every}", nl=False, err=True)
        self._shown = True

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _value: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        if self._shown:
            click.echo("\r\x1b[K", nl=False, err=True)
