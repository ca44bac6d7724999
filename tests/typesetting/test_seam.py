"""The composer inside WeasyPrint: what it replaces, what it leaves alone, what it draws."""

from __future__ import annotations

import gc
import importlib
from collections.abc import Callable
from functools import cache
from html import escape
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import weasyprint
from bench.typesetting import drawn
from bench.typesetting.extraction import EXTRACTORS, AbsentError, compare
from click.testing import Result
from weasyprint.layout import inline

from newsletter.diagnostics import Refused
from newsletter.remarks import failures_told
from newsletter.typesetting.inspection import SetLine
from newsletter.typesetting.rules import Rules
from newsletter.typesetting.seam import SeamError, check_seam, composing
from newsletter.typesetting.seam.composer import Composer
from newsletter.typesetting.seam.guard import SEAM, changed_names
from newsletter.typesetting.seam.lines import lines_of
from setting import (
    LEADING,
    NEVER_FIRST,
    NEVER_LAST,
    PT,
    RULES,
    boxes_of,
    copied,
    drawn_lines,
    html_class,
    laid_out,
    lines,
    page,
    pdf,
    solid,
    stated,
)

TEXTS = Path(__file__).parent / "texts"
WHOLE = Rules(hyphenate="none")
SENTENCE = "“一带一路”绿色发展，共建共享：2021年有40多个国家的150多家伙伴参加《指南》研究。"
REPLACED = (
    "weasyprint.layout.block.block_level_layout_switch",
    "weasyprint.layout.inline.first_letter_to_box",
    "weasyprint.layout.inline.get_first_letter",
    "weasyprint.layout.inline.get_next_linebox",
    "weasyprint.layout.absolute.shrink_to_fit",
    "weasyprint.layout.float.shrink_to_fit",
    "weasyprint.layout.inline.shrink_to_fit",
    "weasyprint.layout.inline.split_inline_box",
    "weasyprint.layout.inline.justify_line",
    "weasyprint.layout.inline.strut",
    "weasyprint.layout.inline.inline_min_content_width",
    "weasyprint.layout.preferred.inline_min_content_width",
    "weasyprint.layout.preferred.inline_max_content_width",
    "weasyprint.draw.draw_text",
    "weasyprint.draw.text.draw_first_line",
    "weasyprint.pdf.add_tags",
    "weasyprint.pdf.fonts.get_hb_object_data",
    "weasyprint.pdf.fonts.Font.clean",
    "weasyprint.pdf.fonts.Font._harfbuzz_subset",
    "pydyf.Stream.data",
    "weasyprint.css.StyleFor",
    "weasyprint.layout.inline.handle_leader",
    "weasyprint.css.ComputedStyle.__missing__",
    "weasyprint.css.AnonymousStyle.__missing__",
    "weasyprint.css.tokens.Pending.solve",
    "weasyprint.css.validation.expanders.PendingExpander.validate",
    "weasyprint.document.Page.paint",
    "weasyprint.formatting_structure.boxes.Box.__init__",
    "weasyprint.formatting_structure.boxes.ParentBox._reset_spacing",
    "weasyprint.formatting_structure.boxes.ParentBox.copy_with_children",
    "weasyprint.formatting_structure.boxes.Box.is_in_normal_flow",
    "weasyprint.formatting_structure.boxes.Box.establishes_formatting_context",
    "weasyprint.formatting_structure.boxes.Box.descendants",
    "weasyprint.layout.block.collapse_margin",
    "weasyprint.formatting_structure.boxes.ParentBox.page_values",
    "weasyprint.layout.inline.avoid_collisions",
    "weasyprint.layout.background.layout_box_backgrounds",
    "tinyhtml5.inputstream.HTMLUnicodeInputStream.chars_until",
    "weasyprint.document.get_html_metadata",
    "weasyprint.formatting_structure.build.marker_to_box",
    *(f"weasyprint.svg.{name}" for name in ("TAGS", "color", "normalize", "parse_url", "size")),
    "weasyprint.svg.Node.cascade",
    *(f"weasyprint.svg.SVG.{name}" for name in ("draw", "draw_node", "set_graphical_state")),
    "weasyprint.matrix.Matrix.__matmul__",
    "weasyprint.svg.draw_pattern",
    "weasyprint.svg.paint_mask",
    "weasyprint.pdf.stream.Stream.set_color",
    *(
        f"weasyprint.layout.{name}.resolve_percentages"
        for name in ("absolute", "block", "column", "float", "grid", "inline", "page", "table")
    ),
)


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


