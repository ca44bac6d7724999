"""Objects of a PDF: what is asked of them is asked no oftener than is needed."""

from __future__ import annotations

import pytest
from pikepdf import Array, Dictionary

from newsletter.pdf import objects


def test_nothing_is_asked_above_the_root_of_the_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    entry, asked = objects.entry, list[str]()

    def noted(holder: objects.Object, key: str) -> objects.Object:
        asked.append(key)
        return entry(holder, key)

    monkeypatch.setattr(objects, "entry", noted)
    page = Dictionary(Parent=Dictionary(Parent=Dictionary(MediaBox=Array([0, 0, 9, 9]))))
    assert objects.box(objects.inherited(page, "/MediaBox")) is not None
    assert objects.inherited(page, "/CropBox") is None
    assert (asked.count("/MediaBox"), asked.count("/CropBox")) == (3, 3)
