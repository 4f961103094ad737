"""审核 (checks): template + record + assessment -> findings; one room for each family.

A check is a function that yields findings: of the form (``context``), of one indicator row, or of the fund rows. They stand in
one fixed tuple; there is nothing to register with. What several families need (catalogue, context, row, money, wording) stands
beside their rooms. Pure, and they never raise on what was typed: a cell that cannot be read is itself a finding. What was found
in a row or in the funds is kept, because a keystroke changes one row of many.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import chain
from typing import Final

from perfdesk.checks.between.across import across
from perfdesk.checks.between.last_year import last_year
from perfdesk.checks.budget.costs import cost_vs_funds
from perfdesk.checks.budget.execution import budget_missing, budget_score, execution_rate, over_budget, unit_header
from perfdesk.checks.budget.funds import fund_rows, fund_weight_twice
from perfdesk.checks.context import Context, make_context
from perfdesk.checks.form.explanations import (
    budget_change_unexplained,
    deviation_unexplained,
    execution_low_unexplained,
    lost_points_unexplained,
    over_achieved_unexplained,
)
from perfdesk.checks.form.personal import personal_data
from perfdesk.checks.form.subjects import subjects
from perfdesk.checks.form.whole_form import (
    blank_field,
    goal_not_answered,
    placeholder_cells,
    placeholder_text,
    required_kind_missing,
)
from perfdesk.checks.indicators.goals import (
    goal_comparator,
    goal_target_missing,
    goal_unit_mismatch,
    rule_unusable,
    sign_in_value,
    unit_missing,
)
from perfdesk.checks.indicators.groups import level1_missing
from perfdesk.checks.indicators.results import (
    actual_missing,
    actual_not_measured,
    rate_over_100,
    target_missing,
    target_not_scorable,
    unit_mismatch,
)
from perfdesk.checks.indicators.targets import comparator, duplicate_indicator, target_name_mismatch, vague_targets
from perfdesk.checks.money import Funds
from perfdesk.checks.order import arrange
from perfdesk.checks.points.rating import grade_flaw, grade_not_ticked, rule_flaw, score_vs_rule
from perfdesk.checks.points.scores import (
    all_full_marks,
    deduction_range,
    qualitative_band,
    score_by_hand,
    score_range,
    score_sum,
    score_vs_actual,
)
from perfdesk.checks.points.weights import (
    goal_points_missing,
    row_too_heavy,
    weight_group,
    weight_missing,
    weight_principle,
    weight_sum,
)
from perfdesk.checks.report import report
from perfdesk.checks.row import Row
from perfdesk.model import Assessment, Finding, Record
from perfdesk.template import Filled, Template

Check = Callable[[Context], Iterator[Finding]]
RowCheck = Callable[[Row], Iterator[Finding]]
FundsCheck = Callable[[Funds], Iterator[Finding]]


def each_row(*checks: RowCheck) -> Check:
    """Make one check of the form out of checks of a row."""

    @lru_cache(maxsize=4096)
    def judge(row: Row) -> tuple[Finding, ...]:
        return tuple(found for one in checks for found in one(row))

    return lambda context: chain.from_iterable(map(judge, context.rows))


def of_funds(*checks: FundsCheck) -> Check:
    """Make one check of the form out of checks of the fund rows."""

    @lru_cache(maxsize=1024)
    def judge(funds: Funds) -> tuple[Finding, ...]:
        return tuple(found for one in checks for found in one(funds))

    return lambda context: iter(judge(context.funds))


WEIGHTS: Final[tuple[Check, ...]] = (
    *(weight_sum, weight_group, weight_principle, weight_missing),
    *(goal_points_missing, score_sum, level1_missing, all_full_marks),
)
ON_FUNDS: Final[tuple[FundsCheck, ...]] = (
    *(unit_header, execution_rate, budget_score, over_budget, budget_missing, fund_rows, fund_weight_twice),
)
EXPLANATIONS: Final[tuple[Check, ...]] = (
    *(budget_change_unexplained, execution_low_unexplained, deviation_unexplained),
)
ON_ROW: Final[tuple[RowCheck, ...]] = (
    *(score_range, deduction_range, row_too_heavy, lost_points_unexplained, over_achieved_unexplained),
    *(target_missing, actual_missing, unit_mismatch, target_name_mismatch, comparator, actual_not_measured),
    *(target_not_scorable, score_by_hand, rate_over_100),
)
ON_SCORE: Final[tuple[RowCheck, ...]] = (qualitative_band, score_vs_actual, placeholder_cells)
WHOLE_FORM: Final[tuple[Check, ...]] = (
    *(vague_targets, duplicate_indicator, placeholder_text, blank_field, required_kind_missing, goal_not_answered),
)
ON_GOAL: Final[tuple[RowCheck, ...]] = (
    *(unit_missing, goal_unit_mismatch, goal_target_missing, goal_comparator, sign_in_value),
)
RATING: Final[tuple[Check, ...]] = (score_vs_rule, rule_flaw, grade_flaw, grade_not_ticked)
CHECKS: Final = (
    *(*WEIGHTS, of_funds(*ON_FUNDS), *EXPLANATIONS),
    *(each_row(*ON_ROW), cost_vs_funds, each_row(*ON_SCORE), *WHOLE_FORM),
    *(each_row(*ON_GOAL), rule_unusable, *RATING, report, subjects, across, last_year, personal_data),
)


def check(
    template: Template, record: Record, assessment: Assessment, others: tuple[Filled, ...] = ()
) -> tuple[Finding, ...]:
    """审核 a record: the findings in the order they are shown, each with its consequences (连带).

    ``assessment`` is that of the same template and record; ``others`` are the other forms of the year and of the year
    before, for the checks between forms. Never raises on what was typed.
    """
    context = make_context(template, record, assessment, others)
    return arrange(template, tuple(found for one in CHECKS for found in one(context)))
