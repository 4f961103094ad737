"""What is asked about a form of last year: items in the order of the paper, each with what is usually done with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from perfdesk.exchange.exchange import read_records
from perfdesk.model import Binding, Block, Indicator, ListRow, Record, Section
from perfdesk.rolling import Item, Treatment, items_of
from perfdesk.template import Template
from tests.conftest import SAMPLES

KEEP, CLEAR, ASK = Treatment.KEEP, Treatment.CLEAR, Treatment.ASK


def of(template: Template, **parts: object) -> dict[str, Item]:
    record = replace(Record("old", template.id, 2024), **parts)  # type: ignore[arg-type]  # parts of a record
    return {one.key: one for one in items_of(template, record)}


def test_a_self_assessment_line_by_line(templates: Mapping[str, Template]) -> None:
    path = next(one for one in SAMPLES if one.stem == "changji-2020-legal-aid")
    (sample,) = read_records(path, templates).records
    told = [
        (one.group, one.label, one.words[:10], one.recommended)
        for one in items_of(templates[sample.template_id], sample)
    ]
    assert told == [
        ("表头", "附件", "附件1", KEEP),
        ("表头", "标题", "昌吉州司法局法律援助", KEEP),
        ("表头", "项目名称", "法律援助工作经费", KEEP),
        ("表头", "主管部门、实施单位", "昌吉回族自治州司法局", KEEP),
        ("项目资金（万元）", "年初预算数", "15", ASK),
        ("项目资金（万元）", "全年预算数、全年执行数", "15 ／ 15", CLEAR),
        ("项目资金（万元）", "分值", "10", KEEP),
        ("年度总体目标", "预期目标", "为经济困难的群众和特", KEEP),
        ("年度总体目标", "实际完成情况", "全年受理并办结法律援", CLEAR),
        ("绩效指标", "一、二、三级指标名称", "8 行", KEEP),
        ("绩效指标", "年度指标值", "100、1、100%", ASK),
        ("绩效指标", "实际完成值", "253、1、100%", CLEAR),
        ("绩效指标", "分值", "合计 110（应为 ", ASK),
    ]


def test_a_blank_form_has_nothing_to_decide(templates: Mapping[str, Template]) -> None:
    for template in templates.values():
        assert of(template) == {}


def test_every_form_the_program_draws_can_be_rolled(templates: Mapping[str, Template]) -> None:
    for template in templates.values():
        filled = {one.key: "甲" for one in template.fields}
        keys = [one.key for one in items_of(template, Record("old", template.id, 2024, values=filled))]
        assert len(keys) == len(set(keys)), template.id
        assert {"title"} <= set(keys), template.id


@pytest.mark.parametrize(
    ("weights", "words", "recommended"),
    [
        (("50", "40"), "合计 100", KEEP),
        (("50", "50"), "合计 110（应为 100）", ASK),
        (("50", ""), "合计 60（应为 100）", ASK),
        (("五十", "四十"), "五十、四十", KEEP),
    ],
)
def test_weights_are_kept_while_they_add_up(
    templates: Mapping[str, Template], weights: tuple[str, str], words: str, recommended: Treatment
) -> None:
    template = templates["national-2020-project-self"]
    rows = tuple(
        Indicator("产出指标", "", "数量指标", name=one, weight=weight)
        for one, weight in zip("甲乙", weights, strict=True)
    )
    item = of(template, indicators=rows)["weights"]
    assert (item.words, item.recommended) == (words, recommended)


@pytest.mark.parametrize(
    ("form", "key", "recommended"),
    [
        ("zhijiang-2024-project-goal", "preparer", KEEP),
        ("zhijiang-2024-project-goal", "phone", KEEP),
        ("zhijiang-2024-project-goal", "report_date", CLEAR),
        ("zhijiang-2024-project-goal", "reviewer", CLEAR),
        ("qiannan-2024-project-self", "conclusion", CLEAR),
        ("qiannan-2024-project-self", "contact", KEEP),
        ("qiannan-2024-project-self", "report_date", CLEAR),
        ("hubei-2020-project-self", "category", KEEP),
        ("hubei-2020-project-self", "improvement", CLEAR),
        ("hubei-2020-project-self", "opinion", CLEAR),
        ("national-2019-project-monitoring", "month", CLEAR),
        ("lingling-2022-department-self", "project_expenditure", CLEAR),
        ("lingling-2022-department-self", "goal_expected", KEEP),
    ],
)
def test_who_and_what_is_kept_dates_and_results_go(
    templates: Mapping[str, Template], form: str, key: str, recommended: Treatment
) -> None:
    assert of(templates[form], values={key: "甲"})[key].recommended is recommended


def test_raw_figures_of_a_rating_are_of_their_year(templates: Mapping[str, Template]) -> None:
    template = templates["chenxi-2021-department-rating"]
    raw = next(one for one in template.fields if one.raw)
    item = of(template, values={raw.key: "38"})[raw.key]
    assert (item.group, item.recommended) == ("评分数据", CLEAR)


def test_a_list_keeps_who_stands_in_it(templates: Mapping[str, Template]) -> None:
    row = ListRow.of({"agency": "青山县司法局", "published": "是", "website": "qs.example", "phone": "10"})
    found = of(templates["lingling-2022-publication-list"], rows=(row,))
    told = {key: one.recommended for key, one in found.items()}
    assert told == {"row.agency": KEEP, "row.published": CLEAR, "row.website": CLEAR, "row.phone": KEEP}


def test_the_rows_of_a_summary_come_by_themselves(templates: Mapping[str, Template]) -> None:
    assert of(templates["summary-project-self"], rows=(ListRow.of({"reason": "缓拨"}),)) == {}


def test_a_report_keeps_its_outline(templates: Mapping[str, Template]) -> None:
    found = of(templates["lingling-2022-report"], sections=(Section(1, "一、概况", ("全局二十人。", "一个科室。")),))
    assert [(one.words, one.recommended, one.askable) for one in found.values()] == [
        ("1 个标题", KEEP, False),
        ("2 段", CLEAR, False),
    ]


def test_what_cannot_be_asked_is_treated_as_recommended() -> None:
    cell = (Binding(Block.VALUES, "goal_expected"),)
    item = Item("goal_expected", "年度总体目标", "预期目标", cell, "", KEEP, askable=False)
    assert item.treated({"goal_expected": ASK}) is KEEP
    assert item.treated({"goal_expected": CLEAR}) is CLEAR
    assert item._replace(askable=True).treated({"goal_expected": ASK}) is ASK
    assert item.treated({}) is KEEP
