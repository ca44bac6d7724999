"""The screen file for those who cannot see it: structure, alternatives, links, bookmarks."""

from __future__ import annotations

import functools
import io
import itertools
from collections.abc import Iterator

import pikepdf
import pypdfium2

from newsletter.geometry import points
from newsletter.issue.models import ArticlesSection, ViewsSection
from newsletter.preflight.completeness import page_texts, squeeze
from workshop import specimen, specimen_pages, specimen_pdf


@functools.cache
def screen() -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(specimen_pdf()))


def elements() -> Iterator[pikepdf.Dictionary]:
    """Yield every structure element in reading order."""
    yield from elements_in(screen().Root.StructTreeRoot)


def elements_in(node: pikepdf.Dictionary) -> Iterator[pikepdf.Dictionary]:
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from elements_in(kid)


def kinds() -> list[str]:
    return [str(element.S).lstrip("/") for element in elements()]


def pages_by_object() -> dict[tuple[int, int], int]:
    return {page.obj.objgen: number for number, page in enumerate(screen().pages)}


def test_the_file_says_that_it_is_tagged_and_in_which_language() -> None:
    root = screen().Root
    assert root.Lang == "zh-CN"
    assert bool(root.MarkInfo.Marked)
    assert bool(root.ViewerPreferences.DisplayDocTitle)


def test_the_metadata_claim_pdf_ua_1() -> None:
    with screen().open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"


def test_headings_skip_no_level() -> None:
    levels = [int(kind[1]) for kind in kinds() if kind in {"H1", "H2", "H3", "H4", "H5", "H6"}]
    assert levels[0] == 1
    assert {1, 2, 3, 4} <= set(levels)
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_there_is_a_heading_for_each_section_and_article() -> None:
    issue = specimen().copy.issue
    assert kinds().count("H1") == 1 + len(issue.sections)
    assert kinds().count("H2") >= len(list(issue.articles()))


def test_every_picture_is_a_figure_with_its_alternative_text() -> None:
    alternatives = [str(e.get("/Alt", "")) for e in elements() if e.S == "/Figure"]
    assert all(alternatives)
    wanted = [picture.alt for picture in specimen().copy.issue.pictures()]
    assert sorted(alternatives) == sorted(wanted)


def test_lists_and_tables_keep_their_structure() -> None:
    assert {"L", "LI", "LBody", "Table", "TR", "TH", "TD"} <= set(kinds())


def test_every_link_is_an_element_with_an_annotation() -> None:
    links = [e for e in elements() if e.S == "/Link"]
    annotated = [
        annotation
        for page in screen().pages
        for annotation in page.get("/Annots", [])
        if annotation.Subtype == "/Link"
    ]
    assert len(annotated) >= len(links) > 5
    assert sorted(int(annotation.StructParent) for annotation in annotated) == list(
        range(len(screen().pages), len(screen().pages) + len(annotated))
    )
    assert all(str(annotation.Contents).strip() for annotation in annotated)
    targets = {str(a.A.URI) for a in annotated if "/A" in a and "/URI" in a.A}
    assert targets == {"https://specimen.invalid/"}


def test_no_link_lies_in_another() -> None:
    links = [e for e in elements() if e.S == "/Link"]
    assert not any(inner.S == "/Link" for link in links for inner in elements_in(link))


def kids(element: pikepdf.Dictionary) -> list[pikepdf.Object]:
    found = element.get("/K", [])
    return list(found) if isinstance(found, pikepdf.Array) else [found]


def test_no_element_is_empty_but_cells() -> None:
    assert {str(e.S) for e in elements() if not kids(e)} <= {"/TD", "/TH"}


def test_an_article_is_one_element_on_however_many_pages_it_lies() -> None:
    assert kinds().count("Art") == len(list(specimen().copy.issue.articles()))
    assert kinds().count("Document") == 1


def test_the_contents_are_a_table_of_contents() -> None:
    [contents] = [e for e in elements() if e.S == "/TOC"]
    assert {str(e.S) for e in kids(contents)} == {"/TOCI"}


def test_items_of_lists_have_label_and_body() -> None:
    for element in elements():
        if element.S == "/LI":
            assert [str(kid.S) for kid in kids(element)] in (["/LBody"], ["/Lbl", "/LBody"])


def test_notes_have_names_of_their_own() -> None:
    names = [str(e.ID) for e in elements() if e.S == "/Note"]
    assert names
    assert len(set(names)) == len(names)


def test_head_cells_say_that_they_head_a_column() -> None:
    heads = [e for e in elements() if e.S == "/TH"]
    assert {str(head.A.Scope) for head in heads} == {"/Column"}


def test_a_picture_s_frame_lies_on_its_page_upright() -> None:
    for element in elements():
        if element.S == "/Figure":
            left, bottom, right, top = (float(value) for value in element.A.BBox)
            assert 0 <= left < right <= 595.3
            assert 0 <= bottom < top <= 841.9


def bookmarks() -> list[tuple[int, str, int]]:
    """Return level, title and page (from 0) of each bookmark."""
    pdf = pypdfium2.PdfDocument(specimen_pdf())
    try:
        return [
            (mark.level, mark.get_title(), mark.get_dest().get_index()) for mark in pdf.get_toc()
        ]
    finally:
        pdf.close()


def test_bookmarks_are_sections_and_articles_with_their_pages() -> None:
    anchors = specimen_pages().anchors
    wanted: list[tuple[int, str, int]] = []
    for section in specimen().copy.issue.sections:
        wanted.append((0, section.title, anchors[f"section-{section.id}"]))
        if isinstance(section, (ArticlesSection, ViewsSection)):
            wanted += [(1, a.title, anchors[f"article-{a.id}"]) for a in section.articles]
    found = [(level, squeeze(title), page) for level, title, page in bookmarks()]
    assert found == [(level, squeeze(title), page) for level, title, page in wanted]


def contents_entries() -> list[tuple[str, int]]:
    """Return each entry of the contents with the page to which it leads."""
    names = [str(annotation.Dest) for annotation in screen().pages[0].Annots]
    places = pikepdf.NameTree(screen().Root.Names.Dests)
    return [(name, pages_by_object()[places[name][0].objgen]) for name in names]


def test_the_contents_lead_to_the_pages_of_their_sections() -> None:
    anchors = specimen_pages().anchors
    entries = contents_entries()
    assert {f"section-{s.id}" for s in specimen().copy.issue.sections} <= {n for n, _ in entries}
    assert all(anchors[name] == page for name, page in entries)


def test_the_numbers_in_the_contents_are_those_printed_on_the_pages() -> None:
    texts = page_texts(specimen_pdf())
    anchors = specimen_pages().anchors
    for section in specimen().copy.issue.sections:
        page = anchors[f"section-{section.id}"]
        line = squeeze(section.contents_line or section.title)
        assert f"{line}{page + 1}" in texts[0].replace("·", "")
        if section.kind != "contacts":  # the back cover has no folio
            assert str(page + 1) in folios(page)


def folios(number: int) -> list[str]:
    """Return the numbers that stand alone in the lowest fifteen millimetres of a page."""
    pdf = pypdfium2.PdfDocument(specimen_pdf())
    try:
        text = pdf[number].get_textpage()
        return text.get_text_bounded(top=points(15)).split()
    finally:
        pdf.close()


def test_the_label_of_each_page_is_its_folio() -> None:
    labels = [page.label for page in screen().pages]
    for number in range(1, len(labels) - 1):
        assert labels[number] in folios(number)
