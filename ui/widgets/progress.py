"""进度卡 (progress card): what runs, how far it is, and 停止. It appears after 0.4 s; the window stays usable.

It counts nothing itself and stops nothing itself: it shows what it is told and asks to stop.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QProgressBar, QPushButton, QWidget

from ui import theme
from ui.widgets.speech import announce

WIDTH: Final = 430
APPEARS_AFTER_MS: Final = 400
_OFF_BOTTOM: Final = 14


class ProgressCard(QFrame):
    """The card of one running task. ``stop_asked`` is the wish of the user."""

    stop_asked = Signal()

    def __init__(self, parent: QWidget, *, lift: int = 0) -> None:
        super().__init__(parent)
        self._host = parent
        self._lift = lift
        self._current = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(APPEARS_AFTER_MS)
        self._timer.timeout.connect(self._appear)
        self._build()
        parent.installEventFilter(self)
        self.hide()

    def begin(self, title: str, total: int, *, may_stop: bool = True) -> None:
        """A task of ``total`` steps has begun; the card appears if it takes longer than 0.4 s. 0: length unknown."""
        self._stop.setVisible(may_stop)
        self._title.setText(title)
        self.setAccessibleName(title)
        self._bar.setRange(0, total)
        self._stop.setEnabled(True)
        self._stop.setText("停止")
        self.advance(0, "")
        self._timer.start()

    def advance(self, done: int, current: str) -> None:
        """Show that ``done`` steps are finished and ``current`` (a file name) is at work."""
        total = self._bar.maximum()
        self._bar.setValue(done)
        self._count.setText(f"{done} / {total}" if total else "")
        self._current = current
        self._show_current()

    def finish(self) -> None:
        """The task is over, whatever came of it."""
        self._timer.stop()
        self.hide()

    def texts(self) -> tuple[str, str, str]:
        """Return title, count and current file as shown."""
        return self._title.text(), self._count.text(), self._current

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay at the bottom centre when the window changes its size."""
        if event.type() is QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def _build(self) -> None:
        """Title and count, bar, current file and 停止."""
        self.setProperty("box", "float")
        self._title, self._count, self._file = QLabel(self), QLabel(self), QLabel(self)
        self._title.setProperty("role", "strong")
        self._count.setProperty("ink", "2")
        self._file.setProperty("ink", "2")
        self._bar = QProgressBar(self)
        self._bar.setTextVisible(False)
        self._stop = QPushButton("停止", self)
        self._stop.setProperty("fit", "card")
        self._stop.clicked.connect(self._ask_to_stop)
        grid = QGridLayout(self)
        grid.setContentsMargins(*(theme.px(self.font(), side) for side in (14, 12, 14, 12)))
        grid.setVerticalSpacing(theme.px(self.font(), 8))
        grid.setColumnStretch(0, 1)
        grid.addWidget(self._title, 0, 0)
        grid.addWidget(self._count, 0, 1, Qt.AlignmentFlag.AlignRight)
        grid.addWidget(self._bar, 1, 0, 1, 2)
        grid.addWidget(self._file, 2, 0)
        grid.addWidget(self._stop, 2, 1)

    def _ask_to_stop(self) -> None:
        """Pass the wish on, once."""
        self._stop.setEnabled(False)
        self._stop.setText("正在停止")
        self.stop_asked.emit()

    def _appear(self) -> None:
        """Show the card: the task takes its time."""
        self._place()
        self.show()
        self.raise_()
        self._show_current()
        announce(self, self._title.text())

    def _place(self) -> None:
        """Lie at the bottom centre of the parent."""
        width = min(theme.px(self.font(), WIDTH), self._host.width() - 2 * _OFF_BOTTOM)
        height = self.sizeHint().height()
        top = self._host.height() - self._lift - _OFF_BOTTOM - height
        self.setGeometry((self._host.width() - width) // 2, top, width, height)

    def _show_current(self) -> None:
        """Write the file name, its middle left out when it is long."""
        room = theme.px(self.font(), WIDTH - 2 * 14 - 110)
        self._file.setText(QFontMetrics(self.font()).elidedText(self._current, Qt.TextElideMode.ElideMiddle, room))
        self._file.setToolTip(self._current)
