"""Where a key leads on the sheet: reading order, columns, arrows over merged cells. Pure index arithmetic, no painting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QTableView

from ui.sheet.model import SheetModel

if TYPE_CHECKING:
    from datetime import date

    from PySide6.QtGui import QKeyEvent

_Action = QAbstractItemView.CursorAction
_PLAIN = Qt.KeyboardModifier.NoModifier
_EXTENDING = {
    Qt.Key.Key_Up: _Action.MoveUp,
    Qt.Key.Key_Down: _Action.MoveDown,
    Qt.Key.Key_Left: _Action.MoveLeft,
    Qt.Key.Key_Right: _Action.MoveRight,
    Qt.Key.Key_Home: _Action.MoveHome,
    Qt.Key.Key_End: _Action.MoveEnd,
}
_STEPS = {
    _Action.MoveUp: (-1, 0),
    _Action.MoveDown: (1, 0),
    _Action.MoveLeft: (0, -1),
    _Action.MoveRight: (0, 1),
}


def way_of(event: QKeyEvent) -> str:
    """Return the way a key walks over the inputs: ``next``, ``previous``, ``below``, ``above``, or ``""``."""
    control = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
    if control:
        return ""
    back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
    if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
        return "above" if back else "below"
    if event.key() in {Qt.Key.Key_Tab, Qt.Key.Key_Backtab}:
        return "previous" if back or event.key() == Qt.Key.Key_Backtab else "next"
    return ""


def extending(event: QKeyEvent) -> _Action | None:
    """Return where Shift with an arrow, Home or End extends the selection to; ``None`` for any other key."""
    return _EXTENDING.get(Qt.Key(event.key())) if event.modifiers() == Qt.KeyboardModifier.ShiftModifier else None


def extend(view: QTableView, model: SheetModel, anchor: tuple[int, int], action: _Action) -> None:
    """Select from the square ``anchor`` to where an arrow leads; the cell there becomes the current one.

    Qt 6.8 extends from where the mouse was last pressed, not from a cell that was reached by Tab, Enter or F8.
    """
    corner = arrow(model, view.currentIndex(), action)
    if corner is None or (corner.row(), corner.column()) not in model.grid.fragments:
        return
    place = (corner.row(), corner.column())
    ends = [anchor if anchor in model.grid.fragments else place, place]
    parts = [(end, model.grid.fragments[end]) for end in ends]
    last = [(row + part.row_span - 1, column + part.cell.column_span - 1) for (row, column), part in parts]
    first = model.index(min(row for row, _ in ends), min(column for _, column in ends))
    block = QItemSelection(first, model.index(max(row for row, _ in last), max(column for _, column in last)))
    view.selectionModel().setCurrentIndex(corner, QItemSelectionModel.SelectionFlag.NoUpdate)
    view.selectionModel().select(block, QItemSelectionModel.SelectionFlag.ClearAndSelect)
    view.scrollTo(corner)


def target(model: SheetModel, current: QModelIndex, way: str) -> QModelIndex:
    """Return the cell a way leads to; an invalid index at the end of the form."""
    inputs = model.inputs()
    if way in {"below", "above"}:
        column = [index for index in inputs if index.column() == current.column()]
        rows = [i for i in column if (i.row() > current.row()) == (way == "below") and i.row() != current.row()]
        if rows:
            return rows[0] if way == "below" else rows[-1]
        way = "next" if way == "below" else "previous"
    here = (current.row(), current.column())
    after = [index for index in inputs if (index.row(), index.column()) > here]
    before = [index for index in inputs if (index.row(), index.column()) < here]
    found = after[:1] if way == "next" else before[-1:]
    return found[0] if found else QModelIndex()


def arrow(
    model: SheetModel, current: QModelIndex, action: _Action, modifiers: Qt.KeyboardModifier = _PLAIN
) -> QModelIndex | None:
    """Return where an arrow, Home or End leads, over merges and page gaps; ``None`` leaves the key to the table view.

    With Ctrl, Home and End lead to the first and the last cell to fill.
    """
    if action in {_Action.MoveHome, _Action.MoveEnd} and modifiers & Qt.KeyboardModifier.ControlModifier:
        inputs = model.inputs()
        return (inputs[0] if action is _Action.MoveHome else inputs[-1]) if inputs else current
    if action in {_Action.MoveHome, _Action.MoveEnd}:
        line = sorted(place for place in model.grid.fragments if place[0] == current.row())
        chosen = line[:1] if action is _Action.MoveHome else line[-1:]
        return model.index(*chosen[0]) if chosen else current
    if action not in _STEPS:
        return None
    fragment = model.grid.fragments.get((current.row(), current.column()))
    if fragment is None:
        return current
    down, right = _STEPS[action]
    row = current.row() + (fragment.row_span if down > 0 else down)
    column = current.column() + (fragment.cell.column_span if right > 0 else right)
    while 0 <= row < model.grid.rows and 0 < column < model.grid.columns - 1:
        owner = _owner(model, row, column)
        if owner is not None:
            return model.index(*owner)
        row, column = row + down, column + right
        if not down:
            break
    return current


def _owner(model: SheetModel, row: int, column: int) -> tuple[int, int] | None:
    """Return the square where the cell that covers (row, column) begins."""
    for (top, left), fragment in model.grid.fragments.items():
        if top <= row < top + fragment.row_span and left <= column < left + fragment.cell.column_span:
            return top, left
    return None


def date_text(day: date) -> str:
    """Today's date as the forms write it: 2024年12月31日."""
    return f"{day.year}年{day.month}月{day.day}日"
