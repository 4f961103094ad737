"""The idle cards: their heights, their painting, and which painted button lies under the mouse."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtWidgets import (
    QListView,
    QPushButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionButton,
    QStyleOptionViewItem,
)

from perfdesk.model import Finding
from ui import theme
from ui.findings.card import Card, lay_out, paint_card
from ui.findings.cards import CardModel
from ui.widgets.items import Index, cell_of

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

_KEEP_AT_MOST: Final = 500


class CardDelegate(QStyledItemDelegate):
    """Paints the cards of a list; a hidden button lends its style to the painted ones.

    Make it before the list gets its model: the list lays out as soon as it hears of a change, the heights must be new by then.
    """

    def __init__(self, view: QListView, model: CardModel) -> None:
        super().__init__(view)
        self._view = view
        self._model = model
        self._sizes: list[QSize] | None = None
        for changed in (model.dataChanged, model.rowsInserted, model.rowsRemoved):
            changed.connect(self.forget_sizes)
        self._kept: dict[int, tuple[Finding, Card]] = {}
        self._hovered = -1
        self.explained = False  # whether the current card says why its finding matters
        self._sample = QPushButton(view)
        self._sample.setProperty("fit", "card")
        self._sample.hide()

    def card_of(self, row: int) -> Card:
        """Return the geometry of a row at the present width of the list."""
        finding = self._model.rows()[row]
        return self.current_card(finding) if row == self._view.currentIndex().row() else self._idle(finding)

    def current_card(self, finding: Finding) -> Card:
        """Return the geometry of a finding on the current card."""
        return lay_out(finding, self._view.width(), self._view.font(), current=True, explained=self.explained)

    def forget(self) -> None:
        """Lay everything out anew: the width or the text size changed."""
        self._kept = {}
        self.forget_sizes()

    def forget_sizes(self) -> None:
        """Ask the rows for their heights again: rows came, went or changed, or another one is current."""
        self._sizes = None

    def sizes(self) -> list[QSize]:
        """Return the sizes of all rows; the list asks for each of them in every layout."""
        if self._sizes is None:
            self._sizes = [QSize(1, self.card_of(row).height) for row in range(self._model.rowCount())]
        return self._sizes

    def _idle(self, finding: Finding) -> Card:
        """Return the geometry of an idle card; kept by identity, because hashing sixty findings costs a millisecond."""
        kept = self._kept.get(id(finding))
        if kept is None or kept[0] is not finding:
            if len(self._kept) > _KEEP_AT_MOST:
                self._kept = {}
            kept = (finding, lay_out(finding, self._view.width(), self._view.font(), current=False))
            self._kept[id(finding)] = kept
        return kept[1]

    def button_at(self, point: QPoint) -> int:
        """Return the row whose painted button lies under a point of the viewport, -1: none."""
        index = self._view.indexAt(point)
        if not index.isValid():
            return -1
        box = self.card_of(index.row()).button_rect().translated(self._view.visualRect(index).topLeft())
        return index.row() if box.contains(point) else -1

    def hover(self, row: int) -> None:
        """Light the painted button of a row, -1: none."""
        if row == self._hovered:
            return
        rows = (self._hovered, row)
        self._hovered = row
        for one in rows:
            if 0 <= one < self._view.model().rowCount():
                self._view.update(self._view.model().index(one, 0))

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height of a card."""
        del option
        return self.sizes()[index.row()]

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint an idle card with its button; the current one paints itself."""
        if index.row() == self._view.currentIndex().row():
            return
        card = self.card_of(index.row())
        box = cell_of(option).rect
        paint_card(painter, card, box, self._view.font(), theme.tokens(self._view.palette()), current=False)
        if card.finding.fix is not None:
            word, place = card.finding.fix.label, card.button_rect().translated(box.topLeft())
            self._paint_button(painter, word, place, hovered=index.row() == self._hovered)

    def _paint_button(self, painter: QPainter, word: str, place: QRect, *, hovered: bool) -> None:
        """Let the style draw the button that the current card would have."""
        button = QStyleOptionButton()
        button.initFrom(self._sample)
        state = QStyle.StateFlag.State_Enabled | QStyle.StateFlag.State_Raised
        button.rect = place  # type: ignore[attr-defined]
        button.text = word  # type: ignore[attr-defined]
        button.state = state | QStyle.StateFlag.State_MouseOver if hovered else state  # type: ignore[attr-defined]
        self._sample.style().drawControl(QStyle.ControlElement.CE_PushButton, button, painter, self._sample)
