"""评分项 (item card): one item of the side form: its name and points, its raw figures, and the arithmetic of its score."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from perfdesk.amounts import format_score
from ui import theme
from ui.rating.fields import RawField, field_of
from ui.widgets.looks import set_look
from ui.widgets.words import copyable_words

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent

    from ui.rating.items import Item, Standing


class ItemCard(QFrame):
    """The card. ``chosen`` carries the row of the item when somebody turns to it, ``taken`` when 采用 is pressed."""

    chosen = Signal(int)
    taken = Signal(int)

    def __init__(self, item: Item, *, many: frozenset[str], parent: QWidget) -> None:
        super().__init__(parent)
        self.item = item
        self.fields: tuple[RawField, ...] = tuple(
            field_of(raw, many=raw.key in many, head=item.name, parent=self) for raw in item.raws
        )
        self._why, self._result, self._stated = copyable_words(self, ink="2"), QLabel(self), QLabel(self)
        self._take = QPushButton(self)
        self._standing: Standing | None = None
        self._read_only = False
        self.setProperty("box", "item")
        self.setProperty("current", "false")
        self.setAccessibleName(f"{item.name}，{item.weight}分")
        self._build()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(*(theme.px(self.font(), side) for side in (11, 9, 12, 10)))
        column.setSpacing(theme.px(self.font(), 6))
        column.addLayout(self._build_head())
        for field in self.fields:
            column.addWidget(field)
            field.entered.connect(self._choose)
        column.addWidget(self._why)
        column.addLayout(self._build_foot())

    def _build_head(self) -> QHBoxLayout:
        name, weight = QLabel(self.item.name, self), QLabel(f"{self.item.weight} 分", self)
        name.setProperty("role", "strong")
        name.setWordWrap(True)
        weight.setProperty("ink", "3")
        row = QHBoxLayout()
        row.setSpacing(theme.px(self.font(), 8))
        row.addWidget(name, 1)
        row.addWidget(weight, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _build_foot(self) -> QHBoxLayout:
        """The points, and beside typed ones the computed ones with the way to take them."""
        self._result.setProperty("role", "strong")
        self._stated.setProperty("tone", "err")
        self._take.setProperty("fit", "card")
        self._take.clicked.connect(self._take_computed)
        row = QHBoxLayout()
        row.setSpacing(theme.px(self.font(), 8))
        key = QLabel("得分", self)
        key.setProperty("ink", "3")
        row.addWidget(key)
        row.addWidget(self._result)
        row.addWidget(self._stated)
        row.addStretch(1)
        row.addWidget(self._take)
        return row

    def show_standing(self, standing: Standing) -> None:
        """Show how the item stands now; what did not change is left alone."""
        if standing == self._standing:
            return
        self._standing = standing
        self._why.setText(standing.why)
        self._result.setText(f"{standing.result}（填的）" if standing.stated else standing.result)
        computed = "" if standing.computed is None else format_score(standing.computed)
        self._stated.setText(f"≠ {computed}" if standing.differs else "")
        self._take.setText(f"采用 {computed}")
        self._show_button()

    def set_read_only(self, *, read_only: bool) -> None:
        """Only look, or fill in."""
        self._read_only = read_only
        for field in self.fields:
            field.set_read_only(read_only=read_only)
        self._show_button()

    def set_current(self, *, current: bool) -> None:
        """Raise the card of the sheet's current row."""
        set_look(self, "current", "true" if current else "false")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click beside the fields turns to the item too."""
        super().mousePressEvent(event)
        self._choose()

    def _show_button(self) -> None:
        self._take.setVisible(self._standing is not None and self._standing.differs and not self._read_only)

    def _choose(self) -> None:
        self.chosen.emit(self.item.row)

    def _take_computed(self) -> None:
        self.taken.emit(self.item.row)
