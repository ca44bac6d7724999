"""N917: metadata are there and agree."""

from __future__ import annotations

import pikepdf
import pytest

from newsletter.preflight.metadata import same_moment
from small_pdf import XMP, found, press_pdf, set_xmp


def hints(packet: str = XMP, **info: str) -> list[tuple[str | None, object]]:
    def change(pdf: pikepdf.Pdf) -> None:
        set_xmp(pdf, packet)
        for key, value in info.items():
            pdf.docinfo[f"/{key}"] = value

    return [(d.hint, d.values["what"]) for d in found(press_pdf(change=change), "N917")]


def test_metadata_that_agree_pass() -> None:
    assert hints() == []


def test_what_is_missing_is_named() -> None:
    packet = XMP.replace("xmpMM:VersionID", "xmpMM:Other")
    assert hints(packet) == [("missing", "xmpMM:VersionID")]


def test_two_titles_are_told() -> None:
    assert hints(Title="Large") == [("different", "Title")]


def test_two_dates_are_told() -> None:
    assert hints(ModDate="D:20211225120000+08'00'") == [("different", "ModDate")]


@pytest.mark.parametrize("trapped", ["Unknown", "True"])
def test_trapped_must_be_true_or_false_and_the_same(trapped: str) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.docinfo["/Trapped"] = pikepdf.Name(f"/{trapped}")

    assert [d.hint for d in found(press_pdf(change=change), "N917")] == ["trapped"]


@pytest.mark.parametrize(
    ("info", "xmp", "same"),
    [
        ("D:20211224120000+08'00'", "2021-12-24T12:00:00+08:00", True),
        ("D:20211224", "2021-12-24T12:00:00", True),
        ("D:20211224120001Z", "2021-12-24T12:00:00Z", False),
        ("", "2021-12-24", False),
    ],
)
def test_dates_are_compared_as_far_as_both_go(info: str, xmp: str, same: bool) -> None:  # noqa: FBT001
    assert same_moment(info, xmp) is same
