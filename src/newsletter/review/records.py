"""The records of a review: approvals, comments and signatures, one small JSON file each.

In: the folder of an issue. Out: `Records`, with a `Diagnostic` for each file that cannot be read.
A record is named after what it is about and who made it, so that two authors never write to the
same file and git merges what they did. It is written beside its place and renamed, so that a
failure never costs the old one. No clock is asked: dates are handed in.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Annotated, Any, Literal, Self, TypeVar

from msgspec import Struct
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from newsletter.diagnostics import Diagnostic, Place, Term, in_order
from newsletter.expectation import reason
from newsletter.issue.loader import shown
from newsletter.writing import write_together, writing

REVIEW = "review"
"""The folder of the review in the folder of an issue."""
LARGEST_BYTES = 4 * 1024 * 1024
CONFLICT = re.compile(r"^(<{7} |={7}$|>{7} )", re.MULTILINE)
"""The marks that git leaves where it could not merge."""
ID_DIGITS = 12
AUTHOR_DIGITS = 8
MOST_TEXT = 20_000

Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Identity = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{12}$")]
Date = Annotated[
    str, StringConstraints(pattern=r"^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)?)?$")
]
"""A day, or a day with its time (ISO 8601)."""
Text = Annotated[str, StringConstraints(max_length=MOST_TEXT)]
Author = Annotated[str, StringConstraints(min_length=1, max_length=200, strip_whitespace=True)]
"""Who, as git writes it: `Name <mail>`, or a name alone."""
Share = Annotated[float, Field(ge=0, le=1)]
Verdict = Literal["approved", "rejected"]


class Record(BaseModel):
    """Anything that was decided or said; unknown fields are refused, values never change."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    by: Author
    date: Date

    @property
    def path(self) -> str:
        """Its file in the folder of the review."""
        raise NotImplementedError


class Approval(Record):
    """What an author thinks of a page, counted from 1, as its digest says that it looks."""

    page: Annotated[int, Field(ge=1)]
    digest: Digest
    verdict: Verdict
    note: Text = ""

    @property
    def path(self) -> str:
        """One file for each look of a page and each author."""
        return f"approvals/{self.digest[:ID_DIGITS]}-{author_digest(self.by)}.json"


class Anchor(BaseModel):
    """What a comment is about: a block, and in it a line and a point.

    `text` is how the block reads and `quote` the line under the point, both empty for a picture;
    `occurrence` counts blocks that are alike otherwise; `x` and `y` are shares of the block's
    width and height. `page` and `origin` (`file:line`) are where it stood when it was said, the
    last resort when its block is gone. Without an element the point is one of the page.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    page: Annotated[int, Field(ge=1)]
    article: str = ""
    element: str = ""
    origin: str = ""
    text: Text = ""
    quote: Text = ""
    occurrence: Annotated[int, Field(ge=0)] = 0
    x: Share = 0.5
    y: Share = 0.5


class Comment(Record):
    """Something said about a block; `answers` names the comment that it replies to."""

    id: Identity
    text: Text
    anchor: Anchor
    answers: Identity | None = None
    resolved: bool = False

    @property
    def path(self) -> str:
        """One file a comment."""
        return f"comments/{self.id}.json"

    @classmethod
    def new(cls, text: str, anchor: Anchor, by: str, date: str, answers: str | None = None) -> Self:
        """Return a comment whose id follows from what it says, where, by whom and when."""
        said = json.dumps([text, anchor.model_dump(), by, date, answers], ensure_ascii=False)
        return cls(
            id=hashlib.sha256(said.encode("utf-8")).hexdigest()[:ID_DIGITS],
            text=text,
            anchor=anchor,
            by=by,
            date=date,
            answers=answers,
        )


class Signature(Record):
    """A round that an author signed, for the pages whose digests it lists in their order."""

    round: Annotated[str, StringConstraints(min_length=1, max_length=40)]
    pages: tuple[Digest, ...]

    @property
    def path(self) -> str:
        """One file for each round and author."""
        name = hashlib.sha256(self.round.encode("utf-8")).hexdigest()[:ID_DIGITS]
        return f"rounds/{name}-{author_digest(self.by)}.json"


class Records(Struct, frozen=True):
    """All that can be read of an issue's review, and what is wrong with the rest."""

    approvals: tuple[Approval, ...] = ()
    comments: tuple[Comment, ...] = ()
    signatures: tuple[Signature, ...] = ()
    problems: tuple[Diagnostic, ...] = ()


R = TypeVar("R", bound=Record)


def review_folder(root: Path, issue_id: str) -> Path:
    """Return where the review of an issue keeps its records."""
    return root / "issues" / issue_id / REVIEW


def author_digest(by: str) -> str:
    """Return what stands for an author in the name of a file."""
    return hashlib.sha256(by.encode("utf-8")).hexdigest()[:AUTHOR_DIGITS]


