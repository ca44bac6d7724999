"""The fonts of a file that was just made are proven sound, or pikepdf.pdfa is asked."""

from __future__ import annotations

import io
from collections.abc import Callable

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf

from newsletter.diagnostics import Diagnostic
from newsletter.preflight.archive_check import archival_findings
from newsletter.preflight.conditions import Conditions
from newsletter.preflight.document import Document
from newsletter.preflight.finished import inspect_file
from newsletter.preflight.own_fonts import are_sound, just_made
from preflight.breaking import broken, paint, said, whole


def sound(data: bytes) -> bool:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return are_sound(Document("x.pdf", pdf, data))


def of_all(pdf: Pdf, change: Callable[[Dictionary, Dictionary], object]) -> None:
    """Change every font, and the one that it is made from."""
    for page in pdf.pages:
        for font in page.Resources.Font.values():
            change(font, font.DescendantFonts[0])


def widen(_font: Dictionary, holder: Dictionary) -> None:
    for item in holder.W:
        if isinstance(item, Array):
            for number in range(len(item)):
                item[number] = 1313


def cut(_font: Dictionary, holder: Dictionary) -> None:
    key = "/FontFile3" if "/FontFile3" in holder.FontDescriptor else "/FontFile2"
    stream = holder.FontDescriptor[key]
    stream.write(stream.read_bytes()[:2000])


def ask_for_notdef(pdf: Pdf) -> None:
    name = next(iter(pdf.pages[1].Resources.Font.keys()))
    paint(pdf, f"/Artifact BMC BT {name} 12 Tf <0000> Tj ET EMC".encode())


BREAKS: dict[str, Callable[[Pdf], object]] = {
    "widths": lambda pdf: of_all(pdf, widen),
    "no widths": lambda pdf: of_all(pdf, lambda _font, holder: holder.__setattr__("W", Array())),
    "a program cut off": lambda pdf: of_all(pdf, cut),
    "no descriptor": lambda pdf: of_all(pdf, lambda _f, h: h.__setattr__("FontDescriptor", 0)),
    "another encoding": lambda pdf: of_all(
        pdf, lambda font, _holder: font.__setattr__("Encoding", Name("/Identity-V"))
    ),
    "no system": lambda pdf: of_all(pdf, lambda _f, h: h.__setattr__("CIDSystemInfo", 0)),
    "a glyph that is not there": ask_for_notdef,
}


def test_a_finished_file_is_sound_and_pikepdf_has_nothing_against_it() -> None:
    assert sound(whole())
    assert not said("N971", whole())


@pytest.mark.parametrize("name", BREAKS)
def test_what_is_broken_is_not_sound(name: str) -> None:
    assert not sound(broken(BREAKS[name]))


@pytest.mark.parametrize("name", ["widths", "a glyph that is not there"])
def test_a_file_just_made_gets_the_same_words(name: str) -> None:
    data = broken(BREAKS[name])
    report = inspect_file("x.pdf", data, "screen", Conditions()).report
    told = [each.values for each in report.findings if each.code == "N971"]
    assert told
    assert told == [each.values for each in said("N971", data) if isinstance(each, Diagnostic)]


@pytest.mark.parametrize("name", ["widths", "a glyph that is not there"])
def test_glyphs_read_lightly_give_the_same_findings(name: str) -> None:
    data = broken(BREAKS[name], "archive")
    with just_made():
        lightly = archival_findings(data)
    assert lightly
    assert lightly == archival_findings(data)
