"""评分数据 (side form): the raw figures of a rating, grouped by item in the form's order, each entered once.

Every change goes to the document; what stands here follows from it. The card of the sheet's current row is raised and in sight,
and whoever works on a card has its row current on the sheet.
"""

from __future__ import annotations

from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from perfdesk.model import Binding, Block
from ui import theme
from ui.rating.card import ItemCard
from ui.rating.fields import FigureField, RawField
from ui.rating.items import Item, items_of, standing_of, take_computed, used_by

if TYPE_CHECKING:
    from perfdesk.derive import Derived
    from ui.document import Document


class RatingPanel(QWidget):
    """The side form of one document. ``place_chosen`` carries the Binding of the row somebody works on."""

    place_chosen = Signal(object)

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._items: tuple[Item, ...] = ()
        self._cards: tuple[ItemCard, ...] = ()
        self._heads: dict[int, QLabel] = {}  # the head above the first item of a group, by the item's row
        self._count = QLabel(self)
        self._scroll = QScrollArea(self)
        self._build()
        document.derived_changed.connect(self._show)
        document.went_to.connect(self._go_back)
        self._show(document.derived)

    def _build(self) -> None:
        self.setProperty("bar", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumWidth(theme.px(self.font(), 280))
        self.setAccessibleName("评分数据")
        self._count.setProperty("ink", "2")
        self._count.setContentsMargins(*(theme.px(self.font(), side) for side in (14, 8, 12, 8)))
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._count)
        column.addWidget(self._scroll, 1)

    # ------------------------------------------------------------- showing
    def _show(self, derived: Derived) -> None:
        """Follow the record: other items make other cards, else only texts change."""
        items = items_of(derived)
        if items != self._items:
            self._items = items
            self._fill(derived)
        values, filled = derived.record.values, set()
        for card in self._cards:
            card.show_standing(standing_of(derived, card.item.row))
            for field in card.fields:
                text = values.get(field.raw.key, "")
                field.show_text(text)
                filled |= {field.raw.key} if text.strip() else set()
        count = len(used_by(self._items))
        self._count.setText(f"原始数据填了 {len(filled)}/{count} 项，得分随填随算")

    def _fill(self, derived: Derived) -> None:
        """Make the cards anew, group by group."""
        many = frozenset(one.key for one in derived.template.fields if one.many)
        page = QWidget()
        page.setProperty("bar", "panel")
        page.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        made: list[ItemCard] = []
        self._heads = {}
        users = used_by(self._items)
        for group, items in groupby(self._items, key=lambda one: one.group):
            head = _group_head(group, page)
            column.addWidget(head)
            for item in items:
                if not made or made[-1].item.group != group:
                    self._heads[item.row] = head
                card = ItemCard(item, many=many, parent=page)
                self._connect(card, users)
                column.addWidget(card)
                made.append(card)
        column.addStretch(1)
        self._cards = tuple(made)
        self._scroll.setWidget(page)

    def _connect(self, card: ItemCard, users: dict[str, tuple[str, ...]]) -> None:
        card.set_read_only(read_only=self._document.read_only)
        card.chosen.connect(self._choose)
        card.taken.connect(self._take)
        for field in card.fields:
            others = [name for name in users[field.raw.key] if name != card.item.name]
            field.tell_of_others(f"“{'”“'.join(others)}”也用这个数，只填一次" if others else "")
            field.edited.connect(partial(self._edit, field.raw.key))
            field.left.connect(self._document.end_edit)
            if isinstance(field, FigureField):
                field.given_up.connect(self._document.cancel_edit)

    # -------------------------------------------------------------- acting
    def _edit(self, key: str, text: str) -> None:
        self._document.edit(Binding(Block.VALUES, key), text)

    def _take(self, row: int) -> None:
        self._document.apply_fix(take_computed(row))

    def _choose(self, row: int) -> None:
        self.show_row(row, scroll=False)
        self.place_chosen.emit(Binding(Block.INDICATORS, "score", row=row))

    def show_binding(self, binding: Binding | None) -> None:
        """Follow the current cell of the sheet."""
        inside = binding is not None and binding.block is Block.INDICATORS
        self.show_row(binding.row if inside and binding is not None else -1)

    def show_row(self, row: int, *, scroll: bool = True) -> None:
        """Raise the card of an indicator row and bring it into sight; the focus stays where it is."""
        for card in self._cards:
            card.set_current(current=card.item.row == row)
        if scroll:
            QTimer.singleShot(0, self, partial(self._bring, row))  # heights are known after the cards were laid out

    def take_focus(self) -> None:
        """Take the keyboard (F6): the first field of the current card, else of the first one."""
        current = [card for card in self._cards if card.property("current") == "true"] or list(self._cards[:1])
        for card in current:
            card.fields[0].take_focus()

    def _go_back(self, binding: Binding | None) -> None:
        """Undo and redo show what they change."""
        fields = [] if binding is None else [one for one in self._fields() if one.raw.key == binding.key]
        if binding is not None and binding.block is Block.VALUES and fields:
            self._scroll.ensureWidgetVisible(fields[0])

    def _fields(self) -> tuple[RawField, ...]:
        return tuple(field for card in self._cards for field in card.fields)

    def _bring(self, row: int) -> None:
        if not self._cards:
            return
        layout = self._scroll.widget().layout()
        if layout is not None:
            layout.activate()  # changed arithmetic may want other heights that are not given out yet
        for card in self._cards:
            if card.item.row == row:
                bar, view = self._scroll.verticalScrollBar(), self._scroll.viewport().height()
                head = self._heads.get(row)
                top, bottom = (card if head is None else head).y(), card.y() + card.height()
                if top < bar.value() or bottom > bar.value() + view:
                    bar.setValue(top)


def _group_head(words: str, parent: QWidget) -> QLabel:
    """Make the line above the items of a 二级指标."""
    label = QLabel(words, parent)
    label.setProperty("bar", "group")
    return label
