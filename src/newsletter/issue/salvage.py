"""What is sound of an issue that has errors, so that all else can be said in the same run.

In: a publication's folder and an issue's id. Out: publication and issue without what is wrong.
Fields that do not fit are left out; for a text that must be there something stands in, and what
lacks another field is left out as a whole. Nothing is printed from it; it is only read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, TypeVar

from msgspec import Struct, field
from msgspec.structs import replace

from newsletter.diagnostics import Diagnostic, Place, Refused
from newsletter.issue.loader import Copy, issue_tree, publication_tree
from newsletter.issue.models import Issue, Part, Publication
from newsletter.issue.validation import Location, faults, validate
from newsletter.sources import Mapping, Node, Scalar, Sequence, descend

P = TypeVar("P", bound=Part)
ROUNDS = 40
"""What is left out may leave something empty above it; no tree is so deep."""
STAND_INS = {
    "id": "id",
    "title": "题",
    "name": "名",
    "publisher": "社",
    "alt": "图",
    "text": "文",
    "value": "数",
    "label": "项",
    "body": "文。",
    "about": "文。",
}
"""For texts that must be there, so that what lacks one can be read nevertheless."""
IN_DOUBT = frozenset({"N202", "N203", "N207", "N208", "N211"})
"""What may be said of a file only because something in it was left out."""
BEARING_ON_SIZE = ("kind", "size", "span")
"""Fields of a picture that say how large it stands."""
READ_PAST = frozenset({"N103", "N134"})
"""What is told of a file that is read nevertheless, unless something else is wrong with it."""


class Remains(Struct):
    """The sound parts; `incomplete` are the files of which something was left out.

    `unsized` are the places of the files of pictures whose size nobody knows for that, `illegible`
    those of characters that are no text, where spaces stand in.
    """

    publication: Publication | None = None
    issue: Issue | None = None
    incomplete: set[str] = field(default_factory=set)
    unsized: set[Place] = field(default_factory=set)
    illegible: set[Place] = field(default_factory=set)
    unread: bool = False
    """Whether a file could not be read at all, so that nothing is known of what it holds."""

    def copy(self, root: Path, issue_id: str) -> Copy | None:
        """Return both together, where both are there."""
        if self.publication is None or self.issue is None:
            return None
        return Copy(self.publication, self.issue, root, root / "issues" / issue_id)

    def is_whole(self) -> bool:
        """Tell whether nothing was left out."""
        return not (self.unread or self.incomplete or self.issue is None)

    def certain(self, problems: Iterable[Diagnostic]) -> list[Diagnostic]:
        """Return those problems that what was left out cannot have caused."""
        told = problems if self.is_whole() else (d for d in problems if d.code != "N142")
        return [problem for problem in told if not self._is_in_doubt(problem)]

    def _is_in_doubt(self, problem: Diagnostic) -> bool:
        if problem.code == "N356":
            return problem.place in self.unsized
        if problem.code != "N134" and problem.place in self.illegible:
            return True
        is_incomplete = problem.place is not None and problem.place.file in self.incomplete
        return is_incomplete and problem.code in IN_DOUBT


def salvage(root: Path, issue_id: str) -> Remains:
    """Return what is sound of an issue and its publication; files are read anew."""
    remains = Remains()
    remains.publication = _sound(Publication, lambda flaws: publication_tree(root, flaws), remains)
    remains.issue = _sound(Issue, lambda flaws: issue_tree(root, issue_id, flaws), remains)
    return remains


def _sound(
    model: type[P], read: Callable[[list[Diagnostic]], Mapping], remains: Remains
) -> P | None:
    problems: list[Diagnostic] = []
    try:
        tree = read(problems)
    except Refused:
        remains.unread = True
        return None
    remains.illegible |= {
        d.place for d in problems if d.code == "N134" and isinstance(d.place, Place)
    }
    remains.unread |= _has_unread(tree, problems)
    for _round in range(ROUNDS):
        wrong = faults(model, tree)
        if not wrong:
            return validate(model, tree)
        lacking = {at for kind, at in wrong if kind == "missing" and _has_stand_in(at)}
        left_out = {_left_out(tree, at) for _kind, at in wrong} - {at[:-1] for at in lacking}
        if () in left_out:
            return None
        remains.incomplete |= {descend(tree, at[:-1])[0].source.shown for at in left_out | lacking}
        remains.unsized |= {
            descend(tree, (*at[:-1], "file"))[0].place()
            for at in left_out
            if at[-1] in BEARING_ON_SIZE
        }
        tree = _without(_with_stand_ins(tree, lacking), left_out)
    return None


def _has_unread(tree: Mapping, problems: list[Diagnostic]) -> bool:
    """Tell whether a file of which something is told is not in a tree."""
    told = {d.place.file for d in problems if isinstance(d.place, Place)}
    is_other = any(d.code not in READ_PAST for d in problems)
    return is_other or not told <= {node.source.shown for node in _below(tree)}


def _below(node: Node) -> Iterator[Node]:
    """Yield a node and all nodes in it."""
    yield node
    inner = node.values.values() if isinstance(node, Mapping) else ()
    for item in node.items if isinstance(node, Sequence) else inner:
        yield from _below(item)


def _has_stand_in(at: Location) -> bool:
    return at[-1] in STAND_INS and at[-2:] != ("layout", "name")


def _left_out(tree: Mapping, at: Location) -> Location:
    """Return the place of what has to go for a fault to go; empty for the whole tree."""
    return at[: len(at) - len(descend(tree, at)[1])]


def _by_child(places: set[Location]) -> dict[int | str, set[Location]]:
    """Return by each child of a node the places below it, counted from there."""
    inner: dict[int | str, set[Location]] = {}
    for at in places:
        inner.setdefault(at[0], set()).add(at[1:])
    return inner


def _without(node: Node, places: set[Location]) -> Any:  # noqa: ANN401 - as the node that is given
    """Return a tree without what stands at some places in it."""
    if isinstance(node, Scalar) or not places:
        return node
    inner = _by_child(places)
    if isinstance(node, Sequence):
        kept = {n: item for n, item in enumerate(node.items) if () not in inner.get(n, set())}
        items = [_without(item, inner.get(n, set())) for n, item in kept.items()]
        return replace(node, items=items)
    values = {
        name: _without(child, inner.get(name, set()))
        for name, child in node.values.items()
        if () not in inner.get(name, set())
    }
    return replace(node, values=values, keys={name: node.keys[name] for name in values})


def _with_stand_ins(node: Node, places: set[Location]) -> Any:  # noqa: ANN401
    """Return a tree with texts added at places that it does not have."""
    if isinstance(node, Scalar) or not places:
        return node
    inner = _by_child(places)
    if isinstance(node, Sequence):
        items = [_with_stand_ins(item, inner.get(n, set())) for n, item in enumerate(node.items)]
        return replace(node, items=items)
    added = {str(name): _stand_in(node, str(name)) for name, below in inner.items() if () in below}
    values = {
        name: _with_stand_ins(child, inner.get(name, set())) for name, child in node.values.items()
    }
    return replace(node, values=values | added, keys=node.keys | added)


def _stand_in(node: Mapping, name: str) -> Scalar:
    """Return a text that stands where a mapping begins."""
    text = STAND_INS[name]
    return Scalar(node.source, node.start, node.start, text, (node.start,) * len(text))
