"""A proof: pages with blocks that know their YAML, and digests that tell pages apart."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsletter.review.pixels import draw_page, page_count, page_digest
from newsletter.review.proof import make_proof
from workshop import TEMPLATE, Workshop

AT = TEMPLATE.replace("<h2>", '<h2 {{ at(article, "title") }}>')


@pytest.fixture
def shop(tmp_path: Path) -> Workshop:
    made = Workshop(tmp_path)
    made.set_up(html=AT)
    return made


def test_a_block_knows_its_line_of_yaml_and_its_place(shop: Workshop) -> None:
    (page,) = make_proof(shop.root, "one").pages
    (heading,) = [block for block in page.blocks if block.element == "h2"]
    assert heading.origin.startswith("issues/one/issue.yaml:")
    assert heading.article == "first"
    assert 20 <= heading.left_mm < heading.left_mm + heading.width_mm <= 190
    assert 20 < heading.top_mm < 60


def test_blocks_are_elements_not_their_lines(shop: Workshop) -> None:
    shop.write_article("一段话。" * 60)
    (page,) = make_proof(shop.root, "one").pages
    assert len([block for block in page.blocks if block.element == "p"]) == 1
    assert len([line for line in page.lines if "一段话" in line.text]) > 3


def test_the_same_page_has_the_same_digest_and_a_word_changes_it(shop: Workshop) -> None:
    first = make_proof(shop.root, "one").pages[0].digest
    assert make_proof(shop.root, "one").pages[0].digest == first
    shop.write_article("正文两行。")
    assert make_proof(shop.root, "one").pages[0].digest != first


def test_a_page_is_drawn_within_its_trim(shop: Workshop) -> None:
    proof = make_proof(shop.root, "one")
    assert page_count(proof.pdf) == 1
    drawn = draw_page(proof.pdf, 0, 25.4)
    assert drawn.size == pytest.approx((210, 297), abs=1)
    assert page_digest(drawn) != page_digest(drawn.crop((0, 0, 10, 10)))
