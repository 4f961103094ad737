"""页签 (tabs): several panels in one place, one shown at a time, with their names in a row above them.

With one panel there is nothing to choose and no row of names. It knows nothing of what the panels show.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QTabBar, QVBoxLayout, QWidget

from ui import theme


class Page(NamedTuple):
    """One panel: its key, the words on its tab, the widget, and how it takes the keyboard."""

    key: str
    words: str
    widget: QWidget
    focus: Callable[[], object]


class SideTabs(QWidget):
    """The tabs. ``chosen`` carries the key of the page that is shown from now on."""

    chosen = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pages: tuple[Page, ...] = ()
        self._folded = False
        self._bar = QTabBar(self)
        self._line = QWidget(self)
        self._build(name)

    def _build(self, name: str) -> None:
        """Stand the names over the panels; a hidden panel asks for no room."""
        self.setProperty("bar", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._bar.setDrawBase(False)
        self._bar.setExpanding(False)
        self._bar.setUsesScrollButtons(False)
        self._bar.setElideMode(Qt.TextElideMode.ElideNone)
        self._bar.setAccessibleName(name)
        self._bar.currentChanged.connect(self._show_current)
        self._line.setProperty("bar", "line")
        self._line.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._line.setFixedHeight(theme.LINE)
        head = QHBoxLayout()
        head.setContentsMargins(theme.px(self.font(), theme.SPACING[3]), 0, 0, 0)
        head.addWidget(self._bar)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addLayout(head)
        self._column.addWidget(self._line)

    def show_pages(self, pages: tuple[Page, ...], *, first: str = "") -> None:
        """Offer these pages instead of those before, and show the one of the key ``first``; else the one shown stays."""
        wanted = first or self.current()
        with QSignalBlocker(self._bar):
            for page in self._pages:
                if page not in pages:
                    page.widget.hide()
                    self._column.removeWidget(page.widget)
            while self._bar.count():
                self._bar.removeTab(0)
            for page in pages:
                self._bar.addTab(page.words)
                if self._column.indexOf(page.widget) < 0:
                    self._column.addWidget(page.widget, 1)
        self._pages = pages
        self.choose(wanted if wanted in self.keys() else pages[0].key)
        self._show_current()

    def keys(self) -> tuple[str, ...]:
        """Return the keys of the pages, from left to right."""
        return tuple(page.key for page in self._pages)

    def current(self) -> str:
        """Return the key of the page that is shown, ``""`` before there is any."""
        at = self._bar.currentIndex()
        return self._pages[at].key if 0 <= at < len(self._pages) else ""

    def choose(self, key: str) -> None:
        """Show the page of a key; one that is not there changes nothing."""
        if key in self.keys():
            self._bar.setCurrentIndex(self.keys().index(key))

    def rename(self, key: str, words: str) -> None:
        """Give a tab other words: 「审核 2」."""
        if key in self.keys() and self._bar.tabText(self.keys().index(key)) != words:
            self._bar.setTabText(self.keys().index(key), words)

    def words(self) -> tuple[str, ...]:
        """Return what stands on the tabs."""
        return tuple(self._bar.tabText(at) for at in range(self._bar.count()))

    def set_folded(self, *, folded: bool) -> None:
        """Put the names away: a panel that is folded to a strip has no room for them."""
        self._folded = folded
        self._show_names()

    def take_focus(self) -> None:
        """Give the keyboard to the page that is shown (F6)."""
        at = self._bar.currentIndex()
        if 0 <= at < len(self._pages):
            self._pages[at].focus()

    def _show_names(self) -> None:
        for part in (self._bar, self._line):
            part.setVisible(len(self._pages) > 1 and not self._folded)

    def _show_current(self) -> None:
        """Show one page; the new one first, so that the place never collapses in between."""
        current = self.current()
        for page in sorted(self._pages, key=lambda one: one.key != current):
            page.widget.setVisible(page.key == current)
        self._show_names()
        self.chosen.emit(current)
