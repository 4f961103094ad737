"""一级指标 (groups): rows that stand under no group of their own, or read as part of the one above. Weights are in ``points``."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Final

from perfdesk.checks.catalogue import Place, finding
from perfdesk.checks.context import Context
from perfdesk.checks.row import Row
from perfdesk.checks.wording import put
from perfdesk.model import Binding, Block, Finding

_KINDS: Final = (
    ("满意", "满意度指标"),
    ("效益", "效益指标"),
    ("可持续", "效益指标"),
    ("数量", "产出指标"),
    ("质量", "产出指标"),
    ("时效", "产出指标"),
)


def _level1_of(level2: str) -> str:
    """Return the 一级指标 a 二级指标 belongs to, ``""`` when its name does not say (成本 may stand alone)."""
    return next((level1 for word, level1 in _KINDS if word in level2), "")


def level1_missing(context: Context) -> Iterator[Finding]:
    """level1-missing: rows without a 一级指标 whose 二级指标 belongs to another group than the one above.

    Not where the form itself prints that 二级指标 in the group above (湖北: 服务对象满意度指标 under 效益指标).
    """
    if "level1" not in context.columns:
        return
    above = ""
    strays: list[tuple[str, Row]] = []
    for row in context.rows:
        label = row.indicator.level1.strip()
        above = label or above
        meant = "" if label else _level1_of(row.indicator.level2)
        if row.named and meant and meant != above and not _prints(context, above, row.indicator.level2.strip()):
            strays.append((meant, row))
    for meant, run in groupby(strays, key=lambda one: one[0]):
        rows = [row for _, row in run]
        yield _stray_rows(context, meant, rows)


def _prints(context: Context, level1: str, level2: str) -> bool:
    """Tell whether the form itself prints a 二级指标 in that group."""
    return any((one.level1, one.level2) == (level1, level2) for one in context.template.starter)


def prints_group_weights(context: Context) -> bool:
    """Tell whether any label prints its weight: moving rows between groups would then break a sum."""
    return any(one.level1_weight or one.level2_weight for one in context.record.indicators)


def _stray_rows(context: Context, meant: str, rows: list[Row]) -> Finding:
    kinds = "、".join(dict.fromkeys(row.indicator.level2.strip() for row in rows))
    host = next(
        (g for g in context.assessment.groups if g.first <= rows[0].index < g.first + g.count and g.label.strip()), None
    )
    reads = f"读起来像是{host.label.strip()}" if host else "看不出属于哪一类"
    whole = Binding(Block.INDICATORS, "level1", row=rows[0].index, count=rows[-1].index - rows[0].index + 1)
    together = whole.count == len(rows) and not prints_group_weights(context)
    return finding(
        "level1-missing",
        Place(meant, whole),
        title="一级指标空白",
        message=f"{kinds}的一级指标是空的，{reads}。",
        fix=put(f"一级指标填{meant}", whole, meant) if together else None,
    )
