"""The dots of a leader come out as WeasyPrint writes them, and are looked at once for each line."""

from __future__ import annotations

from typing import Any

import pytest
from weasyprint.draw import text

from setting import laid_out, page, pdf

SENTENCE = "绿色发展，共建共享：2021年有40多个国家的150多家伙伴参加《指南》研究。"
CSS = """p { text-align: left } b { font-weight: 400; font-family: K, S }
p::after { content: leader(" . ") "9" } .wide::after { content: leader(" ") "8" }
.turned { transform: rotate(3deg) } .two::after { content: leader(" . \\4e00 ") "7" }
.under { text-decoration: underline }"""
LINES = """<p>Chapter one</p><p><b>Chapter two</b></p><p class="wide">Part three</p>
<p class="turned">Chapter four</p><p class="under">Chapter five</p>
<p class="two">Chapter <b>six</b></p><p>Chapter seven</p>"""


def test_leaders_come_out_byte_for_byte() -> None:
    html = page(LINES, css=CSS, lang="en")
    found = pdf(html, packed=False)
    assert found == pdf(html, None, packed=False)
    assert found.count(b" Tm") > 100


def test_a_dot_is_looked_at_once_for_each_line(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[str] = []
    theirs = text.draw_first_line

    def noted(stream: object, textbox: Any, *rest: object) -> object:  # noqa: ANN401
        drawn.append(textbox.text)
        return theirs(stream, textbox, *rest)

    monkeypatch.setattr(text, "draw_first_line", noted)
    pdf(page(LINES, css=CSS, lang="en"))
    assert drawn.count(" . ") == 5


def test_in_a_composed_line_no_leader_is_looked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    from weasyprint.layout import inline

    asked: list[object] = []
    theirs = inline.handle_leader

    def noted(*given: object) -> object:
        asked.append(given[1])
        return theirs(*given)

    monkeypatch.setattr(inline, "handle_leader", noted)
    laid_out(page(f"<p>{SENTENCE * 3}</p>"))
    assert asked == []
    laid_out(page(LINES, css=CSS, lang="en"))
    assert len(asked) == 7
