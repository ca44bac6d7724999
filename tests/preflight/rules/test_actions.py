"""N930: nothing acts."""

from __future__ import annotations

from collections.abc import Callable

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from small_pdf import found, press_pdf

SCRIPT = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


def on_opening(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = SCRIPT


def named(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("a"), SCRIPT])))


def on_a_page(pdf: pikepdf.Pdf) -> None:
    pdf.pages[2].obj.AA = Dictionary(O=SCRIPT)


def linked(pdf: pikepdf.Pdf) -> None:
    link = Dictionary(Subtype=Name.Link, Rect=[0, 0, 9, 9], A=Dictionary(S=Name.URI))
    pdf.pages[1].obj.Annots = Array([link, link])


def form(pdf: pikepdf.Pdf) -> None:
    pdf.Root.AcroForm = Dictionary(Fields=Array([Dictionary(T=String("name"))]))


def bookmark(pdf: pikepdf.Pdf) -> None:
    item = pdf.make_indirect(Dictionary(Title=String("a"), A=Dictionary(S=Name.Launch)))
    item.Next = item
    pdf.Root.Outlines = Dictionary(First=item)


@pytest.mark.parametrize(
    ("change", "kinds"),
    [
        (on_opening, ["JavaScript"]),
        (named, ["JavaScript"]),
        (on_a_page, ["AA"]),
        (linked, ["URI"]),
        (form, ["AcroForm"]),
        (bookmark, ["Launch"]),
    ],
)
def test_each_kind_of_action_is_told(
    change: Callable[[pikepdf.Pdf], None], kinds: list[str]
) -> None:
    assert [d.values["kind"] for d in found(press_pdf(change=change), "N930")] == kinds


def test_kinds_are_told_as_they_come_on_the_page() -> None:
    kinds = ["URI", "Launch", "Movie", "Sound", "Hide", "Named"]

    def change(pdf: pikepdf.Pdf) -> None:
        pdf.pages[1].obj.Annots = Array(
            [Dictionary(Rect=[0, 0, 9, 9], A=Dictionary(S=Name(f"/{kind}"))) for kind in kinds]
        )

    assert [d.values["kind"] for d in found(press_pdf(change=change), "N930")] == kinds


def test_opening_at_a_page_is_no_action() -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.Root.OpenAction = Array([pdf.pages[0].obj, Name.Fit])

    assert not found(press_pdf(change=change), "N930")
