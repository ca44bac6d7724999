"""The gate: approvals follow the look of a page, rounds follow each other."""

from __future__ import annotations

import pytest

from newsletter.diagnostics import Refused, Spot
from newsletter.review.gate import obstacles, standings
from newsletter.review.records import Anchor, Approval, Comment, Records, Signature
from newsletter.review.rounds import rounds_of, sign
from newsletter.review.selection import pages_named

A, B, C = "a" * 64, "b" * 64, "c" * 64
LI, WANG = "李明 <li@example.org>", "王芳"
ROUNDS = ("初审", "复审", "终审")
DAY = "2022-01-05"


def verdict(page: int, digest: str, verdict: str = "approved", by: str = LI) -> Approval:
    return Approval.model_validate(
        {"page": page, "digest": digest, "verdict": verdict, "by": by, "date": DAY}
    )


def states(digests: list[str], *approvals: Approval) -> list[str]:
    return [s.state for s in standings(digests, Records(approvals=approvals))]


def codes(digests: list[str], records: Records, rounds: tuple[str, ...] = ()) -> list[str]:
    return [d.code for d in obstacles("one", digests, records, rounds)]


def test_an_unchanged_page_stays_approved_and_a_changed_one_is_stale() -> None:
    assert states([A, B], verdict(1, A), verdict(2, B)) == ["approved", "approved"]
    assert states([A, C], verdict(1, A), verdict(2, B)) == ["approved", "stale"]


def test_a_page_that_stands_elsewhere_stays_approved() -> None:
    assert states([C, A], verdict(1, A)) == ["stale", "approved"]


def test_a_page_that_went_back_to_its_old_look_is_approved_again() -> None:
    assert states([A], verdict(1, A), verdict(1, B)) == ["approved"]


def test_a_page_that_one_of_two_rejected_is_rejected() -> None:
    both = verdict(1, A), verdict(1, A, "rejected", WANG)
    assert states([A], *both) == ["rejected"]
    assert codes([A], Records(approvals=both)) == ["N749"]


def judges(*approvals: Approval) -> tuple[str, ...]:
    return standings([A], Records(approvals=approvals))[0].judges


def test_only_who_rejected_a_page_is_named_as_rejecting_it() -> None:
    assert judges(verdict(1, A)) == ("李明",)
    assert judges(verdict(1, A), verdict(1, A, "rejected", WANG)) == ("王芳",)
    assert judges(verdict(1, A), verdict(1, A, "approved", WANG)) == ("李明", "王芳")
    assert judges(verdict(1, B)) == ()


def test_a_rejection_of_another_look_rejects_no_more() -> None:
    assert states([B], verdict(1, A, "rejected")) == ["stale"]


def test_a_page_nobody_saw_keeps_the_gate_closed() -> None:
    assert codes([A], Records()) == ["N750"]
    assert codes([A], Records(approvals=(verdict(1, A),))) == []


def test_pages_nobody_saw_are_told_together() -> None:
    first, *more = obstacles("one", [A, B, C, "d" * 64], Records(approvals=(verdict(3, C),)), ())
    assert (first.code, more) == ("N750", [])
    assert first.message() == "nobody has approved pages 1–2, 4"
    assert first.message("zh") == "第1–2、4页还没有人批准"
    assert "--approve 1-2,4," in (first.hint_text() or "")
    (alone,) = obstacles("one", [A, B], Records(approvals=(verdict(2, B),)), ())
    assert (alone.place, alone.message()) == (Spot("one", 1), "nobody has approved page 1")


def test_pages_that_changed_since_the_same_people_approved_them_are_told_together() -> None:
    seen = [verdict(n, A) for n in (1, 2, 4)] + [verdict(3, A, by=WANG)]
    first, second = obstacles("one", [B] * 4, Records(approvals=tuple(seen)), ())
    assert (first.code, first.place) == ("N748", Spot("one"))
    assert first.message() == "pages 1–2, 4 have changed since they were approved (李明)"
    assert first.message("zh") == "第1–2、4页在批准之后又有改动（李明）"
    assert "--approve 1-2,4" in (first.hint_text() or "")
    assert (second.code, second.place) == ("N748", Spot("one", 3))
    assert second.message() == "page 3 has changed since it was approved (王芳)"


