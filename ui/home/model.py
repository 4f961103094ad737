"""The model of 年度总览: the rows of a year that are found, in the order asked for, and the 合计 below them."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from enum import IntEnum
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QAbstractTableModel, QCollator, QLocale, QObject, Qt

from perfdesk.amounts import format_rate
from perfdesk.model import FormKind
from perfdesk.overview import Figures, Row, Standing, YearSum, found, standing, year_sum
from ui.home.wording import kind_words, moment, money, points
from ui.widgets.items import NO_PARENT, Index

if TYPE_CHECKING:
    from datetime import date


class Column(IntEnum):
    """The columns from left to right."""

    VERDICT = 0
    NAME = 1
    KIND = 2
    BUDGET = 3
    EXECUTED = 4
    RATE = 5
    SCORE = 6
    GRADE = 7
    FILLED = 8
    CHANGED = 9


ROLE_ROW: Final = Qt.ItemDataRole.UserRole
ROLE_SUM: Final = Qt.ItemDataRole.UserRole + 1
HEADS: Final = (
    *("审核", "项目名称", "表种", "全年预算数（万元）", "全年执行数", "执行率", "总分", "等级", "填写进度", "最近改动"),
)
FIGURES: Final = (Column.BUDGET, Column.EXECUTED, Column.RATE, Column.SCORE, Column.FILLED)
STANDS: Final = tuple(Standing)  # what wants work first
AUTOMATIC: Final = "自动"
_OF_SUM: Final = Qt.ItemFlag.ItemIsEnabled
_OF_ROW: Final = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
_RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_BLANK: Final = Figures()
_COLLATOR: Final = QCollator(QLocale(QLocale.Language.Chinese, QLocale.Country.China))


def _filled(row: Row) -> str:
    if row.kind is FormKind.SUMMARY:
        return AUTOMATIC
    return "" if row.completion is None else f"{int(row.completion * 100)}%"


_WORDS: Final[dict[Column, Callable[[Row], str]]] = {
    Column.VERDICT: lambda row: standing(row).value,
    Column.NAME: lambda row: row.name,
    Column.KIND: lambda row: kind_words(row.kind),
    Column.BUDGET: lambda row: money(_figures(row).budget),
    Column.EXECUTED: lambda row: money(_figures(row).executed),
    Column.RATE: lambda row: _rate(_figures(row).rate),
    Column.SCORE: lambda row: points(_figures(row).score),
    Column.GRADE: lambda row: _figures(row).grade,
    Column.FILLED: _filled,
}
_ORDERS: Final[dict[Column, Callable[[Row], Decimal | None]]] = {
    Column.BUDGET: lambda row: _figures(row).budget,
    Column.EXECUTED: lambda row: _figures(row).executed,
    Column.RATE: lambda row: _figures(row).rate,
    Column.SCORE: lambda row: _figures(row).score,
    Column.FILLED: lambda row: row.completion,
    Column.CHANGED: lambda row: None if row.changed is None else Decimal(str(row.changed.timestamp())),
    Column.VERDICT: lambda row: Decimal(STANDS.index(standing(row))),
}


class OverviewModel(QAbstractTableModel):
    """The rows that are found. The last line is the 合计 of all 项目自评表 of the year, while nothing is looked for."""

    def __init__(self, today: Callable[[], date], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self._all: tuple[Row, ...] = ()
        self._rows: tuple[Row, ...] = ()
        self._sum: YearSum | None = None
        self._wanted = ""
        self._stand: Standing | None = None
        self._order = Column.VERDICT, Qt.SortOrder.AscendingOrder

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows that are shown, top to bottom."""
        return self._rows

    def show_rows(self, rows: tuple[Row, ...]) -> None:
        """Show the forms of a year."""
        self._all = rows
        self._arrange()

    def look_for(self, wanted: str, stand: Standing | None) -> None:
        """Show only what is found by a word and stands so (``None``: anyhow)."""
        if (wanted, stand) != (self._wanted, self._stand):
            self._wanted, self._stand = wanted, stand
            self._arrange()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; rows without a figure stand last both ways."""
        self._order = Column(column), order
        self._arrange()

    def row_of(self, record_id: str) -> int:
        """Return the line of a form, -1 where it is not shown."""
        return next((at for at, row in enumerate(self._rows) if row.id == record_id), -1)

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        """Return the number of lines, the 合计 included."""
        return 0 if parent.isValid() else len(self._rows) + (self._sum is not None)

    def columnCount(self, parent: Index = NO_PARENT) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(HEADS)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """The 合计 cannot be chosen. Asked for every row with each letter of a search, so nothing is put together here."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return _OF_SUM if index.row() == len(self._rows) else _OF_ROW

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the heads, those of figures at the right."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return HEADS[section]
        if role != Qt.ItemDataRole.TextAlignmentRole:
            return None
        return _LEFT if section == Column.FILLED else _align(section)  # over its bar

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the words of a cell, its side, or the row."""
        column, is_sum = Column(index.column()), index.row() == len(self._rows)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _align(column)
        if role == ROLE_SUM:
            return is_sum
        if is_sum:
            return self._of_sum(column) if role == Qt.ItemDataRole.DisplayRole else None
        return self._of_row(self._rows[index.row()], column, role)

    def _of_row(self, row: Row, column: Column, role: int) -> object:
        if role == ROLE_ROW:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return self.words(row, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{row.name}\n{row.kind_words}" if column <= Column.KIND else None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{HEADS[column]} {self.words(row, column) or '无'}"
        return None

    def words(self, row: Row, column: Column) -> str:
        """Return what a cell says."""
        if column is Column.CHANGED:
            return "" if row.changed is None else moment(row.changed, self._today())
        return _WORDS[column](row)

    def _of_sum(self, column: Column) -> str:
        total = self._sum or YearSum(0, None, None, None)
        texts = {
            Column.NAME: f"合计 {total.projects} 个项目",
            Column.BUDGET: money(total.budget),
            Column.EXECUTED: money(total.executed),
            Column.RATE: _rate(total.rate),
        }
        return texts.get(column, "")

    def _arrange(self) -> None:
        self.beginResetModel()
        rows = found(self._all, self._wanted, self._stand)
        column, order = self._order
        self._rows = _sorted(rows, column, descending=order is Qt.SortOrder.DescendingOrder)
        whole = not self._wanted and self._stand is None
        has_projects = any(one.kind is FormKind.PROJECT_SELF for one in self._all)
        self._sum = year_sum(self._all) if whole and has_projects else None
        self.endResetModel()


def _sorted(rows: tuple[Row, ...], column: Column, *, descending: bool) -> tuple[Row, ...]:
    key = _ORDERS.get(column)
    if key is None:
        words = _WORDS[column]
        return tuple(sorted(rows, key=lambda row: _COLLATOR.sortKey(words(row)), reverse=descending))
    known = sorted(
        ((value, row) for row in rows if (value := key(row)) is not None), key=lambda pair: pair[0], reverse=descending
    )
    return (*(row for _, row in known), *(row for row in rows if key(row) is None))


def _align(column: int) -> Qt.AlignmentFlag:
    return _RIGHT if column in FIGURES else _LEFT


def _figures(row: Row) -> Figures:
    return row.figures or _BLANK


def _rate(rate: Decimal | None) -> str:
    return "" if rate is None else format_rate(rate)
