"""Made-up grids: whatever way a table is cut into cells, Word, Excel, a web page and old XML give back the same cells."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple
from xml.sax.saxutils import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perfdesk.exchange import opening
from perfdesk.exchange.squares import address
from tests import handmade_files as made

WORDS = st.text(alphabet="法律援助指标值≥95%＝<&\"' \n", min_size=1, max_size=8).filter(lambda text: bool(text.strip()))


class Cut(NamedTuple):
    """A cell of a made-up grid."""

    row: int
    column: int
    rows: int
    columns: int
    text: str


class Table(NamedTuple):
    """A grid that is wholly covered."""

    rows: int
    columns: int
    cells: tuple[Cut, ...]


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """Cut a grid into cells, from the upper left to the lower right."""
    rows, columns = draw(st.integers(1, 5)), draw(st.integers(1, 5))
    taken: set[tuple[int, int]] = set()
    cells: list[Cut] = []
    for row in range(rows):
        for column in range(columns):
            if (row, column) in taken:
                continue
            wide = draw(st.integers(1, columns - column))
            while any((row, column + one) in taken for one in range(wide)):
                wide -= 1
            high = draw(st.integers(1, rows - row))
            taken |= {(row + down, column + across) for down in range(high) for across in range(wide)}
            cells.append(Cut(row, column, high, wide, draw(WORDS)))
    return Table(rows, columns, tuple(cells))


def as_word(table: Table) -> bytes:
    rows = []
    for row in range(table.rows):
        cells = []
        for one in sorted(table.cells, key=lambda cut: cut.column):
            if one.row == row:
                lines = "".join(made.line(escape(part)) for part in one.text.split("\n"))
                cells.append(made.cell(lines, span=one.columns, down="restart" if one.rows > 1 else ""))
            elif one.row < row < one.row + one.rows:
                cells.append(made.cell(span=one.columns, down="continue"))
        rows.append(made.row(*cells))
    return made.docx(made.table(*rows))


def as_excel(table: Table) -> bytes:
    cells = [
        f'<c r="{address(one.row, one.column)}" t="inlineStr"><is><t>{escape(one.text)}</t></is></c>'
        for one in table.cells
    ]
    areas = "".join(
        f'<mergeCell ref="{address(one.row, one.column)}:{address(one.row + one.rows - 1, one.column + one.columns - 1)}"/>'
        for one in table.cells
    )
    return made.xlsx(made.data(*cells, behind=f"<mergeCells>{areas}</mergeCells>"))


def as_page(table: Table) -> bytes:
    rows = []
    for row in range(table.rows):
        cells = "".join(
            f'<td rowspan="{one.rows}" colspan="{one.columns}">{escape(one.text).replace(chr(10), "<br>")}</td>'
            for one in table.cells
            if one.row == row
        )
        rows.append(f"<tr>{cells}</tr>")
    return f"<table>{''.join(rows)}</table>".encode()


def as_old_xml(table: Table) -> bytes:
    rows = []
    for row in range(table.rows):
        cells = "".join(
            f'<Cell ss:Index="{one.column + 1}" ss:MergeAcross="{one.columns - 1}" ss:MergeDown="{one.rows - 1}">'
            f'<Data ss:Type="String">{escape(one.text)}</Data></Cell>'
            for one in table.cells
            if one.row == row
        )
        rows.append(f'<Row ss:Index="{row + 1}">{cells}</Row>')
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    inner = f'<Worksheet ss:Name="表"><Table>{"".join(rows)}</Table></Worksheet>'
    return f'<Workbook xmlns="{space}" xmlns:ss="{space}">{inner}</Workbook>'.encode()


def plain(text: str) -> list[str]:
    """Lines of a text without spaces, which a web page folds."""
    return [words for line in text.split("\n") if (words := "".join(line.split()))]


@pytest.mark.parametrize("write", [as_word, as_excel, as_page, as_old_xml])
@settings(max_examples=40, deadline=None)
@given(table=tables())
def test_a_table_comes_back_cell_by_cell(write: Callable[[Table], bytes], table: Table) -> None:
    (found,) = opening.read_bytes(write(table), "表").tables
    cells = {(one.row, one.column): (one.row_span, one.column_span, plain(one.text)) for one in found.cells}
    assert cells == {(one.row, one.column): (one.rows, one.columns, plain(one.text)) for one in table.cells}
    assert (found.row_count, found.column_count) == (table.rows, table.columns)
