"""N940: Separation All stays outside the trim."""

from __future__ import annotations

from typing import Any

import pikepdf
import pytest

from small_pdf import found, press_pdf, separation


def resources(pdf: pikepdf.Pdf) -> dict[str, Any]:
    return {"ColorSpace": {"All": separation(pdf, "All", 1, 1, 1, 1)}}


@pytest.mark.parametrize(("x", "count"), [(1, 0), (100, 1)])
def test_marks_on_the_page_are_told(x: int, count: int) -> None:
    data = press_pdf(f"/All cs 1 scn {x} 99 5 5 re f", resources=resources)
    assert len(found(data, "N940")) == count
