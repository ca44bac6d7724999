"""Selectors are compiled when an element is first asked, once, and mean what they meant."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import cssselect2
import pytest

from newsletter.typesetting.selectors import asked_first, put_off

TREE = ET.fromstring("<x><a class='one'><b/></a><c><b/><b title='t'/></c></x>")  # noqa: S314 - ours


def test_a_selector_is_compiled_once_and_not_before_it_is_asked() -> None:
    made: list[str] = []
    test = asked_first(
        "made.append('it') or (lambda el: el == word)", {"made": made, "word": 1}, {}
    )
    assert made == []
    assert [test(1), test(2), test(1)] == [True, False, True]
    assert made == ["it"]


@pytest.mark.parametrize(
    ("selector", "meant"),
    [
        ("b", [3, 5, 6]),
        (".one > b", [3]),
        ("c :is(b, d)[title]", [6]),
        ("b:not(:first-child)", [6]),
        ("x:has(c)", [1]),
        ("b, c", [3, 4, 5, 6]),
    ],
)
def test_selectors_mean_what_they_meant(selector: str, meant: list[int]) -> None:
    put_off()
    elements = list(cssselect2.ElementWrapper.from_xml_root(TREE).iter_subtree())
    tests = [one.test for one in cssselect2.compile_selector_list(selector)]
    assert all(test.__module__ == asked_first.__module__ for test in tests)
    found = [k for k, element in enumerate(elements, 1) if any(test(element) for test in tests)]
    assert found == meant
