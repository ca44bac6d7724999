"""newsletter preflight: reports in three forms, exit codes, profiles."""

from __future__ import annotations

import base64
import errno
import io
import json
import os
import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import IO, Any

import pikepdf
import pytest
from fontTools.ttLib import TTFont
from pikepdf import Dictionary, Name

from commandline import Run
from newsletter.diagnostics import catalogue
from newsletter.preflight.report.words import shown
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
    assert "press-coated (chosen because it says that it is PDF/X; " in result.output


def test_a_bad_file_ends_with_1_and_says_what_was_not_checked(run: Run, bad: Path) -> None:
    result = run("preflight", str(bad))
    assert result.exit_code == 1
    assert "error N914 not-press-colour: DeviceRGB colour (text, ×1)" in result.output
    assert "not checked: N922 too-much-ink: RGB and Lab colours" in result.output


@pytest.mark.parametrize(
    ("language", "words"), [("en", "'one' is an issue"), ("zh", "“one”是一期")]
)
def test_an_issue_is_answered_with_its_pdfs(
    run: Run, small: Path, language: str, words: str
) -> None:
    result = run("preflight", "one", at=small, lang=language)
    assert result.exit_code == 2
    assert words in result.output
    assert "build/one/one-print.pdf" in result.output
    assert "does not exist" in run("preflight", "two", at=small).output


def test_it_speaks_chinese(run: Run, bad: Path) -> None:
    result = run("preflight", str(bad), lang="zh")
    assert "错误 N914" in result.output
    assert "未检查：N922 too-much-ink：RGB和Lab颜色" in result.output


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
    assert not re.search(r"url\((?!data:)|@import|<script", page)
    assert f'lang="{language}"' in page
    assert re.search(r'class="frame error" style="left:[\d.]+%;top:[\d.]+%', page)
    assert "ISO 15930-7:2010" in page


def test_html_counts_pages_and_rules_in_words(run: Run, bad: Path) -> None:
    page = run("preflight", str(bad), "--format", "html", lang="en").output
    assert re.search(r"· (1 page|\d\d+ pages|[2-9] pages)</p>", page)
    assert re.search(r"<h2>\d+ rules</h2>", page)


@pytest.mark.parametrize(
    ("language", "limit", "other"), [("en", "≥ 3 mm", "≥3毫米"), ("zh", "≥3毫米", "≥ 3 mm")]
)
def test_html_tells_limits_and_sources_in_its_language(
    run: Run, bad: Path, language: str, limit: str, other: str
) -> None:
    page = run("preflight", str(bad), "--format", "html", lang=language).output
    assert limit in page
    assert other not in page
    assert ("印厂要求3毫米" in page) == (language == "zh")


def test_html_in_chinese_has_the_marks_of_chinese(run: Run, bad: Path) -> None:
    page = run("preflight", str(bad), "--format", "html", lang="zh").output
    assert "提示：" in page
    assert re.search("限值：.* · 依据：", page)
    assert re.search(r"<h2>第\d+页</h2>", page)
    assert not re.search(r"[\u4e00-\u9fff][:;] ", page)
    assert "hint: " in run("preflight", str(bad), "--format", "html", lang="en").output


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


UA = """<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF
xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""
xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/></rdf:RDF></x:xmpmeta>"""


def plain(pdf: pikepdf.Pdf) -> None:
    """Leave nothing that says what a file is made for."""
    del pdf.Root["/OutputIntents"], pdf.Root["/Metadata"]


def tagged(pdf: pikepdf.Pdf) -> None:
    """Tag a file as many programs do, without a claim."""
    plain(pdf)
    pdf.Root.StructTreeRoot = Dictionary(Type=Name.StructTreeRoot)


def nameless(data: bytes) -> bytes:
    """Return a file without ID, which no library leaves out."""
    assert data.count(b"/ID [") == 1
    return data.replace(b"/ID [", b"/Id [")


