"""How many cells two versions of a form differ in, in the words of real forms."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfdesk.amounts import MoneyUnit
from perfdesk.editing.counting import changed_cells
from perfdesk.model import Answer, FundRow, Indicator, ListRow, Record, Section

AID = Indicator(level1="产出指标", name="办理法律援助案件", target="≥200件", actual="231件", weight="10")
TRAINING = Indicator(level1="产出指标", name="培训人民调解员", target="≥2次", weight="5")
FORM = Record(
    "one",
    "national-2020-project-self",
    2020,
    values={"project_name": "法律援助工作经费"},
    funds=(FundRow("年度资金总额", annual_budget="30"),),
    indicators=(AID, TRAINING),
    stated={"total_score": "99"},
    rows=(ListRow.of({"agency": "青山县司法局"}),),
    sections=(Section(1, "一、项目概况", ("背景。", "立项。")),),
)


@pytest.mark.parametrize(
    ("after", "cells"),
    [
        (FORM, 0),
        (replace(FORM, values={"project_name": "普法经费"}), 1),
        (replace(FORM, values={"project_name": "普法经费", "agency": "青山县司法局"}), 2),
        (replace(FORM, values={}), 1),
        (replace(FORM, stated={}), 1),
        (replace(FORM, bureau="青山县司法局"), 1),
        (replace(FORM, unit=MoneyUnit.YUAN), 1),
        (replace(FORM, funds=(FundRow("年度资金总额", annual_budget="31", executed="29"),)), 2),
        (replace(FORM, indicators=(replace(AID, actual="240件"), TRAINING)), 1),
        (replace(FORM, indicators=(AID, Indicator(name="新指标", weight="5"), TRAINING)), 2),
        (replace(FORM, indicators=(AID, Indicator(), TRAINING)), 1),
        (replace(FORM, indicators=(TRAINING,)), 5),
        (replace(FORM, indicators=(replace(AID, actual=""), TRAINING, replace(TRAINING, name="另一项"))), 5),
        (replace(FORM, rows=(ListRow.of({"agency": "青山县司法局", "remark": "已公开"}),)), 1),
        (replace(FORM, rows=()), 1),
        (replace(FORM, sections=(Section(1, "一、项目概况", ("背景。", "立项依据。")),)), 1),
        (replace(FORM, sections=(Section(2, "（一）概况", ("背景。", "立项。")),)), 2),
        (replace(FORM, answers=(Answer("no-reason", "第 1 行", "reason", "11/12", "受疫情影响"),)), 5),
    ],
)
def test_cells_are_counted(after: Record, cells: int) -> None:
    assert changed_cells(FORM, after) == cells


ROWS = st.lists(st.builds(Indicator, name=st.sampled_from("甲乙丙"), weight=st.sampled_from(("", "5"))), max_size=5)


@given(ROWS, ROWS)
def test_only_equal_forms_differ_in_nothing(first: list[Indicator], second: list[Indicator]) -> None:
    before, after = replace(FORM, indicators=tuple(first)), replace(FORM, indicators=tuple(second))
    assert (changed_cells(before, after) == 0) is (before == after)
