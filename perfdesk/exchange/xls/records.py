"""Excel 97–2003 by its records: read with the number formats and merges that .xlsx has too; never written.

xlrd reads the records; whatever it raises on damaged ones is one sentence here. Macros are not read.
"""

from __future__ import annotations

import hashlib
from io import StringIO
from typing import TYPE_CHECKING, Final

from perfdesk.errors import UserError
from perfdesk.exchange.guard import MAX_CELLS, Texts
from perfdesk.exchange.squares import PLAIN, Held, Look, table_of
from perfdesk.source import SourceFile, SourceKind, SourceTable

if TYPE_CHECKING:
    from xlrd.book import Book
    from xlrd.sheet import Sheet

__all__ = ["read"]

MAX_FILE: Final = 8 << 20
"""Bytes of an .xls: its reader takes a second for each MB of the worst; a form has 50 KB."""
_ALIGNED: Final = {1: "left", 2: "center", 3: "right", 6: "center"}
_TEXT, _NUMBER, _DATE, _BOOLEAN, _ERROR = 1, 2, 3, 4, 5  # kinds of cells
_PASSWORD: Final = ("encrypted", "password")


def read(data: bytes, name: str) -> SourceFile:
    """Read an old workbook; ``name`` is the file's. Raises :class:`UserError` where it is damaged, too large or has a password."""
    if len(data) > MAX_FILE:
        raise UserError(
            f"“{name}”大于 {MAX_FILE >> 20} MB，不像填报用的表。请用 WPS 或 Excel 打开，另存为 .xlsx 再导入。"
        )
    try:
        return _read(data, name)
    except UserError:
        raise
    except MemoryError as error:
        raise _damaged(name) from error
    except Exception as error:  # xlrd checks little: damaged records raise whatever comes of them
        if any(word in str(error).lower() for word in _PASSWORD):
            raise UserError(
                f"“{name}”设了打开密码，读不出来。请用 WPS 或 Excel 输入密码打开，取消密码后另存一份。"
            ) from error
        raise _damaged(name) from error


def _damaged(name: str) -> UserError:
    return UserError(
        f"“{name}”已经损坏，或没有下载、复制完整，打不开。请重新取得这个文件，或用 WPS、Excel 打开后另存为 .xlsx。"
    )


def _read(data: bytes, name: str) -> SourceFile:
    import xlrd

    texts, notes = Texts(), list[str]()
    parts: list[SourceTable] = []
    left = MAX_CELLS
    with xlrd.open_workbook(
        file_contents=data, formatting_info=True, on_demand=True, ragged_rows=True, logfile=StringIO()
    ) as book:
        looks = _looks(book)
        for number, title in enumerate(book.sheet_names()):
            if left <= 0:
                notes.append(f"内容太多，“{title}”没有读。")
                continue
            sheet = book.sheet_by_index(number)
            held = _held(sheet, looks, left)
            left -= len(held.cells)
            table, unseen = table_of(
                held,
                title,
                texts,
                hidden=bool(sheet.visibility),
                several=book.nsheets > 1,
                since_1904=book.datemode == 1,
            )
            parts.append(table)
            notes += _notes(title, sheet, held, unseen)
            book.unload_sheet(number)
    digest = hashlib.sha256(data).hexdigest()
    return SourceFile(name, SourceKind.XLS, digest, tuple(parts), (*notes, *texts.notes()))


def _notes(title: str, sheet: Sheet, held: Held, unseen: list[str]) -> list[str]:
    notes = []
    if unseen:
        named = "、".join(unseen[:5]) + (f" 等 {len(unseen)} 格" if len(unseen) > 5 else "")
        notes.append(f"“{title}”的 {named} 有内容，但被合并单元格盖住，看不见，没有读。")
    if held.is_cut:
        notes.append(f"“{title}”内容太多，只读了前 {held.rows} 行。")
    if sheet.cell_note_map:
        notes.append(f"“{title}”里的批注没有读。")
    return notes


def _looks(book: Book) -> list[Look]:
    looks = []
    for style in book.xf_list:
        font = book.font_list[style.font_index] if style.font_index < len(book.font_list) else None
        code = book.format_map[style.format_key].format_str if style.format_key in book.format_map else ""
        align = _ALIGNED.get(style.alignment.hor_align, "") if style.alignment else ""
        looks.append(Look(code, font.name if font else "", bool(font and font.bold), align))
    return looks


def _held(sheet: Sheet, looks: list[Look], most: int) -> Held:
    cells: list[tuple[int, int, str, Look, bool]] = []
    is_cut = False
    for row in range(sheet.nrows):
        values, kinds = sheet.row_values(row), sheet.row_types(row)
        for column, (value, kind) in enumerate(zip(values, kinds, strict=True)):
            text = _text(value, kind)
            if not text:
                continue
            if len(cells) >= most:
                is_cut = True
                break
            style = sheet.cell_xf_index(row, column)
            look = looks[style] if style is not None and 0 <= style < len(looks) else PLAIN
            cells.append((row, column, text, look, kind in {_NUMBER, _DATE}))
    rows = sheet.rowinfo_map.items()
    return Held(
        cells=cells,
        merges=[(top, left, below - 1, behind - 1) for top, below, left, behind in sheet.merged_cells],
        columns=[
            (number, number + 1, one.width / 256, bool(one.hidden)) for number, one in sorted(sheet.colinfo_map.items())
        ],
        heights={number: one.height / 20 for number, one in rows if one.height > 0},
        hidden_rows={number for number, one in rows if one.hidden or one.height == 0},
        default_height=(sheet.default_row_height or 0) / 20,
        is_cut=is_cut,
    )


def _text(value: object, kind: int) -> str:
    if kind == _TEXT:
        return str(value)
    if kind in {_NUMBER, _DATE}:
        return repr(value).removesuffix(".0")
    if kind == _BOOLEAN:
        return "TRUE" if value else "FALSE"
    if kind == _ERROR:
        from xlrd.biffh import error_text_from_code

        return str(error_text_from_code.get(value, "#N/A"))
    return ""
