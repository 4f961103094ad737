"""汇集 (gathered): what a form takes from the others of its year."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from perfdesk.model.records import ListRow


class Figure(NamedTuple):
    """数据项 (figure): one figure of the year's forms that a report or another form can take.

    ``key`` names it for good: 「部门整体支出绩效自评表·全年执行数」; ``label`` 「全年执行数」, ``place`` where it stands for people
    (「部门整体支出绩效自评表 › 年度资金总额」), ``text`` as it is printed, ``unit`` 万元, 人, % or ``""``.
    """

    key: str
    label: str
    place: str
    text: str
    unit: str = ""


@dataclass(
    frozen=True, slots=True, eq=False
)  # made once per change of the year's forms, compared and cached by identity
class Gathered:
    """汇集 (gathered): what a form takes from the other forms of its year.

    ``figures`` are all there are, for reports; ``rows`` the computed texts of a list that gathers forms (汇总表), one for each
    row of the record, and ``total`` those of its total row.
    """

    figures: tuple[Figure, ...] = ()
    rows: tuple[ListRow, ...] = ()
    total: ListRow = field(default_factory=ListRow)