def test_what_is_told_of_a_changed_name_has_both_parameters(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def strut(style: object, context: object) -> None: ...

    monkeypatch.setattr("weasyprint.text.line_break.strut", strut)
    [told] = changed_names()
    assert "('style',)" in told
    assert "('style', 'context')" in told


def full_name(owner: Any) -> str:  # noqa: ANN401 - a module or a class
    return f"{owner.__module__}.{owner.__name__}" if isinstance(owner, type) else owner.__name__


def test_whatever_is_replaced_stands_in_the_guard() -> None:
    found = {f"{full_name(owner)}.{name}" for owner, name, _ in Composer(RULES).replacements()}
    assert found == set(REPLACED)
    assert {name for name in found if not name.endswith("resolve_percentages")} <= set(SEAM)
    assert "weasyprint.layout.percent.resolve_percentages" in SEAM


def test_another_weasyprint_is_refused_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weasyprint, "__version__", "71.0")
    with pytest.raises(SeamError, match=r"WeasyPrint 71\.0 .* needs 70\.0"):
        check_seam()
    with pytest.raises(Refused) as refusal, failures_told(), composing(RULES):
        pass
    assert [diagnostic.code for diagnostic in refusal.value.diagnostics] == ["N003"]


def test_another_weasyprint_stops_a_build_with_status_3_and_costs_no_good_pdf(
    small: Path, run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    good = small / "build" / "one" / "one-screen.pdf"
    good.parent.mkdir(parents=True)
    good.write_bytes(b"%PDF-1.7 last good")
    monkeypatch.setattr(weasyprint, "__version__", "71.0")
    result = run("build", "one", at=small)
    assert result.exit_code == 3
    assert isinstance(result.exception, SystemExit)
    assert "N003" in result.output
    assert "71.0" in result.output
    assert "70.0" in result.output
    assert "Traceback" not in result.output
    assert good.read_bytes() == b"%PDF-1.7 last good"


# In and out -------------------------------------------------------------------------------------


def found_now() -> list[object]:
    found = []
    for name in REPLACED:
        module, _, attribute = name.rpartition(".")
        owner, _, inner = module.rpartition(".")
        is_class = inner[:1].isupper()
        holder = importlib.import_module(owner if is_class else module)
        found.append(getattr(getattr(holder, inner) if is_class else holder, attribute))
    return found


def test_outside_of_composing_weasyprint_has_its_own_functions() -> None:
    before = found_now()
    with composing(RULES):
        within = found_now()
    assert not any(one is two for one, two in zip(before, within, strict=True))
    assert all(one is two for one, two in zip(before, found_now(), strict=True))


def test_weasyprint_has_its_own_functions_back_even_after_an_error() -> None:
    before, thresholds = found_now(), gc.get_threshold()

    def fail() -> None:
        with composing(RULES):
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert all(one is two for one, two in zip(before, found_now(), strict=True))
    assert gc.get_threshold() == thresholds
    assert gc.get_freeze_count() == 0


def test_the_collector_of_garbage_is_as_it_was_before() -> None:
    thresholds = gc.get_threshold()
    gc.set_threshold(123, 4, 5)
    try:
        with composing(RULES):
            assert gc.get_threshold() != (123, 4, 5)
        assert gc.get_threshold() == (123, 4, 5)
        assert gc.get_freeze_count() == 0
    finally:
        gc.set_threshold(*thresholds)


def test_what_a_process_has_frozen_for_good_stays_so() -> None:
    gc.disable()
    gc.freeze()
    try:
        frozen = gc.get_freeze_count()
        with composing(RULES):
            pass
        assert gc.get_freeze_count() == frozen > 0
        assert not gc.isenabled()
    finally:
        gc.unfreeze()
        gc.enable()


# What is left to WeasyPrint ---------------------------------------------------------------------

ENGLISH = "Not every line of a newsletter is Chinese, after all; some of it is not. "
LEFT = {
    "another language": f'<p lang="en">{ENGLISH * 3}</p>',
    "right to left": f'<p dir="rtl">{SENTENCE * 2}</p>',
    "right to left by its style": f'<p style="direction: rtl">{SENTENCE * 2}</p>',
    "Hebrew words": "<p>绿色发展שלום共同的路，走得通的路</p>",
    "soft hyphens": "<p>绿色发展Infra\u00adstructure，共同的路，一起走下去的路</p>",
    "preserved spaces": f'<p style="white-space: pre-wrap">绿色  发展，{SENTENCE}</p>',
    "a tab": '<p style="white-space: pre">绿\t色</p>',
    "a float in the line": '<p>绿<b lang="en" style="float: left">c</b>色，' + SENTENCE + "</p>",
    "a leader": '<p class="leader">绿色发展，共同的路</p>',
    "breaks anywhere": f'<p style="word-break: break-all">{SENTENCE}</p>',
    "cloned edges": f'<p><b style="box-decoration-break: clone">{SENTENCE}</b></p>',
    "a first line of its own": '<p class="first">绿色发展</p>',
    "nothing": "<p></p><p> </p>",
}
SPECIAL = '.leader::after { content: leader(".") "7" } .first::first-line { color: red }'


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("body", LEFT.values(), ids=LEFT)
def test_what_is_not_covered_comes_out_byte_for_byte(body: str) -> None:
    html = page(body, 14, SPECIAL)
    assert pdf(html, packed=False) == pdf(html, None, packed=False)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("body", LEFT.values(), ids=LEFT)
def test_what_is_not_covered_has_no_lines_of_ours(body: str) -> None:
    assert lines(body, 14, SPECIAL) == []


def test_a_document_in_another_language_comes_out_byte_for_byte() -> None:
    html = page(f"<h1>Title</h1><p>{ENGLISH * 9}</p><p>{ENGLISH}绿色</p>", lang="en")
    assert pdf(html, packed=False) == pdf(html, None, packed=False)


def test_chinese_text_comes_out_otherwise() -> None:
    html = page(f"<p>{SENTENCE}</p>", 14)
    assert pdf(html, packed=False) != pdf(html, None, packed=False)


def test_a_first_line_of_its_own_costs_no_text() -> None:
    body = f'<p class="first">{SENTENCE * 3}</p>'
    assert solid(copied(pdf(page(body, 14, SPECIAL)))) == SENTENCE * 3


# The text is complete and in order --------------------------------------------------------------


class Made(NamedTuple):
    """A body, its lines as they were set and as they were drawn, and the document."""

    body: str
    measure: float
    set: list[SetLine]
    drawn: list[drawn.Line]
    data: bytes
    document: Any


PICTURE = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 8 8'%3E"
    "%3Cpath d='M0 0h8v8H0z'/%3E%3C/svg%3E"
)
LINKED = "《绿色》链接"
LINK = '<a href="https://example.org/" style="padding: 0 2pt; border: 1pt solid">《绿色》链接</a>'
BODIES = {
    "over pages": f"<p>{SENTENCE * 22}</p>",
    "forced breaks": f"<p>{SENTENCE}<br>{SENTENCE * 2}<br>绿色<br>{SENTENCE}</p>",
    "notes": "<p>" + "绿色发展<sup>12</sup>，共同的路<sup>3</sup>走" * 12 + "</p>",
    "unbroken words": "<p>" + "看<span class='keep'>不可分开的词，语</span>而后" * 9 + "</p>",
    "anchors": f'<p><a id="one"></a>{SENTENCE}<a id="two"></a>{SENTENCE * 3}'
    f'<a id="three"></a>，{SENTENCE}<a id="four"></a></p>',
    "links": "<p>" + f"见{LINK}，再看" * 12 + "</p>",
    "nested elements": "<p>"
    + "外<strong>强<em>调“<span>里</span>面</em>”的</strong>，字" * 14
    + "</p>",
    "word spacing": '<p style="word-spacing: 0.2em">'
    + f"绿色 green growth and 发展 is so，{SENTENCE}" * 3
    + "</p>",
    "decoration": f"<p>{SENTENCE}<u>下划线“文字”，</u><s>删去，</s>{SENTENCE * 2}</p>",
    "a picture": f'<p>{SENTENCE}<img src="{PICTURE}">，{SENTENCE * 3}</p>',
    "boxes": f"<p>{SENTENCE}<span class='box'>木屋（一）</span>，{SENTENCE}"
    f"<span class='box' style='width: 3em'>二</span>{SENTENCE}</p>",
    "small words": "<p>" + "看<small>（小字：注）</small>了，再<big>《大》</big>说" * 9 + "</p>",
}
CSS = """
sup { font-size: 60%; line-height: 0; vertical-align: super } small { font-size: 80% }
big { font-size: 120% } small, big { line-height: 0 } .keep { white-space: nowrap }
.box { display: inline-block; text-indent: 0 } img { width: 12pt; height: 8pt }
em { font-style: normal }
"""
BOXED = ("a picture", "boxes")
"""Bodies with boxes in the line, whose text is in lines of its own, drawn in that around it."""


