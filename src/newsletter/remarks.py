"""Remarks: what WeasyPrint says while it works, and what it raises, as diagnostics.

In: its log and its exceptions. Out: `Remark`s and `Diagnostic`s with a place where there is one.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

from newsletter.compose.galley import BASE_URL, LAYOUT_URL, PICTURE_URL, Stylesheet
from newsletter.diagnostics import Diagnostic, Place, Refused, Severity, Term, listed
from newsletter.layouts import Layout
from newsletter.layouts.mentions import given, mention, template_place
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
        place = Place(file) if file else None
        # What a KeyError names is an object of the renderer's, if not a name.
        is_nameless = isinstance(error, KeyError) and not isinstance(error.args[0], str)
        problem = type(error).__name__ + ("" if is_nameless else f": {error}")
        values, hint = {"problem": problem}, "default"
        at_work = _at_work(error)
        if at_work is not None:
            values |= {"element": at_work[0], "kind": at_work[1]}
            hint = "box"
        raise Refused([Diagnostic("N511", place, values, hint=hint)]) from error


SPECIAL = frozenset({"grid", "flex", "table", "column"})
"""Modules of the renderer that lay out what stylesheets ask for by `display` and `columns`."""


def _at_work(error: BaseException) -> tuple[str, str] | None:
    """Return the element that was laid out when an error was raised, and as what.

    It is the box of the innermost call of a special kind that the traceback shows.
    """
    found: tuple[str, str] | None = None
    trace = error.__traceback__
    while trace is not None:
        kind = Path(trace.tb_frame.f_code.co_filename).stem
        box = trace.tb_frame.f_locals.get("box")
        tag = getattr(box, "element_tag", None)
        if kind in SPECIAL and tag:
            said = getattr(getattr(box, "element", None), "attrib", {}).get("class", "")
            found = (f'<{tag} class="{said}">' if said else f"<{tag}>"), kind
        trace = trace.tb_next
    return found


class _Ear(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.remarks: list[Remark] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.remarks.append(Remark(record.getMessage(), record.levelno >= logging.ERROR))


@contextmanager
def listening() -> Iterator[list[Remark]]:
    """Collect WeasyPrint's warnings instead of printing them, however quiet it was made."""
    logger = logging.getLogger("weasyprint")
    ear, before, propagate = _Ear(), logger.handlers[:], logger.propagate
    level = logger.level
    logger.handlers, logger.propagate = [ear], False
    logger.setLevel(ear.level)
    try:
        yield ear.remarks
    finally:
        logger.handlers, logger.propagate = before, propagate
        logger.setLevel(level)


CSS_MESSAGE = re.compile(
    r"(?P<what>.*?) at (?P<line>\d+):(?P<column>\d+)[,.]?\s*(?P<why>.*)", re.DOTALL
)


IGNORED = re.compile(r"Ignored `(.*)`", re.DOTALL)
REASONS = {"unknown property": "property", "invalid value": "value"}
"""What WeasyPrint has most often against a declaration, and the hints that say so."""
SELECTOR = re.compile(r"Invalid or unsupported selector, '(?P<selector>.*?) *'", re.DOTALL)


def css_problem(sheet: Stylesheet, remark: Remark) -> Diagnostic:
    """Return what WeasyPrint said of a stylesheet, with its line and column where it told."""
    selector = SELECTOR.match(remark.message)
    if selector is not None:
        place = _found(sheet, selector["selector"])
        values = {"problem": Term("unknown selector"), "selector": selector["selector"]}
        return Diagnostic("N505", place, values)
    match = CSS_MESSAGE.match(remark.message)
    if match is None or remark.is_error:
        return _weighed(Diagnostic("N505", Place(sheet.shown), {"problem": remark.message}), remark)
    place = Place(sheet.shown, int(match["line"]), int(match["column"]))
    why = match["why"].rstrip(". ")
    if why in REASONS:
        values = {"problem": IGNORED.sub(r"\1", match["what"])}
        return Diagnostic("N505", place, values, hint=REASONS[why])
    problem = f"{match['what']} ({why})" if why else match["what"]
    return Diagnostic("N505", place, {"problem": problem})


def _found(sheet: Stylesheet, text: str) -> Place:
    """Return where a text stands first in a stylesheet; its beginning if it is nowhere."""
    return Place.within(sheet.shown, sheet.text, max(sheet.text.find(text), 0))


NEAR = 1
"""Lines by which the renderer and `layouts.stylesheets` may place the same mistake apart."""


