"""评分规则: what each kind gives for raw figures, with its arithmetic, in the words of the 辰溪 rating."""

from __future__ import annotations

from decimal import Decimal

import pytest

from perfdesk.rules import Bands, Measure, MeasureKind, RatioCapped, Rule, inputs_of, item_points
from tests.rules.samples import (
    AMBIGUOUS,
    BUDGET,
    CHANGING,
    COMPLETION,
    CONTROL,
    COVERAGE,
    EXTRA,
    IN_USE,
    INNOVATION,
    MANAGEMENT,
    MONITORED,
    QUALITY,
    RATE,
    RATIO,
    SATISFACTION,
    SPENT,
    STAFFING,
    SYSTEMS,
    VALUE,
)

D = Decimal


@pytest.mark.parametrize(
    ("rule", "values", "points", "why"),
    [
        (STAFFING, {"staff": "95", "posts": "89"}, "2.40", "95 − 89 ＝ 6 人，6 × 0.1 ＝ 0.60，3 − 0.60 ＝ 2.40 分"),
        (STAFFING, {"staff": "89人", "posts": "８９"}, "3.00", "89 − 89 ＝ 0 人，没有超过 0 人，记满分 3.00 分"),
        (
            STAFFING,
            {"staff": "121", "posts": "89"},
            "0.00",
            "121 − 89 ＝ 32 人，32 × 0.1 ＝ 3.20，扣完为止，记 0.00 分",
        ),
        (
            CONTROL,
            {"spent": "546.1", "budget": "341.62"},
            "0.00",
            "546.1 ÷ 341.62 ＝ 159.86%，超 59.86 个百分点，满 0.1 的有 598 个，598 × 0.1 ＝ 59.80，扣完为止，记 0.00 分",
        ),
        (
            CONTROL,
            {"spent": "101.2", "budget": "100万元"},
            "1.80",
            "101.2 ÷ 100 ＝ 101.2%，超 1.2 个百分点，1.2 ÷ 0.1 × 0.1 ＝ 1.20，3 − 1.20 ＝ 1.80 分",
        ),
        (
            CHANGING,
            {"spent": "30.9", "budget": "30"},
            "2.80",
            "(30.9 − 30) ÷ 30 ＝ 3%，3% × 40 ＝ 1.20，4 − 1.20 ＝ 2.80 分",
        ),
        (
            CHANGING,
            {"spent": "45", "budget": "30"},
            "0.00",
            "(45 − 30) ÷ 30 ＝ 50%，50% × 40，最多扣 4 分，4 − 4.00 ＝ 0.00 分",
        ),
        (
            CHANGING,
            {"spent": "28", "budget": "30"},
            "4.00",
            "(28 − 30) ÷ 30 ＝ -6.67%，没有超过 0%，记满分 4.00 分",
        ),
        (CHANGING, {"spent": "0", "budget": "0"}, "4.00", "公用经费预算数是 0，没有变动，没有超过 0%，记满分 4.00 分"),
        (QUALITY, {"rate": "97%"}, "3.88", "97%，97% × 4 ＝ 3.88 分"),
        (QUALITY, {"rate": "95"}, "0.00", "95%，≤95%，扣 4 分，记 0.00 分"),
        (QUALITY, {"rate": "100"}, "4.00", "100%，达到 100%，记满分 4.00 分"),
        (COMPLETION, {"rate": "96.5"}, "3.00", "96.5%，≥95%，记 3.00 分"),
        (COMPLETION, {"rate": "80"}, "0.00", "80%，＜90%，记 0.00 分"),
        (IN_USE, {"rate": "60"}, "2.25", "60%，60% ÷ 80% × 3 ＝ 2.25 分"),
        (IN_USE, {"rate": "85"}, "3.00", "85%，达到 80%，记满分 3.00 分"),
        (MONITORED, {"rate": "90"}, "1.80", "90%，90% × 2，记 1.80 分"),
        (INNOVATION, {"staff": "14", "posts": "10"}, "0.40", "14 − 10 ＝ 4 人，4 人 × 0.1，记 0.40 分"),
        (
            INNOVATION,
            {"staff": "30", "posts": "10"},
            "1.00",
            "30 − 10 ＝ 20 人，20 人 × 0.1，不超过 1 分，记 1.00 分",
        ),
        (INNOVATION, {"staff": "8", "posts": "10"}, "0.00", "8 − 10 ＝ -2 人，-2 人 × 0.1，记 0.00 分"),
        (COVERAGE, {"rate": "45", "goal": "90%"}, "0.50", "45%，45% ÷ 90% × 1 ＝ 0.50 分"),
        (SYSTEMS, {"ticks": "制度已制定、制度有效执行"}, "1.00", "3 条要点符合 2 条，记 1.00 分"),
        (SYSTEMS, {"ticks": "均不符合"}, "0.00", "3 条要点符合 0 条，记 0.00 分"),
        (AMBIGUOUS, {"pair": "对社会公开、向政府报告"}, "1.00", "2 条要点符合 2 条，记 1.00 分（按另一档是 0.5 分）"),
        (SATISFACTION, {"survey": "良好"}, "3.00", "满意度调查结果为良好，记 3.00 分"),
        (MANAGEMENT, {"mark": "96分"}, "4.80", "评价得分 96 ÷ 100 × 5，记 4.80 分"),
        (MANAGEMENT, {"mark": "120"}, "5.00", "评价得分 120 ÷ 100 × 5，记 5.00 分"),
    ],
)
def test_a_rule_gives_its_points_with_the_arithmetic(rule: Rule, values: dict[str, str], points: str, why: str) -> None:
    outcome = rule.points(values)
    assert (str(outcome.points), outcome.why) == (points, why)


