"""Reading of a template file: the page, the fields, the fund rows and the drawn blocks, each mistake with place and remedy."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from perfdesk.amounts import MoneyUnit
from perfdesk.errors import UserError
from perfdesk.model import FormKind, Indicator
from perfdesk.policy import Policy, find_policy
from perfdesk.template.drawing import Names, check_key, grid_block, indicator_block
from perfdesk.template.types import (
    FUND_KEYS,
    INDICATOR_KEYS,
    TOTAL_KEYS,
    Align,
    Block,
    BlockRole,
    Field,
    FieldKind,
    Fund,
    Page,
    Template,
)
from perfdesk.toml_file import Table, did_you_mean, read_toml

_E = TypeVar("_E", bound=StrEnum)


def _block(table: Table, names: Names, width: int) -> Block:
    role = _choice(table, "role", BlockRole, BlockRole.GRID)
    is_repeated = role is BlockRole.INDICATORS
    block = indicator_block(table, names, width) if is_repeated else grid_block(role, table, names, width)
    table.finish()
    return block


def _choice(table: Table, key: str, kind: type[_E], default: _E | None = None) -> _E:
    word = table.text(key) if default is None else table.text(key, default.value)
    values = [one.value for one in kind]
    if word not in values:
        raise table.fail(f'"{word}" 应为 {"、".join(values)} 之一{did_you_mean(word, values)}', at=key)
    return kind(word)


def _fields(root: Table) -> tuple[Field, ...]:
    table = root.table("fields")
    found = []
    for key in table.names():
        one = table.table(key)
        found.append(
            Field(
                key=key,
                label=one.text("label"),
                kind=_choice(one, "kind", FieldKind, FieldKind.TEXT),
                required=one.flag("required", default=False),
                align=_choice(one, "align", Align) if "align" in one.names() else None,
            )
        )
        one.finish()
    return tuple(found)


def _funds(root: Table) -> tuple[Fund, ...]:
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


_PAPER = {"A4": (Decimal(210), Decimal(297)), "A3": (Decimal(297), Decimal(420))}


def _page(root: Table) -> Page:
    table = root.table("page")
    size, orientation = table.text("size", "A4"), table.text("orientation")
    if size not in _PAPER:
        raise table.fail(f'"{size}" 应为 {"、".join(_PAPER)} 之一。', at="size")
    if orientation not in {"portrait", "landscape"}:
        raise table.fail(f'"{orientation}" 应为 portrait（纵向）或 landscape（横向）。', at="orientation")
    margins = table.numbers("margins_mm")
    short, long = _PAPER[size]
    width, height = (long, short) if orientation == "landscape" else (short, long)
    if len(margins) != 4 or min(margins) < 0 or margins[0] + margins[2] >= height:
        raise table.fail("应为上、右、下、左四个毫米数，上下之间要留出版心。", at="margins_mm")
    page = Page(width, height, *margins, row_mm=table.number("row_mm"))
    if not 0 < page.row_mm < height - page.top_mm - page.bottom_mm:
        raise table.fail(f'"{page.row_mm}" 应为最小行高的毫米数，大于 0 并且小于版心的高。', at="row_mm")
    table.finish()
    return page


def _columns(root: Table, page: Page) -> tuple[Decimal, ...]:
    columns = root.numbers("columns_mm")
    room = page.width_mm - page.left_mm - page.right_mm
    if not columns or min(columns) <= 0:
        raise root.fail("应为每列的毫米数，都大于 0。", at="columns_mm")
    if sum(columns) > room:
        raise root.fail(f"各列共 {sum(columns)} 毫米，宽过版心 {room} 毫米。", at="columns_mm")
    return columns


def _starter(root: Table) -> tuple[Indicator, ...]:
    """Read the indicator rows a new form begins with."""
    found = []
    for table in root.tables("starter", required=False):
        found.append(Indicator(**{key: table.text(key, "") for key in INDICATOR_KEYS}))
        table.finish()
    return tuple(found)


def _names(funds: tuple[Fund, ...], known: tuple[Field, ...]) -> Names:
    money = tuple(f"{fund.key}.{key}" for fund in funds for key in FUND_KEYS)
    computed = tuple(
        f"{fund.key}.{key}" for fund in funds[:1] for key in ("execution_rate", "score")
    )  # the total's only
    return Names((*(one.key for one in known), *money), (*computed, *TOTAL_KEYS), tuple(one.key for one in funds))


def _policy(root: Table, policies: Mapping[str, Policy]) -> Policy:
    try:
        return find_policy(policies, root.text("policy"))
    except UserError as error:
        raise root.fail(str(error), at="policy") from error


def read_template(path: Path, policies: Mapping[str, Policy]) -> Template:
    """Read one template file.

    Raises :class:`UserError` naming file, place and remedy for anything that does not fit, for instance
    ``blocks[2].rows[3]：未知字段 "budget_fianl"，是否为 "budget_final"？``.
    """
    root = read_toml(path)
    page, known, funds = _page(root), _fields(root), _funds(root)
    columns = _columns(root, page)
    names = _names(funds, known)
    template = Template(
        id=path.stem,
        title=root.text("title"),
        kind=_choice(root, "kind", FormKind),
        source=root.text("source"),
        unit=_choice(root, "unit", MoneyUnit),
        policy=_policy(root, policies),
        page=page,
        columns_mm=columns,
        blocks=tuple(_block(table, names, len(columns)) for table in root.tables("blocks")),
        fields=known,
        funds=funds,
        starter=_starter(root),
        rate_sign=root.flag("rate_sign", default=True),
        keep_words=root.texts("keep_words", ()),
    )
    root.finish()
    if sum(block.role is BlockRole.INDICATORS for block in template.blocks) > 1:
        raise root.fail("一张表样只能有一组绩效指标（role = indicators）。", at="blocks")
    return template


def load_templates(folders: tuple[Path, ...], policies: Mapping[str, Policy]) -> Mapping[str, Template]:
    """Read every template of the folders, by id (the file's stem); a later folder does not replace an earlier one's file.

    Raises :class:`UserError` for two files of one name: a released template is never edited, a new version is a new file.
    """
    found: dict[str, Template] = {}
    for folder in folders:
        for path in sorted(folder.glob("*.toml")):
            if path.stem in found:
                raise UserError(f'表样 "{path.stem}" 有两份，请给 {path} 换个文件名。')
            found[path.stem] = read_template(path, policies)
    return MappingProxyType(found)
