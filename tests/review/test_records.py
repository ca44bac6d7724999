"""Records of a review: one file each, never lost, and named when they are damaged."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from newsletter.diagnostics import Refused
from newsletter.review.authors import git_author, short_name
from newsletter.review.records import (
    Anchor,
    Approval,
    Comment,
    Record,
    Signature,
    as_json,
    read_records,
    remove_record,
    review_folder,
    withdraw_verdicts,
    write_record,
)

LI, WANG = "李明 <li@example.org>", "王芳 <wang@example.org>"
ONE, TWO = "1" * 64, "2" * 64
ANCHOR = Anchor(page=3, article="dam", element="p", text="水坝建成。", quote="水坝建成。")


def approval(by: str = LI, digest: str = ONE, verdict: str = "approved") -> Approval:
    return Approval.model_validate(
        {"page": 1, "digest": digest, "verdict": verdict, "by": by, "date": "2022-01-05"}
    )


def comment(text: str = "改为“大坝”", by: str = LI) -> Comment:
    return Comment.new(text, ANCHOR, by, "2022-01-05T10:00:00Z")


def put(root: Path, *records: Record) -> list[Path]:
    (root / "issues" / "one").mkdir(parents=True, exist_ok=True)
    return [write_record(root, "one", record) for record in records]


def test_an_issue_that_is_gone_does_not_come_back_as_a_folder_of_records(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="N702"):
        write_record(tmp_path, "one", approval())
    assert [*tmp_path.iterdir()] == []


def test_what_was_written_is_read_back(tmp_path: Path) -> None:
    signature = Signature(round="初审", pages=(ONE, TWO), by=LI, date="2022-01-06")
    put(tmp_path, approval(), comment(), signature)
    records = read_records(tmp_path, "one")
    assert records.approvals == (approval(),)
    assert records.comments == (comment(),)
    assert records.signatures == (signature,)
    assert records.problems == ()


def test_an_issue_without_a_review_has_no_records_and_no_problems(tmp_path: Path) -> None:
    assert read_records(tmp_path, "one") == read_records(tmp_path, "two")


def test_two_authors_who_approve_at_once_write_two_files(tmp_path: Path) -> None:
    first, second = put(tmp_path, approval(LI), approval(WANG))
    assert first != second
    assert {record.by for record in read_records(tmp_path, "one").approvals} == {LI, WANG}


def test_who_changes_their_mind_replaces_their_own_verdict(tmp_path: Path) -> None:
    put(tmp_path, approval(), approval(verdict="rejected"))
    (record,) = read_records(tmp_path, "one").approvals
    assert record.verdict == "rejected"


def test_another_look_of_the_page_is_another_file(tmp_path: Path) -> None:
    put(tmp_path, approval(), approval(digest=TWO))
    assert len(read_records(tmp_path, "one").approvals) == 2


def test_a_record_says_one_field_a_line_without_escapes() -> None:
    lines = as_json(comment()).splitlines()
    assert ' "text": "改为“大坝”",' in lines


def test_the_same_comment_has_the_same_name_and_another_has_another() -> None:
    assert comment().id == comment().id
    assert len({comment().id, comment("别的").id, comment(by=WANG).id}) == 3


def test_a_comment_can_be_taken_away(tmp_path: Path) -> None:
    put(tmp_path, comment(), comment("别的"))
    for _twice in range(2):
        remove_record(tmp_path, "one", comment())
    assert [c.text for c in read_records(tmp_path, "one").comments] == ["别的"]


def test_a_record_that_cannot_be_taken_away_is_told(tmp_path: Path) -> None:
    (tmp_path / "issues/one/review" / comment().path).mkdir(parents=True)
    with pytest.raises(Refused) as refusal:
        remove_record(tmp_path, "one", comment())
    assert [d.code for d in refusal.value.diagnostics] == ["N702"]


def test_only_ones_own_verdicts_are_withdrawn(tmp_path: Path) -> None:
    put(tmp_path, approval(), approval(by=WANG))
    page = approval().page
    assert withdraw_verdicts(tmp_path, "one", [page + 1], WANG) == 0
    assert withdraw_verdicts(tmp_path, "one", [page], WANG) == 1
    assert [a.by for a in read_records(tmp_path, "one").approvals] == [approval().by]


def broken(root: Path, text: str | bytes) -> list[str]:
    """Break a comment, keep an approval; return code, file and line of each problem."""
    path, _ = put(root, comment(), approval())
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    records = read_records(root, "one")
    assert records.comments == ()
    assert records.approvals == (approval(),)
    assert all(str(problem.place).startswith("issues/one/review/") for problem in records.problems)
    return [f"{d.code} {d.place}".rsplit("/", 1)[0] for d in records.problems]


def test_a_damaged_record_is_named_with_its_line_and_the_others_count(tmp_path: Path) -> None:
    assert broken(tmp_path, '{\n "text": ') == ["N761 issues/one/review/comments"]


@pytest.mark.parametrize("text", [b"\xff\xfe", b"", b"[" * 100_000])
def test_any_bytes_are_a_damaged_record(tmp_path: Path, text: bytes) -> None:
    assert broken(tmp_path, text)[0].startswith("N761")


@pytest.mark.parametrize("name", ["approvals", "comments", "rounds"])
def test_a_folder_that_cannot_be_read_is_named(tmp_path: Path, name: str) -> None:
    """What is in it may be a rejection."""
    folder = review_folder(tmp_path, "one")
    folder.mkdir(parents=True)
    (folder / name).write_text("", "utf-8")
    (problem,) = read_records(tmp_path, "one").problems
    assert (problem.code, str(problem.place)) == ("N761", f"issues/one/review/{name}:1:1")
    (folder / name).unlink()
    (folder / name).symlink_to("nowhere")
    assert [p.code for p in read_records(tmp_path, "one").problems] == ["N761"]


def test_marks_of_a_conflict_are_told_apart_from_damage(tmp_path: Path) -> None:
    text = as_json(comment())
    both = f"{{\n<<<<<<< HEAD\n{text}=======\n{text}>>>>>>> theirs\n}}"
    assert broken(tmp_path, both)[0].startswith("N763")


def test_a_wrong_field_is_named(tmp_path: Path) -> None:
    wrong = json.loads(as_json(comment())) | {"colour": "red"}
    assert broken(tmp_path, json.dumps(wrong))[0].startswith("N762")


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("colour", "red", ("there is no such field", "没有这一项")),
        ("resolved", "perhaps", ("it should be true or false", "应为true或false")),
        ("anchor", {}, ("it is missing", "缺少这一项")),
    ],
)
def test_what_is_wrong_with_a_record_is_said_in_both_languages(
    tmp_path: Path, field: str, value: object, reason: tuple[str, str]
) -> None:
    (path,) = put(tmp_path, comment())
    path.write_text(json.dumps(json.loads(as_json(comment())) | {field: value}), "utf-8")
    (problem,) = read_records(tmp_path, "one").problems
    assert problem.code == "N762"
    assert problem.message("en").endswith(reason[0])
    assert problem.message("zh").endswith(reason[1])


def test_a_list_is_no_record(tmp_path: Path) -> None:
    assert broken(tmp_path, "[]")[0].startswith("N762")


def test_a_renamed_record_counts_but_is_told(tmp_path: Path) -> None:
    (path,) = put(tmp_path, comment())
    path.rename(path.with_name("mine.json"))
    records = read_records(tmp_path, "one")
    assert records.comments == (comment(),)
    assert [problem.code for problem in records.problems] == ["N764"]


def test_a_failure_leaves_the_old_record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, approval())

    def refuse(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(Refused):
        put(tmp_path, approval(verdict="rejected"))
    monkeypatch.undo()
    assert read_records(tmp_path, "one").approvals == (approval(),)
    assert len(list(review_folder(tmp_path, "one").rglob("*.*"))) == 1


def test_the_author_is_the_one_of_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "none"))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    with pytest.raises(Refused, match="N765"):
        git_author(tmp_path)
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    for key, value in {"user.name": "李明", "user.email": "li@example.org"}.items():
        subprocess.run(["git", "-C", str(tmp_path), "config", key, value], check=True)
    assert git_author(tmp_path) == LI
    assert short_name(LI) == "李明"


def test_without_git_nobody_is_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Refused, match="N765"):
        git_author(tmp_path)
