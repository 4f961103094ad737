"""What a check of one row is given: the indicator read once, its score, and small questions that several checks ask.

Nothing is judged here and nothing is computed twice: numbers of targets and scores come from ``perfdesk.targets`` and
``perfdesk.scoring``. A row knows nothing of its neighbours, so what was found in it stands until the row itself changes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import Final

from perfdesk.amounts import is_blank, plain
from perfdesk.checks.catalogue import Place
from perfdesk.model import Binding, Block, Indicator, Score
from perfdesk.policy import Policy
from perfdesk.scoring import is_reverse, score_indicator
from perfdesk.targets import Value, numbers_in, read, unit_in_name
from perfdesk.template import Template

#: What stands in a 偏差原因 cell without explaining anything.
_NO_REASON: Final = frozenset(
    {"", "0", "无", "没有", "暂无", "略", "无偏差", "无偏离", "不存在偏差", "不涉及", "完成", "已完成"}
)
_PUNCTUATION: Final = " \t\r\n。.，,；;、…-—–_*/\\"
_PLACEHOLDER: Final = re.compile(
    r"(?:…+|\.{3,}|指标\s*\d*\s*[:：]?\s*(?:…+|\.{3,})?|[(（]?[≥≤=<>]?\s*\*\*(?!\*)\s*[%％]?[^*]{0,3}[)）]?)"
)

_MODEL_MARK: Final = re.compile(r"…|\.{3}|\*\*|指标\s*\d*\s*[:：]?\s*$")
#: What a 三级指标 says of a row that the form prints and the project does not have: /, —, 无, 指标1：/, 不涉及.
_NUMBERED: Final = re.compile(r"^指标\s*\d*\s*[:：]\s*(?=\S)")
_NOT_HERE: Final = frozenset({"不涉及", "不适用", "未设置", "未设定", "无此项"})
TEXT_CELLS: Final = ("name", "target", "actual", "reason", "level2")


def is_placeholder(text: str) -> bool:
    """Tell whether a cell still holds the form's own model text: 「……」, 「指标1：」, 「（≥**%）」; 「***」 is a hidden name."""
    return _MODEL_MARK.search(text) is not None and _PLACEHOLDER.fullmatch(text.strip()) is not None


def _names_nothing(text: str) -> bool:
    """Tell whether the 三级指标 cell says that there is no such indicator."""
    bare = _NUMBERED.sub("", text.strip()).strip(_PUNCTUATION)
    return is_blank(bare) or bare in _NOT_HERE


def is_explained(text: str) -> bool:
    """Tell whether a 偏差原因 explains anything: 「/」, 「无」, 「0」, 「—」, 「。」 and blank do not."""
    return not is_blank(text) and text.strip(_PUNCTUATION) not in _NO_REASON


@dataclass(frozen=True, slots=True)
class Reading:
    """What one indicator's texts say; depends on nothing else, so it is read once per change of the row.

    Rows of the same ``identity`` (二级指标 and 三级指标 without white space) are the same indicator.
    """

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
    identity: tuple[str, str]


@lru_cache(maxsize=4096)
def read_row(indicator: Indicator, year: int) -> Reading:
    """Read an indicator of a form of that year."""
    target = read(indicator.target, year=year)
    placeholders = tuple(key for key in TEXT_CELLS if is_placeholder(getattr(indicator, key)))
    named = not _names_nothing(indicator.name) and "name" not in placeholders
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
        begun=named or not all(map(is_blank, (indicator.target, indicator.actual, indicator.weight, indicator.score))),
        identity=("".join(indicator.level2.split()), "".join(indicator.name.split())),
    )


@dataclass(frozen=True, slots=True, eq=False)  # made once per change of the row, compared and cached by identity
class Row:
    """One indicator row: its texts, what they say, and its score; ``weight`` is ``None`` when blank or unreadable.

    ``template`` and ``year`` are those of its form: with them a row is all that a check of rows may look at.
    """

    template: Template
    year: int
    index: int
    indicator: Indicator
    reading: Reading
    score: Score
    weight: Decimal | None

    @property
    def policy(self) -> Policy:
        """The parameters of the template's policy."""
        return self.template.policy

    @property
    def columns(self) -> frozenset[str]:
        """The keys of the indicator columns that the form prints."""
        return columns_of(self.template)

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

    def rescore(self, changed: Indicator) -> Score:
        """Score the row as a fix would leave it, with the 分值 that its form gives it."""
        weight = "" if self.weight is None else plain(self.weight)
        return score_indicator(replace(changed, weight=weight), row=self.index, year=self.year, policy=self.policy)

    def keeps_points(self, changed: Indicator) -> bool:
        """Tell whether the row changed by a fix would not lose points that nobody has explained."""
        if self.reading.explained or self.weight is None or lost(self):
            return True
        effective = self.rescore(changed).effective
        return effective is None or effective >= self.weight


@lru_cache(maxsize=64)
def columns_of(template: Template) -> frozenset[str]:
    """Return the keys of the indicator columns that a template prints."""
    return frozenset(template.indicator_columns)


@lru_cache(maxsize=4096)
def make_row(template: Template, year: int, index: int, indicator: Indicator, score: Score) -> Row:
    """Read an indicator for the checks, with the score it has; kept, because a keystroke changes one row of many."""
    return Row(template, year, index, indicator, read_row(indicator, year), score, score.weight)


def lost(row: Row) -> Decimal:
    """Return the points a row lost, 0 when none or not known: a typed 得分 that is no number or negative says nothing."""
    stated = row.score.stated_value
    unreadable = not is_blank(row.indicator.score) if stated is None else stated < 0
    if row.weight is None or row.score.effective is None or unreadable:
        return Decimal(0)
    return max(row.weight - row.score.effective, Decimal(0))
