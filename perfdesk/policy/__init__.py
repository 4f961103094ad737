"""计分办法 (scoring policy): the parameters of scoring and checking, as data read from ``resources/policies/*.toml``.

A template names its policy. Nothing here computes; ``perfdesk.scoring`` and ``perfdesk.checks`` read the parameters. A threshold
that differs between counties is a parameter and never a constant in the code. ``types`` holds them, ``kinds`` and
``parameters`` say how each is written and told, ``reading`` reads the files and puts them over those they extend, ``own`` those of
the office over the program's.
"""

from __future__ import annotations

from perfdesk.policy.own import choices_text, read_choices, with_own_policies
from perfdesk.policy.reading import find_policy, load_policies
from perfdesk.policy.types import (
    Band,
    Ceiling,
    CostRule,
    GradeBand,
    OverRule,
    Parameter,
    Policy,
    Reach,
    ReverseFormula,
    TypedScores,
)
from perfdesk.policy.writing import office_values, with_value, without_value

__all__ = [
    "Band",
    "Ceiling",
    "CostRule",
    "GradeBand",
    "OverRule",
    "Parameter",
    "Policy",
    "Reach",
    "ReverseFormula",
    "TypedScores",
    "choices_text",
    "find_policy",
    "load_policies",
    "office_values",
    "read_choices",
    "with_own_policies",
    "with_value",
    "without_value",
]
