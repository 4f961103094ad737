"""外观设置 (appearance): which theme and which size of type are in force, remembered between two days.

It puts ``ui.theme`` on the application and tells the window; it draws nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ui import theme
from ui.theme import Faces, Mode

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from ui.settings import Settings


class Appearance(QObject):
    """The look of the program. ``changed``: icons and painted things are to be drawn again."""

    changed = Signal()

    def __init__(self, app: QApplication, settings: Settings, faces: Faces) -> None:
        super().__init__(app)
        self._app = app
        self._settings = settings
        self.faces = faces
        wanted = settings.word("mode")
        self.mode = Mode(wanted) if wanted in set(Mode) else theme.system_mode(app)
        step = settings.word("scale", "0")
        self.step = int(step) if step in {"0", "1", "2"} else 0
        self._apply()

    @property
    def tokens(self) -> theme.Tokens:
        """The table in force."""
        return theme.TABLES[self.mode]

    def set_mode(self, mode: Mode) -> None:
        """浅色, 深色 or 高对比, from now on."""
        self.mode = mode
        self._settings.set_word("mode", mode.value)
        self._apply()

    def set_step(self, step: int) -> None:
        """标准字 (0), 大字 (1) or 特大字 (2), from now on."""
        self.step = step
        self._settings.set_word("scale", str(step))
        self._apply()

    def _apply(self) -> None:
        theme.apply(self._app, self.mode, faces=self.faces, scale=theme.SCALES[self.step])
        self.changed.emit()
