"""计分办法 (scoring policy): the parameters of scoring and checking, as data read from ``resources/policies/*.toml``.

A template names its policy. Nothing here computes; ``perfdesk.scoring`` and ``perfdesk.checks`` read the parameters. A threshold
that differs between counties is a field here and never a constant in the code.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise
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


class GradeBand(NamedTuple):
    """等级 (grade) and the totals it is given for, in points: from ``low`` on, up to and with ``high``.

    ``high`` is ``None`` where the band reaches up to the next one: 优90(含)–100 良80(含)–90. A form that prints whole numbers only
    (辰溪: 90–100, 80–89 …) leaves the totals between two bands without a grade.
    """

    low: Decimal
    high: Decimal | None
    name: str

    def holds(self, total: Decimal) -> bool:
        """Tell whether a total reaches the band and, where it ends, does not lie above it."""
        return total >= self.low and (self.high is None or total <= self.high)


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
    grades: tuple[GradeBand, ...]
    heavy_row: Decimal
    vague_share: Decimal
    vague_least: Decimal
    required_kinds: tuple[str, ...]

    @property
    def grade_names(self) -> tuple[str, ...]:
        """The words of the grades, from the best one down."""
        return tuple(one.name for one in self.grades)

    def grade(self, total: Decimal) -> str | None:
        """等级 (grade) of a total in points: ``None`` outside 0–``total_weight`` and between two bands.

        优 90(含)–100, 良 80(含)–90 … as the data say; 89.5 has none where 80–89 is printed.
        """
        if not 0 <= total <= self.total_weight:
            return None
        return next((one.name for one in self.grades if one.holds(total)), None)

    @property
    def grade_gaps(self) -> tuple[tuple[Decimal, Decimal], ...]:
        """The open intervals of totals without a grade between two bands, the highest first: (89, 90), (79, 80)."""
        pairs = pairwise(self.grades)
        return tuple(
            (lower.high, above.low) for above, lower in pairs if lower.high is not None and lower.high < above.low
        )


def _band(table: Table, key: str) -> Band:
    limits = table.numbers(key)
    if len(limits) != 2 or not 0 <= limits[0] <= limits[1] <= 100:
        raise table.fail("应为两个百分数 [低, 高]，在 0 与 100 之间。", at=key)
    return Band(low=limits[0], high=limits[1], high_included=limits[1] == 100)


def _grade(table: Table, name: str) -> GradeBand:
    if not table.is_list(name):
        return GradeBand(table.number(name), None, name)
    limits = table.numbers(name)
    if len(limits) != 2 or limits[0] > limits[1]:
        raise table.fail("应为两个分数 [低, 高]，或只写最低分。", at=name)
    return GradeBand(limits[0], limits[1], name)


def _grades(table: Table) -> tuple[GradeBand, ...]:
    bands = tuple(sorted((_grade(table, name) for name in table.names()), key=lambda one: one.low, reverse=True))
    if not bands:
        raise table.fail('缺少等级，请写成 "优 = 90" 的样子。')
    for above, lower in pairwise(bands):
        if lower.high is not None and lower.high >= above.low:
            raise table.fail(f'与 "{above.name}" 重叠，最高应低于 {above.low}。', at=lower.name)
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
