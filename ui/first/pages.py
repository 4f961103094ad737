"""三页 (pages) of the first start: the office, the set of forms, year and money unit. Each holds its fields and decides nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from perfdesk.amounts import MoneyUnit
from ui import icons, theme
from ui.dialogs.frame import named_line
from ui.widgets.combo import StillCombo
from ui.widgets.words import plain_words

if TYPE_CHECKING:
    from ui.first.sets import FormSet

_UNITS: Final = (MoneyUnit.WAN, MoneyUnit.YUAN)


class Page(QWidget):
    """One question: a title, what becomes of the answer, and the fields below. ``answered``: something was typed or chosen."""

    answered = Signal()

    def __init__(self, title: str, about: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(theme.px(self.font(), 6))
        head = plain_words(self, title, role="page")
        self.column.addWidget(head)
        self.column.addWidget(plain_words(self, about, ink="2"))
        self.column.addSpacing(theme.px(self.font(), 8))

    def add_field(self, name: str, field: QWidget, hint: str) -> None:
        """Put a field under its name, with a hint below it."""
        label = plain_words(self, name, role="strong")
        label.setBuddy(field)
        self.column.addWidget(label)
        self.column.addWidget(field)
        self.column.addWidget(plain_words(self, hint, ink="2"))
        self.column.addSpacing(theme.px(self.font(), 8))


class OfficePage(Page):
    """单位全称 and 主管部门代码; from here data of another computer can be brought in."""

    restore_asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__("您在哪个单位填报？", "这些内容会填进每张表的表头，每张表里都可以再改。", parent)
        self.bureau = named_line("单位全称", "", self)
        self.code = named_line("主管部门代码", "", self)
        self.add_field("单位全称", self.bureau, "与公章一致")
        self.add_field("主管部门代码", self.code, "财政部门给的编号，没有可不填")
        self.column.addWidget(self._build_restore())
        self.column.addStretch(1)
        self.bureau.textChanged.connect(self.answered)

    def _build_restore(self) -> QFrame:
        """The card for who has data already."""
        card = QFrame(self)
        card.setProperty("box", "card")
        icon = QLabel(card)
        size = theme.px(self.font(), icons.TOOL_SIZE)
        icon.setPixmap(icons.pixmap("file-input", theme.tokens(self.palette()).ink, size, self.devicePixelRatioF()))
        button = QPushButton("恢复数据…", card)
        button.setProperty("link", "true")
        button.setAutoDefault(False)
        button.clicked.connect(self.restore_asked)
        row = QHBoxLayout(card)
        row.setContentsMargins(*(theme.px(self.font(), side) for side in (14, 4, 14, 4)))
        row.addWidget(icon)
        row.addWidget(plain_words(card, "换了电脑？可以用旧电脑的备份。"), 1)
        row.addWidget(button)
        return card


class SetPage(Page):
    """The set of forms of the place."""

    def __init__(self, sets: tuple[FormSet, ...], parent: QWidget) -> None:
        super().__init__("财政部门发的是哪套表？", "新建表时先给这一套，别的表样也随时能用。", parent)
        self._sets = sets
        self.group = QButtonGroup(self)
        inside = QWidget(self)
        list_ = QVBoxLayout(inside)
        room = theme.px(self.font(), 4)  # for the ring round the one that has the keyboard
        list_.setContentsMargins(room, room, theme.px(self.font(), 8), room)
        list_.setSpacing(theme.px(self.font(), 2))
        for number, one in enumerate(sets):
            self._add(list_, number, one)
        list_.addStretch(1)
        area = QScrollArea(self)
        area.setWidget(inside)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.viewport().setAutoFillBackground(False)
        inside.setAutoFillBackground(False)
        self.column.addWidget(area, 1)
        self.group.idToggled.connect(self._tell)

    def chosen(self) -> FormSet:
        """Return the chosen set."""
        return self._sets[max(self.group.checkedId(), 0)]

    def choose(self, name: str) -> None:
        """Choose a set by its name, as a click would."""
        next(one for one in self.group.buttons() if one.text() == name).setChecked(True)

    def _add(self, column: QVBoxLayout, number: int, one: FormSet) -> None:
        button = QRadioButton(one.name, self)
        button.setAccessibleDescription(one.about)
        button.setChecked(number == 0)
        self.group.addButton(button, number)
        about = plain_words(self, one.about, ink="2")
        about.setIndent(theme.px(self.font(), 24))
        column.addWidget(button)
        column.addWidget(about)
        column.addSpacing(theme.px(self.font(), 6))

    def _tell(self, _number: int, checked: bool) -> None:
        if checked:
            self.answered.emit()


class YearPage(Page):
    """年度, 金额单位, and whether to begin with a blank form at once."""

    def __init__(self, year: int, parent: QWidget) -> None:
        super().__init__("填哪一年的表？", "新建的表先用这个年度和金额单位。", parent)
        self.year = named_line("绩效年度", str(year), self)
        self.unit = StillCombo(self)
        self.unit.setAccessibleName("金额单位")
        for one in _UNITS:
            self.unit.addItem(one.value, one)
        self.begin = QCheckBox(self)
        self.begin.setChecked(True)
        self.add_field("绩效年度", self.year, "自评填的是花钱的那一年，四位数字")
        self.add_field("金额单位", self.unit, "与财政部门发的表一致，表头上印着")
        self.column.addWidget(self.begin)
        self.column.addStretch(1)
        self.year.textChanged.connect(self.answered)

    def show_set(self, chosen: FormSet) -> None:
        """Offer the money unit of the chosen set, and its first form to begin with."""
        self.unit.setCurrentIndex(self.unit.findData(chosen.first.unit))
        self.begin.setText(f"现在就建一张空的“{chosen.first.title}”")
