"""The proof room, the signatures of pages, and what is laid over them."""

from __future__ import annotations

import io
import os
import shutil
from collections.abc import Sequence
from pathlib import Path

import publication
import pytest
from PIL import Image
from publication import article, edit

from newsletter import checking
from newsletter import render as rendering
from newsletter.compose.galley import Galley
from newsletter.diagnostics import Diagnostic, Refused
from newsletter.forme import Forme
from newsletter.preview import proofroom
from newsletter.preview.contrast import faint_texts, ratio
from newsletter.preview.drawing import drawn
from newsletter.preview.guides import guides_of
from newsletter.preview.leaf import Glimpse, Impression, Order, Print, Spoilt
from newsletter.preview.proofroom import ProofRoom
from newsletter.preview.signatures import page_signatures
from newsletter.render import Glance, Pages
from newsletter.review.anchors import Location, Locator, anchor_in, point_anchor
from newsletter.review.pixels import draw_page
from newsletter.review.proof import ProofPage, make_proof
from newsletter.review.records import Anchor
from workshop import FILLERS, HOUSE, PUBLICATION, SQUARE, STYLE, write


@pytest.fixture
def room() -> ProofRoom:
    return ProofRoom()


def make(
    room: ProofRoom, root: Path, *, is_text: bool = True, outdated: bool = False
) -> list[Print]:
    made: list[Print] = []
    room.make(Order(1, str(root), "one", None, is_text), made.append, lambda: outdated)
    return made


def whole(room: ProofRoom, root: Path) -> Impression:
    last = make(room, root)[-1]
    assert isinstance(last, Impression)
    return last


def test_pages_look_as_the_review_says(room: ProofRoom, root: Path) -> None:
    made = whole(room, root)
    proof = make_proof(root, "one")
    assert [leaf.page.digest for leaf in made.leaves] == [page.digest for page in proof.pages]
    assert made.findings == proof.findings


def digests(made: Impression) -> list[str]:
    return [leaf.page.digest for leaf in made.leaves]


def test_after_an_edit_only_its_page_is_laid_out_and_drawn(room: ProofRoom, root: Path) -> None:
    before = whole(room, root)
    edit(article(root, "second"), "绿色发展", "绿色转型")
    (made,) = make(room, root)
    assert isinstance(made, Impression)
    assert set(range(5)) - room.forme.chase.put_in <= {1, 2}
    assert made.prints.digests == (digests(made)[2],)
    assert made.prints.drawn[0].startswith(b"\x89PNG")
    assert [pair[0] == pair[1] for pair in zip(digests(before), digests(made), strict=True)] == [
        *(True, True, False, True, True)
    ]
    assert digests(made) == digests(whole(ProofRoom(), root))


def test_pages_that_stand_elsewhere_get_their_new_number(room: ProofRoom, root: Path) -> None:
    whole(room, root)
    text = article(root, "first").read_text("utf-8")
    for name in ("zero", "nought"):
        article(root, name).write_text(text.replace("id: first", f"id: {name}"), "utf-8")
    names = [f"articles/{name}.yaml" for name in ("zero", "nought", "first")]
    edit(root / "issues/one/issue.yaml", "articles/first.yaml", "\n      - ".join(names))
    made = whole(room, root)
    assert len(room.forme.chase.put_in) > 2
    assert digests(made) == digests(whole(ProofRoom(), root))


@pytest.mark.parametrize("fills", [False, True])
def test_a_running_head_that_says_something_else_is_drawn_anew(
    room: ProofRoom, root: Path, *, fills: bool
) -> None:
    if fills:
        fill_up(root)
    with (root / "layouts/plain/style.css").open("a", encoding="utf-8") as style:
        style.write("@page { @top-center { content: string(name) } }\n")
        style.write("body > h1 { string-set: name content() }\n")
    before = whole(room, root)
    edit(root / "newsletter.yaml", "小报", "大报")
    made = whole(room, root)
    assert not {*digests(before)} & {*digests(made)}
    assert_as_fresh(made, root)


# Whole sheets -----------------------------------------------------------------------------------


