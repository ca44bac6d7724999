"""Every rule is seen to fire on its smallest bad copy, and to be silent beside it."""

from __future__ import annotations

import unicodedata

import pytest

from newsletter.copydesk import RULES, fix, read
from newsletter.copydesk.traditional import TRADITIONAL
from newsletter.diagnostics import Diagnostic, Severity, entry

# code, copy, what the finding covers, what --fix makes of the whole (None: it leaves it alone)
FIRES = [
    ("N401", "他提出“一带一路倡议。", "“", None),
    ("N401", "他提出一带一路”倡议。", "”", None),
    ("N401", "发布《指南并解读。", "《", None),
    ("N401", "新品种“思麦早“诞生了。", "“", None),
    ("N402", "发布《“一带一路》”报告。", "”", None),
    ("N403", "他说：“共建“一带一路”很好。”", "“一带一路”", "他说：“共建‘一带一路’很好。”"),
    ("N403", "《关于印发《方案》的通知》", "《方案》", "《关于印发〈方案〉的通知》"),
    ("N403", "“甲“乙“丙”丁”戊”", "“丙”", None),
    ("N404", '共建"一带一路"倡议', '"一带一路"', "共建“一带一路”倡议"),
    ("N404", "他说：“共建'一带一路'很好。”", "'一带一路'", "他说：“共建‘一带一路’很好。”"),
    ("N404", '共建"一带一路倡议', '"', None),
    ("N404", "共建'一带一路'倡议", "'一带一路'", None),
    ("N405", "“一带一路”与「绿色丝路」、“软联通”", "「", None),
    ("N406", "会议指出,要加强合作", ",", "会议指出，要加强合作"),
    ("N406", "来源:新华社", ":", "来源：新华社"),
    ("N406", "怎么办?我们来说", "?", "怎么办？我们来说"),
    ("N406", "太好了!", "!", "太好了！"),
    ("N406", "会议闭幕.", ".", "会议闭幕。"),
    ("N406", "比上年增长3.5%.", ".", "比上年增长3.5%。"),
    ("N406", "何塞.卡斯特罗", ".", None),
    ("N406", "一.绿色基建", ".", None),
    ("N406", "社会资本合作(PPP)支持", "(PPP)", "社会资本合作（PPP）支持"),
    ("N406", "社会资本合作（PPP)支持", "（PPP)", "社会资本合作（PPP）支持"),
    ("N404", '共建"一带一路 "倡议', '"一带一路 "', None),
    ("N404", '他说：“共建"‘一带一路’很好"。”', '"‘一带一路’很好"', None),
    ("N406", "(1)绿色基建", "(1)", "（1）绿色基建"),
    ("N406", "(来源:新华社)", "(来源:新华社)", "（来源：新华社）"),
    ("N406", "关注ESG,以及碳市场", ",", "关注ESG，以及碳市场"),
    ("N407", "２０２１年", "２０２１", "2021年"),
    ("N407", "增长１．５倍", "１．５", "增长1.5倍"),
    ("N407", "ＣＯＰ会议", "ＣＯＰ", "COP会议"),
    ("N408", "绿色--未来的底色", "--", "绿色——未来的底色"),
    ("N408", "绿色⸺未来的底色", "⸺", "绿色——未来的底色"),
    ("N408", "绿色－－未来的底色", "－－", "绿色——未来的底色"),
    ("N408", "绿色──未来的底色", "──", "绿色——未来的底色"),
    ("N408", "绿色———未来的底色", "———", None),
    ("N408", "—记深圳会议", "—", "——记深圳会议"),
    ("N409", "绿色...", "...", "绿色……"),
    ("N409", "绿色。。。", "。。。", "绿色……"),
    ("N409", "绿色…", "…", "绿色……"),
    ("N409", "绿色………", "………", "绿色……"),
    ("N409", "绿色······", "······", "绿色……"),
    ("N410", "2021-2025年", "-", "2021—2025年"),
    ("N410", "6月24-25日", "-", "6月24—25日"),
    ("N410", "6月24日-7月1日", "-", "6月24日—7月1日"),
    ("N410", "2021~2025年", "~", "2021—2025年"),
    ("N410", "2021——2025年", "——", "2021—2025年"),
    ("N410", "增长5~10%", "~", "增长5～10%"),
    ("N410", "增长5-10%", "-", "增长5—10%"),
    ("N410", "规划（2021-2025）", "-", "规划（2021—2025）"),
    ("N410", "上午9:00-10:30举行", "-", "上午9:00—10:30举行"),
    ("N410", "2021-22年", "-", None),
    ("N411", "二○二一年", "二○二一", "二〇二一年"),
    ("N411", "二0二一年", "二0二一", "二〇二一年"),
    ("N411", "二零二一年", "二零二一", "二〇二一年"),
    ("N412", "观 点", " ", "观点"),
    ("N412", "“一 带 一 路”", " ", "“一带一路”"),
    ("N413", "何塞 · 卡斯特罗", " ", "何塞·卡斯特罗"),
    ("N413", "会议指出， 要加强", " ", "会议指出，要加强"),
    ("N413", "共建 “一带一路”", " ", "共建“一带一路”"),
    ("N414", "2021 年 12 月", " ", "2021年12月"),
    ("N414", "增长 3.5%", " ", "增长3.5%"),
    ("N414", "纳入 ESG 因素", " ", "纳入ESG因素"),
    ("N414", "采访Trần Thị Lệ 等", " ", "采访Trần Thị Lệ等"),
    ("N414", "青砖\t120块", "\t", "青砖120块"),
    ("N415", "　　会议指出", "　　", "会议指出"),
    ("N415", "会议　　指出", "　　", None),
    ("N416", "绿色\u200b丝路", "\u200b", "绿色丝路"),
    ("N416", "绿色\u00a0丝路", "\u00a0", "绿色丝路"),
    ("N416", "绿\ufeff色", "\ufeff", "绿色"),
    ("N416", "UNEP \u00a0FI绿色金融", "\u00a0", "UNEP FI绿色金融"),
    ("N417", "绿色的的发展", "的的", None),
    ("N417", "会议听取了了报告", "了了", None),
    ("N417", "会议在在北京举行", "在在", None),
    ("N417", "会议的的", "的的", None),
    ("N417", "在在北京举行", "在在", None),
    ("N418", "我们我们要加强合作", "我们我们", None),
    ("N418", "推动绿色发展绿色发展", "绿色发展绿色发展", None),
    ("N418", "共建一带一路一带一路", "一带一路一带一路", None),
    ("N419", "会议指出，，要加强", "，，", "会议指出，要加强"),
    ("N419", "会议闭幕。。", "。。", "会议闭幕。"),
    ("N420", "吴仪、邹家华，、杨尚昆", "，、", None),
    ("N420", "会议闭幕，。", "，。", None),
    ("N420", "他说：“会议闭幕。”。", "。”。", None),
    ("N420", "共建（，绿色）", "（，", None),
    ("N420", "，会议指出", "，", None),
    ("N421", "《指南》、《原则》", "、", None),
    ("N421", "“硬联通”、“软联通”", "、", None),
    ("N423", "绿色\ufffd丝路", "\ufffd", None),
    ("N423", "绿色\ue001丝路", "\ue001", None),
    ("N423", "绿色\x08丝路", "\x08", None),
    ("N423", "锟斤拷", "锟斤拷", None),
    ("N424", "⽣态环境", "⽣", "生态环境"),
    ("N424", "⻓江", "⻓", "长江"),
    ("N425", "共建這条路", "這", None),
    ("N425", "環境與發展的關係", "環境與發展的關係", None),
    ("N425", "大学圖书馆", "圖", None),
    ("N425", "江畔大學圖書館季刊", "學圖書館", None),
    ("N426", "2021年2月30日", "2021年2月30日", None),
    ("N426", "2021年2月29日", "2021年2月29日", None),
    ("N426", "2021年13月", "2021年13月", None),
    ("N426", "12月32日", "12月32日", None),
    ("N426", "12月21—32日", "12月21—32日", None),
    ("N426", "2021-02-30", "2021-02-30", None),
    ("N426", "二月三十日", "二月三十日", None),
    ("N426", "十三月一日", "十三月一日", None),
    ("N426", "12月17日25时", "日25时", None),
    ("N426", "上午10:75开始", "午10:75", None),
    ("N427", "2021年12月16日（星期五）", "2021年12月16日（星期五", None),
    ("N427", "2021年12月16日（周五）", "2021年12月16日（周五", None),
    ("N428", "2021年12月22—21日", "12月22—21", None),
    ("N428", "6月25日至6月24日", "6月25日至6月24", None),
    ("N428", "2025—2021年", "2025—2021", None),
    ("N428", "2021年5—3月", "5—3", None),
    ("N428", "2021年5月至2020年6月", "2021年5月至2020年6月", None),
]

