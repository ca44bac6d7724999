"""The web application: what the browser asks for and what it gets.

In: a desk, a judgement, the gate's port. Out: an ASGI application. Reads never change anything;
writes make records of the review and nothing else. No path of a request is ever a path of a file:
pages are asked for by number, the application's own files by names from a list.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any, Literal, TypeVar

from msgspec import Struct, field
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from newsletter.diagnostics import Language, Refused
from newsletter.preview.contrast import faint_texts
from newsletter.preview.desk import Desk
from newsletter.preview.judgement import Judgement
from newsletter.preview.leaf import Leaf
from newsletter.preview.pictures import RESOLUTIONS, picture
from newsletter.preview.security import Gate, UnfitError, read_json
from newsletter.preview.telling import told, told_of_page
from newsletter.resources import packaged
from newsletter.review.anchors import anchor_in, point_anchor
from newsletter.review.proof import ProofPage
from newsletter.review.records import MOST_TEXT, Anchor, Verdict

STATIC = Path(__file__).parent / "static"
KINDS = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".otf": "font/otf",
}
FONTS = {"regular.otf": "NotoSansSC-Regular.otf", "medium.otf": "NotoSansSC-Medium.otf"}
"""The application's own letters, for machines without Chinese ones."""
FOR_EVER = "private, max-age=31536000, immutable"
MOST_LISTENERS = 24
BREATH_S = 15.0
"""After so long without news a comment keeps the connection alive."""
GOING = "event: bye\ndata: {}\n\n"
NO_ROOM = 507

Answer = Callable[[Request], Awaitable[Response]]


