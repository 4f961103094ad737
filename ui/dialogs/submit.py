"""上报 (submit): what was checked, name and note of the 上报版, and its 校验码. It locks nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QFormLayout, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from perfdesk.amounts import format_score, plain
from perfdesk.model import Severity, VersionKind, flatten, open_findings
from ui import icons, theme
from ui.dialogs.frame import WIDTH, Foot, foot_button, heading, lay_out, named_line
from ui.widgets.marks import Mark, MarkLabel

if TYPE_CHECKING:
    from collections.abc import Iterable

    from perfdesk.derive import Derived
    from perfdesk.model import Finding

_LOCKS = "上报后本表定稿锁定；要改须先“退回修改”，会留记录。"
_CODE = "由表内全部内容算出，印在 PDF 页脚、Excel 末行和 Word 页脚。纸质件与电子件的校验码相同，即为同一份。"


class Checked(NamedTuple):
    """One line of what was checked."""

    mark: Mark
    words: str
    figure: str


def checked(derived: Derived) -> tuple[Checked, ...]:
    """Return what the office should know before it hands the form in, the gravest on top."""
    from perfdesk.exchange.pdf import unprintable

    todo, every = open_findings(derived.findings), flatten(derived.findings)
    errors, warnings, hints = (_count(every, one) for one in (Severity.ERROR, Severity.WARNING, Severity.HINT))
    left = _count(todo, Severity.WARNING)
    explained = f"{warnings} 处，均已说明" if warnings and not left else f"{warnings} 处"
    said = f"{warnings} 处，{left} 处没有说明" if left else explained
    strange = len(unprintable(derived.layout))
    filled = derived.completion >= 1
    lines = [
        Checked(Mark.ERROR if errors else Mark.OK, "错误", f"{errors} 处"),
        Checked(Mark.WARNING if left else Mark.OK, "警告", said),
        Checked(Mark.HINT if hints else Mark.OK, "提示", f"{hints} 处，可不改" if hints else "0 处"),
        Checked(Mark.OK if filled else Mark.WARNING, "必填的格", f"填了 {plain(derived.completion * 100)}%"),
        *_points(derived),
        Checked(
            Mark.WARNING if strange else Mark.OK,
            f"有 {strange} 处的字打印不出" if strange else "字体齐全，无缺字",
            f"{len(derived.layout.pages)} 页",
        ),
    ]
    return tuple(lines)


def _points(derived: Derived) -> tuple[Checked, ...]:
    """Return weights and total of a form that has scores."""
    found = derived.assessment
    if not found.scores or found.total is None:
        return ()
    total = f"{format_score(found.total)}　{found.grade or ''}".rstrip()
    return (
        Checked(Mark.OK, "分值合计", plain(found.weight_total)),
        Checked(Mark.OK, "总分与等级", total),
    )


def _count(findings: Iterable[Finding], severity: Severity) -> int:
    return sum(one.severity is severity for one in findings)


class SubmitDialog(QDialog):
    """The last look before the form is locked. ``confirmed`` carries name and note of the version."""

    confirmed = Signal(str, str)

    def __init__(self, derived: Derived, *, about: str, code: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("上报")
        self.setModal(True)
        self.lines = checked(derived)
        self.code = code
        self.name = named_line("版本名称", VersionKind.SUBMITTED.words, self)
        self.note = named_line("备注", "", self, placeholder="可不填，如：按 2 月 5 日通知上报")
        body = QWidget(self)
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(self.font(), 14))
        column.addWidget(heading(self, f"上报：{about}"))
        column.addWidget(self._words(_LOCKS))
        column.addLayout(self._build_lines())
        column.addLayout(self._build_questions())
        column.addLayout(self._build_code())
        column.addWidget(self._words(_CODE))
        cancel, submit = foot_button("取消"), foot_button("定稿并导出…", primary=True)
        cancel.clicked.connect(self.reject)
        submit.clicked.connect(self.accept)
        lay_out(self, body, Foot(self, (cancel, submit)))
        self.setFixedWidth(theme.px(self.font(), WIDTH + 60))
        self.name.selectAll()
        self.name.setFocus()

    def accept(self) -> None:
        """Hand the answers over."""
        super().accept()
        self.confirmed.emit(self.name.text().strip(), self.note.text().strip())

    def _build_lines(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(self.font(), 10))
        grid.setVerticalSpacing(theme.px(self.font(), 8))
        grid.setColumnStretch(1, 1)
        for row, line in enumerate(self.lines):
            mark = MarkLabel(line.mark, parent=self)
            mark.setAccessibleName(line.mark.value)
            grid.addWidget(mark, row, 0)
            grid.addWidget(QLabel(line.words, self), row, 1)
            grid.addWidget(QLabel(line.figure, self), row, 2, Qt.AlignmentFlag.AlignRight)
        return grid

    def _build_questions(self) -> QFormLayout:
        form = QFormLayout()
        form.setHorizontalSpacing(theme.px(self.font(), 14))
        form.setVerticalSpacing(theme.px(self.font(), 10))
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow("版本名称(&N)", self.name)
        form.addRow("备注(&B)", self.note)
        return form

    def _build_code(self) -> QHBoxLayout:
        size = theme.px(self.font(), icons.TOOL_SIZE)
        sign, words, code = QLabel(self), QLabel("校验码", self), QLabel(self.code, self)
        table = theme.tokens(self.palette())
        sign.setPixmap(icons.pixmap("fingerprint", table.ink, size, self.devicePixelRatioF()))
        words.setProperty("role", "strong")
        code.setFont(theme.sized(self.font(), 18, bold=True))
        code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        code.setAccessibleName(f"校验码 {self.code}")
        row = QHBoxLayout()
        row.setSpacing(theme.px(self.font(), 8))
        row.addWidget(sign)
        row.addWidget(words)
        row.addStretch(1)
        row.addWidget(code)
        return row

    def _words(self, text: str) -> QLabel:
        label = QLabel(text, self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        label.setProperty("ink", "2")
        return label
