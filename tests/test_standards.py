"""评(扣)分标准: the sentences of goal tables, and what they make of a self-assessment's scores."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfdesk.model import Indicator, Score
from perfdesk.policy import load_policies
from perfdesk.scoring import score_indicator
from perfdesk.targets import Standard, StandardKind, needs_weight, read_standard

ROOT = Path(__file__).parents[1]
CASES = ROOT.parent / "shared" / "cases"
POLICY = load_policies(ROOT / "resources" / "policies")["national-2020"]
D = Decimal
RATIO = "完成值大于等于目标值得满分,完成值小于目标值,指标得分=目标值完成率*指标分值"
NOTHING = "资金支出控制在预算内得满分，否则不得分"
LEVELS = "达到年度指标得满分,部分达到具有一定效果得80%,未达到年度指标,效果差的不得分"
FULL = "达到或超过标准值得满分"


@pytest.mark.parametrize(
    ("text", "standard"),
    [
        (RATIO, Standard(StandardKind.RATIO)),
        ("完成值大于或等于目标得满分，小于目标值，得分＝完成率×分值。", Standard(StandardKind.RATIO)),
        ("达到目标值得满分，未达到的按完成比例得分", Standard(StandardKind.RATIO)),
        (NOTHING, Standard(StandardKind.ALL_OR_NOTHING)),
        ("预算内得满分，否则不得分", Standard(StandardKind.ALL_OR_NOTHING)),
        (LEVELS, Standard(StandardKind.LEVELS, D(80))),
        ("达到得满分，部分达到得６０％，未达到不得分", Standard(StandardKind.LEVELS, D(60))),
        (FULL, Standard(StandardKind.FULL_WHEN_MET)),
        ("达达到或超过标准值得满分", Standard(StandardKind.FULL_WHEN_MET)),
        ("达到得满分，部分达到得180%", None),
        ("达到得满分，每少一件扣1分，否则不得分", None),
        ("满分5分，按实际情况打分", None),
        ("部分达到得80%", None),
        ("", None),
    ],
)
def test_a_sentence_is_recognised_or_left_alone(text: str, standard: Standard | None) -> None:
    assert read_standard(text) == standard


def test_only_a_sentence_that_multiplies_needs_weights() -> None:
    assert [needs_weight(text) for text in (RATIO, NOTHING, LEVELS, FULL)] == [True, False, False, False]


def test_every_sentence_of_the_published_goal_tables_is_recognised() -> None:
    files = sorted(CASES.glob("zhijiang-*.json"))
    if not files:
        pytest.skip("the published forms are not here")
    texts = {row["scoring_rule"] for path in files for row in json.loads(path.read_text("utf-8"))["indicators"]}
    assert {text for text in texts if read_standard(text) is None} == set()


def scored(target: str, actual: str, rule: str) -> Score:
    row = Indicator(level1="产出指标", level2="成本指标", name="指标", target=target, actual=actual, weight="10")
    return score_indicator(
        Indicator(**{**{key: getattr(row, key) for key in row.__slots__}, "scoring_rule": rule}),
        row=0,
        year=2024,
        policy=POLICY,
    )


@pytest.mark.parametrize(
    ("target", "actual", "rule", "points"),
    [
        ("≥50件", "40件", RATIO, "8.00"),
        ("≥50件", "60件", RATIO, "10.00"),
        ("≤8万元", "8.4万元", NOTHING, "0.00"),
        ("≤8万元", "8万元", NOTHING, "10.00"),
        ("≤8万元", "8.4万元", "", "9.50"),
        ("≥50件", "40件", NOTHING, "0.00"),
        ("2024年12月31日前", "2025年1月5日", NOTHING, "0.00"),
        ("2024年12月31日前", "2024年12月5日", NOTHING, "10.00"),
        ("显著增强", "部分达成年度指标", NOTHING, "0.00"),
        ("显著增强", "部分达成年度指标", LEVELS, "8.00"),
        ("显著增强", "未达成年度指标", LEVELS, "0.00"),
        ("显著增强", "达成年度指标", LEVELS, "10.00"),
        ("≥50件", "40件", LEVELS, "8.00"),
        ("≥95%", "90%", FULL, "9.47"),
        ("显著增强", "部分达成年度指标", "", None),
        ("显著增强", "部分达成年度指标", "看情况给分", None),
    ],
)
def test_the_carried_standard_decides(target: str, actual: str, rule: str, points: str | None) -> None:
    computed = scored(target, actual, rule).computed
    assert (None if computed is None else str(computed)) == points


def test_the_explanation_names_the_standard() -> None:
    assert scored("显著增强", "部分达成", LEVELS).explanation == "部分达成，按评分标准得 80%，10 × 80% ＝ 8.00 分"
    assert scored("≤8万元", "8.4万元", NOTHING).explanation == "8.4万元，没有达到 ≤8万元，按评分标准不得分，记 0.00 分"


@given(
    rule=st.sampled_from((RATIO, NOTHING, LEVELS, FULL, "")) | st.text(max_size=30),
    target=st.sampled_from(("≥50件", "≤8万元", "显著增强", "2024年12月31日前", "400-500人", "")),
    actual=st.sampled_from(("40件", "9万元", "部分达成", "未达成", "达成", "2025年3月1日", "100%", "")),
)
def test_no_standard_gives_more_than_the_weight(rule: str, target: str, actual: str) -> None:
    computed = scored(target, actual, rule).computed
    assert computed is None or 0 <= computed <= 10
