"""种类 (kinds): what forms, findings and verdicts there are, by name; nothing in them.

``perfdesk.model`` gives them on with the values they belong to. The window's first picture takes them from here: it shows none of
those values yet, and making their classes is felt at the start.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class FormKind(StrEnum):
    """表种 (kind of form), the ``form_kind`` of the exchange format."""

    PROJECT_SELF = "project_self_assessment"
    DEPARTMENT_SELF = "department_self_assessment"
    PROJECT_GOAL = "project_goal"
    DEPARTMENT_GOAL = "department_goal"
    PROJECT_MONITORING = "project_monitoring"
    DEPARTMENT_RATING = "department_rating"
    REPORT = "report"
    PUBLICATION_LIST = "publication_list"
    SUMMARY = "summary"
    CHECK_SHEET = "check_sheet"
    CONTENTS = "handin_contents"

    @property
    def words(self) -> str:
        """The kind as people call it: 「项目支出绩效自评表」."""
        return _KIND_WORDS[self]


_KIND_WORDS: Mapping[FormKind, str] = MappingProxyType(
    {
        FormKind.PROJECT_SELF: "项目支出绩效自评表",
        FormKind.DEPARTMENT_SELF: "部门整体支出绩效自评表",
        FormKind.PROJECT_GOAL: "项目支出绩效目标表",
        FormKind.DEPARTMENT_GOAL: "部门整体支出绩效目标表",
        FormKind.PROJECT_MONITORING: "绩效运行监控表",
        FormKind.DEPARTMENT_RATING: "部门评价表",
        FormKind.REPORT: "绩效自评报告",
        FormKind.PUBLICATION_LIST: "公开目录",
        FormKind.SUMMARY: "汇总表",
        FormKind.CHECK_SHEET: "审核单",
        FormKind.CONTENTS: "报送目录",
    }
)


class Severity(StrEnum):
    """错误 blocks 上报, 警告 must be explained, 提示 is worth a look; in this order. The values are those of ``check --json``."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"

    @property
    def words(self) -> str:
        """The severity as people call it: 错误, 警告, 提示."""
        return _SEVERITY_WORDS[self]


_SEVERITY_WORDS: Final[Mapping[Severity, str]] = MappingProxyType(
    {Severity.ERROR: "错误", Severity.WARNING: "警告", Severity.HINT: "提示"}
)


class Verdict(StrEnum):
    """审核结论: the one light of a form."""

    READY = "可上报"
    TO_EXPLAIN = "有待说明"
    BLOCKED = "不可上报"
    FILLING = "填写中"  # something is left to fill and nothing else to say, or less than half is filled


class Block(StrEnum):
    """The part of a record that a binding points into."""

    VALUES = "values"
    FUNDS = "funds"
    INDICATORS = "indicators"
    STATED = "stated"
    ROWS = "rows"
    SECTIONS = "sections"
