"""Fixtures that the tests share: a small publication, the command line, no network."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import settings

import small_issue
from commandline import Run
from newsletter.cli import main_group

# The same examples at each run, so that a red suite means a changed project;
# HYPOTHESIS_PROFILE=search looks for new ones.
settings.register_profile("steady", derandomize=True, database=None, deadline=None)
settings.register_profile("search", max_examples=500, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """The folder of a small publication that has nothing wrong with it."""
    return small_issue.make(tmp_path / "small")


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    """Call the command line in this process: `run("check", "one", at=folder)`."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)

    def call(*arguments: str, at: Path | None = None, lang: str | None = "en") -> Result:
        before = ["-C", str(at)] if at else []
        speech = ["--lang", lang] if lang else []
        return CliRunner().invoke(main_group, [*before, *speech, *arguments])

    return call


@pytest.fixture(autouse=True, scope="session")
def no_cache() -> Iterator[None]:
    """Keep every test, and every process that it starts, out of the user's cache and shelf."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NEWSLETTER_CACHE", "off")
        patch.setenv("NEWSLETTER_SHELF", "off")
        yield


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a cache that is empty at first."""
    folder = tmp_path / "cache"
    monkeypatch.setenv("NEWSLETTER_CACHE", str(folder))
    return folder


@pytest.fixture(autouse=True, scope="session")
def no_network() -> Iterator[None]:
    """Fail at any connection but those between processes of this machine."""
    connect = socket.socket.connect

    def refused(*_arguments: object) -> None:
        raise AssertionError("a connection was asked for")

    def only_here(self: socket.socket, address: object) -> None:
        if self.family != getattr(socket, "AF_UNIX", None):
            refused()
        connect(self, address)  # type: ignore[arg-type]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", only_here)
        patch.setattr(socket, "getaddrinfo", refused)
        yield
