"""The current card: one real widget with real buttons and the field of the 说明, painted like the idle cards around it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QRect, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QTextCursor
from PySide6.QtWidgets import QListView, QPlainTextEdit, QPushButton, QWidget

from perfdesk.model import Finding
from ui import theme
from ui.findings.card import EDITOR_PADDING, WHY, Box, Card, paint_card
from ui.findings.wording import spoken
from ui.theme import qcolor
from ui.widgets.keys import is_left_to_the_window
from ui.widgets.typed import typed_text


class AnswerEdit(QPlainTextEdit):
    """The field of the 说明.

    ``typed`` carries its text as somebody types, ``left`` tells that the typing came to an end, ``done`` is Esc.
    """

    typed = Signal(str)
    left = Signal()
    done = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._shown = ""
        self.setTabChangesFocus(True)
        self.setUndoRedoEnabled(False)  # the form has one undo stack
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setPlaceholderText("写明原因；写好后这处警告不再算")
        self.document().setDocumentMargin(theme.px(self.font(), EDITOR_PADDING))
        self.setAccessibleName("说明")
        self.textChanged.connect(self._tell)

    def show_text(self, text: str) -> None:
        """Show a text that came from elsewhere (undo); one's own keeps its cursor. Showing is not typing: nothing is told."""
        if text == self._shown:
            return
        with QSignalBlocker(self):  # a file may bring ends of lines that the field shows as others
            self.setPlainText(text)
            self.moveCursor(QTextCursor.MoveOperation.End)
        self._shown = typed_text(self.document())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back to the list; F8 and other keys of the window stay theirs."""
        if event.key() == Qt.Key.Key_Escape:
            self.done.emit()
            return
        super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Leave undo and redo to the form."""
        if is_left_to_the_window(event):
            event.ignore()
            return False
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The next key here is a new undo step."""
        super().focusOutEvent(event)
        self.left.emit()

    def _tell(self) -> None:
        text = typed_text(self.document())
        if text != self._shown:
            self._shown = text
            self.typed.emit(text)


class CardWidget(QWidget):
    """The card of one finding in a list.

    ``fix_pressed`` and ``why_pressed`` are its buttons, ``place_pressed`` a click beside them; ``answered`` carries the text of the
    说明 at every key, ``answer_left`` tells that its typing came to an end. ``layout_of`` gives the geometry of a finding as it is.
    """

    fix_pressed = Signal()
    why_pressed = Signal()
    place_pressed = Signal()
    answered = Signal(str)
    answer_left = Signal()

    def __init__(self, finding: Finding, view: QListView, layout_of: Callable[[Finding], Card]) -> None:
        super().__init__(view.viewport())
        self._view = view
        self._layout_of = layout_of
        self._finding = finding
        self._button, self._why = QPushButton(self), QPushButton(self)
        for button, signal in ((self._button, self.fix_pressed), (self._why, self.why_pressed)):
            button.setProperty("fit", "card")
            button.clicked.connect(signal)
        self._editor = AnswerEdit(self)
        self._editor.typed.connect(self._answer)
        self._editor.left.connect(self.answer_left)
        self._editor.done.connect(self._view.setFocus)
        self.set_finding(finding)

    def button(self) -> QPushButton:
        """Return the button of the fix (hidden when there is none)."""
        return self._button

    def why(self) -> QPushButton:
        """Return the button that shows why the finding matters."""
        return self._why

    def editor(self) -> AnswerEdit:
        """Return the field of the 说明 (hidden when the finding wants none)."""
        return self._editor

    def holds_focus(self) -> bool:
        """Tell whether one of its buttons or its field has the focus."""
        return any(part.hasFocus() for part in (self._button, self._why, self._editor))

    def set_finding(self, finding: Finding, *, explained: bool = False) -> None:
        """Show a finding, at the present width of the list."""
        self._finding = finding
        card = self._layout()
        self._button.setText(finding.fix.label if finding.fix is not None else "")
        self._why.setText(WHY[explained])
        self._editor.show_text(finding.answer)
        for part, box in ((self._button, card.button), (self._why, card.why), (self._editor, card.editor)):
            _put(part, box)
        self.setAccessibleName(spoken(finding))
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size of the card."""
        card = self._layout()
        return QSize(card.width, card.height)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the card and, when the list has the focus, its frame."""
        del event
        painter = QPainter(self)
        table = theme.tokens(self.palette())
        paint_card(painter, self._layout(), self.rect(), self._view.font(), table, current=True)
        if self._view.hasFocus():
            painter.setPen(QPen(qcolor(table.accent), theme.FRAME))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Keep the press from the list below."""
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click beside the buttons goes to the place once more."""
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.place_pressed.emit()

    def _answer(self, text: str) -> None:
        """Tell what is typed; a form that takes nothing gets its own text back."""
        self.answered.emit(text)
        self._editor.show_text(self._finding.answer)

    def _layout(self) -> Card:
        """Return the geometry at the present width of the list."""
        return self._layout_of(self._finding)


def _put(part: QWidget, box: Box | None) -> None:
    """Put a part of the card to its place; without one it is hidden."""
    part.setVisible(box is not None)
    if box is not None and part.geometry() != QRect(*box):
        part.setGeometry(*box)
