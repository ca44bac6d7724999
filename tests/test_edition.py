"""The line as a whole: one build, its files, and what a failure or a second build leaves."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from newsletter import render as rendering
from newsletter.checking import check
from newsletter.diagnostics import Refused
from newsletter.edition import build
from newsletter.press.problem import UnconvertedError
from newsletter.typesetting.inspection import SetLine
from workshop import FILLERS, TEMPLATE, Workshop, contents, write

if TYPE_CHECKING:
    from weasyprint import Document


@pytest.fixture
def shop(tmp_path: Path) -> Workshop:
    return Workshop(tmp_path / "publication")


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


# One build


def test_a_build_writes_the_files_of_its_profiles_and_a_record(shop: Workshop) -> None:
    made = shop.build()
    folder = shop.root / "build" / "one"
    assert sorted(contents(folder)) == ["edition.json", "one-print.pdf", "one-screen.pdf"]
    assert made.files == {
        "screen": folder / "one-screen.pdf",
        "print": folder / "one-print.pdf",
    }
    assert made.pages == 1
    assert made.findings == ()


def test_a_build_makes_only_the_profiles_asked_for(shop: Workshop, tmp_path: Path) -> None:
    made = shop.build(profiles=["print", "print"], folder=tmp_path / "out")
    assert list(made.files) == ["print"]
    assert sorted(contents(tmp_path / "out")) == ["edition.json", "one-print.pdf"]


def test_a_build_tells_its_stages_in_order(shop: Workshop) -> None:
    stages: list[str] = []
    shop.build(profiles=["screen"], progress=stages.append)
    assert stages == ["load", "compose", "render", "finish", "inspect"]


def test_the_record_holds_digests_and_neither_time_nor_folder(shop: Workshop) -> None:
    shop.write_article("![](sq)", pictures=[{"id": "sq", "file": "square.svg", "alt": "方"}])
    made = shop.build()
    folder = shop.root / "build" / "one"
    text = (folder / "edition.json").read_text("utf-8")
    record = json.loads(text)
    assert set(record) == {"issue", "made_with", "pages", "files", "inputs"}
    assert record["files"] == {p.name: digest(p.read_bytes()) for p in made.files.values()}
    inputs = record["inputs"]
    assert {name.split("/")[0] for name in inputs} == {
        *("fonts", "issues", "layouts", "newsletter.yaml", "profiles")
    }
    assert inputs["newsletter.yaml"] == digest((shop.root / "newsletter.yaml").read_bytes())
    assert inputs["issues/one/square.svg"] == digest((shop.issue / "square.svg").read_bytes())
    assert inputs["layouts/plain/style.css"] == digest((shop.layout / "style.css").read_bytes())
    assert str(shop.root) not in text


def test_only_the_files_that_were_read_are_inputs(shop: Workshop) -> None:
    write(shop.issue / "articles" / "used.yaml", {"id": "used", "title": "用", "body": "字"})
    write(shop.issue / "articles" / "draft.yaml", {"id": "draft", "title": "稿", "body": "字"})
    section = {"id": "news", "kind": "articles", "title": "要闻"}
    shop.write_issue(sections=[section | {"articles": ["articles/used.yaml"]}])
    inputs = shop.build(profiles=["screen"]).inputs
    assert "issues/one/articles/used.yaml" in inputs
    assert "issues/one/articles/draft.yaml" not in inputs


def test_a_changed_input_changes_its_digest(shop: Workshop) -> None:
    before = shop.build(profiles=["screen"]).inputs
    shop.set_up(TEMPLATE, (shop.layout / "style.css").read_text("utf-8") + "/* */")
    after = shop.build(profiles=["screen"]).inputs
    assert {name for name in after if after[name] != before.get(name)} == {
        "layouts/plain/style.css"
    }


BUILD = "import sys; from newsletter.cli import main; main()"


def run_build(root: Path, out: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", BUILD, "build", "one", "-o", str(out)]
    return subprocess.run(  # noqa: PLW1510 - the exit status is what is tested
        command, cwd=root, env=os.environ | environment, capture_output=True, text=True
    )


def test_the_same_inputs_give_the_same_bytes_anywhere(tmp_path: Path) -> None:
    results = []
    for place, environment in (
        ("a", {"TZ": "UTC", "LC_ALL": "C", "PYTHONHASHSEED": "1"}),
        ("deep/于/b", {"TZ": "Asia/Shanghai", "LC_ALL": "zh_CN.UTF-8", "PYTHONHASHSEED": "2"}),
    ):
        shop = Workshop(tmp_path / place)
        picture = {"id": "sq", "file": "square.svg", "alt": "方"}
        shop.write_article("李𠮷\n\n![](sq)", pictures=[picture])
        done = run_build(shop.issue, tmp_path / place / "out", **environment)
        assert done.returncode == 0, done.stderr
        results.append(contents(tmp_path / place / "out"))
    assert results[0] == results[1]


# Checking


def test_a_check_finds_what_loading_finds(shop: Workshop) -> None:
    shop.write_issue(titel="x")
    assert [problem.code for problem in check(shop.root, "one")] == ["N104"]


def test_a_check_adds_the_sub_editors_remarks_to_what_composing_finds(shop: Workshop) -> None:
    shop.write_article("# 标题\n\n他说:好。")
    codes = [problem.code for problem in check(shop.root, "one")]
    assert "N204" in codes
    assert any(code.startswith("N4") for code in codes)


def test_a_check_of_a_good_issue_finds_nothing(shop: Workshop) -> None:
    assert check(shop.root, "one") == []


def test_a_font_family_that_cannot_be_read_is_refused_at_its_file(shop: Workshop) -> None:
    write(shop.root / "fonts" / "broken" / "family.yaml", "family: X\n")
    problems = check(shop.root, "one")
    assert {problem.code for problem in problems} == {"N603"}
    assert {str(p.place) for p in problems} == {"fonts/broken/family.yaml:1:1"}


# Failures


@pytest.mark.parametrize("broken", ["yaml", "markdown", "template", "text"])
def test_a_build_that_fails_leaves_the_old_files_as_they_were(shop: Workshop, broken: str) -> None:
    shop.build()
    folder = shop.root / "build" / "one"
    before = contents(folder)
    if broken == "yaml":
        shop.write_issue(titel="x")
    elif broken == "markdown":
        shop.write_article("<b>")
    elif broken == "template":
        shop.set_up("{{ nothing }}")
    else:
        shop.write_article(byline="漏排")
    with pytest.raises(Refused):
        shop.build()
    assert contents(folder) == before


def test_an_issue_that_is_not_there_is_refused(shop: Workshop) -> None:
    with pytest.raises(Refused) as caught:
        build(shop.root, "two")
    assert [problem.code for problem in caught.value.diagnostics] == ["N132"]


def test_what_the_press_cannot_convert_stops_the_build(
    shop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_data: bytes, _order: object) -> bytes:
        raise UnconvertedError("gradient of type 7", 3)

    monkeypatch.setattr("newsletter.press.printing.print_file", refuse)
    (problem,) = shop.problems("build")
    assert (problem.code, problem.values["page"]) == ("N723", 3)
    assert "gradient of type 7" in problem.message("en")


# Whole sheets -----------------------------------------------------------------------------------

FILLED = TEMPLATE.replace("</body>", f"{FILLERS}</body>")


def with_multiple(shop: Workshop, multiple: int, html: str) -> Workshop:
    page = {"width_mm": 210, "height_mm": 297, "multiple": multiple}
    shop.set_up(html=html, page=page)
    return shop


@pytest.mark.parametrize("multiple", [1, 2, 4])
def test_pages_are_filled_up_to_whole_sheets(shop: Workshop, multiple: int) -> None:
    assert with_multiple(shop, multiple, FILLED).build().pages == multiple


def test_a_layout_without_a_place_for_fillers_is_told_what_it_lacks(shop: Workshop) -> None:
    assert with_multiple(shop, 4, TEMPLATE).codes("build") == ["N913"]


def test_a_filler_that_frees_a_page_is_made_up_for(shop: Workshop) -> None:
    """The last paragraph stands on a page of its own, and with fillers on one of theirs."""
    html = FILLED.replace(
        "{% for _ in",
        '{% if not fillers %}<p style="break-before: page">末页</p>{% endif %}{% for _ in',
    )
    assert with_multiple(shop, 4, html).build().pages == 4


def test_an_imprint_that_fillers_push_to_a_page_of_its_own_is_reckoned_with(shop: Workshop) -> None:
    """Two pages; with fillers the last paragraph stands on one more: one filler makes four."""
    ending = (
        '<p style="break-before: page">正文</p><p{{ " style=\'break-before: page\'" if fillers }}>'
    )
    html = FILLED.replace("</body>", f"{ending}版权页</p></body>")
    assert with_multiple(shop, 4, html).build().pages == 4


def test_only_the_pages_that_stay_are_judged(
    shop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    judged = list[int]()
    judge = rendering.lines_of

    def lines_of(document: Document) -> list[SetLine]:
        judged.append(len(document.pages))
        return list(judge(document))

    monkeypatch.setattr(rendering, "lines_of", lines_of)
    with_multiple(shop, 4, FILLED).build()
    assert judged == [4]


def test_what_is_wrong_with_the_pages_that_stay_is_told_once(shop: Workshop) -> None:
    html = FILLED.replace(FILLERS, '<table style="width: 400mm"><tr><td>宽</table>' + FILLERS)
    assert with_multiple(shop, 4, html).codes("build") == ["N509"]


def test_a_file_for_screens_needs_no_press(tmp_path: Path) -> None:
    shop = Workshop(tmp_path)
    program = f"""
import sys
from pathlib import Path
from newsletter import edition
edition.build(Path({str(shop.root)!r}), "one", ["screen"])
print("newsletter.press.conversion" in sys.modules)
edition.build(Path({str(shop.root)!r}), "one", ["print"])
print("newsletter.press.conversion" in sys.modules)
"""
    done = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True
    )
    assert done.stdout.split() == ["False", "True"]
