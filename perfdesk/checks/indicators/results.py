"""指标值与完成值 (targets and actuals), row by row: left out, not measured, not comparable, above 100 %. Costs are in ``costs``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from perfdesk.amounts import plain
from perfdesk.checks.catalogue import Figures, finding
from perfdesk.checks.indicators.achievement import kinds_differ
from perfdesk.checks.row import Row
from perfdesk.checks.wording import quote, typed
from perfdesk.model import Finding
from perfdesk.scoring import answered_by_nothing, counts_unwanted
from perfdesk.targets import Comparator, Family, Kind, Level, Value, is_only_a_name

_REACHED: Final = re.compile(r"(?:应)?达(?:到)?")
_MORE: Final = re.compile(r"以[上下内]|之[上下内]")
_DIGIT: Final = re.compile(r"[0-9０-９一二两三四五六七八九十百千万零]")
#: Rates that may well pass 100 %: what was done against what was planned, growth, cost against its norm.
_MAY_EXCEED: Final = re.compile(r"完成|增长|增幅|增加|提高|提升|超额|执行率|控制率|进度|利用率|投入|比上年|同比")
_IS_RATE: Final = re.compile(r"满意|率|覆盖面|占比|比例|比重")


def target_missing(row: Row) -> Iterator[Finding]:
    """target-missing: 分值 above 0, but 年度指标值 is blank or only an indicator's name (满意度)."""
    if (
        "target" not in row.columns
        or not row.weight
        or row.weight < 0
        or not (row.named or row.indicator.actual.strip())
    ):
        return
    points = f"分值 {plain(row.weight)}"
    if row.target.text.strip() == "无" and counts_unwanted(row.indicator.name):
        return  # none of it is the target
    if row.target.kind is Kind.BLANK:
        message = f"{points}，年度指标值是空的，没有可比的数。请填批复的指标值。"
        yield finding("target-missing", row.place("target"), title="没有填年度指标值", message=message)
    elif is_only_a_name(row.target):
        message = f"年度指标值填的是{quote(row.target.text)}，只是指标名，没有值。请填批复的指标值，如 ≥95%。"
        figures = Figures(row.target.text.strip())
        yield finding("target-missing", row.place("target"), title="年度指标值不是值", message=message, figures=figures)


def actual_missing(row: Row) -> Iterator[Finding]:
    """actual-missing: 实际完成值 is blank on a row with 分值 and 年度指标值. 「无」 answers a target that nothing should happen."""
    if "actual" not in row.columns:
        return
    if row.actual.kind is not Kind.BLANK or row.target.kind is Kind.BLANK or not row.weight:
        return
    if row.actual.text.strip() == "无" and row.reading.reverse:
        return
    message = f"年度指标值是{quote(row.target.text)}，实际完成值是空的，算不出得分。请填实际完成的数。"
    yield finding("actual-missing", row.place("actual"), title="没有填实际完成值", message=message)


def _is_stated_as_limit(actual: Value) -> bool:
    """Tell whether an actual is a condition: ≥95%, 90%以上, =2次, ≤12.31日, 400-500人.

    「达到95%」 and 「办结率=100%」 report a figure.
    """
    if not actual.is_condition:
        return False
    if _MORE.search(actual.text):
        return True
    if actual.comparator is Comparator.EQ:
        return actual.text.strip()[:1] in {"=", "＝", "等"}
    return not (actual.comparator is Comparator.GE and _REACHED.search(actual.text))


def actual_not_measured(row: Row) -> Iterator[Finding]:
    """actual-not-measured: 实际完成值 repeats a condition (≥95%) or only says 完成 where the target is a number."""
    if row.weight is None:
        return
    actual = row.actual
    text = quote(actual.text)
    if _is_stated_as_limit(actual):
        kind = "区间" if actual.kind is Kind.RANGE else "条件"
        wanted = _example(row)
        title, message = f"完成值是{kind}，不是实测", f"{text}是{kind}，不是测得的数。{wanted}"
    elif _says_done(row):
        title = "完成值不是测得的数"
        message = f"年度指标值是{quote(row.target.text)}，完成值只写了{text}。请填实际完成的数。"
    else:
        return
    yield finding(
        "actual-not-measured",
        row.place("actual"),
        title=title,
        message=message,
        figures=Figures(actual.text.strip()),
    )


