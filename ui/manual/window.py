"""手册窗口 (manual window): the handbook in a window of its own, to be read beside the form: contents, search, one page.

It never blocks the window of the forms: one reads and fills in at the same time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QStackedWidget,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ui import theme
from ui.dialogs.frame import Foot, foot_button, lay_out
from ui.manual.page import ManualPage
from ui.manual.pages import Hit, around, find, page_with, read_pages
from ui.regions import largest_on
from ui.widgets.search import SearchField

if TYPE_CHECKING:
    from pathlib import Path

WIDTH, HEIGHT = 940, 660
_SIDE: Final = 226
_GAP: Final = 6
_HEADING: Final = Qt.ItemDataRole.UserRole
_NOTHING: Final = "手册里没有这个词，换个说法再找"


class ManualWindow(QDialog):
    """The handbook. ``guide_asked``: somebody wants to be led through the first form."""

    guide_asked = Signal()

    def __init__(self, path: Path, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("使用手册")
        self.setWindowFlags(Qt.WindowType.Window)  # with its own buttons for full screen and away
        self._pages = read_pages(path.read_text(encoding="utf-8"))
        self._number = -1
        self.search = SearchField("在手册里查找", "Ctrl+F", self)
        self.contents, self.hits = self._build_contents(), self._build_hits()
        self.page = ManualPage(path.parent, self)
        self._build()
        self._connect()
        wanted = QSize(theme.px(self.font(), WIDTH), theme.px(self.font(), HEIGHT))
        self.resize(wanted.boundedTo(largest_on(parent.screen())))
        self.turn_to("")

    def _build(self) -> None:
        self._found = QLabel(_NOTHING, self)
        self._found.setProperty("ink", "2")
        self._found.setWordWrap(True)
        self._found.hide()
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.contents)
        self._stack.addWidget(self.hits)
        side = QWidget(self)
        side.setFixedWidth(theme.px(self.font(), _SIDE))
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(self.font(), _GAP))
        column.addWidget(self.search)
        column.addWidget(self._found)
        column.addWidget(self._stack, 1)
        body = QWidget(self)
        row = QHBoxLayout(body)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(side)
        row.addWidget(self.page, 1)
        self._close = foot_button("关闭")  # not what Enter does: that is the search's
        foot = Foot(self, (self._close,))
        foot.show_hint("再按 F1 看全部的键；Alt+← 回到上一页")
        lay_out(self, body, foot)

    def _connect(self) -> None:
        self._past: list[str] = []
        self._close.clicked.connect(self.accept)
        self.search.textChanged.connect(self._search)
        self.search.returnPressed.connect(self._take_first)
        self.contents.currentItemChanged.connect(self._turn_to_item)
        self.hits.currentItemChanged.connect(self._turn_to_hit)
        self.page.heading_asked.connect(self.turn_to)
        self.page.verticalScrollBar().valueChanged.connect(self._follow)
        for keys, act in (("Ctrl+F", self._begin_search), ("Alt+Left", self.go_back)):
            QShortcut(QKeySequence(keys), self, activated=act)  # type: ignore[call-overload]  # a signal as keyword

    def _build_contents(self) -> QTreeWidget:
        tree = QTreeWidget(self)
        tree.setHeaderHidden(True)
        tree.setAccessibleName("目录")
        tree.setProperty("box", "float")
        tree.setIndentation(theme.px(self.font(), 14))
        tree.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for page in self._pages:
            top = QTreeWidgetItem(tree, [page.title])
            for section in page.sections:
                QTreeWidgetItem(top, [section])
        return tree

    def _build_hits(self) -> QListWidget:
        hits = QListWidget(self)
        hits.setAccessibleName("找到的")
        hits.setProperty("box", "float")
        hits.setWordWrap(True)
        hits.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        hits.setSpacing(theme.px(self.font(), 3))
        return hits

    # ------------------------------------------------------------- reading
    def turn_to(self, heading: str) -> None:
        """Open the page with a heading, at the heading."""
        self._past.append(self.page.heading())
        self._show(page_with(self._pages, heading), heading)
        self.page.setFocus()

    def go_back(self) -> None:
        """Alt+←: the heading that was read before."""
        if len(self._past) > 1:
            heading = self._past.pop()
            self._show(page_with(self._pages, heading), heading)

    def text(self) -> str:
        """Return the page as shown."""
        return self.page.toPlainText()

    def chapter(self) -> str:
        """Return the title of the page that is shown."""
        return self._pages[self._number].title

    def _show(self, number: int, heading: str) -> None:
        """Show a page from a heading on; the last ones of a page stop where it ends, and are marked all the same."""
        if number != self._number:
            self._number = number
            self.page.show_page(self._pages[number].text)
        self.page.go_to(heading)
        self._mark(heading)

    def _turn_to_item(self, item: QTreeWidgetItem | None) -> None:
        if item is None:
            return
        number = self.contents.indexOfTopLevelItem(item)
        if number < 0:
            number = self.contents.indexOfTopLevelItem(item.parent())
        self._show(number, item.text(0))

    def _follow(self) -> None:
        """Mark in the contents what is being read."""
        self._mark(self.page.heading())

    def _mark(self, heading: str) -> None:
        top = self.contents.topLevelItem(self._number)
        names = [top.child(at).text(0) for at in range(top.childCount())]
        with QSignalBlocker(self.contents):
            self.contents.collapseAll()
            top.setExpanded(True)
            self.contents.setCurrentItem(top.child(names.index(heading)) if heading in names else top)

    # ----------------------------------------------------------- searching
    def _begin_search(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    def _search(self, wanted: str) -> None:
        found = find(self._pages, wanted)
        with QSignalBlocker(self.hits):
            self.hits.clear()
            for hit in found:
                self._list(hit)
        searching = bool(wanted.strip())
        self._found.setVisible(searching and not found)
        self._stack.setCurrentWidget(self.hits if searching else self.contents)
        self.page.mark(wanted.strip())

    def _list(self, hit: Hit) -> None:
        about = [around(hit.line, self.search.text().strip())] if hit.line != hit.heading else []
        item = QListWidgetItem("\n".join((hit.heading, *about)), self.hits)
        item.setData(_HEADING, hit)

    def _take_first(self) -> None:
        """Enter in the search: the first place that was found."""
        if self.hits.count():
            self.hits.setCurrentRow(0)
            self._turn_to_hit(self.hits.item(0))

    def _turn_to_hit(self, item: QListWidgetItem | None) -> None:
        if item is None:
            return
        hit: Hit = item.data(_HEADING)
        self._show(hit.page, hit.heading)
        self.page.mark(self.search.text().strip(), hit.line)