def read_records(root: Path, issue_id: str) -> Records:
    """Return the records of an issue's review, the earliest first; none if it has none."""
    folder, problems = review_folder(root, issue_id), list[Diagnostic]()
    approvals = _read_all(Approval, folder / "approvals", root, problems)
    comments = _read_all(Comment, folder / "comments", root, problems)
    signatures = _read_all(Signature, folder / "rounds", root, problems)
    return Records(approvals, comments, signatures, tuple(in_order(problems)))


def write_record(root: Path, issue_id: str, record: Record) -> Path:
    """Write a record in the place of the one of the same name; raises `Refused`."""
    folder = review_folder(root, issue_id)
    path = folder / record.path
    with writing(shown(path, root)):
        folder.parent.stat()  # no folder is made for an issue that is not there any more
    write_together({path: as_json(record).encode("utf-8")})
    return path


def remove_record(root: Path, issue_id: str, record: Record) -> None:
    """Take a record away, if it is there; raises `Refused`. Replies to a comment stay."""
    path = review_folder(root, issue_id) / record.path
    with writing(shown(path, root)):
        path.unlink(missing_ok=True)


def withdraw_verdicts(root: Path, issue_id: str, pages: Collection[int], by: str) -> int:
    """Take an author's verdicts on these pages away, also on earlier looks; return how many."""
    mine = [a for a in read_records(root, issue_id).approvals if a.page in pages and a.by == by]
    for record in mine:
        remove_record(root, issue_id, record)
    return len(mine)


def as_json(record: BaseModel) -> str:
    """Return a record as its file says it: one field a line, so that git shows what changed."""
    return json.dumps(record.model_dump(), ensure_ascii=False, indent=1) + "\n"


def _read_all(kind: type[R], folder: Path, root: Path, problems: list[Diagnostic]) -> tuple[R, ...]:
    """Read the records of one kind and note what cannot be read."""
    read = (_read(kind, path, root, problems) for path in _files(folder, root, problems))
    found = [record for record in read if record is not None]
    return tuple(sorted(found, key=lambda record: (record.date, record.path)))


def _files(folder: Path, root: Path, problems: list[Diagnostic]) -> list[Path]:
    """Return the records of a folder; one that is there and cannot be read is a problem."""
    try:
        return sorted(path for path in folder.iterdir() if path.suffix == ".json")
    except OSError as error:
        if not isinstance(error, FileNotFoundError) or folder.is_symlink():
            values = {"problem": _unread(error)}
            problems.append(Diagnostic("N761", Place(shown(folder, root)), values))
        return []


def _read(kind: type[R], path: Path, root: Path, problems: list[Diagnostic]) -> R | None:
    data = read_json(path, root, problems)
    if data is None:
        return None
    try:
        record = kind.model_validate(data)
    except ValidationError as error:
        problems += _wrong_fields(error, Place(shown(path, root)))
        return None
    if record.path != f"{path.parent.name}/{path.name}":
        values = {"name": Path(record.path).name}
        problems.append(Diagnostic("N764", Place(shown(path, root)), values))
    return record


def read_json(path: Path, root: Path, problems: list[Diagnostic]) -> Any:  # noqa: ANN401 - JSON
    """Return what a JSON file of the review holds; None, and a problem, if it cannot be read."""
    place = Place(shown(path, root))
    try:
        if not path.is_file() or path.stat().st_size > LARGEST_BYTES:
            problems.append(Diagnostic("N761", place, {"problem": Term("not a file of this kind")}))
            return None
        text = path.read_bytes().decode("utf-8")
        return json.loads(text)
    except json.JSONDecodeError as error:
        problems.append(_damaged(text, place, error))
    except (OSError, UnicodeDecodeError, RecursionError) as error:
        problems.append(Diagnostic("N761", place, {"problem": _unread(error)}))
    return None


def _unread(error: OSError | UnicodeDecodeError | RecursionError) -> Term:
    match error:
        case OSError():
            return Term(error.strerror or str(error))
        case UnicodeDecodeError():
            return Term("it is not UTF-8")
    return Term("it is too deeply nested")


def _damaged(text: str, place: Place, error: json.JSONDecodeError) -> Diagnostic:
    conflict = CONFLICT.search(text)
    if conflict:
        line = text.count("\n", 0, conflict.start()) + 1
        return Diagnostic("N763", Place(place.file, line))
    return Diagnostic(
        "N761", Place(place.file, error.lineno, error.colno), {"problem": Term(error.msg)}
    )


def _wrong_fields(error: ValidationError, place: Place) -> Iterator[Diagnostic]:
    for detail in error.errors(include_url=False, include_input=False):
        name = ".".join(str(part) for part in detail["loc"]) or "{}"
        yield Diagnostic("N762", place, {"field": name, "problem": reason(detail["type"])})
