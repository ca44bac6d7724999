"""Paragraphs of any elements at any width: nothing is lost, nothing stands out for no reason."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from newsletter.typesetting.rules import Rules
from setting import boxes_of, drawn_lines, laid_out, page, pdf, solid, stated

WHOLE = Rules(hyphenate="none")
CSS = """
sup { font-size: 60%; line-height: 0; vertical-align: super }
.box { display: inline-block; text-indent: 0 }
"""
WORDS = st.sampled_from(
    [
        *(
            "绿色",
            "发展",
            "共建共享",
            "的路",
            "——",
            "……",
            "·",
            "/",
            "-",
            "！”",
            "。）",
            "A",
            "it’s",
        ),
        *"，。、：“”（）《》？！",
        *("it’s", "2021年", "40%", "3.5kg", "green", "growth", "Infrastructure"),
    ]
)
CHINESE = st.lists(WORDS, min_size=1, max_size=6).map("".join)
MIXED = st.lists(WORDS, min_size=1, max_size=6).map(" ".join)
TEXT = CHINESE | MIXED
TAGS = st.sampled_from(
    ["strong", "em", "span", 'a href="https://example.org/"', 'a style="padding: 0 2pt"']
)
ENGLISH = st.sampled_from(["“green”", "it’s so…", "plain words of it", "“a” and “b”"])
READINGS = st.sampled_from(["yī", "zǐ", "zhuāng", "huó bǎn"])


def wrapped(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    parts = st.lists(inner, min_size=1, max_size=3).map("".join)
    return st.tuples(TAGS, parts).map(
        lambda given: f"<{given[0]}>{given[1]}</{given[0][:6].split()[0]}>"
    )


LEAVES = st.one_of(
    TEXT,
    ENGLISH.map(lambda text: f'<span lang="en">{text}</span>'),
    st.integers(1, 40).map(lambda number: f"<sup>{number}</sup>"),
    st.tuples(READINGS, st.sampled_from(["庄", "活板"])).map(
        lambda given: f'<ruby data-ruby="{given[0]}">{given[1]}</ruby>'
    ),
    st.sampled_from(["木", "木屋", "（一）", "a"]).map(
        lambda text: f'<span class="box">{text}</span>'
    ),
    st.just("字<br>字"),
)
INLINE = st.recursive(LEAVES, wrapped, max_leaves=6)
PARAGRAPHS = st.lists(INLINE, min_size=1, max_size=10).map(
    lambda parts: f"<p>字{''.join(parts)}</p>"
)


@settings(max_examples=40)
@given(PARAGRAPHS, st.integers(60, 300).map(lambda tenths: tenths / 10))
def test_all_text_is_drawn_in_its_order(body: str, measure: float) -> None:
    found = drawn_lines(pdf(page(body, measure, CSS), WHOLE))
    assert solid("".join(line.text for line in found)) == stated(body)


@settings(max_examples=40)
@given(PARAGRAPHS, st.integers(60, 300).map(lambda tenths: tenths / 10), st.booleans())
def test_only_what_cannot_be_parted_stands_out(body: str, measure: float, is_left: bool) -> None:  # noqa: FBT001
    css = CSS + ("p { text-align: left }" if is_left else "")
    document = laid_out(page(body, measure, css), WHOLE)
    text = ""
    for box in boxes_of(document):
        line = box.__dict__.get("composed")
        if line is None:
            continue
        paragraph = box.setting.paragraph
        em = paragraph.cells.ems[line.start]
        text += "".join(paragraph.cells.characters[line.start : line.end])
        wide = line.rest < -0.02 * em
        within = [k for k in paragraph.breaks if line.start < k < line.end]
        assert not (wide and within)
    assert sorted(solid(text.replace("\ufffc", "").replace("\u200b", ""))) == sorted(stated(body))


@settings(max_examples=20)
@given(PARAGRAPHS, st.integers(60, 300).map(lambda tenths: tenths / 10))
def test_leave_to_divide_words_keeps_all_text_within_the_measure(body: str, measure: float) -> None:
    css = CSS + "html { overflow-wrap: break-word } ruby, .box { overflow-wrap: normal }"
    document = laid_out(page(body, measure, css), WHOLE)
    for box in boxes_of(document):
        line = box.__dict__.get("composed")
        if line is not None:
            assert line.rest > -0.02 * box.setting.paragraph.cells.ems[line.start]
