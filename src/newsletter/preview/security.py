"""Security: who may ask, what for, how much, and what the browser is told to allow.

In: every request. Out: the same, or a refusal. Other web sites reach a server on this machine
through the editor's browser (CSRF, DNS rebinding); so the Host must be ours, an Origin must be
ours, a write must carry the token that only our own page was given, and be small.
"""

from __future__ import annotations

import asyncio
import json
import secrets
from collections.abc import Iterable
from typing import Any

from msgspec import Struct, field
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOOPBACK = "127.0.0.1"
TOKEN_HEADER = "x-newsletter-token"  # noqa: S105 - the name of a header
READING = frozenset({"GET", "HEAD"})
LARGEST_BODY = 64 * 1024
MOST_DIGITS = 20
PATIENCE_S = 10.0
"""How long the body of a request may take."""
LONGEST_TARGET = 2048
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
ALWAYS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
}


class UnfitError(Exception):
    """A request that is refused, with its status and the reason."""

    def __init__(self, status: int, reason: str) -> None:
        self.status, self.reason = status, reason
        super().__init__(reason)


class Gate(Struct):
    """Lets requests through to an application, or refuses them."""

    app: ASGIApp
    port: int
    token: str = field(default_factory=lambda: secrets.token_urlsafe(32))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Judge one request."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":
            return
        try:
            self.judge(scope)
        except UnfitError as unfit:
            answer = PlainTextResponse(f"{unfit.reason}\n", unfit.status)
            await answer(scope, receive, _guarded(send))
            return
        await self.app(scope, receive, _guarded(send))

    def judge(self, scope: Scope) -> None:
        """Raise `UnfitError` for a request that has no business here."""
        headers = Headers(scope=scope)
        hosts = headers.getlist("host")
        if len(hosts) != 1 or hosts[0].lower() not in self.hosts():
            raise UnfitError(421, "this server answers to its own address only")
        if len(scope["raw_path"]) + len(scope["query_string"]) > LONGEST_TARGET:
            raise UnfitError(414, "the address is too long")
        origins = headers.getlist("origin")
        if any(origin.lower() not in self.origins() for origin in origins):
            raise UnfitError(403, "another site asks")
        if scope["method"] in READING:
            _judge_reading(headers)
        else:
            self._judge_writing(headers, origins)

    def _judge_writing(self, headers: Headers, origins: list[str]) -> None:
        if len(origins) != 1:
            raise UnfitError(403, "a write must say from which page it comes")
        given = headers.get(TOKEN_HEADER, "")
        if not secrets.compare_digest(given.encode("utf-8"), self.token.encode("utf-8")):
            raise UnfitError(403, "the token is missing or wrong; load the page again")
        length = headers.get("content-length", "0")
        if len(length) > MOST_DIGITS or int(length) > LARGEST_BODY:  # h11 has seen to digits
            raise UnfitError(413, f"at most {LARGEST_BODY} bytes")

    def hosts(self) -> Iterable[str]:
        """Return what a browser may call this server."""
        return {f"{LOOPBACK}:{self.port}", f"localhost:{self.port}"}

    def origins(self) -> Iterable[str]:
        """Return the origins of our own pages."""
        return {f"http://{host}" for host in self.hosts()}


def _judge_reading(headers: Headers) -> None:
    """Refuse what another site embeds; somebody may follow a link to us."""
    is_foreign = headers.get("sec-fetch-site", "none") in ("cross-site", "same-site")
    if is_foreign and headers.get("sec-fetch-mode") != "navigate":
        raise UnfitError(403, "another site asks")


def _guarded(send: Send) -> Send:
    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in ALWAYS.items():
                headers[name] = value
            headers.setdefault("cache-control", "no-store")
        await send(message)

    return sent


async def read_json(request: Request) -> dict[str, Any]:
    """Return the JSON object of a request's body; raises `UnfitError`."""
    if request.headers.get("content-type", "").partition(";")[0].strip() != "application/json":
        raise UnfitError(415, "application/json is wanted")
    try:
        async with asyncio.timeout(PATIENCE_S):
            body = await _body(request)
    except TimeoutError as error:
        raise UnfitError(408, "too slow") from error
    except ClientDisconnect as error:
        raise UnfitError(400, "the body ends early") from error
    try:
        found = json.loads(body.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise UnfitError(400, "that is not JSON") from error
    if not isinstance(found, dict):
        raise UnfitError(400, "a JSON object is wanted")
    return found


async def _body(request: Request) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST_BODY:
            raise UnfitError(413, f"at most {LARGEST_BODY} bytes")
    return bytes(body)
