"""Bad inputs: for each the smallest change to a good small publication, and what it is called.

A case says what is done to the publication, which command is run, and all that the command
has to report: code and place of every problem. `tools/bad_inputs.py` prints the messages.
"""

from __future__ import annotations

import io
import os
import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from PIL import Image

import small_issue
from small_issue import ARTICLE, DRAWING, FILES, ISSUE, LAYOUT, STYLE, TEMPLATE

Change = Callable[[Path], None]
CHECK = ("check", "one")
BUILD = ("build", "one")
PUBLICATION = "newsletter.yaml"
PICTURED = """pictures:
  - id: dam
    file: {file}
    alt: 水坝
body: |
  会议指出，要加强合作。

  ![](dam)
"""


@dataclass(frozen=True)
class Case:
    """What is wrong, what a command has to say of it, and how the publication comes to it."""

    name: str
    expected: tuple[str, ...]
    changes: tuple[Change, ...]
    command: tuple[str, ...] = CHECK
    status: int = 1

    @property
    def codes(self) -> list[str]:
        return [line.split(" ")[0] for line in self.expected]

    def make(self, root: Path) -> Path:
        """Write the publication with what is wrong in it into `root`."""
        small_issue.make(root)
        for change in self.changes:
            change(root)
        return root


# Changes


def swap(file: str, old: str, new: str) -> Change:
    return lambda root: small_issue.swap(root / file, old, new)


def put(file: str, content: str | bytes) -> Change:
    return lambda root: small_issue.write(root / file, content)


def add(file: str, text: str) -> Change:
    def change(root: Path) -> None:
        small_issue.write(root / file, (root / file).read_text("utf-8") + text)

    return change


def drop(file: str) -> Change:
    return lambda root: (root / file).unlink()


def link(file: str, target: str) -> Change:
    """Replace a file by a symbolic link; what it leads to is made if it is not there."""

    def change(root: Path) -> None:
        goal = (root / file).parent / target
        if not goal.exists() and "loop" not in target:
            small_issue.write(goal, FILES.get(file, "outside: 1\n"))
        (root / file).parent.mkdir(parents=True, exist_ok=True)
        (root / file).unlink(missing_ok=True)
        (root / file).symlink_to(target)

    return change


def pipe(file: str) -> Change:
    def change(root: Path) -> None:
        (root / file).unlink(missing_ok=True)
        os.mkfifo(root / file)

    return change


def folder(name: str) -> Change:
    return lambda root: (root / name).mkdir(parents=True)


def body(text: str) -> Change:
    return swap(ARTICLE, "会议指出，要加强合作。", text)


def picture(content: bytes | str, name: str = "dam.png") -> tuple[Change, ...]:
    """Give the article a picture and place it."""
    text = PICTURED.format(file=f"images/{name}")
    return (
        swap(ARTICLE, "body: |\n  会议指出，要加强合作。\n", text),
        put(f"issues/one/images/{name}", content),
    )


def slot(name: str) -> Change:
    """Give the layout a slot that holds one line of three characters."""
    fit = "{measure: 3, lines: 1}"
    return add(LAYOUT, f"slots: [{{name: {name}, description: 版位, fit: {fit}}}]\n")


def css(rule: str) -> tuple[Change, ...]:
    return (put(STYLE, f"{FILES[STYLE]}{rule}\n"),)


def html(text: str) -> tuple[Change, ...]:
    return (swap(TEMPLATE, "</body>", f"{text}\n</body>"),)


def svg(text: str, before: str = "") -> tuple[Change, ...]:
    drawing = FILES[DRAWING].replace("</svg>", f"{text}</svg>")
    return picture(before + drawing, "dam.svg")


# Pictures


@cache
def jpeg(mode: str, width: int = 600) -> bytes:
    file = io.BytesIO()
    Image.new(mode, (width, 400)).save(file, "JPEG")
    return file.getvalue()


