"""An audit goes on where it stopped, looks at what it is asked to, and reads what it may."""

from __future__ import annotations

import datetime as dt
import json
import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import pytest
from bench.archive.damage import DAMAGES, inflict
from bench.archive.papers import deposit

from newsletter.archive import audit as room
from newsletter.archive import bag, bookmark, fixity
from newsletter.archive.audit import Scope, audit
from newsletter.archive.bookmark import NOTE
from newsletter.archive.stacks import WORKING, Archive
from newsletter.diagnostics import Refused


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    for issue in ("2001", "2002", "2003"):
        deposit(tmp_path / "archive", issue)
    return Archive(tmp_path / "archive")


class Interrupted(Exception):  # noqa: N818 - it is no fault
    """Stands for Ctrl-C."""


def interrupt_at(number: int) -> room.Progress:
    def progress(done: int, _total: int, _name: str) -> None:
        if done == number:
            raise Interrupted

    return progress


def test_an_interrupted_audit_goes_on_where_it_stopped(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    inflict(DAMAGES[0], archive.folder)
    with pytest.raises(Interrupted):
        audit(archive, Scope(), interrupt_at(3))
    looked: list[str] = []
    inspect = room.inspect_bag

    def noted(folder: Path, *rest: object) -> object:
        looked.append(folder.parent.name)
        return inspect(folder, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(room, "inspect_bag", noted)
    result = audit(archive, Scope())
    assert looked == ["2003"]
    assert result.resumed == 2
    assert [d.code for d in result.findings] == ["N773"]
    assert not (archive.folder / NOTE).exists()


def test_restart_looks_at_everything_again(archive: Archive) -> None:
    with pytest.raises(Interrupted):
        audit(archive, Scope(), interrupt_at(3))
    assert audit(archive, Scope(restart=True)).resumed == 0


def test_a_note_that_was_torn_is_read_as_far_as_it_goes(archive: Archive) -> None:
    with pytest.raises(Interrupted):
        audit(archive, Scope(), interrupt_at(3))
    note = archive.folder / NOTE
    note.write_bytes(note.read_bytes()[:-5])
    assert audit(archive, Scope(), interrupt_at(9)).resumed == 1


def test_a_bag_that_was_touched_since_is_looked_at_again(archive: Archive) -> None:
    with pytest.raises(Interrupted):
        audit(archive, Scope(), interrupt_at(3))
    kept = archive.folder / "2001/v1/data/articles.json"
    kept.chmod(0o644)
    kept.write_bytes(kept.read_bytes()[::-1])
    kept.chmod(0o444)
    result = audit(archive, Scope())
    assert [d.code for d in result.findings] == ["N773"]
    assert result.resumed == 1


def test_what_was_found_days_ago_is_found_anew(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Bits can rot without a trace in the times of a file."""
    with pytest.raises(Interrupted):
        audit(archive, Scope(), interrupt_at(3))
    tomorrow = dt.datetime.now(dt.UTC) + dt.timedelta(hours=25)
    monkeypatch.setattr(bookmark, "now", lambda: tomorrow.strftime("%Y-%m-%dT%H:%M:%SZ"))
    assert audit(archive, Scope()).resumed == 0


@pytest.mark.parametrize(
    "change",
    [
        {"findings": [{"code": "N000", "file": "x", "values": {}, "hint": "default"}]},
        {"findings": [{"code": "N773", "file": "x", "values": [1], "hint": "default"}]},
        {"findings": [{"code": "N773", "file": "x", "values": {}, "hint": "nothing"}]},
        {"findings": [{"code": "N773", "file": 1, "values": {}, "hint": "default"}]},
        {"time": "yesterday"},
        {"time": 1},
        {"state": None},
        {"bag": []},
    ],
)
def test_a_note_that_this_tool_would_not_write_counts_for_nothing(
    archive: Archive, change: dict[str, object]
) -> None:
    with pytest.raises(Interrupted):
        audit(archive, Scope(), interrupt_at(2))
    note = archive.folder / NOTE
    note.write_text(json.dumps(json.loads(note.read_text("utf-8")) | change), "utf-8")
    result = audit(archive, Scope())
    assert (result.resumed, result.findings) == (0, [])


def test_a_note_that_is_nested_too_deeply_counts_for_nothing(archive: Archive) -> None:
    (archive.folder / NOTE).write_text("[" * 100_000, "utf-8")
    assert audit(archive, Scope()).findings == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("title", "假的"),
        ("reason", "假的"),
        ("despite", "假的"),
        ("refused", ["N750"]),
        ("files", 1),
        ("time", "2099-01-01T00:00:00Z"),
        ("time", "someday"),
    ],
)
def test_a_last_line_that_was_edited_is_held_against_its_bag(
    archive: Archive, name: str, value: object
) -> None:
    """No later line holds its hash; the bag is sealed and says the same."""
    *before, last = archive.log_path.read_bytes().splitlines()
    edited = json.dumps(json.loads(last) | {name: value}, ensure_ascii=False).encode("utf-8")
    archive.log_path.write_bytes(b"\n".join([*before, edited, b""]))
    assert "N778" in {d.code for d in audit(archive, Scope()).findings}


def test_a_file_whose_name_is_no_text_is_named_and_noted(archive: Archive) -> None:
    folder = archive.folder / "2001/v1/data"
    folder.chmod(0o755)
    (folder / os.fsdecode(b"odd-\xff")).write_bytes(b"")
    (folder / os.fsdecode(b"odd-\xff")).chmod(0o444)
    folder.chmod(0o555)
    with pytest.raises(Interrupted):
        audit(archive, Scope(), interrupt_at(3))
    result = audit(archive, Scope())
    assert result.resumed == 2
    assert [(d.code, str(d.place)) for d in result.findings] == [
        ("N775", os.fsdecode(b"archive/2001/v1/data/odd-\xff"))
    ]


def test_a_note_of_a_writer_that_is_no_text_is_taken_away(archive: Archive) -> None:
    (archive.folder / WORKING).write_bytes(b"\xff\xfe")
    assert audit(archive, Scope()).findings == []
    assert not (archive.folder / WORKING).exists()


def test_a_bag_or_an_issue_can_be_looked_at_alone(archive: Archive) -> None:
    deposit(archive.folder, "2002", "second", "a reason")
    assert audit(archive, Scope(("2002",))).checked == ["2002/v1", "2002/v2"]
    assert audit(archive, Scope(("2002/v2",))).checked == ["2002/v2"]
    with pytest.raises(Refused, match="N770"):
        audit(archive, Scope(("200",)))


def test_a_sample_has_as_many_bags_as_there_are(archive: Archive) -> None:
    assert len(audit(archive, Scope(sample=2)).checked) == 2
    assert len(audit(archive, Scope(sample=9)).checked) == 3


def test_versions_stand_in_the_order_of_their_numbers(tmp_path: Path) -> None:
    for number in range(1, 12):
        deposit(tmp_path / "archive", "2001", f"take {number}", "a reason")
    names = audit(Archive(tmp_path / "archive"), Scope()).checked
    assert names == [f"2001/v{number}" for number in range(1, 12)]


def test_files_are_read_piece_by_piece(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    """So that memory stays flat: no piece is larger than CHUNK."""
    monkeypatch.setattr(bag, "CHUNK", 64)
    assert audit(archive, Scope()).findings == []


def test_a_file_that_cannot_be_read_is_named(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    digests = fixity.digests_of

    def failing(path: Path, algorithms: object) -> dict[str, str]:
        if path.name == "002.txt" and "2001" in path.parts:
            raise OSError(5, os.strerror(5), str(path))
        return digests(path, algorithms)  # type: ignore[arg-type]

    monkeypatch.setattr(fixity, "digests_of", failing)
    found = audit(archive, Scope()).findings
    assert [(d.code, str(d.place)) for d in found] == [
        ("N785", "archive/2001/v1/data/text/002.txt")
    ]
    assert "Input/output error" in found[0].message()


def test_an_archive_that_cannot_be_written_is_read_all_the_same(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on a disc: every attempt to change something is refused by the system."""
    read_only = OSError(30, os.strerror(30))

    def refuse(*_arguments: object, **_options: object) -> None:
        raise read_only

    with pytest.raises(Interrupted):
        audit(archive, Scope(), interrupt_at(2))
    for name in ("unlink", "rename", "mkdir", "replace", "chmod", "rmdir"):
        monkeypatch.setattr(Path, name, refuse)
    real = Path.open

    def only_reading(path: Path, mode: str = "r", **options: object) -> object:
        if mode not in ("r", "rb"):
            raise read_only
        return real(path, mode, **options)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", only_reading)
    result = audit(archive, Scope())
    assert (result.findings, len(result.checked)) == ([], 3)
