"""What a check is given: the record read once, its scores, and small questions that several checks ask.

Nothing is judged here and nothing is computed twice: numbers of targets and scores come from ``perfdesk.targets`` and
``perfdesk.scoring``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Final

from perfdesk.amounts import MoneyUnit, is_blank, parse_amount
from perfdesk.checks.catalogue import Place
from perfdesk.model import Assessment, Binding, Block, FundRow, Indicator, Record, Score
from perfdesk.policy import Policy
from perfdesk.scoring import is_reverse, score_indicator
from perfdesk.targets import Value, numbers_in, read, unit_in_name
from perfdesk.template import TERMS, Template

AMOUNTS: Final = ("initial_budget", "annual_budget", "executed")

#: What stands in a 偏差原因 cell without explaining anything.
_NO_REASON: Final = frozenset(
    {"", "0", "无", "没有", "暂无", "略", "无偏差", "无偏离", "不存在偏差", "不涉及", "完成", "已完成"}
)
_PUNCTUATION: Final = " \t\r\n。.，,；;、…-—–_*/\\"
_PLACEHOLDER: Final = re.compile(
    r"(?:…+|\.{3,}|指标\s*\d*\s*[:：]?\s*(?:…+|\.{3,})?|[(（]?[≥≤=<>]?\s*\*\*(?!\*)\s*[%％]?[^*]{0,3}[)）]?)"
)

_MODEL_MARK: Final = re.compile(r"…|\.{3}|\*\*|指标\s*\d*\s*[:：]?\s*$")
TEXT_CELLS: Final = ("name", "target", "actual", "reason", "level2")


def is_placeholder(text: str) -> bool:
    """Tell whether a cell still holds the form's own model text: 「……」, 「指标1：」, 「（≥**%）」; 「***」 is a hidden name."""
    return _MODEL_MARK.search(text) is not None and _PLACEHOLDER.fullmatch(text.strip()) is not None


def is_explained(text: str) -> bool:
    """Tell whether a 偏差原因 explains anything: 「/」, 「无」, 「0」, 「—」, 「。」 and blank do not."""
    return not is_blank(text) and text.strip(_PUNCTUATION) not in _NO_REASON


@dataclass(frozen=True, slots=True)
class Reading:
    """What one indicator's texts say; depends on nothing else, so it is read once per change of the row."""

    target: Value
    actual: Value
    name_unit: str
    name_numbers: tuple[Value, ...]
    explained: bool
    reverse: bool
    is_cost: bool
    placeholders: tuple[str, ...]
    named: bool
    begun: bool


@lru_cache(maxsize=4096)
def read_row(indicator: Indicator, year: int) -> Reading:
    """Read an indicator of a form of that year."""
    target = read(indicator.target, year=year)
    placeholders = tuple(key for key in TEXT_CELLS if is_placeholder(getattr(indicator, key)))
    named = bool(indicator.name.strip()) and "name" not in placeholders
    return Reading(
        target=target,
        actual=read(indicator.actual, year=year),
        name_unit=unit_in_name(indicator.name),
        name_numbers=numbers_in(indicator.name),
        explained=is_explained(indicator.reason),
        reverse=is_reverse(target, indicator),
        is_cost="成本" in indicator.level1 + indicator.level2,
        placeholders=placeholders,
        named=named,
        begun=named or any(map(str.strip, (indicator.target, indicator.actual, indicator.weight, indicator.score))),
    )


@dataclass(frozen=True, slots=True)
class Row:
    """One indicator row: its texts, what they say, and its score; ``weight`` is ``None`` when blank or unreadable."""

    index: int
    indicator: Indicator
    reading: Reading
    score: Score
    weight: Decimal | None

    @property
    def target(self) -> Value:
        """年度指标值, read."""
        return self.reading.target

    @property
    def actual(self) -> Value:
        """实际完成值, read."""
        return self.reading.actual

    @property
    def named(self) -> bool:
        """Whether the row has a 三级指标; the form's own model text is none."""
        return self.reading.named

    @property
    def begun(self) -> bool:
        """Whether anything was typed into the row beyond its groups."""
        return self.reading.begun

    @property
    def where(self) -> str:
        """The words that name the row: its indicator's name, else its group and number."""
        group = self.indicator.level2.strip() or self.indicator.level1.strip() or "绩效指标"
        return self.indicator.name.strip() or f"{group}（第 {self.index + 1} 行）"

    def bind(self, key: str) -> Binding:
        """Return the cell of that field."""
        return Binding(Block.INDICATORS, key, row=self.index)

    def place(self, key: str, *also: str) -> Place:
        """Return the place of that field, with further fields of the row to mark."""
        return Place(self.where, self.bind(key), tuple(self.bind(one) for one in also))


