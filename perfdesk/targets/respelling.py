"""Rarer spellings -> the usual ones, before a target is read: 三分之二以上 -> 66.6667%以上, 半年内 -> 0.5年内, 1年2次 -> 每年2次.

Works on half-width text without blanks and rewrites only what can mean one thing; the reader keeps the text as it was typed.
Whether the result is a number, a date or a wording is decided elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from functools import cache
from typing import Final, NamedTuple

from perfdesk.amounts import NUMBER_PATTERN, plain, round_half_up
from perfdesk.targets.numerals import NUMERAL_PATTERN, chinese_number
from perfdesk.targets.signs import LOWER_PATTERN, UPPER_PATTERN
from perfdesk.targets.units import family_of, kind_of, unit_at
from perfdesk.targets.values import Kind

_Match = re.Match[str]


class _Rule(NamedTuple):
    """A spelling: looked for, and its pattern compiled, only when a text has one of the ``marks``."""

    marks: frozenset[str]
    pattern: str
    becomes: str | Callable[[_Match], str]


def _rule(marks: str, pattern: str, becomes: str | Callable[[_Match], str]) -> _Rule:
    return _Rule(frozenset(marks), pattern, becomes)


_compiled: Final = cache(re.compile)


_HUNDRED: Final = Decimal(100)
_STEPS: Final = {"百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
_ZERO_TO_NINE: Final = "〇一二三四五六七八九"
_PLACES: Final = 4
"""A share without end is kept to four decimals of a percent: 1/3 is 33.3333%."""


def _figure(text: str) -> Decimal | None:
    return Decimal(text.replace(",", "").replace(" ", "")) if text[0].isascii() else chinese_number(text)


def _digits(text: str) -> str:
    number = _figure(text)
    return text if number is None else plain(number)


def _share(match: _Match) -> str:
    """四分之三 -> 75%, 2/3 -> 66.6667%; 3/2 is no share of a whole and stays."""
    whole, part = _figure(match["whole"]), _figure(match["part"])
    if whole is None or part is None or not 0 < part <= whole:
        return match[0]
    return f"{plain(round_half_up(part * _HUNDRED / whole, _PLACES))}%"


def _per_mille(match: _Match) -> str:
    return f"{_digits(match['part'])}‰"


def _per_cent(match: _Match) -> str:
    number = _figure(match["part"])
    return match[0] if number is None else f"{plain(number)}%"


def _tenths(match: _Match) -> str:
    """九成五 -> 95%."""
    return f"{_digits(match['tens'])}{_digits(match['ones'])}%"


def _half(match: _Match) -> str:
    """半年 -> 0.5年, 一年半 -> 1.5年, 半月 -> 0.5个月."""
    count = _figure(match["count"]) if match["count"] else Decimal(0)
    unit = "个月" if match["unit"] == "月" else match["unit"]
    return match[0] if count is None else f"{plain(count + Decimal('0.5'))}{unit}"


def _stacked(match: _Match) -> str:
    """1万2千 -> 12000."""
    pairs = (("first", "big"), ("second", "small"))
    return plain(sum((Decimal(match[figure]) * _STEPS[match[step]] for figure, step in pairs), Decimal(0)))


def _calendar_year(match: _Match) -> str:
    """二〇二四年 -> 2024年."""
    return "".join(str(_ZERO_TO_NINE.index(one)) for one in match[0].replace("零", "〇"))


def _numeral(match: _Match) -> str:
    return _digits(match["numeral"])


def _counted(match: _Match) -> str:
    """每月一次 -> 每月1次, 开展三场 -> 开展3场; 完成一批任务 stays, nothing is counted there."""
    unit = unit_at(match.string, match.end())
    ends = unit and _END.match(match.string, match.end() + len(unit))
    return f"{match['front']}{_digits(match['numeral'])}" if ends else match[0]


def _each(match: _Match) -> str:
    """1年2次, 一年不少于2次 -> 每年2次, 每年不少于2次; 1年3个月 is a length of time."""
    unit = unit_at(match.string, match.end())
    is_counted = bool(unit) and kind_of(family_of(unit)) is Kind.COUNT
    return f"每{match['per']}{match['rest']}" if is_counted else match[0]


def _spanned(match: _Match) -> str:
    """90%≤x<95%, ≥80%且≤90%, 介于3次与5次之间 -> 90%-95%, 80%-90%, 3次-5次; ≥95%，≤5天 are two conditions and stay."""
    low, high = _figure(match["low"]), _figure(match["high"])
    unit = match["unit"]
    other = unit_at(match.string, match.end())
    if low is None or high is None or not low < high or (unit and other and unit != other):
        return match[0]
    return f"{match['low']}{unit}-{match['high']}"


_SIGNED: Final = r"[^0-9]{0,12}[0-9]"
_TWO_NUMBERS: Final = re.compile(r"[0-9][^0-9.,]{1,12}[0-9]")
_END: Final = re.compile(r"$|[,;。、(以及之左上余多]")
_ANY: Final = rf"(?:{NUMBER_PATTERN}|{NUMERAL_PATTERN})"
_ONE_TO_NINE: Final = "一二三四五六七八九"
_TERMS: Final = "个?年|个?月|天|个?小时"
_EACH: Final = "年度?|个?月|个?季度|季|半年|周|个?星期|天|日"
_DOING: Final = "完成|开展|举办|组织|召开|达到|共|办理|培训|受理|调解|印发|进行|不少于|不低于|至少|不超过"
_UNIT: Final = r"%|[^\W\d_]{0,3}?"
_MONTH_ENDS: Final = (
    rf"$|[底末初份前内]|[上中下]旬|[以之]前|完成|[二三]?十[{_ONE_TO_NINE}]?[日号]|[{_ONE_TO_NINE}][日号]"
)

#: In this order, each on what the one before left.
_RULES: Final = (
    _rule('“"(【[', r"^[“\"(【\[]([^“”\"()【】\[\]]+)[”\")】\]]$", r"\1"),
    _rule(".、)", rf"^(?:[0-9]{{1,2}}[.、](?![0-9])|\([0-9]{{1,2}}\))(?={_SIGNED})(?!.*[2-9][.、)])", ""),
    _rule("。·", r"(?<=[0-9])[。·](?=[0-9])", "."),
    _rule(".", r"(?<![0-9.])\.(?=[0-9])", "0."),
    _rule("㎡²2米", r"㎡|m²|(?<![a-z])m2(?![0-9])|平米", "平方米"),
    _rule("³3方", r"m³|(?<![a-z])m3(?![0-9])|立方(?![米公])", "立方米"),
    _rule("¥", rf"^¥({NUMBER_PATTERN})(?=$|[,;。(])", r"\1元"),
    # shares of a whole
    _rule("百", r"百分百", "100%"),
    _rule("百", rf"百分之(?P<part>{_ANY})", _per_cent),
    _rule("千", rf"千分之(?P<part>{_ANY})", _per_mille),
    _rule("分", rf"(?P<whole>[二两三四五六七八九十2-9])分之(?P<part>{_ANY})", _share),
    _rule("/", r"(?<![0-9./年月])(?P<part>[1-9])/(?P<whole>10|[2-9])(?=$|[以及(,;。])", _share),
    _rule("成", rf"(?P<tens>[{_ONE_TO_NINE}])成(?P<ones>[{_ONE_TO_NINE}])(?=$|[以左上,。;(])", _tenths),
    # numbers
    _rule("万亿", r"(?P<first>[0-9]{1,4})(?P<big>[万亿])(?P<second>[0-9])(?P<small>[百千万])(?!元)", _stacked),
    _rule("上", r"^上(?=[百千万])", "近"),
    _rule("万", r"(?<=[近约超过于达到])万(?=[余多]?[人件份册元户次名])", "1万"),
    _rule("万", r"(?<=[0-9])万(?=/[^\W\d_])", "万元"),
    _rule("每", r"(?<=元)每(?=人|年|月|天|日|次|件|户|亩|场|期)", "/"),
    _rule("每", r"(?<=元/人)每(?=[年月天日次期])", "/"),
    _rule("来", r"(?<=[十百])来(?=[件次人份场起个名户])", "余"),
    _rule("+", r"(?<=[0-9])\+(?=[^\W\d_])", "余"),
    # lengths of time
    _rule("半", rf"(?P<count>{_ANY})个半(?P<unit>月|小时|星期)", r"\g<count>个\g<unit>半"),
    _rule("半", rf"(?P<count>{_ANY})(?P<unit>{_TERMS})半(?![年月天])", _half),
    _rule("半", rf"(?<![上下前后每大多过/])(?P<count>)半(?P<unit>{_TERMS})", _half),
    # dates
    _rule("全", r"^全年(?=[0-9]{1,2}月?[-~—至到][0-9]{1,2}月)", ""),
    _rule("年", r"二[〇零][〇零一二三四五六七八九]{2}(?=年)", _calendar_year),
    _rule(
        "月", rf"(?<![个每第/十{_ONE_TO_NINE}])(?P<numeral>十[一二]?|[{_ONE_TO_NINE}])(?=月(?:{_MONTH_ENDS}))", _numeral
    ),
    _rule("日号", rf"(?<=月)(?P<numeral>[二三]?十[{_ONE_TO_NINE}]?|[{_ONE_TO_NINE}])(?=[日号])", _numeral),
    _rule("年", r"(?<![0-9.])([12][0-9]年)(?=[0-9]{1,2}月(?!以)|年?[底末])", r"20\1"),
    _rule(".", r"(20[0-9]{2})\.([0-9]{1,2})[-~—至到](20[0-9]{2})\.([0-9]{1,2})(?![0-9.])", r"\1年\2月-\3年\4月"),
    _rule("-~—至到", r"^(20[0-9]{2})[-~—至到](20[0-9]{2})$", r"\1年-\2年"),
    _rule("日号", r"(?<=[日号])(?:\(含[^()]{0,6}\)|[0-9]{1,2}(?:[时点]|:[0-9]{2}))(?=[之以]?前)", ""),
    # how often
    _rule("年月周", rf"^(?:每?[一1])(?P<per>年|个月|周)(?P<rest>(?:{_DOING})?{_ANY})", _each),
    _rule(_ONE_TO_NINE + "十两百千", rf"(?P<front>每个?(?:{_EACH})|{_DOING})(?P<numeral>{NUMERAL_PATTERN})", _counted),
    # two ends
    _rule("-~—–―─〜∼", r"(?:[-~—–]{2}|[〜∼―─])(?=[0-9])", "-"),
    _rule("含", r"(?<=[0-9%])\(含\)(?=[-~—至到])", ""),
)
#: Two numbers, each with its sign.
_SPANS: Final = (
    _rule(
        "≤<≦小",
        rf"^(?P<low>{NUMBER_PATTERN})(?P<unit>{_UNIT})(?:{UPPER_PATTERN})[^0-9<≤≦]{{1,8}}?(?:{UPPER_PATTERN})(?P<high>{NUMBER_PATTERN})",
        _spanned,
    ),
    _rule(
        "≥>≧大",
        rf"^(?P<high>{NUMBER_PATTERN})%?(?:{LOWER_PATTERN})[^0-9>≥≧]{{1,8}}?(?:{LOWER_PATTERN})(?P<low>{NUMBER_PATTERN})(?P<unit>)",
        _spanned,
    ),
    _rule(
        "≥>≧大不",
        rf"(?:{LOWER_PATTERN})(?P<low>{NUMBER_PATTERN})(?P<unit>{_UNIT})(?:[且并,、;]|同时|并且|而)?(?:{UPPER_PATTERN})(?P<high>{NUMBER_PATTERN})",
        _spanned,
    ),
    _rule("介", rf"介于(?P<low>{NUMBER_PATTERN})(?P<unit>{_UNIT})[与和至到-](?P<high>{NUMBER_PATTERN})", _spanned),
)


def respell(narrowed: str) -> str:
    """Return a text in the usual spelling, unchanged when it is usual already. Never raises.

    「三分之二以上」 -> 「66.6667%以上」; 「半年内」 -> 「0.5年内」; 「二〇二四年十二月底前」 -> 「2024年12月底前」; 「1年2次」 ->
    「每年2次」; 「≥80%且≤90%」 -> 「80%-90%」.
    """
    marks = frozenset(narrowed)
    for rule in _RULES + _SPANS if _TWO_NUMBERS.search(narrowed) else _RULES:
        if not marks.isdisjoint(rule.marks):
            narrowed = _compiled(rule.pattern).sub(rule.becomes, narrowed)
    return narrowed
