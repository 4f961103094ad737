"""The list of cards: idle ones are painted, the current one is a real widget, so sixty findings cost one widget.

The view says which place or fix was chosen; it keeps its scroll position while findings come and go.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from perfdesk.model import Binding, Finding
from ui import theme
from ui.findings.cards import FINDING_ROLE, CardModel, Key, key_of
from ui.findings.current import CardWidget
from ui.findings.delegate import CardDelegate
from ui.findings.wording import preview_lines
from ui.theme import qcolor
from ui.widgets.items import Index

_EMPTY_TOP: Final = 28


class CardsView(QListView):
    """The cards. ``place_chosen`` carries a Binding, ``fix_chosen`` a Finding; both come from the user only.

    ``answer_typed`` carries a Finding and the text of its 说明 at every key, ``answer_left`` tells that the typing came to an end.
    """

    place_chosen = Signal(object)
    fix_chosen = Signal(object)
    answer_typed = Signal(object, str)
    answer_left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = CardModel()
        self._card: CardWidget | None = None
        self._done: tuple[Key, ...] = ()  # the cards up to the one left last: 下一处 goes on after those still there
        self._quiet = False
        self._empty_text = ""
        self._delegate = CardDelegate(self, self._model)
        self._pressed: QPoint | None = None
        self._build()

    def _build(self) -> None:
        """Set the list up: variable heights, smooth scrolling, no selection besides the current card."""
        self.setModel(self._model)
        self.setItemDelegate(self._delegate)
        self.setProperty("bar", "panel")
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.verticalScrollBar().setSingleStep(theme.ROW_LIST)
        self.setMouseTracking(True)
        self.setAccessibleName("审核提示")

    def begin(self) -> None:
        """Another form: no card is current or done, and the list stands at its top."""
        self.make_current(-1, tell=False)
        self._done = ()
        self.verticalScrollBar().setValue(0)

    def show_cards(self, findings: tuple[Finding, ...], *, empty_text: str = "") -> None:
        """Show the findings; the current card, the focus and the scroll position stay where they are."""
        said, self._empty_text = self._empty_text, empty_text
        if findings == self._model.rows():
            if not findings and said != empty_text:
                self.viewport().update()
            return
        current = self.current_finding()
        anchor = self._anchor()
        before = self._delegate.sizes()
        row_before = self.currentIndex().row()
        self._quiet = True
        alike = self._model.rows_of(key_of(current)).index(row_before) if current is not None else 0
        if current is not None and key_of(current) not in map(key_of, findings):
            self.setCurrentIndex(QModelIndex())
            self._done = self._keys(row_before)
            current = None
        self._model.set_rows(findings)
        if current is not None:
            rows = self._model.rows_of(
                key_of(current)
            )  # two findings of one rule and place are told apart by their order
            self.setCurrentIndex(self._model.index(rows[min(alike, len(rows) - 1)]))
        if self.current_finding() is not current:
            self._renew_card()
        self._quiet = False
        if self._delegate.sizes() != before:
            self._lay_out(rows_stayed=len(before) == len(findings))
            self._restore(anchor)

    def current_finding(self) -> Finding | None:
        """Return the finding of the current card."""
        index = self.currentIndex()
        return self._model.rows()[index.row()] if index.isValid() else None

    @property
    def is_answered_now(self) -> bool:
        """Whether the keyboard is in the field of a 说明."""
        return self._card is not None and self._card.editor().hasFocus()

    def card_count(self) -> int:
        """Return the number of cards shown."""
        return self._model.rowCount()

    def empty_text(self) -> str:
        """Return what is said in the place of cards, ``""`` where there are some."""
        return "" if self._model.rowCount() else self._empty_text

    def make_current(self, row: int, *, tell: bool) -> None:
        """Make a card the current one (-1: none); ``tell`` says its place to listeners. The focus stays where it is."""
        self._quiet = True
        self.setCurrentIndex(self._model.index(row) if row >= 0 else QModelIndex())
        self._quiet = False
        if tell:
            self._tell_place()

    def step(self, direction: int) -> None:
        """Go to the next (+1) or previous (-1) card, round the ends, and say its place."""
        count = self._model.rowCount()
        if not count:
            return
        index = self.currentIndex()
        if index.isValid():
            row = (index.row() + direction) % count
        else:
            last = max((self._model.row_of(key) for key in self._done), default=-1)
            row = (last + 1 if direction > 0 else last) % count
        self.make_current(row, tell=True)

    def row_for(self, binding: Binding) -> int:
        """Return the row of the card about a cell: first by its own place, then by the cells it marks, then by 连带; -1: none."""
        rows = self._model.rows()
        index = self.currentIndex()
        if index.isValid() and any(binding_meets(binding, places) for places in _places(rows[index.row()])):
            return index.row()
        for level in range(3):
            for row, finding in enumerate(rows):
                if binding_meets(binding, _places(finding)[level]):
                    return row
        return -1

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Give the current row its widget and take it from the former one."""
        self._delegate.forget_sizes()
        anchor = self._anchor()
        self._drop_card(previous)
        if current.isValid():
            self._set_card(current)
            self._done = self._keys(current.row() + 1)
        self.doItemsLayout()
        if not self._quiet or anchor is None:
            super().currentChanged(current, previous)
        elif current.isValid():
            self.scrollTo(current)
        if not self._quiet:
            self._tell_place()

    def dataChanged(self, first: Index, last: Index, roles: Sequence[int] = ()) -> None:
        """Repaint the changed rows. QListView would lay everything out anew; ``show_cards`` does so where a height changed."""
        QAbstractItemView.dataChanged(self, first, last, roles)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Take the focus; Qt makes the first row current then, which is no choice of the user."""
        self._quiet = True
        super().focusInEvent(event)
        self._quiet = False
        self._repaint_frame()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Give the focus up."""
        super().focusOutEvent(event)
        self._repaint_frame()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes to the place; arrows, Home and End move the current card."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._tell_place()
            return
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Wait for the release: a card that grew under the finger would catch it with its button."""
        self._pressed = event.position().toPoint() if event.button() is Qt.MouseButton.LeftButton else None

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on a painted button applies the fix, elsewhere it makes the card current and goes to the place.

        A fix of several cells is shown first: the current card lists what it would change.
        """
        point, pressed = event.position().toPoint(), self._pressed
        self._pressed = None
        if pressed is None or self.indexAt(pressed) != self.indexAt(point) or not self.indexAt(point).isValid():
            return
        row = self._delegate.button_at(point)
        if row >= 0 and row == self._delegate.button_at(pressed) and not preview_lines(self._model.rows()[row]):
            self.fix_chosen.emit(self._model.rows()[row])
            return
        self.make_current(self.indexAt(point).row(), tell=True)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Light the painted button under the mouse."""
        self._delegate.hover(self._delegate.button_at(event.position().toPoint()))

    def leaveEvent(self, event: QEvent) -> None:
        """No button is under the mouse any more."""
        del event
        self._delegate.hover(-1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the lines for another width."""
        self._delegate.forget()
        super().resizeEvent(event)
        self._renew_card()

    def changeEvent(self, event: QEvent) -> None:
        """Measure anew for another text size."""
        if event.type() is QEvent.Type.FontChange:
            self._delegate.forget()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the cards, or the word that there are none; the focus frame where no card carries it."""
        super().paintEvent(event)
        painter, table = QPainter(self.viewport()), theme.tokens(self.palette())
        if not self._model.rowCount():
            painter.setPen(qcolor(table.ink3))
            side = theme.SPACING[5]
            box = self.viewport().rect().adjusted(side, theme.px(self.font(), _EMPTY_TOP), -side, 0)
            painter.drawText(box, Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap, self._empty_text)
        if self.hasFocus() and self._card is None:
            painter.setPen(QPen(qcolor(table.accent), theme.FRAME))
            painter.drawRect(self.viewport().rect().adjusted(1, 1, -1, -1))
        painter.end()

    def _keys(self, end: int) -> tuple[Key, ...]:
        """Return the keys of the first ``end`` cards."""
        return tuple(key_of(one) for one in self._model.rows()[:end])

    def _tell_place(self) -> None:
        """Say the place of the current card."""
        finding = self.current_finding()
        if finding is not None and finding.binding is not None:
            self.place_chosen.emit(finding.binding)

    def _lay_out(self, *, rows_stayed: bool) -> None:
        """Put the cards to their places. Qt has done it, or knows it is due, when rows came or went."""
        if rows_stayed:
            self.scheduleDelayedItemsLayout()
        self.executeDelayedItemsLayout()

    def _anchor(self) -> tuple[QPersistentModelIndex, int] | None:
        """Remember a row that is in sight, the current one if possible, and how far from the top it is."""
        if self.verticalScrollBar().value() == 0:
            return None
        index = self.currentIndex()
        if not index.isValid() or not self.visualRect(index).intersects(self.viewport().rect()):
            index = self.indexAt(QPoint(1, 1))
        return (QPersistentModelIndex(index), self.visualRect(index).top()) if index.isValid() else None

    def _restore(self, anchor: tuple[QPersistentModelIndex, int] | None) -> None:
        """Put the remembered row back to its distance from the top."""
        if anchor is None or not anchor[0].isValid():
            return
        now = self.visualRect(self._model.index(anchor[0].row())).top()
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + now - anchor[1])

    def _set_card(self, index: Index) -> None:
        """Make the widget of the current row."""
        self._delegate.explained = False
        card = CardWidget(index.data(FINDING_ROLE), self, self._delegate.current_card)
        card.fix_pressed.connect(self._fix_current)
        card.why_pressed.connect(self.explain_current)
        card.answered.connect(self._answer_current)
        card.answer_left.connect(self.answer_left)
        card.place_pressed.connect(self._tell_place)
        self._card = card
        self.setIndexWidget(index, card)
        for before, after in pairwise((self, card.button(), card.why(), card.editor())):
            self.setTabOrder(before, after)

    def _drop_card(self, index: Index) -> None:
        """Let the widget of a row go; the focus does not go with it."""
        if self._card is None:
            return
        if self._card.holds_focus():
            self.setFocus()
        self._card = None
        if index.isValid():
            self.setIndexWidget(index, None)  # type: ignore[arg-type]  # Qt takes nullptr here

    def _renew_card(self) -> None:
        """Show the newest finding on the current card."""
        finding = self.current_finding()
        if self._card is not None and finding is not None:
            self._card.set_finding(finding, explained=self._delegate.explained)

    def _repaint_frame(self) -> None:
        """Draw or wipe the focus frame: round the current card, or round the list when there is none."""
        self.viewport().update()
        if self._card is not None:
            self._card.update()

    def explain_current(self) -> None:
        """为什么: show why the current finding matters, or hide it again."""
        self._delegate.explained = not self._delegate.explained
        self._delegate.forget_sizes()
        self._renew_card()
        self._lay_out(rows_stayed=True)

    def answer_current(self) -> None:
        """Put the cursor into the field of the 说明, where the current finding has one."""
        if self._card is not None and self._card.editor().isVisible():
            self._card.editor().setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _answer_current(self, text: str) -> None:
        """Tell what is being said to the current finding."""
        finding = self.current_finding()
        if finding is not None:
            self.answer_typed.emit(finding, text)

    def _fix_current(self) -> None:
        """Ask for the fix of the current card."""
        finding = self.current_finding()
        if finding is not None and finding.fix is not None:
            self.fix_chosen.emit(finding)


def binding_meets(binding: Binding, places: tuple[Binding, ...]) -> bool:
    """Tell whether a cell is one of the places; a group cell and the rows it stands for are the same place."""
    return any(place.covers(binding) or binding.covers(place) for place in places)


def _places(finding: Finding) -> tuple[tuple[Binding, ...], ...]:
    """Return the places of a finding, nearest first: its own, the cells it marks, those of its consequences."""
    own = () if finding.binding is None else (finding.binding,)
    follow = tuple(one.binding for one in finding.consequences if one.binding is not None)
    return own, finding.also, follow
