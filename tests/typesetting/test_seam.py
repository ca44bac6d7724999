"""The composer inside WeasyPrint: what it replaces, what it leaves alone, what it draws."""

from __future__ import annotations

from html import escape
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest
import weasyprint
from weasyprint import HTML
from weasyprint.layout import inline

from newsletter.diagnostics import Refused
from newsletter.render import _failures_told, _keep_system_fonts_out
from newsletter.typesetting.inspection import SetLine
from newsletter.typesetting.rules import Rules
from newsletter.typesetting.seam import SeamError, check_seam, composing
from newsletter.typesetting.seam.guard import changed_names
from newsletter.typesetting.seam.lines import lines_of

ROOT = Path(__file__).resolve().parents[2]
FONT = (ROOT / "fonts" / "noto-serif-sc" / "NotoSerifSC-Regular.otf").as_uri()
TEXTS = Path(__file__).parent / "texts"
PT = 10.5


def page(body: str, measure: float = 22, css: str = "", lang: str = "zh-Hans") -> str:
    _keep_system_fonts_out()
    return f"""<!DOCTYPE html><html lang="{lang}"><meta charset="utf-8"><style>
    @font-face {{ font-family: S; src: url({FONT}) }}
    @page {{ size: {measure * PT + 60}pt 800pt; margin: 30pt }}
    html {{ font: {PT}pt/18pt S; text-align: justify }}
    p {{ margin: 0; text-indent: 2em }} {css}</style><body>{body}</body></html>"""


def lines(body: str, measure: float = 22, css: str = "") -> list[SetLine]:
    with composing(Rules()):
        return lines_of(HTML(string=page(body, measure, css)).render())


def copied(data: bytes) -> str:
    return "".join(p.get_textpage().get_text_bounded() for p in pypdfium2.PdfDocument(data))


# The guard --------------------------------------------------------------------------------------


def test_every_private_name_is_what_it_was() -> None:
    assert changed_names() == []


def test_a_name_that_an_upgrade_changed_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inline, "justify_line", lambda line: line)
    assert [name.split(":")[0] for name in changed_names()] == [
        "weasyprint.layout.inline.justify_line"
    ]


def test_a_name_that_an_upgrade_took_away_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(inline, "atomic_box")
    assert any("atomic_box" in name and "None" in name for name in changed_names())


def test_another_weasyprint_is_refused_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weasyprint, "__version__", "71.0")
    with pytest.raises(SeamError, match=r"WeasyPrint 71\.0 .* needs 70\.0"):
        check_seam()
    with pytest.raises(Refused) as refusal, _failures_told(), composing(Rules()):
        pass
    assert [diagnostic.code for diagnostic in refusal.value.diagnostics] == ["N003"]


def test_weasyprint_has_its_own_functions_back_even_after_an_error() -> None:
    before = inline.split_inline_box, inline.get_next_linebox, weasyprint.draw.draw_text

    def fail() -> None:
        with composing(Rules()):
            assert inline.split_inline_box is not before[0]
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert before == (inline.split_inline_box, inline.get_next_linebox, weasyprint.draw.draw_text)


# What is left to WeasyPrint ---------------------------------------------------------------------

LEFT = {
    "another language": '<p lang="en">Not every line of a newsletter is Chinese, after all.</p>'
    * 3,
    "preserved spaces": '<p style="white-space: pre-wrap">绿色  发展，共同的路</p>',
    "soft hyphens": "<p>绿色发展Infra\u00adstructure，共同的路</p>",
    "a float in the line": '<p>绿<span style="float: left">色</span>发展，共同的路</p>',
    "right to left": "<p>绿色发展שלום共同的路</p>",
}


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("body", LEFT.values(), ids=LEFT)
def test_what_is_not_covered_is_left_to_weasyprint(body: str) -> None:
    assert not any("发展" in line.text for line in lines(body))


def test_text_in_another_language_comes_out_byte_for_byte() -> None:
    html = page(LEFT["another language"], lang="en")
    with composing(Rules()):
        ours = HTML(string=html).write_pdf(pdf_identifier=b"same")
    assert ours == HTML(string=html).write_pdf(pdf_identifier=b"same")


# Lines ------------------------------------------------------------------------------------------

SENTENCE = "“一带一路”绿色发展，共建共享：2021年有40多个国家的150多家伙伴参加《指南》研究。"


@pytest.mark.parametrize("measure", [10, 14, 22, 31])
def test_every_line_but_the_last_fills_its_measure(measure: int) -> None:
    found = lines(f"<p>{SENTENCE * 4}</p>", measure)
    assert len(found) > 3
    assert all(abs(line.lack) < 0.02 for line in found)
    assert [line.is_last for line in found] == [False] * (len(found) - 1) + [True]


