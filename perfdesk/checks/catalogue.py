"""审核目录 (catalogue): every code of a finding with its Chinese name and its severity, in this one place.

Codes are stable: they are the contract with importers, tests and the printed 审核单. Nothing is checked here. Codes that no
module raises yet are listed too, so that a code never changes its meaning between versions.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

from perfdesk.model import Binding, Finding, Fix, Severity

_LONGEST_WHERE: Final = 80  # characters; the longest heading that an outline prints has 67
_ERROR, _WARNING, _HINT = Severity.ERROR, Severity.WARNING, Severity.HINT


@dataclass(frozen=True, slots=True)
class Entry:
    """One code: its name on the screen, its severity, and the milder one of its lesser cases where it has such."""

    name: str
    severity: Severity
    mild: Severity | None = None


CATALOGUE: Final[Mapping[str, Entry]] = MappingProxyType(
    {
        "weight-sum": Entry("分值合计", _ERROR),
        "weight-group": Entry(
            "一级指标分值", _ERROR, _WARNING
        ),  # mild: the principle 50/30/10, where the form prints none
        "score-sum": Entry("得分合计", _ERROR),
        "score-range": Entry("得分范围", _ERROR),
        "weight-missing": Entry("缺分值", _ERROR),
        "execution-rate": Entry("执行率", _ERROR),
        "budget-score": Entry("预算执行得分", _ERROR),
        "over-budget": Entry("超预算", _ERROR),
        "budget-missing": Entry("缺预算数", _ERROR),
        "fund-rows": Entry("资金各行", _ERROR, _WARNING),  # mild: the total is not broken down at all
        "fund-weight-twice": Entry("资金行重复计分", _ERROR),
        "unit-header": Entry("金额单位", _ERROR),
        "budget-change-unexplained": Entry("预算调整未说明", _WARNING),
        "execution-low-unexplained": Entry("执行率低未说明", _WARNING),
        "target-missing": Entry("缺指标值", _ERROR),
        "actual-missing": Entry("缺完成值", _ERROR),
        "actual-not-measured": Entry("完成值不是实测", _WARNING),
        "unit-mismatch": Entry("口径不一", _ERROR),
        "comparator": Entry("比较符", _ERROR, _WARNING),  # mild: 「=」 where a minimum is meant
        "target-name-mismatch": Entry("指标名与指标值不符", _WARNING),
        "over-achieved-unexplained": Entry("超额未说明", _WARNING),
        "lost-points-unexplained": Entry("失分未说明", _ERROR),
        "score-vs-actual": Entry("得分与完成值不符", _WARNING),
        "qualitative-band": Entry("定性档次", _ERROR),
        "target-not-scorable": Entry("指标值无法计分", _WARNING),
        "rate-over-100": Entry("比率超过 100%", _WARNING),
        "cost-vs-funds": Entry("成本与资金不符", _WARNING),
        "level1-missing": Entry("缺一级指标", _WARNING),
        "required-kind-missing": Entry("缺必填指标", _WARNING),
        "row-too-heavy": Entry("单项分值过大", _HINT),
        "vague-targets": Entry("指标值笼统", _HINT),
        "all-full-marks": Entry("全部满分", _HINT),
        "duplicate-indicator": Entry("指标重复", _WARNING),
        "placeholder-text": Entry("提示文字未删", _ERROR),
        "goal-not-answered": Entry("目标无结果", _WARNING),
        "blank-field": Entry("缺填", _WARNING),
        # Raised once several forms, goal tables, ratings and reports are checked.
        "unit-missing": Entry("缺计量单位", _WARNING),
        "rule-unusable": Entry("评分标准无法使用", _WARNING),
        "duplicate-form": Entry("两表雷同", _WARNING),
        "name-mismatch": Entry("名称不一", _WARNING),
        "cross-form": Entry("表间不符", _WARNING),
        "text-sum": Entry("文中合计", _WARNING),
        "empty-section": Entry("空章节", _WARNING),
        "same-survey": Entry("满意度雷同", _WARNING),
        "target-lowered": Entry("指标值下调", _WARNING),
        "target-too-easy": Entry("指标值偏低", _WARNING),
        "copied-last-year": Entry("照抄上年", _WARNING),
        "weight-moved": Entry("分值变动", _HINT),
        "renamed": Entry("改了名称", _HINT),
        "score-vs-rule": Entry("得分与标准不符", _ERROR),
        "rule-flaw": Entry("评分标准有缺陷", _HINT),
        "grade-not-ticked": Entry("未勾等级", _WARNING),
        "personal-data": Entry("个人信息", _HINT),
    }
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a finding points: the words of the place, its cell, and further cells to mark."""

    where: str
    binding: Binding | None = None
    also: tuple[Binding, ...] = ()


@dataclass(frozen=True, slots=True)
class Figures:
    """The two figures that disagree, as texts."""

    stated: str = ""
    computed: str = ""


NO_FIGURES: Final = Figures()


def finding(
    code: str,
    place: Place,
    *,
    title: str,
    message: str,
    figures: Figures = NO_FIGURES,
    fix: Fix | None = None,
    consequences: tuple[Finding, ...] = (),
) -> Finding:
    """Make a finding of that code, with the severity of the catalogue."""
    return Finding(
        code=code,
        severity=CATALOGUE[code].severity,
        title=title,
        message=message,
        where=_in_one_line(place.where),
        binding=place.binding,
        also=place.also,
        stated=figures.stated,
        computed=figures.computed,
        fix=fix,
        consequences=consequences,
    )


def _in_one_line(words: str) -> str:
    """A place as the list shows it, whatever was typed as the name of an indicator or a section."""
    line = words if words.isprintable() else " ".join(words.split())
    return line if len(line) <= _LONGEST_WHERE else f"{line[:_LONGEST_WHERE]}…"


def mild(one: Finding) -> Finding:
    """Return the finding in the milder severity that its code has for lesser cases."""
    return replace(one, severity=CATALOGUE[one.code].mild or one.severity)
