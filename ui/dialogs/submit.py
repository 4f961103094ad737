"""上报 (submit): the page as it will be printed, what was checked, name and note of the 上报版, the files, and the 校验码.

As large as the window. It locks nothing and writes nothing; ``confirmed`` carries the answer.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFormLayout,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from perfdesk.amounts import format_score, plain
from perfdesk.arranging import adjustable
from perfdesk.exchange.files import safe_name
from perfdesk.model import FormKind, Severity, Verdict, VersionKind, flatten, open_findings
from ui import icons, theme
from ui.dialogs.frame import Foot, foot_button, named_line, with_chooser
from ui.dialogs.pane import PreviewPane
from ui.dialogs.preview import page_head
from ui.regions import largest_on
from ui.widgets.marks import SIZE_VERDICT, Mark, MarkLabel, mark_of
from ui.widgets.words import plain_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from perfdesk.derive import Derived
    from perfdesk.model import Finding
    from ui.dialogs.service import Dialogs

_LOCKS: Final = "上报后本表定稿锁定；要改须先“退回修改”，会留记录。"
_CODE: Final = "由表内全部内容算出，印在 PDF 页脚、Excel 末行和 Word 页脚。纸质件与电子件的校验码相同，即为同一份。"
_SIDE: Final = 400  # px
_LOOKS: Final = {Verdict.READY: "ready", Verdict.TO_EXPLAIN: "explain"}
_SHEET: Final = "sheet"


class Handing(NamedTuple):
    """What is handed in: the form, which one it is in words, its 校验码, and what its files are called."""

    derived: Derived
    about: str
    code: str
    stem: str


class SubmitChoice(NamedTuple):
    """What was answered: name and note of the version, the files to make, and which of them is the 审核单."""

    name: str
    note: str
    targets: tuple[Path, ...]
    sheets: frozenset[Path]


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
    """The last look before the form is locked. ``confirmed`` carries a :class:`SubmitChoice`.

    ``redraw_asked`` carries the name that is to stand in the foot of the page, ``place_asked`` the place of a 警告 nobody answered.
    ``drawn`` is the PDF, or the sentence why there is none.
    """

    confirmed = Signal(object)
    redraw_asked = Signal(str)
    setup_asked = Signal()
    place_asked = Signal(object)
    printed = Signal(str)
    failed = Signal(object)

    def __init__(
        self, handing: Handing, drawn: bytes | str, *, folder: Path, dialogs: Dialogs, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("打印预览与上报")
        self.setModal(True)
        self._handing, self._drawn_name = handing, VersionKind.SUBMITTED.words
        self.lines, self.code = checked(handing.derived), handing.code
        self.name = named_line("版本名称", VersionKind.SUBMITTED.words, self)
        self.note = named_line("备注", "", self, placeholder="可不填，如：按 2 月 5 日通知上报")
        self.folder = named_line("存放到", str(folder), self)
        self.boxes = {kind: QCheckBox(words, self) for kind, words in _kinds(handing.derived)}
        self.pane = self._build_pane(drawn, dialogs) if isinstance(drawn, bytes) else None
        self._submit = foot_button("定稿", primary=True)
        self._replaces = plain_words(self, ink="2")
        self._build(drawn, dialogs)
        self._connect()
        self._tell()
        self.resize(parent.window().size().boundedTo(largest_on(parent.screen())))
        self.name.selectAll()
        self.name.setFocus()

    def choice(self) -> SubmitChoice:
        """Return what is answered so far."""
        folder, stem = Path(self.folder.text().strip()), safe_name(self._handing.stem)
        kinds = [kind for kind, box in self.boxes.items() if box.isChecked()]
        sheet = folder / f"{stem}-审核单.pdf"
        targets = tuple(sheet if kind == _SHEET else folder / f"{stem}.{kind}" for kind in kinds)
        name = self.name.text().strip()
        return SubmitChoice(name, self.note.text().strip(), targets, frozenset({sheet} & set(targets)))

    def button_text(self) -> str:
        """Return what the button says it does."""
        return self._submit.text()

    def hint(self) -> str:
        """Return what is said of the files there are."""
        return self._replaces.text()

    def show_pdf(self, data: bytes) -> None:
        """Show the pages as they are now."""
        if self.pane is not None:
            self.pane.show_pdf(data)

    def accept(self) -> None:
        """Hand the answers over."""
        super().accept()
        self.confirmed.emit(self.choice())

    def _build_pane(self, data: bytes, dialogs: Dialogs) -> PreviewPane:
        found = adjustable(self._handing.derived.sheet)
        title = self._handing.stem
        pane = PreviewPane(data, title=title, dialogs=dialogs, adjustable=found, prints=True, parent=self)
        self.finished.connect(pane.put_away)
        pane.setup_asked.connect(self.setup_asked)
        pane.printed.connect(self.printed)
        pane.failed.connect(self.failed)
        return pane

    def _build(self, drawn: bytes | str, dialogs: Dialogs) -> None:
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.pane or self._without_picture(str(drawn)), 1)
        middle.addWidget(self._build_side(dialogs))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(page_head(self, "打印预览与上报", self._handing.about))
        column.addLayout(middle, 1)

    def _without_picture(self, why: str) -> QLabel:
        """Say why there are no pages to see; the other files may still be made."""
        self.boxes["pdf"].setEnabled(False)
        label = plain_words(self, why, ink="2")
        label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        label.setMargin(theme.px(self.font(), 28))
        return label

    def _build_side(self, dialogs: Dialogs) -> QWidget:
        side, body, scroll = QWidget(self), QWidget(self), QScrollArea(self)
        column = QVBoxLayout(body)
        column.setContentsMargins(*(theme.px(self.font(), one) for one in (16, 10, 16, 10)))
        column.setSpacing(theme.px(self.font(), 10))
        column.addLayout(self._build_lines())
        column.addLayout(self._build_questions(dialogs))
        column.addWidget(self._replaces)
        column.addLayout(self._build_code())
        column.addWidget(plain_words(self, _CODE, ink="2"))
        column.addStretch(1)
        scroll.setWidget(body)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        cancel = foot_button("取消")
        cancel.clicked.connect(self.reject)
        self._submit.clicked.connect(self.accept)
        whole = QVBoxLayout(side)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._build_verdict())
        whole.addWidget(scroll, 1)
        whole.addWidget(Foot(side, (cancel, self._submit)))
        side.setFixedWidth(theme.px(self.font(), _SIDE))
        return side

    def _build_verdict(self) -> QFrame:
        """The verdict on its ground, and what happens next."""
        verdict, block = self._handing.derived.verdict, QFrame(self)
        block.setProperty("verdict", _LOOKS.get(verdict, "filling"))
        word = QLabel(verdict.value, block)
        word.setProperty("role", "verdict")
        word.setProperty("tone", {Verdict.READY: "ok", Verdict.TO_EXPLAIN: "warn"}.get(verdict))
        head = QHBoxLayout()
        head.setSpacing(theme.px(self.font(), 9))
        head.addWidget(MarkLabel(mark_of(verdict), size=SIZE_VERDICT, parent=block))
        head.addWidget(word, 1)
        column = QVBoxLayout(block)
        column.setContentsMargins(*(theme.px(self.font(), one) for one in (14, 10, 14, 9)))
        column.setSpacing(2)
        column.addLayout(head)
        says = QLabel(_LOCKS, block)
        says.setWordWrap(True)
        column.addWidget(says)
        block.setAccessibleName(f"{verdict.value}。{_LOCKS}")
        return block

    def _build_lines(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(self.font(), 10))
        grid.setVerticalSpacing(theme.px(self.font(), 8))
        grid.setColumnStretch(1, 1)
        for row, line in enumerate(self.lines):
            mark = MarkLabel(line.mark, parent=self)
            mark.setAccessibleName(line.mark.value)
            grid.addWidget(mark, row, 0, Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(QLabel(line.words, self), row, 1)
            grid.addWidget(QLabel(line.figure, self), row, 2, Qt.AlignmentFlag.AlignRight)
        if self._unanswered() is not None:
            look = QPushButton("看第一处没有说明的警告", self)
            look.setAutoDefault(False)
            look.clicked.connect(self._go_to_place)
            grid.addWidget(look, len(self.lines), 1, 1, 2, Qt.AlignmentFlag.AlignRight)
        return grid

    def _unanswered(self) -> Finding | None:
        todo = open_findings(self._handing.derived.findings)
        return next((one for one in todo if one.severity is Severity.WARNING and one.binding is not None), None)

    def _go_to_place(self) -> None:
        found = self._unanswered()
        self.reject()
        if found is not None:
            self.place_asked.emit(found.binding)

    def _build_questions(self, dialogs: Dialogs) -> QFormLayout:
        form = QFormLayout()
        form.setHorizontalSpacing(theme.px(self.font(), 14))
        form.setVerticalSpacing(theme.px(self.font(), 10))
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow("版本名称(&N)", self.name)
        form.addRow("备注(&B)", self.note)
        words = QLabel("存放到(&D)", self)
        words.setBuddy(self.folder)
        form.addRow(words, with_chooser(self.folder, dialogs))
        kinds = QHBoxLayout()
        for box in self.boxes.values():
            box.setChecked(True)
            kinds.addWidget(box)
        kinds.addStretch(1)
        form.addRow(QLabel("同时生成", self), kinds)
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

    def _connect(self) -> None:
        for box in self.boxes.values():
            box.toggled.connect(self._tell)
        self.folder.textChanged.connect(self._tell)
        self.name.editingFinished.connect(self._name_drawn)

    def _name_drawn(self) -> None:
        """The foot of the page has the name of the version: another name is another page."""
        name = self.name.text().strip() or VersionKind.SUBMITTED.words
        if name != self._drawn_name:
            self._drawn_name = name
            self.redraw_asked.emit(name)

    def _tell(self, *_changed: object) -> None:
        """The button counts the files; what would be replaced is said."""
        if self.pane is None:
            self.boxes["pdf"].setChecked(False)
        targets = self.choice().targets
        there = sum(one.exists() for one in targets)
        self._submit.setText(f"定稿并生成 {len(targets)} 个文件" if targets else "定稿，不生成文件")
        self._replaces.setText(f"会替换原有的 {there} 个文件。" if there else "")
        self._replaces.setVisible(bool(there))


def _kinds(derived: Derived) -> tuple[tuple[str, str], ...]:
    """Return the files that can be made: a report has Word in place of Excel."""
    office = ("docx", "Word") if derived.template.kind is FormKind.REPORT else ("xlsx", "Excel")
    return (("pdf", "PDF"), office, (_SHEET, "审核单"))
