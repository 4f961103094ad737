"""预算执行率 as a row of the indicators: forms whose fund table prints no 分值, 执行率 and 得分 print them there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from perfdesk.labels import label_forms
from perfdesk.model import Binding, Block
from perfdesk.recognition.board import Line, Square
from perfdesk.recognition.header import Header
from perfdesk.recognition.intake import Intake
from perfdesk.recognition.types import Certainty
from perfdesk.recognition.words import figure, is_figure

_WORDS: Final = frozenset(
    {"预算执行率", "预算执行情况", "资金执行率", "预算资金执行率", "预算执行", "执行率", "部门预算执行率"}
)
_NAMES: Final = frozenset({"goal", "level1", "level2", "name"})
_FIELDS: Final[Mapping[str, str]] = {"weight": "weight", "actual": "execution_rate", "score": "score"}
_WHY: Final = "印在指标里的“预算执行率”一行"


class BudgetRow(NamedTuple):
    """The row, by the column of the form its squares stand in."""

    squares: Mapping[str, tuple[Square, ...]]


def budget_row(intake: Intake, line: Line, header: Header) -> BudgetRow | None:
    """Return a line as the budget row, if nothing but 预算执行率 names it and the form scores its budget."""
    if not intake.plan.template.has_budget_score:
        return None
    placed: dict[str, tuple[Square, ...]] = {}
    for square in line.texts:
        span = header.span_of(square)
        if span is not None and span.column is not None:
            placed[span.column.key] = (*placed.get(span.column.key, ()), square)
    named = [one for key in _NAMES for one in placed.get(key, ()) if one.cell.row == line.row]
    if not named or not all(_WORDS & set(label_forms(one.text)) for one in named):
        return None
    return BudgetRow(placed)


def take_budget_row(intake: Intake, row: BudgetRow) -> None:
    """Read the budget row into the first fund row, unless the fund table has said it already: then the row is left over."""
    total = {key: Binding(Block.FUNDS, key, row=0, pattern=_pattern(intake, key)) for key in _FIELDS.values()}
    if any(intake.has(key, Block.FUNDS, 0) for key in ("execution_rate", "score")):
        return
    intake.use(one for key in _NAMES for one in row.squares.get(key, ()))
    for column, key in _FIELDS.items():
        squares = row.squares.get(column, ())
        text = "".join(one.text for one in squares)
        bare = text.removesuffix("分").strip()
        if squares and not intake.has(key, Block.FUNDS, 0):
            typed = figure(bare) if is_figure(bare) else text
            intake.take(total[key], typed, squares, certainty=Certainty.INFERRED, why=_WHY)


def _pattern(intake: Intake, key: str) -> str:
    column = next((one for one in intake.plan.fund_columns.values() if one.key == key), None)
    return column.pattern if column is not None and (key, 0) in intake.plan.patterns else ""
