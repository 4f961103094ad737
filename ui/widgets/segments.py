"""分段选择 (segmented choice): a few words side by side of which one is chosen. Left and right arrows move, space sets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QToolButton, QWidget

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QKeyEvent


class Segments(QWidget):
    """The choice. ``chosen`` carries the key of the segment somebody chose; setting one by :meth:`choose` does not tell."""

    chosen = Signal(str)

    def __init__(self, name: str, keys: Iterable[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QToolButton] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for key in keys:
            button = _Segment(self)
            button.setText(key)
            self._group.addButton(button)
            self._buttons[key] = button
            row.addWidget(button)
        self._keys = tuple(self._buttons)
        self.choose(self._keys[0])
        self._group.buttonClicked.connect(self._tell)

    def set_words(self, key: str, words: str) -> None:
        """Write other words on a segment: 「可上报 1」."""
        self._buttons[key].setText(words)

    def words(self) -> tuple[str, ...]:
        """Return the words of the segments that are shown, from left to right."""
        return tuple(button.text() for button in self._buttons.values() if not button.isHidden())

    def set_shown(self, key: str, *, shown: bool) -> None:
        """Show a segment or hide it; the chosen one stays, so that nobody loses what is chosen."""
        self._buttons[key].setVisible(shown or self._buttons[key].isChecked())

    def current(self) -> str:
        """Return the key of the chosen segment."""
        return next(key for key, button in self._buttons.items() if button.isChecked())

    def choose(self, key: str) -> None:
        """Choose a segment without telling; Tab then stops at that one alone."""
        for name, button in self._buttons.items():
            button.setChecked(name == key)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if name == key else Qt.FocusPolicy.ClickFocus)

    def step(self, by: int) -> None:
        """Choose the segment ``by`` places to the right."""
        shown = [key for key in self._keys if not self._buttons[key].isHidden()]
        key = shown[(shown.index(self.current()) + by) % len(shown)]
        self.choose(key)
        self._buttons[key].setFocus(Qt.FocusReason.TabFocusReason)
        self.chosen.emit(key)

    def _tell(self) -> None:
        self.choose(self.current())
        self.chosen.emit(self.current())


class _Segment(QToolButton):
    """One of the words."""

    def __init__(self, owner: Segments) -> None:
        super().__init__(owner)
        self._owner = owner
        self.setCheckable(True)
        self.setProperty("flat", "segment")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move the choice; the rest is Qt's."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self._owner.step(step)
