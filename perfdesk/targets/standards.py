"""评(扣)分标准 (scoring standard) of a goal table: what its sentence says about the score. Reads, never scores.

Wordings in use (芷江县 2024):

    完成值大于等于目标值得满分,完成值小于目标值,指标得分=目标值完成率*指标分值     RATIO
    资金支出控制在预算内得满分,否则不得分                                   ALL_OR_NOTHING
    达到年度指标得满分,部分达到具有一定效果得80%,未达到年度指标,效果差的不得分      LEVELS, 80 %
    达到或超过标准值得满分                                               FULL_WHEN_MET
"""

from __future__ import annotations

import re
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import Final, NamedTuple

from perfdesk.amounts import narrow


class StandardKind(StrEnum):
    """What a recognised sentence says."""

    RATIO = "ratio"  # full when met, else the share that was done
    ALL_OR_NOTHING = "all-or-nothing"
    LEVELS = "levels"  # full, a share for 部分, else nothing
    FULL_WHEN_MET = "full-when-met"  # says nothing about a target that was missed


class Standard(NamedTuple):
    """评分标准, recognised. ``partly`` is the share for 部分达到 in %."""

    kind: StandardKind
    partly: Decimal = Decimal(0)


_FULL: Final = re.compile(r"满分")
_TIMES: Final = r"[^;。]{0,6}?[*×xX乘][^;。]{0,6}?"
_RATIO: Final = re.compile(rf"完成[率比]{_TIMES}分|分值?{_TIMES}完成[率比]|按(?:完成)?比例(?:得|计)?分")
_NOTHING: Final = re.compile(r"(?:否则|不然|超出|超过|未达到|反之)[^;。]{0,10}?(?:不得分|得0分|计0分|记0分)")
_PARTLY: Final = re.compile(r"部分(?:达到|达成|完成|实现)[^;。]*?(\d{1,3}(?:\.\d+)?)%")
_MET: Final = re.compile(r"(?:达到|超过|大于等于|大于或等于|不低于|控制在|预算内)[^;。]{0,14}?满分")
_NEEDS_WEIGHT: Final = re.compile(r"分值")


@lru_cache(maxsize=1024)
def read_standard(text: str) -> Standard | None:
    """Recognise a sentence, ``None`` when its sense is not certain; then it changes nothing. Never raises."""
    bare = "".join(narrow(text).split()).replace("，", ",")
    if not _FULL.search(bare):
        return None
    partly = _PARTLY.search(bare)
    if partly and Decimal(partly[1]) <= 100:
        return Standard(StandardKind.LEVELS, Decimal(partly[1]))
    if _RATIO.search(bare):
        return Standard(StandardKind.RATIO)
    if _NOTHING.search(bare) and not partly and "扣" not in bare:
        return Standard(StandardKind.ALL_OR_NOTHING)
    return Standard(StandardKind.FULL_WHEN_MET) if _MET.search(bare) and bare.endswith("满分") else None


def needs_weight(text: str) -> bool:
    """Tell whether a sentence multiplies by 分值, so that it cannot be applied on a form without any."""
    return _NEEDS_WEIGHT.search(text) is not None
