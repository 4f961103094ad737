"""The keys of the format and how labels are compared; what reading and writing agree about. No record is touched here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields
from types import MappingProxyType
from typing import Final

from perfdesk.errors import excerpt
from perfdesk.labels import match_label
from perfdesk.model import Answer, FormKind, Indicator
from perfdesk.template import FUND_KEYS, TERMS, BlockRole, Field, Template

FORMAT: Final = "perfdesk-record/1"
MAX_RECORDS: Final = 2_000
MAX_ROWS: Final = 2_000
"""Rows of one form at the most: indicators, fund rows, list rows, sections, paragraphs of a section."""
MAX_TEXT: Final = 100_000

_INDICATOR_NAMES: Final = {"name": "level3", "reason": "deviation_note"}
INDICATOR_NAMES: Final[Mapping[str, str]] = MappingProxyType(
    {one.name: _INDICATOR_NAMES.get(one.name, one.name) for one in fields(Indicator)}
)
"""Field of an indicator -> its key in the file, in the order they are written."""
TOP_VALUES: Final = ("title", "annex", "conclusion")
GOALS: Final[Mapping[str, str]] = MappingProxyType({"expected": "goal_expected", "actual": "goal_actual"})
TOTALS: Final[Mapping[str, str]] = MappingProxyType({"weight": "total_weight", "score": "total_score"})
PLACED: Final = frozenset({*TOP_VALUES, *GOALS.values()})
"""Fields that have a key of their own in the file; the others stand in ``header`` or ``signatures`` under their label."""
UNPRINTED: Final = frozenset({"annexes"})
"""Fields that any report may hold and none prints: which forms go behind it."""
FUND_EXTRAS: Final = "fund_extras"
INDICATOR_EXTRAS: Final = "indicator_extras"
BREAKDOWN_EXTRAS: Final = "fund_breakdown_extras"
SECTION_EXTRAS: Final = "section_extras"
ANSWER_EXTRAS: Final = "answer_extras"
ANSWER_KEYS: Final = tuple(one.name for one in fields(Answer))
EMPTY_ROWS: Final = "empty_level2_rows"
SUBTOTAL: Final = "subtotal"
CODE: Final = "check_code"
"""校验码 of a form as it was when the file was written; it is read to be compared, never kept in the record."""

_SELF_INDICATOR: Final = tuple(INDICATOR_NAMES)[: tuple(INDICATOR_NAMES).index("remark") + 1]
_SELF_FUND: Final = FUND_KEYS[: FUND_KEYS.index("score") + 1]
_SELF: Final = frozenset({FormKind.PROJECT_SELF, FormKind.DEPARTMENT_SELF})
_WORDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        **TERMS,
        "title": "标题",
        "annex": "附件号",
        "conclusion": "自评结论",
        "goal_expected": "预期目标",
        "goal_actual": "目标实际完成情况",
        "fund_breakdown": "资金明细",
        EMPTY_ROWS: "没有三级指标的二级指标",
        "sections": "正文",
        "columns": "各栏名称",
        "rows": "各行",
        SUBTOTAL: "小计",
        "grade_bands": "等级划分",
        "import_notes": "备注",
    }
)
"""Keys of the format as a clerk knows them, for the notes."""


def labelled(fields_: Iterable[Field]) -> dict[str, str]:
    """Label, reduced -> key of the field that carries it; the first of two alike."""
    found: dict[str, str] = {}
    for one in fields_:
        found.setdefault(match_label(one.label), one.key)
    return found


def header_labels(template: Template) -> dict[str, str]:
    """Return the reduced labels of ``header`` and ``signatures``: raw figures and 资金明细 have places of their own."""
    return labelled(one for one in template.fields if not one.raw and not one.group)


def breakdown(template: Template) -> dict[str, list[Field]]:
    """Return the fields of 资金明细 by their group (按收入性质分, 按支出性质分), in the form's order."""
    found: dict[str, list[Field]] = {}
    for one in template.fields:
        if one.group:
            found.setdefault(one.group, []).append(one)
    return found


def has_block(template: Template, role: BlockRole) -> bool:
    """Tell whether the form has such a part."""
    return any(block.role is role for block in template.blocks)


def shows(template: Template, key: str) -> bool:
    """Tell whether a cell of the drawn blocks (not of their repeated rows) shows this key."""
    return any(slot.key == key for block in template.blocks for slot in block.slots)


def indicator_keys(template: Template) -> frozenset[str]:
    """Return the indicator fields that are written even when blank: the eleven of a self-assessment, else the form's columns."""
    return frozenset(_SELF_INDICATOR if template.kind in _SELF else template.indicator_columns)


def fund_keys(template: Template) -> frozenset[str]:
    """Return the fund columns that are written even when blank: all of a self-assessment, else those the form prints."""
    if template.kind in _SELF:
        return frozenset(_SELF_FUND)
    return frozenset(slot.key for block in template.blocks for slot in block.slots if slot.fund)


def quoted(words: Iterable[str]) -> str:
    """Quote words in a row: 「“正文”、“备忘”」."""
    return "、".join(f"“{excerpt(word)}”" for word in words)


def named(keys: Iterable[str]) -> str:
    """Quote keys, in Chinese where the format gives them a meaning, the others as they stand."""
    return quoted(_WORDS.get(key, key) for key in keys)


def numbered(label: str, taken: Iterable[str]) -> str:
    """Name a label that came twice, so that both texts stay: 「项目名称（2）」."""
    known = frozenset(taken)
    number = 2
    while f"{label}（{number}）" in known:
        number += 1
    return f"{label}（{number}）"
