"""图表 (charts): the row of charts of 年度总览: scores, execution rates, and the budgets of the years, folded away or not.

It says what is to be drawn and shows the drawings when they come (``ui.charting``); it draws nothing and computes nothing. A place
is kept for them from the beginning, so that nothing jumps when they come.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QByteArray, QEvent, QPointF, QRectF, QSizeF, Qt, QTimer, Signal
from PySide6.QtGui import QPainter
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QWidget

from perfdesk.model import FormKind
from ui import icons, theme

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QResizeEvent

    from perfdesk.overview import Row
    from ui.theme import Tokens

MOST, LEAST, LOW = 5, 3, 3
"""Bars there is room for: at the most, at the least, and in a low window."""
LINE: Final = 21  # px from one bar to the next
HEAD: Final = 25  # px of title and note
PAD: Final = (14, 10)  # px at the sides, above and below
GAP: Final = 12  # px between two charts
LATER: Final = 100  # ms after the last change: what is on the screen comes first
_EMPTY: Final = 3  # frames while nothing is drawn yet
_LOW_WINDOW: Final = 620  # px
_TIP_LINES: Final = 20


class Wanted(NamedTuple):
    """What is to be drawn: the year, its rows, and the room there is: px in all, bars, size of the type; in which colours."""

    year: int
    rows: tuple[Row, ...]
    width: int
    bars: int
    size: int
    table: Tokens


class Picture(NamedTuple):
    """One drawing: SVG and its size in px, its title, all its figures in words, and the same line by line."""

    svg: bytes
    width: int
    height: int
    title: str
    words: str
    tip: str


class ChartRow(QWidget):
    """The row. ``wanted`` carries a :class:`Wanted`; ``open_changed`` tells that somebody folded or unfolded it."""

    wanted = Signal(object)
    open_changed = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.fold = FoldButton(parent)
        self._year = 0
        self._rows: tuple[Row, ...] = ()
        self._cards: list[ChartCard] = []
        self._is_open, self._is_low = True, False
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(LATER)
        self._later.timeout.connect(self._ask)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(self.font(), GAP))
        self.fold.clicked.connect(self._switch)
        self._fit()

    # ------------------------------------------------------------- showing
    def show_rows(self, year: int, rows: tuple[Row, ...]) -> None:
        """Show a year, or the same one after a change; the drawings come later."""
        if year != self._year:
            self._clear()
        if (year, rows) != (self._year, self._rows):
            self._year, self._rows = year, rows
            self._fit()
            self._later.start()

    def show_pictures(self, pictures: tuple[Picture, ...]) -> None:
        """Show the drawings; the places of charts that there are no more go."""
        self._keep(len(pictures))
        for card, picture in zip(self._cards, pictures, strict=True):
            card.show_picture(picture)

    def _keep(self, count: int) -> None:
        """Have so many frames."""
        row = self.layout()
        while len(self._cards) > count:
            card = self._cards.pop()
            card.hide()
            card.deleteLater()
        while row is not None and len(self._cards) < count:
            card = ChartCard(self)
            row.addWidget(card)
            self._cards.append(card)

    def _clear(self) -> None:
        """Show empty frames until the drawings come."""
        self._keep(max(len(self._cards), _EMPTY))
        for card in self._cards:
            card.show_picture(None)

    def pictures(self) -> tuple[Picture, ...]:
        """Return the drawings that are shown, from left to right."""
        return tuple(card.picture for card in self._cards if card.picture is not None)

    @property
    def is_open(self) -> bool:
        """Whether the row is unfolded."""
        return self._is_open

    def set_open(self, *, on: bool) -> None:
        """Fold or unfold, without telling."""
        self._is_open = on
        self._fit()
        self._later.start()

    def set_low(self, *, low: bool) -> None:
        """Take less room in a low window."""
        if low is not self._is_low:
            self._is_low = low
            self._fit()
            self._later.start()

    def fit_height(self, height: int) -> None:
        """Fit to the height of the page."""
        self.set_low(low=height < theme.px(self.font(), _LOW_WINDOW))

    def bars(self) -> int:
        """Return how many bars there is room for."""
        count = sum(map(_is_project, self._rows))
        return min(LOW if self._is_low else MOST, max(count, LEAST))

    def _fit(self) -> None:
        """Keep the place, and no more of it than there will be bars."""
        there = any(map(_may_be_drawn, self._rows))
        self.fold.setVisible(there)
        self.fold.show_state(is_open=self._is_open)
        self.setVisible(there and self._is_open)
        self.setFixedHeight(theme.px(self.font(), HEAD + self.bars() * LINE + 2 * PAD[1]))

    def _switch(self) -> None:
        self.set_open(on=not self._is_open)
        self.open_changed.emit(self._is_open)

    def _ask(self) -> None:
        """Ask for the drawings, where anybody sees them and the first figures have come."""
        if self.isVisible() and any(map(_is_known, self._rows)):
            table, font = theme.tokens(self.palette()), self.font()
            self.wanted.emit(
                Wanted(self._year, self._rows, self.width(), self.bars(), theme.px(font, theme.BODY), table)
            )

    # -------------------------------------------------------------- window
    def showEvent(self, event: QEvent) -> None:
        """Have drawn what nobody wanted to see until now."""
        super().showEvent(event)  # type: ignore[arg-type]  # Qt gives a QShowEvent
        self._later.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Have it drawn in the new width."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._later.start()

    def changeEvent(self, event: QEvent) -> None:
        """Have it drawn anew in other colours or type."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.PaletteChange, QEvent.Type.FontChange}:
            self._fit()
            self._later.start()


