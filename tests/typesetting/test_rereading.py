"""HTML that says something else in the same elements: as if it had been parsed anew."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree as ET

import pytest

from newsletter.forme import keep_system_fonts_out
from newsletter.typesetting.seam import Rereading
from newsletter.typesetting.seam.loading import load

PAGE = "<!DOCTYPE html>\n<html><head><title>一</title></head>\n<body>{}</body></html>"


def html(body: str) -> str:
    return PAGE.format(body)


def tree(document: Any) -> bytes:  # noqa: ANN401 - WeasyPrint's
    return ET.tostring(document.etree_element, encoding="utf-8")


def parsed(text: str) -> bytes:
    keep_system_fonts_out()
    load()
    from weasyprint import HTML

    return tree(HTML(string=text, base_url="https://press.invalid/"))


def read(reading: Rereading, text: str) -> bytes:
    keep_system_fonts_out()
    load()
    return tree(reading.read(text, "https://press.invalid/", None))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<p>会议</p>", "<p>会议指出</p>"),
        ("<p>甲 &amp; 乙</p>", "<p>甲 &lt;b&gt; &#34;乙&#34;</p>"),
        ("<p>甲<b>乙</b>丙</p><p>丁</p>", "<p>甲<b>乙二</b>丙三</p><p>丁四</p>"),
        ("<p>甲<br>乙<img src=x>丙</p>", "<p>甲<br>乙二<img src=x>丙三</p>"),
        ("<ul><li>甲<li>乙</ul>丙", "<ul><li>甲一<li>乙二</ul>丙三"),
        ("<table><tr><td>甲</td></tr></table>乙", "<table><tr><td>甲一</td></tr></table>乙二"),
        ('<p data-at="a.yaml:1">甲</p>', '<p data-at="a.yaml:2">甲</p>'),
        ("<!-- <i> --><p>甲</p>", "<!-- <i> --><p>甲一</p>"),
    ],
)
def test_other_words_are_put_in_the_same_elements(before: str, after: str) -> None:
    reading = Rereading("data-at")
    assert read(reading, html(before)) == parsed(html(before))
    assert read(reading, html(after)) == parsed(html(after))


def test_a_text_needs_no_second_parse() -> None:
    reading = Rereading("data-at")
    for number in range(4):
        text = html(f'<p data-at="a.yaml:{number}">第{number}稿<b>甲{number}</b>。</p>')
        assert read(reading, text) == parsed(text)
    assert reading.reads == 1


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<p>甲</p>", "<p>甲</p><p>乙</p>"),
        ("<p>甲</p>", "<p>甲<i>乙</i></p>"),
        ("<p class=a>甲</p>", "<p class=b>甲</p>"),
        ("<p>甲</p>", "<p> </p>"),
        ("<p> </p>", "<p>甲</p>"),
        ("<p>甲</p>", "<p>\n甲</p>"),
        ("<p>甲</p>", "<p>甲 < 乙</p>"),
        ("<p>甲</p>", "<p>甲 &copy 乙</p>"),
        ("<p>甲</p>", "<p>甲\0乙</p>"),
        ("<table>甲<tr><td>乙</td></tr></table>", "<table>丙<tr><td>乙</td></tr></table>"),
        ("<b><p>甲</b>乙</p>", "<b><p>甲</b>丙</p>"),
        ("<script>甲</script>", "<script>乙</script>"),
        ("<textarea>\n甲</textarea>", "<textarea>\n乙</textarea>"),
        ("<p title='<i>'>甲</p>", "<p title='<i>'>乙</p>"),
        ("<!-- <i> --><p>甲</p>", "<!-- <b> --><p>甲</p>"),
        ('<p data-at="a:1" id="b">甲</p>', '<p data-at="a:2" id="c">甲</p>'),
        ("<svg><mask/></svg><p>甲</p>", "<svg><mask/></svg><p>乙</p>"),
        ("<svg><g/><text>甲</text></svg><p>乙</p>", "<svg><g/><text>甲</text></svg><p>乙二</p>"),
    ],
)
def test_what_may_be_other_elements_is_parsed_anew(before: str, after: str) -> None:
    reading = Rereading("data-at")
    assert read(reading, html(before)) == parsed(html(before))
    assert read(reading, html(after)) == parsed(html(after))
    assert reading.reads == 2


def test_an_origin_that_a_stylesheet_asks_for_is_as_any_attribute() -> None:
    reading = Rereading(None)
    read(reading, html('<p data-at="a:1">甲</p>'))
    read(reading, html('<p data-at="a:2">甲</p>'))
    assert reading.reads == 2
