"""封面 (cover): the first page of a report on the desk, its fields typed where they are printed.

It shows and tells; it knows no record.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from perfdesk.template import Align
from ui import theme
from ui.report.field import CoverField

if TYPE_CHECKING:
    from perfdesk.model import Binding
    from ui.report.front import FrontRow
    from ui.report.looks import Looks

EDGE, SHADE_RIGHT, SHADE_BELOW = 1, 2, 3  # px: line round a page, and its shade
_BLANK_ROW: Final = 0.5  # of a line: on paper such rows only hold the text apart
_LEAST_FIELD: Final = 6  # characters


class Cover(QWidget):
    """The page. ``typed`` carries a binding and its text, ``entered`` the binding that has the keyboard now.

    ``left``: the keyboard goes on into the text. ``grown``: the page takes another height.
    """

    typed = Signal(object, str)
    entered = Signal(object)
    left = Signal()
    grown = Signal()
    refused = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._rows: tuple[FrontRow, ...] = ()
        self._looks: Looks | None = None
        self._lines: list[tuple[FrontRow, QWidget]] = []
        self._fields: dict[Binding, CoverField] = {}
        self._current: Binding | None = None
        self._column = QVBoxLayout(self)
        self._column.setSpacing(0)
        self.setAccessibleName("封面")
        self.hide()

    @property
    def place(self) -> Binding | None:
        """The field that is current, ``None`` while the text is."""
        return self._current

    @property
    def room(self) -> int:
        """Height of the page with its edges, px; 0 where the report has no cover."""
        return self.height() if self._fields else 0

    # ----------------------------------------------------------------------------------------------------------- rows
    def show_rows(self, rows: tuple[FrontRow, ...], *, text_of: Callable[[Binding], str], read_only: bool) -> None:
        """Show the fields with their texts; they are made anew only for another cover."""
        if rows != self._rows:
            self._rows = rows
            self._make()
        for binding, field in self._fields.items():
            if field.isReadOnly() is not read_only:  # at every keystroke; Qt sets up the whole field anew
                field.setReadOnly(read_only)
            field.show_text(text_of(binding))

    def _make(self) -> None:
        for _row, line in self._lines:
            self._column.removeWidget(line)
            line.deleteLater()
        self._fields, self._current = {}, None
        self._lines = [(row, self._line(row)) for row in self._rows]
        for _row, line in self._lines:
            self._column.addWidget(line)
        self.setVisible(bool(self._fields))
        if self._looks is not None:
            self.fit(self._looks)

    def _line(self, row: FrontRow) -> QWidget:
        line = QWidget(self)
        box = QHBoxLayout(line)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        if row.align is not Align.LEFT:
            box.addStretch(1)
        for part in row.parts:
            if part.binding is None:
                box.addWidget(_words(part.words, line))
            else:
                box.addWidget(self._field(part.words, part.binding, row, line))
        if row.align is not Align.RIGHT:
            box.addStretch(1)
        return line

    def _field(self, words: str, binding: Binding, row: FrontRow, line: QWidget) -> CoverField:
        alone = len(row.parts) == 1
        field = CoverField(words, row.align if alone else Align.LEFT, line, is_title=row.is_title)
        self._fields[binding] = field
        field.typed.connect(partial(self.typed.emit, binding))
        field.entered.connect(partial(self._enter, binding))
        field.left.connect(partial(self._leave, binding))
        field.refused.connect(self.refused)
        field.grown.connect(self._grow)
        return field

    # ----------------------------------------------------------------------------------------------------------- look
    def fit(self, looks: Looks) -> None:
        """Take zoom and colours of the page."""
        self._looks = looks
        width = looks.page[0]
        right = width - looks.left - looks.text_width
        self._column.setContentsMargins(
            EDGE + looks.left, looks.top, right + EDGE + SHADE_RIGHT, looks.top + SHADE_BELOW
        )
        for row, line in self._lines:
            self._fit_line(row, line, looks)
        self.setFixedWidth(width + 2 * EDGE + SHADE_RIGHT)
        self._grow()

    def _fit_line(self, row: FrontRow, line: QWidget, looks: Looks) -> None:
        font, leading = looks.cover(is_title=row.is_title)
        labels = cast(list[QLabel], line.findChildren(QLabel))
        fields = cast(list[CoverField], line.findChildren(CoverField))
        palette = self.palette()
        palette.setColor(self.foregroundRole(), theme.qcolor(looks.paper.print))
        for label in labels:
            label.setPalette(palette)
            label.setFont(font)
        room = looks.text_width - sum(label.sizeHint().width() for label in labels)
        for field in fields:
            field.fit(font, leading, looks.paper)
            least = _LEAST_FIELD * looks.em
            hugs = row.align is not Align.LEFT and len(row.parts) > 1
            field.fit_width(max(room // len(fields), least), least=least if hugs else 0)
        for label in labels if fields else ():
            _stand_level(label, fields[0], round(leading))
        line.setContentsMargins(0, round(looks.leading) if row.is_title else 0, 0, 0)
        if not row.parts:
            line.setFixedHeight(round(looks.leading * _BLANK_ROW))

    def _grow(self) -> None:
        """Be as high as the rows, at once: Qt would tell the lines only with the next round of events."""
        for _row, line in self._lines:
            layout = line.layout()
            if layout is not None:
                layout.invalidate()
            line.updateGeometry()
        self._column.invalidate()
        height = self._column.sizeHint().height()
        if height != self.height():
            self.setFixedHeight(height)
            self.grown.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the page with its edge and shade."""
        if self._looks is not None:
            painter = QPainter(self)
            paint_page(
                painter, (EDGE, EDGE), (self._looks.page[0], self.height() - 2 * EDGE - SHADE_BELOW), self._looks
            )
            painter.end()

    # ---------------------------------------------------------------------------------------------------------- place
    def choose(self, binding: Binding, *, focus: bool) -> bool:
        """Make a field current, with the keyboard if asked. False where it is not on the cover."""
        field = self._fields.get(binding)
        if field is None:
            return False
        if focus:
            field.setFocus(Qt.FocusReason.OtherFocusReason)
        self._enter(binding)
        return True

    def take_focus(self) -> bool:
        """Give the keyboard to the current field, if one is."""
        return self._current is not None and self.choose(self._current, focus=True)

    def go_last(self) -> bool:
        """Come up from the text. False where there is no field."""
        return bool(self._fields) and self.choose([*self._fields][-1], focus=True)

    def leave(self) -> None:
        """The text is current again."""
        self._mark(None)

    def top_of(self, binding: Binding) -> tuple[int, int]:
        """Return top and bottom of a field on the page, px."""
        field = self._fields[binding]
        top = field.mapTo(self, field.rect().topLeft()).y()
        return top, top + field.height()

    def put_in(self, text: str) -> None:
        """Put a text in at the caret of the current field."""
        if self._current is not None:
            self._fields[self._current].put_in(text)

    def _enter(self, binding: Binding) -> None:
        if binding != self._current:
            self._mark(binding)
            self.entered.emit(binding)

    def _mark(self, binding: Binding | None) -> None:
        self._current = binding
        for one, field in self._fields.items():
            field.is_current = one == binding
            field.viewport().update()

    def _leave(self, binding: Binding, step: int) -> None:
        places = [*self._fields]
        at = places.index(binding) + step
        if at >= len(places):
            self.left.emit()
        elif at >= 0:
            self.choose(places[at], focus=True)


def _words(words: str, line: QWidget) -> QLabel:
    label = QLabel(words, line)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label


def _stand_level(label: QLabel, field: CoverField, height: int) -> None:
    """Put the words of a label on the same line as the text of a field."""
    metrics = label.fontMetrics()
    lower = field.baseline - round((height - metrics.height()) / 2) - metrics.ascent()
    label.setFixedHeight(height)
    label.setContentsMargins(0, max(2 * lower, 0), 0, max(-2 * lower, 0))


def paint_page(painter: QPainter, corner: tuple[int, int], size: tuple[int, int], looks: Looks) -> None:
    """Paint a page of a size, px, with its edge and shade; ``corner`` is its upper left."""
    (x, y), (width, height), paper = corner, size, looks.paper
    painter.fillRect(x - 1, y - 1, width + 2 + SHADE_RIGHT, height + 1 + SHADE_BELOW, theme.qcolor(paper.shade))
    painter.fillRect(x - 1, y - 1, width + 2, height + 2, theme.qcolor(paper.edge))
    painter.fillRect(x, y, width, height, theme.qcolor(paper.paper))
