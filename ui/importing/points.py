"""需要您看一眼 (point list): one row for each point with its place and its answers. It shows and tells; it decides nothing."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from perfdesk.arriving import Gravity, Point, Say
from ui import theme
from ui.widgets.looks import set_look
from ui.widgets.marks import Mark, MarkLabel

_TITLE: Final = 172  # px
_WHERE: Final = 190


class PointList(QScrollArea):
    """The list. ``turned_to`` carries the number of the row that became current, ``said`` a row and the answer to it."""

    turned_to = Signal(int)
    said = Signal(int, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[PointRow] = []
        self._current = -1
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("需要您看一眼")

    def show_points(self, points: Sequence[Point], said: Sequence[Say | None]) -> None:
        """Show these points and what was said to them; no row is current."""
        page = QWidget()
        page.setProperty("bar", "location")
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._rows, self._current = [], -1
        for number, point in enumerate(points):
            row = PointRow(number, point, page)
            row.chosen.connect(self.choose)
            row.said.connect(self.said)
            row.show_answer(said[number])
            column.addWidget(row)
            self._rows.append(row)
        column.addStretch(1)
        self.setWidget(page)

    def show_answer(self, number: int, say: Say | None) -> None:
        """Show what holds for a point now."""
        self._rows[number].show_answer(say)

    @property
    def current(self) -> int:
        """The number of the current row, -1 where none is."""
        return self._current

    def choose(self, number: int) -> None:
        """Make a row current."""
        if number == self._current or not 0 <= number < len(self._rows):
            return
        for at, row in enumerate(self._rows):
            row.set_current(on=at == number)
        self._current = number
        self.ensureWidgetVisible(self._rows[number], 0, 0)
        self.turned_to.emit(number)

    def step(self, by: int) -> None:
        """F8: the next row, and its first button has the keyboard."""
        if self._rows:
            number = (self._current + by) % len(self._rows) if self._current >= 0 else 0
            self.choose(number)
            self._rows[number].take_focus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go from row to row."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.step(step)

    def texts(self) -> tuple[tuple[str, str, str], ...]:
        """Return title, words and place of every row."""
        return tuple(row.texts() for row in self._rows)

    def button(self, number: int, say: Say) -> QPushButton:
        """Return the button of an answer."""
        return self._rows[number].buttons[say]


class PointRow(QFrame):
    """One point: mark, title, words, place, answers."""

    chosen = Signal(int)
    said = Signal(int, str)

    def __init__(self, number: int, point: Point, parent: QWidget) -> None:
        super().__init__(parent)
        self._number = number
        self._point = point
        self.setProperty("box", "point")
        self.setMinimumHeight(theme.px(self.font(), theme.ROW_TABLE))
        self._title, self._words, self._where = QLabel(point.title, self), _Elided(point.words, self), QLabel(self)
        self._title.setProperty("role", "strong")
        self._title.setFixedWidth(theme.px(self.font(), _TITLE))
        self._title.setToolTip(point.title)
        self._where.setProperty("ink", "2")
        metrics = self.fontMetrics()
        most = theme.px(self.font(), _WHERE)
        self._where.setText(metrics.elidedText(point.where, Qt.TextElideMode.ElideLeft, most))
        self._where.setToolTip("、".join(one.address for one in point.places))
        self.buttons: dict[Say, QPushButton] = {}
        row = QHBoxLayout(self)
        side = theme.px(self.font(), theme.SPACING[5])
        row.setContentsMargins(side, 0, side, 0)
        row.setSpacing(theme.px(self.font(), theme.SPACING[3]))
        mark = Mark.WARNING if point.gravity is Gravity.ASKS else Mark.HINT
        row.addWidget(MarkLabel(mark, parent=self))
        row.addWidget(self._title)
        row.addWidget(self._words, 1)
        row.addWidget(self._where)
        for say in point.answers:
            row.addWidget(self._make_button(say))
        self.setAccessibleName(f"{point.title}。{point.words}。{point.where}")

    def _make_button(self, say: Say) -> QPushButton:
        button = QPushButton(say.value, self)
        button.setProperty("fit", "card")
        button.setCheckable(True)
        button.setAutoDefault(True)  # Enter answers; else it would go on to the next form
        button.setAccessibleDescription(f"{self._point.title}。{self._point.words}")
        button.clicked.connect(partial(self._say, say))
        button.installEventFilter(self)
        self.buttons[say] = button
        return button

    def _say(self, say: Say, *_clicked: object) -> None:
        self.show_answer(say)
        self.chosen.emit(self._number)
        self.said.emit(self._number, say.value)

    def show_answer(self, say: Say | None) -> None:
        """Press the button of the answer that was given."""
        for one, button in self.buttons.items():
            button.setChecked(one is say)

    def set_current(self, *, on: bool) -> None:
        """Show that the places of this point are the current ones."""
        set_look(self, "current", "true" if on else "false")

    def take_focus(self) -> None:
        """Give the keyboard to the first answer."""
        next(iter(self.buttons.values())).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def texts(self) -> tuple[str, str, str]:
        """Return title, words and place."""
        return self._title.text(), self._point.words, self._point.where

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click makes the row current."""
        super().mousePressEvent(event)
        self.chosen.emit(self._number)

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """A button that gets the keyboard makes its row current."""
        if isinstance(event, QFocusEvent) and event.gotFocus():
            self.chosen.emit(self._number)
        return False


class _Elided(QLabel):
    """A line that is cut with three dots where it does not fit; its tooltip is the whole."""

    def __init__(self, words: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._whole = words
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setToolTip(words)
        self.setMinimumWidth(80)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut anew."""
        super().resizeEvent(event)
        self.setText(self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, self.width()))
