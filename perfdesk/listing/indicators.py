"""All indicators of some forms as one flat table: a row for each, with the form it stands in, for sorting, filtering and sums.

What is merged on paper (一级指标, 二级指标) is repeated in every row here. Columns that no form fills are left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from perfdesk.amounts import format_rate, format_score, plain
from perfdesk.listing.types import Head, Listing
from perfdesk.targets import split_target
from perfdesk.template import TERMS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from perfdesk.derive import Derived
    from perfdesk.model import Indicator, Score

_FORM: Final = (
    Head("年度", width=7),
    Head("单位", width=24),
    Head("表种", width=24),
    Head("项目名称", width=30),
    Head("本表执行率", figures=True, width=11),
    Head("本表总分", figures=True, width=10),
    Head("本表等级", width=9),
    Head("序号", figures=True, width=6),
)
_LEVELS: Final = ("level1", "level1_weight", "level2", "level2_weight", "name")
_GOALS: Final = ("goal", "goal_weight", "target")
_PARTS: Final = ("indicator_type", "target_value", "measure_unit")
_REST: Final = ("interim_actual", "expected_actual", "actual", "weight", "score")
_SCORED: Final = ("computed", "share", "why")
_LAST: Final = ("reason", "causes", "likelihood", "deduction", "explanation", "scoring_rule", "remark")
_KEYS: Final = (*_LEVELS, *_GOALS, *_PARTS, *_REST, *_SCORED, *_LAST)
_WORDS: Final = {"computed": "算得", "share": "得分率", "why": "计分说明", "score": "得分", "target": "年度指标值"}
_WIDE: Final = {
    **dict.fromkeys(("why", "reason", "scoring_rule"), 40),
    **dict.fromkeys(("name", "explanation", "goal"), 32),
    **dict.fromkeys(("target", "actual", "remark", "interim_actual", "expected_actual", "level2"), 20),
}
_FIGURES: Final = frozenset(
    {
        "level1_weight",
        "level2_weight",
        "goal_weight",
        "target_value",
        "weight",
        "score",
        "computed",
        "share",
        "deduction",
    }
)
_FULL: Final = 100


class _Row(NamedTuple):
    """The texts before the columns of an indicator, and those columns by key."""

    form: tuple[str, ...]
    texts: dict[str, str]


def list_indicators(forms: Iterable[tuple[str, Derived]], *, name: str) -> Listing:
    """List the indicators of forms, each given with what it is called, in their order; rows nobody has typed in are left out.

    指标类型, 指标值 and 计量单位 are those of a goal table, else read from the 年度指标值: 「≥70件」 is ≥, 70, 件. 得分 is the
    score that counts, 算得 what the policy gives where somebody typed another; 得分率 is 得分 ÷ 分值: 9 of 10 points are 90%.
    """
    rows = tuple(row for called, form in forms for row in _rows(called, form))
    keys = tuple(key for key in _KEYS if any(row.texts.get(key) for row in rows))
    heads = (*_FORM, *(Head(_WORDS.get(key, TERMS.get(key, "")), key in _FIGURES, _WIDE.get(key, 12)) for key in keys))
    return Listing(name, heads, tuple((*row.form, *(row.texts.get(key, "") for key in keys)) for row in rows))


def _rows(called: str, form: Derived) -> list[_Row]:
    record, result = form.record, form.assessment
    has_score = form.template.is_scored and result.is_scored
    head = (
        *(str(record.year), _office(form), form.template.kind.words, called),
        "" if result.execution_rate is None else format_rate(result.execution_rate),
        format_score(result.total) if has_score else "",
        (result.grade or "") if has_score else "",
    )
    scores = {one.binding.row: one for one in result.scores}
    typed = ((at, one) for at, one in enumerate(record.indicators) if _is_typed(one))
    return [
        _Row((*head, str(number)), _texts(one, scores.get(at), record.year))
        for number, (at, one) in enumerate(typed, start=1)
    ]


def _office(form: Derived) -> str:
    record = form.record
    return record.bureau or record.value("agency").strip() or record.value("department").strip()


def _is_typed(one: Indicator) -> bool:
    return any(text.strip() for text in (one.name, one.target, one.actual, one.target_value))


def _texts(one: Indicator, score: Score | None, year: int) -> dict[str, str]:
    texts = {key: getattr(one, key) for key in _KEYS if key not in _SCORED}
    if one.target.strip() and not one.target_value.strip():
        texts |= dict(zip(_PARTS, split_target(one.target, year=year), strict=True))
    return texts if score is None else {**texts, **_score(score)}


def _score(score: Score) -> dict[str, str]:
    counts, weight = score.effective, score.weight
    return {
        "weight": "" if weight is None else plain(weight),
        "score": "" if counts is None else plain(counts),
        "computed": plain(score.computed) if score.computed is not None and score.stated else "",
        "share": format_rate(counts / weight * _FULL) if counts is not None and weight else "",
        "why": score.explanation,
    }
