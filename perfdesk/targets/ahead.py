"""What the words in front of a number say: a limit (至少全年完成), a plan (力争达到), a rank (全市前), how often (每月).

Takes and gives half-width text without blanks; the number itself is read elsewhere.
"""

from __future__ import annotations

import re
from typing import Final

from perfdesk.targets.units import family_of
from perfdesk.targets.values import Family

_NEGATED: Final = re.compile(r"(?:不|未|没有|不能|不得|不应|不可|不要)$")
_PLANNED: Final = re.compile(r"(?:应|需|须|要|力争|争取|确保|保证|努力)$")
_RANK: Final = re.compile(r"(?:^|[省市县区国名位列入]|排名)前$")
_TERM: Final = re.compile(r"(?:期限|时限|周期|工期|服务期|有效期|时间)[:为是]?$")
_LIMIT: Final = re.compile(
    r"(?P<sign>至少|最少|不少于|不低于|不超过|最多)"
    r"(?:全年|每年|每个?月|每个?季度|每周|完成|开展|组织|举办|召开|办理|培训|调解|新增|建设)+$"
)
# 每月1次, 每人每月200元, 每个季度至少开展2场: what the number is counted by.
_BY: Final = "季度|季|半年|月|周|星期|天|日|人|件|案|例|户|村|镇|乡镇|街道|社区|所|班|次|期|场|名"
_EACH: Final = re.compile(rf"(?P<each>(?:每个?(?:{_BY}))+)(?:至少|完成|开展|举办|组织|召开|补助|补贴)*$")
_EACH_ONE: Final = re.compile(rf"每个?(?P<by>{_BY})")
_NOT_COUNTED: Final = frozenset({Family.TIME, Family.WORKDAY, Family.MONTH, Family.RATIO, Family.NONE, Family.OTHER})


def limit_ahead(front: str) -> str:
    """Return the sign that stands before what is to be done: 至少 of 「至少全年完成」, ``""`` when there is none."""
    limit = _LIMIT.search(front)
    return limit["sign"] if limit else ""


def is_negated(front: str) -> bool:
    """Tell whether the words turn the sign behind them round: 不能 before 超过."""
    return _NEGATED.search(front) is not None


def is_planned(front: str) -> bool:
    """Tell whether 达到 behind these words is a plan and no result: 力争, 应, 确保."""
    return _PLANNED.search(front) is not None


def is_rank(front: str) -> bool:
    """Tell whether the number is a place in an order: 前3名, 全市前5名."""
    return _RANK.search(front) is not None


def names_a_term(front: str) -> bool:
    """Tell whether the words name a length of time: 工期, 服务期限：."""
    return _TERM.search(front) is not None


def counted_by(unit: str, front: str) -> tuple[str, str]:
    """Move 每月 from the words in front into the unit, and return both: 次 behind 每月 -> 次/月, 元 behind 每人每月 -> 元/人/月.

    Lengths of time, shares and units nobody knows are counted by nothing.
    """
    each = _EACH.search(front)
    if each is None or "/" in unit or family_of(unit) in _NOT_COUNTED:
        return unit, front
    per = "/".join(_EACH_ONE.findall(each["each"]))
    whole = f"{unit}元" if unit in {"万", "亿"} else unit
    return f"{whole}/{per}", front[: each.start()] + front[each.end("each") :]