SILENT = [
    ("N401", "1）绿色基建；（2）绿色能源"),
    ("N401", "China’s plan与’98系列"),
    ("N401", "“第一段。\n\n“第二段。”"),
    ("N402", "《“一带一路”报告》（“蓝皮书”）"),
    ("N403", "“‘一带一路’很好”，《〈指南〉解读》"),
    ("N404", "It's Erik's plan，屏幕5\"，绿色"),
    ("N404", 'the "Belt and Road" and \'green\' plan, see https://a.cn/?q="x"'),
    ("N405", "「绿色丝路」与『软联通』"),
    ("N406", "3.5%、1,000、10:30、U.S.、f(x)、No. 3、a@b.cn、绿色"),
    ("N406", "The “一带一路” (Belt and Road) initiative, as we know, is green."),
    ("N406", "变量(x+1)与区间(0, 1)，报告(终稿).pdf与绿色"),
    ("N406", "约为(1.20±0.03)×10⁸吨，即(1.2)×10⁸吨"),
    ("N406", "ESG, PPP and green finance"),
    ("N406", "[1] 张三. 绿色发展研究[J]. 环境科学, 2021, 12(3): 1-10."),
    ("N406", "李四, 王五. 绿色发展报告[R/OL]. 北京: 某某出版社, 2020"),
    ("N407", "2021年COP15"),
    ("N408", "2021--2025、中国 <-- 东盟、见https://a.cn/b--c，绿色"),
    ("N408", "北京—上海，绿色——底色，选项“--help”，绿色"),
    ("N409", "绿色……以及Wait... what、1…9"),
    ("N410", "COP15-26、GB/T 9704-2012、2021-06-24、010-82268221、3-2-11室、ISBN 978-7-5111"),
    ("N410", "2021—2025年、25～30克、26-3号楼"),
    ("N411", "二〇二一年、一千零一夜、三十零五年"),
    ("N412", "王伟 李娜娜 张三"),
    ("N413", "凝聚共识 “一带一路”大会召开\n—— 马骏"),
    ("N413", "the “Belt and Road” plan — a start"),
    ("N414", "Belt and Road 2021"),
    ("N414", "青砖\t120\t陆慕"),
    ("N414", "材料\t用量\n青砖\t120块"),
    ("N415", "绿水青山　金山银山"),
    ("N416", "10\u00a0km与12\u2009345"),
    ("N416", "作者Trần Lệ\u00a0Ẩn与绿色"),
    ("N417", "以此为目的的合作、为了了解、是是非非、不了了之、存在在建项目、参与与否"),
    ("N417", "暖暖和和、分分和和、有有轨电车"),
    ("N417", "的的喀喀湖、利比亚的的黎波里、实事求是是关键、没想到到北京"),
    ("N418", "研究研究、讨论讨论、一步一步、一个又一个又一个、哈哈哈哈哈哈哈哈、委员会委员会议"),
    ("N419", "什么？？真的！！……——"),
    ("N420", "真的吗？！他说：“走吧。”句号是“。”"),
    ("N421", "《指南》《原则》，《甲》（上）、《乙》、《丙》"),
    ("N423", "绿色\n丝路\t"),
    ("N424", "生态环境，人民"),
    ("N425", "日本国际协力机构（國際協力機構）"),
    ("N425", "碑上刻着“環境與發展的關係”"),
    ("N425", "李昇、甯静、钱甦、喆、堃、於氏、兒宽、钟馀、餘姓、鉅子"),
    (
        "N425",
        "瞭望、乾坤、著名、狼藉、宫商角徵羽、覆盖、夥颐、神祇、剋扣、穀梁、苧烯、幺麼、徘徊彷徨",
    ),
    ("N426", "2020年2月29日、12月31日24时、十二月三十一日、农历二月三十日、18个月、13月龄、45日"),
    ("N427", "2021年12月16日（星期四），2021年2月30日（星期四）"),
    ("N428", "12月20日至1月5日、2021—2025年、11月至次年3月、2021年5月20日至2021年5月"),
]


