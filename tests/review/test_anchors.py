"""Comments find their block again after a reflow, and say so when it is gone."""

from __future__ import annotations

import io
import os
from collections.abc import Sequence
from pathlib import Path

import changes
import pikepdf
import pytest

from newsletter.diagnostics import Refused
from newsletter.review.anchors import Locator, anchor_at
from newsletter.review.annotations import export_comments, import_comments
from newsletter.review.proof import Proof, ProofPage, make_proof
from newsletter.review.records import Anchor, Comment, as_json
from workshop import TEMPLATE, Workshop

SIZE = (210.0, 297.0)
LI = "李明 <li@example.org>"
DAY = "2022-01-05"


@pytest.fixture(scope="module")
def proof(tmp_path_factory: pytest.TempPathFactory) -> Proof:
    return make_proof(changes.make(tmp_path_factory.mktemp("before")).root, "one")


def after(name: str, folder: Path) -> Proof:
    shop = changes.make(folder)
    changes.CHANGES[name](shop)
    return make_proof(shop.root, "one")


def line_with(proof: Proof, words: str) -> tuple[int, float, float]:
    """Return page and middle of the first line that begins with some words."""
    line = next(x for page in proof.pages for x in page.lines if words in x.text)
    return line.page, line.x_mm + line.width_mm / 2, line.baseline_mm - 1


def anchored(proof: Proof, words: str) -> Anchor:
    return anchor_at(proof.pages, *line_with(proof, words), SIZE)


def found_at(pages: Sequence[ProofPage], anchor: Anchor) -> tuple[int, float, float]:
    where = Locator(pages, SIZE).locate(anchor)
    return where.page, where.x_mm, where.y_mm


def test_an_anchor_knows_block_and_line_and_is_found_where_it_was(proof: Proof) -> None:
    page, x, y = line_with(proof, "40之20，")
    anchor = anchor_at(proof.pages, page, x, y, SIZE)
    assert (anchor.article, anchor.element, anchor.page) == ("youth", "p", page)
    assert "40之20，" in anchor.quote
    where = Locator(proof.pages, SIZE).locate(anchor)
    assert (where.page, where.how) == (page, "same")
    assert (where.x_mm, where.y_mm) == pytest.approx((x, y), abs=0.2)


def test_a_byline_in_a_line_with_other_words_is_known_by_that_line(tmp_path: Path) -> None:
    shop = Workshop(tmp_path)
    byline = (
        '<p>北京<span {{ at(article, "byline") }}>{{ article.byline }}</span>二〇二一年十一月</p>'
    )
    shop.set_up(TEMPLATE.replace("</h2>", "</h2>" + byline, 1))
    shop.write_article(byline="李明")
    pages = make_proof(shop.root, "one").pages
    block = next(block for block in pages[0].blocks if block.element == "span")
    point = block.left_mm + 1, block.top_mm + 1
    anchor = anchor_at(pages, 1, *point, SIZE)
    assert (anchor.element, anchor.text) == ("span", "北京李明二〇二一年十一月")
    assert anchor.quote == anchor.text
    assert found_at(pages, anchor) == pytest.approx((1, *point), abs=0.01)
    before = anchor.model_copy(update={"text": "", "quote": ""})
    assert found_at(pages, before) == pytest.approx((1, *point), abs=0.01)


def test_a_comment_survives_a_reflow_to_another_page(proof: Proof, tmp_path: Path) -> None:
    now = after("a reflow", tmp_path)
    anchor = anchored(proof, "40之13，")
    where = Locator(now.pages, SIZE).locate(anchor)
    expected = line_with(now, "40之13，")
    assert expected[0] == anchor.page + 1
    assert (where.page, where.how) == (expected[0], "same")
    assert where.y_mm == pytest.approx(expected[2], abs=2)


def test_a_comment_survives_a_correction_in_its_paragraph(proof: Proof, tmp_path: Path) -> None:
    where = Locator(after("one word", tmp_path).pages, SIZE).locate(anchored(proof, "城市0之0"))
    assert (where.page, where.how) == (2, "changed")


def test_a_comment_goes_with_its_article(proof: Proof, tmp_path: Path) -> None:
    now = after("a swapped article", tmp_path)
    assert Locator(now.pages, SIZE).locate(anchored(proof, "正午最多")).page == 2


