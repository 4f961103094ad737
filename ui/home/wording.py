"""Words of 年度总览: amounts, shares, dates and kinds as the table says them. Nothing is computed and nothing shown here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from perfdesk.amounts import format_score, round_half_up
from perfdesk.model import FormKind
from perfdesk.overview import in_wan

if TYPE_CHECKING:
    from datetime import date, datetime
    from decimal import Decimal

KINDS: Final = {
    FormKind.PROJECT_SELF: "项目自评表",
    FormKind.DEPARTMENT_SELF: "部门自评表",
    FormKind.PROJECT_GOAL: "项目目标表",
    FormKind.DEPARTMENT_GOAL: "部门目标表",
    FormKind.PROJECT_MONITORING: "监控表",
    FormKind.DEPARTMENT_RATING: "部门评价表",
    FormKind.REPORT: "报告",
    FormKind.PUBLICATION_LIST: "公开目录",
    FormKind.SUMMARY: "汇总表",
    FormKind.CHECK_SHEET: "审核单",
    FormKind.CONTENTS: "报送目录",
}
NO_TEMPLATE: Final = "表样不在本机"


def kind_words(kind: FormKind | None) -> str:
    """Return the short words of a kind for a narrow column."""
    return NO_TEMPLATE if kind is None else KINDS[kind]


def money(yuan: Decimal | None) -> str:
    """Print an amount in 元 as 万元 with two decimals: 265000 gives 「26.50」; nothing for ``None``."""
    return "" if yuan is None else f"{round_half_up(in_wan(yuan), 2):f}"


def points(score: Decimal | None) -> str:
    """Print points: 「98.63」; nothing for ``None``."""
    return "" if score is None else format_score(score)


def moment(changed: datetime, today: date) -> str:
    """Say when a form was last changed.

    「今天 14:32」, 「昨天 16:48」, 「3月18日」 within the year, then 「2019-12」.
    """
    local = changed.astimezone()
    days = (today - local.date()).days
    if days in {0, 1}:
        return f"{'今天' if days == 0 else '昨天'} {local:%H:%M}"
    if local.year == today.year:
        return f"{local.month}月{local.day}日"
    return f"{local:%Y-%m}"
