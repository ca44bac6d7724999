"""The archive at the command line: plain words, no traceback, the right status."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import bagit
import pytest
from bench.archive.damage import open_up
from bench.archive.papers import deposit

import small_issue
from commandline import Run
from newsletter.archive.comparison import Comparison
from newsletter.commands.archive.diff import told
from shelf import article, put


@pytest.fixture
def filled(small: Path) -> Path:
    """A publication whose archive holds three issues."""
    for issue in ("2001", "2002", "2003"):
        deposit(small / "archive", issue)
    return small


def test_an_issue_is_kept_by_its_name_alone(small: Path, run: Run) -> None:
    result = run("archive", "one", at=small)
    assert (result.exit_code, result.output) == (0, "archive/one/v1 is kept\n")
    again = run("archive", "one", at=small, lang="zh")
    assert again.output == "archive/one/v1已是同样的内容，没有写入任何文件\n"


def test_what_an_issue_was_made_with_is_listed_as_the_language_does(small: Path, run: Run) -> None:
    run("archive", "one", at=small)
    assert re.search(r"weasyprint \S+, pango ", run("archive", "show", "one", at=small).output)
    chinese = run("archive", "show", "one", at=small, lang="zh").output
    assert re.search(r"weasyprint \S+、pango ", chinese)
    assert "原稿在data/source" in chinese


def test_a_change_of_the_tool_itself_is_called_by_its_name() -> None:
    made = (("newsletter", "code", "a" * 64, "b" * 64), ("packages", "jinja2", "3.1", "3.2"))
    found = Comparison((), (), (), {}, {}, made, ())
    assert [*told(found, "zh")][1:] == [
        "制作环境的变化：",
        "    newsletter的程序代码 aaaaaaaa… → bbbbbbbb…",
        "    jinja2 3.1 → 3.2",
    ]


def test_options_may_stand_before_the_issue(small: Path, run: Run) -> None:
    assert run("archive", "--reason", "because", "one", at=small).exit_code == 0


def test_an_issue_may_be_called_like_a_command(small: Path, run: Run) -> None:
    (small / "issues" / "one").rename(small / "issues" / "verify")
    small_issue.swap(small / "issues/verify/issue.yaml", "id: one", "id: verify")
    assert run("archive", "issue", "verify", at=small).output == "archive/verify/v1 is kept\n"
    assert "1 bag verified" in run("archive", "verify", "verify", at=small).output


def test_a_misspelt_command_gets_a_suggestion(small: Path, run: Run) -> None:
    result = run("archive", "verifyy", at=small)
    assert (result.exit_code, "Did you mean 'verify'?" in result.output) == (2, True)


def test_an_unknown_issue_is_named(small: Path, run: Run) -> None:
    result = run("archive", "2077", at=small)
    assert (result.exit_code, "N132" in result.output) == (1, True)


@pytest.mark.parametrize(
    "command", [("verify",), ("list",), ("show", "2001"), ("diff", "x"), ("export", "x")]
)
def test_a_missing_archive_is_named(small: Path, run: Run, command: tuple[str, ...]) -> None:
    result = run("archive", *command, at=small)
    assert (result.exit_code, "N770" in result.output) == (1, True)
    assert "newsletter archive ISSUE" in result.output


@pytest.mark.parametrize("command", [("show",), ("verify",), ("export",), ("restore", "to")])
def test_an_issue_that_is_not_kept_is_named_with_those_that_are(
    filled: Path, run: Run, command: tuple[str, ...]
) -> None:
    first, *rest = command
    result = run("archive", first, "1999", *rest, at=filled)
    assert (result.exit_code, "the archive holds 2001, 2002, 2003" in result.output) == (1, True)


def test_list_has_a_line_for_each_version(filled: Path, run: Run) -> None:
    deposit(filled / "archive", "2002", "second", "a page was upside down")
    lines = run("archive", "list", at=filled).output.splitlines()
    assert [line.split()[0] for line in lines] == ["2001/v1", "2002/v1", "2002/v2", "2003/v1"]
    assert lines[2].endswith("小报 第2002期  [a page was upside down]")
    said = json.loads(run("archive", "list", "--format", "json", at=filled).output)
    assert [bag["there"] for bag in said["bags"]] == [True] * 4


def test_show_tells_of_what_is_missing_too(filled: Path, run: Run) -> None:
    (filled / "archive/2003").rename(filled / "away")
    assert "ITS FOLDER IS MISSING" in run("archive", "show", "2003", at=filled).output
    assert "(missing)" in run("archive", "list", at=filled).output
    assert "N786" in run("archive", "export", "2003", at=filled).output


def test_show_tells_of_damage_and_nothing_that_stands_in_a_damaged_bag(
    filled: Path, run: Run
) -> None:
    path = open_up(filled / "archive/2003/v1/data/articles.json")
    path.write_text('{"articles": 7, "publisher": "forged"}', "utf-8")
    result = run("archive", "show", "2003", at=filled)
    assert result.exit_code == 1
    assert run("archive", "show", "2003", "--format", "json", at=filled).exit_code == 1
    assert "DAMAGED" in result.output
    assert "PDFs:" not in result.output
    assert "N773" in result.output
    assert "forged" not in result.output


def test_names_may_be_typed_as_the_shell_completes_them(filled: Path, run: Run) -> None:
    for name in ("2003/", "archive/2003/v1/", "2003/v1"):
        assert "1 bag verified" in run("archive", "verify", name, at=filled).output


def test_a_log_cannot_lead_out_of_the_archive_or_talk_to_the_terminal(
    filled: Path, run: Run
) -> None:
    log = filled / "archive/log.jsonl"
    good = log.read_text("utf-8")
    for old, new in (
        ('"issue":"2003"', '"issue":"../../x"'),
        ('"version":1', '"version":"1"'),
        ('"octets":', '"octets":"x","was":'),
        ('"seal":{', '"seal":{"a":7,'),
        ('"act":"added"', '"act":"{0.__class__}"'),
    ):
        log.write_text(good.replace(old, new), "utf-8")
        for command in (("list",), ("show", "2003"), ("verify",), ("export", "2003", "-o", "x")):
            result = run("archive", *command, at=filled)
            assert result.exception is None or isinstance(result.exception, SystemExit)
    log.write_text(good.replace("第2001期", "\\u001b[31m red"), "utf-8")
    assert "\x1b" not in run("archive", "list", at=filled).output
    log.write_text("[" * 100_000 + "\n", "utf-8")
    assert "N778" in run("archive", "verify", at=filled).output


def test_show_speaks_both_languages(small: Path, run: Run) -> None:
    run("archive", "one", at=small)
    english = run("archive", "show", "one", at=small).output
    chinese = run("archive", "show", "one/v1", at=small, lang="zh").output
    assert "published by 某社" in english
    assert "出版：某社" in chinese
    assert len(english.splitlines()) == len(chinese.splitlines())
    said = json.loads(run("archive", "show", "one", "--format", "json", at=small).output)
    assert said["bags"][0]["contents"]["title"] == "第一期"


def test_a_version_that_is_not_kept_is_named_with_those_that_are(filled: Path, run: Run) -> None:
    deposit(filled / "archive", "2002", "second", "a page was upside down")
    for command in (("diff", "2002", "v1", "v9"), ("show", "2002/v9")):
        result = run("archive", *command, at=filled)
        assert result.exit_code == 1
        assert "of 2002 the archive holds v1, v2" in result.output


def test_the_hash_of_a_log_that_does_not_hold_is_not_to_be_noted(filled: Path, run: Run) -> None:
    assert "note this hash elsewhere" in run("archive", "verify", at=filled).output
    log = filled / "archive/log.jsonl"
    log.write_text(log.read_text("utf-8").replace("小报", "大报", 1), "utf-8")
    result = run("archive", "verify", at=filled)
    assert (result.exit_code, "N778" in result.output) == (1, True)
    assert "note this hash elsewhere" not in result.output
    assert "do not note its last hash" in result.output


@pytest.mark.parametrize(
    ("lines", "options"),
    [(0, ()), (2, ()), (None, ()), (0, ("--sample", "1")), (None, ("--sample", "1"))],
)
def test_the_hash_of_a_log_that_lacks_lines_is_not_to_be_noted(
    filled: Path, run: Run, lines: int | None, options: tuple[str, ...]
) -> None:
    log = filled / "archive/log.jsonl"
    kept = log.read_bytes().splitlines(keepends=True)[:lines]
    log.unlink()
    if lines is not None:
        log.write_bytes(b"".join(kept))
    result = run("archive", "verify", *options, at=filled)
    assert (result.exit_code, "N781" in result.output) == (1, True)
    assert "note this hash elsewhere" not in result.output
    assert "do not note its last hash" in result.output


@pytest.mark.parametrize("log_is_there", [True, False])
def test_nothing_else_is_built_into_an_archive(
    filled: Path, run: Run, *, log_is_there: bool
) -> None:
    if not log_is_there:
        (filled / "archive/log.jsonl").unlink()
    before = sorted(filled.glob("archive/**/*"))
    for folder in ("archive", "archive/one"):
        result = run("build", "one", "-o", str(filled / folder), at=filled, lang="zh")
        assert (result.exit_code, "档案文件夹之内" in result.output) == (2, True)
    assert sorted(filled.glob("archive/**/*")) == before


def test_no_sheets_are_written_into_an_archive(filled: Path, run: Run) -> None:
    """A kept PDF is imposed elsewhere; without --output it would be beside it."""
    pdf = next(filled.glob("archive/2001/v1/**/*.pdf"))
    before = sorted(filled.glob("archive/**/*"))
    result = run("impose", str(pdf), at=filled)
    assert (result.exit_code, "is in the archive" in result.output) == (2, True)
    result = run("impose", str(pdf), "-o", str(filled / "archive/sheets.pdf"), at=filled)
    assert (result.exit_code, "is in the archive" in result.output) == (2, True)
    assert sorted(filled.glob("archive/**/*")) == before


def test_a_folder_that_may_be_written_to_is_named(filled: Path, run: Run) -> None:
    (filled / "archive/2003/v1").chmod(0o755)
    output = run("archive", "verify", "2003", at=filled).output
    assert "the first is archive/2003/v1\n" in output


def test_verify_reports_as_json(filled: Path, run: Run) -> None:
    (filled / "archive/2003").rename(filled / "away")
    result = run("archive", "verify", "--format", "json", at=filled)
    said = json.loads(result.output)
    assert result.exit_code == 1
    assert [d["code"] for d in said["diagnostics"]] == ["N786"]
    assert said["bags"] == ["2001/v1", "2002/v1", "2003/v1"]


def test_an_export_is_a_bag_and_the_same_at_each_time(
    filled: Path, run: Run, tmp_path: Path
) -> None:
    digests = set()
    for name in ("one.zip", "two.zip"):
        assert (
            run("archive", "export", "2001", "-o", str(tmp_path / name), at=filled).exit_code == 0
        )
        digests.add(hashlib.sha256((tmp_path / name).read_bytes()).hexdigest())
    assert len(digests) == 1
    with zipfile.ZipFile(tmp_path / "one.zip") as archive:
        archive.extractall(tmp_path / "out")
    assert bagit.Bag(str(tmp_path / "out" / "2001-v1")).validate()


def test_a_damaged_bag_is_neither_exported_nor_restored(small: Path, run: Run) -> None:
    run("archive", "one", at=small)
    open_up(small / "archive/one/v1/data/cover.jpg").write_bytes(b"")
    for command in (("export", "one", "-o", "x.zip"), ("restore", "one", str(small / "to"))):
        result = run("archive", *command, at=small)
        assert (result.exit_code, "N773" in result.output) == (1, True)
    assert not (small / "to").exists()


def test_restore_gives_a_publication_that_builds(small: Path, run: Run, tmp_path: Path) -> None:
    run("archive", "one", at=small)
    assert run("archive", "restore", "one", str(tmp_path / "to"), at=small).exit_code == 0
    assert run("build", "one", at=tmp_path / "to").exit_code == 0
    new = (tmp_path / "to/build/one/one-print.pdf").read_bytes()
    assert new == (small / "archive/one/v1/data/pdf/one-print.pdf").read_bytes()


def test_verify_with_rebuild_says_that_bytes_are_the_same(small: Path, run: Run) -> None:
    run("archive", "one", at=small)
    result = run("archive", "verify", "--rebuild", at=small)
    assert (result.exit_code, "every byte the same" in result.output) == (0, True)


def test_an_archive_is_worked_with_where_there_is_no_publication(
    filled: Path, run: Run, tmp_path: Path
) -> None:
    moved = tmp_path / "disc"
    shutil.copytree(filled / "archive", moved)
    assert (
        "3 bags verified: no problems" in run("archive", "--archive", str(moved), "verify").output
    )


def test_help_stays_quick() -> None:
    """It imports neither WeasyPrint nor PDFium nor pydantic."""
    code = (
        "import sys; sys.argv = ['newsletter', 'archive', '--help']\n"
        "from newsletter.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "print([m for m in ('weasyprint', 'pypdfium2', 'pydantic', 'pikepdf') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.endswith("[]\n")
    assert "verify" in done.stdout


def test_a_mistyped_hash_is_no_damage_of_the_log(filled: Path, run: Run) -> None:
    typo = run("archive", "verify", "--head", "123", at=filled)
    assert (typo.exit_code, "64 digits" in typo.output) == (2, True)
    none = run("archive", "verify", "--head", "1" * 64, at=filled)
    assert (none.exit_code, "has no line with the hash 1111" in none.output) == (
        1,
        True,
    )
    assert "N730" in none.output
    assert "N778" not in none.output
    assert "does not hold" not in none.output
    head = json.loads(run("archive", "verify", "--format", "json", at=filled).output)["head"]
    assert run("archive", "verify", "--head", f" {head.upper()} ", at=filled).exit_code == 0


def test_the_right_manifest_is_named_for_what_lies_beside_the_payload(
    filled: Path, run: Run
) -> None:
    bag = filled / "archive/2001/v1"
    open_up(bag)
    (bag / "bag-info.txt").write_text("Nothing: here\n", "utf-8")
    output = run("archive", "verify", "2001", at=filled).output
    assert "2001/v1/tagmanifest-sha256.txt tells the right one" in output


def test_a_restored_publication_has_the_schemas_that_its_files_name(
    small: Path, run: Run, tmp_path: Path
) -> None:
    line = "# yaml-language-server: $schema=../../schema/issue.schema.json\n"
    file = small / "issues/one/issue.yaml"
    file.write_text(line + file.read_text("utf-8"), "utf-8")
    run("archive", "one", at=small)
    assert run("archive", "restore", "one", str(tmp_path / "to"), at=small).exit_code == 0
    restored = tmp_path / "to/issues/one/issue.yaml"
    assert restored.read_text("utf-8").startswith(line)
    assert (restored.parent / "../../schema/issue.schema.json").is_file()


def test_earlier_versions_are_searched_when_they_are_asked_for(filled: Path, run: Run) -> None:
    put(filled / "archive", "2010", [article("a", title="旧题", text="早已删去的话。")])
    put(filled / "archive", "2010", [article("a", title="新题", text="新的话。")], version=2)
    newest = run("archive", "search", "早已删去", at=filled)
    assert newest.stdout == ""
    assert "earlier versions of issues were not searched: 1" in newest.stderr
    earlier = run("archive", "search", "--earlier", "早已删去", at=filled)
    assert earlier.stdout.startswith("2010/v1 · ")
    found = json.loads(
        run("archive", "search", "--earlier", "话", "--format", "json", at=filled).stdout
    )
    assert [(hit["issue"], hit["version"]) for hit in found["hits"]] == [("2010", 1)]
    assert found["earlier"]
    told = json.loads(run("archive", "search", "早已删去", "--format", "json", at=filled).stdout)
    assert "N731" in json.dumps(told) + newest.stderr
    assert run("archive", "search", "新的话", at=filled).stdout.startswith("2010 · ")


def test_an_export_never_takes_the_place_of_what_is_kept(run: Run, filled: Path) -> None:
    log = filled / "archive" / "log.jsonl"
    before = log.read_bytes()
    result = run("archive", "export", "2003", "-o", str(log), at=filled)
    assert (result.exit_code, "outside of it" in result.output) == (2, True)
    assert log.read_bytes() == before
    os.mkfifo(filled / "pipe")
    result = run("archive", "export", "2003", "-o", str(filled / "pipe"), at=filled)
    assert (result.exit_code, "N702" in result.output) == (1, True)
    assert (filled / "pipe").is_fifo()
