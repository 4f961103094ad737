"""纸面 (paper): the white page of a report on the grey desk: its zoom, its place in the middle, what is painted over the text.

It shows lines and marks; it takes no keys of its own and changes no text. The page is one, as long as the report; where the
printed pages end is the Layout's business and seen in the preview.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil, floor
from typing import Final, NamedTuple

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
    QTextBlock,
    QTextCursor,
    QTextFrameFormat,
    QTextOption,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

from perfdesk.outline import BODY, Line
from ui.faces import Faces
from ui.report.cover import EDGE, SHADE_BELOW, SHADE_RIGHT, Cover, paint_page
from ui.report.items import ItemPainter
from ui.report.looks import ITEM, Looks
from ui.report.page import show_lines
from ui.theme import Tokens, qcolor

ZOOM_LEAST, ZOOM_MOST, ZOOM_STEP = 0.5, 2.0, 0.05
FIT_LEAST, FIT_MOST = 0.7, 1.5
FIRST_MOST: Final = 1.25  # as forms open; known before the first text is there, so that it is laid out once
GAP: Final = 18  # px: desk above the page and below it
_UNDERLINE: Final = 2  # px


class Stretch(NamedTuple):
    """Some characters of a line: the number of the line, the first character, how many."""

    line: int
    start: int
    length: int


class ReportPaper(QTextEdit):
    """The page of a report. ``zoom_changed`` carries the new zoom (1.0 = 100 %)."""

    zoom_changed = Signal(float)

    def __init__(self, tokens: Tokens, faces: Faces, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tokens, self._faces = tokens, faces
        self._zoom, self._fitting, self._most = 1.0, True, FIRST_MOST
        self._lines: tuple[Line, ...] = ()
        self._hints: dict[int, str] = {}
        self._doubts: tuple[Stretch, ...] = ()
        self._loading = False
        self.looks = Looks(tokens.paper, faces, 1.0)
        self.items = ItemPainter(tokens.paper, self)
        self.cover = Cover(self.viewport())
        self._build_page()

    def _build_page(self) -> None:
        """One page of fixed width; the record has the undo steps, so the text keeps none."""
        self.setProperty("page", "report")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAcceptRichText(False)
        self.setUndoRedoEnabled(False)
        self.setLineWrapMode(QTextEdit.LineWrapMode.FixedPixelWidth)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.viewport().setAutoFillBackground(False)
        self.viewport().setMouseTracking(True)
        self.document().setDocumentMargin(0)
        self.document().documentLayout().registerHandler(ITEM, self.items)
        self.cover.grown.connect(self._make_room)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.document().setDefaultTextOption(option)

    @property
    def lines(self) -> tuple[Line, ...]:
        """The lines as they stand on the page."""
        return self._lines

    @property
    def is_loading(self) -> bool:
        """Whether lines are being written, so that caret and text do not belong together yet."""
        return self._loading

    def set_tokens(self, tokens: Tokens) -> None:
        """Follow the theme; the paper stays white."""
        self._tokens, self.items.paper = tokens, tokens.paper
        self._show_again()

    def load(self, lines: tuple[Line, ...]) -> None:
        """Show lines from the beginning."""
        self._lines = lines
        self._show_again()

    def _show_again(self) -> None:
        """Write all lines in the present look; the caret stays where it was."""
        caret, top = self.textCursor().position(), self.verticalScrollBar().value()
        self.looks = Looks(self._tokens.paper, self._faces, self._zoom)
        self._loading = True
        self.cover.fit(self.looks)
        show_lines(self.document(), self._lines, self.looks)
        self._place_page()
        self._loading = False
        cursor = self.textCursor()
        cursor.setPosition(min(caret, self.document().characterCount() - 1))
        self.setTextCursor(cursor)
        self.verticalScrollBar().setValue(top)
        self.viewport().update()

    # ----------------------------------------------------------------------------------------------------------- zoom
    @property
    def zoom(self) -> float:
        """The zoom, 1.0 = 100 %."""
        return self._zoom

    @property
    def is_fitting(self) -> bool:
        """Whether the zoom follows the width of the window."""
        return self._fitting

    def set_zoom(self, zoom: float) -> None:
        """Zoom to a fixed step; ends fitting the width."""
        was_seen = self.viewport().rect().contains(self.cursorRect())
        self._fitting = False
        self._apply_zoom(zoom)
        if was_seen and self.isVisible():
            self.ensureCursorVisible()

    def fit_width(self, *, most: float = FIT_MOST) -> None:
        """适合宽度: as large as the desk allows, from 70 % to ``most``; follows the window from now on."""
        self._fitting, self._most = True, most
        self._fit_if_wanted()

    def _fit_if_wanted(self) -> None:
        if self._fitting:
            full, _height = Looks(self._tokens.paper, self._faces, 1.0).page
            zoom = int(100 * (self._room() - 2 * GAP) / full) / 100
            self._apply_zoom(min(max(zoom, FIT_LEAST), self._most))

    def _apply_zoom(self, zoom: float) -> None:
        zoom = round(min(max(zoom, ZOOM_LEAST), ZOOM_MOST), 2)
        if zoom == self._zoom:
            return
        top = self.verticalScrollBar().value() * zoom / self._zoom
        self._zoom = zoom
        self._show_again()
        self.verticalScrollBar().setValue(round(top))
        self.zoom_changed.emit(zoom)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel scrolls; with Ctrl it zooms."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.set_zoom(self._zoom + (ZOOM_STEP if event.angleDelta().y() > 0 else -ZOOM_STEP))
            event.accept()
            return
        super().wheelEvent(event)

    # ---------------------------------------------------------------------------------------------------------- place
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the page in the middle of the desk."""
        super().resizeEvent(event)
        self._fit_if_wanted()
        self._centre()

    def showEvent(self, event: QShowEvent) -> None:
        """Stay where the page stands: Qt would scroll the caret up before the widget has its size."""
        top = self.verticalScrollBar().value()
        super().showEvent(event)
        self.verticalScrollBar().setValue(top)

    def _room(self) -> int:
        return self.width() - self.verticalScrollBar().sizeHint().width()

    def _centre(self) -> None:
        """The viewport is as wide as the page with its edges; the desk lies left and right of it."""
        width = self.looks.page[0] + 2 * EDGE + SHADE_RIGHT
        left = max((self._room() - width) // 2, 0)
        right = max(self._room() - width - left, 0)
        self.setViewportMargins(left, 0, right, 0)

    def _place_page(self) -> None:
        """Margins of the page round the text."""
        looks = self.looks
        width = looks.page[0] + 2 * EDGE + SHADE_RIGHT
        frame = QTextFrameFormat()
        frame.setLeftMargin(EDGE + looks.left)
        frame.setRightMargin(width - EDGE - looks.left - looks.text_width)
        frame.setTopMargin(self._first + looks.top)
        frame.setBottomMargin(GAP + SHADE_BELOW + looks.top)
        if frame != self.document().rootFrame().frameFormat():
            self.document().rootFrame().setFrameFormat(frame)
        self.setLineWrapColumnOrWidth(width)
        self._centre()
        self._place_cover()

    def _make_room(self) -> None:
        """The cover takes another height: that is no change of the text."""
        was_loading, self._loading = self._loading, True
        self._place_page()
        self._loading = was_loading

    @property
    def _first(self) -> int:
        """Where the page with the text begins, px: below the cover, if there is one."""
        return GAP + (self.cover.room + GAP - EDGE if self.cover.room else 0)

    def _place_cover(self) -> None:
        self.cover.move(-self.horizontalScrollBar().value(), GAP - EDGE - self.verticalScrollBar().value())

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """The cover goes with the text."""
        super().scrollContentsBy(dx, dy)
        self._place_cover()

    def show_cover_field(self) -> None:
        """Scroll so that the current field of the cover is seen."""
        if self.cover.place is None:
            return
        bar, (top, bottom) = self.verticalScrollBar(), self.cover.top_of(self.cover.place)
        if not bar.value() <= top + GAP or not bottom + GAP <= bar.value() + self.viewport().height():
            bar.setValue(0 if bottom + GAP <= self.viewport().height() else top)

    # ---------------------------------------------------------------------------------------------------------- marks
    def set_hints(self, hints: dict[int, str]) -> None:
        """Say in grey what is expected in a line as long as it is blank."""
        if hints != self._hints:
            self._hints = hints
            self.viewport().update()

    def set_doubts(self, doubts: tuple[Stretch, ...]) -> None:
        """Underline the typed figures that a finding names."""
        changed = {one.line for one in set(doubts) ^ set(self._doubts)}
        self._doubts = doubts
        for line in changed:
            self._repaint(self.document().findBlockByNumber(line))

    def _repaint(self, block: QTextBlock) -> None:
        if block.isValid():
            rect = self.document().documentLayout().blockBoundingRect(block)
            top = self._top(block) - 1
            self.viewport().update(0, floor(top), self.viewport().width(), ceil(rect.height()) + 2)

    def mark_stretches(self, stretches: tuple[Stretch, ...]) -> None:
        """Put the ground of a find hit behind characters."""
        made = []
        for one in stretches:
            mark = QTextEdit.ExtraSelection()
            mark.cursor = self._stretch(one)  # type: ignore[attr-defined]  # the stubs leave the members out
            mark.format.setBackground(qcolor(self._tokens.paper.found))  # type: ignore[attr-defined]  # the same
            made.append(mark)
        self.setExtraSelections(made)

    def _stretch(self, stretch: Stretch) -> QTextCursor:
        cursor = QTextCursor(self.document().findBlockByNumber(stretch.line))
        start = cursor.position() + stretch.start
        cursor.setPosition(start)
        cursor.setPosition(start + stretch.length, QTextCursor.MoveMode.KeepAnchor)
        return cursor

    # ------------------------------------------------------------------------------------------------------- painting
    def paintEvent(self, event: QPaintEvent) -> None:
        """Desk and page first, then the text, then what is drawn over it."""
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), qcolor(self._tokens.desk))
        self._paint_page(painter)
        painter.end()
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        for block in self._blocks_in(event.rect()):
            self._paint_over(painter, block)
        painter.end()

    def _paint_page(self, painter: QPainter) -> None:
        width, least = self.looks.page
        corner = EDGE - self.horizontalScrollBar().value(), self._first - self.verticalScrollBar().value()
        height = max(
            round(self.document().size().height()) - self._first - GAP - SHADE_BELOW, min(least, self.height())
        )
        paint_page(painter, corner, (width, height), self.looks)

    def _blocks_in(self, rect: QRect) -> Iterator[QTextBlock]:
        """Yield the paragraphs in a part of the viewport."""
        block = self.cursorForPosition(rect.topLeft()).block()
        while block.isValid() and self._top(block) <= rect.bottom():
            yield block
            block = block.next()

    def _top(self, block: QTextBlock) -> float:
        layout = self.document().documentLayout()
        return float(layout.blockBoundingRect(block).top()) - self.verticalScrollBar().value()

    def _paint_over(self, painter: QPainter, block: QTextBlock) -> None:
        number = block.blockNumber()
        if not block.text() and not block.layout().preeditAreaText() and number in self._hints:
            left = EDGE + self.looks.left + 2 * self.looks.em - self.horizontalScrollBar().value()
            painter.setFont(self.looks.font(BODY))
            painter.setPen(qcolor(self._tokens.paper.ghost))
            room = self.looks.text_width - 2 * self.looks.em
            words = painter.fontMetrics().elidedText(self._hints[number], Qt.TextElideMode.ElideRight, room)
            line = block.layout().lineAt(0)
            painter.drawText(round(left), round(self._top(block) + line.y() + line.ascent()), words)
        for one in self._doubts:
            if one.line == number:
                self._underline(painter, block, one)

    def _underline(self, painter: QPainter, block: QTextBlock, stretch: Stretch) -> None:
        """Draw the 2 px line under characters, over as many lines as they take."""
        layout, rect = block.layout(), self.document().documentLayout().blockBoundingRect(block)
        x, y = rect.left() - self.horizontalScrollBar().value(), self._top(block)
        at, end = stretch.start, stretch.start + stretch.length
        while at < end:
            line = layout.lineForTextPosition(at)
            if not line.isValid():
                return
            last = min(end, line.textStart() + line.textLength())
            left, right = (_x_of(line.cursorToX(place)) for place in (at, last))
            top = y + line.y() + line.ascent() + round(2 * self._zoom) + 1
            painter.fillRect(QRectF(x + left, round(top), right - left, _UNDERLINE), qcolor(self._tokens.paper.warning))
            at = max(last, at + 1)


def _x_of(found: object) -> float:
    """Return the place of a character: Qt for Python gives it alone or with the character it belongs to."""
    return float(found[0] if isinstance(found, tuple) else found)  # type: ignore[arg-type]  # a float where it is no tuple