def accessible(pdf: pikepdf.Pdf) -> None:
    tagged(pdf)
    pdf.Root.Metadata = pdf.make_stream(UA.encode())


def unclaimed(pdf: pikepdf.Pdf) -> None:
    """Take the claim away and leave the output intent, as a proof does."""
    del pdf.Root["/Metadata"]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (plain, "press-coated (chosen because it claims no standard; "),
        (tagged, "press-coated (chosen because it claims no standard; "),
        (accessible, "screen (chosen because it says that it is PDF/UA; "),
        (unclaimed, "press-coated (chosen because it has an output intent of PDF/X, though no"),
    ],
)
def test_the_profile_is_what_the_file_claims_else_a_press(
    run: Run, tmp_path: Path, change: Callable[[pikepdf.Pdf], None], told: str
) -> None:
    path = written(tmp_path / "file.pdf", press_pdf(change=change))
    first, *_ = run("preflight", str(path)).output.splitlines()
    assert told in first
    other = "press-coated" if "screen (" in told else "screen or archive"
    assert first.endswith(f"--profile {other})")


def test_a_tagged_file_of_another_program_is_looked_at_as_a_press_would(
    run: Run, tmp_path: Path
) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        tagged(pdf)
        for page in pdf.pages:
            page.obj.BleedBox = page.obj.TrimBox

    path = written(tmp_path / "rgb.pdf", nameless(press_pdf(f"1 0 0 rg {TEXT}", change=change)))
    output = run("preflight", str(path)).output
    assert {"N911", "N914"} <= set(re.findall(r"N9\d\d", output))
    assert "–" not in "".join(re.findall(r"(?:claim|Trapped|ID|Box).*", output))
    for words in ("layout", "newsletter build", "template"):
        assert words not in output


def test_a_count_of_pages_is_asked_of_issues_and_where_it_is_wanted(
    run: Run, tmp_path: Path
) -> None:
    def claim(pdf: pikepdf.Pdf) -> None:
        pdf.docinfo["/Creator"] = "newsletter 0.1.0"

    other = str(written(tmp_path / "advertisement.pdf", press_pdf(pages=1)))
    ours = str(written(tmp_path / "ours.pdf", press_pdf(pages=1, change=claim)))
    assert run("preflight", other).exit_code == 0
    assert "N913" not in run("preflight", other, "--format", "json").output
    assert "N913" in run("preflight", other, "--multiple", "2").output
    assert "N913" in run("preflight", ours).output
    assert "N913" not in run("preflight", ours, "--multiple", "1").output


def test_remedies_for_files_of_ours_name_layouts(run: Run, tmp_path: Path) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.docinfo["/Creator"] = "newsletter 0.1.0"
        pdf.pages[0].obj.BleedBox = pdf.pages[0].obj.TrimBox

    path = written(tmp_path / "ours.pdf", press_pdf(change=change))
    assert "set the bleed in the layout" in run("preflight", str(path)).output


@pytest.mark.parametrize(
    ("reason", "told"),
    [
        ("what the page paints could not be read", "无法读取页面所画的内容"),
        ("Song: codes of an encoding that is not read here", "Song：编码方式不在此检查之列"),
        (
            "28-014–28-016, Sound: what an annotation of this kind holds",
            "28-014–28-016, Sound：这种批注的内容",
        ),
        ("6.2.4: pikepdf's own words", "6.2.4: pikepdf's own words"),
    ],
)
def test_reasons_are_told_in_chinese_where_they_are_ours(reason: str, told: str) -> None:
    assert shown(reason, "zh") == told
    assert shown(reason, "en") == reason


def test_what_is_left_to_people_is_told_in_chinese_too(run: Run, tmp_path: Path) -> None:
    path = written(tmp_path / "file.pdf", press_pdf(change=accessible))
    for language, said in (("en", ": flickering"), ("zh", "：闪烁")):
        output = run("preflight", str(path), "--format", "json", lang=language).output
        [rule] = [one for one in json.loads(output)["reports"][0]["rules"] if one["code"] == "N973"]
        assert f"03-001{said}" in rule["reasons"]


