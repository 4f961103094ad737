"""审核卡片 (card): where the lines and the button of one finding stand, and how they are painted.

Idle cards are painted by the list, the current one by a widget of its own; both take geometry and painting from here, so they
look alike. Heights come from the text and the width alone, never from the state of the list.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import ceil
from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen, QTextLayout, QTextOption

from perfdesk.model import Finding, Severity
from ui import theme
from ui.findings.wording import answer_caption, answer_line, consequence_text, explanation_texts, preview_lines
from ui.theme import Tokens, qcolor
from ui.widgets.marks import SIZE, Mark, mark_of, paint_mark

_PAD_LEFT, _PAD_TOP, _PAD_RIGHT, _PAD_BOTTOM = 14, 9, 12, 10
_MARK_GAP, _MARK_DROP = 9, 2
_ARITHMETIC_GAP, _PLACE_GAP, _BUTTON_GAP, _CONSEQUENCE_GAP = 2, 1, 8, 6
_BUTTON_PADDING = 11  # px on each side, border included
_IDLE_LINES: Final = 2
EDITOR_PADDING: Final = 5  # px inside the field of the 说明
_LEAST_LINES, _MOST_LINES = 2, 5
_ALL_LINES: Final = 40


Box = tuple[int, int, int, int]
WHY: Final = ("为什么", "收起")
"""What the button says that shows the explanation, and that hides it again."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text: its left end and baseline in px from the corner of the card, the token of its colour."""

    x: int
    baseline: int
    text: str
    token: str
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """The geometry of one card in px: all lines, the boxes (x, y, width, height) of what can be clicked, the line above 连带.

    ``button`` is the fix, ``why`` 为什么 and ``editor`` the field of the 说明; the last two are on a current card only.
    """

    finding: Finding
    width: int
    height: int
    lines: tuple[Line, ...]
    button: Box | None
    dashes: int | None
    why: Box | None = None
    editor: Box | None = None

    def button_rect(self) -> QRect:
        """Return the box of the button, empty when there is no fix."""
        return QRect() if self.button is None else QRect(*self.button)

    def mark_rect(self, font: QFont) -> QRectF:
        """Return the square of the mark."""
        left, top, side = (theme.px(font, size) for size in (_PAD_LEFT, _PAD_TOP + _MARK_DROP, SIZE))
        return QRectF(left, top, side, side)


class _Composer:
    """Puts the parts of a card below each other."""

    def __init__(self, width: int, font: QFont) -> None:
        self._font = font
        self.left = theme.px(font, _PAD_LEFT + SIZE + _MARK_GAP)
        self.room = max(width - self.left - theme.px(font, _PAD_RIGHT), theme.px(font, 80))
        self.y = theme.px(font, _PAD_TOP)
        self.lines: list[Line] = []

    def text(self, text: str, token: str, *, gap: int = 0, bold: bool = False, most: int = _ALL_LINES) -> None:
        """Add a paragraph; a blank one takes no room."""
        if not text:
            return
        self.y += theme.px(self._font, gap)
        pitch = theme.px(self._font, theme.BODY_LINE)
        key = (self._font.family(), self._font.pixelSize(), bold)
        ascent = _baseline(*key, pitch)
        for part in _broken(text, self.room, key, most):
            self.lines.append(Line(self.left, self.y + ascent, part, token, bold))
            self.y += pitch

    def buttons(self, *words: str) -> list[Box]:
        """Add buttons beside each other, or below where there is no room, and return their boxes."""
        gap, height = theme.px(self._font, _BUTTON_GAP), theme.px(self._font, theme.BUTTON_CARD)
        boxes: list[Box] = []
        x = self.left + self.room + 1  # the first one begins a row
        for word in words:
            advance = QFontMetricsF(self._font).horizontalAdvance(word)
            width = min(round(advance + 0.5) + 2 * theme.px(self._font, _BUTTON_PADDING), self.room)
            if x + width > self.left + self.room:
                x, self.y = self.left, self.y + gap + (height if boxes else 0)
            boxes.append((x, self.y, width, height))
            x += width + gap
        self.y += height if boxes else 0
        return boxes

    def editor(self, text: str) -> Box:
        """Add the field of the 说明, as many lines high as its text, and return its box."""
        side, pitch = theme.px(self._font, EDITOR_PADDING), QFontMetricsF(self._font).lineSpacing()
        key = (self._font.family(), self._font.pixelSize(), False)
        room = self.room - 2 * (side + theme.LINE)
        lines = sum(len(_broken(part, room, key, _ALL_LINES)) or 1 for part in text.split("\n"))
        self.y += theme.px(self._font, _ARITHMETIC_GAP)
        shown = min(max(lines, _LEAST_LINES), _MOST_LINES)
        box = (self.left, self.y, self.room, ceil(shown * pitch) + 2 * (side + theme.FRAME + theme.px(self._font, 3)))
        self.y += box[3]
        return box

    def dashes(self) -> int:
        """Add the dashed line and return its place."""
        self.y += theme.px(self._font, _CONSEQUENCE_GAP)
        return self.y


