"""Each rule of PDF/UA-1 passes a finished specimen, and finds what is broken in a copy."""

from __future__ import annotations

import io

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Object, Pdf

from newsletter.diagnostics import Diagnostic, catalogue
from newsletter.preflight.conditions import Conditions
from newsletter.preflight.finished import inspect_file
from newsletter.preflight.matterhorn import BY_A_PERSON
from newsletter.preflight.rule import TAGGED, NotChecked
from newsletter.preflight.rules import all_rules
from newsletter.press.claims import describe
from preflight.breaking import (
    Break,
    annotate,
    broken,
    conditions,
    elements,
    first,
    fonts,
    form,
    map_all_to,
    paint,
    put,
    said,
    set_key,
    tag,
    text,
    whole,
)

CASES: list[tuple[str, str, Break]] = [
    ("N950", "01-005", lambda pdf: set_key(pdf.Root, "/StructTreeRoot", None)),
    ("N950", "01-005", lambda pdf: set_key(pdf.Root, "/MarkInfo", None)),
    ("N950", "01-007", lambda pdf: set_key(pdf.Root.MarkInfo, "/Suspects", value=True)),
    ("N951", "01-003", lambda pdf: paint(pdf, b"/P <</MCID 0>> BDC /Artifact BMC EMC EMC")),
    ("N951", "01-004", lambda pdf: paint(pdf, b"/Artifact BMC /P <</MCID 0>> BDC EMC EMC")),
    ("N951", "01-005", lambda pdf: paint(pdf, b"0 0 9 9 re f")),
    ("N951", "01-005", lambda pdf: paint(pdf, b"/P <</MCID 9999>> BDC 0 0 9 9 re f EMC")),
    ("N951", "01-005", lambda pdf: (form(pdf), paint(pdf, b"/Fm Do"))),
    (
        "N951",
        "30-002",
        lambda pdf: (
            form(pdf, b"/P <</MCID 0>> BDC EMC"),
            paint(pdf, b"/Artifact BMC /Fm Do /Fm Do EMC"),
        ),
    ),
    ("N952", "02-001", lambda pdf: set_key(first(pdf, "P"), "/S", Name.Para)),
    (
        "N952",
        "02-003",
        lambda pdf: (
            set_key(first(pdf, "P"), "/S", Name.Para),
            set_key(
                pdf.Root.StructTreeRoot, "/RoleMap", Dictionary(Para=Name.Text, Text=Name.Para)
            ),
        ),
    ),
    (
        "N952",
        "02-004",
        lambda pdf: set_key(pdf.Root.StructTreeRoot, "/RoleMap", Dictionary(H1=Name.P)),
    ),
    ("N953", "06-001", lambda pdf: set_key(pdf.Root, "/Metadata", None)),
    ("N953", "06-002", lambda pdf: describe(pdf, ())),
    ("N953", "06-002", lambda pdf: set_key(pdf.Root, "/Metadata", pdf.make_stream(b"<no"))),
    (
        "N954",
        "06-003",
        lambda pdf: (set_key(pdf.docinfo, "/Title", None), describe(pdf, ("PDF/UA-1",))),
    ),
    ("N954", "07-001", lambda pdf: set_key(pdf.Root, "/ViewerPreferences", None)),
    (
        "N954",
        "07-002",
        lambda pdf: set_key(pdf.Root.ViewerPreferences, "/DisplayDocTitle", value=False),
    ),
    ("N955", "11-001", lambda pdf: set_key(pdf.Root, "/Lang", None)),
    ("N955", "11-002", lambda pdf: set_key(pdf.Root, "/Lang", None)),
    ("N955", "11-003", lambda pdf: set_key(pdf.Root, "/Lang", None)),
    ("N955", "11-004", lambda pdf: set_key(pdf.Root, "/Lang", None)),
    ("N955", "11-006", lambda pdf: set_key(pdf.Root, "/Lang", None)),
    ("N955", "11-001", lambda pdf: set_key(pdf.Root, "/Lang", text("中文"))),
    ("N955", "11-001", lambda pdf: set_key(first(pdf, "P"), "/Lang", text("in English"))),
    ("N956", "09-004", lambda pdf: set_key(first(pdf, "TR"), "/S", Name.P)),
    ("N956", "09-005", lambda pdf: set_key(first(pdf, "LI"), "/S", Name.P)),
    ("N956", "09-006", lambda pdf: set_key(first(pdf, "TOC"), "/S", Name.Sect)),
    ("N956", "09-007", lambda pdf: put(pdf, "RT")),
    ("N956", "09-008", lambda pdf: put(pdf, "WT")),
    ("N957", "31-027", lambda pdf: [set_key(font, "/ToUnicode", None) for font in fonts(pdf)]),
    (
        "N957",
        "10-001",
        lambda pdf: [set_key(font, "/ToUnicode", pdf.make_stream(b"")) for font in fonts(pdf)],
    ),
    ("N957", "31-028", lambda pdf: map_all_to(pdf, "0000")),
    ("N957", "31-029", lambda pdf: map_all_to(pdf, "feff")),
    ("N958", "14-002", lambda pdf: set_key(first(pdf, "H1"), "/S", Name.H2)),
    ("N958", "14-003", lambda pdf: set_key(first(pdf, "H2"), "/S", Name.H4)),
    ("N958", "14-006", lambda pdf: (put(pdf, "H"), put(pdf, "H"))),
    ("N958", "14-007", lambda pdf: put(pdf, "H")),
    ("N959", "13-004", lambda pdf: set_key(first(pdf, "Figure"), "/Alt", None)),
    ("N959", "17-002", lambda pdf: put(pdf, "Formula")),
    ("N961", "15-003", lambda pdf: set_key(first(pdf, "TH"), "/A", None)),
    ("N962", "19-003", lambda pdf: set_key(first(pdf, "Note"), "/ID", None)),
    ("N962", "19-004", lambda pdf: put(pdf, "Note", ID=first(pdf, "Note").ID)),
    (
        "N963",
        "20-001",
        lambda pdf: set_key(
            pdf.Root, "/OCProperties", Dictionary(D=Dictionary(Name=text("a")), Configs=Array([{}]))
        ),
    ),
    ("N963", "20-002", lambda pdf: set_key(pdf.Root, "/OCProperties", Dictionary(D=Dictionary()))),
    (
        "N963",
        "20-003",
        lambda pdf: set_key(
            pdf.Root, "/OCProperties", Dictionary(D=Dictionary(Name=text("a"), AS=Array()))
        ),
    ),
    (
        "N964",
        "21-001",
        lambda pdf: set_key(
            pdf.Root, "/AF", Array([Dictionary(F=text("a"), EF=Dictionary(F=pdf.make_stream(b"")))])
        ),
    ),
    ("N965", "25-001", lambda pdf: set_key(pdf.Root, "/AcroForm", Dictionary(XFA=Array()))),
    ("N965", "28-005", lambda pdf: annotate(pdf, "Widget")),
    ("N965", "28-010", lambda pdf: annotate(pdf, "Widget", TU=text("your name"))),
    ("N967", "28-002", lambda pdf: annotate(pdf, "Text", Contents=text("a word"))),
    ("N967", "28-004", lambda pdf: tag(pdf, annotate(pdf, "Text"), "Annot")),
    ("N967", "28-006", lambda pdf: annotate(pdf, "Odd", Contents=text("a word"))),
    ("N967", "28-007", lambda pdf: annotate(pdf, "TrapNet")),
    ("N967", "28-017", lambda pdf: tag(pdf, annotate(pdf, "PrinterMark"), "Annot")),
    ("N968", "28-008", lambda pdf: set_key(pdf.pages[0].obj, "/Tabs", None)),
    ("N968", "28-009", lambda pdf: set_key(pdf.pages[0].obj, "/Tabs", Name.R)),
    ("N969", "28-011", lambda pdf: set_key(first(pdf, "Link"), "/S", Name.Span)),
    ("N969", "28-011", lambda pdf: set_key(pdf.pages[0].obj.Annots[0], "/StructParent", None)),
    ("N969", "28-012", lambda pdf: set_key(pdf.pages[0].obj.Annots[0], "/Contents", None)),
    ("N970", "30-001", lambda pdf: form(pdf, Ref=Dictionary(F=text("other.pdf"), Page=0))),
]
"""The code, the failure condition of the Matterhorn Protocol 1.1, and what brings it about."""

