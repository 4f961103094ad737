"""这一格是 (panel): what the current cell of a draft is for, and how that is changed. It shows and asks; it changes no draft."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from perfdesk.drafting import (
    Use,
    as_blank,
    as_computed,
    as_field,
    as_label,
    as_own_field,
    choices_of,
    computed_of,
    is_repeated,
    label_of,
)
from ui import theme
from ui.widgets.combo import StillCombo
from ui.widgets.segments import Segments

if TYPE_CHECKING:
    from perfdesk.drafting import Draft, Spot
    from perfdesk.template import Template

_KINDS: Final = (("text", "文字"), ("long", "长文"), ("date", "日期"), ("number", "数"))
_NEW: Final = "new"
_NEW_WORDS: Final = "新的一项，名称："
Change = Callable[["Draft"], "Draft"]


class CellPanel(QWidget):
    """The row of choices. ``change_asked`` carries a function from the draft as it is to the one that is wanted."""

    change_asked = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._draft: Draft | None = None
        self._spot: Spot | None = None
        self._template: Template | None = None
        self.uses = Segments("这一格是", [one.value for one in Use], self)
        self.text, self.fields, self.kinds = QLineEdit(self), StillCombo(self), StillCombo(self)
        self._where, self._apply = QLabel(self), QPushButton("改成这样", self)
        self._build()
        self.uses.chosen.connect(self._follow_use)
        self.fields.activated.connect(self._follow_field)
        self._apply.clicked.connect(self._ask)
        self.text.returnPressed.connect(self._ask)
        self.setEnabled(False)

    def _build(self) -> None:
        self.setProperty("bar", "location")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._where.setProperty("role", "strong")
        self.text.setAccessibleName("名称或印好的字")
        self.fields.setAccessibleName("填的是哪一项")
        self.kinds.setAccessibleName("填什么")
        self._apply.setAutoDefault(False)
        for key, words in _KINDS:
            self.kinds.addItem(words, key)
        row = QHBoxLayout(self)
        side = theme.px(self.font(), theme.SPACING[5])
        row.setContentsMargins(side, theme.px(self.font(), 6), side, theme.px(self.font(), 6))
        row.setSpacing(theme.px(self.font(), theme.SPACING[3]))
        for part, stretch in ((self._where, 0), (self.uses, 0), (self.fields, 1), (self.text, 2), (self.kinds, 0)):
            row.addWidget(part, stretch)
        row.addWidget(self._apply)

    # ------------------------------------------------------------- showing
    def show_spot(self, draft: Draft, spot: Spot | None, template: Template, address: str) -> None:
        """Show what a cell is for; ``address`` is where it stands in the file."""
        self._draft, self._spot, self._template = draft, spot, template
        self.setEnabled(spot is not None)
        if spot is None:
            self._where.setText("点一格")
            return
        repeated = is_repeated(draft, spot)
        self._where.setText(f"{address or ('重复的一行' if repeated else '表头')}　这一格是")
        self.uses.choose(spot.cell.use.value)
        self.text.setText(label_of(draft, spot))
        known = next((one.kind for one in draft.fields if one.key == spot.cell.drawn), "text")
        self.kinds.setCurrentIndex(max(self.kinds.findData(known), 0))
        self._follow_use(self.uses.current())

    def _follow_use(self, key: str) -> None:
        """Offer what belongs to the chosen use."""
        draft, spot, template = self._draft, self._spot, self._template
        if draft is None or spot is None or template is None:
            return
        use, repeated = Use(key), is_repeated(draft, spot)
        self.fields.clear()
        if use is Use.INPUT and not repeated:
            self.fields.addItem(_NEW_WORDS, _NEW)
        offered = {Use.INPUT: choices_of(draft, spot, template), Use.COMPUTED: computed_of(draft, spot)}.get(use, ())
        for name, words in offered:
            self.fields.addItem(words, name)
        self.fields.setCurrentIndex(max(self.fields.findData(spot.cell.drawn.partition("|")[0]), 0))
        self._follow_field()

    def _follow_field(self, *_row: int) -> None:
        use = Use(self.uses.current())
        is_new = use is Use.INPUT and self.fields.currentData() == _NEW
        self.fields.setVisible(use in {Use.INPUT, Use.COMPUTED})
        self.text.setVisible(use is Use.LABEL or is_new)
        self.kinds.setVisible(is_new)

    # -------------------------------------------------------------- asking
    def _ask(self) -> None:
        change = self._change()
        if change is not None:
            self.change_asked.emit(change)

    def _change(self) -> Change | None:
        """Return what is wanted as a function of the draft."""
        spot, template = self._spot, self._template
        if spot is None or template is None:
            return None
        use, text, key = Use(self.uses.current()), self.text.text(), self.fields.currentData()
        kind = str(self.kinds.currentData())
        changes: dict[Use, Change] = {
            Use.LABEL: lambda draft: as_label(draft, spot, text),
            Use.BLANK: lambda draft: as_blank(draft, spot),
            Use.COMPUTED: lambda draft: as_computed(draft, spot, str(key)),
            Use.INPUT: lambda draft: as_field(draft, spot, str(key), template),
        }
        if use is Use.INPUT and key == _NEW:
            return lambda draft: as_own_field(draft, spot, text, kind)
        return changes[use]
