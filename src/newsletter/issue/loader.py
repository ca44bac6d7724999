"""From a publication's folder to a validated issue.

In: the folder that holds newsletter.yaml, and an issue's id. Out: `Publication` and `Issue`
with every value's place, or `Refused` with every problem of every file: a broken article
does not hide the faults of the next.
"""

from __future__ import annotations

import difflib
import functools
import os
from collections.abc import Callable, Iterable
from pathlib import Path, PurePosixPath
from typing import TypeVar

from msgspec import Struct, field
from msgspec.structs import replace

from newsletter.diagnostics import Diagnostic, Place, Refused, Values, in_order, listed
from newsletter.issue.models import Issue, Part, Publication
from newsletter.issue.validation import MOST_PROBLEMS, validate
from newsletter.resources import lies_within
from newsletter.sources import Mapping, Node, Scalar, Sequence, Source, load

PUBLICATION_FILE = "newsletter.yaml"
ISSUE_FILE = "issue.yaml"
T = TypeVar("T")
LONGEST_ID = 80


class Copy(Struct, frozen=True):
    """All that the editors wrote for one issue: the publication, the issue, their folders."""

    publication: Publication
    issue: Issue
    root: Path
    folder: Path

    def shown(self, path: Path) -> str:
        """Return a path as messages give it: relative to the publication."""
        return shown(path, self.root)

    def sources(self) -> list[Source]:
        """Return the YAML files that were read, each once."""
        read = [*self.publication.sources(), *self.issue.sources()]
        return list({source.path: source for source in read}.values())


def shown(path: Path, root: Path) -> str:
    """Return `path` relative to the publication's folder, with forward slashes."""
    try:
        return path.relative_to(root).as_posix()
    except ValueError:
        return path.as_posix()


def find_publication(start: Path) -> Path:
    """Return the folder that holds newsletter.yaml: `start` or the nearest above it."""
    start = start.resolve()
    for folder in (start, *start.parents):
        if (folder / PUBLICATION_FILE).is_file():
            return folder
    values = {"folder": str(start)}
    for folder in (start, *start.parents):
        other = _with_another_ending(folder / PUBLICATION_FILE)
        if other:
            found = {"found": str(folder / other)}
            raise Refused([Diagnostic("N001", None, values | found, hint="rename")])
    raise Refused([Diagnostic("N001", None, values)])


def issue_ids(root: Path) -> list[str]:
    """Return the ids of all issues, sorted."""
    return sorted(path.parent.name for path in root.glob(f"issues/*/{ISSUE_FILE}"))


def overlooked(root: Path) -> list[Diagnostic]:
    """Return which issues are passed over because of the name issue.yml, or that there is none."""
    problems: list[Diagnostic] = []
    for name in sorted(path.parent.name for path in root.glob("issues/*/issue.yml")):
        _attempt(functools.partial(_issue_file, root, name), problems)
    if problems or issue_ids(root):
        return problems
    return [Diagnostic("N139", None, {"folder": "issues/"})]


def load_publication(root: Path) -> Publication:
    """Read newsletter.yaml; raises `Refused`."""
    _refuse_outside(root / PUBLICATION_FILE, root, Place(PUBLICATION_FILE))
    return _load_publication(root, root / PUBLICATION_FILE)


def _load_publication(root: Path, path: Path) -> Publication:
    flaws: list[Diagnostic] = []
    publication = _attempt(
        lambda: validate(Publication, load(path, shown(path, root), flaws)), flaws
    )
    if flaws or publication is None:
        raise Refused(flaws)
    return publication


def publication_tree(root: Path, problems: list[Diagnostic]) -> Mapping:
    """Read newsletter.yaml without judging its fields; what can be read past goes to `problems`.

    Raises `Refused` where nothing can be read.
    """
    path = root / PUBLICATION_FILE
    _refuse_outside(path, root, Place(PUBLICATION_FILE))
    return load(path, shown(path, root), problems)


def load_copy(root: Path, issue_id: str) -> Copy:
    """Read the publication and one issue with all its files; raises `Refused`."""
    folder = root / "issues" / issue_id
    return _copy(root, folder, lambda: load_publication(root), lambda: load_issue(root, issue_id))


def _attempt(work: Callable[[], T], problems: list[Diagnostic]) -> T | None:
    try:
        return work()
    except Refused as refusal:
        problems.extend(refusal.diagnostics)
        return None


