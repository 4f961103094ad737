"""指标值 (target) and 完成值 (actual): from the text a clerk typed to a typed value, and back.

``read`` never raises and never loses text. This package knows no forms, no weights and no scores; it says what a text means,
not whether that is good.

Worked examples (form of 2024):

    ≥70件                     COUNT ≥ 70 件            =100%             RATIO = 100
    ≤10万元                   MONEY ≤ 100000 (元)      70余件次            COUNT about 70 件次
    2024年12月31日前           DATE ≤ 2024-12-31        ≤12.31日          DATE ≤ 2024-12-31
    ≤15个工作日                DURATION ≤ 15            60天内             DURATION ≤ 60
    400-500人                 RANGE 400 … 500          高于80%            RATIO > 80
    优, 显著提升, 应审尽审        LEVEL (WORDING)          达成预期指标         LEVEL (ACHIEVED)
    满意度                    TEXT, is_only_a_name     4000元/月           MONEY 4000, unit 元/月
    每月不少于1次              COUNT ≥ 1 次/月           次年1月底前          DATE ≤ 2025-01-31
    三分之二以上               RATIO ≥ 66.6667          半年内              DURATION ≤ 0.5 年
    ≥80%且≤90%               RANGE 80 … 90           降至5%              RATIO ≤ 5, reached
"""

from perfdesk.targets.comparing import comparable, counted_alike, number_in, number_like, same_family, same_unit
from perfdesk.targets.parts import QUALITATIVE, SIGNS, Parts, join_target, split_target
from perfdesk.targets.reading import is_only_a_name, numbers_in, read, says_nothing_happened, unit_in_name
from perfdesk.targets.standards import Standard, StandardKind, needs_weight, read_standard
from perfdesk.targets.units import family_of
from perfdesk.targets.values import Comparator, Day, Family, Kind, Level, Value
from perfdesk.targets.writing import format_value

__all__ = [
    "QUALITATIVE",
    "SIGNS",
    "Comparator",
    "Day",
    "Family",
    "Kind",
    "Level",
    "Parts",
    "Standard",
    "StandardKind",
    "Value",
    "comparable",
    "counted_alike",
    "family_of",
    "format_value",
    "is_only_a_name",
    "join_target",
    "needs_weight",
    "number_in",
    "number_like",
    "numbers_in",
    "read",
    "read_standard",
    "same_family",
    "same_unit",
    "says_nothing_happened",
    "split_target",
    "unit_in_name",
]
