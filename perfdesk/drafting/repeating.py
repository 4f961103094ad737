"""The repeated rows: the printed header, one row below it with the column of each heading, the rows a new form begins with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from perfdesk.drafting.naming import label
from perfdesk.drafting.types import BLANK, DraftBlock, DraftCell
from perfdesk.model import Block, Indicator
from perfdesk.template import BlockRole, Field, SlotKind

if TYPE_CHECKING:
    from perfdesk.drafting.grid import Grid, Square
    from perfdesk.drafting.meaning import Meaning, Rows
    from perfdesk.recognition.header import Span
    from perfdesk.template import Template

_SPARE: Final = ("remark", "explanation", "reason")
"""Columns of indicators that can hold what a strange heading asks for."""
_MOST: Final = 80  # starter rows
_MERGED: Final = ("goal", "level1", "level2")
_PRINTED: Final = (
    *("goal", "goal_weight", "level1", "level1_weight", "level2", "level2_weight", "name"),
    *("explanation", "scoring_rule"),
)


class Repeating(NamedTuple):
    """The block with its columns, the starter rows and sentences about what was guessed."""

    block: DraftBlock
    columns: tuple[Field, ...]
    starter: tuple[Indicator, ...]
    notes: tuple[str, ...]


def repeating(template: Template, meaning: Meaning, grid: Grid, rows: Rows) -> Repeating:
    """Draw the repeated rows of a form."""
    return _Maker(template, meaning, grid, rows).make()


class _Maker:
    """Lives while one block is drawn."""

    def __init__(self, template: Template, meaning: Meaning, grid: Grid, rows: Rows) -> None:
        self._template, self._meaning, self._grid, self._rows = template, meaning, grid, rows
        self._is_list = meaning.plan.part is Block.ROWS
        self._top, self._count = rows.first - grid.first, rows.body - rows.first
        self._used: set[str] = set()
        self._own: list[Field] = []
        self._notes: list[str] = []
        body = template.repeated.body if template.repeated is not None else ()
        self._computed = {slot.key for slot in body if slot.kind is SlotKind.COMPUTED}

    def make(self) -> Repeating:
        """Draw header and row."""
        header = [one for one in self._grid.squares if self._top <= one.row < self._top + self._count]
        cells = [self._head(one) for one in header]
        covered = {
            column
            for one in cells
            if one.row + one.row_span > self._count
            for column in range(one.column, one.column + one.column_span)
        }
        cells += self._body(covered)
        keys = [one.drawn.strip("@") for one in cells if one.row == self._count]
        merge = () if self._is_list else tuple(key for key in _MERGED if any(_names(key, one) for one in keys))
        role = BlockRole.LIST if self._is_list else BlockRole.INDICATORS
        columns = tuple(one for one in self._template.columns if one.key in self._used)
        return Repeating(
            DraftBlock(role, self._count + 1, tuple(cells), merge),
            (*columns, *self._own),
            () if self._is_list else self._starter(),
            tuple(self._notes),
        )

    def _head(self, one: Square) -> DraftCell:
        """Return a cell of the header; one that runs down beside the rows reaches into the repeated one."""
        row = one.row - self._top
        high = min(one.row_span, self._count + 1 - row)
        return DraftCell(row, one.column, high, one.column_span, label(one.text, one.align), one.source)

    def _body(self, covered: set[int]) -> list[DraftCell]:
        found: list[DraftCell] = []
        width = len(self._grid.columns_mm)
        at = 0
        spans = {one.left - self._grid.left: one for one in self._rows.header.spans}
        while at < width:
            span = spans.get(at)
            if at in covered:
                at += 1
                continue
            wide = 1 if span is None else max(min(span.right - span.left, width - at), 1)
            drawn = BLANK if span is None else self._drawn(span)
            found.append(DraftCell(self._count, at, 1, wide, drawn))
            at += wide
        return found

    def _drawn(self, span: Span) -> str:
        if span.is_number:
            return "@number"
        column = span.column
        if column is None or (not column.word and column.key in self._used):
            return self._strange(span)
        self._used.add(column.key)
        if column.word:
            return f"?{column.key}={column.word}"
        sign = "@" if column.key in self._computed and (not self._is_list or self._template.gathers) else ""
        pattern = column.pattern if column.pattern and self._has_weights(column.pattern) else ""
        return f"{sign}{pattern or column.key}"

    def _has_weights(self, pattern: str) -> bool:
        """Tell whether the file prints points beside the names of its groups, where a pattern has them."""
        if "level1_weight" not in pattern and "goal_weight" not in pattern:
            return True
        return any(field[1] in {"level1_weight", "goal_weight"} or "分" in text for field, (_, text) in self._levels())

    def _levels(self) -> list[tuple[tuple[Block, str, int], tuple[object, str]]]:
        return [(field, held) for field, held in self._meaning.found.texts.items() if field[1] in {"level1", "goal"}]

    def _strange(self, span: Span) -> str:
        """Give a heading that no template has a column of its own in a list, a spare one among indicators."""
        words = " ".join(span.heading.text.split()) or "备注"
        if self._is_list:
            key = f"column_{len(self._own) + 1}"
            self._own.append(Field(key, words))
            return key
        spare = next((key for key in _SPARE if key not in self._used), "")
        if not spare:
            self._notes.append(f"“{words}”一列没有对应的项，画成了空白格。")
            return BLANK
        self._used.add(spare)
        self._notes.append(f"“{words}”一列按“{_SPARE_WORDS[spare]}”填。")
        return spare

    def _starter(self) -> tuple[Indicator, ...]:
        """Return the rows that the file prints: groups, and names where nothing is filled in yet."""
        texts = self._meaning.found.texts
        is_blank = not any(field[1] == "actual" for field in texts if field[0] is Block.INDICATORS)
        rows: dict[int, dict[str, str]] = {}
        for (block, key, row), (_, text) in texts.items():
            if block is Block.INDICATORS and key in _PRINTED and (is_blank or key in _MERGED):
                rows.setdefault(row, {})[key] = text
        record = self._meaning.found.form.record
        found = []
        for row, printed in sorted(rows.items()):
            weights = record.indicators[row] if row < len(record.indicators) else Indicator()
            more = {
                "level1": weights.level1,
                "level1_weight": weights.level1_weight,
                "goal_weight": weights.goal_weight,
            }
            more |= {"level2": weights.level2, "goal": weights.goal}
            found.append(
                Indicator(**{**{key: text for key, text in more.items() if text.isprintable()}, **_bare(printed, more)})
            )
        return tuple(found[:_MOST] if is_blank else dict.fromkeys(found))


def _bare(printed: dict[str, str], read: dict[str, str]) -> dict[str, str]:
    """Return printed texts, those of groups as they were read: 产出指标（50分） is 产出指标 with 50 points."""
    return {key: text for key, text in printed.items() if key not in read}


def _names(key: str, drawn: str) -> bool:
    return drawn == key or drawn.startswith(f"{{{key}}}")


_SPARE_WORDS: Final = {"remark": "备注", "explanation": "指标解释", "reason": "偏差原因"}
