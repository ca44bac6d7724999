"""Each way in which an archive can be damaged is seen and named, and nothing else is said."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import pytest
from bench.archive.damage import DAMAGES, Damage, close_up, inflict, make, open_up

from commandline import Run
from newsletter.archive.audit import Scope, audit
from newsletter.archive.bag import read_labels, write_bag
from newsletter.archive.stacks import Archive, clear
from newsletter.diagnostics import has_errors


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("sound") / "archive")


@pytest.fixture
def archive(sound: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(sound, tmp_path / "archive"))


def test_a_sound_archive_has_nothing_said_of_it(archive: Path) -> None:
    result = audit(Archive(archive), Scope())
    assert result.findings == []
    assert result.checked == ["2001/v1", "2002/v1", "2002/v2", "2003/v1"]


@pytest.mark.parametrize("damage", DAMAGES, ids=[damage.name for damage in DAMAGES])
def test_a_damage_is_named(damage: Damage, archive: Path) -> None:
    inflict(damage, archive)
    found = audit(Archive(archive), Scope()).findings
    said = [(d.code, d.place.file if d.place else "") for d in found]
    assert set(said) == set(damage.said)
    for finding in found:
        for language in ("en", "zh"):
            assert "…" not in finding.message(language)
            assert finding.hint_text(language)


def test_the_command_ends_with_status_one_where_anything_is_damaged(
    archive: Path, run: Run
) -> None:
    good = run("archive", "--archive", str(archive), "verify")
    assert good.exit_code == 0
    assert "4 bags verified: no problems" in good.output
    inflict(DAMAGES[0], archive)
    bad = run("archive", "--archive", str(archive), "verify")
    assert bad.exit_code == 1
    assert "archive/2001/v1/data/pdf/2001.pdf: error N773" in bad.output


def test_a_lost_catalogue_is_no_error(archive: Path) -> None:
    (archive / "catalogue.sqlite").write_bytes(b"")
    assert audit(Archive(archive), Scope()).findings == []
    (archive / "catalogue.sqlite").write_bytes(b"nonsense" * 1000)
    assert not has_errors(audit(Archive(archive), Scope()).findings)


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_damaged_catalogue_ends_with_status_one_only_where_warnings_are_errors(
    archive: Path, run: Run, form: str
) -> None:
    verify = ("archive", "--archive", str(archive), "verify", "--format", form)
    assert run(*verify, "--strict").exit_code == 0
    (archive / "catalogue.sqlite").write_bytes(b"nonsense" * 1000)
    told = run(*verify)
    assert told.exit_code == 0
    assert "N784" in told.stdout
    assert "newsletter archive search" in told.stdout
    assert run(*verify, "--strict").exit_code == 1
    run("archive", "--archive", str(archive), "search", "绿色")
    assert run(*verify, "--strict").exit_code == 0


def test_a_noted_hash_shows_that_the_end_of_log_and_archive_were_cut_off(archive: Path) -> None:
    """The last bag and its line, taken away together, leave a sound archive behind."""
    head = audit(Archive(archive), Scope()).head
    lines = (archive / "log.jsonl").read_bytes().splitlines(keepends=True)
    (archive / "log.jsonl").write_bytes(b"".join(lines[:-1]))
    for folder in (archive / "2003").rglob("*"):
        if folder.is_dir():
            folder.chmod(0o755)
    shutil.rmtree(archive / "2003")
    assert audit(Archive(archive), Scope()).findings == []
    assert [d.code for d in audit(Archive(archive), Scope(head=head)).findings] == ["N730"]


def said_of(archive: Path) -> set[tuple[str, str]]:
    found = audit(Archive(archive), Scope()).findings
    return {(d.code, d.place.file if d.place else "") for d in found}


def test_the_damages_bring_out_every_code_that_names_one() -> None:
    named = {code for damage in DAMAGES for code, _place in damage.said}
    files = {"N773", "N774", "N775", "N776", "N777", "N782", "N783"}
    bags = {"N778", "N779", "N780", "N781", "N784", "N786"}
    assert named == files | bags


def test_a_link_in_the_place_of_a_bag_is_named(archive: Path, tmp_path: Path) -> None:
    (archive / "2003" / "v1").rename(tmp_path / "moved")
    (archive / "2003" / "v1").symlink_to(tmp_path / "moved")
    assert said_of(archive) == {("N783", "archive/2003/v1")}


def test_a_link_in_the_place_of_an_issue_is_named(archive: Path, tmp_path: Path) -> None:
    (archive / "2003").rename(tmp_path / "moved")
    (archive / "2003").symlink_to(tmp_path / "moved")
    assert said_of(archive) == {("N783", "archive/2003"), ("N786", "archive/2003/v1")}


@pytest.mark.parametrize("name", ["manifest-sha256.txt", "tagmanifest-sha512.txt", "bagit.txt"])
def test_a_tag_file_that_is_missing_is_named(archive: Path, name: str) -> None:
    open_up(archive / "2003" / "v1" / name).unlink()
    close_up(archive)
    assert said_of(archive) == {("N774", f"archive/2003/v1/{name}")}


def test_all_manifests_written_anew_do_not_deceive_the_log(archive: Path) -> None:
    """As when somebody changes a file and makes every digest in the bag agree."""
    bag = archive / "2003" / "v1"
    labels = read_labels(bag)
    payload = {
        path.relative_to(bag / "data").as_posix(): path.read_bytes()
        for path in (bag / "data").rglob("*.*")
        if path.is_file()
    }
    open_up(bag / "data" / "text" / "001.txt")
    clear(bag)
    bag.mkdir()
    write_bag(bag, payload | {"text/001.txt": b"forged"}, labels[:-1])
    close_up(archive)
    seals = {f"archive/2003/v1/tagmanifest-{name}.txt" for name in ("sha256", "sha512")}
    assert said_of(archive) == {("N777", seal) for seal in seals}


def test_a_manifest_that_cannot_be_understood_is_named(archive: Path) -> None:
    for name in ("sha256", "sha512"):
        open_up(archive / f"2003/v1/manifest-{name}.txt").write_bytes(b"\xff nonsense")
    close_up(archive)
    named = {place for code, place in said_of(archive) if code == "N777"}
    assert named == {f"archive/2003/v1/manifest-{name}.txt" for name in ("sha256", "sha512")}


def test_a_file_beside_the_bags_is_named(archive: Path) -> None:
    (archive / "2003" / "notes.txt").write_text("x", "utf-8")
    assert said_of(archive) == {("N775", "archive/2003/notes.txt")}


@pytest.mark.parametrize("name", ["manifest-sha256.txt", "tagmanifest-sha256.txt"])
def test_nothing_is_waited_for_where_a_pipe_stands_in_the_place_of_a_file(
    archive: Path, run: Run, name: str
) -> None:
    open_up(archive / "2003" / "v1" / name).unlink()
    os.mkfifo(archive / "2003" / "v1" / name)
    close_up(archive)
    assert ("N783", f"archive/2003/v1/{name}") in said_of(archive)
    (archive / "log.jsonl").unlink()
    os.mkfifo(archive / "log.jsonl")
    for command in ("verify", "list"):
        told = run("archive", "--archive", str(archive), command)
        assert told.exit_code == 1
        assert "archive/log.jsonl: error N785" in told.output


def test_a_pipe_in_the_place_of_catalogue_or_signature_is_not_waited_for(
    archive: Path, run: Run
) -> None:
    (archive / "catalogue.sqlite").unlink(missing_ok=True)
    os.mkfifo(archive / "catalogue.sqlite")
    assert run("archive", "--archive", str(archive), "search", "绿色").exit_code == 0
    os.mkfifo(archive / "2003" / "v1.p7s")
    told = run("archive", "--archive", str(archive), "verify")
    assert told.exit_code == 1
    assert "v1.p7s: error" in told.output


def test_a_page_whose_text_cannot_be_read_is_passed_over_in_a_search(
    archive: Path, run: Run
) -> None:
    page = next((archive / "2003" / "v1" / "data" / "text").glob("*.txt"))
    open_up(page).unlink()
    page.symlink_to(page.name)
    assert run("archive", "--archive", str(archive), "search", "绿色").exception is None
