"""纸页 (pages): a PDF shown page under page, exactly as pdfium draws it. Preview and print take the same file through here.

Pages are drawn when they come into view and kept for the present zoom. Nothing is laid out here.
"""

from __future__ import annotations

from functools import lru_cache
from threading import Lock
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from ui import theme

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

PX_PER_PT: Final = 96 / 72
GAP, EDGE = 16, 14  # px between pages; px round them
LEAST, MOST, STEP = 25, 300, 10  # %
SHADE_RIGHT, SHADE_BELOW = 2, 3
_WHITE: Final = 255
_PAPER: Final = bytes([_WHITE])
_EDGE_SCALE: Final = 1.0  # dots per pt where the edges of the ink are looked for
_EDGE_MM: Final = 25.4 / 72 / _EDGE_SCALE  # of one such dot
_ONE_AT_A_TIME: Final = Lock()  # pdfium may not be called by two threads at once


class Pdf:
    """A PDF in memory: its pages, their sizes in pt, and their pictures."""

    def __init__(self, data: bytes) -> None:
        from pypdfium2 import PdfDocument  # a shared library of some MB: only when something is shown

        with _ONE_AT_A_TIME:
            self._document: PdfDocument = PdfDocument(data)
            self.sizes: tuple[tuple[float, float], ...] = tuple(page.get_size() for page in self._document)

    def __len__(self) -> int:
        return len(self.sizes)

    @property
    def landscape(self) -> bool:
        """Tell whether the first page lies on its long side."""
        width, height = self.sizes[0]
        return width > height

    def picture(self, number: int, *, scale: float) -> QImage:
        """Draw page ``number`` with ``scale`` dots per pt (300 dpi: 300 / 72)."""
        with _ONE_AT_A_TIME:
            bitmap = self._document[number].render(scale=scale, prefer_bgrx=True)
            image = QImage(bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGB32)
            return image.copy()  # the bytes live only as long as this call

    def blank_edges(self, number: int) -> tuple[float, float, float, float]:
        """Return how far the ink of a page stays away from its edges, in mm: left, top, right, bottom. A blank page is all edge."""
        picture = self.picture(number, scale=_EDGE_SCALE).convertToFormat(QImage.Format.Format_Grayscale8)
        width, height, stride = picture.width(), picture.height(), picture.bytesPerLine()
        data = bytes(picture.constBits())
        blank = bytes([_WHITE]) * width
        lines = [data[top * stride : top * stride + width] for top in range(height)]
        inked = [top for top, line in enumerate(lines) if line != blank]
        if not inked:
            return width * _EDGE_MM, height * _EDGE_MM, width * _EDGE_MM, height * _EDGE_MM
        left = min(width - len(lines[top].lstrip(_PAPER)) for top in inked)
        right = min(width - len(lines[top].rstrip(_PAPER)) for top in inked)
        return left * _EDGE_MM, inked[0] * _EDGE_MM, right * _EDGE_MM, (height - 1 - inked[-1]) * _EDGE_MM

    def close(self) -> None:
        """Give the memory back in this thread, not whenever garbage is collected."""
        with _ONE_AT_A_TIME:
            self._document.close()


def first_page(data: bytes, *, scale: float) -> QImage:
    """Draw the first page of a PDF with ``scale`` dots per pt; may be called off the UI thread."""
    pdf = Pdf(data)
    try:
        return pdf.picture(0, scale=scale)
    finally:
        pdf.close()


class PageView(QScrollArea):
    """The pages on the desk. ``zoom_changed`` carries the zoom in %."""

    zoom_changed = Signal(int)

    def __init__(self, pdf: Pdf, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pages = _Pages(pdf)
        self._whole = True
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setWidget(self._pages)
        self._name()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_pdf(self, pdf: Pdf) -> None:
        """Show other pages, as large as those before."""
        zoom = self._pages.zoom
        self._pages = _Pages(pdf)
        self.setWidget(self._pages)  # the ones before go with this
        self._name()
        if self._whole:
            self.show_whole()
        else:
            self._pages.set_zoom(zoom)

    def _name(self) -> None:
        self.setAccessibleName(f"预览，{self._pages.count} 页")

    @property
    def zoom(self) -> int:
        """The zoom in %."""
        return self._pages.zoom

    def set_zoom(self, zoom: int) -> None:
        """Choose a zoom in %; ends showing the whole page."""
        self._whole = False
        self._put(max(LEAST, min(MOST, zoom)))

    def show_whole(self) -> None:
        """整页: as large as one page fits, from now on."""
        self._whole = True
        room = self.viewport().size() - QSize(2 * EDGE, 2 * EDGE)
        width, height = self._pages.largest
        zoom = int(100 * min(room.width() / (width * PX_PER_PT), room.height() / (height * PX_PER_PT)))
        self._put(max(LEAST, min(MOST, zoom)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the whole page in view."""
        super().resizeEvent(event)
        if self._whole:
            self.show_whole()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The desk reaches to the edges."""
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), theme.qcolor(theme.tokens(self.palette()).desk))
        painter.end()

    def _put(self, zoom: int) -> None:
        changed = zoom != self._pages.zoom
        self._pages.set_zoom(zoom)
        if changed:
            self.zoom_changed.emit(zoom)


class _Pages(QWidget):
    """Paints the pages that are in view."""

    def __init__(self, pdf: Pdf) -> None:
        super().__init__()
        self._pdf = pdf
        self.zoom = 100
        self._picture = lru_cache(maxsize=6)(self._draw)
        self.set_zoom(100)

    @property
    def count(self) -> int:
        """How many pages there are."""
        return len(self._pdf)

    @property
    def largest(self) -> tuple[float, float]:
        """Width and height in pt that hold every page."""
        return max(width for width, _ in self._pdf.sizes), max(height for _, height in self._pdf.sizes)

    def set_zoom(self, zoom: int) -> None:
        """Take the room the pages need."""
        self.zoom = zoom
        boxes = self._boxes()
        width = max(box.width() for box in boxes) + 2 * EDGE
        self.setFixedSize(width, boxes[-1].bottom() + 1 + EDGE)
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        """Another screen wants other pictures."""
        super().changeEvent(event)
        self._picture.cache_clear()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Desk, then every page that shows."""
        painter = QPainter(self)
        table = theme.tokens(self.palette())
        painter.fillRect(event.rect(), theme.qcolor(table.desk))
        for number, box in enumerate(self._boxes()):
            around = box.adjusted(-1, -1, SHADE_RIGHT, SHADE_BELOW)
            if not around.intersects(event.rect()):
                continue
            painter.fillRect(around, theme.qcolor(table.paper.shade))
            painter.fillRect(box.adjusted(-1, -1, 1, 1), theme.qcolor(table.paper.edge))
            painter.drawImage(box, self._picture(number, self.zoom, self.devicePixelRatioF()))
        painter.end()

    def _boxes(self) -> list[QRect]:
        """Where the pages lie, one under the other, centred."""
        factor = self.zoom / 100 * PX_PER_PT
        sizes = [QSize(round(width * factor), round(height * factor)) for width, height in self._pdf.sizes]
        widest = max(size.width() for size in sizes)
        boxes: list[QRect] = []
        top = EDGE
        for size in sizes:
            boxes.append(QRect(EDGE + (widest - size.width()) // 2, top, size.width(), size.height()))
            top += size.height() + GAP
        return boxes

    def _draw(self, number: int, zoom: int, dpr: float) -> QImage:
        return self._pdf.picture(number, scale=zoom / 100 * PX_PER_PT * dpr)
