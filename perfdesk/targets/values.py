"""What a 指标值 (target) or 完成值 (actual) can be: the types only, no reading and no comparing.

A ``Value`` always carries the text as it was typed; everything else is what could be read from it.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from decimal import Decimal


class Kind(StrEnum):
    """种类 (kind) of a value; the value of each member is its word for a finding's sentence."""

    BLANK = "空白"
    COUNT = "数量"  # 20件, 3, 1次
    MONEY = "金额"  # 10万元, 4000元/月
    RATIO = "百分比"  # 98.46%
    DURATION = "时长"  # 15个工作日, 60天内
    DATE = "日期"  # 2024年12月31日前, 年底前
    RANGE = "区间"  # 400-500人, 60%-80%
    LEVEL = "定性"  # 优, 达成预期指标, 显著提升
    TEXT = "文字"  # anything else


class Comparator(StrEnum):
    """比较符 (comparator); the value of each member is how it is printed."""

    GE = "≥"
    GT = ">"
    LE = "≤"
    LT = "<"
    EQ = "="
    NONE = ""


class Level(StrEnum):
    """定性档次 (level) of a qualitative value, 财预〔2020〕10号 (待核): three bands, or a wording that names no band."""

    ACHIEVED = "达成"  # 达成年度指标, 完成, 是; also a condition that is said to hold: 按时完成, 不超出预算
    PARTLY = "部分达成"  # 部分达成年度指标并具有一定效果
    NOT = "未达成"  # 未达成年度指标且效果较差
    WORDING = "表述"  # 优, 非常满意, 显著提升, 应审尽审


class Family(StrEnum):
    """单位类 (unit family): numbers of one family can be set against each other, numbers of two families cannot."""

    NONE = ""  # a bare number
    CASE = "件"
    CASE_TIMES = "件次"
    PERSON = "人"
    PERSON_TIMES = "人次"
    TIMES = "次"
    COPY = "份"
    THING = "个"
    HOUSEHOLD = "户"
    MONEY = "元"
    PRICE = "单价"
    RATIO = "%"
    POINTS = "百分点"
    SCORE = "分"
    MULTIPLE = "倍"
    TIME = "天"
    WORKDAY = "工作日"
    MONTH = "月"
    LENGTH = "公里"
    AREA = "平方米"
    WEIGHT = "公斤"
    VOLUME = "立方米"
    OTHER = "其他"


class Day(NamedTuple):
    """时点 (point in time) as typed: parts that were not typed are ``None``.

    Worked example: 「12月底」 is month 12 without year and day; its deadline in 2024 is 2024-12-31.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None

    @property
    def deadline(self) -> date | None:
        """The last day meant, ``None`` while the year is unknown: 2024年 -> 2024-12-31, 2024年2月 -> 2024-02-29."""
        if self.year is None:
            return None
        month = self.month or 12
        last = calendar.monthrange(self.year, month)[1]
        return date(self.year, month, min(self.day or last, last))


@dataclass(frozen=True, slots=True)
class Value:
    """值 (value): a target or an actual, read.

    ``text`` is what was typed, unchanged. ``number`` is in ``unit``, with these exceptions: MONEY is in 元, RATIO in percent
    (98.46), and a multiplier is applied (1.2万人次 -> 12000 人次). RANGE has ``low`` and ``high`` instead. ``unit`` is as
    typed (件次, 万元, 个工作日). ``malformed_sign`` marks ≪ ≫ => =< and signs that contradict each other; ``comparator`` is
    then the one most likely meant. ``approximate`` is 70余, 约50, 100左右. ``rest`` is what stands around the value read:
    「60天内完成，经批准…」 -> 「完成，经批准…」. ``reached`` marks 达98% and 达到98%: ≥ in a target, measured in an actual.
    """

    text: str
    kind: Kind
    comparator: Comparator = Comparator.NONE
    malformed_sign: bool = False
    number: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    unit: str = ""
    family: Family = Family.NONE
    approximate: bool = False
    reached: bool = False
    day: Day | None = None
    level: Level | None = None
    rest: str = ""

    @property
    def date(self) -> date | None:
        """The last day a DATE means, ``None`` for other kinds and while the year is unknown."""
        return None if self.day is None else self.day.deadline

    @property
    def is_condition(self) -> bool:
        """Tell whether the text states a limit instead of a measured value: ``≥95%``, ``=2次``, ``400-500人``, ``60天内``."""
        return (self.comparator is not Comparator.NONE and not self.reached) or self.kind is Kind.RANGE

    @property
    def is_quantity(self) -> bool:
        """Tell whether there is one number to compute with."""
        return self.number is not None
