"""Reading .xlsx: every sheet as a source table, with the texts a person sees there. It writes nothing and knows no form.

The sheets are held as XML by the guard, not loaded by openpyxl: it is ten times as fast, keeps number formats, merges and what is
hidden, and its memory is that of the texts (docs/decisions.md). Macros, pictures and links are not opened; the notes say so.
"""

from __future__ import annotations

import hashlib

from perfdesk.errors import UserError, excerpt
from perfdesk.exchange.guard import MAX_CELLS, Archive, Texts, running
from perfdesk.exchange.squares import Held, table_of
from perfdesk.exchange.xlsx.reading.book import Book, Entry, read_book
from perfdesk.exchange.xlsx.reading.drawings import read_drawing
from perfdesk.exchange.xlsx.reading.sheet import walk_sheet
from perfdesk.exchange.xlsx.reading.strings import read_strings
from perfdesk.exchange.xlsx.reading.styles import read_looks
from perfdesk.source import SourceFile, SourceKind, SourceTable, SourceText

__all__ = ["read"]

MAX_SHEETS = 300
_NAMED = 5  # cells that a note names


def read(data: bytes, name: str) -> SourceFile:
    """Read a workbook; ``name`` is the file's, for the notes and sentences.

    Raises :class:`UserError` where it is damaged, dangerous or no workbook. What was not taken over (macros, pictures, formulas
    without a stored value, sheets beyond the limits) is said in the notes.
    """
    archive = Archive(data, name)
    book = read_book(archive, name)
    if not book.entries:
        raise UserError(f"“{name}”里没有工作表，读不出内容。请检查是否选错了文件。")
    return _Reader(archive, book, name).read(hashlib.sha256(data).hexdigest())


class _Reader:
    """Lives while one workbook is read; its notes fill up on the way."""

    def __init__(self, archive: Archive, book: Book, name: str) -> None:
        self._archive, self._book, self._name = archive, book, name
        self._texts = Texts()
        self._left = MAX_CELLS
        self._notes: list[str] = []
        self._looks = read_looks(archive, book.styles, name)
        self._strings = read_strings(archive, book.strings, name)

    def read(self, digest: str) -> SourceFile:
        parts: list[SourceTable | SourceText] = []
        for entry in self._book.entries[:MAX_SHEETS]:
            parts += self._sheet(entry)
        if len(self._book.entries) > MAX_SHEETS:
            self._notes.append(f"有 {len(self._book.entries)} 张工作表，只读了前 {MAX_SHEETS} 张。")
        if self._book.has_macros:
            self._notes.append("文件里带有宏，没有运行，也没有保留。")
        if any(one.lower().startswith("xl/externallinks/") for one in self._archive.names):
            self._notes.append("有引用其他文件的公式，按文件里存的结果读，没有打开那些文件。")
        notes = (*self._notes, *self._texts.notes())
        return SourceFile(self._name, SourceKind.XLSX, digest, tuple(parts), notes)

    def _sheet(self, entry: Entry) -> list[SourceTable | SourceText]:
        if entry.kind != "worksheet":
            self._notes.append(f"“{entry.name}”是图表或宏表，没有读。")
            return []
        if self._left <= 0:
            self._notes.append(f"内容太多，“{entry.name}”没有读。")
            return []
        held = walk_sheet(
            self._archive.read(entry.path), self._name, strings=self._strings, looks=self._looks, most=self._left
        )
        self._left -= len(held.cells)
        several = len(self._book.entries) > 1
        table, unseen = table_of(
            held, entry.name, self._texts, hidden=entry.hidden, several=several, since_1904=self._book.since_1904
        )
        self._say(entry, held, unseen)
        drawing = read_drawing(self._archive, entry.path, self._name)
        if drawing.pictures:
            self._notes.append(f"“{entry.name}”里的 {drawing.pictures} 张图片没有读。")
        if drawing.comments:
            self._notes.append(f"“{entry.name}”里的批注没有读。")
        boxes = (
            SourceText(self._texts.clean(text, f"{entry.name}的文本框"), f"{entry.name}的文本框 {number}")
            for number, text in enumerate(drawing.texts, start=1)
        )
        return [table, *boxes]

    def _say(self, entry: Entry, held: Held, unseen: list[str]) -> None:
        if held.uncounted:
            places = _places(held.uncounted)
            self._notes.append(
                f"“{entry.name}”的 {places} 是公式，文件里没有存算好的结果，按空白读。请用 WPS 或 Excel 打开保存一次再导入。"
            )
        if unseen:
            self._notes.append(f"“{entry.name}”的 {_places(unseen)} 有内容，但被合并单元格盖住，看不见，没有读。")
        for words in dict.fromkeys(filter(None, map(running, held.running))):
            self._notes.append(f"“{entry.name}”页眉页脚里的“{excerpt(words)}”没有读。")
        if held.is_cut:
            self._notes.append(f"“{entry.name}”内容太多，只读了前 {held.rows} 行。")


def _places(addresses: list[str]) -> str:
    named = "、".join(addresses[:_NAMED])
    return named if len(addresses) <= _NAMED else f"{named} 等 {len(addresses)} 格"