@cache
def make(name: str, measure: float) -> Made:
    html = page(BODIES[name], measure, CSS)
    data, document = pdf(html, WHOLE), laid_out(html, WHOLE)
    return Made(name, measure, lines_of(document), drawn_lines(data), data, document)


every_body = pytest.mark.parametrize(
    "made",
    [pytest.param((n, m), id=f"{n} at {m}") for n in BODIES for m in (12, 22)],
    indirect=True,
)
every_text = pytest.mark.parametrize(
    "made",
    [pytest.param((n, m), id=f"{n} at {m}") for n in BODIES if n not in BOXED for m in (12, 22)],
    indirect=True,
)


@pytest.fixture
def made(request: pytest.FixtureRequest) -> Made:
    return make(*request.param)


@every_body
def test_text_is_complete_and_in_order(made: Made) -> None:
    assert solid(copied(made.data)) == stated(BODIES[made.body])


@every_text
def test_what_is_drawn_is_what_was_set(made: Made) -> None:
    found = [solid(line.text) for line in made.set]
    assert [solid(line.text) for line in made.drawn] == [text for text in found if text]


@every_body
def test_no_line_begins_or_ends_with_a_mark_that_may_not(made: Made) -> None:
    for line in made.set:
        assert line.text[0] not in NEVER_FIRST
        assert line.text[-1] not in NEVER_LAST


