"""打印预览 (preview): the very PDF that is exported, page by page, with zoom and 打印. It changes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from perfdesk.errors import UserError
from ui import icons, theme
from ui.dialogs.frame import Foot, foot_button
from ui.printing import prepare, print_pages
from ui.regions import largest_on
from ui.widgets.pages import STEP, PageView, Pdf
from ui.widgets.rule import Rule

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

HEAD: Final = 52


class PreviewDialog(QDialog):
    """The window-sized preview. ``export_asked``: the files are wanted; ``printed`` carries a sentence; ``failed`` a trouble.

    ``exports``: there is something to export.
    """

    export_asked = Signal()
    printed = Signal(str)
    failed = Signal(object)

    def __init__(self, data: bytes, *, title: str, about: str, exports: bool = True, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("打印预览")
        self.setModal(True)
        self._title = title
        self.pdf = Pdf(data)
        self.view = PageView(self.pdf, self)
        self._percent = QLabel(self)
        self._printer: QPrinter | None = None
        self.finished.connect(self._put_away)
        self._build(about, exports=exports)
        self.view.zoom_changed.connect(self._show_zoom)
        self._show_zoom(self.view.zoom)
        self.resize(parent.window().size().boundedTo(largest_on(parent.screen())))

    def paper_text(self) -> str:
        """Return what the paper is: 「A4 横向 · 1 页」."""
        width, height = sorted(self.pdf.sizes[0])
        a4 = abs(width - 595.28) < 1 and abs(height - 841.89) < 1
        name = "A4" if a4 else f"{round(width / 72 * 25.4)}×{round(height / 72 * 25.4)} 毫米"
        return f"{name} {'横向' if self.pdf.landscape else '纵向'} · {len(self.pdf)} 页 · 字体已嵌入"

    def print_to(self, printer: QPrinter) -> None:
        """Print on a printer that is set up."""
        prepare(printer, self.pdf, title=self._title)
        try:
            count = print_pages(printer, self.pdf)
        except UserError as error:
            self.failed.emit(error)
            return
        self.printed.emit(f"已交给打印机，共 {count} 页")

    def _build(self, about: str, *, exports: bool) -> None:
        head = QWidget(self)
        head.setProperty("bar", "location")
        head.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        head.setFixedHeight(theme.px(self.font(), HEAD))
        title, words = QLabel("打印预览", head), QLabel(about, head)
        title.setProperty("role", "title")
        words.setProperty("ink", "2")
        row = QHBoxLayout(head)
        row.setContentsMargins(theme.px(self.font(), 20), 0, theme.px(self.font(), 20), 0)
        row.setSpacing(theme.px(self.font(), 14))
        row.addWidget(title)
        row.addWidget(words, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (head, self._build_tools()):
            column.addWidget(part)
        column.addWidget(self.view, 1)
        close, export = foot_button("关闭"), foot_button("导出…")
        self._print = foot_button("打印…", primary=True)
        close.clicked.connect(self.reject)
        export.clicked.connect(self._ask_export)
        export.setVisible(exports)
        self._print.clicked.connect(self._ask_printer)
        foot = Foot(self, (close, export, self._print))
        foot.show_hint("按实际大小打印，不缩放")
        column.addWidget(foot)

    def _build_tools(self) -> QWidget:
        bar = QWidget(self)
        bar.setProperty("bar", "chrome")
        bar.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        bar.setFixedHeight(theme.px(self.font(), theme.TOOL_BAR))
        row = QHBoxLayout(bar)
        row.setContentsMargins(theme.px(self.font(), 10), 0, theme.px(self.font(), 20), 0)
        row.setSpacing(theme.px(self.font(), 8))
        self._percent.setMinimumWidth(self.fontMetrics().horizontalAdvance("100%") + 8)
        self._percent.setAlignment(Qt.AlignmentFlag.AlignCenter)
        paper, promise = QLabel(self.paper_text(), bar), QLabel("预览即所印", bar)
        for label in (paper, promise):
            label.setProperty("ink", "2")
        row.addWidget(self._tool("minus", "缩小", self._zoom_out))
        row.addWidget(self._percent)
        row.addWidget(self._tool("plus", "放大", self._zoom_in))
        whole = QToolButton(bar)
        whole.setText("整页")
        whole.clicked.connect(self.view.show_whole)
        row.addWidget(whole)
        row.addWidget(Rule(bar, height=22, air=5))
        row.addWidget(paper)
        row.addStretch(1)
        row.addWidget(promise)
        return bar

    def _tool(self, name: str, words: str, slot: object) -> QToolButton:
        button = QToolButton(self)
        button.setIcon(icons.icon(name, theme.tokens(self.palette()), dpr=self.devicePixelRatioF()))
        button.setToolTip(words)
        button.setAccessibleName(words)
        button.clicked.connect(slot)
        return button

    def _show_zoom(self, zoom: int) -> None:
        self._percent.setText(f"{zoom}%")

    def _zoom_in(self) -> None:
        self.view.set_zoom((self.view.zoom // STEP + 1) * STEP)

    def _zoom_out(self) -> None:
        self.view.set_zoom((-(-self.view.zoom // STEP) - 1) * STEP)

    def _ask_export(self) -> None:
        self.reject()
        self.export_asked.emit()

    def _ask_printer(self) -> None:
        """Open the system's printer dialog; printing follows its answer."""
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter  # only when something is printed

        self._printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        prepare(self._printer, self.pdf, title=self._title)
        dialog = QPrintDialog(self._printer, self)
        dialog.setMinMax(1, len(self.pdf))
        dialog.accepted.connect(self._print_chosen)
        QDialog.open(dialog)

    def _put_away(self) -> None:
        """Nothing is painted from here on; the memory of the pages goes now, not with the dialog's wrapper."""
        self.view.hide()
        self.pdf.close()

    def _print_chosen(self) -> None:
        if self._printer is not None:
            self.print_to(self._printer)
