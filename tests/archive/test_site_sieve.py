"""What of a bag's HTML and drawings may stand in the site."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsletter.archive.site.pictures import Pictures, is_quiet, size
from newsletter.archive.site.sieve import KEPT, VOID, Shown, sifted


def sift(html: str) -> str:
    return sifted(html, lambda src: Shown(src, 8, 9) if src.startswith("pictures/") else None)


@pytest.mark.parametrize(
    "html",
    [
        "<p>文<strong>重</strong>点</p>",
        "<h2>题</h2><h3>小题</h3><ul><li>一</li></ul><ol><li>二</li></ol>",
        '<table><tr><th scope="row">甲</th><td colspan="2">乙</td></tr></table>',
        "<figure><figcaption>说明</figcaption></figure><blockquote><p>引</p></blockquote>",
        '<p lang="en">a &lt; b &amp; c</p>',
        "<dl><dt>甲</dt><dd>乙</dd></dl><p><ruby>字<rt>zì</rt></ruby></p>",
    ],
)  # fmt: skip
def test_what_is_listed_comes_through_unchanged(html: str) -> None:
    assert sift(html) == html


@pytest.mark.parametrize(
    ("html", "kept"),
    [
        ("<script>alert(1)</script>文", "文"),
        ("<style>p{}</style>文", "文"),
        ("<p onclick='x()' style='color:red' class='x'>文</p>", "<p>文</p>"),
        ("<a href='https://example.org'>文</a>", "<span>文</span>"),
        ("<a href='javascript:x()'>文</a>", "<span>文</span>"),
        ("<a href=' &#106;avascript:x()'>文</a>", "<span>文</span>"),
        ("<a href='../../x.html'>文</a>", "<span>文</span>"),
        ("<p id='n1'>文</p><a href='#n1'>注</a>", '<p id="t-n1">文</p><a href="#t-n1">注</a>'),
        ("<p id='a'>文</p><p id='a'>字</p>", '<p id="t-a">文</p><p>字</p>'),
        ("<img src='https://example.org/x.png' alt='图'>", ""),
        ("<img src='data:image/png;base64,AA'>", ""),
        ("<iframe src='x'>文</iframe>字", "字"),
        ("<svg><a href='x'>文</a></svg>字", "字"),
        ("<svg/>字", "字"),
        ("<object><object>文</object>文</object>字", "字"),
        ("<form><input>文</form>字", "字"),
        ("<font color='red'>文</font>", "文"),
        ("<!-- x --><?php x ?><!DOCTYPE x>文", "文"),
        ("<p>没有完", "<p>没有完</p>"),
        ("<p><em>错</p></em>", "<p><em>错</em></p>"),
        ("</p>文", "文"),
        ("<li>散</li>", "散"),
        ("<h1>题</h1>", "<h2>题</h2>"),
        ("<h2>题</h2><h5>小题</h5>", "<h2>题</h2><h3>小题</h3>"),
        ("<script>没有完<p>文", ""),
        ("&lt;script&gt;", "&lt;script&gt;"),
    ],
)
def test_what_is_not_listed_goes(html: str, kept: str) -> None:
    assert sift(html) == kept


def test_a_picture_of_the_issue_gets_its_size_and_keeps_its_words() -> None:
    assert sift("<img src='pictures/a.png' alt='图' onerror=x>") == (
        '<img src="pictures/a.png" width="8" height="9" loading="lazy" alt="图">'
    )


class _Check(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in KEPT
        assert {key for key, _value in attrs} <= {
            "id", "lang", "href", "colspan", "rowspan", "scope", "src", "alt", "loading", "width",
            "height",
        }  # fmt: skip
        assert all((value or "").startswith("#t-") for key, value in attrs if key == "href")
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


PIECES = [
    *("<p>", "</p>", "<script>", "</script>", "<a href='x:y'>", "</a>", "<li>", "<ul>", "</ul>"),
    *("<img src=pictures/x>", "<svg", ">", "<!--", "-->", "<![CDATA[", "]]>", "&lt;", '"', "'"),
    *("<h4 id=a onload=b>", "</h4>", "<table><td>", "文", "<style>", "\0", "<a href='#a'>"),
]


@given(st.lists(st.sampled_from(PIECES)).map("".join))
def test_whatever_comes_in_what_goes_out_is_closed_and_listed(html: str) -> None:
    check = _Check()
    check.feed(sift(html))
    check.close()
    assert check.open == []


@pytest.mark.parametrize(
    ("inside", "quiet"),
    [
        ("<path d='M0 0' fill='url(#a)'/>", True),
        ("<use href='#a'/><style>p{fill:red}</style>", True),
        ("<image href='data:image/png;base64,AA'/>", True),
        ("<script>x()</script>", False),
        ("<g onload='x()'/>", False),
        ("<a href='javascript:x()'/>", False),
        ("<a xlink:href='https://example.org'/>", False),
        ("<image href='https://example.org/x.png'/>", False),
        ("<style>@import 'x.css'</style>", False),
        ("<style>p{background:url(https://example.org)}</style>", False),
        ("<rect style='fill:url(https://example.org)'/>", False),
        ("<foreignObject><p/></foreignObject>", False),
        ("<set attributeName='href' to='x'/>", False),
    ],
)
def test_a_drawing_that_runs_or_points_elsewhere_is_not_quiet(
    tmp_path: Path,
    inside: str,
    quiet: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    path = tmp_path / "a.svg"
    path.write_text(f'<svg xmlns="http://www.w3.org/2000/svg">{inside}</svg>', "utf-8")
    assert is_quiet(path) is quiet


@pytest.mark.parametrize(
    "address",
    [
        *("../articles.json", "/etc/passwd", "pictures/../../x.png", "file:///x.png", ""),
        *("//x/pictures/a.png", "pictures/", "pictures/a.html", "pictures/none.png"),
        "pictures/%2e%2e/%2e%2e/articles.json",
    ],
)
def test_nothing_outside_of_the_pictures_is_copied(tmp_path: Path, address: str) -> None:
    data, target = tmp_path / "data", tmp_path / "site"
    (data / "pictures").mkdir(parents=True)
    (data / "x.png").write_bytes(b"x")
    (data / "pictures" / "a.html").write_bytes(b"x")
    pictures = Pictures("2021", data, target)
    assert pictures.show(address, "") is None
    assert [problem.code for problem in pictures.problems] == ["N798"]
    assert not target.exists()


def test_the_size_of_a_drawing_is_that_of_its_view_box(tmp_path: Path) -> None:
    path = tmp_path / "a.svg"
    path.write_text('<svg viewBox="0 0 160.5 90"/>', "utf-8")
    assert size(path) == (160, 90)
    path.write_text("<svg/>", "utf-8")
    assert size(path) == (0, 0)
