"""全年导出 (batch): asks for the year, the formats and the folder. It writes nothing; ``confirmed`` carries the answer."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QDialog, QFormLayout, QLabel, QVBoxLayout, QWidget

from ui import theme
from ui.dialogs.frame import WIDTH, Foot, foot_button, heading, lay_out, named_line, with_chooser
from ui.widgets.combo import StillCombo

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ui.dialogs.service import Dialogs

_KINDS = (("pdf", "PDF（打印、盖章）"), ("xlsx", "Excel（交财政；报告没有 Excel，改出 Word）"))


class BatchChoice(NamedTuple):
    """The year, the formats (``pdf``, ``xlsx``) and the folder to put the files in."""

    year: int
    kinds: tuple[str, ...]
    folder: Path


class BatchDialog(QDialog):
    """The questions. ``plan`` says which files an answer makes, so that the button counts them and the foot names replacements."""

    confirmed = Signal(object)

    def __init__(
        self,
        years: Sequence[int],
        year: int,
        *,
        folder: Path,
        plan: Callable[[BatchChoice], tuple[Path, ...]],
        dialogs: Dialogs,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("全年导出")
        self.setModal(True)
        self._plan, self._dialogs = plan, dialogs
        self.years, self.folder = StillCombo(self), named_line("存放到", str(folder), self)
        self.years.setAccessibleName("年度")
        for one in years:
            self.years.addItem(f"{one} 年度", one)
        self.years.setCurrentIndex(self.years.findData(year))
        self.boxes = {key: QCheckBox(words, self) for key, words in _KINDS}
        self._export = foot_button("导出", primary=True)
        self._build()
        for box in self.boxes.values():
            box.setChecked(True)
            box.toggled.connect(self._tell)
        self.years.activated.connect(self._tell)
        self.folder.textChanged.connect(self._tell)
        self._tell()
        self.years.setFocus()

    def choice(self) -> BatchChoice:
        """Return what is answered so far."""
        kinds = tuple(key for key, box in self.boxes.items() if box.isChecked())
        return BatchChoice(int(self.years.currentData()), kinds, Path(self.folder.text()))

    def hint(self) -> str:
        """Return what the foot says."""
        return self._foot.hint()

    def button_text(self) -> str:
        """Return what the button says it does."""
        return self._export.text()

    def accept(self) -> None:
        """Hand the answer over."""
        if not self._export.isEnabled():
            return
        super().accept()
        self.confirmed.emit(self.choice())

    def _build(self) -> None:
        body = QWidget(self)
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(self.font(), 14))
        column.addWidget(heading(self, "导出一年的全部表"))
        kinds = QVBoxLayout()
        kinds.setSpacing(theme.px(self.font(), 8))
        for box in self.boxes.values():
            kinds.addWidget(box)
        form = QFormLayout()
        form.setHorizontalSpacing(theme.px(self.font(), 14))
        form.setVerticalSpacing(theme.px(self.font(), 10))
        form.addRow(QLabel("年度", body), self.years)
        form.addRow(QLabel("生成", body), kinds)
        form.addRow(QLabel("存放到", body), with_chooser(self.folder, self._dialogs))
        column.addLayout(form)
        cancel = foot_button("取消")
        cancel.clicked.connect(self.reject)
        self._export.clicked.connect(self.accept)
        self._foot = Foot(self, (cancel, self._export))
        lay_out(self, body, self._foot)
        self.setMinimumWidth(theme.px(self.font(), WIDTH + 60))

    def _tell(self, *_changed: object) -> None:
        """The button counts the files; the foot says where they go and what would be replaced."""
        files = self._plan(self.choice()) if self.folder.text().strip() else ()
        self._export.setEnabled(bool(files))
        self._export.setText(f"导出 {len(files)} 个文件" if files else "导出")
        there = sum(path.exists() for path in files)
        place = f"放进“{files[0].parent.name}”文件夹" if files else "选至少一种"
        self._foot.show_hint(f"{place}，替换原有的 {there} 个" if there else place)
