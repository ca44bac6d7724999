"""newsletter review, as an editor meets it: reports, baselines, rounds, the gate, and mistakes."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import changes
import pikepdf
import pytest
from click.testing import Result
from fontTools.ttLib import TTFont

from newsletter.review.baseline import baseline_folder
from newsletter.review.records import (
    Anchor,
    Comment,
    read_records,
    review_folder,
    write_record,
)
from workshop import Workshop

Run = Callable[..., Result]
LI = ("--by", "李明 <li@example.org>", "--date", "2022-01-05")


@pytest.fixture(scope="module")
def accepted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a publication whose baseline is accepted, to be copied."""
    from click.testing import CliRunner

    from newsletter.cli import main_group

    shop = changes.make(tmp_path_factory.mktemp("accepted"))
    arguments = ["-C", str(shop.root), "--lang", "en", "review", "one", "--accept", *LI]
    result = CliRunner().invoke(main_group, arguments)
    assert result.exit_code == 0, result.output
    return shop.root


@pytest.fixture
def shop(accepted: Path, tmp_path: Path) -> Workshop:
    root = tmp_path / "pub"
    shutil.copytree(accepted, root)
    made = Workshop.__new__(Workshop)
    made.root, made.layout, made.issue = root, root / "layouts/plain", root / "issues/one"
    return made


def report_of(shop: Workshop) -> str:
    return (shop.root / "build/one/one-review.html").read_text("utf-8")


def test_a_report_is_one_file_that_asks_for_nothing(shop: Workshop, run: Run) -> None:
    changes.CHANGES["one word"](shop)
    result = run("review", "one", at=shop.root)
    assert result.exit_code == 0
    assert "page 2: text" in result.output
    html = report_of(shop)
    assert "default-src 'none'" in html
    assert "<del>城市</del><ins>村庄</ins>" in html
    assert not any(mark in html for mark in ("http://", "https://", "<link", 'src="/'))
    assert len(html) < 1_500_000


def test_a_report_speaks_chinese(shop: Workshop, run: Run) -> None:
    changes.CHANGES["a margin"](shop)
    result = run("review", "one", at=shop.root, lang="zh")
    assert "第2页：移动 向右2毫米" in result.output
    assert '<html lang="zh-CN">' in report_of(shop)


def test_what_is_written_in_a_manuscript_cannot_run_in_the_report(shop: Workshop, run: Run) -> None:
    def write_script(parts: list[str]) -> None:
        parts[0] += "\\<script>alert(1)\\</script>"

    changes.body(0, write_script)(shop)
    assert run("review", "one", at=shop.root).exit_code == 0
    assert "<script>alert" not in report_of(shop)
    assert "script&gt;" in report_of(shop)


def test_a_report_as_json_names_class_cause_and_lines(shop: Workshop, run: Run) -> None:
    changes.CHANGES["a reflow"](shop)
    told = json.loads(run("review", "one", "--format", "json", at=shop.root).stdout)
    pages = {page["new"]: page for page in told["pages"]}
    assert [pages[n]["class"] for n in (3, 4, 5, 6)] == ["identical", "text", "reflow", "reflow"]
    assert pages[6]["cause"] == 4
    assert pages[4]["changes"][0]["behind"][0].startswith("issues/one/issue.yaml:")


def test_without_a_baseline_it_says_how_to_make_one(tmp_path: Path, run: Run) -> None:
    result = run("review", "one", at=changes.make(tmp_path).root)
    assert result.exit_code == 1
    assert "N766" in result.output
    assert "--accept" in result.output


def test_a_misspelt_issue_is_named(shop: Workshop, run: Run) -> None:
    result = run("review", "on", at=shop.root)
    assert (result.exit_code, "N132" in result.output) == (1, True)


