"""标签 (labels): the printed words beside and above the cells of a form, and when two of them mean the same.

The one place that knows how labels are compared, for the exchange format and for the tables of Word and Excel files alike. It
knows no form: what a form's own labels are, the caller says.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Final

MAX_LABEL: Final = 60
"""Characters of a text at the most that can be a label; a longer one is what somebody wrote."""

_IGNORED: Final = {ord(one): None for one in "()[]{}〔〕【】「」『』《》〈〉:"}
_BRACKETED: Final = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】|〔[^〔〕]*〕")
_NUMBERED: Final = re.compile(
    r"^(?:[*★]|\d{1,2}[.、](?!\d)|[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十\d]{1,3}\))+"
)
_SIGNED: Final = re.compile(r"^\s*[①-⑳⑴-⒇⒈-⒛㈠-㈩❶-❿➀-➉Ⅰ-Ⅻⅰ-ⅻ]\s*[.、．]?\s*")
_FIGURES: Final = re.compile(r"\d+|(?<![A-Z])[NX](?![A-Z])|_+")
_WORD: Final = re.compile(r"[^\W\d_]")
_DASHES: Final = {ord(one): "-" for one in "—–‐‑−－~～至"}

#: Reduced labels (``match_label``) of one meaning, a line each. Sources: the layouts of published forms
#: (安徽 本年财政拨款, 四川 总额 and 财政资金, 湖北 项目实施单位, 湖南 项目支出名称 …).
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


def match_label(text: str) -> str:
    """Reduce a printed label to what is compared: NFKC, without white space, colons, 「其中」 and brackets.

    ``match_label("其中：当年财政拨款 ")`` is 「当年财政拨款」, ``match_label("单位(盖章)")`` is 「单位盖章」.
    """
    return _reduced("".join(unicodedata.normalize("NFKC", text).split()))


def _reduced(tight: str) -> str:
    return tight.translate(_IGNORED).replace("其中", "")


def known_as(label: str, known: Mapping[str, object]) -> str:
    """Return the form's own reduced label for a reduced label: itself, or the only one that means the same, else the label.

    ``known_as("本年财政拨款", {"当年财政拨款": 1})`` is 当年财政拨款.
    """
    if label in known:
        return label
    same = [one for meaning in _MEANINGS if label in meaning for one in sorted(meaning) if one in known]
    return same[0] if len(same) == 1 else label


#: Headings and labels that only tables of Word and Excel files show otherwise, a line each; the first word stands for all.
_PRINTED: Final = tuple(
    line.split()
    for line in (
        "一级指标 一级指标名称 一级",
        "二级指标 二级指标名称 二级",
        "三级指标 三级指标名称 指标名称 三级 绩效指标名称 具体指标 三级指标内容",
        "年度指标值 指标值 目标值 年初目标值 年初指标值 年度目标值 预期指标值 预期目标值 计划指标值 绩效目标值 计划完成值 预期值",
        "实际完成值 完成值 全年完成值 实际值 实际完成指标值 全年实际完成值 实际完成情况值 指标完成值 年度完成值 实际完成数",
        "分值 权重 指标分值 权重分值 分数 指标权重 标准分 满分",
        "得分 自评得分 自评分 评分 实际得分 自评分数 指标得分",
        (
            "偏差原因分析及改进措施 未完成原因分析 偏差原因分析与改进措施 偏差原因及改进措施 未完成原因及改进措施 "
            "未完成原因和改进措施 未完成原因分析及改进措施 偏差原因分析和改进措施 偏差原因 偏差分析及改进措施 原因分析 "
            "偏差原因分析 未达标原因分析 未达标原因分析及改进措施 扣分原因 扣分原因及改进措施 偏差原因分析及整改措施"
        ),
        "备注 说明 备注说明",
        "年初预算数 年初预算 年初预算金额 年初批复数 年初预算安排数",
        "全年预算数 全年预算 调整预算数 预算数 调整后预算数 全年预算安排数 预算调整数",
        "全年执行数 执行数 全年支出数 实际执行数 实际支出数 全年实际执行数 支出数",
        "执行率 预算执行率 执行率%",
        "预期目标 年初设定目标 年初目标 年度预期目标 预期绩效目标 年初绩效目标 年度绩效目标 年度总体目标 总体目标 绩效目标",
        (
            "实际完成情况 目标实际完成情况 年度目标完成情况 全年实际完成情况 目标完成情况 年度完成情况 全年完成情况 "
            "全年目标实际完成情况 年度总体目标完成情况 总体目标完成情况 绩效目标完成情况 年度绩效目标完成情况 年度目标实际完成情况"
        ),
        "年度资金总额 合计 总计 年度部门预算总额 部门预算总额 资金合计",
        "总分 合计 总计 小计 总得分 自评总分",
        "自评结论 自评总结论 评价结论 自评结果 综合评价结论 总体评价",
        "联系人 联络人 项目联系人",
        "填报单位 单位 填表单位 编报单位 填报单位盖章 单位盖章",
        "公开网址 网址 公开地址 公开网站 公开链接 公开网址链接",
        "指标类型 指标性质 指标符号 运算符号",
        "计量单位 度量单位 指标单位 单位",
        "指标解释 指标内容 指标说明 指标解释说明 指标含义",
        "评扣分标准 评分标准 扣分标准 评分规则 计分标准 评分细则",
        "全年预计完成情况 预计完成情况 全年预计完成值",
        "完成目标可能性 目标完成可能性",
    )
)


@lru_cache(maxsize=1)
def _meanings() -> Mapping[str, frozenset[str]]:
    """Reduced label -> all labels that may mean the same; a label of two meanings has those of both."""
    found: dict[str, frozenset[str]] = {}
    for group in (*_MEANINGS, *map(frozenset, _PRINTED)):
        for label in group:
            found[label] = found.get(label, frozenset()) | group
    return MappingProxyType(found)


def alike(label: str) -> frozenset[str]:
    """Return every reduced label that forms print for the same thing, the label among them."""
    return _meanings().get(label, frozenset((label,)))


@lru_cache(maxsize=32_768)
def label_forms(text: str) -> tuple[str, ...]:
    """Return what a printed label may be known by, the closest first; nothing for a text too long for a label.

    Reduced as :func:`match_label` does; without its number and the sign of a required field; without what stands in brackets;
    with its figures as ``#``. ``label_forms("1.项目资金（万元）")`` is 1.项目资金万元, 项目资金万元, 项目资金;
    ``label_forms("1—6月执行数")`` ends in 「#-#月执行数」.
    """
    if len(text) > 2 * MAX_LABEL:
        return ()
    tight = "".join(unicodedata.normalize("NFKC", _SIGNED.sub("", text)).split())
    if len(tight) > MAX_LABEL or not tight:
        return ()
    plain = _NUMBERED.sub("", tight) or tight
    bare = _reduced(_BRACKETED.sub("", plain))
    figured = _FIGURES.sub("#", bare.translate(_DASHES))
    found = dict.fromkeys((_reduced(tight), _reduced(plain), bare, *([figured] if _WORD.search(figured) else [])))
    found.pop("", None)
    return tuple(found)
