"""A preview that runs: a process of its own, asked over loopback by plain sockets."""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import pytest

HOST = "127.0.0.1"
COMMAND = "from newsletter.cli import main; main()"
PATIENCE = 90.0


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")

    @property
    def data(self) -> Any:  # noqa: ANN401 - JSON
        return json.loads(self.body)


@dataclass
class Preview:
    root: Path
    process: subprocess.Popen[str]
    url: str = ""
    _token: str = field(default="")

    @property
    def port(self) -> int:
        return int(self.url.rstrip("/").rpartition(":")[2])

    @property
    def host(self) -> str:
        return f"{HOST}:{self.port}"

    @property
    def origin(self) -> str:
        return f"http://{self.host}"

    @property
    def token(self) -> str:
        if not self._token:
            found = re.search(r'data-token="([^"]+)"', self.ask("GET", "/").text)
            assert found
            self._token = found[1]
        return self._token

    def connect(self) -> socket.socket:
        return socket.create_connection((HOST, self.port), timeout=PATIENCE)

    def send(self, request: bytes) -> Answer:
        with self.connect() as line:
            with contextlib.suppress(BrokenPipeError, ConnectionResetError):
                line.sendall(request)
            return read_answer(line)

    def ask(
        self,
        method: str,
        path: str,
        headers: Mapping[str, str] | None = None,
        body: bytes = b"",
    ) -> Answer:
        told = {"Host": self.host, "Connection": "close", **(headers or {})}
        if body and "Content-Length" not in told:
            told["Content-Length"] = str(len(body))
        lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in told.items())]
        return self.send("\r\n".join([*lines, "", ""]).encode("latin-1") + body)

    def write(
        self,
        path: str,
        data: object,
        headers: Mapping[str, str] | None = None,
        method: str = "POST",
    ) -> Answer:
        own = {
            "Origin": self.origin,
            "Content-Type": "application/json",
            "X-Newsletter-Token": self.token,
        }
        told = {name: value for name, value in {**own, **(headers or {})}.items() if value}
        return self.ask(method, path, told, json.dumps(data).encode("utf-8"))

    def state(self) -> Any:  # noqa: ANN401 - JSON
        return self.ask("GET", "/state.json").data

    def wait(self, status: str = "ready", after: int = -1) -> Any:  # noqa: ANN401 - JSON
        """Return the first state of a kind whose number is greater than `after`."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            state = self.state()
            if state["status"] == status and state["number"] > after:
                return state
            time.sleep(0.05)
        raise AssertionError(f"never {status}: {state['status']} {state['errors']}")

    def workers(self) -> list[int]:
        """Return the processes below this one."""
        number = self.process.pid
        found = Path(f"/proc/{number}/task/{number}/children")
        if not found.exists():
            pytest.skip("no /proc here")
        return [int(child) for child in found.read_text("utf-8").split()]

    def stop(self, how: int = signal.SIGTERM) -> int:
        if self.process.poll() is None:
            self.process.send_signal(how)
        try:
            return self.process.wait(15)
        finally:
            self.process.kill()
            for stream in (self.process.stdout, self.process.stderr):
                if stream:
                    stream.close()


def read_answer(line: socket.socket) -> Answer:
    with line.makefile("rb") as stream:
        status = stream.readline()
        if not status:
            return Answer(0, {}, b"")
        headers = {}
        while (header := stream.readline().strip()) != b"":
            name, _, value = header.decode("latin-1").partition(":")
            headers[name.lower()] = value.strip()
        body = b""
        with contextlib.suppress(ConnectionResetError):
            body = stream.read()
        return Answer(int(status.split()[1]), headers, _whole(body, headers))


def _whole(body: bytes, headers: Mapping[str, str]) -> bytes:
    if headers.get("transfer-encoding") != "chunked":
        return body
    whole = b""
    while body:
        size, _, body = body.partition(b"\r\n")
        whole += body[: int(size, 16)]
        body = body[int(size, 16) + 2 :]
    return whole


def environment(root: Path) -> dict[str, str]:
    """Return one in which git knows nobody."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("GIT_", "LC_", "LANG", "COV"))}
    own = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "HOME": str(root.parent)}
    return kept | own | {"GIT_CEILING_DIRECTORIES": str(root.parent)}


def begin(root: Path, *arguments: str, **more: Any) -> Preview:  # noqa: ANN401 - Popen's
    """Start a preview of the publication on a free port."""
    command = [sys.executable, "-c", COMMAND, "-C", str(root), "--lang", "zh", "preview"]
    process = subprocess.Popen(
        [*command, *arguments, "--port", "0", "--no-open"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(root),
        **more,
    )
    assert process.stdout
    url = process.stdout.readline().strip()
    if not url:
        process.wait(10)
        assert process.stderr
        raise AssertionError(process.stderr.read())
    return Preview(root, process, url)


@contextlib.contextmanager
def running(root: Path, *arguments: str, **more: Any) -> Iterator[Preview]:  # noqa: ANN401
    preview = begin(root, *arguments, **more)
    try:
        yield preview
    finally:
        preview.stop()