def load_copy_at(root: Path, issue_file: Path, publication_file: Path) -> Copy:
    """Read an issue that lies elsewhere than in issues/, such as the specimen of a layout.

    The issue is named after its file; `root` is what messages, layouts and fonts start from.
    """
    return _copy(
        root,
        issue_file.parent,
        lambda: _load_publication(root, publication_file),
        lambda: _load_issue(root, issue_file, issue_file.stem),
    )


def _copy(
    root: Path, folder: Path, publication: Callable[[], Publication], issue: Callable[[], Issue]
) -> Copy:
    """Read both and tell the problems of both; raises `Refused`."""
    problems: list[Diagnostic] = []
    first, second = _attempt(publication, problems), _attempt(issue, problems)
    if problems or first is None or second is None:
        raise Refused(problems)
    return Copy(first, second, root, folder)


def load_issue(root: Path, issue_id: str) -> Issue:
    """Read issues/<id>/issue.yaml and the files it names; raises `Refused`."""
    return _load_issue(root, _issue_file(root, issue_id), issue_id)


def issue_tree(root: Path, issue_id: str, problems: list[Diagnostic]) -> Mapping:
    """Read issue.yaml and the files it names without judging their fields.

    Files that cannot be read are left out, and told in `problems`; raises `Refused` where that is
    issue.yaml.
    """
    path = _issue_file(root, issue_id)
    files = _Files(root, path.parent, problems)
    return files.complete(load(path, shown(path, root), problems))


def _issue_file(root: Path, issue_id: str) -> Path:
    """Return where an issue begins; raises `Refused` where that is no place for one."""
    folder = root / "issues" / issue_id
    named = issue_id not in ("", "..") and PurePosixPath(issue_id).name == issue_id
    if not named or len(issue_id) > LONGEST_ID or not folder.is_dir():
        raise Refused([_no_such_issue(root, issue_id)])
    path = folder / ISSUE_FILE
    place = Place(shown(path, root))
    _refuse_outside(folder, root, place)
    _refuse_outside(path, folder, place)
    other = _with_another_ending(path)
    if other:
        values = {"file": shown(path, root), "found": other}
        raise Refused([Diagnostic("N101", place, values, hint="rename")])
    return path


def _with_another_ending(path: Path) -> str | None:
    """Return the name of a file that lacks but the usual ending, as issue.yml; None if none."""
    if os.path.lexists(path):
        return None
    other = path.with_suffix(".yml")
    return other.name if other.is_file() else None


def _load_issue(root: Path, path: Path, name: str) -> Issue:
    files = _Files(root, path.parent)
    try:
        tree = files.complete(load(path, shown(path, root), files.problems))
        issue = validate(Issue, tree)
    except Refused as refusal:
        told = [d for d in refusal.diagnostics if d.place not in files.emptied]
        raise Refused([*files.problems, *told]) from refusal
    problems = [*files.problems, *_issue_rules(issue, name)]
    if problems:
        raise Refused(problems)
    return issue


def _no_such_issue(root: Path, issue_id: str) -> Diagnostic:
    ids = issue_ids(root)
    values = {"id": issue_id, "folder": "issues/", "issues": listed(ids)}
    return Diagnostic("N132", None, values, hint="suggest" if ids else "default")


def _refuse_outside(path: Path, folder: Path, place: Place) -> None:
    """Refuse a path that leads out of `folder`, also by symbolic links; raises `Refused`."""
    try:
        inside = lies_within(path, folder)
    except (OSError, RuntimeError):  # links that lead in a circle
        inside = False
    if not inside:
        values = {"file": shown(path, folder), "folder": folder.name}
        raise Refused([Diagnostic("N118", place, values)])


# Files named in issue.yaml ------------------------------------------------------------------