@every_text
def test_a_line_that_is_filled_ends_at_the_measure(made: Made) -> None:
    measure = made.measure * PT
    for line, seen in zip(made.set, made.drawn, strict=True):
        if not line.is_last:
            edge = measure - edge_of_link(seen.text.endswith(LINKED))
            assert seen.right(edge) == pytest.approx(edge, abs=0.02 * PT)
        assert abs(line.lack) <= 0.02


def edge_of_link(is_link: bool) -> float:  # noqa: FBT001
    """Return what padding and border of a link take at the edge of a line, in points."""
    return 3.0 if is_link else 0.0


@every_text
def test_a_line_begins_at_the_left_edge(made: Made) -> None:
    for line, seen in zip(made.set, made.drawn, strict=True):
        if not line.is_first:
            edge = edge_of_link(seen.text.startswith(LINKED))
            assert seen.left() == pytest.approx(edge, abs=0.02 * PT)


@every_body
def test_a_last_line_is_left_as_it_came(made: Made) -> None:
    for line in made.set:
        if line.is_last:
            assert line.stretch == 0


def test_anchors_are_where_they_were() -> None:
    html = page(BODIES["anchors"], 14)
    composed, plain = laid_out(html).pages, html_class()(string=html).render().pages
    assert set(composed[0].anchors) == {"one", "two", "three", "four"} == set(plain[0].anchors)
    heights = [composed[0].anchors[name][1] for name in ("one", "two", "three", "four")]
    assert heights == sorted(heights)
    assert heights[0] < heights[1] < heights[3]


def test_an_anchor_at_the_beginning_of_a_later_page_is_on_that_page() -> None:
    body = f'<p>{SENTENCE * 12}<a id="far"></a>{SENTENCE * 12}</p>'
    document = laid_out(page(body, 12))
    [number] = [n for n, sheet in enumerate(document.pages) if "far" in sheet.anchors]
    assert number == 1 < len(document.pages)


def test_links_lead_where_they_led() -> None:
    [sheet] = laid_out(page(BODIES["links"], 22)).pages
    links = [link for link in sheet.links if link[0] == "external"]
    assert {target for _kind, target, *_place in links} == {"https://example.org/"}
    assert len(links) >= 12


def test_a_word_that_is_kept_together_is_in_one_line() -> None:
    for measure in (10, 13, 17):
        for line in lines(BODIES["unbroken words"], measure, CSS):
            assert line.text.count("不可分开的词，语") == line.text.count("不")


def test_no_text_is_lost_over_pages_columns_and_floats() -> None:
    body = (
        '<div style="columns: 2">' + f"<p>{SENTENCE * 9}</p>" * 6 + "</div>"
        '<div style="float: left; width: 8em; height: 90pt"></div>' + f"<p>{SENTENCE * 3}</p>"
    )
    text = "".join(line.text for line in lines(body, 40))
    assert text == SENTENCE * (9 * 6 + 3)


def test_columns_are_balanced_and_their_lines_stand_on_one_grid() -> None:
    body = '<div style="columns: 2; column-gap: 2em">'
    body += f"<p>{SENTENCE * 4}</p><p>{SENTENCE * 5}</p><p>{SENTENCE}</p></div>"
    data = pdf(page(body, 26), WHOLE)
    assert solid(copied(data)) == SENTENCE * 10
    found = lines(body, 26)
    columns = {round(line.x_mm) for line in found if not line.is_first}
    assert len(columns) == 2
    boundary = max(columns) - 1
    left = [line.baseline_mm for line in found if line.x_mm < boundary]
    right = [line.baseline_mm for line in found if line.x_mm >= boundary]
    assert abs(len(left) - len(right)) <= 1
    assert {round(y, 3) for y in right} <= {round(y, 3) for y in left}


