"""手册的一页 (page): one chapter on the screen, its pictures as wide as there is room. No link in it leads out of the program."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import (
    QImage,
    QPainter,
    QTextBlock,
    QTextBlockFormat,
    QTextCursor,
    QTextDocument,
    QTextImageFormat,
)
from PySide6.QtWidgets import QTextBrowser, QTextEdit, QWidget

from ui import theme

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtGui import QResizeEvent

_AIR: Final = 16
_LEADING: Final = 118.0
"""Line height in % of the type's own."""
_ABOVE: Final = {1: 0, 2: 4, 3: 16}
"""Room above a heading by its level, in px at 标准字."""
_BELOW: Final = 6


class ManualPage(QTextBrowser):
    """Shows one page. ``heading_asked``: a link to a heading, of whatever page, was chosen."""

    heading_asked = Signal(str)

    def __init__(self, folder: Path, parent: QWidget) -> None:
        super().__init__(parent)
        self._folder = folder
        self._pictures: dict[str, QImage] = {}
        self._width = 0
        self.setAccessibleName("使用手册")
        self.setOpenLinks(False)
        self.document().setDocumentMargin(theme.px(self.font(), _AIR))
        self.anchorClicked.connect(self._follow)

    def show_page(self, text: str) -> None:
        """Show a page (Markdown) from its top."""
        self.setMarkdown(text)
        for block in blocks_of(self.document()):
            self._set(block)
        self._fit_pictures()
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def go_to(self, heading: str) -> None:
        """Bring a heading to the top; without one of that name, the top of the page."""
        found = next((one for one in self._headings() if one.text() == heading), self.document().begin())
        top = self.document().documentLayout().blockBoundingRect(found).top()
        self.verticalScrollBar().setValue(round(top) - theme.px(self.font(), _BELOW))

    def heading(self) -> str:
        """Return the heading of what is read: the last one that begins at the top of what is seen or above it."""
        layout, seen = self.document().documentLayout(), self.verticalScrollBar().value() + theme.px(self.font(), _AIR)
        tops = [(layout.blockBoundingRect(one).top(), one.text()) for one in self._headings()]
        return next((text for top, text in reversed(tops) if top <= seen), "")

    def mark(self, wanted: str, line: str = "") -> None:
        """Mark every place of a text, and bring the first one in ``line`` into sight; "" takes the marks away."""
        marks, cursor = [], QTextCursor(self.document())
        while wanted:
            cursor = self.document().find(wanted, cursor)
            if cursor.isNull():
                break
            mark = QTextEdit.ExtraSelection()
            mark.cursor = cursor  # type: ignore[attr-defined]  # missing in the stubs
            mark.format.setBackground(theme.qcolor(theme.tokens(self.palette()).warn_weak))  # type: ignore[attr-defined]  # the same
            marks.append(mark)
        self.setExtraSelections(marks)
        if line:
            self._show_line(line)

    def _show_line(self, line: str) -> None:
        for block in blocks_of(self.document()):
            in_table = QTextCursor(block).currentTable() is not None
            if line.startswith(f"{block.text()}：") if in_table else line in block.text():
                top = self.document().documentLayout().blockBoundingRect(block).top()
                self.verticalScrollBar().setValue(round(top) - self.viewport().height() // 3)
                return

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Pictures follow the width; what was being read stays where it was."""
        super().resizeEvent(event)
        self._fit_pictures()

    def _headings(self) -> list[QTextBlock]:
        return [one for one in blocks_of(self.document()) if one.blockFormat().headingLevel()]

    def _follow(self, url: QUrl) -> None:
        self.heading_asked.emit(url.fragment(QUrl.ComponentFormattingOption.FullyDecoded))

    def _set(self, block: QTextBlock) -> None:
        """Give a paragraph its line height, and a heading or paragraph the room around it."""
        form, cursor = block.blockFormat(), QTextCursor(block)
        if not any(_pictures_in(block)):  # a height in % would be that of the picture
            form.setLineHeight(_LEADING, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        if cursor.currentTable() is None:
            form.setTopMargin(theme.px(self.font(), _ABOVE.get(form.headingLevel(), 0)))
            form.setBottomMargin(theme.px(self.font(), _BELOW if _ends(block) else 0))
        cursor.setBlockFormat(form)

    def _fit_pictures(self) -> None:
        """Scale every picture to the width of the page, and no larger than it was taken."""
        room = self.viewport().width() - 2 * theme.px(self.font(), _AIR)
        if room <= 0:
            return
        for position, form in _pictures(self.document()):
            picture = self._picture(form.name())
            width = min(room, picture.width())
            if picture.isNull() or round(form.width()) == width:
                continue
            cursor = QTextCursor(self.document())
            cursor.setPosition(position)
            cursor.setPosition(position + 1, QTextCursor.MoveMode.KeepAnchor)
            form.setWidth(width)
            form.setHeight(round(picture.height() * width / picture.width()))
            self._bring(form.name(), picture, width)
            cursor.setCharFormat(form)

    def _picture(self, name: str) -> QImage:
        if name not in self._pictures:
            self._pictures[name] = QImage(str(self._folder / name))
        return self._pictures[name]

    def _bring(self, name: str, picture: QImage, width: int) -> None:
        """Hand the document a picture with as many points as the screen has in ``width`` px, with a line round it."""
        ratio = self.devicePixelRatioF()
        smooth = Qt.TransformationMode.SmoothTransformation
        scaled = picture.convertToFormat(QImage.Format.Format_RGB32).scaledToWidth(round(width * ratio), smooth)
        painter = QPainter(scaled)
        painter.setPen(theme.qcolor(theme.tokens(self.palette()).line2))
        painter.drawRect(scaled.rect().adjusted(0, 0, -1, -1))
        painter.end()
        scaled.setDevicePixelRatio(ratio)
        self.document().addResource(QTextDocument.ResourceType.ImageResource.value, QUrl(name), scaled)


def blocks_of(document: QTextDocument) -> Iterator[QTextBlock]:
    """Yield the paragraphs of a document."""
    block = document.begin()
    while block.isValid():
        yield block
        block = block.next()


def _pictures(document: QTextDocument) -> list[tuple[int, QTextImageFormat]]:
    """Return the pictures of a document with their places."""
    return [picture for block in blocks_of(document) for picture in _pictures_in(block)]


def _pictures_in(block: QTextBlock) -> Iterator[tuple[int, QTextImageFormat]]:
    at = block.begin()
    while not at.atEnd():
        part = at.fragment()
        if part.charFormat().isImageFormat():
            yield part.position(), part.charFormat().toImageFormat()
        at += 1


def _ends(block: QTextBlock) -> bool:
    """Tell whether room belongs below: after a paragraph, and after the last entry of a list."""
    if block.blockFormat().objectIndex() < 0:  # in no list
        return True
    entries = block.textList()
    return entries.itemNumber(block) == entries.count() - 1
