"""表样 (template): one county's form as data, drawn in TOML, and the reader with its exact error messages.

A drawn row is a list of texts, one per grid column (``docs/template-format.md``):

    ``=文字``      a label; ``=<文字`` and ``=>文字`` align it left and right; ``=填表人：{preparer}`` holds one field
    ``key``        a cell to fill; ``fund.key`` one of a fund row; ``key|—`` prints the dash while nothing is typed
    ``[{code}]{name}``  a cell that shows several fields; a bracket whose fields are blank is left out
    ``@name``      a computed cell          ``<`` merged with the left          ``^`` merged with the cell above

Nothing is evaluated. This module knows the drawing; how it becomes cells with texts is ``perfdesk.sheet``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from perfdesk.amounts import MoneyUnit
from perfdesk.errors import UserError
from perfdesk.model import FormKind, FundRow, Indicator
from perfdesk.policy import Policy, find_policy
from perfdesk.toml_file import Table, did_you_mean, read_toml

#: What the finance forms call the columns; used in findings and for screen readers.
TERMS: Mapping[str, str] = MappingProxyType(
    {
        "initial_budget": "年初预算数",
        "annual_budget": "全年预算数",
        "executed": "全年执行数",
        "execution_rate": "执行率",
        "level1": "一级指标",
        "level1_weight": "一级指标分值",
        "level2": "二级指标",
        "level2_weight": "二级指标分值",
        "name": "三级指标",
        "target": "年度指标值",
        "actual": "实际完成值",
        "weight": "分值",
        "score": "得分",
        "reason": "偏差原因",
        "remark": "备注",
        "total_weight": "总分",
        "total_score": "总分",
    }
)
FUND_KEYS = tuple(one.name for one in fields(FundRow) if one.name != "label")
INDICATOR_KEYS = tuple(one.name for one in fields(Indicator))
TOTAL_KEYS = ("total_weight", "total_score")
SYSTEM_KEYS = ("year", "unit")
_FIELD = re.compile(r"\{(\w+)\}")
_BRACKETS = re.compile(r"[（(\[【][^（(\[【）)\]】]*\{\w+\}[^（(\[【）)\]】]*[）)\]】]")
_E = TypeVar("_E", bound=StrEnum)


class SlotKind(StrEnum):
    """What a drawn square is."""

    LABEL = "label"
    FIELD = "field"  # a label that holds one field
    INPUT = "input"
    COMPUTED = "computed"


class Align(StrEnum):
    """Horizontal alignment of a cell's lines."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


class BlockRole(StrEnum):
    """The part a block plays on the page; looks hang on it."""

    TITLE = "title"
    SUBTITLE = "subtitle"
    NOTE = "note"
    GRID = "grid"
    INDICATORS = "indicators"


class FieldKind(StrEnum):
    """What a single field holds: decides alignment and, on the screen, the helpers offered."""

    TEXT = "text"
    LONG = "long"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Slot:
    """One drawn cell with its spans (in grid rows and columns of its block).

    ``key`` is the field it fills or shows, ``fund`` the fund row's key where it belongs to one, ``pattern`` the text with fields
    where it is more than the field alone, ``text`` the label or what is printed while nothing is typed. ``stretches`` is true for
    a header cell that runs down beside all indicator rows.
    """

    kind: SlotKind
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    key: str = ""
    fund: str = ""
    pattern: str = ""
    text: str = ""
    align: Align | None = None
    stretches: bool = False


@dataclass(frozen=True, slots=True, eq=False)  # compared and cached by identity
class Block:
    """A run of drawn rows.

    For ``INDICATORS`` ``slots`` is the header, ``body`` the row repeated for every indicator and ``merge`` the columns (keys)
    whose equal neighbours are merged downwards.
    """

    role: BlockRole
    row_count: int
    slots: tuple[Slot, ...]
    body: tuple[Slot, ...] = ()
    merge: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Field:
    """A single field (项目名称, 预期目标 …): its key, the label it is imported by, and whether it must be filled."""

    key: str
    label: str
    kind: FieldKind = FieldKind.TEXT
    required: bool = False
    align: Align | None = None


