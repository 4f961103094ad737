"""整表 (the form as a whole): left-over model text, blank required cells, kinds of indicators without a row, goals unanswered.

Only for a form whose indicators are filled in; what is merely unfinished is shown by the required marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from perfdesk.checks.catalogue import Figures, Place, finding
from perfdesk.checks.context import Context
from perfdesk.checks.repairs import Change, repair
from perfdesk.checks.row import TEXT_CELLS, Row, is_placeholder
from perfdesk.checks.wording import put, quote
from perfdesk.model import Binding, Block, Finding, Fix
from perfdesk.template import TERMS

_MODEL_LINE: Final = re.compile(
    r"(?:目标|指标)\s*\d+\s*[:：]\s*(?:…+|\.{3,})?|…+|\.{3,}"
    r"|.{2,80}[（(](?:不超过|限)?\s*\d{2,4}\s*字(?:以内|之内|以上|左右)?[)）][。.]?"  # 说明目标的完成情况（100字以内）
)
_NUMBERED: Final = re.compile(r"^\s*(?:目标)?\s*[（(]?(\d{1,2})[)）]?\s*[.．、:：)）]", re.MULTILINE)


def placeholder_cells(row: Row) -> Iterator[Finding]:
    """placeholder-text in the cells of an indicator: the form's own model text was left in: ……, 指标1：, **, （≥**%）."""
    for key in row.reading.placeholders:
        place = Place(row.where if key != "name" else TERMS[key], row.bind(key))
        yield _placeholder(place, getattr(row.indicator, key), _clear_row(row))


def _clear_row(row: Row) -> Fix | None:
    """Clear the model text of a row in which nothing else is written; what was begun has to be finished by the clerk."""
    texts = {key: getattr(row.indicator, key) for key in TEXT_CELLS}
    own = [row.indicator.weight, row.indicator.score, *(texts[key] for key in texts if key != "level2")]
    if any(text.strip() and not is_placeholder(text) for text in own):
        return None
    changes = (Change(TERMS[key], row.bind(key), texts[key], "") for key in row.reading.placeholders)
    return repair("清空提示文字", changes)


def placeholder_text(context: Context) -> Iterator[Finding]:
    """placeholder-text in the single cells."""
    for field in context.template.fields:
        lines = context.record.value(field.key).splitlines()
        left_over = [line for line in lines if line.strip() and _MODEL_LINE.fullmatch(line.strip())]
        if left_over:
            binding = Binding(Block.VALUES, field.key)
            kept = "\n".join(line for line in lines if line not in left_over)
            yield _placeholder(Place(field.label, binding), left_over[0], put("删去提示文字", binding, kept))


def _placeholder(place: Place, text: str, fix: Fix | None) -> Finding:
    return finding(
        "placeholder-text",
        place,
        title="表样的提示文字没有删",
        message=f"{quote(text)}是表样的提示文字。请改成实际内容，或清空。",
        figures=Figures(text.strip()),
        fix=fix,
    )


def blank_field(context: Context) -> Iterator[Finding]:
    """blank-field: required single cells are blank although the indicators are filled in; one finding for all of them."""
    if not context.finished:
        return
    blank = [one for one in context.template.fields if one.required and not context.record.value(one.key).strip()]
    if not blank:
        return
    cells = tuple(Binding(Block.VALUES, one.key) for one in blank)
    names = "、".join(one.label for one in blank)
    yield finding(
        "blank-field",
        Place(names, cells[0], cells[1:]),
        title=f"没有填{names}" if len(blank) == 1 else f"{len(blank)} 格没有填",
        message=f"{names}是空的，请填上。",
    )


def required_kind_missing(context: Context) -> Iterator[Finding]:
    """required-kind-missing: a kind that the policy requires (数量 质量 时效 成本 效益 满意度) has no indicator."""
    if not context.finished or "actual" not in context.columns:
        return
    labels = [one.level1 + one.level2 + one.name for one in context.record.indicators if one.name.strip()]
    missing = [kind for kind in context.policy.required_kinds if not any(kind in label for label in labels)]
    if not missing:
        return
    names = "、".join(missing)
    blank = next(
        (row for row in context.rows if not row.named and any(kind in row.indicator.level2 for kind in missing)), None
    )
    yield finding(
        "required-kind-missing",
        Place(names, blank.bind("name") if blank else None),
        title=f"没有{names}指标" if len(missing) <= 2 else f"缺 {len(missing)} 类指标",
        message=f"没有{names}指标。确实不需要的，请说明理由。",
    )


def goal_not_answered(context: Context) -> Iterator[Finding]:
    """goal-not-answered: numbered goals outnumber the numbered results, or the result copies the expectation."""
    expected, actual = context.record.value("goal_expected"), context.record.value("goal_actual")
    place = Place("年度总体目标", Binding(Block.VALUES, "goal_actual"), (Binding(Block.VALUES, "goal_expected"),))
    if len(expected.strip()) > 10 and "".join(expected.split()) == "".join(actual.split()):
        message = "实际完成情况与预期目标一字不差。请写实际完成了什么。"
        yield finding("goal-not-answered", place, title="完成情况照抄了预期目标", message=message)
        return
    goals, results = _count(expected), _count(actual)
    if results and goals > results:
        yield finding(
            "goal-not-answered",
            place,
            title=f"{goals} 个目标，{results} 项结果",
            message=f"预期目标有 {goals} 项，实际完成情况只有 {results} 项。请逐项写结果。",
            figures=Figures(str(results), str(goals)),
        )


def _count(text: str) -> int:
    """Count a list numbered 1, 2, 3 …; 0 when the text is not such a list."""
    numbers = [int(one) for one in _NUMBERED.findall(text)]
    return len(numbers) if len(numbers) > 1 and numbers == list(range(1, len(numbers) + 1)) else 0
