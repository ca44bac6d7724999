"""N932: no encryption."""

from __future__ import annotations

import pikepdf

from small_pdf import found, press_pdf


def test_a_file_that_opens_with_an_empty_password_is_told_and_read() -> None:
    locks = pikepdf.Encryption(owner="secret", user="", R=4)
    data = press_pdf(
        "0 0 0 0.5 k BT /F 3 Tf 99 99 Td (a) Tj ET", save={"encryption": locks, "static_id": False}
    )
    assert found(data, "N932")
    assert found(data, "N925")


def test_an_open_file_passes() -> None:
    assert not found(press_pdf(), "N932")