@pytest.mark.parametrize("name", ["baseline.pdf", "pages.json", "manuscript.json"])
def test_a_damaged_baseline_is_named(shop: Workshop, run: Run, name: str) -> None:
    (baseline_folder(shop.root, "one") / name).write_bytes(b"[1]")
    result = run("review", "one", at=shop.root)
    assert result.exit_code == 1
    assert "N768" in result.output
    assert f"issues/one/review/baseline/{name}" in result.output


@pytest.mark.parametrize("change", ["less", "more", "cut"])
def test_a_baseline_whose_pages_are_not_those_of_its_pdf_is_damaged(
    shop: Workshop, run: Run, change: str
) -> None:
    folder = baseline_folder(shop.root, "one")
    kept = json.loads((folder / "pages.json").read_text("utf-8"))
    if change == "cut":
        cut = (folder / "baseline.pdf").read_bytes()[:3000]
        (folder / "baseline.pdf").write_bytes(cut)
        kept |= {"pdf": hashlib.sha256(cut).hexdigest(), "renderer": "another"}
    else:
        kept["pages"] = kept["pages"][:1] if change == "less" else kept["pages"] * 2
    (folder / "pages.json").write_text(json.dumps(kept), "utf-8")
    result = run("review", "one", at=shop.root)
    assert (result.exit_code, "N768" in result.output) == (1, True)


@pytest.mark.parametrize(
    ("option", "value"),
    [("--by", "x" * 201), ("--by", os.fsdecode(b"\xff")), ("--note", "x" * 20_001)],
)
def test_what_no_record_may_hold_is_refused(
    shop: Workshop, run: Run, option: str, value: str
) -> None:
    words = {"--by": "x", "--note": "x"} | {option: value}
    options = [word for pair in words.items() for word in pair]
    result = run("review", "one", "--reject", "1", *options, at=shop.root)
    assert result.exit_code == 1
    assert "N762" in result.output
    assert option in result.output


def test_another_page_size_is_told_and_words_are_compared(shop: Workshop, run: Run) -> None:
    shop.set_up(
        html=changes.HTML,
        style=changes.STYLE + changes.LOOK,
        fonts=changes.FONTS,
        page={"width_mm": 210, "height_mm": 290},
    )
    result = run("review", "one", at=shop.root)
    assert result.exit_code == 0
    assert "N755" in result.output
    assert "page 2: page size" in result.output


def test_deleted_pages_are_told(shop: Workshop, run: Run) -> None:
    changes.told(lambda made: made.pop(1))(shop)
    assert "page 3 before: removed page" in run("review", "one", at=shop.root).output


def test_a_pdf_can_be_compared_with(shop: Workshop, run: Run) -> None:
    pdf = baseline_folder(shop.root, "one") / "baseline.pdf"
    changes.CHANGES["one word"](shop)
    assert "page 2: text" in run("review", "one", "--against", str(pdf), at=shop.root).output


def test_a_page_that_another_program_rounds_otherwise_has_the_same_size(
    shop: Workshop, run: Run, tmp_path: Path
) -> None:
    """A4 is 595.276 × 841.890 points, and 595 × 842 to many."""
    with pikepdf.open(baseline_folder(shop.root, "one") / "baseline.pdf") as pdf:
        for page in pdf.pages:
            left, bottom, right, top = (float(side) for side in page.trimbox)
            page.obj.MediaBox = [left, bottom, right - 0.276, top - 0.276]
            page.obj.TrimBox = page.obj.MediaBox
        pdf.save(tmp_path / "rounded.pdf")
    changes.CHANGES["one word"](shop)
    result = run("review", "one", "--against", str(tmp_path / "rounded.pdf"), at=shop.root)
    assert (result.exit_code, "page 2: text" in result.output) == (0, True)


