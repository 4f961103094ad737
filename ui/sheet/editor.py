"""The in-place editor: a frameless text field exactly over its cell, in the paper's face, growing downwards with its text.

It owns its text until it closes. Every change that is not part of an unfinished input-method composition is reported at once, so
that scores follow each keystroke; an unfinished composition (拼音 under way) never is.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, Qt, Signal
from PySide6.QtGui import QFont, QInputMethodEvent, QKeyEvent, QTextBlockFormat, QTextCursor, QTextOption, QWheelEvent
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

from perfdesk.template import Align
from ui.widgets.keys import is_left_to_the_window
from ui.widgets.typed import typed_text

_ALIGN = {
    Align.LEFT: Qt.AlignmentFlag.AlignLeft,
    Align.CENTER: Qt.AlignmentFlag.AlignHCenter,
    Align.RIGHT: Qt.AlignmentFlag.AlignRight,
}


class CellEditor(QTextEdit):
    """Editor of one cell. ``typed`` carries the text after each committed keystroke; ``left`` the way the focus should go."""

    typed = Signal(str)
    left = Signal(str)

    def __init__(self, parent: QWidget, *, align: Align, font: QFont, name: str) -> None:
        super().__init__(parent)
        self._composing, self._unsaid, self._before = False, False, ("", False)
        self._loading = False
        self._leading = 0.0
        self.original = ""
        self.setProperty("cell", "true")  # the style sheet leaves it without the frame of a text field
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFont(font)
        self.setAcceptRichText(False)
        self.setUndoRedoEnabled(False)  # the form has one undo stack
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setLineWrapMode(QTextEdit.LineWrapMode.FixedPixelWidth)  # known before the editor is shown
        self.setTabChangesFocus(False)
        self.setAccessibleName(name)
        self.document().setDocumentMargin(0)
        option = QTextOption(_ALIGN[align])
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.document().setDefaultTextOption(option)
        self.textChanged.connect(self._on_text_changed)

    def load(self, text: str, *, select_all: bool) -> None:
        """Show the cell's text: all selected when a key opened the editor (it replaces), else with the caret at the end."""
        self._loading = True
        self.original = text
        self.setPlainText(text)
        self._loading = False
        cursor = self.textCursor()
        if select_all:
            cursor.select(QTextCursor.SelectionType.Document)
        else:
            cursor.movePosition(QTextCursor.MoveOperation.End)
        self.setTextCursor(cursor)

    def put(self, text: str) -> None:
        """Replace the text, as if it had been typed."""
        cursor = self.textCursor()
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(text)
        cursor.movePosition(QTextCursor.MoveOperation.End)
        self.setTextCursor(cursor)

    def text(self) -> str:
        """Return the text as it stands."""
        return typed_text(self.document())

    def fit(self, cell: QRect, *, padding: int, leading: float, bottom: int) -> None:
        """Lie over ``cell``; grow downwards to hold the text, at most to ``bottom``; centre a text that is smaller.

        ``leading`` is the paper's line height in px, so that the lines stand where they will stand on the paper.
        """
        self._set_leading(leading)
        self.setLineWrapColumnOrWidth(max(cell.width() - 2 * padding, 1))
        needed = round(self.document().size().height())
        top = max((cell.height() - needed) // 2, 1)
        height = min(max(cell.height(), needed + 2 * top), max(bottom - cell.top(), cell.height()))
        self.setViewportMargins(padding, top, padding, 0)
        self.setGeometry(cell.left(), cell.top(), cell.width(), height)
        if height >= needed:
            self.verticalScrollBar().setValue(0)

    def _set_leading(self, leading: float) -> None:
        """Give every line the height it has on the paper."""
        if leading == self._leading:
            return
        self._leading = leading
        block = QTextBlockFormat()
        block.setLineHeight(leading, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        self._loading = True
        cursor.mergeBlockFormat(block)
        self._loading = False

    def _on_text_changed(self) -> None:
        if not self._composing and not self._loading:
            self.typed.emit(self.text())

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Let the composition run its course; report the text only when it is committed.

        Its first letter takes the place of the selected text; given up, it leaves the text and the selection as they were. Words
        that were committed while more letters are under way stay, whatever becomes of those.
        """
        went_on, goes_on = self._composing, bool(event.preeditString())
        if goes_on and not went_on:
            self._before = (self.text(), self.textCursor().hasSelection())
        self._composing = (
            goes_on or not event.commitString()
        )  # nothing of a composition is reported, nor its end without a text
        super().inputMethodEvent(event)
        self._composing = goes_on
        if event.commitString():
            self._before, self._unsaid = (self.text(), False), True
        elif went_on and not goes_on:
            self._put_back()
        if self._unsaid and not goes_on:
            self._unsaid = False
            self.typed.emit(self.text())

    def _put_back(self) -> None:
        """A composition was given up: what its first letter took the place of is there and selected again."""
        text, selected = self._before
        if self.text() != text:
            original = self.original
            self.load(text, select_all=selected)
            self.original = original

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Tab leave the cell, Alt+Enter breaks the line, Esc gives up."""
        key, alt = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if alt:
                self.insertPlainText("\n")
            else:
                self.left.emit("above" if back else "below")
            return
        tab = "previous" if back else "next"
        way = {Qt.Key.Key_Tab: tab, Qt.Key.Key_Backtab: "previous", Qt.Key.Key_Escape: "cancel"}.get(Qt.Key(key))
        if way:
            self.left.emit(way)
            return
        super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Keep Tab from the view's own handling and undo for the form's stack."""
        if is_left_to_the_window(event):
            event.ignore()
            return False
        return super().event(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel scrolls the page, never the text under the caret."""
        event.ignore()
