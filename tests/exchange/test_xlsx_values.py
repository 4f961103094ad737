"""What becomes a number in Excel, by the place it was typed in."""

from __future__ import annotations

import pytest

from perfdesk.exchange.xlsx.values import value_of
from perfdesk.model import Binding, Block
from perfdesk.sheet import Cell, Role
from perfdesk.template import Align


def cell(text: str, binding: Binding | None, *, numeric: bool = False) -> Cell:
    return Cell(0, 0, 1, 1, text, Role.INPUT, Align.CENTER, binding, numeric=numeric)


@pytest.mark.parametrize(
    ("text", "binding", "value", "shown"),
    [
        ("9分", Binding(Block.INDICATORS, "weight", 0, pattern="{weight}分"), "9", '0"分"'),
        ("共9.50", Binding(Block.INDICATORS, "score", 0, pattern="共{score}"), "9.50", '"共"0.00'),
        ("9", Binding(Block.INDICATORS, "weight", 0, pattern="{weight}分"), None, "@"),
        ("九分", Binding(Block.INDICATORS, "weight", 0, pattern="{weight}分"), None, "@"),
        ("5", Binding(Block.INDICATORS, "weight", 0, pattern='{weight}"'), "5", "0"),
        ("12.50", Binding(Block.ROWS, "executed", 3), "12.50", "0.00"),
        ("98.46%", Binding(Block.ROWS, "execution_rate", 3), "0.9846", "0.00%"),
        ("13800000000", Binding(Block.ROWS, "phone", 0), None, "@"),
        ("1088.36", Binding(Block.INDICATORS, "target_value", 0), "1088.36", "0.00"),
        ("合格", Binding(Block.INDICATORS, "target_value", 0), None, "@"),
        ("3", Binding(Block.FUNDS, "interim_executed", 0), "3", "0"),
        ("126000", Binding(Block.VALUES, "department_code"), None, "@"),
        ("√", Binding(Block.INDICATORS, "causes", 0), None, "@"),
        ("7", None, "7", "0"),
        ("小计", None, None, "General"),
    ],
)
def test_plain_numbers_in_columns_of_numbers_are_numbers(
    text: str, binding: Binding | None, value: str | None, shown: str
) -> None:
    found = value_of(cell(text, binding), text)
    assert (found.text if found.kind == "n" else None, found.format) == (value, shown)
    assert found.quote is (shown == "@")


def test_a_field_that_holds_a_number_is_one() -> None:
    binding = Binding(Block.VALUES, "basic_spending")
    assert value_of(cell("12476249.49", binding, numeric=True), "12476249.49").kind == "n"
    assert value_of(cell("12476249.49", binding), "12476249.49").kind == "s"