RULES = [rule for rule in all_rules() if rule.profiles == TAGGED]
NAMES = [f"{code} {condition}" for code, condition, _ in CASES]


@pytest.mark.parametrize("code", [rule.code for rule in RULES])
def test_a_rule_passes_the_specimen(code: str) -> None:
    assert [each for each in said(code, whole()) if isinstance(each, Diagnostic)] == []


@pytest.mark.parametrize(("code", "condition", "change"), CASES, ids=NAMES)
def test_a_rule_finds_what_is_broken(code: str, condition: str, change: Break) -> None:
    data = broken(change)
    assert condition in conditions(code, data)
    for finding in said(code, data):
        if isinstance(finding, Diagnostic):
            assert "…" not in finding.message("en").replace(str(finding.values["found"]), "")
            assert finding.message("en") != finding.message("zh")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_each_failure_condition_that_a_rule_names_is_seen(rule: object) -> None:
    """What the source of a rule lists as single conditions has a case above."""
    source = rule.source.partition("Matterhorn 1.1, ")[2]  # type: ignore[attr-defined]
    code = rule.code  # type: ignore[attr-defined]
    named = {
        part for part in source.replace(",", "").split() if "-" in part and " to " not in source
    }
    if code in ("N966", "N971", "N974"):
        return  # below: one wants another way of saving, the other has the words of PDF/A
    assert named <= {condition for each, condition, _ in CASES if each == code}