@pytest.mark.parametrize(("code", "copy", "covered", "repaired"), FIRES)
def test_a_slip_is_found_where_it_stands(
    code: str, copy: str, covered: str, repaired: str | None
) -> None:
    findings = [f for f in read(copy) if f.code == code]
    assert covered in [copy[f.start : f.end] for f in findings]
    assert {f.replacement is None for f in findings} == {repaired is None}


@pytest.mark.parametrize(("code", "copy", "repaired"), [(c, t, r) for c, t, _, r in FIRES])
def test_a_repair_is_made_or_the_copy_is_left_to_its_author(
    code: str, copy: str, repaired: str | None
) -> None:
    assert fix(copy) == (copy if repaired is None else repaired)
    if repaired is not None:
        assert code not in [f.code for f in read(repaired)]


@pytest.mark.parametrize(("code", "copy"), SILENT)
def test_what_only_looks_like_a_slip_is_passed_over(code: str, copy: str) -> None:
    assert code not in [f.code for f in read(copy)]


@pytest.mark.parametrize(
    ("copy", "hints"),
    [
        ("環境與發展", ["passage"]),
        ("環境發展", ["default", "default"]),
        ("谈環境與發展：“環境與發展的關係”", ["passage"]),
        ("这條路：“環境與發展的關係”", ["default"]),
        ("喆、堃、翀三人谈這条路", ["passage"]),
        ("喆、堃、翀三人", []),
        ("李昇与張甯", ["default"]),
    ],
)
def test_a_passage_in_traditional_characters_is_told_once(copy: str, hints: list[str]) -> None:
    assert [f.hint for f in read(copy) if f.code == "N425"] == hints


