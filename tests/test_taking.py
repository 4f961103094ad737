"""取左边: one field of an earlier version put into the present one, out of their comparison."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perfdesk.amounts import MoneyUnit
from perfdesk.comparing import Line, compare
from perfdesk.derive import derive
from perfdesk.model import Binding, Block, FormKind, Indicator, ListRow, Record
from perfdesk.taking import take
from tests.gathering.support import NATIONAL, TEMPLATES, record, section
from tests.test_comparing import FUNDS, HELD, NEW, TRAINED, form

OLD = form(HELD, TRAINED)
CAME = replace(NEW, actual="显著增强")


KINDS = {one.id: replace(one, gathers=None) for one in TEMPLATES.values()} | {OLD.template_id: NATIONAL}


def lines(old: Record, new: Record) -> tuple[Line, ...]:
    template = KINDS[old.template_id]
    return compare(derive(template, old), derive(template, new)).differing


def took(old: Record, new: Record, group: str) -> Record:
    """Take the first differing field of a group."""
    return take(next(one for one in lines(old, new) if one.group == group), old, new)


@pytest.mark.parametrize(
    ("new", "group"),
    [
        (form(replace(HELD, actual="30次"), TRAINED), "绩效指标 · 实际完成值"),
        (form(HELD, replace(TRAINED, target="")), "绩效指标 · 年度指标值"),
        (form(CAME, HELD, TRAINED), "绩效指标 · 新增"),
        (form(HELD, TRAINED, CAME), "绩效指标 · 新增"),
        (form(TRAINED), "绩效指标 · 没有了"),
        (form(HELD), "绩效指标 · 没有了"),
        (form(HELD, TRAINED, unit=MoneyUnit.YUAN), "资金"),
        (replace(OLD, values={**OLD.values, "agency": "青山县司法局"}), "表头和文字"),
    ],
)
def test_one_field_is_taken_and_the_forms_are_the_same(new: Record, group: str) -> None:
    assert new != OLD
    assert took(OLD, new, group) == OLD


def test_only_that_field_is_taken() -> None:
    new = form(replace(HELD, actual="30次", target="≥20次"), TRAINED)
    assert took(OLD, new, "绩效指标 · 实际完成值") == form(replace(HELD, target="≥20次"), TRAINED)


def test_a_computed_figure_is_not_taken() -> None:
    new = form(replace(HELD, weight="20"), TRAINED)
    score = next(one for one in lines(OLD, new) if one.group == "绩效指标 · 得分")
    assert take(score, OLD, new) == new


def test_a_stated_score_is_taken_as_it_was_typed() -> None:
    old, new = form(replace(HELD, score="28"), TRAINED), form(HELD, TRAINED)
    assert took(old, new, "绩效指标 · 得分") == old


def test_fund_rows_belong_to_the_form() -> None:
    new = replace(OLD, funds=OLD.funds[:1])
    gone = Line("资金 · 没有了", "其中", "8", "", Binding(Block.FUNDS, "annual_budget", row=1), None)
    assert take(gone, OLD, new) == new


def listed(*names: str) -> Record:
    rows = tuple(ListRow.of({"project_name": name}) for name in names)
    return replace(record(FormKind.SUMMARY), rows=rows)


def test_rows_of_a_list_come_back_and_go() -> None:
    old = listed("法律援助", "普法宣传")
    assert took(old, listed("普法宣传"), "列表 · 没有了") == old
    assert took(old, listed("法律援助", "人民调解", "普法宣传"), "列表 · 新增") == old


def report(*sections: object) -> Record:
    return record(FormKind.REPORT, sections=sections)


@pytest.mark.parametrize(
    "new",
    [
        (section("一、概况", "改过的话。"), section("二、绩效", "很好。")),
        (section("一、项目概况", "本项目。"), section("二、绩效", "很好。")),
        (section("二、绩效", "很好。"),),
        (section("一、概况", "本项目。"), section("二、绩效", "很好。"), section("三、建议", "无。")),
    ],
)
def test_sections_of_a_report(new: tuple[object, ...]) -> None:
    old = report(section("一、概况", "本项目。"), section("二、绩效", "很好。"))
    changed = report(*new)
    assert take(lines(old, changed)[0], old, changed) == old


TEXT = st.sampled_from(("", "5", "≥3次", "优"))
NAMES = st.lists(
    st.sampled_from(("组织普法活动", "培训人民调解员", "办理援助案件", "群众满意度")), max_size=3, unique=True
)


@st.composite
def forms(draw: st.DrawFn) -> Record:
    rows = [
        Indicator("产出指标", name=name, target=draw(TEXT), actual=draw(TEXT), weight=draw(TEXT))
        for name in draw(NAMES)
    ]
    funds = (replace(FUNDS[0], annual_budget=draw(TEXT)), *FUNDS[1:])
    return form(*rows, funds=funds)


def typed(one: Record) -> tuple[object, ...]:
    return sorted(map(repr, one.indicators)), one.funds, dict(one.values), one.unit


@settings(max_examples=40)
@given(forms(), forms())
def test_taking_everything_gives_the_old_form(old: Record, new: Record) -> None:
    for _step in range(60):
        taken = next((one for line in lines(old, new) if (one := take(line, old, new)) != new), new)
        if taken == new:
            break
        new = taken
    assert typed(new) == typed(old)
