"""预览面板 (pane): the pages of a PDF and what is done to them: 打印, 页面设置, zoom. What would be cut off is told first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from perfdesk.errors import UserError
from ui import icons, theme
from ui.dialogs.message import CANCEL, Choice
from ui.printing import limits_of, paper_name, prepare, print_pages, trouble_with
from ui.widgets.pages import STEP, PageView, Pdf
from ui.widgets.rule import Rule

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent
    from PySide6.QtPrintSupport import QPrinter

    from ui.dialogs.service import Dialogs

_PROMISE: Final = "预览即所印"


class PreviewPane(QWidget):
    """Tools above, pages below. ``printed`` carries a sentence, ``failed`` a trouble; ``setup_asked``: 页面设置 is wanted.

    ``adjustable``: there is a page to set up; ``prints``: 打印 stands among the tools. The PDF belongs to the pane from here on.
    """

    printed = Signal(str)
    failed = Signal(object)
    setup_asked = Signal()

    def __init__(
        self, data: bytes, *, title: str, dialogs: Dialogs, adjustable: bool, prints: bool, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._title, self._dialogs, self._adjustable = title, dialogs, adjustable
        self.data, self.pdf = data, Pdf(data)
        self.view = PageView(self.pdf, self)
        self._percent, self._paper = QLabel(self), QLabel(self.paper_text(), self)
        self._promise = QLabel(self)
        self._promise.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._promise.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._printer: QPrinter | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._build_tools(prints=prints))
        column.addWidget(self.view, 1)
        self.view.zoom_changed.connect(self._show_zoom)
        self._show_zoom(self.view.zoom)

    def paper_text(self) -> str:
        """Return what the paper is: 「A4 横向 · 1 页」."""
        if len(set(self.pdf.sizes)) > 1:
            return f"大小不一 · {len(self.pdf)} 页 · 字体已嵌入"
        way = "横向" if self.pdf.landscape else "纵向"
        return f"{paper_name(self.pdf.sizes[0])} {way} · {len(self.pdf)} 页 · 字体已嵌入"

    def show_pdf(self, data: bytes) -> None:
        """Show the pages as they are now."""
        old, self.data, self.pdf = self.pdf, data, Pdf(data)
        self.view.show_pdf(self.pdf)
        old.close()
        self._paper.setText(self.paper_text())

    def ask_printer(self) -> None:
        """Open the system's printer dialog; printing follows its answer."""
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter  # only when something is printed

        self._printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        prepare(self._printer, self.pdf, title=self._title)
        dialog = QPrintDialog(self._printer, self)
        dialog.setMinMax(1, len(self.pdf))
        dialog.accepted.connect(self._print_chosen)
        QDialog.open(dialog)

    def print_to(self, printer: QPrinter) -> None:
        """Print on a printer that is set up, unless what it would cut off makes somebody think again."""
        if not self._may_print(printer):
            return
        prepare(printer, self.pdf, title=self._title)
        try:
            count = print_pages(printer, self.pdf)
        except UserError as error:
            self.failed.emit(error)
            return
        self.printed.emit(f"已交给打印机，共 {count} 页")

    def put_away(self) -> None:
        """Nothing is painted from here on; the memory of the pages goes now, not with the wrapper."""
        self.view.hide()
        self.pdf.close()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The promise is made where there is room for it."""
        super().resizeEvent(event)
        self._row.activate()
        room = self._promise.width() > self.fontMetrics().horizontalAdvance(_PROMISE)
        self._promise.setText(_PROMISE if room else "")

    def _may_print(self, printer: QPrinter) -> bool:
        """Tell what would go wrong on paper, and ask whether to print all the same."""
        trouble = trouble_with(limits_of(printer), self.pdf)
        if trouble is None:
            return True
        setup = (Choice("setup", "页面设置…"),) if self._adjustable else ()
        choices = (Choice(CANCEL, "取消"), Choice("print", "仍然打印"), *setup)
        answer = self._dialogs.ask(trouble.fact, trouble.advice, choices)
        if answer == "setup":
            self.setup_asked.emit()
        return answer == "print"

    def _print_chosen(self) -> None:
        if self._printer is not None:
            self.print_to(self._printer)

    def _build_tools(self, *, prints: bool) -> QWidget:
        bar = QWidget(self)
        bar.setProperty("bar", "chrome")
        bar.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        bar.setFixedHeight(theme.px(self.font(), theme.TOOL_BAR))
        self._row = row = QHBoxLayout(bar)
        row.setContentsMargins(theme.px(self.font(), 10), 0, theme.px(self.font(), 20), 0)
        row.setSpacing(theme.px(self.font(), 8))
        self._percent.setMinimumWidth(self.fontMetrics().horizontalAdvance("100%") + 8)
        self._percent.setAlignment(Qt.AlignmentFlag.AlignCenter)
        for label in (self._paper, self._promise):
            label.setProperty("ink", "2")
        if prints:
            row.addWidget(self._tool("printer", "打印…", self.ask_printer, worded=True))
        if self._adjustable:
            row.addWidget(self._tool("settings", "页面设置…", self.setup_asked.emit, worded=True))
        if prints or self._adjustable:
            row.addWidget(Rule(bar, height=22, air=5))
        row.addWidget(self._tool("minus", "缩小", self._zoom_out))
        row.addWidget(self._percent)
        row.addWidget(self._tool("plus", "放大", self._zoom_in))
        whole = QToolButton(bar)
        whole.setText("整页")
        whole.clicked.connect(self.view.show_whole)
        row.addWidget(whole)
        row.addWidget(Rule(bar, height=22, air=5))
        row.addWidget(self._paper)
        row.addWidget(self._promise, 1)
        return bar

    def _tool(self, name: str, words: str, slot: object, *, worded: bool = False) -> QToolButton:
        button = QToolButton(self)
        button.setIcon(icons.icon(name, theme.tokens(self.palette()), dpr=self.devicePixelRatioF()))
        button.setToolTip(words.removesuffix("…"))
        button.setAccessibleName(words.removesuffix("…"))
        if worded:
            button.setText(f" {words.removesuffix('…')}")
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.clicked.connect(slot)
        return button

    def _show_zoom(self, zoom: int) -> None:
        self._percent.setText(f"{zoom}%")

    def _zoom_in(self) -> None:
        self.view.set_zoom((self.view.zoom // STEP + 1) * STEP)

    def _zoom_out(self) -> None:
        self.view.set_zoom((-(-self.view.zoom // STEP) - 1) * STEP)
