"""评分: the rules of practice, case by case, in points with two decimals."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfdesk.amounts import MoneyUnit
from perfdesk.model import Assessment, FundRow, Indicator, Record, Score, ScoreMethod
from perfdesk.policy import Band, Policy, ReverseFormula
from perfdesk.scoring import (
    agrees,
    answered_by_nothing,
    answered_by_rate,
    assess,
    band_points,
    budget_weight,
    comparable,
    execution_rate,
    forward_score,
    is_reverse,
    magnitude,
    rate_score,
    reverse_score,
    score_indicator,
)
from perfdesk.targets import read
from tests.checks.support import GOOD, NATIONAL, POLICIES, ROWS, with_fund, with_row

POLICY = POLICIES["national-2020"]
D = Decimal


@pytest.mark.parametrize(
    ("text", "computed", "exactly", "rounded"),
    [
        ("98.46", "98.46", True, True),
        ("98.46%", "98.46", True, True),
        ("９８．４６％", "98.46", True, True),
        ("98.47", "98.46", True, True),
        ("98.48", "98.46", False, False),
        ("98.5", "98.46", False, True),
        ("98%", "98.46", False, True),
        ("99%", "98.46", False, False),
        ("100%", "139.11", False, False),
        ("98.463", "98.46", True, True),
        ("9分", "9.00", True, True),
        ("9", "9.63", False, False),
        ("满分", "10", False, False),
        ("", "10", False, False),
        ("—", "0", False, False),
    ],
)
def test_agrees(text: str, computed: str, exactly: bool, rounded: bool) -> None:
    assert agrees(text, D(computed)) is exactly
    assert agrees(text, D(computed), rounding=True) is rounded


@pytest.mark.parametrize(
    ("annual", "executed", "rate"),
    [
        ("30000", "29539", "98.46"),
        ("318.4", "442.92", "139.11"),
        ("2406.98", "2318.14", "96.31"),
        ("8", "8", "100.00"),
        ("0", "5", "0.00"),
        (None, "5", None),
        ("5", None, None),
    ],
)
def test_execution_rate(annual: str | None, executed: str | None, rate: str | None) -> None:
    got = execution_rate(annual and D(annual), executed and D(executed))  # type: ignore[arg-type]
    assert got == (rate and D(rate))


@pytest.mark.parametrize(
    ("rate", "weight", "score"),
    [
        ("98.46", "10", "9.85"),
        ("139.11", "10", "10.00"),
        ("96.31", "20", "19.26"),
        ("-5", "10", "0.00"),
        ("0", "10", "0.00"),
    ],
)
def test_rate_score(rate: str, weight: str, score: str) -> None:
    assert rate_score(D(rate), D(weight)) == D(score)


@pytest.mark.parametrize(
    ("target", "actual", "weight", "score"),
    [
        ("70", "75", "7", "7"),
        ("70", "70", "7", "7"),
        ("70", "50", "7", "5.00"),
        ("3", "2", "10", "6.67"),
        ("100", "-5", "10", "0.00"),
        ("0", "3", "10", "10"),
        ("-5", "0", "10", "10"),
        ("0", "0", "10", "10"),
    ],
)
def test_forward_score(target: str, actual: str, weight: str, score: str) -> None:
    assert forward_score(D(target), D(actual), D(weight)) == D(score)


@pytest.mark.parametrize(
    ("target", "actual", "a", "b"),
    [
        ("10", "9", "10", "10"),
        ("10", "10", "10", "10"),
        ("10", "12", "8.00", "8.33"),
        ("10", "20", "0.00", "5.00"),
        ("10", "35", "0.00", "2.86"),
        ("0", "1", "0.00", "0.00"),
        ("0", "0", "10", "10"),
        ("5", "-1", "10", "10"),
    ],
)
def test_reverse_score(target: str, actual: str, a: str, b: str) -> None:
    assert reverse_score(D(target), D(actual), D(10), ReverseFormula.A) == D(a)
    assert reverse_score(D(target), D(actual), D(10), ReverseFormula.B) == D(b)


@pytest.mark.parametrize(
    ("value", "other", "number"),
    [
        ("4.8万元", "", "48000"),
        ("10", "≤10万元", "100000"),
        ("98", "≥95%", "98"),
        ("70余件次", "20件", "70"),
        ("12", "", "12"),
        ("优", "5", "0"),
        ("2", "≤3小时", "120"),
        ("3小时", "", "180"),
    ],
)
def test_magnitude(value: str, other: str, number: str) -> None:
    assert magnitude(read(value), read(other)) == D(number)


@pytest.mark.parametrize(
    ("target", "actual", "can"),
    [
        ("≥70件", "75件", True),
        ("≥3次", "3", True),
        ("100", "95%", True),
        ("20件", "70余件次", True),
        ("≤10万元", "98000元", True),
        ("1次", "100%", False),
        ("60天内", "100%", False),
        ("≤15个工作日", "12天", False),
        ("4000元/月", "4.8万元", False),
        ("优", "达成", False),
        ("400-500人", "450人", False),
        ("12月底前", "12月20日", False),
        ("每月1次", "12次", False),
        ("每月1次", "1次", True),
        ("每月1次", "2次/月", True),
        ("2次/年", "3次", True),
        ("5公里", "3000米", True),
        ("5公里", "6亩", False),
        ("5公里", "3件", False),
    ],
)
def test_comparable(target: str, actual: str, can: bool) -> None:
    assert comparable(read(target), read(actual)) is can


@pytest.mark.parametrize(
    ("target", "level2", "name", "reverse"),
    [
        ("≤5%", "质量指标", "投诉率", True),
        ("<3天", "时效指标", "办结时间", True),
        ("≥3天", "时效指标", "培训天数", False),
        ("60天内", "时效指标", "办结时间", True),
        ("15天", "时效指标", "办结时间", True),
        ("10万元", "成本指标", "办案经费", True),
        ("10万元", "社会效益指标", "挽回损失", False),
        ("10", "成本指标", "严格控制预算（万元）", True),
        ("10", "成本指标", "办案数", False),
        ("100%", "成本指标", "成本控制率", False),
        ("0起", "质量指标", "安全事故", True),
        ("=0起", "质量指标", "安全事故", True),
        ("≥0起", "质量指标", "安全事故", False),
        ("=3次", "数量指标", "宣传", False),
        ("3%", "社会效益指标", "重新犯罪率", True),
        ("5件", "满意度指标", "投诉件数（件）", True),
        ("95%", "质量指标", "投诉办结率", False),
    ],
)
def test_is_reverse(target: str, level2: str, name: str, reverse: bool) -> None:
    assert is_reverse(read(target), Indicator(level1="产出指标", level2=level2, name=name)) is reverse


@pytest.mark.parametrize(
    ("target", "rate"),
    [
        ("应审尽审", True),
        ("应援尽援、应访尽访", True),
        ("按时完成", True),
        ("全覆盖", True),
        ("优", False),
        ("显著提升", False),
        ("95%", False),
    ],
)
def test_answered_by_rate(target: str, rate: bool) -> None:
    assert answered_by_rate(read(target)) is rate


@pytest.mark.parametrize(
    ("target", "actual", "level2", "answered"),
    [
        ("0起", "零投诉", "质量指标", True),
        ("≤5%", "无投诉", "质量指标", True),
        ("0件", "未发生", "社会效益指标", True),
        ("0件", "0", "社会效益指标", False),
        ("≤10万元", "无", "经济成本指标", False),
        ("≤3次", "无", "经济成本指标", False),
        ("≥5次", "无", "数量指标", False),
        ("零投诉", "无投诉", "质量指标", False),
    ],
)
def test_nothing_happened_answers_a_target_that_should_stay_low(
    target: str, actual: str, level2: str, answered: bool
) -> None:
    indicator = Indicator(level2=level2, target=target, actual=actual)
    assert answered_by_nothing(read(target), read(actual), indicator) is answered


def test_nothing_happened_earns_full_points_and_says_so() -> None:
    got = score("0起", "零投诉")
    assert (got.computed, got.method) == (D("10.00"), ScoreMethod.MET)
    assert got.explanation.startswith("零投诉，按 0 算，没有超过 0起")


def score(target: str, actual: str, *, policy: Policy = POLICY, weight: str = "10", **more: str) -> Score:
    one = Indicator(level1="产出指标", name="办理案件", target=target, actual=actual, weight=weight, **more)
    return score_indicator(one, row=0, year=2024, policy=policy)


MET, RATIO, REVERSE, LEVEL = ScoreMethod.MET, ScoreMethod.RATIO, ScoreMethod.REVERSE, ScoreMethod.LEVEL
BLANK, UNSCORABLE = ScoreMethod.BLANK, ScoreMethod.UNSCORABLE


@pytest.mark.parametrize(
    ("target", "actual", "points", "method", "why"),
    [
        ("≥70件", "75件", "10", MET, "75件 ÷ 70件 ＝ 107.14%，得分不超过分值，记 10.00 分"),
        ("100", "253", "10", MET, "253 ÷ 100 ＝ 253%，得分不超过分值，记 10.00 分"),
        ("≥70件", "70件", "10", MET, "70件 ≥ 70件，达到年度指标值，记满分 10.00 分"),
        ("≥95%", "99%", "10", MET, "99% ≥ 95%，达到年度指标值，记满分 10.00 分"),
        ("≥95%", "≥95%", "10", MET, "95% ≥ 95%，达到年度指标值，记满分 10.00 分"),
        ("≥70件", "35件", "5", RATIO, "35件 ÷ 70件 ＝ 50%，10 × 50% ＝ 5.00 分"),
        ("≥70件", "-3件", "0", RATIO, "-3件 ÷ 70件 ＝ 0%，10 × 0% ＝ 0.00 分"),
        ("≥0", "-3", "10", MET, "-3 ≥ 0，达到年度指标值，记满分 10.00 分"),
        ("≤10万元", "9.5万元", "10", MET, "9.5万元 没有超过 10万元，记满分 10.00 分"),
        ("≤10万元", "12万元", "8", REVERSE, "12万元 超过 10万元，超出 20%，记 8.00 分"),
        ("0起", "1起", "0", REVERSE, "1起 超过 0起，记 0.00 分"),
        ("≥70件", "", None, BLANK, "还没有填实际完成值"),
        ("", "75件", None, UNSCORABLE, "还没有填年度指标值，算不出得分"),
        ("400-500人", "450人", None, UNSCORABLE, "“450人”与“400-500人”不能相比，请直接填得分"),
        ("1次", "达成", None, UNSCORABLE, "“达成”与“1次”不能相比，请直接填得分"),
        ("2024年12月31日前", "2024年12月20日", "10", MET, "2024年12月20日 没有晚于 2024年12月31日前，记满分 10.00 分"),
        ("2024年10月", "2024年12月20日", None, UNSCORABLE, "2024年12月20日 晚于 2024年10月，请按完成程度填得分"),
        ("≤12.31日", "≤12.31日", "10", MET, "≤12.31日 没有晚于 ≤12.31日，记满分 10.00 分"),
        (
            "2024年6月1日后",
            "2024年12月20日",
            None,
            UNSCORABLE,
            "“2024年12月20日”与“2024年6月1日后”不能相比，请直接填得分",
        ),
        ("2024年6月1日后", "2024年6月1日后", "10", MET, "写的与期限相同，记满分 10.00 分"),
        ("12月30日前", "完成", "10", LEVEL, "达成年度指标，记满分 10.00 分"),
        ("12月30日前", "100%", None, UNSCORABLE, "“100%”与“12月30日前”不能相比，请直接填得分"),
        ("优", "达成预期指标", "10", LEVEL, "达成年度指标，记满分 10.00 分"),
        ("显著增强", "显著 增强", "10", LEVEL, "与年度指标值一致，记满分 10.00 分"),
        ("优", "部分达成", None, LEVEL, "部分达成：得分在 6.00 与 8.00 之间，请直接填"),
        ("优", "未达成", None, LEVEL, "未达成：得分在 0.00 与 6.00 之间，请直接填"),
        ("优", "良", None, UNSCORABLE, "定性指标写不出算式：请写达成、部分达成或未达成，或直接填得分"),
        ("显著提升", "100%", None, UNSCORABLE, "定性指标写不出算式：请写达成、部分达成或未达成，或直接填得分"),
        ("应审尽审", "100%", "10", LEVEL, "完成率 100%，记满分 10.00 分"),
        ("各项工作按时完成", "95%", None, UNSCORABLE, "定性指标写不出算式：请写达成、部分达成或未达成，或直接填得分"),
    ],
)
def test_a_row_is_scored_and_explained(
    target: str, actual: str, points: str | None, method: ScoreMethod, why: str
) -> None:
    got = score(target, actual)
    assert (got.computed, got.method, got.explanation) == (None if points is None else D(points), method, why)


def test_a_row_without_a_sign_is_bare_in_its_arithmetic() -> None:
    assert score("≥", "5").computed is None
    assert score("=5次", "=5次").explanation == "5次 ≥ 5次，达到年度指标值，记满分 10.00 分"


def test_the_other_reverse_formula_is_a_parameter() -> None:
    other = replace(POLICY, reverse=ReverseFormula.B)
    assert score("≤10万元", "12万元", policy=other).computed == D("8.33")


def test_a_row_without_a_weight_waits() -> None:
    got = score("≥70件", "75件", weight="")
    assert (got.weight, got.computed, got.method, got.explanation) == (None, None, BLANK, "还没有填分值")


def test_a_stated_score_counts() -> None:
    assert score("≥70件", "75件", score="9分").effective == 9
    assert score("≥70件", "75件", score="满分").effective == 10
    assert score("优", "良").effective is None


def test_band_points() -> None:
    assert band_points(Band(D(60), D(80), high_included=False), D(15)) == (D("9.00"), D("12.00"))


def test_budget_weight() -> None:
    assert budget_weight(None, POLICY) == 10
    assert budget_weight(FundRow(""), POLICY) == 10
    assert budget_weight(FundRow("", weight="20"), POLICY) == 20


def budget_of(got: Assessment) -> Score:
    assert got.budget is not None
    return got.budget


def test_the_good_form_is_assessed() -> None:
    got = assess(NATIONAL, GOOD)
    assert (got.execution_rate, budget_of(got).computed, got.weight_total) == (D(100), D(10), D(100))
    assert (got.total, got.grade) == (D("99.9"), "优")
    assert got.rate_explanation == "15 ÷ 15 ＝ 100.00%"
    assert budget_of(got).explanation == "15 ÷ 15 ＝ 100.00%，10 × 100.00%，记 10.00 分"
    assert [(each.label, each.first, each.count, each.weight) for each in got.groups] == [
        ("产出指标", 0, 4, D(50)),
        ("效益指标", 4, 1, D(30)),
        ("满意度指标", 5, 1, D(10)),
    ]


def test_spending_beyond_the_budget_is_capped_and_said() -> None:
    got = assess(NATIONAL, with_fund(0, annual_budget="318.4", executed="442.92"))
    assert budget_of(got).explanation == "442.92 ÷ 318.4 ＝ 139.11%，10 × 139.11%，不超过分值，记 10.00 分"


def test_a_budget_of_nothing_is_a_rate_of_0() -> None:
    got = assess(NATIONAL, with_fund(0, annual_budget="0", executed="0"))
    assert (got.execution_rate, budget_of(got).computed) == (D(0), D(0))
    assert got.rate_explanation == "全年预算数为 0，执行率记 0"


@pytest.mark.parametrize("record", [replace(GOOD, funds=()), with_fund(0, annual_budget="")])
def test_no_budget_no_rate(record: Record) -> None:
    got = assess(NATIONAL, record)
    assert (got.execution_rate, budget_of(got).computed, budget_of(got).method, got.grade) == (None, None, BLANK, None)
    assert got.rate_explanation == "还没有填全年预算数和全年执行数"


def test_the_forms_unit_is_only_a_unit() -> None:
    assert assess(NATIONAL, replace(GOOD, unit=MoneyUnit.YUAN)).execution_rate == 100


@pytest.mark.parametrize(
    "record", [with_row(0, weight="19"), with_row(0, actual=""), with_row(0, weight=""), replace(GOOD, indicators=())]
)
def test_an_unfinished_form_has_no_grade(record: Record) -> None:
    assert assess(NATIONAL, record).grade is None


def test_a_row_without_a_first_level_reads_as_the_group_above() -> None:
    rows = (ROWS[0], replace(ROWS[4], level1=" "), replace(ROWS[5], level1="产出指标 "), ROWS[4])
    got = assess(NATIONAL, replace(GOOD, indicators=rows)).groups
    assert [(each.label, each.count) for each in got] == [("产出指标", 3), ("效益指标", 1)]


def test_printed_group_weights_are_read_with_or_without_their_unit() -> None:
    record = with_row(0, with_row(4, level1_weight="30分"), level1_weight="50")
    assert [each.printed_weight for each in assess(NATIONAL, record).groups] == [50, 30, None]


def test_unknown_scores_and_weights_add_nothing() -> None:
    got = assess(NATIONAL, with_row(0, with_row(1, actual=""), weight=""))
    assert got.groups[0].weight == 30
    assert got.groups[0].score == 20


POINTS = st.decimals(min_value=0, max_value=100, places=2)
FIGURE = st.decimals(min_value=-1000, max_value=100_000, places=2)


@given(FIGURE, FIGURE, POINTS, st.sampled_from(ReverseFormula))
def test_no_score_is_below_0_or_above_its_weight(
    target: Decimal, actual: Decimal, weight: Decimal, formula: ReverseFormula
) -> None:
    for points in (forward_score(target, actual, weight), reverse_score(target, actual, weight, formula)):
        assert 0 <= points <= weight


@given(st.text(max_size=20), st.text(max_size=20), st.text(max_size=6))
def test_scoring_never_raises(target: str, actual: str, weight: str) -> None:
    got = score(target, actual, weight=weight, score=weight)
    assert got.explanation


@pytest.mark.parametrize(
    ("target", "actual", "points"),
    [
        ("≥70件", "办理民事案件50件、刑事案件25件", None),  # 75 or 50: nobody said
        ("≥12场", "宣传5场，讲座7场", None),
        ("≥70件", "75件，比上年多5件", "10.00"),  # the first number reaches the target
        ("≥70件", "60件，其中民事50件", "8.57"),
        ("≥70件", "60件（办结率95%）", "8.57"),
        ("≥95%", "90%，比上年提高2%", "9.47"),
        ("≥70件", "60件", "8.57"),
    ],
)
def test_a_list_of_parts_is_not_scored_by_its_first_one(target: str, actual: str, points: str | None) -> None:
    found = score(target, actual)
    assert found.computed == (None if points is None else Decimal(points))
    assert ("看不出合计" in found.explanation) is (points is None)
