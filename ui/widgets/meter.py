"""分值条 (weight meter): the weights of the groups against 100, as a bar, a figure and a word.

It shows an ``Assessment``; it adds nothing up but the distance to 100. What lies over 100 is hatched, never cut off.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from perfdesk.amounts import plain
from ui import theme
from ui.theme import Tokens, qcolor

if TYPE_CHECKING:
    from perfdesk.model import Assessment

FULL: Final = Decimal(100)
BAR_HEIGHT: Final = 12
WIDTH_NARROW, WIDTH_NORMAL, WIDTH_WIDE = 130, 180, 300
_LEAST_SCALE: Final = Decimal(118)
_AIR_OVER_SUM: Final = Decimal("1.05")
_LIMIT_OVERHANG: Final = 4
_LEGEND_SHIFT: Final = 15  # px: the square of 10 and 5 of air
_HATCH_LINE, _HATCH_STEP = 2, 7  # px
_BUDGET: Final = "执行率"
_COLOURS: Final = (("产出", "g2"), ("效益", "g3"), ("效果", "g3"), ("满意", "g4"))


@dataclass(frozen=True, slots=True)
class Segment:
    """One group on the bar: its short name, its weight in points, the token of its colour; ``hatched`` for 成本."""

    label: str
    weight: Decimal
    token: str
    hatched: bool = False


@dataclass(frozen=True, slots=True)
class Figures:
    """What stands beside the bar: 「110/100」, 「多 10 分」 and the token both are written in."""

    sum: str
    rest: str
    token: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """A painted piece of the bar, px from its left inner edge."""

    left: float
    width: float
    segment: Segment | None  # None: over 100


def segments_of(assessment: Assessment) -> tuple[Segment, ...]:
    """Return the budget row and the first-level groups, in paper order."""
    groups = tuple(_segment(group.label, group.weight) for group in assessment.groups)
    budget = assessment.budget.weight if assessment.budget else None
    return groups if budget is None else (Segment(_BUDGET, budget, "g1"), *groups)


def figures_of(total: Decimal) -> Figures:
    """Say the sum of the weights. Examples: 110 gives 「110/100」「多 10 分」; 92 gives 「少 8 分」; 100 gives no second word."""
    text = f"{plain(total)}/{plain(FULL)}"
    if total > FULL:
        return Figures(text, f"多 {plain(total - FULL)} 分", "err")
    if total < FULL:
        return Figures(text, f"少 {plain(FULL - total)} 分", "warn")
    return Figures(text, "", "ok")


def scale_end(total: Decimal) -> Decimal:
    """Return the points at the right end of the bar: 118, or the sum and 5 %."""
    return max(_LEAST_SCALE, total * _AIR_OVER_SUM)


def stretches_of(segments: tuple[Segment, ...], total: Decimal, width: float) -> tuple[Stretch, ...]:
    """Lay the segments on a bar of ``width`` px, cut at 100, and add the piece over 100."""
    per_point = width / float(scale_end(total))
    made: list[Stretch] = []
    done = Decimal(0)
    for segment in segments:
        end = min(done + max(segment.weight, Decimal(0)), FULL)
        if end > done:
            made.append(Stretch(float(done) * per_point, float(end - done) * per_point, segment))
        done = max(done, end)
    if total > FULL:
        made.append(Stretch(float(FULL) * per_point, float(total - FULL) * per_point, None))
    return tuple(made)


class WeightMeter(QWidget):
    """The meter of the status bar. ``clicked`` asks for the list of groups and weights."""

    clicked = Signal()

    def __init__(self, parent: QWidget | None = None, *, bar_width: int = WIDTH_NORMAL, legend: bool = False) -> None:
        super().__init__(parent)
        self._segments: tuple[Segment, ...] = ()
        self._total: Decimal | None = None
        self._bar_width = bar_width
        self._legend = legend
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._tell()

    def set_assessment(self, assessment: Assessment | None) -> None:
        """Show the weights of a form; ``None`` when no form is open. Nothing happens when nothing changed."""
        segments = () if assessment is None else segments_of(assessment)
        total = None if assessment is None else assessment.weight_total
        if (segments, total) == (self._segments, self._total):
            return
        self._segments, self._total = segments, total
        self._tell()

    def set_form(self, *, bar_width: int, legend: bool) -> None:
        """Set the width of the bar (130, 180 or 300 px) and whether the names of the groups follow."""
        self._bar_width, self._legend = bar_width, legend
        self.updateGeometry()
        self.update()

    def text(self) -> str:
        """Return the words beside the bar, for instance 「110/100 多 10 分」."""
        if self._total is None:
            return ""
        figures = figures_of(self._total)
        return f"{figures.sum} {figures.rest}".strip()

    def sizeHint(self) -> QSize:
        """Return the room for bar, figures and legend."""
        width = float(theme.px(self.font(), self._bar_width))
        width += sum(theme.px(self.font(), gap) + advance for gap, advance in self._pieces())
        return QSize(round(width) + 2 * theme.FRAME, theme.px(self.font(), theme.BUTTON_CARD))

    def minimumSizeHint(self) -> QSize:
        """The words are never cut."""
        return self.sizeHint()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Ask for the list of groups."""
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.clicked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space and Enter do what a click does."""
        if event.key() in {Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.clicked.emit()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint bar, limit, figures and legend."""
        del event
        painter = QPainter(self)
        table = theme.tokens(self.palette())
        left = self._paint_bar(painter, table)
        self._paint_words(painter, table, left)
        if self.hasFocus():
            painter.setPen(QPen(qcolor(table.accent), theme.FRAME))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        painter.end()

    def _tell(self) -> None:
        """Tell readers and the tool tip what the picture shows."""
        parts = "，".join(f"{segment.label} {plain(segment.weight)}" for segment in self._segments)
        self.setToolTip(f"{parts}\n合计 {self.text()}" if parts else "")
        self.setAccessibleName(f"分值 {self.text()}" if self._total is not None else "分值")
        self.setAccessibleDescription(parts)
        self.updateGeometry()
        self.update()

    def _pieces(self) -> list[tuple[int, float]]:
        """Return gap and advance (px) of every text piece right of the bar."""
        figure = QFontMetricsF(theme.sized(self.font(), theme.FIGURE, bold=True))
        body = QFontMetricsF(self.font())
        pieces: list[tuple[int, float]] = []
        if self._total is not None:
            figures = figures_of(self._total)
            pieces = [(8, figure.horizontalAdvance(figures.sum))]
            pieces += [(7, body.horizontalAdvance(figures.rest))] if figures.rest else []
        if self._legend:
            square = theme.px(self.font(), _LEGEND_SHIFT)
            pieces += [(10, square + body.horizontalAdvance(_legend_text(segment))) for segment in self._segments]
        return pieces

    def _paint_bar(self, painter: QPainter, table: Tokens) -> float:
        """Paint frame, segments and the limit line; return the right edge of the bar."""
        width, height = theme.px(self.font(), self._bar_width), theme.px(self.font(), BAR_HEIGHT)
        top = (self.height() - height) // 2
        bar = QRectF(theme.FRAME, top, width, height)
        painter.fillRect(bar, qcolor(table.line2))
        inner = bar.adjusted(1, 1, -1, -1)
        painter.fillRect(inner, qcolor(table.raised))
        if self._total is not None:
            for stretch in stretches_of(self._segments, self._total, inner.width()):
                _paint_stretch(painter, table, stretch, inner)
            limit = inner.left() + inner.width() * float(FULL / scale_end(self._total))
            overhang = theme.px(self.font(), _LIMIT_OVERHANG)
            painter.fillRect(QRectF(round(limit) - 1, top - overhang, 2, height + 2 * overhang), qcolor(table.ink))
        return bar.right()

    def _paint_words(self, painter: QPainter, table: Tokens, left: float) -> None:
        """Paint the figures, then the legend."""
        if self._total is None:
            return
        figures = figures_of(self._total)
        words: list[tuple[str, QFont, str, Segment | None]] = [
            (figures.sum, theme.sized(self.font(), theme.FIGURE, bold=True), figures.token, None)
        ]
        words += [(figures.rest, self.font(), figures.token, None)] if figures.rest else []
        if self._legend:
            words += [(_legend_text(one), self.font(), "ink", one) for one in self._segments]
        body = QFontMetricsF(self.font())
        baseline = round((self.height() + body.ascent() - body.descent()) / 2)
        for (text, font, token, named), (gap, advance) in zip(words, self._pieces(), strict=True):
            left += theme.px(self.font(), gap)
            shift = 0
            if named is not None:
                self._paint_square(painter, table, named, left)
                shift = theme.px(self.font(), _LEGEND_SHIFT)
            painter.setFont(font)
            painter.setPen(qcolor(getattr(table, token)))
            painter.drawText(QPointF(left + shift, baseline), text)
            left += advance

    def _paint_square(self, painter: QPainter, table: Tokens, segment: Segment, left: float) -> None:
        """Paint the coloured square of a legend entry."""
        side = theme.px(self.font(), 10)
        _fill(painter, QRectF(round(left), (self.height() - side) // 2, side, side), table, segment)


def _segment(label: str, weight: Decimal) -> Segment:
    """Choose name and colour of a group: 产出, 效益, 满意度; 成本 is hatched; a group of another name is grey."""
    short = label.removesuffix("指标") or label
    token = next((token for part, token in _COLOURS if part in label), "g1")
    return Segment(short, weight, token, hatched="成本" in label)


def _fill(painter: QPainter, piece: QRectF, table: Tokens, segment: Segment) -> None:
    """Fill a piece with the colour of its group; 成本 is hatched."""
    code = getattr(table, segment.token)
    if segment.hatched:
        _hatch(painter, piece, line=code, ground=table.raised)
        return
    painter.fillRect(piece, qcolor(code))


def _hatch(painter: QPainter, piece: QRectF, *, line: str, ground: str) -> None:
    """Fill a piece with rising lines. Qt's own pattern counts device pixels and turns grey on fine screens."""
    painter.fillRect(piece, qcolor(ground))
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setClipRect(piece)
    painter.setPen(QPen(qcolor(line), _HATCH_LINE))
    x = piece.left()
    while x < piece.right() + piece.height():
        painter.drawLine(QPointF(x - piece.height() - 1, piece.bottom() + 1), QPointF(x + 1, piece.top() - 1))
        x += _HATCH_STEP
    painter.restore()


def _legend_text(segment: Segment) -> str:
    """Return 「产出 80」."""
    return f"{segment.label} {plain(segment.weight)}"


def _paint_stretch(painter: QPainter, table: Tokens, stretch: Stretch, inner: QRectF) -> None:
    """Paint one piece with 1 px of air to its right."""
    left, right = round(inner.left() + stretch.left), round(inner.left() + stretch.left + stretch.width)
    piece = QRectF(left, inner.top(), max(right - left - theme.LINE, theme.LINE), inner.height())
    if stretch.segment is None:
        _hatch(painter, piece, line=table.err, ground=table.err_weak)
        return
    _fill(painter, piece, table, stretch.segment)