@pytest.mark.parametrize("lang", ["zh-Hans", "en"])
@pytest.mark.parametrize("cut", ["line-clamp: 2", "text-overflow: ellipsis; white-space: nowrap"])
def test_text_that_is_cut_is_drawn_again_as_it_was(cut: str, lang: str) -> None:
    body = f"<p style='overflow: hidden; {cut}'>{SENTENCE * 3} {'green words ' * 12}</p>"
    with composing(Rules()):
        document = html_class()(string=page(body, 12, lang=lang)).render()
        first, again = (document.write_pdf(pdf_identifier=b"same") for _time in range(2))
    assert first == again


PUSHED = """@page { size: 250.3pt 131pt; margin: 20.1pt } html { font: 10pt/1.4 S }
body { margin: 0 } %s"""


@pytest.mark.parametrize("reason", ["break-inside: avoid", "break-before: page"])
def test_lines_stand_to_the_last_bit_where_they_would_had_they_been_tried_nowhere_before(
    reason: str,
) -> None:
    pushed = f"<p class='second'>{'绿色<b>的路</b>也' * 12}</p>"

    def places(body: str, css: str) -> list[tuple[float, float]]:
        sheet = laid_out(page(body, css=PUSHED % css)).pages[-1]
        boxes = [*sheet._page_box.descendants()]
        return [(b.position_x, b.position_y) for b in boxes if b.element_tag in {"p", "b"}]

    first = f"<p>{'绿色的路' * 20}</p>"
    assert places(first + pushed, f".second {{ {reason} }}") == places(pushed, "")


def test_lines_beside_a_float_are_narrower_and_lines_below_it_are_not() -> None:
    body = f'<div style="float: right; width: 7em; height: 70pt"></div><p>{SENTENCE * 5}</p>'
    data = pdf(page(body, 22), WHOLE)
    assert solid(copied(data)) == SENTENCE * 5
    beside, below = drawn_lines(data)[1:4], drawn_lines(data)[4:-1]
    assert [line.right(15 * PT) for line in beside] == pytest.approx([15 * PT] * 3, abs=0.02 * PT)
    assert [line.right(22 * PT) for line in below] == pytest.approx(
        [22 * PT] * len(below), abs=0.02 * PT
    )


def test_a_box_in_the_text_stands_between_its_neighbours() -> None:
    document = laid_out(page("<p>绿<span class='box'>木屋</span>色</p>", 22, CSS))
    [line] = [b for b in boxes_of(document) if "composed" in b.__dict__ and b.children[1:]]
    before, box, after = line.children
    assert box.position_x == pytest.approx(before.position_x + before.width, abs=0.01)
    assert after.position_x == pytest.approx(box.position_x + box.width, abs=0.02)


def test_letter_spacing_stands_after_each_character() -> None:
    body = '<p style="letter-spacing: 0.1em; text-indent: 0">绿色发展</p>'
    [line] = drawn_lines(pdf(page(body)))
    steps = [after.x - before.x for before, after in pairwise(line.glyphs)]
    assert steps == pytest.approx([1.1 * PT] * 3, abs=0.02)


def test_word_spacing_stands_in_the_spaces_between_words() -> None:
    plain, wide = (
        drawn_lines(pdf(page(f'<p style="word-spacing: {w}; text-indent: 0">is so</p>')))[0]
        for w in ("0", "0.3em")
    )
    assert wide.glyphs[-1].x - plain.glyphs[-1].x == pytest.approx(0.3 * PT, abs=0.02)


@pytest.mark.parametrize("line", ["underline", "overline", "line-through"])
def test_a_decoration_is_drawn_once_for_each_line_of_the_text(line: str) -> None:
    text = f'<span style="text-decoration: {line} red">{SENTENCE}</span>'
    data = pdf(page(f"<p>{text}</p>", 14), WHOLE)
    assert strokes(data) == len(drawn_lines(data)) > 2


def strokes(data: bytes) -> int:
    import io

    import pikepdf

    with pikepdf.open(io.BytesIO(data)) as found:
        return sum(
            str(operator) == "S"
            for sheet in found.pages
            for _operands, operator in pikepdf.parse_content_stream(sheet)
        )


# Lines ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("measure", [10, 14, 22, 31])
def test_every_line_but_the_last_fills_its_measure(measure: int) -> None:
    found = lines(f"<p>{SENTENCE * 4}</p>", measure)
    assert len(found) > 3
    assert all(abs(line.lack) < 0.02 for line in found)
    assert [line.is_last for line in found] == [False] * (len(found) - 1) + [True]


def seen(style: str, body: str = SENTENCE * 2, measure: float = 20.3) -> list[drawn.Line]:
    html = page(f'<p style="text-indent: 0; {style}">{body}</p>', measure)
    return drawn_lines(pdf(html, WHOLE))


HAN = "绿色发展共同的路走得通" * 6


