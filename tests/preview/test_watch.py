"""Watching: which changes matter, and what they touch."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from newsletter.preview.watch import Change, Watch, judge

TEXT = Change(inputs=True, text=True, records=False)
INPUT = Change(inputs=True, text=False, records=False)
RECORD = Change(inputs=False, text=False, records=True)


@pytest.mark.parametrize(
    ("names", "change"),
    [
        (["issues/one/articles/first.yaml"], TEXT),
        (["issues/one/issue.yaml", "issues/one/articles/first.yaml"], TEXT),
        (["issues/one/images/dam.svg"], INPUT),
        (["issues/one/issue.yaml", "layouts/plain/style.css"], INPUT),
        (["newsletter.yaml"], INPUT),
        (["fonts/own/Own.otf"], INPUT),
        (["issues/one"], INPUT),
        (["issues/one/review/approvals/x.json"], RECORD),
        (["issues/two/issue.yaml"], None),
        (["README.md"], None),
        (["issues/one/articles/.first.yaml.swp"], None),
        (["issues/one/articles/first.yaml~"], None),
        ([], None),
    ],
)
def test_a_burst_is_judged_by_what_it_touches(
    tmp_path: Path, names: list[str], change: Change | None
) -> None:
    for folder in ("layouts", "fonts"):
        (tmp_path / folder).mkdir()
    assert judge([tmp_path / name for name in names], tmp_path, "one") == change


def test_a_folder_that_comes_later_is_watched(root: Path) -> None:
    met: list[Change] = []

    async def watch() -> None:
        task = asyncio.create_task(Watch(root, "one", met.append).run())
        await asyncio.sleep(0.5)
        (root / "fonts").mkdir()
        await asyncio.sleep(1)
        met.clear()
        (root / "fonts" / "new.yaml").write_text("x", "utf-8")
        for _ in range(100):
            await asyncio.sleep(0.05)
            if met:
                break
        task.cancel()

    asyncio.run(watch())
    assert INPUT in met
