"""What a workbook shows, as texts, and what it keeps in its properties. It knows no forms."""

from __future__ import annotations

from io import BytesIO

from openpyxl import load_workbook


def read_printed(data: bytes) -> tuple[str, tuple[str, ...]]:
    """Return the keywords of a workbook and what stands in its cells, row by row; a number as Python writes it.

    What is no workbook raises what openpyxl raises.
    """
    book = load_workbook(BytesIO(data), data_only=True)
    found = (one for sheet in book.worksheets for row in sheet.iter_rows(values_only=True) for one in row)
    texts = tuple(_text(one) for one in found if one is not None)
    return book.properties.keywords or "", texts


def _text(value: object) -> str:
    """Write what stands in a cell: 100 and 100.0 are the same number, whoever saved it."""
    return repr(float(value)) if isinstance(value, (int, float)) else str(value)
