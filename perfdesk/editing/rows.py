"""Rows in and out: indicators, list rows and the sections of a report, all by the same four changes.

``block`` says which rows are meant; rows of single fields and funds are the template's, not the clerk's, and stay as they are.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from perfdesk.model import Block, Indicator, ListRow, Record, Section

Row = Indicator | ListRow | Section


def rows_of(record: Record, block: Block) -> tuple[Row, ...]:
    """Return the rows of a block that the clerk may insert and delete: none for single fields and funds."""
    if block is Block.INDICATORS:
        return record.indicators
    if block is Block.ROWS:
        return record.rows
    return record.sections if block is Block.SECTIONS else ()


def _with_rows(record: Record, block: Block, rows: tuple[Row, ...]) -> Record:
    changed: dict[str, Any] = {block.value: rows}  # the block's value is the record's attribute
    return replace(record, **changed)


def _blank(block: Block, near: Row | None) -> Row:
    """Return the blank row that stands beside ``near``: of its group, or of its level."""
    if block is Block.ROWS:
        return ListRow()
    if block is Block.SECTIONS:
        return Section(near.level if isinstance(near, Section) else 1, "")
    return emptied(near) if isinstance(near, Indicator) else Indicator()


def emptied(row: Indicator) -> Indicator:
    """Return a blank indicator of the same 年度绩效目标, 一级指标 and 二级指标."""
    return Indicator(
        level1=row.level1,
        level1_weight=row.level1_weight,
        level2=row.level2,
        level2_weight=row.level2_weight,
        goal=row.goal,
        goal_weight=row.goal_weight,
    )


def insert_row(record: Record, block: Block, index: int) -> Record:
    """插入行: a blank row at ``index``, in the group of the row above (of the row below at the top).

    An index beyond the rows stands for the nearest end. Single fields and funds have no rows to insert.
    """
    if block not in {Block.INDICATORS, Block.ROWS, Block.SECTIONS}:
        return record
    rows = rows_of(record, block)
    index = min(max(index, 0), len(rows))
    near = rows[max(index - 1, 0)] if rows else None
    return _with_rows(record, block, (*rows[:index], _blank(block, near), *rows[index:]))


def duplicate_row(record: Record, block: Block, index: int) -> Record:
    """复制行: the same row once more, below. Out of range gives the record itself."""
    rows = rows_of(record, block)
    if not 0 <= index < len(rows):
        return record
    return _with_rows(record, block, (*rows[: index + 1], *rows[index : index + 1], *rows[index + 1 :]))


def delete_rows(
    record: Record, block: Block, index: int, count: int = 1, *, kept: tuple[Indicator, ...] = ()
) -> Record:
    """删除行: ``count`` rows from ``index`` on. Out of range gives the record itself.

    The last row of a 二级指标 that one of the ``kept`` rows has (``Template.kept_rows``) is emptied, not deleted: those forms print
    every 二级指标, filled or not.
    """
    rows = rows_of(record, block)
    if not 0 <= index < len(rows) or count < 1:
        return record
    gone = rows[index : index + count]
    rest = {_group(row) for row in (*rows[:index], *rows[index + count :]) if isinstance(row, Indicator)}
    staying = {_group(row) for row in kept} - rest
    blanks = (emptied(row) for row in gone if isinstance(row, Indicator) and _group(row) in staying)
    left = {_group(row): row for row in blanks}
    return _with_rows(record, block, (*rows[:index], *left.values(), *rows[index + count :]))


def _group(row: Indicator) -> tuple[str, str, str]:
    return row.goal.strip(), row.level1.strip(), row.level2.strip()


def move_row(record: Record, block: Block, index: int, to: int) -> Record:
    """移动行: the row at ``index`` stands at ``to`` afterwards. Out of range gives the record itself."""
    rows = list(rows_of(record, block))
    if not (0 <= index < len(rows) and 0 <= to < len(rows)) or index == to:
        return record
    rows.insert(to, rows.pop(index))
    return _with_rows(record, block, tuple(rows))
