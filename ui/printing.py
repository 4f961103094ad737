"""打印 (printing): sends the pages of a PDF to a printer at actual size, from the very file that is exported.

No margins are added and nothing is fitted: the form was laid out for its paper, and a shrunken form is sent back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter

from perfdesk.errors import UserError

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from ui.widgets.pages import Pdf

DPI: Final = 300
_PT_PER_INCH: Final = 72


def prepare(printer: QPrinter, pdf: Pdf, *, title: str) -> None:
    """Give the printer the paper of the form, its direction, and no margins of its own."""
    printer.setDocName(title)
    printer.setFullPage(True)
    printer.setResolution(max(DPI, printer.resolution()))
    width, height = sorted(pdf.sizes[0])
    printer.setPageSize(QPageSize(QSizeF(width, height), QPageSize.Unit.Point))
    lying = QPageLayout.Orientation.Landscape if pdf.landscape else QPageLayout.Orientation.Portrait
    printer.setPageOrientation(lying)
    printer.setPageMargins(QMarginsF(0, 0, 0, 0))


def pages_to_print(printer: QPrinter, count: int) -> tuple[int, ...]:
    """Return the page numbers (from 0) the clerk asked for in the printer's dialog."""
    first, last = printer.fromPage() or 1, printer.toPage() or count
    return tuple(range(max(first, 1) - 1, min(last, count)))


def print_pages(printer: QPrinter, pdf: Pdf) -> int:
    """Print and return the number of pages. Raises :class:`UserError` when the printer does not take it."""
    painter = QPainter()
    numbers = pages_to_print(printer, len(pdf))
    if not numbers or not painter.begin(printer):
        raise UserError(f"打印机“{printer.printerName()}”没有接受。请检查它是否开着、有没有纸，再打印一次。")
    dots = printer.resolution() / _PT_PER_INCH
    for count, number in enumerate(numbers):
        if count and not printer.newPage():
            painter.end()
            raise UserError(f"打印机“{printer.printerName()}”在第 {count + 1} 页停下了。请检查后从这一页再打印。")
        width, height = pdf.sizes[number]
        picture = pdf.picture(number, scale=max(DPI, printer.resolution() // 2) / _PT_PER_INCH)
        painter.drawImage(QRectF(0, 0, width * dots, height * dots), picture)
    painter.end()
    return len(numbers)
