"""计分办法 (scoring policy): the parameters of scoring and checking, as data read from ``resources/policies/*.toml``.

A template names its policy. Nothing here computes; ``perfdesk.scoring`` and ``perfdesk.checks`` read the parameters. A threshold
that differs between counties is a field here and never a constant in the code.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from perfdesk.errors import UserError
from perfdesk.toml_file import Table, did_you_mean, read_toml


class ReverseFormula(StrEnum):
    """反向指标 (the smaller the better) missed: two formulas in use, t target, a actual, w weight (domain.md §2).

    A: t<a<2t → (1 − (a − t)/t)·w, a≥2t → 0.  B: t/a·w.
    """

    A = "A"
    B = "B"


class Band(NamedTuple):
    """定性档次 (band of a qualitative level): the share of the weight it may earn, in %; ``low`` is included.

    ``high_included`` is true only for the highest band: 100–80（含）, 80–60（含）, 60–0.
    """

    low: Decimal
    high: Decimal
    high_included: bool


@dataclass(frozen=True, slots=True, eq=False)  # read once, compared and cached by identity
class Policy:
    """计分办法 (policy). Percentages are plain numbers (90 means 90 %), weights are points.

    ``most_in_wan`` is the largest total a form in 万元 can hold, ``least_in_yuan`` the smallest of a form in 元: a figure beyond
    them was typed in the other unit. ``vague_share`` and ``vague_least``: so large a share of the qualitative targets, and at
    least so many of them, make a form of vague wordings.
    """

    id: str
    title: str
    source: str
    total_weight: Decimal
    budget_weight: Decimal
    group_weights: Mapping[str, Decimal]
    rate_floor: Decimal
    budget_change_share: Decimal
    most_in_wan: Decimal
    least_in_yuan: Decimal
    over_limit: Decimal
    over_limit_zero_target: Decimal
    reverse: ReverseFormula
    achieved: Band
    partly: Band
    missed: Band
    grades: tuple[tuple[Decimal, str], ...]
    heavy_row: Decimal
    vague_share: Decimal
    vague_least: Decimal
    required_kinds: tuple[str, ...]

    @property
    def grade_names(self) -> tuple[str, ...]:
        """The words of the grades, from the best one down."""
        return tuple(name for _, name in self.grades)

    def grade(self, total: Decimal) -> str | None:
        """等级 (grade) of a total in points: ``None`` outside 0–``total_weight``. 优 90(含)–100, 良 80(含)–90 … as the data say."""
        if not 0 <= total <= self.total_weight:
            return None
        return next((name for floor, name in self.grades if total >= floor), None)


def _band(table: Table, key: str) -> Band:
    limits = table.numbers(key)
    if len(limits) != 2 or not 0 <= limits[0] <= limits[1] <= 100:
        raise table.fail("应为两个百分数 [低, 高]，在 0 与 100 之间。", at=key)
    return Band(low=limits[0], high=limits[1], high_included=limits[1] == 100)


def _grades(table: Table) -> tuple[tuple[Decimal, str], ...]:
    names = table.names()
    bands = tuple(sorted(((table.number(name), name) for name in names), reverse=True))
    if not bands:
        raise table.fail('缺少等级，请写成 "优 = 90" 的样子。')
    return bands


def read_policy(path: Path) -> Policy:
    """Read one policy file. Raises :class:`UserError` that names the file, the place and what was expected."""
    root = read_toml(path)
    weights, execution, quantity = root.table("weights"), root.table("execution"), root.table("quantitative")
    quality, budget, rows, groups = (
        root.table("qualitative"),
        root.table("budget"),
        root.table("rows"),
        root.table("groups"),
    )
    grades = root.table("grades")
    reverse = quantity.text("reverse")
    if reverse not in set(ReverseFormula):
        raise quantity.fail(f'"{reverse}" 应为 A 或 B{did_you_mean(reverse, list(ReverseFormula))}', at="reverse")
    policy = Policy(
        id=path.stem,
        title=root.text("title"),
        source=root.text("source"),
        total_weight=weights.number("total"),
        budget_weight=weights.number("budget"),
        group_weights=MappingProxyType({name: groups.number(name) for name in groups.names()}),
        rate_floor=execution.number("explain_below"),
        budget_change_share=budget.number("explain_change"),
        most_in_wan=budget.number("most_in_wan"),
        least_in_yuan=budget.number("least_in_yuan"),
        over_limit=quantity.number("explain_over"),
        over_limit_zero_target=quantity.number("explain_over_zero_target"),
        reverse=ReverseFormula(reverse),
        achieved=_band(quality, "achieved"),
        partly=_band(quality, "partly"),
        missed=_band(quality, "missed"),
        grades=_grades(grades),
        heavy_row=rows.number("heavy"),
        vague_share=rows.number("vague_share"),
        vague_least=rows.number("vague_least"),
        required_kinds=rows.texts("required_kinds"),
    )
    for table in (weights, execution, quantity, quality, budget, rows, groups, grades, root):
        table.finish()
    return policy


def load_policies(folder: Path) -> Mapping[str, Policy]:
    """Read every policy of a folder, by id (the file's stem)."""
    return MappingProxyType({path.stem: read_policy(path) for path in sorted(folder.glob("*.toml"))})


def find_policy(policies: Mapping[str, Policy], name: str) -> Policy:
    """Return the policy of that id. Raises :class:`UserError` with the nearest name."""
    if name not in policies:
        raise UserError(f'没有计分办法 "{name}"{did_you_mean(name, policies.keys())}')
    return policies[name]
