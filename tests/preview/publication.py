"""A publication whose issue takes five pages, one an article, each block with its line of YAML."""

from __future__ import annotations

from pathlib import Path

from workshop import STYLE, TEMPLATE, Workshop, write

NAMES = ("first", "second", "third", "fourth")
ISSUE = """id: one
title: 第一号
period: 春季
sections:
  - id: news
    kind: articles
    title: 要闻
    articles:
"""
ARTICLE = """id: {name}
title: {name}篇标题
body: |
  {name}的正文，第一段。会议指出，要加强合作，推动绿色发展，让成果惠及更多的人，也让后来的人有路可走。

  {name}的第二段。
"""
HTML = TEMPLATE.replace("<h2>", '<h2 {{ at(article, "title") }}>')
EACH_ON_ITS_PAGE = "article { break-before: page }\n"


def make(root: Path) -> Workshop:
    """Write the publication and return it."""
    shop = Workshop(root)
    shop.set_up(html=HTML, style=STYLE + EACH_ON_ITS_PAGE)
    lines = "".join(f"      - articles/{name}.yaml\n" for name in NAMES)
    write(shop.issue / "issue.yaml", ISSUE + lines)
    for name in NAMES:
        write(article(root, name), ARTICLE.format(name=name))
    return shop


def article(root: Path, name: str) -> Path:
    return root / "issues" / "one" / "articles" / f"{name}.yaml"


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
