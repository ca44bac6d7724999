"""Small results kept in one entry: found again, given anew where they are not whole."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from newsletter import checking
from newsletter.cache import ledger
from newsletter.cache.ledger import noted, opened
from newsletter.compose import templates
from newsletter.diagnostics import Diagnostic
from small_issue import ARTICLE, COMPOSER, program, swap
from workshop import Workshop


def counted() -> Iterator[str]:
    yield from ("first", "second", "third")


def test_an_answer_is_given_once_for_the_same_parts(cache: Path) -> None:
    answers = counted()
    for _ in range(2):
        with opened("issue"):
            assert noted("kind", ("a", "b"), lambda: next(answers)) == "first"
    with opened("issue"):
        assert noted("kind", ("ab", ""), lambda: next(answers)) == "second"
        assert noted("other", ("a", "b"), lambda: next(answers)) == "third"
    assert len([path for path in cache.rglob("*") if path.is_file()]) == 1


def test_subjects_are_kept_apart_and_without_one_nothing_is(cache: Path) -> None:
    answers = counted()
    with opened("one"):
        noted("kind", ("a",), lambda: next(answers))
    with opened("two"):
        assert noted("kind", ("a",), lambda: next(answers)) == "second"
    assert noted("kind", ("a",), lambda: next(answers)) == "third"


def test_without_a_cache_answers_are_given_each_time() -> None:
    answers = counted()
    with opened("issue"):
        noted("kind", ("a",), lambda: next(answers))
        assert noted("kind", ("a",), lambda: next(answers)) == "second"


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b"\xff" * 80])
def test_a_damaged_entry_is_as_good_as_none(cache: Path, damage: bytes) -> None:
    answers = counted()
    with opened("issue"):
        noted("kind", ("a",), lambda: next(answers))
    (path,) = (path for path in cache.rglob("*") if path.is_file())
    path.write_bytes(damage)
    for expected in ("second", "second"):
        with opened("issue"):
            assert noted("kind", ("a",), lambda: next(answers)) == expected


@pytest.mark.parametrize("content", [b"{", b"[]", b"\xff"])
def test_an_entry_that_is_no_ledger_is_as_good_as_none(cache: Path, content: bytes) -> None:
    store = ledger.at_hand()
    assert store
    store.keep(ledger.key_of(ledger.KIND, ("issue",)), content)
    with opened("issue"):
        assert noted("kind", ("a",), lambda: "given") == "given"


def test_what_is_not_asked_for_gives_way(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledger, "MOST", 2)
    for name in ("old", "asked", "new"):
        with opened("issue"):
            noted("kind", ("asked",), lambda: "kept")
            noted("kind", (name,), lambda: "given")
    with opened("issue"):
        assert noted("kind", ("asked",), lambda: "lost") == "kept"
        assert noted("kind", ("old",), lambda: "given again") == "given again"


def test_a_refusal_on_the_way_keeps_what_was_given(cache: Path) -> None:
    answers = counted()

    def refused() -> None:
        with opened("issue"):
            noted("kind", ("a",), lambda: next(answers))
            raise KeyError

    with pytest.raises(KeyError):
        refused()
    with opened("issue"):
        assert noted("kind", ("a",), lambda: next(answers)) == "first"


# What is kept


def found(root: Path) -> list[Diagnostic]:
    return checking.check(root, "one")


def slipshod(small: Path) -> Path:
    """Give the article a slip of the pen and a title that is too long."""
    swap(small / ARTICLE, "会议指出，", "会议指出,")
    swap(small / ARTICLE, "title: ", "title: " + "绿色发展" * 30)
    return small


def test_a_check_says_the_same_with_any_cache(small: Path, cache: Path) -> None:
    root = slipshod(small)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NEWSLETTER_CACHE", "off")
        without = found(root)
    assert {"N406"} <= {problem.code for problem in without}
    assert found(root) == without
    assert found(root) == without
    for number, path in enumerate(path for path in cache.rglob("*") if path.is_file()):
        whole = path.read_bytes()
        path.write_bytes([whole[:-1] + b"!", whole[:20], b""][number % 3])
    assert found(root) == without
    assert found(root) == without


def test_a_second_check_reads_only_what_has_changed(
    small: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = slipshod(small)
    first = found(root)
    read: list[str] = []

    def reading(text: str, *, prose: bool) -> list[object]:
        read.append(text)
        return []

    def refuse(*_arguments: object, **_choices: object) -> None:
        raise AssertionError("done again")

    monkeypatch.setattr("newsletter.subedit.read", reading)
    monkeypatch.setattr("newsletter.typesetting.copyfit.fit_text", refuse)
    monkeypatch.setattr("jinja2.Environment.compile", refuse)
    assert found(root) == first
    assert read == []
    swap(root / ARTICLE, "会议指出,", "大会指出,")
    assert "N406" not in {problem.code for problem in found(root)}
    assert len(read) == 1


def test_no_lines_are_composed_for_titles_that_are_as_they_were(small: Path, cache: Path) -> None:
    root = slipshod(small)
    first = program(root, "check", "one", "--layout", "silkroad")
    swap(root / ARTICLE, "会议指出,", "大会指出，")
    second = program(root, "check", "one", "--layout", "silkroad")
    assert "N801" in first.stdout
    assert "N801" in second.stdout
    assert "N406" not in second.stdout
    assert COMPOSER in first.stderr
    assert COMPOSER not in second.stderr


def test_a_template_of_the_same_name_and_source_elsewhere_tells_its_own_place(
    tmp_path: Path, cache: Path
) -> None:
    places = []
    for name in ("here", "there"):
        shop = Workshop(tmp_path / name)
        shop.set_up("<p>\n{{ issue.nothing }}</p>", "")
        places += [problem.place for problem in found(shop.root)]
    assert {str(place) for place in places if place} == {"layouts/plain/template.html.j2:2:10"}
    assert len(places) == 2


def test_a_damaged_template_is_compiled_anew(
    small: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert found(small) == []
    monkeypatch.setattr(templates.marshal, "loads", _never_damaged(templates.marshal.loads))
    for path in (path for path in cache.rglob("*") if path.is_file()):
        path.write_bytes(path.read_bytes()[:40] + bytes(40))
    assert found(small) == []


def _never_damaged(loads: object) -> object:
    """Wrap `marshal.loads` so that bytes which a compiler has not made are told."""

    def checked(content: bytes) -> object:
        assert not content.endswith(bytes(40))
        return loads(content)  # type: ignore[operator]

    return checked
