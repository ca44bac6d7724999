"""Each way in which an archive can be damaged is seen and named, and nothing else is said."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import pytest
from bench.archive.damage import DAMAGES, Damage, inflict, make

from conftest import Run
from newsletter.archive.audit import Scope, audit
from newsletter.archive.stacks import Archive
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
    assert [d.code for d in audit(Archive(archive), Scope(head=head)).findings] == ["N778"]