class Wish(BaseModel):
    """What a write may say: no more fields, no longer texts."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    by: str | None = Field(None, max_length=200)


W = TypeVar("W", bound=Wish)


class VerdictWish(Wish):
    """A page approved or rejected as it looks, or neither any more."""

    page: int = Field(ge=1)
    digest: str = Field(pattern=r"^[0-9a-f]{64}$")
    verdict: Verdict | Literal["withdrawn"]
    note: str = Field("", max_length=MOST_TEXT)


class CommentWish(Wish):
    """A comment at a point of a page, in a block of it, or in answer to another."""

    page: int = Field(ge=1)
    digest: str = Field(pattern=r"^[0-9a-f]{64}$")
    block: int | None = Field(None, ge=0)
    x: float = Field(0, ge=0, le=2000)
    y: float = Field(0, ge=0, le=2000)
    text: str = Field(min_length=1, max_length=MOST_TEXT, pattern=r"\S")
    answers: str | None = Field(None, pattern=r"^[0-9a-f]{12}$")


class ResolutionWish(Wish):
    """Whether a comment is done with."""

    resolved: bool


class Room(Struct):
    """What the answers need."""

    desk: Desk
    judgement: Judgement
    language: Language
    editor: str
    token: str = ""
    listeners: int = 0
    writing: asyncio.Lock = field(default_factory=asyncio.Lock)
    _told: dict[str, Any] = field(default_factory=dict)
    _news: tuple[int, str] = (-1, "")

    def leaf(self, number: int) -> Leaf:
        """Return a page of now; raises `UnfitError`."""
        leaves = self.desk.state.leaves
        if not 0 < number <= len(leaves):
            raise UnfitError(404, "there is no such page")
        return leaves[number - 1]

    def looking_like(self, number: int, digest: str) -> Leaf:
        """Return a page that still looks as the browser saw it; raises `UnfitError`."""
        leaf = self.leaf(number)
        if leaf.page.digest != digest:
            raise UnfitError(409, "the page has changed since")
        return leaf

    def news(self) -> str:
        """Return the state for the browser as JSON, made once for all tabs."""
        number = self.desk.state.number
        if self._news[0] != number:
            self._told = told(self.desk, self.judgement, self._told)
            self._news = number, json.dumps(self._told, ensure_ascii=False)
        return self._news[1]

    # Reading

    async def index(self, _request: Request) -> Response:
        """Return the page, with the token that its writes must carry."""
        page = (STATIC / "index.html").read_text("utf-8")
        values = {"token": self.token, "language": self.language, "editor": _quoted(self.editor)}
        for name, value in values.items():
            page = page.replace(f"[[{name}]]", value)
        return Response(page, media_type=KINDS[".html"])

    async def state(self, _request: Request) -> Response:
        """Return the state once."""
        return Response(self.news(), media_type="application/json")

    async def events(self, request: Request) -> Response:
        """Return the state now and whenever it changes."""
        if self.listeners >= MOST_LISTENERS:
            raise UnfitError(503, "too many tabs listen already")
        kind = "text/event-stream"
        if request.method == "HEAD":
            return Response(media_type=kind)
        return StreamingResponse(self._stream(), media_type=kind)

    async def _stream(self) -> AsyncIterator[str]:
        self.listeners += 1
        number = -1
        try:
            while not self.desk.closing:
                state = await self.desk.after(number, BREATH_S)
                if state is None:
                    yield ": still here\n\n"
                    continue
                number = state.number
                yield f"id: {number}\ndata: {self.news()}\n\n"
            yield GOING
        finally:
            self.listeners -= 1

    async def page(self, request: Request) -> Response:
        """Return a picture of a page."""
        query = request.query_params
        number = request.path_params["number"]
        digest = query.get("digest") or self.leaf(number).page.digest
        dpi = query.get("dpi", "144")
        if dpi not in RESOLUTIONS:
            raise UnfitError(400, f"dpi is one of {', '.join(RESOLUTIONS)}")
        self.desk.dpi = RESOLUTIONS[dpi]
        made = await picture(self.desk, digest, RESOLUTIONS[dpi], bleed=query.get("bleed") == "1")
        if made is None:
            raise UnfitError(404, "no page looks like that any more")
        kept = FOR_EVER if "digest" in query else "no-store"
        return Response(made, media_type="image/png", headers={"cache-control": kept})

    async def looked(self, request: Request) -> Response:
        """Note that a page is looked at: after an edit it is the first to be drawn."""
        self.desk.looked_at.append(self.leaf(request.path_params["number"]).page.number)
        return Response(status_code=204)

    async def blocks(self, request: Request) -> Response:
        """Return what stands on a page, and its guides."""
        return JSONResponse(told_of_page(self.desk, self.leaf(request.path_params["number"])))

    async def contrast(self, request: Request) -> Response:
        """Return the texts of a page that are hard to read."""
        leaf = self.leaf(request.path_params["number"])
        plate = self.desk.plate(leaf.page.digest)
        if plate is None:
            raise UnfitError(404, "no page looks like that any more")
        found = await run_in_threadpool(faint_texts, plate.trimmed, plate.at)
        texts = [faint._asdict() for faint in found]
        return JSONResponse({"digest": leaf.page.digest, "texts": texts})

    # Writing

    async def approve(self, request: Request) -> Response:
        """Keep a verdict on a page."""
        wish = _wish(VerdictWish, await read_json(request))
        page = self.looking_like(wish.page, wish.digest).page
        verdict = wish.verdict
        if verdict == "withdrawn":
            return await self._keep(lambda: self.judgement.withdraw(page, wish.by))
        return await self._keep(lambda: self.judgement.approve(page, verdict, wish.note, wish.by))

    async def comment(self, request: Request) -> Response:
        """Keep a comment, or an answer to one."""
        wish = _wish(CommentWish, await read_json(request))
        if wish.answers is not None:
            comment = self.judgement.find(wish.answers)
            if comment is None:
                raise UnfitError(404, "there is no such comment")
            return await self._keep(lambda: self.judgement.answer(comment, wish.text, wish.by))
        page = self.looking_like(wish.page, wish.digest).page
        anchor = self._anchor(page, wish)
        return await self._keep(lambda: self.judgement.comment(anchor, wish.text, wish.by))

    def _anchor(self, page: ProofPage, wish: CommentWish) -> Anchor:
        """Return what a comment is about: a block that was chosen, or a point of the page."""
        pages = [leaf.page for leaf in self.desk.state.leaves]
        if wish.block is None:
            return point_anchor(page.number, wish.x, wish.y, self.desk.state.size)
        if wish.block >= len(page.blocks):
            raise UnfitError(404, "there is no such block")
        return anchor_in(pages, page.blocks[wish.block], wish.x, wish.y)

    async def resolve(self, request: Request) -> Response:
        """Keep that a comment is done with, or is not."""
        comment = self.judgement.find(request.path_params["comment"])
        if comment is None:
            raise UnfitError(404, "there is no such comment")
        wish = _wish(ResolutionWish, await read_json(request))
        return await self._keep(lambda: self.judgement.resolve(comment, resolved=wish.resolved))

    async def remove(self, request: Request) -> Response:
        """Take a comment away."""
        comment = self.judgement.find(request.path_params["comment"])
        if comment is None:
            raise UnfitError(404, "there is no such comment")
        return await self._keep(lambda: self.judgement.remove(comment))

    async def _keep(self, work: Callable[[], object]) -> Response:
        """Write a record, tell every tab; what is refused becomes an answer with its reasons."""
        async with self.writing:
            try:
                await run_in_threadpool(work)
            except Refused as refusal:
                return _refusal(refusal)
        self.desk.tell(self.desk.state)
        return JSONResponse({"number": self.desk.state.number}, 201)


def _refusal(refusal: Refused) -> Response:
    problems = [
        {
            "code": d.code,
            "message": {lang: d.message(lang) for lang in ("en", "zh")},
            "hint": {lang: d.hint_text(lang) for lang in ("en", "zh")},
        }
        for d in refusal.diagnostics
    ]
    nobody = any(problem["code"] == "N765" for problem in problems)
    return JSONResponse({"problems": problems}, 409 if nobody else NO_ROOM)


def _wish(kind: type[W], data: dict[str, Any]) -> W:
    try:
        return kind.model_validate(data)
    except ValidationError as error:
        names = {".".join(str(part) for part in e["loc"]) for e in error.errors()}
        raise UnfitError(422, f"wrong: {', '.join(sorted(names))}") from error


def _quoted(text: str) -> str:
    """Return a text as it stands in an attribute."""
    import html

    return html.escape(text, quote=True)


def make_app(room: Room, port: int) -> Gate:
    """Return the application behind its gate."""
    routes = [
        Route("/", room.index),
        Route("/state.json", room.state),
        Route("/events", room.events),
        Route("/pages/{number:int}.png", room.page),
        Route("/looked/{number:int}", room.looked),
        Route("/blocks/{number:int}.json", room.blocks),
        Route("/contrast/{number:int}.json", room.contrast),
        Route("/approvals", room.approve, methods=["POST"]),
        Route("/comments", room.comment, methods=["POST"]),
        Route("/comments/{comment}", room.resolve, methods=["POST"]),
        Route("/comments/{comment}", room.remove, methods=["DELETE"]),
        *(Route(f"/static/{name}", _file(STATIC / name)) for name in static_names()),
        *(
            Route(f"/fonts/{name}", _file(_fonts() / file, FOR_EVER))
            for name, file in FONTS.items()
        ),
    ]
    handlers = {UnfitError: _unfit}
    gate = Gate(Starlette(routes=routes, exception_handlers=handlers), port)  # type: ignore[arg-type]
    room.token = gate.token
    return gate


def static_names() -> list[str]:
    """Return the names of the application's own files."""
    return sorted(path.name for path in STATIC.iterdir() if path.suffix in (".js", ".css", ".svg"))


def _fonts() -> Path:
    return packaged() / "fonts" / "noto-sans-sc"


def _file(path: Path, kept: str = "no-cache") -> Answer:
    async def answer(_request: Request) -> Response:
        content = await run_in_threadpool(path.read_bytes)
        headers = {"cache-control": kept}
        return Response(content, media_type=KINDS[path.suffix], headers=headers)

    return answer


async def _unfit(_request: Request, unfit: UnfitError) -> Response:
    return PlainTextResponse(f"{unfit.reason}\n", unfit.status)
