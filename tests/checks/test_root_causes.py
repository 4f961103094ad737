"""Root cause first: one fault of a form is told once, and what only follows from it is told inside it or not at all."""

from __future__ import annotations

from dataclasses import replace

import pytest

from perfdesk.model import Finding, Record, Severity, flatten
from tests.checks.support import GOOD, findings, with_fund, with_row, with_totals

RATE_ROW = {"weight": "10", "execution_rate": "100%", "score": "10"}
PRINTED = with_totals(with_fund(0, **RATE_ROW), total_weight="100", total_score="99.9")
HALF_SPENT = with_fund(1, with_fund(0, PRINTED, executed="7.5"), executed="7.5")


def tree(found: tuple[Finding, ...]) -> dict[str, tuple[str, ...]]:
    """Return the roots with what only follows from each, 提示 aside."""
    roots = (one for one in found if one.severity is not Severity.HINT)
    return {one.code: tuple(each.code for each in flatten(one.consequences)) for one in roots}


@pytest.mark.parametrize(
    ("what", "record", "told"),
    [
        ("nothing", PRINTED, {}),
        (
            "one weight is ten too high, and the total with it",
            with_totals(with_row(0, PRINTED, weight="30"), total_score="99.9"),
            {"weight-sum": ("score-sum",)},
        ),
        (
            "one weight is ten too high, and the total is another matter",
            with_totals(with_row(0, PRINTED, weight="30"), total_score="93"),
            {"weight-sum": (), "score-sum": ()},
        ),
        ("only the total is wrong", with_totals(PRINTED, total_score="100"), {"score-sum": ()}),
        (
            "half was spent, and rate and score are printed as of all",
            with_totals(HALF_SPENT, total_score="94.9"),
            {
                "execution-rate": ("budget-score",),
                "score-sum": (),
                "cost-vs-funds": (),
                "execution-low-unexplained": (),
            },
        ),
        (
            "no budget to divide by",
            with_fund(1, with_fund(0, PRINTED, annual_budget=""), annual_budget=""),
            {"budget-missing": ("blank-field",)},
        ),
        (
            "the amounts are in the other unit: nothing is set against them",
            replace(
                GOOD,
                funds=tuple(
                    replace(one, initial_budget="15000000", annual_budget="15000000", executed="15000000")
                    for one in GOOD.funds[:2]
                )
                + GOOD.funds[2:],
            ),
            {"unit-header": ()},
        ),
        ("no target: no score can be judged", with_row(1, target="", score="10"), {"target-missing": ()}),
        ("no actual: no loss to explain", with_row(1, actual="", reason=""), {"actual-missing": ()}),
        (
            "other units: the score cannot be wrong too",
            with_row(0, actual="100%", score="12", reason="少"),
            {"unit-mismatch": ()},
        ),
        (
            "a condition in another unit is first of all in another unit",
            with_row(0, actual="≥100%", score="20"),
            {"unit-mismatch": ()},
        ),
        (
            "a range that is repeated has to be measured first",
            with_row(0, target="60-70件", actual="60-70件", score="20"),
            {"actual-not-measured": ()},
        ),
        (
            "a rate that cannot be is not exceeded too",
            with_row(1, actual="130%", reason="", score="10"),
            {"rate-over-100": ()},
        ),
        (
            "model text has no value, no unit and no sign",
            with_row(1, target="（≥**%）", actual="97%", score="10", reason=""),
            {"placeholder-text": ()},
        ),
        (
            "a level out of its band is not against the target too",
            with_row(4, actual="部分达成", score="30"),
            {"qualitative-band": ()},
        ),
        (
            "a score beyond its weight is not against the target too",
            with_row(0, score="25"),
            {"score-range": ()},
        ),
        ("a wrong sign turns the score round", with_row(3, target="≥15万元", score="10"), {"comparator": ()}),
    ],
)
def test_one_fault_is_told_once(what: str, record: Record, told: dict[str, tuple[str, ...]]) -> None:
    assert tree(findings(record)) == told, what
