"""新建表 (new form): asks for 表样, 年度, 项目名称 and 单位. It makes nothing; ``confirmed`` carries the answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QDialog, QFormLayout, QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from perfdesk.amounts import narrow
from ui import theme
from ui.dialogs.frame import Foot, foot_button, heading, lay_out, named_line
from ui.dialogs.picker import TemplateList, entries_of, paint_page, paper_of

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from perfdesk.model import FormKind
    from perfdesk.template import Shelf, Template
    from ui.dialogs.picker import Entry
    from ui.dialogs.thumbnails import Thumbnails

SIZE: Final = (900, 620)  # px
_AROUND: Final = (40, 20)  # px of the window that stay in sight
FIRST_YEAR, LAST_YEAR = 1949, 2999


@dataclass(frozen=True, slots=True)
class NewForm:
    """What was answered."""

    template_id: str
    year: int
    name: str
    bureau: str


def read_year(text: str) -> int | None:
    """Read a year typed in any width of digits, with or without 年; ``None`` when it is none."""
    digits = narrow(text).strip().removesuffix("年度").removesuffix("年").strip()
    year = int(digits) if digits.isascii() and digits.isdigit() and len(digits) == 4 else 0
    return year if FIRST_YEAR <= year <= LAST_YEAR else None


def template_for(kind: FormKind, shelf: Shelf, last: str) -> str:
    """Return the id of the 表样 of a kind that is most likely wanted, ``""`` where there is none.

    That is the one used last; else one of the same place (``zhijiang-2024-…``), else one of the office's own, else the first.
    """
    place = last.partition("-")[0]
    fitting = [one.id for one in shelf.templates.values() if one.kind is kind]
    marks = {one: (one == last, one.partition("-")[0] == place, one in shelf.own) for one in fitting}
    return max(fitting, key=lambda one: marks[one], default="")


class NewFormDialog(QDialog):
    """The questions. ``confirmed`` carries a :class:`NewForm`; ``folder_asked``: where the office's own templates lie."""

    confirmed = Signal(object)
    folder_asked = Signal()

    def __init__(self, shelf: Shelf, *, thumbnails: Thumbnails, year: int, bureau: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("新建表")
        self.setModal(True)
        self._shelf, self.thumbnails = shelf, thumbnails
        self.search = named_line("查表样", "", self, placeholder="查表样，如 自评")
        self.list = TemplateList(thumbnails, self)
        self.year = named_line("年度", str(year), self)
        self.name = named_line("项目名称", "", self, placeholder="可以以后再填")
        self.bureau = named_line("单位", bureau, self, placeholder="填报单位全称")
        self._page = _LargePage(thumbnails, self)
        self._title, self._about = QLabel(self), QLabel(self)
        self._form = QFormLayout()
        self._create = foot_button("建立", primary=True)
        self._build(parent)
        self.year.textChanged.connect(self._take_year)
        self.search.textChanged.connect(self._filter)
        self.list.turned_to.connect(self._describe)
        self.finished.connect(thumbnails.stop)
        self._filter("")
        self.list.setFocus()

    def choose(self, template_id: str) -> None:
        """Choose a 表样 by its id."""
        self.list.choose(template_id)

    def accept(self) -> None:
        """Hand the answers over."""
        year, template = read_year(self.year.text()), self.list.current()
        if year is None or template is None:
            return
        super().accept()
        name = self.name.text().strip() if template.field("project_name") else ""
        self.confirmed.emit(NewForm(template.id, year, name, self.bureau.text().strip()))

    def _build(self, parent: QWidget) -> None:
        body = QWidget(self)
        columns = QHBoxLayout(body)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(theme.px(self.font(), 18))
        columns.addLayout(self._build_list(), 1)
        columns.addLayout(self._build_right(), 1)
        cancel, folder = foot_button("取消"), foot_button("打开表样文件夹")
        folder.setToolTip("自己的表样放进这个文件夹，放进去就能用")
        folder.clicked.connect(self.folder_asked)
        cancel.clicked.connect(self.reject)
        self._create.clicked.connect(self.accept)
        self._foot = Foot(self, (folder, cancel, self._create))
        lay_out(self, body, self._foot)
        wanted = QSize(theme.px(self.font(), SIZE[0]), theme.px(self.font(), SIZE[1]))
        self.resize(wanted.boundedTo(parent.window().size() - QSize(*_AROUND)))

    def _build_list(self) -> QVBoxLayout:
        frame = QFrame(self)
        frame.setProperty("box", "card")
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.list)
        column = QVBoxLayout()
        column.setSpacing(theme.px(self.font(), 10))
        column.addWidget(heading(self, "新建一张空表"))
        column.addWidget(self.search)
        column.addWidget(frame, 1)
        return column

    def _build_right(self) -> QVBoxLayout:
        """The blank form large, what it is, and the questions."""
        self._title.setProperty("role", "strong")
        self._about.setProperty("ink", "2")
        for label in (self._title, self._about):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._form.setHorizontalSpacing(theme.px(self.font(), 14))
        self._form.setVerticalSpacing(theme.px(self.font(), 8))
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for words, field in (("年度(&Y)", self.year), ("项目名称(&N)", self.name), ("单位(&U)", self.bureau)):
            label = QLabel(words, self)
            label.setBuddy(field)
            self._form.addRow(label, field)
        column = QVBoxLayout()
        column.setSpacing(theme.px(self.font(), 8))
        column.addWidget(self._page, 1)
        column.addWidget(self._title)
        column.addWidget(self._about)
        column.addLayout(self._form)
        return column

    def _filter(self, wanted: str) -> None:
        """Show what holds the typed words; the pictures of what is shown are made first."""
        current = self.list.current()
        entries = entries_of(self._shelf, wanted)
        self.list.show_entries(entries, choose=current.id if current is not None else "")
        self._ask_pictures(entries)

    def _ask_pictures(self, entries: tuple[Entry, ...]) -> None:
        """Ask for the pictures of the year that is typed; of what is shown, the current one first."""
        year, current = read_year(self.year.text()), self.list.current()
        if year is not None:
            listed = tuple(one.template for one in entries if one.template is not None)
            wanted = dict.fromkeys((current, *listed) if current is not None else listed)
            self.thumbnails.ask(tuple(wanted), year=year)

    def _take_year(self) -> None:
        """Another year was typed: the pictures follow."""
        self._check()
        self._ask_pictures(entries_of(self._shelf, self.search.text()))

    def _describe(self, entry: Entry | None) -> None:
        """Say what the chosen 表样 is: where it comes from, how it lies on the paper, in what the amounts are."""
        template = entry.template if entry is not None else None
        self._page.show_template(template)
        if template is not None:
            self._title.setText(template.title)
            self._about.setText(f"{template.source}；{paper_of(template)}")
            self._form.setRowVisible(self.name, template.field("project_name") is not None)
        else:
            self._title.setText(entry.words if entry is not None else "没有这样的表样")
            self._about.setText(entry.about if entry is not None else "试试标题的一部分，如“自评”。")
        self._check()

    def _check(self) -> None:
        """A year that is none cannot be taken, nor a 表样 that cannot be used."""
        good = read_year(self.year.text()) is not None
        self._create.setEnabled(good and self.list.current() is not None)
        self._foot.show_hint("" if good else "年度填四位数字，如 2024")


class _LargePage(QWidget):
    """The first page of the current template, as large as there is room."""

    def __init__(self, thumbnails: Thumbnails, parent: QWidget) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails
        self._template: Template | None = None
        self.setMinimumHeight(theme.px(self.font(), 120))
        self.setAccessibleName("空白表的样子")
        thumbnails.arrived.connect(self.update)

    def show_template(self, template: Template | None) -> None:
        """Show another one, or the bare desk."""
        self._template = template
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint desk and page."""
        painter = QPainter(self)
        table = theme.tokens(self.palette())
        painter.fillRect(self.rect(), theme.qcolor(table.desk))
        if self._template is not None:
            air = theme.px(self.font(), 12)
            box = self.rect().adjusted(air, air, -air, -air)
            paint_page(painter, box, self._template, self._thumbnails.picture(self._template), table)
        painter.end()
