"""N915: one output intent, of a CMYK press."""

from __future__ import annotations

from collections.abc import Callable

import pikepdf
import pytest
from pikepdf import Array, Name

from small_pdf import FOGRA, SRGB, found, output_intent, press_pdf


def with_intent(edit: Callable[[pikepdf.Pdf], None]) -> list[str | None]:
    return [finding.hint for finding in found(press_pdf(change=edit), "N915")]


def replaced(profile: bytes, count: int) -> Callable[[pikepdf.Pdf], None]:
    def edit(pdf: pikepdf.Pdf) -> None:
        pdf.Root.OutputIntents = Array([output_intent(pdf, profile, count)])

    return edit


def without(key: str) -> Callable[[pikepdf.Pdf], None]:
    def edit(pdf: pikepdf.Pdf) -> None:
        del pdf.Root.OutputIntents[0][key]

    return edit


def none(pdf: pikepdf.Pdf) -> None:
    del pdf.Root["/OutputIntents"]


def two(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OutputIntents.append(output_intent(pdf))


def unregistered(pdf: pikepdf.Pdf) -> None:
    without("/DestOutputProfile")(pdf)
    without("/RegistryName")(pdf)


def of_an_archive(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OutputIntents[0].S = Name.GTS_PDFA1


@pytest.mark.parametrize(
    ("edit", "hint"),
    [
        (none, "none"),
        (of_an_archive, "none"),
        (two, "several"),
        (without("/OutputConditionIdentifier"), "no identifier"),
        (unregistered, "no profile"),
        (replaced(SRGB, 3), "no printer profile"),
        (replaced(b"nothing", 4), "no printer profile"),
        (replaced(FOGRA, 3), "not CMYK"),
    ],
)
def test_what_is_wrong_with_it_is_told(edit: Callable[[pikepdf.Pdf], None], hint: str) -> None:
    assert with_intent(edit) == [hint]


def test_a_registered_identifier_may_stand_without_a_profile() -> None:
    assert with_intent(without("/DestOutputProfile")) == []
