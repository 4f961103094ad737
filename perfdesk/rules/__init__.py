"""评分规则 (rules) of a rating: what a printed 评分标准 means, as data; raw figures in, points and their arithmetic out.

Eight kinds, nothing is evaluated:

    criteria-count   so many of the criteria are met        bands          so many points from this value on
    ratio-capped     share of the target, up to the weight  cliff          a share, but nothing at or below an edge
    deduct-per-step  so much off for each step beyond       deduct-ratio   off by the rate of change, up to a limit
    grade            the grade of a survey                  fraction-of    a part of 100

Rules know neither templates nor records: they are given the texts of the raw fields. Pure; never raise on what was typed.
"""

from __future__ import annotations

from perfdesk.rules.deducting import DeductPerStep, DeductRatio
from perfdesk.rules.earning import Bands, Cliff, FractionOf, RatioCapped
from perfdesk.rules.items import Rules, can_give, inputs_of, item_points, rule_flaws, spans
from perfdesk.rules.reading import read_rules
from perfdesk.rules.ticking import NONE_MET, CriteriaCount, Grade, ticked
from perfdesk.rules.types import Flaw, FlawKind, Measure, MeasureKind, Outcome, Raw, Rule, Values

__all__ = [
    "NONE_MET",
    "Bands",
    "Cliff",
    "CriteriaCount",
    "DeductPerStep",
    "DeductRatio",
    "Flaw",
    "FlawKind",
    "FractionOf",
    "Grade",
    "Measure",
    "MeasureKind",
    "Outcome",
    "RatioCapped",
    "Raw",
    "Rule",
    "Rules",
    "Values",
    "can_give",
    "inputs_of",
    "item_points",
    "read_rules",
    "rule_flaws",
    "spans",
    "ticked",
]
