"""newsletter review: compare with the approved pages; approve, comment, sign; the gate."""

from __future__ import annotations

import datetime as dt
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from msgspec import Struct

from newsletter.cli import Desk
from newsletter.commands import at_desk, finish, format_option, issue_named
from newsletter.commands.tongue import Told
from newsletter.diagnostics import COLON, Diagnostic, Language, Place, Refused, Values, in_order
from newsletter.writing import write_text, writing

if TYPE_CHECKING:
    from pydantic import ValidationError

    from newsletter.review.anchors import Location
    from newsletter.review.proof import Proof
    from newsletter.review.records import Comment
    from newsletter.review.report import Reviewed

DONE = {
    "accepted": {"en": "the baseline of {issue} is now {file}", "zh": "{issue}的基准样现为{file}"},
    "judged": {"en": "{verdict} by {by}: p. {pages}", "zh": "{by}{verdict}：第{pages}页"},
    "withdrawn": {"en": "verdicts withdrawn by {by}: {count}", "zh": "{by}撤回{count}条意见"},
    "signed": {"en": "{round} signed by {by} on {date}", "zh": "{by}于{date}签{round}"},
    "exported": {"en": "comments in {file}: {count}", "zh": "{file}中有{count}条批注"},
    "imported": {"en": "comments taken from {file}: {count}", "zh": "从{file}读入{count}条批注"},
    "passed": {"en": "{issue} may go to press", "zh": "{issue}可以付印"},
}
VERDICTS = {
    "approved": {"en": "approved", "zh": "批准"},
    "rejected": {"en": "rejected", "zh": "退回"},
}
QUIET_SECONDS = 1.0
EXCERPT, LONGEST = 40, 160
"""Characters of a comment in a message, and in the list of comments."""
COMMENT: dict[Language, str] = {
    "en": "comment on page {page}, {by}: {text}",
    "zh": "批注（第{page}页，{by}）：{text}",
}


class Job(Struct, frozen=True):
    """What was asked of the command: where, which issue, and its options by their names."""

    desk: Desk
    root: Path
    issue: str
    options: dict[str, Any]

    def say(self, name: str, **values: object) -> None:
        """Print what was done."""
        if self.options["form"] == "text":
            click.echo(DONE[name][self.desk.language].format(issue=self.issue, **values))

    def proof(self) -> Proof:
        """Lay the issue out; raises `Refused`."""
        from newsletter.review.proof import make_proof

        return make_proof(self.root, self.issue, self.options["layout"])

    def author(self) -> str:
        """Return who works here; raises `Refused`."""
        from newsletter.review.authors import git_author

        by: str | None = self.options["by"]
        return by.strip() if by and by.strip() else git_author(self.root)

    def date(self) -> str:
        """Return the day to be written down: the one that was given, or today's."""
        given: str | None = self.options["date"]
        if given is None:
            return dt.datetime.now(tz=dt.UTC).astimezone().date().isoformat()
        try:
            return dt.date.fromisoformat(given).isoformat()
        except ValueError as error:
            raise Refused([Diagnostic("N756", None, {"date": given})]) from error


@click.command("review")
@click.argument("issue", callback=issue_named)
@click.option("--against", metavar="PDF|REVISION|VERSION", help="Compare with this instead.")
@click.option("--accept", is_flag=True, help="Make the pages as they are now the baseline.")
@click.option("--approve", metavar="PAGES", help="Approve pages: 3, 1-4,7 or all.")
@click.option("--reject", metavar="PAGES", help="Reject pages; --note says why.")
@click.option("--withdraw", metavar="PAGES", help="Take your own verdicts on pages back.")
@click.option("--note", default="", metavar="TEXT", help="A note for --approve or --reject.")
@click.option("--sign", metavar="ROUND", help="Sign a round, as 初审 or 三校.")
@click.option("--check", is_flag=True, help="Exit with 1 unless the issue may go to press.")
@click.option(
    "--export-comments",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE.pdf",
    help="Write the pages with the open comments as notes.",
)
@click.option(
    "--import-comments",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE.pdf",
    help="Read notes that were made in the file.",
)
@click.option("--by", metavar="NAME", help="Who does it (default: as git is configured).")
@click.option("--date", metavar="YYYY-MM-DD", help="On which day (default: today).")
@click.option("--layout", metavar="NAME", help="Set it in another layout.")
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE.html",
    help="Where the report goes (default: build/ISSUE/ISSUE-review.html).",
)
@click.option("--open", "show", is_flag=True, help="Open the report when it is made.")
@format_option
@at_desk
def command(desk: Desk, issue: str, **options: Any) -> None:  # noqa: ANN401 - one a choice
    """Compare ISSUE with its approved pages and write one HTML file; approve, comment, sign."""
    from pydantic import ValidationError

    from newsletter.issue.loader import load_issue

    asked = [name for name in ACTIONS if options[name]]
    if len(asked) > 1:
        one, other = (f"--{name.replace('_', '-')}" for name in asked[:2])
        raise click.UsageError(Told("{one} and {other} exclude each other", one=one, other=other))
    root = desk.root()
    load_issue(root, issue)
    act = ACTIONS[asked[0]] if asked else _report
    try:
        act(Job(desk, root, issue, options))
    except ValidationError as error:
        raise Refused(_unfit(error)) from error


