"""The Chinese documents keep step with the English ones.

Sentences are for people to compare; what must be the same in both languages is compared here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from workshop import HOUSE

CHINESE = sorted([*HOUSE.glob("*.zh.md"), *(HOUSE / "docs").rglob("*.zh.md")])
NAMES = [path.relative_to(HOUSE).as_posix() for path in CHINESE]

WORDED = {"字段: 文字": "field: text"}
"""Code that stands for words, and is worded anew: Chinese, English."""

ELSEWHERE = {"需要多少时间": "How long it takes"}
"""Sections of measured figures, which only the English document has: Chinese, English."""

OTHERWISE = {"docs/authoring.zh.md": {"100"}}
"""Numbers that Chinese says otherwise: 100 megapixels are 1亿像素."""


def english(path: Path) -> Path:
    return path.with_name(path.name.replace(".zh.md", ".md"))


def parts(text: str) -> tuple[list[str], list[list[str]]]:
    """Return the lines that are not code, and the blocks of code, fenced or indented."""
    prose: list[str] = []
    blocks: list[list[str]] = []
    is_fenced = is_block = False
    for line in text.splitlines():
        if line.startswith("```"):
            is_fenced = not is_fenced
            if is_fenced:
                blocks.append([])
            continue
        if is_fenced:
            blocks[-1].append(line)
            continue
        was_block, is_block = is_block, line.startswith("    ")
        if not is_block:
            prose.append(line)
        elif was_block:
            blocks[-1].append(line.strip())
        else:
            blocks.append([line.strip()])
    return prose, blocks


def bare(line: str) -> str:
    """Return a line of code without its remark; of what the tool says, place and code."""
    told = re.match(r"(\S+:\d+:\d+: )\S+ (N\d{3} [a-z-]+)", line)
    if told:
        return "".join(told.groups())
    return re.split(r"\s{2,}|(?:^|\s)# |\s*(?:hint|提示)[:：]", line.strip())[0]


def headings(path: Path) -> list[str]:
    prose, _ = parts(path.read_text("utf-8"))
    return [line for line in prose if re.match(r"#+ ", line)]


def blocks(path: Path) -> list[list[str]]:
    _, found = parts(path.read_text("utf-8"))
    return [[bare(line) for line in block] for block in found]


def sections(path: Path) -> Iterator[tuple[str, str]]:
    """Yield each section by its heading, without the sections of measured figures."""
    prose, _ = parts(path.read_text("utf-8"))
    for section in re.split(r"^(?=#+ )", "\n".join(prose), flags=re.MULTILINE):
        heading = section.partition("\n")[0].lstrip("# ")
        if heading not in {*ELSEWHERE, *ELSEWHERE.values()}:
            yield heading, section


def spans(section: str) -> set[str]:
    found = set(re.findall(r"`([^`\n]+)`", section))
    return {WORDED.get(span, span) for span in found}


def codes(section: str) -> set[str]:
    return set(re.findall(r"\bN\d{3}\b", re.sub(r"[一-鿿]", " ", section)))


def options(section: str) -> set[str]:
    return set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", section))


def numbers(section: str) -> set[str]:
    told = re.sub(r"\]\([^)]*\)|`[^`\n]+`", " ", section)
    found = re.findall(r"\d+(?:,\d{3})*(?:\.\d+)?", told)
    return {number.replace(",", "") for number in found}


def shape(section: str) -> list[str]:
    """Return what the items, rows and pictures of a section begin with, in their order."""
    marks = re.findall(r"^(?:- |\d+\. |\| |\|-|!\[)", section, flags=re.MULTILINE)
    return [re.sub(r"\d+", "1", mark) for mark in marks]


def links(path: Path) -> list[str]:
    prose, _ = parts(path.read_text("utf-8"))
    plain = re.sub(r"`[^`\n]+`", "", "\n".join(prose))
    return [one for one in re.findall(r"\]\(([^)\s]+)\)", plain) if "//" not in one]


def anchors(path: Path) -> set[str]:
    """Return the names of a document's headings, as GitHub makes them."""
    plain = [re.sub(r"^#+ |[^\w\s-]", "", line) for line in headings(path)]
    return {line.strip().lower().replace(" ", "-") for line in plain}


