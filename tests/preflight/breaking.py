"""A finished specimen, and the ways in which a test breaks a copy of it."""

from __future__ import annotations

import functools
import io
from collections.abc import Callable, Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String

from newsletter.diagnostics import Diagnostic
from newsletter.issue.models import Profile
from newsletter.preflight.conditions import Conditions
from newsletter.preflight.document import Document
from newsletter.preflight.rule import NotChecked
from newsletter.preflight.rules import all_rules
from workshop import specimen_pdf

Break = Callable[[Pdf], object]


def said(code: str, data: bytes) -> list[Diagnostic | NotChecked]:
    """Return what one rule says of a file."""
    [rule] = [rule for rule in all_rules() if rule.code == code]
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return list(rule.check(Document("x.pdf", pdf, data), Conditions()))


def conditions(code: str, data: bytes) -> list[str]:
    """Return the failure conditions that a rule finds in a file."""
    found = [each for each in said(code, data) if isinstance(each, Diagnostic)]
    return [str(each.values.get("condition", "")) for each in found]


def broken(change: Break, profile: Profile = "screen", **saving: Any) -> bytes:  # noqa: ANN401
    """Return the specimen with something changed."""
    with pikepdf.open(io.BytesIO(specimen_pdf(profile))) as pdf:
        change(pdf)
        out = io.BytesIO()
        pdf.save(out, **saving)
    return out.getvalue()


@functools.cache
def whole(profile: Profile = "screen") -> bytes:
    """Return the specimen as it is."""
    return specimen_pdf(profile)


# What is changed --------------------------------------------------------------------------------


def elements(pdf: Pdf) -> Iterator[Dictionary]:
    """Yield every structure element."""
    waiting = [pdf.Root.StructTreeRoot.K[0]]
    while waiting:
        element = waiting.pop(0)
        yield element
        kids = element.get("/K", [])
        waiting += [kid for kid in kids if isinstance(kid, Dictionary) and "/S" in kid]


def first(pdf: Pdf, role: str, number: int = 0) -> Dictionary:
    """Return an element of a role."""
    return [element for element in elements(pdf) if str(element.S) == f"/{role}"][number]


def put(pdf: Pdf, role: str, **entries: Any) -> Dictionary:  # noqa: ANN401
    """Put an element at the end of the document, with content of its own unless there is some."""
    root = pdf.Root.StructTreeRoot.K[0]
    element = pdf.make_indirect(
        Dictionary(Type=Name.StructElem, S=Name(f"/{role}"), P=root, **entries)
    )
    root.K.append(element)
    return element


def paint(pdf: Pdf, content: bytes) -> None:
    """Add operators to the end of the second page."""
    pdf.pages[1].contents_add(b"\nq " + content + b" Q\n")


def form(pdf: Pdf, content: bytes = b"0 0 1 1 re f", **entries: Any) -> Stream:  # noqa: ANN401
    """Give the second page a form of its own, /Fm."""
    stream = pdf.make_stream(
        content, Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9]), **entries
    )
    page = pdf.pages[1]
    page.obj.Resources = pdf.make_indirect(Dictionary(page.obj.Resources))
    page.obj.Resources.XObject = Dictionary(page.obj.Resources.XObject)
    page.obj.Resources.XObject.Fm = pdf.make_indirect(stream)
    return stream


def annotate(pdf: Pdf, kind: str, **entries: Any) -> Dictionary:  # noqa: ANN401
    """Put an annotation on the first page."""
    annotation = pdf.make_indirect(
        Dictionary(Type=Name.Annot, Subtype=Name(f"/{kind}"), Rect=Array([0, 0, 9, 9]), **entries)
    )
    pdf.pages[0].obj.Annots.append(annotation)
    if kind == "Widget":
        pdf.Root.AcroForm = Dictionary(Fields=Array([annotation]))
    return annotation


def tag(pdf: Pdf, annotation: Dictionary, role: str, **entries: Any) -> None:  # noqa: ANN401
    """Give an annotation its element."""
    reference = Dictionary(Type=Name.OBJR, Obj=annotation, Pg=pdf.pages[0].obj)
    put(pdf, role, K=Array([reference]), **entries)


def fonts(pdf: Pdf) -> Iterator[Dictionary]:
    """Yield every font of the first page."""
    yield from pdf.pages[0].Resources.Font.values()


def map_all_to(pdf: Pdf, digits: str) -> None:
    """Give each font a ToUnicode map of one range."""
    text = f"1 beginbfrange\n<0000> <ffff> [{' '.join(['<' + digits + '>'] * 65536)}]\nendbfrange"
    for font in fonts(pdf):
        font.ToUnicode = pdf.make_stream(text.encode())


def set_key(holder: Any, key: str, value: Any) -> None:  # noqa: ANN401
    """Set an entry, or take it away with None."""
    if value is None and key in holder:
        del holder[key]
    elif value is not None:
        holder[key] = value


def text(words: str) -> String:
    """Return a PDF string."""
    return String(words)
