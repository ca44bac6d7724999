"""Marked content: what is painted on each page, and under which marks.

In: an open document. Out: each piece of text, line work, picture or shading with the number of
the marked content it stands in, or that it is an artifact (ISO 32000-1:2008, 14.6, 14.8.2.2);
forms are read where they are painted. Text is read by the fonts' ToUnicode maps, or stands under
an ActualText.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from newsletter.pdf.objects import dictionary, is_array, is_dictionary
from newsletter.preflight.document import Document
from newsletter.preflight.painted import Content, Kind, Painted
from newsletter.preflight.plain_pages import plain_content
from newsletter.preflight.tree import Holder
from newsletter.preflight.unicode import FontMap, font_map

TEXT = frozenset({"Tj", "TJ", "'", '"'})
PATHS = frozenset({"f", "F", "f*", "B", "B*", "b", "b*", "S", "s"})
READ = " ".join([*TEXT, *PATHS, "BDC BMC EMC Tf q Q Do sh BI ID EI"])
"""The operators that are read; pikepdf passes over the others, most of which draw paths."""
DEEPEST = 12


class _Mark(Struct, frozen=True):
    is_artifact: bool = False
    holder: Holder = 0
    mcid: int = -1
    language: str = ""
    actual: str | None = None


@functools.lru_cache(maxsize=2)
def read_content(document: Document) -> Content:
    """Return what is painted on the pages of a document."""
    return plain_content(document) or _walked(document)


def _walked(document: Document) -> Content:
    content = Content()
    fonts: dict[tuple[int, int], FontMap] = {}
    for number, page in enumerate(document.pdf.pages, start=1):
        resources = page.obj.get("/Resources")
        _Walker(content, number, number, fonts).walk(page, resources, ())
    return content


class _Walker:
    """Goes through the operators of a page or of a form."""

    def __init__(
        self,
        content: Content,
        page: int,
        holder: Holder,
        fonts: dict[tuple[int, int], FontMap],
        depth: int = 0,
    ) -> None:
        self.content, self.page, self.holder = content, page, holder
        self.fonts, self.depth = fonts, depth
        self.font: FontMap | None = None
        self.kept: list[FontMap | None] = []

    def walk(self, stream: Any, resources: Any, marks: Sequence[_Mark]) -> None:  # noqa: ANN401
        """Read a stream that is painted under some marks."""
        from pikepdf import DependencyError, PdfError, parse_content_stream

        stack = list(marks)
        outside = len(stack)
        try:
            for instruction in parse_content_stream(stream, READ):
                operator, operands = str(instruction.operator), instruction.operands
                if operator in ("BDC", "BMC"):
                    stack.append(self._mark(operator, operands, resources, stack))
                elif operator == "EMC" and len(stack) > outside:
                    self._close(stack.pop(), stack)
                else:
                    self._paint(operator, operands, resources, stack)
        except (PdfError, DependencyError, ValueError, TypeError, LookupError, AttributeError):
            self.content.unread.add(self.page)

    def _mark(
        self,
        operator: str,
        operands: Any,  # noqa: ANN401
        resources: Any,  # noqa: ANN401
        stack: Sequence[_Mark],
    ) -> _Mark:
        tag = str(operands[0]) if operands else ""
        properties = operands[1] if operator == "BDC" and len(operands) > 1 else {}
        if not (properties == {} or is_dictionary(properties)):
            properties = _entry(resources, "/Properties", str(properties))
        mcid = int(properties.get("/MCID", -1))
        actual = properties.get("/ActualText")
        mark = _Mark(
            is_artifact=tag == "/Artifact",
            holder=self.holder,
            mcid=mcid,
            language=str(properties.get("/Lang", "")),
            actual=None if actual is None else str(actual),
        )
        if mark.is_artifact and any(around.mcid >= 0 for around in stack):
            self.content.artifacts_in_tagged.add(self.page)
        if mcid >= 0:
            if any(around.is_artifact for around in stack):
                self.content.tagged_in_artifacts.add(self.page)
            if not isinstance(self.holder, int):
                self.content.marked_forms.add(self.holder)
        return mark

    def _close(self, mark: _Mark, stack: Sequence[_Mark]) -> None:
        """Add the words that stood for what was drawn, unless words around stand for them."""
        if mark.actual and not any(around.actual is not None for around in stack):
            self._add("text", [*stack, replace(mark, actual=None)], text=mark.actual)

    def _paint(
        self,
        operator: str,
        operands: Any,  # noqa: ANN401
        resources: Any,  # noqa: ANN401
        stack: Sequence[_Mark],
    ) -> None:
        if operator in TEXT:
            self._show(operands, stack)
        elif operator in PATHS:
            self._add("line work", stack)
        elif operator == "Tf":
            self.font = self._font(_entry(resources, "/Font", str(operands[0])))
        elif operator == "q":
            self.kept.append(self.font)
        elif operator == "Q" and self.kept:
            self.font = self.kept.pop()
        elif operator == "Do":
            self._draw(_entry(resources, "/XObject", str(operands[0])), resources, stack)
        elif operator == "sh":
            self._add("shading", stack)
        elif operator == "INLINE IMAGE":
            self._add("picture", stack)

    def _draw(self, thing: Any, resources: Any, stack: Sequence[_Mark]) -> None:  # noqa: ANN401
        if thing.get("/Subtype") != "/Form":
            self._add("picture", stack)
            return
        key = thing.objgen
        self.content.forms[key] = self.content.forms.get(key, 0) + 1
        if self.depth < DEEPEST:
            inner = _Walker(self.content, self.page, key, self.fonts, self.depth + 1)
            inner.walk(thing, thing.get("/Resources", resources), stack)

    def _font(self, font: Any) -> FontMap | None:  # noqa: ANN401
        if not font.keys():
            return None
        key = font.objgen if font.is_indirect else (-id(font), 0)
        if key not in self.fonts:
            self.fonts[key] = font_map(font)
        return self.fonts[key]

    def _show(self, operands: Any, stack: Sequence[_Mark]) -> None:  # noqa: ANN401
        codes: list[int] = []
        for operand in operands:
            for part in operand if is_array(operand) else [operand]:
                if self.font is not None and _is_string(part):
                    codes += self.font.codes(bytes(part))
        under_words = any(mark.actual is not None for mark in stack)
        text = "" if under_words or self.font is None else self.font.text(codes)
        if self.font is not None and codes:
            self.content.use(self.font, self.page, codes)
        self._add("text", stack, text=text, codes=tuple(codes))

    def _add(
        self, kind: Kind, stack: Sequence[_Mark], *, text: str = "", codes: tuple[int, ...] = ()
    ) -> None:
        tagged = next((mark for mark in reversed(stack) if mark.mcid >= 0), _Mark())
        language = next((mark.language for mark in reversed(stack) if mark.language), "")
        self.content.painted.append(
            Painted(
                page=self.page,
                kind=kind,
                holder=tagged.holder,
                mcid=tagged.mcid,
                is_artifact=any(mark.is_artifact for mark in stack),
                language=language,
                text=text,
                font=self.font if codes else None,
                codes=codes,
            )
        )


def fonts_used(content: Content) -> Iterator[tuple[FontMap, int, set[int]]]:
    """Yield each font of the text with the first page that uses it, and the codes that are used."""
    for font, (page, codes) in content.fonts.items():
        yield font, page, codes


def _entry(resources: Any, kind: str, name: str) -> Any:  # noqa: ANN401
    from pikepdf import Dictionary

    if not is_dictionary(resources):
        return Dictionary()
    return dictionary(dictionary(resources, kind), name)


def _is_string(value: Any) -> bool:  # noqa: ANN401
    from pikepdf import String

    return isinstance(value, String)
