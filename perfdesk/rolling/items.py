"""项 (items): what a form of last year holds, in the order of the paper, and how each is best taken into the new year.

Names and weights stay, results go, targets and budgets are asked for. Scores, typed-over totals and 说明 are of the old year alone:
they are no items and never go along. Nothing is changed here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import partial
from typing import Final, NamedTuple

from perfdesk.amounts import is_blank, parse_number, plain
from perfdesk.editing import get_text
from perfdesk.model import Binding, Block, FundRow, Indicator, Record
from perfdesk.rolling.types import NAMES, Item, Treatment
from perfdesk.scoring import assess
from perfdesk.template import TERMS, Field, FieldKind, Template

HEAD: Final = "表头"
GOALS: Final = "年度总体目标"
INDICATORS: Final = "绩效指标"
OTHERS: Final = "其他内容"
RAW: Final = "评分数据"
ROWS: Final = "列表"
REPORT: Final = "报告"
SIGNATURES: Final = "签字栏"

WEIGHTS: Final = "weights"
RESULTS: Final = "results"
_FULL: Final = Decimal(100)
_SHOWN: Final = 4  # texts of a column that stand for it


class _Columns(NamedTuple):
    """Columns of a row that are one item."""

    key: str
    label: str
    columns: tuple[str, ...]
    recommended: Treatment
    askable: bool = True


_FUNDS: Final = (
    _Columns("initial_budget", "", ("initial_budget",), Treatment.ASK),
    _Columns("amounts", "", ("annual_budget", "executed", "interim_executed", "expected_executed"), Treatment.CLEAR),
    _Columns("budget_weight", "分值", ("weight",), Treatment.KEEP),
)
_INDICATORS: Final = (
    _Columns(NAMES, "一、二、三级指标名称", ("goal", "level1", "level2", "name"), Treatment.KEEP, askable=False),
    _Columns(
        "rules",
        "",
        ("indicator_type", "measure_unit", "explanation", "scoring_rule"),
        Treatment.KEEP,
        askable=False,
    ),
    _Columns("target", "", ("target", "target_value"), Treatment.ASK),
    _Columns(
        RESULTS,
        "",
        ("interim_actual", "expected_actual", "actual", "causes", "likelihood", "reason", "deduction"),
        Treatment.CLEAR,
    ),
    _Columns(WEIGHTS, "分值", ("level1_weight", "level2_weight", "goal_weight", "weight"), Treatment.KEEP),
    _Columns("remark", "", ("remark",), Treatment.CLEAR),
)
_TOGETHER: Final = ("department_code", "department", "agency", "seal")
_OPINIONS: Final = ("审核", "意见", "结论")


def items_of(template: Template, record: Record) -> tuple[Item, ...]:
    """Return the items of a form in which something stands, in the order of the paper."""
    found = (
        *_fields(template, record),
        *_funds(record),
        *_of_values(template, record, GOALS),
        *_indicators(template, record),
        *_rows(template, record),
        *_sections(record),
        *(one for group in (OTHERS, RAW, SIGNATURES) for one in _of_values(template, record, group)),
    )
    return tuple(one for one in found if one.cells)


# ----------------------------------------------------------------------------------------------------------- single fields


def _fields(template: Template, record: Record) -> Iterator[Item]:
    """项目名称 and the like; whose form it is (主管部门、实施单位) is one item."""
    office = [one for one in template.fields if one.key in _TOGETHER]
    told = False
    for field in template.fields:
        if _group(field) != HEAD:
            continue
        if field.key not in _TOGETHER:
            yield _value(record, HEAD, field)
        elif not told:
            told = True
            yield _joined(record, office)


def _joined(record: Record, fields: list[Field]) -> Item:
    cells = tuple(Binding(Block.VALUES, one.key) for one in fields if record.value(one.key).strip())
    label = "、".join(one.label for one in fields if record.value(one.key).strip())
    return Item("office", HEAD, label, cells, _told(record, cells, most=len(_TOGETHER)), Treatment.KEEP)


def _of_values(template: Template, record: Record, group: str) -> Iterator[Item]:
    yield from (_value(record, group, field) for field in template.fields if _group(field) == group)


def _value(record: Record, group: str, field: Field) -> Item:
    cells = (Binding(Block.VALUES, field.key),) if record.value(field.key).strip() else ()
    askable = field.kind is not FieldKind.LONG
    return Item(field.key, group, field.label, cells, _told(record, cells), _recommended(field, group), askable)


def _group(field: Field) -> str:
    if field.raw:
        return RAW
    if field.group:
        return OTHERS
    if field.key.startswith("goal_"):
        return GOALS
    if field.signature or field.key in {"preparer", "phone", "contact"}:
        return SIGNATURES
    return OTHERS if field.kind is not FieldKind.TEXT else HEAD


def _recommended(field: Field, group: str) -> Treatment:
    """What stands for years is kept: names, 预期目标, who fills it in. Dates, figures, results and opinions are of their year."""
    if field.kind is FieldKind.DATE or any(word in field.label for word in _OPINIONS):
        return Treatment.CLEAR
    kept = group in {HEAD, SIGNATURES} or field.key == "goal_expected"
    return Treatment.KEEP if kept else Treatment.CLEAR


# ------------------------------------------------------------------------------------------------------------------- rows


def _funds(record: Record) -> Iterator[Item]:
    group = f"项目资金（{record.unit}）"
    for one in _FUNDS:
        yield _columns(record.funds, Block.FUNDS, group, one)


def _indicators(template: Template, record: Record) -> Iterator[Item]:
    for one in _INDICATORS:
        item = _columns(record.indicators, Block.INDICATORS, INDICATORS, one)
        if one.key == NAMES:
            item = item._replace(words=f"{len(record.indicators)} 行")
        if one.key == WEIGHTS:
            item = _weights(template, record, item)
        yield item


def _columns(rows: tuple[FundRow, ...] | tuple[Indicator, ...], block: Block, group: str, of: _Columns) -> Item:
    """Make the item of some columns; a dash is nothing that stands there."""
    texts = {key: [(at, getattr(row, key)) for at, row in enumerate(rows)] for key in of.columns}
    there = {key: [(at, text) for at, text in column if text and not is_blank(text)] for key, column in texts.items()}
    used = [key for key in of.columns if there[key]]
    cells = tuple(Binding(block, key, row=at) for key in used for at, _text in there[key])
    label = of.label or "、".join(TERMS[key] for key in used)
    most = 1 if block is Block.FUNDS else _SHOWN
    words = " ／ ".join(_shown((text for _at, text in there[key]), most=most) for key in used)
    return Item(of.key, group, label, cells, words, of.recommended, of.askable)


def _weights(template: Template, record: Record, item: Item) -> Item:
    """分值 that do not add up to 100, the budget row's included, are not simply taken over."""
    if not any(parse_number(get_text(record, one)) is not None for one in item.cells):
        return item
    total = assess(template, record).weight_total
    if total == _FULL:
        return item._replace(words=f"合计 {plain(total)}")
    return item._replace(words=f"合计 {plain(total)}（应为 {plain(_FULL)}）", recommended=Treatment.ASK)


