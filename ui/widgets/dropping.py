"""放下文件 (dropping): lets a window take files that are dragged onto it. What is done with them is up to the listener."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class FileDrop(QObject):
    """Watches a window. ``dropped`` carries the paths of the files with one of the ``endings`` (``.json``), as a tuple.

    Anything else that is dragged (text, other files) is left to the parts of the window.
    """

    dropped = Signal(object)

    def __init__(self, window: QWidget, endings: tuple[str, ...]) -> None:
        super().__init__(window)
        self._endings = endings
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Show that the files are welcome, and take them."""
        if not isinstance(event, QDropEvent | QDragMoveEvent | QDragEnterEvent):
            return super().eventFilter(watched, event)
        paths = self._paths(event.mimeData())
        if not paths:
            return super().eventFilter(watched, event)
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        if event.type() is QEvent.Type.Drop:
            self.dropped.emit(paths)
        return True

    def _paths(self, data: QMimeData) -> tuple[Path, ...]:
        files = (Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile())
        return tuple(path for path in files if path.suffix.lower() in self._endings)
