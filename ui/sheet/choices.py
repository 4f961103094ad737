"""选项 (choices): cells that hold words of a list: the list that opens below them, their squares to tick, their boxes to click.

Each choice is one undo step. Typing over stays possible where the cell shows its text as it is; squares and boxes are only chosen.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QPointF, QRect, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem

from perfdesk.editing import chosen, get_text, toggle
from perfdesk.fonts import text_width
from perfdesk.layout import STYLES, Fragment
from perfdesk.model import Fix
from perfdesk.sheet import Cell
from perfdesk.template import BOX, TICKED, boxes_follow
from ui import theme
from ui.sheet.geometry import PX_PER_PT

if TYPE_CHECKING:
    from ui.sheet.view import SheetView
    from ui.theme import Tokens

ARROW: Final = 20  # px: the square with the arrow at the right edge of the current cell
_MOST_SHOWN: Final = 9
_CONFIRM: Final = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_BESIDE: Final = 8.0  # pt: a click so far beside a box or its word still means it
_AIR: Final = 56  # px beside the words: edges, box and scroll bar


def only_chosen(cell: Cell | None) -> bool:
    """Tell whether a cell cannot be typed into: a square to tick, or words with boxes."""
    return cell is not None and (bool(cell.tick) or cell.boxed)


class ChoiceList(QListWidget):
    """The list over the sheet. ``picked`` carries a word; it closes after one unless several may be chosen."""

    picked = Signal(str)

    def __init__(self, words: tuple[str, ...], held: tuple[str, ...], *, many: bool, parent: SheetView) -> None:
        super().__init__(parent)
        self._many = many
        self.setWindowFlags(Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("box", "float")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName("可选的词，空格勾选，回车确定" if many else "可选的词，回车确定")
        for word in words:
            item = QListWidgetItem(word, self)
            if many:
                item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
                item.setCheckState(Qt.CheckState.Checked if word in held else Qt.CheckState.Unchecked)
        self.setCurrentRow(next((row for row, word in enumerate(words) if word in held), 0))
        self.itemClicked.connect(self._pick)

    def open_below(self, cell: QRect) -> None:
        """Stand below a cell (on the screen), as wide as it or as its longest word; above it where there is no room."""
        rows = min(self.count(), _MOST_SHOWN)
        height = rows * self.sizeHintForRow(0) + 2 * self.frameWidth() + 2
        width = max(cell.width(), self.sizeHintForColumn(0) + theme.px(self.font(), _AIR))
        screen = self.screen().availableGeometry()
        below = cell.bottom() + 2
        top = below if below + height <= screen.bottom() else cell.top() - height - 1
        left = min(cell.left(), screen.right() - width)
        self.setGeometry(max(left, screen.left()), max(top, screen.top()), width, height)
        self.show()
        self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter chooses and closes, Space ticks one of several, Esc closes; letters jump."""
        if event.key() in _CONFIRM:
            if not self._many:
                self._pick(self.currentItem())
            self.close()
        elif event.key() == Qt.Key.Key_Space:
            self._pick(self.currentItem())
        elif event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def _pick(self, item: QListWidgetItem) -> None:
        self.picked.emit(item.text())
        if not self._many:
            self.close()
            return
        ticked = item.checkState() is Qt.CheckState.Checked
        item.setCheckState(Qt.CheckState.Unchecked if ticked else Qt.CheckState.Checked)


