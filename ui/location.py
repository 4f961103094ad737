"""位置栏 (location bar): where the current cell is, its 大写金额, and how its score came about (计分说明).

In narrow windows it also carries the button that opens the list of forms. It quotes the ``Derived``; it computes nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from perfdesk.kinds import Block
from ui import icons, theme
from ui.locks import LOOKING
from ui.widgets.rule import Rule

if TYPE_CHECKING:
    from perfdesk.derive import Derived
    from perfdesk.sheet import Cell
    from ui.locks import Lock

ARROW: Final = " › "
_BUTTON_SHARE: Final = 30  # % of the bar that the name of the form may take; the 计分说明 needs the rest
_PAST_SHARE: Final = 25  # % for last year's value
_ONLY_LOOKING: Final = "本窗口只查看，不能改。另一个窗口正在填报，或者数据文件只能读。"
_OPEN_LIST: Final = "打开列表（Ctrl+1）"
_SCORED: Final = frozenset({"target", "actual", "weight", "score", "name"})


def path_of(cell: Cell, derived: Derived) -> tuple[str, ...]:
    """Return the way to a cell: 产出指标 › 数量指标 › 实际完成值; the repeated and the blank are left out."""
    binding = cell.binding
    if binding is None:
        return ()
    if binding.block is Block.INDICATORS and binding.row < len(derived.record.indicators):
        indicator = derived.record.indicators[binding.row]
        steps: tuple[str, ...] = (indicator.level1, indicator.level2, cell.label)
    else:
        steps = (cell.place, cell.label)
    return tuple(dict.fromkeys(one for one in steps if one))


def explanation_of(cell: Cell, derived: Derived) -> str:
    """Return the 计分说明 that belongs to a cell, ``""`` where there is none."""
    binding, result = cell.binding, derived.assessment
    if binding is None:
        return ""
    if binding.block is Block.INDICATORS and binding.key in _SCORED and binding.row < len(result.scores):
        return result.scores[binding.row].explanation
    budget = result.budget
    if budget is not None and binding.block is Block.FUNDS and binding.row == budget.binding.row:
        return result.rate_explanation if binding.key == "execution_rate" else budget.explanation
    return result.total_explanation if (binding.block, binding.key) == (Block.STATED, "total_score") else ""


class LocationBar(QWidget):
    """The bar over the desk. ``list_asked``: the button of the list was pressed."""

    list_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("bar", "location")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._steps: tuple[str, ...] = ()
        self._narrow = False
        self._form = ""
        self._text, self._past, self._spelt = "", "", ""
        self._build()

    def sizeHint(self) -> QSize:
        """Return the height of the bar."""
        return QSize(200, theme.px(self.font(), theme.LOCATION_BAR))

    def minimumSizeHint(self) -> QSize:
        """Any width will do: a long path must not push the panel beside the desk together while somebody types."""
        return QSize(0, theme.px(self.font(), theme.LOCATION_BAR))

    def show_form(self, name: str) -> None:
        """Name the open form on the button of the list."""
        if name == self._form:
            return
        self._form = name
        self._list.setToolTip(f"{name}　（Ctrl+1 打开列表）" if name else _OPEN_LIST)
        self._fit()

    def show_cell(
        self, steps: tuple[str, ...], explanation: str, *, description: str = "", last_year: str = "", spelt: str = ""
    ) -> None:
        """Show the way to the current cell, its 大写金额 and 计分说明, and what it held last year: 「上年 231」."""
        self._path.setAccessibleDescription(description or explanation)
        if (steps, explanation, last_year, spelt) == (self._steps, self._text, self._past, self._spelt):
            return
        self._past, self._spelt = last_year, spelt
        self._steps = steps
        self._text = explanation
        self._path.setToolTip(ARROW.join(steps))
        self._fit()

    def show_lock(self, lock: Lock | None) -> None:
        """Mark a form that takes no change, with the word for it."""
        if lock is not None:
            self._looking.setText(lock.word)
            self._looking.setToolTip(_ONLY_LOOKING if lock is LOOKING else lock.why)
        self._looking.setVisible(lock is not None)
        self._fit()

    def texts(self) -> tuple[str, str]:
        """Return the whole way and the 计分说明."""
        return ARROW.join(self._steps), self._text

    def last_year_text(self) -> str:
        """Return what stood in the current cell last year, as it is shown."""
        return self._last_year.text()

    def spelt_text(self) -> str:
        """Return the 大写金额 of the current cell."""
        return self._spelt

    def explanation_width(self) -> int:
        """Return how many px the 计分说明 has."""
        return self._score.width()

    def set_narrow(self, *, narrow: bool) -> None:
        """Show the button of the list in narrow windows."""
        self._narrow = narrow
        self._list.setVisible(narrow)
        self._fit()

    def set_icons(self) -> None:
        """Draw the icons again after a change of theme."""
        table, dpr = theme.tokens(self.palette()), self.devicePixelRatioF()
        self._list.setIcon(icons.icon("panel-left", table, dpr=dpr, size=theme.px(self.font(), icons.ROW_SIZE)))
        chevron = icons.pixmap("chevron-down", table.ink, theme.px(self.font(), icons.ROW_SIZE), dpr)
        self._chevron.setPixmap(chevron)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Elide anew."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Follow theme and 大字."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.PaletteChange, QEvent.Type.FontChange}:
            self.set_icons()
            self._fit()

    def _build(self) -> None:
        self._list = QPushButton(self)
        self._list.setProperty("size", "card")
        self._list.setAccessibleName("列表")
        self._list.setToolTip(_OPEN_LIST)
        self._list.clicked.connect(self.list_asked)
        self._chevron = QLabel(self._list)
        self._path, self._rule, self._score = QLabel(self), Rule(self, height=22, air=0), QLabel(self)
        self._last_year = QLabel(self)
        self._path.setProperty("role", "strong")
        self._score.setProperty("ink", "2")
        self._last_year.setProperty("ink", "2")
        self._looking = QLabel(LOOKING.word, self)
        self._looking.setProperty("role", "key")
        self._looking.setProperty("tone", "warn")
        for label in (self._path, self._score, self._last_year):
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(theme.px(self.font(), 12), 0, theme.px(self.font(), 12), 0)
        self._row.setSpacing(theme.px(self.font(), 10))
        for part in (self._list, self._path, self._rule, self._score):
            self._row.addWidget(part)
        self._row.addStretch(1)
        self._row.addWidget(self._last_year)
        self._row.addWidget(self._looking, 0, Qt.AlignmentFlag.AlignVCenter)
        self._looking.hide()
        self._list.hide()
        self.set_icons()

    def _fit(self) -> None:
        """Give the path what it needs, elided from the left, and the explanation the rest."""
        gap = self._row.spacing()
        room = self.width() - 2 * theme.px(self.font(), 12)
        room -= self._looking.sizeHint().width() + gap if not self._looking.isHidden() else 0
        if self._narrow:
            room -= self._fit_button(room * _BUTTON_SHARE // 100) + gap
        _put(self._last_year, self._past, self.fontMetrics(), room * _PAST_SHARE // 100, Qt.TextElideMode.ElideRight)
        self._last_year.setToolTip(self._past)
        self._last_year.setVisible(bool(self._past))
        room -= self._last_year.width() + gap if self._past else 0
        path = ARROW.join(self._steps[-1:] if self._narrow else self._steps)
        bold = QFontMetrics(theme.sized(self.font(), theme.BODY, bold=True))
        _put(self._path, path, bold, room, Qt.TextElideMode.ElideLeft)
        room -= self._path.width() + self._rule.width() + 2 * gap
        said = (("大写：", self._spelt), ("计分说明：", self._text))
        words = "　".join(name + text for name, text in said if text)
        _put(self._score, words, self.fontMetrics(), max(room, 0), Qt.TextElideMode.ElideRight, fill=True)
        self._score.setToolTip(words)
        self._rule.setVisible(bool(path and words))

    def _fit_button(self, most: int) -> int:
        """Write the form's name on the button of the list; return the width of the button."""
        metrics, air = self.fontMetrics(), theme.px(self.font(), 68)
        name = metrics.elidedText(self._form or "列表", Qt.TextElideMode.ElideRight, max(most - air, 40))
        self._list.setText(f" {name}")
        width = metrics.horizontalAdvance(name) + air
        self._list.setFixedSize(width, theme.px(self.font(), theme.BUTTON_CARD))
        side = theme.px(self.font(), icons.ROW_SIZE)
        self._chevron.setGeometry(width - side - 8, (self._list.height() - side) // 2, side, side)
        return width


def _put(
    label: QLabel, text: str, metrics: QFontMetrics, room: int, mode: Qt.TextElideMode, *, fill: bool = False
) -> None:
    """Write a text into a label that is exactly as wide as it, at most ``room`` px; ``fill`` gives it all of the room.

    The size is fixed: then a text that changes at every keystroke does not make the whole window lay itself out anew.
    """
    shown = metrics.elidedText(text, mode, room)
    label.setText(shown)
    width = room if fill else min(metrics.horizontalAdvance(shown) + 2, max(room, 0))
    label.setFixedSize(width, metrics.size(0, shown).height())
