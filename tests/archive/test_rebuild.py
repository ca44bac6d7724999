"""A bag's own source gives its files again; where not, the change that did it is named."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import pytest
from bench.archive.damage import open_up
from bench.archive.papers import deposit

import small_issue
from commandline import Run
from newsletter import edition
from newsletter.archive import recipe
from newsletter.archive.accession import Accession, Terms, archive_issue
from newsletter.archive.rebuild import rebuild
from newsletter.archive.restoration import restore
from newsletter.archive.stacks import Archive
from newsletter.diagnostics import Refused
from newsletter.writing import turn
from workshop import HOUSE


def kept(root: Path) -> tuple[Archive, Accession]:
    archive = Archive(root / "archive")
    return archive, archive_issue(archive, root, "one", Terms())


def test_every_byte_is_the_same_in_another_folder(small: Path, tmp_path: Path) -> None:
    archive, bag = kept(small)
    moved = Archive(Path(shutil.copytree(archive.folder, tmp_path / "far" / "away")))
    shutil.rmtree(small / "issues")
    assert rebuild(moved, bag.entry) == []


def test_a_restored_issue_gives_the_same_payload(small: Path, tmp_path: Path) -> None:
    archive, bag = kept(small)
    target = tmp_path / "restored"
    restore(archive, bag.entry, target)
    _, again = kept(target)
    manifests = [folder / "manifest-sha512.txt" for folder in (bag.folder, again.folder)]
    assert manifests[0].read_bytes() == manifests[1].read_bytes()


def test_a_restored_issue_may_be_worked_on(small: Path, tmp_path: Path) -> None:
    archive, bag = kept(small)
    restore(archive, bag.entry, tmp_path / "restored")
    assert all(path.stat().st_mode & 0o200 for path in (tmp_path / "restored").rglob("*"))
    with pytest.raises(Refused, match="N002"):
        restore(archive, bag.entry, tmp_path / "restored")


def test_what_a_killed_restoration_left_is_taken_away(small: Path, tmp_path: Path) -> None:
    archive, bag = kept(small)
    left = tmp_path / ".restored.k1ll3d_x.part"
    other = tmp_path / ".restored.x.k1ll3d_x.part"
    busy = tmp_path / ".restored.bu5y_xyz.part"
    for folder in (left / "layouts", other, busy):
        folder.mkdir(parents=True)
    (left / "layouts").chmod(0o555)
    with turn(busy):
        restore(archive, bag.entry, tmp_path / "restored")
    assert {path.name for path in tmp_path.glob(".restored.*")} == {other.name, busy.name}


def test_the_library_that_changed_is_named(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        finish = edition.finish
        patch.setattr(edition, "finish", lambda *args: finish(*args) + b"% otherwise\n")
        libraries = {**recipe.libraries(), "pango": "1.49.0"}
        patch.setattr(recipe, "libraries", lambda: libraries)
        archive, bag = kept(small)
    found = rebuild(archive, bag.entry)
    assert {(d.code, str(d.place).rsplit("/", 1)[1]) for d in found} == {
        ("N787", "one-archive.pdf"),
        ("N787", "one-screen.pdf"),
    }
    assert found[0].values["looks"] == "—"
    assert "since then: pango 1.49.0 →" in str(found[0].hint_text())


def test_the_input_that_changed_is_named_and_its_pages(small: Path) -> None:
    archive, bag = kept(small)
    article = open_up(bag.folder / "data" / "source" / small_issue.ARTICLE)
    small_issue.swap(article, "加强合作", "加强协作")
    found = rebuild(archive, bag.entry)
    assert [d.code for d in found] == ["N787"] * 3
    for finding in found:
        values = finding.values
        assert (values["old"], values["new"], values["looks"], values["words"]) == (1, 1, "1", "1")
        assert "issues/one/articles/first.yaml" in str(values["causes"])


def test_the_font_that_changed_is_named(small: Path) -> None:
    archive, bag = kept(small)
    font = open_up(bag.folder / "data/source/fonts/wenkai/WenKai-Regular.ttf")
    shutil.copyfile(HOUSE / "fonts" / "noto-sans-sc" / "NotoSansSC-Regular.otf", font)
    found = rebuild(archive, bag.entry)
    told = [(d.code, d.values["looks"], d.values["words"]) for d in found]
    assert told == [("N787", "1", "—")] * 3
    assert str(found[0].values["causes"]).startswith("fonts/wenkai/WenKai-Regular.ttf ")


def test_a_source_that_is_refused_today_names_the_version_that_took_it(small: Path) -> None:
    archive, bag = kept(small)
    issue = open_up(bag.folder / "data" / "source" / small_issue.ISSUE)
    small_issue.swap(issue, "sections:", "sektions:")
    found = rebuild(archive, bag.entry)
    assert found[-1].code == "N788"
    assert "newsletter 0." in str(found[-1].hint_text())


def test_what_came_as_pdf_is_said_to_have_no_source(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "archive")
    entry = deposit(archive.folder, "2001").entry
    assert [d.code for d in rebuild(archive, entry)] == ["N788"]
    with pytest.raises(Refused, match="N788"):
        restore(archive, entry, tmp_path / "restored")


def test_a_correction_changes_the_lines_that_it_changed(small: Path, run: Run) -> None:
    kept(small)
    small_issue.swap(small / small_issue.ARTICLE, "加强合作", "加强协作")
    archive_issue(Archive(small / "archive"), small, "one", Terms("a word was wrong"))
    for names in (("one",), ("one", "v1", "v2"), ("one/v1", "one/v2")):
        said = run("archive", "diff", *names, at=small).output
        assert "one/v1 → one/v2  [a word was wrong]" in said
        assert "    -会议指出，要加强合作。\n    +会议指出，要加强协作。" in said
        assert "source/issues/one/articles/first.yaml" in said


@pytest.mark.slow
def test_the_issue_of_2021_is_built_again_from_its_bag(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "archive")
    bag = archive_issue(archive, HOUSE, "2021", Terms())
    assert rebuild(archive, bag.entry) == []