def test_pages_that_are_rejected_for_the_same_reason_are_told_together() -> None:
    digests = [letter * 64 for letter in "abcd"]
    notes = "图太小", "图太小", "错字", "图太小"
    seen = [
        verdict(n, digest, "rejected", WANG).model_copy(update={"note": note})
        for n, (digest, note) in enumerate(zip(digests, notes, strict=True), 1)
    ]
    first, second = obstacles("one", digests, Records(approvals=tuple(seen)), ())
    assert (first.code, first.place) == ("N749", Spot("one"))
    assert first.message() == "pages 1–2, 4 are rejected by 王芳: 图太小"
    assert first.message("zh") == "第1–2、4页被王芳退回：图太小"
    assert first.hint_text() == "change these pages, or have 王芳 approve them as they are"
    assert (second.place, second.message()) == (Spot("one", 3), "page 3 is rejected by 王芳: 错字")


def test_approvals_of_pages_that_are_gone_do_no_harm() -> None:
    assert codes([A], Records(approvals=(verdict(1, A), verdict(2, B)))) == []


def signed(*names: str, pages: tuple[str, ...] = (A, B)) -> Records:
    made = [Signature(round=name, pages=pages, by=LI, date=DAY) for name in names]
    return Records(signatures=tuple(made))


def test_all_rounds_signed_open_the_gate_without_further_approvals() -> None:
    assert codes([A, B], signed(*ROUNDS), ROUNDS) == []


def test_a_round_that_is_missing_is_named() -> None:
    found = obstacles("one", [A, B], signed("初审", "复审"), ROUNDS)
    assert [d.code for d in found if d.code == "N751"] == ["N751"]
    assert "终审" in found[-1].message("zh")


def test_the_last_round_must_hold_the_pages_as_they_are() -> None:
    found = obstacles("one", [A, C], signed(*ROUNDS), ROUNDS)
    assert [d.code for d in found] == ["N748", "N751"]
    assert "李明" in found[0].message("zh")
    assert "2" in (found[1].hint_text("en") or "")


def test_corrections_after_an_early_round_are_what_it_is_for() -> None:
    early = Signature(round="初审", pages=(C,), by=LI, date=DAY)
    late = signed("复审", "终审").signatures
    assert codes([A, B], Records(signatures=(early, *late)), ROUNDS) == []


def test_a_rejected_page_stays_rejected_though_the_round_is_signed() -> None:
    records = Records(approvals=(verdict(1, A, "rejected"),), signatures=signed(*ROUNDS).signatures)
    assert codes([A, B], records, ROUNDS) == ["N749"]


def test_rounds_are_signed_in_order() -> None:
    with pytest.raises(Refused, match="N747"):
        sign(ROUNDS, Records(), "复审", [A], LI, DAY)
    made = sign(ROUNDS, signed("初审"), "复审", [A], WANG, DAY)
    assert (made.round, made.pages) == ("复审", (A,))
    assert [bool(r.signatures) for r in rounds_of(ROUNDS, signed("初审"))] == [True, False, False]


@pytest.mark.parametrize(("rounds", "hint"), [(ROUNDS, "suggest"), ((), "none")])
def test_an_unknown_round_gets_a_suggestion(rounds: tuple[str, ...], hint: str) -> None:
    with pytest.raises(Refused) as refusal:
        sign(rounds, Records(), "初申", [A], LI, DAY)
    assert [(d.code, d.hint) for d in refusal.value.diagnostics] == [("N746", hint)]


def test_open_comments_are_told_but_close_nothing() -> None:
    said = Comment.new("改", Anchor(page=1), LI, DAY)
    found = obstacles("one", [A], Records((verdict(1, A),), (said,)), ())
    assert [(d.code, d.severity) for d in found] == [("N752", "warning")]


@pytest.mark.parametrize(
    ("text", "pages"),
    [("all", [1, 2, 3, 4, 5]), ("3", [3]), ("1-2,5", [1, 2, 5]), ("2–3，3", [2, 3])],
)
def test_pages_are_named_as_people_do(text: str, pages: list[int]) -> None:
    assert pages_named(text, 5, "one") == pages


@pytest.mark.parametrize("text", ["0", "6", "3-2", "x", "", "1,,2", "-1", "1-9"])
def test_what_names_no_page_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="N753"):
        pages_named(text, 5, "one")
