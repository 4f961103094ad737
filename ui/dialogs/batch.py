"""全年导出 (batch): asks for the year, what is made of it, for whom, and where to. It writes nothing; ``confirmed`` carries it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QCheckBox, QDialog, QFormLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from perfdesk.errors import UserError
from perfdesk.handin import PATTERN, PLACES, place_of
from ui import theme
from ui.dialogs.frame import WIDTH, Foot, foot_button, heading, lay_out, named_line, with_chooser
from ui.widgets.combo import StillCombo

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from perfdesk.handin import Wanted
    from ui.dialogs.service import Dialogs

_KINDS: Final = (
    ("pdf", "PDF（盖章）"),
    ("xlsx", "Excel（报告改出 Word）"),
    ("docx", "Word"),
)
_PARTS: Final = (
    ("contents", "目录：材料名称、页数和校验码，可盖章"),
    ("summary", "汇总表：本年没有汇总表时，照各张自评表做一张"),
    ("check_sheets", "审核单：各张表的审核结论，合在一个文件里"),
    ("merged", "全部合成一个 PDF：带书签，供打印"),
)
_ZIP: Final = "装成一个压缩包（zip）"


class BatchDialog(QDialog):
    """The questions, answered as ``first`` has them. ``plan`` says which files an answer makes, so that the button counts them.

    ``plan`` raises :class:`UserError` for names that cannot be used; its sentence stands below the names then.
    """

    confirmed = Signal(object)

    def __init__(
        self,
        years: Sequence[int],
        first: Wanted,
        *,
        plan: Callable[[Wanted], tuple[Path, ...]],
        dialogs: Dialogs,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("全年导出")
        self.setModal(True)
        self._plan, self._dialogs, self._first = plan, dialogs, first
        self.years, self.folder = StillCombo(self), named_line("存放到", str(first.folder), self)
        self.recipient = named_line("报送给", first.recipient, self, placeholder="可不填，如 县财政局")
        self.names = named_line("文件名", first.pattern, self, placeholder=PATTERN)
        self.years.setAccessibleName("年度")
        for one in years:
            self.years.addItem(f"{one} 年度", one)
        self.years.setCurrentIndex(self.years.findData(first.year))
        self.boxes = {key: QCheckBox(words, self) for key, words in (*_KINDS, *_PARTS, ("zipped", _ZIP))}
        self._example = QLabel(self)
        self._export = foot_button("导出", primary=True)
        self._build()
        for key, box in self.boxes.items():
            box.setChecked(key in first.kinds or bool(getattr(first, key, False)))
            box.toggled.connect(self._tell)
        self.years.activated.connect(self._tell)
        for line in (self.folder, self.recipient, self.names):
            line.textChanged.connect(self._tell)
        self._tell()
        self.years.setFocus()

    def choice(self) -> Wanted:
        """Return what is answered so far."""
        on = {key for key, box in self.boxes.items() if box.isChecked()}
        return replace(
            self._first,
            year=int(self.years.currentData()),
            folder=Path(self.folder.text()),
            kinds=tuple(key for key, _ in _KINDS if key in on),
            recipient=self.recipient.text().strip(),
            pattern=self.names.text().strip() or PATTERN,
            zipped="zipped" in on,
            **{key: key in on for key, _ in _PARTS},
        )

    def hint(self) -> str:
        """Return what the foot says."""
        return self._foot.hint()

    def example(self) -> str:
        """Return what stands below the names: the first file, or why they cannot be used."""
        return self._example.text()

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
        column.addLayout(self._questions(body))
        cancel = foot_button("取消")
        cancel.clicked.connect(self.reject)
        self._export.clicked.connect(self.accept)
        self._foot = Foot(self, (cancel, self._export))
        lay_out(self, body, self._foot)
        self.setMinimumWidth(theme.px(self.font(), WIDTH + 120))

    def _questions(self, body: QWidget) -> QFormLayout:
        form = QFormLayout()
        form.setHorizontalSpacing(theme.px(self.font(), 14))
        form.setVerticalSpacing(theme.px(self.font(), 10))
        self._example.setProperty("ink", "2")
        self._example.setWordWrap(True)
        self.names.setToolTip("可以写 " + "、".join(f"{{{one}}}" for one in PLACES))
        form.addRow(QLabel("年度", body), self.years)
        form.addRow(QLabel("每张表", body), self._boxes(QHBoxLayout(), *(key for key, _ in _KINDS)))
        form.addRow(QLabel("另附", body), self._boxes(QVBoxLayout(), *(key for key, _ in _PARTS)))
        form.addRow(QLabel("报送给", body), self.recipient)
        form.addRow(QLabel("文件名", body), self.names)
        form.addRow(QLabel("", body), self._example)
        form.addRow(QLabel("存放到", body), with_chooser(self.folder, self._dialogs))
        form.addRow(QLabel("", body), self.boxes["zipped"])
        return form

    def _boxes(self, room: QBoxLayout, *keys: str) -> QBoxLayout:
        room.setSpacing(theme.px(self.font(), 6 if isinstance(room, QVBoxLayout) else 20))
        for key in keys:
            room.addWidget(self.boxes[key])
        room.addStretch(1)
        return room

    def _tell(self, *_changed: object) -> None:
        """The button counts the files; the foot says where they go and what would be replaced."""
        try:
            files = self._plan(self.choice()) if self.folder.text().strip() else ()
        except UserError as error:
            self._show((), str(error), "文件名要改")
            return
        named = next((one.name for one in files if one.name[:2] != "00"), "")
        self._show(files, f"如：{named}" if named else "", self._place(files))

    def _place(self, files: tuple[Path, ...]) -> str:
        if not files:
            return "选至少一种" if self.folder.text().strip() else "选存放的文件夹"
        wanted = self.choice()
        if wanted.zipped:
            return f"写成“{place_of(wanted).name}”"
        there = sum(path.exists() for path in files)
        return f"放进“{files[0].parent.name}”文件夹" + (f"，已有 {there} 个，没有变的不重写" if there else "")

    def _show(self, files: tuple[Path, ...], example: str, place: str) -> None:
        self._example.setText(example)
        self._export.setEnabled(bool(files))
        self._export.setText(f"导出 {len(files)} 个文件" if files else "导出")
        self._foot.show_hint(place)
