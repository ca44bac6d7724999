"""newsletter impose, and build --proof: files beside their input, and refusals in our words."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from click.testing import Result

import small_issue
from newsletter import edition
from newsletter.cache.libraries import loaded_libraries

Run = Callable[..., Result]
PAUSE_S = 0.1
"""Files have to be older than the build that reads them by more than a tick of the clock."""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = small_issue.make(tmp_path_factory.mktemp("imposed"))
    edition.build(root, "one")
    return root


@pytest.fixture
def file(built: Path, tmp_path: Path) -> Path:
    """A PDF of eight pages in a folder that is no publication."""
    target = tmp_path / "eight.pdf"
    with pikepdf.new() as pdf:
        for _ in range(8):
            pdf.add_blank_page(page_size=(200, 300))
        pdf.save(target)
    return target


def pages(path: Path) -> int:
    pdf = pypdfium2.PdfDocument(path.read_bytes())
    try:
        return len(pdf)
    finally:
        pdf.close()


def test_an_issue_is_imposed_from_its_print_file(
    run: Run, built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(built)
    result = run("impose", "one")
    assert result.exit_code == 0
    assert result.stdout == "build/one/one-print-saddle.pdf\n"
    assert pages(built / "build/one/one-print-saddle.pdf") % 2 == 0


def test_an_issue_is_imposed_in_another_layout(run: Run, tmp_path: Path) -> None:
    root = small_issue.make(tmp_path)
    result = run("impose", "one", "--layout", "bulletin", at=root)
    assert result.exit_code == 0, result.output
    names = {path.name for path in (root / "build/one").iterdir()}
    assert {"one-bulletin-print.pdf", "one-bulletin-print-saddle.pdf"} <= names
    assert "one-print.pdf" not in names


def test_a_pdf_has_its_layout_already(run: Run, file: Path) -> None:
    result = run("impose", str(file), "--layout", "bulletin")
    assert result.exit_code == 2
    assert "--layout" in result.stderr


def test_any_pdf_is_imposed_beside_itself(run: Run, file: Path) -> None:
    result = run("impose", str(file), "--fold", "perfect", "--signature", "4", "--creep", "1")
    assert result.exit_code == 0
    assert result.stderr == ""
    assert pages(file.with_name("eight-perfect.pdf")) == 4


def test_another_file_may_be_named(run: Run, file: Path, tmp_path: Path) -> None:
    target = tmp_path / "elsewhere/sheets.pdf"
    assert run("impose", str(file), "-o", str(target)).exit_code == 0
    assert pages(target) == 4


def test_the_input_is_never_written_over(run: Run, file: Path) -> None:
    before = file.read_bytes()
    assert run("impose", str(file), "-o", str(file)).exit_code == 2
    assert file.read_bytes() == before


def test_json_names_files_sheets_and_findings(run: Run, file: Path) -> None:
    result = run("impose", str(file), "--sheet", "150x110", "--format", "json")
    told = json.loads(result.stdout)
    assert told["sheets"] == 2
    assert [Path(name).name for name in told["files"]] == ["eight-saddle.pdf"]
    assert [d["code"] for d in told["diagnostics"]] == ["N716"]


def test_a_proof_is_stamped_before_it_is_imposed(run: Run, file: Path) -> None:
    assert run("impose", str(file), "--proof", "3").exit_code == 0
    assert pages(file.with_name("eight-proof-3-saddle.pdf")) == 4


@pytest.fixture
def writable(small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A publication whose builds are noted."""
    monkeypatch.setenv("NEWSLETTER_CACHE", str(tmp_path / "cache"))
    if loaded_libraries() is None:
        pytest.skip("builds are not noted here")
    time.sleep(PAUSE_S)
    return small


def rewrite(root: Path, text: str) -> None:
    article = root / small_issue.ARTICLE
    article.write_text(f"id: first\ntitle: 水坝建成\nbody: |\n  {text}\n", encoding="utf-8")


def words(path: Path) -> str:
    pdf = pypdfium2.PdfDocument(path.read_bytes())
    try:
        return "".join(page.get_textpage().get_text_range() for page in pdf)
    finally:
        pdf.close()


def test_without_a_print_file_one_is_built(run: Run, small: Path) -> None:
    result = run("impose", "one", at=small)
    assert result.exit_code == 0
    assert "N710" in result.stderr
    assert "会议指出" in words(small / "build/one/one-print-saddle.pdf")


def test_sheets_hold_the_manuscript_as_it_is_now(run: Run, small: Path) -> None:
    assert run("build", "one", at=small).exit_code == 0
    rewrite(small, "春天来了。")
    result = run("impose", "one", "--proof", "3", at=small)
    assert result.exit_code == 0
    assert "build/one/one-print.pdf was built from the manuscript as it is now" in result.stderr
    assert "春天来了" in words(small / "build/one/one-proof-3-saddle.pdf")
    record = json.loads((small / "build/one/edition.json").read_text("utf-8"))
    assert set(record["files"]) == {"one-screen.pdf", "one-print.pdf"}


def test_an_issue_with_errors_is_not_imposed(run: Run, small: Path) -> None:
    assert run("build", "one", at=small).exit_code == 0
    before = (small / "build/one/one-print.pdf").read_bytes()
    rewrite(small, "![](nothing)")
    result = run("impose", "one", at=small)
    assert result.exit_code == 1
    assert small_issue.ARTICLE in result.stderr
    assert not (small / "build/one/one-print-saddle.pdf").exists()
    assert (small / "build/one/one-print.pdf").read_bytes() == before