@dataclass(frozen=True, slots=True)
class Fund:
    """A fund row of the form; ``parts`` are the keys of the rows it must be the sum of."""

    key: str
    label: str
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """Paper in mm. Margins leave at least 12 mm so that no printer shrinks the page."""

    width_mm: Decimal
    height_mm: Decimal
    top_mm: Decimal
    right_mm: Decimal
    bottom_mm: Decimal
    left_mm: Decimal
    row_mm: Decimal

    @property
    def landscape(self) -> bool:
        """Tell whether the paper lies on its long side."""
        return self.width_mm > self.height_mm


@dataclass(frozen=True, slots=True, eq=False)  # read once, compared and cached by identity
class Template:
    """表样 (template). ``unit`` is the money unit a new form starts with; ``rate_sign`` tells whether 执行率 prints its %."""

    id: str
    title: str
    kind: FormKind
    source: str
    unit: MoneyUnit
    policy: Policy
    page: Page
    columns_mm: tuple[Decimal, ...]
    blocks: tuple[Block, ...]
    fields: tuple[Field, ...]
    funds: tuple[Fund, ...]
    starter: tuple[Indicator, ...]
    rate_sign: bool
    keep_words: tuple[str, ...]

    def field(self, key: str) -> Field | None:
        """Return the field of that key."""
        return next((one for one in self.fields if one.key == key), None)

    def fund_index(self, key: str) -> int:
        """Return the position of the fund row of that key. Raises ``ValueError`` for a stranger."""
        return [one.key for one in self.funds].index(key)

    @property
    def indicator_columns(self) -> tuple[str, ...]:
        """The keys of the indicator columns this form prints, from left to right."""
        body = next((one.body for one in self.blocks if one.role is BlockRole.INDICATORS), ())
        found = tuple(key for slot in body for key in (slot.key, *_FIELD.findall(slot.pattern)) if key)
        return tuple(dict.fromkeys(found))


@dataclass(frozen=True, slots=True)
class _Names:
    """The keys a block may use."""

    inputs: tuple[str, ...]
    computed: tuple[str, ...]
    funds: tuple[str, ...]


def _split_fund(key: str, names: _Names) -> tuple[str, str]:
    """Split ``total.executed`` into the fund row's key and the field."""
    fund, dot, field = key.partition(".")
    return (fund, field) if dot and fund in names.funds else ("", key)


def _check_key(key: str, known: tuple[str, ...], table: Table, *, at: str) -> None:
    if key not in known:
        raise table.fail(f"未知字段 “{key}”{did_you_mean(key, known)}", at=at)


def _fields_of(text: str, table: Table, *, at: str) -> list[str]:
    """Return the keys in braces; a brace that holds no key would be printed as it stands."""
    if re.search(r"[{}]", _FIELD.sub("", text)):
        raise table.fail(f"“{text}” 的花括号里应是一个字段的名字，如 {{preparer}}。", at=at)
    return _FIELD.findall(text)


def _label(text: str, names: _Names, table: Table, *, at: str) -> Slot:
    align = {"<": Align.LEFT, ">": Align.RIGHT}.get(text[:1])
    text = text[1:] if align else text
    inputs = [key for key in _fields_of(text, table, at=at) if key not in SYSTEM_KEYS]
    for key in inputs:
        _check_key(key, names.inputs, table, at=at)
    if len(inputs) > 1:
        raise table.fail("一个标签格里只能有一个要填的字段，请分成几格。", at=at)
    if not inputs:
        return Slot(SlotKind.LABEL, 0, 0, text=text, pattern=text if "{" in text else "", align=align)
    return Slot(SlotKind.FIELD, 0, 0, key=inputs[0], pattern=text, align=align)


