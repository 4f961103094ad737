"""目标表: values, units, directions, standards; drawn here by leaving columns of a form out and putting those of goals in."""

from __future__ import annotations

from dataclasses import replace

import pytest

from perfdesk.checks import check
from perfdesk.editing import set_text
from perfdesk.model import Finding, Indicator, Record, Severity
from perfdesk.scoring import assess
from perfdesk.template import BlockRole, Slot, SlotKind, Template
from tests.checks.support import NATIONAL

KEYS = ("level1", "level2", "name", "indicator_type", "target_value", "measure_unit", "explanation", "scoring_rule")
RATIO = "完成值大于等于目标值得满分,小于目标值,得分=完成率*分值"
FULL = "达到或超过标准值得满分"


def drawn(*keys: str) -> Template:
    """Return a form whose indicators have these columns and that has no funds."""
    body = tuple(Slot(SlotKind.INPUT, 0, column, key=key) for column, key in enumerate(keys))
    block = next(one for one in NATIONAL.blocks if one.role is BlockRole.INDICATORS)
    return replace(NATIONAL, blocks=(replace(block, body=body),), funds=(), fields=())


GOALS = drawn(*KEYS)


def row(name: str, sign: str = "≥", value: str = "95", unit: str = "%", **more: str) -> Indicator:
    level1 = more.pop("level1", "产出指标")
    return Indicator(level1=level1, name=name, indicator_type=sign, target_value=value, measure_unit=unit, **more)


def found(*rows: Indicator, template: Template = GOALS) -> tuple[Finding, ...]:
    record = Record(id="g", template_id=template.id, year=2024, indicators=rows)
    return check(template, record, assess(template, record))


def test_a_sound_goal_table_has_nothing_to_change() -> None:
    rows = (row("办结率"), row("效果", "定性", "显著增强", "非数量指标"), row("", "", "", ""))
    assert found(*rows) == ()


@pytest.mark.parametrize(
    ("one", "codes"),
    [
        (row("满意率", unit=""), ["unit-missing"]),
        (row("满意率", value="９５", unit=" "), ["unit-missing"]),
        (row("满意率", value="95%", unit=""), []),
        (row("效果", "定性", "增强", ""), []),
        (row("办结率", value=""), ["target-missing"]),
        (row("办结率", "", "", ""), []),
        (row("办结率", "", "", "", scoring_rule=FULL), ["target-missing"]),
        (row("办结率", ""), []),
        (row("服务对象满意率", "≤"), ["comparator"]),
        (row("服务对象满意率", "="), ["comparator"]),
        (row("预算成本", "≥", "8", "万元", level1="成本指标"), ["comparator"]),
        (row("预算成本", "≤", "8", "万元", level1="成本指标"), []),
        (row("业务支出安排", "定量", "28.8万元", "%"), ["unit-mismatch"]),
        (row("保障单位运转", "定性", "应保尽保", "%"), ["unit-mismatch"]),
        (row("社会效果", "定性", "有效提升", "万元"), ["unit-mismatch"]),
        (row("社会效果", "定性", "有效提升", "项"), []),
        (row("调解案件", "≥", "300件", "件次"), []),
        (row("宣传场次", "≥", "12次", "场"), []),
        (row("办案补贴", "≤", "1200元/件", "元"), []),
        (row("办结率", "≥", "95%", "百分比"), []),
        (row("完成时间", "定性", "第一季度", "%"), []),
    ],
)
def test_what_a_goal_lacks(one: Indicator, codes: list[str]) -> None:
    assert [each.code for each in found(one)] == codes


def test_the_direction_is_put_right_by_one_click() -> None:
    (wrong,) = found(row("预算成本", "≥", "8", "万元", level1="成本指标"))
    assert (wrong.severity, wrong.title) == (Severity.ERROR, "指标类型应为 ≤")
    assert wrong.fix is not None
    record = Record(id="g", template_id=GOALS.id, year=2024, indicators=(row("预算成本", "≥", "8", "万元"),))
    (edit,) = wrong.fix.edits
    assert set_text(record, *edit).indicators[0].indicator_type == "≤"


def test_an_exact_satisfaction_is_only_a_warning() -> None:
    assert found(row("服务对象满意率", "="))[0].severity is Severity.WARNING


def test_standards_that_need_weights_are_counted() -> None:
    rows = (
        row("甲率", scoring_rule=RATIO),
        row("乙率", scoring_rule=FULL),
        row("丙率", scoring_rule=RATIO),
        row("丁率"),
    )
    (one,) = found(*rows)
    assert (one.code, one.where, one.title) == ("rule-unusable", "评(扣)分标准", "2 项评分标准用不上")
    assert one.message.startswith("3 项评(扣)分标准里有 2 项要乘分值，这张表没有分值栏")
    assert [binding.row for binding in (one.binding, *one.also) if binding] == [0, 2]


def test_a_form_with_weights_or_without_such_standards_is_left_alone() -> None:
    rows = (row("甲率", scoring_rule=RATIO),)
    assert "rule-unusable" not in {one.code for one in found(*rows, template=drawn(*KEYS, "weight"))}
    assert found(row("甲率", scoring_rule=FULL)) == ()


def test_a_form_that_prints_no_type_is_not_asked_for_its_direction() -> None:
    assert found(row("服务对象满意率", "≤"), template=drawn("name", "target_value", "measure_unit")) == ()


@pytest.mark.parametrize(
    ("value", "unit", "parts"),
    [
        ("≥95%", "", ("≥", "95", "%")),
        ("≤10万元", "", ("≤", "10", "万元")),
        (">=70", "件", ("≥", "70", "件")),
        ("≥70件", "件", ("≥", "70", "件")),
        ("≥70件", "件次", ("≥", "70件", "件次")),  # which of the units is meant is for the clerk to say
    ],
)
def test_a_sign_in_the_value_is_moved_to_its_column(value: str, unit: str, parts: tuple[str, str, str]) -> None:
    one = row("办结率", "", value, unit)
    (finding,) = found(one)
    assert (finding.code, finding.severity, finding.title) == ("comparator", Severity.WARNING, "符号写在了指标值里")
    record = Record(id="g", template_id=GOALS.id, year=2024, indicators=(one,))
    assert finding.fix is not None
    for binding, text in finding.fix.edits:
        record = set_text(record, binding, text)
    got = record.indicators[0]
    assert (got.indicator_type, got.target_value, got.measure_unit) == parts
    assert found(got) == ()


@pytest.mark.parametrize("value", ["95", "不低于95%", "≥", "≥≥"])
def test_other_values_are_left_alone(value: str) -> None:
    assert [each.title for each in found(row("办结率", "", value, "%"))] == []
