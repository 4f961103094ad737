"""年度指标值 as written: comparators, names, vague words, doubles."""

from __future__ import annotations

from dataclasses import replace

import pytest

from perfdesk.model import Severity
from tests.checks.support import GOOD, ROWS, codes, fixed, found, label, one, row, with_row

ERROR, WARNING = Severity.ERROR, Severity.WARNING


@pytest.mark.parametrize(
    ("name", "target", "actual", "severity", "fix"),
    [
        ("投诉率", "≪5%", "1%", ERROR, "改为 ≤5%"),
        ("合格率", "≫95%", "97%", ERROR, "改为 ≥95%"),
        ("合格率", "=>95%", "97%", ERROR, "改为 ≥95%"),
        ("投诉率", "≥5%", "1%", ERROR, "改为 ≤5%"),
        ("投诉率", "≫5%", "1%", ERROR, "改为 ≤5%"),
        ("受援人满意度", "==95%", "97%", ERROR, "改为 ≥95%"),
        ("受援人满意度", "≪95%", "97%", ERROR, "改为 ≥95%"),
        ("重新犯罪率", ">1%", "0", ERROR, "改为 ≤1%"),
        ("安全事故起数（起）", "≥1起", "0起", ERROR, "改为 ≤1起"),
        ("投诉率", "≥5%", "8%", ERROR, ""),  # turned round it would lose points in silence
        ("受援人满意度", "≤95%", "97%", ERROR, "改为 ≥95%"),
        ("受援人满意度", "=95%", "≥95%", WARNING, "改为 ≥95%"),
        ("受援人满意度", "＝ 95 ％", "96%", WARNING, "改为 ≥95%"),
        ("受援人满意度", "=100%", "100%", None, ""),
        ("受援人满意度", "≥95%", "97%", None, ""),
        ("受援人不满意率", "≤5%", "3%", None, ""),
        ("投诉处理率", "≥95%", "97%", None, ""),
        ("投诉率", "≤5%", "3%", None, ""),
        ("投诉率", "应低于上年", "低于上年", None, ""),
        ("办结率", "=95%", "97%", None, ""),
        ("办结率", "≤95%", "97%", None, ""),
    ],
)
def test_comparator(name: str, target: str, actual: str, severity: Severity | None, fix: str) -> None:
    record = with_row(1, name=name, target=target, actual=actual, reason="")
    got = [(each.severity, label(each.fix)) for each in found(record, "comparator")]
    assert got == ([(severity, fix)] if severity else [])


@pytest.mark.parametrize(
    ("name", "target", "wrong"),
    [
        ("办案经费", "≥65万元", True),
        ("办案经费", "≤65万元", False),
        ("节约经费", "≥65万元", False),
        ("成本控制率", "≥95%", False),
        ("每案补贴", ">800元/件", True),
    ],
)
def test_a_cost_is_kept_below(name: str, target: str, wrong: bool) -> None:
    got = found(with_row(3, name=name, target=target), "comparator")
    assert [each.title for each in got] == (["比较符方向反了"] if wrong else [])


def test_the_direction_is_said() -> None:
    assert one(with_row(3, target="≥15万元"), "comparator").message == (
        "年度指标值“≥15万元”的方向反了：这项指标是越低越好，应为 ≤。"
    )
    assert "越高越好" in one(with_row(5, target="≤90%"), "comparator").message


