"""N901 to N907: files that cannot be examined are refused, quickly and in words."""

from __future__ import annotations

import io
import time
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from newsletter.diagnostics import Refused
from newsletter.preflight import document, isolation, limits
from newsletter.preflight.content.record import Record
from newsletter.preflight.document import opened
from newsletter.preflight.isolation import Examined, Order, examine_apart
from small_pdf import form, found, press_pdf

GOOD = press_pdf()
PATIENCE = 30.0
"""Seconds in which each of these must be refused, on a slow machine."""


def refusals(data: bytes) -> list[str]:
    try:
        with opened("small.pdf", data) as pdf:
            assert pdf.reading
    except Refused as refusal:
        return [d.code for d in refusal.diagnostics]
    return []


@pytest.fixture(autouse=True)
def in_time() -> Iterator[None]:
    begun = time.monotonic()
    yield
    assert time.monotonic() - begun < PATIENCE


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "N901"),
        (b"%PDF", "N901"),
        (b"\xff\xd8\xff\xe0 a picture", "N901"),
        (b"%PDF-1.6\n", "N902"),
        (b"%PDF-1.6\n" + bytes(range(256)) * 40, "N902"),
        (b"%PDF-1.6\n" + b"[" * 100_000, "N902"),
        (GOOD[:200], "N902"),
    ],
    ids=["empty", "short", "picture", "header", "garbage", "brackets", "truncated"],
)
def test_what_is_no_pdf_is_refused(data: bytes, code: str) -> None:
    assert refusals(data) == [code]


def test_a_locked_file_is_refused() -> None:
    locks = pikepdf.Encryption(owner="a", user="b", R=4)
    assert refusals(press_pdf(save={"encryption": locks, "static_id": False})) == ["N903"]


def test_more_pages_than_a_volume_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(document, "MOST_PAGES", 3)
    assert refusals(GOOD) == ["N904"]
    with pytest.raises(Refused) as refusal, document.opened("a.pdf", GOOD):
        pass
    (problem,) = refusal.value.diagnostics
    assert problem.message("zh") == "PDF过大，无法检查：4页，上限为3"
    assert problem.message("en").endswith(": 4 pages, the limit is 3")


def test_a_file_beyond_all_measure_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(document, "LARGEST_FILE", 1000)
    assert refusals(GOOD) == ["N904"]


def test_ten_thousand_pages_are_refused() -> None:
    with pikepdf.new() as pdf:
        page = pdf.make_indirect(
            Dictionary(Type=Name.Page, MediaBox=[0, 0, 9, 9], Parent=pdf.Root.Pages)
        )
        kids = [pdf.make_indirect(Dictionary(page)) for _ in range(10_000)]
        pdf.Root.Pages.Kids, pdf.Root.Pages.Count = Array(kids), len(kids)
        out = io.BytesIO()
        pdf.save(out)
    assert refusals(out.getvalue()) == ["N904"]


def test_a_tree_of_pages_that_bites_its_tail_is_refused() -> None:
    def bite(pdf: pikepdf.Pdf) -> None:
        pdf.Root.Pages.Kids.append(pdf.Root.Pages)

    data = _written_as_is(bite)
    assert refusals(data) in (["N905"], ["N902"])


def _written_as_is(change: Any) -> bytes:  # noqa: ANN401 - what press_pdf takes
    with pikepdf.open(io.BytesIO(GOOD)) as pdf:
        change(pdf)
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


def test_a_file_without_pages_is_refused() -> None:
    def empty(pdf: pikepdf.Pdf) -> None:
        pdf.Root.Pages.Kids, pdf.Root.Pages.Count = Array([]), 0

    assert refusals(_written_as_is(empty)) in (["N905"], ["N902"])


# Content that asks for too much


def bomb(size: int) -> bytes:
    """A content stream of blanks that is a thousand times as large as it looks."""

    def change(pdf: pikepdf.Pdf) -> None:
        deflated = pdf.make_stream(b"")
        deflated.write(zlib.compress(b" " * size, 9), filter=Name.FlateDecode)
        pdf.pages[0].obj.Contents = deflated

    return press_pdf(change=change, save={"stream_decode_level": pikepdf.StreamDecodeLevel.none})


def stopped(data: bytes) -> list[object]:
    return [d.values["what"] for d in found(data, "N909") if d.hint == "too much"]


def test_a_bomb_is_not_unpacked() -> None:
    assert stopped(bomb(limits.LARGEST_CONTENT + 1)) == ["a content stream"]
    assert stopped(bomb(2**20)) == []


def test_a_form_that_calls_itself_is_stopped() -> None:
    def resources(pdf: pikepdf.Pdf) -> dict[str, Any]:
        thing = form(pdf, "/Self Do")
        thing.Resources = Dictionary(XObject=Dictionary(Self=thing))
        return {"XObject": {"Self": thing}}

    assert stopped(press_pdf("/Self Do", resources=resources)) == ["forms"]


