"""使用手册 (manual): the shipped handbook, to be read beside the form. No link in it leads out of the program."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QDialog, QTextBrowser, QVBoxLayout, QWidget

from ui import theme
from ui.dialogs.frame import Foot, foot_button, lay_out
from ui.regions import largest_on

if TYPE_CHECKING:
    from pathlib import Path

WIDTH, HEIGHT = 760, 640
_AIR: Final = 12


class ManualDialog(QDialog):
    """The handbook. It does not block the window: one reads and fills in at the same time."""

    def __init__(self, path: Path, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("使用手册")
        self._page = QTextBrowser(self)
        self._page.setAccessibleName("使用手册")
        self._page.setOpenLinks(False)
        self._page.document().setDocumentMargin(theme.px(self.font(), _AIR))
        self._page.setMarkdown(path.read_text(encoding="utf-8"))
        body = QWidget(self)
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._page)
        close = foot_button("关闭", primary=True)
        close.clicked.connect(self.accept)
        lay_out(self, body, Foot(self, (close,)))
        wanted = QSize(theme.px(self.font(), WIDTH), theme.px(self.font(), HEIGHT))
        self.resize(wanted.boundedTo(largest_on(parent.screen())))
        self._page.setFocus()

    def text(self) -> str:
        """Return the whole text as shown."""
        return self._page.toPlainText()
