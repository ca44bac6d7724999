"""An issue comes in once, whole, with its reason; what it was refused for is kept with it."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import pytest
from bench.archive.papers import deposit, paper, write_paper

import small_issue
from commandline import Run
from newsletter.archive import accession, gate, log
from newsletter.archive.accession import Terms, archive_issue
from newsletter.archive.audit import Scope, audit
from newsletter.archive.bag import read_labels
from newsletter.archive.stacks import Archive
from newsletter.diagnostics import Diagnostic, Refused

DROPPED = ("{{ article.title }}", "")
"""A layout that leaves headlines out, which no archive takes."""


def codes(refusal: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [found.code for found in refusal.value.diagnostics]


def archived(root: Path, **terms: str) -> accession.Accession:
    return archive_issue(Archive(root / "archive"), root, "one", Terms(**terms))


def correct(root: Path) -> None:
    small_issue.swap(root / small_issue.ARTICLE, "加强合作", "加强协作")


# Versions


def test_the_same_issue_again_is_found_not_written(small: Path) -> None:
    first, second = archived(small), archived(small)
    assert (first.name, first.is_new) == ("one/v1", True)
    assert (second.name, second.is_new) == ("one/v1", False)
    assert len(audit(Archive(small / "archive"), Scope()).checked) == 1


def test_another_content_needs_a_reason(small: Path) -> None:
    archived(small)
    correct(small)
    with pytest.raises(Refused) as refusal:
        archived(small)
    assert codes(refusal) == ["N771"]
    assert [path.name for path in (small / "archive" / "one").iterdir()] == ["v1"]


def test_a_correction_becomes_the_next_version_and_the_first_stays(small: Path) -> None:
    first = archived(small)
    before = {path: path.stat().st_mtime_ns for path in first.folder.rglob("*")}
    correct(small)
    second = archived(small, reason="a word was wrong")
    assert second.name == "one/v2"
    assert second.entry.reason == "a word was wrong"
    assert dict(read_labels(second.folder))["Newsletter-Reason"] == "a word was wrong"
    assert {path: path.stat().st_mtime_ns for path in first.folder.rglob("*")} == before
    assert audit(Archive(small / "archive"), Scope()).findings == []


def test_a_version_that_was_taken_away_is_not_used_again(tmp_path: Path) -> None:
    archive = tmp_path / "archive"
    deposit(archive, "2001")
    (archive / "2001" / "v1").rename(tmp_path / "away")
    assert deposit(archive, "2001", "other", "a reason").name == "2001/v2"


def test_a_clock_that_goes_back_does_not_break_the_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    times = iter(["2030-01-02T00:00:00Z", "2029-12-31T00:00:00Z"])
    monkeypatch.setattr(accession, "now", lambda: next(times))
    deposit(tmp_path / "archive", "2001")
    deposit(tmp_path / "archive", "2002")
    assert audit(Archive(tmp_path / "archive"), Scope()).findings == []


def test_only_the_log_reads_the_clock() -> None:
    rooms = Path(log.__file__).parent
    readers = [
        path.name
        for path in sorted(rooms.glob("*.py"))
        if re.search(r"\b(datetime\.(now|utcnow|today)|time\.time|date\.today)\b", path.read_text())
    ]
    assert readers == ["log.py"]


def test_a_broken_log_takes_no_more_entries(tmp_path: Path) -> None:
    archive = tmp_path / "archive"
    deposit(archive, "2001")
    path = archive / "log.jsonl"
    path.write_bytes(path.read_bytes()[:-9] + b"\n")
    with pytest.raises(Refused) as refusal:
        deposit(archive, "2002")
    assert codes(refusal) == ["N778"]
    assert not (archive / "2002").exists()


# The gate


def test_an_issue_that_is_refused_is_not_kept(small: Path) -> None:
    small_issue.swap(small / small_issue.TEMPLATE, *DROPPED)
    with pytest.raises(Refused) as refusal:
        archived(small)
    assert sorted(codes(refusal)) == ["N701", "N772"]
    assert not (small / "archive" / "one").exists()


def test_despite_keeps_it_and_records_why_and_what(small: Path) -> None:
    small_issue.swap(small / small_issue.TEMPLATE, *DROPPED)
    kept = archived(small, despite="the printer waits")
    assert kept.entry.despite == "the printer waits"
    assert kept.entry.refused == ("N701",)
    labels = read_labels(kept.folder)
    assert ("Newsletter-Despite", "the printer waits") in labels
    objections = [value for label, value in labels if label == "Newsletter-Objection"]
    assert objections
    assert all("N701" in value for value in objections)


def test_despite_is_not_recorded_where_nothing_speaks_against_it(small: Path) -> None:
    kept = archived(small, despite="just in case")
    assert (kept.entry.despite, kept.entry.refused) == ("", ())


def test_what_cannot_be_made_cannot_be_kept(small: Path) -> None:
    small_issue.swap(small / small_issue.ARTICLE, "title", "titel")
    with pytest.raises(Refused) as refusal:
        archived(small, despite="whatever")
    last = refusal.value.diagnostics[0]
    assert "N772" in codes(refusal)
    assert [d.hint for d in refusal.value.diagnostics if d.code == "N772"] == ["unmade"], last


def test_a_guard_may_refuse_an_issue(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Any] = []

    def guard(root: Path, issue: str) -> list[Diagnostic]:
        asked.append((root, issue))
        return [Diagnostic("N002", None, {"folder": "x"})]

    monkeypatch.setattr(gate, "GUARDS", (guard,))
    with pytest.raises(Refused) as refusal:
        archived(small)
    assert codes(refusal) == ["N002", "N772"]
    assert asked == [(small, "one")]
    assert archived(small, despite="all the same").entry.refused == ("N002",)


def test_a_record_that_cannot_be_read_speaks_against_an_issue(small: Path) -> None:
    """Nobody else has judged a page; this record may say that it must not be printed."""
    record = small / "issues/one/review/approvals/111111111111-22222222.json"
    record.parent.mkdir(parents=True)
    record.write_text('{\n<<<<<<< HEAD\n "verdict": "rejected"\n', "utf-8")
    with pytest.raises(Refused) as refusal:
        archived(small)
    assert set(codes(refusal)) == {"N763", "N772"}


def test_an_issue_under_review_is_kept_when_it_is_signed_off(small: Path, run: Run) -> None:
    small_issue.swap(small / "newsletter.yaml", "layout:", "review: {rounds: [终审]}\nlayout:")
    with pytest.raises(Refused) as refusal:
        archived(small)
    assert set(codes(refusal)) == {"N750", "N751", "N772"}
    assert run("review", "one", "--approve", "all", "--by", "李明", at=small).exit_code == 0
    assert run("review", "one", "--sign", "终审", "--by", "李明", at=small).exit_code == 0
    assert archived(small).is_new


def test_a_rejected_page_keeps_an_issue_out_also_without_rounds(small: Path, run: Run) -> None:
    assert (
        run("review", "one", "--reject", "1", "--by", "李明", "--note", "错", at=small).exit_code
        == 0
    )
    with pytest.raises(Refused) as refusal:
        archived(small)
    assert "N749" in codes(refusal)


def test_an_unknown_issue_is_said_to_be_unknown(small: Path) -> None:
    with pytest.raises(Refused) as refusal:
        archive_issue(Archive(small / "archive"), small, "none", Terms())
    assert codes(refusal) == ["N132"]
    assert not (small / "archive").exists()


# Issues made elsewhere


def add(run: Run, folder: Path, **more: str) -> Any:  # noqa: ANN401 - click's result
    pdf, metadata = write_paper(folder, "2001")
    if "yaml" in more:
        metadata.write_text(more["yaml"], "utf-8")
    if "pdf" in more:
        pdf.write_bytes(more["pdf"].encode("latin-1"))
    archive = ("archive", "--archive", str(folder / "archive"))
    return run(*archive, "add", str(pdf), "--metadata", str(metadata), at=folder)


def test_an_issue_made_elsewhere_is_kept(run: Run, tmp_path: Path) -> None:
    assert add(run, tmp_path).output == "archive/2001/v1 is kept\n"
    shown = run("archive", "--archive", str(tmp_path / "archive"), "show", "2001", at=tmp_path)
    assert "made elsewhere" in shown.output
    assert "it has no source" in shown.output
    assert "头一篇  李明" in shown.output
    text = tmp_path / "archive/2001/v1/data/text/002.txt"
    assert text.read_text("utf-8") == "2001 first page 2\n"


def test_a_field_that_metadata_do_not_have_is_placed(run: Run, tmp_path: Path) -> None:
    result = add(run, tmp_path, yaml="id: x\ntitle: y\npublicaton: z\n")
    assert result.exit_code == 1
    assert "2001.yaml:3:1: error N104" in result.output
    assert "'publication'" in result.output


def test_pages_that_the_pdf_does_not_have_are_placed(run: Run, tmp_path: Path) -> None:
    yaml = "id: x\ntitle: y\narticles:\n  - {title: z, first_page: 3}\n"
    result = add(run, tmp_path, yaml=yaml)
    assert "2001.yaml:4:" in result.output
    assert "N759" in result.output
    assert "page-not-in-pdf: 'z' is said to stand on page 3" in result.output


AT_ODDS = {
    "  - {title: z, section: newz}\n": ("5:25: error N119", "did you mean 'news'?"),
    "  - {title: z, first_page: 2, last_page: 1}\n": ("5:42: error N119", "before first_page, 2"),
    "  - {title: z, last_page: 1}\n": ("5:27: error N105", "'first_page: …'"),
    "  - {title: z, id: a}\n  - {title: y, id: a}\n": ("6:20: error N108", "2001.yaml:5:20"),
}


@pytest.mark.parametrize("articles", AT_ODDS)
def test_metadata_at_odds_with_themselves_are_not_kept(
    run: Run, tmp_path: Path, articles: str
) -> None:
    head = "id: x\ntitle: y\nsections: [{id: news, title: 要闻}]\narticles:\n"
    result = add(run, tmp_path, yaml=head + articles)
    assert result.exit_code == 1
    for said in AT_ODDS[articles]:
        assert said in result.output
    assert not (tmp_path / "archive").exists()


def test_a_section_that_no_list_names_is_told_where_to_list_it(run: Run, tmp_path: Path) -> None:
    yaml = "id: x\ntitle: y\narticles:\n  - {title: z, section: news}\n"
    result = add(run, tmp_path, yaml=yaml)
    assert "2001.yaml:4:25: error N119" in result.output
    assert "list the section under 'sections:'" in result.output


@pytest.mark.parametrize("pdf", ["", "no PDF", paper("x").decode("latin-1")[:200]])
def test_what_is_no_pdf_is_refused(run: Run, tmp_path: Path, pdf: str) -> None:
    result = add(run, tmp_path, pdf=pdf)
    assert result.exit_code == 1
    assert "2001.pdf: error" in result.output
    assert "N789" in result.output
    assert not (tmp_path / "archive").exists()


def test_two_files_of_one_name_are_refused(run: Run, tmp_path: Path) -> None:
    pdf, metadata = write_paper(tmp_path / "a", "2001")
    other, _ = write_paper(tmp_path / "b", "2001", "other")
    place = ("archive", "--archive", str(tmp_path / "archive"))
    result = run(*place, "add", str(pdf), str(other), "--metadata", str(metadata), at=tmp_path)
    assert "N760" in result.output


def test_a_pdf_whose_name_is_no_text_is_refused(run: Run, tmp_path: Path) -> None:
    pdf, metadata = write_paper(tmp_path, "1998-3")
    odd = pdf.rename(tmp_path / os.fsdecode(b"odd-\xff.pdf"))
    place = ("archive", "--archive", str(tmp_path / "archive"))
    result = run(*place, "add", str(odd), "--metadata", str(metadata), at=tmp_path)
    assert (result.exit_code, "its name is not UTF-8" in result.output) == (1, True)
    assert not [*(tmp_path / "archive").glob("*")]


# What the disk refuses


@pytest.mark.parametrize("number", range(1, 80, 6))
def test_a_full_disk_leaves_everything_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    archive = tmp_path / "archive"
    deposit(archive, "2001")
    calls = 0
    sync = os.fsync

    def full(handle: int) -> None:
        nonlocal calls
        calls += 1
        if calls >= number:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(archive / "2002" / "x"))
        sync(handle)

    with monkeypatch.context() as patch, contextlib.suppress(Refused):
        patch.setattr(os, "fsync", full)
        deposit(archive, "2002")
    assert audit(Archive(archive), Scope()).findings == []
    deposit(archive, "2002")
    result = audit(Archive(archive), Scope())
    assert (result.findings, result.checked) == ([], ["2001/v1", "2002/v1"])


def test_a_full_disk_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive = tmp_path / "archive"

    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(archive / "2002" / "x"))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Refused) as refusal:
        deposit(archive, "2002")
    assert codes(refusal) == ["N702"]
    told = refusal.value.diagnostics[0].message()
    assert told == "archive/2002/x cannot be written: No space left on device"


def test_a_file_of_the_issue_that_cannot_be_read_is_named(
    small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Here one that vanishes between build and archive."""
    submit = accession.submit_edition

    def vanishing(*arguments: Any) -> Any:  # noqa: ANN401 - as it is
        ready = submit(*arguments)
        (small / "layouts/plain/style.css").unlink()
        return ready

    monkeypatch.setattr(accession, "submit_edition", vanishing)
    with pytest.raises(Refused) as refusal:
        archived(small)
    assert codes(refusal) == ["N124"]
    assert "style.css" in refusal.value.diagnostics[0].message()
    assert not (small / "archive" / "one").exists()


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "archive").write_text("a file", "utf-8")
    with pytest.raises(Refused) as refusal:
        deposit(tmp_path / "archive", "2001")
    assert codes(refusal) == ["N702"]
