"""Sub-editing: findings at their place in the YAML, repairs that touch nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsletter import subedit
from newsletter.diagnostics import Refused, Severity
from newsletter.issue.loader import load_issue
from newsletter.issue.texts import Passage
from newsletter.sources import Scalar, Source, joins_without_space, parse
from newsletter.subedit import excerpts, read_issue, repair
from small_issue import ARTICLE, ISSUE, swap, write


def passage(text: str, kind: str = "markdown", field: str = "body") -> Passage:
    source = Source.of(Path("a.yaml"), "a.yaml", text)
    return Passage(field, kind, Scalar(source, 0, len(text), text, tuple(range(len(text)))), text)


def copy_of(text: str) -> list[str]:
    return [excerpt.text for excerpt in excerpts(passage(text))]


def marks(root: Path) -> list[str]:
    found = read_issue(load_issue(root, "one"))
    return [f"{d.code} {d.place.line}:{d.place.column}" for d in found if d.place]


def article(root: Path, text: str) -> None:
    write(root / ARTICLE, f"id: first\n{text}")


# Copy without markup


@pytest.mark.parametrize(
    ("text", "copy"),
    [
        ("会议**指出**。", ["会议指出。"]),
        ("会议*指出*。", ["会议指出。"]),
        ("[会议](https://example.org/a_(b))指出。", ["会议指出。"]),
        ("[会议][1]指出。", ["[会议][1]指出。"]),
        ("会议[^1]指出。", ["会议指出。"]),
        ("[^注]: 见报告。", ["见报告。"]),
        ("## 会议\n指出。", ["会议", "指出。"]),
        ("- 甲；\n- 乙。", ["甲；", "乙。"]),
        ("1. 甲；\n2. 乙。", ["甲；", "乙。"]),
        ("- 提出“一带一路\n  倡议”。", ["提出“一带一路倡议”。"]),
        ("- 甲\n  - 乙\n    丙", ["甲", "乙丙"]),
        ("> 共建“一带\n> 一路”。\n> —— 某人", ["共建“一带一路”。", "—— 某人"]),
        ("> 甲\n乙", ["甲乙"]),
        ("| 甲 | 乙 |\n|----|----|\n| 1 | 2 |", ["甲", "乙", "1", "2"]),
        ("| 甲 | `a|b` 乙\\|丙 |\n尾", ["甲", "a", "b 乙丙", "尾"]),
        ("![](dam)", []),
        ("会议见 ![](dam)。\n会议见![坝](dam) 右。", ["会议见。会议见右。"]),
        ("- ![](dam)右", ["右"]),
        ("{sidebar: box}", []),
        ("会[重要]{着重}，[北京]{拼音: běi jīng}。", ["会重要，北京。"]),
        ("[春]{首字}天\n[孔子]{dots}", ["春天孔子"]),
        ("[a\\]b]{着重}，[北京]{拼音: běi\njīng}", ["a]b，北京"]),
        ("[注]，[注]{，[注]\\{着重}", ["[注]，[注]{，[注]{着重}"]),
        ("注\\]{着重}", ["注]{着重}"]),
        ("会议`指出`。", ["会议指出。"]),
        ("会议\\*指出。", ["会议*指出。"]),
        ("会议&lt;指出&#167;。&nbsp;", ["会议指出。"]),
        ("会议\\&lt;。", ["会议&lt;。"]),
        ("会议\n指出。", ["会议指出。"]),
        ("会议  \n指出。", ["会议指出。"]),
        ("会议\n  指出。", ["会议指出。"]),
        ("Belt\nand Road", ["Belt and Road"]),
        ("Belt\n绿色", ["Belt绿色"]),
        ("一\n\n二\n \n三", ["一", "二", "三"]),
        ("2021. 年", ["年"]),
    ],
)
def test_copy_is_read_without_its_markup(text: str, copy: list[str]) -> None:
    assert copy_of(text) == copy


@given(st.text(st.sampled_from(list("ab中，“”*_`[]()!{}#>|-+1.:^ \n　\\")), max_size=60))
def test_every_character_of_the_copy_stands_where_it_says(text: str) -> None:
    at = -1
    for excerpt in excerpts(passage(text)):
        assert len(excerpt.text) == len(excerpt.offsets)
        for character, offset in zip(excerpt.text, excerpt.offsets, strict=True):
            assert character == text[offset] or (character == " " and text[offset] == "\n")
            assert offset > at
            at = offset


@given(st.lists(st.text("ab中，“”", min_size=1, max_size=6), min_size=1, max_size=5))
def test_a_paragraph_is_read_as_it_is_printed_wherever_it_breaks(lines: list[str]) -> None:
    words = lines[0]
    for line in lines[1:]:
        words += line if joins_without_space(words, line) else f" {line}"
    assert copy_of("\n".join(lines)) == [words]


@pytest.mark.parametrize(
    "text",
    [
        "![" * 30_000,
        "[a](" * 15_000,
        "[^" * 30_000,
        "a" + " " * 59_000 + "b",
        " " * 59_000 + "b",
        "|" * 60_000,
        "[a]{" * 15_000,
        "[\\a" * 20_000,
        "> " * 30_000,
        "- " * 30_000,
        "中\n" * 30_000,
    ],
    ids=[
        "pictures",
        "links",
        "notes",
        "spaces",
        "indentation",
        "cells",
        "marks",
        "brackets",
        "quotes",
        "items",
        "lines",
    ],
)
def test_odd_copy_takes_no_longer_than_other(text: str) -> None:
    assert len(list(excerpts(passage(text)))) < 60_000


# Findings


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("title: 会议指出,要\nbody: 文。\n", "N406 2:12"),
        ("title: '会议指出,要'\nbody: 文。\n", "N406 2:13"),
        ('title: "会议指出,要"\nbody: 文。\n', "N406 2:13"),
        ("title: >-\n  会议\n  指出,要\nbody: 文。\n", "N406 4:5"),
        ("title: 题\nbody: |\n  会议**指出**,要。\n", "N406 4:11"),
        ("title: 题\nbody: |\n  [会议](https://example.org/a,b)指出,要。\n", "N406 4:34"),
        ("title: 题\nbody: |\n  一。\n\n  - 甲；\n  - 会议\n    指出,要。\n", "N406 8:7"),
        ("title: 题\nbody: |\n  会议[^1]。\n\n  [^1]: 注,文。\n", "N406 6:10"),
        ("title: 题\nbody: |\n  > 会议\n  > 指出,要。\n", "N406 5:7"),
        ("title: 题\nbody: |\n  | 项 | 值 |\n  |---|---|\n  | 甲,乙 | 1 |\n", "N406 6:6"),
        ("title: 题\nbody: |\n  　　会议指出。\n", "N415 4:3"),
        ("title: 题\nbody: 一。\nsidebars:\n  - {id: b, title: 甲,乙, items: [一]}\n", None),
    ],
)
def test_a_finding_stands_at_its_character(small: Path, text: str, expected: str | None) -> None:
    article(small, text)
    if expected is None:
        with pytest.raises(Refused):
            load_issue(small, "one")
    else:
        assert marks(small) == [expected]


def test_a_pull_quote_in_traditional_characters_is_its_author_s(small: Path) -> None:
    article(small, "title: 環境與發展的關係\nbody: |\n  環境與發展。\n\n  > 環境與發展。\n")
    assert marks(small) == ["N425 2:8", "N425 4:3"]


def test_the_cells_of_a_table_are_read_one_by_one(small: Path) -> None:
    rows = "  | 绿色发展 | 绿色发展 |\n  |---|---|\n  | 是是 | 是 |\n  | 绿色发展 | 绿色发展 |\n"
    article(small, f"title: 题\nbody: |\n  一。\n\n{rows}")
    assert marks(small) == ["N417 8:5"]


def test_findings_are_warnings(small: Path) -> None:
    article(small, "title: 会议指出,要\nbody: 文。\n")
    assert [d.severity for d in read_issue(load_issue(small, "one"))] == [Severity.WARNING]


def test_a_list_that_is_wrapped_by_hand_has_no_unpaired_quotes(small: Path) -> None:
    article(
        small, "title: 题\nbody: |\n  - 提出“一带一路\n    倡议”。\n  > 共建“一带\n  > 一路”。\n"
    )
    assert marks(small) == []


def test_addresses_and_numbers_are_not_read(small: Path) -> None:
    swap(
        small / ISSUE,
        "  - id: news",
        "  - {id: end, kind: contacts, title: 联系, about: 文。,"
        " people: [{name: 某, telephone: '010-1234,5678', email: 'a,b@例.cn'}]}\n  - id: news",
    )
    assert marks(small) == []


def test_events_out_of_order_are_marked_at_their_date(small: Path) -> None:
    swap(
        small / ISSUE,
        "  - id: news",
        "  - id: past\n    kind: chronicle\n    title: 大事记\n    events:\n"
        "      - {date: 2021-05-01, title: 会}\n      - {date: 2021-04-01, title: 会}\n"
        "  - id: news",
    )
    (found,) = read_issue(load_issue(small, "one"))
    assert str(found.place) == f"{ISSUE}:9:16"


# Repairs

CRLF, LF = "\r\n", "\n"


def repaired(root: Path, text: str) -> str:
    article(root, text)
    repair(root, "one")
    return (root / ARTICLE).read_bytes().decode().removeprefix("id: first\n")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("title: 会议指出,要\nbody: 文。\n", "title: 会议指出，要\nbody: 文。\n"),
        ("title: '会议指出,要'\nbody: 文。\n", "title: '会议指出，要'\nbody: 文。\n"),
        ('title: "会议指出,要"\nbody: 文。\n', 'title: "会议指出，要"\nbody: 文。\n'),
        (
            "# 题\ntitle: 题   # 注,文\n\nbody: >+\n\n  会议\n  指出,要。\n\n\n",
            "# 题\ntitle: 题   # 注,文\n\nbody: >+\n\n  会议\n  指出，要。\n\n\n",
        ),
        (
            "title: 题\nbody: |\n  会议**指出**,要\n  加强合作。\n  - 甲,乙\n",
            "title: 题\nbody: |\n  会议**指出**，要\n  加强合作。\n  - 甲，乙\n",
        ),
        ("title: 题\nbody: |\n  　　会议指出。\n", "title: 题\nbody: |\n  会议指出。\n"),
        (
            "title: 题\nbody: |\n  2021 年 12 月,开会。\n",
            "title: 题\nbody: |\n  2021年12月，开会。\n",
        ),
        ('title: "\\u4e00,要"\nbody: 文。\n', 'title: "\\u4e00，要"\nbody: 文。\n'),
        (
            "title: 题\nbody: |2\n  一\n    ＊＊\n  ＊＊甲＊＊,乙。\n\n  见[网]（https://a.cn）。\n",
            "title: 题\nbody: |2\n  一\n    ＊＊\n  **甲**，乙。\n\n  见[网](https://a.cn)。\n",
        ),
        (
            "title: 题 # ＊＊注＊＊\nbody: >\n  先＊＊截污＊＊\n  后清淤。\n\n  # 注＊＊甲＊＊\n",
            "title: 题 # ＊＊注＊＊\nbody: >\n  先**截污**\n  后清淤。\n\n  # 注**甲**\n",
        ),
        ("title: ＊＊题＊＊\nbody: '＊＊甲＊＊。'\n", "title: ＊＊题＊＊\nbody: '**甲**。'\n"),
        ("title: 题\nbody: 先＊＊甲＊＊。\n", "title: 题\nbody: 先**甲**。\n"),
        ("title: 题\nbody: ＊＊甲＊＊。\n", "title: 题\nbody: ＊＊甲＊＊。\n"),
        ("title: 题\nbody:\n  ＃＃ 甲\n\n  乙。\n", "title: 题\nbody:\n  ＃＃ 甲\n\n  乙。\n"),
        (
            'title: 题\nbody: "＊＊\\u7532＊＊，＊＊乙＊＊"\n',
            'title: 题\nbody: "**\\u7532**，**乙**"\n',
        ),
        ('title: 题\nbody: "\\uff0a＊甲＊＊"\n', 'title: 题\nbody: "\\uff0a＊甲＊＊"\n'),
        ('title: "题"\nbody: "他说\\"好\\",走"\n', None),
        ("title: 题\nbody: 文。", "title: 题\nbody: 文。"),
    ],
)
def test_a_repair_changes_the_slip_and_nothing_else(
    small: Path, before: str, after: str | None
) -> None:
    if after is None:
        assert parse(Source.of(Path("a"), "a", repaired(small, before)))
    else:
        assert repaired(small, before) == after


@pytest.mark.parametrize(
    "text",
    [
        "会议`a,中文`指出。",
        "会议``a`,中文``指出。",
        "会议`甲 乙丙,` 指出。".replace("` ", "`"),
        "会议[指出](https://example.org/会议,要)。",
        "会议![](会议,要)。",
        "- 会议`a,\n  中文`指出。",
        "会议&nbsp;指出&lt;五。",
    ],
)
def test_what_is_printed_letter_by_letter_is_neither_told_nor_repaired(
    small: Path, text: str
) -> None:
    text = "title: 题\nbody: |\n  " + text.replace("\n", "\n  ") + "\n"
    assert repaired(small, text) == text
    assert marks(small) == []


@pytest.mark.parametrize(
    ("text", "slips"),
    [("会议\\`a,中文`指出。", 1), ("会议``a,中文`指出。", 1), ("`码`会议,要。", 1)],
)
def test_what_is_no_code_is_read(small: Path, text: str, slips: int) -> None:
    article(small, f"title: 题\nbody: |\n  {text}\n")
    assert len(marks(small)) == slips


@pytest.mark.parametrize(
    "ends", [(CRLF, CRLF, CRLF), (LF, LF, LF), (CRLF, LF, CRLF), (LF, CRLF, "")]
)
def test_each_line_keeps_its_ending(small: Path, ends: tuple[str, str, str]) -> None:
    lines = ["title: 会议指出,要", "body: |", "  甲,乙。"]
    after = ["title: 会议指出，要", "body: |", "  甲，乙。"]
    text = "".join(map(str.__add__, lines, ends))
    assert repaired(small, text) == "".join(map(str.__add__, after, ends))


def test_a_repair_is_done_once(small: Path) -> None:
    article(small, "title: 会议指出,要,走\nbody: |\n  2021 年 12 月,开会...\n")
    assert repair(small, "one").counts == {ARTICLE: 7}
    assert repair(small, "one").counts == {}


def test_repaired_markup_is_counted_by_slips(small: Path) -> None:
    body = "  ＃＃ 甲\r\n\r\n  ＊＊乙＊＊，见[网]（https://a.cn）,要。\r\n"
    article(small, f"title: 题\r\nbody: |\r\n{body}")
    assert repair(small, "one").counts == {ARTICLE: 4}
    after = (small / ARTICLE).read_bytes().decode()
    assert after.endswith("  ## 甲\r\n\r\n  **乙**，见[网](https://a.cn)，要。\r\n")
    assert repair(small, "one").counts == {}


def test_markup_in_sidebars_is_repaired(small: Path) -> None:
    first = "sidebars:\n  - {id: b, title: 甲, items: [先＊＊截污＊＊]}\n"
    box = first + "  - {id: c, title: 乙, body: '%s'}\n"
    body = "title: 题\nbody: |\n  一。\n\n  {sidebar: b}\n\n  {sidebar: c}\n"
    assert repaired(small, box % "＊＊甲＊＊" + body) == box % "**甲**" + body


@settings(max_examples=60)
@given(st.text(st.sampled_from(list("会议ab12,.:;()（“”’' -—…　＊＃｜")), min_size=1, max_size=20))
def test_repairing_twice_is_repairing_once(
    tmp_path_factory: pytest.TempPathFactory, words: str
) -> None:
    import small_issue

    root = small_issue.make(tmp_path_factory.getbasetemp() / "repaired")
    quoted = words.replace("'", "''")
    article(root, f"title: 题\nkicker: '题{quoted}题'\nbody: |\n  会{words}议。\n")
    repair(root, "one")
    once = (root / ARTICLE).read_bytes()
    assert repair(root, "one").counts == {}
    assert (root / ARTICLE).read_bytes() == once


def test_permissions_and_links_are_kept(small: Path) -> None:
    article(small, "title: 会议指出,要\nbody: 文。\n")
    moved = (small / ARTICLE).rename(small / "issues/one/moved.yaml")
    (small / ARTICLE).symlink_to("../moved.yaml")
    moved.chmod(0o640)
    assert repair(small, "one").counts
    assert (small / ARTICLE).is_symlink()
    assert "，" in moved.read_text("utf-8")
    assert moved.stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize("byline", ["ＮＵＬＬ", "ｎｕｌｌ"])
def test_a_repair_that_would_lose_a_text_is_not_written(small: Path, byline: str) -> None:
    article(small, f"title: 题\nbyline: {byline}\nbody: 文。\n")
    before = (small / ARTICLE).read_bytes()
    with pytest.raises(Refused) as refusal:
        repair(small, "one")
    assert [d.code for d in refusal.value.diagnostics] == ["N133"]
    assert (small / ARTICLE).read_bytes() == before


def test_a_file_with_errors_is_not_repaired_but_the_others_are(small: Path) -> None:
    article(small, "titel: 会议指出,要\nbody: 文。\n")
    swap(small / ISSUE, "要闻", "要闻,会议")
    write(small / "issues/one/second.yaml", "id: second\ntitle: 会议,要\nbody: 文。\n")
    swap(small / ISSUE, "      - articles", "      - second.yaml\n      - articles")
    before = (small / ARTICLE).read_bytes()
    made = repair(small, "one")
    assert (made.counts, made.left) == ({ISSUE: 1, "issues/one/second.yaml": 1}, [ARTICLE])
    assert (small / ARTICLE).read_bytes() == before
    assert "会议，要" in (small / "issues/one/second.yaml").read_text("utf-8")


@pytest.mark.parametrize("marks", ["\ufeff", "\ufeff\ufeff"])
def test_byte_order_marks_are_taken_away(small: Path, marks: str) -> None:
    write(small / ARTICLE, f"{marks}id: first\ntitle: 会议,要\r\nbody: 文。\n")
    write(small / "newsletter.yaml", b"\xef\xbb\xbf" + (small / "newsletter.yaml").read_bytes())
    made = repair(small, "one")
    assert (made.counts, made.left) == ({ARTICLE: 2, "newsletter.yaml": 1}, [])
    assert (small / ARTICLE).read_bytes() == "id: first\ntitle: 会议，要\r\nbody: 文。\n".encode()
    assert repair(small, "one").counts == {}


def test_a_byte_order_mark_is_all_that_is_repaired_in_a_file_with_errors(small: Path) -> None:
    write(small / ARTICLE, "\ufeffid: first\ntitel: 会议,要\nbody: 文。\n")
    made = repair(small, "one")
    assert (made.counts, made.left) == ({ARTICLE: 1}, [ARTICLE])
    assert (small / ARTICLE).read_bytes() == "id: first\ntitel: 会议,要\nbody: 文。\n".encode()


def test_a_file_that_cannot_be_written_is_told_and_left(
    small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    article(small, "title: 会议指出,要\nbody: 文。\n")
    before = (small / ARTICLE).read_bytes()

    def full(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(Refused) as refusal:
        repair(small, "one")
    assert [d.code for d in refusal.value.diagnostics] == ["N702"]
    assert (small / ARTICLE).read_bytes() == before
    assert [p.name for p in (small / ARTICLE).parent.iterdir()] == ["first.yaml"]


@pytest.mark.parametrize(
    "edit",
    [
        (0, 0, "- "),
        (0, 0, "a: b: c\n"),
        (0, 0, "new: 1\n"),
        (15, 19, "[甲]"),
        (15, 19, "null"),
        (15, 19, "{甲: 乙}"),
    ],
)
def test_a_repair_that_changes_the_shape_of_a_file_is_not_written(
    tmp_path: Path, edit: tuple[int, int, str]
) -> None:
    path = tmp_path / "a.yaml"
    write(path, "id: one\ntitle: 会议指出\nlist: [一]\n")
    text = path.read_text("utf-8")
    with pytest.raises(Refused) as refusal:
        subedit._rewrite(Source.of(path, "a.yaml", text), [edit])
    assert [d.code for d in refusal.value.diagnostics] == ["N133"]
    assert path.read_text("utf-8") == text


def test_an_item_more_or_less_is_not_written(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    write(path, "list: [一]\n")
    with pytest.raises(Refused):
        subedit._rewrite(Source.of(path, "a.yaml", path.read_text("utf-8")), [(8, 8, ", 二")])


# Fields that tabs divide


@pytest.mark.parametrize(
    ("field", "text", "found"),
    [
        ("title", "青砖\t120块\t陆慕", ("10", "青砖 | 120块 | 陆慕")),
        ("title", "青砖\t陆慕", ("10", "青砖 | 陆慕")),
        ("title", "Item\tUnit", ("12", "Item | Unit")),
        ("title", "名称\t用途：\t铺路", ("10", "名称 | 用途： | 铺路")),
        ("byline", "一、\t青砖\t120块", ("14", "一、 | 青砖 | 120块")),
        ("standfirst", "青砖\t120块", ("15", "青砖 | 120块")),
        ("lead_picture: {file: a.svg, alt: 砖, caption", "青砖\t块}", ("48", "青砖 | 块")),
    ],
)
def test_cells_of_a_spreadsheet_in_a_field_are_told_and_left_alone(
    small: Path, field: str, text: str, found: tuple[str, str]
) -> None:
    title = "" if field == "title" else "\ntitle: 水坝"
    article(small, f"{field}: {text}{title}\nbody: 会议。\n")
    before = (small / ARTICLE).read_bytes()
    [problem] = read_issue(load_issue(small, "one"))
    column, cells = found
    assert (problem.code, str(problem.place)) == ("N430", f"{ARTICLE}:2:{column}")
    assert problem.values["found"] == cells
    assert all(problem.hint_text(language) for language in ("en", "zh"))
    repair(small, "one")
    assert (small / ARTICLE).read_bytes() == before


@pytest.mark.parametrize("text", ["一、\t青砖", "用途：\t铺路"])
def test_a_tab_after_a_mark_or_a_label_divides_no_cells(small: Path, text: str) -> None:
    article(small, f"title: {text}\nbody: 会议。\n")
    assert "N430" not in [problem.code for problem in read_issue(load_issue(small, "one"))]


def test_cells_in_the_fields_of_contacts_and_of_a_chronicle_are_told(small: Path) -> None:
    sections = """  - id: contacts
    kind: contacts
    title: 联系
    about: 联系。
    people:
      - name: 某人
        telephone: 010-1234\t010-5678
  - id: year
    kind: chronicle
    title: 大事
    events:
      - date: 2021-02-03
        title: 开工
        outputs:
          - 报告\t3份
"""
    with (small / ISSUE).open("a", encoding="utf-8") as file:
        file.write(sections.replace("\\t", "\t"))
    assert [code.split(":")[0] for code in marks(small)] == ["N430 16", "N430 24"]
