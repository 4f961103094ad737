"""Qualitative wordings (定性): texts that name a level (达成, 未达成), that praise (显著提升, 优), that are mere names.

Word lists, no scoring: what a level is worth is the policy's business.
"""

from __future__ import annotations

import re
from typing import Final

from perfdesk.targets.values import Level

_WORDS: Final = {
    Level.ACHIEVED: "达成 已达成 全部达成 达标 已达标 全部达标 完成 已完成 全部完成 均已完成 按期完成 按时完成 如期完成 "
    "及时完成 圆满完成 达到预期 符合 符合要求 合规 是 有 已建立 已实现 已落实",
    Level.PARTLY: "部分达成 基本达成 部分完成 基本完成 基本达标 部分达标 基本符合 部分符合",
    Level.NOT: "未达成 未完成 没有完成 未达标 不达标 未实现 不符合 否 未达到预期",
    Level.WORDING: "优 优秀 优良 良 良好 中 中等 差 较差 较好 好 很好 一般 合格 不合格 满意 非常满意 很满意 比较满意 "
    "较满意 基本满意 不满意 及时 有效 长期 长期有效 持续有效 显著 明显 较明显 高 较高 低 较低 规范 安全 稳定",
}
_EXACT: Final = {word: level for level, words in _WORDS.items() for word in words.split()}

# 达成年度指标, 完成预期目标 …; 部分 and 未 in front decide the level.
_SCOPE: Final = r"(?:年度|预期|既定|设定|绩效|年初|全年|各项|工作|任务|计划|政府)*"
_GOAL: Final = rf"了?{_SCOPE}(?:指标|目标|效果|要求|任务|计划|工作|水平|需要)"
_BANDS: Final = (
    (Level.PARTLY, re.compile(rf"(?:部分|基本)(?:达成|达到|完成|实现){_GOAL}")),
    (Level.NOT, re.compile(rf"(?:未|没有|未能)(?:达成|达到|完成|实现){_GOAL}")),
    (Level.ACHIEVED, re.compile(rf"(?:已|全部|均已|全面)?(?:达成|达到|完成|实现){_GOAL}")),
)
# A condition that is said to hold: 各项工作按时完成, 人员、公用经费等不超出预算. It can be answered by 完成 or by 100%.
_CONDITION: Final = re.compile(
    r".{0,24}?(?<![未不])(?:(?:按[时期]|如期|及时|全部|均已|已)完成|[不未]超出?预算|控制在预算[以之]?内)"
)
_EVERY: Final = re.compile(r"应(?P<verb>.)尽(?P=verb)(?:[、，,].*)?|零(?!点)[^\W\d_]{2,4}")
_DEGREE: Final = "不断|显著|明显|持续|长期|逐步|进一步|有效|有所|稳步|大幅|较大|切实|全面|得到|更加|有力|充分"
_RISE: Final = "提升|提高|增强|加强|改善|优化|扩大|推动|推进|促进|降低|减少|维护|完善"
_STATE: Final = "保障|稳定|规范|巩固|深化|增加|改进|回归|获得|创造|实现|保持|和谐|到位"
_WORDING: Final = re.compile(rf"{_DEGREE}|{_RISE}|{_STATE}")
_WORDING_START: Final = re.compile(rf"{_DEGREE}|{_RISE}")
_NAME: Final = re.compile(r".*(?:率|度|数|数量|金额|比例|情况|指标|成本|经费)")
_HEAD: Final = re.compile(r"[，。；;,、（(！!]")
_LONGEST: Final = 40


def level_of(narrowed: str) -> Level | None:
    """Return the level a text names or praises with, ``None`` when it is no qualitative wording."""
    bare = narrowed.strip("。.！!；;“”\"'")
    head = _HEAD.split(bare, maxsplit=1)[0]  # 「完成，无偏差」 says 完成
    if head in _EXACT:
        return _EXACT[head]
    for level, pattern in _BANDS:
        if pattern.match(bare):
            return level
    if _CONDITION.fullmatch(bare):
        return Level.ACHIEVED
    if _EVERY.fullmatch(bare):
        return Level.WORDING
    if len(bare) > _LONGEST or names_only(bare) or not _WORDING.search(bare):
        return None
    return Level.WORDING


def names_only(narrowed: str) -> bool:
    """Tell whether a text is only the name of an indicator, no value: 满意度, 政府采购执行率; not 提高满意度."""
    return bool(_NAME.fullmatch(narrowed)) and not _WORDING_START.match(narrowed)