class ChartCard(QFrame):
    """One chart in its frame; a screen reader and the tool tip get its figures in words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("box", "card")
        self._drawing = QSvgRenderer(self)
        self.picture: Picture | None = None

    def show_picture(self, picture: Picture | None) -> None:
        """Show a drawing, or the empty frame."""
        if picture == self.picture:
            return
        self.picture = picture
        if picture is not None:
            self._drawing.load(QByteArray(picture.svg))
        self.setAccessibleName(picture.title if picture is not None else "")
        self.setAccessibleDescription(picture.words if picture is not None else "")
        self.setToolTip(picture.tip if picture is not None else "")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the frame, and the drawing in it at its own size."""
        super().paintEvent(event)
        if self.picture is None:
            return
        corner = QPointF(*(theme.px(self.font(), side) for side in PAD))
        painter = QPainter(self)
        self._drawing.render(painter, QRectF(corner, QSizeF(self.picture.width, self.picture.height)))
        painter.end()


class FoldButton(QToolButton):
    """图表: folds the row away and brings it back."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_open = True
        self.setText("图表")
        self.setProperty("flat", "icon")
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_state(self, *, is_open: bool) -> None:
        """Say what a click would do."""
        self._is_open = is_open
        words = "收起图表" if is_open else "展开图表"
        self.setToolTip(words)
        self.setAccessibleName(words)
        self.set_icon()

    def set_icon(self) -> None:
        """Draw the arrow in the present theme."""
        table, size = theme.tokens(self.palette()), theme.px(self.font(), icons.ROW_SIZE)
        name = "chevron-down" if self._is_open else "chevron-right"
        self.setIcon(icons.icon(name, table, dpr=self.devicePixelRatioF(), size=size, ink="ink2"))

    def changeEvent(self, event: QEvent) -> None:
        """Draw the arrow anew when theme, text size or screen change."""
        super().changeEvent(event)
        if event.type() in icons.REDRAW_ON:
            self.set_icon()


def tip_of(words: str) -> str:
    """Return the words of a chart line by line, of a long one the beginning."""
    head, _, rest = words.partition("：")
    lines = rest.split("；")
    more = (f"还有 {len(lines) - _TIP_LINES} 个",) if len(lines) > _TIP_LINES else ()
    return "\n".join((head, *lines[:_TIP_LINES], *more))


def _is_project(row: Row) -> bool:
    return row.kind is FormKind.PROJECT_SELF


def _may_be_drawn(row: Row) -> bool:
    """Tell whether a row has a score or a rate, or may yet have one."""
    return _is_project(row) and (row.figures is None or _is_known(row))


def _is_known(row: Row) -> bool:
    found = row.figures
    return _is_project(row) and found is not None and (found.score is not None or found.rate is not None)