def _says_done(row: Row) -> bool:
    """Tell whether a number was asked for and only words came: 100% and 完成; a sentence with a figure in it is left alone."""
    if not row.target.is_quantity or row.target.kind is Kind.DURATION:
        return False
    if answered_by_nothing(row.target, row.actual, row.indicator):
        return False
    if row.actual.level in {Level.ACHIEVED, Level.PARTLY, Level.NOT}:
        return True
    return row.actual.kind is Kind.TEXT and not _DIGIT.search(row.actual.text)


def _example(row: Row) -> str:
    """Say what to fill in, with an example for a satisfaction: ≥95% -> 如 96.3%."""
    actual = row.actual
    if actual.kind is Kind.DATE:
        return "请填实际完成的日期。"
    if (
        "满意" in row.indicator.name
        and actual.family is Family.RATIO
        and actual.number is not None
        and actual.number <= 98
    ):
        return f"请填调查结果，如 {plain(actual.number + Decimal('1.3'))}%。"
    return "请填实际完成的数。"


def unit_mismatch(row: Row) -> Iterator[Finding]:
    """unit-mismatch: target and actual are of different kinds or units: 1次 and 100%, 显著提升 and 100%, 20件 and 70余件次."""
    if row.weight is None:
        return
    why = kinds_differ(row)
    if why:
        shown = f"年度指标值{quote(row.target.text)}，实际完成值{quote(row.actual.text)}"
        yield finding(
            "unit-mismatch",
            row.place("actual", "target"),
            title="指标值与完成值口径不一",
            message=f"{shown}：{why}，两者不能相比。请按指标值的口径填完成值。",
            figures=Figures(row.actual.text.strip(), row.target.text.strip()),
        )


def target_not_scorable(row: Row) -> Iterator[Finding]:
    """target-not-scorable: a range, or a wording for which no score came about and none was typed."""
    if row.weight is None:
        return
    if row.target.kind is Kind.RANGE:
        message = (
            f"{quote(row.target.text)}是区间，算不出完成比例。请改用一个数，如 ≥{_low(row.target)}；或直接填得分。"
        )
    elif _has_no_score(row):
        both = f"年度指标值{quote(row.target.text)}，完成值{quote(row.actual.text)}"
        message = f"{both}，算不出得分。请写达成、部分达成或未达成，或直接填得分。"
    else:
        return
    yield finding(
        "target-not-scorable",
        row.place("target"),
        title="这个指标值无法计分",
        message=message,
        figures=Figures(row.target.text.strip()),
    )


def _low(value: Value) -> str:
    """Write the lower end of a range in its unit: 400-500人 -> 400人."""
    return f"{plain(typed(value, value.low))}{value.unit}"


def _has_no_score(row: Row) -> bool:
    blank = Kind.BLANK in {row.target.kind, row.actual.kind}
    return not blank and row.target.kind in {Kind.LEVEL, Kind.TEXT} and row.score.effective is None


def rate_over_100(row: Row) -> Iterator[Finding]:
    """rate-over-100: a rate or satisfaction above 100 %; rates of completion, growth and cost control may be."""
    name = row.indicator.name
    if not _IS_RATE.search(name) or _MAY_EXCEED.search(name):
        return
    for key, value in (("actual", row.actual), ("target", row.target)):
        if value.kind is Kind.RATIO and value.number is not None and value.number > 100 and not value.rest:
            message = f"{quote(value.text)}超过 100%。这样的比率最多是 100%，请核对。"
            yield finding(
                "rate-over-100",
                row.place(key),
                title="比率超过 100%",
                message=message,
                figures=Figures(value.text.strip()),
            )
