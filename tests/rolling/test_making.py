"""The form of the new year: what stays, what goes, what was answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from functools import partial

import pytest

from perfdesk.amounts import MoneyUnit
from perfdesk.derive import derive
from perfdesk.editing import new_record
from perfdesk.model import Answer, Binding, Block, FundRow, Indicator, ListRow, Record, Section
from perfdesk.rolling import Treatment, follows, items_of, questions, roll, roll_into
from perfdesk.template import Template

KEEP, CLEAR, ASK = Treatment.KEEP, Treatment.CLEAR, Treatment.ASK
NATIONAL = "national-2020-project-self"
OLD = Record(
    "old",
    NATIONAL,
    2023,
    bureau="青山县司法局",
    values={
        "title": "2023年度项目支出绩效自评表",
        "project_name": "法律援助经费",
        "agency": "青山县司法局",
        "goal_expected": "2023年办结案件 200 件",
        "goal_actual": "办结 231 件",
        "stranger": "表上没有的",
    },
    funds=(
        FundRow("年度资金总额", "20", "20", "18", weight="10", execution_rate="90%", score="9"),
        FundRow("其中：当年财政拨款", "20", "20", "18", weight="—", execution_rate="—", score="—"),
    ),
    indicators=(
        Indicator("产出指标", "", "数量指标", name="办案数", target="≥200件", actual="231件", weight="50", score="50"),
        Indicator(
            "产出指标",
            "",
            "时效指标",
            name="补贴发放",
            target="2023年12月底前",
            actual="完成",
            weight="40",
            reason="拨款晚",
            remark="注",
        ),
    ),
    stated={"total_score": "99"},
    extra='{"a":1}',
    answers=(Answer("no-reason", "补贴发放", "reason", "40", "缓拨"),),
)
TARGET = partial(Binding, Block.INDICATORS, "target")


@pytest.fixture
def national(templates: Mapping[str, Template]) -> Template:
    return templates[NATIONAL]


def made(template: Template, record: Record = OLD, **how: object) -> Record:
    how.setdefault("choices", {})
    return roll(template, record, year=record.year + 1, record_id="new", **how)  # type: ignore[arg-type]  # of roll


def test_names_and_weights_stay_and_results_go(national: Template) -> None:
    assert made(national) == Record(
        "new",
        NATIONAL,
        2024,
        bureau="青山县司法局",
        values={
            "title": "2024年度项目支出绩效自评表",
            "project_name": "法律援助经费",
            "agency": "青山县司法局",
            "goal_expected": "2024年办结案件 200 件",
        },
        funds=(
            FundRow("年度资金总额", weight="10"),
            FundRow("其中：当年财政拨款", weight="—", execution_rate="—", score="—"),
        ),
        indicators=(
            Indicator("产出指标", "", "数量指标", name="办案数", weight="50"),
            Indicator("产出指标", "", "时效指标", name="补贴发放", weight="40"),
        ),
    )


def test_every_cell_to_be_asked_is_a_question(national: Template) -> None:
    asked = questions(national, OLD, year=2024, choices={})
    assert [(one.label, one.place, one.old, one.same) for one in asked] == [
        ("年初预算数", "年度资金总额", "20", "20"),
        ("年初预算数", "其中：当年财政拨款", "20", "20"),
        ("年度指标值", "办案数", "≥200件", "≥200件"),
        ("年度指标值", "补贴发放", "2023年12月底前", "2024年12月底前"),
    ]


def test_answers_are_taken_and_no_answer_is_a_blank(national: Template) -> None:
    answers = {TARGET(0): "≥260件", Binding(Block.FUNDS, "initial_budget", row=0): "25"}
    record = made(national, answers=answers)
    assert [one.target for one in record.indicators] == ["≥260件", ""]
    assert [one.initial_budget for one in record.funds] == ["25", ""]


def test_an_answer_to_what_is_no_longer_asked_does_not_count(national: Template) -> None:
    record = made(national, choices={"target": CLEAR, "initial_budget": KEEP}, answers={TARGET(0): "≥260件"})
    assert [one.target for one in record.indicators] == ["", ""]
    assert [one.initial_budget for one in record.funds] == ["20", "20"]


def test_results_can_be_kept_scores_never(national: Template) -> None:
    everything = {one.key: KEEP for one in items_of(national, OLD)}
    record = made(national, choices=everything)
    assert [one.actual for one in record.indicators] == ["231件", "完成"]
    assert record.indicators[1].reason == "拨款晚"
    assert record.funds[0].executed == "18"
    assert {one.score for one in record.indicators} == {""}
    assert (record.funds[0].score, record.stated, record.answers, record.extra) == ("", {}, (), "")
    assert questions(national, OLD, year=2024, choices=everything) == ()


def test_without_their_names_rows_give_way_to_those_of_a_blank_form(national: Template) -> None:
    assert made(national, choices={"names": CLEAR}).indicators == national.starter


def test_a_cleared_form_is_a_blank_one(templates: Mapping[str, Template]) -> None:
    for template in templates.values():
        blank = new_record(template, record_id="old", year=2023)
        filled = replace(
            blank,
            values={one.key: "甲" for one in template.fields},
            funds=tuple(replace(one, initial_budget="3", executed="2") for one in blank.funds),
            rows=(ListRow.of({one.key: "乙" for one in template.columns}),) if not template.starter else (),
            sections=tuple(replace(one, paragraphs=("丙",)) for one in blank.sections),
        )
        choices = {one.key: CLEAR for one in items_of(template, filled)}
        expected = replace(blank, id="new", year=2024, values={})
        assert made(template, filled, choices=choices) == expected, template.id


def test_weights_a_form_prints_come_back_when_they_are_cleared(templates: Mapping[str, Template]) -> None:
    template = next(one for one in templates.values() if any(row.level1_weight for row in one.starter))
    blank = new_record(template, record_id="old", year=2023)
    kept = made(template, blank, choices={"weights": CLEAR}).indicators
    assert [one.level1_weight for one in kept] == [one.level1_weight for one in template.starter]


def test_the_old_form_and_the_new_one_can_be_scored(sample: Record, templates: Mapping[str, Template]) -> None:
    template = templates[sample.template_id]
    derived = derive(template, made(template, sample))
    assert derived.record.year == sample.year + 1
    assert all(not one.actual and not one.score and not one.reason for one in derived.record.indicators)
    assert [one.name for one in derived.record.indicators] == [one.name for one in sample.indicators]


def test_a_report_goes_on_with_its_outline(templates: Mapping[str, Template]) -> None:
    template = templates["lingling-2022-report"]
    old = Record("old", template.id, 2023, sections=(Section(1, "一、2023年工作", ("办了 2023 年的事。",)),))
    assert made(template, old).sections == (Section(1, "一、2024年工作"),)
    kept = made(template, old, choices={"paragraphs": KEEP, "headings": CLEAR})
    assert kept.sections == (Section(1, "", ("办了 2024 年的事。",)),)
    outline = tuple(Section(one.level, one.text) for one in template.outline)
    assert made(template, old, choices={"headings": CLEAR}).sections == outline


def test_a_list_goes_on_with_its_rows(templates: Mapping[str, Template]) -> None:
    template = templates["lingling-2022-publication-list"]
    rows = (ListRow.of({"agency": "青山县司法局", "published": "是"}), ListRow.of({"published": "否"}))
    assert made(template, Record("old", template.id, 2023, rows=rows)).rows == (ListRow.of({"agency": "青山县司法局"}),)
    asked = questions(template, Record("old", template.id, 2023, rows=rows), year=2024, choices={"row.published": ASK})
    assert [(one.place, one.old) for one in asked] == [("", "是"), ("", "否")]


def test_a_goal_table_becomes_a_self_assessment(templates: Mapping[str, Template], national: Template) -> None:
    source = templates["zhijiang-2024-project-goal"]
    row = Indicator(
        "产出指标",
        "",
        "数量指标",
        name="办案数",
        indicator_type="≥",
        target_value="300",
        measure_unit="件",
        scoring_rule="按比例",
    )
    values = {"title": "目标表", "project_name": "法律援助经费", "goal_expected": "应援尽援", "preparer": "甲"}
    funds = (FundRow("项目资金", "17"), FundRow("年度资金总额", "17"), FundRow("其中:财政拨款", "17"))
    old = Record("old", source.id, 2023, unit=MoneyUnit.YUAN, values=values, funds=funds, indicators=(row,))
    rolled = made(source, old, choices={"target": KEEP, "initial_budget": KEEP})
    new = roll_into(source, rolled, national)
    assert (new.id, new.year, new.template_id, new.unit) == ("new", 2024, NATIONAL, MoneyUnit.YUAN)
    assert new.values == {"title": national.title, "project_name": "法律援助经费", "goal_expected": "应援尽援"}
    (only,) = new.indicators
    assert (only.name, only.target, only.scoring_rule, only.actual) == ("办案数", "≥300件", "按比例", "")
    assert new.funds[0].initial_budget == "17"


def test_a_form_goes_on_as_drawn_anew(templates: Mapping[str, Template], national: Template) -> None:
    target = templates["national-2021-project-self"]
    new = roll_into(national, made(national, choices={"amounts": KEEP}), target)
    assert new.template_id == target.id
    assert [one.name for one in new.indicators] == ["办案数", "补贴发放"]
    assert [one.weight for one in new.indicators] == ["50", "40"]
    assert new.funds[0].annual_budget == "20"
    assert new.funds[0].weight == "10"
    assert len(new.funds) == len(target.funds)
    assert new.funds[3] == FundRow(target.funds[3].label), "a row that last year's form did not have"


def test_the_same_template_changes_nothing(national: Template) -> None:
    record = made(national)
    assert roll_into(national, record, national) is record


@pytest.mark.parametrize(
    ("source", "target", "possible"),
    [
        (NATIONAL, NATIONAL, True),
        (NATIONAL, "national-2021-project-self", True),
        ("zhijiang-2024-project-goal", NATIONAL, True),
        ("zhijiang-2024-department-goal", "lingling-2022-department-self", True),
        (NATIONAL, "zhijiang-2024-project-goal", False),
        (NATIONAL, "lingling-2022-report", False),
    ],
)
def test_which_form_can_follow_which(
    templates: Mapping[str, Template], source: str, target: str, possible: bool
) -> None:
    assert follows(templates[source], templates[target]) is possible


def test_every_column_of_a_row_is_an_item_or_of_its_year(national: Template) -> None:
    """A column that the items forget would be lost without a word."""
    full = Indicator(**{one.name: "1" for one in fields(Indicator)})
    row = FundRow(**{one.name: "1" for one in fields(FundRow)})
    record = Record("old", NATIONAL, 2023, funds=(row,), indicators=(full,))
    choices = {one.key: KEEP for one in items_of(national, record)}
    new = made(national, record, choices=choices)
    assert new.indicators == (replace(full, score=""),)
    assert new.funds == (replace(row, score="", execution_rate=""),)
