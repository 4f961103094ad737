"""版面 (page): the lines of a report in a QTextDocument: written, read back, and only the changed ones written anew.

A line is a block; its level stands in the block's format, a data item is one object character. It knows neither cursor nor keys.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QTextBlock, QTextCursor, QTextDocument

from perfdesk.dataitems import Item, split, write
from perfdesk.outline import Line
from ui.report.looks import ITEM, KEY, OBJECT, TEXT, Looks


def read_line(block: QTextBlock) -> Line:
    """Return a block as a line of the report. Soft breaks become spaces: a paragraph of a report is one line of text."""
    text = block.text()
    if OBJECT not in text:
        return Line(block.blockFormat().headingLevel(), _clean(text))
    runs: list[str | Item] = []
    iterator = block.begin()
    while not iterator.atEnd():
        fragment = iterator.fragment()
        form = fragment.charFormat()
        if form.objectType() == ITEM:
            runs += [Item(str(form.property(KEY)), str(form.property(TEXT)))] * fragment.length()
        else:
            runs.append(_clean(fragment.text().replace(OBJECT, "")))
        iterator += 1
    return Line(block.blockFormat().headingLevel(), write(runs))


def read_lines(document: QTextDocument, first: int, last: int) -> tuple[Line, ...]:
    """Return the lines of the blocks ``first`` … ``last``."""
    found, block = [], document.findBlockByNumber(first)
    while block.isValid() and block.blockNumber() <= last:
        found.append(read_line(block))
        block = block.next()
    return tuple(found)


def show_lines(document: QTextDocument, lines: Sequence[Line], looks: Looks) -> None:
    """Show lines from the first to the last, whatever was shown before."""
    document.clear()
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    for number, line in enumerate(lines):
        if number:
            cursor.insertBlock(looks.paragraph(line.level), looks.characters(line.level))
        else:
            _shape(cursor, line, looks)
        write_runs(cursor, line, looks)
    cursor.endEditBlock()


def write_lines(document: QTextDocument, old: Sequence[Line], new: Sequence[Line], looks: Looks) -> int:
    """Turn a document that shows ``old`` into one that shows ``new``; return the last line that was written, -1 for none.

    Lines at the beginning and the end that stay are not touched: the caret in them stays, and a long report is not laid out anew.
    """
    first = 0
    most = min(len(old), len(new))
    while first < most and old[first] == new[first]:
        first += 1
    after = 0
    while after < most - first and old[-1 - after] == new[-1 - after]:
        after += 1
    if first == len(old) == len(new):
        return -1
    gone, fresh = len(old) - after, new[first : len(new) - after]
    kept = min(gone - first, len(fresh))
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    for number in range(kept):
        cursor.setPosition(document.findBlockByNumber(first + number).position())
        _overwrite(cursor, fresh[number], looks)
    if gone - first > kept:
        _remove(cursor, first + kept, gone, new, looks)
    elif len(fresh) > kept:
        _insert(cursor, first + kept, fresh[kept:], new, looks)
    cursor.endEditBlock()
    return max(len(new) - after - 1, first - 1, 0)


def _overwrite(cursor: QTextCursor, line: Line, looks: Looks) -> None:
    """Write a line into the block at the cursor, in the place of what stands there."""
    cursor.movePosition(QTextCursor.MoveOperation.StartOfBlock)
    cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
    cursor.removeSelectedText()
    _shape(cursor, line, looks)
    write_runs(cursor, line, looks)


def _shape(cursor: QTextCursor, line: Line, looks: Looks) -> None:
    """Give the block at the cursor the formats of a line."""
    cursor.setBlockFormat(looks.paragraph(line.level))
    cursor.setBlockCharFormat(looks.characters(line.level))


def write_runs(cursor: QTextCursor, line: Line, looks: Looks) -> None:
    """Put texts and data items of a line in at the cursor."""
    for run in split(line.text):
        if isinstance(run, Item):
            cursor.insertText(OBJECT, looks.item(line.level, run.key, run.text))
        else:
            cursor.insertText(run, looks.characters(line.level))


def _insert(cursor: QTextCursor, at: int, lines: Sequence[Line], new: Sequence[Line], looks: Looks) -> None:
    """Put new blocks in before block ``at``."""
    if at == 0:  # the block that was first goes down, and the one above it becomes the first of the new ones
        cursor.setPosition(0)
        cursor.insertBlock(looks.paragraph(new[len(lines)].level), looks.characters(new[len(lines)].level))
        cursor.setPosition(0)
        _overwrite(cursor, lines[0], looks)
        lines = lines[1:]
    else:
        before = cursor.document().findBlockByNumber(at - 1)
        cursor.setPosition(before.position() + before.length() - 1)
    for line in lines:
        cursor.insertBlock(looks.paragraph(line.level), looks.characters(line.level))
        write_runs(cursor, line, looks)


def _remove(cursor: QTextCursor, at: int, end: int, new: Sequence[Line], looks: Looks) -> None:
    """Take the blocks ``at`` … ``end`` - 1 out; the block that takes up the gap keeps its look."""
    document = cursor.document()
    if at == 0:
        cursor.setPosition(document.findBlockByNumber(end).position())
        cursor.setPosition(0, QTextCursor.MoveMode.KeepAnchor)
    else:
        before, last = document.findBlockByNumber(at - 1), document.findBlockByNumber(end - 1)
        cursor.setPosition(before.position() + before.length() - 1)
        cursor.setPosition(last.position() + last.length() - 1, QTextCursor.MoveMode.KeepAnchor)
    cursor.removeSelectedText()
    _shape(cursor, new[max(at - 1, 0)], looks)


def _clean(text: str) -> str:
    return text.replace("\u2028", " ").replace("\u2029", " ")
