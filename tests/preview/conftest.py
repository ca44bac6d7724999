"""Previews that run for the tests of a module, a browser, and connections to loopback alone."""

from __future__ import annotations

import _socket
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import publication
import pytest
from running import HOST, Preview, running

import chromium

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Page


@pytest.fixture(autouse=True)
def loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    """Allow this machine's own address, still nothing else."""

    def connect(self: socket.socket, address: tuple[str, int]) -> None:
        assert address[0] == HOST, "a connection was asked for"
        _socket.socket.connect(self, address)

    def getaddrinfo(host: str, port: int, *_more: object) -> list[object]:
        assert host == HOST, "a connection was asked for"
        return [(socket.AF_INET, socket.SOCK_STREAM, 0, "", (host, port))]

    monkeypatch.setattr(socket.socket, "connect", connect)
    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The folder of a publication of five pages."""
    return publication.make(tmp_path / "paper").root


@pytest.fixture
def preview(root: Path) -> Iterator[Preview]:
    """A preview of it, ready."""
    with running(root, "--by", "李雷") as running_one:
        running_one.wait()
        yield running_one


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The system's Chromium, for the tests of one module: it runs a loop in their thread."""
    with chromium.started() as launched:
        yield launched


@pytest.fixture
def tab(browser: Browser, preview: Preview) -> Iterator[Page]:
    """A tab that shows the preview; an error in its console fails the test."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="zh-CN")
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda said: _complains(said) and wrong.append(said.text))
    page.on("request", lambda asked: _own(asked.url, preview, wrong))
    page.goto(preview.url)
    page.wait_for_selector("body[data-status=ready] .page img[data-digest]")
    yield page
    context.close()
    assert wrong == []


def _own(url: str, preview: Preview, wrong: list[str]) -> None:
    if not url.startswith(preview.url):
        wrong.append(f"fetched from outside: {url}")


def _complains(said: ConsoleMessage) -> bool:
    """Tell whether a message is an error, other than that a request was refused."""
    return said.type == "error" and "Failed to load resource" not in said.text