def _rows(template: Template, record: Record) -> Iterator[Item]:
    """The rows of a list, column by column; those of a 汇总表 come by themselves and are no item."""
    if template.gathers is not None:
        return
    for column in template.columns:
        cells = tuple(Binding(Block.ROWS, column.key, row=at) for at in range(len(record.rows)))
        there = tuple(one for one in cells if get_text(record, one).strip())
        of_year = bool(column.choices) or column.key in {"website", "remark"}
        recommended = Treatment.CLEAR if of_year else Treatment.KEEP
        yield Item(f"row.{column.key}", ROWS, column.label, there, _told(record, there, most=_SHOWN), recommended)


def _sections(record: Record) -> Iterator[Item]:
    """章节 of a report: the outline, and what is written below it."""
    bind = partial(Binding, Block.SECTIONS)
    heads = tuple(bind("heading", row=at) for at, one in enumerate(record.sections) if one.heading.strip())
    texts = tuple(bind("text", row=at) for at, one in enumerate(record.sections) if any(one.paragraphs))
    count = sum(len(one.paragraphs) for one in record.sections)
    yield Item("headings", REPORT, "提纲", heads, f"{len(heads)} 个标题", Treatment.KEEP, askable=False)
    yield Item("paragraphs", REPORT, "正文", texts, f"{count} 段", Treatment.CLEAR, askable=False)


def _told(record: Record, cells: tuple[Binding, ...], *, most: int = 1) -> str:
    """Say what stands in cells."""
    return _shown((get_text(record, one) for one in cells), most=most)


def _shown(texts: Iterable[str], *, most: int) -> str:
    """Say the different texts, the first few of them, each on one line."""
    different = tuple(dict.fromkeys(" ".join(one.split()) for one in texts))
    return "、".join(different[:most]) + ("……" if len(different) > most > 1 else "")
