"""The desk when its process ends by itself: tried again, then told, then tried anew."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from newsletter.preview import desk as desk_module
from newsletter.preview.desk import TRIALS, Desk
from newsletter.preview.leaf import Order


class Orders:
    """Stands in for the workbench: takes orders and makes nothing."""

    def __init__(self) -> None:
        self.taken: list[Order] = []

    def __call__(self, _take: object, _lost: Callable[[str], None]) -> Orders:
        return self

    def order(self, order: Order) -> None:
        self.taken.append(order)


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
