"""评分规则: which scores a rule can give at all, and what is wrong with a printed rule."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfdesk.rules import (
    Bands,
    CriteriaCount,
    DeductPerStep,
    DeductRatio,
    FlawKind,
    Grade,
    Measure,
    MeasureKind,
    RatioCapped,
    Raw,
    Rule,
    Rules,
    can_give,
    inputs_of,
    item_points,
    rule_flaws,
    spans,
)
from tests.rules.samples import (
    AMBIGUOUS,
    CHANGE,
    CHANGING,
    COMPLETION,
    CONTROL,
    COVERAGE,
    IN_USE,
    INNOVATION,
    MANAGEMENT,
    MONITORED,
    QUALITY,
    RATE,
    RATIO,
    SATISFACTION,
    STAFFING,
    SYSTEMS,
    TICKS,
)

D = Decimal
ALL: tuple[Rule, ...] = (
    *(STAFFING, CONTROL, CHANGING, QUALITY, COMPLETION, IN_USE, MONITORED, INNOVATION, COVERAGE, SYSTEMS, AMBIGUOUS),
    *(SATISFACTION, MANAGEMENT),
)


@pytest.mark.parametrize(
    ("rule", "points", "possible"),
    [
        (QUALITY, "3", False),  # 辰溪 2021 prints 3 of 4
        (QUALITY, "3.79", False),
        (QUALITY, "3.8", True),
        (QUALITY, "0", True),
        (STAFFING, "2.4", True),
        (STAFFING, "2.45", False),
        (COMPLETION, "3", True),
        (COMPLETION, "1", False),
        (IN_USE, "2", True),
        (INNOVATION, "0.3", True),
        (INNOVATION, "0.35", False),
        (SYSTEMS, "1", True),
        (SYSTEMS, "1.5", False),
        (AMBIGUOUS, "0.5", True),
        (SATISFACTION, "4", False),
        (CHANGING, "3.33", True),
        (DeductRatio(CHANGE, D(3), times=D(20), most=D(2)), "0.5", False),
        (MANAGEMENT, "5.01", False),
    ],
)
def test_which_scores_a_rule_can_give(rule: Rule, points: str, *, possible: bool) -> None:
    assert can_give((rule,), D(points)) is possible


@pytest.mark.parametrize(
    ("rules", "words"),
    [
        ((QUALITY,), "0、3.8–4"),
        ((COMPLETION,), "0、2、3、4"),
        ((COMPLETION, SATISFACTION), "0、1、2、…、9"),
        ((MANAGEMENT,), "0–5"),
    ],
)
def test_what_an_item_can_get_is_said(rules: Rules, words: str) -> None:
    assert spans(rules) == words


def kinds(rule: Rule, weight: str | None) -> list[FlawKind]:
    return [flaw.kind for flaw in rule_flaws((rule,), None if weight is None else D(weight))]


@pytest.mark.parametrize(
    ("rule", "weight", "kind", "words"),
    [
        (AMBIGUOUS, "1", FlawKind.OVERLAP, "要点共 2 条，符合 2 条时既可得 1 分，也可得 0.5 分"),
        (
            CriteriaCount(TICKS, ((D(3), D(2)), (D(2), D(2)), (D(0), D(0)))),
            "2",
            FlawKind.FREE_TIER,
            "符合 3 条与 2 条都得 2 分",
        ),
        (
            Bands(RATIO, ((D(100), D(3)), (D(90), D(3)))),
            "3",
            FlawKind.FREE_TIER,
            "≥100% 与 ≥90% 都得 3 分，低一档不少得分",
        ),
        (
            Bands(RATIO, ((D(100), D(3)), (D(90), D(4)))),
            "4",
            FlawKind.OVERLAP,
            "≥100% 与 ≥90% 两档颠倒，完成得多反而少得分",
        ),
        (
            DeductRatio(CHANGE, D(3), times=D(20), most=D(2)),
            "3",
            FlawKind.KEPT,
            "按评分标准最多扣 2 分，分值是 3 分，有 1 分扣不掉",
        ),
        (
            MONITORED,
            "2",
            FlawKind.TARGET_SHORT,
            "目标值 90%，得分按 2 倍算，达到目标只得 1.8 分，分值是 2 分",
        ),
        (COVERAGE, "1", FlawKind.TARGET_UNPRINTED, "计分用到目标值，表上没有印目标值"),
        (
            DeductPerStep(RATIO, D(3), target=D(10), step=D("0.1"), each=D("0.1")),
            "3",
            FlawKind.NO_DIRECTION,
            "目标值 10% 没有写方向，按 ≤10% 计分",
        ),
        (COMPLETION, "5", FlawKind.SHORT, "按评分标准最多得 4 分，分值是 5 分"),
        (
            Grade(Raw("g", "等级", choices=("好", "一般", "差")), (("好", D(3)), ("一般", D(3)), ("差", D(0)))),
            "3",
            FlawKind.FREE_TIER,
            "好与一般都得 3 分",
        ),
    ],
)
def test_what_is_wrong_with_a_rule(rule: Rule, weight: str, kind: FlawKind, words: str) -> None:
    assert rule_flaws((rule,), D(weight)) == ((kind, words),)


@pytest.mark.parametrize(
    ("rule", "weight"),
    [
        *((STAFFING, "3"), (CONTROL, "3"), (CHANGING, "4"), (QUALITY, "4"), (COMPLETION, "4"), (IN_USE, "3")),
        *((INNOVATION, "1"), (SYSTEMS, "2"), (SATISFACTION, "5"), (MANAGEMENT, "5"), (COMPLETION, None)),
        (RatioCapped(Measure(MeasureKind.VALUE, (RATE,)), D(2), target=D(100), times=D(2)), "2"),
    ],
)
def test_a_sound_rule_has_no_flaw(rule: Rule, weight: str | None) -> None:
    assert kinds(rule, weight) == []


def test_a_flaw_of_the_rule_itself_needs_no_weight() -> None:
    assert kinds(COVERAGE, None) == [FlawKind.TARGET_UNPRINTED]


NUMBER = st.decimals(min_value=-10, max_value=400, places=2).map(str)


@st.composite
def typed(draw: st.DrawFn, rules: Rules) -> dict[str, str]:
    """Figures or ticks for every input of an item, now and then none."""
    found = {}
    for raw in inputs_of(rules):
        if raw.choices:
            found[raw.key] = "、".join(draw(st.lists(st.sampled_from(raw.choices), unique=True, max_size=3)))
        else:
            whole = st.integers(0, 400).map(str)
            found[raw.key] = draw(whole if raw.unit == "人" else NUMBER | st.just(""))
    return found


@pytest.mark.parametrize("rule", ALL, ids=lambda rule: type(rule).__name__)
@given(data=st.data())
def test_points_lie_in_the_weight_and_in_the_reach(rule: Rule, data: st.DataObject) -> None:
    outcome = item_points((rule,), data.draw(typed((rule,))))
    for points in (outcome.points, *outcome.also):
        if points is not None:
            assert 0 <= points <= rule.full
            assert can_give((rule,), points)


@given(data=st.data())
def test_several_rules_give_what_their_sum_can_give(data: st.DataObject) -> None:
    rules = (COMPLETION, AMBIGUOUS, CHANGING)
    outcome = item_points(rules, data.draw(typed(rules)))
    if outcome.points is not None:
        assert all(can_give(rules, points) for points in (outcome.points, *outcome.also))
