"""What bureaus make of printed words: spaces and line breaks inside, full width, other words for the same thing."""

from __future__ import annotations

from typing import Final

SYNONYMS: Final = {
    "项目名称": "项目支出名称",
    "项目支出名称": "项目名称",
    "主管部门": "项目主管部门",
    "实施单位": "项目实施单位",
    "区级预算单位名称": "预算单位名称",
    "单位名称": "部门（单位）名称",
    "年度资金总额": "资金总额",
    "其中：当年财政拨款": "其中：本年财政拨款",
    "上年结转资金": "上年结转",
    "其他资金": "其它资金",
    "年初预算数": "年初预算",
    "全年预算数": "调整后预算数",
    "全年执行数": "实际执行数",
    "执行率": "预算执行率",
    "三级指标": "指标名称",
    "年度指标值": "年度目标值",
    "实际完成值": "全年实际完成值",
    "偏差原因分析及改进措施": "未完成原因和改进措施",
    "未完成原因分析": "偏差原因",
    "预期目标": "年初设定目标",
    "实际完成情况": "年度目标完成情况",
    "年度总体目标": "年度绩效目标",
    "总分": "合计",
    "合计": "总计",
    "自评结论": "自评总结论",
    "填表日期": "填报日期",
    "填报日期": "填表日期",
    "填表人": "填报人",
    "联系电话": "电话",
    "指标解释": "指标说明",
    "评（扣）分标准": "评分标准",
    "计量单位": "度量单位",
    "公开网址": "公开网址链接",
}
FORMULAS: Final = {
    "年初预算数": "（A1）",
    "全年预算数": "（A）",
    "全年执行数": "（B）",
    "执行率": "（B/A×100%）",
    "得分": "（分值×完成率）",
    "分值": "（100分）",
    "年度指标值": "（计划）",
    "实际完成值": "（全年）",
}
_WIDE: Final = {ord(narrow): ord(narrow) + 0xFEE0 for narrow in "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789()%:"}
_NARROW: Final = {ord("（"): "(", ord("）"): ")", ord("："): ":"}


def widened(text: str) -> str:
    """Return the text with full-width letters, digits and signs: 「全年预算数（Ａ）」."""
    return text.translate(_WIDE)


def narrowed(text: str) -> str:
    """Return the text with half-width brackets and colons: 「项目资金(万元)」."""
    return text.translate(_NARROW)


def spaced(text: str) -> str:
    """Pull a short label apart with spaces: 「绩 效 指 标」, 「得　分」."""
    if len(text) == 2:
        return f"{text[0]}　{text[1]}"
    return " ".join(text) if len(text) <= 6 else text


def broken(text: str) -> str:
    """Break a label in an odd place: 「年度总\n体目标」."""
    if len(text) < 4:
        return text
    middle = len(text) // 2
    return f"{text[:middle]}\n{text[middle:]}"


def numbered(text: str) -> str:
    """Put a number before a label: 「③分值」."""
    return "①②③④⑤⑥⑦⑧"[len(text) % 8] + text if text else ""


def with_formula(text: str) -> str:
    """Say in brackets how a figure comes about: 「执行率（B/A×100%）」."""
    return text + FORMULAS.get(text, "")


def spelt(year: int) -> str:
    """Write a year in Chinese: 二〇二〇."""
    return "".join("〇一二三四五六七八九"[int(one)] for one in str(year))


def stood_up(text: str) -> str:
    """Write a side label downwards, a character on each line: 「绩\n效\n指\n标」."""
    return "\n".join(text)


def other_word(label: str) -> str:
    """Return what another bureau calls it, with what stands in brackets behind it."""
    for cut in ("（", "("):
        head, bracket, tail = label.partition(cut)
        if head in SYNONYMS and label not in SYNONYMS:
            return SYNONYMS[head] + bracket + tail
    return SYNONYMS.get(label, label)
