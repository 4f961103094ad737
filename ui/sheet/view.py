"""The sheet: the paper that can be filled in, with the keyboard of a spreadsheet.

It moves, opens editors and offers the row functions; what a keystroke does to the record is the document's business.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QInputMethodEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QApplication, QWidget

from perfdesk.derive import Derived
from perfdesk.model import Binding
from perfdesk.sheet import Cell, Role
from ui.document import Document
from ui.faces import Faces
from ui.sheet import composing, moves
from ui.sheet.choices import Choices, only_chosen
from ui.sheet.dates import Dates
from ui.sheet.delegate import is_input
from ui.sheet.editor import CellEditor
from ui.sheet.filling import FillHandle
from ui.sheet.last_year import LastYear
from ui.sheet.paper import PaperView
from ui.sheet.ranges import Ranges
from ui.sheet.rows import Rows
from ui.theme import Tokens
from ui.widgets.items import Index


class SheetView(PaperView):
    """The form being filled in. ``cell_changed`` carries the current cell, ``refused`` a sentence why nothing happened."""

    cell_changed = Signal(object)
    refused = Signal(str)

    def __init__(
        self, tokens: Tokens, faces: Faces, *, today: Callable[[], date], parent: QWidget | None = None
    ) -> None:
        super().__init__(tokens, faces, parent=parent)
        self._today = today
        self._editor: CellEditor | None = None
        self._anchor = (-1, -1)
        self._extending = False
        self.rows, self.ranges = Rows(self), Ranges(self)
        self.choices, self.dates = Choices(self), Dates(self, today=today)
        self.filling = FillHandle(self)
        self.last_year = LastYear(self, self._delegate)
        self._keys = self._sheet_keys()
        self._build()

    def _build(self) -> None:
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        self.setAccessibleName("表")
        self._delegate.editor_opened.connect(self._on_editor_opened)
        self.rows.set_tokens(self._tokens)

    def set_tokens(self, tokens: Tokens) -> None:
        """Follow the theme."""
        super().set_tokens(tokens)
        self.rows.set_tokens(tokens)

    def show_document(self, document: Document | None) -> None:
        """Show a form, or the bare desk; an open editor is closed and its text kept."""
        self.commit_editor()
        if self._document is not None:
            self._document.settled.disconnect(self._on_settled)
            self._document.went_to.disconnect(self._go_back)
        super().show_document(document)
        self.rows.place_tools()
        if document is not None:
            document.settled.connect(self._on_settled)
            document.went_to.connect(self._go_back)

    def _selection(self) -> tuple[QRect, bool]:
        if self._editor is None:
            return super()._selection()
        return self._editor.geometry().adjusted(-1, -1, 1, 1), False

    def _resize_sections(self) -> None:
        super()._resize_sections()
        self.rows.place_tools()

    def _on_settled(self, _derived: Derived) -> None:
        """The current cell may have other words beside it now."""
        self.cell_changed.emit(self.current_cell())

    def go_to(self, binding: Binding) -> bool:
        """Make the cell of a binding current and bring it into view. False when the form does not print it."""
        return self.go_to_index(self._model.index_of(binding) if self._model else QModelIndex())

    def go_to_index(self, index: QModelIndex) -> bool:
        """Make a cell current and bring it into view. False for an invalid index."""
        if not index.isValid():
            return False
        self.commit_editor()
        self._choose(index)
        return True

    def _choose(self, index: QModelIndex) -> None:
        """Select a cell alone and bring it into view.

        Qt's own ``setCurrentIndex`` adds to the selection while Ctrl is held: Ctrl+Z would leave two cells selected for Del.
        """
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.scrollTo(index)

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell the window where the clerk is."""
        super().currentChanged(current, previous)
        cell = self.current_cell()
        if cell is not None:
            self._place = cell.binding
        if not self._extending and self.state() is not QAbstractItemView.State.DragSelectingState:
            self._anchor = (current.row(), current.column())
        self.cell_changed.emit(self.current_cell())
        self.rows.place_tools()
        self.viewport().update()

    def selectionChanged(self, selected: object, deselected: object) -> None:
        """A range has a ground of its own."""
        super().selectionChanged(selected, deselected)  # type: ignore[arg-type]
        self._delegate.many_selected = len(self.ranges.selected()) > 1
        self.viewport().update()

    def _go_back(self, binding: Binding | None) -> None:
        """Undo and redo show what they change."""
        if binding is not None and not self.is_editing:
            self.go_to(binding)

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002 - Qt's name
        """Tab and Shift+Tab walk the cells to fill; F6 leaves the sheet."""
        self.walk("next" if next else "previous")
        return True

    def walk(self, way: str) -> None:
        """Move: ``next``/``previous`` input in reading order, ``below``/``above`` in the column.

        After the last row of a list comes a new one.
        """
        if self._model is None or (way in {"below", "next"} and self.rows.grow(way)):
            return
        index = moves.target(self._model, self.currentIndex(), way)
        if index.isValid():
            self._choose(index)

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Arrows, Home and End stay on the form, never on the desk around it."""
        if self._model is None:
            return QModelIndex()
        found = moves.arrow(self._model, self.currentIndex(), action, modifiers)
        return found if found is not None else super().moveCursor(action, modifiers)

    def _extend(self, action: QAbstractItemView.CursorAction) -> None:
        """Shift with an arrow: select from where the clerk came to the next cell that way."""
        if self._model is not None:
            self._extending = True
            moves.extend(self, self._model, self._anchor, action)
            self._extending = False

    def keyboardSearch(self, search: str) -> None:
        """Typing on a computed cell must not jump to another one that begins with the same letter."""

    def edit(self, index: QModelIndex, trigger: object = None, event: QEvent | None = None) -> bool:  # type: ignore[override]
        """Open the editor. A computed cell opens only on F2 (改填); a locked form says why it does not."""
        if trigger is None:
            super().edit(index)
            return True
        cell = self._model.cell_at(index) if self._model else None
        keys, twice = QAbstractItemView.EditTrigger.AnyKeyPressed, QAbstractItemView.EditTrigger.DoubleClicked
        if trigger not in {keys, twice, QAbstractItemView.EditTrigger.EditKeyPressed}:
            return False  # Qt asks at every move, too
        if cell is None or cell.binding is None or (trigger in {keys, twice} and not is_input(cell)):
            return False
        if only_chosen(cell):
            return self._choose_instead(cell, trigger)
        if self._document is not None and self._document.read_only:
            self.refused.emit(self._document.why_locked)
            return False
        self._delegate.select_all = trigger is keys or cell.role is Role.COMPUTED
        return bool(super().edit(index, trigger, event))  # type: ignore[arg-type]

    def _choose_instead(self, cell: Cell, trigger: object) -> bool:
        """A cell that takes no letters: a key opens the list of its words; a square wants Space or a click."""
        return not cell.tick and trigger is QAbstractItemView.EditTrigger.AnyKeyPressed and self.choices.open()

    def _on_editor_opened(self, editor: CellEditor, cell: Cell) -> None:
        if self._model is not None:
            self._model.hold(cell.binding)
        self._editor = editor
        editor.typed.connect(self._on_typed)
        editor.left.connect(self._on_left)

    def _on_typed(self, text: str) -> None:
        """A keystroke: scores follow at once, rows stay where they are, the editor grows downwards."""
        cell, editor = self.current_cell(), self._editor
        if editor is None or self._model is None or cell is None:
            return
        self._model.take_text(cell, text)
        before = editor.geometry()
        self.updateEditorGeometries()
        if editor.geometry() != before:
            self.viewport().update()

    def _on_left(self, way: str) -> None:
        """The editor was left by a key."""
        editor = self._editor
        if editor is None:
            return
        if way == "cancel" and self._document is not None:
            self._document.cancel_edit()
            editor.original = editor.text()
            self.closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)
            return
        self.commitData(editor)
        self.closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)
        self.walk(way)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """The editor closes: the undo step is complete, and the new layout is taken."""
        super().closeEditor(editor, hint)
        if self._editor is None:
            return
        self._editor = None
        self._delegate.select_all = False
        place = self.current_cell()
        if self._document is not None:
            self._document.end_edit()
        if self._model is not None:
            self._model.release()
        self.viewport().update()
        if place is not None and place.binding is not None and not self.currentIndex().isValid():
            self.go_to(place.binding)
        self.setFocus()

    def commit_editor(self) -> None:
        """Close an open editor and keep its text."""
        if self._editor is not None:
            composing.end_composition()
        if self._editor is not None:
            editor = self._editor
            self.commitData(editor)
            self.closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)

    @property
    def is_editing(self) -> bool:
        """Whether an editor is open."""
        return self._editor is not None

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """The first key of an input method opens the editor, which shows the whole composition.

        The view keeps the focus until it is committed, as Qt means it: a change of focus ends a composition, and its first letter
        would be cut off from the rest.
        """
        cell = self.current_cell()
        if not self.is_editing and (not is_input(cell) or only_chosen(cell)):
            event.ignore()
        elif self.is_editing or event.preeditString() or not event.commitString():
            super().inputMethodEvent(event)
        elif self.edit(self.currentIndex(), QAbstractItemView.EditTrigger.AnyKeyPressed, None):
            editor: CellEditor | None = self._editor
            if editor is not None:
                QApplication.sendEvent(editor, event)  # Qt opens the editor and drops a text without a composition

    def inputMethodQuery(self, query: Qt.InputMethodQuery) -> object:
        """Tell an input method about the editor, where its words to choose from must stand."""
        if self._editor is None and query is not Qt.InputMethodQuery.ImCursorRectangle:
            return super().inputMethodQuery(query)
        return composing.answer(self, self._editor, query)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys of ui/README §5 that act on the sheet; everything else is Qt's."""
        way, action = moves.way_of(event), moves.extending(event)
        if way:
            self.walk(way)
            return
        if action is not None:
            self._extend(action)
            return
        slot = self._keys.get((event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier, Qt.Key(event.key())))
        if slot is not None:
            slot()
        elif event.key() != Qt.Key.Key_Space or not self.choices.tick():
            super().keyPressEvent(event)

    def _sheet_keys(self) -> dict[tuple[Qt.KeyboardModifier, Qt.Key], Callable[[], object]]:
        """The keys of the sheet that are neither moves nor typing."""
        plain, control = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
        shift = Qt.KeyboardModifier.ShiftModifier
        return {
            (plain, Qt.Key.Key_F2): self.restate,
            (Qt.KeyboardModifier.AltModifier, Qt.Key.Key_Down): self._open_or_take,
            (plain, Qt.Key.Key_Delete): self.ranges.clear,
            (plain, Qt.Key.Key_Backspace): self._clear_and_edit,
            (control, Qt.Key.Key_Semicolon): self._put_date,
            (control, Qt.Key.Key_C): self.ranges.copy,
            (control, Qt.Key.Key_X): self.ranges.cut,
            (control, Qt.Key.Key_V): self.ranges.paste,
            (control | shift, Qt.Key.Key_V): self.ranges.paste_plain,
            (control, Qt.Key.Key_D): self.ranges.fill_down,
        }

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click chooses the cell, and on its arrow, square or box it chooses there too."""
        composing.end_composition()
        if self.filling.press(event):
            return
        super().mousePressEvent(event)
        if not self.is_editing and not self.dates.press(event):
            self.choices.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The fill handle is pulled, or a range is selected."""
        if not self.filling.move(event):
            super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The fill handle is let go."""
        if not self.filling.release(event):
            super().mouseReleaseEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A quick second click is a click too: on a square or a box it chooses once more."""
        super().mouseDoubleClickEvent(event)
        if not self.is_editing:
            self.choices.press(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The arrow of a cell with choices and the calendar of a date come last."""
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        self.choices.paint_arrow(painter, self._tokens)
        self.dates.paint_button(painter, self._tokens)
        painter.end()

    def _put_date(self) -> None:
        """Ctrl+;: today's date."""
        self.ranges.put("填日期", moves.date_text(self._today()))

    def _open_or_take(self) -> None:
        """Alt+↓: the calendar of a date, the words of a cell that has some, else last year's value."""
        if not self.dates.open():
            self.last_year.choose_or_take()

    def spelt(self) -> str:
        """Return the 大写金额 of the current cell, ``""`` where it holds no amount."""
        cell = self.current_cell()
        return self._model.spelt(cell) if self._model is not None and cell is not None else ""

    def came_from(self) -> str:
        """Say which file and cell the current cell was imported from, ``""`` where it was typed here."""
        cell = self.current_cell()
        return self._document.trace(cell.binding) if self._document and cell and cell.binding else ""

    def _clear_and_edit(self) -> None:
        """Backspace: begin with an empty cell. The emptying is part of what is typed: Esc and one 撤销 bring the text back."""
        if is_input(self.current_cell()) and not only_chosen(self.current_cell()):
            self.edit(self.currentIndex(), QAbstractItemView.EditTrigger.EditKeyPressed, None)
            if self._editor is not None:
                self._editor.put("")

    def restate(self) -> None:
        """F2: edit the cell, or choose where there is a list; on a computed one 改填, type over the computed figure."""
        if self.choices.open():
            return
        cell = self.current_cell()
        if cell is not None and cell.binding is not None:
            self.edit(self.currentIndex(), QAbstractItemView.EditTrigger.EditKeyPressed, None)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Right click or Shift+F10."""
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            place = self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).bottomLeft())
        else:
            place = event.globalPos()
        self.rows.menu().popup(place)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """The row tools and last year's frame move with the page."""
        super().scrollContentsBy(dx, dy)
        self.rows.place_tools()
        self.last_year.place()
        self.viewport().update()
