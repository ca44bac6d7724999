"""newsletter preflight: reports in three forms, exit codes, profiles."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Dictionary, Name

from commandline import Run
from small_pdf import TEXT, press_pdf


@pytest.fixture
def good(tmp_path: Path) -> Path:
    return written(tmp_path / "good.pdf", press_pdf())


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    return written(tmp_path / "bad.pdf", press_pdf(f"1 0 0 rg {TEXT}"))


def written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def test_a_good_file_ends_with_0_and_counts_its_rules(run: Run, good: Path) -> None:
    result = run("preflight", str(good))
    assert result.exit_code == 0
    assert "0 failed, 0 warned, 0 not checked" in result.output
    assert "press-coated (chosen because it says that it is PDF/X)" in result.output


def test_a_bad_file_ends_with_1_and_says_what_was_not_checked(run: Run, bad: Path) -> None:
    result = run("preflight", str(bad))
    assert result.exit_code == 1
    assert "error N914 not-press-colour: DeviceRGB colour (text, ×1)" in result.output
    assert "not checked: N922 too-much-ink: RGB and Lab colours" in result.output


def test_it_speaks_chinese(run: Run, bad: Path) -> None:
    result = run("preflight", str(bad), lang="zh")
    assert "错误 N914" in result.output
    assert "未检查: N922 too-much-ink: RGB和Lab颜色" in result.output


def test_json_has_every_rule_with_verdict_threshold_and_source(run: Run, bad: Path) -> None:
    result = run("preflight", str(bad), "--format", "json")
    assert result.exit_code == 1
    data = json.loads(result.output)
    (report,) = data["reports"]
    rules = {rule["code"]: rule for rule in report["rules"]}
    assert rules["N914"]["verdict"] == "failed"
    assert rules["N922"]["verdict"] == "not checked"
    assert rules["N922"]["reasons"]
    assert all(rule["threshold"] and rule["source"] for rule in rules.values())
    assert sum(report["counts"].values()) == len(rules)
    (finding,) = [d for d in data["diagnostics"] if d["code"] == "N914"]
    assert finding["page"] == 1
    assert len(finding["area"]) == 4


class Links(HTMLParser):
    """Collects what a page would load."""

    def __init__(self) -> None:
        super().__init__()
        self.loaded: list[str] = []
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.loaded += [value or "" for key, value in attrs if key in {"src", "href"}]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_html_opens_without_a_network_and_marks_the_place(
    run: Run, bad: Path, tmp_path: Path, language: str
) -> None:
    target = tmp_path / "report.html"
    result = run("preflight", str(bad), "--format", "html", "-o", str(target), lang=language)
    assert result.exit_code == 1
    page = target.read_text("utf-8")
    links = Links()
    links.feed(page)
    assert links.loaded
    assert all(link.startswith("data:image/png;base64,") for link in links.loaded)
    assert not re.search(r"url\(|@import|<script", page)
    assert f'lang="{language}"' in page
    assert re.search(r'class="frame error" style="left:[\d.]+%;top:[\d.]+%', page)
    assert "ISO 15930-7:2010" in page


def test_names_in_html_are_escaped(run: Run, tmp_path: Path) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.attachments["<script>alert(1)</script>"] = b"x"

    path = written(tmp_path / "a&b.pdf", press_pdf(change=change))
    page = run("preflight", str(path), "--format", "html").output
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "a&amp;b.pdf" in page


def test_a_report_is_written_where_it_is_asked_for(run: Run, good: Path, tmp_path: Path) -> None:
    target = tmp_path / "report.txt"
    result = run("preflight", str(good), "-o", str(target))
    assert result.output == ""
    assert "passed" in target.read_text("utf-8")
    missing = tmp_path / "no" / "report.txt"
    assert run("preflight", str(good), "-o", str(missing)).exit_code == 1


def test_several_files_are_reported_one_after_another(run: Run, good: Path, bad: Path) -> None:
    result = run("preflight", str(good), str(bad))
    assert result.exit_code == 1
    assert "good.pdf: press-coated" in result.output
    assert "bad.pdf: press-coated" in result.output


def test_a_file_that_cannot_be_read_is_a_finding(run: Run, good: Path, tmp_path: Path) -> None:
    path = written(tmp_path / "picture.pdf", b"\xff\xd8\xff")
    for form in ("text", "json", "html"):
        result = run("preflight", str(path), str(good), "--format", form)
        assert result.exit_code == 1
        assert "N901" in result.output
        assert "Traceback" not in result.output


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["nowhere.pdf"],
        ["{good}", "--profile", "glossy"],
        ["{good}", "--trim", "A4"],
        ["{good}", "--format", "xml"],
    ],
)
def test_wrong_usage_ends_with_2(run: Run, good: Path, arguments: list[str]) -> None:
    assert run("preflight", *(a.format(good=good) for a in arguments)).exit_code == 2


def test_a_size_can_be_asked_for(run: Run, good: Path) -> None:
    assert run("preflight", str(good), "--trim", "210x297").exit_code == 0
    result = run("preflight", str(good), "--trim", "148×210")
    assert result.exit_code == 1
    assert "N910" in result.output


def test_uncoated_paper_takes_less_ink(run: Run, tmp_path: Path) -> None:
    path = written(tmp_path / "dark.pdf", press_pdf("0.9 0.9 0.9 0.2 k 99 99 9 9 re f"))
    assert run("preflight", str(path)).exit_code == 0
    result = run("preflight", str(path), "--profile", "uncoated")
    assert result.exit_code == 1
    assert "290 % ink in one place, more than 280 %" in result.output


def test_the_profile_is_guessed_from_the_file(run: Run, tmp_path: Path) -> None:
    def plain(pdf: pikepdf.Pdf) -> None:
        del pdf.Root["/OutputIntents"], pdf.Root["/Metadata"]

    def tagged(pdf: pikepdf.Pdf) -> None:
        plain(pdf)
        pdf.Root.StructTreeRoot = Dictionary(Type=Name.StructTreeRoot)

    path = written(tmp_path / "tagged.pdf", press_pdf(change=tagged))
    assert "screen (chosen because it is tagged)" in run("preflight", str(path)).output
    path = written(tmp_path / "plain.pdf", press_pdf(change=plain))
    assert "press-coated (chosen because it says nothing" in run("preflight", str(path)).output


def test_a_file_of_an_archive_is_known_by_its_metadata(run: Run, tmp_path: Path) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        del pdf.Root["/OutputIntents"]
        packet = (
            '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF '
            'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description '
            'rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" pdfaid:part="3"/>'
            "</rdf:RDF></x:xmpmeta>"
        )
        pdf.Root.Metadata = pdf.make_stream(packet.encode())

    path = written(tmp_path / "kept.pdf", press_pdf(change=change))
    assert "archive (chosen because it says that it is PDF/A)" in run("preflight", str(path)).output
