"""N938: nothing that a press would have to fetch or run."""

from __future__ import annotations

from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from small_pdf import form, found, image, press_pdf


def resources(pdf: pikepdf.Pdf) -> dict[str, Any]:
    return {
        "XObject": {
            "Script": form(pdf, "", Subtype=Name.PS),
            "Hidden": form(pdf, "", Subtype2=Name.PS),
            "Stand": image(pdf, 1, 1, OPI=Dictionary()),
            "Other": image(pdf, 1, 1, Alternates=Array([])),
            "Away": form(pdf, "", Ref=Dictionary()),
            "Here": form(pdf, ""),
        }
    }


@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        ("Script", ["PostScript"]),
        ("Hidden", ["PostScript"]),
        ("Stand", ["OPI"]),
        ("Other", ["alternate images"]),
        ("Away", ["reference"]),
        ("Here", []),
    ],
)
def test_each_kind_is_told(name: str, kinds: list[str]) -> None:
    data = press_pdf(f"/{name} Do", resources=resources)
    assert [finding.values["kind"] for finding in found(data, "N938")] == kinds