def _unfit(error: ValidationError) -> Iterator[Diagnostic]:
    """Yield which options say what no record may hold."""
    from newsletter.expectation import reason

    for detail in error.errors(include_url=False, include_input=False):
        name = f"--{detail['loc'][0]}"
        values: Values = {"field": name, "problem": reason(detail["type"])}
        yield Diagnostic("N762", None, values, hint=None)


def _accept(job: Job) -> None:
    from newsletter.review.baseline import accept

    by, date = job.author(), job.date()
    path = accept(job.root, job.proof(), by, date)
    job.say("accepted", file=path.relative_to(job.root).as_posix())


def _approve(job: Job) -> None:
    _judge(job, "approve", "approved")


def _reject(job: Job) -> None:
    _judge(job, "reject", "rejected")


def _judge(job: Job, option: str, verdict: str) -> None:
    from newsletter.preflight.grouping import ranges
    from newsletter.review.records import Approval, write_record
    from newsletter.review.selection import pages_named

    if verdict == "rejected" and not job.options["note"].strip():
        raise click.UsageError("--reject says why: add --note")
    by, date, proof = job.author(), job.date(), job.proof()
    numbers = pages_named(job.options[option], len(proof.pages), job.issue)
    for number in numbers:
        record = Approval.model_validate(
            {
                "page": number,
                "digest": proof.pages[number - 1].digest,
                "verdict": verdict,
                "note": job.options["note"],
                "by": by,
                "date": date,
            }
        )
        write_record(job.root, job.issue, record)
    word = VERDICTS[verdict][job.desk.language]
    job.say("judged", pages=ranges(numbers).said(job.desk.language), verdict=word, by=by)


def _withdraw(job: Job) -> None:
    from newsletter.review.records import withdraw_verdicts
    from newsletter.review.selection import pages_named

    by = job.author()
    count = len(job.proof().pages)
    numbers = pages_named(job.options["withdraw"], count, job.issue)
    job.say("withdrawn", count=withdraw_verdicts(job.root, job.issue, numbers, by), by=by)


def _sign(job: Job) -> None:
    from newsletter.issue.loader import load_publication
    from newsletter.review.records import read_records, write_record
    from newsletter.review.rounds import sign

    by, date = job.author(), job.date()
    rounds = load_publication(job.root).review.rounds
    records = read_records(job.root, job.issue)
    sign(rounds, records, job.options["sign"], (), by, date)  # refused before pages are laid out
    digests = [page.digest for page in job.proof().pages]
    signature = sign(rounds, records, job.options["sign"], digests, by, date)
    write_record(job.root, job.issue, signature)
    job.say("signed", round=signature.round, by=by, date=date)


def _check(job: Job) -> None:
    from newsletter.diagnostics import has_errors
    from newsletter.review.gate import check_gate

    found = in_order(check_gate(job.root, job.issue, job.options["layout"]))
    if not has_errors(found):
        job.say("passed")
    finish(job.desk, found, job.options["form"])


def _export(job: Job) -> None:
    from newsletter.review.annotations import export_comments
    from newsletter.review.records import read_records
    from newsletter.writing import write_together

    records, path = read_records(job.root, job.issue), job.options["export_comments"]
    write_together({path.resolve(): export_comments(job.proof(), records.comments)})
    count = sum(not comment.resolved for comment in records.comments)
    job.say("exported", count=count, file=path)
    finish(job.desk, list(records.problems), job.options["form"])


def _import(job: Job) -> None:
    from newsletter.review.annotations import import_comments
    from newsletter.review.records import read_records, write_record

    path: Path = job.options["import_comments"]
    if not path.is_file():
        values = {"name": str(path), "where": str(path.parent)}
        raise Refused([Diagnostic("N769", None, values, hint="pdf")])
    known = read_records(job.root, job.issue).comments
    made = import_comments(path, job.proof(), known, job.date())
    for comment in made:
        write_record(job.root, job.issue, comment)
    job.say("imported", count=len(made), file=path)


