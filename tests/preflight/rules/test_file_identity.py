"""N918: an ID, and PDF 1.6 at most."""

from __future__ import annotations

import re

from small_pdf import found, press_pdf


def hints(data: bytes) -> list[str | None]:
    return [finding.hint for finding in found(data, "N918")]


def test_a_newer_version_is_told() -> None:
    assert hints(press_pdf(save={"force_version": "1.7"})) == ["version"]
    assert hints(press_pdf(save={"force_version": "1.4"})) == []


def test_a_file_without_an_id_is_told() -> None:
    data = re.sub(rb"/ID \[", b"/NO [", press_pdf(save={"object_stream_mode": _plain()}))
    assert hints(data) == ["no ID"]


def _plain() -> object:
    from pikepdf import ObjectStreamMode

    return ObjectStreamMode.disable
