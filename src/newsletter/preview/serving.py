"""Serving: the application on a port of this machine, until it is told to stop.

In: a desk and what to call out when it is ready. Out: nothing; it ends with Ctrl-C, a closed
terminal or a signal to terminate, and leaves no process and no half-written file behind.
Raises `Refused` when the port is taken.
"""

from __future__ import annotations

import asyncio
import contextlib
import errno
import signal
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import uvicorn
from msgspec import Struct
from uvicorn.protocols.http.h11_impl import H11Protocol

from newsletter.diagnostics import Diagnostic, Language, Refused, Term, Values
from newsletter.preview.app import Room, make_app
from newsletter.preview.desk import Desk
from newsletter.preview.judgement import Judgement
from newsletter.preview.security import LOOPBACK
from newsletter.preview.watch import Change, Watch

FIRST_WORD_S = 10.0
"""How long a connection may take to say what it wants."""
MOST_CONNECTIONS = 128
BACKLOG = 64
FAREWELL_S = 1
STOPS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Choices(Struct, frozen=True):
    """What the command was told."""

    root: Path
    issue: str
    language: Language
    editor: str
    port: int
    layout: str | None = None
    by: str | None = None


def serve(choices: Choices, ready: Callable[[str], None]) -> int:
    """Serve until told to stop; return the signal that did, 0 for none. Raises `Refused`."""
    with contextlib.closing(bound(choices.port)) as door:
        return asyncio.run(_serve(choices, door, ready))


def bound(port: int) -> socket.socket:
    """Return a socket on this machine's own address; raises `Refused` when the port is taken."""
    door = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        door.bind((LOOPBACK, port))
        door.listen(BACKLOG)
    except OSError as error:
        door.close()
        taken = error.errno in (errno.EADDRINUSE, errno.EACCES)
        values: Values = {"port": port, "reason": Term(error.strerror or str(error))}
        hint = "default" if taken else None
        raise Refused([Diagnostic("N741", None, values, hint=hint)]) from error
    return door


async def _serve(choices: Choices, door: socket.socket, ready: Callable[[str], None]) -> int:
    port = door.getsockname()[1]
    desk = Desk(choices.root, choices.issue, choices.layout)
    judgement = Judgement(choices.root, choices.issue, choices.by)
    judgement.read()
    room = Room(desk, judgement, choices.language, choices.editor)
    server = Server(make_app(room, port))
    stopped = _obey(server, desk)
    watch = Watch(choices.root, choices.issue, lambda change: _changed(change, desk, judgement))
    watching = asyncio.create_task(watch.run())
    desk.set_anew()
    try:
        await server.run_on(door, lambda: ready(f"http://{LOOPBACK}:{port}/"))
    finally:
        watching.cancel()
        desk.close()
        with contextlib.suppress(asyncio.CancelledError, ExceptionGroup):
            await watching
    return stopped[0] if stopped else 0


def _changed(change: Change, desk: Desk, judgement: Judgement) -> None:
    if change.records:
        judgement.read()
        desk.tell(desk.state)
    if change.inputs:
        desk.set_anew(is_text=change.text)


def _obey(server: Server, desk: Desk) -> list[int]:
    """Have the server stop at a signal; return where the signal will be noted."""
    stopped: list[int] = []

    def stop(number: int) -> None:
        stopped.append(number)
        desk.close()
        server.should_exit = True

    loop = asyncio.get_running_loop()
    for number in STOPS:
        with contextlib.suppress(RuntimeError, ValueError):  # not in the main thread
            loop.add_signal_handler(number, stop, number)
    return stopped


class Impatient(H11Protocol):
    """HTTP that hangs up on whoever connects and says nothing whole for too long."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait."""
        super().connection_made(transport)
        self.loop.call_later(FIRST_WORD_S, self._hang_up)

    def _hang_up(self) -> None:
        if self.cycle is None and not self.transport.is_closing():
            self.transport.close()


class Server(uvicorn.Server):
    """uvicorn, on a socket of ours, with signals left to us."""

    def __init__(self, app: Any) -> None:  # noqa: ANN401 - an ASGI application
        super().__init__(
            uvicorn.Config(
                app,
                http=Impatient,
                ws="none",
                lifespan="off",
                log_config=None,
                access_log=False,
                server_header=False,
                limit_concurrency=MOST_CONNECTIONS,
                timeout_keep_alive=30,
                timeout_graceful_shutdown=FAREWELL_S,
            )
        )
        self._ready: Callable[[], None] = lambda: None

    async def run_on(self, door: socket.socket, ready: Callable[[], None]) -> None:
        """Serve on a bound socket; `ready` is called when it answers."""
        self._ready = ready
        await self.serve(sockets=[door])

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to answer."""
        await super().startup(sockets)
        self._ready()

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave signals alone."""
        yield