ACTIONS: dict[str, Callable[[Job], None]] = {
    "accept": _accept,
    "approve": _approve,
    "reject": _reject,
    "withdraw": _withdraw,
    "sign": _sign,
    "check": _check,
    "export_comments": _export,
    "import_comments": _import,
}


def _report(job: Job) -> None:
    """Compare and write the report; end with status 1 if records are damaged."""
    from newsletter.review.opponents import opponent
    from newsletter.review.report import as_json, write_report

    named: str | None = job.options["against"]
    path: Path = job.options["output"] or (
        job.root / "build" / job.issue / f"{job.issue}-review.html"
    )
    if named and path.resolve() == Path(named).resolve():
        raise click.UsageError("--output would write over the input; name another file")
    against = opponent(job.root, job.issue, job.options["against"], job.options["layout"])
    reviewed = _compared(job, against)
    with writing(path.name):
        path.parent.mkdir(parents=True, exist_ok=True)
    write_text(path, write_report(reviewed, job.desk.language))
    problems = [*reviewed.records.problems, *_remarks(reviewed)]
    if job.options["form"] == "json":
        click.echo(as_json(reviewed.comparison, job.desk.language, report=str(path)))
        job.desk.report(problems)
    else:
        _summarise(job, reviewed, path)
        finish(job.desk, problems, "text")
    if job.options["show"]:
        click.launch(str(path))


def _compared(job: Job, against: Any) -> Reviewed:  # noqa: ANN401 - a side
    from newsletter.issue.loader import load_publication
    from newsletter.review.comparison import compare
    from newsletter.review.records import read_records
    from newsletter.review.report import Reviewed
    from newsletter.review.sides import side_of_proof

    proof = job.proof()
    now = side_of_proof(proof, job.issue)
    comparison = compare(against, now, _counter())
    records = read_records(job.root, job.issue)
    rounds = load_publication(job.root).review.rounds
    return Reviewed(proof, against, now, comparison, records, rounds)


def _counter() -> Callable[[int, int], None]:
    """Return what shows on a terminal how many pages are compared, after the first second."""
    begun = time.monotonic()

    def show(done: int, count: int) -> None:
        if sys.stderr.isatty() and time.monotonic() - begun > QUIET_SECONDS:
            click.echo(
                f"\r\x1b[K{done}/{count}" if done < count else "\r\x1b[K", nl=False, err=True
            )

    return show


def _summarise(job: Job, reviewed: Reviewed, path: Path) -> None:
    from newsletter.review.classes import Kind
    from newsletter.review.report.wording import LABELS, headline

    language = job.desk.language
    for page in reviewed.comparison.pages:
        if page.kind is not Kind.IDENTICAL:
            name = "page_lost" if page.new is None else "page"
            label = LABELS[name][language].format(new=page.new, old=page.old)
            click.echo(f"{label}{COLON[language]}{headline(page, language)}")
    if all(page.kind is Kind.IDENTICAL for page in reviewed.comparison.pages):
        click.echo(LABELS["nothing"][language])
    for comment, where in _located(reviewed):
        if not comment.resolved and comment.answers is None:
            click.echo(_comment_line(comment, where.page, language))
    click.echo(str(path))


def _located(reviewed: Reviewed) -> Iterator[tuple[Comment, Location]]:
    """Yield the comments, each with where it stands on the pages as they are now."""
    from newsletter.review.anchors import Locator

    size = reviewed.proof.layout.page
    locator = Locator(reviewed.proof.pages, (size.width_mm, size.height_mm))
    for comment in reviewed.records.comments:
        yield comment, locator.locate(comment.anchor)


def _comment_line(comment: Comment, page: int, language: Language) -> str:
    """Return an open comment in a line: where it was made, by whom, what it says."""
    from newsletter.reporting import visible
    from newsletter.review.authors import short_name

    text = " ".join(comment.text.split())
    said = text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
    by = short_name(comment.by)
    return visible(COMMENT[language].format(page=page, by=by, text=said))


def _remarks(reviewed: Reviewed) -> list[Diagnostic]:
    """Return what is to be known besides: pages of another size, comments without a place."""
    from newsletter.review.classes import Kind

    found = [
        Diagnostic("N755", None, {"page": page.new or 0, "before": c.before, "now": c.now})
        for page in reviewed.comparison.pages
        for c in page.changes
        if c.kind is Kind.SIZE
    ]
    for comment, where in _located(reviewed):
        if where.how == "adrift" and not comment.resolved:
            place = Place(f"issues/{reviewed.proof.issue}/review/{comment.path}")
            values: Values = {"text": comment.text[:EXCERPT], "page": where.page}
            found.append(Diagnostic("N754", place, values))
    return found
