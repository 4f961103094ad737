"""资金 (funds): the small table with the names of the money on one side and 年初预算数 … on the other, either way round."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from perfdesk.model import Binding, Block
from perfdesk.recognition.board import Line, Square
from perfdesk.recognition.finding import find
from perfdesk.recognition.inline import begins_with_label
from perfdesk.recognition.intake import Intake
from perfdesk.recognition.plan import Column
from perfdesk.recognition.types import Certainty
from perfdesk.recognition.words import figure, is_figure

_ENOUGH: Final = 2
_NEAR: Final = 4  # lines below its header in which a fund row must come


class _Head(NamedTuple):
    """A heading of the fund table, and what it stands for: a column of the form, or (turned round) one of its rows."""

    square: Square
    column: Column | None
    row: int
    exact: bool


def read_funds(intake: Intake, lines: Sequence[Line]) -> frozenset[int]:
    """Read the fund rows of a form; return the indexes of the lines that belong to them."""
    plan = intake.plan
    if not plan.fund_columns or not plan.fund_rows:
        return frozenset()
    for index, line in enumerate(lines):
        heads = _columns(intake, line)
        if len(heads) >= _ENOUGH and all(_figure_after(line, one.square) for one in heads):
            return _read_paired(intake, lines, index, heads)
        if len(heads) >= _ENOUGH and _names_rows(intake, lines[index + 1 : index + 1 + _NEAR]):
            return _read_rows(intake, lines, index, heads)
        turned = _rows(intake, line)
        below = lines[index + 1 : index + 1 + max(1, _ENOUGH + 1 - len(turned))]
        if turned and below and all(_row_columns(intake, one) for one in below):
            return _read_turned(intake, lines, index, turned)
    return frozenset()


def read_strays(intake: Intake, lines: Sequence[Line]) -> None:
    """Read single figures beside the name of a fund column, outside any table: 「预算数 | 12」 is of the total."""
    for line in lines:
        for head in _columns(intake, line):
            value = _figure_after(line, head.square)
            strays = head.column is not None and head.column.key not in {"weight", "score"}
            if strays and value is not None and intake.is_free(head.square) and intake.is_free(value):
                _take_square(intake, [value], head, 0, exact=False)
                intake.use([head.square])


def _names_rows(intake: Intake, below: Sequence[Line]) -> bool:
    """Tell whether a fund row comes below a header, before another header does: 年度主要任务 also has 全年预算数."""
    for line in below:
        if len(_columns(intake, line)) >= _ENOUGH:
            return False
        if _rows(intake, line):
            return True
    return False


def _columns(intake: Intake, line: Line) -> list[_Head]:
    found = ((one, find(one.forms, intake.plan.fund_columns)) for one in line.own)
    heads = [_Head(square, hit.thing, -1, hit.exact) for square, hit in found if hit]
    best: dict[str, _Head] = {}
    for one in sorted(heads, key=lambda head: not head.exact):
        if one.column is not None:
            best.setdefault(one.column.key, one)
    return sorted(best.values(), key=lambda one: one.square.left)


def _rows(intake: Intake, line: Line) -> list[_Head]:
    found = ((one, find(one.forms, intake.plan.fund_rows)) for one in line.own)
    return [_Head(square, None, hit.thing, hit.exact) for square, hit in found if hit]


def _row_columns(intake: Intake, line: Line) -> list[_Head]:
    """Return the fund columns that a line names at its left: exactly one, in a table that is turned round."""
    found = _columns(intake, line)
    return found if len(found) == 1 else []


def _read_rows(intake: Intake, lines: Sequence[Line], first: int, heads: list[_Head]) -> frozenset[int]:
    """Read the rows below the header, as long as they name a fund row or hold figures in its columns."""
    intake.use(one.square for one in heads)
    intake.use(one for one in lines[first].own if set(one.forms) & intake.plan.words)
    left = min(one.square.left for one in heads)
    found = {first}
    for index in range(first + 1, len(lines)):
        line = lines[index]
        labels = [one for one in line.own if one.left < left or find(one.forms, intake.plan.fund_rows)]
        hit = next(((one, row) for one in labels if (row := find(one.forms, intake.plan.fund_rows))), None)
        if line.is_text or (hit is None and not _is_strange_row(intake, line, heads)):
            break
        again = _columns(intake, line)
        if len(again) >= _ENOUGH:  # the header printed again
            intake.use(one.square for one in again)
        elif hit is not None:
            square, row = hit
            intake.use([square])
            for head in heads:
                _take(intake, line, head, row.thing, exact=row.exact)
        found.add(index)
    return frozenset(found)


def _figure_after(line: Line, square: Square) -> Square | None:
    """Return the figure in the cell right of a label."""
    after = next((one for one in line.own if one.left >= square.right), None)
    return after if after is not None and is_figure(after.text) else None


def _read_paired(intake: Intake, lines: Sequence[Line], first: int, heads: list[_Head]) -> frozenset[int]:
    """Read a table of labels with their figures beside them: 预算数 | 100 | 执行数 | 98, below it 其中：财政拨款 | 90.

    The first line is the total; the lines below name their row once for each column.
    """
    found = set()
    for index in range(first, len(lines)):
        line = lines[index]
        named = [
            _Head(one, None, hit.thing, hit.exact)
            for one in line.own
            if (hit := find(one.forms, intake.plan.fund_rows))
        ]
        if index > first and not named:
            break
        for one in heads if index == first else named:
            over = max(
                (head for head in heads if head.square.left <= one.square.left),
                key=lambda head: head.square.left,
                default=None,
            )
            value = _figure_after(line, one.square)
            intake.use([one.square])
            if over is not None and value is not None:
                _take_square(intake, [value], over, max(one.row, 0), exact=False)
        found.add(index)
    return frozenset(found)


def _is_strange_row(intake: Intake, line: Line, heads: list[_Head]) -> bool:
    """Tell whether a line is a fund row the form does not have: figures below the headings, no label of another field."""
    texts = line.own
    if any(begins_with_label(intake.plan, one.text) or find(one.forms, intake.plan.singles) for one in texts):
        return False
    own = set(texts)
    held = [one for head in heads if (one := line.at(head.square.left)) is not None and one in own]
    return any(is_figure(one.text) for one in held)


def _read_turned(intake: Intake, lines: Sequence[Line], first: int, heads: list[_Head]) -> frozenset[int]:
    """Read a table turned round: the names of the money above, 年初预算数 … at the left."""
    intake.use(one.square for one in heads)
    found = {first}
    for index in range(first + 1, len(lines)):
        columns = _row_columns(intake, lines[index])
        if not columns:
            break
        intake.use(one.square for one in columns)
        for head in heads:
            _take(intake, lines[index], head._replace(column=columns[0].column), head.row, exact=False)
        found.add(index)
    return frozenset(found)


def _take(intake: Intake, line: Line, head: _Head, row: int, *, exact: bool) -> None:
    """Take the cell of a row below a heading; what a blank cell prints by itself is nothing typed, but for a printed weight."""
    squares = [one for one in line.within(head.square.left, head.square.right) if one.cell.row == line.row]
    _take_square(intake, squares, head, row, exact=exact)


def _take_square(intake: Intake, squares: list[Square], head: _Head, row: int, *, exact: bool) -> None:
    column = head.column
    if column is None or not squares:
        return
    binding = Binding(Block.FUNDS, column.key, row=row, pattern=_pattern(intake, column, row))
    text = "".join(one.text for one in squares)
    bare = text[:-1].strip() if text.endswith("分") else text
    default = intake.plan.defaults.get(binding, "")
    if _is_sign(text) or (text == default and not is_figure(bare)):
        intake.use(squares)
        return
    shown = figure(bare, squares[0].cell.raw) if is_figure(bare) else text
    certainty = Certainty.SURE if exact and head.exact else Certainty.INFERRED
    why = "" if certainty is Certainty.SURE else f"“{head.square.text}”或这一行的名称与表样不同，按意思推定"
    intake.take(binding, shown, squares, certainty=certainty, why=why)


def _is_sign(text: str) -> bool:
    """Tell whether a text is the sign for "no figure here": —, -, /."""
    return not text.strip("—–-－/／ 　")


def _pattern(intake: Intake, column: Column, row: int) -> str:
    """Return the pattern that the form has in this cell; of another row of the table it may have none."""
    if not column.pattern:
        return ""
    known = intake.plan.patterns
    return column.pattern if (column.key, row) in known else ""
