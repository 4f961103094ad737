"""Qualitative wordings (定性): texts that name a level (达成, 未达成), that praise (显著提升, 优), that are mere names.

No scoring: what a level is worth is the policy's business. The words themselves are in ``perfdesk.targets.wordings``.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from perfdesk.targets.values import Level
from perfdesk.targets.wordings import CONDITION, DEGREE, EXACT, JUDGEMENTS, NOTHING, RISE, STARTS, STATE

_compiled: Final = cache(re.compile)  # when first asked for: they take as long as reading a hundred targets
_NAME: Final = re.compile(r".*(?:率|度|数|数量|金额|比例|情况|指标|成本|经费)")
_PERIOD: Final = re.compile(r"(?:按|每|分|逐)?(?:个|一)?(?:季度|年度|半年度|月度)")  # 按季度, 每季度: when, not what
_HEAD: Final = re.compile(r"[，。；;,、（(！!]")
_MARKS: Final = "。.！!；;“”\"'"
_LONGEST: Final = 40


def level_of(narrowed: str) -> Level | None:
    """Return the level a text names or praises with, ``None`` when it is no qualitative wording."""
    bare = narrowed.strip(_MARKS)
    head = _HEAD.split(bare, maxsplit=1)[0]  # 「完成，无偏差」 says 完成
    if head in EXACT:
        return EXACT[head]
    for level, start in STARTS:
        pattern = _compiled(start)
        if pattern.match(head) or pattern.match(bare):
            return level
    if _compiled(CONDITION).fullmatch(bare):
        return Level.ACHIEVED
    if any(_compiled(judgement).fullmatch(bare) for judgement in JUDGEMENTS):
        return Level.WORDING
    if len(bare) > _LONGEST or names_only(bare):
        return None
    return Level.WORDING if _compiled(f"{DEGREE}|{RISE}|{STATE}").search(bare) else None


def names_only(narrowed: str) -> bool:
    """Tell whether a text is only the name of an indicator, no value: 满意度, 政府采购执行率; not 提高满意度."""
    return (
        bool(_NAME.fullmatch(narrowed))
        and not _PERIOD.fullmatch(narrowed)
        and not _compiled(f"{DEGREE}|{RISE}").match(narrowed)
    )


def nothing_happened(narrowed: str) -> bool:
    """Tell whether a text says that nothing of the kind happened: 零投诉, 未发生, 无安全事故, 0."""
    return bool(_compiled(NOTHING).fullmatch(narrowed.strip(_MARKS)))
