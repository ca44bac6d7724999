"""A publication of one small issue, as text, so that every character has a known place.

It brings a layout of its own, so that nothing here changes when a page of ours is improved.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from newsletter.cache import tool

ISSUE = "issues/one/issue.yaml"
ARTICLE = "issues/one/articles/first.yaml"
DRAWING = "issues/one/images/dam.svg"
LAYOUT = "layouts/plain/layout.yaml"
STYLE = "layouts/plain/style.css"
TEMPLATE = "layouts/plain/page.html.j2"

FILES = {
    "newsletter.yaml": """name: 小报
publisher: 某社
layout:
  name: plain
""",
    ISSUE: """id: one
title: 第一期
period: 2021年
sections:
  - id: news
    kind: articles
    title: 要闻
    articles:
      - articles/first.yaml
""",
    ARTICLE: """id: first
title: 水坝建成
body: |
  会议指出，要加强合作。
""",
    DRAWING: """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8">
  <path d="M0 0h8v8H0z"/>
</svg>
""",
    LAYOUT: """name: plain
title: 素
description: 只为测试
page: {width_mm: 210, height_mm: 297}
grid: {body_pt: 10, leading_pt: 16, lines: 44, columns: 1, column_characters: 40, gap_characters: 0}
template: page.html.j2
fonts: [WenKai]
options:
  accent: {kind: choice, choices: [ochre, jade], default: ochre, description: 颜色}
  wide: {kind: switch, default: "false", description: 宽}
  margin: {kind: number, default: "20", least: 0, most: 50, description: 页边}
  motto: {kind: text, default: 无, description: 题词}
""",
    STYLE: """@page { margin: 20mm }
html { font: 10pt/16pt WenKai }
h1, h2, h3, p { margin: 0; font: inherit }
""",
    TEMPLATE: """<!DOCTYPE html>
<html lang="zh-CN"><head><title>{{ issue.title }}</title></head><body>
<h1>{{ publication.name }}{{ publication.publisher }}{{ issue.title }}{{ issue.period }}</h1>
{% for section in issue.sections %}
<section id="section-{{ section.id }}"><h1>{{ section.title }}</h1>
{% for article in section.articles %}
<article id="article-{{ article.id }}"><h2>{{ article.title }}</h2>
{% for block in blocks(article, "body") %}
{% if block.kind == "picture" %}
{% set picture = picture_in(article, block.ref) %}
<img {{ at(picture, "file") }} src="{{ picture_url(picture) }}" alt="{{ picture.alt }}">
{% else %}
{{ html(block.html) }}
{% endif %}
{% endfor %}</article>
{% endfor %}</section>
{% endfor %}</body></html>
""",
}


def make(root: Path) -> Path:
    """Write the small publication into `root` and return it."""
    for name, text in FILES.items():
        write(root / name, text)
    return root


def write(path: Path, content: str | bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)


def swap(path: Path, old: str, new: str) -> None:
    """Replace a text that stands exactly once in a file."""
    text = path.read_bytes().decode("utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path.name}"
    write(path, text.replace(old, new))


COMPOSER = "newsletter.typesetting.paragraph"
HEAVY = ("click", "yaml", "pydantic", "jinja2", "weasyprint", "json", "re", "pathlib", COMPOSER)
PROGRAM = f"""
import sys
from newsletter.entry import run
try:
    run()
finally:
    print("imported:", *sorted({{*{HEAVY}}} & {{*sys.modules}}), file=sys.stderr)
"""


def program(root: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run the program in a folder; at the end it says which heavy modules it has imported."""
    paths = os.pathsep.join([str(Path(tool.PACKAGE).parent), *sys.path])
    return subprocess.run(  # noqa: PLW1510 - the exit status is what is tested
        [sys.executable, "-S", "-c", PROGRAM, *words],
        cwd=root,
        env={**os.environ, "PYTHONPATH": paths},
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
