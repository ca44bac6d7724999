"""The catalogue: made by itself whenever it is missing, damaged or older than the bags."""

from __future__ import annotations

import os
import shutil
import sqlite3
from pathlib import Path

import pytest

from newsletter.archive import catalogue as room
from newsletter.archive.catalogue import NAME, open_catalogue
from newsletter.archive.query import parse
from newsletter.archive.search import count
from newsletter.diagnostics import Refused
from shelf import article, put


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    folder = tmp_path / "archive"
    put(folder, "2020", [article(text="旧的一期谈海洋。")])
    put(folder, "2021", [article(text="绿色发展。")])
    return folder


def finds(archive: Path, word: str) -> int:
    catalogue = open_catalogue(archive, cache=archive.parent / "cache")
    try:
        return count(catalogue, parse(word))
    finally:
        catalogue.close()


def kept(archive: Path) -> tuple[int, bytes]:
    path = archive / NAME
    return path.stat().st_ino, path.read_bytes()


def test_it_lies_beside_the_bags_and_is_kept(archive: Path) -> None:
    assert finds(archive, "绿色") == 1
    before = kept(archive)
    assert finds(archive, "海洋") == 1
    assert kept(archive) == before
    assert [path.name for path in archive.iterdir() if path.name.startswith(".")] == []


def test_one_that_is_missing_is_made_again(archive: Path) -> None:
    finds(archive, "绿色")
    (archive / NAME).unlink()
    assert finds(archive, "绿色") == 1


@pytest.mark.parametrize("share", [0, 0.01, 0.5, 0.99])
def test_one_that_is_cut_off_is_made_again(archive: Path, share: float) -> None:
    finds(archive, "绿色")
    content = (archive / NAME).read_bytes()
    (archive / NAME).write_bytes(content[: int(len(content) * share)])
    assert finds(archive, "绿色") == 1
    assert (archive / NAME).read_bytes() == content


def test_one_with_a_single_wrong_bit_is_made_again(archive: Path) -> None:
    finds(archive, "绿色")
    content = (archive / NAME).read_bytes()
    for place in (0, 30, 61, len(content) // 2, len(content) - 1):
        damaged = bytearray(content)
        damaged[place] ^= 4
        (archive / NAME).write_bytes(damaged)
        assert finds(archive, "绿色") == 1
        assert (archive / NAME).read_bytes() == content


def test_another_file_of_its_name_is_replaced(archive: Path) -> None:
    (archive / NAME).write_text("no data base", "utf-8")
    assert finds(archive, "绿色") == 1


def test_a_sealed_file_of_another_format_is_made_again(
    archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "FORMAT", "0")
    finds(archive, "绿色")
    monkeypatch.undo()
    before = kept(archive)
    assert finds(archive, "绿色") == 1
    assert kept(archive)[1] != before[1]


def test_a_new_version_takes_the_place_of_the_old(archive: Path) -> None:
    assert finds(archive, "绿色") == 1
    put(archive, "2021", [article(text="蓝天保卫战。")], version=2)
    assert (finds(archive, "绿色"), finds(archive, "蓝天")) == (0, 1)


def test_version_ten_is_newer_than_version_nine(archive: Path) -> None:
    put(archive, "2021", [article(text="第九版。")], version=9)
    put(archive, "2021", [article(text="第十版。")], version=10)
    assert finds(archive, "第十版") == 1


def test_a_bag_that_was_changed_in_place_is_read_again(archive: Path) -> None:
    finds(archive, "绿色")
    data = put(archive, "2021", [article(text="蓝色发展。")])
    os.utime(data / "articles.json", ns=(1, 1))
    assert (finds(archive, "绿色"), finds(archive, "蓝色")) == (0, 1)


def test_an_issue_that_is_gone_is_found_no_more(archive: Path) -> None:
    finds(archive, "海洋")
    shutil.rmtree(archive / "2020")
    assert (finds(archive, "海洋"), finds(archive, "绿色")) == (0, 1)


def test_only_what_changed_is_read_again(archive: Path) -> None:
    finds(archive, "绿色")
    put(archive, "2022", [article(text="新的一期。")])
    told: list[tuple[int, int]] = []
    open_catalogue(archive, progress=lambda done, every: told.append((done, every))).close()
    assert told == [(0, 1)]
    assert (finds(archive, "新的"), finds(archive, "海洋")) == (1, 1)


def test_a_bag_that_cannot_be_read_is_told_and_left_out(archive: Path) -> None:
    data = put(archive, "2019")
    (data / "articles.json").write_text("{", "utf-8")
    (archive / "2018" / "v1").mkdir(parents=True)
    for _twice in range(2):
        catalogue = open_catalogue(archive)
        assert [d.code for d in catalogue.findings] == ["N792", "N792"]
        assert catalogue.findings[0].message("zh").endswith("文件或文件夹不存在")
        assert catalogue.findings[1].message("zh").endswith("不是有效的JSON")
        assert catalogue.findings[1].message("en").endswith("it is not JSON")
        assert count(catalogue, parse("绿色")) == 1
        catalogue.close()


def test_without_a_bag_there_is_nothing_to_open(tmp_path: Path) -> None:
    (tmp_path / "archive").mkdir()
    for folder in (tmp_path / "archive", tmp_path / "nothing"):
        with pytest.raises(Refused) as refusal:
            open_catalogue(folder)
        assert [d.code for d in refusal.value.diagnostics] == ["N790"]


def read_only(monkeypatch: pytest.MonkeyPatch, *folders: Path) -> None:
    """Let nothing be written in folders, as on a read-only medium; root may write anywhere."""
    real = room._write_beside

    def refuse(home: Path, *rest: object) -> None:
        if home.parent in folders:
            raise OSError(30, "Read-only file system")
        real(home, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(room, "_write_beside", refuse)


def test_on_a_read_only_medium_it_is_kept_in_the_cache(
    archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_only(monkeypatch, archive)
    cache = archive.parent / "cache"
    first = open_catalogue(archive, cache=cache)
    assert [d.code for d in first.findings] == ["N796"]
    [home] = cache.iterdir()
    inode = home.stat().st_ino
    again = open_catalogue(archive, cache=cache)
    assert [*cache.iterdir()] == [home]
    assert home.stat().st_ino == inode
    assert count(again, parse("绿色")) == 1


def test_where_nothing_can_be_written_it_is_made_in_memory(
    archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = archive.parent / "cache"
    read_only(monkeypatch, archive, cache)
    catalogue = open_catalogue(archive, cache=cache)
    assert [(d.code, d.hint) for d in catalogue.findings] == [("N796", "default")]
    assert count(catalogue, parse("绿色")) == 1


def test_a_folder_in_its_place_is_worked_around(archive: Path) -> None:
    (archive / NAME).mkdir()
    assert finds(archive, "绿色") == 1


def test_a_full_disk_leaves_no_part_behind(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_arguments: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    fill = room._fill
    monkeypatch.setattr(room, "_fill", full)
    with pytest.raises(sqlite3.OperationalError):
        open_catalogue(archive, cache=archive.parent / "cache")
    monkeypatch.setattr(room, "_fill", fill)
    assert list(archive.glob(".*")) == []