@dataclass(frozen=True, slots=True)
class Context:
    """Everything a check may look at. ``weighted`` are the rows that have a 分值.

    ``finished``: the indicators are filled in; there is one, and none is without its 实际完成值 and 分值.
    """

    template: Template
    record: Record
    assessment: Assessment
    others: tuple[Record, ...]
    columns: frozenset[str]
    rows: tuple[Row, ...]
    weighted: tuple[Row, ...]
    finished: bool

    @property
    def policy(self) -> Policy:
        """The parameters of the template's policy."""
        return self.template.policy

    @property
    def unit(self) -> MoneyUnit:
        """元 or 万元, the unit of the form's amounts."""
        return self.record.unit

    @property
    def total_fund(self) -> FundRow:
        """年度资金总额: the first fund row, blank when the form has none."""
        return self.record.funds[0] if self.record.funds else FundRow("")

    def fund(self, index: int) -> FundRow:
        """Return a fund row, blank when the record has fewer rows than its form."""
        return self.record.funds[index] if index < len(self.record.funds) else FundRow("")

    def amount(self, index: int, key: str) -> Decimal | None:
        """Read an amount of a fund row, in the form's unit."""
        return parse_amount(getattr(self.fund(index), key), self.unit)

    def keeps_points(self, row: Row, changed: Indicator) -> bool:
        """Tell whether a row changed by a fix would not lose points that nobody has explained."""
        if row.reading.explained or row.weight is None or lost(row):
            return True
        effective = self.rescore(row, changed).effective
        return effective is None or effective >= row.weight

    def rescore(self, row: Row, changed: Indicator) -> Score:
        """Score a row as a fix would leave it."""
        return score_indicator(changed, row=row.index, year=self.record.year, policy=self.policy)


def lost(row: Row) -> Decimal:
    """Return the points a row lost, 0 when none or not known: a typed 得分 that is no number or negative says nothing."""
    stated = row.score.stated_value
    unreadable = not is_blank(row.indicator.score) if stated is None else stated < 0
    if row.weight is None or row.score.effective is None or unreadable:
        return Decimal(0)
    return max(row.weight - row.score.effective, Decimal(0))


def make_context(template: Template, record: Record, assessment: Assessment, others: tuple[Record, ...]) -> Context:
    """Read a record for the checks."""
    rows = tuple(
        Row(index, one, read_row(one, record.year), score, score.weight)
        for index, (one, score) in enumerate(zip(record.indicators, assessment.scores, strict=True))
    )
    named = [row for row in rows if row.reading.named]
    return Context(
        template=template,
        record=record,
        assessment=assessment,
        others=others,
        columns=frozenset(template.indicator_columns),
        rows=rows,
        weighted=tuple(row for row in rows if row.weight is not None),
        finished=bool(named) and all(row.weight is not None and row.indicator.actual.strip() for row in named),
    )


def fund_place(context: Context, key: str, *also: str, index: int = 0) -> Place:
    """Return the place of a fund row's field: 「年度资金总额」, or the column's word for the total row."""
    where = fund_label(context, index) if index or key in {"score", "weight"} else TERMS[key]
    cells = tuple(Binding(Block.FUNDS, one, row=index) for one in also)
    return Place(where, Binding(Block.FUNDS, key, row=index), cells)


def fund_label(context: Context, index: int) -> str:
    """Return a fund row's label as a word of a sentence: without 「其中」 and colons."""
    funds = context.template.funds
    label = funds[index].label if index < len(funds) else context.fund(index).label
    return label.strip().removeprefix("其中").strip(":： ") or "年度资金总额"