def test_lines_that_are_set_to_the_right_end_at_the_measure() -> None:
    for line in seen("text-align: right", HAN):
        assert line.right(20.3 * PT) == pytest.approx(20.3 * PT, abs=0.02 * PT)


def test_lines_that_are_centred_have_as_much_white_on_both_sides() -> None:
    for line in seen("text-align: center", HAN):
        assert line.left() == pytest.approx(20.3 * PT - line.right(20.3 * PT), abs=0.02 * PT)
        assert line.left() > 0


def test_lines_that_are_not_filled_are_as_wide_as_they_come() -> None:
    for line in seen("text-align: left", HAN):
        assert line.left() == pytest.approx(0, abs=0.01)
        steps = [after.x - before.x for before, after in pairwise(line.glyphs)]
        assert steps == pytest.approx([PT] * len(steps), abs=0.02)


def test_a_last_line_that_is_justified_fills_its_measure() -> None:
    for body in ("绿色发展", SENTENCE):
        last = seen("text-align-last: justify", body)[-1]
        assert last.left() == pytest.approx(0, abs=0.02 * PT)
        assert last.right(20.3 * PT) == pytest.approx(20.3 * PT, abs=0.02 * PT)


def test_only_the_last_line_keeps_to_text_align_last() -> None:
    *others, last = seen("text-align-last: right", HAN)
    assert last.right(20.3 * PT) == pytest.approx(20.3 * PT, abs=0.02 * PT)
    assert last.left() > PT
    assert all(line.left() == pytest.approx(0, abs=0.01) for line in others)


def test_a_heading_is_balanced_on_request() -> None:
    body = f"<h1>{'绿色发展共同的路' * 3}</h1>"
    widths = [line.width_mm for line in lines(body, 22, "h1 {--text-wrap: balance; font: 10pt S}")]
    assert len(widths) == 2
    assert abs(widths[0] - widths[1]) < 6


HEADLINE = "“一带一路”国际合作高峰论坛咨询委员会举行2021年度视频会议"
BALANCED = "h1 {--text-wrap: balance; font: 10pt S; margin: 0; STYLE}"


def headline(body: str, measure: float = 22, style: str = "") -> list[str]:
    css = BALANCED.replace("STYLE", style)
    return [line.text for line in lines(f"<h1>{body}</h1>", measure, css)]


def test_a_headline_is_divided_by_meaning() -> None:
    expected = ["“一带一路”国际合作高峰论坛咨询委员会", "举行2021年度视频会议"]
    assert headline(HEADLINE) == expected
    assert headline(HEADLINE, style="text-align: center") == expected


def test_elements_within_a_headline_do_not_hide_its_words() -> None:
    body = HEADLINE.replace("咨询委员会", "咨<em>询委</em>员<b>会</b>").replace(
        "议", "议<sup>1</sup>"
    )
    assert headline(body) == [headline(HEADLINE)[0], headline(HEADLINE)[1] + "1"]


def test_each_part_of_a_headline_is_divided_for_itself() -> None:
    [first, *others] = headline("联盟动态<br>" + HEADLINE)
    assert first.strip() == "联盟动态"
    assert others == headline(HEADLINE)


def test_the_first_line_of_a_headline_may_be_narrower() -> None:
    found = headline("全国碳市场累计成交额突破百亿元", 10, "text-indent: 4em")
    assert found == ["全国碳市场", "累计成交额突破百亿元"]


def test_a_headline_leaves_terms_whole() -> None:
    title = "塞罕坝三代造林人获“地球卫士奖”"
    body = page(f"<h1>{title}</h1>", 9, BALANCED.replace("STYLE", ""))
    known = [line.text for line in lines_of(laid_out(body, terms=["造林人"]))]
    assert known == ["塞罕坝三代造林人", "获“地球卫士奖”"]
    assert headline(title, 9) != known


def test_running_text_asks_for_no_meaning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsletter.typesetting.fitting.break_costs", None)
    lines(f"<p>{SENTENCE * 3}</p><p style='text-align: left'>{SENTENCE * 3}</p>")


# Edges of elements ------------------------------------------------------------------------------

MARKED = "看（“绿色”），（又）。”“好《发》、《展》！（“a”）"
DIVIDED = {
    "around marks": "看<b>（</b>“绿色”<b>），</b>（又）<i>。”</i>“好《发》<b>、</b>《展》！（“a”）",
    "between marks": "看（<b>“绿色”</b>）<b>，</b><i>（又）</i>。<b>”</b>“好《发<b>》、《</b>展》！"
    "<i>（“a”）</i>",
    "in each other": "<i>看（<b>“绿色”）</b></i>，<i><b>（又）</b>。”“</i>好<i><b>《</b>发》、</i>"
    "《展》！（“a”）",
    "a link": '看（“绿色”），<a href="https://example.org/">（又）。”</a>“好《发》、《展》！（“a”）',
}


