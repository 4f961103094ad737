"""安装更新 (dialog): one frame whose page changes: how things stand, an update, its progress, what came of it, why not.

It decides nothing: ``acted`` carries the key of the button, ``dropped`` files that were dragged here.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ui import theme
from ui.dialogs import CANCEL
from ui.dialogs.frame import Foot, foot_button
from ui.widgets.dropping import FileDrop
from ui.widgets.marks import SIZE_DIALOG, MarkLabel
from ui.widgets.speech import announce
from ui.widgets.words import copyable_words, fit_height

if TYPE_CHECKING:
    from ui.updates.words import Page

WIDTH: Final = 580
ENDING: Final = ".perfdesk-update"
_LONGEST_LIST: Final = 190
"""px that the list of changes may be high; a longer one scrolls."""
_BESIDE: Final = 60
"""px of the dialog's width that the list has not: the margins, and the scroll bar."""


class UpdateDialog(QDialog):
    """``acted`` carries the key of a button of the page, ``cancel`` for Esc; ``dropped`` the paths of update files."""

    acted = Signal(str)
    dropped = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("安装更新")
        self.setModal(True)
        self.setFixedWidth(theme.px(self.font(), WIDTH))
        self.page: Page | None = None
        self.bar = QProgressBar(self)
        self.bar.setTextVisible(False)
        self.bar.hide()
        self._part: QWidget | None = None
        self._buttons: dict[str, QPushButton] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        FileDrop(self, (ENDING,)).dropped.connect(self.dropped)

    def show_page(self, page: Page) -> None:
        """Put a page into the frame; the primary button, else the first, gets the keyboard."""
        self.page = page
        if self._part is not None:
            self.bar.setParent(self)
            self._column.removeWidget(self._part)
            self._part.hide()
            self._part.deleteLater()
        self._part = QWidget(self)
        whole = QVBoxLayout(self._part)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._body(page, self._part), 1)
        whole.addWidget(self._foot(page, self._part))
        self._column.addWidget(self._part)
        self.setAccessibleName(page.fact)
        self._part.show()
        fit_height(self)
        self._take_focus(page)
        announce(self, f"{page.fact}。{''.join(page.paragraphs)}")

    def advance(self, done: int, total: int) -> None:
        """Show how far the work is; ``total`` 0: not known."""
        self.bar.setRange(0, total)
        self.bar.setValue(done)

    def press(self, key: str) -> None:
        """Do what a click on a button does."""
        self._buttons[key].click()

    def keys(self) -> tuple[str, ...]:
        """Return the keys of the buttons there are, left to right."""
        return tuple(self._buttons)

    def said(self) -> str:
        """Return what can be read, line by line."""
        page = self.page
        if page is None:
            return ""
        facts = (f"{name}：{words}" for name, words in page.facts)
        return "\n".join((page.fact, *facts, *page.changes, *page.paragraphs))

    def reject(self) -> None:
        """Esc and the window's ×: 取消; while work is under way the button 停止 is the one way out."""
        if self.page is None or not self.page.running:
            super().reject()

    # ------------------------------------------------------------ building
    def _body(self, page: Page, parent: QWidget) -> QWidget:
        body = QWidget(parent)
        row = QHBoxLayout(body)
        row.setContentsMargins(*(theme.px(self.font(), side) for side in (20, 18, 20, 18)))
        row.setSpacing(theme.px(self.font(), 12))
        if page.mark is not None:
            row.addWidget(MarkLabel(page.mark, size=SIZE_DIALOG, parent=body), 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(theme.px(self.font(), 10))
        column.addWidget(copyable_words(body, page.fact, role="title"))
        if page.facts:
            column.addWidget(self._facts(page, body))
        if page.changes:
            column.addWidget(copyable_words(body, "改了什么", role="strong"))
            column.addWidget(self._changes(page, body))
        for words in page.paragraphs:
            column.addWidget(copyable_words(body, words))
        if page.running:
            column.addWidget(self.bar)
        self.bar.setVisible(page.running)
        column.addStretch(1)
        row.addLayout(column, 1)
        return body

    def _facts(self, page: Page, parent: QWidget) -> QFrame:
        card = QFrame(parent)
        card.setProperty("box", "card")
        grid = QGridLayout(card)
        grid.setColumnStretch(1, 1)
        grid.setHorizontalSpacing(theme.px(self.font(), 14))
        for line, (name, words) in enumerate(page.facts):
            label = copyable_words(card, name, ink="2")
            label.setWordWrap(False)
            grid.addWidget(label, line, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(copyable_words(card, words), line, 1)
        return card

    def _changes(self, page: Page, parent: QWidget) -> QScrollArea:
        """Show what is new as a list that scrolls where it is long."""
        area, inner = QScrollArea(parent), QWidget()
        area.setAccessibleName("改了什么")
        area.setProperty("box", "card")
        area.setWidgetResizable(True)
        column = QVBoxLayout(inner)
        column.setSpacing(theme.px(self.font(), 4))
        for words in page.changes:
            column.addWidget(copyable_words(inner, f"· {words}"))
        area.setWidget(inner)
        for part in (inner, area.viewport()):
            part.setAutoFillBackground(False)  # the card's own ground
        high = column.totalHeightForWidth(theme.px(self.font(), WIDTH - _BESIDE)) + 2 * theme.LINE
        area.setFixedHeight(min(high, theme.px(self.font(), _LONGEST_LIST)))
        return area

    def _foot(self, page: Page, parent: QWidget) -> Foot:
        self._buttons = {}
        for one in page.choices:
            button = foot_button(one.label, primary=one.primary)
            button.clicked.connect(partial(self._act, one.key))
            self._buttons[one.key] = button
        return Foot(parent, tuple(self._buttons.values()))

    def _act(self, key: str, *_clicked: object) -> None:
        if key == CANCEL:
            self.reject()
        else:
            self.acted.emit(key)

    def _take_focus(self, page: Page) -> None:
        wanted = next((one.key for one in page.choices if one.primary), next(iter(self._buttons), None))
        if wanted is not None:
            self._buttons[wanted].setFocus(Qt.FocusReason.OtherFocusReason)
