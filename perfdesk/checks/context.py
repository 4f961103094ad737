"""What a check of the whole form is given: its rows and funds, each read once, and the assessment. Nothing is judged here."""

from __future__ import annotations

from dataclasses import dataclass

from perfdesk.checks.money import Funds, has_foreign_rows, make_funds
from perfdesk.checks.row import Row, columns_of, make_row
from perfdesk.model import Assessment, Record
from perfdesk.policy import Policy
from perfdesk.template import Filled, Template


@dataclass(frozen=True, slots=True)
class Context:
    """Everything a check may look at. ``weighted`` are the rows that have a 分值.

    ``finished``: the indicators are filled in; there is one, and none lacks what its form asks for.
    """

    template: Template
    record: Record
    assessment: Assessment
    others: tuple[Filled, ...]
    columns: frozenset[str]
    funds: Funds
    rows: tuple[Row, ...]
    weighted: tuple[Row, ...]
    finished: bool

    @property
    def policy(self) -> Policy:
        """The parameters of the template's policy."""
        return self.template.policy


def make_context(template: Template, record: Record, assessment: Assessment, others: tuple[Filled, ...]) -> Context:
    """Read a record for the checks."""
    columns, year, scores = columns_of(template), record.year, assessment.scores
    rows = tuple(make_row(template, year, index, one, scores[index]) for index, one in enumerate(record.indicators))
    named = [row for row in rows if row.reading.named]
    return Context(
        template=template,
        record=record,
        assessment=assessment,
        others=others,
        columns=columns,
        funds=make_funds(template, record.unit, record.funds, foreign=has_foreign_rows(record.extra)),
        rows=rows,
        weighted=tuple(row for row in rows if row.weight is not None),
        finished=bool(named) and all(_is_answered(row) for row in named),
    )


def _is_answered(row: Row) -> bool:
    """Tell whether a row is filled in: its 分值 and 实际完成值, on a goal table its 指标值, on a rating its 得分."""
    if row.template.rules:
        return row.score.effective is not None
    if "target_value" in row.columns:
        return bool(row.indicator.target_value.strip())
    return row.weight is not None and bool(row.indicator.actual.strip())
