"""The rating of 辰溪 2021: its printed scores, and raw figures from which they follow where their rules allow it."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from perfdesk.model import Record
from tests.checks.support import TEMPLATES

RATING = TEMPLATES["chenxi-2021-department-rating"]
#: In the order of the form; 93.5 together.
PRINTED: Final = (
    *("1", "1", "1", "1", "0", "3", "4", "3"),
    *("3", "3", "5", "3", "3", "3", "3", "3"),
    *("2", "9", "3", "4", "2", "2", "2", "2"),
    *("3", "3", "4", "3"),
    *("2", "5", "2", "0.5", "5"),
)
#: Figures of the published report where it gives them (budget 2262.98 + 144, spent 2318.14, 公用经费 341.62 and 546.1, 三公经费 30
#: and 10.16, projects 394), else chosen so that the printed score follows.
FIGURES: Final = {
    "goal_money": "394",
    "project_budget": "394万元",
    "coverage_target": "100%",
    "goals_reported": "5",
    "goals_required": "5",
    "staff": "８９",
    "posts": "89人",
    "three_public": "30",
    "three_public_last": "30",
    "key_spending": "394",
    "budget_done": "2174.14",
    "budget_total": "2262.98",
    "budget_adjusted": "0",
    "spent_half": "1210",
    "carried_in": "144",
    "added_half": "0",
    "spent_year": "2318.14",
    "added_year": "0",
    "carried_out": "0",
    "expenditure_budget": "2406.98",
    "public_spent": "546.1",
    "public_budget": "341.62",
    "three_public_spent": "10.16",
    "purchases_done": "6",
    "purchases_planned": "6",
    "assets_used": "640",
    "assets_all": "1200",
    "monitored": "5",
    "goal_projects": "5",
    "projects_done": "19",
    "projects_planned": "20",
    "projects_qualified": "18",
    "tasks_done": "12",
    "tasks": "12",
    "self_money": "394",
    "self_target": "100",
    "violations": "0",
    "management_mark": "100",
    "results_applied": "5",
    "projects_evaluated": "5",
    "survey": "优秀",
}


def ticks() -> dict[str, str]:
    """Every criterion met, but one of 资产管理完全性."""
    met = {field.key: "、".join(field.choices[:-1]) for field in RATING.fields if field.many}
    return met | {"assets_kept": "资产保存完整、账务管理合规，账实相符"}


def rated(values: dict[str, str] | None = None, **stated: str) -> Record:
    """Return the form with its printed scores; ``values`` are raw figures, ``stated`` typed-over totals."""
    pairs = zip(RATING.starter, PRINTED, strict=True)
    rows = tuple(replace(row, score=score) for row, score in pairs)
    return Record(
        id="r",
        template_id=RATING.id,
        year=2021,
        values={"title": RATING.title, **(values or {})},
        indicators=rows,
        stated=stated,
    )
