"""预备 (warming): what the first form needs is brought in while the clerk looks at 年度总览: it then opens as fast as the second.

Nothing is made here and nothing is shown; a form that is chosen sooner brings its modules itself.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from ui import tasks

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


def _pages(_task: tasks.Task) -> tuple[type, ...]:
    """Import the sheet and the report with all that comes with them."""
    from ui.report.view import ReportView
    from ui.sheet.view import SheetView

    return SheetView, ReportView
