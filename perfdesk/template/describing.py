"""Reading of the descriptions in a template file: fields, columns, fund rows, starter rows, a report's outline."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple, TypeVar

from perfdesk.model import Indicator
from perfdesk.rules import Raw, Rules, read_rules
from perfdesk.template.squares import check_key
from perfdesk.template.types import INDICATOR_KEYS, Align, Field, FieldKind, Fund, Heading
from perfdesk.toml_file import Table, did_you_mean

_E = TypeVar("_E", bound=StrEnum)
JOINT = "、"
_LEVELS = (1, 2, 3)


def read_choice(table: Table, key: str, kind: type[_E], default: _E | None = None) -> _E:
    """Take a text that must be one of the words of an enumeration."""
    word = table.text(key) if default is None else table.text(key, default.value)
    values = [one.value for one in kind]
    if word not in values:
        raise table.fail(f'"{word}" 应为 {"、".join(values)} 之一{did_you_mean(word, values)}', at=key)
    return kind(word)


def read_fields(root: Table, key: str, *, required: bool = True) -> tuple[Field, ...]:
    """Read ``[fields]`` or ``[columns]``: one table for each key, in the order of the file."""
    table = root.table(key, required=required)
    return tuple(_field(name, table.table(name)) for name in table.names())


def _field(key: str, table: Table) -> Field:
    field = Field(
        key=key,
        label=table.text("label"),
        kind=read_choice(table, "kind", FieldKind, FieldKind.TEXT),
        required=table.flag("required", default=False),
        align=read_choice(table, "align", Align) if "align" in table.names() else None,
        choices=table.texts("choices", ()),
        many=table.flag("many", default=False),
        group=table.text("group", ""),
        signature=table.flag("signature", default=False),
        raw=table.flag("raw", default=False),
        unit=table.text("unit", ""),
    )
    table.finish()
    for index, word in enumerate(field.choices):
        if not word.strip() or JOINT in word or field.choices.count(word) > 1:
            raise table.fail(f'"{word}" 应是一个词，不重复，里面没有“{JOINT}”。', at=f"choices[{index}]")
    if field.many and not field.choices:
        raise table.fail("可选多个词的字段须写 choices。", at="many")
    if field.unit and not field.raw:
        raise table.fail("只有原始数（raw = true）才写单位；印在表上的单位请写在标签里。", at="unit")
    return field


def check_columns(root: Table, columns: tuple[Field, ...], *, is_list: bool) -> None:
    """Refuse a description of an indicator column that indicators do not have; the columns of a list are its own."""
    if not is_list:
        for one in columns:
            check_key(one.key, INDICATOR_KEYS, root, at="columns")


def read_funds(root: Table) -> tuple[Fund, ...]:
    """Read the fund rows; each must be the sum of rows that exist."""
    tables = root.tables("funds", required=False)
    funds = tuple(Fund(one.text("key"), one.text("label"), one.texts("sum_of", ())) for one in tables)
    keys = tuple(one.key for one in funds)
    for table, fund in zip(tables, funds, strict=True):
        if keys.count(fund.key) > 1:
            raise table.fail(f'资金行 "{fund.key}" 写了两次，请换个名字。', at="key")
        for part in fund.parts:
            check_key(part, keys, table, at="sum_of")
        table.finish()
    return funds


class Starter(NamedTuple):
    """The indicator rows a new form begins with, and the rules of a rating's items by (二级指标, 三级指标)."""

    rows: tuple[Indicator, ...]
    rules: Mapping[tuple[str, str], Rules]


def read_starter(root: Table, known: tuple[Field, ...]) -> Starter:
    """Read ``[[starter]]``; the rules of an item may use the raw fields among the ``known`` ones."""
    raws = {one.key: Raw(one.key, one.label, one.unit, one.choices) for one in known if one.raw}
    rows, rules = [], {}
    for table in root.tables("starter", required=False):
        row = Indicator(**{key: table.text(key, "") for key in INDICATOR_KEYS})
        rows.append(row)
        if given := read_rules(table, raws):
            if (row.level2, row.name) in rules:
                raise table.fail(f'二级指标 "{row.level2}" 下的 "{row.name}" 写了两次评分规则。', at="rules")
            rules[row.level2, row.name] = given
        table.finish()
    return Starter(tuple(rows), MappingProxyType(rules))


def read_outline(root: Table) -> tuple[Heading, ...]:
    """Read the headings a report begins with: ``level`` 1–3, ``text``, ``hint``."""
    found = []
    for table in root.tables("outline", required=False):
        level = table.number("level")
        if level not in _LEVELS:
            raise table.fail(f'"{level}" 应为 1、2 或 3。', at="level")
        found.append(Heading(int(level), table.text("text"), table.text("hint", "")))
        table.finish()
    return tuple(found)