def fill_up(root: Path, ending: str = "") -> None:
    """Have the layout fill its five pages up to eight."""
    html = publication.HTML.replace("</body>", f"{ending}{FILLERS}</body>")
    page = {"width_mm": 210, "height_mm": 297, "multiple": 4}
    style = STYLE.replace("counter(page)", 'counter(page) " / " counter(pages)')
    publication.make(root).set_up(html=html, style=style + publication.EACH_ON_ITS_PAGE, page=page)


def assert_as_fresh(made: Impression, root: Path) -> None:
    """Assert that pages, what stands on them and from which lines are those of a first layout."""
    fresh = whole(ProofRoom(), root)
    assert made.leaves == fresh.leaves
    assert made.findings == fresh.findings


def test_with_fillers_an_edit_has_only_its_page_laid_out(room: ProofRoom, root: Path) -> None:
    fill_up(root)
    whole(room, root)
    for old, new in (
        ("绿色发展", "绿色转型"),
        ("绿色转型", "绿色未来"),
        ("id: second", "\nid: second"),
    ):
        edit(article(root, "second"), old, new)
        made = whole(room, root)
        assert_as_fresh(made, root)
        assert len(made.leaves) == 8
    stood = {fillers: chase.put_in for fillers, chase in room.forme.chases.items()}
    assert set(range(5)) - stood[0] <= {1, 2}
    assert set(range(8)) - stood[3] <= {1, 2}