def test_forms_that_call_ten_forms_that_call_ten_are_stopped(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("newsletter.preflight.content.record.MOST_OPERATORS", 100_000)

    def resources(pdf: pikepdf.Pdf) -> dict[str, Any]:
        inner = form(pdf, "0 0 9 9 re f")
        for _ in range(20):
            held = Dictionary(XObject=Dictionary(F=inner))
            inner = form(pdf, "/F Do " * 10, Resources=held)
        return {"XObject": {"F": inner}}

    assert stopped(press_pdf("/F Do", resources=resources)) == ["operators"]


def test_a_pattern_that_paints_itself_ends() -> None:
    def resources(pdf: pikepdf.Pdf) -> dict[str, Any]:
        tile = form(
            pdf, "/Pattern cs /T scn 0 0 9 9 re f", PatternType=1, PaintType=1, TilingType=1
        )
        tile.Resources = Dictionary(Pattern=Dictionary(T=tile))
        return {"Pattern": {"T": tile}}

    found(press_pdf("/Pattern cs /T scn 0 0 99 99 re f", resources=resources), "N909")


def test_rules_that_read_pages_do_not_pass_what_was_not_read() -> None:
    from newsletter.preflight.conditions import Conditions
    from newsletter.preflight.examination import examine

    with opened("small.pdf", bomb(limits.LARGEST_CONTENT + 1)) as pdf:
        report = examine(pdf, "press-coated", Conditions(), strict=True)
    verdicts = {outcome.rule.code: outcome for outcome in report.outcomes}
    assert verdicts["N909"].verdict == "failed"
    assert verdicts["N925"].verdict == "not checked"
    assert verdicts["N925"].reasons == ("reading stopped",)


def test_marks_and_bytes_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsletter.preflight.content.record.MOST_MARKS", 3)
    assert stopped(press_pdf("0 0 9 9 re f " * 4)) == ["marks"]
    monkeypatch.setattr("newsletter.preflight.content.record.LARGEST_CONTENT_IN_ALL", 3)
    assert stopped(press_pdf("0 0 9 9 re f")) == ["content streams"]
    assert Record().operators == 0


def test_qpdf_gets_its_own_limits_back() -> None:
    before = pikepdf.settings.get_qpdf_limits()
    with opened("small.pdf", GOOD):
        assert pikepdf.settings.get_qpdf_limits() != before
    assert pikepdf.settings.get_qpdf_limits() == before


# In a process of its own


def written(tmp_path: Path, data: bytes) -> Path:
    path = tmp_path / "small.pdf"
    path.write_bytes(data)
    return path


def codes(order: Order) -> list[str]:
    with pytest.raises(Refused) as refusal:
        examine_apart(order)
    return [d.code for d in refusal.value.diagnostics]


def test_a_good_file_comes_back_examined(tmp_path: Path) -> None:
    examined = examine_apart(Order(written(tmp_path, GOOD), "small.pdf", draws=True))
    assert isinstance(examined, Examined)
    assert examined.profile == "press-coated"
    assert examined.known_by == "by PDF/X"
    assert not examined.findings
    assert all(verdict.verdict == "passed" for verdict in examined.verdicts)


def test_pages_with_findings_are_drawn_and_measured_from_the_trim(tmp_path: Path) -> None:
    data = press_pdf("1 0 0 rg 100 100 9 9 re f")
    examined = isolation.examined(Order(tmp_path, "small.pdf", draws=True), data)
    assert list(examined.thumbnails) == [1]
    assert examined.thumbnails[1].png.startswith(b"\x89PNG")
    assert examined.thumbnails[1].view == pytest.approx((-3, -3, 216, 303), abs=0.01)


def test_what_is_refused_there_is_refused_here(tmp_path: Path) -> None:
    assert codes(Order(written(tmp_path, b"no"), "small.pdf")) == ["N901"]


def test_an_examination_that_takes_too_long_is_ended(tmp_path: Path) -> None:
    assert codes(Order(written(tmp_path, GOOD), "small.pdf", seconds=0.01)) == ["N906"]


def test_an_examination_that_takes_too_much_memory_is_ended(tmp_path: Path) -> None:
    pytest.importorskip("resource")
    order = Order(written(tmp_path, GOOD), "small.pdf", memory=16 * 2**20)
    assert codes(order) == ["N907"]


def test_memory_that_runs_out_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    sent: list[isolation._Answer] = []

    class Pipe:
        def send(self, answer: isolation._Answer) -> None:
            sent.append(answer)

    def exhausted(_order: Order, _data: bytes) -> Examined:
        raise MemoryError

    monkeypatch.setattr(isolation, "examined", exhausted)
    monkeypatch.setattr(isolation, "_limit", lambda _bounds: None)
    monkeypatch.setattr(isolation, "_silence", lambda: None)
    order = Order(written(tmp_path, GOOD), "small.pdf")
    pipe: Any = Pipe()
    isolation._work(isolation.Bounds(), False, pipe, isolation._file_examined, order)  # noqa: FBT003
    assert [answer.failed for answer in sent] == ["memory"]
