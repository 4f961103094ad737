"""What a form of ours has to say: its printed texts by field, computed ones too, without the words printed around them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from perfdesk.amounts import MoneyUnit, from_yuan, is_blank, parse_amount, plain, to_yuan
from perfdesk.model import Block
from perfdesk.template import FUND_KEYS, TERMS, FieldKind

if TYPE_CHECKING:
    from perfdesk.derive import Derived
    from perfdesk.filling.probing import Field
    from perfdesk.sheet import Cell

_POINTS: Final = frozenset(
    {"level1_weight", "level2_weight", "goal_weight", "weight", "score", "target_value", "deduction"}
)
_TOTALS: Final = frozenset({"total_weight", "total_score"})
_MONEY: Final = frozenset(FUND_KEYS) - {"weight", "execution_rate", "score"}
_FIELD: Final = re.compile(r"\{\w+\}")
_AROUND: Final = re.compile(r"([^{}]*)\{\w+\}([^{}]*)")


class Text(NamedTuple):
    """A text, the name of its field, and whether a plain number is a number there.

    ``aside``: it is said elsewhere too (「[126001]青山县司法局」 holds the code), so that nothing is lost without a place for it.
    """

    text: str
    name: str
    figures: bool = False
    aside: bool = False


def texts_of(form: Derived, unit: MoneyUnit) -> dict[Field, Text]:
    """Return every text that is printed, amounts in ``unit``; what is printed only because nothing was typed is left out.

    Of 「10分」 only 10 is taken, of 「[126001]青山县司法局」 all, with each of its fields by itself beside it.
    """
    found: dict[Field, Text] = {}
    for cell in form.sheet.cells:
        if (
            cell.binding is None
            or cell.role.flowing
            or cell.tick
            or cell.boxed
            or (cell.default and is_blank(cell.text))
        ):
            continue
        binding = cell.binding
        text = _converted(_bare(cell), binding.block, binding.key, form.record.unit, unit)
        if text.strip():
            field = (binding.block, binding.key, binding.row)
            found[field] = Text(text, cell.where, cell.numeric or _is_figure(*field))
    found |= {field: one for field, one in _rows(form).items() if field not in found}
    for key, text in form.record.values.items():
        known = form.template.field(key)
        if text.strip() and known is not None and not known.raw:
            one = Text(text, known.label, known.kind is FieldKind.NUMBER, aside=True)
            found.setdefault((Block.VALUES, key, -1), one)
    return found


def _says_something(cell: Cell) -> bool:
    """Tell whether a cell prints more than its own label: ticks and boxes are another matter, a printed — is no text."""
    if cell.role.flowing or cell.tick or cell.boxed or cell.inked == ():
        return False
    return not (cell.default and is_blank(cell.text))


def _rows(form: Derived) -> dict[Field, Text]:
    """Return the texts of the indicators' rows that stand in merged cells on paper: 一级指标, 二级指标 of every row."""
    return {
        (Block.INDICATORS, key, at): Text(text, "，".join(part for part in (row.name, TERMS[key]) if part))
        for at, row in enumerate(form.record.indicators)
        for key in ("level1", "level2", "name")
        if (text := getattr(row, key)).strip()
    }


def _bare(cell: Cell) -> str:
    """Return the text of a cell without the words around a single field; of several fields the whole."""
    if cell.inked is not None and len(cell.inked) == 1:
        first, end = cell.inked[0]
        return cell.text[first:end].strip()
    pattern = cell.binding.pattern if cell.binding is not None else ""
    around = _AROUND.fullmatch(pattern) if len(_FIELD.findall(pattern)) == 1 else None
    if around is None:
        return cell.text
    before, after = around.groups()
    return cell.text.removeprefix(before).removesuffix(after)


def _is_figure(block: Block, key: str, _row: int) -> bool:
    if block is Block.INDICATORS:
        return key in _POINTS
    return (block in {Block.FUNDS, Block.ROWS} and key in FUND_KEYS) or (block is Block.STATED and key in _TOTALS)


def _converted(text: str, block: Block, key: str, ours: MoneyUnit, theirs: MoneyUnit) -> str:
    """Return an amount in the unit of the other form: 29539 元 are 2.9539 万元."""
    if ours is theirs or block not in {Block.FUNDS, Block.ROWS} or key not in _MONEY:
        return text
    amount = parse_amount(text, ours)
    return text if amount is None else plain(from_yuan(to_yuan(amount, ours), theirs))
