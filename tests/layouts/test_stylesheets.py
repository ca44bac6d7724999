"""Stylesheets read by `check`: mistakes with line, column and remedy, and no false ones."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from newsletter import checking
from newsletter.diagnostics import Diagnostic, Severity
from newsletter.layouts import stylesheets
from workshop import HOUSE, SQUARE, STYLE, Workshop, write

LINE = STYLE.count("\n") + 1


def found(
    shop: Workshop, css: str, parts: Mapping[str, str | bytes] | None = None
) -> list[Diagnostic]:
    """Return what `check` says of a rule that ends the plain stylesheet."""
    shop.set_up(style=STYLE + css, parts=parts)
    return [p for p in checking.check(shop.root, "one") if p.code != "N407"]


def told(problems: list[Diagnostic]) -> list[tuple[str, str, str | None]]:
    return [
        (p.code, str(p.place).removeprefix("layouts/plain/style.css:"), p.hint) for p in problems
    ]


@pytest.mark.parametrize(
    ("css", "expected"),
    [
        ("p { color red; margin: 0 }", ("N517", f"{LINE}:5", "default")),
        ("p { margin: 0;\n  color red; }", ("N517", f"{LINE + 1}:3", "default")),
        ("p { color: red\nmargin: 0 }", ("N517", f"{LINE + 1}:1", "semicolon")),
        ("p { color: }", ("N517", f"{LINE}:5", "empty")),
        ("p { }\n.x:hoover { color: red }", ("N517", f"{LINE + 1}:1", "selector")),
        ("// title\nh2 { color: red }", ("N517", f"{LINE}:1", "comment")),
        ("p { margin: 0;\n  // red\n  color: red; }", ("N517", f"{LINE + 1}:3", "comment")),
        ("p { color: red\nh2 { margin: 0 }", ("N518", f"{LINE}:3", "default")),
        ("p { color: red }}", ("N518", f"{LINE}:17", "stray")),
        ("p { color: red } /* nie", ("N518", f"{LINE}:18", "comment")),
        ("p { width: calc(2 * 3pt }", ("N518", f"{LINE}:16", "bracket")),
        ("p { width: 3pt) }", ("N518", f"{LINE}:15", "stray bracket")),
        ("p { margin: 0；\n color: red }", ("N517", f"{LINE}:14", "wide")),
        ("p { color：red }", ("N517", f"{LINE}:10", "wide")),
        ("p { color: #1f5a9z }", ("N517", f"{LINE}:12", "colour")),
        ("p { opacity: 20% }", ("N519", f"{LINE}:5", "default")),
        ("p { color: var(--nope) }", ("N520", f"{LINE}:16", "default")),
        ("p { width: calc(2 * var(--type-widht)) }", ("N520", f"{LINE}:25", "suggest")),
        ("p { background: url(nope.png) }", ("N506", f"{LINE}:17", "default")),
        ("p { background: url('sqare.svg') }", ("N506", f"{LINE}:17", "suggest")),
        ("p { background: url(https://example.org/a.png) }", ("N506", f"{LINE}:17", "default")),
        ("p { font-family: 'Comic Sans MS' }", ("N602", f"{LINE}:18", "css")),
        ("p { font-family: Comic Sans MS, WenKai }", ("N602", f"{LINE}:18", "css")),
        ("p { font: 9pt/12pt 'Comic Sans MS' }", ("N602", f"{LINE}:20", "css")),
        (":root { --a: 'Nope', WenKai } p { font: 9pt var(--a) }", ("N602", f"{LINE}:14", "css")),
    ],
)
def test_a_mistake_is_told_by_check_at_its_place(
    shop: Workshop, css: str, expected: tuple[str, str, str]
) -> None:
    problems = found(shop, css, {"square.svg": SQUARE})
    assert told(problems) == [expected]
    assert problems[0].hint_text("en")
    assert problems[0].hint_text("zh")


@pytest.mark.parametrize(
    "css",
    [
        "p { color: var(--nope, red) }",
        "p { margin: var(--body) var(--margin-inner) }",
        ".a { --tint: red } p { color: var(--tint) }",
        "p { content: '{' } /* } */ p::after { content: \"}\" }",
        "p { background: url(data:image/png;base64,AAAA) }",
        "p { font-family: WenKai, 'Comic Sans MS', serif }",
        "p { font: 9pt/12pt WenKai } h2 { font-family: inherit }",
        "@font-face { font-family: Own; src: url(square.svg) } p { font-family: Own }",
        "@media print { p { margin: 0 } } @page :left { margin: 0; @top-left { content: 'x' } }",
        "p { --wait: 2; --text-wrap: balance } .a:not(.b) > p:first-child::before { content: '' }",
        "p { opacity: 1 }",
        "p { content: '；：，（' } /* （ */ p::after { content: url(data:x；（) }",
        "p:not(.a) { color: #FFF; background: #17452f80 } a[href] { color: #abcd }",
        ":root { --any: {a: b}; --list: a b, c; --none: ; --rule: .x:first-child }",
    ],
)
def test_what_is_right_is_not_told(shop: Workshop, css: str) -> None:
    assert found(shop, css, {"square.svg": SQUARE}) == []


def test_a_name_that_a_template_sets_is_known(shop: Workshop) -> None:
    html = '<html lang="zh"><body style="--own: red"><p>{{ publication }}'
    shop.set_up(html, "p { color: var(--own) }")
    assert stylesheets.mistakes(shop_layout(shop), ()) == []


def shop_layout(shop: Workshop):  # noqa: ANN201 - a Layout
    from newsletter.layouts import read_layout

    return read_layout(shop.layout)


def test_an_unknown_name_is_told_once_with_how_often_it_stands(shop: Workshop) -> None:
    [problem] = found(shop, "p { color: var(--nope) } h2 { color: var(--nope) }")
    assert problem.values["count"] == 2


def test_a_stylesheet_that_is_imported_is_read_too(shop: Workshop) -> None:
    more = {"more.css": "p { color: var(--nope) }", "other.css": "@import 'more.css';"}
    shop.set_up(style="@import 'other.css';", parts=more)
    problems = checking.check(shop.root, "one")
    assert [(p.code, str(p.place)) for p in problems] == [("N520", "layouts/plain/more.css:1:16")]


TYPICAL = [
    ("h2 { color: red;", "N518"),
    ("h2 { color red; }", "N517"),
    ("h2 { color: var(--forrest) }", "N520"),
    ("h2 { font-family: SimSun }", "N602"),
    ("h2 { background: url(bg.png) }", "N506"),
    ("h2 { opacity: .5 }", "N519"),
    ("h2:hoover { color: red }", "N517"),
]


@pytest.mark.parametrize(("css", "code"), TYPICAL)
def test_a_stylesheet_beside_one_of_the_same_name_is_read_too(
    shop: Workshop, css: str, code: str
) -> None:
    sheets = ["tokens.css", "base.css", "../silkroad/style.css", "style.css"]
    folder = mine(shop, stylesheets=sheets)
    write(folder / "style.css", css)
    [problem] = [p for p in checking.check(shop.root, "one") if p.code != "N407"]
    assert problem.code == code
    assert problem.place is not None
    assert (problem.place.file, problem.place.line) == ("layouts/mine/style.css", 1)


def test_an_inherited_stylesheet_that_changed_is_read_again_though_another_has_its_name(
    shop: Workshop, cache: Path
) -> None:
    folder = shop.root / "layouts" / "own"
    sheets = ["../plain/style.css", "style.css"]
    write(folder / "layout.yaml", {"name": "own", "extends": "plain", "stylesheets": sheets})
    write(folder / "style.css", "p { margin: 0 }")
    shop.publish(layout={"name": "own"})
    assert checking.check(shop.root, "one") == []
    shop.set_up(style=STYLE + "p { color: var(--nope) }")
    shop.publish(layout={"name": "own"})
    assert [p.code for p in checking.check(shop.root, "one")] == ["N520"]
    assert cache.exists()


@pytest.mark.parametrize(
    ("right", "wrong", "hint", "moved"),
    [
        ("--leaf: #2a6a4a;", "--leaf: #1f5a9c", "semicolon", 1),
        ("--leaf: #2a6a4a;", "--leaf: var(--ochre;", "bracket", 0),
        ("--small: 8.5pt;", "--small: 8.5；", "wide", 0),
        ("--leaf: #2a6a4a;", "--leaf：#2a6a4a;", "wide", 0),
        ('--kai: "WenKai"', "--kai: “WenKai”", "wide", 0),
        ("--leaf: #2a6a4a;", "--leaf: #1f5a9z;", "colour", 0),
        ("--pale-ochre: #e6c98a;", "--pale-ochre: #e6c98a", "semicolon", 1),
    ],
)
def test_a_slip_in_own_tokens_is_told_there_and_nowhere_else(
    shop: Workshop, right: str, wrong: str, hint: str, moved: int
) -> None:
    tokens = (HOUSE / "layouts/silkroad/tokens.css").read_text("utf-8")
    assert right in tokens
    line = tokens[: tokens.index(right)].count("\n") + 1 + moved
    write(mine(shop) / "tokens.css", tokens.replace(right, wrong))
    [problem] = [p for p in checking.check(shop.root, "one") if p.code != "N407"]
    assert (problem.severity, problem.hint) == (Severity.ERROR, hint)
    assert problem.place is not None
    assert (problem.place.file, problem.place.line) == ("layouts/mine/tokens.css", line)
    for language in ("en", "zh"):
        assert "…" not in (problem.hint_text(language) or "…")  # type: ignore[arg-type]


def mine(shop: Workshop, **spec: object) -> Path:
    """Write a layout that extends silkroad, and have the issue set in it; return its folder."""
    folder = shop.root / "layouts" / "mine"
    own = {"name": "mine", "extends": "silkroad", "title": "我们的", "description": "只为测试"}
    write(folder / "layout.yaml", own | spec)
    shop.publish(layout={"name": "mine"})
    return folder


def test_tokens_left_out_are_told_at_the_stylesheet_that_uses_them(shop: Workshop) -> None:
    tokens = (HOUSE / "layouts/silkroad/tokens.css").read_text("utf-8")
    write(mine(shop) / "tokens.css", tokens.replace("--sand", "--sandy"))
    [problem] = [p for p in checking.check(shop.root, "one") if p.code == "N520"]
    assert problem.place is not None
    assert problem.place.file == "layouts/silkroad/style.css"
    assert problem.values["suggestion"] == "--sandy"


def test_a_brace_that_only_the_end_closes_is_a_warning(shop: Workshop) -> None:
    [problem] = found(shop, "p { color: red")
    assert (problem.code, problem.severity) == ("N518", Severity.WARNING)


def test_a_mistake_is_told_once_by_a_build(shop: Workshop) -> None:
    css = "p { color red; }\nh2 { color: var(--nope) }\n.x:hoover { color: red }\nh3 { color: }"
    shop.set_up(style=STYLE + css)
    codes = [problem.code for problem in shop.build(profiles=["screen"]).findings]
    assert codes == ["N517", "N520", "N517", "N517"]


def test_stylesheets_that_have_not_changed_are_not_read_again(
    shop: Workshop, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    [first] = found(shop, "p { color: var(--nope) }")
    shop.write_article("另一行。")
    monkeypatch.setattr(stylesheets, "_read_sheet", None)
    assert [p for p in checking.check(shop.root, "one") if p.code == "N520"] == [first]
    assert cache.exists()
