"""Comparators as they are printed and typed, in signs and in words; nothing about numbers."""

from __future__ import annotations

import re
from typing import Final

from perfdesk.targets.values import Comparator

_GE, _GT, _LE, _LT, _EQ = Comparator.GE, Comparator.GT, Comparator.LE, Comparator.LT, Comparator.EQ

_WELL_FORMED: Final = {
    _GE: "≥ ≧ >= ⩾ ≮ 大于等于 大于或等于 大于、等于 高于等于 高于或等于 多于等于 多于或等于 达到或超过 达到或高于 不低于 "
    "不得低于 不应低于 不能低于 不少于 不得少于 不应少于 不能少于 不小于 不得小于 至少 最少 最低 起码 下限 达到 应达到 达 "
    "达到了 高达 提高到 提高至 提升到 提升至 增加到 增加至 增长到 增长至 上升到 上升至 升至 扩大到",
    _GT: "> 大于 高于 超过 多于 超 超出 优于 逾 突破",
    _LE: "≤ ≦ <= ⩽ ≯ 小于等于 小于或等于 小于、等于 低于等于 低于或等于 少于等于 少于或等于 不超过 不得超过 不应超过 不能超过 "
    "不超 未超过 未超 不高于 不得高于 不应高于 不能高于 未高于 不大于 不多于 不突破 不得突破 未突破 至多 最多 最高 上限 控制在 "
    "控制到 不晚于 不迟于 不得晚于 不超出 未超出 降到 降至 降低到 降低至 下降到 下降至 减少到 减少至 压减到 压减至 压缩到 压缩至",
    _LT: "< 小于 低于 少于 不到 不足 不满 早于",
    _EQ: "= 等于",
}
# A wrong sign is read as the one it was most likely meant to be, and flagged.
_MALFORMED: Final = {
    _GE: "≫ => >> =≥ ≥= 》= ≥≥ =>=",
    _GT: "》 〉 ›",
    _LE: "≪ =< << =≤ ≤= 《= ≤≤ =<=",
    _LT: "《 〈 ‹",
    _EQ: "==",
}
_SUFFIXES: Final = {
    _GE: "以上 及以上 之上 或以上 含以上 或更高 或更多",
    _LE: "以内 之内 内 以下 及以下 之下 以里 或以下 含以下 或更低 或更少 封顶 为限",
}

_SIGNS: Final = {word: (comparator, False) for comparator, words in _WELL_FORMED.items() for word in words.split()} | {
    word: (comparator, True) for comparator, words in _MALFORMED.items() for word in words.split()
}
_AFTER: Final = {word: comparator for comparator, words in _SUFFIXES.items() for word in words.split()}
_DIRECTION: Final = {_GE: 1, _GT: 1, _LE: -1, _LT: -1}


def _alternation(words: list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_REACHED_WORDS: Final = (
    "达 达到 达到了 高达 提高到 提高至 提升到 提升至 增加到 增加至 增长到 增长至 上升到 上升至 升至 扩大到 "
    "降到 降至 降低到 降低至 下降到 下降至 减少到 减少至 压减到 压减至 压缩到 压缩至"
)
REACHED: Final = frozenset(_REACHED_WORDS.split())
"""Words that ask for a limit in a target and report a figure in an actual: 达到98%, 降至5%."""

SIGN_PATTERN: Final = _alternation(list(_SIGNS))
"""Alternation of all signs and words that stand before a number, longest first."""
LOWER_PATTERN: Final = _alternation([word for word, (sign, _) in _SIGNS.items() if sign in {_GE, _GT}])
"""Alternation of the signs and words that set a lower limit."""
UPPER_PATTERN: Final = _alternation([word for word, (sign, _) in _SIGNS.items() if sign in {_LE, _LT}])
"""Alternation of the signs and words that set an upper limit."""
_INCLUSIVE: Final = r"(?:\(含[^()]{0,6}\))?"
SUFFIX_PATTERN: Final = rf"{_INCLUSIVE}(?:{_alternation(list(_AFTER))})"
"""Pattern of the words that stand behind a number and limit it: 以上, (含)以上, 以内."""


def comparator_of(before: str | None, after: str | None) -> tuple[Comparator, bool]:
    """Return the comparator of a number between ``before`` and ``after``, and whether the sign is malformed.

    The word in front decides: 「超过90%以上」 is >, 「达到90%以上」 is ≥. Two that contradict each other (「≤90%以上」)
    are malformed.
    """
    comparator, malformed = _SIGNS[before] if before else (Comparator.NONE, False)
    suffix = _AFTER[after.rpartition(")")[2]] if after else Comparator.NONE
    if comparator is Comparator.NONE:
        return suffix, malformed
    contradicts = _DIRECTION.get(suffix, 0) * _DIRECTION.get(comparator, 0) < 0
    return comparator, malformed or contradicts
