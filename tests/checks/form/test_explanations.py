"""偏差原因 and what else must be said."""

from __future__ import annotations

from dataclasses import replace

import pytest

from perfdesk.model import Binding, Block, Record
from tests.checks.support import GOOD, NATIONAL, found, with_fund, with_row, with_values

NONE = ["", "/", "无", "0", "—", "-", "。", " ", "无。", "……", "无偏差", "略", "／", "//"]
SOME = ["案源增加", "见附件", "无法联系当事人", "0.5个百分点的差距由于回访不到位"]


@pytest.mark.parametrize("reason", NONE)
def test_placeholders_explain_nothing(reason: str) -> None:
    assert len(found(with_row(0, actual="253件", reason=reason), "over-achieved-unexplained")) == 1
    assert len(found(with_row(0, actual="35件", reason=reason), "lost-points-unexplained")) == 1


@pytest.mark.parametrize("reason", SOME)
def test_words_explain(reason: str) -> None:
    assert found(with_row(0, actual="253件", reason=reason), "over-achieved-unexplained") == []
    assert found(with_row(0, actual="35件", reason=reason), "lost-points-unexplained") == []


@pytest.mark.parametrize(
    ("target", "actual", "title", "message"),
    [
        ("100", "253", "超过年度指标值 153%，没有说明", "(253 − 100) ÷ 100 ＝ ＋153%，超过 30% 须说明原因。"),
        ("3", "5", "超过年度指标值 66.67%，没有说明", "(5 − 3) ÷ 3 ＝ ＋66.67%，超过 30% 须说明原因。"),
        ("20件", "70余件次", "超过年度指标值 250%，没有说明", "(70 − 20) ÷ 20 ＝ ＋250%，超过 30% 须说明原因。"),
        ("10万元", "14万元", "超过年度指标值 40%，没有说明", "(14 − 10) ÷ 10 ＝ ＋40%，超过 30% 须说明原因。"),
        ("≥0", "30", "年度指标值是 0，完成得很多", "年度指标值是 0，实际完成 30，须说明原因。"),
        ("≥0", "29", "", ""),
        ("0起", "30起", "", ""),  # none at all was wanted
        ("≥70件", "91件", "", ""),
        ("≥70件", "91.1件", "超过年度指标值 30.14%，没有说明", "(91.1 − 70) ÷ 70 ＝ ＋30.14%，超过 30% 须说明原因。"),
        ("≥90%", "99.32%", "", ""),
        ("≥60%", "95%", "超过年度指标值 58.33%，没有说明", "(95 − 60) ÷ 60 ＝ ＋58.33%，超过 30% 须说明原因。"),
        ("≤15天", "30天", "", ""),
        ("≤2件", "9件", "", ""),
        ("-5", "3", "", ""),
        ("显著提升", "100%", "", ""),
        ("1次", "100%", "", ""),
    ],
)
def test_over_achieved(target: str, actual: str, title: str, message: str) -> None:
    got = found(with_row(0, target=target, actual=actual), "over-achieved-unexplained")
    assert [(each.title, each.message) for each in got] == ([(title, message)] if title else [])


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"score": "19"}, "失了 1 分（分值 20，得分 19），没有写偏差原因。"),
        ({"actual": "35件"}, "失了 10 分（分值 20，得分 10），没有写偏差原因。"),
        ({"target": "满意度", "score": "11.5"}, "失了 8.5 分（分值 20，得分 11.5），没有写偏差原因。"),
        ({"score": "20"}, ""),
        ({"score": "21"}, ""),
        ({"weight": "", "score": "3"}, ""),
        ({"actual": ""}, ""),
    ],
)
def test_lost_points(changes: dict[str, str], message: str) -> None:
    got = found(with_row(0, **changes), "lost-points-unexplained")
    assert [each.message for each in got] == ([message] if message else [])
    assert all(each.binding == Binding(Block.INDICATORS, "reason", row=0) for each in got)


@pytest.mark.parametrize(
    ("initial", "annual", "message"),
    [
        ("0", "30000", "年初 0 → 全年 30000 万元，调整额没有相应的说明。"),
        ("10", "15", "年初 10 → 全年 15 万元，调增 50%，调整额没有相应的说明。"),
        ("20", "15", "年初 20 → 全年 15 万元，调减 25%，调整额没有相应的说明。"),
        ("14", "15", ""),
        ("10", "11", ""),
        ("15", "15", ""),
        ("", "15", ""),
        ("15", "", ""),
        ("-1", "15", ""),
        ("0", "0", ""),
    ],
)
def test_budget_change(initial: str, annual: str, message: str) -> None:
    got = found(with_fund(0, initial_budget=initial, annual_budget=annual), "budget-change-unexplained")
    assert [each.message for each in got] == ([message] if message else [])


CHANGED = with_fund(0, initial_budget="0")


@pytest.mark.parametrize(
    ("record", "silent"),
    [
        (with_values(CHANGED, conclusion="年中由本级财政追加安排 15 万元。"), True),
        (with_values(CHANGED, goal_actual="预算因机构改革调整"), True),
        (with_row(3, CHANGED, remark="上级下达的补助"), True),
        (with_row(3, CHANGED, reason="年初未安排，后由县级调剂"), True),
        (with_values(CHANGED, conclusion="对出现偏差的指标进行合理调整。"), False),
        (with_values(CHANGED, title="追加资金自评表"), False),
    ],
)
def test_a_change_may_be_explained_anywhere(record: Record, silent: bool) -> None:
    assert (found(record, "budget-change-unexplained") == []) is silent


LOW = with_fund(0, executed="12")


@pytest.mark.parametrize(
    ("record", "message"),
    [
        (LOW, "12 ÷ 15 ＝ 80.00%，低于 90%，没有写原因。请在实际完成情况或自评结论中说明。"),
        (
            with_values(LOW, conclusion="执行率80%。"),
            "12 ÷ 15 ＝ 80.00%，低于 90%，没有写原因。请在实际完成情况或自评结论中说明。",
        ),
        (with_values(LOW, conclusion="3 万元为质保金，次年支付。"), ""),
        (with_values(LOW, goal_actual="按合同留了质量保证金，资金没有用完"), ""),
        (with_values(LOW, goal_actual="由于项目验收推迟，资金尚未支付完毕"), ""),
        (with_fund(0, executed="13.5"), ""),
        (with_fund(0, executed=""), ""),
        (with_fund(0, annual_budget="0", executed="0"), ""),
        (GOOD, ""),
    ],
)
def test_execution_low(record: Record, message: str) -> None:
    got = found(record, "execution-low-unexplained")
    assert [each.message for each in got] == ([message] if message else [])


def test_a_form_without_a_reason_column_is_not_asked_for_reasons() -> None:
    other = replace(NATIONAL, blocks=())
    assert found(with_row(0, actual="253件"), "over-achieved-unexplained", other) == []
    assert found(with_row(0, actual="35件"), "lost-points-unexplained", other) == []
