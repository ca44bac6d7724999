"""The archive file: what it claims, what it encloses, its dates and bytes."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import json
from pathlib import Path

import pikepdf
import pytest
from pikepdf import NameTree, pdfa

from newsletter.inputs import MANIFEST, inputs_of
from newsletter.press.archival import Enclosure, Papers
from newsletter.press.claims import describe
from newsletter.press.finish import finish
from workshop import (
    HOUSE,
    STYLE,
    TEMPLATE,
    Workshop,
    specimen,
    specimen_pages,
    specimen_pdf,
)


def opened(data: bytes | None = None) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(data or specimen_pdf("archive")))


def enclosed(pdf: pikepdf.Pdf) -> dict[str, bytes]:
    return {
        str(name): specification.EF.F.read_bytes()
        for name, specification in NameTree(pdf.Root.Names.EmbeddedFiles).items()
    }


def test_it_claims_both_standards() -> None:
    with opened().open_metadata() as metadata:
        assert metadata["pdfaid:part"] == "3"
        assert metadata["pdfaid:conformance"] == "B"
        assert metadata["pdfuaid:part"] == "1"


def test_an_independent_check_has_nothing_against_it_but_the_claim_of_the_other_standard() -> None:
    """pikepdf.pdfa permits a list of schemas and reads no extension to it (see N982)."""
    findings = pdfa.validate_written(io.BytesIO(specimen_pdf("archive")), "3b").findings
    assert {finding.rule for finding in findings} <= {"ISO_19005_3:6.6.2.3.1-1"}
    with opened() as pdf:
        describe(pdf, ("PDF/A-3b",))
        out = io.BytesIO()
        pdf.save(out)
    assert pdfa.validate_written(out, "3b").passed


def test_it_encloses_the_editors_files_and_a_list_of_all_inputs() -> None:
    inputs = inputs_of(specimen())
    files = enclosed(opened())
    assert set(files) == {*inputs.written, MANIFEST}
    for name in inputs.written:
        assert files[name] == inputs.files[name].read_bytes()
    listed = json.loads(files[MANIFEST])["inputs"]
    assert listed == inputs.digests()
    assert any(name.startswith("fonts/") for name in listed)
    assert hashlib.sha256(files["layouts/silkroad/specimen.yaml"]).hexdigest() in listed.values()


def test_each_enclosed_file_is_listed_once_as_a_source_with_its_kind_and_size() -> None:
    with opened() as pdf:
        named = list(NameTree(pdf.Root.Names.EmbeddedFiles).values())
        assert [each.objgen for each in pdf.Root.AF] == [each.objgen for each in named]
        for specification in named:
            assert specification.AFRelationship == "/Source"
            assert specification.F == specification.UF
            stream = specification.EF.F
            assert str(stream.Subtype).split("/")[1] in {"application", "image"}
            assert int(stream.Params.Size) == len(stream.read_bytes())


def test_its_colours_are_srgb() -> None:
    with opened() as pdf:
        [intent] = pdf.Root.OutputIntents
        assert intent.S == "/GTS_PDFA1"
        profile = intent.DestOutputProfile
        assert profile.read_bytes() == (HOUSE / "profiles" / "sRGB.icc").read_bytes()
        for page in pdf.pages:
            operators = {str(each.operator) for each in pikepdf.parse_content_stream(page)}
            assert not operators & {"k", "K"}


def dates(pdf: pikepdf.Pdf) -> set[str]:
    found = {str(pdf.docinfo.get(key, "")) for key in ("/CreationDate", "/ModDate")}
    for specification in pdf.Root.AF:
        found.add(str(specification.EF.F.Params.get("/ModDate", "")))
    return found


def archive(date: dt.date | None) -> bytes:
    raw, _ = specimen_pages().write(tagged=True)
    srgb = (HOUSE / "profiles" / "sRGB.icc").read_bytes()
    papers = Papers(srgb, [Enclosure("稿.yaml", b"a: 1\n")], date)
    return finish(raw, specimen().layout.spec.page, papers)


def test_its_dates_are_those_of_the_issue() -> None:
    with opened(archive(dt.date(2021, 12, 31))) as pdf:
        assert dates(pdf) == {"D:20211231000000Z"}
        with pdf.open_metadata() as metadata:
            assert metadata["xmp:ModifyDate"] == "2021-12-31T00:00:00Z"
        assert enclosed(pdf) == {"稿.yaml": b"a: 1\n"}


def test_without_a_date_it_has_none() -> None:
    with opened(archive(None)) as pdf:
        assert dates(pdf) == {""}
        assert b"Date>" not in pdf.Root.Metadata.read_bytes()


def test_a_title_with_signs_of_xml_is_kept() -> None:
    with opened(archive(None)) as pdf:
        pdf.docinfo["/Title"] = "春<夏>&秋"
        describe(pdf, ("PDF/UA-1",))
        with pdf.open_metadata() as metadata:
            assert metadata["dc:title"] == "春<夏>&秋"


def test_two_folders_give_the_same_bytes(tmp_path: Path) -> None:
    files = []
    for name in ("one", "other/place"):
        shop = Workshop(tmp_path / name)
        shop.write_article("![](sq)", pictures=[{"id": "sq", "file": "square.svg", "alt": "方"}])
        made = shop.build(profiles=["screen", "archive"])
        files.append([made.files[profile].read_bytes() for profile in ("screen", "archive")])
    assert files[0] == files[1]


def test_a_build_makes_it_when_the_publication_says_so(tmp_path: Path) -> None:
    shop = Workshop(tmp_path)
    shop.publish(profiles=["archive"])
    made = shop.build()
    assert [path.name for path in made.files.values()] == ["one-archive.pdf"]


@pytest.mark.parametrize("profile", ["screen", "archive"])
def test_it_is_sound(profile: str) -> None:
    with opened(specimen_pdf(profile)) as pdf:  # type: ignore[arg-type]
        assert pdf.check_pdf_syntax() == []


# What a build refuses ---------------------------------------------------------------------------


def test_ink_in_a_layout_is_refused_in_an_archive_but_not_on_screen(tmp_path: Path) -> None:
    shop = Workshop(tmp_path)
    shop.set_up(style=STYLE + "h1 { color: device-cmyk(0 1 1 0) }")
    assert shop.build(profiles=["screen"]).findings == ()
    shop.publish(profiles=["archive"])
    assert "N981" in shop.codes("build")


def test_a_skipped_heading_is_refused(tmp_path: Path) -> None:
    shop = Workshop(tmp_path)
    shop.set_up(TEMPLATE.replace("h2>", "h4>"))
    [problem] = shop.problems("build")
    assert (problem.code, problem.values["condition"]) == ("N958", "14-003")
    assert str(problem.place) == "one-screen.pdf:p1"
