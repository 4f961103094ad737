"""环节 (steps): the cycle of a year in one line: a mark, the name, and when it is due. Short of room the dates go first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from perfdesk.cycle import Progress
from ui import theme
from ui.widgets.marks import SIZE, Mark, paint_mark

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from perfdesk.cycle import Stage

_GAP: Final = 28  # px between two steps, with a line in it
_INNER: Final = 6
_URGENT: Final = (Progress.NOW, Progress.LATE)
_MARKS: Final = {Progress.DONE: Mark.OK, Progress.LATE: Mark.WARNING, Progress.AHEAD: Mark.WORKING}


class StepStrip(QWidget):
    """The steps of the year that is shown; a screen reader gets them as one sentence."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stages: tuple[Stage, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_stages(self, stages: tuple[Stage, ...]) -> None:
        """Show other steps."""
        self._stages = stages
        self.setAccessibleName("；".join(map(_spoken, stages)))
        self.setToolTip("\n".join(map(_spoken, stages)))
        self.update()

    def sizeHint(self) -> QSize:
        """Return one line."""
        return QSize(theme.px(self.font(), 320), theme.px(self.font(), theme.BUTTON))

    def texts(self) -> tuple[tuple[str, str], ...]:
        """Return name and date of each step as there is room for them."""
        return tuple((one.name, one.when if self._dated(one) else "") for one in self._stages)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the steps from left to right."""
        del event
        painter = QPainter(self)
        table, side, gap = theme.tokens(self.palette()), theme.px(self.font(), SIZE), theme.px(self.font(), _INNER)
        left, middle = 0, self.height() / 2
        for at, one in enumerate(self._stages):
            if at:
                painter.fillRect(
                    left + gap, int(middle), theme.px(self.font(), _GAP) - 2 * gap, 1, theme.qcolor(table.line2)
                )
                left += theme.px(self.font(), _GAP)
            self._paint_mark(painter, QRectF(left, middle - side / 2, side, side), one)
            left += side + gap
            for words, bold, ink in self._words(one):
                font = theme.sized(self.font(), theme.BODY, bold=bold)
                painter.setFont(font)
                painter.setPen(theme.qcolor(getattr(table, ink)))
                width = QFontMetrics(font).horizontalAdvance(words)
                painter.drawText(QRectF(left, 0, width + 1, self.height()), Qt.AlignmentFlag.AlignVCenter, words)
                left += width + gap
        painter.end()

    def _paint_mark(self, painter: QPainter, square: QRectF, one: Stage) -> None:
        table = theme.tokens(self.palette())
        kind = _MARKS.get(one.progress)
        if kind is not None:
            paint_mark(painter, square, kind, table)
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.qcolor(table.accent), square.width() / 4))
        painter.drawEllipse(square.adjusted(2, 2, -2, -2))
        painter.setPen(
            QPen(theme.qcolor(table.accent), square.width() / 4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
        )
        painter.drawPoint(QPointF(square.center()))

    def _words(self, one: Stage) -> tuple[tuple[str, bool, str], ...]:
        now = one.progress is Progress.NOW
        name = (one.name, now, "ink" if now else "ink2")
        date_ink = "warn" if one.progress is Progress.LATE else "ink2"
        return (name, (one.when, False, date_ink)) if self._dated(one) and one.when else (name,)

    def _dated(self, one: Stage) -> bool:
        """Tell whether there is room for the date of a step: for all, for what is due alone, or for none."""
        return self._fits(self._stages) or (
            one.progress in _URGENT and self._fits(tuple(stage for stage in self._stages if stage.progress in _URGENT))
        )

    def _fits(self, dated: tuple[Stage, ...]) -> bool:
        metrics, bold = self.fontMetrics(), QFontMetrics(theme.sized(self.font(), theme.BODY, bold=True))
        gap, side = theme.px(self.font(), _INNER), theme.px(self.font(), SIZE)
        names = sum(side + 2 * gap + bold.horizontalAdvance(one.name) for one in self._stages)
        dates = sum(gap + metrics.horizontalAdvance(one.when) for one in dated)
        return names + dates + theme.px(self.font(), _GAP) * max(len(self._stages) - 1, 0) <= self.width()


def _spoken(one: Stage) -> str:
    return f"{one.name}：{one.progress.value}{f'，{one.when}' if one.when else ''}"