def test_with_fillers_a_page_is_glimpsed_before_it_is_known_how_many(
    room: ProofRoom, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill_up(root)
    whole(room, root)
    laid_out = list[int]()

    def render(galley: Galley, forme: Forme | None, glance: Glance | None) -> Pages:
        laid_out.append(galley.fillers)
        return rendering.try_out(galley, forme, glance)

    monkeypatch.setattr("newsletter.edition.try_out", render)
    edit(article(root, "second"), "绿色发展", "绿色转型")
    seen: list[tuple[str, list[int]]] = []
    order = Order(2, str(root), "one", None, is_text=True, dpi=72, looked_at=(3,))
    room.make(order, lambda made: seen.append((type(made).__name__, laid_out[:])))
    assert seen == [("Glimpse", [3]), ("Impression", [3, 0])]


@pytest.mark.parametrize(
    "ending", ["", '{% if not fillers %}<p style="break-before: page">末页</p>{% endif %}']
)
def test_fillers_come_and_go_as_in_a_build(room: ProofRoom, root: Path, ending: str) -> None:
    fill_up(root, ending)
    counts = list[int]()
    issue = root / "issues/one/issue.yaml"
    for taken in ("fourth", "third", "second", "first"):
        assert_as_fresh(whole(room, root), root)
        counts.append(room.forme.fillers)
        assert set(room.forme.chases) == {0, counts[-1]} or not counts[-1]
        edit(issue, f"      - articles/{taken}.yaml\n", "")
    assert len(set(counts)) > 2


def test_what_is_refused_with_fillers_is_decided_without_them(
    room: ProofRoom, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill_up(root)
    whole(room, root)
    edit(article(root, "second"), "绿色发展", "绿色转型")
    laid_out = list[int]()

    def render(galley: Galley, forme: Forme | None, glance: Glance | None) -> Pages:
        laid_out.append(galley.fillers)
        if len(laid_out) == 1:
            raise Refused([Diagnostic("N705", None, {"reason": "no"})])
        return rendering.try_out(galley, forme, glance)

    monkeypatch.setattr("newsletter.edition.try_out", render)
    made = whole(room, root)
    assert laid_out == [3, 0, 3]
    monkeypatch.undo()
    assert_as_fresh(made, root)


def test_with_fillers_all_is_laid_out_anew_for_another_term(room: ProofRoom, root: Path) -> None:
    fill_up(root)
    whole(room, root)
    write(root / "newsletter.yaml", PUBLICATION | {"terms": ["后来的人"]})
    assert_as_fresh(whole(room, root), root)


# Glimpses ---------------------------------------------------------------------------------------


def test_many_pages_are_glimpsed_first(
    room: ProofRoom, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(proofroom, "MOST_AT_ONCE", 0)
    whole(room, root)
    edit(article(root, "second"), "绿色发展", "绿色转型")
    glimpse, made = make(room, root)
    assert isinstance(glimpse, Glimpse)
    assert isinstance(made, Impression)
    assert [leaf.page.number for leaf in glimpse.leaves] == [3]
    assert glimpse.leaves[0].page.digest == made.leaves[2].page.digest


def test_the_page_that_is_looked_at_is_glimpsed_after_another_stylesheet(
    room: ProofRoom, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(proofroom, "MOST_AT_ONCE", 4)
    whole(room, root)
    edit(root / "layouts/plain/style.css", "h1, h2", "h2 { color: #070 }\nh1, h2")
    made: list[Print] = []
    room.make(Order(2, str(root), "one", None, looked_at=(4,), dpi=72), made.append)
    glimpse, impression = made
    assert isinstance(glimpse, Glimpse)
    assert isinstance(impression, Impression)
    assert [leaf.page.number for leaf in glimpse.leaves] == [4]
    assert glimpse.prints.dpi == 72
    assert glimpse.leaves[0].page.digest == impression.leaves[3].page.digest


def test_a_page_that_is_looked_at_is_handed_out_before_the_whole(
    room: ProofRoom, root: Path
) -> None:
    whole(room, root)
    room.rest()
    edit(article(root, "second"), "绿色发展", "绿色转型")
    made: list[Print] = []
    room.make(Order(2, str(root), "one", None, is_text=True, dpi=72, looked_at=(3, 4)), made.append)
    glimpse, impression = made
    assert isinstance(glimpse, Glimpse)
    assert isinstance(impression, Impression)
    assert [leaf.page.number for leaf in glimpse.leaves] == [3]
    fresh = whole(ProofRoom(), root)
    assert glimpse.leaves[0].page.digest == digests(impression)[2] == digests(fresh)[2]
    assert glimpse.leaves[0].page.blocks == fresh.leaves[2].page.blocks
    assert glimpse.leaves[0].area == fresh.leaves[2].area
    size = Image.open(io.BytesIO(glimpse.prints.drawn[0])).size
    assert size == pytest.approx((210 / 25.4 * 72, 297 / 25.4 * 72), abs=1)
    assert impression.prints.drawn == (b"",)  # not drawn a second time


def test_no_page_is_handed_out_before_the_whole_if_it_looks_as_before(
    room: ProofRoom, root: Path
) -> None:
    whole(room, root)
    edit(article(root, "second"), "绿色发展", "绿色转型")
    made: list[Print] = []
    room.make(Order(2, str(root), "one", None, is_text=True, looked_at=(2, 4)), made.append)
    assert [type(print_) for print_ in made] == [Impression]


class Pipe:
    """Stands in for the pipe to the server; `written_again` if another order comes soon."""

    def __init__(self, *, written_again: bool) -> None:
        self.written_again, self.sent = written_again, list[Print]()

    def poll(self, patience_s: float) -> bool:
        assert patience_s > 0
        return self.written_again

    def send(self, made: Print) -> None:
        self.sent.append(made)


@pytest.mark.parametrize("written_again", [False, True])
def test_what_is_wrong_with_half_a_file_is_not_told(written_again: bool) -> None:  # noqa: FBT001
    pipe, spoilt = Pipe(written_again=written_again), Spoilt(1, ())
    proofroom.send(pipe, spoilt)  # type: ignore[arg-type]
    assert pipe.sent == ([] if written_again else [spoilt])


@pytest.mark.parametrize("dpi", [36, 72, 144, 216])
def test_a_picture_is_the_page_in_as_many_dots(room: ProofRoom, root: Path, dpi: int) -> None:
    data = whole(room, root).prints.trimmed
    picture = Image.open(io.BytesIO(drawn(data, 1, dpi)))
    assert picture.size == pytest.approx((210 / 25.4 * dpi, 297 / 25.4 * dpi), abs=1)
    page = draw_page(data, 1, 144)
    wanted = page.reduce(144 // dpi) if dpi <= 144 else draw_page(data, 1, dpi)
    assert picture.tobytes() == wanted.tobytes()
    assert drawn(data, 1, dpi, page) == drawn(data, 1, dpi)


def test_another_stylesheet_shows_on_every_page(room: ProofRoom, root: Path) -> None:
    before = whole(room, root)
    style = root / "layouts/plain/style.css"
    edit(style, "h1, h2", "h2 { color: #070 }\nh1, h2")
    (made,) = make(room, root, is_text=False)
    assert isinstance(made, Impression)
    changed = [
        now.page.number
        for now, then in zip(made.leaves, before.leaves, strict=True)
        if now.page.digest != then.page.digest
    ]
    assert changed == [2, 3, 4, 5]


def test_the_whole_is_left_to_a_newer_order(
    room: ProofRoom, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(proofroom, "MOST_AT_ONCE", 0)
    whole(room, root)
    edit(article(root, "second"), "绿色发展", "绿色转型")
    (glimpse,) = make(room, root, outdated=True)
    assert isinstance(glimpse, Glimpse)


def test_a_broken_issue_is_spoilt_with_all_that_is_wrong(room: ProofRoom, root: Path) -> None:
    for name in ("first", "second"):
        edit(article(root, name), "title:", "titel:")
    for spoilt in make(room, root):
        assert isinstance(spoilt, Spoilt)
        assert [found.code for found in spoilt.findings].count("N104") == 2


@pytest.mark.parametrize("wrong", ["  title: [", "titel: 文", "body: 文（。"])
def test_what_is_in_the_way_is_told_first_and_then_what_check_says(
    room: ProofRoom, root: Path, wrong: str
) -> None:
    edit(article(root, "first"), "title: first篇标题", wrong)
    edit(article(root, "third"), "第二段。", "第二段,有半角逗号。")
    first, then = make(room, root)
    assert isinstance(first, Spoilt)
    assert isinstance(then, Spoilt)
    assert (first.is_whole, then.is_whole) == (False, True)
    assert list(then.findings) == checking.check(root, "one")
    assert {found.code for found in then.findings} > {found.code for found in first.findings}


def test_what_check_says_of_a_layout_is_of_the_one_that_is_shown(
    room: ProofRoom, root: Path
) -> None:
    made: list[Print] = []
    room.make(Order(1, str(root), "one", "nowhere"), made.append)
    assert [list(spoilt.findings) for spoilt in made if isinstance(spoilt, Spoilt)][-1] == (
        checking.check(root, "one", "nowhere")
    )


def test_what_check_says_is_left_to_a_newer_order(room: ProofRoom, root: Path) -> None:
    edit(article(root, "first"), "title:", "titel:")
    (spoilt,) = make(room, root, outdated=True)
    assert isinstance(spoilt, Spoilt)
    assert not spoilt.is_whole


def test_signatures_tell_pages_apart_as_their_looks_do(root: Path) -> None:
    before = page_signatures(whole(ProofRoom(), root).prints.trimmed)
    edit(article(root, "second"), "绿色发展", "绿色转型")
    after = page_signatures(whole(ProofRoom(), root).prints.trimmed)
    assert [
        index for index, pair in enumerate(zip(before, after, strict=True)) if len(set(pair)) > 1
    ] == [2]
    assert len(set(before)) == 5


def test_another_file_of_a_font_has_every_page_drawn_again(room: ProofRoom, root: Path) -> None:
    shutil.copytree(HOUSE / "fonts" / "wenkai", root / "fonts" / "wenkai")
    whole(room, root)
    room.looks = {"signature": "as before"}
    assert not whole(room, root).prints.digests
    for file in (root / "fonts" / "wenkai").glob("*.ttf"):
        os.utime(file, (1, 1))
    assert len(whole(room, root).prints.digests) == 5
    assert "signature" not in room.looks


def test_a_picture_in_another_colour_has_another_signature(tmp_path: Path, room: ProofRoom) -> None:
    shop = publication.make(tmp_path)
    shop.set_up(
        html=publication.HTML,
        style=publication.STYLE + "h2 { background: url(square.svg) }",
        parts={"square.svg": SQUARE.replace("<svg", '<svg width="8" height="8"')},
    )
    before = page_signatures(whole(room, tmp_path).prints.trimmed)
    edit(shop.layout / "square.svg", "<path", '<path fill="red"')
    assert page_signatures(whole(room, tmp_path).prints.trimmed) != before


# Overlays


def test_guides_are_those_of_the_layout(room: ProofRoom, root: Path) -> None:
    edit(root / "layouts/plain/layout.yaml", '"columns": 1', '"columns": 2')
    edit(root / "layouts/plain/layout.yaml", '"column_characters": 40', '"column_characters": 23')
    edit(root / "layouts/plain/layout.yaml", '"gap_characters": 0', '"gap_characters": 2')
    made = whole(room, root)
    guides = guides_of(made.leaves[1], made.leaves, made.sheet)
    assert guides["area"] == pytest.approx([20, 20, 170, 257], abs=0.01)
    assert [column[1] for column in guides["columns"]] == pytest.approx([81.14, 81.14], abs=0.01)
    assert guides["columns"][0][0] == pytest.approx(20, abs=0.01)


def test_most_baselines_stand_on_the_grid(room: ProofRoom, root: Path) -> None:
    made = whole(room, root)
    leaf = made.leaves[1]
    baselines = guides_of(leaf, made.leaves, made.sheet)["baselines"]
    for line in [line for line in leaf.page.lines if line.origin]:
        assert min(abs(line.baseline_mm - baseline) for baseline in baselines) < 0.02
    assert all(20 < baseline < 278 for baseline in baselines)


def test_faint_texts_are_found_with_their_ratio(room: ProofRoom, root: Path) -> None:
    made = whole(room, root)
    assert faint_texts(made.prints.trimmed, 1) == []
    edit(root / "layouts/plain/style.css", "h1, h2", "h2 { color: #999 }\nh1, h2")
    made = whole(room, root)
    (faint, *_more) = faint_texts(made.prints.trimmed, 1)
    assert faint.ratio == pytest.approx(2.85, abs=0.01)
    (heading,) = [block for block in made.leaves[1].page.blocks if block.element == "h2"]
    assert heading.top_mm - 0.5 <= faint.top <= heading.top_mm + heading.height_mm
    assert ratio((0, 0, 0), (255, 255, 255)) == pytest.approx(21)


# What comments are about


SIZE = (210.0, 297.0)


def where(anchor: Anchor, pages: Sequence[ProofPage]) -> Location:
    return Locator(pages, SIZE).locate(anchor)


def pages_of(room: ProofRoom, root: Path) -> list[ProofPage]:
    return [leaf.page for leaf in whole(room, root).leaves]


def test_an_anchor_finds_its_block_again_after_edits_elsewhere(room: ProofRoom, root: Path) -> None:
    pages = pages_of(room, root)
    block = next(block for block in pages[2].blocks if block.element == "p")
    anchor = anchor_in(pages, block, block.left_mm + block.width_mm / 2, block.top_mm + 1)
    assert anchor.text.startswith("second的正文")
    assert anchor.text.startswith(anchor.quote)
    assert where(anchor, pages).page == 3
    edit(article(root, "first"), "body: |\n", "body: |\n" + "  新的一段。\n\n" * 60)
    later = where(anchor, pages_of(room, root))
    assert later.page > 3
    assert later.how == "same"


def test_an_anchor_whose_words_changed_is_the_nearest_in_words(room: ProofRoom, root: Path) -> None:
    pages = pages_of(room, root)
    block = next(block for block in pages[2].blocks if block.element == "p")
    anchor = anchor_in(pages, block, 30, 30)
    edit(article(root, "second"), "second的正文", "别的正文")
    pages = pages_of(room, root)
    assert where(anchor, pages).how == "changed"
    lost = where(anchor.model_copy(update={"text": "早已删去的一句，别处没有。"}), pages)
    assert (lost.page, lost.how) == (3, "adrift")


def test_a_point_of_a_page_needs_no_block(room: ProofRoom, root: Path) -> None:
    pages = pages_of(room, root)
    found = where(point_anchor(1, 105, 200, SIZE), pages)
    assert (found.page, found.x_mm) == (1, pytest.approx(105, abs=0.02))
    assert found.y_mm == pytest.approx(200, abs=0.02)


def test_alike_blocks_are_told_apart_by_their_order(room: ProofRoom, root: Path) -> None:
    edit(article(root, "first"), "body: |\n", "body: |\n  一样。\n\n  一样。\n\n")
    pages = pages_of(room, root)
    same = [block for block in pages[1].blocks if block.element == "p"][:2]
    anchors = [anchor_in(pages, block, block.left_mm, block.top_mm) for block in same]
    assert [anchor.occurrence for anchor in anchors] == [0, 1]
    assert where(anchors[0], pages).y_mm < where(anchors[1], pages).y_mm
