"""数据项 (data items) on the page: one character each, painted as the present text of its figure on a light ground.

The text of an item is the figure's, so that screen and print agree; where the figure is gone, the last one. It decides nothing
about which figures there are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen, QPyTextObject, QTextDocument, QTextFormat

from perfdesk.dataitems import Figures, item_for
from ui import theme
from ui.report.looks import KEY, TEXT
from ui.theme import Paper

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

_SHAPING: Final = (KEY, TEXT, QTextFormat.Property.FontPixelSize, QTextFormat.Property.FontWeight)
_AIR: Final = 0.1  # em left and right of the text


class ItemPainter(QPyTextObject):
    """Measures and paints the data items of one document."""

    def __init__(self, paper: Paper, parent: QObject) -> None:
        super().__init__(parent)
        self.paper = paper
        self._sizes: dict[tuple[object, ...], QSizeF] = {}
        self.figures = Figures()

    @property
    def figures(self) -> Figures:
        """The figures of the year by key."""
        return self._figures

    @figures.setter
    def figures(self, figures: Figures) -> None:
        self._figures = figures
        self._sizes.clear()

    def shown(self, key: str, last: str) -> str:
        """Return what an item of that key and last text shows."""
        figure = self.figures.get(key)
        return last if figure is None else item_for(figure).text

    def intrinsicSize(self, doc: QTextDocument, posInDocument: int, format: QTextFormat) -> QSizeF:  # noqa: A002 - Qt's name
        """Return the room of an item, px; kept, for every key asks for each item of the paragraph several times."""
        key = (*map(format.property, _SHAPING), str(format.property(QTextFormat.Property.FontFamilies)))
        if key not in self._sizes:
            self._sizes[key] = self._size(format)
        return self._sizes[key]

    def _size(self, format: QTextFormat) -> QSizeF:  # noqa: A002 - Qt's name
        metrics = QFontMetricsF(format.toCharFormat().font())
        air = 2 * _AIR * metrics.height()
        return QSizeF(metrics.horizontalAdvance(self._text(format)) + air, metrics.height())

    def drawObject(
        self,
        painter: QPainter,
        rect: QRectF | QRect,
        doc: QTextDocument,
        posInDocument: int,
        format: QTextFormat,  # noqa: A002 - Qt's name
    ) -> None:
        """Paint ground, text and the line below; a selected item in the colours of the selection."""
        characters = format.toCharFormat()
        selected = characters.background().style() is not Qt.BrushStyle.NoBrush
        ground = characters.background().color() if selected else theme.qcolor(self.paper.range)
        ink = characters.foreground().color() if selected else theme.qcolor(self.paper.typed)
        metrics = QFontMetricsF(characters.font())
        box = QRectF(rect).adjusted(1, 0, -1, 0)
        painter.save()
        painter.fillRect(box, ground)
        painter.setFont(characters.font())
        painter.setPen(QPen(ink))
        left = box.left() + (box.width() - metrics.horizontalAdvance(self._text(format))) / 2
        painter.drawText(QPointF(left, box.bottom() - metrics.descent()), self._text(format))
        painter.setPen(QPen(ink if selected else theme.qcolor(self.paper.select), theme.LINE))
        bottom = round(box.bottom()) - theme.LINE / 2
        painter.drawLine(QPointF(box.left(), bottom), QPointF(box.right(), bottom))
        painter.restore()

    def _text(self, format: QTextFormat) -> str:  # noqa: A002 - Qt's name
        return self.shown(str(format.property(KEY)), str(format.property(TEXT)))
