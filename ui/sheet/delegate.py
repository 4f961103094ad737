"""Paints cells and opens their editors for the table view. No arithmetic, no decisions about the record."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QObject,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from perfdesk.layout import PADDING_X, STYLES, Fragment
from perfdesk.model import Binding, Severity
from perfdesk.sheet import Cell, Role
from ui.sheet.editor import CellEditor
from ui.sheet.found import paint_found
from ui.sheet.geometry import PX_PER_PT
from ui.sheet.model import BLANK, FRAGMENT, LOCKED, MARK
from ui.sheet.paint import Look, State, paint_cell
from ui.widgets.items import Index, cell_of


class CellDelegate(QStyledItemDelegate):
    """Draws through ``paint_cell``; makes one :class:`CellEditor` at a time. ``editor_opened`` hands it to the view."""

    editor_opened = Signal(object, object)

    def __init__(self, look: Look, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self.select_all = False
        self.many_selected = False
        self.shows_marks = True
        self.fixed: frozenset[object] = frozenset()
        self.ghosts: Mapping[Binding, str] = {}  # 「上年 231」 in blank cells of the current row
        self.found = ""  # what is looked for, reduced by ``plain_text``

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a cell; spacers are the desk and stay as they are."""
        fragment: Fragment | None = index.data(FRAGMENT)
        if fragment is None:
            return
        mark = index.data(MARK) if self.shows_marks else None
        state = State(
            mark=Severity(mark) if mark else None,  # Qt hands a StrEnum back as a plain str
            blank=bool(index.data(BLANK)),
            hovered=bool(cell_of(option).state & QStyle.StateFlag.State_MouseOver),
            in_range=self.many_selected and bool(cell_of(option).state & QStyle.StateFlag.State_Selected),
            fixed=fragment.cell.binding in self.fixed,
            locked=bool(index.data(LOCKED)),
            ghost=self._ghost(fragment.cell),
        )
        paint_cell(painter, cell_of(option).rect, fragment, self.look, state)
        if self.found and fragment.cell.binding is not None:
            paint_found(painter, cell_of(option).rect, fragment, self.look, self.found)

    def _ghost(self, cell: Cell) -> str:
        """Return what stood in a blank cell last year; computed figures and words that are printed anyway stand alone."""
        if not self.ghosts or cell.binding is None or cell.text.strip() or cell.role is not Role.INPUT or cell.tick:
            return ""
        return self.ghosts.get(cell.binding, "")

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Sizes come from the Layout; nobody may ask the text."""
        return cell_of(option).rect.size()

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """Make the editor of a cell in the paper's own face and the typed ink."""
        fragment: Fragment = index.data(FRAGMENT)
        cell = fragment.cell
        style = STYLES[cell.role]
        font = QFont(self.look.font(style.face, style.size))
        font.setPixelSize(round(style.size * PX_PER_PT * self.look.zoom))
        name = str(index.data(Qt.ItemDataRole.AccessibleTextRole) or "")
        editor = CellEditor(parent, align=cell.align, font=font, name=name)
        editor.load(str(index.data(Qt.ItemDataRole.EditRole) or ""), select_all=self.select_all)
        self.editor_opened.emit(editor, cell)
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Nothing: the open editor owns its text until it closes."""

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Hand over what the editor holds at its closing; keystrokes before were handed over one by one."""
        if isinstance(editor, CellEditor) and editor.text() != editor.original:
            model.setData(index, editor.text(), Qt.ItemDataRole.EditRole)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        """Lay the editor over its cell."""
        fragment: Fragment | None = index.data(FRAGMENT)
        if isinstance(editor, CellEditor) and fragment is not None:
            self.fit(editor, cell_of(option).rect, fragment.cell)

    def fit(self, editor: CellEditor, rect: QRect, cell: Cell) -> None:
        """Fit an editor over the rectangle of its cell."""
        scale = PX_PER_PT * self.look.zoom
        padding = round(PADDING_X * scale) if cell.role.framed else 0
        inner = rect.adjusted(1, 1, -1, -1)  # the 2 px frame is the view's
        parent = editor.parentWidget()
        bottom = parent.height() if parent else inner.bottom()
        editor.fit(inner, padding=max(padding - 1, 0), leading=STYLES[cell.role].leading * scale, bottom=bottom)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The editor handles its own keys; only losing the focus commits (Qt's own doing)."""
        if event.type() == QEvent.Type.KeyPress:
            return False
        return super().eventFilter(watched, event)


def is_input(cell: Cell | None) -> bool:
    """Tell whether a cell is one to fill in."""
    return cell is not None and cell.binding is not None and cell.role is not Role.COMPUTED


def mark_found(view: QAbstractItemView, wanted: str) -> None:
    """Lay a ground behind what is looked for in the cells of a sheet; ``""`` takes it away."""
    delegate = view.itemDelegate()
    if isinstance(delegate, CellDelegate) and delegate.found != wanted:
        delegate.found = wanted
        view.viewport().update()
