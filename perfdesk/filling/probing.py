"""Probing a blank form: every blank cell gets a number of its own, so that recognition says which field would be read from it.

What a filled form means is known to ``perfdesk.recognition`` alone; a blank one is read by the same rules when its blanks hold
something that can be told apart. The numbers never leave this module.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

from perfdesk.filling.types import Slot
from perfdesk.model import Block
from perfdesk.pinyin import reduce
from perfdesk.recognition import Place, RecognisedForm, again
from perfdesk.recognition.heads import is_heading, is_title
from perfdesk.source import SourceCell, SourceFile, SourceTable

if TYPE_CHECKING:
    from perfdesk.template import Template

Square = tuple[int, int]
Field = tuple[Block, str, int]
_MOST: Final = 40_000  # squares that are probed in one file
_BASE: Final = 931_000_000  # no year, and no figure of a county
_PROBE: Final = re.compile(r"931\d{6}")
_BLANK_BEHIND: Final = re.compile(r"(?<=[:：])[\s_＿]*(?=$|\n|[^\s_＿：:]{2,12}[:：])|(?<=[^\s:：_＿])[\s_＿]+$")
_PARTS: Final[Mapping[tuple[str, int], tuple[str, ...]]] = MappingProxyType(
    {
        ("target", 3): ("indicator_type", "target_value", "measure_unit"),
        ("target", 2): ("target_value", "measure_unit"),
    }
)
"""指标值 in columns of its own for sign, figure and unit: what each of the blanks takes, from left to right."""
_SINGLE: Final = frozenset({Block.VALUES, Block.FUNDS, Block.STATED})
_COLUMNS: Final = 26


class Found(NamedTuple):
    """What the form says of its cells: blank spots by field, texts that stand there already, and how many rows were read."""

    blanks: Mapping[Field, Slot]
    texts: Mapping[Field, tuple[Place, str]]
    form: RecognisedForm


def probe(source: SourceFile, form: RecognisedForm, template: Template, more: Mapping[int, Iterable[Square]]) -> Found:
    """Return which field each cell of a form would be read as.

    ``more`` are the squares by part that the file draws without a text (bordered blanks, also below the last text). Blank cells
    are tried first; what is found in none may be meant to stand behind its label in one cell (「填表人：　　」).
    """
    drawn = {part: frozenset(squares) for part, squares in more.items()}
    labels = frozenset(reduce(one.label) for one in template.funds)
    found = _read(source, form, template, _Probing(source, form, drawn))
    behind = _read(source, form, template, _Probing(source, form, drawn, labels))
    known = {**found.blanks, **found.texts}
    single = {field: slot for field, slot in behind.blanks.items() if field not in known and field[0] in _SINGLE}
    return Found({**found.blanks, **single}, found.texts, found.form)


def _read(source: SourceFile, form: RecognisedForm, template: Template, probing: _Probing) -> Found:
    probed = probing.file()
    read = again(probed, _reaching(source, form, probed), template, {})
    blanks: dict[Field, Slot] = {}
    texts: dict[Field, tuple[Place, str]] = {}
    for one in read.readings:
        field = (one.binding.block, one.binding.key, one.binding.row)
        mark, typed = _PROBE.search(one.text), _PROBE.sub("", one.text).strip()
        if mark is not None and mark.group() in probing.slots and not typed:
            marks = _PROBE.findall(one.text)
            for key, number in zip(_PARTS.get((one.binding.key, len(marks)), (one.binding.key,)), marks, strict=False):
                blanks.setdefault((one.binding.block, key, one.binding.row), probing.slots[number])
        elif one.places and typed:
            texts.setdefault(field, (probing.last_typed(one.places), typed))
    return Found(blanks, texts, read)


def _reaching(source: SourceFile, form: RecognisedForm, probed: SourceFile) -> RecognisedForm:
    """Let the last form of a sheet reach down over the blank rows below it."""
    if form.rows is None or len(form.parts) != 1:
        return form
    (part,) = form.parts
    old, new = source.parts[part], probed.parts[part]
    last = max((one.row for one in old.cells if one.text.strip()), default=0) if isinstance(old, SourceTable) else 0
    end = new.row_count if isinstance(new, SourceTable) and form.rows[1] > last else form.rows[1]
    return replace(form, rows=(form.rows[0], max(end, form.rows[1])))


class _Probing:
    """The file with a number in every blank of the form; ``slots`` tells where each number stands.

    With ``labels`` (reduced names of fund rows) numbers also stand behind these, and behind labels with a colon that end a cell or
    stand before the next one in it.
    """

    def __init__(
        self,
        source: SourceFile,
        form: RecognisedForm,
        more: Mapping[int, frozenset[Square]],
        labels: frozenset[str] | None = None,
    ) -> None:
        self.slots: dict[str, Slot] = {}
        self._source, self._form, self._more, self._labels = source, form, more, labels

    def last_typed(self, places: tuple[Place, ...]) -> Place:
        """Return the last of some cells that is no blank: the first ones may hold the label of a text."""
        blank = {slot.place for slot in self.slots.values() if not slot.end}
        return next((one for one in reversed(places) if one not in blank), places[-1])

    def file(self) -> SourceFile:
        """Make the file."""
        parts = list(self._source.parts)
        several = len(self._source.tables) > 1
        for number in self._form.parts:
            part = parts[number]
            if isinstance(part, SourceTable):
                maker = _Maker(number, f"{part.name}!" if several else "", self.slots, self._labels)
                parts[number] = maker.probed(part, _rows_of(self._form, part), self._more.get(number, frozenset()))
        return replace(self._source, parts=tuple(parts))


def _rows_of(form: RecognisedForm, table: SourceTable) -> range:
    first, end = form.rows if form.rows is not None else (0, table.row_count)
    last = max((one.row for one in table.cells if one.text.strip()), default=0)
    return range(first, 1 << 20 if end > last else end)


class _Maker:
    """Lives while one table is probed; ``slots`` fills up on the way."""

    def __init__(self, part: int, sheet: str, slots: dict[str, Slot], labels: frozenset[str] | None) -> None:
        self._part, self._sheet, self._slots = part, sheet, slots
        self._inline, self._labels = labels is not None, labels or frozenset()

    def probed(self, table: SourceTable, rows: range, more: frozenset[Square]) -> SourceTable:
        """Return the table with its blanks numbered."""
        cells = {(one.row, one.column): one for one in table.cells}
        covered = {square for one in table.cells for square in _squares(one)} - set(cells)
        heads = _headings(table)
        drawn = {square for square in more if square[0] in rows}
        columns = {column for row, column in (*cells, *covered) if row in rows}  # not the blank ones around a form
        box = {(row, column) for row in range(table.row_count) if row in rows for column in columns}
        for square in sorted((drawn | box) - covered):
            if len(self._slots) < _MOST and (square in cells or square[0] not in heads):
                cells[square] = self._numbered(cells.get(square) or _blank(square))
        return replace(
            table,
            cells=tuple(cells[square] for square in sorted(cells)),
            row_count=max(table.row_count, max((row for row, _ in cells), default=0) + 1),
            column_count=max(table.column_count, max((column for _, column in cells), default=0) + 1),
        )

    def _numbered(self, cell: SourceCell) -> SourceCell:
        place = Place(self._part, cell.row, cell.column, f"{self._sheet}{cell.address}")
        if not cell.text.strip():
            return cell._replace(text=self._number(Slot(place)), raw="")
        if not self._inline:
            return cell
        if reduce(cell.text) in self._labels:
            end = len(cell.text)
            return cell._replace(text=f"{cell.text}　{self._number(Slot(place, end, end))}")
        pieces: list[str] = []
        done = 0
        for gap in _BLANK_BEHIND.finditer(cell.text):
            pieces += [cell.text[done : gap.start()], self._number(Slot(place, gap.start(), gap.end())), "　"]
            done = gap.end()
        return cell._replace(text="".join((*pieces, cell.text[done:]))) if done or pieces else cell

    def _number(self, slot: Slot) -> str:
        number = str(_BASE + len(self._slots))
        self._slots[number] = slot
        return number


def _headings(table: SourceTable) -> frozenset[int]:
    """Return the rows that hold a title, an annex number, a year, a unit or an office and nothing else: nothing is typed there."""
    texts: dict[int, list[str]] = {}
    for cell in table.cells:
        if cell.text.strip():
            texts.setdefault(cell.row, []).append(cell.text)
    return frozenset(
        row for row, found in texts.items() if len(found) == 1 and (is_title(found[0]) or is_heading(found[0]))
    )


def _squares(cell: SourceCell) -> Iterator[Square]:
    for row in range(cell.row, cell.row + max(cell.row_span, 1)):
        for column in range(cell.column, cell.column + max(cell.column_span, 1)):
            yield row, column


def _blank(square: Square) -> SourceCell:
    row, column = square
    return SourceCell(row, column, 1, 1, "", f"{_letters(column)}{row + 1}")


def _letters(column: int) -> str:
    """Name a column as a spreadsheet does: 0 is A, 27 is AB."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, _COLUMNS)
        name = chr(ord("A") + rest) + name
    return name