# What a case of the list cannot say -------------------------------------------------------------


def test_a_frame_upside_down_is_seen() -> None:
    def turn(pdf: Pdf) -> None:
        left, bottom, right, top = first(pdf, "Figure").A.BBox
        first(pdf, "Figure").A.BBox = Array([left, top, right, bottom])

    assert [type(each) for each in said("N960", broken(turn))] == [Diagnostic]


def test_a_frame_off_the_page_is_seen() -> None:
    def move(pdf: Pdf) -> None:
        first(pdf, "Figure").A.BBox = Array([0, 900, 100, 1000])

    [finding] = said("N960", broken(move))
    assert isinstance(finding, Diagnostic)
    assert finding.values["found"] == "0 900 100 1000"


@pytest.mark.parametrize("frame", [Array([1, 2, 3]), Array([1, 2, 3, Name.X]), Name.X, Array()])
def test_a_frame_that_is_none_is_seen(frame: Object) -> None:
    def spoil(pdf: Pdf) -> None:
        first(pdf, "Figure").A.BBox = frame

    [finding] = said("N960", broken(spoil))
    assert isinstance(finding, Diagnostic)


def test_a_role_that_is_no_text_is_a_role_all_the_same() -> None:
    def rename(pdf: Pdf) -> None:
        first(pdf, "P").S = Object.parse(b"/P#b0")
        pdf.Root.StructTreeRoot.RoleMap = Dictionary(Odd=Object.parse(b"/P#b0"), No=7)

    assert [type(each) for each in said("N956", broken(rename))] == []


def test_a_file_that_may_not_be_read_aloud_is_seen() -> None:
    """Of the standard handler only revisions before 4 have such a bit that readers heed."""
    deaf = pikepdf.Permissions(accessibility=False)
    encryption = pikepdf.Encryption(owner="o", user="", R=3, allow=deaf, aes=False, metadata=False)
    data = broken(lambda _pdf: None, encryption=encryption)
    assert conditions("N966", data) == ["26-002"]


def test_an_encrypted_file_that_may_be_read_aloud_passes() -> None:
    data = broken(lambda _pdf: None, encryption=pikepdf.Encryption(owner="o", user=""))
    assert conditions("N966", data) == []


