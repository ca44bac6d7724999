"""Remarks: what WeasyPrint says while it works, and what it raises, as diagnostics.

In: its log and its exceptions. Out: `Remark`s and `Diagnostic`s with a place where there is one.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from newsletter.compose.galley import Stylesheet
from newsletter.diagnostics import Diagnostic, Place, Refused, Severity
from newsletter.layouts import Layout
from newsletter.typesetting.seam import SeamError
from newsletter.typesetting.seam.guard import VERSION


class Remark(NamedTuple):
    """What WeasyPrint says, and whether something is missing because of it."""

    message: str
    is_error: bool


@contextmanager
def failures_told(file: str = "") -> Iterator[None]:
    """Turn what the renderer raises into N511: hostile CSS can exhaust its recursion."""
    try:
        yield
    except Refused:
        raise
    except SeamError as error:
        values = {"problem": str(error), "version": VERSION}
        raise Refused([Diagnostic("N003", None, values)]) from error
    except Exception as error:
        values = {"problem": f"{type(error).__name__}: {error}"}
        raise Refused([Diagnostic("N511", Place(file) if file else None, values)]) from error


class _Ear(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.remarks: list[Remark] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.remarks.append(Remark(record.getMessage(), record.levelno >= logging.ERROR))


@contextmanager
def listening() -> Iterator[list[Remark]]:
    """Collect WeasyPrint's warnings instead of printing them."""
    logger = logging.getLogger("weasyprint")
    ear, before, propagate = _Ear(), logger.handlers[:], logger.propagate
    logger.handlers, logger.propagate = [ear], False
    try:
        yield ear.remarks
    finally:
        logger.handlers, logger.propagate = before, propagate


CSS_MESSAGE = re.compile(
    r"(?P<what>.*?) at (?P<line>\d+):(?P<column>\d+)[,.]?\s*(?P<why>.*)", re.DOTALL
)


def css_problem(sheet: Stylesheet, remark: Remark) -> Diagnostic:
    """Return what WeasyPrint said of a stylesheet, with its line and column where it told."""
    match = CSS_MESSAGE.match(remark.message)
    if match is None or remark.is_error:
        return _weighed(Diagnostic("N505", Place(sheet.shown), {"problem": remark.message}), remark)
    place = Place(sheet.shown, int(match["line"]), int(match["column"]))
    why = match["why"].rstrip(". ")
    problem = f"{match['what']} ({why})" if why else match["what"]
    return Diagnostic("N505", place, {"problem": problem})


NO_ANCHOR = re.compile(r"No anchor #(?P<anchor>.+) for internal URI reference")


def missing_anchor(remark: Remark) -> str | None:
    """Return the anchor that a link leads to in vain; None if the remark is of something else."""
    match = NO_ANCHOR.fullmatch(remark.message)
    return match["anchor"] if match else None


NO_GLYPH = re.compile(r'\.notdef glyph rendered .*: "(?P<character>.+)" \((?P<codepoint>U\+\w+)\)')


def renderer_problem(remark: Remark, layout: Layout) -> Diagnostic:
    """Return what WeasyPrint said; a missing glyph here is one of the layout's own words."""
    match = NO_GLYPH.match(remark.message)
    if match:
        return Diagnostic("N601", layout.spec.place("fonts"), match.groupdict())
    return _weighed(Diagnostic("N507", None, {"problem": remark.message}), remark)


def _weighed(problem: Diagnostic, remark: Remark) -> Diagnostic:
    return problem.at(Severity.ERROR) if remark.is_error else problem