def places(body: str) -> list[tuple[str, float]]:
    css = "b, i, a { font-style: normal; font-weight: 400 }"
    [line] = drawn_lines(pdf(page(f"<p>{body}</p>", 30, css)))
    return [(glyph.text, round(glyph.x, 2)) for glyph in line.glyphs]


@pytest.mark.parametrize("body", DIVIDED.values(), ids=DIVIDED)
def test_marks_squeeze_across_the_edges_of_elements_as_within(body: str) -> None:
    assert places(body) == places(MARKED)


def test_two_marks_in_a_row_are_one_and_a_half_em_wide() -> None:
    at = {text: x for text, x in places("看（“绿”），色") if text != "，"}
    assert at["“"] - at["（"] == pytest.approx(PT / 2, abs=0.02)
    assert at["色"] - at["”"] == pytest.approx(2 * PT, abs=0.02)


def test_elements_do_not_part_marks_from_their_text() -> None:
    body = "<p>" + "看<em>《绿色》</em><em>《发展》</em>，<strong>（注）</strong>。" * 20 + "</p>"
    for measure in (7, 9.5, 11, 16):
        found = lines(body, measure)
        assert not any(line.text[0] in "》，）。" or line.text[-1] in "《（" for line in found)


def test_latin_words_are_not_parted_at_the_edge_of_an_element() -> None:
    body = "<p>" + "绿色<b>In</b>fra<i>struct</i>ure的路" * 12 + "</p>"
    for line in lines(body, 11, rules=WHOLE):
        assert line.text.count("Infrastructure") == line.text.count("I") == line.text.count("cture")


def test_quotes_of_another_language_keep_their_own_width() -> None:
    chinese, english = (
        {glyph.text: glyph for glyph in drawn_lines(pdf(page(f"<p>{body}</p>")))[0].glyphs}
        for body in ("看“绿”了", '看<span lang="en">“Green”</span>了')
    )
    assert chinese["“"].advance == chinese["”"].advance == pytest.approx(PT)
    assert english["“"].advance < 0.6 * PT
    assert english["”"].advance < 0.6 * PT


# Boxes that shrink to their text ----------------------------------------------------------------

SHRINKING = {
    "inline block": '<div style="display: inline-block"><p>{}</p></div>',
    "float": '<div style="float: left"><p>{}</p></div>',
    "float of text": '<div style="float: left; text-align: center">{}</div>',
    "letter-spaced": '<div style="float: left; letter-spacing: 0.1em">{}</div>',
    "cell": "<table><tr><td>{}</td><td>乙</td></tr></table>",
    "flexible": '<div style="display: flex"><div>{}</div><div>乙</div></div>',
    "absolute": '<div style="position: absolute">{}</div>',
    "hanging": '<div style="float: left; text-indent: -1em; padding-left: 1em">{}</div>',
    "of two lines": '<div style="float: left"><p>{}<br>乙</p></div>',
}
FITTING = (
    "2021年12月，共40个国家ABC的伙伴",
    "（绿色）“发展”",
    "word绿色2021",
    '绿<b style="padding: 0 3pt">A色</b>（B）',
    "“A”，“B”。——C……",
    f"{LINK}A",
    "green growth 绿 A B",
    "<sup>12</sup>绿A",
    "，绿",
    "绿——",
    "a……",
)


@pytest.mark.parametrize("box", SHRINKING.values(), ids=SHRINKING)
def test_a_box_that_shrinks_to_its_text_does_not_break_it(box: str) -> None:
    body = "".join(f"<section>{box.format(text)}</section>" for text in FITTING)
    css = f"{CSS} section {{ display: flow-root; position: relative }}"
    found = [solid(line.text) for line in lines(body, 60, css)]
    told = [text for text in found if text not in ("\ufffc", "乙")]
    assert sorted(told) == sorted(stated(text) for text in FITTING)


def test_a_box_that_shrinks_is_no_wider_than_its_text() -> None:
    body = '<div style="float: left"><p style="text-indent: 0">2021年绿A</p></div>'
    document = laid_out(page(body, 40))
    [box] = [b for b in boxes_of(document) if b.element_tag == "div" and not b.is_in_normal_flow()]
    [line] = lines_of(document)
    assert box.width * 25.4 / 96 == pytest.approx(line.width_mm, abs=0.01)


# Words wider than the line ----------------------------------------------------------------------


def test_words_wider_than_the_line_are_divided_only_where_the_style_allows_it() -> None:
    body = "<p>绿色" + "x" * 40 + "发展</p>"
    assert any(line.lack < -1 for line in lines(body, 10))
    for value in ("break-word", "anywhere"):
        found = lines(body, 10, f"html {{ overflow-wrap: {value} }}")
        assert all(line.lack > -0.02 for line in found)
        assert "".join(line.text for line in found) == stated(body)


