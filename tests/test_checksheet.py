"""审核单: what an auditor signs — verdict, every finding with its arithmetic, and what the office says to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest

from perfdesk.answers import write_answer
from perfdesk.checksheet import lay_out_check_sheet
from perfdesk.derive import Derived, derive
from perfdesk.editing import new_record
from perfdesk.model import Finding, FundRow, Indicator, Record, Severity, flatten
from perfdesk.template import Template

MADE = date(2025, 2, 5)


@pytest.fixture
def template(templates: Mapping[str, Template]) -> Template:
    return templates["national-2020-project-self"]


@pytest.fixture
def record(template: Template) -> Record:
    """139 % printed as 100 %, and 253 cases where 100 were planned."""
    blank = new_record(template, record_id="r", year=2024, bureau="某县司法局")
    total = FundRow(blank.funds[0].label, "318.4", "318.4", "442.92", execution_rate="100%")
    rows = (Indicator("产出指标", "", "数量指标", "", "援助案件数", "≥100件", "253件", "90"),)
    return replace(blank, values={"project_name": "法律援助经费"}, funds=(total, *blank.funds[1:]), indicators=rows)


def texts(derived: Derived) -> list[str]:
    return [cell.text for cell in lay_out_check_sheet(derived, made=MADE).sheet.cells]


def row_of(derived: Derived, words: str) -> list[str]:
    """The five cells of the row whose sentence begins with ``words``."""
    cells = lay_out_check_sheet(derived, made=MADE).sheet.cells
    row = next(cell.row for cell in cells if cell.text.startswith(words))
    return [cell.text for cell in sorted(cells) if cell.row == row]


def test_the_head_says_which_form_and_what_came_out(template: Template, record: Record) -> None:
    found = texts(derive(template, record))
    for text in ("绩效填报审核单", "（2024年度）", "填报单位：某县司法局", "审核日期：2025年2月5日", "法律援助经费"):
        assert text in found
    assert "执行率 139.11%" in next(one for one in found if one.startswith("总分"))
    assert any(one.startswith("不可上报：") for one in found)


def test_every_finding_stands_there_with_its_arithmetic(template: Template, record: Record) -> None:
    derived = derive(template, record)
    found = texts(derived)
    for one in flatten(derived.findings):
        assert f"{one.title}。{one.message}" in found
    assert any("442.92 ÷ 318.4 ＝ 139.11%" in one for one in found)


def test_the_answer_stands_beside_its_finding_and_says_when_it_is_stale(template: Template, record: Record) -> None:
    over = next(one for one in derive(template, record).findings if one.code == "over-achieved-unexplained")
    answered = write_answer(record, over, "年中新增两个援助站。")
    assert row_of(derive(template, answered), "超过年度指标值")[-1] == "年中新增两个援助站。"
    changed = replace(answered, indicators=(replace(answered.indicators[0], actual="260件"),))
    assert row_of(derive(template, changed), "超过年度指标值")[-1] == "（过时）年中新增两个援助站。"


def test_what_only_follows_is_numbered_under_its_cause(template: Template, record: Record) -> None:
    follow = Finding("score-sum", Severity.ERROR, "得分合计不对", "97 与 100。", "总分")
    cause = Finding("weight-sum", Severity.ERROR, "分值合计不对", "110 与 100。", "", consequences=(follow, follow))
    derived = replace(derive(template, record), findings=(cause,))
    assert row_of(derived, "分值合计不对") == ["1", "错误", "整张表", "分值合计不对。110 与 100。", ""]
    assert row_of(derived, "得分合计不对") == ["1.1", "错误", "总分", "得分合计不对。97 与 100。", "由第 1 项引起"]


def test_a_form_without_findings_says_so(template: Template, record: Record) -> None:
    derived = replace(derive(template, record), findings=())
    assert "没有要改的地方。" in texts(derived)


def test_an_unscored_form_has_no_figures_to_show(templates: Mapping[str, Template]) -> None:
    template = templates["lingling-2022-publication-list"]
    blank = new_record(template, record_id="r", year=2022)
    assert texts(derive(template, blank)).count("—") == 2  # 项目名称, 评分结果


def test_a_long_sheet_goes_over_pages_with_its_header(template: Template, record: Record) -> None:
    finding = Finding("unit-mismatch", Severity.WARNING, "口径不一", "“20件”与“70余件次”。", "援助案件数")
    derived = replace(derive(template, record), findings=(replace(finding, answer="说明。" * 60),) * 40)
    layout = lay_out_check_sheet(derived, made=MADE)
    assert len(layout.pages) > 3
    for page in layout.pages[1:-1]:
        assert any(one.cell.text == "问题和算式" for one in page.fragments)
