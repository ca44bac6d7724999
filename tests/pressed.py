"""PDFs of one page for tests of the press, and the separation they all use."""

from __future__ import annotations

import datetime as dt
import functools
import io
from collections.abc import Mapping
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

from newsletter.issue.models import Press
from newsletter.preflight.painted import Content
from newsletter.preflight.tree import Piece
from newsletter.press.about import About
from newsletter.press.condition import PressCondition, load_condition
from newsletter.press.conversion import convert
from newsletter.press.inks import Ink, Levels, Palette
from newsletter.press.printing import PrintOrder
from newsletter.press.separation import Separation
from newsletter.resources import packaged

FONT = packaged() / "fonts" / "noto-sans-sc" / "NotoSansSC-Regular.otf"
ABOUT = About("小报 第一号", "某社", "小报春季", "zh-CN", dt.date(2021, 12, 31), "newsletter")


@functools.cache
def fogra39() -> PressCondition:
    return load_condition(Press().condition, [packaged() / "profiles"])


@functools.cache
def separation() -> Separation:
    return Separation(fogra39())


def palette(named: Mapping[Levels, Ink] | None = None) -> Palette:
    return Palette(separation(), named or {})


def order(**choices: Any) -> PrintOrder:  # noqa: ANN401 - fields of the order
    given: dict[str, Any] = {
        "width_mm": 210,
        "height_mm": 297,
        "bleed_mm": 3,
        "separation": separation(),
        "about": ABOUT,
        "slug": "小报 {page}/{count}",
        "font": FONT,
    }
    return PrintOrder(**given | choices)


def page_of(
    content: str, resources: Mapping[str, Any] | None = None, pages: int = 1
) -> pikepdf.Pdf:
    """Return an open PDF whose pages, A4 with 3 mm bleed, hold that content."""
    pdf = pikepdf.new()
    for _ in range(pages):
        page = pdf.add_blank_page(page_size=(595.276, 841.89))
        page.obj.MediaBox = [-8.504, -8.504, 603.78, 850.394]
        page.obj.Contents = Stream(pdf, content.encode())
        page.obj.Resources = Dictionary(dict(resources or {}))
    return pdf


def saved(pdf: pikepdf.Pdf) -> bytes:
    out = io.BytesIO()
    pdf.save(out, deterministic_id=True)
    return out.getvalue()


def converted(
    content: str,
    resources: Mapping[str, Any] | None = None,
    named: Mapping[Levels, Ink] | None = None,
) -> tuple[str, pikepdf.Pdf]:
    """Return the content of a page in ink, operators separated by single spaces, and its PDF."""
    pdf = page_of(content, resources)
    convert(pdf, palette(named))
    return " ".join(pdf.pages[0].obj.Contents.read_bytes().decode().split()), pdf


def picture(
    pdf: pikepdf.Pdf, data: bytes, width: int, space: str = "/DeviceRGB", **more: object
) -> Stream:
    """Return an image of one row of samples."""
    return Stream(
        pdf,
        data,
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=width,
        Height=1,
        BitsPerComponent=8,
        ColorSpace=Name(space),
        **more,
    )


def axial(function: Dictionary, space: str = "/DeviceRGB") -> Dictionary:
    return Dictionary(
        ShadingType=2, ColorSpace=Name(space), Coords=Array([0, 0, 1, 0]), Function=function
    )


def straight(first: list[float], last: list[float]) -> Dictionary:
    return Dictionary(FunctionType=2, Domain=[0, 1], N=1, C0=Array(first), C1=Array(last))


def texts_of(content: Content) -> dict[Piece, str]:
    """Return the words of each piece of marked content."""
    found: dict[Piece, str] = {}
    for painted in content.painted:
        if painted.mcid >= 0 and painted.text:
            key = painted.holder, painted.mcid
            found[key] = found.get(key, "") + painted.text
    return found
