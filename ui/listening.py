"""听差 (listening): the window hears when the program is started once more on the same data, and comes to the front.

What is handed over it passes on; it opens no file. Only a window that fills in is called, for only that one holds the data file.
"""

from __future__ import annotations

import logging
import os
from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QFileSystemWatcher, QObject, Qt, Signal
from PySide6.QtWidgets import QApplication

from perfdesk import handover

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from ui.main_window import MainWindow


class Listening(QObject):
    """Watches the folder of calls while the window stands. ``called`` carries the paths that were handed over, maybe none."""

    called = Signal(object)

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window, self._forms = window, window.forms
        self._folder: Path | None = None
        self._watcher = QFileSystemWatcher(self)
        self._watcher.directoryChanged.connect(self._look)
        app = QCoreApplication.instance()
        if app is not None:
            app.aboutToQuit.connect(self.end)

    def begin(self) -> None:
        """Listen for the data file that is open now; without a folder that can be written nobody is heard, and all else works."""
        self.end()
        if not self._forms.ready or self._forms.read_only:
            return
        try:
            self._folder = handover.listen(self._forms.store.path)
        except OSError as error:
            logging.getLogger("perfdesk").warning("nobody is listened to: errno %s", error.errno)
            return
        self._watcher.addPath(str(self._folder))
        self._look()  # who called while the data file was being opened

    def end(self) -> None:
        """Listen no more: the next start is one of its own."""
        if self._folder is not None:
            self._watcher.removePath(str(self._folder))
            handover.stop_listening(self._folder)
            self._folder = None

    def _look(self) -> None:
        if self._folder is None:
            return
        if not self._window.isVisible():  # it was closed, another window of this program goes on
            self.end()
            return
        if self._window.errands.is_ending:  # who calls now finds the data file free in a moment
            return
        for call in handover.take(self._folder):
            come_forward(self._window, token=call.token)
            self.called.emit(call.files)


def come_forward(window: QWidget, *, token: str = "") -> None:
    """Bring a window, or the dialog over it, before all others; a desktop that does not let it shows that it asks for a look.

    ``token``: the leave that a Wayland desktop gave the program that was started for it.
    """
    if token:
        os.environ[handover.ACTIVATION] = token
    if window.isMinimized():
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized | Qt.WindowState.WindowActive)
    front = QApplication.activeModalWidget() or window
    front.raise_()
    front.activateWindow()
    QApplication.alert(window)
    with suppress(KeyError):
        del os.environ[handover.ACTIVATION]
