"""版本的名称 (version): asks for the name of a version and a note. It keeps nothing; ``confirmed`` carries both."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QFormLayout, QWidget

from ui import theme
from ui.dialogs.frame import WIDTH, Foot, foot_button, heading, lay_out, named_line
from ui.widgets.words import plain_words


class VersionDialog(QDialog):
    """Name and note of a version. ``confirmed`` carries them as they were typed."""

    confirmed = Signal(str, str)

    def __init__(self, title: str, about: str, *, advice: str, button: str, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setModal(True)
        self.name = named_line("版本名称", name, self)
        self.note = named_line("备注", "", self, placeholder="可不填，如：财政局要求补充偏差原因")
        body = QWidget(self)
        form = QFormLayout(body)
        form.setHorizontalSpacing(theme.px(self.font(), 14))
        form.setVerticalSpacing(theme.px(self.font(), 10))
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(heading(self, f"{title}：{about}"))
        form.addRow(plain_words(self, advice, ink="2"))
        form.addRow("版本名称(&N)", self.name)
        form.addRow("备注(&B)", self.note)
        cancel, keep = foot_button("取消"), foot_button(button, primary=True)
        cancel.clicked.connect(self.reject)
        keep.clicked.connect(self.accept)
        lay_out(self, body, Foot(self, (cancel, keep)))
        self.setFixedWidth(theme.px(self.font(), WIDTH))
        self.name.selectAll()
        self.name.setFocus()

    def accept(self) -> None:
        """Hand the answers over."""
        super().accept()
        self.confirmed.emit(self.name.text().strip(), self.note.text().strip())
