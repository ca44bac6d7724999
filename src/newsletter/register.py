"""The register of builds and checks: notes what each followed from, so that none is made twice.

In: a request and the edition or the findings that answered it. Out: a manifest in the cache;
`cache.unchanged` reads it before the next request of that kind. Where it is not certain that the
answer follows from the files as they are now, nothing is noted.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from newsletter.cache.findings import said
from newsletter.cache.libraries import loaded_libraries
from newsletter.cache.manifest import Kept, Manifest
from newsletter.cache.request import Request
from newsletter.cache.state import digest_of, file_state, state_of, tree_state
from newsletter.cache.writing import save
from newsletter.diagnostics import Diagnostic, Language
from newsletter.inputs import digest as sha256
from newsletter.inputs import inputs_of
from newsletter.issue.loader import folders_of_files
from newsletter.reporting import Style, as_data, as_text, summary
from newsletter.resources import folders, packaged

if TYPE_CHECKING:
    from newsletter.compose.galley import Galley
    from newsletter.edition import Edition

KINDS = ("layouts", "fonts", "profiles")
WHOLE = ("fonts", "profiles")
"""Folders of which every file counts; of layouts only those that the edition is set in."""
LARGE = 1024 * 1024
"""Bytes from which on a file that was not used is not read for its digest."""
TICK_NS = 20_000_000
"""How far the times of files may lag behind the clock: two ticks of a kernel with 100 a second."""
COARSE_NS = 2_000_000_000
"""The same where times are whole seconds: FAT counts in twos."""
SECOND_NS = 1_000_000_000
LANGUAGES: tuple[Language, ...] = ("en", "zh")


def note(request: Request, edition: Edition, style: Style) -> None:
    """Note that `request` is answered by `edition`; `style` colours what a terminal is told.

    Nothing is noted where an input was touched since the request, where a file is not the one
    that was made, and where the system does not say which libraries are loaded.
    """
    if edition.laid_out is None:
        return
    with contextlib.suppress(OSError):
        inputs = list(_inputs(edition, Path(request.root)))
        outputs = list(_outputs(edition, request.layout))
        if all(kept.digest == digest_of(kept.path) for kept in outputs):
            beside = folders_of_files(edition.laid_out.galley.copy.issue)
            trees = _trees(request) | {str(path): tree_state(str(path)) for path in beside}
            _note(request, inputs, trees, edition.findings, style, outputs)


def note_check(
    request: Request, galley: Galley, findings: Sequence[Diagnostic], style: Style
) -> None:
    """Note that nothing but `findings` is wrong with an issue that was composed into `galley`.

    No digests are taken: a file that is written again without a change has the issue checked.
    """
    root = Path(request.root)
    with contextlib.suppress(OSError):
        paths = {*inputs_of(galley).files.values(), *_whole(root)}
        inputs = [Kept(str(path), file_state(str(path)), "", "") for path in sorted(paths)]
        folder = str(galley.copy.folder)
        trees = _trees(request) | {folder: tree_state(folder)}
        _note(request, inputs, trees, findings, style)


def _note(
    request: Request,
    inputs: Sequence[Kept],
    trees: Mapping[str, str],
    findings: Sequence[Diagnostic],
    style: Style,
    outputs: Sequence[Kept] = (),
) -> None:
    """Write the manifest of an answer; nothing where an input was touched since the request."""
    path, libraries = request.manifest(), loaded_libraries()
    if path is None or libraries is None:
        return
    touched = any(_is_touched(Path(kept.path), request) for kept in inputs)
    if touched or any(_has_changed(Path(tree), request) for tree in trees):
        return
    facts = {
        "key": request.key(),
        "place": request.place(),
        "environment": request.environment,
        "tool": request.tool,
        "files": str(max(len(outputs) - 1, 0)),
        "findings": said(findings),
    }
    manifest = Manifest(
        facts,
        inputs,
        outputs,
        libraries={library: file_state(library) for library in libraries},
        trees=trees,
        reports=dict(_reports(findings, Path(request.root), style)),
    )
    save(path, manifest)


# What an edition was made from ----------------------------------------------------------------


def _inputs(edition: Edition, root: Path) -> Iterator[Kept]:
    """Yield every file that had a say in the edition, with its digest where that is known."""
    assert edition.laid_out is not None  # noqa: S101 - `note` has looked
    used = inputs_of(edition.laid_out.galley).files
    digests = {path: edition.inputs.get(name, "") for name, path in used.items()}
    for path in sorted({*digests, *_whole(root)}):
        state = path.stat()
        known = digests.get(path, "")
        digest = known or (digest_of(str(path)) if state.st_size < LARGE else "")
        yield Kept(str(path), state_of(state), digest, os.path.realpath(path))


def _whole(root: Path) -> Iterator[Path]:
    """Yield every file of the folders of which every file counts."""
    for kind in WHOLE:
        for folder in folders(kind, root):
            for within, _folders, names in os.walk(folder):
                yield from (path for name in names if (path := Path(within, name)).is_file())


def _trees(request: Request) -> dict[str, str]:
    """Return the names in all folders in which something is looked for, also of those lacking."""
    places = [place / kind for place in (Path(request.root), packaged()) for kind in KINDS]
    return {str(place): tree_state(str(place)) for place in places}


def _outputs(edition: Edition, layout: str | None) -> Iterator[Kept]:
    """Yield the files of an edition, its record last, with the digests that they must have."""
    from newsletter.edition import record, record_path

    digests = {path: edition.digests[path.name] for path in edition.files.values()}
    folder = next(iter(digests)).parent
    digests[record_path(folder, edition.issue, layout)] = sha256(record(edition))
    for path, digest in digests.items():
        yield Kept(str(path.absolute()), file_state(str(path)), digest, os.path.realpath(path))


# Whether they stood still ---------------------------------------------------------------------


def _is_touched(path: Path, request: Request) -> bool:
    """Tell whether a file may have changed since the request was made."""
    state = path.stat()
    return any(_is_late(time, request.begun) for time in (state.st_mtime_ns, state.st_ctime_ns))


def _has_changed(folder: Path, request: Request) -> bool:
    """Tell whether a name in a folder may have come or gone since the request was made."""
    if not folder.is_dir():
        return False
    within = (Path(path) for path, _folders, _names in os.walk(folder))
    return any(_is_late(path.stat().st_mtime_ns, request.begun) for path in within)


def _is_late(time_ns: int, begun_ns: int) -> bool:
    lag = TICK_NS if time_ns % SECOND_NS else COARSE_NS
    return time_ns >= begun_ns - lag


# What it reported -----------------------------------------------------------------------------


def _reports(findings: Sequence[Diagnostic], root: Path, style: Style) -> Iterator[tuple[str, str]]:
    for language in LANGUAGES:
        yield f"{language} text", as_text(findings, root, language)
        yield f"{language} styled", as_text(findings, root, language, style)
        yield f"{language} summary", summary(findings, language)
        yield f"{language} json", json.dumps([as_data(d, language) for d in findings])