@pytest.mark.parametrize(
    ("rule", "values", "why"),
    [
        (STAFFING, {}, "还没有填在职人数、编制数"),
        (STAFFING, {"staff": "八十九", "posts": "89"}, "在职人数填的是“八十九”，读不出数"),
        (CONTROL, {"spent": "1", "budget": "0"}, "公用经费预算数不大于 0，算不出比率，请直接填得分"),
        (CHANGING, {"spent": "1", "budget": "0"}, "公用经费预算数不大于 0，算不出比率，请直接填得分"),
        (RatioCapped(RATIO, D(3)), {"spent": "1", "budget": "0"}, "公用经费预算数不大于 0，算不出比率，请直接填得分"),
        (QUALITY, {"rate": " "}, "还没有填利用率"),
        (COMPLETION, {}, "还没有填利用率"),
        (COVERAGE, {"rate": "45"}, "还没有填目标值"),
        (COVERAGE, {"rate": "45", "goal": "0"}, "目标值不大于 0，算不出得分，请直接填得分"),
        (SYSTEMS, {}, "还没有勾选评价要点"),
        (SYSTEMS, {"ticks": "制度很好"}, "评价要点里的“制度很好”不在所列要点中"),
        (SATISFACTION, {}, "还没有选满意度调查结果"),
        (SATISFACTION, {"survey": "很好"}, "满意度调查结果填的是“很好”，应为优秀、良好、合格、不合格之一"),
        (MANAGEMENT, {}, "还没有填评价得分"),
    ],
)
def test_what_is_missing_is_named(rule: Rule, values: dict[str, str], why: str) -> None:
    assert rule.points(values) == (None, why, ())


def test_a_ratio_without_a_target_counts_from_100_percent() -> None:
    outcome = RatioCapped(RATIO, D(3)).points({"spent": "50", "budget": "100"})
    assert outcome == (D("1.50"), "50 ÷ 100 ＝ 50%，50% ÷ 100% × 3 ＝ 1.50 分", ())


def test_several_figures_make_one_side_of_a_measure() -> None:
    measure = Measure(MeasureKind.RATIO, (SPENT,), (BUDGET, EXTRA), name="半年进度")
    reading = measure.read({"spent": "55", "budget": "90", "extra": "10"})
    assert reading == (D("55.00"), "半年进度 55 ÷ (90 ＋ 10) ＝ 55%")


def test_the_rules_of_an_item_add_up() -> None:
    half, year = Bands(VALUE, ((D(50), D(2)), (D(40), D(1)))), QUALITY
    outcome = item_points((half, year), {"rate": "98"})
    assert outcome.points == D("5.92")
    assert outcome.why == "98%，≥50%，记 2.00 分；98%，98% × 4 ＝ 3.92 分；2 ＋ 3.92 ＝ 5.92 分"
    assert inputs_of((half, year)) == (RATE,)


def test_an_item_waits_for_all_its_figures() -> None:
    outcome = item_points((STAFFING, QUALITY), {"staff": "89", "posts": "89"})
    assert outcome == (None, "还没有填利用率", ())


def test_the_other_score_of_an_ambiguous_rule_is_given_too() -> None:
    values = {"pair": "对社会公开、向政府报告", "survey": "良好"}
    assert item_points((AMBIGUOUS, SATISFACTION), values).also == (D("3.50"),)