def test_a_traditional_form_is_never_of_the_simplified_set() -> None:
    assert len(TRADITIONAL) > 1500
    for form, simplified in TRADITIONAL.items():
        assert not form.encode("gb2312", errors="ignore")
        assert simplified.encode("gb2312")


def test_a_traditional_form_has_the_form_that_unihan_and_icu_give() -> None:
    for form, simplified in ("丟丢", "國国", "復复", "裡里", "衛卫", "髒脏", "髮发", "龜龟"):
        assert TRADITIONAL[form] == simplified
    assert TRADITIONAL.keys().isdisjoint(TRADITIONAL.values())


def test_a_form_that_only_one_of_them_has_is_left_out() -> None:
    doubtful = "佈佔倖僱勳嚮嶽彫慾朮汙淒淨痠癒硃稜糰蓆証諮豔週遊韆鬨"
    assert TRADITIONAL.keys().isdisjoint(doubtful)


def test_every_rule_of_the_table_is_tested_both_ways() -> None:
    codes = {rule.code for rule in RULES} - {"N422"}
    assert codes == {code for code, *_ in FIRES} == {code for code, _ in SILENT}


def test_a_paragraph_cut_off_is_found_in_prose_only() -> None:
    copy = "会议指出，八年来中国携手沿线国家推动共建“一带一路”高质量发展取得实打实、沉甸甸的成"
    assert [f.code for f in read(copy, prose=True)] == ["N422"]
    assert read(copy) == []
    assert read(f"{copy}就。", prose=True) == []
    assert read("来源：新华社", prose=True) == []