@lru_cache(maxsize=1024)
def _lay_out(finding: Finding, width: int, family: str, size: int, *, current: bool, explained: bool) -> Card:
    """Lay out one card; findings are values, so an unchanged finding is never laid out again."""
    composer = _Composer(width, _font(family, size, bold=False))
    most = _ALL_LINES if current else _IDLE_LINES
    composer.text(finding.title, "ink", bold=True, most=most)
    composer.text(finding.message, "ink2", gap=_ARITHMETIC_GAP, most=most)
    composer.text(finding.where, "ink3", gap=_PLACE_GAP, most=most if current else 1)
    for part in explanation_texts(finding.code) if current and explained else ():
        composer.text(part, "ink2", gap=_CONSEQUENCE_GAP)
    for part in preview_lines(finding) if current else ():
        composer.text(part, "ink2", gap=_PLACE_GAP, most=1)
    fixes = () if finding.fix is None else (finding.fix.label,)
    boxes = composer.buttons(*fixes, *((WHY[explained],) if current else ()))
    editor = None
    if current and finding.severity is Severity.WARNING:
        composer.text(answer_caption(finding), "warn" if finding.is_stale else "ink2", gap=_BUTTON_GAP)
        editor = composer.editor(finding.answer)
    elif finding.answer:
        composer.text(answer_line(finding), "warn" if finding.is_stale else "ink2", gap=_CONSEQUENCE_GAP, most=most)
    dashes = composer.dashes() if finding.consequences else None
    for one in finding.consequences:
        composer.text(consequence_text(one, whole=current), "ink2", gap=_CONSEQUENCE_GAP, most=most)
    height = composer.y + theme.px(_font(family, size, bold=False), _PAD_BOTTOM) + theme.LINE
    return Card(
        finding,
        width,
        height,
        tuple(composer.lines),
        button=boxes[0] if fixes else None,
        dashes=dashes,
        why=boxes[-1] if current else None,
        editor=editor,
    )


def lay_out(finding: Finding, width: int, font: QFont, *, current: bool, explained: bool = False) -> Card:
    """Return the geometry of a card ``width`` px wide.

    An idle card shows two lines of arithmetic and of each consequence, the current card shows everything, and why the finding
    matters once that was asked for (``explained``).
    """
    return _lay_out(finding, width, font.family(), font.pixelSize(), current=current, explained=explained)


def paint_card(painter: QPainter, card: Card, box: QRect, font: QFont, table: Tokens, *, current: bool) -> None:
    """Paint everything of a card but its button into ``box`` (which may be wider than the text)."""
    painter.fillRect(box, qcolor(table.raised if current else table.panel))
    painter.fillRect(QRect(box.left(), box.bottom(), box.width(), theme.LINE), qcolor(table.line))
    if current:
        painter.fillRect(QRect(box.left(), box.top(), theme.CURRENT_BAR, box.height()), qcolor(table.accent))
    paint_mark(
        painter,
        card.mark_rect(font).translated(box.topLeft()),
        Mark.OK if card.finding.is_answered else mark_of(card.finding.severity),
        table,
    )
    for line in card.lines:
        painter.setFont(_font(font.family(), font.pixelSize(), bold=line.bold))
        painter.setPen(qcolor(getattr(table, line.token)))
        painter.drawText(QPointF(box.left() + line.x, box.top() + line.baseline), line.text)
    if card.dashes is not None:
        _paint_dashes(painter, card, box, font, table)


def _paint_dashes(painter: QPainter, card: Card, box: QRect, font: QFont, table: Tokens) -> None:
    """Paint the dashed line between a finding and its consequences."""
    pen = QPen(qcolor(table.line), theme.LINE)
    pen.setCosmetic(True)
    pen.setDashPattern([4, 3])
    painter.setPen(pen)
    y = box.top() + (card.dashes or 0) + 0.5
    left = box.left() + theme.px(font, _PAD_LEFT + SIZE + _MARK_GAP)
    painter.drawLine(QPointF(left, y), QPointF(box.left() + card.width - theme.px(font, _PAD_RIGHT), y))


@lru_cache(maxsize=8)
def _font(family: str, size: int, *, bold: bool) -> QFont:
    """Return one of the two weights."""
    font = QFont(family)
    font.setPixelSize(size)
    font.setBold(bold)
    return font


@lru_cache(maxsize=8)
def _baseline(family: str, size: int, bold: bool, pitch: int) -> int:
    """Return the px from the top of a line to its baseline, the text centred in the pitch."""
    metrics = QFontMetricsF(_font(family, size, bold=bold))
    return round((pitch - metrics.height()) / 2 + metrics.ascent())


@lru_cache(maxsize=4096)
def _broken(text: str, room: int, key: tuple[str, int, bool], most: int) -> tuple[str, ...]:
    """Break a text into lines of ``room`` px; the last of ``most`` lines ends with … when more would follow."""
    family, size, bold = key
    font = _font(family, size, bold=bold)
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    starts: list[int] = []
    while (line := layout.createLine()).isValid():
        line.setLineWidth(room)
        starts.append(line.textStart())
    layout.endLayout()
    cuts = [*starts, len(text)]
    parts = [text[start:end].rstrip() for start, end in pairwise(cuts)]
    if len(parts) <= most:
        return tuple(parts)
    rest = text[starts[most - 1] :]
    elided = QFontMetricsF(font).elidedText(rest, Qt.TextElideMode.ElideRight, room)
    return (*parts[: most - 1], elided)