class _Files(Struct):
    """Puts the trees of the files that issue.yaml names in the places of their names."""

    root: Path
    folder: Path
    problems: list[Diagnostic] = field(default_factory=list)
    named: dict[Path, Place] = field(default_factory=dict)
    emptied: set[Place] = field(default_factory=set)
    """Lists that are empty only because none of their files could be read."""

    def complete(self, issue: Mapping) -> Mapping:
        """Return the tree of issue.yaml with sections and articles read in."""
        return _with(issue, "sections", self._sections)

    def _sections(self, node: Node) -> Node:
        return self._each(node, lambda section: _with(section, "articles", self._articles))

    def _articles(self, node: Node) -> Node:
        return self._each(node, lambda article: article)

    def _each(self, node: Node, complete: Callable[[Mapping], Mapping]) -> Node:
        if not isinstance(node, Sequence):
            return node
        items: list[Node] = []
        for item in node.items:
            if len(self.problems) >= MOST_PROBLEMS:
                break
            tree = self._read(item) if isinstance(item, Scalar) and item.text else item
            if tree is not None:
                items.append(complete(tree) if isinstance(tree, Mapping) else tree)
        if node.items and not items:
            self.emptied.add(node.place())
        return replace(node, items=items)

    def _read(self, name: Scalar) -> Mapping | None:
        """Read the file that `name` names, or note why not."""
        try:
            return load(path := self._inside(name), shown(path, self.root), self.problems)
        except Refused as refusal:
            self.problems.extend(_placed_at(name, d) for d in refusal.diagnostics)
            return None

    def _inside(self, name: Scalar) -> Path:
        text = name.text or ""
        path = self.folder / text
        if "\\" in text:
            raise Refused([Diagnostic("N101", name.place(), {"file": text}, hint="backslash")])
        _refuse_outside(path, self.folder, name.place())
        first = self.named.setdefault(path.resolve(), name.place())
        if first != name.place():
            values: Values = {"file": text, "other": str(first)}
            raise Refused([Diagnostic("N136", name.place(), values)])
        if not os.path.lexists(path):
            raise Refused([self._missing(name, text)])
        return path

    def _missing(self, name: Scalar, text: str) -> Diagnostic:
        if "*" in text or "?" in text:
            return Diagnostic("N101", name.place(), {"file": text}, hint="pattern")
        files = [shown(p, self.folder) for p in sorted(self.folder.rglob("*.y*ml"))]
        stem = text.rpartition(".")[0]
        near = [file for file in files if file.rpartition(".")[0] == stem]
        near = near or difflib.get_close_matches(text, files, n=1, cutoff=0.6)
        if not near:
            return Diagnostic("N101", name.place(), {"file": text})
        return Diagnostic(
            "N101", name.place(), {"file": text, "suggestion": near[0]}, hint="suggest"
        )


def _placed_at(name: Scalar, problem: Diagnostic) -> Diagnostic:
    """Point at the line that names a file where the file itself has no line to point at.

    An empty file that is named may also be named no more.
    """
    if problem.code == "N112":
        return replace(problem, hint="named")
    unreadable = {"N101", "N117", "N124"}
    return replace(problem, place=name.place()) if problem.code in unreadable else problem


def _with(tree: Mapping, key: str, change: Callable[[Node], Node]) -> Mapping:
    if key not in tree.values:
        return tree
    return replace(tree, values={**tree.values, key: change(tree.values[key])})


def folders_of_files(issue: Issue) -> list[Path]:
    """Return the folders from which issue.yaml names files, without its own."""
    own, *named = (source.path.parent for source in issue.sources())
    return sorted({*named} - {own})


def not_named(issue: Issue) -> list[Diagnostic]:
    """Return which files lie beside those that issue.yaml names and are named nowhere (N142)."""
    sources = [*issue.sources()]
    named = {source.path.resolve() for source in sources}
    beside = {source.path.parent: source.shown for source in sources}
    problems: list[Diagnostic] = []
    for folder in folders_of_files(issue):
        for path in sorted(folder.glob("*.y*ml")):
            if path.resolve() in named or path.name.startswith("."):
                continue
            place = Place(str(PurePosixPath(beside[folder]).with_name(path.name)))
            values: Values = {"file": shown(path, sources[0].path.parent)}
            problems.append(Diagnostic("N142", place, values))
    return problems


# Rules over the whole issue -----------------------------------------------------------------


def _issue_rules(issue: Issue, name: str) -> list[Diagnostic]:
    problems: list[Diagnostic] = []
    if issue.id != name:
        values = {"id": issue.id, "folder": name}
        problems.append(Diagnostic("N129", issue.place("id"), values))
    if issue.period is None and issue.date is None:
        problems.append(Diagnostic("N131", issue.place()))
    problems += _unique([*issue.sections, *issue.articles()])
    for article in issue.articles():
        problems += _unique(article.pictures)
        problems += _unique(article.sidebars)
    return in_order(problems)


def _unique(parts: Iterable[Part]) -> list[Diagnostic]:
    first: dict[str, Place] = {}
    problems = []
    for part in parts:
        name, place = str(getattr(part, "id")), part.place("id")  # noqa: B009 - all have one
        if name in first:
            values = {"id": name, "other": str(first[name])}
            problems.append(Diagnostic("N108", place, values))
        first.setdefault(name, place)
    return problems
