"""导出 (export): asks for formats, file name and folder. It writes nothing; ``confirmed`` carries the files to make."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QDialog, QFormLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from perfdesk.exchange.files import safe_name
from perfdesk.model import FormKind, Verdict
from ui import theme
from ui.dialogs.frame import WIDTH, Foot, foot_button, heading, lay_out, named_line, with_chooser
from ui.widgets.marks import MarkLabel, mark_of

if TYPE_CHECKING:
    from perfdesk.derive import Derived
    from ui.dialogs.service import Dialogs

_CHOICES = (
    ("pdf", "PDF（打印、盖章）"),
    ("xlsx", "Excel（交财政）"),
    ("docx", "Word（还要改、要套文头）"),
    ("json", "数据文件（导入别的电脑）"),
)
_FOR_REPORTS: Final = frozenset(
    {"pdf", "docx"}
)  # what a report is exported to where nothing fitting was chosen last time


@dataclass(frozen=True, slots=True)
class ExportChoice:
    """What was answered: the files to make, and the formats for the next time."""

    targets: tuple[Path, ...]
    formats: tuple[str, ...]


class ExportDialog(QDialog):
    """The questions. ``confirmed`` carries an :class:`ExportChoice`; ``paper`` is what is exported in place of the form: 审核单."""

    confirmed = Signal(object)

    def __init__(
        self,
        name: str,
        *,
        folder: Path,
        formats: tuple[str, ...],
        derived: Derived,
        paper: str = "",
        dialogs: Dialogs,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("导出")
        self.setModal(True)
        self._dialogs = dialogs
        is_report = not paper and derived.template.kind is FormKind.REPORT
        self.boxes = {key: QCheckBox(words, self) for key, words in _CHOICES if not paper or key != "json"}
        for key, box in self.boxes.items():
            box.setChecked(key in formats and not (is_report and key == "xlsx"))
            box.toggled.connect(self._tell)
        if is_report:
            self._fit_report()
        self.name = named_line("文件名", safe_name(name), self)
        self.folder = named_line("存放到", str(folder), self)
        self._export = foot_button("导出", primary=True)
        self._build(f"导出{paper or '本表'}", derived.verdict, derived.sentence)
        self.name.textChanged.connect(self._tell)
        self.folder.textChanged.connect(self._tell)
        self._tell()
        self.name.setFocus()

    def targets(self) -> tuple[Path, ...]:
        """Return the files that would be made."""
        stem = safe_name(self.name.text())
        return tuple(Path(self.folder.text()) / f"{stem}.{key}" for key, box in self.boxes.items() if box.isChecked())

    def ask_folder(self) -> None:
        """Put the question where to: the folder is selected, typing replaces it."""
        self.folder.setFocus()
        self.folder.selectAll()

    def accept(self) -> None:
        """Hand the answers over."""
        targets = self.targets()
        if not targets:
            return
        super().accept()
        self.confirmed.emit(ExportChoice(targets, tuple(path.suffix[1:] for path in targets)))

    def _fit_report(self) -> None:
        """A report is no table: Excel is greyed and says why; without another choice it goes to Word and PDF."""
        excel = self.boxes["xlsx"]
        excel.setEnabled(False)
        excel.setText("Excel（报告不是表格，请用 Word 或 PDF）")
        if not any(box.isChecked() for box in self.boxes.values()):
            for key in _FOR_REPORTS:
                self.boxes[key].setChecked(True)

    def _build(self, title: str, verdict: Verdict, sentence: str) -> None:
        body = QWidget(self)
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(self.font(), 14))
        column.addWidget(heading(self, title))
        column.addLayout(self._build_verdict(verdict, sentence))
        kinds = QVBoxLayout()
        kinds.setSpacing(theme.px(self.font(), 8))
        for box in self.boxes.values():
            kinds.addWidget(box)
        form = QFormLayout()
        form.setHorizontalSpacing(theme.px(self.font(), 14))
        form.setVerticalSpacing(theme.px(self.font(), 10))
        form.addRow(QLabel("生成", body), kinds)
        form.addRow(QLabel("文件名", body), self.name)
        form.addRow(QLabel("存放到", body), with_chooser(self.folder, self._dialogs))
        column.addLayout(form)
        cancel = foot_button("取消")
        cancel.clicked.connect(self.reject)
        self._export.clicked.connect(self.accept)
        self._foot = Foot(self, (cancel, self._export))
        lay_out(self, body, self._foot)
        self.setMinimumWidth(theme.px(self.font(), WIDTH + 60))

    def _build_verdict(self, verdict: Verdict, sentence: str) -> QHBoxLayout:
        """What the file would look like to the finance bureau."""
        row = QHBoxLayout()
        row.setSpacing(theme.px(self.font(), 8))
        words = QLabel(f"{verdict.value}：{sentence}", self)
        words.setProperty("ink", "2")
        row.addWidget(MarkLabel(mark_of(verdict), parent=self))
        row.addWidget(words, 1)
        return row

    def _tell(self) -> None:
        """The button counts the files; the foot says what would be replaced."""
        targets = self.targets()
        self._export.setEnabled(bool(targets) and bool(self.name.text().strip()))
        self._export.setText(f"导出 {len(targets)} 个文件" if targets else "导出")
        there = [path.name for path in targets if path.exists()]
        self._foot.show_hint(f"替换原有的 {len(there)} 个同名文件" if there else "" if targets else "选至少一种")
