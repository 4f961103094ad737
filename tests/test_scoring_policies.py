"""评分 by the policies of the counties: the same form earns other points under another rule, and says why."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfdesk.checks import check
from perfdesk.model import Assessment, Finding, Indicator, Record, Score, ScoreMethod, flatten
from perfdesk.policy import Band, CostRule, OverRule, Policy, ReverseFormula, TypedScores
from perfdesk.scoring import assess, rate_score, score_budget, score_indicator, typed_score
from perfdesk.template import Template
from tests.checks.support import GOOD, NATIONAL, POLICIES, TEMPLATES, with_fund, with_row, with_totals

D = Decimal
BY_NAME = {one.id: one for one in POLICIES.values()}
GUANGXI, ZHEJIANG, MANUAL = BY_NAME["guangxi"], BY_NAME["zhejiang"], BY_NAME["manual-2022"]
PLAIN, ZHIJIANG, SICHUAN = BY_NAME["national-2020"], BY_NAME["zhijiang-2024"], BY_NAME["sichuan-2022"]
VOID = replace(PLAIN, over=OverRule.VOID)
UNCAPPED = replace(PLAIN, rate_capped=False)
CUT = BY_NAME["scale-80-70-60"]


def by(policy: Policy) -> Template:
    return replace(NATIONAL, policy=policy)


def score(policy: Policy, target: str, actual: str, **more: str) -> Score:
    texts = {"level1": "产出指标", "level2": "数量指标", "name": "办理法律援助案件", "weight": "10", **more}
    return score_indicator(Indicator(target=target, actual=actual, **texts), row=0, year=2024, policy=policy)


def codes(record: Record, policy: Policy) -> dict[str, Finding]:
    template = by(policy)
    return {one.code: one for one in flatten(check(template, record, assess(template, record)))}


MET, OVER, BY_HAND, RATIO = ScoreMethod.MET, ScoreMethod.OVER, ScoreMethod.MANUAL, ScoreMethod.RATIO


@pytest.mark.parametrize(
    ("policy", "target", "actual", "points", "method", "why"),
    [
        (PLAIN, "100件", "253件", "10", MET, "253件 ÷ 100件 ＝ 253%，得分不超过分值，记 10.00 分"),
        (
            MANUAL,
            "100件",
            "130件",
            "8",
            OVER,
            "130件 ÷ 100件 ＝ 130%，超出 30%，达到 30%，扣 2 分，10 － 2，记 8.00 分",
        ),
        (MANUAL, "≥100件", "129件", "10", MET, "129件 ÷ 100件 ＝ 129%，得分不超过分值，记 10.00 分"),
        (MANUAL, "≥0件", "35件", "8", OVER, "年度指标值是 0，实际完成 35件，超额，扣 2 分，10 － 2，记 8.00 分"),
        (MANUAL, "≤100件", "250件", "0", ScoreMethod.REVERSE, "250件 超过 100件，超出 150%，记 0.00 分"),
        (
            ZHEJIANG,
            "≥100件",
            "120件",
            None,
            BY_HAND,
            "120件 ÷ 100件 ＝ 120%，超出 20%，达到 20%，不由程序算分，请直接填得分",
        ),
        (ZHEJIANG, "≥100件", "119件", "10", MET, "119件 ÷ 100件 ＝ 119%，得分不超过分值，记 10.00 分"),
        (VOID, "≥100件", "131件", "0", OVER, "131件 ÷ 100件 ＝ 131%，超出 31%，超过 30%，数量指标不得分，记 0.00 分"),
        (VOID, "≥100件", "130件", "10", MET, "130件 ÷ 100件 ＝ 130%，得分不超过分值，记 10.00 分"),
        (VOID, "≥100件", "99件", "0", RATIO, "99件 没有达到 100件，数量指标没有完成不得分，记 0.00 分"),
    ],
)
def test_what_goes_beyond_the_limit_earns_what_the_policy_says(
    policy: Policy, target: str, actual: str, points: str | None, method: ScoreMethod, why: str
) -> None:
    got = score(policy, target, actual)
    assert (got.computed, got.method, got.explanation) == (None if points is None else D(points), method, why)


def test_only_quantities_are_void() -> None:
    assert score(VOID, "≥50%", "100%", level2="质量指标").computed == 10
    assert score(VOID, "≥50%", "40%", level2="质量指标").computed == 8


def test_a_deduction_never_goes_below_nothing() -> None:
    got = score(MANUAL, "100件", "200件", weight="1.5")
    assert (got.computed, "扣完为止，记 0.00 分" in got.explanation) == (D(0), True)


@pytest.mark.parametrize(
    ("policy", "target", "actual", "level2", "points", "why"),
    [
        (ZHIJIANG, "≤10万元", "12万元", "经济成本指标", "0", "12万元 超过 10万元，成本指标超支不得分，记 0.00 分"),
        (ZHIJIANG, "≤10万元", "10万元", "经济成本指标", "10", "10万元 没有超过 10万元，记满分 10.00 分"),
        (ZHIJIANG, "≤10天", "12天", "时效指标", "8", "12天 超过 10天，超出 20%，记 8.00 分"),
        (PLAIN, "≤10万元", "12万元", "经济成本指标", "8", "12万元 超过 10万元，超出 20%，记 8.00 分"),
        (ZHIJIANG, "优", "达成", "质量指标", "10", "达成年度指标，记满分 10.00 分"),
        (ZHIJIANG, "优", "部分达成", "质量指标", "8", "部分达成得 80%，10 × 80% ＝ 8.00 分"),
        (ZHIJIANG, "优", "未达成", "质量指标", "0", "未达成得 0%，10 × 0% ＝ 0.00 分"),
    ],
)
def test_zhijiang_pays_all_or_fixed_shares(
    policy: Policy, target: str, actual: str, level2: str, points: str, why: str
) -> None:
    got = score(policy, target, actual, level2=level2)
    assert (got.computed, got.explanation) == (D(points), why)


def test_a_level_that_never_earns_all_is_left_to_the_clerk() -> None:
    policy = replace(PLAIN, achieved=Band(D(80), D(95), high_included=False))
    got = score(policy, "优", "达成")
    assert (got.computed, got.explanation) == (None, "达成：得分在 8.00 与 9.50 之间，请直接填")


@pytest.mark.parametrize(
    ("actual", "deduction", "points", "why"),
    [
        ("75件", "1.5", "8.5", "；扣减 1.5 分，得 8.50 分"),
        ("35件", "2分", "3", "；扣减 2 分，得 3.00 分"),
        ("35件", "8", "0", "；扣减 8 分，扣完为止，得 0.00 分"),
        ("75件", "0", "10", "记 10.00 分"),
        ("75件", "-2", "10", "记 10.00 分"),
        ("75件", "两分", "10", "记 10.00 分"),
    ],
)
def test_guangxi_takes_a_deduction_off(actual: str, deduction: str, points: str, why: str) -> None:
    got = score(GUANGXI, "≥70件", actual, deduction=deduction)
    assert got.computed == D(points)
    assert got.explanation.endswith(why)


def test_where_nothing_is_computed_nothing_is_deducted() -> None:
    got = score(GUANGXI, "优", "良", deduction="2")
    assert (got.computed, "扣减" in got.explanation) == (None, False)


@pytest.mark.parametrize(
    ("text", "rounded", "cut"),
    [
        ("9.855", "9.86", "9.85"),
        ("9.859分", "9.86", "9.85"),
        ("9.5", "9.5", "9.5"),
        ("9", "9", "9"),
        ("满分", None, None),
    ],
)
def test_typed_scores_have_two_decimals(text: str, rounded: str | None, cut: str | None) -> None:
    assert typed_score(text, TypedScores.ROUND) == (rounded and D(rounded))
    assert typed_score(text, TypedScores.TRUNCATE) == (cut and D(cut))


def test_what_becomes_of_a_typed_score_is_said() -> None:
    got = score(CUT, "≥70件", "75件", score="9.855")
    assert (got.effective, got.explanation.partition("；")[2]) == (D("9.85"), "填的 9.855 两位小数以后截去，算 9.85 分")
    got = score(PLAIN, "≥70件", "75件", score="9.855")
    assert (got.effective, got.explanation.partition("；")[2]) == (
        D("9.86"),
        "填的 9.855 两位小数以后四舍五入，算 9.86 分",
    )


def test_the_budget_row_and_a_rating_count_typed_scores_the_same_way() -> None:
    budget, _, _ = score_budget(replace(GOOD.funds[0], score="9.999"), GOOD.unit, CUT)
    assert (budget.effective, budget.explanation.endswith("截去，算 9.99 分")) == (D("9.99"), True)
    rating = TEMPLATES["chenxi-2021-department-rating"]
    record = Record("1", rating.id, 2021, indicators=(replace(rating.starter[0], score="2.999"),))
    (one,) = assess(replace(rating, policy=replace(rating.policy, typed=TypedScores.TRUNCATE)), record).scores
    assert one.effective == D("2.99")


def test_an_uncapped_rate_earns_more_than_its_weight() -> None:
    assert rate_score(D("139.11"), D(10), capped=False) == D("13.91")
    budget, _, _ = score_budget(with_fund(0, annual_budget="318.4", executed="442.92").funds[0], GOOD.unit, UNCAPPED)
    assert budget.computed == D("13.91")
    assert budget.explanation == "442.92 ÷ 318.4 ＝ 139.11%，10 × 139.11%，记 13.91 分"


# -------------------------------------------------------------------------------------------------------- the total


def total_at(executed: str, policy: Policy = MANUAL) -> Assessment:
    return assess(by(policy), with_fund(0, annual_budget="15", executed=executed))


@pytest.mark.parametrize(
    ("executed", "points", "total", "why"),
    [
        ("15", "99.9", "99.9", ""),
        ("12", "97.9", "97.9", ""),
        ("11.25", "97.4", "89", "得分合计 97.4，执行率 75.00% 低于 80%，总分至多 89，减去 8.4 分"),
        ("7.5", "94.9", "69", "得分合计 94.9，执行率 50.00% 低于 60%，总分至多 69，减去 25.9 分"),
        ("0", "89.9", "59", "得分合计 89.9，执行率 0.00% 低于 50%，总分至多 59，减去 30.9 分"),
    ],
)
def test_a_low_execution_rate_puts_a_ceiling_on_the_total(executed: str, points: str, total: str, why: str) -> None:
    got = total_at(executed)
    assert (got.points, got.total, got.total_explanation) == (D(points), D(total), why)
    assert got.grade == MANUAL.grade(D(total))
    assert total_at(executed, PLAIN).total == D(points)


def test_a_total_below_its_ceiling_is_left_alone() -> None:
    low = with_row(4, with_fund(0, annual_budget="15", executed="11.25"), score="10")
    got = assess(by(MANUAL), low)
    assert (got.total, got.total_explanation) == (got.points, "")


def test_a_form_without_scores_has_no_ceiling() -> None:
    template = replace(TEMPLATES["national-2019-project-monitoring"], policy=MANUAL)
    record = Record("1", template.id, 2024, funds=(replace(GOOD.funds[0], interim_executed="1"),))
    assert assess(template, record).total_explanation == ""


def test_a_stated_total_above_the_ceiling_is_told_with_the_cut() -> None:
    record = with_totals(with_fund(0, annual_budget="15", executed="11.25"), total_score="97.4")
    finding = codes(record, MANUAL)["score-sum"]
    assert finding.title == "总分填的不是 89"
    assert finding.message.endswith(
        "＝ 97.4，得分合计 97.4，执行率 75.00% 低于 80%，总分至多 89，减去 8.4 分，总分栏填的是“97.4”。"
    )
    assert "score-sum" not in codes(record, PLAIN)


# -------------------------------------------------------------------------------------------------------- findings


def test_from_which_excess_on_a_reason_is_wanted() -> None:
    just = with_row(0, target="≥100件", actual="130件")
    assert "over-achieved-unexplained" not in codes(just, PLAIN)
    finding = codes(just, GUANGXI)["over-achieved-unexplained"]
    assert finding.message.endswith("，达到 30% 须说明原因。")
    assert codes(with_row(0, target="≥100件", actual="131件"), PLAIN)["over-achieved-unexplained"].message.endswith(
        "，超过 30% 须说明原因。"
    )


def test_points_taken_off_for_excess_are_told_once() -> None:
    got = codes(with_row(0, target="≥100件", actual="253件"), MANUAL)
    assert "over-achieved-unexplained" not in got
    assert got["lost-points-unexplained"].message == (
        "失了 2 分（分值 20，得分 18），没有写偏差原因。"
        "算法：253件 ÷ 100件 ＝ 253%，超出 153%，达到 30%，扣 2 分，20 － 2，记 18.00 分。"
    )
    full = codes(with_row(0, target="≥100件", actual="253件", score="20", reason="年中追加了任务"), MANUAL)
    assert full["score-vs-actual"].title == "得分填 20，算得 18"
    typed = with_row(0, target="≥100件", actual="253件", score="20")
    assert "over-achieved-unexplained" in codes(typed, MANUAL)  # no point was lost, so the excess itself is told


def test_a_score_that_is_left_to_the_clerk_is_asked_for() -> None:
    far = with_row(0, target="≥100件", actual="253件", reason="年中追加了任务")
    finding = codes(far, ZHEJIANG)["target-not-scorable"]
    assert (finding.title, finding.binding and finding.binding.key) == ("超额较大，得分由填报人填", "score")
    assert finding.message == "253件 ÷ 100件 ＝ 253%，超出 153%，达到 20%，不由程序算分，请直接填得分。"
    assert "target-not-scorable" not in codes(with_row(0, far, score="18"), ZHEJIANG)
    assert assess(by(ZHEJIANG), far).grade is None


@pytest.mark.parametrize(
    ("deduction", "title"),
    [
        ("两分", "扣减分数不是数"),
        ("-2", "扣减分数 -2 小于 0"),
        ("25", "扣减分数 25 超过分值 20"),
        ("2", None),
        ("—", None),
    ],
)
def test_a_deduction_is_within_the_weight(deduction: str, title: str | None) -> None:
    found = codes(with_row(0, deduction=deduction, reason="案卷抽查扣分"), GUANGXI).get("score-range")
    assert (found and found.title) == title


def test_a_deduction_wants_a_reason() -> None:
    assert codes(with_row(0, deduction="2"), GUANGXI)["lost-points-unexplained"].title == "失了 2 分，没有写原因"
    assert "lost-points-unexplained" not in codes(with_row(0, deduction="2", reason="案卷抽查扣分"), GUANGXI)


@pytest.mark.parametrize(
    ("actual", "typed", "deduction", "wrong"),
    [
        ("达成", "7", "", True),
        ("达成", "7", "3", False),
        ("达成", "4", "3", True),
        ("达成", "0", "9", False),
        ("部分达成", "4", "3", False),
        ("部分达成", "5", "3", True),
    ],
)
def test_a_deduction_is_given_back_before_a_band_is_judged(
    actual: str, typed: str, deduction: str, wrong: bool
) -> None:
    record = with_row(4, actual=actual, weight="10", score=typed, deduction=deduction)
    assert ("qualitative-band" in codes(record, GUANGXI)) is wrong


def test_a_fixed_share_is_the_only_score_of_its_level() -> None:
    record = with_row(4, actual="部分达成", score="21", reason="宣传覆盖面不够")
    finding = codes(record, ZHIJIANG)["qualitative-band"]
    assert finding.message == "“部分达成”得分值 30 分的 80%，即 24 分；得分填的是 21。"
    assert "qualitative-band" not in codes(with_row(4, record, score="24"), ZHIJIANG)


def test_sichuan_wants_every_adjustment_explained() -> None:
    record = with_fund(0, initial_budget="14.5", annual_budget="15", executed="15")
    assert "budget-change-unexplained" in codes(record, SICHUAN)
    assert "budget-change-unexplained" not in codes(record, PLAIN)


# ------------------------------------------------------------------------------------------------------- properties

POINTS = st.decimals(min_value="0.5", max_value=100, places=2)
FIGURE = st.integers(min_value=1, max_value=100_000)
RULES = st.builds(
    lambda base, over, cost, reverse: replace(base, over=over, cost=cost, reverse=reverse, over_points=D(2)),
    st.sampled_from(list(POLICIES.values())),
    st.sampled_from(OverRule),
    st.sampled_from(CostRule),
    st.sampled_from(ReverseFormula),
)


def points(policy: Policy, target: str, actual: object, weight: Decimal, **more: str) -> Decimal | None:
    return score(policy, target, f"{actual}件", weight=f"{weight:f}", **more).computed


@given(
    RULES, FIGURE, FIGURE, POINTS, st.sampled_from(["≥", "≤", "=", "", ">", "<"]), st.sampled_from(["", "1.5", "200"])
)
def test_every_score_lies_within_its_weight(
    policy: Policy, target: int, actual: int, weight: Decimal, sign: str, deduction: str
) -> None:
    got = points(policy, f"{sign}{target}件", actual, weight, deduction=deduction)
    assert got is None or 0 <= got <= weight


@given(RULES, FIGURE, POINTS, st.sampled_from(["≥", "≤", "=", ""]))
def test_the_target_itself_earns_everything(policy: Policy, target: int, weight: Decimal, sign: str) -> None:
    assert points(policy, f"{sign}{target}件", target, weight) == weight


@given(RULES, FIGURE, FIGURE, FIGURE, POINTS)
def test_up_to_the_limit_more_never_earns_less(
    policy: Policy, target: int, first: int, second: int, weight: Decimal
) -> None:
    less, more = sorted((first, second))
    earned = [points(policy, f"≥{target}件", one, weight) for one in (less, more)]
    if earned[0] is not None and earned[1] is not None and D(more) / target < 1 + policy.over_limit / 100:
        assert earned[0] <= earned[1]


@given(RULES, FIGURE, FIGURE, FIGURE, POINTS)
def test_of_costs_less_never_earns_less(policy: Policy, target: int, first: int, second: int, weight: Decimal) -> None:
    less, more = sorted((first, second))
    earned = [points(policy, f"≤{target}件", one, weight, level2="成本指标") for one in (less, more)]
    assert earned[0] is not None
    assert earned[1] is not None
    assert earned[0] >= earned[1]


@given(st.sampled_from(list(POLICIES.values())), st.integers(min_value=0, max_value=2000))
def test_the_total_never_passes_its_ceiling(policy: Policy, percent: int) -> None:
    got = total_at(f"{D(percent) * 15 / 100:f}", policy)
    ceiling = policy.ceiling(got.execution_rate)
    assert got.total <= got.points
    assert ceiling is None or got.total <= ceiling.most
    assert (got.total < got.points) is bool(got.total_explanation)
