"""表的信息 (form facts): what a form is, and its 单位, which may be mended. Changes nothing; ``confirmed`` carries the answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QFormLayout, QLabel, QPlainTextEdit, QWidget

from ui import theme
from ui.dialogs.frame import WIDTH, Foot, foot_button, heading, lay_out, named_line
from ui.widgets.words import copyable_words

if TYPE_CHECKING:
    from perfdesk.model import Record
    from perfdesk.template import Template

_NOTES: Final = 110  # px
_ADVICE = "表上印着这个单位的格一起改。报告、汇总表按单位找同一年的表，各表要写成一样的名称。"


class Brought(NamedTuple):
    """What an import brought: where the form came from, the latest first, and the texts that belong to none of its cells."""

    origins: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


class FormFactsDialog(QDialog):
    """表样, 年度, 来处 and 备注 to read, 单位 to mend. ``confirmed`` carries the 单位 as it was typed.

    ``locked`` are the words for why nothing can be changed now; ``""`` where it can.
    """

    confirmed = Signal(str)

    def __init__(
        self, name: str, record: Record, template: Template, brought: Brought, *, locked: str, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("表的信息")
        self.setModal(True)
        self.bureau = named_line("单位", record.bureau, self, placeholder="填报单位全称")
        self.bureau.setReadOnly(bool(locked))
        body = QWidget(self)
        form = QFormLayout(body)
        form.setHorizontalSpacing(theme.px(self.font(), 14))
        form.setVerticalSpacing(theme.px(self.font(), 10))
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(heading(self, name))
        form.addRow("表样", copyable_words(self, f"{template.title}（{template.source}）"))
        form.addRow("年度", copyable_words(self, str(record.year)))
        words = QLabel("单位(&U)", self)
        words.setBuddy(self.bureau)
        form.addRow(words, self.bureau)
        form.addRow("", copyable_words(self, locked or _ADVICE, ink="2"))
        self._show_brought(form, brought)
        lay_out(self, body, self._foot(read_only=bool(locked)))
        self.setFixedWidth(theme.px(self.font(), WIDTH))
        self.bureau.selectAll()

    def _show_brought(self, form: QFormLayout, brought: Brought) -> None:
        """Show where the form came from, and what came along that has no cell."""
        if brought.origins:
            form.addRow("来自", copyable_words(self, "\n".join(brought.origins)))
        if brought.notes:
            self.notes = QPlainTextEdit("\n".join(brought.notes), self)
            self.notes.setReadOnly(True)
            self.notes.setAccessibleName("备注：导入时不属于任何一格的文字")
            self.notes.setFixedHeight(theme.px(self.font(), _NOTES))
            self.notes.setTabChangesFocus(True)
            form.addRow("备注", self.notes)

    def _foot(self, *, read_only: bool) -> Foot:
        if read_only:
            close = foot_button("关闭", primary=True)
            close.clicked.connect(self.reject)
            return Foot(self, (close,))
        cancel, change = foot_button("取消"), foot_button("改好了", primary=True)
        cancel.clicked.connect(self.reject)
        change.clicked.connect(self.accept)
        return Foot(self, (cancel, change))

    def accept(self) -> None:
        """Hand the 单位 over."""
        super().accept()
        self.confirmed.emit(self.bureau.text().strip())
