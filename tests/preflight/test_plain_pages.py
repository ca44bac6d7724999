"""The pages of a build are read in one go, and as they are read by those who read anything."""

from __future__ import annotations

import io
from collections.abc import Callable

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, Stream

from newsletter.preflight import marked, plain_pages
from newsletter.preflight.conditions import Conditions
from newsletter.preflight.document import Document, opened
from newsletter.preflight.examination import examine
from newsletter.preflight.painted import Content, Painted
from newsletter.preflight.plain_pages import plain_content
from newsletter.preflight.rule import Profile
from preflight.breaking import broken, paint, whole

PROFILES: tuple[Profile, ...] = ("screen", "archive")


def read(data: bytes) -> Content | None:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return plain_content(Document("x.pdf", pdf, data))


def told(content: Content) -> list[object]:
    """Return a content as values that can be compared."""
    painted = [
        (p.page, p.kind, p.holder, p.mcid, p.is_artifact, p.language, p.text, p.codes, named(p))
        for p in content.painted
    ]
    faults = content.artifacts_in_tagged, content.tagged_in_artifacts
    return [painted, *faults, content.forms, content.marked_forms]


def named(painted: Painted) -> str:
    return painted.font.name if painted.font else ""


@pytest.mark.parametrize("profile", PROFILES)
def test_what_a_build_paints_is_read_alike(profile: Profile) -> None:
    data = whole(profile)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        document = Document("x.pdf", pdf, data)
        content = plain_content(document)
        assert content is not None
        assert told(content) == told(marked._walked(document))


@pytest.mark.parametrize("profile", PROFILES)
def test_the_pages_of_a_build_are_not_walked_for_readers(profile: Profile) -> None:
    with opened("x.pdf", whole(profile)) as document:
        examine(document, profile, Conditions())
        assert "reading" not in vars(document)


MARKS = b"""/P <</MCID 91>> BDC /Artifact BMC 0 0 9 9 re f EMC 1 1 m 2 2 l S EMC
/Artifact <</Type /Layout>> BDC /P <</MCID 92/Lang(de)>> BDC [<00>] TJ EMC EMC
/Span <</ActualText<feff4e00>>> BDC /Span <</ActualText (ab)>> BDC q f* Q EMC EMC EMC
/Span <</Lang (fr)/MCID 93>> BDC /Span <</ActualText ()>> BDC [<0001>-9<0002>] TJ EMC EMC"""


def test_marks_within_marks_are_read_alike() -> None:
    data = broken(lambda pdf: paint(pdf, MARKS))
    with pikepdf.open(io.BytesIO(data)) as pdf:
        document = Document("x.pdf", pdf, data)
        content = plain_content(document)
        assert content is not None
        assert content.artifacts_in_tagged
        assert content.tagged_in_artifacts
        assert told(content) == told(marked._walked(document))


def in_resources(
    kind: str, thing: Callable[[Pdf], object], content: bytes
) -> Callable[[Pdf], None]:
    """Return a change that puts a thing X into the first page's resources, and uses it."""

    def change(pdf: Pdf) -> None:
        resources = pdf.pages[0].Resources
        things = Dictionary(dict(resources.get(f"/{kind}", Dictionary()).items()))
        things["/X"] = thing(pdf)
        resources[f"/{kind}"] = things
        paint(pdf, content)

    return change


BLANK = Dictionary(ProcSet=Array([Name.PDF]))
BOX = Array([0, 0, 9, 9])


def form(pdf: Pdf, content: bytes, **entries: object) -> Stream:
    more = {"Subtype": Name.Form, "BBox": BOX, "Resources": BLANK, **entries}
    return pdf.make_indirect(Stream(pdf, content, **more))


def tile(pdf: Pdf, content: bytes, **entries: object) -> Stream:
    more = {"PatternType": 1, "PaintType": 1, "TilingType": 1, "XStep": 9, "YStep": 9}
    return pdf.make_indirect(Stream(pdf, content, **more, BBox=BOX, Resources=BLANK, **entries))


def biting(pdf: Pdf) -> Stream:
    """Return a form that draws itself."""
    drawn = form(pdf, b"/X Do")
    drawn.Resources = Dictionary(XObject=Dictionary(X=drawn))
    return drawn


def tiling(pdf: Pdf) -> Stream:
    """Return a tile that is painted with itself."""
    painted = tile(pdf, b"/Pattern cs /X scn 0 0 9 9 re f")
    painted.Resources = Dictionary(Pattern=Dictionary(X=painted))
    return painted


FORM = b"""0 0 9 9 re f /Artifact BMC S EMC EMC /P <</MCID 4>> BDC f EMC
/Span <</ActualText (cd)>> BDC f EMC /Artifact <</MCID 5>> BDC f"""
AROUND = b"""/X Do /P <</MCID 90>> BDC /X Do EMC /Artifact BMC /X Do EMC
/Span <</ActualText (ab)/Lang (fr)>> BDC /X Do EMC"""


def test_forms_are_read_where_they_are_painted() -> None:
    data = broken(in_resources("XObject", lambda pdf: form(pdf, FORM), AROUND))
    with pikepdf.open(io.BytesIO(data)) as pdf:
        document = Document("x.pdf", pdf, data)
        content = plain_content(document)
        assert content is not None
        assert list(content.forms.values()) == [4]
        assert content.marked_forms == set(content.forms)
        assert told(content) == told(marked._walked(document))


