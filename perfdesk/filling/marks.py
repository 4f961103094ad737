"""Ticks and boxes: √ in the column of the word that holds (经费保障), ☑ at the word of a list printed with boxes (□一次性项目)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from perfdesk.filling.types import Entry, Slot
from perfdesk.model import Block
from perfdesk.pinyin import reduce
from perfdesk.recognition import Place
from perfdesk.source import SourceCell, SourceTable
from perfdesk.template import BOX, tick_boxes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from perfdesk.derive import Derived
    from perfdesk.filling.probing import Found
    from perfdesk.recognition import RecognisedForm
    from perfdesk.sheet import Cell
    from perfdesk.source import SourceFile

_TICK = "√"


def marks_of(form: Derived, source: SourceFile, found: Found, rows: Mapping[int, int]) -> Iterator[Entry]:
    """Yield what is to be ticked; ``rows`` are the rows of the foreign form by those of ours. A word it does not print is none."""
    cells = tuple(_cells(source, found.form))
    for cell in form.sheet.cells:
        if cell.binding is None or not cell.text.strip():
            continue
        if cell.boxed:
            yield from _boxes(cell, form.record.value(cell.binding.key), cells)
        elif cell.tick and cell.binding.block is Block.INDICATORS and cell.binding.row in rows:
            yield from _tick(cell, rows[cell.binding.row], found, cells)


def _cells(source: SourceFile, form: RecognisedForm) -> Iterator[tuple[Place, SourceCell]]:
    several = len(source.tables) > 1
    first, end = form.rows if form.rows is not None else (0, 1 << 20)
    for number in form.parts:
        part = source.parts[number]
        for cell in part.cells if isinstance(part, SourceTable) else ():
            if first <= cell.row < end and cell.text.strip():
                sheet = f"{part.name}!" if several and isinstance(part, SourceTable) else ""
                yield Place(number, cell.row, cell.column, f"{sheet}{cell.address}"), cell


def _boxes(cell: Cell, value: str, cells: tuple[tuple[Place, SourceCell], ...]) -> Iterator[Entry]:
    """Tick the words of a field in the one cell that prints all of its choices with boxes."""
    words = tuple(one for one in value.split("、") if one)
    for place, there in cells:
        printed = "".join(there.text.split())
        if words and BOX in there.text and all(one in printed for one in cell.choices):
            marked = tick_boxes(there.text, words)
            if marked != there.text:
                yield Entry(Slot(place), marked, cell.where)
            return


def _tick(cell: Cell, row: int, found: Found, cells: tuple[tuple[Place, SourceCell], ...]) -> Iterator[Entry]:
    """Tick the square below the heading of a word, in the row of the indicator."""
    heading = next((place for place, one in cells if reduce(one.text) == reduce(cell.tick)), None)
    spots = [slot.place for (block, _, at), slot in found.blanks.items() if (block, at) == (Block.INDICATORS, row)]
    spots += [place for (block, _, at), (place, _) in found.texts.items() if (block, at) == (Block.INDICATORS, row)]
    if heading is None or not spots or cell.text.strip() != _TICK:
        return
    line = max(spot.row for spot in spots)
    name = "".join(letter for letter in heading.address if not letter.isdigit())
    yield Entry(Slot(heading._replace(row=line, address=f"{name}{line + 1}")), _TICK, cell.where)
