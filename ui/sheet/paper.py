"""The form on the desk, to be looked at: pages, zoom, sections and spans, the frames that reach outside a cell.

Shows the Layout of a document and nothing else; editing and the keyboard are :mod:`ui.sheet.view`. Row heights and page breaks are
the Layout's.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QModelIndex, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette, QPen, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QTableView, QWidget

from perfdesk.model import Binding
from perfdesk.sheet import Cell
from ui.document import Document
from ui.faces import Faces
from ui.sheet.delegate import CellDelegate, is_input
from ui.sheet.geometry import DESK_MARGIN, SHADE, PageBox
from ui.sheet.model import SheetModel
from ui.sheet.paint import Look
from ui.theme import Tokens

FLASH_MS = 1200
REACH = 9  # px: no mark, note or frame of a cell is painted farther outside it
ZOOM_LEAST, ZOOM_MOST, ZOOM_STEP = 0.5, 2.0, 0.05
FIT_LEAST, FIT_MOST = 0.9, 1.5
FRAME_LEAST = 0.75  # a page too wide for 90 % gives up its margins, and then shrinks at most to this
FIRST_MOST = 1.25  # a form opens at most at 125 %, so that enough rows are in sight; Ctrl+0 goes up to 150 %


class PaperView(QTableView):
    """The pages of a form on a grey desk. ``zoom_changed`` carries the new zoom (1.0 = 100 %)."""

    zoom_changed = Signal(float)
    frame_least = FRAME_LEAST

    def __init__(self, tokens: Tokens, faces: Faces, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tokens = tokens
        self._faces = faces
        self._zoom = 1.0
        self._fitting = True
        self._most = FIRST_MOST
        self._document: Document | None = None
        self._model: SheetModel | None = None
        self._place: Binding | None = None
        self._delegate = self._make_delegate()
        self._flash = QTimer(self)
        self._build_table()
        self._build_flash()

    def _make_delegate(self) -> CellDelegate:
        """Make what paints the cells."""
        return CellDelegate(self._look(), self)

    def _build_table(self) -> None:
        self.setItemDelegate(self._delegate)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.hide()
            header.setMinimumSectionSize(1)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Highlight, Qt.GlobalColor.transparent)  # the delegate draws ranges itself
        self.setPalette(palette)

    def _build_flash(self) -> None:
        self._flash.setSingleShot(True)
        self._flash.setInterval(FLASH_MS)
        self._flash.timeout.connect(self._end_flash)

    def _look(self) -> Look:
        return Look(self._tokens.paper, self._faces, self._zoom)

    @property
    def tokens(self) -> Tokens:
        """The colours of the theme."""
        return self._tokens

    def set_tokens(self, tokens: Tokens) -> None:
        """Follow the theme; the paper stays white."""
        self._tokens = tokens
        self._delegate.look = self._look()
        self.viewport().update()

    # ------------------------------------------------------------ document
    def show_document(self, document: Document | None) -> None:
        """Show a form from its top, or the bare desk."""
        old, self._document = self._model, document
        self._place = None
        self._model = SheetModel(document, self) if document else None
        self.setModel(self._model)
        if old is not None:
            old.deleteLater()
        if self._model is None:
            return
        self._model.modelReset.connect(self._rebuild)
        self._model.geometry_changed.connect(self._resize_sections)
        self._rebuild()
        self._fit_if_wanted()
        self.setCurrentIndex(self._model.first_index())
        self.verticalScrollBar().setValue(0)
        self._show_frame()

    def _show_frame(self) -> None:
        """Of a page wider than the desk show where the form begins, not its margin."""
        self.horizontalScrollBar().setValue(self.columnWidth(0) - DESK_MARGIN)

    @property
    def document(self) -> Document | None:
        """The form that is shown."""
        return self._document

    @property
    def sheet_model(self) -> SheetModel | None:
        """The cells of the form that is shown."""
        return self._model

    def current_cell(self) -> Cell | None:
        """Return the current cell."""
        return self._model.cell_at(self.currentIndex()) if self._model else None

    def _rebuild(self) -> None:
        """Spans and sizes after the arrangement changed; the current cell stays current."""
        model = self._model
        if model is None:
            return
        self.clearSpans()
        for (row, column), fragment in model.grid.fragments.items():
            if fragment.row_span > 1 or fragment.cell.column_span > 1:
                self.setSpan(row, column, fragment.row_span, fragment.cell.column_span)
        self._resize_sections()
        if self._place is not None and not self.currentIndex().isValid():
            self.setCurrentIndex(model.index_of(self._place))

    def _resize_sections(self) -> None:
        if self._model is None:
            return
        grid = self._model.grid
        for header, edges in (
            (self.verticalHeader(), grid.row_edges(self._zoom)),
            (self.horizontalHeader(), grid.column_edges(self._zoom, self.viewport().width())),
        ):
            for section, (start, end) in enumerate(pairwise(edges)):
                if header.sectionSize(section) != end - start:
                    header.resizeSection(section, max(end - start, 1))
        self.viewport().update()

    # ---------------------------------------------------------------- zoom
    @property
    def zoom(self) -> float:
        """The zoom, 1.0 = 100 %."""
        return self._zoom

    def set_zoom(self, zoom: float) -> None:
        """Zoom to a fixed step; ends fitting the width."""
        self._fitting = False
        self._apply_zoom(zoom)

    def fit_width(self, *, most: float = FIT_MOST) -> None:
        """适合宽度: as large as the desk allows, from 90 % to ``most``; follows the window from now on.

        A page that is wider lets its margins lie outside, and goes down to 75 % for that.
        """
        self._fitting, self._most = True, most
        self._fit_if_wanted()

    @property
    def is_fitting(self) -> bool:
        """Whether the zoom follows the width of the window."""
        return self._fitting

    def _fit_if_wanted(self) -> None:
        if not self._fitting or self._model is None:
            return
        room = self.width() - self.verticalScrollBar().sizeHint().width() - 2 * 8
        grid = self._model.grid
        page, frame = (int(100 * room / width) / 100 for width in (grid.page_width(1.0), grid.frame_width(1.0)))
        least = max(min(frame, FIT_LEAST), self.frame_least)
        self._apply_zoom(min(max(page, least), self._most))
        if page < least:
            self._show_frame()

    def _apply_zoom(self, zoom: float) -> None:
        zoom = round(min(max(zoom, ZOOM_LEAST), ZOOM_MOST), 2)
        changed = zoom != self._zoom
        self._zoom = zoom
        self._delegate.look = self._look()
        self._resize_sections()
        self.updateEditorGeometries()
        if changed:
            self.zoom_changed.emit(zoom)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel scrolls; with Ctrl it zooms. It never changes a value."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.set_zoom(self._zoom + (ZOOM_STEP if event.angleDelta().y() > 0 else -ZOOM_STEP))
            event.accept()
            return
        super().wheelEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the page in the middle of the desk."""
        super().resizeEvent(event)
        self._fit_if_wanted()
        self._resize_sections()

    # ------------------------------------------------------------ painting
    def dataChanged(self, first: QModelIndex, last: QModelIndex, roles: Sequence[int] = ()) -> None:  # type: ignore[override]
        """Repaint a changed cell, with what marks and notes paint outside it; while it is typed, the cell alone."""
        super().dataChanged(first, last, roles)
        if self._model is not None and not self._model.is_held:
            self.viewport().update(self.visualRect(first).adjusted(-REACH, -REACH, REACH, REACH))

    def flash(self, binding: Binding) -> None:
        """Show for 1.2 s what a fix just changed."""
        index = self._model.index_of(binding) if self._model else QModelIndex()
        cell = self._model.cell_at(index) if self._model else None
        self._delegate.fixed = frozenset({cell.binding}) if cell else frozenset()
        self._flash.start()
        self.viewport().update()

    def _end_flash(self) -> None:
        self._delegate.fixed = frozenset()
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Desk and paper first, then the cells, then what reaches outside them."""
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), QColor(self._tokens.desk))
        if self._model is not None:
            for box in self._model.grid.pages(self._zoom, self.viewport().width()):
                self._paint_page(painter, box, event.rect())
        painter.end()
        super().paintEvent(event)
        if self._model is not None:
            painter = QPainter(self.viewport())
            self._paint_frames(painter, event.rect())
            self._paint_selection(painter)
            painter.end()

    def _paint_page(self, painter: QPainter, box: PageBox, seen: QRect) -> None:
        paper = self._tokens.paper
        x, y = box.x - self.horizontalOffset(), box.y - self.verticalOffset()
        if not seen.intersects(QRect(x - 1, y - 1, box.width + 3, box.height + 2 + SHADE)):
            return
        painter.fillRect(x - 1, y - 1, box.width + 3, box.height + 1 + SHADE, QColor(paper.shade))
        painter.fillRect(x - 1, y - 1, box.width + 2, box.height + 2, QColor(paper.edge))
        painter.fillRect(x, y, box.width, box.height, QColor(paper.paper))

    def _paint_frames(self, painter: QPainter, seen: QRect) -> None:
        """The 2 px frame round the form's table, on every page."""
        if self._model is None:
            return
        painter.setPen(QPen(QColor(self._tokens.paper.grid), 2))
        left = self.columnViewportPosition(1)
        right = self.columnViewportPosition(self._model.grid.columns - 1)
        for first, last in self._model.grid.framed:
            top = self.rowViewportPosition(first)
            bottom = self.rowViewportPosition(last) + self.rowHeight(last)
            if seen.top() - 1 <= bottom and top <= seen.bottom() + 1:
                painter.drawRect(left, top, right - left, bottom - top)

    def _selection(self) -> tuple[QRect, bool]:
        """Return what the frame of the current cell goes round, and whether it has a handle."""
        cell = self.current_cell()
        return self.visualRect(self.currentIndex()) if cell is not None else QRect(), is_input(cell)

    def _paint_selection(self, painter: QPainter) -> None:
        """The 2 px frame of the current cell, 1 px outside it, with its handle."""
        rect, handle = self._selection()
        if not rect.isValid():
            return
        colour = QColor(self._tokens.paper.select)
        painter.setPen(QPen(colour, 2))
        painter.drawRect(rect.left(), rect.top(), rect.width(), rect.height())
        if handle:
            painter.setPen(QPen(QColor(self._tokens.paper.paper), 1))
            painter.setBrush(colour)
            painter.drawRect(QRect(rect.right() - 2, rect.bottom() - 2, 7, 7))
