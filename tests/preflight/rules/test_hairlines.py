"""N927: lines are thick enough."""

from __future__ import annotations

import pytest

from small_pdf import found, press_pdf


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("0.25 w 99 99 m 199 99 l S", []),
        ("0.2 w 99 99 m 199 99 l S", ["warning"]),
        ("0.1 w 99 99 m 199 99 l S", ["error"]),
        ("0 w 99 99 m 199 99 l S", ["error"]),
        ("0.5 0 0 0.2 0 0 cm 1 w 199 499 99 99 re S", ["warning"]),
        ("99 99 100 0.1 re f", ["error"]),
        ("99 99 0.2 100 re f", ["warning"]),
        ("99 99 100 0.3 re f", []),
        ("99 99 m 199 199 l 199.1 199 l 99.1 99 l f", ["error"]),
        ("99 99 0.1 0.1 re f", []),
        ("99 99 100 0.8 re 99 99.4 100 0 re f*", []),  # the frame of an element without height
        ("99 99 m 120 99.1 140 99.1 199 99 c f", []),
        ("0.1 w 99 99 100 100 re f", []),
        ("0.1 w 99 99 100 100 re n", []),
        ("0.1 w -99 99 m -199 99 l S", []),
    ],
)
def test_lines_and_rectangles_like_lines_are_measured(content: str, expected: list[str]) -> None:
    assert [d.severity.value for d in found(press_pdf(content), "N927")] == expected