def told_before(problem: Diagnostic, known: Iterable[Diagnostic]) -> bool:
    """Tell whether what WeasyPrint said of CSS was found when the stylesheets were read."""
    if problem.code == "N507":
        is_empty = NO_VALUE.fullmatch(str(problem.values["problem"])) is not None
        return is_empty and any(one.code == "N520" for one in known)
    place = problem.place
    return problem.code == "N505" and any(
        one.code == "N517"
        and isinstance(one.place, Place)
        and isinstance(place, Place)
        and one.place.file == place.file
        and abs(one.place.line - place.line) <= NEAR
        for one in known
    )


NO_VALUE = re.compile(r"Ignored `.*` at \d+:\d+, no value\.?", re.DOTALL)
NO_ANCHOR = re.compile(r"No anchor #(?P<anchor>.+) for internal URI reference")


def missing_anchor(remark: Remark) -> str | None:
    """Return the anchor that a link leads to in vain; None if the remark is of something else."""
    match = NO_ANCHOR.fullmatch(remark.message)
    return match["anchor"] if match else None


NO_TARGET = re.compile(r"undefined anchor .*'internal', '(?P<anchor>[^']+)'")
NO_GLYPH = re.compile(r'\.notdef glyph rendered .*: "(?P<character>.+)" \((?P<codepoint>U\+\w+)\)')


NO_PICTURE = re.compile(r"Failed to load image at '(?P<url>[^']+)': (?P<why>.*)", re.DOTALL)
BY_VARIABLE = re.compile(
    r"Ignored `(?P<what>(?P<name>[\w-]+): .*)` at (?P<line>\d+):(?P<column>\d+), (?P<why>.*?)\.?",
    re.DOTALL,
)
OURS = re.compile(rf"{re.escape(BASE_URL)}[^\s'\"()<>]*")


def renderer_problem(remark: Remark, layout: Layout) -> Diagnostic:
    """Return what WeasyPrint said; a missing glyph here is one of the layout's own words."""
    match = NO_GLYPH.match(remark.message)
    if match:
        return Diagnostic("N601", layout.spec.place("fonts"), match.groupdict())
    target = NO_TARGET.search(remark.message) or NO_ANCHOR.fullmatch(remark.message)
    if target:
        return _weighed(_no_target(target["anchor"], layout), remark)
    return _weighed(_placed(remark.message, layout), remark)


def _placed(message: str, layout: Layout) -> Diagnostic:
    """Return what WeasyPrint said, in names of files, at the line of the layout that it is of."""
    said = OURS.sub(lambda url: _named(url[0], layout), message)
    picture = NO_PICTURE.fullmatch(message)
    if picture is not None:
        values = {"problem": said, "file": _named(picture["url"], layout)}
        return Diagnostic("N507", mention(layout, _path(picture["url"])), values, hint="picture")
    value = BY_VARIABLE.fullmatch(message)
    if value is not None and NO_VALUE.fullmatch(message) is None:
        found = given(layout, value["name"], int(value["line"]), int(value["column"]))
        if found is not None:
            values = {"problem": value["what"], "names": listed(found.names)}
            hint = "variable" if len(found.names) == 1 else "variables"
            return Diagnostic("N505", found.place, values, hint=hint)
    return Diagnostic("N507", None, {"problem": said})


def not_served(urls: Iterable[str], layout: Layout) -> list[Diagnostic]:
    """Return N506 for each address that was asked for in vain, where the layout names it."""
    return [
        Diagnostic("N506", mention(layout, _path(url)), {"url": _named(url, layout)})
        for url in dict.fromkeys(urls)
    ]


def is_of_unserved(remark: Remark, urls: Iterable[str]) -> bool:
    """Tell whether a remark says no more than `not_served` does."""
    return any(url in remark.message for url in urls)


def _named(url: str, layout: Layout) -> str:
    """Return the name of the file that one of our addresses means; others are left as they are."""
    path = _path(url)
    served = layout.served().get(path) if url.startswith(LAYOUT_URL) else None
    return layout.shown(served) if served is not None else path


def _path(url: str) -> str:
    """Return the path in the folder that an address means."""
    for base in (LAYOUT_URL, PICTURE_URL, BASE_URL):
        if url.startswith(base):
            return unquote(url.removeprefix(base))
    return url


def _no_target(anchor: str, layout: Layout) -> Diagnostic:
    kind = anchor.partition("-")[0]
    hint = kind if kind in ("article", "section") else "default"
    return Diagnostic("N521", template_place(layout), {"anchor": anchor}, hint=hint)


def _weighed(problem: Diagnostic, remark: Remark) -> Diagnostic:
    return problem.at(Severity.ERROR) if remark.is_error else problem
