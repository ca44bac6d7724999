"""Thirty questions to the archive, and a plain scan that answers them by reading every text.

The scan shares nothing with the search but the files: it reads `articles.json` and the texts of
the pages, brings them to NFKC and small letters, and looks with regular expressions that are
written out for each question.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from newsletter.archive.search import Filters

Found = tuple[str, str, str]
"""Issue, kind, and what tells it from the others of its kind in the issue."""
BETWEEN = r"[\s\"'“”‘’《》〈〉「」『』·・•\-]*"
STOP = r"[^\w]*[,.;:!?()、。…—%/°]+[^\w]*"


def han(*parts: str) -> str:
    """Return a pattern for characters in a row; a part after another follows a stop."""
    return STOP.join(BETWEEN.join(part) for part in parts)


def latin(*words: str) -> str:
    """Return a pattern for whole words in a row."""
    row = r"[\s\-]+".join(words)
    return rf"(?<![a-z]){row}(?![a-z])"


@dataclass(frozen=True, slots=True)
class Question:
    """What is typed, the filters, and the patterns that must and must not be found."""

    typed: str
    wanted: Sequence[str]
    unwanted: Sequence[str] = ()
    filters: Filters = field(default_factory=Filters)


QUESTIONS = (
    Question("绿", [han("绿")]),
    Question("的", [han("的")]),
    Question("氢", [han("氢")]),
    Question("龘", [han("龘")]),
    Question("绿色", [han("绿色")]),
    Question("北京", [han("北京")]),
    Question("国美", [han("国美")]),
    Question("能源", [han("能源")]),
    Question("沙拉", [han("沙拉")]),
    Question("习近平", [han("习近平")]),
    Question("氢能走廊", [han("氢能走廊")]),
    Question("可持续发展", [han("可持续发展")]),
    Question("一带一路绿色发展", [han("一带一路绿色发展")]),
    Question("“一带一路”绿色发展国际联盟", [han("一带一路"), han("绿色发展国际联盟")]),
    Question("《巴黎协定》", [han("巴黎协定")]),
    Question('"绿色低碳"', [han("绿色低碳")]),
    Question("“互联互通，”", [han("互联互通")]),
    Question("绿色、低碳", [han("绿色", "低碳")]),
    Question("UNEP", [latin("unep")]),
    Question("unep", [latin("unep")]),
    Question("green development", [latin("green"), latin("development")]),
    Question('"Green Development Guidance"', [latin("green", "development", "guidance")]),
    Question("ＣＯ２", [r"(?<![a-z])co" + BETWEEN + r"2(?!\d)"]),
    Question("1.5℃", [r"(?<!\d)1\.5°c(?![a-z])"]),
    Question("BRIGC发布", [r"(?<![a-z])brigc" + BETWEEN + han("发布")]),
    Question("COP15 目标", [r"(?<![a-z])cop" + BETWEEN + r"15(?!\d)", han("目标")]),
    Question("绿色 合作 -北京", [han("绿色"), han("合作")], [han("北京")]),
    Question("绿色", [han("绿色")], filters=Filters(years=(1990, 1990), section="观点")),
    Question("合作", [han("合作")], filters=Filters(person="何塞・卡斯特罗")),
    Question("发展 NEAR(*) OR", [han("发展"), latin("near"), latin("or")]),
)


def scan(archive: Path, question: Question) -> set[Found]:
    """Return what a question finds by reading everything."""
    return scan_all(archive, [question])[0]


def scan_all(archive: Path, questions: Sequence[Question]) -> list[set[Found]]:
    """Return what each question finds, reading every text once."""
    found: list[set[Found]] = [set() for _ in questions]
    for path in sorted(archive.glob("*/v1/data/articles.json")):
        contents = json.loads(path.read_text("utf-8"))
        for name, about, texts in _texts(contents, path.parent):
            plain = [unicodedata.normalize("NFKC", text).lower() for text in texts]
            for question, kept in zip(questions, found, strict=True):
                if (
                    _of_years(contents, question.filters)
                    and _passes(about, contents, question.filters)
                    and _matches(plain, question)
                ):
                    kept.add((contents["issue"], *name))
    return found


def _of_years(contents: dict[str, Any], filters: Filters) -> bool:
    first, last = filters.years or (0, 9999)
    return bool(first <= contents["year"] <= last)


def _texts(
    contents: dict[str, Any], data: Path
) -> Iterator[tuple[tuple[str, str], dict[str, Any], list[str]]]:
    covered: set[int] = set()
    for article in contents["articles"]:
        covered |= set(range(article["first_page"], article["last_page"] + 1))
        fields = [article[name] or "" for name in ("title", "kicker", "standfirst", "byline")]
        texts = [*fields, *article["text"].split("\n")]
        yield ("article", article["id"]), article, texts
    for event in contents["events"]:
        texts = [event["title"], event["place"]]
        yield ("event", f"{event['date']} {event['title']}"), {"places": [event["place"]]}, texts
    for path in sorted((data / "text").glob("*.txt")):
        if int(path.stem) not in covered:
            text = path.read_text("utf-8").replace("\n", " ")
            yield ("page", str(int(path.stem))), {}, [text]


def _passes(about: dict[str, Any], contents: dict[str, Any], filters: Filters) -> bool:
    titles = {section["id"]: section["title"] for section in contents["sections"]}
    people = [name.replace("·", "・") for name in about.get("people", ())]
    return (
        (not filters.section or titles.get(about.get("section", "")) == filters.section)
        and (not filters.person or filters.person in people)
        and (not filters.place or filters.place in about.get("places", ()))
    )


def _matches(plain: Sequence[str], question: Question) -> bool:
    def occurs(pattern: str) -> bool:
        return any(re.search(pattern, text) for text in plain)

    return all(map(occurs, question.wanted)) and not any(map(occurs, question.unwanted))
