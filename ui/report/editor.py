"""编辑 (editor): typing in the page of a report. What is typed is read back as lines; headings hold their places.

The text widget takes letters, input methods and the caret as everywhere; every change it made is told as the lines that result
(``edited``), and whoever keeps the record decides. Keys that would join a paragraph with a heading do nothing, and a cut over
several sections takes out the text and leaves the headings.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QMimeData, QPoint, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QHelpEvent,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QTextBlock,
    QTextCursor,
)
from PySide6.QtWidgets import QToolTip, QWidget

from perfdesk.dataitems import Item, item_for, resolve, write
from perfdesk.outline import BODY, Caret, Line, cut, halves, put, shown_length
from ui.report.looks import ITEM, KEY, TEXT
from ui.report.page import read_lines, write_lines
from ui.report.paper import ReportPaper
from ui.widgets.keys import is_left_to_the_window

if TYPE_CHECKING:
    from perfdesk.model import Figure
    from ui.faces import Faces
    from ui.theme import Tokens

MIME: Final = "application/x-perfdesk-paragraphs"
_ENTER: Final = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_WALKS: Final = frozenset(
    {
        *(Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down),
        *(Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown),
    }
)
_BACK: Final = (QKeySequence.StandardKey.Backspace, QKeySequence.StandardKey.DeleteStartOfWord)
_FORWARD: Final = (QKeySequence.StandardKey.Delete, QKeySequence.StandardKey.DeleteEndOfWord)
_SPACES: Final = " \t\u3000\xa0"


class ReportEditor(ReportPaper):
    """The page, to be typed in. ``edited`` carries the number of the line and whether it was typing in that line alone.

    ``walked``: somebody moved the caret, so that what is typed next is another step. ``refused``: somebody typed into a report that
    is only looked at. ``entered``: the keyboard is in the text.
    """

    edited = Signal(int, bool)
    walked = Signal()
    entered = Signal()
    refused = Signal()

    def __init__(self, tokens: Tokens, faces: Faces, *, parent: QWidget | None = None) -> None:
        super().__init__(tokens, faces, parent=parent)
        self._looking = False
        self.source_of: Callable[[str], str] = str
        self.setAcceptDrops(False)
        self.setTabChangesFocus(True)
        self.setAccessibleName("报告正文")
        self.document().contentsChange.connect(self._read_back)

    def set_looking(self, *, looking: bool) -> None:
        """Only look at the report: the caret walks, nothing is typed."""
        self._looking = looking
        flags = Qt.TextInteractionFlag
        reading = flags.TextSelectableByMouse | flags.TextSelectableByKeyboard
        self.setTextInteractionFlags(reading if looking else flags.TextEditorInteraction)

    # ---------------------------------------------------------------------------------------------------------- lines
    def renew(self, lines: tuple[Line, ...]) -> None:
        """Show lines that changed elsewhere (undo, a fix, the outline); the caret goes where they differ."""
        if lines == self._lines:
            return
        self._loading = True
        last = write_lines(self.document(), self._lines, lines, self.looks)
        self._lines, self._loading = lines, False
        if last >= 0:
            self.place_caret(Caret(last, shown_length(lines[last].text)))
        self.viewport().update()

    def caret(self) -> Caret:
        """Return where the caret stands."""
        return _place(self.textCursor().position(), self.textCursor().block())

    def place_caret(self, caret: Caret) -> None:
        """Put the caret into a line, at most at its end, and show it."""
        block = self.document().findBlockByNumber(caret.line)
        cursor = self.textCursor()
        cursor.setPosition(block.position() + min(caret.offset, block.length() - 1))
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def show_from(self, line: int) -> None:
        """Scroll so that a line stands at the top of the desk."""
        block = self.document().findBlockByNumber(line)
        top = self.document().documentLayout().blockBoundingRect(block).top()
        self.verticalScrollBar().setValue(round(top - self.looks.leading))

    def insert_item(self, figure: Figure) -> None:
        """插入数据: put the figure in at the caret, in the place of what is selected; a heading takes its text alone."""
        if self._looking:
            self.refused.emit()
            return
        here = self.textCursor().block().blockFormat().headingLevel()
        self._put((figure.text if here != BODY else write((item_for(figure),)),))

    def item_at(self, cursor: QTextCursor) -> Item | None:
        """Return the data item before or after a caret."""
        for place in (cursor.position() + 1, cursor.position()):
            probe = QTextCursor(cursor)
            probe.setPosition(min(place, self.document().characterCount() - 1))
            form = probe.charFormat()
            if form.objectType() == ITEM and probe.block() == cursor.block():
                return Item(str(form.property(KEY)), str(form.property(TEXT)))
        return None

    def show_figures_again(self) -> None:
        """Measure and paint the data items anew: figures changed."""
        self._loading = True
        self.document().markContentsDirty(0, self.document().characterCount())
        self._loading = False
        self.viewport().update()

    def _read_back(self, position: int, _removed: int, added: int) -> None:
        """Take over what the text widget changed; unfinished compositions change nothing."""
        if self._loading:
            return
        document = self.document()
        first = document.findBlock(position).blockNumber()
        end = document.findBlock(position + added)
        last = end.blockNumber() if end.isValid() else document.blockCount() - 1
        after = last + 1 - (document.blockCount() - len(self._lines))
        lines = (*self._lines[:first], *read_lines(document, first, last), *self._lines[max(after, first) :])
        if len(lines) != document.blockCount():
            lines = read_lines(document, 0, document.blockCount() - 1)
        if lines == self._lines:
            return
        typing = len(lines) == len(self._lines)
        self._lines = lines
        self.edited.emit(self.textCursor().blockNumber(), typing)

    def _apply(self, lines: tuple[Line, ...], caret: Caret) -> None:
        """Show lines that a key or the clipboard made, and tell of them."""
        if lines == self._lines:
            return
        self._loading = True
        write_lines(self.document(), self._lines, lines, self.looks)
        self._lines, self._loading = lines, False
        self.place_caret(caret)
        self.edited.emit(caret.line, False)

    def _selected(self) -> tuple[Caret, Caret]:
        cursor = self.textCursor()
        ends = (cursor.selectionStart(), cursor.selectionEnd())
        start, end = (_place(place, self.document().findBlock(place)) for place in ends)
        return start, end

    def _spans_heading(self) -> bool:
        start, end = self._selected()
        return start.line != end.line and any(one.level != BODY for one in self._lines[start.line : end.line + 1])

    def _without_selection(self) -> tuple[tuple[Line, ...], Caret]:
        """Return the lines without what is selected, and where the caret stands then."""
        start, end = self._selected()
        if start == end:
            return self._lines, start
        if start.line != end.line:
            return cut(self._lines, start, end), start
        line = self._lines[start.line]
        text = halves(line.text, start.offset)[0] + halves(line.text, end.offset)[1]
        return (*self._lines[: start.line], line._replace(text=text), *self._lines[start.line + 1 :]), start

    def _put(self, texts: tuple[str, ...]) -> None:
        """Put paragraphs in at the caret, in the place of what is selected."""
        lines, caret = self._without_selection()
        self._apply(*put(lines, caret, texts))

    # ----------------------------------------------------------------------------------------------------------- keys
    def event(self, event: QEvent) -> bool:
        """Leave undo to the record; say where a data item comes from."""
        if is_left_to_the_window(event):
            event.ignore()
            return False
        return super().event(event)

    def viewportEvent(self, event: QEvent) -> bool:
        """Name the source of the data item under the mouse."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            item = self._item_under(event.pos())
            if item is not None:
                QToolTip.showText(event.globalPos(), self.source_of(item.key), self.viewport())
                return True
            QToolTip.hideText()
        return super().viewportEvent(event)

    def _item_under(self, point: QPoint) -> Item | None:
        position = (
            self.document()
            .documentLayout()
            .hitTest(
                point + QPoint(self.horizontalScrollBar().value(), self.verticalScrollBar().value()),
                Qt.HitTestAccuracy.ExactHit,
            )
        )
        if position < 0:
            return None
        probe = QTextCursor(self.document())
        probe.setPosition(min(position + 1, self.document().characterCount() - 1))
        form = probe.charFormat()
        return Item(str(form.property(KEY)), str(form.property(TEXT))) if form.objectType() == ITEM else None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click ends the step that was being typed."""
        self.walked.emit()
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter below a heading, deleting at a heading's edge and cuts over several sections are ours; the rest is Qt's."""
        if self._looking:
            if (event.text() and event.text().isprintable()) or _matches(event, (*_BACK, *_FORWARD)):
                self.refused.emit()
                return
            super().keyPressEvent(event)
            return
        if event.key() in _WALKS:
            self.walked.emit()
            if self._climbs(event) and self.cover.go_last():
                return
        if event.key() in _ENTER:
            self._enter()
            return
        if _matches(event, (*_BACK, *_FORWARD)) and self._delete(forward=_matches(event, _FORWARD)):
            return
        if event.matches(QKeySequence.StandardKey.Cut):
            self.cut()
            return
        if event.text() and event.text().isprintable() and self._spans_heading():
            self._apply(*self._without_selection())
        super().keyPressEvent(event)

    def _climbs(self, event: QKeyEvent) -> bool:
        """Tell whether a key leads up from the first line of the text."""
        if event.key() != Qt.Key.Key_Up or event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            return False
        return not self.textCursor().movePosition(QTextCursor.MoveOperation.Up)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard is in the text, no longer on the cover."""
        super().focusInEvent(event)
        self.entered.emit()

    def _enter(self) -> None:
        """Enter: a new paragraph; in a heading, the paragraph below it."""
        if self.textCursor().hasSelection():
            self._apply(*self._without_selection())
        at = self.caret().line
        if self._lines[at].level == BODY:
            self._put(("", ""))
            return
        if at + 1 == len(self._lines) or self._lines[at + 1].level != BODY:
            lines = (*self._lines[: at + 1], Line(BODY, ""), *self._lines[at + 1 :])
            self._loading = True
            write_lines(self.document(), self._lines, lines, self.looks)
            self._lines, self._loading = lines, False  # a blank line below a heading is no paragraph yet
        self.place_caret(Caret(at + 1, 0))

    def _delete(self, *, forward: bool) -> bool:
        """Backspace and Delete where Qt would join a paragraph with a heading. False: the key is Qt's."""
        if self.textCursor().hasSelection():
            if not self._spans_heading():
                return False
            self._apply(*self._without_selection())
            return True
        line, offset = self.caret()
        edge = offset == (shown_length(self._lines[line].text) if forward else 0)
        if not edge:
            return False
        other = line + (1 if forward else -1)
        pair = [self._lines[at] for at in (line, other) if 0 <= at < len(self._lines)]
        if all(one.level == BODY for one in pair):
            return False
        body_near = [at for at in (line - 1, line + 1) if 0 <= at < len(self._lines) and self._lines[at].level == BODY]
        if self._lines[line] == Line(BODY, "") and body_near:  # a blank paragraph among others goes
            at = body_near[0]
            end = Caret(at, shown_length(self._lines[at].text)) if at < line else Caret(line, 0)
            self._apply((*self._lines[:line], *self._lines[line + 1 :]), end)
        return True

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """An input method types over a selection as the keyboard does."""
        if self._looking:
            if event.commitString():
                self.refused.emit()
            return
        if (event.preeditString() or event.commitString()) and self._spans_heading():
            self._apply(*self._without_selection())
        super().inputMethodEvent(event)

    # ------------------------------------------------------------------------------------------------------ clipboard
    def cut(self) -> None:
        """Ctrl+X: copy, then take out; headings stay."""
        if self._looking:
            self.refused.emit()
            return
        if self.textCursor().hasSelection():
            self.copy()
            self._apply(*self._without_selection())

    def createMimeDataFromSelection(self) -> QMimeData:
        """Copy as plain text, data items as theirs; for the program itself also as paragraphs with the items.

        The object is Qt's own, filled anew: one made in Python (PySide6 6.8.3) that is still on the clipboard when the program ends
        calls into an interpreter that is gone, and the program crashes.
        """
        start, end = self._selected()
        texts = [one.text for one in self._lines[start.line : end.line + 1]]
        texts[-1] = halves(texts[-1], end.offset)[0]
        texts[0] = halves(texts[0], start.offset)[1]
        data = super().createMimeDataFromSelection()
        data.text()  # has Qt fill it now, not after us
        data.clear()
        data.setText("\n".join(self._shown(text) for text in texts))
        data.setData(MIME, json.dumps(texts).encode())
        return data

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Texts only."""
        return not self._looking and (source.hasText() or source.hasFormat(MIME))

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste: our own paragraphs with their data items, anything else as plain paragraphs without indents and blank lines."""
        if self._looking:
            self.refused.emit()
            return
        if source.hasFormat(MIME):
            texts = tuple(str(one) for one in json.loads(bytes(source.data(MIME).data())))
        else:
            lines = source.text().replace("\r\n", "\n").replace("\r", "\n").split("\n")
            whole = len(lines) == 1  # words out of a sentence keep their spaces
            texts = tuple(one if whole else one.strip(_SPACES) for one in lines if whole or one.strip(_SPACES))
        if any(texts):
            self._put(texts)

    def _shown(self, text: str) -> str:
        return resolve(text, self.items.figures)


def _place(position: int, block: QTextBlock) -> Caret:
    return Caret(block.blockNumber(), position - block.position())


def _matches(event: QKeyEvent, keys: tuple[QKeySequence.StandardKey, ...]) -> bool:
    """Tell whether a key is one of these; with Shift, Backspace and Delete are themselves."""
    alone = {
        QKeySequence.StandardKey.Backspace: Qt.Key.Key_Backspace,
        QKeySequence.StandardKey.Delete: Qt.Key.Key_Delete,
    }
    return any(event.matches(key) or alone.get(key) == event.key() for key in keys)
