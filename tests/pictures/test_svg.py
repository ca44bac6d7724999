"""SVG: what a drawing may hold, each refusal with its smallest drawing."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from specimens import codes, svg

from growth import grows_linearly
from newsletter.pictures import inspect
from newsletter.pictures.svg import read, values

RECT = '<rect width="9" height="9"/>'


def found(drawing: str | bytes) -> list[str]:
    data = drawing.encode() if isinstance(drawing, str) else drawing
    return [problem.code for problem in read(data).problems]


# What is taken


@pytest.mark.parametrize(
    "body",
    [
        RECT,
        '<g transform="translate(1,2) rotate(45 1 1) matrix(1 0 0 1 0 0)"><circle r="4"/></g>',
        '<path d="M0,0 1 1h2v-3.5.5C1-2 3e-2 4 5 6s1 2 3 4q1 2 3 4t1 2a1 1 0 01.5.5Z"/>',
        '<path d=""/><path d="none"/><polygon points="0,0 1,1 2-3"/>',
        (
            '<defs><linearGradient id="g"><stop offset="50%" stop-color="#f00" stop-opacity=".5"/>'
            '</linearGradient></defs><rect fill="url(#g) red" width="50%" height="9mm"/>'
        ),
        '<g id="a"><rect/></g><use href="#a"/><use xlink:href="#a" x="4"/>',
        '<clipPath id="c"><rect/></clipPath><g clip-path="url(\'#c\')"><rect opacity="50%"/></g>',
        (
            "<style>/* url(x) */ .a{fill:hsl(120, 50%, 50%)} @media print{rect{fill:red}}</style>"
            '<rect class="a" style="fill:RED !important;stroke-dasharray:1 2,3px"/>'
        ),
        '<metadata><rdf:RDF xmlns:rdf="urn:rdf"><rdf:li resource="x"/></rdf:RDF></metadata>',
        '<i:view xmlns:i="urn:inkscape" i:zoom="1e99" onwards="x"/>',
        "<title>Hall</title><desc>With an &amp; and a 字</desc><!-- <text/> -->",
        (
            '<marker id="m" orient="auto"><path d="M0 0h1"/></marker>'
            '<path marker-end="url(#m)" d="M0 0 9 9"/>'
        ),
        '<rect fill="currentColor" stroke="none" stroke-width="inherit"/>',
    ],
)
def test_drawings_as_editors_export_them_are_taken(body: str) -> None:
    assert found(svg(body)) == []


def test_a_value_that_was_judged_is_not_judged_again(monkeypatch: pytest.MonkeyPatch) -> None:
    drawing = svg('<circle r="1.0625" fill="#a1b2c3" stroke="lightsalmony"/>')
    assert found(drawing) == ["N352"]
    monkeypatch.setattr(values, "judge", None)
    assert found(drawing) == ["N352"]


def test_what_is_sound_as_one_attribute_or_in_one_namespace_is_judged_in_another() -> None:
    other = 'xmlns:i="urn:inkscape"'
    assert found(svg(f'<rect {other} i:fill="#12" i:onload="9" class="#12"/>')) == []
    assert found(svg('<rect fill="#12"/>')) == ["N352"]
    assert found(svg('<rect onload="9"/>')) == ["N337"]
    assert found(svg(f'<i:rects {other} fill="#34" onload="8"/>')) == []
    assert found(svg('<rect fill="#34" onload="8"/>')) == ["N352", "N337"]


def test_a_mark_and_a_declaration_of_utf8_are_taken() -> None:
    declared = '<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n' + svg()
    assert found(declared) == []
    assert found(b"\xef\xbb\xbf" + declared.encode()) == []


# Size


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ('viewBox="0 0 30 20"', (30, 20)),
        ('viewBox="-5,-5 30,20" width="100%" height="100%"', (30, 20)),
        ('viewBox="0 0 30 20" width="60"', (60, 40)),
        ('viewBox="0 0 30 20" height="10px"', (15, 10)),
        ('width="1in" height="72pt"', (96, 96)),
        ('width="25.4mm" height="2.54cm" viewBox="0 0 1 1"', (96, 96)),
    ],
)
def test_the_size_is_taken_from_the_root(
    attributes: str, size: tuple[float, float], tmp_path: Path
) -> None:
    path = tmp_path / "a.svg"
    assert codes(path, svg(attributes=attributes)) == []
    picture, _ = inspect(path)
    assert picture
    assert (picture.width, picture.height) == pytest.approx(size)
    assert picture.media_type == "image/svg+xml"


@pytest.mark.parametrize("attributes", ["", 'width="30"', 'width="100%" height="100%"'])
def test_a_drawing_without_a_size_is_refused(attributes: str) -> None:
    assert found(svg(attributes=attributes)) == ["N335"]


@pytest.mark.parametrize(
    "attributes",
    [
        'viewBox="0 0 0 9"',
        'viewBox="0 0 9 -1"',
        'viewBox="0 0 9"',
        'viewBox="a b c d"',
        'viewBox="0 0 nan 9"',
        'viewBox="0 0 inf 9"',
        'viewBox="0 0 1e9 9"',
        'viewBox="0 0 9px 9"',
        'viewBox="0 0 100000 0.1" width="0.1"',
        'width="0" height="9"',
        'width="9em" height="9em"',
        'width="9 px" height="9"',
        'width="1e999" height="9"',
        'width="-9" height="9"',
    ],
)
def test_an_absurd_size_is_refused(attributes: str) -> None:
    assert found(svg(attributes=attributes)) == ["N336"]


# The file


@pytest.mark.parametrize("broken", ["<g>", "</g>", "<g a=b/>", "&nbsp;", "<x:g/>", "<", "\0"])
def test_xml_that_is_not_well_formed_is_refused_with_its_place(broken: str) -> None:
    drawing = read(svg(f"<g/>\n  {broken}").encode())
    assert [problem.code for problem in drawing.problems] == ["N330"]
    assert drawing.problems[0].line >= 3


def test_line_and_column_are_counted_in_characters_from_1(tmp_path: Path) -> None:
    codes(tmp_path / "a.svg", svg("<g/>\n<title>字字</title><text/>"))
    problem = inspect(tmp_path / "a.svg")[1][0]
    assert (problem.code, problem.line, problem.column) == ("N341", 3, 18)
    assert (problem.values["line"], problem.values["column"]) == (3, 18)
    assert problem.at(None).message().startswith("a.svg:3:18: ")


@pytest.mark.parametrize("mark", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf16_is_refused(mark: str, tmp_path: Path) -> None:
    assert codes(tmp_path / "a.svg", svg().encode(mark)) == ["N331"]


@pytest.mark.parametrize("encoding", ["ISO-8859-1", "UTF-16", "GB18030", "no-such"])
def test_a_declaration_of_another_encoding_is_refused(encoding: str) -> None:
    assert found(f'<?xml version="1.0" encoding="{encoding}"?>{svg()}') == ["N331"]


def test_a_byte_that_is_not_utf8_is_refused_with_its_place() -> None:
    problem = read(svg("<!-- 字\nx").encode() + b"\xff-->").problems[0]
    assert (problem.code, problem.hint, problem.line) == ("N331", "bytes", 4)


@pytest.mark.parametrize("name", ["a.svg", "a.svgz"])
def test_a_compressed_drawing_is_refused(name: str, tmp_path: Path) -> None:
    assert codes(tmp_path / name, gzip.compress(svg().encode())) == ["N332"]


def test_a_drawing_above_ten_megabytes_is_refused(tmp_path: Path) -> None:
    assert codes(tmp_path / "a.svg", svg("<!--" + "x" * 10_000_000 + "-->")) == ["N311"]


LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))


@pytest.mark.parametrize(
    "doctype",
    [
        "<!DOCTYPE svg>",
        '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/svg11.dtd">',
        '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        f'<!DOCTYPE svg [<!ENTITY a0 "ha">{LAUGHS}]>',
        '<!DOCTYPE svg [<!ENTITY % x SYSTEM "http://localhost/x"> %x;]>',
    ],
)
def test_every_document_type_is_refused(doctype: str) -> None:
    drawing = read(f"<?xml version='1.0'?>\n <!-- 字 -->{doctype}{svg('&a9;&x;')}".encode())
    assert [(p.code, p.line, p.column) for p in drawing.problems] == [("N333", 2, 12)]


@pytest.mark.parametrize("drawing", ["<svg viewBox='0 0 9 9'/>", "<svg xmlns='urn:x'/>", "<html/>"])
def test_another_root_is_refused(drawing: str, tmp_path: Path) -> None:
    assert codes(tmp_path / "a.svg", drawing) == ["N334"]


# What it must not hold


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("<script>alert(1)</script>", "N337"),
        ('<x:script xmlns:x="http://www.w3.org/1999/xhtml"/>', "N337"),
        ('<g onclick="x()"/>', "N337"),
        ('<rect onLoad=""/>', "N337"),
        ('<use href="other.svg#a"/>', "N338"),
        ('<use xlink:href="http://localhost/a.svg#a"/>', "N338"),
        ('<use href=""/>', "N338"),
        ('<use href="#"/>', "N338"),
        ('<use href="javascript:x()"/>', "N338"),
        ('<use href="data:image/svg+xml,x#a"/>', "N338"),
        ('<linearGradient href="x.svg#g"/>', "N338"),
        ('<rect fill="url(http://localhost/x)"/>', "N338"),
        ('<rect fill="url(x.svg#a)"/>', "N338"),
        ('<rect mask="URL( &quot;x&quot; )"/>', "N338"),
        ('<rect style="fill:url(x)"/>', "N338"),
        ('<rect style="background:url("/>', "N338"),
        ('<rect cursor="url(data:image/png;base64,AA)"/>', "N338"),
        ('<g xml:base="http://localhost/"/>', "N338"),
        ('<?xml-stylesheet href="x.css"?>', "N338"),
        ("<style>@import 'x.css';</style>", "N338"),
        ("<style>@IMPORT url(x.css);</style>", "N338"),
        ("<style><![CDATA[rect{fill:url(x)}]]></style>", "N338"),
        ("<style>rect{fill:url(x</style>", "N338"),
        ('<image href="hall.png"/>', "N339"),
        ('<image href="data:image/png;base64,AA"/>', "N339"),
        ("<foreignObject/>", "N339"),
        ("<g><feImage href='x'/></g>", "N339"),
        ("<style>@font-face{font-family:x;src:url(x.otf)}</style>", "N340"),
        ("<font/>", "N340"),
        ("<text>字</text>", "N341"),
        ("<g><tspan/></g>", "N341"),
        ("<rect><animate attributeName='x' to='9'/></rect>", "N342"),
        ("<set attributeName='fill' to='red'/>", "N342"),
        ("<switch/>", "N343"),
        ('<a href="https://example.org"/>', "N343"),
        ("<hatch/>", "N343"),
        ('<rect xmlns=""/>', "N343"),
        ('<x:path xmlns:x="urn:x"/>', "N343"),
        ('<rect width="4o"/>', "N349"),
        ('<rect width="4PX"/>', "N349"),
        ('<rect x="1e300"/>', "N349"),
        ('<circle r="nan"/>', "N349"),
        ('<path d="L 1 1"/>', "N349"),
        ('<path d="M 0 0 L 4"/>', "N349"),
        ('<path d="M 0 0 L 4 x"/>', "N349"),
        ('<path d="M 0 0 z 1"/>', "N349"),
        ('<path d="M 0 0 -- 1 1"/>', "N349"),
        ('<path d="M 0 0 L 1e99 1"/>', "N349"),
        ('<path d="M 0 0 L 123456789012 1"/>', "N349"),
        ('<polyline points="0 0 1"/>', "N349"),
        ('<polyline points="a,b"/>', "N349"),
        ('<g transform="rotate(1,2)"/>', "N349"),
        ('<g transform="perspective(3)"/>', "N349"),
        ('<g opacity="half"/>', "N349"),
        ('<g style="opacity:half"/>', "N349"),
        ('<path stroke-dasharray="1 x"/>', "N349"),
        ('<path stroke-miterlimit="4px"/>', "N349"),
        ('<marker orient="45deg"/>', "N349"),
        ("<filter><feGaussianBlur/></filter>", "N351"),
        ('<g style="filter:blur(2px)"/>', "N351"),
        ('<rect fill="#ff000"/>', "N352"),
        ('<rect fill="device-cmyk(0 0 0 1)"/>', "N352"),
        ('<rect fill="#f00 icc-color(x, 1)"/>', "N352"),
        ('<rect style="stroke:var(--ink)"/>', "N352"),
        ("<style>rect{fill:ink}</style>", "N352"),
        ('<rect style="mask:u\\72l(x)"/>', "N353"),
        ("<style>rect{mask:u\\72l(x)}</style>", "N353"),
        ("<style>.\\72{fill:red}</style>", "N353"),
        ('<linearGradient spreadMethod="repeat"/>', "N354"),
        ('<radialGradient spreadMethod="reflect"/>', "N354"),
    ],
)
def test_what_must_not_be_in_a_drawing_is_refused(body: str, code: str) -> None:
    drawing = read(svg(body).encode())
    assert [problem.code for problem in drawing.problems] == [code]
    assert drawing.problems[0].line == 2


def test_every_refusal_has_its_sentence(tmp_path: Path) -> None:
    every = '<text/><script/><image/><set/><hatch/><g opacity="x" fill="x" filter="url(#f)"/>'
    assert len(codes(tmp_path / "a.svg", svg(every))) == 9


def test_all_problems_are_reported_but_each_only_once() -> None:
    assert found(svg("<text/>" * 500 + "<script/>")) == ["N341", "N337"]
    assert len(found(svg("".join(f'<g opacity="x{n}"/>' for n in range(500))))) == 20


# How much it may hold


def test_nesting_is_limited() -> None:
    assert found(svg("<g>" * 63 + "</g>" * 63)) == []
    assert found(svg("<g>" * 64 + "</g>" * 64)) == ["N344"]
    assert found(svg("<g>" * 200_000)) == ["N344"]


def test_the_length_of_paths_and_stylesheets_is_limited() -> None:
    assert found(svg(f'<path d="M0 0{"h1" * 490_000}"/>')) == []
    assert found(svg(f'<path d="M0 0{"h1" * 500_000}"/>')) == ["N350"]
    assert found(svg(f"<style>{'x' * 200_001}</style>")) == ["N350"]


SLOW = [
    ("<style>", "/*", 90_000, "</style>"),
    ("<style>", "{", 190_000, "</style>"),
    ("<style>", "a", 190_000, "</style>"),
    ("<style>", "url(", 48_000, "</style>"),
    ("<style>", "@font-face{", 17_000, "</style>"),
    ("<style>@font-face", " ", 190_000, "</style>"),
    ("<style>a{fill:url('", " ", 190_000, "</style>"),
    ('<g transform="', "rotate ", 100_000, '"/>'),
    ('<g transform="scale', " ", 900_000, '"/>'),
    ('<g fill="', "url('", 200_000, '"/>'),
    ('<g fill="url(', " ", 900_000, 'x"/>'),
    ('<g fill="rgb(', " ", 900_000, 'x"/>'),
    ('<g style="a:b', " !", 400_000, '"/>'),
    ('<g style="a:b', " ", 900_000, 'c"/>'),
    ('<rect width="', "1", 900_000, 'x"/>'),
    ('<path d="M0 0', "-", 900_000, '"/>'),
    ('<path d="M', "1e", 400_000, '"/>'),
]


@pytest.mark.parametrize("number", range(len(SLOW)))
def test_no_value_takes_long_to_judge(number: int) -> None:
    before, filling, count, after = SLOW[number]
    short, long = (svg(before + filling * n + after).encode() for n in (count // 4, count))
    assert grows_linearly(lambda: read(short), lambda: read(long), ratio=4)


def test_the_number_of_elements_is_limited() -> None:
    assert found(svg("<g/>" * 49_999)) == []
    assert found(svg("<g/>" * 50_000)) == ["N345"]


def doublings(count: int, reference: str = '<use href="#u{0}"/>') -> str:
    steps = (f'<g id="u{n}">{reference.format(n - 1) * 2}</g>' for n in range(1, count + 1))
    return '<rect id="u0"/>' + "".join(steps)


def test_uses_that_double_are_counted_and_refused() -> None:
    assert found(svg(doublings(10))) == []
    assert found(svg(doublings(40))) == ["N346"]
    assert grows_linearly(
        lambda: found(svg(doublings(20))), lambda: found(svg(doublings(40))), ratio=4
    )


@pytest.mark.parametrize(
    "paint", ['fill="url(#p{0})"', 'style="stroke: url(#p{0})"', 'class="c{0}"']
)
def test_patterns_that_double_are_counted_and_refused(paint: str) -> None:
    rules = "".join(f".c{n}{{fill:url('#p{n}')}}" for n in range(40))
    steps = "".join(
        f'<pattern id="p{n}">{f"<rect {paint.format(n - 1)}/>" * 2}</pattern>' for n in range(1, 40)
    )
    first = '<pattern id="p0"><rect/></pattern>'
    assert found(svg(f"<style>{rules}</style>{first}{steps}")) == ["N346"]


def test_a_paint_counts_for_every_shape_that_inherits_it() -> None:
    pattern = '<pattern id="p">' + "<path/>" * 1000 + "</pattern>"
    assert found(svg(pattern + '<rect fill="url(#p)"/>' + "<rect/>" * 300)) == []
    assert found(svg(f'{pattern}<g fill="url(#p)">{"<rect/>" * 300}</g>')) == ["N346"]


def test_a_marker_counts_for_every_vertex() -> None:
    marker = '<marker id="m">' + "<path/>" * 1000 + "</marker>"
    for path, expected in (("M0 0 1 1", []), ("M0 0" + "h1" * 300, ["N346"])):
        assert found(svg(f'{marker}<path marker-mid="url(#m)" d="{path}"/>')) == expected


@pytest.mark.parametrize(
    "body",
    [
        '<g id="a"><use href="#a"/></g>',
        '<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>',
        '<use id="a" href="#a"/>',
        '<pattern id="a"><rect fill="url(#a)"/></pattern>',
        '<clipPath id="a" clip-path="url(#a)"/>',
        '<linearGradient id="a" href="#a"/>',
        '<style>path{fill:url(#a)}</style><pattern id="a"><path/></pattern>',
        '<style>*{fill:url(#a)}</style><pattern id="a"><path/></pattern>',
        '<g fill="url(#a)"><pattern id="a"><rect/></pattern></g>',
    ],
)
def test_references_in_a_circle_are_refused(body: str) -> None:
    assert found(svg(body)) == ["N347"]


def test_a_long_chain_of_references_is_too_deep() -> None:
    chain = "".join(f'<g id="a{n}"><use href="#a{n + 1}"/></g>' for n in range(5_000))
    assert "N344" in found(svg(chain))
    backwards = "".join(f'<g id="a{n}"><use href="#a{n - 1}"/></g>' for n in range(500))
    assert "N344" in found(svg(backwards))


@pytest.mark.parametrize(
    "body",
    [
        '<use href="#no"/>',
        '<rect fill="url(#no)"/>',
        '<style>.a{mask:url(#no)}</style><rect class="a"/>',
    ],
)
def test_a_reference_to_nothing_is_doubted(body: str, tmp_path: Path) -> None:
    assert codes(tmp_path / "a.svg", svg(body)) == ["N348"]
    assert inspect(tmp_path / "a.svg")[0]


def test_the_number_of_referred_elements_is_limited() -> None:
    bodies = (
        "".join(f'<rect id="r{n}"/><use href="#r{n}"/>' for n in range(count))
        for count in (1_000, 1_001)
    )
    assert [found(svg(body)) for body in bodies] == [[], ["N355"]]
