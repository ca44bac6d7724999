"""N939: transparency is mixed in inks."""

from __future__ import annotations

from typing import Any

import pikepdf
import pytest
from pikepdf import Dictionary, Name

from small_pdf import form, found, press_pdf


@pytest.mark.parametrize(
    ("space", "count"), [("DeviceRGB", 1), ("DeviceCMYK", 0), ("DeviceGray", 0)]
)
def test_groups_of_forms_and_pages_are_looked_at(space: str, count: int) -> None:
    group = Dictionary(S=Name.Transparency, CS=Name(f"/{space}"))

    def resources(pdf: pikepdf.Pdf) -> dict[str, Any]:
        return {"XObject": {"Form": form(pdf, "", Group=group)}}

    def change(pdf: pikepdf.Pdf) -> None:
        pdf.pages[1].obj.Group = group

    assert len(found(press_pdf("/Form Do", resources=resources), "N939")) == count
    assert len(found(press_pdf(change=change), "N939")) == count
