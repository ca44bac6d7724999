"""Whether a build would make again what is there, or a check say the same, and what it would say.

In: a request. Out: its manifest, when every input, every output, the tool and the environment
are as they were; else None. Nothing is read but the manifest, and files whose state is another.
"""

from __future__ import annotations

import os
import sys

from newsletter.cache.manifest import Kept, Manifest, load
from newsletter.cache.state import MISSING, digest_of, file_state, tree_state

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import TextIO

    from newsletter.cache.request import Line, Request


def unchanged(request: Request) -> Manifest | None:
    """Return the manifest of a build or check that would be repeated; None if it has to be made.

    A file that was written again with the same content counts as unchanged; its new state is
    noted, so that it is not read next time.
    """
    path = request.manifest()
    manifest = load(path) if path else None
    if path is None or manifest is None or not _is_asked_the_same(request, manifest):
        return None
    before = [kept.state for kept in (*manifest.outputs, *manifest.inputs)]
    if not (_are_as_they_were(manifest.outputs) and _are_as_they_were(manifest.inputs)):
        return None
    if any(file_state(library) != state for library, state in manifest.libraries.items()):
        return None
    if any(tree_state(folder) != names for folder, names in manifest.trees.items()):
        return None
    if before != [kept.state for kept in (*manifest.outputs, *manifest.inputs)]:
        from newsletter.cache.writing import save

        save(path, manifest)
    return manifest


def answer(line: Line) -> bool:
    """Print what a build would print, if it would make what is there; tell whether it was so.

    Of a check the same; with `--strict` it ends the process with status 1 if there are findings.
    """
    manifest = unchanged(line.request)
    if manifest is None:
        return False
    if line.request.command == "check":
        _say_check(line, manifest)
        return True
    files = [_shown(os.path.basename(kept.path), line.request) for kept in manifest.outputs]
    files = files[: int(manifest.facts["files"])]
    if line.form == "json":
        _say(sys.stdout, _diagnostics(line, manifest, files=files))
        return True
    styled = bool(sys.stderr and sys.stderr.isatty()) and not os.environ.get("NO_COLOR")
    report = manifest.reports[f"{line.language} {'styled' if styled else 'text'}"]
    _say(sys.stdout, "".join(f"{file}\n" for file in files))
    if report:
        _say(sys.stderr, f"{report}\n")
    return True


def _say_check(line: Line, manifest: Manifest) -> None:
    """Print what a check would print; it goes to standard output, where a pipe gets no colours."""
    is_found = bool(manifest.reports[f"{line.language} text"])
    if line.form == "json":
        text = _diagnostics(line, manifest)
    else:
        styled = all(stream and stream.isatty() for stream in (sys.stdout, sys.stderr))
        form = "styled" if styled and not os.environ.get("NO_COLOR") else "text"
        report = manifest.reports[f"{line.language} {form}"]
        summary = manifest.reports[f"{line.language} summary"]
        text = f"{report}\n{summary}\n" if is_found else f"{summary}\n"
    _say(sys.stdout, text)
    if line.strict and is_found:
        sys.exit(1)


def _diagnostics(line: Line, manifest: Manifest, **more: object) -> str:
    import json

    found = json.loads(manifest.reports[f"{line.language} json"])
    return f"{json.dumps({**more, 'diagnostics': found}, ensure_ascii=False, indent=2)}\n"


def _is_asked_the_same(request: Request, manifest: Manifest) -> bool:
    """Tell whether a manifest is that of a request, made by this tool in this environment."""
    facts = manifest.facts
    return (
        facts.get("key") == request.key()
        and facts.get("place") == request.place()
        and facts.get("environment") == request.environment
        and facts.get("tool") == request.tool
    )


def _are_as_they_were(files: Iterable[Kept]) -> bool:
    return all(_is_as_it_was(kept) for kept in files)


def _is_as_it_was(kept: Kept) -> bool:
    """Tell whether a file is what it was, and note its state if only that is another."""
    state = file_state(kept.path)
    if state == kept.state:
        return True
    if MISSING in (state, kept.state) or not kept.digest:
        return False
    if os.path.realpath(kept.path) != kept.real or digest_of(kept.path) != kept.digest:
        return False
    kept.state = state
    return True


def _shown(name: str, request: Request) -> str:
    """Return the path of a file that was made, as `build` prints it."""
    parts = request.output or os.path.join(request.root, "build", request.issue)
    path = os.path.join(_tidy(parts), name)
    here = os.path.join(os.path.realpath(os.getcwd()), "")
    real = os.path.realpath(path)
    return real[len(here) :].replace(os.sep, "/") if real.startswith(here) else path


def _tidy(path: str) -> str:
    """Return a path as pathlib writes it: without empty and single-dot steps."""
    steps = [step for step in path.split(os.sep) if step not in ("", ".")]
    return (os.sep if path.startswith(os.sep) else "") + os.sep.join(steps)


def _say(stream: TextIO, text: str) -> None:
    stream.write(text)
    stream.flush()
