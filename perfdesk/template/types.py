"""Types of a template, and the words and keys the forms have in common. No reading, no texts of a record."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from dataclasses import field as made
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from perfdesk.amounts import MoneyUnit
from perfdesk.model import FormKind, FundRow, Indicator, Record
from perfdesk.policy import Policy
from perfdesk.rules import Rules

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
        "grade": "等级",
        "interim_executed": "1—N月执行数",
        "expected_executed": "全年预计执行数",
        "goal": "年度绩效目标",
        "goal_weight": "年度绩效目标分值",
        "indicator_type": "指标类型",
        "target_value": "指标值",
        "measure_unit": "计量单位",
        "explanation": "指标解释",
        "scoring_rule": "评(扣)分标准",
        "interim_actual": "1—N月执行情况",
        "expected_actual": "全年预计完成情况",
        "causes": "偏差原因分析",
        "likelihood": "完成目标可能性",
        "deduction": "扣减分数",
    }
)
FUND_KEYS = tuple(one.name for one in fields(FundRow) if one.name != "label")
INDICATOR_KEYS = tuple(one.name for one in fields(Indicator))
TOTAL_KEYS = ("total_weight", "total_score")
SYSTEM_KEYS = ("year", "unit")
GRADE_KEY = "grade"
NUMBER_KEY = "number"
SUM_PREFIX = "sum."
NO_RULES: Mapping[tuple[str, str], Rules] = MappingProxyType({})
#: A field in a text (``{preparer}``), and a bracket around one.
FIELD = re.compile(r"\{(\w+)\}")
BRACKETS = re.compile(r"[（(\[【][^（(\[【）)\]】]*\{\w+\}[^（(\[【）)\]】]*[）)\]】]")


class SlotKind(StrEnum):
    """What a drawn square is."""

    LABEL = "label"
    FIELD = "field"  # a label that holds one field
    INPUT = "input"
    COMPUTED = "computed"
    TICK = "tick"  # a square that bears √ when the field holds its word
    BOXES = "boxes"  # words with a box at each; the one of the word that is held is ticked


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
    LIST = "list"  # any number of rows
    SECTIONS = "sections"  # the headings and paragraphs of a report
    COVER = "cover"  # the lines of a report's first page


class FieldKind(StrEnum):
    """What a single field holds: decides alignment and, on the screen, the helpers offered."""

    TEXT = "text"
    LONG = "long"
    DATE = "date"
    NUMBER = "number"


class Slot(NamedTuple):
    """One drawn cell with its spans (in grid rows and columns of its block).

    ``key`` is the field it fills or shows, ``fund`` the fund row's key where it belongs to one, ``pattern`` the text with fields
    where it is more than the field alone (of ``BOXES`` the words with their boxes), ``text`` the label, the word of a tick or what
    is printed while nothing is typed. ``computes`` tells that a tick, boxes or a field show a computed value. ``stretches`` is
    true for a header cell that runs down beside all indicator rows.
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
    computes: bool = False


@dataclass(frozen=True, slots=True, eq=False)  # compared and cached by identity
class Block:
    """A run of drawn rows.

    For ``INDICATORS`` and ``LIST`` ``slots`` is the header, ``body`` the row repeated for every indicator or list row and ``merge``
    the columns (keys) whose equal neighbours are merged downwards. ``SECTIONS`` draws nothing: its rows are the report's.
    """

    role: BlockRole
    row_count: int
    slots: tuple[Slot, ...]
    body: tuple[Slot, ...] = ()
    merge: tuple[str, ...] = ()


