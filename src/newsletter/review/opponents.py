"""What an issue is compared with: its baseline, a PDF, a revision of git, or an archived version.

In: the word after `--against`. Out: a `Side`; `Refused` when there is no such thing, with what was
looked for. A revision is taken out of git into a folder of its own and laid out there; the working
tree is not touched.
"""

from __future__ import annotations

import io
import re
import subprocess
import tarfile
import tempfile
from pathlib import Path

from newsletter.diagnostics import Diagnostic, Refused, Term, Values
from newsletter.review.baseline import load_baseline
from newsletter.review.proof import make_proof
from newsletter.review.sides import Side, side_of_pdf, side_of_proof
from newsletter.workroom import workroom

VERSION = re.compile(r"v\d+$")
PATIENCE_S = 120


def opponent(root: Path, issue_id: str, against: str | None, layout: str | None = None) -> Side:
    """Return what an issue is compared with; the baseline where nothing is named."""
    if against is None:
        return load_baseline(root, issue_id)[0]
    path = Path(against)
    if path.suffix.lower() == ".pdf" or path.is_file():
        return _pdf(path)
    if VERSION.match(against):
        return _archived(root, issue_id, against)
    return _revision(root, issue_id, against, layout)


def _pdf(path: Path) -> Side:
    try:
        data = path.read_bytes()
    except OSError as error:
        where = Term("this folder") if path.parent == Path() else str(path.parent)
        values: Values = {"name": str(path), "where": where}
        if isinstance(error, FileNotFoundError):
            raise Refused([Diagnostic("N769", None, values, hint="pdf")]) from error
        values = {**values, "reason": Term(error.strerror or str(error))}
        raise Refused([Diagnostic("N769", None, values, hint="unreadable")]) from error
    return side_of_pdf(data, path.name)


def _archived(root: Path, issue_id: str, version: str) -> Side:
    """Return the screen file of a version that `newsletter archive` keeps."""
    folder = root / "archive" / issue_id / version
    found = sorted(folder.rglob("*screen.pdf"))
    if not found:
        raise _unknown(version, f"archive/{issue_id}/{version}/", "archive")
    return side_of_pdf(found[0].read_bytes(), f"{issue_id} {version}")


def _revision(root: Path, issue_id: str, revision: str, layout: str | None) -> Side:
    name = _git(
        root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}"
    )
    if name is None:
        raise _unknown(revision, "git", "revision")
    packed = _git(root, "archive", "--format=tar", name.decode("ascii").strip())
    if packed is None:
        raise _unknown(revision, "git archive", "revision")
    with tempfile.TemporaryDirectory(prefix="newsletter-revision-", dir=workroom()) as folder:
        with tarfile.open(fileobj=io.BytesIO(packed)) as files:
            files.extractall(folder, filter="data")
        proof = make_proof(Path(folder), issue_id, layout)
    return side_of_proof(proof, revision)


def _git(root: Path, *arguments: str) -> bytes | None:
    """Return what git says in the publication's folder; None if it refuses or is not there.

    `git archive` run in a folder of a repository packs that folder alone.
    """
    try:
        asked = subprocess.run(  # noqa: S603 - no shell, options ended before what was typed
            ["git", "-C", str(root), *arguments],  # noqa: S607 - git of the path
            capture_output=True,
            check=False,
            timeout=PATIENCE_S,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return asked.stdout if asked.returncode == 0 else None


def _unknown(name: str, where: str, hint: str) -> Refused:
    return Refused([Diagnostic("N769", None, {"name": name, "where": where}, hint=hint)])