def test_a_space_in_prose_is_a_slip_that_a_heading_may_keep() -> None:
    copy = "凝聚绿色共识 共建清洁美丽世界"
    assert read(copy) == []
    assert [(f.code, f.hint) for f in read(copy, prose=True)] == [("N412", "phrases")]
    assert fix(copy, prose=True) == copy
    assert read(f"他作了题为《{copy}》的报告。", prose=True) == []


@pytest.mark.parametrize(
    "copy",
    [
        "出席会议的有张三 李四 王五等。",
        "会议在深圳 举行。",
        "答案依次为甲 乙 丙。",
        "甲 乙 丙",
        "与会者有李 四和张三丰 王五。",
        "绿 色发展有了新的成绩。",
    ],
)
def test_a_space_that_may_divide_words_is_told_and_left(copy: str) -> None:
    found = [f for f in read(copy, prose=True) if f.code == "N412"]
    assert found
    assert {f.hint for f in found} <= {"names", "phrases"}
    assert fix(copy, prose=True) == copy


@pytest.mark.parametrize(
    "copy", ["我们" * 6, "绿色发展" * 5, "一带一路" * 3, "我们我们绿色我们我们"]
)
def test_what_is_written_many_times_running_is_one_slip(copy: str) -> None:
    assert [f.code for f in read(copy)] == ["N418"] * (2 if "绿色我们" in copy else 1)


def test_a_quotation_may_go_on_in_the_next_paragraph() -> None:
    assert read("“第一段。\n\n“第二段。”") == []
    assert [f.hint for f in read("“第一段。")] == ["continued"]
    assert [f.hint for f in read("“第一段。\n\n第二段。")] == ["continued"]


def test_the_hint_says_which_way_a_mark_is_wrong() -> None:
    assert [f.hint for f in read("新品种“思麦早“，诞生了。")] == ["unclosed", "turned"]
    assert [f.hint for f in read("共建一带一路》")] == ["unopened"]


@pytest.mark.parametrize("copy", [copy for _, copy, *_ in FIRES])
def test_every_finding_has_its_sentence_in_both_languages(copy: str) -> None:
    for finding in read(copy):
        shown = Diagnostic(finding.code, values=dict(finding.values), hint=finding.hint)
        for text in (shown.message("en"), shown.message("zh")):
            assert text
        assert shown.hint_text("en")
        assert shown.hint_text("zh")


def test_only_a_matter_of_taste_weighs_less_than_a_warning() -> None:
    weights = {rule.code: entry(rule.code).severity for rule in RULES}
    assert {c for c, s in weights.items() if s is not Severity.WARNING} == {"N421"}


def test_every_rule_names_its_source_and_its_reason() -> None:
    assert all(rule.source and rule.reason and rule.read.__doc__ for rule in RULES)


@pytest.mark.parametrize(
    ("copy", "codes"),
    [
        ("看到José 先生", ["N414"]),
        ("Việt Nam 越南", ["N414"]),
        ("Müller说：“José’s论文。”", []),
        ("会见Nguyễn Văn Linh，谈Đổi mới一事", []),
        ("作者Trần Lệ\u00a0Ẩn与绿色", []),
    ],
)
def test_an_accent_belongs_to_its_letter_however_the_two_are_written(
    copy: str, codes: list[str]
) -> None:
    for form in ("NFC", "NFD"):
        written = unicodedata.normalize(form, copy)
        assert [f.code for f in read(written)] == codes, form
        repaired = unicodedata.normalize("NFC", fix(written))
        assert repaired == unicodedata.normalize("NFC", fix(copy))


def test_what_is_shown_around_a_finding_begins_and_ends_with_whole_letters() -> None:
    (found,) = read("在e\u0301bc 发展e\u0301。", prose=True)
    assert found.values["found"] == "e\u0301bc 发展e\u0301"
