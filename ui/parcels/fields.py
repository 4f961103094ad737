"""逐格 (fields): what differs between a form of a package and the one here, field by field, and whose side is taken.

A tick takes the package's side. The two texts stand beside each other, with the word for who changed the field.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

if TYPE_CHECKING:
    from collections.abc import Iterable

    from perfdesk.comparing import Line
    from perfdesk.merging.fields import Difference

_HEADS: Final = ("取数据包的", "数据包里", "本机", "谁改的")
_PLACE, _THERE, _HERE, _WHO = range(4)
_BLANK: Final = "（空）"


class FieldList(QTreeWidget):
    """The list. ``changed``: another side of a field was taken."""

    changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._lines: list[Line] = []
        self.setProperty("rows", "table")
        self.setAccessibleName("逐格对比")
        self.setHeaderLabels(_HEADS)
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.header().setSectionsMovable(False)
        self.header().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.header().setSectionResizeMode(_WHO, QHeaderView.ResizeMode.ResizeToContents)
        self.header().setStretchLastSection(False)
        self.itemChanged.connect(self._tell)

    def show_fields(self, found: Iterable[Difference], taken: Iterable[Line], *, choosing: bool) -> None:
        """Show fields; ``taken`` are those whose package's side is taken. Without ``choosing`` they are only read."""
        chosen, differing = {*taken}, tuple(found)
        self.blockSignals(True)
        self.clear()
        self._lines = [one.line for one in differing]
        for one in differing:
            line, group = one.line, one.line.group
            words = (f"{line.name}（{group}）", line.was or _BLANK, line.now or _BLANK, one.side.value)
            item = QTreeWidgetItem(self, [word.replace("\n", " ") for word in words])
            for column, word in enumerate(words):
                item.setToolTip(column, word)
            if choosing:
                item.setCheckState(_PLACE, Qt.CheckState.Checked if line in chosen else Qt.CheckState.Unchecked)
            face = item.font(_WHO)
            face.setBold(one.is_asked)
            item.setFont(_WHO, face)
        self.setCurrentItem(self.topLevelItem(0))
        self.blockSignals(False)

    def taken(self) -> tuple[Line, ...]:
        """Return the fields whose package's side is taken."""
        on = Qt.CheckState.Checked
        return tuple(line for row, line in enumerate(self._lines) if self.topLevelItem(row).checkState(_PLACE) is on)

    def take_all(self, *, on: bool) -> None:
        """全取数据包的, 全留本机的."""
        self.blockSignals(True)
        for row in range(self.topLevelItemCount()):
            self.topLevelItem(row).setCheckState(_PLACE, Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
        self.blockSignals(False)
        self.changed.emit()

    def texts(self) -> tuple[tuple[str, ...], ...]:
        """Return the words of every row."""
        rows = (self.topLevelItem(row) for row in range(self.topLevelItemCount()))
        return tuple(tuple(one.text(column) for column in range(len(_HEADS))) for one in rows)

    def _tell(self, *_changed: object) -> None:
        self.changed.emit()