def strip(pdf: Pdf) -> None:
    for font in fonts(pdf):
        for key in ("/FontFile2", "/FontFile3"):
            set_key(font.DescendantFonts[0].FontDescriptor, key, None)


def test_a_font_that_is_not_embedded_is_seen() -> None:
    data = broken(strip)
    assert set(conditions("N974", data)) == {"31-009"}
    assert any(isinstance(answer, NotChecked) for answer in said("N971", data))


def test_a_glyph_that_is_missing_is_seen() -> None:
    """Glyph 0 of a font is the one for what it lacks, .notdef."""

    def ask(pdf: Pdf) -> None:
        name = next(iter(pdf.pages[1].Resources.Font.keys()))
        paint(pdf, f"/Artifact BMC BT {name} 12 Tf <0000> Tj ET EMC".encode())

    found = [each for each in said("N971", broken(ask)) if isinstance(each, Diagnostic)]
    assert {str(each.values["clause"]) for each in found} == {"7.21.8"}


def test_an_empty_element_is_seen_but_an_empty_cell_is_none() -> None:
    [finding] = said("N972", broken(lambda pdf: (put(pdf, "P"), put(pdf, "TD"))))
    assert isinstance(finding, Diagnostic)
    assert finding.values["found"] == "P"
    assert finding.severity == "warning"


def test_what_a_person_has_to_judge_is_never_passed() -> None:
    answers = said("N973", whole())
    assert all(isinstance(answer, NotChecked) for answer in answers)
    assert len(answers) == len(BY_A_PERSON) == 47
    report = inspect_file("x.pdf", whole(), "screen", Conditions()).report
    [outcome] = [each for each in report.outcomes if each.rule.code == "N973"]
    assert outcome.verdict == "not checked"
    assert catalogue()["N973"].severity == "note"


def test_a_page_that_cannot_be_read_is_not_checked() -> None:
    def spoil(pdf: Pdf) -> None:
        pdf.pages[1].obj.Contents = pdf.make_stream(b"q", Filter=Name.JBIG2Decode)

    answers = said("N951", broken(spoil))
    assert [answer.page for answer in answers if isinstance(answer, NotChecked)] == [2]


def test_media_in_an_annotation_are_not_checked() -> None:
    answers = said("N967", broken(lambda pdf: annotate(pdf, "Sound", Contents=text("a bell"))))
    assert any(isinstance(answer, NotChecked) for answer in answers)


def test_a_structure_that_comes_back_to_itself_is_read_once() -> None:
    def knot(pdf: Pdf) -> None:
        section = first(pdf, "Sect")
        section.K.append(pdf.Root.StructTreeRoot.K[0])
        section.K.append(section)

    assert conditions("N956", broken(knot)) == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_file_without_anything_breaks_no_rule(rule: object) -> None:
    """It may well be found wanting, but nothing is raised."""
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.pages[0].obj.Annots = Array([Dictionary(), 3, Name.No])
        pdf.Root.StructTreeRoot = Dictionary(K=Array([3, Dictionary(S=Name.Figure, K=Name.No)]))
        pdf.Root.MarkInfo = Array()
        pdf.Root.OCProperties = Name.No
        pdf.save(out)
    said(rule.code, out.getvalue())  # type: ignore[attr-defined]


def test_the_specimen_has_all_that_the_rules_look_at() -> None:
    with pikepdf.open(io.BytesIO(whole())) as pdf:
        roles = {str(element.S).lstrip("/") for element in elements(pdf)}
    assert {
        "Figure",
        "Table",
        "TH",
        "L",
        "Lbl",
        "LBody",
        "Note",
        "Reference",
        "TOC",
        "Link",
    } <= roles


def test_what_was_painted_is_called_by_its_name_in_both_languages() -> None:
    data = broken(lambda pdf: paint(pdf, b"0 0 9 9 re f 0 0 5 5 re f"))
    [found] = [each for each in said("N951", data) if isinstance(each, Diagnostic)]
    assert "line work ×2 (" in found.message("en")
    assert "线条或色块2处（马特洪协议01-005）" in found.message("zh")