def _square(drawn: str, names: _Names, table: Table, *, at: str) -> Slot:
    """Read one drawn square that is not merged."""
    if drawn.startswith("="):
        return _label(drawn[1:], names, table, at=at)
    if drawn.startswith("@"):
        _check_key(drawn[1:], names.computed, table, at=at)
        fund, key = _split_fund(drawn[1:], names)
        return Slot(SlotKind.COMPUTED, 0, 0, key=key, fund=fund)
    drawn, _, blank = drawn.partition("|")
    keys = _fields_of(drawn, table, at=at)
    for key in keys or [drawn]:
        _check_key(key, names.inputs, table, at=at)
    fund, key = _split_fund(_main_key(drawn) if keys else drawn, names)
    return Slot(SlotKind.INPUT, 0, 0, key=key, fund=fund, pattern=drawn if keys else "", text=blank)


def _main_key(pattern: str) -> str:
    """Return the field of a pattern that stands outside brackets: ``name`` in ``[{code}]{name}``."""
    outside: list[str] = _FIELD.findall(_BRACKETS.sub("", pattern))
    return outside[0] if outside else str(_FIELD.findall(pattern)[0])


def _owner(owners: list[list[int]], row: int, column: int, drawn: str, table: Table, *, at: str) -> int:
    """Return the slot a ``<`` or ``^`` square belongs to."""
    if drawn == "<" and column:
        return owners[row][column - 1]
    if drawn == "^" and row:
        return owners[row - 1][column]
    raise table.fail(f"“{drawn}” 的{'左' if drawn == '<' else '上'}边没有格可以合并。", at=at)


def _tile(owners: list[list[int]], slots: list[Slot], table: Table, *, spots: list[str]) -> tuple[Slot, ...]:
    """Give every slot its spans; refuse a merge that is not a rectangle."""
    placed: list[Slot] = []
    for index, slot in enumerate(slots):
        squares = [(r, c) for r, line in enumerate(owners) for c, owner in enumerate(line) if owner == index]
        rows, columns = [r for r, _ in squares], [c for _, c in squares]
        height, width = max(rows) - min(rows) + 1, max(columns) - min(columns) + 1
        if height * width != len(squares):
            raise table.fail("合并的格不是长方形，请检查 “<” 和 “^”。", at=spots[min(rows)])
        placed.append(replace(slot, row=min(rows), column=min(columns), row_span=height, column_span=width))
    return tuple(placed)


@dataclass(frozen=True, slots=True)
class _Line:
    """A drawn row, the keys it may use, and where it stands in the file."""

    squares: tuple[str, ...]
    names: _Names
    spot: str


def _draw(lines: tuple[_Line, ...], table: Table, *, width: int) -> tuple[Slot, ...]:
    """Turn drawn rows into slots."""
    owners: list[list[int]] = []
    slots: list[Slot] = []
    for r, line in enumerate(lines):
        if len(line.squares) != width:
            found = len(line.squares)
            raise table.fail(f"这一行有 {found} 格，应与 columns_mm 一样是 {width} 格。", at=line.spot)
        owners.append([])
        for c, drawn in enumerate(line.squares):
            if drawn in {"<", "^"}:
                owners[r].append(_owner(owners, r, c, drawn, table, at=line.spot))
                continue
            owners[r].append(len(slots))
            slots.append(_square(drawn, line.names, table, at=line.spot))
    return _tile(owners, slots, table, spots=[line.spot for line in lines])


def _indicator_block(table: Table, names: _Names, width: int) -> Block:
    """Read the repeating block: ``header`` rows, one ``row`` per indicator; ``^`` in the row continues a header cell downwards."""
    outer, inner = _Names(names.inputs, (), names.funds), _Names(INDICATOR_KEYS, ("score",), ())
    header = tuple(_Line(row, outer, f"header[{i}]") for i, row in enumerate(table.rows("header")))
    drawn = _draw((*header, _Line(table.texts("row"), inner, "row")), table, width=width)
    last = len(header)
    head = tuple(_stretched(slot, last) for slot in drawn if slot.row < last)
    body = tuple(replace(slot, row=0) for slot in drawn if slot.row == last)
    merge = table.texts("merge", ())
    for key in merge:
        _check_key(key, INDICATOR_KEYS, table, at="merge")
    return Block(BlockRole.INDICATORS, last, head, body, merge)