def test_a_comment_whose_words_are_gone_is_adrift_on_its_page(proof: Proof) -> None:
    gone = Anchor(page=2, article="dam", element="p", text="早已删去的一句，别处没有。", y=0.25)
    where = Locator(proof.pages, SIZE).locate(gone)
    assert (where.page, where.how) == (2, "adrift")
    assert where.y_mm == pytest.approx(297 / 4)


def test_a_point_beside_all_blocks_is_one_of_the_page(proof: Proof) -> None:
    anchor = anchor_at(proof.pages, 1, 5, 290, SIZE)
    assert anchor.element == ""
    where = Locator(proof.pages, SIZE).locate(anchor)
    assert (where.page, where.how) == (1, "same")
    assert (where.x_mm, where.y_mm) == pytest.approx((5, 290), abs=0.1)


def test_a_comment_on_a_page_that_is_no_more_is_shown_on_the_last(proof: Proof) -> None:
    assert Locator(proof.pages, SIZE).locate(Anchor(page=99)).page == len(proof.pages)
    assert Locator(proof.pages, SIZE).locate(Anchor(page=99)).how == "adrift"


# Acrobat ---------------------------------------------------------------------------------------


def comment(proof: Proof, words: str = "40之20，", text: str = "此处再核对") -> Comment:
    return Comment.new(text, anchored(proof, words), LI, DAY)


def put(folder: Path, data: bytes) -> Path:
    path = folder / "sent.pdf"
    path.write_bytes(data)
    return path


