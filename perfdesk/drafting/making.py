"""The verb: a recognised form becomes a draft, block by block from top to bottom."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from perfdesk.drafting.cells import Drawer
from perfdesk.drafting.grid import Grid, Square, grid_of
from perfdesk.drafting.meaning import Meaning, meaning_of
from perfdesk.drafting.naming import label
from perfdesk.drafting.repeating import Repeating, repeating
from perfdesk.drafting.types import Draft, DraftBlock, DraftCell
from perfdesk.errors import UserError
from perfdesk.model import FormKind
from perfdesk.recognition import recognise
from perfdesk.recognition.board import lines_of
from perfdesk.recognition.forms import read_form
from perfdesk.recognition.heads import is_heading, is_title
from perfdesk.source import SourceTable
from perfdesk.template import BlockRole

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from perfdesk.recognition import RecognisedForm
    from perfdesk.source import SourceFile
    from perfdesk.template import Template

_NOTE: Final = re.compile(r"(?:注|备注|说明|填表说明|填报说明)[：:1-9]|[^：:]{2,14}[：:]")
_YEAR: Final = re.compile(r"(?:(?:19|20)\d\d|[（(]\s*)\s*[）)]?\s*年度?")


def draft_template(
    source: SourceFile, form: RecognisedForm, *, blanks: Mapping[int, Iterable[tuple[int, int]]] | None = None
) -> Draft:
    """Draft a template of a recognised form; ``blanks`` are squares by part that the file draws without a text.

    The form need not be like any template: labels, merges and widths are taken as they are, fields that the nearest template has
    keep its names and computations, every other cell beside a label becomes a field of its own.
    """
    grid = grid_of(source, form)
    meaning = meaning_of(source, form, grid.part, blanks or {})
    return _Maker(source, form, grid, meaning).draft()


def form_to_draft(
    source: SourceFile, templates: Mapping[str, Template], kind: FormKind | None = None
) -> RecognisedForm:
    """Return the form of a file that a template is drafted from: the one with most labels, of a ``kind`` where one is wished.

    A file that no template resembles is read as if it were of that kind (项目自评表 unless said otherwise): whatever is then not
    recognised becomes a field of its own. Raises :class:`UserError` where the file has no table at all.
    """
    found = [one for one in recognise(source, templates).forms if _has_table(source, one)]
    wished = [one for one in found if kind is None or one.template.kind is kind]
    if wished:
        return max(wished, key=lambda one: len(one.readings) + one.candidates[0][1] if one.candidates else 0)
    if not source.tables:
        raise UserError(f"“{source.name}”里没有表，起草不了表样。报告的提纲请照自带的报告表样改写。")
    wanted = kind or FormKind.PROJECT_SELF
    nearest = sorted(
        (one for one in templates.values() if one.kind is wanted),
        key=lambda one: (not one.id.startswith("national"), one.id),
    )
    part = max(range(len(source.parts)), key=lambda at: _size(source, at))
    lines = tuple(line for line in lines_of(source) if line.part == part)
    return read_form(lines, nearest[0], (source.name,), ())


def _has_table(source: SourceFile, form: RecognisedForm) -> bool:
    return any(_size(source, at) for at in form.parts) and form.template.kind is not FormKind.REPORT


def _size(source: SourceFile, at: int) -> int:
    part = source.parts[at]
    return len(part.cells) if isinstance(part, SourceTable) else 0


class _Maker:
    """Lives while one draft is made."""

    def __init__(self, source: SourceFile, form: RecognisedForm, grid: Grid, meaning: Meaning) -> None:
        self._source, self._form, self._grid, self._meaning = source, form, grid, meaning
        self._template = form.template
        self._drawer = Drawer(form.template, meaning, grid)
        self._blocks: list[DraftBlock] = []
        self._title = ""

    def draft(self) -> Draft:
        """Make the draft."""
        for one in self._grid.above:
            self._heading(one)
        rows = self._grid.row_count
        top = self._headings()
        notes = self._notes_from(top)
        found = self._meaning.rows
        repeated: Repeating | None = None
        if found is None:
            self._grid_block(top, notes, BlockRole.GRID)
        else:
            first, end = found.first - self._grid.first, min(found.end - self._grid.first, rows)
            self._grid_block(top, first, BlockRole.GRID)
            repeated = repeating(self._template, self._meaning, self._grid, found)
            self._blocks.append(repeated.block)
            self._grid_block(end, max(notes, end), BlockRole.GRID)
            notes = max(notes, end)
        self._grid_block(notes, rows, BlockRole.NOTE)
        for one in self._grid.below:
            self._note(one)
        if not self._title:
            self._title_block(None, self._template.title)
        return self._whole(repeated)

    def _whole(self, repeated: Repeating | None) -> Draft:
        template, record = self._template, self._meaning.found.form.record
        funds = tuple(
            one for at, one in enumerate(template.funds) if at in self._drawer.funds or (at == 0 and self._drawer.funds)
        )
        keys = {one.key for one in funds}
        is_goal = template.kind in {FormKind.PROJECT_GOAL, FormKind.DEPARTMENT_GOAL}
        return Draft(
            title=self._title,
            kind=template.kind,
            source=f"照“{self._source.name}”起草",
            unit=record.unit,
            policy=template.policy.id,
            landscape=self._grid.landscape,
            columns_mm=self._grid.columns_mm,
            blocks=tuple(self._blocks),
            fields=self._drawer.fields.all(),
            funds=tuple(one._replace(parts=tuple(part for part in one.parts if part in keys)) for one in funds),
            columns=repeated.columns if repeated is not None else (),
            starter=repeated.starter if repeated is not None else (),
            rate_of=template.rate_of,
            size=self._grid.size,
            keep_level2=template.keep_level2 and is_goal,
            gathers=template.gathers,
            notes=(*self._grid.notes, *(repeated.notes if repeated is not None else ())),
        )

    # -------------------------------------------------------------------------------------------------------- parts
    def _row(self, row: int) -> list[Square]:
        return [one for one in self._grid.squares if one.row == row]

    def _headings(self) -> int:
        """Draw the rows above the form, one by one; return the first one below them."""
        row = 0
        while row < self._grid.row_count:
            texts = [one for one in self._row(row) if one.text]
            alone = len(texts) == 1 and texts[0].row_span == 1
            if (
                texts
                and not (alone and (is_title(texts[0].text) or is_heading(texts[0].text)))
                and not self._is_above(texts)
            ):
                break
            if alone:
                self._heading(texts[0])
            elif texts:
                self._grid_block(row, row + 1, BlockRole.NOTE)
            row += 1
        return row

    def _is_above(self, texts: list[Square]) -> bool:
        """Tell whether a row above the form says who fills it in and in which unit: every text of it has a colon."""
        return not self._title_missing() and all(_NOTE.match(one.text) for one in texts) and len(texts) < 4

    def _title_missing(self) -> bool:
        return not self._title

    def _notes_from(self, top: int) -> int:
        """Return the first of the rows at the end that are notes and signatures."""
        row = self._grid.row_count
        while row > top:
            texts = [one for one in self._row(row - 1) if one.text]
            held = [one for one in self._grid.squares if one.row < row - 1 < one.row + one.row_span]
            if held or not all(_NOTE.match(one.text) for one in texts):
                break
            row -= 1
        return row

    def _heading(self, one: Square) -> None:
        """Draw a title, a year, an annex number, a unit or an office as a row of its own."""
        if not self._title and is_title(one.text):
            self._title_block(one, " ".join(_YEAR.sub("", one.text).split()))
        elif _YEAR.search(one.text) and is_heading(one.text):
            self._single(BlockRole.SUBTITLE, label(one.text, with_year=True), one)
        else:
            self._note(one)

    def _title_block(self, one: Square | None, title: str) -> None:
        self._title = title
        key = (
            self._drawer.fields.known("title")
            if self._drawer.fields.is_known("title")
            else self._drawer.fields.own("标题")
        )
        block = self._made(BlockRole.TITLE, key, one)
        at = len(self._blocks) if one is not None else 0
        self._blocks.insert(at, block)

    def _note(self, one: Square) -> None:
        cells = self._drawer.draw([one._replace(row=0, column=0, row_span=1, column_span=len(self._grid.columns_mm))])
        self._blocks.append(DraftBlock(BlockRole.NOTE, 1, cells))

    def _single(self, role: BlockRole, drawn: str, one: Square | None) -> None:
        self._blocks.append(self._made(role, drawn, one))

    def _made(self, role: BlockRole, drawn: str, one: Square | None) -> DraftBlock:
        width = len(self._grid.columns_mm)
        return DraftBlock(role, 1, (DraftCell(0, 0, 1, width, drawn, one.source if one is not None else None),))

    def _grid_block(self, first: int, end: int, role: BlockRole) -> None:
        """Draw rows of the table as one block; a cell that reaches beyond it is cut there."""
        if first >= end:
            return
        squares = []
        for one in self._grid.squares:
            low, high = max(one.row, first), min(one.row + one.row_span, end)
            if low < high:
                text, source = (one.text, one.source) if low == one.row else ("", None)
                squares.append(one._replace(row=low - first, row_span=high - low, text=text, source=source))
        self._blocks.append(DraftBlock(role, end - first, self._drawer.draw(squares)))
