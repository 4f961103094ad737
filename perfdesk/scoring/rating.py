"""评分表 (rating): the score of an item by its own rules and the raw figures of the record."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from perfdesk.amounts import parse_score
from perfdesk.model import Binding, Block, Indicator, Score, ScoreMethod
from perfdesk.policy import Policy
from perfdesk.rules import Outcome, Rules, inputs_of, item_points
from perfdesk.scoring.formulas import typed_points
from perfdesk.template import Template

Texts = tuple[tuple[str, str], ...]


def rules_of(template: Template, indicator: Indicator) -> Rules:
    """Return the rules of an item by its 二级指标 and 三级指标 (管理制度健全性 stands twice on the form); none for a stranger."""
    return template.rules.get((indicator.level2.strip(), indicator.name.strip()), ())


def raw_texts(rules: Rules, values: Mapping[str, str]) -> Texts:
    """Return the raw figures that the rules need, as typed: equal ones give equal scores, so that these can be kept."""
    return tuple((raw.key, values.get(raw.key, "")) for raw in inputs_of(rules))


@lru_cache(maxsize=2048)
def outcome_of(rules: Rules, texts: Texts) -> Outcome:
    """Score an item; kept, because a keystroke changes the figures of one item."""
    return item_points(rules, dict(texts))


def score_item(indicator: Indicator, *, row: int, rules: Rules, values: Mapping[str, str], policy: Policy) -> Score:
    """评分 of one item of a rating: computed points and their arithmetic, beside what the form states. Never raises."""
    method = ScoreMethod.RULE
    if rules:
        points, why, _ = outcome_of(rules, raw_texts(rules, values))
    else:
        points, why = None, "表样里没有这一项的评分规则，请直接填得分"
    if points is None:
        method = ScoreMethod.BLANK if rules else ScoreMethod.UNSCORABLE
    binding = Binding(Block.INDICATORS, "score", row=row)
    stated, note = typed_points(indicator.score, policy.typed)
    weight = parse_score(indicator.weight)
    return Score(binding, indicator.name, weight, points, indicator.score, stated, method, why + note)
