"""报告: what the text says about itself."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perfdesk.amounts import MoneyUnit
from perfdesk.checks.report.amounts import amounts, core, sums, totals
from perfdesk.checks.report.rates import changes, portions, rates, shares
from perfdesk.exchange.exchange import read_records
from perfdesk.model import Binding, Block, Finding, Record, Section, flatten
from tests.checks.support import CASES, GOOD, TEMPLATES, codes, findings, fixed
from tests.effort import assert_grows_evenly

REPORT = TEMPLATES["lingling-2022-report"]
SECTION_CODES = {"text-sum", "empty-section", "blank-field", "over-budget"}


def make(*sections: Section) -> Record:
    values = {"title": "自评报告", "agency": "某县司法局"}
    return Record("r", REPORT.id, 2022, MoneyUnit.WAN, values=values, sections=sections)


def said(*paragraphs: str) -> list[Finding]:
    """The findings of paragraphs, each in a section of its own."""
    names = "一二三四五六"
    sections = (Section(1, f"{name}、情况", (text,)) for name, text in zip(names, paragraphs, strict=False))
    return [one for one in flatten(findings(make(*sections), REPORT)) if one.code in SECTION_CODES]


@pytest.mark.parametrize(
    ("text", "arithmetic"),
    [
        (
            "基本支出187.27万元，其中工资132.17万元，商品55.65万元，补助5.31万元，主要含办公费。",
            "132.17＋55.65＋5.31 ＝ 193.13，多 5.86 万元",
        ),
        ("人员支出165万元（工资155万元，商品34万元，补助10万元）。", "155＋34＋10 ＝ 199，多 34 万元"),
        ("运行费8.5万元（其中：购置费0.00万元、维护费0.00万元）", "0＋0 ＝ 0，少 8.5 万元"),
        (
            "三公经费为10.16万元，其中：出国（境）费0.00万元，用车8.5万元，接待1.7万元。",
            "0＋8.5＋1.7 ＝ 10.2，多 0.04 万元",
        ),
        (
            "年末决算数为231万元，其中基本支出187万元（人员 132万元，公用 55万元），专项支出13万元。",
            "187＋13 ＝ 200，少 31 万元",
        ),
        ("实有人数120人。其中：在职人员95人，退休人员24人。", "95＋24 ＝ 119，少 1 人"),
        ("共收入50元，包括捐赠60元。", "共收入 50 元，其中 60，多 10 元"),
        ("支出50万元，其中宣传60万元左右。", "其中 60，多 10 万元"),
        ("收入 110万，实际拨付32.09万，拨付率30.17%。", "32.09 ÷ 110 ＝ 29.17%，文中写 30.17%"),
        (
            "支出100万元，其中基本支出70万元，项目支出30万元。项目经费占总支出的24.08%。",
            "30 ÷ 100 ＝ 30%，文中写项目经费占 24.08%",
        ),
        ("全年总支出100万元，其中：基本支出70万元，占总支出的72%；项目支出30万元。", "70 ÷ 100 ＝ 70%，文中写 72%"),
        ("接待费预算10万元，实际支出8.6万元，完成预算的96%。", "8.6 ÷ 10 ＝ 86%，文中写 96%"),
    ],
)
def test_the_arithmetic_of_the_text_is_shown(text: str, arithmetic: str) -> None:
    (only,) = said(text)
    assert only.code == "text-sum"
    assert arithmetic in only.message
    assert only.binding == Binding(Block.SECTIONS, "0", row=0)


@pytest.mark.parametrize(
    "text",
    [
        "支出1690.55万元，其中基本支出1247.62万元，项目支出442.93万元。",
        "收入2406.98万元，其中财政拨款2406.98万元。",
        "收入2406.98万元，其中财政拨款2000万元。",
        "支出共计442.92万元，其中业务经费预算安排110万元，实际拨付32.09万元，拨付率29.17%。",
        "收入300万元，已执行200万元。其中上级追加144万元，已执行144万元，执行率100%。",
        "共收到33件申请，已审结的有32件。其中：维持12件；驳回4件；撤销5件；未审结的12件。",
        "总支出10.0万元（甲3.3万元，乙3.3万元，丙3.3万元）。",
        "合计100万元，其中甲40万元，乙20件。",
        "经费专款专用（按规定执行）。其中有三项。",
        "专项支出394万元，用于普法（其中宣传品30万元较多）。",
        "支出0万元，其中甲0万元，乙0万元。甲占总支出的10%。",
        "支出100万元，其中甲40万元，乙60万元。甲占40%，丙占总支出的3%。",
        "支出394万元（按规定执行）。",
        "收入0万元，实际0万元，执行率3%。",
        "在2022年12月，办理案件249件次，3.6万份。",
        "在职人员66人，其中：行政编制42人，事业编制20人，工勤4人；退休人员31人。",
    ],
)
def test_what_adds_up_or_may_be_incomplete_is_left_alone(text: str) -> None:
    assert said(text) == []


def test_data_items_count_as_their_text() -> None:
    (only,) = said("支出{{自评表·执行数|100}}万元，其中甲{{自评表·甲|60}}万元，乙50万元。")
    assert "60＋50 ＝ 110" in only.message


def test_a_figure_with_two_values_names_both_places() -> None:
    (only,) = said("一般商品服务支出556.55万元。", "公用经费 546.1万元。")
    assert only.message == "公用经费在“一”是 556.55 万元，在“二”是 546.1 万元，相差 10.45 万元。"
    assert (only.binding, only.also) == (
        Binding(Block.SECTIONS, "0", row=1),
        (Binding(Block.SECTIONS, "0", row=0),),
    )


@pytest.mark.parametrize(
    "texts",
    [
        ("基本支出187.3万元。", "基本支出187.27万元。"),
        ("基本支出200万元；基本支出100万元。",),
        ("基本支出预算200万元。", "基本支出100万元。"),
        ("基本支出200元。", "基本支出100元。"),
    ],
)
def test_rounded_and_planned_figures_do_not_contradict(texts: tuple[str, ...]) -> None:
    assert said(*texts) == []


def test_more_spent_than_planned_is_named_with_its_rate() -> None:
    found = said("公用经费预算341.62万元。", "公用经费546.1万元。")
    assert [one.code for one in found] == ["over-budget"]
    assert "是预算的 159.86%，多 204.48 万元" in found[0].message


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("公用经费预算165万元，实际支出180.2万元。", ["公用经费"]),
        ("公用经费预算165万元，实际支出160.2万元。", []),
        ("公用经费预算165万元。培训实际支出180.2万元。", []),
        ("公用经费180.2万元，实际支出190万元。", []),
        ("公用经费预算165万元，追加预算180.2万元。", []),
    ],
)
def test_what_was_spent_is_said_right_behind_its_budget(text: str, told: list[str]) -> None:
    assert [one.where for one in said(text) if one.code == "over-budget"] == told


@pytest.mark.parametrize(
    "text",
    [
        "总支出100万元，其中基本支出70万元，占全县支出的2%。",
        "基本支出70万元，占总支出的2%。",
        "支出0万元，占总支出的2%。",
        "全年支出100万元，其中基本支出70万元，占全县支出的2%。",
    ],
)
def test_a_share_of_what_the_text_does_not_name_is_left_alone(text: str) -> None:
    assert said(text) == []


def test_the_total_of_a_section_about_projects_is_theirs() -> None:
    text = "2022年预算安排项目经费318.4万元。当年支出共计442.92万元，平时支出10万元。"
    record = make(Section(2, "（二）项目支出情况", (text,)))
    (only,) = [one for one in flatten(findings(record, REPORT)) if one.code == "over-budget"]
    assert "442.92 万元，是预算的 139.11%" in only.message


def test_a_budget_of_nothing_is_not_compared() -> None:
    assert said("公用经费预算0万元。", "公用经费5万元。") == []


def test_a_blank_amount_is_found() -> None:
    (only,) = said("相比2021年减少   万元。")
    assert (only.code, "减少____万元" in only.message) == ("blank-field", True)


def test_empty_sections_and_garbled_headings() -> None:
    record = make(
        Section(1, "一、基本情况"),
        Section(2, "（一）单位基本情况", ("有 95 人。",)),
        Section(1, "八、下一步改进错施", ("改进。",)),
        Section(1, "九、绩效自评结果拟应用和公开情况。", ("公开。",)),
        Section(1, "没有编号的标题", ("",)),
        Section(1, "十、其他需要什么的情况"),
    )
    found = [one for one in flatten(findings(record, REPORT)) if one.code == "empty-section"]
    assert [one.where for one in found] == ["八、下一步改进错施", "没有编号的标题", "十、其他需要什么的情况"]
    assert found[0].fix is not None
    assert fixed(record, found[0].fix).sections[2].heading == "八、下一步改进措施"
    assert "标题应为“十、其他需要说明的情况”" in found[2].message


def test_a_blank_heading_is_found_and_called_by_its_number() -> None:
    record = make(Section(1, "一、基本情况", ("机构 9 个。",)), Section(2, " "), Section(1, "", ("文字",)))
    found = [one for one in flatten(findings(record, REPORT)) if one.code == "empty-section"]
    assert [(one.title, one.where) for one in found] == [("标题空着", "第 2 个标题"), ("标题空着", "第 3 个标题")]
    assert found[0].message == "第 2 个标题空着，请写上标题，用不着的小节可以删除。"


def test_a_heading_that_is_another_one_of_the_outline_is_not_garbled() -> None:
    outline = TEMPLATES["chenxi-2021-report"].outline
    record = make(*(Section(one.level, one.text, ("有。",)) for one in outline))
    found = flatten(findings(record, TEMPLATES["chenxi-2021-report"]))
    assert "empty-section" not in {one.code for one in found}


def test_a_form_has_no_findings_of_reports() -> None:
    assert not codes(GOOD) & {"text-sum", "empty-section"}


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("年三公经费为", "三公经费"),
        ("“三公”经费指标为", "三公经费"),
        ("年预算安排项目经费", "项目经费"),
        ("年末决算数", "年末决算数"),
    ],
)
def test_the_core_of_a_name(name: str, bare: str) -> None:
    assert core(name) == bare


def test_amounts_are_read_with_their_units() -> None:
    found = amounts("收入1,234.5万元，费用30元，案件5件，在职9名，另25.65万，合计10.5万余元，2022年。")
    assert [one.shown for one in found] == ["1234.5 万元", "30 元", "5 件", "9 人", "25.65 万元"]
    assert amounts("金额1,2,3,万元") == ()


words = st.text(
    alphabet="其中包括（）支出经费预算实际基本项目占率共计为，。；：、 0123456789.%万元人件年\n{}|", max_size=120
)


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(1, 3), words, st.lists(words | st.text(max_size=40), max_size=3)), max_size=5))
def test_nothing_is_raised_and_every_finding_is_a_sentence(sections: list[tuple[int, str, list[str]]]) -> None:
    record = make(*(Section(level, heading, tuple(texts)) for level, heading, texts in sections))
    for one in flatten(findings(record, REPORT)):
        assert one.message.endswith("。")


@pytest.mark.skipif(not CASES.exists(), reason="the published forms are not here")
@pytest.mark.parametrize("case", ["lingling-2022-report", "chenxi-2021-report"])
def test_exactly_what_the_published_reports_deserve_is_found(case: str) -> None:
    record = read_records(CASES / f"{case}.json", TEMPLATES).records[0]
    got = sorted(one.code for one in flatten(findings(record, TEMPLATES[record.template_id])))
    key = json.loads((CASES / "expected.json").read_text(encoding="utf-8"))[case]
    assert got == sorted(one["code"] for one in key if one["code"] != "cross-form")


ARTICLES = (
    "长",
    "䶮㛃𬭎𠮷1,200万元≥95%",
    "占总支出的",
    "其中1元",
    "1元（",
    "1元　",
    "1元，占",
    "其中甲1元。",
    "1",
    "占甲乙1%，",
)


@pytest.mark.parametrize("words", ARTICLES)
def test_an_article_without_a_full_stop_takes_twice_as_long_only_when_it_is_twice_as_long(words: str) -> None:
    def work(size: int) -> None:
        text = (words * size)[:size]
        for read in (amounts, sums, totals, shares, rates, portions, changes):
            tuple(read(text))

    assert_grows_evenly(work, 10_000)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("人员占用资金占总支出的24.1%", [("人员", "24.1")]),
        ("占24%", []),
        ("基本支出占60%，项目支出占总支出的40%。", [("基本支出", "60"), ("项目支出", "40")]),
    ],
)
def test_shares_are_named_by_the_words_before_them(text: str, expected: list[tuple[str, str]]) -> None:
    assert [tuple(one) for one in shares(text)] == expected


def test_a_list_of_more_parts_than_a_sentence_has_is_not_added_up() -> None:
    (found,) = sums("合计500元，其中" + "、".join(f"第{'甲' * number}处1元" for number in range(1, 120)))
    assert (len(found.parts), found.complete) == (100, False)
