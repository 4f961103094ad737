"""打印 (printing): sends the pages of a PDF to a printer at actual size, from the very file that is exported.

No margins are added and nothing is fitted: the form was laid out for its paper, and a shrunken form is sent back. What a printer
would cut off is told beforehand.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter

from perfdesk.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtPrintSupport import QPrinter

    from ui.widgets.pages import Pdf

DPI: Final = 300
_PT_PER_INCH: Final = 72
_MM: Final = _PT_PER_INCH / 25.4
_SAME: Final = 3.0  # pt: papers that differ by less are the same one
_NAMES: Final = {(210, 297): "A4", (297, 420): "A3"}
_SIDES: Final = ("左", "上", "右", "下")
_KEPT: Final = 0.3  # mm: the thickness of a line, and what a picture of the page blurs

Sides = tuple[float, float, float, float]
"""Left, top, right, bottom in mm."""


class Limits(NamedTuple):
    """What a printer can do: its name, how much of each edge it leaves blank, the paper it is set to and the papers it has.

    ``paper`` and ``papers`` are short and long side in pt; no ``papers``: the printer does not say.
    """

    name: str
    blank: Sides
    paper: tuple[float, float]
    papers: tuple[tuple[float, float], ...] = ()


class Trouble(NamedTuple):
    """What would go wrong on paper, and what to do about it."""

    fact: str
    advice: str


def limits_of(printer: QPrinter) -> Limits:
    """Ask a printer that is set up."""
    from PySide6.QtPrintSupport import QPrinterInfo

    layout = printer.pageLayout()
    layout.setUnits(QPageLayout.Unit.Millimeter)
    least = layout.minimumMargins()
    known = QPrinterInfo.printerInfo(printer.printerName()).supportedPageSizes()
    sizes = tuple(_paper(one.size(QPageSize.Unit.Point)) for one in known)
    paper = _paper(layout.pageSize().size(QPageSize.Unit.Point))
    return Limits(printer.printerName(), (least.left(), least.top(), least.right(), least.bottom()), paper, sizes)


def trouble_with(limits: Limits, pdf: Pdf) -> Trouble | None:
    """Return the first thing that a printer would do to these pages; ``None`` when they come out as they are shown."""
    papers = {_sorted(size): number for number, size in reversed(list(enumerate(pdf.sizes, start=1)))}
    for paper in papers:
        if limits.papers and not _has(limits.papers, paper):
            fact = f"打印机“{limits.name}”没有 {paper_name(paper)} 纸，印出来会缩小或者裁掉"
            return Trouble(fact, "换一台打印机，或者在“页面设置”里换纸张。")
    first = _sorted(pdf.sizes[0])
    if not _has((limits.paper,), first):
        fact = f"打印机选的是 {paper_name(limits.paper)}，表要 {paper_name(first)} 的纸"
        return Trouble(fact, f"装好 {paper_name(first)} 纸再打印，或者在“页面设置”里换纸张。")
    for number in range(len(pdf)):
        cut = [
            (side, blank)
            for side, blank, room in zip(_SIDES, limits.blank, pdf.blank_edges(number), strict=True)
            if blank > room + _KEPT
        ]
        if cut:
            side, blank = max(cut, key=lambda one: one[1])
            fact = f"打印机“{limits.name}”{side}边 {blank:.1f} 毫米印不到，第 {number + 1} 页会缺一条"
            return Trouble(fact, "在“页面设置”里把这一边的页边距放大，或者换一台打印机。")
    return None


def paper_name(size: tuple[float, float]) -> str:
    """Name a paper of ``size`` in pt: 「A4」, 「216×279 毫米」."""
    short, long = (round(side / _MM) for side in sorted(size))
    return _NAMES.get((short, long), f"{short}×{long} 毫米")


def prepare(printer: QPrinter, pdf: Pdf, *, title: str) -> None:
    """Give the printer the paper of the form, its direction, and no margins of its own."""
    printer.setDocName(title)
    printer.setFullPage(True)
    printer.setResolution(max(DPI, printer.resolution()))
    _take_paper(printer, pdf.sizes[0])


def _take_paper(printer: QPrinter, size: tuple[float, float]) -> None:
    printer.setPageSize(QPageSize(QSizeF(*_sorted(size)), QPageSize.Unit.Point))
    lies = size[0] > size[1]
    printer.setPageOrientation(QPageLayout.Orientation.Landscape if lies else QPageLayout.Orientation.Portrait)
    printer.setPageMargins(QMarginsF(0, 0, 0, 0))


def pages_to_print(printer: QPrinter, count: int) -> tuple[int, ...]:
    """Return the page numbers (from 0) the clerk asked for in the printer's dialog."""
    first, last = printer.fromPage() or 1, printer.toPage() or count
    return tuple(range(max(first, 1) - 1, min(last, count)))


def print_pages(printer: QPrinter, pdf: Pdf) -> int:
    """Print and return the number of pages. Raises :class:`UserError` when the printer does not take it."""
    painter = QPainter()
    numbers = pages_to_print(printer, len(pdf))
    if numbers:
        _take_paper(printer, pdf.sizes[numbers[0]])
    if not numbers or not painter.begin(printer):
        raise UserError(f"打印机“{printer.printerName()}”没有接受。请检查它是否开着、有没有纸，再打印一次。")
    dots = printer.resolution() / _PT_PER_INCH
    for count, number in enumerate(numbers):
        if count and pdf.sizes[number] != pdf.sizes[numbers[count - 1]]:
            _take_paper(printer, pdf.sizes[number])  # it counts from the next page on
        if count and not printer.newPage():
            painter.end()
            raise UserError(f"打印机“{printer.printerName()}”在第 {count + 1} 页停下了。请检查后从这一页再打印。")
        width, height = pdf.sizes[number]
        picture = pdf.picture(number, scale=max(DPI, printer.resolution() // 2) / _PT_PER_INCH)
        painter.drawImage(QRectF(0, 0, width * dots, height * dots), picture)
    painter.end()
    return len(numbers)


def _has(papers: Iterable[tuple[float, float]], wanted: tuple[float, float]) -> bool:
    return any(all(abs(a - b) < _SAME for a, b in zip(one, wanted, strict=True)) for one in papers)


def _paper(size: QSizeF) -> tuple[float, float]:
    return _sorted((size.width(), size.height()))


def _sorted(size: tuple[float, float]) -> tuple[float, float]:
    return min(size), max(size)
