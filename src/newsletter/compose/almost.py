"""Almost Markdown: what was meant as markup and would be printed with its marks.

In: the parser. Out: the parser with a rule that leaves in an inline token's `meta["slips"]`
full-width marks (`＃＃`, `＊＊`, `｜`, `（https://…）`), marks without their space (`##小标题`,
`-步道`), `**` without a partner, and marks of other dialects (`~~x~~`, `H~2~O`), each with the
right form, and with the edits that write it where nothing else can be meant.

Only text counts: code, links and what stands behind a backslash is printed as it should be.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice, takewhile
from typing import TYPE_CHECKING

from msgspec.structs import replace

from newsletter.compose.spans import Slip
from newsletter.copydesk.spaces import pasted_rows
from newsletter.sources import Edit

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token

SIDEBAR = re.compile(r"\{\s*sidebar\s*:\s*([^\s{}]+)\s*\}")
OTHER = "\0"
"""Stands in a text for each character that is no text: marks, links, code, escapes."""
DEEPEST_HEADING = 3
LONGEST_QUOTED, LONGEST_RIGHT = 20, 60
"""Characters of a line that a message quotes, and of the right form that a hint gives."""

HEADING = re.compile(
    r"^(?P<marks>[#＃]{1,6})(?P<space>[ \u3000]*)(?P<words>[^#＃\s\0][^#＃\n]*)$", re.MULTILINE
)
ROW = re.compile(r"^[|｜][^|｜\n]*[|｜](?:[^|｜\n]*[|｜])+[ ]*$", re.MULTILINE)
BARE_TABLE = re.compile(r"(?P<bar>\|).*\|[ ]*\n[ ]*\|(?s:.*)\|")
SIDEBAR_LINE = re.compile(r"[{｛]\s*(?P<word>sidebar)\s*[:：]\s*(?P<id>[^\s{}｛｝]*).*")
PAIR = re.compile(r"＊＊(?P<words>[^＊\s\0](?:[^＊\n\0]*[^＊\s\0])?)＊＊")
WHOLE_SIDEBAR = re.compile(r"[{｛][ ]*sidebar[ ]*[:：][ ]*(?P<id>[^\s{}｛｝]+)[ ]*[}｝]")
QUOTED_LINE = re.compile(r"^＞[ \u3000]*", re.MULTILINE)
RUN = re.compile(r"\*{2,}")
TICKED = re.compile(r"\A(?P<box>\[[ xX✓√]\])[ \t]+(?P<words>\S[^\n]*)")
"""An item of a list of tasks, as other Markdown has it."""
FRAME = re.compile(r"^\+(?:[-=]{2,}\+)+[ \t]*$", re.MULTILINE)
"""A rule of a table drawn with signs."""
STRUCK = re.compile(r"(?<!~)~~(?=[^\s~])[^~\n\0]*[^\s~\0]~~(?!~)")
INDEX = re.compile(r"[A-Za-z)]~(?P<low>\d{1,3})~(?!~)|[A-Za-z0-9)]\^(?P<high>[-+]?\d{1,3})\^(?!\^)")
"""A small figure in the marks that other dialects have for it."""
BEFORE_TIMES = re.compile(
    r"(?:[0-9A-Za-z.]*[0-9A-Za-z]|[0-9][0-9.]*[ ]?(?:[分厘毫千公]?米|公里|[尺寸]))$"
)
AFTER_TIMES = re.compile(r"(?:[0-9A-Za-z]|[长宽高深厚][0-9])[0-9A-Za-z.*]*")
"""What stands before and after the asterisk of a product; never both beside an emphasised word."""
LONGEST_FACTOR = 16
BEGINS_STRONG = re.compile(r"[\w“‘《「（]")
LINK = re.compile(
    r"\[(?!\^|\d+\])(?P<words>[^\[\]\n\0]+)\]"
    r"(?:[ \u3000]*（[ ]*|[ \u3000]+\(|\((?=[^\s()（）]*）))"
    r"(?P<target>(?:https?://|mailto:|www\.)[^\s()（），。；\0]*)[)）]?"
)
SPACED_LINK = re.compile(
    r"\[(?!\^)(?P<words>[^\[\]\n\0]+)\]"
    r"\((?P<target>(?:https?://|mailto:)[^\s()\0]*[ \u3000][^()\n\0]*)\)"
)
NOTE_MARK = re.compile(r"[\[［][\^＾](?P<id>[^\s\[\]［］^＾\0]+)[\]］]")
PICTURE = re.compile(
    r"^[!！][ ]*[\[［](?P<words>[^\[\]［］\n]*)[\]］][ ]*[(（][ ]*(?P<id>[\w.-]+)[ ]*[)）]$",
    re.MULTILINE,
)
ITEM = re.compile(r"^(?P<mark>-)(?P<words>[\u4e00-\u9fff“‘《「（].*)$", re.MULTILINE)
QUOTE = re.compile(r"^(?P<mark>＞)[ \u3000]*(?P<words>[\u4e00-\u9fff“‘《「（].*)$", re.MULTILINE)
SIGNED = re.compile(r"\n(?P<mark>[—–―-])(?P<space>[ \u3000]*)(?P<words>[^\s—–―\0-][^\n]*)\Z")
"""The last line of a pull quote, if it says whose words these are after half a dash."""
BEFORE_SIGNATURE = ["paragraph_close", "bullet_list_open", "list_item_open", "paragraph_open"]
AFTER_SIGNATURE = ["paragraph_close", "list_item_close", "bullet_list_close", "blockquote_close"]
NUMERAL = "一二三四五六七八九十"
LISTED = re.compile(
    rf"^(?:\d{{1,2}}[.．、)）](?!\d)|[（(](?:\d{{1,2}}|[{NUMERAL}]{{1,3}})[)）]|[①-⑳]"
    rf"|[{NUMERAL}]{{1,3}}、(?![{NUMERAL}])|[\[［]\d{{1,3}}[\]］]|[•●○■◆▪►·])[ \t\u3000]*(?=\S)",
    re.MULTILINE,
)
"""A line that begins as an item of a list does, or a reference, but not as Markdown has it."""
LABELLED = re.compile(
    r"^[\u4e00-\u9fff]{2,6}[：:][^\n]*[^\s。！？；，、：…]\n"
    r"(?P<next>[\u4e00-\u9fff]{2,6}[：:](?=[ \t]*\S))",
    re.MULTILINE,
)
"""A label with what belongs to it, which ends without a stop, and the label of the next line."""
TITLED = re.compile(
    rf"\A(?:[（(][{NUMERAL}]{{1,3}}[)）]|[{NUMERAL}]{{1,3}}、|第[{NUMERAL}]{{1,3}}[章节])"
    r"[^\n。！？；，、：:.!?;…]{2,20}(?<!\\)\n(?P<next>[^\n]+)"
)
"""What begins a paragraph as a subhead does: a number, a few words, the end of the line."""
ENDS = (*"。！？；：:.!?;”’）",)
"""What stands at the end of a line before one that begins something of its own."""
TO_HALF_WIDTH = str.maketrans("｜", "|")
LOW = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
HIGH = str.maketrans("+0123456789", "⁺⁰¹²³⁴⁵⁶⁷⁸⁹")
RULE_TO_HALF_WIDTH = str.maketrans("｜－—：　", "|--: ")


def almost_plugin(parser: MarkdownIt) -> None:
    """Teach a parser to note what is almost Markdown, before escapes become text like other."""
    parser.core.ruler.before("text_join", "almost", _note)


def _note(state: StateCore) -> None:
    for index, token in enumerate(state.tokens):
        if token.type == "inline" and token.children:
            found = _slips(token, state.tokens, index)
            token.meta["slips"] = sorted(found, key=lambda slip: slip.start)


def _slips(block: Token, tokens: Sequence[Token], index: int) -> Iterator[Slip]:
    """Yield what is almost Markdown in a block, the token at `index`."""
    text = _plain(block.content, block.children or ())
    opening = tokens[index - 1].type
    yield from _strong(text)
    yield from _links(text)
    yield from _note_marks(text)
    yield from _of_other_dialects(text)
    yield from _products(block)
    if opening in ("td_open", "th_open") and _lacks_cells(tokens, index):
        yield from _cells(text)
    if opening == "paragraph_open":
        yield from _headings(text)
        yield from _tables(text)
        yield from _pasted_table(text)
        yield from _framed(text)
        yield from _sidebar(text)
        yield from _pictures(block.content, text)
        yield from _quotes(text)
        in_list = tokens[index - 2].type == "list_item_open"
        signed = [*_signed(text)] if tokens[index - 2].type == "blockquote_open" else []
        if _is_signature(tokens, index):
            signed = [_slip("by", 0, len(text), f"- {text}", f"—— {text}")]
        yield from signed or _items(text, in_list=in_list)
        yield from _ticked(text) if in_list else ()
        yield from _run_on(block.content, text, in_list=in_list)


def _is_signature(tokens: Sequence[Token], index: int) -> bool:
    """Tell whether a block is the one item of a list that ends a pull quote: `> - 何远`."""
    before = [token.type for token in tokens[max(0, index - 4) : index]]
    after = [token.type for token in tokens[index + 1 : index + 5]]
    is_alone = before == BEFORE_SIGNATURE and after == AFTER_SIGNATURE
    words = tokens[index].content
    return is_alone and len(words) <= LONGEST_QUOTED and "\n" not in words


def _lacks_cells(tokens: Sequence[Token], index: int) -> bool:
    """Tell whether the row of a cell ends in cells that are empty, or has no other."""
    row = takewhile(lambda token: token.type != "tr_close", islice(tokens, index + 1, None))
    others = [token.content for token in row if token.type == "inline"]
    return not others or not others[-1]


def _plain(content: str, children: Sequence[Token]) -> str:
    """Return the text of a block as long as its content, with OTHER for what is not text."""
    plain = [c if c == "\n" else OTHER for c in content]
    for child, start, end in _located(content, children):
        if child.type == "text":
            plain[start:end] = content[start:end]
    return "".join(plain)


def _located(content: str, children: Sequence[Token]) -> Iterator[tuple[Token, int, int]]:
    """Yield the tokens of a block that are found in its content, and from where to where."""
    at = 0
    for child in children:
        written = _written(child)
        start = content.find(written, at) if written else -1
        if start >= 0:
            at = start + len(written)
            yield child, start, at


def _written(token: Token) -> str:
    """Return how a token is written in the content of its block, so far as that is known."""
    if token.type == "image":
        return f"({token.attrs.get('src', '')}"
    if token.type == "link_open":
        return ""
    return token.content if token.type in ("text", "code_inline") else token.markup


# What begins a line -------------------------------------------------------------------------


def _headings(text: str) -> Iterator[Slip]:
    for found in HEADING.finditer(text):
        marks, space = found["marks"], found["space"]
        is_full = "＃" in marks or "\u3000" in space
        if space and not is_full:
            continue
        if len(marks) == 1 and not (is_full and space):
            continue  # 第#3号, #话题
        level = min(max(len(marks), 2), DEEPEST_HEADING)
        right = f"{'#' * level} {found['words']}"
        edit = (found.start(), found.end("space"), f"{'#' * level} ")
        is_certain = level == len(marks) and _begins(text, found.start())
        edits = (edit,) if is_certain else ()
        yield _slip("heading", found.start(), found.end("marks"), found[0], right, edits)


def _tables(text: str) -> Iterator[Slip]:
    bare = BARE_TABLE.fullmatch(text.strip())
    if bare and "｜" not in text:
        head, rule = text.strip().split("\n")[:2]
        start = text.find("|")
        if "-" in rule and not rule.strip("|-: "):
            start = text.find(rule)
            columns = head.strip().strip("|").count("|") + 1
            yield _slip("columns", start, start + len(rule), rule, "|" + "---|" * columns)
        else:
            yield _slip("table", start, start + 1, head)
    yield from _rows(text)


def _pasted_table(text: str) -> Iterator[Slip]:
    """Yield the first row of a table that was copied from a spreadsheet, with tabs for its bars."""
    for start, end in (pasted_rows(text) if "\t" in text else [])[:1]:
        cells = [cell.strip() for cell in text[start:end].split("\t")]
        yield _slip("tabs", start, end, " ".join(cells), f"| {' | '.join(cells)} |")


def _framed(text: str) -> Iterator[Slip]:
    """Yield the first rule of a table that is drawn with + and -."""
    for found in [*FRAME.finditer(text)][:1]:
        yield _slip("frame", *found.span(), found[0])


def _ticked(text: str) -> Iterator[Slip]:
    """Yield the box before an item of a list of tasks."""
    found = TICKED.match(text)
    if found:
        right = f"{'□' if found['box'] == '[ ]' else '√'} {found['words']}"
        yield _slip("task", *found.span("box"), found[0], right)


def _rows(text: str) -> Iterator[Slip]:
    """Yield the first row with full-width bars; those after it are mended with it."""
    full = (row for row in ROW.finditer(text) if "｜" in row[0])
    for found in list(full)[:1]:
        row = found[0].strip()
        is_rule = not row.strip("|｜-－—:： \u3000")
        right = row.translate(RULE_TO_HALF_WIDTH if is_rule else TO_HALF_WIDTH)
        yield _slip("row", found.start(), found.end(), row, right, _table_edits(text))


def _table_edits(text: str) -> tuple[Edit, ...]:
    """Return what makes a table of rows of which none has bars of both widths."""
    lines = text.split("\n")
    are_rows = all(ROW.fullmatch(line) and not {"|", "｜"} <= {*line} for line in lines)
    if len(lines) < 2 or not are_rows or lines[1].strip("|｜-－—:： \u3000"):  # noqa: PLR2004
        return ()
    edits: list[Edit] = []
    at = 0
    for number, line in enumerate(lines):
        right = line.translate(RULE_TO_HALF_WIDTH if number == 1 else TO_HALF_WIDTH)
        edits += _changes(line, right, at)
        at += len(line) + 1
    return tuple(edits)


def _changes(old: str, new: str, at: int) -> Iterator[Edit]:
    """Yield one edit for each character that differs between two texts of the same length."""
    for index, (before, after) in enumerate(zip(old, new, strict=True), at):
        if before != after:
            yield index, index + 1, after


def _cells(text: str) -> Iterator[Slip]:
    """Yield a full-width bar in a cell of a row that has too few."""
    if "｜" in text:
        start, row = text.index("｜"), f"| {text.strip(' ｜').replace('｜', '|')} |"
        is_row = ROW.fullmatch(text) is not None and "|" not in text
        edits = (*_changes(text, text.translate(TO_HALF_WIDTH), 0),) if is_row else ()
        yield _slip("row", start, start + 1, text.strip(), row, edits)


def _sidebar(text: str) -> Iterator[Slip]:
    stripped = text.strip()
    found = SIDEBAR_LINE.fullmatch(stripped)
    if found and not SIDEBAR.fullmatch(stripped):
        start = text.find(found["word"])
        whole = WHOLE_SIDEBAR.fullmatch(stripped)
        begins = text.index(stripped)
        right = f"{{sidebar: {found['id']}}}"
        edits = ((begins, begins + len(stripped), right),) if whole else ()
        slip = _slip("sidebar", start, start + len(found["word"]), stripped, edits=edits)
        yield replace(slip, values={**slip.values, "id": found["id"]})


def _pictures(content: str, text: str) -> Iterator[Slip]:
    """Yield pictures in full-width marks: the content is read, since half of it may be a link."""
    for found in PICTURE.finditer(content):
        is_right = found[0].isascii() or not set(found[0]) & {*"！［］（）"}
        is_meant = found[0][0] in text[found.start() : found.start() + 1]
        if not is_right and is_meant:
            right = f"![{found['words']}]({found['id']})"
            edits = () if found["words"] else ((*found.span(), right),)
            slip = _slip("picture", *found.span(), found[0], right, edits)
            yield replace(slip, values={**slip.values, "id": found["id"]})


def _items(text: str, *, in_list: bool) -> Iterator[Slip]:
    """Yield items of a list whose mark wants its space."""
    following = 0
    for found in ITEM.finditer(text):
        if in_list or found.start() == following or _begins(text, found.start()):
            following = found.end() + 1
            mark, right = found.span("mark"), f"- {found['words']}"
            yield _slip("item", *mark, found[0], right, ((*mark, "- "),) if in_list else ())


def _run_on(content: str, text: str, *, in_list: bool) -> Iterator[Slip]:
    """Yield the first line that begins something of its own but goes on with the one above."""
    found = [*_listed(text, in_list=in_list)]
    found += [match.span("next") for match in LABELLED.finditer(text)]
    found += [match.span("next") for match in filter(None, [TITLED.match(text)])]
    for start, end in sorted(found)[:1]:
        if not content[:start].endswith(("\\\n", "  \n")):
            line = text[start:].split("\n", 1)[0]
            yield replace(_slip("default", start, end, line), code="N220")


def _listed(text: str, *, in_list: bool) -> Iterator[tuple[int, int]]:
    """Yield where the marks of items stand that begin a line, but no block."""
    following = 0 if in_list else -1
    for found in LISTED.finditer(text):
        start, end = found.start(), text.find("\n", found.end())
        is_meant = following in (0, start) or _begins(text, start)
        following = (end if end >= 0 else len(text)) + 1
        if start and is_meant:
            yield start, found.end()


def _quotes(text: str) -> Iterator[Slip]:
    for found in QUOTE.finditer(text):
        if _begins(text, found.start()):
            right = f"> {found['words']}"
            yield _slip("quote", *found.span("mark"), found[0], right, _quote_edits(text, found))


def _signed(text: str) -> Iterator[Slip]:
    """Yield the name below a pull quote where its dash is not the whole of one."""
    found = SIGNED.search(text)
    if found and _begins(text, found.start("mark")):
        start, end = found.start("mark"), found.end("space")
        right = f"—— {found['words']}"
        line = text[start : found.end()]
        yield _slip("by", start, end, line, right, ((start, end, "—— "),))


def _quote_edits(text: str, found: re.Match[str]) -> tuple[Edit, ...]:
    """Return what makes a quotation of lines that all have the mark; ＞五成 may be a figure."""
    marks = [*QUOTED_LINE.finditer(text, found.start())]
    is_quote = len(marks) == text.count("\n", found.start()) + 1
    is_figure = found.end("mark") == found.start("words")
    return tuple((*mark.span(), "> ") for mark in marks) if is_quote and not is_figure else ()


def _begins(text: str, start: int) -> bool:
    """Tell whether the line before ended what it had to say, or there is none."""
    return start == 0 or text[max(0, start - 2) : start - 1].endswith(ENDS)


# What stands in a line ----------------------------------------------------------------------


def _strong(text: str) -> Iterator[Slip]:
    """Yield ＊＊ in pairs, and `**` that has no partner or is not read as one."""
    for found in PAIR.finditer(text):
        right = f"**{found['words']}**"
        start, end = found.span()
        edits = ((start, start + 2, "**"), (end - 2, end, "**"))
        is_certain = _is_strong(text, found)
        yield _slip("strong", start, end, found[0], right, edits if is_certain else ())
    yield from _without_partner(text)


def _is_strong(text: str, found: re.Match[str]) -> bool:
    """Tell whether ＊＊ are a pair beyond doubt: no other ＊ in the line, no signs at a figure."""
    begins, ends = text.rfind("\n", 0, found.start()) + 1, text.find("\n", found.end())
    line = text[begins : ends if ends >= 0 else len(text)]
    before = text[max(0, found.start() - 1) : found.start()]
    is_starred = before in ("）", ")", "%", "％") or (before.isascii() and before.isalnum())
    is_alone = "＊" not in PAIR.sub("", line)
    return is_alone and not is_starred and bool(BEGINS_STRONG.match(found["words"]))


def _without_partner(text: str) -> Iterator[Slip]:
    """Yield the first `**` of each line that is printed; the next may be the partner it has."""
    line = -1
    for found in RUN.finditer(text):
        start, end = found.span()
        begins = text.rfind("\n", 0, start) + 1
        if begins == line or _is_a_sign(text[max(0, start - 1) : start], text[end : end + 1]):
            continue
        line = begins
        quoted = text[max(begins, start - 4) : end + LONGEST_QUOTED - 6].split("\n", 1)[0]
        yield _slip("unclosed", start, end, quoted)


def _is_a_sign(before: str, after: str) -> bool:
    """Tell whether asterisks are meant as such: alone, as 138****1234, or as in 0.35**."""
    is_alone = not before.strip() and not after.strip()
    is_within = before.isascii() and before.isalnum() and after.isascii() and after.isalnum()
    is_starred = (before.isdigit() or before in (")", "）", "%")) and not after.isalnum()
    return is_alone or is_within or bool(before and is_starred)


def _links(text: str) -> Iterator[Slip]:
    for found in LINK.finditer(text):
        target = re.sub(r"^www\.", "https://www.", found["target"])
        right = f"[{found['words']}]({target})"
        yield _slip("link", *found.span(), found[0], right, _link_edits(found))

    for found in SPACED_LINK.finditer(text):
        target = re.sub(r"[ \u3000]", "%20", found["target"].strip())
        right = f"[{found['words']}]({target})"
        yield _slip("space", *found.span("target"), found[0], right)


def _of_other_dialects(text: str) -> Iterator[Slip]:
    """Yield what other Markdown strikes through, lowers or raises, and ours prints as it is."""
    for found in STRUCK.finditer(text):
        yield _slip("struck", *found.span(), found[0])
    for found in INDEX.finditer(text):
        if (found["high"] or "").startswith("-"):
            yield _slip("power", *found.span(), found[0])
            continue
        small = found["low"].translate(LOW) if found["low"] else found["high"].translate(HIGH)
        yield _slip("index", *found.span(), found[0], f"{found[0][0]}{small}")


def _products(block: Token) -> Iterator[Slip]:
    """Yield products whose * are read as emphasis and would not be printed: 50*60*70."""
    content = block.content
    for token, start, end in _located(content, block.children or ()):
        if token.type not in ("em_open", "strong_open") or content[start] != "*":
            continue
        factor = BEFORE_TIMES.search(content, max(0, start - LONGEST_FACTOR), start)
        following = AFTER_TIMES.match(content, end)
        if not factor or not following:
            continue
        product = content[factor.start() : following.end()]
        values = {"text": product, "right": product.replace("*", "×")}
        yield Slip("N222", "default", factor.start(), following.end(), values)


def _note_marks(text: str) -> Iterator[Slip]:
    """Yield marks of footnotes in full-width brackets; a line that begins with one is the note."""
    for found in NOTE_MARK.finditer(text):
        if found[0] == f"[^{found['id']}]":
            continue
        right = f"[^{found['id']}]"
        slip = _slip("note", *found.span(), found[0], right, ((*found.span(), right),))
        yield replace(slip, values={**slip.values, "note": found["id"]})


def _link_edits(found: re.Match[str]) -> tuple[Edit, ...]:
    """Return what makes a link of a plain address that its brackets hold wholly."""
    target = found["target"]
    is_closed = found.end() == found.end("target") + 1
    if not is_closed or not target.isascii() or target.startswith("www."):
        return ()
    opening = (found.end("words"), found.start("target"), "](")
    return (opening, (found.end() - 1, found.end(), ")"))


def _slip(
    hint: str, start: int, end: int, text: str, right: str = "", edits: tuple[Edit, ...] = ()
) -> Slip:
    quoted = text.strip().replace(OTHER, "")
    values = {"text": quoted[:LONGEST_QUOTED], "right": _cut(right.replace(OTHER, ""))}
    return Slip("N214", hint, start, end, values, edits)


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_RIGHT else f"{text[:LONGEST_RIGHT]}……"