def test_a_pdf_that_only_one_reader_opens_is_refused(
    shop: Workshop, run: Run, tmp_path: Path
) -> None:
    data = (baseline_folder(shop.root, "one") / "baseline.pdf").read_bytes()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        nested = io.BytesIO()
        pdf.save(nested, object_stream_mode=pikepdf.ObjectStreamMode.disable, static_id=True)
    deep = b"/Type /Pages /Odd " + b"[" * 100_000 + b"]" * 100_000
    (tmp_path / "deep.pdf").write_bytes(nested.getvalue().replace(b"/Type /Pages", deep))
    result = run("review", "one", "--against", str(tmp_path / "deep.pdf"), at=shop.root)
    assert (result.exit_code, "N767" in result.output) == (1, True)


def test_a_report_does_not_take_the_place_of_the_pdf_it_compares_with(
    shop: Workshop, run: Run
) -> None:
    pdf = baseline_folder(shop.root, "one") / "baseline.pdf"
    before = pdf.read_bytes()
    result = run("review", "one", "--against", str(pdf), "-o", str(pdf), at=shop.root)
    assert (result.exit_code, pdf.read_bytes() == before) == (2, True)


def test_a_revision_of_git_can_be_compared_with(shop: Workshop, run: Run) -> None:
    for command in (
        ["init", "-q"],
        ["add", "."],
        ["-c", "user.name=x", "-c", "user.email=x@example.org", "commit", "-qm", "x"],
    ):
        subprocess.run(["git", "-C", str(shop.root), *command], check=True)
    changes.CHANGES["one word"](shop)
    result = run("review", "one", "--against", "HEAD", at=shop.root)
    assert "page 2: text" in result.output


def test_an_archived_version_can_be_compared_with(shop: Workshop, run: Run) -> None:
    kept = shop.root / "archive/one/v1/content/one-screen.pdf"
    kept.parent.mkdir(parents=True)
    shutil.copy(baseline_folder(shop.root, "one") / "baseline.pdf", kept)
    assert "nothing changed" in run("review", "one", "--against", "v1", at=shop.root).output


@pytest.mark.parametrize("name", ["v9", "no-such-branch", "missing.pdf", "--output=x"])
def test_what_cannot_be_compared_with_is_named(shop: Workshop, run: Run, name: str) -> None:
    result = run("review", "one", f"--against={name}", at=shop.root)
    assert (result.exit_code, "N769" in result.output) == (1, True)


def test_a_pdf_that_cannot_be_compared_with_is_told_where_it_was_sought(
    shop: Workshop, run: Run
) -> None:
    missing = shop.root / "away" / "missing.pdf"
    said = run("review", "one", f"--against={missing}", at=shop.root).output
    assert f"looked in {missing.parent}" in said
    missing.mkdir(parents=True)
    said = run("review", "one", f"--against={missing}", at=shop.root).output
    assert f"looked in {missing.parent}" in said
    assert "it cannot be read" in said


def test_two_things_at_once_are_refused(shop: Workshop, run: Run) -> None:
    result = run("review", "one", "--accept", "--sign", "初审", at=shop.root)
    assert result.exit_code == 2
    assert "--accept and --sign" in result.output


def test_the_gate_opens_by_approvals_and_closes_on_a_change(shop: Workshop, run: Run) -> None:
    assert run("review", "one", "--check", at=shop.root).output.count("N750") == 1
    assert run("review", "one", "--approve", "all", *LI, at=shop.root).exit_code == 0
    assert run("review", "one", "--check", at=shop.root).exit_code == 0
    changes.CHANGES["one word"](shop)
    result = run("review", "one", "--check", at=shop.root)
    assert result.exit_code == 1
    assert result.output.count("N748") == 1
    assert "page 2" in result.output


def test_a_rejection_says_why(shop: Workshop, run: Run) -> None:
    run("review", "one", "--approve", "all", *LI, at=shop.root)
    run("review", "one", "--reject", "3", "--note", "图太小", "--by", "王芳", at=shop.root)
    result = run("review", "one", "--check", at=shop.root)
    assert result.exit_code == 1
    assert "rejected by 王芳: 图太小" in result.output


