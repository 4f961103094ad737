"""Comparators as they are printed and typed, in signs and in words; nothing about numbers."""

from __future__ import annotations

import re
from typing import Final

from perfdesk.targets.values import Comparator

_GE, _GT, _LE, _LT, _EQ = Comparator.GE, Comparator.GT, Comparator.LE, Comparator.LT, Comparator.EQ

_WELL_FORMED: Final = {
    _GE: "≥ ≧ >= ⩾ ≮ 大于等于 大于或等于 高于或等于 不低于 不得低于 不少于 不得少于 不小于 不得小于 至少 最少 "
    "达到 应达到 达",
    _GT: "> 大于 高于 超过 多于 超 超出 优于",
    _LE: "≤ ≦ <= ⩽ ≯ 小于等于 小于或等于 低于或等于 不超过 不得超过 不超 未超过 未超 不高于 不得高于 不大于 不多于 至多 最多 "
    "控制在 不晚于 不迟于 不得晚于 不超出 未超出",
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
    _GE: "以上 及以上 之上",
    _LE: "以内 之内 内 以下 及以下 之下 以里",
}

_SIGNS: Final = {word: (comparator, False) for comparator, words in _WELL_FORMED.items() for word in words.split()} | {
    word: (comparator, True) for comparator, words in _MALFORMED.items() for word in words.split()
}
_AFTER: Final = {word: comparator for comparator, words in _SUFFIXES.items() for word in words.split()}
_DIRECTION: Final = {_GE: 1, _GT: 1, _LE: -1, _LT: -1}


def _alternation(words: list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


SIGN_PATTERN: Final = _alternation(list(_SIGNS))
"""Alternation of all signs and words that stand before a number, longest first."""
SUFFIX_PATTERN: Final = _alternation(list(_AFTER))
"""Alternation of the words that stand behind a number and limit it."""


def comparator_of(before: str | None, after: str | None) -> tuple[Comparator, bool]:
    """Return the comparator of a number between ``before`` and ``after``, and whether the sign is malformed.

    The word in front decides: 「超过90%以上」 is >, 「达到90%以上」 is ≥. Two that contradict each other (「≤90%以上」)
    are malformed.
    """
    comparator, malformed = _SIGNS[before] if before else (Comparator.NONE, False)
    suffix = _AFTER[after] if after else Comparator.NONE
    if comparator is Comparator.NONE:
        return suffix, malformed
    contradicts = _DIRECTION.get(suffix, 0) * _DIRECTION.get(comparator, 0) < 0
    return comparator, malformed or contradicts