def _stretched(slot: Slot, last: int) -> Slot:
    """Let a header cell that reaches into the repeated row ``last`` run down beside all of them."""
    if slot.row + slot.row_span <= last:
        return slot
    return replace(slot, row_span=last - slot.row, stretches=True)


def _block(table: Table, names: _Names, width: int) -> Block:
    role = _choice(table, "role", BlockRole, BlockRole.GRID)
    if role is BlockRole.INDICATORS:
        block = _indicator_block(table, names, width)
    else:
        lines = tuple(_Line(row, names, f"rows[{i}]") for i, row in enumerate(table.rows("rows")))
        block = Block(role, len(lines), _draw(lines, table, width=width))
    table.finish()
    return block


def _choice(table: Table, key: str, kind: type[_E], default: _E | None = None) -> _E:
    word = table.text(key) if default is None else table.text(key, default.value)
    values = [one.value for one in kind]
    if word not in values:
        raise table.fail(f"“{word}” 应为 {'、'.join(values)} 之一{did_you_mean(word, values)}", at=key)
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
            raise table.fail(f"资金行 “{fund.key}” 写了两次，请换个名字。", at="key")
        for part in fund.parts:
            _check_key(part, keys, table, at="sum_of")
        table.finish()
    return funds


_PAPER = {"A4": (Decimal(210), Decimal(297)), "A3": (Decimal(297), Decimal(420))}


def _page(root: Table) -> Page:
    table = root.table("page")
    size, orientation = table.text("size", "A4"), table.text("orientation")
    if size not in _PAPER:
        raise table.fail(f"“{size}” 应为 {'、'.join(_PAPER)} 之一。", at="size")
    if orientation not in {"portrait", "landscape"}:
        raise table.fail(f"“{orientation}” 应为 portrait（纵向）或 landscape（横向）。", at="orientation")
    margins = table.numbers("margins_mm")
    short, long = _PAPER[size]
    width, height = (long, short) if orientation == "landscape" else (short, long)
    if len(margins) != 4 or min(margins) < 0 or margins[0] + margins[2] >= height:
        raise table.fail("应为上、右、下、左四个毫米数，上下之间要留出版心。", at="margins_mm")
    page = Page(width, height, *margins, row_mm=table.number("row_mm"))
    if not 0 < page.row_mm < height - page.top_mm - page.bottom_mm:
        raise table.fail(f"“{page.row_mm}” 应为最小行高的毫米数，大于 0 并且小于版心的高。", at="row_mm")
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


def _names(funds: tuple[Fund, ...], known: tuple[Field, ...]) -> _Names:
    money = tuple(f"{fund.key}.{key}" for fund in funds for key in FUND_KEYS)
    computed = tuple(
        f"{fund.key}.{key}" for fund in funds[:1] for key in ("execution_rate", "score")
    )  # the total's only
    return _Names((*(one.key for one in known), *money), (*computed, *TOTAL_KEYS), tuple(one.key for one in funds))


def _policy(root: Table, policies: Mapping[str, Policy]) -> Policy:
    try:
        return find_policy(policies, root.text("policy"))
    except UserError as error:
        raise root.fail(str(error), at="policy") from error


def read_template(path: Path, policies: Mapping[str, Policy]) -> Template:
    """Read one template file.

    Raises :class:`UserError` naming file, place and remedy for anything that does not fit, for instance
    ``blocks[2].rows[3]：未知字段 “budget_fianl”，是否为 “budget_final”？``.
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
                raise UserError(f"表样 “{path.stem}” 有两份，请给 {path} 换个文件名。")
            found[path.stem] = read_template(path, policies)
    return MappingProxyType(found)