def test_a_shrunk_line_is_not_taken_for_one_that_is_too_wide() -> None:
    text = "念认同变为务实成果。深化互联互通，要使陆、海、天、网，四位一体，更加完善，加深传统。"
    for measure in range(8, 24):
        found = lines(f"<p>{text * 3}</p>", measure, "html { overflow-wrap: break-word }")
        assert not any(line.text[0] in "，、。" for line in found)


def test_leave_to_divide_words_changes_nothing_where_every_line_can_be_shrunk() -> None:
    text = "传统、（友谊）：深化互联，互通。“要使”陆、海、天、网，四位一体，更加完善，加深传统。"
    for tenths in range(90, 180, 7):
        kept, free = (
            [line.text for line in lines(f"<p>{text * 3}</p>", tenths / 10, css)]
            for css in ("", "html { overflow-wrap: break-word }")
        )
        assert kept == free, tenths


# Copied text ------------------------------------------------------------------------------------

NAMES = ("essay", "technical", "dialogue")


@pytest.fixture(scope="module", params=[(n, m) for n in NAMES for m in (12, 22)], ids=str)
def text_and_pdf(request: pytest.FixtureRequest) -> tuple[str, bytes]:
    name, measure = request.param
    rows = (TEXTS / f"{name}.txt").read_text("utf-8").splitlines()
    body = "".join(f"<p>{escape(row)}</p>" for row in rows if row.strip())
    data = pdf(page(body, measure, "html { overflow-wrap: break-word }"))
    return ends_told("\n".join(row for row in rows if row.strip()), data), data


def ends_told(text: str, data: bytes) -> str:
    """Return a text with a line feed added where a line was drawn to its end."""
    told, at = [], 0
    for line in drawn_lines(data):
        for character in solid(line.text).removesuffix("\u00ad"):
            begin = at
            at = text.index(character, at)
            assert not text[begin:at].strip()
            told.append(text[begin:at] + character)
            at += 1
        told.append("\n")
    return "".join(told)


@pytest.mark.parametrize("extractor", ["pdfium", "pdftotext", "pdftotext -raw"])
def test_copied_text_is_the_text_as_written(
    text_and_pdf: tuple[str, bytes], extractor: str
) -> None:
    text, data = text_and_pdf
    try:
        found = EXTRACTORS[extractor](data)
    except AbsentError as absent:
        pytest.skip(str(absent))
    told = compare(text, found)
    assert [t for t in told if t.kind not in ("space lost", "line end gained")] == []


# Drawing ----------------------------------------------------------------------------------------


def test_two_runs_give_the_same_bytes() -> None:
    html = page(f"<p>{SENTENCE * 5}</p><p>{BODIES['nested elements']}", 14, CSS)
    assert pdf(html) == pdf(html)


def test_hidden_text_draws_nothing_and_keeps_its_place() -> None:
    body = '<p>看<span style="visibility: hidden">不见</span>了</p>'
    [line] = drawn_lines(pdf(page(body)))
    assert [glyph.text for glyph in line.glyphs] == ["看", "了"]
    assert line.glyphs[1].x - line.glyphs[0].x == pytest.approx(3 * PT, abs=0.01)


def test_hidden_text_is_not_copied() -> None:
    text = copied(pdf(page(f'<p style="visibility: hidden">看不见</p><p>{SENTENCE}</p>')))
    assert "看不见" not in text
    assert SENTENCE[:8] in text


def test_text_that_is_cut_ends_within_its_measure() -> None:
    style = "overflow: hidden; text-overflow: ellipsis; white-space: nowrap"
    [line] = drawn_lines(pdf(page(f'<p style="{style}">{SENTENCE}</p>', 22)))
    assert len(line.glyphs) < 24
    assert line.glyphs[-1].x + PT <= 22 * PT


def test_a_paragraph_that_ends_in_an_ellipsis_is_drawn_with_it() -> None:
    body = f'<p style="max-lines: 2; block-ellipsis: auto; continue: discard">{SENTENCE * 4}</p>'
    text = copied(pdf(page(body)))
    assert solid(text).endswith("…")
    assert SENTENCE[:20] in solid(text)


def test_places_of_lines_are_known() -> None:
    body = f'<article id="article-one"><p data-at="one.yaml:7">{SENTENCE * 2}</p></article>'
    found = lines(body)
    assert {(line.page, line.origin, line.article) for line in found} == {(1, "one.yaml:7", "one")}
    baselines = [line.baseline_mm * 72 / 25.4 for line in found]
    assert {round(after - before, 2) for before, after in pairwise(baselines)} == {LEADING}
