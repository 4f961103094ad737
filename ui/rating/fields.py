"""The fields of the side form: a figure with its unit, criteria to tick, a grade to choose. They hold texts and judge nothing.

``edited`` carries the whole text after each change by hand; ``left`` that the field is done with, ``entered`` that the keyboard
came in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QCheckBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from perfdesk.rules import NONE_MET, Raw, ticked
from ui import theme
from ui.widgets.keys import is_left_to_the_window
from ui.widgets.looks import set_look

if TYPE_CHECKING:
    from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QMouseEvent

WIDTH: Final = 96  # px of a figure
_SHORT: Final = 5  # characters of a word that has room for another one beside it


class RawField(QWidget):
    """What all fields have in common."""

    edited = Signal(str)
    left = Signal()
    entered = Signal()

    def __init__(self, raw: Raw, *, many: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.raw, self.many = raw, many

    def show_text(self, text: str) -> None:
        """Show the text the record holds."""
        raise NotImplementedError

    def set_read_only(self, *, read_only: bool) -> None:
        """Only look, or fill in."""
        raise NotImplementedError

    def take_focus(self) -> None:
        """Give the keyboard to the field."""
        raise NotImplementedError

    def tell_of_others(self, words: str) -> None:
        """Say where else the figure is used."""
        self.setToolTip(words)
        self.setAccessibleDescription(words)


class FigureLine(QLineEdit):
    """A line for one figure. Undo is the form's; Esc gives up what was typed, Enter goes on."""

    given_up = Signal()
    focused = Signal()

    def event(self, event: QEvent) -> bool:
        """Leave undo and redo to the form's stack."""
        if is_left_to_the_window(event):
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes to the next field, Esc back to what stood there."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.focusNextChild()
        elif event.key() == Qt.Key.Key_Escape and self.isModified():
            self.given_up.emit()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Clipboard only: undo in the menu would be that of the line."""
        menu = self.createStandardContextMenu()
        for action in menu.actions()[:3]:
            menu.removeAction(action)
        menu.popup(event.globalPos())

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Say that the keyboard is here; what stands there is replaced by typing."""
        super().focusInEvent(event)
        self.focused.emit()


class FigureField(RawField):
    """A figure: its label, a line, its unit."""

    given_up = Signal()

    def __init__(self, raw: Raw, parent: QWidget | None = None) -> None:
        super().__init__(raw, parent=parent)
        self._line = FigureLine(self)
        self._line.setFixedWidth(theme.px(self.font(), WIDTH))
        self._line.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._line.setAccessibleName(f"{raw.label}（{raw.unit}）" if raw.unit else raw.label)
        self._line.textEdited.connect(self.edited)
        self._line.editingFinished.connect(self.left)
        self._line.given_up.connect(self.given_up)
        self._line.focused.connect(self.entered)
        label, unit = QLabel(raw.label, self), QLabel(raw.unit, self)
        label.setWordWrap(True)
        label.setBuddy(self._line)
        unit.setProperty("ink", "2")
        unit.setMinimumWidth(unit.fontMetrics().horizontalAdvance("万元"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(self.font(), 6))
        row.addWidget(label, 1)
        row.addWidget(self._line)
        row.addWidget(unit)

    def show_text(self, text: str) -> None:
        """Show the figure as typed; one that cannot be read is framed red."""
        if self._line.text() != text:
            self._line.setText(text)
        set_look(self._line, "tone", "err" if text.strip() and self.raw.read(text) is None else "")

    def set_read_only(self, *, read_only: bool) -> None:
        """The figure can still be selected and copied."""
        self._line.setReadOnly(read_only)

    def take_focus(self) -> None:
        """Give the keyboard to the line."""
        self._line.setFocus(Qt.FocusReason.TabFocusReason)

    def tell_of_others(self, words: str) -> None:
        """Say it on the line, where a reader looks."""
        self._line.setToolTip(words)
        self._line.setAccessibleDescription(words)


class _Words(QLabel):
    """The words of a box: they may run over several lines, and a click on them is a click on the box."""

    def __init__(self, box: QAbstractButton, words: str, parent: QWidget) -> None:
        super().__init__(words, parent)
        self._box = box
        self.setWordWrap(True)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Click the box."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._box.setFocus(Qt.FocusReason.MouseFocusReason)
            self._box.click()


class ChoiceField(RawField):
    """Words to choose from: criteria as check boxes (several), a grade as radio buttons (one). ``head`` stands above already."""

    def __init__(self, raw: Raw, *, many: bool, head: str = "", parent: QWidget | None = None) -> None:
        super().__init__(raw, many=many, parent=parent)
        self._boxes: dict[str, QAbstractButton] = {}
        self._group = QButtonGroup(self)
        self._group.setExclusive(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(self.font(), 4))
        if raw.label != head:
            label = QLabel(raw.label, self)
            label.setProperty("ink", "2")
            column.addWidget(label)
        column.addLayout(self._build_boxes())
        self._group.buttonClicked.connect(self._tell)

    def _build_boxes(self) -> QGridLayout:
        """Criteria stand below each other, short words side by side."""
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.px(self.font(), 6))
        grid.setVerticalSpacing(theme.px(self.font(), 3))
        across = 2 if all(len(word) <= _SHORT for word in self.raw.choices) else 1
        for number, word in enumerate(self.raw.choices):
            box: QAbstractButton = QCheckBox(self) if self.many else QRadioButton(self)
            box.setAccessibleName(f"{self.raw.label}：{word}")
            box.setFixedHeight(box.fontMetrics().height())  # in the middle of the first line of its words
            box.installEventFilter(self)
            self._boxes[word] = box
            self._group.addButton(box)
            row, column = divmod(number, across)
            grid.addWidget(box, row, 2 * column, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(_Words(box, word, self), row, 2 * column + 1)
            grid.setColumnStretch(2 * column + 1, 1)
        return grid

    def show_text(self, text: str) -> None:
        """Tick what the text names; words that are not offered stay in the record and show no tick."""
        words = ticked(text)
        for word, box in self._boxes.items():
            box.setChecked(word in words)

    def set_read_only(self, *, read_only: bool) -> None:
        """Grey the boxes."""
        for box in self._boxes.values():
            box.setEnabled(not read_only)

    def take_focus(self) -> None:
        """Give the keyboard to the first box."""
        for box in list(self._boxes.values())[:1]:
            box.setFocus(Qt.FocusReason.TabFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Say that the keyboard is here."""
        if event.type() is QEvent.Type.FocusIn:
            self.entered.emit()
        return super().eventFilter(watched, event)

    def _tell(self, clicked: QAbstractButton) -> None:
        """A click: 均不符合 and the criteria exclude each other; a grade clicked again is taken back."""
        word = next(one for one, box in self._boxes.items() if box is clicked)
        held = [one for one, box in self._boxes.items() if box.isChecked()]
        if not self.many or (word == NONE_MET and clicked.isChecked()):
            held = [word] if clicked.isChecked() else []
        elif word != NONE_MET:
            held = [one for one in held if one != NONE_MET]
        text = "、".join(held)
        self.show_text(text)
        self.edited.emit(text)
        self.left.emit()


def field_of(raw: Raw, *, many: bool, head: str, parent: QWidget) -> RawField:
    """Make the field of a raw figure; ``head`` is what stands above it: words that are not said again."""
    return ChoiceField(raw, many=many, head=head, parent=parent) if raw.choices else FigureField(raw, parent)