@pytest.fixture(params=CHINESE, ids=NAMES)
def chinese(request: pytest.FixtureRequest) -> Path:
    path: Path = request.param
    return path


def test_there_are_chinese_documents_for_those_who_write_print_and_keep() -> None:
    wanted = [
        "accessibility",
        "archive",
        "authoring",
        "caching",
        "imposition",
        "layouts",
        "preflight",
        "press",
        "preview",
        "review",
        "typesetting",
    ]
    assert {"README.zh.md", *(f"docs/{name}.zh.md" for name in wanted)} <= {*NAMES}


def test_the_headings_are_of_the_same_levels_in_the_same_order(chinese: Path) -> None:
    def levels(path: Path) -> list[str]:
        return [line.partition(" ")[0] for line in headings(path)]

    assert levels(chinese) == levels(english(chinese))


def test_code_is_the_same_but_for_its_remarks(chinese: Path) -> None:
    assert blocks(chinese) == blocks(english(chinese))


def test_each_section_names_the_same_fields_options_and_codes(chinese: Path) -> None:
    pairs = zip(sections(chinese), sections(english(chinese)), strict=True)
    for (heading, ours), (_, theirs) in pairs:
        for named in (spans, codes, options):
            assert named(ours) == named(theirs), heading


def test_each_section_has_as_many_items_rows_and_pictures(chinese: Path) -> None:
    pairs = zip(sections(chinese), sections(english(chinese)), strict=True)
    for (heading, ours), (_, theirs) in pairs:
        assert shape(ours) == shape(theirs), heading


def test_each_section_has_the_same_numbers(chinese: Path) -> None:
    otherwise = OTHERWISE.get(chinese.relative_to(HOUSE).as_posix(), set())
    pairs = zip(sections(chinese), sections(english(chinese)), strict=True)
    for (heading, ours), (_, theirs) in pairs:
        assert numbers(theirs) - numbers(ours) <= otherwise, heading


def test_both_lead_to_each_other_and_to_the_same_documents(chinese: Path) -> None:
    assert english(chinese).name in links(chinese)
    assert chinese.name in links(english(chinese))

    def leads(path: Path) -> set[str]:
        targets = {link.partition("#")[0].replace(".zh.md", ".md") for link in links(path)}
        return targets - {"", english(chinese).name}

    assert leads(chinese) == leads(english(chinese))


def test_a_chinese_document_leads_to_chinese_ones_where_there_are_any(chinese: Path) -> None:
    for label, link in re.findall(r"\[([^\]]*)\]\(([^)\s]+)\)", chinese.read_text("utf-8")):
        target = chinese.parent / link.partition("#")[0]
        if target != english(chinese) and not target.name.endswith(".zh.md"):
            has_chinese = target.with_suffix(".zh.md").exists()
            assert not has_chinese or label == "英文", link


@pytest.mark.parametrize("at", [*CHINESE, *map(english, CHINESE)], ids=lambda path: path.name)
def test_every_link_leads_somewhere(at: Path) -> None:
    for link in links(at):
        target, _, anchor = link.partition("#")
        place = at.parent / target if target else at
        assert place.exists(), link
        if anchor:
            assert anchor in anchors(place), link


def test_chinese_messages_name_chinese_documents_where_there_are_any() -> None:
    named = set()
    for path in (HOUSE / "src" / "newsletter" / "catalogue").glob("n*.yaml"):
        for sentence in re.findall(r'zh: "([^"]*)"', path.read_text("utf-8")):
            named |= set(re.findall(r"docs/[\w.-]+\.md", sentence))
    assert "docs/layouts.zh.md" in named
    assert not named & {path.replace(".zh.md", ".md") for path in NAMES}
