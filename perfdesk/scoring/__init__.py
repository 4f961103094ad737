"""评分 (scoring): template + record -> assessment, by the parameters of the template's policy or the rules of its items.

``formulas`` holds the arithmetic, ``excess`` what lies beyond a target, ``rows`` scores one indicator, ``rating`` one item of a
rating by its rules, ``goals`` shares the points of a goal, ``assessing`` puts a form together. Scores are points with two
decimals, rounded half up once, at the end.
What cannot be scored has no computed score: the clerk types one. Nothing is judged here; that is ``perfdesk.checks``.
"""

from __future__ import annotations

from perfdesk.scoring.assessing import assess, budget_weight, groups, rate_of, score_budget
from perfdesk.scoring.excess import Excess, excess_of
from perfdesk.scoring.formulas import (
    agrees,
    answered_by_nothing,
    answered_by_rate,
    band_points,
    comparable,
    counts_unwanted,
    execution_rate,
    forward_score,
    is_reverse,
    magnitude,
    rate_score,
    reverse_score,
    typed_score,
)
from perfdesk.scoring.goals import goals_of, share_weights
from perfdesk.scoring.rating import outcome_of, raw_texts, rules_of
from perfdesk.scoring.rows import score_indicator

__all__ = [
    "Excess",
    "agrees",
    "answered_by_nothing",
    "answered_by_rate",
    "assess",
    "band_points",
    "budget_weight",
    "comparable",
    "counts_unwanted",
    "excess_of",
    "execution_rate",
    "forward_score",
    "goals_of",
    "groups",
    "is_reverse",
    "magnitude",
    "outcome_of",
    "rate_of",
    "rate_score",
    "raw_texts",
    "reverse_score",
    "rules_of",
    "score_budget",
    "score_indicator",
    "share_weights",
    "typed_score",
]
