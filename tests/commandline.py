"""The type of the fixture `run`: the command line called in the test's own process."""

from __future__ import annotations

from collections.abc import Callable

from click.testing import Result

Run = Callable[..., Result]
