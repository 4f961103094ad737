"""封面的格 (field): one text on the cover of a report, typed where it stands. It keeps no undo steps; the record has them."""

from __future__ import annotations

from functools import partial
from itertools import takewhile
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QMimeData, QRect, QSignalBlocker, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFont,
    QInputMethodEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QTextBlockFormat,
    QTextCursor,
    QTextOption,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

from perfdesk.layout import STYLES, title_lines
from perfdesk.sheet import Role
from perfdesk.template import Align
from ui import theme
from ui.widgets.keys import is_left_to_the_window
from ui.widgets.typed import typed_text

if TYPE_CHECKING:
    from ui.theme import Paper

_ALIGN: Final = {
    Align.LEFT: Qt.AlignmentFlag.AlignLeft,
    Align.CENTER: Qt.AlignmentFlag.AlignHCenter,
    Align.RIGHT: Qt.AlignmentFlag.AlignRight,
}
_WIDE: Final = "字"
_ON: Final = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab})


class CoverField(QTextEdit):
    """A field as high as its text. ``left`` carries -1 or +1: the keyboard goes to the field before or after.

    ``typed`` carries the text, ``grown`` tells that it takes another number of lines, ``refused`` that nothing can be typed here.
    """

    typed = Signal(str)
    entered = Signal()
    left = Signal(int)
    grown = Signal()
    refused = Signal()

    def __init__(self, words: str, align: Align, parent: QWidget, *, is_title: bool = False) -> None:
        super().__init__(parent)
        self._words, self._align, self._is_title = words, _ALIGN[align], is_title
        self._text, self._leading = "", 0.0
        self._most, self._least = self.width(), 0
        self._paper: Paper = theme.LIGHT.paper
        self.is_current = False
        self.setProperty("page", "cover")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAcceptRichText(False)
        self.setAcceptDrops(False)
        self.setUndoRedoEnabled(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(words)
        self.document().setDocumentMargin(0)
        option = QTextOption(self._align)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.document().setDefaultTextOption(option)
        self.textChanged.connect(self._tell)

    # ----------------------------------------------------------------------------------------------------------- text
    def show_text(self, text: str) -> None:
        """Show what the record holds; the caret stays where the text is the same."""
        if text == typed_text(self.document()):
            return
        with QSignalBlocker(self):  # a file may bring ends of lines that the field shows as others
            self.setPlainText(text)
            self.moveCursor(QTextCursor.MoveOperation.End)
        self._text = typed_text(self.document())
        self._shape()

    def fit(self, font: QFont, leading: float, paper: Paper) -> None:
        """Take the type of the page at its zoom."""
        self._leading, self._paper = leading, paper
        self.setFont(font)
        self.setTextColor(theme.qcolor(paper.print))
        self._shape()

    def _shape(self) -> None:
        """Give all lines the height of the page's; the text itself stays."""
        cursor, form = QTextCursor(self.document()), QTextBlockFormat()
        form.setLineHeight(self._leading, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.mergeBlockFormat(form)
        characters = self.currentCharFormat()
        characters.setFont(self.font())
        characters.setForeground(theme.qcolor(self._paper.print))
        cursor.setCharFormat(characters)
        self.setCurrentCharFormat(characters)
        self._fit_height()

    @property
    def baseline(self) -> int:
        """Where the first line of the text stands, px from the top."""
        line = self.document().firstBlock().layout().lineAt(0)
        return round(line.y() + line.ascent())

    def fit_width(self, most: int, *, least: int) -> None:
        """Take a width in px; the height follows. A field within a centred row is as wide as its text, not less than ``least``."""
        self._most, self._least = most, least
        self._fit_height()

    def _wanted_width(self) -> int:
        if self._least == 0:
            return self._most
        words = self.toPlainText() or self._words
        return min(max(self.fontMetrics().horizontalAdvance(words) + 2 * theme.FRAME, self._least), self._most)

    def _fit_height(self) -> None:
        """Be as high as the lines; those of a centred text are of about one length, as they are printed."""
        page, width = self.document(), self._wanted_width()
        self.setFixedWidth(width)
        page.setTextWidth(width)
        needed = page.size().height()
        if self._align is Qt.AlignmentFlag.AlignHCenter and needed > 1.5 * self._leading:
            step = max(self.fontMetrics().horizontalAdvance(_WIDE), 1)
            narrower = range(width - width % step, step, -step)
            printed = self._printed_width(width) if self._is_title else width
            as_printed = printed < width and self._holds(needed, printed)
            width = printed if as_printed else min(takewhile(partial(self._holds, needed), narrower), default=width)
        side = (self.width() - width) // 2
        self.setViewportMargins(side, 0, side, 0)
        page.setTextWidth(width)
        height = max(round(needed), round(self._leading))
        if height != self.height():
            self.setFixedHeight(height)
            self.grown.emit()

    def _printed_width(self, width: int) -> int:
        """Return the width in px of the longest line of a title as it is printed on ``width`` px."""
        metrics, text = self.fontMetrics(), typed_text(self.document())
        points = STYLES[Role.COVER_TITLE].size / max(metrics.horizontalAdvance(_WIDE), 1)
        return max(map(metrics.horizontalAdvance, title_lines(text, width * points)), default=width) + theme.FRAME

    def _holds(self, height: float, width: int) -> bool:
        """Tell whether the text is no higher in lines of ``width`` px."""
        self.document().setTextWidth(width)
        return self.document().size().height() <= height

    def _tell(self) -> None:
        text = typed_text(self.document())
        self._fit_height()
        if text != self._text:
            self._text = text
            self.typed.emit(text)

    def put_in(self, text: str) -> None:
        """Put a text in at the caret, in the place of what is selected."""
        if self.isReadOnly():
            self.refused.emit()
        else:
            self.textCursor().insertText(text)

    # ----------------------------------------------------------------------------------------------------------- keys
    def event(self, event: QEvent) -> bool:
        """Leave undo to the record."""
        if is_left_to_the_window(event):
            event.ignore()
            return False
        return super().event(event)

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002 - Qt's name
        """Tab goes through the cover into the text."""
        self.left.emit(1 if next else -1)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on to the next field, the arrows leave at the first and last line."""
        step = self._way_out(event)
        if step:
            self.left.emit(step)
        elif self.isReadOnly() and event.text() and event.text().isprintable():
            self.refused.emit()
        else:
            super().keyPressEvent(event)

    def _way_out(self, event: QKeyEvent) -> int:
        if event.key() in _ON:
            return 1
        way = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        if not way or event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            return 0
        probe = self.textCursor()
        stays = probe.movePosition(QTextCursor.MoveOperation.Up if way < 0 else QTextCursor.MoveOperation.Down)
        return 0 if stays else way

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """An input method types nothing where nothing can be typed."""
        if self.isReadOnly():
            if event.commitString():
                self.refused.emit()
            return
        super().inputMethodEvent(event)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste as one line of words."""
        self.put_in(" ".join(source.text().split()))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard is here."""
        super().focusInEvent(event)
        self.entered.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel scrolls the page."""
        event.ignore()

    # ------------------------------------------------------------------------------------------------------- painting
    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground of the current field first, then the text, or what is expected in its place."""
        painter, room = QPainter(self.viewport()), self.viewport().rect()
        if self.is_current or self.underMouse():
            painter.fillRect(room, theme.qcolor(self._paper.range if self.is_current else self._paper.hover))
        if not self.toPlainText() and not self.textCursor().block().layout().preeditAreaText():
            self._paint_words(painter, room)
        painter.end()
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self.viewport())
            painter.setPen(QPen(theme.qcolor(self._paper.select), theme.LINE))
            painter.drawLine(room.left(), room.bottom(), room.right(), room.bottom())
            painter.end()

    def _paint_words(self, painter: QPainter, room: QRect) -> None:
        painter.setFont(self.font())
        painter.setPen(theme.qcolor(self._paper.ghost))
        painter.drawText(room, self._align | Qt.AlignmentFlag.AlignVCenter, self._words)
