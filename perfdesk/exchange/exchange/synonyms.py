"""同义的名称 (synonyms): labels that forms of different provinces print for the same row or cell.

Only in a file that was not written for the form it is read into, and only where a label is none of the form's own and exactly
one of these means the same. Sources: the layouts of published forms
(安徽 本年财政拨款, 四川 总额 and 财政资金, 湖北 项目实施单位, 湖南 项目支出名称 …).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

#: Reduced labels (``match_label``) of one meaning, a line each.
_MEANINGS: Final = tuple(
    frozenset(line.split())
    for line in (
        "年度资金总额 年度财政资金总额 年度预算资金总额 年度预算总额 项目资金总额 预算资金总额 资金总额 总额",
        "当年财政拨款 本年财政拨款 年度财政拨款 当年财政资金 财政拨款 财政资金 本年一般公共预算拨款 一般公共预算拨款",
        "上年结转资金 上年结转 上年结转结余资金 上年结转结余 上年结余结转资金 以前年度结转资金 结转资金",
        "其他资金 其它资金 其他 其它",
        "项目名称 项目支出名称",
        "主管部门 主管部门及代码 主管部门名称 项目主管部门",
        "实施单位 实施单位名称 项目实施单位 项目单位",
        "单位名称 部门名称 部门单位名称 预算单位名称 区级预算单位名称 县级预算单位名称 市级预算单位名称 预算部门名称",
        "填报日期 填表日期 填报时间 填表时间",
        "填表人 填报人",
        "联系电话 电话 联系方式",
        "单位负责人 单位负责人签字 主要负责人 主要负责人签字",
    )
)


def known_as(label: str, known: Mapping[str, object]) -> str:
    """Return the form's own reduced label for a reduced label: itself, or the only one that means the same, else the label.

    ``known_as("本年财政拨款", {"当年财政拨款": 1})`` is 当年财政拨款.
    """
    if label in known:
        return label
    same = [one for meaning in _MEANINGS if label in meaning for one in sorted(meaning) if one in known]
    return same[0] if len(same) == 1 else label