@pytest.mark.parametrize("options", [(), ("--profile", "print")])
def test_a_print_file_that_is_that_of_the_manuscript_is_taken(
    run: Run, writable: Path, options: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("build", "one", *options, at=writable).exit_code == 0
    monkeypatch.setattr(edition, "build", lambda *_, **__: pytest.fail("built again"))
    result = run("impose", "one", at=writable)
    assert (result.exit_code, result.stderr.count("N710")) == (0, 0)


def test_a_print_file_that_was_replaced_is_not_taken(run: Run, writable: Path) -> None:
    assert run("build", "one", at=writable).exit_code == 0
    file = writable / "build/one/one-print.pdf"
    made = file.read_bytes()
    file.write_bytes(b"%PDF-1.7 of somebody else")
    assert "N710" in run("impose", "one", at=writable).stderr
    assert file.read_bytes() == made


def test_a_path_is_imposed_as_it_is(run: Run, small: Path) -> None:
    assert run("build", "one", at=small).exit_code == 0
    rewrite(small, "春天来了。")
    file = small / "build/one/one-print.pdf"
    assert run("impose", str(file)).exit_code == 0
    assert "会议指出" in words(file.with_name("one-print-saddle.pdf"))


def test_an_unknown_issue_is_refused_with_those_that_are(run: Run, small: Path) -> None:
    result = run("impose", "two", at=small)
    assert result.exit_code == 1
    assert "N132" in result.stderr
    assert "one" in result.stderr


@pytest.mark.parametrize(
    "options",
    [
        ("--signature", "6"),
        ("--signature", "0"),
        ("--sheet", "A9"),
        ("--sheet", "0x10"),
        ("--creep", "-1"),
        ("--proof", "0"),
        ("--fold", "accordion"),
    ],
)
def test_wrong_usage_ends_with_two(run: Run, file: Path, options: tuple[str, str]) -> None:
    assert run("impose", str(file), *options).exit_code == 2
    assert not file.with_name("eight-saddle.pdf").exists()


@pytest.mark.parametrize("sheet", ["a3", "A3", "297x420", "420 × 297", "SRA3"])
def test_paper_is_named_or_measured(run: Run, file: Path, sheet: str) -> None:
    result = run("impose", str(file), "--sheet", sheet)
    assert (result.exit_code, result.stderr) == (0, "")


def test_a_file_that_is_not_there_is_wrong_usage(run: Run) -> None:
    assert run("impose", "nowhere.pdf").exit_code == 2


@pytest.mark.parametrize(("lang", "words"), [("en", "damaged"), ("zh", "已损坏")])
def test_a_damaged_file_is_refused_in_both_languages(
    run: Run, tmp_path: Path, lang: str, words: str
) -> None:
    bad = tmp_path / "bad.pdf"
    bad.write_bytes(b"%PDF-1.7 and nothing else")
    result = run("impose", str(bad), lang=lang)
    assert result.exit_code == 1
    assert "N712" in result.stderr
    assert words in result.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bad.pdf"]


# Files that were cut off on their way


PAGE = (
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 300] /Contents 5 0 R "
    "/Resources << /Font << /F 4 0 R >> >> >>"
)
FONT = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"


def raw_pdf() -> bytes:
    """Return a PDF whose catalogue and pages stand first, its font and its content last."""
    content = "BT /F 12 Tf 20 100 Td (Original design) Tj ET"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        PAGE,
        FONT,
        f"<< /Length {len(content)} >>\nstream\n{content}\nendstream",
    ]
    out, offsets = "%PDF-1.7\n", []
    for number, text in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{text}\nendobj\n"
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    end = f"trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF\n"
    return f"{out}xref\n0 6\n0000000000 65535 f \n{table}{end}".encode()


@pytest.mark.parametrize("at", [b"4 0 obj", b"Helvetica", b"5 0 obj", b"esign)", b"endstream"])
def test_a_file_cut_off_before_what_its_page_needs_is_refused(
    run: Run, tmp_path: Path, at: bytes
) -> None:
    file, data = tmp_path / "cut.pdf", raw_pdf()
    file.write_bytes(data[: data.index(at)])
    result = run("impose", str(file))
    assert result.exit_code == 1
    assert "N712" in result.stderr
    assert not file.with_name("cut-saddle.pdf").exists()


def test_a_file_that_lost_nothing_but_its_table_is_imposed_with_a_warning(
    run: Run, tmp_path: Path
) -> None:
    file, data = tmp_path / "cut.pdf", raw_pdf()
    file.write_bytes(data[: data.index(b"startxref")])
    result = run("impose", str(file))
    assert result.exit_code == 0
    assert "N718" in result.stderr
    assert "Original design" in words(file.with_name("cut-saddle.pdf"))


# build --proof


def test_a_build_with_a_proof_adds_a_stamped_file(
    run: Run, small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(small)
    result = run("build", "one", "--profile", "print", "--proof", "2")
    assert result.exit_code == 0
    assert result.stdout == "build/one/one-print.pdf\nbuild/one/one-proof-2.pdf\n"
    plain, stamped = (small / f"build/one/one-{name}.pdf" for name in ("print", "proof-2"))
    assert pages(stamped) == pages(plain)
    assert stamped.read_bytes() != plain.read_bytes()


def test_a_proof_needs_the_print_file(run: Run, small: Path) -> None:
    result = run("build", "one", "--profile", "screen", "--proof", "2", at=small)
    assert result.exit_code == 2
    assert "--profile print" in result.stderr


def test_a_name_that_is_no_text_does_not_stop_the_stamp(run: Run, file: Path) -> None:
    odd = file.rename(file.parent / os.fsdecode(b"odd-\xff.pdf"))
    sheets = file.parent / "sheets.pdf"
    assert run("impose", str(odd), "--proof", "2", "-o", str(sheets)).exit_code == 0
    assert pages(sheets) == 4