def test_no_text_is_lost_over_pages_columns_and_floats() -> None:
    body = (
        '<div style="columns: 2">' + f"<p>{SENTENCE * 9}</p>" * 6 + "</div>"
        '<div style="float: left; width: 8em; height: 90pt"></div>' + f"<p>{SENTENCE * 3}</p>"
    )
    text = "".join(line.text for line in lines(body, 40))
    assert text == SENTENCE * (9 * 6 + 3)


def test_elements_do_not_part_marks_from_their_text() -> None:
    body = "<p>" + "看<em>《绿色》</em><em>《发展》</em>，<strong>（注）</strong>。" * 20 + "</p>"
    found = lines(body, 11)
    assert not any(line.text[0] in "》，）。" or line.text[-1] in "《（" for line in found)


def test_a_shrunk_line_is_not_taken_for_one_that_is_too_wide() -> None:
    text = "念认同变为务实成果。深化互联互通，要使陆、海、天、网，四位一体，更加完善，加深传统。"
    for measure in range(8, 24):
        found = lines(f"<p>{text * 3}</p>", measure, "html { overflow-wrap: break-word }")
        assert not any(line.text[0] in "，、。" for line in found)


def test_a_note_stays_with_its_word_and_a_word_joiner_holds() -> None:
    body = "<p>" + "绿色发展<sup style='vertical-align: super'>12</sup>共同" * 30 + "</p>"
    assert not any(line.text.startswith("1") for line in lines(body, 9))


def test_words_wider_than_the_line_are_divided_only_where_the_style_allows_it() -> None:
    body = "<p>绿色" + "x" * 40 + "发展</p>"
    assert any(line.lack < -1 for line in lines(body, 10))
    assert all(line.lack > -0.02 for line in lines(body, 10, "html {overflow-wrap: break-word}"))


def test_a_box_that_shrinks_to_its_text_does_not_break_it() -> None:
    body = '<div style="display: inline-block"><p>2021年12月，共40个国家ABC的伙伴</p></div>'
    assert len([line for line in lines(body, 40) if line.text != "\ufffc"]) == 1


def test_a_heading_is_balanced_on_request() -> None:
    body = f"<h1>{'绿色发展共同的路' * 3}</h1>"
    widths = [line.width_mm for line in lines(body, 22, "h1 {--text-wrap: balance; font: 10pt S}")]
    assert len(widths) == 2
    assert abs(widths[0] - widths[1]) < 6


@pytest.mark.parametrize("name", ["essay", "technical", "dialogue"])
@pytest.mark.parametrize("measure", [12, 22])
def test_copied_text_is_the_text_as_written(name: str, measure: int) -> None:
    rows = (TEXTS / f"{name}.txt").read_text("utf-8").splitlines()[:12]
    with composing(Rules(hyphenate="none")):
        data = HTML(string=page("".join(f"<p>{escape(r)}</p>" for r in rows), measure)).write_pdf()
    seen, written = copied(data), "".join(rows)
    assert "".join(seen.split()).replace("\ufffe", "-") == "".join(written.split())
    assert seen.count(" ") <= written.count(" ")


def test_two_runs_give_the_same_bytes() -> None:
    def make() -> bytes:
        with composing(Rules()):
            data: bytes = HTML(string=page(f"<p>{SENTENCE * 5}</p>")).write_pdf(
                pdf_identifier=b"same"
            )
        return data

    assert make() == make()


def test_a_reading_widens_its_word_and_is_not_copied() -> None:
    body = '<p>看<ruby data-ruby="zhuāng">庄</ruby><ruby data-ruby="zǐ">子</ruby>，秋水</p>'
    with composing(Rules()):
        data = HTML(string=page(body)).write_pdf()
    assert "".join(copied(data).split()) == "看庄子，秋水"


def test_hidden_text_draws_nothing_and_cut_text_is_weasyprints() -> None:
    body = (
        '<p style="visibility: hidden">看不见</p>'
        f'<p style="overflow: hidden; text-overflow: ellipsis; white-space: nowrap">{SENTENCE}</p>'
    )
    with composing(Rules()):
        text = copied(HTML(string=page(body)).write_pdf())
    assert "看不见" not in text
    assert SENTENCE[:8] in text
    assert SENTENCE[-5:] not in text


def test_places_of_lines_are_known() -> None:
    body = f'<article id="article-one"><p data-at="one.yaml:7">{SENTENCE * 2}</p></article>'
    found = lines(body)
    assert {(line.page, line.origin, line.article) for line in found} == {(1, "one.yaml:7", "one")}
    places = [line.baseline_mm * 72 / 25.4 for line in found]
    steps = {round(after - before, 2) for before, after in pairwise(places)}
    assert steps == {18.0}
