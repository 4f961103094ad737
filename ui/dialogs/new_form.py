"""新建表 (new form): asks for 表样, 年度, 项目名称 and 单位. It makes nothing; ``confirmed`` carries the answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QFormLayout, QLabel, QVBoxLayout, QWidget

from perfdesk.amounts import narrow
from ui import theme
from ui.dialogs.frame import WIDTH, Foot, StillCombo, foot_button, heading, lay_out, named_line

if TYPE_CHECKING:
    from perfdesk.template import Template

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


class NewFormDialog(QDialog):
    """The questions. ``confirmed`` carries a :class:`NewForm`."""

    confirmed = Signal(object)

    def __init__(self, templates: Mapping[str, Template], *, year: int, bureau: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("新建表")
        self.setModal(True)
        self.template = StillCombo(self)
        self.template.setAccessibleName("表样")
        for template in sorted(templates.values(), key=lambda one: one.id):
            self.template.addItem(template.title, template.id)
        self.template.setMinimumContentsLength(20)
        self.template.setSizeAdjustPolicy(StillCombo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.year = named_line("年度", str(year), self)
        self.name = named_line("项目名称", "", self, placeholder="可以以后再填")
        self.bureau = named_line("单位", bureau, self, placeholder="填报单位全称")
        self._templates = templates
        self._about = QLabel(self)
        self._about.setProperty("ink", "2")
        self._about.setWordWrap(True)
        self._create = foot_button("建立", primary=True)
        self._build()
        self.year.textChanged.connect(self._check)
        self.template.currentIndexChanged.connect(self._describe)
        self._check()
        self._describe()
        self.name.setFocus()

    def choose(self, template_id: str) -> None:
        """Choose a 表样 by its id."""
        self.template.setCurrentIndex(self.template.findData(template_id))

    def accept(self) -> None:
        """Hand the answers over."""
        year = read_year(self.year.text())
        if year is None:
            return
        super().accept()
        template_id = str(self.template.currentData())
        self.confirmed.emit(NewForm(template_id, year, self.name.text().strip(), self.bureau.text().strip()))

    def _build(self) -> None:
        body = QWidget(self)
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(self.font(), 14))
        column.addWidget(heading(self, "新建一张空表"))
        form = QFormLayout()
        form.setHorizontalSpacing(theme.px(self.font(), 14))
        form.setVerticalSpacing(theme.px(self.font(), 10))
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for words, field in (
            ("表样(&T)", self.template),
            ("年度(&Y)", self.year),
            ("项目名称(&N)", self.name),
            ("单位(&U)", self.bureau),
        ):
            label = QLabel(words, body)
            label.setBuddy(field)
            form.addRow(label, field)
            if field is self.template:
                form.addRow(QLabel(body), self._about)
        column.addLayout(form)
        cancel = foot_button("取消")
        cancel.clicked.connect(self.reject)
        self._create.clicked.connect(self.accept)
        self._foot = Foot(self, (cancel, self._create))
        lay_out(self, body, self._foot)
        self.setMinimumWidth(theme.px(self.font(), WIDTH))

    def _describe(self) -> None:
        """Say what the chosen 表样 is: where it comes from, how it lies on the paper, in what the amounts are."""
        template = self._templates.get(str(self.template.currentData()))
        if template is not None:
            lies = "横向" if template.page.landscape else "纵向"
            self._about.setText(f"{template.source}；{lies}，金额以{template.unit.value}计")

    def _check(self) -> None:
        """A year that is none cannot be taken."""
        good = read_year(self.year.text()) is not None
        self._create.setEnabled(good and self.template.count() > 0)
        self._foot.show_hint("" if good else "年度填四位数字，如 2024")