@pytest.mark.parametrize(
    ("name", "target", "actual", "title", "fix"),
    [
        ("年内完成200件法律援助案件(件）", "100", "253", "指标名写 200 件，指标值写 100", "指标值改为 200"),
        ("年内完成200件法律援助案件(件）", "≥100件", "253件", "指标名写 200 件，指标值写 ≥100件", "指标值改为 ≥200件"),
        ("年内完成200件法律援助案件(件）", "100", "150", "指标名写 200 件，指标值写 100", ""),  # 150 does not reach 200
        ("年内完成200件法律援助案件(件）", "100", "≥253", "指标名写 200 件，指标值写 100", ""),
        ("受援人满意度（100%）", "=95%", "≥95%", "指标名写 100%，指标值写 =95%", ""),
        ("60天内办结", "≤90天", "50天", "指标名写 60 天，指标值写 ≤90天", "指标值改为 ≤60天"),
        ("办案经费20万元", "≤15万元", "15万元", "指标名写 20 万元，指标值写 ≤15万元", "指标值改为 ≤20万元"),
        ("100件和100件以上的案件", "100", "253", "", ""),
        ("法律援助联系工作会议1次（次）", "1", "1", "", ""),
        ("法律援助专职人员值班，4000元/月，共12个月。", "4.8万元", "4.8万元", "", ""),
        ("满意率（100%）", "100%", "100%", "", ""),
        ("每季度开展1次宣传", "4次", "4次", "", ""),
        ("在12个县市建站", "109个", "109个", "", ""),
        ("完成200件案件和30次宣传", "30次", "30次", "", ""),
        ("完成200件案件和300件咨询", "100件", "100件", "", ""),
        ("年内完成200件案件", "优", "良", "", ""),
        ("年内完成200件案件", "", "253", "", ""),
        ("办理案件", "100", "253", "", ""),
    ],
)
def test_target_name_mismatch(name: str, target: str, actual: str, title: str, fix: str) -> None:
    record = with_row(0, name=name, target=target, actual=actual, reason="案源增加")
    got = [(each.title, label(each.fix)) for each in found(record, "target-name-mismatch")]
    assert got == ([(title, fix)] if title else [])


def test_both_ways_of_counting_are_said() -> None:
    record = with_row(0, name="年内完成200件法律援助案件(件）", target="100", actual="253")
    finding = one(record, "target-name-mismatch")
    assert finding.message == "按 200 件算完成 126.5%，按 100 算完成 253%。"
    assert "target-name-mismatch" not in codes(fixed(record, finding.fix))


@pytest.mark.parametrize(
    ("name", "target", "actual"),
    [
        ("完成200件（件）", "100", ""),
        ("完成200件（件）", "0", "3"),
        ("60天内办结", "≤90天", "50天"),
        ("完成0件（件）", "5", "3"),
    ],
)
def test_where_no_share_can_be_said(name: str, target: str, actual: str) -> None:
    assert one(with_row(0, name=name, target=target, actual=actual), "target-name-mismatch").message.endswith(
        "请核对以哪个为准。"
    )


def test_a_figure_that_stands_twice_in_the_target_is_not_replaced() -> None:
    record = with_row(0, name="完成200件案件", target="100件（上年100件）", actual="253件", reason="案源增加")
    assert one(record, "target-name-mismatch").fix is None


def test_a_target_in_other_words_is_not_replaced() -> None:
    record = with_row(0, name="完成200件案件", target="三十件", actual="253件", reason="案源增加")
    assert one(record, "target-name-mismatch").fix is None


VAGUE = tuple(
    row("社会效益指标", f"效益 {i}", text, "达成预期指标", "5")
    for i, text in enumerate(("显著提升", "不断扩大", "长期有效"))
)


@pytest.mark.parametrize(
    ("rows", "hint"),
    [
        (VAGUE, True),
        (VAGUE[:2], False),
        ((*VAGUE, *(replace(ROWS[4], name=f"质量 {i}", target="优") for i in range(3))), False),
        ((*VAGUE, replace(ROWS[4], target="优")), True),
        ((*VAGUE[:2], *(replace(ROWS[4], name=f"率 {i}", target="≥95%") for i in range(3))), False),
    ],
)
def test_vague_targets(rows: tuple[object, ...], hint: bool) -> None:
    assert bool(found(replace(GOOD, indicators=rows), "vague-targets")) is hint  # type: ignore[arg-type]


def test_the_vague_words_are_quoted() -> None:
    finding = one(replace(GOOD, indicators=VAGUE), "vague-targets")
    assert finding.message.startswith("3 项定性指标值中有 3 项写的是显著提升、不断扩大、长期有效一类的话。")
    assert len(finding.also) == 2


@pytest.mark.parametrize(
    ("changes", "double"),
    [({}, True), ({"name": " 办理法律援助 案件数量"}, True), ({"level2": "质量指标"}, False), ({"name": ""}, False)],
)
def test_duplicate_indicator(changes: dict[str, str], double: bool) -> None:
    record = replace(GOOD, indicators=(*ROWS, replace(ROWS[0], **changes)))
    got = found(record, "duplicate-indicator")
    assert [each.message for each in got if "与第 1 行相同" in each.message] == [each.message for each in got]
    assert bool(got) is double
