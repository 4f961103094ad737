"""预备 (warming): what the first form needs is brought in while the clerk looks at 年度总览: it then opens as fast as the second.

Nothing is made here; a form that is chosen sooner brings its modules itself. The faces that a package holds compressed come
first: a rare character in a list waits for them.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

from perfdesk.fonts import unpack
from ui import tasks
from ui.faces import register_unpacked

REST_MS: Final = 1000
"""How long the window stands before; until then the list and its marks want the processor."""


class Warming(QObject):
    """Brings in the pages of forms, once and off the UI thread, a moment after :meth:`begin`; then it is ``done``."""

    done = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self._bring)

    def begin(self) -> None:
        """The window stands."""
        self._rest.start()

    def _bring(self) -> None:
        tasks.run(self, _pages, self._end)

    def _end(self, _pages: object) -> None:
        self.done.emit()


class Unpacking(QObject):
    """Unpacks faces off the UI thread after :meth:`begin`, gives them to Qt and has the windows drawn once more; then ``done``.

    ``failed`` brings the :class:`UserError` of a damaged one.
    """

    done = Signal()
    failed = Signal(object)

    def __init__(self, parent: QObject, packed: tuple[Path, ...]) -> None:
        super().__init__(parent)
        self._left = list(packed)

    def begin(self) -> None:
        """The window stands. One face at a time, so that no more than one lies in memory twice."""
        if not self._left:
            self.done.emit()
            return
        path = self._left.pop()
        tasks.run(self, lambda _task: unpack(path), self._take, failed=self.failed.emit)

    def _take(self, data: bytes) -> None:
        register_unpacked(data)
        for window in QApplication.topLevelWidgets():
            QWidget.update(window)  # lists have an update of their own, of one row
        self.begin()


def _pages(_task: tasks.Task) -> tuple[type, ...]:
    """Import the sheet and the report with all that comes with them."""
    from ui.report.view import ReportView
    from ui.sheet.view import SheetView

    return SheetView, ReportView
