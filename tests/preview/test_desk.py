"""The desk when its process ends by itself: tried again, then told, then tried anew."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from newsletter.diagnostics import Diagnostic
from newsletter.preview import desk as desk_module
from newsletter.preview import pictures
from newsletter.preview.desk import TRIALS, Desk
from newsletter.preview.judgement import Judgement
from newsletter.preview.leaf import Glimpse, Impression, Leaf, Order, Prints, Sheet, Spoilt
from newsletter.preview.telling import told
from newsletter.review.proof import ProofPage
from newsletter.review.records import Approval, write_record
from newsletter.typesetting.areas import Area


class Orders:
    """Stands in for the workbench: takes orders and makes nothing."""

    def __init__(self) -> None:
        self.taken: list[Order] = []

    def __call__(self, _take: object, _lost: Callable[[str], None]) -> Orders:
        return self

    def order(self, order: Order) -> None:
        self.taken.append(order)

    def rest(self) -> None:
        """Nothing is waited for."""


@pytest.fixture
def orders(monkeypatch: pytest.MonkeyPatch) -> Orders:
    made = Orders()
    monkeypatch.setattr(desk_module, "Workbench", made)
    return made


def test_a_process_that_ends_at_each_trial_is_told(orders: Orders, tmp_path: Path) -> None:
    desk = Desk(tmp_path, "one")
    desk.set_anew()
    for trial in range(TRIALS):
        assert (desk.state.status, len(orders.taken)) == ("setting", trial + 1)
        desk.lost("signal 9")
    assert (desk.state.status, len(orders.taken)) == ("lost", TRIALS)
    assert [problem.code for problem in desk.state.errors] == ["N745"]
    assert "signal 9" in desk.state.errors[0].message("en")


def test_the_next_saved_file_is_a_new_beginning(orders: Orders, tmp_path: Path) -> None:
    desk = Desk(tmp_path, "one")
    desk.set_anew()
    for _ in range(TRIALS):
        desk.lost("signal 9")
    desk.set_anew()
    desk.lost("signal 9")
    assert (desk.state.status, len(orders.taken)) == ("setting", TRIALS + 2)


DIGEST = "a" * 64
LEAF = Leaf(ProofPage(1, DIGEST, (), ()), Area(0, 0, 1, 1))
SHEET = Sheet(100, 100, 3, cover=False, body=3, leading=5, columns=1, column=80, gap=0)


def test_a_page_that_was_glimpsed_is_drawn_in_another_way_when_all_is_there(
    orders: Orders, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures, "drawn", lambda data, _at, _dpi: data)
    desk = Desk(tmp_path, "one")

    async def ask() -> bytes | None:
        desk.set_anew()
        desk.take(Glimpse(1, 1, (LEAF,), Prints(digests=(DIGEST,), drawn=(b"72",), dpi=72)))
        assert await pictures.picture(desk, DIGEST, 72, bleed=False) == b"72"
        assert await pictures.picture(desk, "b" * 64, 144, bleed=False) is None
        asked = asyncio.create_task(pictures.picture(desk, DIGEST, 144, bleed=False))
        await asyncio.sleep(0)
        assert not asked.done()
        prints = Prints(b"file", b"bled", (DIGEST,), (b"",), 72)
        desk.take(Impression(1, (LEAF,), prints, SHEET, ()))
        assert await pictures.picture(desk, DIGEST, 72, bleed=False) == b"72"
        return await asked

    assert asyncio.run(ask()) == b"file"
    assert orders.taken


def test_what_is_in_the_way_is_told_before_all_is_said(orders: Orders, tmp_path: Path) -> None:
    desk = Desk(tmp_path, "one")
    desk.set_anew()
    first, more = Diagnostic("N104"), Diagnostic("N406")
    desk.take(Spoilt(1, (first,), is_whole=False))
    assert (desk.state.status, desk.state.errors) == ("setting", (first,))
    desk.take(Spoilt(1, (first, more)))
    assert (desk.state.status, desk.state.errors) == ("broken", (first, more))
    assert orders.taken


def test_a_rejected_page_is_told_with_who_rejected_it_alone(orders: Orders, tmp_path: Path) -> None:
    desk, judgement = Desk(tmp_path, "one"), Judgement(tmp_path, "one", "我")
    (tmp_path / "issues" / "one").mkdir(parents=True)
    for name, verdict in (("李明", "approved"), ("王芳", "rejected")):
        said = {"page": 1, "digest": DIGEST, "verdict": verdict, "by": name, "date": "2022-01-05"}
        write_record(tmp_path, "one", Approval.model_validate(said))
    judgement.read()
    desk.take(Impression(1, (LEAF,), Prints(b"file", b"bled", (DIGEST,), (b"",), 72), SHEET, ()))
    (page,) = told(desk, judgement)["pages"]
    assert page["judges"] == ("王芳",)
    assert {said["by"] for said in page["verdicts"]} == {"李明", "王芳"}
    assert orders.taken == []


def test_while_pages_are_set_what_stands_beside_them_is_told_as_before(
    orders: Orders, tmp_path: Path
) -> None:
    desk, judgement = Desk(tmp_path, "one"), Judgement(tmp_path, "one", "我")
    problem = Diagnostic("N745", None, {"reason": "x"})
    prints = Prints(b"file", b"bled", (DIGEST,), (b"",), 72)
    desk.take(Impression(1, (LEAF,), prints, SHEET, (problem,)))
    before = told(desk, judgement)
    assert [finding["code"] for finding in before["findings"]] == ["N745"]
    desk.set_anew()
    other = replace(LEAF, page=replace(LEAF.page, digest="b" * 64))
    desk.take(Glimpse(2, 1, (other,), Prints(digests=("b" * 64,), drawn=(b"72",), dpi=72)))
    now = told(desk, judgement, before)
    assert now["findings"] is before["findings"]
    assert (now["status"], now["pages"][0]["digest"]) == ("setting", "b" * 64)
    assert orders.taken
