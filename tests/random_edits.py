"""Edits as clerks and accidents make them, drawn by hypothesis for a form of any template: what the property tests are fed."""

from __future__ import annotations

from typing import NamedTuple

from hypothesis import strategies as st

from perfdesk import editing
from perfdesk.derive import derive, follow
from perfdesk.model import Block, Record
from perfdesk.sheet import Cell
from perfdesk.template import Template

SENTENCE = "全面开展法律援助工作，受理案件≥200件；完成率99.32%。"
WORDS = (
    *("", " ", "0", "9", "9分", "10", "100%", "-1", "１２", "1,200", "4.8万元", "15205000.00", "10万", "…", "/", "无"),
    *(
        "≥70件",
        "≪5%",
        "400-500人",
        "1次",
        "显著提升",
        "优",
        "定性",
        "≥",
        "非数量指标",
        "2024年12月31日前",
        "≤15个工作日",
    ),
    *("产出指标", "数量指标", "√", "是", "经费保障、其他", "{weight}分", "{{数据项|9}}", "{{", "}}", "[310]某县司法局"),
    *("一\n二\n三", "\n", "\t", "䶮㛃𬭎𠮷", "e\u0301", "\u200b", "<b>&amp;</b>", "=1+1", "\u2028", "👍"),
    *(SENTENCE * many for many in (3, 40, 150)),
)
TEXTS = st.one_of(st.sampled_from(WORDS), st.text(st.characters(codec="utf-8"), max_size=30))


class Move(NamedTuple):
    """One change: ``at`` and ``to`` are taken modulo what there is, ``text`` is typed where the move types."""

    kind: str
    at: int
    to: int
    text: str


KINDS = ("type", "type", "type", "type", "choose", "insert", "duplicate", "delete", "move")
MOVES = st.builds(Move, st.sampled_from(KINDS), st.integers(0, 999), st.integers(0, 999), TEXTS)


def bound_cells(template: Template, record: Record) -> tuple[Cell, ...]:
    """The cells of a form that can be changed."""
    return tuple(cell for cell in derive(template, record).sheet.cells if cell.binding is not None)


def block_of(template: Template) -> Block | None:
    """The block whose rows come and go, ``None`` where the form has none."""
    if template.outline:
        return Block.SECTIONS
    if template.repeated is None:
        return None
    return Block.INDICATORS if template.indicator_columns else Block.ROWS


def _type(template: Template, record: Record, move: Move) -> Record:
    cells = bound_cells(template, record)
    binding = cells[move.at % len(cells)].binding
    assert binding is not None
    return editing.set_text(record, binding, move.text)


def _choose(template: Template, record: Record, move: Move) -> Record:
    cells = [cell for cell in bound_cells(template, record) if cell.choices]
    if not cells:
        return record
    cell = cells[move.at % len(cells)]
    assert cell.binding is not None
    word = cell.tick or cell.choices[move.to % len(cell.choices)]
    text = editing.toggle(editing.get_text(record, cell.binding), word, cell.choices, many=cell.many)
    return editing.set_text(record, cell.binding, text)


def _rows(template: Template, record: Record, move: Move) -> Record:
    block = block_of(template)
    if block is None:
        return record
    count = len(editing.rows_of(record, block)) + 1  # one beyond the last is asked for too
    at, to = move.at % count, move.to % count
    if move.kind == "insert":
        return editing.insert_row(record, block, at)
    if move.kind == "duplicate":
        return editing.duplicate_row(record, block, at)
    if move.kind == "delete":
        return editing.delete_rows(record, block, at, 1 + to % 4, kept=template.kept_rows)
    return editing.move_row(record, block, at, to)


def make_move(template: Template, record: Record, move: Move) -> Record:
    """Return the record after a move, stated figures following as in the window."""
    makers = {"type": _type, "choose": _choose}
    return follow(template, record, makers.get(move.kind, _rows)(template, record, move))
