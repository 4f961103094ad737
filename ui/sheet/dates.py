"""日期 (dates): the calendar of a cell that holds a date. What was typed stays as typed; a chosen day is written like it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import QDate, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QFrame, QToolButton, QVBoxLayout

from perfdesk.amounts import narrow
from perfdesk.editing import get_text
from perfdesk.model import Block
from perfdesk.template import FieldKind
from perfdesk.template.types import FIELD
from ui import icons, theme
from ui.sheet.delegate import is_input
from ui.sheet.moves import date_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter

    from perfdesk.model import Binding
    from perfdesk.sheet import Cell
    from ui.sheet.view import SheetView
    from ui.theme import Tokens

BUTTON: Final = 20  # px: the square with the calendar at the right edge of the current cell
_DATE: Final = re.compile(r"\s*([0-9]{4})\s*([年./-])\s*([0-9]{1,2})\s*[月./-]\s*([0-9]{1,2})\s*日?\s*")


def read_date(text: str) -> date | None:
    """Read a date as it is typed: 2024年12月31日, 2024-12-31, 2024.1.5; ``None`` for anything else."""
    match = _DATE.fullmatch(narrow(text))
    if match is None:
        return None
    try:
        return date(int(match[1]), int(match[3]), int(match[4]))
    except ValueError:
        return None


def written_like(day: date, text: str) -> str:
    """Write a day as the date in ``text`` is written; as 2024年12月31日 where that is none."""
    match = _DATE.fullmatch(narrow(text))
    if match is None or match[2] == "年":
        return date_text(day)
    digits = "{:02d}" if len(match[3]) > 1 and len(match[4]) > 1 else "{}"
    return match[2].join((str(day.year), digits.format(day.month), digits.format(day.day)))


class Calendar(QFrame):
    """The calendar over the sheet. ``chosen`` carries the day; it closes after one, and on Esc."""

    chosen = Signal(object)

    def __init__(self, day: date, parent: SheetView) -> None:
        super().__init__(parent)
        self.setWindowFlags(Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("box", "float")
        self.days = QCalendarWidget(self)
        self.days.setAccessibleName("日历，方向键选日期，回车确定")
        self.days.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self.days.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.days.setSelectedDate(QDate(day.year, day.month, day.day))
        self._look()
        self.days.activated.connect(self._choose)  # Enter
        self.days.clicked.connect(self._choose)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.addWidget(self.days)

    def _look(self) -> None:
        """Draw it in the colours and icons of the program; Qt's own weekend red cannot be read on a dark ground."""
        table, plain = theme.tokens(self.palette()), QTextCharFormat()
        plain.setForeground(theme.qcolor(table.ink))
        for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            self.days.setWeekdayTextFormat(day, plain)
        for name, icon in (("qt_calendar_prevmonth", "arrow-up"), ("qt_calendar_nextmonth", "arrow-down")):
            button = cast("QToolButton | None", self.days.findChild(QToolButton, name))  # Qt's own names for them
            if button is not None:
                button.setIcon(icons.icon(icon, table, dpr=self.devicePixelRatioF()))

    def open_below(self, cell: QRect) -> None:
        """Stand below a cell (on the screen); above it where there is no room."""
        size, screen = self.sizeHint(), self.screen().availableGeometry()
        below = cell.bottom() + 2
        top = below if below + size.height() <= screen.bottom() else cell.top() - size.height() - 1
        left = min(cell.left(), screen.right() - size.width())
        self.setGeometry(QRect(QPoint(max(left, screen.left()), max(top, screen.top())), size))
        self.show()
        self.days.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def _choose(self, day: QDate) -> None:
        self.close()
        self.chosen.emit(date(day.year(), day.month(), day.day()))


class Dates(QObject):
    """The dates of one view."""

    def __init__(self, view: SheetView, *, today: Callable[[], date]) -> None:
        super().__init__(view)
        self._view, self._today = view, today

    def open(self) -> bool:
        """Alt+↓: open the calendar of the current cell. False where it holds no date."""
        place, document = self._place(self._view.current_cell()), self._view.document
        if place is None or document is None:
            return False
        if document.read_only:
            self._view.refused.emit(document.why_locked)
            return True
        calendar = Calendar(read_date(get_text(document.record, place)) or self._today(), self._view)
        calendar.chosen.connect(self._put)
        rect = self._view.visualRect(self._view.currentIndex())
        calendar.open_below(QRect(self._view.viewport().mapToGlobal(rect.topLeft()), rect.size()))
        return True

    def press(self, event: QMouseEvent) -> bool:
        """A click on the calendar of the current cell opens it. Tell whether it was one."""
        left = event.button() is Qt.MouseButton.LeftButton
        return left and self.button().contains(event.position().toPoint()) and self.open()

    def button(self) -> QRect:
        """Return where the calendar of the current cell stands, empty where it has none."""
        view = self._view
        if view.is_editing or self._place(view.current_cell()) is None:
            return QRect()
        rect = view.visualRect(view.currentIndex())
        side = min(theme.px(view.font(), BUTTON), rect.height() - 2)
        return QRect(rect.right() - side, rect.bottom() - side, side, side)

    def paint_button(self, painter: QPainter, table: Tokens) -> None:
        """Paint the calendar of the current cell."""
        box = self.button()
        if box.isValid():
            painter.fillRect(box, theme.qcolor(table.paper.range))
            size = box.width() - 4
            drawn = icons.pixmap("calendar-days", table.paper.select, size, self._view.devicePixelRatioF())
            painter.drawPixmap(box.left() + 2, box.top() + 2, drawn)

    def _put(self, day: date) -> None:
        """Write the chosen day as one undo step."""
        place, document = self._place(self._view.current_cell()), self._view.document
        if place is not None and document is not None:
            text = written_like(day, get_text(document.record, place))
            self._view.ranges.write("填日期", ((place, text),))

    def _place(self, cell: Cell | None) -> Binding | None:
        """Return the field of a cell if it holds a date, and only that."""
        document, binding = self._view.document, cell.binding if cell is not None else None
        if document is None or binding is None or not is_input(cell):
            return None
        fields = FIELD.findall(binding.pattern) or [binding.key]
        if len(fields) != 1:
            return None
        find = document.template.field if binding.block is Block.VALUES else document.template.column
        field = find(fields[0])
        is_date = field is not None and field.kind is FieldKind.DATE
        return replace(binding, key=fields[0], pattern="") if is_date else None
