"""短讯 (toast): one sentence at the bottom of the window, with at most two links. It asks nothing and blocks nothing.

One at a time, 6 s; it stays while the mouse is over it or a link has the focus. It lies over its parent, in no layout.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from ui import theme
from ui.widgets.marks import Mark, MarkLabel
from ui.widgets.speech import announce

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

WIDTH: Final = 430
STAYS_MS: Final = 6000
_OFF_BOTTOM: Final = 14
_MOST_LINKS: Final = 2


@dataclass(frozen=True, slots=True)
class Link:
    """A word of the toast that does something: 「撤销」, 「打开」."""

    word: str
    action: Callable[[], object]


class Toast(QFrame):
    """The toast of a window. ``lift`` px are kept free below it (the status bar); ``stays_ms`` 0 keeps it until replaced."""

    def __init__(self, parent: QWidget, *, lift: int = 0, stays_ms: int = STAYS_MS) -> None:
        super().__init__(parent)
        self._host = parent
        self._lift = lift
        self._links: tuple[_LinkButton, ...] = ()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(stays_ms)
        self._timer.timeout.connect(self._time_is_up)
        self._build()
        parent.installEventFilter(self)
        self.hide()

    def say(self, sentence: str, *, mark: Mark | None = Mark.OK, links: tuple[Link, ...] = ()) -> None:
        """Show one sentence, in place of the one before. ``links``: at most two."""
        if len(links) > _MOST_LINKS:
            raise ValueError(f"a toast has at most {_MOST_LINKS} links, not {len(links)}")
        self._mark.setVisible(mark is not None)
        if mark is not None:
            self._mark.set_kind(mark)
        self._sentence.setText(sentence)
        self.setAccessibleName(sentence)
        self._set_links(links)
        self._place()
        self.show()
        self.raise_()
        self._wait()
        announce(self, sentence)

    def text(self) -> str:
        """Return the sentence shown, ``""`` when nothing is."""
        return self._sentence.text() if not self.isHidden() else ""

    def press(self, word: str) -> None:
        """Do what a click on a link does."""
        next(button for button in self._links if button.text() == word).click()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay at the bottom centre when the window changes its size."""
        if event.type() is QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def leaveEvent(self, event: QEvent) -> None:
        """Count anew once the mouse has left."""
        super().leaveEvent(event)
        self._wait()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc puts the toast away."""
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            return
        super().keyPressEvent(event)

    def _build(self) -> None:
        """Mark, sentence, links."""
        self.setProperty("box", "float")
        self._mark = MarkLabel(Mark.OK, parent=self)
        self._sentence = QLabel(self)
        self._sentence.setWordWrap(True)
        self._sentence.setTextFormat(Qt.TextFormat.PlainText)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(*(theme.px(self.font(), side) for side in (14, 4, 12, 4)))
        self._row.setSpacing(theme.px(self.font(), 10))
        self._row.addWidget(self._mark)
        self._row.addWidget(self._sentence, 1)

    def _set_links(self, links: tuple[Link, ...]) -> None:
        """Replace the links."""
        for old in self._links:
            self._row.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._links = tuple(_LinkButton(link, self) for link in links)
        for button in self._links:
            self._row.addWidget(button)

    def _place(self) -> None:
        """Lie at the bottom centre of the parent, as high as the sentence needs."""
        width = min(theme.px(self.font(), WIDTH), self._host.width() - 2 * _OFF_BOTTOM)
        self.setFixedWidth(width)
        least = theme.px(self.font(), 40)
        height = max(self._row.heightForWidth(width) if self._row.hasHeightForWidth() else 0, least)
        left = (self._host.width() - width) // 2
        self.setGeometry(left, self._host.height() - self._lift - _OFF_BOTTOM - height, width, height)

    def _wait(self) -> None:
        """Start the count, unless the toast is to stay."""
        if self._timer.interval() > 0:
            self._timer.start()

    def _time_is_up(self) -> None:
        """Go, or wait on while somebody looks at it."""
        if self.underMouse() or any(button.hasFocus() for button in self._links):
            self._wait()
            return
        self.hide()


class _LinkButton(QPushButton):
    """A link that puts the toast away and calls its action, which may say something in its place."""

    def __init__(self, link: Link, parent: Toast) -> None:
        super().__init__(link.word, parent)
        self._action = link.action
        self.setProperty("link", "true")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(parent.hide)
        self.clicked.connect(self._act)

    def _act(self) -> None:
        """Do what the word says."""
        self._action()