class Choices(QObject):
    """The choosing of one view."""

    def __init__(self, view: SheetView) -> None:
        super().__init__(view)
        self._view = view

    def open(self) -> bool:
        """Open the list of the current cell; a square is ticked instead. False where there is nothing to choose."""
        cell = self._view.current_cell()
        if cell is None or cell.binding is None or not cell.choices:
            return False
        if cell.tick:
            return self.tick()
        if not self._may_change():
            return True
        held = chosen(self._text(cell), cell.choices)
        listed = ChoiceList(cell.choices, held, many=cell.many, parent=self._view)
        listed.picked.connect(self._take if cell.many else self._put)
        rect = self._view.visualRect(self._view.currentIndex())
        listed.open_below(QRect(self._view.viewport().mapToGlobal(rect.topLeft()), rect.size()))
        return True

    def tick(self) -> bool:
        """Space: tick the current square, or take the tick away. False where there is none."""
        cell = self._view.current_cell()
        if cell is None or not cell.tick:
            return False
        if self._may_change():
            self._take(cell.tick)
        return True

    def press(self, event: QMouseEvent) -> bool:
        """A click on the arrow, a square or a box of the cell that is current now. Tell whether it was one."""
        cell, index = self._view.current_cell(), self._view.indexAt(event.position().toPoint())
        if cell is None or event.button() is not Qt.MouseButton.LeftButton or index != self._view.currentIndex():
            return False
        if event.modifiers() != Qt.KeyboardModifier.NoModifier:
            return False
        if cell.tick:
            return self.tick()
        if self.arrow().contains(event.position().toPoint()):
            return self.open()
        word = self._word_at(event.position()) if cell.boxed else ""
        if word and self._may_change():
            self._take(word)
        return bool(word)

    def arrow(self) -> QRect:
        """Return where the arrow of the current cell stands, empty where it has none."""
        cell = self._view.current_cell()
        if cell is None or not cell.choices or cell.tick or self._view.is_editing:
            return QRect()
        rect = self._view.visualRect(self._view.currentIndex())
        side = min(theme.px(self._view.font(), ARROW), rect.height() - 2)
        return QRect(rect.right() - side, rect.bottom() - side, side, side)

    def paint_arrow(self, painter: QPainter, table: Tokens) -> None:
        """Paint the arrow of the current cell."""
        box = self.arrow()
        if not box.isValid():
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(box, QColor(table.paper.range))
        painter.setPen(QPen(QColor(table.paper.select), 2))
        middle, wing = QPointF(box.center()), box.width() / 5
        ends = (QPointF(-wing, -wing / 2), QPointF(0, wing / 2), QPointF(wing, -wing / 2))
        painter.drawPolyline(QPolygonF([middle + end for end in ends]))
        painter.restore()

    def _put(self, word: str) -> None:
        """Put a word in the place of what stands there."""
        cell, document = self._view.current_cell(), self._view.document
        if cell is not None and cell.binding is not None and document is not None:
            document.apply_fix(Fix("选择", ((cell.binding, word),)))

    def _take(self, word: str) -> None:
        """Put a word in, or take it out where several may stand; one undo step."""
        cell, document = self._view.current_cell(), self._view.document
        if cell is None or cell.binding is None or document is None:
            return
        text = toggle(self._text(cell), word, cell.choices, many=cell.many)
        document.apply_fix(Fix("选择", ((cell.binding, text),)))

    def _text(self, cell: Cell) -> str:
        document = self._view.document
        return "" if document is None or cell.binding is None else get_text(document.record, cell.binding)

    def _may_change(self) -> bool:
        """Say why nothing happens on a form that is only looked at."""
        document = self._view.document
        if document is not None and document.read_only:
            self._view.refused.emit(document.why_locked)
            return False
        return document is not None

    def _word_at(self, place: QPointF) -> str:
        """Return the word whose box or letters are at a point of the view or just beside it, ``""`` where there is none."""
        model, index = self._view.sheet_model, self._view.currentIndex()
        fragment = model.grid.fragments.get((index.row(), index.column())) if model is not None else None
        if fragment is None:
            return ""
        corner, scale = self._view.visualRect(index).topLeft(), PX_PER_PT * self._view.zoom
        x, y = (place.x() - corner.x()) / scale, (place.y() - corner.y()) / scale
        near = (
            (max(left - x, x - right, 0.0), word)
            for word, (left, right, *band) in _boxes(fragment)
            if band[0] <= y <= band[1]
        )
        distance, word = min(near, default=(_BESIDE, ""))
        return word if distance < _BESIDE else ""


def _boxes(fragment: Fragment) -> tuple[tuple[str, tuple[float, float, float, float]], ...]:
    """Return every word with a box and where it stands: left, right, top, bottom in pt from the corner of the fragment."""
    return tuple(chain.from_iterable(_boxes_of(fragment, number) for number in range(len(fragment.lines))))


def _boxes_of(fragment: Fragment, number: int) -> list[tuple[str, tuple[float, float, float, float]]]:
    line, style = fragment.lines[number], STYLES[fragment.cell.role]
    follow = boxes_follow("".join(one.text for one in fragment.lines))
    found: list[tuple[str, tuple[float, float, float, float]]] = []
    for at, letter in enumerate(line.text):
        word, start, end = _beside(line.text, at, fragment.cell.choices, follow=follow)
        if letter in {BOX, TICKED} and word:
            left = line.x + text_width(line.text[:start], size=style.size, face=style.face)
            right = left + text_width(line.text[start:end], size=style.size, face=style.face)
            found.append((word, (left, right, line.y - style.size, line.y + style.size / 3)))
    return found


def _beside(text: str, at: int, choices: tuple[str, ...], *, follow: bool) -> tuple[str, int, int]:
    """Return the word of a box at a place of a line, and from where to where word and box reach; ``""`` where it has none."""
    longest = sorted(choices, key=len, reverse=True)  # 优秀 before 优
    if follow:
        before = text[:at].rstrip()
        word = next((one for one in longest if before.endswith(one)), "")
        return word, len(before) - len(word), at + 1
    word = next((one for one in longest if text.startswith(one, at + 1)), "")
    return word, at, at + 1 + len(word)
