"""页面设置 (page set-up): paper, direction, margins, size and foot of one form. It keeps nothing; ``confirmed`` carries the answer.

What the answer makes of the form (pages, size of the type) is said below while it is given.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QCheckBox, QDialog, QFormLayout, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from perfdesk.amounts import plain
from perfdesk.arranging import arrange
from perfdesk.pagesetup import (
    AS_DRAWN,
    LEAST_BELOW,
    LEAST_MARGIN,
    LEAST_PERCENT,
    MOST_MARGIN,
    MOST_PERCENT,
    PAPERS,
    Margins,
    Numbers,
    PageSetup,
    Size,
)
from ui import theme
from ui.dialogs.frame import WIDTH, Foot, foot_button, heading, lay_out, named_line
from ui.widgets.combo import StillCombo
from ui.widgets.segments import Segments

if TYPE_CHECKING:
    from perfdesk.sheet import Sheet
    from perfdesk.template import Page

UPRIGHT, LYING = "纵向", "横向"
_SIDES: Final = ("上", "右", "下", "左")
_SIZES: Final = (
    (Size.DRAWN, "照表样大小，放不下才缩小"),
    (Size.WIDTH, "与页面同宽"),
    (Size.ONE_PAGE, "缩到一页"),
    (Size.PERCENT, "按比例"),
)
_NUMBERS: Final = ((Numbers.SEVERAL, "两页以上才印"), (Numbers.ALWAYS, "每张都印"), (Numbers.NEVER, "不印"))
_SMALL: Final = 0.75  # of its size: 10.5 pt become less than 8
_TYPE: Final = 10.5  # pt: the texts of a form
_SHORT: Final = 52  # px: a line for two or three digits


class PageSetupDialog(QDialog):
    """The questions about one form. ``confirmed`` carries a :class:`PageSetup`."""

    confirmed = Signal(object)

    def __init__(self, sheet: Sheet, setup: PageSetup, *, about: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("页面设置")
        self.setModal(True)
        self._sheet = sheet
        self.paper, self.scale, self.numbers = StillCombo(self), StillCombo(self), StillCombo(self)
        self.way = Segments("方向", (UPRIGHT, LYING), self)
        self.margins = tuple(named_line(f"{side}边距，毫米", "", self) for side in _SIDES)
        self.percent = named_line("比例，百分之", "", self)
        self.name, self.date = QCheckBox("左边印表名", self), QCheckBox("右边印打印日期", self)
        self._ok = foot_button("改好了", primary=True)
        self._fill()
        self._build(about)
        self._put(setup)
        self._connect()
        self._tell()

    def setup(self) -> PageSetup | None:
        """Return what is answered so far; ``None`` while a figure is not one the paper can have."""
        drawn = self._sheet.page
        margins = self._margins(drawn)
        asks = Size(self.scale.currentData()) is Size.PERCENT
        percent = _number(self.percent, LEAST_PERCENT, MOST_PERCENT) if asks else 100
        if isinstance(margins, str) or percent is None:
            return None
        paper, lies = str(self.paper.currentData()), self.way.current() == LYING
        return PageSetup(
            paper="" if paper == _paper_of(drawn) else paper,
            landscape=None if lies == drawn.landscape else lies,
            margins=margins,
            size=Size(self.scale.currentData()),
            percent=percent,
            numbers=Numbers(self.numbers.currentData()),
            name=self.name.isChecked(),
            date=self.date.isChecked(),
        )

    def hint(self) -> str:
        """Return what the answer makes of the form."""
        return self._said.text()

    def as_drawn(self) -> None:
        """Go back to the page of the template; nothing is kept yet."""
        self._put(AS_DRAWN)
        self._tell()

    def accept(self) -> None:
        """Hand the answer over."""
        setup = self.setup()
        if setup is not None:
            super().accept()
            self.confirmed.emit(setup)

    def _fill(self) -> None:
        for name in PAPERS:
            self.paper.addItem(name, name)
        for combo, choices in ((self.scale, _SIZES), (self.numbers, _NUMBERS)):
            for key, words in choices:
                combo.addItem(words, key)
        for combo, words in ((self.paper, "纸张"), (self.scale, "大小"), (self.numbers, "页码")):
            combo.setAccessibleName(words)
        for line in (*self.margins, self.percent):
            line.setValidator(QIntValidator(0, 999, line))
            line.setMaximumWidth(theme.px(self.font(), _SHORT))

    def _put(self, setup: PageSetup) -> None:
        """Show a set-up."""
        page = setup.page(self._sheet.page)
        self.paper.setCurrentIndex(self.paper.findData(_paper_of(page)))
        self.way.choose(LYING if page.landscape else UPRIGHT)
        for line, side in zip(self.margins, (page.top_mm, page.right_mm, page.bottom_mm, page.left_mm), strict=True):
            line.setText(plain(side))
        self.scale.setCurrentIndex(self.scale.findData(setup.size))
        self.percent.setText(str(setup.percent))
        self.numbers.setCurrentIndex(self.numbers.findData(setup.numbers))
        self.name.setChecked(setup.name)
        self.date.setChecked(setup.date)

    def _build(self, about: str) -> None:
        body = QWidget(self)
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(self.font(), 14))
        column.addWidget(heading(self, about))
        form = QFormLayout()
        form.setHorizontalSpacing(theme.px(self.font(), 14))
        form.setVerticalSpacing(theme.px(self.font(), 10))
        form.addRow("纸张(&P)", self.paper)
        form.addRow(QLabel("方向", body), self._line(self.way))
        form.addRow(QLabel("页边距", body), self._line(*self._margin_parts(), "毫米"))
        scale = QLabel("大小(&S)", body)
        scale.setBuddy(self.scale)
        form.addRow(scale, self._line(self.scale, self.percent, "%"))
        form.addRow("页码(&N)", self.numbers)
        form.addRow(QLabel("页脚", body), self._line(self.name, self.date))
        column.addLayout(form)
        self._said, note = QLabel(body), QLabel("上报的表，页脚印版本和校验码。这里改的只管打印，不改表的内容。", body)
        for label in (self._said, note):
            label.setWordWrap(True)
        note.setProperty("ink", "2")
        column.addWidget(self._said)
        column.addWidget(note)
        back, cancel = foot_button("照表样"), foot_button("取消")
        back.setToolTip("回到表样原来的页面")
        back.clicked.connect(self.as_drawn)
        cancel.clicked.connect(self.reject)
        self._ok.clicked.connect(self.accept)
        lay_out(self, body, Foot(self, (back, cancel, self._ok)))
        self.setMinimumWidth(theme.px(self.font(), WIDTH))

    def _margin_parts(self) -> tuple[QWidget | str, ...]:
        return tuple(part for pair in zip(_SIDES, self.margins, strict=True) for part in pair)

    def _line(self, *parts: QWidget | str) -> QHBoxLayout:
        """Put parts side by side; a word becomes a label."""
        row = QHBoxLayout()
        row.setSpacing(theme.px(self.font(), 8))
        for part in parts:
            row.addWidget(QLabel(part, self) if isinstance(part, str) else part)
        row.addStretch(1)
        return row

    def _connect(self) -> None:
        for combo in (self.paper, self.scale, self.numbers):
            combo.activated.connect(self._tell)
        for line in (*self.margins, self.percent):
            line.textChanged.connect(self._tell)
        self.way.chosen.connect(self._tell)

    def _margins(self, drawn: Page) -> Margins | str | None:
        """Return the margins, ``None`` where they are the template's, else what is wrong with them."""
        as_drawn = (drawn.top_mm, drawn.right_mm, drawn.bottom_mm, drawn.left_mm)
        if [line.text() for line in self.margins] == [plain(side) for side in as_drawn]:
            return None
        leasts = Margins(LEAST_MARGIN, LEAST_MARGIN, LEAST_BELOW, LEAST_MARGIN)
        found: list[int] = []
        for line, least, side in zip(self.margins, leasts, _SIDES, strict=True):
            number = _number(line, least, MOST_MARGIN)
            if number is None:
                return f"{side}边距应为 {least} 至 {MOST_MARGIN} 毫米{'，下边要放页脚' if side == '下' else ''}"
            found.append(number)
        return Margins(*found)

    def _tell(self, *_changed: object) -> None:
        """Say what becomes of the form; a figure that cannot be is named."""
        self.percent.setEnabled(self.scale.currentData() == Size.PERCENT)
        setup = self.setup()
        self._ok.setEnabled(setup is not None)
        if setup is None:
            wrong = self._margins(self._sheet.page)
            words = wrong if isinstance(wrong, str) else f"比例应为 {LEAST_PERCENT} 至 {MOST_PERCENT}"
            self._said.setText(f"{words}。")
            return
        self._said.setText(self._outcome(setup))

    def _outcome(self, setup: PageSetup) -> str:
        laid = arrange(self._sheet, setup)
        percent, count = round(laid.scale * 100), len(laid.pages)
        size = "实际大小" if percent == 100 else f"{percent}%，字 {laid.scale * _TYPE:.1f} 磅"
        words = f"共 {count} 页，{size}。"
        if setup.size is Size.ONE_PAGE and count > 1:
            return f"{words}缩到 {LEAST_PERCENT}% 也放不进一页，没有再缩。可以换 A3 纸。"
        if laid.scale < _SMALL:
            return f"{words}字小了不好认，可以改方向，或者换 A3 纸。"
        too_wide = setup.size is Size.PERCENT and percent < setup.percent
        return f"{words}再大就比页面宽了。" if too_wide else words


def _number(line: QLineEdit, least: int, most: int) -> int | None:
    text = line.text()
    return int(text) if text.isascii() and text.isdigit() and least <= int(text) <= most else None


def _paper_of(page: Page) -> str:
    return next(name for name, sides in PAPERS.items() if max(sides) == max(page.width_mm, page.height_mm))
