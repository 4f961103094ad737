"""One worksheet as a tree that is written into: cells are found or made in their order, nothing else is moved."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from lxml import etree

from perfdesk.exchange.guard.markup import Element, local
from perfdesk.exchange.squares import address, area, column_number

_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
_NAME: Final = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_MOST_DRAWN: Final = 20_000


class Sheet:
    """The tree of a worksheet. Lives while a file is filled; :meth:`data` gives its bytes."""

    def __init__(self, root: Element) -> None:
        self.root = root
        self._space = etree.QName(root).namespace or _MAIN
        data = next((one for one in root if local(one.tag) == "sheetData"), None)
        self._data = data if data is not None else etree.SubElement(root, self._tag("sheetData"))
        self._rows: dict[int, Element] = {}
        self._cells: dict[tuple[int, int], Element] = {}
        self._read()
        self._arrays = tuple(self._array_areas())

    def _tag(self, name: str) -> str:
        return f"{{{self._space}}}{name}"

    def _read(self) -> None:
        """Find every row and cell; both may leave out their number and then follow the one before."""
        row = -1
        for line in self._data:
            row = _number(line.get("r")) - 1 if _number(line.get("r")) else row + 1
            self._rows[row] = line
            column = -1
            for cell in line:
                found = _NAME.fullmatch(cell.get("r", ""))
                column = column_number(found[1]) if found else column + 1
                self._cells[row, column] = cell

    def _array_areas(self) -> Iterator[tuple[int, int, int, int]]:
        """Yield the areas of array formulas: what stands in them belongs to the formula of their first cell."""
        for formula in self._data.iter(self._tag("f")):
            found = area(formula.get("ref", "")) if formula.get("t") == "array" else None
            if found is not None:
                yield found

    def drawn(self) -> tuple[tuple[int, int], ...]:
        """Return the squares that the file has without a value: bordered blanks."""
        blank = (square for square, cell in self._cells.items() if len(cell) == 0)
        return tuple(square for square, _ in zip(blank, range(_MOST_DRAWN), strict=False))

    @property
    def has_formulas(self) -> bool:
        """Whether anything here is computed from cells."""
        return next(self._data.iter(self._tag("f")), None) is not None

    def is_formula(self, row: int, column: int) -> bool:
        """Tell whether a cell is computed."""
        cell = self._cells.get((row, column))
        found = cell is not None and any(local(one.tag) == "f" for one in cell)
        return found or any(top <= row <= below and left <= column <= right for top, left, below, right in self._arrays)

    def style(self, row: int, column: int) -> int:
        """Return the number of the style of a cell, of its row or column where the file has no such cell."""
        cell, line = self._cells.get((row, column)), self._rows.get(row)
        if cell is not None:
            return _number(cell.get("s"))
        if line is not None and line.get("customFormat") in {"1", "true"}:
            return _number(line.get("s"))
        columns = self.root.iter(self._tag("col"))
        of_column = (
            one for one in columns if _number(one.get("min")) <= column + 1 <= _number(one.get("max", one.get("min")))
        )
        return next((_number(one.get("style")) for one in of_column), 0)

    def put_number(self, row: int, column: int, value: str) -> None:
        """Write a number; the cell keeps its style."""
        cell = self._emptied(row, column)
        etree.SubElement(cell, self._tag("v")).text = value

    def put_text(self, row: int, column: int, text: str, style: int) -> None:
        """Write a text that stays a text, in a style of the workbook."""
        cell = self._emptied(row, column)
        cell.set("t", "inlineStr")
        if style:
            cell.set("s", str(style))
        inside = etree.SubElement(etree.SubElement(cell, self._tag("is")), self._tag("t"))
        inside.text = text
        inside.set(_SPACE, "preserve")

    def _emptied(self, row: int, column: int) -> Element:
        """Return a cell without value, made at its place where it is not there; it keeps its style."""
        style = self.style(row, column)
        cell = self._cells.get((row, column))
        if cell is None:
            cell = self._made(row, column)
            if style:
                cell.set("s", str(style))
        for child in [one for one in cell if local(one.tag) in {"v", "is"}]:
            cell.remove(child)
        cell.attrib.pop("t", None)
        return cell

    def _made(self, row: int, column: int) -> Element:
        line = self._rows.get(row)
        if line is None:
            line = etree.Element(self._tag("row"), {"r": str(row + 1)})
            self._data.insert(sum(one < row for one in self._rows), line)
            self._rows[row] = line
        cell = etree.Element(self._tag("c"), {"r": address(row, column)})
        line.insert(sum(at < column for there, at in self._cells if there == row), cell)
        self._cells[row, column] = cell
        return cell

    def data(self) -> bytes:
        """Return the bytes of the sheet."""
        return bytes(etree.tostring(self.root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 8 else 0
