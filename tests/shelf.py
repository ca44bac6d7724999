"""Bags made by hand: an archive's folder as the archive leaves it, as small as can be."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

SECTIONS = [
    {"id": "news", "title": "要闻", "kind": "articles"},
    {"id": "chronicle", "title": "大事记", "kind": "chronicle"},
]


def article(name: str = "first", **fields: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    """Return an article; `text` becomes `html` as well, where none is given."""
    text = fields.get("text", "正文一行。")
    plain = {
        "id": name,
        "section": "news",
        "kind": "article",
        "title": "头一篇",
        "kicker": None,
        "standfirst": None,
        "byline": None,
        "people": [],
        "places": [],
        "date": None,
        "first_page": 2,
        "last_page": 2,
        "html": "".join(f"<p>{line}</p>" for line in text.split("\n")),
        "text": text,
        "pictures": [],
    }
    return plain | fields


def put(
    archive: Path,
    issue: str = "2021",
    articles: Sequence[dict[str, Any]] = (),
    *,
    version: int = 1,
    pages: Mapping[int, str] | None = None,
    files: Mapping[str, bytes] | None = None,
    **fields: Any,  # noqa: ANN401 - JSON
) -> Path:
    """Put a version of an issue into an archive; return its folder `data`."""
    data = archive / issue / f"v{version}" / "data"
    contents = {
        "issue": issue,
        "title": f"{issue}年",
        "publication": "小报",
        "publisher": "某社",
        "period": f"{issue}年",
        "date": f"{issue}-12-31",
        "language": "zh-CN",
        "year": int(issue[:4]),
        "pages": max(pages or {2: ""}),
        "sections": SECTIONS,
        "articles": list(articles) or [article()],
        "events": [],
    }
    write = {"articles.json": json.dumps(contents | fields, ensure_ascii=False).encode()}
    write |= {f"text/{number:03}.txt": text.encode() for number, text in (pages or {}).items()}
    for name, content in {**write, **(files or {})}.items():
        path = data / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return data


def publication(root: Path) -> Path:
    """Make a folder that the command line takes for a publication; return its archive."""
    root.mkdir(parents=True, exist_ok=True)
    text = "name: 小报\npublisher: 某社\nlayout: {name: silkroad}\n"
    (root / "newsletter.yaml").write_text(text, "utf-8")
    return root / "archive"
