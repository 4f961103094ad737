"""Reading of a template file: the page, the descriptions and the drawn blocks, each mistake with place and remedy."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import NamedTuple

from perfdesk.amounts import MoneyUnit
from perfdesk.errors import UserError
from perfdesk.model import FormKind
from perfdesk.policy import Policy, find_policy
from perfdesk.template.describing import (
    check_columns,
    read_choice,
    read_fields,
    read_funds,
    read_outline,
    read_starter,
)
from perfdesk.template.drawing import grid_block, repeating_block
from perfdesk.template.squares import Names, check_key
from perfdesk.template.types import (
    FUND_KEYS,
    GRADE_KEY,
    INDICATOR_KEYS,
    NUMBER_KEY,
    SUM_PREFIX,
    TOTAL_KEYS,
    Block,
    BlockRole,
    Field,
    Fund,
    Page,
    Template,
)
from perfdesk.template.unread import Unread
from perfdesk.toml_file import Table, read_toml

_REPEATED = frozenset({BlockRole.INDICATORS, BlockRole.LIST})
_PAPER = {"A4": (Decimal(210), Decimal(297)), "A3": (Decimal(297), Decimal(420))}
_MONEY_KEYS = tuple(key for key in FUND_KEYS if key not in {"weight", "execution_rate", "score"})


class _Words(NamedTuple):
    """The names a template's blocks may use."""

    form: Names
    indicators: Names
    rows: Names


def _block(table: Table, words: _Words, width: int) -> Block:
    role = read_choice(table, "role", BlockRole, BlockRole.GRID)
    if role in _REPEATED:
        inner = words.indicators if role is BlockRole.INDICATORS else words.rows
        block = repeating_block(role, table, words.form, inner, width=width)
    elif role is BlockRole.SECTIONS:
        block = Block(role, 0, ())
    else:
        block = grid_block(role, table, words.form, width)
    table.finish()
    return block


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


def _widths(root: Table, page: Page) -> tuple[Decimal, ...]:
    columns = root.numbers("columns_mm")
    room = page.width_mm - page.left_mm - page.right_mm
    if not columns or min(columns) <= 0:
        raise root.fail("应为每列的毫米数，都大于 0。", at="columns_mm")
    if sum(columns) > room:
        raise root.fail(f"各列共 {sum(columns)} 毫米，宽过版心 {room} 毫米。", at="columns_mm")
    return columns


def _words(funds: tuple[Fund, ...], known: tuple[Field, ...], columns: tuple[Field, ...], root: _Options) -> _Words:
    """Collect what the blocks may name: single fields and fund rows, indicator columns, list columns."""
    money = tuple(f"{fund.key}.{key}" for fund in funds for key in FUND_KEYS)
    of_total = tuple(f"{fund.key}.{key}" for fund in funds[:1] for key in ("execution_rate", "score"))
    keys = tuple(one.key for one in columns)
    sums = tuple(f"{SUM_PREFIX}{key}" for key in keys) if root.gathers else ()
    grades = {GRADE_KEY: root.policy.grade_names}
    form = Names(
        inputs=(*(one.key for one in known), *money),
        computed=(*of_total, *TOTAL_KEYS, GRADE_KEY, *sums),
        funds=tuple(one.key for one in funds),
        choices={**{one.key: one.choices for one in known}, **grades},
    )
    choices = {one.key: one.choices for one in columns}
    return _Words(
        form,
        Names(INDICATOR_KEYS, ("score", NUMBER_KEY), choices=choices),
        Names(keys, (NUMBER_KEY, *(keys if root.gathers else ())), choices=choices),
    )


class _Options(NamedTuple):
    """What else decides what blocks may name."""

    policy: Policy
    gathers: FormKind | None


def _policy(root: Table, policies: Mapping[str, Policy]) -> Policy:
    try:
        return find_policy(policies, root.text("policy"))
    except UserError as error:
        raise root.fail(str(error), at="policy") from error


def _rate_of(root: Table) -> tuple[str, str]:
    keys = root.texts("rate_of", ("executed", "annual_budget"))
    for key in keys:
        check_key(key, _MONEY_KEYS, root, at="rate_of")
    if len(keys) != 2:
        raise root.fail("应为两列：执行率 = 第一列 ÷ 第二列。", at="rate_of")
    return keys[0], keys[1]


def _gathers(root: Table) -> FormKind | None:
    return read_choice(root, "gathers", FormKind) if "gathers" in root.names() else None


def _blocks(root: Table, words: _Words, width: int) -> tuple[Block, ...]:
    blocks = tuple(_block(table, words, width) for table in root.tables("blocks"))
    if sum(block.role in _REPEATED for block in blocks) > 1:
        raise root.fail("一张表样只能有一组绩效指标（role = indicators）或一个列表（role = list）。", at="blocks")
    is_report = any(block.role is BlockRole.SECTIONS for block in blocks)
    if is_report and width != 1:
        raise root.fail("报告（role = sections）只有一列，columns_mm 应只写一个数。", at="columns_mm")
    return blocks


def read_template(path: Path, policies: Mapping[str, Policy]) -> Template:
    """Read one template file.

    Raises :class:`UserError` naming file, place and remedy for anything that does not fit, for instance
    ``blocks[2].rows[3]：未知字段 "budget_fianl"，是否为 "budget_final"？``.
    """
    root = read_toml(path)
    page, known, funds = _page(root), read_fields(root, "fields"), read_funds(root)
    columns, widths = read_fields(root, "columns", required=False), _widths(root, page)
    starter = read_starter(root, known)
    options = _Options(_policy(root, policies), _gathers(root))
    blocks = _blocks(root, _words(funds, known, columns, options), len(widths))
    check_columns(root, columns, is_list=any(one.role is BlockRole.LIST for one in blocks))
    template = Template(
        id=path.stem,
        title=root.text("title"),
        kind=read_choice(root, "kind", FormKind),
        source=root.text("source"),
        unit=read_choice(root, "unit", MoneyUnit),
        policy=options.policy,
        page=page,
        columns_mm=widths,
        blocks=blocks,
        fields=known,
        funds=funds,
        starter=starter.rows,
        rate_sign=root.flag("rate_sign", default=True),
        keep_words=root.texts("keep_words", ()),
        rate_of=_rate_of(root),
        columns=columns,
        keep_level2=root.flag("keep_level2", default=False),
        weight_by_goal=root.flag("weight_by_goal", default=False),
        gathers=options.gathers,
        outline=read_outline(root),
        rules=starter.rules,
    )
    root.finish()
    return template


def load_templates(folders: tuple[Path, ...], policies: Mapping[str, Policy]) -> Mapping[str, Template]:
    """Return the templates of the folders by id (the file's stem); a later folder does not replace an earlier one's file.

    A file is read when its template is first asked for; what is wrong in it is raised then. Raises :class:`UserError` for two files
    of one name: a released template is never edited, a new version is a new file.
    """
    found: dict[str, Path] = {}
    for folder in folders:
        for path in sorted(folder.glob("*.toml")):
            if path.stem in found:
                raise UserError(f'表样 "{path.stem}" 有两份，请给 {path} 换个文件名。')
            found[path.stem] = path
    return Unread(found, partial(read_template, policies=policies))
