"""首次启动 (first start): at the left what the program is and 先看示例, at the right one question per page.

It asks and hands the answers over; it makes no form and opens no file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from perfdesk.amounts import MoneyUnit
from ui import icons, theme
from ui.dialogs.frame import Foot, foot_button
from ui.dialogs.new_form import read_year
from ui.dialogs.picker import paint_page
from ui.first.pages import OfficePage, Page, SetPage, YearPage
from ui.first.sets import sets_of
from ui.regions import largest_on
from ui.widgets import seal
from ui.widgets.looks import set_look
from ui.widgets.words import plain_words

if TYPE_CHECKING:
    from perfdesk.template import Shelf, Template
    from ui.dialogs.thumbnails import Thumbnails

SIZE: Final = QSize(1100, 720)
_SEAL: Final = 34
_NEXT: Final = ("下一步：选择表样", "下一步：年度和单位", "开始填报")
_WHAT: Final = "照着纸面填，分数随填随算，\n上报前先自己审一遍。\n不用联网，数据只存在这台电脑上。"


class First(NamedTuple):
    """The answers: the office, the form to begin with, year and money unit; ``begin``: make that form now."""

    bureau: str
    code: str
    template_id: str
    year: int
    unit: MoneyUnit
    begin: bool


class FirstStartDialog(QDialog):
    """The three pages.

    ``confirmed`` carries a :class:`First`. ``samples_asked``: 先看示例; ``restore_asked``: 恢复数据; ``leave_asked``: 退出.
    """

    confirmed = Signal(object)
    samples_asked = Signal()
    restore_asked = Signal()
    leave_asked = Signal()

    def __init__(self, shelf: Shelf, *, thumbnails: Thumbnails, year: int, song: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("开始使用")
        self.setModal(True)
        self.office = OfficePage(self)
        self.sets = SetPage(sets_of(shelf), self)
        self.time = YearPage(year, self)
        self._pages: tuple[Page, ...] = (self.office, self.sets, self.time)
        self._stack, self._where = QStackedWidget(self), QLabel(self)
        self._bars = tuple(QFrame(self) for _page in self._pages)
        self._picture = _Picture(thumbnails, self)
        self._back, self._next = foot_button("退出"), foot_button(_NEXT[0], primary=True)
        self._foot = Foot(self, (self._back, self._next))
        self._build(song)
        self._connect()
        self.finished.connect(thumbnails.stop)
        self._turn(0)
        self._show_set()
        wanted = QSize(theme.px(self.font(), SIZE.width()), theme.px(self.font(), SIZE.height()))
        self.resize(wanted.boundedTo(largest_on(parent.screen())))

    # ------------------------------------------------------------ building
    def _build(self, song: str) -> None:
        both = QHBoxLayout()
        both.setSpacing(0)
        both.addWidget(self._build_left(song), 43)
        both.addLayout(self._build_right(), 57)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(both, 1)
        column.addWidget(self._foot)

    def _build_left(self, song: str) -> QWidget:
        """A page, the name, three lines, and the way to the samples."""
        left = QWidget(self)
        left.setProperty("bar", "desk")
        left.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        icon, name = QLabel(left), plain_words(left, "绩效填报台", role="page")
        icon.setPixmap(seal.seal(song, theme.px(self.font(), _SEAL), self.devicePixelRatioF()))
        row = QHBoxLayout()
        row.setSpacing(theme.px(self.font(), 12))
        row.addWidget(icon)
        row.addWidget(name, 1)
        self.samples = QPushButton(" 先看示例", left)  # the style leaves 4 px between icon and words, 6 are wanted
        self.samples.setAutoDefault(False)
        self.samples.setIcon(icons.icon("eye", theme.tokens(self.palette()), dpr=self.devicePixelRatioF()))
        beside = QHBoxLayout()
        beside.addWidget(self.samples)
        beside.addStretch(1)
        column = QVBoxLayout(left)
        column.setContentsMargins(*(theme.px(self.font(), side) for side in (42, 40, 42, 28)))
        column.setSpacing(theme.px(self.font(), 14))
        column.addWidget(self._picture, 1)
        column.addLayout(row)
        column.addWidget(plain_words(left, _WHAT, ink="2"))
        column.addLayout(beside)
        column.addWidget(plain_words(left, "打开填好的样表，与您的数据分开存放", ink="2"))
        return left

    def _build_right(self) -> QVBoxLayout:
        """How far it is, and the page."""
        row = QHBoxLayout()
        row.setSpacing(theme.px(self.font(), 10))
        row.addWidget(self._where, 1)
        for bar in self._bars:
            bar.setFixedSize(theme.px(self.font(), 44), theme.px(self.font(), 4))
            row.addWidget(bar)
        for page in self._pages:
            self._stack.addWidget(page)
        column = QVBoxLayout()
        column.setContentsMargins(*(theme.px(self.font(), side) for side in (56, 42, 56, 20)))
        column.setSpacing(theme.px(self.font(), 20))
        column.addLayout(row)
        column.addWidget(self._stack, 1)
        return column

    def _connect(self) -> None:
        self._back.clicked.connect(self._go_back)
        self._next.clicked.connect(self.go_on)
        self.samples.clicked.connect(self._ask_samples)
        self.office.restore_asked.connect(self._ask_restore)
        self.sets.answered.connect(self._show_set)
        for page in self._pages:
            page.answered.connect(self._check)

    # -------------------------------------------------------------- paging
    def page(self) -> int:
        """Return the number of the page that is shown, from 0."""
        return self._stack.currentIndex()

    def hint(self) -> str:
        """Return what is still wanted."""
        return self._foot.hint()

    def go_on(self) -> None:
        """The next page; after the last one the answers are handed over."""
        if not self._next.isEnabled():
            return
        if self.page() < len(self._pages) - 1:
            self._turn(self.page() + 1)
            return
        self.accept()
        self.confirmed.emit(self._answers())

    def _go_back(self) -> None:
        if self.page():
            self._turn(self.page() - 1)
            return
        self.reject()
        self.leave_asked.emit()

    def _turn(self, number: int) -> None:
        self._stack.setCurrentIndex(number)
        self._where.setText(f"第 {number + 1} 页，共 {len(self._pages)} 页")
        self._back.setText("上一步" if number else "退出")
        self._next.setText(_NEXT[number])
        for place, bar in enumerate(self._bars):
            set_look(bar, "step", "done" if place <= number else "open")
        self._check()
        (self.office.bureau, self.sets.group.button(self._set_number()), self.time.year)[number].setFocus()

    def _set_number(self) -> int:
        return max(self.sets.group.checkedId(), 0)

    def _check(self) -> None:
        """Nothing goes on without a name, and no year that is none."""
        wanted = ("" if self.office.bureau.text().strip() else "写上单位全称，再往下", "", self._wrong_year())
        hint = wanted[self.page()]
        self._next.setEnabled(not hint)
        self._foot.show_hint(hint)

    def _wrong_year(self) -> str:
        return "年度填四位数字，如 2024" if read_year(self.time.year.text()) is None else ""

    def _show_set(self) -> None:
        chosen = self.sets.chosen()
        self.time.show_set(chosen)
        self._picture.show_template(chosen.first, year=read_year(self.time.year.text()) or 0)

    def _answers(self) -> First:
        return First(
            bureau=self.office.bureau.text().strip(),
            code=self.office.code.text().strip(),
            template_id=self.sets.chosen().first.id,
            year=read_year(self.time.year.text()) or 0,
            unit=MoneyUnit(self.time.unit.currentData()),
            begin=self.time.begin.isChecked(),
        )

    def _ask_samples(self) -> None:
        self.reject()
        self.samples_asked.emit()

    def _ask_restore(self) -> None:
        self.reject()
        self.restore_asked.emit()


class _Picture(QWidget):
    """The first page of the form to begin with, on the desk."""

    def __init__(self, thumbnails: Thumbnails, parent: QWidget) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails
        self._template: Template | None = None
        self.setAccessibleName("空白表的样子")
        self.setMinimumHeight(theme.px(self.font(), 90))
        thumbnails.arrived.connect(self.update)

    def show_template(self, template: Template, *, year: int) -> None:
        """Show another form; its picture comes when it is made."""
        self._template = template
        self._thumbnails.ask((template,), year=year)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the page."""
        del event
        if self._template is None:
            return
        painter = QPainter(self)
        box = self.rect().adjusted(2, 2, -4, -6)
        paint_page(painter, box, self._template, self._thumbnails.picture(self._template), theme.tokens(self.palette()))
        painter.end()
