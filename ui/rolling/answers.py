"""确认 (answers): what was to be asked, a row each: last year's text, and beside it a cell to type the new one.

A blank cell stays blank on the form. Alt+↓ takes last year's text. The table keeps no answer itself: it says what was typed.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QAbstractTableModel, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemDelegate, QWidget

from ui import theme
from ui.rolling.rows import ROLE_ROW, Group, RowDelegate, RowTable, paint_words, room_of
from ui.widgets.items import NO_PARENT, Index

if TYPE_CHECKING:
    from perfdesk.rolling import Asked, Plan
    from ui.theme import Tokens
    from ui.widgets.items import Cell

_OLD, _NEW = 2, 3
_WIDTHS: Final = (120, 0, 180, 250)  # px
EMPTY: Final = "空白，以后在表上填"


class AnswerModel(QAbstractTableModel):
    """The questions of a plan, form after form."""

    typed = Signal(object, str)

    def __init__(self) -> None:
        super().__init__()
        self._plan: Plan | None = None
        self._rows: tuple[Group | Asked, ...] = ()

    def set_plan(self, plan: Plan, asked: tuple[Asked, ...]) -> None:
        """Show what is asked by a plan."""
        rows: list[Group | Asked] = []
        for _source, members in groupby(asked, key=lambda one: one.source.id):
            found = tuple(members)
            rows += (Group(found[0].source.name, f"{len(found)} 处"), *found)
        self.beginResetModel()
        self._plan, self._rows = plan, tuple(rows)
        self.endResetModel()

    def follow(self, plan: Plan) -> None:
        """Take a plan that asks the same and knows other answers."""
        self._plan = plan
        if self._rows:
            self.dataChanged.emit(self.index(0, _NEW), self.index(len(self._rows) - 1, _NEW))

    @property
    def groups(self) -> frozenset[int]:
        """The rows that are group rows."""
        return frozenset(at for at in range(len(self._rows)) if self.asked(at) is None)

    def asked(self, row: int) -> Asked | None:
        """Return the question of a row, ``None`` for a group row."""
        found = self._rows[row] if 0 <= row < len(self._rows) else None
        return None if isinstance(found, Group) else found

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        """Return the number of rows, group rows included."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = NO_PARENT) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(_WIDTHS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the heads."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole and self._plan is not None:
            return ("项目", "哪一行", f"{self._plan.old_year} 年内容", f"{self._plan.year} 年")[section]
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """The last column is typed into."""
        if self.asked(index.row()) is None:
            return Qt.ItemFlag.NoItemFlags
        usual = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        return usual | Qt.ItemFlag.ItemIsEditable if index.column() == _NEW else usual

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the words of a cell, and the row itself."""
        asked = self.asked(index.row())
        if role == ROLE_ROW:
            return self._rows[index.row()]
        if role not in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole, Qt.ItemDataRole.ToolTipRole}:
            return self._spoken(asked, index.column()) if role == Qt.ItemDataRole.AccessibleTextRole else None
        if asked is None:
            group = self._rows[index.row()]
            return group.words if isinstance(group, Group) and index.column() == 0 else ""
        question = asked.question
        return (question.label, question.place, question.old, self._answer(asked))[index.column()]

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Say what was typed."""
        asked = self.asked(index.row())
        if asked is None or index.column() != _NEW or role != Qt.ItemDataRole.EditRole:
            return False
        self.typed.emit(asked.key, str(value))
        return True

    def _answer(self, asked: Asked) -> str:
        return "" if self._plan is None else self._plan.answers.get(asked.key, "")

    def _spoken(self, asked: Asked | None, column: int) -> str:
        if asked is None:
            return ""
        question = asked.question
        if column != _NEW:
            return (question.label, question.place, f"上年 {question.old}")[column]
        return f"{question.label}，{question.place}，上年 {question.old}，{self._answer(asked) or EMPTY}"


class AnswerTable(RowTable):
    """The table. ``typed`` carries the key of a question and its answer."""

    typed = Signal(object, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("要确认的各处", parent)
        self._answers = AnswerModel()
        self._answers.typed.connect(self.typed)
        self.setModel(self._answers)
        self.setItemDelegate(_AnswerDelegate(self))
        triggers = RowTable.EditTrigger
        self.setEditTriggers(
            triggers.DoubleClicked | triggers.EditKeyPressed | triggers.AnyKeyPressed | triggers.SelectedClicked
        )
        self.set_widths(_WIDTHS)

    def show_plan(self, plan: Plan, asked: tuple[Asked, ...]) -> None:
        """Show the questions of a plan; the first one is current."""
        self._answers.set_plan(plan, asked)
        self.set_heights(self._answers.groups, len(_WIDTHS))
        self._go(0)

    def follow(self, plan: Plan) -> None:
        """Show other answers to the same questions."""
        self._answers.follow(plan)

    def texts(self) -> tuple[tuple[str, ...], ...]:
        """Return the words of every row, group rows by their name alone."""
        rows, columns = range(self._answers.rowCount()), range(len(_WIDTHS))
        return tuple(
            (str(self._answers.index(row, 0).data()),)
            if row in self._answers.groups
            else tuple(str(self._answers.index(row, one).data()) for one in columns)
            for row in rows
        )

    def current(self) -> Asked | None:
        """Return the current question."""
        return self._answers.asked(self.currentIndex().row())

    def take_same(self) -> None:
        """Alt+↓: last year's text as the answer, and on to the next question."""
        asked = self.current()
        if asked is not None:
            self.typed.emit(asked.key, asked.question.same)
            self._go(self.currentIndex().row() + 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt+↓ takes last year's text, Enter goes on, Del clears; the rest is Qt's."""
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        asked = self.current()
        if alt and event.key() == Qt.Key.Key_Down:
            self.take_same()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if self.state() is not RowTable.State.EditingState:  # an editor closes first, and that goes on
                self._go(self.currentIndex().row() + 1)
        elif event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace} and asked is not None:
            self.typed.emit(asked.key, "")
        else:
            super().keyPressEvent(event)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """Enter and Tab in the editor go on to the next question."""
        hints = QAbstractItemDelegate.EndEditHint
        super().closeEditor(editor, hints.NoHint)
        if hint in {hints.SubmitModelCache, hints.EditNextItem}:
            self._go(self.currentIndex().row() + 1)
        elif hint is hints.EditPreviousItem:
            self._go(self.currentIndex().row() - 1, step=-1)

    def _go(self, row: int, *, step: int = 1) -> None:
        """Make the next question from ``row`` on current; at the end stay."""
        while 0 <= row < self._answers.rowCount():
            if self._answers.asked(row) is not None:
                self.setCurrentIndex(self._answers.index(row, _NEW))
                return
            row += step


class _AnswerDelegate(RowDelegate):
    """Paints last year's texts, and the cells to type into."""

    def paint_cell(self, painter: QPainter, cell: Cell, index: Index, table: Tokens) -> None:
        room, words = room_of(cell), " ".join(str(index.data()).split())
        if index.column() != _NEW:
            paint_words(painter, cell, room, words, table.ink2 if index.column() == _OLD else table.ink)
            return
        box = QRect(cell.rect).adjusted(2, 3, -3, -4)
        painter.fillRect(box, theme.qcolor(table.raised))
        painter.setPen(QPen(theme.qcolor(table.line), theme.LINE))
        painter.drawRect(box)
        paint_words(painter, cell, room, words or EMPTY, table.ink if words else table.ink3)