def png(width: int, height: int) -> bytes:
    """Return a PNG whose header promises this size, with the first row only."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + check

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    row = zlib.compress(b"\0" * (width + 1))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", row) + chunk(b"IEND", b"")


# What is sent around the world: nine lists of nine, each made of the one before
ALIAS_BOMB = "a0: &a0 [哈, 哈]\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 10)
)

YAML = (
    Case(
        "an unknown field",
        (f"N104 {ARTICLE}:3:1",),
        (swap(ARTICLE, "body", "titel: 水坝\nbody"),),
    ),
    Case(
        "an unknown field that resembles none",
        (f"N104 {ISSUE}:1:1",),
        (swap(ISSUE, "id: one", "colour: red\nid: one"),),
    ),
    Case(
        "a missing field",
        (f"N105 {ARTICLE}:1:1",),
        (swap(ARTICLE, "title: 水坝建成\n", ""),),
    ),
    Case(
        "a section without its kind",
        (f"N105 {ISSUE}:5:5",),
        (swap(ISSUE, "    kind: articles\n", ""),),
    ),
    Case(
        "a mapping where text should be",
        (f"N106 {ARTICLE}:3:3",),
        (swap(ARTICLE, "title: 水坝建成", "title:\n  text: 水坝建成"),),
    ),
    Case(
        "text where a list should be",
        (f"N106 {ISSUE}:8:15",),
        (swap(ISSUE, "articles:\n      - articles", "articles: articles"),),
    ),
    Case(
        "a list where text should be",
        (f"N106 {ARTICLE}:2:8",),
        (swap(ARTICLE, "title: 水坝建成", "title: [水坝, 建成]"),),
    ),
    Case(
        "a field with nothing behind it",
        (f"N106 {ARTICLE}:2:7",),
        (swap(ARTICLE, "title: 水坝建成", "title:"),),
    ),
    Case(
        "a list without entries",
        (f"N106 {ISSUE}:8:15",),
        (swap(ISSUE, "articles:\n      - articles/first.yaml", "articles: []"),),
    ),
    Case(
        "a duplicate key",
        (f"N107 {ARTICLE}:3:1",),
        (swap(ARTICLE, "body", "title: 水坝\nbody"),),
    ),
    Case(
        "a duplicate id",
        ("N108 issues/one/articles/second.yaml:1:5",),
        (
            put("issues/one/articles/second.yaml", FILES[ARTICLE]),
            add(ISSUE, "      - articles/second.yaml\n"),
        ),
    ),
    Case("a tab", (f"N109 {ISSUE}:6:1",), (swap(ISSUE, "    kind", "\tkind"),)),
    Case(
        "an unclosed bracket",
        (f"N110 {ARTICLE}:2:8",),
        (swap(ARTICLE, "水坝建成", "[水坝建成"),),
    ),
    Case(
        "an unclosed quotation mark",
        (f"N110 {ARTICLE}:2:8",),
        (swap(ARTICLE, "水坝建成", '"水坝建成'),),
    ),
    Case(
        "text behind a closing quotation mark",
        (f"N111 {ARTICLE}:2:12",),
        (swap(ARTICLE, "水坝建成", '"水坝"建成'),),
    ),
    Case(
        "a backslash between double quotes",
        (f"N111 {ARTICLE}:2:10",),
        (swap(ARTICLE, "水坝建成", r'"水\坝"'),),
    ),
    Case(
        "a mark that YAML keeps for itself",
        (f"N111 {ARTICLE}:2:8",),
        (swap(ARTICLE, "水坝建成", "@水坝"),),
    ),
    Case(
        "a list in the line of its field",
        (f"N111 {ISSUE}:8:15",),
        (swap(ISSUE, "articles:\n      - ", "articles: - "),),
    ),
    Case(
        "a line that is no field",
        (f"N111 {ARTICLE}:2:1",),
        (swap(ARTICLE, "title: 水坝建成", "水坝建成"),),
    ),
    Case("an empty file", (f"N112 {ARTICLE}:1:1",), (put(ARTICLE, ""),)),
    Case("a file of comments", (f"N112 {ARTICLE}:1:1",), (put(ARTICLE, "# 待写\n"),)),
    Case("a list at the top", (f"N113 {ARTICLE}:1:1",), (put(ARTICLE, "- id: first\n"),)),
    Case("bare text at the top", (f"N113 {ARTICLE}:1:1",), (put(ARTICLE, "水坝建成\n"),)),
    Case(
        "an alias bomb",
        tuple(f"N114 issues/one/bomb.yaml:{line}:5" for line in range(1, 11)),
        (put("issues/one/bomb.yaml", ALIAS_BOMB), add(ISSUE, "  - bomb.yaml\n")),
    ),
    Case(
        "an alias that holds itself",
        (f"N114 {ARTICLE}:2:8",),
        (swap(ARTICLE, "水坝建成", "&a [*a]"),),
    ),
    Case(
        "a Python tag",
        (f"N115 {ARTICLE}:2:8",),
        (swap(ARTICLE, "水坝建成", '!!python/object/apply:os.system ["touch /tmp/x"]'),),
    ),
    Case("a text that begins with !", (f"N115 {ARTICLE}:2:8",), (swap(ARTICLE, "水坝", "! 水坝"),)),
    Case("a picture in place of text", (f"N116 {ARTICLE}:1:1",), (put(ARTICLE, png(8, 8)),)),
    Case(
        "a text file of five megabytes",
        (f"N117 {ISSUE}:9:9",),
        (put(ARTICLE, "# " + "x" * 5_000_000),),
    ),
    Case(
        "a kind of section that there is not",
        (f"N119 {ISSUE}:6:11",),
        (swap(ISSUE, "kind: articles", "kind: article"),),
    ),
    Case(
        "an id in Chinese",
        (f"N119 {ARTICLE}:1:5",),
        (swap(ARTICLE, "first", "第一篇"),),
    ),
    Case(
        "an unknown profile",
        (f"N119 {PUBLICATION}:5:20",),
        (add(PUBLICATION, "profiles: [screen, web]\n"),),
    ),
    Case(
        "a headline of two thousand characters",
        (f"N120 {ARTICLE}:2:8",),
        (swap(ARTICLE, "水坝建成", "水坝建成" * 500),),
    ),
    Case(
        "200,000 characters in one article",
        (f"N120 {ARTICLE}:3:7",),
        (body("会议指出，要加强合作。\n\n  " * 15_400),),
    ),
    Case(
        "a date that is none",
        (f"N121 {ISSUE}:3:7",),
        (swap(ISSUE, "period: 2021年", "date: 2021-02-30"),),
    ),
    Case(
        "a date in Chinese",
        (f"N121 {ISSUE}:3:7",),
        (swap(ISSUE, "period: 2021年", "date: 2021年2月"),),
    ),
    Case(
        "two documents in a file",
        (f"N122 {ARTICLE}:3:1",),
        (swap(ARTICLE, "body", "---\nbody"),),
    ),
    Case(
        "a colon in text",
        (f"N123 {ARTICLE}:2:10",),
        (swap(ARTICLE, "水坝建成", "水坝: 建成"),),
    ),
    Case(
        "a folder in place of a file",
        (f"N124 {ISSUE}:9:9",),
        (swap(ISSUE, "articles/first.yaml", "articles"),),
    ),
    Case("a pipe in place of a file", (f"N124 {ISSUE}:9:9",), (pipe(ARTICLE),)),
    Case(
        "a thousand brackets",
        (f"N125 {ARTICLE}:2:39",),
        (swap(ARTICLE, "水坝建成", "[" * 1000 + "]" * 1000),),
    ),
    Case(
        "a list in place of a field's name",
        (f"N126 {ARTICLE}:2:1",),
        (swap(ARTICLE, "title: 水坝建成", "[title]: 水坝建成"),),
    ),
    Case(
        "an empty text",
        (f"N127 {ARTICLE}:2:8",),
        (swap(ARTICLE, "水坝建成", '""'),),
    ),
    Case(
        "a headline of two lines",
        (f"N128 {ARTICLE}:2:8",),
        (swap(ARTICLE, "水坝建成", "|\n  水坝\n  建成"),),
    ),
    Case(
        "an issue that is not its folder",
        (f"N129 {ISSUE}:1:5",),
        (swap(ISSUE, "id: one", "id: two"),),
    ),
    Case(
        "a range that runs backwards",
        (f"N130 {ISSUE}:3:7",),
        (swap(ISSUE, "period: 2021年", "date: 2021-06-25/2021-06-24"),),
    ),
    Case(
        "an issue without a period", (f"N131 {ISSUE}:1:1",), (swap(ISSUE, "period: 2021年\n", ""),)
    ),
    Case(
        "a control character",
        (f"N134 {ARTICLE}:2:10",),
        (swap(ARTICLE, "水坝建成", "水坝\x0b建成"),),
    ),
    Case(
        "an escaped zero byte",
        (f"N134 {ARTICLE}:2:11",),
        (swap(ARTICLE, "水坝建成", '"水坝\\0"'),),
    ),
    Case(
        "line endings of an old Macintosh",
        (f"N134 {ARTICLE}:1:10",),
        (put(ARTICLE, "id: first\rtitle: 水坝建成\rbody: 会议"),),
    ),
    Case(
        "a full-width colon after a field",
        (f"N135 {ARTICLE}:2:6",),
        (swap(ARTICLE, "title: ", "title："),),
    ),
    Case(
        "no space after a field's colon",
        (f"N135 {ARTICLE}:2:6",),
        (swap(ARTICLE, "title: ", "title:"),),
    ),
    Case(
        "an article that is named twice",
        (f"N136 {ISSUE}:10:9",),
        (add(ISSUE, "      - articles/first.yaml\n"),),
    ),
    Case(
        "text that YAML takes for a comment",
        (f"N137 {ARTICLE}:2:13",),
        (swap(ARTICLE, "水坝建成", "水坝建成 #1 大坝"),),
        status=0,
    ),
    Case(
        "a list divided by a full-width comma",
        (f"N138 {PUBLICATION}:5:11",),
        (add(PUBLICATION, "terms: [水坝，大坝]\n"),),
        status=0,
    ),
    Case(
        "a number divided by its comma",
        (f"N141 {ARTICLE}:3:41",),
        (
            swap(ARTICLE, "body", "sidebars: [{id: box, title: 数, items: [3,000人]}]\nbody"),
            add(ARTICLE, "\n  {sidebar: box}\n"),
        ),
        status=0,
    ),
    Case(
        "an article that no section names",
        ("N142 issues/one/articles/second.yaml:1:1",),
        (put("issues/one/articles/second.yaml", "id: second\ntitle: 二\nbody: 文\n"),),
        status=0,
    ),
    Case(
        "a headline with marks of Markdown",
        (f"N221 {ARTICLE}:2:9",),
        (swap(ARTICLE, "水坝建成", '"**水坝**建成"'),),
        status=0,
    ),
)

READING = (
    Case(
        "another encoding",
        (f"N102 {ARTICLE}:2:9",),
        (put(ARTICLE, FILES[ARTICLE].encode("gb18030")),),
    ),
    Case(
        "UTF-16",
        (f"N102 {ARTICLE}:1:1",),
        (put(ARTICLE, FILES[ARTICLE].encode("utf-16")),),
    ),
    Case(
        "a byte order mark",
        (f"N103 {ARTICLE}:1:1",),
        (put(ARTICLE, FILES[ARTICLE].encode("utf-8-sig")),),
    ),
    Case("a missing article", (f"N101 {ISSUE}:9:9",), (swap(ISSUE, "first.yaml", "fist.yaml"),)),
    Case("a missing issue.yaml", (f"N101 {ISSUE}:1:1",), (drop(ISSUE),)),
    Case(
        "an issue.yml",
        (f"N101 {ISSUE}:1:1",),
        (drop(ISSUE), put("issues/one/issue.yml", FILES[ISSUE])),
    ),
    Case(
        "a path with backslashes",
        (f"N101 {ISSUE}:9:9",),
        (swap(ISSUE, "articles/first.yaml", r"articles\first.yaml"),),
    ),
    Case(
        "a path out of the issue's folder",
        (f"N118 {ISSUE}:9:9",),
        (swap(ISSUE, "articles/first.yaml", "../../newsletter.yaml"),),
    ),
    Case(
        "an absolute path",
        (f"N118 {ISSUE}:9:9",),
        (swap(ISSUE, "articles/first.yaml", "/etc/passwd"),),
    ),
    Case(
        "a symbolic link out of the issue's folder",
        (f"N118 {ISSUE}:9:9",),
        (link(ARTICLE, "../../../../outside.yaml"),),
    ),
    Case(
        "a symbolic link to itself",
        (f"N118 {ISSUE}:9:9",),
        (link(ARTICLE, "loop.yaml"), link("issues/one/articles/loop.yaml", "loop.yaml")),
    ),
    Case(
        "an issue.yaml that lies elsewhere",
        (f"N118 {ISSUE}:1:1",),
        (link(ISSUE, "../../../outside.yaml"),),
    ),
    Case(
        "a newsletter.yaml that lies elsewhere",
        (f"N118 {PUBLICATION}:1:1",),
        (link(PUBLICATION, "../outside.yaml"),),
    ),
    Case(
        "a picture out of the issue's folder",
        (f"N302 {ARTICLE}:5:11",),
        (*picture("", "dam.svg"), swap(ARTICLE, "images/dam.svg", "../one/images/dam.svg")),
    ),
    Case(
        "a picture that is a symbolic link out of it",
        (f"N303 {ARTICLE}:5:11",),
        (*picture("", "dam.svg"), link(DRAWING, "../../../../outside.svg")),
    ),
    Case(
        "a picture from the network",
        (f"N304 {ARTICLE}:5:11",),
        (*picture(""), swap(ARTICLE, "images/dam.png", "https://example.org/dam.png")),
    ),
)

PICTURES = (
    Case(
        "a missing picture",
        (f"N301 {ARTICLE}:5:11",),
        (*picture(""), drop("issues/one/images/dam.png")),
    ),
    Case("a truncated picture", (f"N315 {ARTICLE}:5:11",), picture(jpeg("RGB")[:-400], "dam.jpg")),
    Case(
        "a picture of too few pixels",
        (f"N356 {ARTICLE}:5:11",),
        picture(jpeg("RGB"), "dam.jpg"),
    ),
    Case(
        "a picture of hardly enough pixels",
        (f"N356 {ARTICLE}:5:11",),
        picture(jpeg("RGB", 1000), "dam.jpg"),
        status=0,
    ),
    Case("a picture in CMYK", (f"N319 {ARTICLE}:5:11",), picture(jpeg("CMYK"), "dam.jpg")),
    Case("a picture of 300 megapixels", (f"N321 {ARTICLE}:5:11",), picture(png(20_000, 15_000))),
    Case(
        "an SVG with an external entity",
        (f"N333 {ARTICLE}:5:11",),
        svg("&x;", '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>\n'),
    ),
    Case("an SVG with a script", (f"N337 {ARTICLE}:5:11",), svg("<script>alert(1)</script>")),
    Case(
        "an SVG with a remote reference",
        (f"N338 {ARTICLE}:5:11",),
        svg('<use href="https://example.org/a.svg#a"/>'),
    ),
    Case(
        "an SVG that styles itself from a file",
        (f"N338 {ARTICLE}:5:11",),
        svg('<path d="M0 0h1" fill="url(file:///etc/passwd#a)"/>'),
    ),
)

MARKDOWN: tuple[Case, ...] = (
    Case("raw HTML", (f"N201 {ARTICLE}:4:5",), (body("会议<br>指出。"),)),
    Case("a block of HTML", (f"N201 {ARTICLE}:4:3",), (body("<script>alert(1)</script>"),)),
    Case("a picture that is not listed", (f"N202 {ARTICLE}:4:3",), (body("![](dam)"),)),
    Case("a sidebar that is not listed", (f"N203 {ARTICLE}:4:3",), (body("{sidebar: box}"),)),
    Case("a headline in the body", (f"N204 {ARTICLE}:4:3",), (body("# 水坝"),)),
    Case(
        "a picture within a line",
        (f"N205 {ARTICLE}:8:14",),
        (*picture(FILES[DRAWING], "dam.svg"), swap(ARTICLE, "\n\n  ![", "![")),
    ),
    Case(
        "a picture that is placed by another name",
        (f"N202 {ARTICLE}:10:3",),
        (*picture(FILES[DRAWING], "dam.svg"), swap(ARTICLE, "![](dam)", "![](dem)")),
    ),
    Case(
        "a link to a file",
        (f"N206 {ARTICLE}:4:8",),
        (body("[会议](file:///etc/passwd)"),),
    ),
    Case(
        "a link that runs a program",
        (f"N206 {ARTICLE}:4:8",),
        (body("[会议](javascript:alert)"),),
    ),
    Case(
        "a picture that is never placed",
        (f"N207 {ARTICLE}:4:9",),
        (*picture(FILES[DRAWING], "dam.svg"), swap(ARTICLE, "\n  ![](dam)\n", "")),
    ),
    Case(
        "a sidebar that is never placed",
        (f"N208 {ARTICLE}:3:17",),
        (swap(ARTICLE, "body", "sidebars: [{id: box, title: 数字, items: [一]}]\nbody"),),
    ),
    Case(
        "a picture that is placed twice",
        (f"N209 {ARTICLE}:12:3",),
        (*picture(FILES[DRAWING], "dam.svg"), add(ARTICLE, "\n  ![](dam)\n")),
    ),
    Case(
        "a picture in a sidebar",
        (f"N210 {ARTICLE}:6:12",),
        (
            swap(
                ARTICLE,
                "body: |\n",
                "sidebars:\n  - id: box\n    title: 数字\n    body: '![](dam)'\nbody: |\n"
                "  {sidebar: box}\n\n",
            ),
        ),
    ),
    Case(
        "a sidebar with a title only",
        (f"N211 {ARTICLE}:3:13",),
        (
            swap(
                ARTICLE,
                "body: |\n",
                "sidebars: [{id: box, title: 数字}]\nbody: |\n  {sidebar: box}\n\n",
            ),
        ),
    ),
)

MARKDOWN += (
    Case(
        "a footnote without its mark", (f"N212 {ARTICLE}:6:3",), (body("会议。\n\n  [^1]: 注文。"),)
    ),
    Case("a subhead without its space", (f"N214 {ARTICLE}:4:3",), (body("##会议"),)),
    Case("a subhead in full-width marks", (f"N214 {ARTICLE}:4:3",), (body("＃＃ 会议"),)),
    Case("an unclosed **", (f"N214 {ARTICLE}:4:3",), (body("**会议指出，要加强合作。"),)),
    Case(
        "a picture in full-width marks",
        (f"N214 {ARTICLE}:10:3", f"N420 {ARTICLE}:10:3"),
        (*picture(FILES[DRAWING], "dam.svg"), swap(ARTICLE, "![](dam)", "！[]（dam）")),
    ),
    Case(
        "a sidebar with a full-width colon",
        (f"N214 {ARTICLE}:5:4",),
        (
            swap(
                ARTICLE,
                "body: |\n",
                "sidebars: [{id: box, title: 数字, items: [一]}]\nbody: |\n  {sidebar：box}\n\n",
            ),
        ),
    ),
    Case(
        "running text without its bar",
        (f"N140 {ARTICLE}:6:3",),
        (swap(ARTICLE, "body: |\n", "body: >\n"), body("会议指出。\n\n  要加强合作。")),
        status=0,
    ),
    Case(
        "a row without all its cells",
        (f"N219 {ARTICLE}:8:3",),
        (body("会议指出。\n\n  | 甲 | 乙 |\n  |---|---|\n  | 丙 |\n  | 丁 | 戊 |"),),
        status=0,
    ),
    Case(
        "items that are no list",
        (f"N220 {ARTICLE}:5:3",),
        (body("1、会议指出。\n  2、会议强调。"),),
        status=0,
    ),
    Case(
        "a product whose asterisks would be lost",
        (f"N222 {ARTICLE}:4:4",),
        (body("会50*60*70米。"),),
    ),
    Case(
        "an item that gets another number",
        (f"N223 {ARTICLE}:5:3",),
        (body("1. 会议指出。\n  3. 会议强调。"),),
        status=0,
    ),
    Case("a mark without its footnote", (f"N213 {ARTICLE}:4:5",), (body("会议[^1]。"),)),
    Case(
        "marked words in full-width braces", (f"N214 {ARTICLE}:4:6",), (body("[会议]｛着重｝。"),)
    ),
    Case(
        "words marked as what there is not",
        (f"N215 {ARTICLE}:5:5",),
        (body("会议\n  指出[要]{dost}。"),),
    ),
    Case("words marked as nothing at all", (f"N215 {ARTICLE}:4:3",), (body("[会议]{}。"),)),
    Case(
        "marked words with a link in them",
        (f"N216 {ARTICLE}:4:29",),
        (body("[[会议](https://example.cn/)]{着重}。"),),
    ),
    Case(
        "marked words in a link",
        (f"N216 {ARTICLE}:4:4",),
        (body("[[会议]{着重}](https://example.cn/)。"),),
    ),
    Case("a drop cap within a line", (f"N217 {ARTICLE}:4:5",), (body("会议[指]{首字}出。"),)),
    Case("a drop cap of three letters", (f"N217 {ARTICLE}:4:3",), (body("[会议指]{首字}出。"),)),
    Case("a drop cap and nothing else", (f"N217 {ARTICLE}:4:3",), (body("[会]{首字}"),)),
    Case("ruby without its reading", (f"N218 {ARTICLE}:4:3",), (body("[会议]{拼音}指出。"),)),
    Case("brackets without words", (f"N218 {ARTICLE}:4:5",), (body("会议[]{着重}。"),)),
    Case("words that no mark prints", (f"N218 {ARTICLE}:4:3",), (body("[会议]{着重: huì}。"),)),
)

LAYOUTS: tuple[Case, ...] = (
    Case("an unknown layout", (f"N501 {PUBLICATION}:4:9",), (swap(PUBLICATION, "plain", "plian"),)),
    Case(
        "an unknown option",
        (f"N502 {PUBLICATION}:6:5",),
        (add(PUBLICATION, "  options:\n    acent: jade\n"),),
    ),
    Case(
        "a value that no option takes",
        (f"N503 {PUBLICATION}:6:13",),
        (add(PUBLICATION, "  options:\n    accent: red\n"),),
    ),
    Case(
        "a template with a misspelt name",
        (f"N504 {TEMPLATE}:17:16",),
        html("{{ isue.title }}"),
        BUILD,
    ),
    Case(
        "a template that is not closed",
        (f"N504 {TEMPLATE}:17:13",),
        html("{% if issue %}"),
        BUILD,
    ),
    Case(
        "CSS that does nothing",
        (f"N505 {STYLE}:4:5",),
        css("p { colour: red }"),
        BUILD,
        status=0,
    ),
    Case(
        "CSS that asks for a picture from the network",
        (f"N506 {STYLE}:4:20",),
        css("body { background: url(https://example.org/a.png) }"),
        BUILD,
    ),
    Case(
        "CSS that takes in another from the network",
        (f"N506 {STYLE}:1:9",),
        (put(STYLE, f'@import "https://example.org/a.css";\n{FILES[STYLE]}'),),
        BUILD,
    ),
    Case(
        "HTML that asks for a file of the machine",
        (f"N506 {TEMPLATE}:17:23",),
        html('<img src="file:///etc/passwd" alt="">'),
        BUILD,
    ),
    Case(
        "HTML that asks for a file beside the layout",
        (f"N506 {TEMPLATE}:17:29",),
        html('<img src="../../newsletter.yaml" alt="">'),
        BUILD,
    ),
    Case(
        "a link that leads nowhere",
        (f"N521 {TEMPLATE}:1:1",),
        html('<p><a href="#nowhere">某</a></p>'),
        BUILD,
    ),
    Case(
        "HTML that the renderer cannot do",
        ("N507",),
        (swap(TEMPLATE, ' lang="zh-CN"', ""),),
        BUILD,
    ),
    Case(
        "CSS that cannot be read",
        (f"N517 {STYLE}:4:5",),
        css("p { color red; }"),
        CHECK,
        status=0,
    ),
    Case(
        "CSS with a brace too few",
        (f"N518 {STYLE}:4:3",),
        css("p { color: red h2 { color: red }"),
    ),
    Case(
        "text that lets through what is below it",
        (f"N519 {STYLE}:4:5",),
        css("p { opacity: 0.2 }"),
        status=0,
    ),
    Case(
        "a variable that nothing sets",
        (f"N520 {STYLE}:4:16",),
        css("p { color: var(--forest) }"),
        status=0,
    ),
    Case(
        "a grid that is wider than its page",
        (f"N516 {LAYOUT}:5:79",),
        (swap(LAYOUT, "column_characters: 40", "column_characters: 99"),),
    ),
    Case(
        "a foot too low for what stands in it",
        (f"N523 {LAYOUT}:4:48",),
        (swap(LAYOUT, "height_mm: 297", "height_mm: 297, foot_mm: 10, least_foot_mm: 12"),),
        status=0,
    ),
    Case(
        "a layout that lacks its template",
        (f"N508 {LAYOUT}:6:11",),
        (drop(TEMPLATE),),
    ),
    Case(
        "a stylesheet from outside of the layout",
        (f"N508 {LAYOUT}:6:15",),
        (swap(LAYOUT, "template", "stylesheets: [/etc/passwd]\ntemplate"),),
    ),
)

LAYOUTS += (
    Case(
        "a title too long for its slot",
        (f"N801 {ARTICLE}:2:8",),
        (slot("article.title"),),
        status=0,
    ),
    Case("room for no field", (f"N512 {LAYOUT}:13:16",), (slot("article.titel"),)),
    Case("room for running text", (f"N512 {LAYOUT}:13:53",), (slot("article.body"),)),
    Case(
        "a picture wider than the page",
        (f"N509 {ARTICLE}:5:1",),
        picture(jpeg("RGB", 1600), "dam.jpg"),
        BUILD,
    ),
    Case(
        "CSS that exhausts the renderer",
        (f"N511 {STYLE}:1:1",),
        css("@media print {" * 3000 + "}" * 3000),
        BUILD,
    ),
    Case(
        "a layout that is not its folder",
        (f"N510 {LAYOUT}:1:7",),
        (swap(LAYOUT, "plain", "plane"),),
    ),
    Case(
        "a layout that extends itself",
        (f"N513 {LAYOUT}:2:10",),
        (swap(LAYOUT, "title:", "extends: plain\ntitle:"),),
    ),
    Case(
        "a layout that extends one that there is not",
        (f"N513 {LAYOUT}:2:10",),
        (swap(LAYOUT, "title:", "extends: silkraod\ntitle:"),),
    ),
    Case(
        "a stylesheet of another layout without those that it rests on",
        (f"N522 {LAYOUT}:1:47",),
        (
            put(
                LAYOUT,
                "{name: plain, extends: silkroad,"
                " stylesheets: [tokens.css, ../silkroad/style.css]}\n",
            ),
            drop(TEMPLATE),
        ),
        status=0,
    ),
    Case(
        "a field of a template between single braces",
        (f"N524 {TEMPLATE}:17:16",),
        html("<p>{ issue.title }</p>"),
    ),
    Case(
        "a stylesheet that layout.yaml does not name",
        ("N525 layouts/plain/own.css:1:1",),
        (put("layouts/plain/own.css", "p { margin: 0 }"),),
        status=0,
    ),
    Case(
        "an element that a template leaves open",
        (f"N526 {TEMPLATE}:17:13",),
        html("<div><p>一</p>"),
        status=0,
    ),
    Case(
        "an ink for a colour that there is not",
        (f"N514 {LAYOUT}:14:3",),
        (add(LAYOUT, "inks:\n  forest: {cmyk: [0, 0, 0, 100]}\n"),),
    ),
    Case(
        "two inks for one colour",
        (f"N515 {LAYOUT}:15:3",),
        (
            add(STYLE, ":root { --forest: #17452f; --wood: #17452f }\n"),
            add(LAYOUT, "inks:\n  forest: {cmyk: [0, 0, 0, 100]}\n  wood: {cmyk: [0, 0, 0, 90]}\n"),
        ),
    ),
    Case(
        "a press that there is not",
        (f"N721 {PUBLICATION}:6:14",),
        (add(PUBLICATION, "press:\n  condition: unheard of\n"),),
    ),
    Case(
        "a screen in place of a press",
        (f"N722 {PUBLICATION}:6:14",),
        (add(PUBLICATION, "press:\n  condition: sRGB.icc\n"),),
    ),
)

FONTS = (
    Case("a character that no font has", (f"N601 {ARTICLE}:4:4",), (body("水🀄坝。"),)),
    Case(
        "a font family that there is not",
        (f"N602 {LAYOUT}:7:9",),
        (swap(LAYOUT, "WenKai", "Arial"),),
    ),
    Case(
        "a broken family.yaml",
        ("N603 fonts/mine/family.yaml:1:1",),
        (put("fonts/mine/family.yaml", "family: [\n"),),
    ),
)

EDITION = (
    Case(
        "a layout that leaves a text out",
        (f"N701 {ARTICLE}:2:8",),
        (swap(TEMPLATE, "{{ article.title }}", ""),),
        BUILD,
    ),
    Case(
        "a layout that leaves out all texts of a kind",
        (f"N703 {STYLE}:4:1",),
        (
            add(ARTICLE, "\n".join(f"\n  第{number}段。" for number in range(9)) + "\n"),
            add(STYLE, "p { display: none }\n"),
        ),
        BUILD,
    ),
    Case(
        "a folder that cannot be written",
        ("N702",),
        (),
        ("build", "one", "--output", "newsletter.yaml/build"),
    ),
    Case("no such issue", ("N132",), (), ("check", "two")),
    Case("an issue's name that leads elsewhere", ("N132",), (), ("check", "..")),
    Case(
        "a publication without issues",
        ("N132",),
        (drop(ISSUE), drop(ARTICLE), drop(DRAWING)),
        ("check", "two"),
    ),
    Case(
        "no publication",
        ("N001",),
        (folder("elsewhere"), drop(PUBLICATION)),
    ),
    Case(
        "a newsletter.yml",
        ("N001",),
        (drop(PUBLICATION), put("newsletter.yml", FILES[PUBLICATION])),
    ),
    Case(
        "no issue to be checked",
        ("N139",),
        (drop(ISSUE),),
        ("check",),
        status=0,
    ),
    Case(
        "no issue to be built",
        ("N139",),
        (drop(ISSUE),),
        ("build", "--all"),
        status=0,
    ),
    Case(
        "issues that are all called issue.yml",
        (f"N101 {ISSUE}:1:1",),
        (drop(ISSUE), put("issues/one/issue.yml", FILES[ISSUE])),
        ("build", "--all"),
    ),
    Case("an issue that is there already", ("N002",), (), ("new", "issue", "one")),
    Case(
        "a repair that would break the file",
        ("N133", f"N407 {ARTICLE}:3:9"),
        (swap(ARTICLE, "title: 水坝建成", "title: 水坝建成\nbyline: ＮＵＬＬ"),),
        ("check", "one", "--fix"),
    ),
)

CASES: tuple[Case, ...] = (
    *YAML,
    *READING,
    *PICTURES,
    *MARKDOWN,
    *LAYOUTS,
    *FONTS,
    *EDITION,
)
