"""The line itself: build one issue, for whoever asks.

In: a publication's folder, an issue's id, the profiles wanted. Out: an `Edition`, with its
files written beside the old ones and renamed when all of them are good; or `Refused`.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, field

from newsletter.cache.findings import heard, said
from newsletter.cache.ledger import opened
from newsletter.cache.store import recalled
from newsletter.checking import check, compose
from newsletter.compose.galley import Galley
from newsletter.compose.resolution import refused_in_print
from newsletter.diagnostics import Diagnostic, Refused, Severity, Values, has_errors, in_order
from newsletter.forme import Forme
from newsletter.inputs import MADE_WITH, Inputs, digest, inputs_of, papers_of
from newsletter.issue.loader import Copy, load_copy
from newsletter.issue.models import Profile
from newsletter.preflight.completeness import missing_words
from newsletter.preflight.conditions import Conditions
from newsletter.preflight.finished import inspect_file
from newsletter.preflight.rule import Profile as Preflight
from newsletter.press.finish import finish
from newsletter.printroom import judge_order, print_order
from newsletter.render import Glance, Pages, try_out
from newsletter.subedit import read_issue
from newsletter.writing import write_together

if TYPE_CHECKING:
    from newsletter.press.printing import PrintOrder

EDITION_FILE = "edition.json"
EXAMINED: Mapping[Profile, Preflight] = {
    "screen": "screen",
    "print": "press-coated",
    "archive": "archive",
}
"""As what the files are examined before they are written."""
TRIES = 2
"""How often pages are laid out again to fill whole sheets."""
Progress = Callable[[str], None]
Judge = Callable[[Sequence[Diagnostic]], None]


class Edition(Struct, frozen=True):
    """The finished files of one build: their digests (SHA-256), those of all inputs, findings.

    `laid_out` are the pages they were written from.
    """

    issue: str
    files: Mapping[Profile, Path]
    digests: Mapping[str, str]
    inputs: Mapping[str, str]
    pages: int
    findings: tuple[Diagnostic, ...] = ()
    laid_out: Pages | None = None


def build(
    root: Path,
    issue_id: str,
    profiles: Sequence[Profile] | None = None,
    folder: Path | None = None,
    progress: Progress = lambda _stage: None,
    *,
    layout: str | None = None,
) -> Edition:
    """Build an issue into `folder` (build/<id> by default); raises `Refused`, losing nothing.

    `progress` is told each stage as it begins: load, compose, render, finish, inspect.
    With `layout` the issue is set in that layout, into files that bear its name.
    """
    progress("load")
    try:
        copy = load_copy(root, issue_id)
    except Refused as refusal:  # all else that can be said is said in the same run
        raise Refused(check(root, issue_id, layout)) from refusal
    wanted = profiles or copy.publication.profiles
    with opened(str(root), issue_id):
        return build_copy(copy, wanted, folder, progress, layout=layout)


def build_copy(
    copy: Copy,
    profiles: Sequence[Profile],
    folder: Path | None = None,
    progress: Progress = lambda _stage: None,
    *,
    layout: str | None = None,
    judge: Judge | None = None,
) -> Edition:
    """Build from copy that has been loaded; see `build`.

    `judge` is shown the findings before anything is written, and may raise `Refused`; without
    one any error does.
    """
    progress("compose")
    try:
        galley = compose(copy, layout)
        order = _order(galley, profiles)
    except Refused as refusal:
        raise Refused([*read_issue(copy.issue), *refusal.diagnostics]) from refusal
    progress("render")
    pages = lay_out(galley)
    pages.set_for_good()
    galley = pages.galley
    progress("finish")
    findings = [*read_issue(copy.issue), *galley.warnings, *pages.findings]
    inputs = inputs_of(galley)
    written = _written(pages, profiles)
    pages = pages.put_away()
    findings += [warning for _raw, warnings in written.values() for warning in warnings]
    data = _all_finished(written, galley, inputs, order)
    folder = folder or copy.root / "build" / copy.issue.id
    stem = _stem(copy.issue.id, layout)
    files = {profile: folder / f"{stem}-{profile}.pdf" for profile in data}
    progress("inspect")
    for profile, content in data.items():
        findings += inspect(pages, files[profile].name, profile, content)
    if any(found.code == "N920" and found.severity is Severity.ERROR for found in findings):
        findings = [refused_in_print(found) for found in findings]
    (judge or _stop_at_errors)(findings)
    edition = Edition(
        issue=copy.issue.id,
        files=files,
        digests={files[profile].name: digest(content) for profile, content in data.items()},
        inputs=inputs.digests() | (order.inputs() if order is not None else {}),
        pages=pages.count,
        findings=tuple(in_order(findings)),
        laid_out=pages,
    )
    contents = {files[profile]: content for profile, content in data.items()}
    contents[record_path(folder, copy.issue.id, layout)] = record(edition)
    write_together(contents)
    return edition


def _written(
    pages: Pages, profiles: Sequence[Profile]
) -> dict[Profile, tuple[bytes, list[Diagnostic]]]:
    """Return the pages as a PDF for each profile, with warnings: plain for print, else tagged.

    Profiles whose files are alike so far share one that is written once.
    """
    tagged = {profile: profile != "print" for profile in profiles}
    kinds = list(dict.fromkeys(tagged.values()))
    made = {kind: pages.write(tagged=kind, is_last=kind is kinds[-1]) for kind in kinds}
    return {profile: made[kind] for profile, kind in tagged.items()}


def _all_finished(
    written: dict[Profile, tuple[bytes, list[Diagnostic]]],
    galley: Galley,
    inputs: Inputs,
    order: PrintOrder | None,
) -> dict[Profile, bytes]:
    """Return the finished files of what was written, each of which is let go."""
    return {
        profile: _finished(profile, written.pop(profile)[0], galley, inputs, order)
        for profile in list(written)
    }


def _finished(
    profile: Profile, raw: bytes, galley: Galley, inputs: Inputs, order: PrintOrder | None
) -> bytes:
    """Return a written PDF as its profile wants it; raises `Refused` where the press cannot."""
    if order is not None and profile == "print":
        return _printed(raw, order)
    papers = papers_of(galley, inputs) if profile == "archive" else None
    return finish(raw, galley.layout.spec.page, papers)


def _stop_at_errors(findings: Sequence[Diagnostic]) -> None:
    if has_errors(findings):
        raise Refused(findings)


def lay_out(
    galley: Galley,
    forme: Forme | None = None,
    glance: Glance | None = None,
) -> Pages:
    """Lay a galley out, with the fewest fillers that make the count of pages the layout's multiple.

    What makes room for fillers can itself take a page away or add one, as an imprint does that then
    stands alone; the first try shows how many pages there are besides them, for a second.
    Where the layout has no place for them, preflight says that pages are lacking.
    Only the pages that fillers change are laid out again, see `try_out`. `glance` is shown pages
    as soon as they are laid out, if as many as are wanted.
    A galley that has fillers, as many as the last one needed, is laid out first: most edits need
    as many, so that its pages can be shown while those without fillers are laid out.
    """
    multiple = galley.layout.spec.page.multiple
    if forme is None and multiple > 1:
        forme = Forme()

    def glanced(laid_out: Pages) -> None:
        if glance is not None and not laid_out.count % multiple:
            glance(laid_out)

    tries = _Tries(galley, forme, glanced)
    if galley.fillers:
        with contextlib.suppress(Refused):  # without them it will be refused, too, if it has to be
            tries.count(galley.fillers)
    fillers, pages = 0, tries.count(0)
    for _ in range(TRIES):
        if pages % multiple == 0:
            break
        fillers = (fillers - pages) % multiple or multiple
        pages = tries.count(fillers)
    if forme is not None:
        forme.fillers = fillers
    return tries.made[fillers].judged().settled()


class _Tries(Struct):
    """The layouts of a galley, `made` by number of fillers.

    Of a forme that does not last only the last: what stands of the others the forme has itself.
    """

    galley: Galley
    forme: Forme | None
    glance: Glance
    made: dict[int, Pages] = field(default_factory=dict)

    def count(self, fillers: int) -> int:
        """Return how many pages there are with so many fillers."""
        forme, galley = self.forme, self.galley
        if fillers not in self.made or (forme is not None and not forme.has_pages(fillers)):
            if fillers != galley.fillers:
                galley = galley.refilled(fillers)
            if forme is None or not forme.is_lasting:
                self.made.clear()
            self.made[fillers] = try_out(galley, forme, self.glance)
        return self.made[fillers].count


def _order(galley: Galley, profiles: Sequence[Profile]) -> PrintOrder | None:
    """Return the order to the press; without a print file it is judged, and nothing imported."""
    if "print" in profiles:
        return print_order(galley)
    judge_order(galley)
    return None


def _printed(raw: bytes, order: PrintOrder) -> bytes:
    from newsletter.press.printing import print_file
    from newsletter.press.problem import UnconvertedError

    try:
        return recalled("print file", (raw, order.identity()), lambda: print_file(raw, order))
    except UnconvertedError as error:
        values: Values = {"feature": error.feature, "page": error.page}
        raise Refused([Diagnostic("N723", None, values)]) from error


def inspect(pages: Pages, name: str, profile: Profile, content: bytes) -> Iterable[Diagnostic]:
    """Yield what is missing from a finished file, and what preflight has against it."""
    galley = pages.galley
    kind, conditions = EXAMINED[profile], _conditions(galley)

    def inspected() -> bytes:
        inspection = inspect_file(name, content, kind, conditions)
        return json.dumps([*inspection.texts, said(inspection.report.findings)]).encode()

    parts = (name, content, kind, repr(conditions))
    *texts, findings = json.loads(recalled("inspection", parts, inspected))
    missing = missing_words(texts, galley.expected, galley.scopes, pages.anchors)
    if missing:
        from newsletter.preflight.omissions import omissions

        yield from omissions(missing, galley.expected, galley.html, galley.layout, texts)
    reasons = dict[str, str](galley.layout.spec.accepted.items())
    for found in heard(findings):
        yield found.accepted(reasons[found.code]) if found.code in reasons else found


def _conditions(galley: Galley) -> Conditions:
    """Return what the files of an issue are held to: its layout's page, its press's ink."""
    page = galley.layout.spec.page
    return Conditions(
        trim_width_mm=page.width_mm,
        trim_height_mm=page.height_mm,
        bleed_mm=page.bleed_mm,
        ink_limit=galley.copy.publication.press.ink_limit,
        pages_multiple=page.multiple,
    )


# The record -------------------------------------------------------------------------------


def record_path(folder: Path, issue: str, layout: str | None) -> Path:
    """Return where the record of an edition lies."""
    return folder / (EDITION_FILE if layout is None else f"{_stem(issue, layout)}-{EDITION_FILE}")


def _stem(issue: str, layout: str | None) -> str:
    """Return what the names of an edition's files begin with."""
    return f"{issue}-{layout}" if layout else issue


def record(edition: Edition) -> bytes:
    """Return what edition.json says; no time, no folder, so that it is the same everywhere."""
    facts = {
        "issue": edition.issue,
        "made_with": MADE_WITH,
        "pages": edition.pages,
        "files": dict(edition.digests),
        "inputs": dict(edition.inputs),
    }
    return (json.dumps(facts, ensure_ascii=False, indent=2) + "\n").encode("utf-8")
