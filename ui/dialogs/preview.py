"""打印预览 (preview): the very PDF that is exported, page by page, with zoom, 页面设置 and 打印. It changes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ui import theme
from ui.dialogs.frame import Foot, foot_button
from ui.dialogs.pane import PreviewPane
from ui.regions import largest_on

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from ui.dialogs.service import Dialogs
    from ui.widgets.pages import PageView, Pdf

HEAD: Final = 52


def page_head(dialog: QDialog, title: str, about: str) -> QWidget:
    """Make the head of a dialog as large as the window: what it is, and which form."""
    head = QWidget(dialog)
    head.setProperty("bar", "location")
    head.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    head.setFixedHeight(theme.px(dialog.font(), HEAD))
    name, words = QLabel(title, head), QLabel(about, head)
    name.setProperty("role", "title")
    words.setProperty("ink", "2")
    words.setTextFormat(Qt.TextFormat.PlainText)
    row = QHBoxLayout(head)
    row.setContentsMargins(theme.px(dialog.font(), 20), 0, theme.px(dialog.font(), 20), 0)
    row.setSpacing(theme.px(dialog.font(), 14))
    row.addWidget(name)
    row.addWidget(words, 1)
    return head


class PreviewDialog(QDialog):
    """The window-sized preview. ``export_asked``: the files are wanted; ``setup_asked``: 页面设置 is.

    ``printed`` carries a sentence; ``failed`` a trouble. ``exports``: there is something to export.
    """

    export_asked = Signal()
    setup_asked = Signal()
    printed = Signal(str)
    failed = Signal(object)

    def __init__(
        self,
        data: bytes,
        *,
        title: str,
        about: str,
        dialogs: Dialogs,
        exports: bool = True,
        adjustable: bool = False,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("打印预览")
        self.setModal(True)
        self.pane = PreviewPane(data, title=title, dialogs=dialogs, adjustable=adjustable, prints=False, parent=self)
        self.finished.connect(self.pane.put_away)
        self.pane.printed.connect(self.printed)
        self.pane.failed.connect(self.failed)
        self.pane.setup_asked.connect(self.setup_asked)
        self._build(about, exports=exports)
        self.resize(parent.window().size().boundedTo(largest_on(parent.screen())))

    @property
    def pdf(self) -> Pdf:
        """The pages."""
        return self.pane.pdf

    @property
    def view(self) -> PageView:
        """Where the pages are shown."""
        return self.pane.view

    def paper_text(self) -> str:
        """Return what the paper is: 「A4 横向 · 1 页」."""
        return self.pane.paper_text()

    def show_pdf(self, data: bytes) -> None:
        """Show the pages as they are now."""
        self.pane.show_pdf(data)

    def print_to(self, printer: QPrinter) -> None:
        """Print on a printer that is set up."""
        self.pane.print_to(printer)

    def _build(self, about: str, *, exports: bool) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(page_head(self, "打印预览", about))
        column.addWidget(self.pane, 1)
        close, export = foot_button("关闭"), foot_button("导出…")
        self._print = foot_button("打印…", primary=True)
        close.clicked.connect(self.reject)
        export.clicked.connect(self._ask_export)
        export.setVisible(exports)
        self._print.clicked.connect(self.pane.ask_printer)
        foot = Foot(self, (close, export, self._print))
        foot.show_hint("预览多大，纸上就多大；打印机里选“实际大小”")
        column.addWidget(foot)

    def _ask_export(self) -> None:
        self.reject()
        self.export_asked.emit()