def test_pages_rejected_for_one_reason_are_one_message_in_every_report(
    shop: Workshop, run: Run
) -> None:
    run("review", "one", "--approve", "all", *LI, at=shop.root)
    run("review", "one", "--reject", "1-2", "--note", "图太小", "--by", "王芳", at=shop.root)
    text = run("review", "one", "--check", at=shop.root).output
    assert text.count("N749") == 1
    assert "pages 1–2 are rejected by 王芳: 图太小" in text
    result = run("review", "one", "--check", "--format", "json", at=shop.root)
    (told,) = (each for each in json.loads(result.stdout)["diagnostics"] if each["code"] == "N749")
    assert (told["page"], told["values"]["page"], told["values"]["count"]) == (None, "1–2", 2)
    assert told["message"] == "pages 1–2 are rejected by 王芳: 图太小"


def test_the_report_names_who_rejected_a_page_and_not_who_approved_it(
    shop: Workshop, run: Run
) -> None:
    run("review", "one", "--approve", "all", *LI, at=shop.root)
    run("review", "one", "--reject", "2", "--note", "图太小", "--by", "王芳", at=shop.root)
    run("review", "one", at=shop.root)
    standings = re.findall(r'class="standing (\w+)">([^<]*)<', report_of(shop))
    assert [text for state, text in standings if state == "rejected"] == ["rejected 王芳"]


def test_a_rejection_without_a_reason_is_refused(shop: Workshop, run: Run) -> None:
    for note in ((), ("--note", " ")):
        result = run("review", "one", "--reject", "3", *note, "--by", "王芳", at=shop.root)
        assert (result.exit_code, "add --note" in result.output) == (2, True)
    assert read_records(shop.root, "one").approvals == ()


def test_what_was_judged_is_told_by_its_pages(shop: Workshop, run: Run) -> None:
    by = ("--by", "王芳", "--note", "图太小")
    one = run("review", "one", "--reject", "3", *by, at=shop.root)
    assert one.output == "rejected by 王芳: p. 3\n"
    many = run("review", "one", "--approve", "1,2,4", *by, at=shop.root, lang="zh")
    assert many.output == "王芳批准：第1–2、4页\n"


def test_a_round_is_not_signed_before_the_one_before_it(shop: Workshop, run: Run) -> None:
    shop.publish(review={"rounds": ["初审", "复审"]})
    run("review", "one", "--sign", "初审", "--by", "李明", "--date", "2022-03-09", at=shop.root)
    for day, status in (("2022-03-08", 1), ("2022-03-09", 0)):
        result = run("review", "one", "--sign", "复审", "--by", "王芳", "--date", day, at=shop.root)
        assert (result.exit_code, "N743" in result.output) == (status, bool(status))


def test_the_report_brings_its_own_chinese_font(shop: Workshop, run: Run) -> None:
    run("review", "one", at=shop.root)
    html = report_of(shop)
    (font,) = re.findall(r"url\(data:font/woff2;base64,([^)]*)\)", html)
    assert "font-src data:" in html
    with TTFont(io.BytesIO(base64.b64decode(font))) as face:
        covered = set(face.getBestCmap())
    shown = {ord(c) for c in re.sub(r"data:[^'\")]*", "", html) if "\u4e00" <= c <= "\u9fff"}
    assert shown
    assert shown <= covered
    assert len(covered) < len(shown) + 100
    run("review", "one", at=shop.root)
    assert report_of(shop) == html


def test_a_verdict_is_withdrawn_by_who_gave_it(shop: Workshop, run: Run) -> None:
    run("review", "one", "--approve", "all", *LI, at=shop.root)
    run("review", "one", "--reject", "3", "--note", "图太小", "--by", "王芳", at=shop.root)
    result = run("review", "one", "--withdraw", "all", "--by", "王芳", at=shop.root)
    assert result.output == "verdicts withdrawn by 王芳: 1\n"
    assert run("review", "one", "--check", at=shop.root).exit_code == 0


