"""Units of measure (计量单位) as the forms use them, sorted into families with exact factors; no reading of texts."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from perfdesk.targets.values import Family, Kind

_ONE: Final = Decimal(1)

# Words of one family are used for the same things; 件 and 件次 are not: 20件 and 70余件次 cannot be compared.
_PLAIN: Final = {
    Family.CASE: "件 案 宗 起 例 案件",
    Family.CASE_TIMES: "件次 案次 件(次) 件/次",
    Family.PERSON: "人 名 位 个人",
    Family.PERSON_TIMES: "人次 人(次) 人/次",
    Family.TIMES: "次 回 趟 场 场次 场(次) 场/次 次(场) 期 届 轮 班次 批次 遍",
    Family.COPY: "份 册 本 套 张 篇 幅",
    Family.THING: "个 家 处 所 项 条 座 台 辆 支 部 类 种 批 村 社区 站 点 个数 台(套) 台/套 台套 个(处) 间 栋 幢 块 面 盏 根 "
    "项次 家次 只 头 羽 株 棵",
    Family.HOUSEHOLD: "户 户次",
    Family.POINTS: "个百分点 百分点",
    Family.SCORE: "分",
    Family.MULTIPLE: "倍",
}

# Units that convert exactly: word -> factor to the family's base (元, percent, minute, workday, month, metre …).
_SCALED: Final = {
    Family.MONEY: {
        "元": "1",
        "圆": "1",
        "千元": "1000",
        "万元": "10000",
        "万": "10000",
        "亿元": "100000000",
        "亿": "100000000",
        "块钱": "1",
    },
    Family.RATIO: {"%": "1", "百分比": "1", "‰": "0.1", "成": "10"},
    Family.TIME: {
        **dict.fromkeys(("天", "日", "个自然日", "自然日", "日历天", "个日历天"), "1440"),
        **dict.fromkeys(("小时", "个小时", "学时", "课时", "h"), "60"),
        **dict.fromkeys(("周", "个星期", "星期"), "10080"),
        "分钟": "1",
    },
    Family.WORKDAY: dict.fromkeys(("工作日", "个工作日", "工作天", "个工作天"), "1"),
    Family.MONTH: {"月": "1", "个月": "1", "个季度": "3", "年": "12"},
    Family.LENGTH: {"米": "1", "m": "1", **dict.fromkeys(("公里", "千米", "km"), "1000")},
    # The base is a third of a 平方米: 1 亩 is 2000/3 平方米, and every factor must be exact.
    Family.AREA: {"平方米": "3", "亩": "2000", "公顷": "30000", "平方公里": "3000000"},
    Family.WEIGHT: {"斤": "0.5", **dict.fromkeys(("公斤", "千克", "kg"), "1"), "吨": "1000"},
    Family.VOLUME: {"立方米": "1", "方": "1"},
}

FAMILIES: Final = {word: family for family, words in _PLAIN.items() for word in words.split()} | {
    word: family for family, words in _SCALED.items() for word in words
}
FACTORS: Final = {word: Decimal(factor) for words in _SCALED.values() for word, factor in words.items()}

# Characters that make another word of a unit: 一次性, 3个人民调解委员会, 5年度; 万 and 亿 alone are read as multipliers.
_NOT_BEFORE: Final = {
    "个人": "民员",
    "次": "性数",
    "年": "度轻均终检",
    "日": "常均",
    "分": "钟之别贝比点支类",
    "面": "积",
    "块": "钱",
    "头": "脑",
    "种": "植类",
    "方": "面案式法便针",
    "根": "据本",
    "间": "接断",
    "米": "粉",
    "成": "立果本员效功",
    "部": "门分",
    "本": "级年科次单",
    "例": "会行",
    "条": "例件",
    "家": "庭",
    "场": "所景",
    "期": "限末间",
    "人": "均民",
    "名": "称",
    "点": "击",
    "m": "ml23²³",
}
_LONGEST: Final = max(map(len, FAMILIES))
_MULTIPLIERS: Final = frozenset({"万", "亿", "万元", "亿元", "千元"})

_KINDS: Final = {
    Family.MONEY: Kind.MONEY,
    Family.PRICE: Kind.MONEY,
    Family.RATIO: Kind.RATIO,
    Family.TIME: Kind.DURATION,
    Family.WORKDAY: Kind.DURATION,
    Family.MONTH: Kind.DURATION,
}
_SPELLINGS: Final = {
    "日": "天",
    "个月": "月",
    "个工作日": "工作日",
    "个小时": "小时",
    "个自然日": "天",
    "自然日": "天",
    "圆": "元",
    "万": "万元",
    "亿": "亿元",
    "块钱": "元",
    "百分比": "%",
    "h": "小时",
    "m": "米",
    "千米": "公里",
    "km": "公里",
    "千克": "公斤",
    "kg": "公斤",
    "方": "立方米",
    "日历天": "天",
    "个日历天": "天",
    "工作天": "工作日",
    "个工作天": "工作日",
    "季": "季度",
    "个季度": "季度",
    "件(次)": "件次",
    "件/次": "件次",
    "人(次)": "人次",
    "人/次": "人次",
    "场(次)": "场次",
    "场/次": "场次",
    "台(套)": "台",
    "台/套": "台",
    "台套": "台",
}


def unit_at(text: str, start: int) -> str:
    """Return the longest known unit that begins at ``start``, ``""`` when none: 件次 in 70余件次, none in 一次性.

    Without the multipliers 千 万 亿, which are read apart from 元.
    """
    for length in range(_LONGEST, 0, -1):
        word = text[start : start + length]
        if word not in FAMILIES or word in _MULTIPLIERS:
            continue
        behind = text[start + length : start + length + 1]
        if not behind or behind not in _NOT_BEFORE.get(word, ""):
            return word
    return ""


def family_of(unit: str) -> Family:
    """Return the family of a unit: 件 -> CASE, 元/月 -> PRICE, 次/年 -> TIMES (a form covers one year), 次/月 -> OTHER."""
    if not unit:
        return Family.NONE
    whole = FAMILIES.get(unit)
    if whole is not None:
        return whole
    base, slash, per = unit.partition("/")
    family = FAMILIES.get(base, Family.OTHER)
    if not slash:
        return family
    if family is Family.MONEY:
        return Family.PRICE
    return family if per == "年" else Family.OTHER


def kind_of(family: Family) -> Kind:
    """Return the kind of a value whose unit is of ``family``; a count unless money, ratio or time."""
    return _KINDS.get(family, Kind.COUNT)


def factor_of(unit: str) -> Decimal:
    """Return how much of the family's base one ``unit`` is: 万元 -> 10000, 周 -> 10080 minutes, 件 -> 1."""
    return FACTORS.get(unit.partition("/")[0], _ONE)


def spelling(unit: str) -> str:
    """Return one spelling for units that mean the same: 个工作日 and 工作日, 日 and 天, 个月 and 月."""
    if unit in _SPELLINGS:
        return _SPELLINGS[unit]
    return "/".join(_SPELLINGS.get(part, part) for part in unit.split("/"))
