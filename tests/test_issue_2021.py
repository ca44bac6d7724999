"""The issue of 2021: it has the original's structure, and says what the original says."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "tools"))

import facts
from newsletter.issue.loader import load_issue
from newsletter.issue.models import (
    Article,
    ChronicleSection,
    ContactsSection,
    Issue,
    ViewsSection,
)

ID = "2021"
LISTINGS = facts.listings(ID)
ARTICLES = [name for name in LISTINGS if name not in {"chronicle", "contacts"}]
VIEWS = ["solheim", "mwencha", "sharaf"]
REPORTS = [name for name in ARTICLES if name not in VIEWS]
UNFINISHED = ("TODO", "FIXME", "XXX", "待补", "待定", "此处", "略去", "……等等")

SECTIONS = {
    "绿色丝路新闻": ["symposium", "advisory-council", "green-ribbon", "big-data"],
    "联盟动态": [
        "innovation-conference",
        "outlook-report",
        "outlook-seminar",
        "infrastructure",
        "green-finance",
    ],
    "专题工作进展": ["training", "burkina-solar", "youth-dialogue"],
    "观点": VIEWS,
    "“一带一路”绿色发展国际联盟2021年大事记": [],
    "联系方式": [],
}
CONTENTS_LINE = (
    "环境质量改善和绿色城市、南南合作和可持续发展目标、生物多样性和生态系统专题伙伴关系工作进展"
)
SOURCES = {
    "symposium": "新华社",
    "advisory-council": "外交部",
    "green-ribbon": "新华社",
    "big-data": "生态环境部对外合作与交流中心",
    "solheim": "人民日报",
    "mwencha": "中国一带一路网",
    "sharaf": "中国一带一路网",
}
CONTRIBUTORS = {
    "training": "环境质量改善和绿色城市专题伙伴关系",
    "burkina-solar": "南南合作和可持续发展目标专题伙伴关系",
    "youth-dialogue": "生物多样性和生态系统专题伙伴关系",
}
EVENTS = [
    ("2021年4月20日", "海南博鳌", "博鳌亚洲论坛2021年年会"),
    ("2021年4月27日", "北京", "环保社会组织助力绿色丝绸之路建设研讨会"),
    (
        "2021年5月17日",
        "北京",
        "“一带一路”项目绿色发展指南圆桌会暨碳中和背景下“一带一路”绿色投融资国际研讨会",
    ),
    ("2021年5月25日", "北京", "共话绿色丝绸之路——“一带一路”绿色金融与低碳发展论坛"),
    ("2021年6月11日", "北京", "“一带一路”城市低碳转型与绿色发展专题研讨会"),
    ("2021年6月17日", "西安", "“一带一路”国际交通研讨会"),
    ("2021年6月24—25日", "北京", "“一带一路”绿色金融与环境管理专题研讨会"),
    ("2021年6月25日", "北京", "“一带一路”青年绿色使者对话活动"),
    ("2021年7月9日", "北京", "碳中和背景下海洋命运共同体与绿色低碳发展专题研讨会"),
    ("2021年8月26日", "北京", "“一带一路”生态环境标准研讨会"),
    ("2021年8月27日", "北京", "“一带一路”绿色低碳转型专家研讨会"),
    (
        "2021年8月30日",
        "北京",
        "“一带一路”项目绿色发展指南与“一带一路”绿色投资原则协同应用专家研讨会",
    ),
    ("2021年9月8日", "北京", "绿色“一带一路”与2030年可持续发展议程主题论坛"),
    ("2021年9月28日", "北京", "“一带一路”倡议下东盟国家绿色低碳发展与转型专家研讨会"),
    ("2021年9月29日", "北京", "“一带一路”能源绿色低碳发展对话会"),
    ("2021年10月24日", None, "国务院关于印发《2030年前碳达峰行动方案的通知》"),
    (
        "2021年10月26日",
        "北京",
        "“一带一路”绿色发展圆桌会暨“一带一路”绿色发展国际联盟2021年政策研究专题发布",
    ),
    ("2021年12月6日", "北京", "“一带一路”基础设施可持续发展专家研讨会"),
    ("2021年12月8日", "北京", "“一带一路”绿色发展展望专家研讨会"),
    ("2021年12月16—17日", "深圳", "“一带一路”绿色创新大会（2021）"),
    ("2021年12月21—22日", "北京", "第二期“一带一路”绿色金融与环境管理专题研讨会"),
]
OUTPUTS = {
    "2021年9月8日": ["《绿色“一带一路”与展议程（2021）》"],
    "2021年10月26日": [
        "《“一带一路”项目绿色发展指南》二期专题I：企业及金融机构应用手册",
        "《“一带一路”项目绿色发展指南》二期专题II：铁路公路行业绿色发展指南",
        "《“一带一路”绿色城市发展案例报告》",
        "《“一带一路”生物多样性保护案例报告》",
        "《“一带一路”海上互联互通绿色发展研究》",
        "《共建“一带一路”国家交通运输绿色发展路径研究》",
        "《共建“一带一路”国家汽车行业碳排放标准研究》",
    ],
    "2021年12月16—17日": [
        "《“一带一路”绿色发展展望》中期报告（摘要）",
        "《“一带一路”环境政策法规标准蓝皮书》",
    ],
}

T = TypeVar("T")


@pytest.fixture(scope="module")
def issue() -> Issue:
    return load_issue(facts.ROOT, ID)


@pytest.fixture(scope="module")
def texts(issue: Issue) -> dict[str, facts.Text]:
    return facts.texts(issue)


def article(texts: dict[str, facts.Text], name: str) -> Article:
    text = texts[name]
    assert isinstance(text, Article)
    return text


def only(issue: Issue, kind: type[T]) -> T:
    (section,) = (section for section in issue.sections if isinstance(section, kind))
    return section


# The structure ------------------------------------------------------------------------------


def test_the_sections_and_their_articles_stand_in_the_originals_order(issue: Issue) -> None:
    found = {
        section.title: [
            article.id.removeprefix("view-") for article in getattr(section, "articles", ())
        ]
        for section in issue.sections
    }
    assert list(found.items()) == list(SECTIONS.items())
    assert isinstance(issue.sections[3], ViewsSection)


def test_only_the_partnerships_share_one_line_in_the_contents(issue: Issue) -> None:
    lines = {section.title: section.contents_line for section in issue.sections}
    assert lines == {**dict.fromkeys(SECTIONS), "专题工作进展": CONTENTS_LINE}


@pytest.mark.parametrize("name", LISTINGS)
def test_every_title_is_the_originals_to_the_letter(
    texts: dict[str, facts.Text], name: str
) -> None:
    assert texts[name].title == LISTINGS[name].title


@pytest.mark.parametrize("name", ARTICLES)
def test_every_article_names_its_source_or_contributor_as_the_original_does(
    texts: dict[str, facts.Text], name: str
) -> None:
    found = article(texts, name)
    assert (found.source, found.contributor) == (SOURCES.get(name), CONTRIBUTORS.get(name))


def test_the_opinions_belong_to_those_whom_their_titles_name(issue: Issue) -> None:
    views = only(issue, ViewsSection).articles
    assert [view.person.name for view in views] == ["索尔海姆", "姆文查", "沙拉夫"]
    assert all(view.title.startswith(f"{view.person.name}：") for view in views)
    assert all(view.person.role for view in views)


def test_the_chronicle_has_the_21_events_with_their_dates_and_cities(issue: Issue) -> None:
    events = only(issue, ChronicleSection).events
    assert len(events) == 21
    assert [(event.date.chinese(), event.city, event.title) for event in events] == EVENTS


def test_the_chronicle_lists_the_seven_reports_and_the_other_outputs(issue: Issue) -> None:
    events = only(issue, ChronicleSection).events
    outputs = {event.date.chinese(): list(event.outputs) for event in events if event.outputs}
    assert outputs == OUTPUTS
    assert len(outputs["2021年10月26日"]) == 7


def test_the_chronicle_quotes_at_boao_and_in_the_state_councils_notice(issue: Issue) -> None:
    events = only(issue, ChronicleSection).events
    quoted = {event.date.chinese(): event.quotation for event in events if event.quotation}
    assert list(quoted) == ["2021年4月20日", "2021年10月24日"]
    boao, notice = quoted.values()
    assert "习近平主席" in (boao.by or "")
    assert boao.text.endswith("让绿色切实成为共建“一带一路”的底色。")
    assert "国务院" in (notice.by or "")
    assert notice.text.startswith("推进绿色“一带一路”建设，")


def test_the_chronicle_sets_the_coalitions_figures_apart(issue: Issue) -> None:
    highlights = only(issue, ChronicleSection).highlights
    assert [figure.value for figure in highlights] == [
        "43个国家",
        "150余家",
        "79家",
        "26个共建国家",
    ]


def test_the_contacts_name_three_people_and_print_nothing_unknown(issue: Issue) -> None:
    contacts = only(issue, ContactsSection)
    assert [(person.name, person.role) for person in contacts.people] == [
        ("蓝艳", "秘书处"),
        ("彭宁", "秘书处"),
        ("张建宇", "咨询委员会"),
    ]
    assert not any(p.telephone or p.fax or p.email or p.address for p in contacts.people)
    assert contacts.about_title == "联系秘书处"
    assert contacts.join


# The facts ----------------------------------------------------------------------------------


def test_what_is_listed_of_the_original_is_what_the_issue_holds(
    texts: dict[str, facts.Text],
) -> None:
    assert set(LISTINGS) == set(texts)


@pytest.mark.parametrize("name", LISTINGS)
def test_every_name_date_and_figure_of_the_original_is_carried_over(
    texts: dict[str, facts.Text], name: str
) -> None:
    assert facts.missing(LISTINGS[name], texts[name]) == {}


@pytest.mark.parametrize("name", LISTINGS)
def test_everybody_stands_behind_the_right_office(texts: dict[str, facts.Text], name: str) -> None:
    assert facts.without_office(LISTINGS[name], texts[name]) == []


@pytest.mark.parametrize("name", [name for name in ARTICLES if LISTINGS[name].said])
def test_what_somebody_said_is_told_of_that_person(texts: dict[str, facts.Text], name: str) -> None:
    assert facts.misattributed(LISTINGS[name], article(texts, name)) == []


# The copy -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", LISTINGS)
def test_every_text_is_about_as_long_as_the_original(
    texts: dict[str, facts.Text], name: str
) -> None:
    ratio = facts.length(texts[name]) / LISTINGS[name].characters
    assert ratio == pytest.approx(1, abs=0.15)


@pytest.mark.parametrize("name", LISTINGS)
def test_no_text_is_left_unfinished(texts: dict[str, facts.Text], name: str) -> None:
    words = facts.printed(texts[name])
    assert [mark for mark in UNFINISHED if mark in words] == []
    assert not any(line.endswith(("…。", "，", "、", "：")) for line in words.splitlines())


@pytest.mark.parametrize("name", REPORTS)
def test_every_report_has_a_standfirst_and_a_picture_that_is_told_in_words(
    texts: dict[str, facts.Text], name: str
) -> None:
    report = article(texts, name)
    assert (report.standfirst or "").endswith("。")
    pictures = [p for p in (report.lead_picture, *report.pictures) if p is not None]
    assert pictures
    for picture in pictures:
        assert picture.kind == "illustration"
        assert (picture.caption or "").startswith(("题图：", "示意图："))
        assert picture.alt != picture.caption


@pytest.mark.parametrize("name", ARTICLES)
def test_a_pull_quotation_stands_word_for_word_in_the_article(
    texts: dict[str, facts.Text], name: str
) -> None:
    words = facts.printed(texts[name])
    for quoted in pull_quotations(article(texts, name).body):
        assert facts.normalised(quoted).rstrip("。") in words


def pull_quotations(body: str) -> Iterator[str]:
    for line in body.splitlines():
        if line.startswith("> ") and not line.startswith("> ——"):
            yield line.removeprefix("> ")


# The count itself ---------------------------------------------------------------------------


def test_a_fact_that_is_not_printed_is_missed(texts: dict[str, facts.Text]) -> None:
    listing = facts.Listing(
        title="",
        characters=1,
        facts={"names": ("新华社", "从未有过的机构"), "dates": ("2021年11月20日",)},
        people=("中国国家主席习近平", "深圳市副市长习近平"),
        said={},
    )
    text = texts["symposium"]
    assert facts.missing(listing, text) == {
        "names": ["从未有过的机构"],
        "dates": ["2021年11月20日"],
    }
    assert facts.without_office(listing, text) == ["深圳市副市长习近平"]


def test_words_given_to_the_wrong_speaker_are_noticed(texts: dict[str, facts.Text]) -> None:
    said = {"周国梅": ("两个关键",), "涂瑞和": ("两个关键", "污染治理")}
    listing = facts.Listing(title="", characters=1, facts={}, people=(), said=said)
    infrastructure = article(texts, "infrastructure")
    assert facts.misattributed(listing, infrastructure) == [("涂瑞和", "两个关键")]


def test_dashes_and_white_space_make_no_difference() -> None:
    assert facts.normalised("2021 年 6 月 24-25 日") == facts.normalised("2021年6月24—25日")
    assert facts.normalised("丝绸之路⸺论坛") == facts.normalised("丝绸之路——论坛")
    assert facts.normalised("巴基斯坦-中国") != facts.normalised("巴基斯坦中国")


def test_placements_and_pull_quotations_are_no_running_text() -> None:
    body = "甲乙。\n\n## 丙\n\n![](map)\n\n{sidebar: box}\n\n> 甲乙。\n> —— 丁\n"
    assert facts.paragraphs(body) == ["甲乙。", "丙"]


def test_the_table_counts_791_of_791(capsys: pytest.CaptureFixture[str]) -> None:
    assert facts.main([]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 1 + len(LISTINGS) + 1
    assert lines[-1].split()[-1] == "791/791"
