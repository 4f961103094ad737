"""识别为 (head): which file and form is under review, what it was taken for, and of which year; the latter two can be changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ui import theme
from ui.widgets.combo import StillCombo

if TYPE_CHECKING:
    from collections.abc import Mapping

    from perfdesk.arriving import Case
    from perfdesk.template import Template

_HEAD, _TEMPLATES, _YEARS = 68, 330, 110  # px
_AROUND: Final = 6
"""So many years before and after the one that was read can be chosen."""


class Head(QWidget):
    """The head. ``template_chosen`` carries a Template, ``year_chosen`` a year."""

    template_chosen = Signal(object)
    year_chosen = Signal(int)

    def __init__(self, templates: Mapping[str, Template], parent: QWidget) -> None:
        super().__init__(parent)
        self._templates = templates
        self.templates, self.years = StillCombo(self), StillCombo(self)
        self._about = QLabel(self)
        self.setProperty("bar", "location")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(theme.px(self.font(), _HEAD))
        title, taken = QLabel("核对导入内容", self), QLabel("识别为(&T)", self)
        title.setProperty("role", "title")
        taken.setProperty("ink", "2")
        taken.setBuddy(self.templates)
        self._about.setProperty("ink", "2")
        self._about.setTextFormat(Qt.TextFormat.PlainText)
        self._about.setMinimumWidth(120)
        self.templates.setAccessibleName("识别为哪种表样")
        self.years.setAccessibleName("哪一年的表")
        self.templates.setFixedWidth(theme.px(self.font(), _TEMPLATES))
        self.templates.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.years.setFixedWidth(theme.px(self.font(), _YEARS))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch(1)
        words.addWidget(title)
        words.addWidget(self._about)
        words.addStretch(1)
        row = QHBoxLayout(self)
        side = theme.px(self.font(), theme.SPACING[6])
        row.setContentsMargins(side, 0, side, 0)
        row.setSpacing(theme.px(self.font(), theme.SPACING[3]))
        row.addLayout(words, 1)
        for part in (taken, self.templates, self.years):
            row.addWidget(part)
        self.templates.activated.connect(self._choose_template)
        self.years.activated.connect(self._choose_year)

    def show_case(self, case: Case, year: int) -> None:
        """Show a form: its file, its place there, its template and year."""
        found = case.found
        place = f"　第 {found.number} 张表，共 {found.count} 张" if found.count > 1 else ""
        self._about.setText(f"{found.file}{place}")
        self._about.setToolTip(self._about.text())
        self._show_templates(case)
        self.templates.setEnabled(found.source is not None)
        self.years.clear()
        for one in range(year + _AROUND, year - _AROUND - 1, -1):
            self.years.addItem(f"{one} 年", one)
        self.years.setCurrentIndex(self.years.findData(year))

    def about(self) -> str:
        """Return which file and form it is."""
        return self._about.text()

    def _show_templates(self, case: Case) -> None:
        """Those it could be come first, the best on top; then all others by title."""
        likely = {one.id: one for one, _share in case.form.candidates} | {case.form.template.id: case.form.template}
        rest = sorted((one for one in self._templates.values() if one.id not in likely), key=_title)
        self.templates.clear()
        for one in likely.values():
            self.templates.addItem(_title(one), one.id)
        self.templates.insertSeparator(self.templates.count())
        for one in rest:
            self.templates.addItem(_title(one), one.id)
        for row in range(self.templates.count()):
            self.templates.setItemData(row, self.templates.itemText(row), Qt.ItemDataRole.ToolTipRole)
        self.templates.setCurrentIndex(self.templates.findData(case.form.template.id))
        self.templates.setToolTip(self.templates.currentText())

    def _choose_template(self, row: int) -> None:
        template = self._templates.get(str(self.templates.itemData(row)))
        if template is not None:
            self.template_chosen.emit(template)

    def _choose_year(self, row: int) -> None:
        self.year_chosen.emit(int(self.years.itemData(row)))


def _title(template: Template) -> str:
    return f"{template.title}（{template.source}）"
