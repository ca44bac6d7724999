"""How far the work is: a line on a terminal after the first second, silence in a pipe."""

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
EVERY_SECONDS = 0.1
BAR = 20


class Line:
    """A line that is written over again, and taken away at the end."""

    def __init__(self) -> None:
        self._begun = time.monotonic()
        self._last = -EVERY_SECONDS
        self._on_terminal = sys.stderr.isatty()

    def __enter__(self) -> Self:
        return self

    def show(
        self, before: str, done: int, every: int, after: str, *, at_once: bool = False
    ) -> None:
        """Show a bar of `done` in `every`, if the work takes its time and a terminal is there."""
        now = time.monotonic()
        is_early = now - self._begun <= QUIET_SECONDS or now - self._last < EVERY_SECONDS
        if not self._on_terminal or (is_early and not at_once):
            return
        filled = BAR * done // max(every, 1)
        bar = "━" * filled + "─" * (BAR - filled)
        click.echo(f"\r\x1b[K{before} {bar} {after}", nl=False, err=True)
        self._last = now

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _value: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        if self._last > 0:
            click.echo("\r\x1b[K", nl=False, err=True)


class Progress(Line):
    """Shows the stage a build is in; called with each stage's name as it begins."""

    def __init__(self, desk: Desk, issue: str) -> None:
        super().__init__()
        self._desk, self._issue = desk, issue

    def __call__(self, stage: str) -> None:
        """Note that `stage` begins; laying out is known to take its time."""
        named = STAGES[stage][self._desk.language]
        number = list(STAGES).index(stage)
        self.show(self._issue, number, len(STAGES), named, at_once=stage == "render")


class Tally(Line):
    """Shows how many of how many are done; called with both as each one begins, and its name."""

    def __init__(self, what: str = "") -> None:
        super().__init__()
        self._what = what

    def __call__(self, done: int, every: int, name: str = "") -> None:
        """Note that one more begins, after `done` of `every`."""
        self.show(self._what or name, done, every, f"{done}/{every}")
