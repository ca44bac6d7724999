"""Generated issues: bags such as the archive keeps, from the sentences of the issue of 2021.

In: a folder and a number. Out: an archive of so many issues, the same on each machine. Sentences
are shuffled into articles, so that words and their neighbours are those of real Chinese.
"""

from __future__ import annotations

import io
import json
import random
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "issues" / "2021" / "articles"
SECTIONS = (("news", "绿色丝路新闻"), ("alliance", "联盟动态"), ("views", "观点"))
PEOPLE = ("索尔海姆", "何塞·卡斯特罗", "伊萨姆·沙拉夫", "姆文查", "Inger Andersen", "李明")
PLACES = ("北京", "西安", "海南博鳌", "昆明", "Nairobi", "内罗毕")
LATIN = (
    "BRIGC发布了Green Development Guidance。",
    "联合国环境规划署（UNEP）参与COP15，目标是1.5℃。",
    "ＣＯ２排放下降了３５％，PM2.5也在下降。",
    "World Resources Institute在会上作了报告。",
)
ARTICLES = 16
PARAGRAPHS = range(5, 14)
RARE = "氢能走廊"
"""A word that stands in one article of every fifty issues."""


def sentences() -> list[str]:
    """Return the sentences of the issue of 2021, Markdown taken off."""
    found: list[str] = []
    for path in sorted(SOURCE.glob("*.yaml")):
        body = str(yaml.safe_load(path.read_text("utf-8")).get("body", ""))
        text = re.sub(r"^[#>!{].*$", "", body, flags=re.MULTILINE).replace("*", "")
        found += re.findall(r"[^。！？\n]+[。！？]", text)
    return [*found, *LATIN]


def fill(archive: Path, issues: int) -> None:
    """Write an archive of generated issues."""
    known = sentences()
    jpeg = _picture()
    for number in range(issues):
        dice = random.Random(number)  # noqa: S311 - the same issues each time
        contents = _contents(dice, number, known)
        _write(archive / contents["issue"] / "v1" / "data", contents, jpeg)


def _contents(dice: random.Random, number: int, known: Sequence[str]) -> dict[str, Any]:
    year, month = 1990 + number // 30, 1 + number % 12
    articles = list(_articles(dice, number, known))
    events = [
        {
            "date": f"{year}-{month:02}-{day:02}",
            "title": f"{dice.choice(PLACES)}绿色发展研讨会",
            "place": dice.choice(PLACES),
        }
        for day in (7, 19)
    ]
    return {
        "issue": f"{year}-{number % 30 + 1:02}",
        "title": f"{year}年第{number % 30 + 1}期",
        "publication": "绿色丝路通讯",
        "publisher": "绿色丝路编辑部",
        "period": f"{year}年{month}月",
        "date": f"{year}-{month:02}-15",
        "language": "zh-CN",
        "year": year,
        "pages": ARTICLES + 2,
        "sections": [{"id": i, "title": title, "kind": "articles"} for i, title in SECTIONS],
        "articles": articles,
        "events": events,
    }


def _articles(dice: random.Random, number: int, known: Sequence[str]) -> Iterator[dict[str, Any]]:
    for index in range(ARTICLES):
        paragraphs = [
            "".join(dice.sample(known, dice.randrange(2, 4)))
            for _ in range(dice.choice(PARAGRAPHS))
        ]
        if number % 50 == 0 and index == 0:
            paragraphs.append(f"两国将共建{RARE}。")
        title = re.split("[，。；：]", dice.choice(known))[0][:24]
        yield {
            "id": f"article-{index + 1}",
            "section": dice.choice(SECTIONS)[0],
            "kind": "article",
            "title": title,
            "kicker": "专题",
            "standfirst": dice.choice(known),
            "byline": None,
            "people": dice.sample(PEOPLE, dice.randrange(3)),
            "places": dice.sample(PLACES, dice.randrange(3)),
            "date": None,
            "first_page": index + 2,
            "last_page": index + 2,
            "html": "".join(f"<p>{text}</p>" for text in paragraphs),
            "text": "\n".join(paragraphs),
            "pictures": [],
        }


def _write(data: Path, contents: dict[str, Any], jpeg: bytes) -> None:
    text = data / "text"
    text.mkdir(parents=True, exist_ok=True)
    (data / "thumbnails").mkdir(exist_ok=True)
    (data / "articles.json").write_text(json.dumps(contents, ensure_ascii=False), "utf-8")
    (data / "cover.jpg").write_bytes(jpeg)
    pages = {article["first_page"]: article["text"] for article in contents["articles"]}
    pages[1] = contents["title"]
    pages[contents["pages"]] = "联系我们\n绿色丝路编辑部"
    for number in range(1, contents["pages"] + 1):
        (text / f"{number:03}.txt").write_text(pages[number], "utf-8")
        (data / "thumbnails" / f"{number:03}.jpg").write_bytes(jpeg)


def _picture() -> bytes:
    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (210, 297), "#e4efe8").save(out, "JPEG")
    return out.getvalue()