def test_tiles_are_plain() -> None:
    use = b"/Pattern cs /X scn 0 0 9 9 re f"
    whole_tile = broken(in_resources("Pattern", lambda pdf: tile(pdf, b"0 0 9 9 re f"), use))
    content = read(whole_tile)
    assert content is not None
    with opened("x.pdf", whole_tile) as document:
        assert not document.reading.damage
        assert any(mark.look.origin == "pattern" for mark in document.reading.marks)


def with_both(pdf: Pdf) -> None:
    in_resources("XObject", lambda pdf: form(pdf, b"0 0 9 9 re f"), b"")(pdf)
    in_resources("Pattern", lambda pdf: tile(pdf, b"0 g"), b"/Pattern cs /X scn /X Do")(pdf)


def appearing(pdf: Pdf) -> None:
    drawing = Stream(pdf, b"", Subtype=Name.Form, BBox=[0, 0, 1, 1])
    note = Dictionary(Subtype=Name.Text, Rect=[0, 0, 9, 9], AP=Dictionary(N=drawing))
    pdf.pages[0].Annots = Array([pdf.make_indirect(note)])


def untagged(pdf: Pdf) -> None:
    del pdf.Root.StructTreeRoot


def without_fonts(pdf: Pdf) -> None:
    for page in pdf.pages:
        for font in page.Resources.Font.values():
            for key in plain_pages.PROGRAMS:
                if key in font.DescendantFonts[0].FontDescriptor:
                    del font.DescendantFonts[0].FontDescriptor[key]


@pytest.mark.parametrize(
    "change",
    [
        lambda pdf: paint(pdf, b"Q"),
        lambda pdf: paint(pdf, b"q"),
        lambda pdf: paint(pdf, b"q " * 600 + b"Q " * 600),
        lambda pdf: paint(pdf, b"xyz"),
        lambda pdf: paint(pdf, b"1 2 rg"),
        lambda pdf: paint(pdf, b"/Nothing gs"),
        lambda pdf: paint(pdf, b"BT /Nothing 9 Tf ET"),
        lambda pdf: paint(pdf, b"/Nothing Do"),
        lambda pdf: paint(pdf, b"/P <</MCID 1.0>> BDC EMC"),
        in_resources("ExtGState", lambda _pdf: Dictionary(TR=Name.Identity), b"/X gs"),
        in_resources("ExtGState", lambda _pdf: Dictionary(SMask=Dictionary()), b"/X gs"),
        in_resources("XObject", lambda pdf: Stream(pdf, b"", Subtype=Name.Form), b"/X Do"),
        in_resources("XObject", lambda pdf: form(pdf, b"xyz"), b"/X Do"),
        in_resources("XObject", lambda pdf: form(pdf, b"q"), b"/X Do"),
        in_resources("XObject", lambda pdf: form(pdf, b"", Resources=Dictionary()), b"/X Do"),
        in_resources("XObject", lambda pdf: form(pdf, b"", Group=Dictionary(CS=BOX)), b"/X Do"),
        in_resources("XObject", biting, b"/X Do"),
        in_resources("Pattern", tiling, b"/X scn"),
        in_resources("Pattern", lambda pdf: tile(pdf, b"xyz"), b"/X scn"),
        in_resources("Pattern", lambda _pdf: Dictionary(PatternType=2), b"/X scn"),
        lambda pdf: paint(pdf, b"/Pattern cs /Nothing scn"),
        with_both,
        in_resources("Font", lambda _pdf: Dictionary(Subtype=Name.Type1), b"/X 9 Tf"),
        appearing,
        untagged,
        without_fonts,
    ],
)
def test_pages_of_another_kind_are_left_to_others(change: Callable[[Pdf], None]) -> None:
    assert read(whole()) is not None
    assert read(broken(change)) is None


def test_a_picture_is_plain() -> None:
    picture = {"Subtype": Name.Image, "Width": 1, "Height": 1, "BitsPerComponent": 8}
    gray = in_resources(
        "XObject",
        lambda pdf: Stream(pdf, b"0", ColorSpace=Name.DeviceGray, **picture),
        b"/X Do",
    )
    content = read(broken(gray))
    assert content is not None
    assert [painted.kind for painted in content.painted].count("picture") >= 1


def test_a_tile_counts_for_each_look_it_may_have(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plain_pages, "MOST_OPERATORS", 1_000_000)
    state = in_resources("ExtGState", lambda _pdf: Dictionary(ca=1), b"")

    def tiled(content: bytes) -> bytes:
        def change(pdf: Pdf) -> None:
            state(pdf)
            in_resources("Pattern", lambda pdf: tile(pdf, b"0 g " * 9000), content)(pdf)

        return broken(change)

    assert read(tiled(b"/X scn")) is not None
    assert read(tiled(b"/X scn " + b"/X gs " * 200)) is None


@pytest.mark.parametrize("limit", ["MOST_OPERATORS", "MOST_MARKS", "LARGEST_CONTENT_IN_ALL"])
def test_too_much_is_left_to_others(limit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plain_pages, limit, 20)
    assert read(whole()) is None
