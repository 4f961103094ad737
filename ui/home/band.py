"""上报还缺 (band): one line that says what stands between the year and its hand-in, and a list that leads to each of it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QPushButton, QSizePolicy, QWidget

from ui import theme
from ui.widgets.looks import set_look
from ui.widgets.marks import Mark, MarkLabel

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from perfdesk.overview import ToDo

MOST: Final = 25  # lines of the list; more do not fit the smallest screen
READY: Final = "本年要交的表都齐了，可以上报。"
DONE: Final = "本年要交的表都已上报。"


class TodoBand(QFrame):
    """The line. ``chosen`` carries the form that is to be opened, ``new_asked`` kind and project of one that is to be made."""

    chosen = Signal(str)
    new_asked = Signal(object, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._todo: tuple[ToDo, ...] = ()
        self._sentence = ""
        self._read_only = False
        self._mark = MarkLabel(Mark.WARNING, parent=self)
        self._head, self._words = QLabel("上报还缺", self), QLabel(self)
        self._each = QPushButton("逐项查看", self)
        self._build()

    def _build(self) -> None:
        self._head.setProperty("role", "strong")
        self._words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._each.setProperty("link", "true")
        self._each.setAutoDefault(True)
        self._each.clicked.connect(self._list)
        row = QHBoxLayout(self)
        row.setContentsMargins(*(theme.px(self.font(), side) for side in (14, 2, 14, 2)))
        row.setSpacing(theme.px(self.font(), theme.SPACING[4]))
        for part in (self._mark, self._head):
            row.addWidget(part)
        row.addWidget(self._words, 1)
        row.addWidget(self._each)

    def show_todo(self, sentences: tuple[str, ...], todo: tuple[ToDo, ...], *, done: bool = False) -> None:
        """Show what is to do in short, and keep the list for whoever asks. ``done``: every form was handed in."""
        self._todo, whole = todo, DONE if done else READY
        self._sentence = " · ".join(sentences) or whole
        set_look(self, "verdict", "explain" if sentences else "ready")
        self._mark.set_kind(Mark.WARNING if sentences else Mark.OK)
        self._head.setVisible(bool(sentences))
        self._each.setVisible(bool(todo))
        self.setAccessibleName(f"上报还缺：{self._sentence}" if sentences else whole)
        self._fit()

    def set_read_only(self, *, read_only: bool) -> None:
        """Nothing new where nothing can be saved."""
        self._read_only = read_only

    def sentence(self) -> str:
        """Return what the line says, in full."""
        return self._sentence

    def menu(self) -> QMenu:
        """Make the list: a form opens, what lacks is made; of a long one the beginning."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for one in self._todo[:MOST]:
            new = partial(self.new_asked.emit, one.kind, one.project)
            act = menu.addAction(one.words, partial(self.chosen.emit, one.id) if one.id else new)
            act.setEnabled(bool(one.id) or not self._read_only)
        if len(self._todo) > MOST:
            menu.addAction(f"还有 {len(self._todo) - MOST} 项，做完上面的再看").setEnabled(False)
        return menu

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut the line where there is no room."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room = max(self._words.width(), theme.px(self.font(), 80))
        self._words.setText(self.fontMetrics().elidedText(self._sentence, Qt.TextElideMode.ElideRight, room))
        self._words.setToolTip(self._sentence)

    def _list(self) -> None:
        self.menu().popup(self._each.mapToGlobal(self._each.rect().bottomLeft()))
