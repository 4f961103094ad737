"""使用手册 (manual): the shipped handbook, to be read beside the form. No link in it leads out of the program."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSignalBlocker, QSize, Qt
from PySide6.QtGui import QTextBlock, QTextBlockFormat, QTextCursor
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QTextBrowser, QWidget

from ui import theme
from ui.dialogs.frame import Foot, foot_button, lay_out
from ui.regions import largest_on

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtGui import QTextDocument

WIDTH, HEIGHT = 900, 640
_CONTENTS: Final = 196
_AIR: Final = 16
_LEADING: Final = 118.0
"""Line height in % of the type's own."""
_CHAPTER: Final = 2
_ABOVE: Final = {1: 0, 2: 22, 3: 12}
"""Room above a heading by its level, in px at 标准字."""
_BELOW: Final = 6
_GAP: Final = 3
"""Room around an entry of the contents."""


class ManualDialog(QDialog):
    """The handbook with its chapters beside it. It does not block the window: one reads and fills in at the same time."""

    def __init__(self, path: Path, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("使用手册")
        self._page = self._build_page(path.read_text(encoding="utf-8"))
        self._contents = self._build_contents()
        body = QWidget(self)
        row = QHBoxLayout(body)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._contents)
        row.addWidget(self._page, 1)
        close = foot_button("关闭", primary=True)
        close.clicked.connect(self.accept)
        lay_out(self, body, Foot(self, (close,)))
        wanted = QSize(theme.px(self.font(), WIDTH), theme.px(self.font(), HEIGHT))
        self.resize(wanted.boundedTo(largest_on(parent.screen())))
        self._page.setFocus()

    def _build_page(self, text: str) -> QTextBrowser:
        page = QTextBrowser(self)
        page.setAccessibleName("使用手册")
        page.setOpenLinks(False)
        page.document().setDocumentMargin(theme.px(self.font(), _AIR))
        page.setMarkdown(text)
        for block in _blocks(page.document()):
            self._set(block)
        return page

    def _set(self, block: QTextBlock) -> None:
        """Give a paragraph its line height, and a heading or paragraph the room around it."""
        form, cursor = block.blockFormat(), QTextCursor(block)
        form.setLineHeight(_LEADING, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        if cursor.currentTable() is None:
            form.setTopMargin(theme.px(self.font(), _ABOVE.get(form.headingLevel(), 0)))
            form.setBottomMargin(theme.px(self.font(), _BELOW if _ends(block) else 0))
        cursor.setBlockFormat(form)

    def _build_contents(self) -> QListWidget:
        contents = QListWidget(self)
        contents.setAccessibleName("目录")
        contents.setProperty("box", "float")
        contents.setFixedWidth(theme.px(self.font(), _CONTENTS))
        contents.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        contents.setSpacing(theme.px(self.font(), _GAP))
        contents.addItems([block.text() for block in self._chapters()])
        contents.setCurrentRow(0)
        contents.currentRowChanged.connect(self._go_to)
        self._page.verticalScrollBar().valueChanged.connect(self._follow)
        return contents

    def _chapters(self) -> tuple[QTextBlock, ...]:
        return tuple(one for one in _blocks(self._page.document()) if one.blockFormat().headingLevel() == _CHAPTER)

    def _tops(self) -> list[int]:
        """Where the chapters begin on the page as it is laid out now, with a little room above."""
        layout = self._page.document().documentLayout()
        above = theme.px(self.font(), _BELOW)
        return [round(layout.blockBoundingRect(one).top()) - above for one in self._chapters()]

    def _go_to(self, row: int) -> None:
        """Bring a chapter to the top of the page; the last ones stop where the page ends, and are marked all the same."""
        self._page.verticalScrollBar().setValue(self._tops()[row])
        self._mark(row)

    def _follow(self, top: int) -> None:
        """Mark the chapter that is being read."""
        begun = sum(one <= top for one in self._tops())
        self._mark(max(begun - 1, 0))

    def _mark(self, row: int) -> None:
        with QSignalBlocker(self._contents):
            self._contents.setCurrentRow(row)

    def text(self) -> str:
        """Return the whole text as shown."""
        return self._page.toPlainText()


def _ends(block: QTextBlock) -> bool:
    """Tell whether room belongs below: after a paragraph, and after the last entry of a list."""
    if block.blockFormat().objectIndex() < 0:  # in no list
        return True
    entries = block.textList()
    return entries.itemNumber(block) == entries.count() - 1


def _blocks(document: QTextDocument) -> Iterator[QTextBlock]:
    block = document.begin()
    while block.isValid():
        yield block
        block = block.next()