def test_what_is_left_to_people_takes_one_line_and_is_listed_in_html(
    run: Run, tmp_path: Path
) -> None:
    path = written(tmp_path / "file.pdf", press_pdf(change=accessible))
    output = run("preflight", str(path)).output
    (line,) = [line for line in output.splitlines() if "N973" in line]
    assert re.fullmatch(r"  not checked: N973 ua-judgement: \d\d points; --format html .*", line)
    page = run("preflight", str(path), "--format", "html").output
    assert "01-006: whether the structure suits the content" in page


def test_a_remedy_for_a_clause_of_an_archive_fits_the_clause(run: Run, tmp_path: Path) -> None:
    path = written(tmp_path / "file.pdf", nameless(press_pdf()))
    data = json.loads(
        run("preflight", str(path), "--profile", "archive", "--format", "json").output
    )
    hints = {d["message"]: d["hint"] for d in data["diagnostics"] if d["code"] == "N981"}
    (hint,) = [hint for message, hint in hints.items() if "6.1.3-1" in message]
    assert "header, trailer or objects" in hint
    assert "device-cmyk" not in json.dumps(data)
    assert "N983" not in [d["code"] for d in data["diagnostics"]]


def test_every_finding_in_a_file_of_another_program_has_a_remedy() -> None:
    told = [about for code, about in catalogue().items() if "N908" <= code <= "N983"]
    assert [about.code for about in told if not about.hints] == []


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
    assert (
        "archive (chosen because it says that it is PDF/A; " in run("preflight", str(path)).output
    )


def test_the_html_report_brings_its_own_chinese_font(run: Run, bad: Path) -> None:
    html = run("preflight", str(bad), "--format", "html", lang="zh").output
    (font,) = re.findall(r"url\(data:font/woff2;base64,([^)]*)\)", html)
    with TTFont(io.BytesIO(base64.b64decode(font))) as face:
        covered = {*face.getBestCmap()}
    shown = {ord(character) for character in html if "\u4e00" <= character <= "\u9fff"}
    assert shown
    assert shown <= covered
    assert '"Report Sans"' in html.partition("body {")[2]


def test_a_report_does_not_take_the_place_of_the_file_it_is_about(run: Run, bad: Path) -> None:
    before = bad.read_bytes()
    result = run("preflight", str(bad), "-o", str(bad.parent / "." / bad.name))
    assert (result.exit_code, "would write over the input" in result.output) == (2, True)
    assert bad.read_bytes() == before


def test_a_report_tells_of_a_name_that_is_no_text(run: Run, good: Path) -> None:
    odd = good.rename(good.parent / os.fsdecode(b"odd-\xff.pdf"))
    report = good.parent / "report.html"
    assert run("preflight", str(odd), "--format", "html", "-o", str(report)).exit_code == 0
    assert "odd-" in report.read_text("utf-8")


def test_a_pipe_is_not_waited_for(run: Run, good: Path) -> None:
    pipe = good.parent / "pipe.pdf"
    os.mkfifo(pipe)
    result = run("preflight", str(pipe), str(good))
    assert result.exit_code == 1
    assert "error N902 pdf-unreadable: the PDF cannot be read: it is not a file" in result.output
    assert "0 failed, 0 warned, 0 not checked" in result.output


def test_a_file_that_cannot_be_opened_does_not_hide_the_next(
    run: Run, good: Path, bad: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opens = Path.open

    def refused(path: Path, *arguments: str) -> IO[Any]:
        if path.name == "locked.pdf":
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return opens(path, *arguments)

    locked = good.rename(good.parent / "locked.pdf")
    monkeypatch.setattr(Path, "open", refused)
    result = run("preflight", str(locked), str(bad), lang="zh")
    assert result.exit_code == 1
    assert "N902" in result.output
    assert "没有权限" in result.output
    assert "N914" in result.output
