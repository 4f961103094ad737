"""对比: two years of a form and two versions of it, field by field, in the figures of real forms."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perfdesk.amounts import MoneyUnit
from perfdesk.comparing import Comparison, Line, compare
from perfdesk.derive import derive
from perfdesk.gathering.last_year import Change
from perfdesk.model import Binding, Block, FormKind, FundRow, Indicator, ListRow, Record, Section
from tests.gathering.support import NATIONAL, TEMPLATES, filled, record, section

NAME = "普法宣传工作经费"
HELD = Indicator(
    "产出指标", level2="数量指标", name="组织普法宣传活动（次）", target="≥30次", actual="32次", weight="30"
)
TRAINED = Indicator("产出指标", level2="质量指标", name="普法骨干培训通过率", target="≥90%", actual="≥90%", weight="10")
NEW = Indicator("效益指标", level2="社会效益", name="群众法治意识增强", target="显著", weight="15")
FUNDS = tuple(FundRow(one.label) for one in NATIONAL.funds)


def form(*rows: Indicator, year: int = 2024, **parts: object) -> Record:
    return replace(record(FormKind.PROJECT_SELF, NAME, indicators=rows, **{"funds": FUNDS, **parts}), year=year)


def compared(old: Record, new: Record) -> Comparison:
    return compare(derive(NATIONAL, old), derive(NATIONAL, new))


def differing(old: Record, new: Record) -> list[tuple[str, str, str, str]]:
    return [(one.group, one.name, one.was, one.now) for one in compared(old, new).differing]


def test_a_form_and_itself_differ_nowhere() -> None:
    found = compared(form(HELD, TRAINED), form(HELD, TRAINED))
    assert found.differing == ()
    assert len(found.lines) > 30
    assert found.was == found.now


def test_points_of_two_versions_with_the_scores_that_follow() -> None:
    found = compared(form(HELD, TRAINED), form(replace(HELD, weight="20"), TRAINED))
    assert found.differing[0] == Line(
        "绩效指标 · 分值",
        HELD.name,
        "30",
        "20",
        Binding(Block.INDICATORS, "weight", row=0),
        Binding(Block.INDICATORS, "weight", row=0),
        Change(-1, "10 分"),
    )
    assert [(one.group, one.was, one.now) for one in found.differing[1:]] == [
        ("绩效指标 · 得分", "30.00", "20.00"),
        ("合计", "50", "40"),
        ("合计", "40.00", "30.00"),
    ]
    assert (found.was.total, found.now.total) == ("40.00", "30.00")


def test_an_inserted_row_does_not_make_those_below_it_differ() -> None:
    found = differing(form(HELD, TRAINED), form(NEW, HELD, TRAINED))
    rows = [one for one in found if one[0].startswith("绩效指标")]
    assert rows == [("绩效指标 · 新增", NEW.name, "", "一级指标 效益指标；二级指标 社会效益；年度指标值 显著；分值 15")]
    gone = [one for one in differing(form(NEW, HELD), form(HELD)) if "没有了" in one[0]]
    assert [(name, was[:12], now) for _, name, was, now in gone] == [(NEW.name, "一级指标 效益指标；二级", "")]


@pytest.mark.parametrize(
    ("was", "now"),
    [("年内办理200件法律援助案件", "年内办理220件法律援助案件"), ("普法骨干培训通过率", "普法骨干培训合格率")],
)
def test_a_row_is_known_by_its_name_without_numbers_or_by_likeness(was: str, now: str) -> None:
    found = differing(form(replace(HELD, name=was), TRAINED), form(NEW, replace(HELD, name=now), TRAINED))
    assert ("绩效指标 · 三级指标", now, was, now) in found
    assert "绩效指标 · 没有了" not in {group for group, *_ in found}


def test_rows_of_one_name_are_paired_in_their_order() -> None:
    other = replace(HELD, target="≥5次")
    assert differing(form(HELD, other), form(HELD, replace(other, target="≥6次")))[0][2:] == ("≥5次", "≥6次")


def test_amounts_single_fields_and_stated_totals() -> None:
    old = form(HELD, values={"goal_expected": "按时完成"}, funds=(replace(FUNDS[0], annual_budget="12.5"), *FUNDS[1:]))
    new = form(HELD, stated={"total_score": "96"}, funds=(replace(FUNDS[0], annual_budget="15"), *FUNDS[1:]))
    found = compared(old, new)
    (budget,) = [one for one in found.differing if one.group == "资金 · 全年预算数"]
    assert (budget.name, budget.was, budget.now, budget.change) == ("年度资金总额", "12.5", "15", Change(1, "20%"))
    texts = {(one.group, one.name): (one.was, one.now) for one in found.differing}
    assert texts["表头和文字", "预期目标"] == ("按时完成", "")
    assert texts["合计", "总分，得分"] == ("30.00", "96")
    assert (found.was.total, found.now.total) == ("30.00", "96")


def test_amounts_in_different_units_are_not_reckoned_with() -> None:
    old = form(HELD, funds=(replace(FUNDS[0], executed="12.5"), *FUNDS[1:]))
    new = form(HELD, funds=(replace(FUNDS[0], executed="125000"), *FUNDS[1:]), unit=MoneyUnit.YUAN)
    found = {one.name: one for one in compared(old, new).differing if one.group.startswith("资金")}
    assert (found["金额单位"].was, found["金额单位"].now) == ("万元", "元")
    assert found["年度资金总额"].change is None


def test_a_field_that_only_one_template_has() -> None:
    fewer = replace(NATIONAL, blocks=NATIONAL.blocks[:2])
    old, new = derive(NATIONAL, form(HELD, values={"department": "司法厅"})), derive(fewer, form(HELD))
    (line,) = [one for one in compare(old, new).differing if one.name == "主管部门"]
    assert (line.was, line.now, line.new) == ("司法厅", "", None)
    (line,) = [one for one in compare(new, old).differing if one.name == "主管部门"]
    assert (line.was, line.now, line.old) == ("", "司法厅", None)


def test_reports_are_compared_by_section() -> None:
    def report(*sections: Section) -> Record:
        return filled(FormKind.REPORT, sections=sections).record

    old = report(
        section("一、基本情况", "全年支出{{自评表·执行数|32.8}}万元。"), section("二、存在问题", "预算执行偏慢。")
    )
    old = replace(old, sections=(*old.sections, Section(1, "四、附表")))
    new = report(
        section("一、基本情况", "全年支出{{自评表·执行数|32.8}}万元。", "另有结转。"),
        section("二、主要做法", "逐月调度。"),
        section("三、存在问题", "预算执行偏慢。"),
        section("四、附表"),
    )
    template = TEMPLATES[FormKind.REPORT]
    found = compare(derive(template, old), derive(template, new)).differing
    texts = [(one.group, one.name, one.was, one.now) for one in found if one.group.startswith("正文")]
    assert texts == [
        ("正文", "一、基本情况", "全年支出32.8万元。", "全年支出32.8万元。\n另有结转。"),
        ("正文", "二、主要做法", "", "逐月调度。"),
        ("正文 · 标题", "二、主要做法", "", "二、主要做法"),
        ("正文 · 标题", "三、存在问题", "二、存在问题", "三、存在问题"),
    ]


def test_the_rows_of_a_list_and_raw_figures() -> None:
    kind = FormKind.DEPARTMENT_RATING
    rating = TEMPLATES[kind]
    old, new = (derive(rating, record(kind, values={"staff": text})) for text in ("32", "35"))
    (line,) = [one for one in compare(old, new).differing if one.name == "在职人数"]
    assert (line.was, line.now, line.change) == ("32", "35", Change(1, "9.4%"))
    kind = FormKind.SUMMARY
    listed = replace(TEMPLATES[kind], gathers=None)
    rows = (ListRow.of({"project_name": "法律援助"}), ListRow.of({"project_name": "普法宣传"}))
    old, new = (derive(listed, record(kind, rows=one)) for one in (rows, rows[1:]))
    (line,) = [one for one in compare(old, new).differing if one.group.startswith("列表")]
    assert (line.group, line.name, line.new) == ("列表 · 没有了", "法律援助", None)


_NAMES = st.sampled_from(["办理案件", "培训", "培训（次）", "2023年宣传", "2024年宣传", "", "满意度"])
_LISTS = st.lists(
    st.builds(lambda name, weight: replace(HELD, name=name, weight=weight), _NAMES, st.sampled_from("159")), max_size=8
)


@settings(deadline=None)
@given(_LISTS, _LISTS)
def test_every_row_of_both_forms_is_told_of_exactly_once(old: list[Indicator], new: list[Indicator]) -> None:
    lines = [one for one in compared(form(*old), form(*new)).lines if one.group in _WHOLE or one.group.endswith("分值")]
    for rows, places in ((old, [one.old for one in lines]), (new, [one.new for one in lines])):
        told = [one.row for one in places if one is not None and one.block is Block.INDICATORS]
        assert sorted(told) == list(range(len(rows)))


_WHOLE = ("绩效指标 · 新增", "绩效指标 · 没有了")
