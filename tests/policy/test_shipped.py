"""The program's own policies: what each lays down, and that it says so with a source."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import pytest

from perfdesk.policy import (
    Band,
    Ceiling,
    CostRule,
    OverRule,
    Policy,
    Reach,
    ReverseFormula,
    TypedScores,
    load_policies,
)
from perfdesk.template import load_templates

RESOURCES = Path(__file__).parents[2] / "resources"
POLICIES = load_policies(RESOURCES / "policies")
NATIONAL = POLICIES["national-2020"]
D = Decimal


def given(policy: Policy) -> dict[str, str]:
    """What a policy lays down itself."""
    return {one.key: one.words for one in policy.parameters if one.origin == policy.id}


def test_the_national_policy_says_what_the_rules_say() -> None:
    policy = NATIONAL
    assert (policy.id, policy.extends, policy.total_weight, policy.budget_weight) == (
        "national-2020",
        "",
        D(100),
        D(10),
    )
    assert dict(policy.group_weights) == {"产出指标": 50, "效益指标": 30, "满意度指标": 10}
    assert (policy.rate_floor, policy.budget_change_share, policy.over_limit) == (D(90), D(10), D(30))
    assert (policy.reach, policy.over, policy.cost) == (Reach.OVER, OverRule.KEEP, CostRule.FORMULA)
    assert (policy.reverse, policy.rate_capped, policy.ceilings) == (ReverseFormula.A, True, ())
    assert policy.achieved == Band(D(80), D(100), high_included=True)
    assert policy.partly == Band(D(60), D(80), high_included=False)
    assert policy.missed == Band(D(0), D(60), high_included=False)
    assert (policy.heavy_row, policy.vague_share, policy.vague_least) == (D(40), D(50), D(3))
    assert (policy.most_in_wan, policy.least_in_yuan) == (D(1_000_000), D(1000))
    assert policy.required_kinds == ("数量", "质量", "时效", "成本", "效益", "满意度")
    assert len(given(policy)) == len(policy.parameters)


DIFFERENT = {
    "national-2021": {"weights.groups": "成本指标 20，产出指标 40，效益指标 20，满意度指标 10（原则上，可适当调整）"},
    "hubei-2020": {
        "weights.budget": "20 分",
        "weights.groups": "没有规定",
        "quantitative.reverse": "B：指标值 ÷ 完成值 × 分值",
        "qualitative.partly": "分值的 50%（含）到 80%",
        "qualitative.missed": "分值的 0%（含）到 50%",
        "rows.required_kinds": "数量、效益",
    },
    "chenxi-2021": {
        "weights.groups": "投入 15，过程 55，产出 15，效果 15（原则上，可适当调整）",
        "budget.explain_change": "10%",
        "grades.scale": "优秀 90–100 分，良好 80–89 分，中 60–79 分，较差 0–59 分",
        "rows.required_kinds": "没有规定",
    },
    "guangxi": {
        "quantitative.explain_over": "30%",
        "quantitative.explain_over_zero_target": "30 （单位同指标值）",
        "quantitative.explain_reach": "算超额",
    },
    "zhejiang": {
        "quantitative.explain_over": "20%",
        "quantitative.explain_reach": "算超额",
        "quantitative.over": "不算分，由填报人填",
    },
    "manual-2022": {
        "execution.ceilings": "执行率低于 80% 至多 89 分，低于 70% 至多 79 分，低于 60% 至多 69 分，低于 50% 至多 59 分",
        "quantitative.explain_over": "30%",
        "quantitative.explain_reach": "算超额",
        "quantitative.over": "从分值里扣分",
        "quantitative.over_points": "2 分",
    },
    "sichuan-2022": {
        "weights.budget": "10 分",
        "weights.groups": "没有规定",
        "execution.explain_below": "90%",
        "budget.explain_change": "0%",
    },
    "zhijiang-2024": {
        "quantitative.cost": "不得分",
        "qualitative.achieved": "分值的 100%",
        "qualitative.partly": "分值的 80%",
        "qualitative.missed": "分值的 0%",
    },
    "scale-80-70-60": {
        "rounding.typed": "截去",
        "grades.scale": "优 80 分起，良 70 分起，中 60 分起，差 0 分起",
    },
}


@pytest.mark.parametrize(("name", "words"), DIFFERENT.items(), ids=list(DIFFERENT))
def test_a_policy_says_only_what_differs(name: str, words: Mapping[str, str]) -> None:
    assert given(POLICIES[name]) == words


def test_every_policy_of_the_program_is_told_above() -> None:
    assert set(POLICIES) == {NATIONAL.id, *DIFFERENT}


@pytest.mark.parametrize("policy", POLICIES.values(), ids=lambda one: one.id)
def test_every_parameter_has_a_source_and_none_is_the_offices(policy: Policy) -> None:
    assert all(len(one.source) >= 2 and one.words and one.label for one in policy.parameters)
    assert not policy.own
    assert repr(policy) == f"Policy('{policy.id}')"
    known = ("号", "系统", "表", "自定", "手册", "要求", "待核")
    assert [one for one in policy.parameters if not any(word in one.source for word in known)] == []


def test_only_values_that_were_seen_stand_without_a_doubt() -> None:
    typed = {one.typed for one in POLICIES.values()}
    assert typed == set(TypedScores)
    assert {one.over for one in POLICIES.values()} == {OverRule.KEEP, OverRule.DEDUCT, OverRule.MANUAL}


def test_templates_name_the_policy_of_their_county() -> None:
    templates = load_templates((RESOURCES / "templates",), POLICIES)
    named = {
        "zhijiang-2024-project-goal": "zhijiang-2024",
        "zhijiang-2024-department-goal": "zhijiang-2024",
        "hubei-2020-project-self": "hubei-2020",
        "chenxi-2021-department-rating": "chenxi-2021",
        "national-2021-project-self": "national-2021",
        "national-2020-project-self": "national-2020",
    }
    assert {name: templates[name].policy.id for name in named} == named


@pytest.mark.parametrize(
    ("total", "grade"),
    [
        ("100", "优"),
        ("90", "优"),
        ("89.99", "良"),
        ("80", "良"),
        ("79.5", "中"),
        ("60", "中"),
        ("59.99", "差"),
        ("0", "差"),
        ("100.01", None),
        ("-0.01", None),
    ],
)
def test_grades_leave_no_gap(total: str, grade: str | None) -> None:
    assert NATIONAL.grade(D(total)) == grade
    assert NATIONAL.grade_gaps == ()


@pytest.mark.parametrize(
    ("total", "grade"), [("80", "优"), ("79.99", "良"), ("70", "良"), ("60", "中"), ("59.9", "差")]
)
def test_one_system_has_lower_grades(total: str, grade: str) -> None:
    assert POLICIES["scale-80-70-60"].grade(D(total)) == grade


@pytest.mark.parametrize(
    ("total", "grade"),
    [("100", "优秀"), ("90", "优秀"), ("89.5", None), ("89", "良好"), ("79.5", None), ("60", "中"), ("59.5", None)],
)
def test_printed_whole_number_bands_leave_gaps(total: str, grade: str | None) -> None:
    policy = POLICIES["chenxi-2021"]
    assert policy.grade(D(total)) == grade
    assert policy.grade_gaps == ((D(89), D(90)), (D(79), D(80)), (D(59), D(60)))
    assert policy.grade_names == ("优秀", "良好", "中", "较差")


@pytest.mark.parametrize(
    ("rate", "most"),
    [
        *(("100", None), ("80", None), ("79.99", "89"), ("70", "89"), ("69.99", "79"), ("60", "79")),
        *(("59", "69"), ("50", "69"), ("49.99", "59"), ("0", "59"), (None, None)),
    ],
)
def test_the_manual_sets_ceilings_by_execution_rate(rate: str | None, most: str | None) -> None:
    found = POLICIES["manual-2022"].ceiling(None if rate is None else D(rate))
    assert found == (None if most is None else Ceiling(found.below if found else D(0), D(most)))
    assert NATIONAL.ceiling(D(10)) is None