class Field(NamedTuple):
    """A single field (项目名称, 预期目标 …): its key, the label it is imported by, and whether it must be filled.

    ``choices`` are the words it may hold, ``many`` whether several of them (joined by 、). ``group`` names the part of 资金明细
    (``fund_breakdown`` of the exchange format) it belongs to; ``signature`` puts it among the signatures there. ``raw`` fields are
    not printed: they are the raw figures of a rating, with their ``unit`` (人, 万元, 个, %).
    """

    key: str
    label: str
    kind: FieldKind = FieldKind.TEXT
    required: bool = False
    align: Align | None = None
    choices: tuple[str, ...] = ()
    many: bool = False
    group: str = ""
    signature: bool = False
    raw: bool = False
    unit: str = ""


class Heading(NamedTuple):
    """A heading of a report's outline: ``level`` 1–3, its words with their number, and what is expected below it."""

    level: int
    text: str
    hint: str = ""


class Fund(NamedTuple):
    """A fund row of the form; ``parts`` are the keys of the rows it must be the sum of."""

    key: str
    label: str
    parts: tuple[str, ...] = ()


class Page(NamedTuple):
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


@dataclass(frozen=True, slots=True, eq=False, repr=False)  # read once, compared and cached by identity
class Template:
    """表样 (template). ``unit`` is the money unit a new form starts with; ``rate_sign`` tells whether 执行率 prints its %.

    ``rate_of`` are the fund columns whose quotient is 执行率: (dividend, divisor). ``columns`` describe the columns of a list
    and those of the indicators that are more than plain text. ``keep_level2``: every 二级指标 of the starter keeps a row even
    when it is empty. ``weight_by_goal``: no 分值 column; the points of a 年度绩效目标 are shared evenly by its rows.
    ``gathers``: the rows of the list are the year's forms of that kind. ``outline`` are the headings a report begins with.
    ``rules`` are those of a rating's items by (二级指标, 三级指标).
    """

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
    rate_of: tuple[str, str] = ("executed", "annual_budget")
    columns: tuple[Field, ...] = ()
    keep_level2: bool = False
    weight_by_goal: bool = False
    gathers: FormKind | None = None
    outline: tuple[Heading, ...] = ()
    rules: Mapping[tuple[str, str], Rules] = made(default_factory=lambda: NO_RULES)

    def __repr__(self) -> str:
        """Show the id only: the drawing of a form fills pages."""
        return f"Template({self.id!r})"

    def field(self, key: str) -> Field | None:
        """Return the field of that key."""
        return next((one for one in self.fields if one.key == key), None)

    def fund_index(self, key: str) -> int:
        """Return the position of the fund row of that key. Raises ``ValueError`` for a stranger."""
        return [one.key for one in self.funds].index(key)

    def column(self, key: str) -> Field | None:
        """Return the description of a list or indicator column."""
        return next((one for one in self.columns if one.key == key), None)

    @property
    def repeated(self) -> Block | None:
        """The block whose row is repeated for every indicator or list row."""
        return next((one for one in self.blocks if one.role in {BlockRole.INDICATORS, BlockRole.LIST}), None)

    @property
    def kept_rows(self) -> tuple[Indicator, ...]:
        """The starter rows whose 二级指标 keeps a row even when it is empty."""
        return self.starter if self.keep_level2 else ()

    @property
    def has_budget_score(self) -> bool:
        """Whether the form prints a score for its budget row."""
        slots = (slot for block in self.blocks for slot in block.slots)
        return any(slot.kind is SlotKind.COMPUTED and slot.fund and slot.key == "score" for slot in slots)

    @property
    def is_scored(self) -> bool:
        """Whether the form prints scores for its indicators."""
        return "score" in self.indicator_columns

    @property
    def indicator_columns(self) -> tuple[str, ...]:
        """The keys of the indicator columns this form prints, from left to right."""
        body = next((one.body for one in self.blocks if one.role is BlockRole.INDICATORS), ())
        found = tuple(key for slot in body for key in (slot.key, *FIELD.findall(slot.pattern)) if key)
        return tuple(dict.fromkeys(found))


class Filled(NamedTuple):
    """填好的表 (filled form): a record with the template it is pinned to; so the other forms of a year are handed round."""

    template: Template
    record: Record
