"""The desk: the last good pages, what is wrong now, and who wants to hear of changes.

In: prints of the proof room, word that files changed. Out: one state with a number that grows;
whoever waits is woken by a new one and sees the latest, however many there were in between.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict, deque
from collections.abc import Collection
from pathlib import Path
from typing import Literal

from msgspec import Struct, field
from msgspec.structs import replace

from newsletter.diagnostics import Diagnostic
from newsletter.preview.leaf import (
    Glimpse,
    Impression,
    Leaf,
    Order,
    Plate,
    Print,
    Prints,
    Sheet,
    Spoilt,
)
from newsletter.preview.workbench import Workbench
from newsletter.review.anchors import Size
from newsletter.review.pixels import DIGEST_DPI

Status = Literal["setting", "ready", "broken", "lost"]
MOST_DRAWN_BYTES = 96 * 1024 * 1024
MOST_PLATES = 400
SPREAD = 2
TRIALS = 2
"""How often the same files are tried before a crash of the process is believed."""


class State(Struct, frozen=True):
    """What the browser shows. `leaves` are the last good pages, `errors` what is wrong since."""

    number: int = 0
    status: Status = "setting"
    leaves: tuple[Leaf, ...] = ()
    sheet: Sheet | None = None
    findings: tuple[Diagnostic, ...] = ()
    errors: tuple[Diagnostic, ...] = ()
    changed: tuple[int, ...] = ()

    @property
    def size(self) -> Size:
        """Width and height of the page; without a sheet there are no pages either."""
        return (self.sheet.width, self.sheet.height) if self.sheet else (0.0, 0.0)


class Desk(Struct):
    """Keeps the state of one issue; all of it happens on one loop."""

    root: Path
    issue: str
    layout: str | None = None
    state: State = field(default_factory=State)
    plates: OrderedDict[str, Plate] = field(default_factory=OrderedDict)
    dpi: int = DIGEST_DPI
    looked_at: deque[int] = field(default_factory=lambda: deque(maxlen=SPREAD))
    """Which pages were asked for last, and in which resolution."""
    _bench: Workbench | None = None
    _drawn: OrderedDict[tuple[str, str], bytes] = field(default_factory=OrderedDict)
    _orders: int = 0
    _trials: int = 0
    _news: asyncio.Event = field(default_factory=asyncio.Event)
    closing: bool = False

    # Orders

    def set_anew(self, *, is_text: bool = False) -> None:
        """Have the issue laid out as its files are now."""
        self._trials = 0
        self._order(is_text=is_text)

    def _order(self, *, is_text: bool) -> None:
        if self._bench is None:
            self._bench = Workbench(self.take, self.lost)
        self._orders += 1
        self._trials += 1
        order = Order(
            number=self._orders,
            root=str(self.root),
            issue=self.issue,
            layout=self.layout,
            is_text=is_text,
            dpi=self.dpi,
            looked_at=tuple(dict.fromkeys(self.looked_at)),
        )
        self.tell(replace(self.state, status="setting", changed=()))
        self._bench.order(order)

    def close(self) -> None:
        """End the process and let everybody who waits go."""
        self.closing = True
        if self._bench is not None:
            self._bench.close()
        self._wake()

    # Prints

    def take(self, made: Print) -> None:
        """Take what the proof room made."""
        last = made.order >= self._orders
        is_whole = isinstance(made, Impression) or (isinstance(made, Spoilt) and made.is_whole)
        match made:
            case Glimpse():
                self._take_glimpse(made)
            case Impression():
                self._take_impression(made, is_last=last)
            case Spoilt():
                status: Status = "broken" if last and is_whole else "setting"
                self.tell(replace(self.state, status=status, errors=made.findings, changed=()))
        if last and is_whole and self._bench is not None:
            self._bench.rest()

    def _take_glimpse(self, made: Glimpse) -> None:
        self._keep(made.prints)
        leaves = list(self.state.leaves[: made.count])
        for leaf in made.leaves:
            number = leaf.page.number
            leaves[number - 1 : number] = [leaf]
        if [leaf.page.number for leaf in leaves] == list(range(1, made.count + 1)):
            self._turn(tuple(leaves), replace(self.state, errors=()))

    def _take_impression(self, made: Impression, *, is_last: bool) -> None:
        self._keep(made.prints)
        self._drop_plates({leaf.page.digest for leaf in made.leaves})
        self._turn(
            made.leaves,
            replace(
                self.state,
                status="ready" if is_last else "setting",
                sheet=made.sheet,
                findings=made.findings,
                errors=(),
            ),
        )

    def _turn(self, leaves: tuple[Leaf, ...], state: State) -> None:
        """Show other pages, and say which of them look otherwise."""
        before = [leaf.page.digest for leaf in self.state.leaves]
        changed = tuple(
            index + 1
            for index, leaf in enumerate(leaves)
            if index >= len(before) or before[index] != leaf.page.digest
        )
        self.tell(replace(state, leaves=leaves, changed=changed))

    def lost(self, reason: str) -> None:
        """Start the process again after it ended by itself, or say why not."""
        if self._trials < TRIALS:
            self._order(is_text=False)
            return
        problem = Diagnostic("N745", None, {"reason": reason})
        self.tell(replace(self.state, status="lost", errors=(problem,), changed=()))

    # Pages

    def plate(self, digest: str) -> Plate | None:
        """Return where a page can be drawn from, also one of a moment ago."""
        return self.plates.get(digest)

    def is_coming(self, digest: str) -> bool:
        """Tell whether a page that is shown can be drawn in another way when all is there."""
        shown = any(leaf.page.digest == digest for leaf in self.state.leaves)
        return shown and self.state.status == "setting" and not self.closing

    def _keep(self, prints: Prints) -> None:
        for index, digest in enumerate(prints.digests):
            if prints.trimmed:
                self.plates[digest] = Plate(prints.trimmed, prints.bled, index)
            if prints.drawn and prints.drawn[index]:
                self.remember((digest, f"{prints.dpi}"), prints.drawn[index])

    def _drop_plates(self, shown: Collection[str]) -> None:
        """Keep the plates of the pages that are shown, and of a moment ago as many as fit."""
        for digest in shown:
            self.plates.move_to_end(digest)
        while len(self.plates) > max(MOST_PLATES, len(shown)):
            self.plates.popitem(last=False)

    def drawn(self, key: tuple[str, str]) -> bytes | None:
        """Return a page that was drawn before, by its digest and how it was drawn."""
        if key in self._drawn:
            self._drawn.move_to_end(key)
        return self._drawn.get(key)

    def remember(self, key: tuple[str, str], picture: bytes) -> None:
        """Keep a drawn page as long as there is room."""
        self._drawn[key] = picture
        self._drawn.move_to_end(key)
        while sum(map(len, self._drawn.values())) > MOST_DRAWN_BYTES:
            self._drawn.popitem(last=False)

    # News

    def tell(self, state: State) -> None:
        """Show another state to everybody."""
        self.state = replace(state, number=self.state.number + 1)
        self._wake()

    def _wake(self) -> None:
        news, self._news = self._news, asyncio.Event()
        news.set()

    async def after(self, number: int, patience_s: float) -> State | None:
        """Wait for a state after the one of that number; None if there is none for so long."""
        if self.state.number == number and not self.closing:
            try:
                await asyncio.wait_for(self._news.wait(), patience_s)
            except TimeoutError:
                return None
        return self.state