def test_rounds_are_signed_with_name_and_date(shop: Workshop, run: Run) -> None:
    shop.publish(review={"rounds": ["初审", "复审"]})
    assert "N747" in run("review", "one", "--sign", "复审", *LI, at=shop.root).output
    for name in ("初审", "复审"):
        assert run("review", "one", "--sign", name, *LI, at=shop.root).exit_code == 0
    signatures = read_records(shop.root, "one").signatures
    assert {(s.round, s.date) for s in signatures} == {(n, "2022-01-05") for n in ("初审", "复审")}
    assert run("review", "one", "--check", at=shop.root).exit_code == 0


def test_a_final_build_needs_the_gate_open(shop: Workshop, run: Run) -> None:
    arguments = ("build", "one", "--profile", "screen", "--final")
    result = run(*arguments, at=shop.root)
    assert (result.exit_code, "N750" in result.output) == (1, True)
    assert not (shop.root / "build").exists()
    run("review", "one", "--approve", "all", *LI, at=shop.root)
    assert run(*arguments, at=shop.root).exit_code == 0
    assert (shop.root / "build/one/one-screen.pdf").is_file()


def test_a_damaged_record_closes_the_gate_and_is_named(shop: Workshop, run: Run) -> None:
    run("review", "one", "--approve", "all", *LI, at=shop.root)
    first = min(review_folder(shop.root, "one").glob("approvals/*.json"))
    first.write_text("<<<<<<< HEAD\n", "utf-8")
    result = run("review", "one", "--check", at=shop.root)
    assert (result.exit_code, "N763" in result.output) == (1, True)
    assert first.name in result.output


def test_comments_go_out_and_come_back(shop: Workshop, run: Run, tmp_path: Path) -> None:
    sent = tmp_path / "sent.pdf"
    assert run("review", "one", "--export-comments", str(sent), at=shop.root).exit_code == 0
    with pikepdf.open(sent, allow_overwriting_input=True) as pdf:
        note = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.Text,
            Rect=[100, 700, 120, 720],
            Contents=pikepdf.String("请核对"),
            T=pikepdf.String("王芳"),
            NM=pikepdf.String("n1"),
        )
        pdf.pages[1].obj.Annots = [pdf.make_indirect(note)]
        pdf.save(sent)
    result = run("review", "one", "--import-comments", str(sent), *LI, at=shop.root)
    assert result.output.startswith("comments taken from ")
    assert result.output.endswith(": 1\n")
    (comment,) = read_records(shop.root, "one").comments
    assert (comment.text, comment.by, comment.anchor.article) == ("请核对", "王芳", "dam")
    assert "comment on page 2, 王芳: 请核对\n" in run("review", "one", at=shop.root).output
    assert "批注（第2页，王芳）：请核对\n" in run("review", "one", at=shop.root, lang="zh").output
    assert "请核对" in report_of(shop)
    assert "N752" in run("review", "one", "--check", at=shop.root).output


def test_a_comment_whose_place_is_gone_is_told(shop: Workshop, run: Run) -> None:
    anchor = Anchor(page=9, element="p", text="早已删去的一句，别处没有。")
    write_record(shop.root, "one", Comment.new("再核对", anchor, "王芳", "2022-01-05"))
    result = run("review", "one", at=shop.root)
    assert (result.exit_code, "N754" in result.output) == (0, True)
    assert "page 6" in result.output


@pytest.mark.parametrize("date", ["05.01.2022", "2022-13-01", ""])
def test_a_date_that_is_none_is_refused(shop: Workshop, run: Run, date: str) -> None:
    result = run("review", "one", "--accept", "--by", "x", "--date", date, at=shop.root)
    assert (result.exit_code, "N756" in result.output) == (1, True)


def test_what_cannot_be_written_is_told(shop: Workshop, run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", "utf-8")
    target = tmp_path / "file" / "report.html"
    result = run("review", "one", "-o", str(target), at=shop.root)
    assert (result.exit_code, "N702" in result.output) == (1, True)
