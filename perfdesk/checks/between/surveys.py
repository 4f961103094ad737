"""满意度雷同 (surveys): one satisfaction figure in the self-assessments of several projects, as if nobody had asked the people.

A figure with decimals (96.3 %) does not come out of three surveys by chance; a whole number may, so it is told only in five forms,
and never 100 or the very target. One survey for all projects is possible, and is then said in the answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from perfdesk.amounts import plain
from perfdesk.checks.catalogue import Figures, finding
from perfdesk.checks.context import Context
from perfdesk.checks.wording import some_of
from perfdesk.gathering.chain import target_of
from perfdesk.gathering.facts import Facts, of_kind
from perfdesk.model import Finding, FormKind, Indicator
from perfdesk.targets import Kind, read

_SATISFACTION: Final = re.compile(r"(?<!不)满意")
#: So many other forms with the figure are too many: with decimals, whole.
_OTHERS, _OTHERS_WHOLE = 2, 4
_FULL: Final = 100


def surveys(context: Context, year: tuple[Facts, ...]) -> Iterator[Finding]:
    """same-survey: a satisfaction that several other projects report to the last digit."""
    if context.template.kind is not FormKind.PROJECT_SELF:
        return
    known = _surveys(of_kind(year, FormKind.PROJECT_SELF))
    for row in context.rows:
        figure = _figure(row.indicator, row.year)
        same = () if figure is None else known.get(figure, ())
        if figure is None or len(same) < (_OTHERS if figure % 1 else _OTHERS_WHOLE):
            continue
        yield finding(
            "same-survey",
            row.place("actual"),
            title=f"{len(same) + 1} 个项目的满意度相同",
            message=f"满意度 {plain(figure)}% 与{some_of(same, '个项目')}一模一样。各项目应分别调查，请核对；共用一次调查的写明。",
            figures=Figures(f"{plain(figure)}%", f"{plain(figure)}%"),
        )


@lru_cache(maxsize=4096)
def _figure(row: Indicator, year: int) -> Decimal | None:
    """Return a measured satisfaction in %, ``None`` for other rows and for figures that prove nothing."""
    if not _SATISFACTION.search(row.name + row.level2):
        return None
    actual, target = read(row.actual, year=year), read(target_of(row), year=year)
    is_share = actual.kind is Kind.RATIO or not actual.unit
    return None if not is_share or actual.number in {_FULL, target.number} else actual.number


@lru_cache(maxsize=256)
def _surveys(projects: tuple[Facts, ...]) -> Mapping[Decimal, tuple[str, ...]]:
    """Return the projects by the satisfaction they report; a project that asked twice counts once."""
    found: dict[Decimal, tuple[str, ...]] = {}
    for one in projects:
        figures = {_figure(row, one.record.year) for row in one.record.indicators}
        for figure in filter(None, figures):
            found[figure] = (*found.get(figure, ()), one.project or one.name)
    return MappingProxyType(found)
