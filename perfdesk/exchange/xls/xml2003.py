"""Excel's old XML (SpreadsheetML 2003) under the name of a workbook: values with number formats, merges, hidden rows."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Final

from perfdesk.exchange.guard import MAX_CELLS, Texts, local, parse
from perfdesk.exchange.guard.markup import Element
from perfdesk.exchange.squares import MOST_COLUMNS, MOST_ROWS, PLAIN, Held, Look, table_of
from perfdesk.source import SourceFile, SourceKind, SourceTable

_SPACE: Final = b"urn:schemas-microsoft-com:office:spreadsheet"
_NAMED: Final = {
    "General": "",
    "Fixed": "0.00",
    "Standard": "#,##0.00",
    "Percent": "0.00%",
    "Currency": "¥#,##0.00",
    "Short Date": "yyyy/m/d",
    "Medium Date": "d-mmm-yy",
    "Long Date": 'yyyy"年"m"月"d"日"',
    "General Date": "yyyy/m/d h:mm",
}
"""Number formats that the file names by a word."""
_ALIGNED: Final = {"Left": "left", "Center": "center", "CenterAcrossSelection": "center", "Right": "right"}
_FIRST_DAY: Final = datetime(1899, 12, 30)  # noqa: DTZ001 - a day of a form has no zone
_DAY: Final = 86_400
_POINTS: Final = 6.0  # of a character, see squares
_NOTE: Final = "文件名像 .xls，其实是 Excel 2003 的 XML，按其中的表格来读。"


def is_workbook(data: bytes) -> bool:
    """Tell whether it is Excel's old XML."""
    start = data[:4096].replace(b"\0", b"")
    return start.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith(b"<") and _SPACE in start and b"Workbook" in start


def read(data: bytes, name: str) -> SourceFile:
    """Read the sheets. Raises :class:`~perfdesk.errors.UserError` for broken or monstrous XML."""
    root = parse(data, name)
    looks = {_get(one, "ID"): _look(one) for one in root.iter("{*}Style")}
    sheets = [one for one in root if local(one.tag) == "Worksheet"]
    texts, parts, left = Texts(), list[SourceTable](), MAX_CELLS
    notes = [_NOTE]
    for sheet in sheets:
        title = _get(sheet, "Name") or f"表{len(parts) + 1}"
        held = _held(sheet, looks, left)
        left -= len(held.cells)
        hidden = any(one.text not in {None, "SheetVisible"} for one in sheet.iter("{*}Visible"))
        table, _ = table_of(held, title, texts, hidden=hidden, several=len(sheets) > 1, since_1904=False)
        parts.append(table)
        if held.is_cut:
            notes.append(f"“{title}”内容太多，只读了前 {held.rows} 行。")
    digest = hashlib.sha256(data).hexdigest()
    return SourceFile(name, SourceKind.XLS, digest, tuple(parts), (*notes, *texts.notes()))


def _get(element: Element, key: str) -> str:
    return next((text for name, text in element.attrib.items() if local(name) == key or name == key), "")


def _look(style: Element) -> Look:
    parts = {local(one.tag): one for one in style}
    code = _get(parts["NumberFormat"], "Format") if "NumberFormat" in parts else ""
    face, bold = (
        ("", False) if "Font" not in parts else (_get(parts["Font"], "FontName"), _get(parts["Font"], "Bold") == "1")
    )
    align = _ALIGNED.get(_get(parts["Alignment"], "Horizontal"), "") if "Alignment" in parts else ""
    return Look(_NAMED.get(code, code), face, bold, align)


def _held(sheet: Element, looks: dict[str, Look], most: int) -> Held:
    """Place rows and cells: each says its number where some before it were left out."""
    held = Held([], [], [], {}, set())
    table = next((one for one in sheet if local(one.tag) == "Table"), None)
    row = column = -1
    for one in table if table is not None else ():
        kind = local(one.tag)
        if kind == "Column":
            column = _at(one, column, MOST_COLUMNS)
            span = min(_whole(_get(one, "Span")), MOST_COLUMNS)
            held.columns.append((column, column + span + 1, _size(one, "Width") / _POINTS, _get(one, "Hidden") == "1"))
            column += span
        elif kind == "Row":
            row = _at(one, row, MOST_ROWS)
            if _get(one, "Hidden") == "1":
                held.hidden_rows.add(row)
            if height := _size(one, "Height"):
                held.heights[row] = height
            if not _row(one, row, held, looks, most):
                return held._replace(is_cut=True)
            row += min(_whole(_get(one, "Span")), MOST_ROWS)
    return held


def _row(element: Element, row: int, held: Held, looks: dict[str, Look], most: int) -> bool:
    """Place the cells of a row; false when there are too many."""
    column = -1
    own = _get(element, "StyleID")
    for cell in element:
        if local(cell.tag) != "Cell":
            continue
        column = _at(cell, column, MOST_COLUMNS)
        wide, high = _whole(_get(cell, "MergeAcross")), _whole(_get(cell, "MergeDown"))
        if wide or high:
            held.merges.append((row, column, row + high, column + wide))
        data = next((one for one in cell if local(one.tag) == "Data"), None)
        text = "".join(data.itertext()) if data is not None else ""
        if text and len(held.cells) >= most:
            return False
        if text:
            kind = _get(data, "Type")
            look = looks.get(_get(cell, "StyleID") or own, PLAIN)
            held.cells.append((row, column, *_value(text, kind, look)))
        column += wide
    return True


def _value(text: str, kind: str, look: Look) -> tuple[str, Look, bool]:
    if kind == "Boolean":
        return "TRUE" if text.strip() == "1" else "FALSE", look, False
    if kind == "DateTime":
        try:
            passed = datetime.fromisoformat(text.strip()).replace(tzinfo=None) - _FIRST_DAY
        except ValueError:
            return text, look, False
        return (
            repr(passed.days + passed.seconds / _DAY).removesuffix(".0"),
            look if look.code else look._replace(code="yyyy/m/d"),
            True,
        )
    return text, look, kind == "Number"


def _at(element: Element, before: int, most: int) -> int:
    """Return the place of a row, column or cell from 0: the next, or the one it names."""
    named = _whole(_get(element, "Index"))
    return min(named - 1 if named else before + 1, most - 1)


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 8 else 0


def _size(element: Element, key: str) -> float:
    try:
        size = float(_get(element, key) or 0)
    except ValueError:
        return 0.0
    return size if 0 <= size < 10_000 else 0.0
