"""行工具 (row tools): the handle and the ＋ left of the current row, and the line that shows where a dragged row would stand.

They stand in the page margin; every function is in the menu too.
"""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QToolButton, QWidget

from ui.icons import icon
from ui.theme import Tokens

_WIDTH, _HEIGHT = 22, 24


class Handle(QToolButton):
    """The handle of a row: a click is a click; held and moved, it says how far down the screen the mouse is (px)."""

    dragged = Signal(int)
    dropped = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._pressed: QPoint | None = None
        self._dragging = False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember where the mouse was pressed."""
        super().mousePressEvent(event)
        left = event.button() is Qt.MouseButton.LeftButton
        self._pressed, self._dragging = event.globalPosition().toPoint() if left else None, False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag once the mouse has left the place where it was pressed."""
        super().mouseMoveEvent(event)
        at = event.globalPosition().toPoint()
        if self._pressed is None or not event.buttons() & Qt.MouseButton.LeftButton:
            return
        if self._dragging or (at - self._pressed).manhattanLength() >= QApplication.startDragDistance():
            self._dragging = True
            self.dragged.emit(at.y())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Drop, or click."""
        dragging, self._dragging, self._pressed = self._dragging, False, None
        if not dragging:
            super().mouseReleaseEvent(event)
            return
        self.setDown(False)
        self.dropped.emit(event.globalPosition().toPoint().y())


class DropLine(QWidget):
    """The line where a dragged row would stand."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._colour = ""
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def show_at(self, line: QRect, colour: str) -> None:
        """Lie over ``line`` in a colour."""
        self._colour = colour
        self.setGeometry(line)
        self.show()
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the line."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), QColor(self._colour))
        painter.end()


class RowTools(QWidget):
    """Two small buttons on the viewport, shown for the current row only. ``dragged`` and ``dropped``: those of the handle."""

    menu_asked = Signal()
    dragged = Signal(int)
    dropped = Signal(int)
    insert_asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._handle, self._plus = Handle(self), QToolButton(self)
        self._look(self._handle, "行操作：上移、下移、复制、删除；按住拖动换位置")
        self._look(self._plus, "")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(1)
        row.addWidget(self._handle)
        row.addWidget(self._plus)
        self._handle.clicked.connect(self.menu_asked)
        self._handle.dragged.connect(self.dragged)
        self._handle.dropped.connect(self.dropped)
        self._plus.clicked.connect(self.insert_asked)
        self.resize(2 * _WIDTH + 1, _HEIGHT)
        self.hide()

    @staticmethod
    def _look(button: QToolButton, words: str) -> None:
        button.setProperty("flat", "row")
        button.setFixedSize(_WIDTH, _HEIGHT)
        button.setIconSize(QSize(16, 16))
        button.setToolTip(words)
        button.setAccessibleName(words)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setCursor(Qt.CursorShape.ArrowCursor)

    def set_tokens(self, tokens: Tokens) -> None:
        """Tint the icons."""
        self._handle.setIcon(icon("grip-vertical", tokens))
        self._plus.setIcon(icon("plus", tokens))

    def stand_beside(self, row: QRect, *, left: int, word: str) -> None:
        """Stand left of ``left``, in the middle of a row; ``word`` is what it is called. Without room there they go away."""
        words = f"在下面插入{word}（Ctrl+Shift+＋）"
        self._plus.setToolTip(words)
        self._plus.setAccessibleName(words)
        self.move(left - self.width() - 4, row.top() + (row.height() - self.height()) // 2)
        self.setVisible(self.x() >= 0)