def edited(folder: Path, data: bytes, page: int, **notes: object) -> Path:
    """Return the file with one more annotation on a page, as Acrobat would add it."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        made = pikepdf.Dictionary(Type=pikepdf.Name.Annot, **notes)  # type: ignore[arg-type]
        target = pdf.pages[page - 1].obj
        answers = [a for a in target.get("/Annots", ()) if "/NM" in a]
        if "RT" in notes:
            made.IRT = answers[0]
        target.Annots = [*target.get("/Annots", ()), pdf.make_indirect(made)]
        pdf.save(folder / "sent.pdf")
    return folder / "sent.pdf"


def test_what_was_sent_out_comes_back_as_it_was(proof: Proof, tmp_path: Path) -> None:
    said = comment(proof)
    path = put(tmp_path, export_comments(proof, [said]))
    with pikepdf.open(path) as pdf:
        notes = [a for p in pdf.pages for a in p.obj.get("/Annots", ()) if a.Subtype == "/Text"]
        assert [str(note.Contents) for note in notes] == [said.text]
        assert str(notes[0].T) == "李明"
    assert import_comments(path, proof, [said], DAY) == []


def test_resolved_comments_stay_at_home(proof: Proof) -> None:
    said = comment(proof).model_copy(update={"resolved": True})
    assert b"NewsletterSaid" not in export_comments(proof, [said])


def test_a_new_note_is_tied_to_the_block_under_it(proof: Proof, tmp_path: Path) -> None:
    page, x, y = line_with(proof, "40之20，")
    left, top = x * 72 / 25.4, (297 - y) * 72 / 25.4
    path = edited(
        tmp_path,
        proof.pdf,
        page,
        Subtype=pikepdf.Name.Highlight,
        Rect=[left - 20, top - 5, left + 20, top + 5],
        QuadPoints=[left - 20, top + 5, left + 20, top + 5, left - 20, top - 5, left + 20, top - 5],
        Contents=pikepdf.String("数字对吗？"),
        T=pikepdf.String("王芳"),
        NM=pikepdf.String("acrobat-1"),
        M=pikepdf.String("D:20220107093000+08'00'"),
    )
    (made,) = import_comments(path, proof, [], DAY)
    assert (made.by, made.text, made.date) == ("王芳", "数字对吗？", "2022-01-07T09:30:00")
    assert (made.anchor.article, made.anchor.element) == ("youth", "p")
    assert "40之20，" in made.anchor.quote
    assert import_comments(path, proof, [made], DAY) == []


def test_a_reply_answers_its_comment_and_a_state_resolves_it(proof: Proof, tmp_path: Path) -> None:
    said = comment(proof)
    sent = export_comments(proof, [said])
    path = edited(
        tmp_path,
        sent,
        said.anchor.page,
        Subtype=pikepdf.Name.Text,
        Rect=[0, 0, 20, 20],
        Contents=pikepdf.String("已改"),
        T=pikepdf.String("王芳"),
        RT=pikepdf.Name.R,
        NM=pikepdf.String("reply-1"),
    )
    (reply,) = import_comments(path, proof, [said], DAY)
    assert (reply.answers, reply.text, reply.date) == (said.id, "已改", DAY)
    path = edited(
        tmp_path,
        sent,
        said.anchor.page,
        Subtype=pikepdf.Name.Text,
        Rect=[0, 0, 20, 20],
        RT=pikepdf.Name.R,
        StateModel=pikepdf.String("Review"),
        State=pikepdf.String("Completed"),
        NM=pikepdf.String("state-1"),
    )
    (settled,) = import_comments(path, proof, [said], DAY)
    assert (settled.id, settled.resolved) == (said.id, True)


def reworded(path: Path, text: str) -> None:
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        for page in pdf.pages:
            for note in page.obj.get("/Annots", ()):
                if "/NewsletterSaid" in note:
                    note.Contents = pikepdf.String(text)
        pdf.save(path)


def test_a_note_that_was_reworded_replaces_its_comment(proof: Proof, tmp_path: Path) -> None:
    said = comment(proof)
    path = put(tmp_path, export_comments(proof, [said]))
    reworded(path, "不必改")
    (changed,) = import_comments(path, proof, [said], DAY)
    assert (changed.id, changed.text) == (said.id, "不必改")


def test_where_both_were_reworded_neither_text_is_lost(proof: Proof, tmp_path: Path) -> None:
    said = comment(proof)
    path = put(tmp_path, export_comments(proof, [said]))
    reworded(path, "不必改")
    here = said.model_copy(update={"text": "一定要改"})
    (answer,) = import_comments(path, proof, [here], DAY)
    assert (answer.answers, answer.text) == (said.id, "不必改")


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 broken", b"GIF89a"])
def test_what_is_no_pdf_is_refused(proof: Proof, tmp_path: Path, content: bytes) -> None:
    with pytest.raises(Refused, match="N767"):
        import_comments(put(tmp_path, content), proof, [], DAY)


@pytest.mark.parametrize(
    "odd",
    [
        {"Rect": pikepdf.Name.Here},
        {"Rect": [0, pikepdf.Name.There, 20, 20]},
        {"Rect": [0, 0]},
        {"QuadPoints": 7},
        {"QuadPoints": [pikepdf.Dictionary()] * 8},
        {"M": pikepdf.String("D:20220231")},
        {"Contents": pikepdf.String(b"\xfe\xff\xd8\x00\x00a")},
        {"IRT": 5},
    ],
)
def test_a_note_that_another_program_got_wrong_is_read_all_the_same(
    proof: Proof, tmp_path: Path, odd: dict[str, object]
) -> None:
    note = {"Contents": pikepdf.String("改"), "Rect": [0, 0, 20, 20]} | odd
    path = edited(tmp_path, proof.pdf, 1, Subtype=pikepdf.Name.Text, **note)
    (made,) = import_comments(path, proof, [], DAY)
    assert (made.anchor.page, made.date) == (1, DAY)
    assert as_json(made).encode("utf-8")


def test_a_locked_file_is_refused_and_a_name_that_is_no_text_is_read(
    proof: Proof, tmp_path: Path
) -> None:
    with pikepdf.open(io.BytesIO(proof.pdf)) as pdf:
        pdf.save(tmp_path / "locked.pdf", encryption=pikepdf.Encryption(owner="x", user="y"))
    with pytest.raises(Refused, match="N767"):
        import_comments(tmp_path / "locked.pdf", proof, [], DAY)
    odd = put(tmp_path, proof.pdf).rename(tmp_path / os.fsdecode(b"odd-\xff.pdf"))
    assert import_comments(odd, proof, [], DAY) == []


def test_a_page_without_boxes_and_pages_too_many_are_no_obstacle(
    proof: Proof, tmp_path: Path
) -> None:
    path = tmp_path / "sent.pdf"
    with pikepdf.open(io.BytesIO(proof.pdf)) as pdf:
        for _ in range(3):
            pdf.pages.append(pdf.pages[0])
        last = pdf.pages[-1].obj
        last.TrimBox = last.MediaBox = pikepdf.Name.None_
        last.Annots = [
            pikepdf.Dictionary(
                Subtype=pikepdf.Name.Text, Rect=[0, 0, 9, 9], Contents=pikepdf.String("改")
            )
        ]
        pdf.save(path)
    assert [made.text for made in import_comments(path, proof, [], DAY)] == ["改"]
