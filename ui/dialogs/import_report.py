"""导入结果 (import report): file by file, what came in, what to know about it, and what did not come in and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFrame, QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from ui import theme
from ui.dialogs.frame import Foot, foot_button, heading, lay_out
from ui.widgets.marks import Mark, MarkLabel
from ui.widgets.words import copyable_words

WIDTH, HEIGHT = 640, 420


@dataclass(frozen=True, slots=True)
class FileReport:
    """What became of one file: how many forms came in, the notes, or the trouble that kept it out.

    ``known``: how many forms did not come in again because they are there already, word for word. ``updated``: how many took the
    place of what a form held, ``kept``: how many became a version beside one.
    """

    name: str
    count: int
    notes: tuple[str, ...] = ()
    trouble: str = ""
    known: int = 0
    updated: int = 0
    kept: int = 0

    @property
    def mark(self) -> Mark:
        """The mark that stands before the file."""
        if self.trouble:
            return Mark.ERROR
        return Mark.HINT if self.notes else Mark.OK


def summary(reports: Sequence[FileReport]) -> str:
    """Say all in one line: 「导入了 5 张表；1 张已经有了，没有再收；1 个文件没有导入」."""
    count, known = sum(one.count for one in reports), sum(one.known for one in reports)
    failed = sum(bool(one.trouble) for one in reports)
    updated, kept = sum(one.updated for one in reports), sum(one.kept for one in reports)
    words = [f"导入了 {count} 张表"] if count else []
    words += [f"更新了 {updated} 张，原来的内容留作版本"] if updated else []
    words += [f"{kept} 张存为版本"] if kept else []
    words += [f"{known} 张已经有了，没有再收"] if known else []
    words += [f"{failed} 个文件没有导入"] if failed and (words or failed > 1) else []
    return "；".join(words) or "没有导入"


class ImportReport(QDialog):
    """The report."""

    def __init__(self, reports: Sequence[FileReport], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("导入结果")
        self.setModal(True)
        body = QWidget(self)
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(self.font(), 10))
        column.addWidget(heading(self, summary(reports)))
        column.addWidget(self._build_list(reports), 1)
        close = foot_button("知道了", primary=True)
        close.clicked.connect(self.accept)
        lay_out(self, body, Foot(self, (close,)))
        self.resize(theme.px(self.font(), WIDTH), theme.px(self.font(), HEIGHT))

    def texts(self) -> tuple[str, ...]:
        """Return every line as shown."""
        labels = cast(list[QLabel], self.findChildren(QLabel))
        return tuple(label.text() for label in labels if label.text())

    def _build_list(self, reports: Sequence[FileReport]) -> QScrollArea:
        page = QWidget()
        grid = QGridLayout(page)
        grid.setContentsMargins(0, 0, theme.px(self.font(), 8), 0)
        grid.setColumnStretch(1, 1)
        row = 0
        for report in reports:
            grid.addWidget(MarkLabel(report.mark, parent=page), row, 0, Qt.AlignmentFlag.AlignTop)
            head = report.name if report.trouble else f"{report.name}　{_came(report)}"
            for words, role in ((head, "strong"), *((note, "") for note in (report.trouble, *report.notes) if note)):
                grid.addWidget(copyable_words(page, words, role=role), row, 1)
                row += 1
        grid.setRowStretch(row, 1)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(page)
        return area


def _came(report: FileReport) -> str:
    """Say how many forms of a file came in: 「2 张表」, 「1 张表，另 1 张已经有了」, 「已经有了，没有再收」."""
    parts = [f"{report.count} 张表"] if report.count else []
    parts += [f"更新 {report.updated} 张"] if report.updated else []
    parts += [f"存为版本 {report.kept} 张"] if report.kept else []
    if report.known:
        parts += [f"另 {report.known} 张已经有了"] if parts else ["已经有了，没有再收"]
    return "，".join(parts) or "没有导入"
