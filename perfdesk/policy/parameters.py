"""The parameters of a policy, one line each: key in the file, field of :class:`Policy`, Chinese label, kind of value.

A file that does not know a key is refused with the nearest one; a key that no file gives is missing. Nothing is read here.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Final, NamedTuple

from perfdesk.policy.kinds import Ceilings, Choice, Kind, Names, Number, Scale, Share, Weights
from perfdesk.policy.types import CostRule, OverRule, Reach, ReverseFormula, TypedScores

_PERCENT: Final = Decimal(100)
_POINTS: Final = Number("分", Decimal(1000))
_RATE: Final = Number("%", Decimal(10_000))


class Known(NamedTuple):
    """One parameter. ``section`` and ``name`` make its key: ``execution.explain_below``."""

    section: str
    name: str
    field: str
    label: str
    kind: Kind

    @property
    def key(self) -> str:
        """The key as it is written: 「execution.explain_below」."""
        return f"{self.section}.{self.name}"


KNOWN: Final = (
    Known("weights", "total", "total_weight", "总分", _POINTS),
    Known("weights", "budget", "budget_weight", "预算执行率的分值（表上另填的以表为准）", _POINTS),
    Known("weights", "groups", "group_weights", "一级指标的分值", Weights()),
    Known("execution", "explain_below", "rate_floor", "执行率低于它须说明", Number("%", _PERCENT)),
    Known(
        "execution",
        "cap",
        "rate_capped",
        "执行率超过 100% 时的得分",
        Choice({True: "不超过分值", False: "照算，可超过分值"}),
    ),
    Known("execution", "ceilings", "ceilings", "总分封顶", Ceilings()),
    Known("budget", "explain_change", "budget_change_share", "全年预算与年初预算相差超过它须说明", _RATE),
    Known("budget", "most_in_wan", "most_in_wan", "万元的表，总额达到它像是按元填的", Number("万元")),
    Known("budget", "least_in_yuan", "least_in_yuan", "元的表，总额不足它像是按万元填的", Number("元")),
    Known("quantitative", "explain_over", "over_limit", "完成值超过指标值多少须说明", _RATE),
    Known(
        "quantitative",
        "explain_over_zero_target",
        "over_limit_zero_target",
        "指标值为 0 时，完成值多少须说明",
        Number("（单位同指标值）"),
    ),
    Known(
        "quantitative",
        "explain_reach",
        "reach",
        "正好等于上两条的界限时",
        Choice({Reach.OVER: "不算超额", Reach.FROM: "算超额"}),
    ),
    Known(
        "quantitative",
        "over",
        "over",
        "超额时的得分",
        Choice(
            {
                OverRule.KEEP: "满分",
                OverRule.DEDUCT: "从分值里扣分",
                OverRule.MANUAL: "不算分，由填报人填",
                OverRule.VOID: "数量指标不得分，没有完成也不得分",
            }
        ),
    ),
    Known("quantitative", "over_points", "over_points", "超额扣几分（只在扣分时用）", _POINTS),
    Known(
        "quantitative",
        "reverse",
        "reverse",
        "反向指标没有达到时",
        Choice(
            {
                ReverseFormula.A: "A：（1 − 超出比例）× 分值",
                ReverseFormula.B: "B：指标值 ÷ 完成值 × 分值",
            }
        ),
    ),
    Known(
        "quantitative",
        "cost",
        "cost",
        "成本指标超支时",
        Choice({CostRule.FORMULA: "按反向指标算", CostRule.NOTHING: "不得分"}),
    ),
    Known("qualitative", "achieved", "achieved", "定性：达成", Share()),
    Known("qualitative", "partly", "partly", "定性：部分达成", Share()),
    Known("qualitative", "missed", "missed", "定性：未达成", Share()),
    Known(
        "rounding",
        "typed",
        "typed",
        "手填得分多于两位小数时",
        Choice({TypedScores.ROUND: "四舍五入", TypedScores.TRUNCATE: "截去"}),
    ),
    Known("grades", "scale", "grades", "等级", Scale()),
    Known("rows", "heavy", "heavy_row", "一行分值超过它提示拆分", _POINTS),
    Known("rows", "vague_share", "vague_share", "笼统措辞占定性指标值超过它提示", Number("%", _PERCENT)),
    Known("rows", "vague_least", "vague_least", "并且不少于", Number("项")),
    Known("rows", "required_kinds", "required_kinds", "必须有的指标", Names()),
    Known("last_year", "lowered", "target_lowered", "指标值比上年降低超过它须说明", _RATE),
    Known("last_year", "result_over", "last_result_over", "上年完成值超过本年指标值多少须说明", _RATE),
    Known("last_year", "weight_moved", "weight_moved", "分值与上年相差超过它提示", _POINTS),
)
BY_KEY: Final[Mapping[str, Known]] = MappingProxyType({one.key: one for one in KNOWN})
SECTIONS: Final = tuple(dict.fromkeys(one.section for one in KNOWN))
