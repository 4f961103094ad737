"""业务 (subjects): a form that speaks of another business of the office than its own name says: copied and not changed.

The lines of business of a 司法局 are known words (三定方案: 社区矫正, 法律援助, 人民调解 …). A name or an explanation is judged
only where it names a business and the rest of the form names others; a form that names none says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from perfdesk.checks.catalogue import Place, finding
from perfdesk.checks.context import Context
from perfdesk.checks.row import Row
from perfdesk.gathering.facts import OF_PROJECTS
from perfdesk.model import Binding, Block, Finding, FormKind, Indicator
from perfdesk.template import Filled

_LINES: Final = (
    ("社区矫正", re.compile(r"社区矫正|矫正(?:对象|人员)|社矫")),
    ("安置帮教", re.compile(r"安置帮教|帮教|刑满释放|刑释|归正人员")),
    ("法律援助", re.compile(r"法律援助|法援|受援")),
    ("人民调解", re.compile(r"调解|矛盾纠纷")),
    ("法治宣传", re.compile(r"普法|法[治制]宣传|法宣|学法")),
    ("行政复议", re.compile(r"行政复议|复议案件|行政应诉")),
    ("公证", re.compile(r"公证")),
    ("司法鉴定", re.compile(r"司法鉴定")),
    ("法律顾问", re.compile(r"法律顾问|律师")),
    ("立法", re.compile(r"立法|规范性文件|合法性审[查核]")),
    ("行政执法监督", re.compile(r"行政执法|执法监督|执法证")),
    ("法律职业资格考试", re.compile(r"法律职业|法考")),
)
_LEAST_ROWS: Final = 2


def subjects(context: Context) -> Iterator[Finding]:
    """name-mismatch: 项目名称 or an explanation names another business than the rest of a project's form."""
    if context.template.kind not in OF_PROJECTS:
        return
    yield from _project_name(context)
    if "explanation" in context.columns and context.template.kind is FormKind.PROJECT_GOAL:
        said = _goals(context) | lines_in(context.record.value("project_name"))
        said = said.union(*(lines_in(_said(row.indicator)) for row in context.rows))
        for row in context.rows:
            yield from _explanation(row, said)


@lru_cache(maxsize=4096)
def lines_in(text: str) -> frozenset[str]:
    """Return the lines of business that a text names: 「安置帮教经费」 names 安置帮教."""
    return frozenset(name for name, words in _LINES if words.search(text))


def _said(indicator: Indicator) -> str:
    return f"{indicator.name} {indicator.target} {indicator.target_value}"


def _goals(context: Context) -> frozenset[str]:
    record = context.record
    return lines_in(record.value("goal_expected")) | lines_in(record.value("goal_actual"))


def _project_name(context: Context) -> Iterator[Finding]:
    """A name that fits neither the goal nor any indicator; where another form bears it too, ``likeness`` says it."""
    name = context.record.value("project_name").strip()
    named, goals = lines_in(name), _goals(context)
    rows = [lines_in(f"{_said(row.indicator)} {row.indicator.explanation}") for row in context.rows]
    others = [one for one in rows if one]
    if not named or not goals or len(others) < _LEAST_ROWS or any(named & one for one in (goals, *rows)):
        return
    if any(_is_twin(context, other) for other in context.others):
        return
    told = "、".join(sorted(goals))
    yield finding(
        "name-mismatch",
        Place("项目名称", Binding(Block.VALUES, "project_name")),
        title="项目名称与内容不符",
        message=f"项目名称说的是{'、'.join(sorted(named))}，目标和指标说的都是{told}。请核对项目名称。",
    )


def _is_twin(context: Context, other: Filled) -> bool:
    """Tell whether another form of the same kind and year bears the same project's name."""
    mine, theirs = context.record, other.record
    same_form = other.template.kind is context.template.kind and theirs.year == mine.year
    return same_form and theirs.value("project_name").strip() == mine.value("project_name").strip()


def _explanation(row: Row, rest: frozenset[str]) -> Iterator[Finding]:
    """An explanation about a business of which the ``rest`` of the form says nothing."""
    told = lines_in(row.indicator.explanation)
    if not told or not rest or told & rest:
        return
    yield finding(
        "name-mismatch",
        row.place("explanation", "name"),
        title="指标解释与项目不符",
        message=f"指标解释说的是{'、'.join(sorted(told))}，这张表别处说的是{'、'.join(sorted(rest))}，"
        "像是从别的表抄来的。请改成本项目的解释。",
    )
