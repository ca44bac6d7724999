"""What is asked of a document as a whole is answered as WeasyPrint answers it."""

from __future__ import annotations

from newsletter.typesetting.seam.loading import load
from newsletter.typesetting.seam.markup import Markup

load()

from weasyprint import HTML  # noqa: E402 - once WeasyPrint is loaded as a build loads it
from weasyprint.document import get_html_metadata  # noqa: E402

HEAD = """<!DOCTYPE html><html lang="zh-CN"><head><title>头一题</title><title>又一题</title>
<meta name="author" content="甲"><META NAME="Author" content="乙"><meta charset="utf-8">
<meta name="keywords" content="路, 带,路"><meta name="description" content="说明">
<meta name="dcterms.created" content="2021-12-30"><meta name="编号" content="12"></head><body>
<svg xmlns="http://www.w3.org/2000/svg"><title>图题</title></svg>
<meta name="generator" content="丙">
<link rel="attachment" href="data:text/plain,a" title="附件"><title>身后题</title></body></html>"""
BARE = "<html><body><svg><title>图题</title></svg><p>字</p></body></html>"


def test_titles_and_metadata_are_those_that_weasyprint_finds() -> None:
    for text in (HEAD, BARE):
        document = HTML(string=text, base_url="https://press.invalid/")
        found = [
            {
                **ask(document),
                "attachments": [item.description for item in ask(document)["attachments"]],
            }
            for ask in (get_html_metadata, Markup().get_html_metadata)
        ]
        assert found[0] == found[1]
    assert found[0]["title"] is None
