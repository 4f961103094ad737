"""Blank workbooks of a finance bureau, made for the tests of filling: from our own forms, and nasty ones by hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from openpyxl import Workbook, load_workbook

from perfdesk.derive import Derived, derive
from perfdesk.editing import new_record
from perfdesk.exchange.rendering import render
from perfdesk.exchange.xlsx.filling import Blank, open_blank
from perfdesk.model import FundRow, Indicator, ListRow, Record
from perfdesk.template import Template

MADE = datetime(2025, 1, 8, 1, 0, tzinfo=UTC)
SELF = "national-2020-project-self"


def blank_record(template: Template, filled: Record) -> Record:
    """Return the form without what was typed: only its rows with their groups, and what the bureau prints (the month)."""
    rows = tuple(
        Indicator(
            level1=one.level1,
            level2=one.level2,
            level1_weight=one.level1_weight,
            level2_weight=one.level2_weight,
            goal=one.goal,
        )
        for one in filled.indicators
    )
    return replace(
        new_record(template, record_id="blank", year=filled.year),
        unit=filled.unit,
        values={key: text for key, text in filled.values.items() if key == "month"},
        indicators=rows,
        rows=tuple(ListRow() for _ in filled.rows),
    )


def book_of(form: Derived) -> bytes:
    """Return a form as a workbook."""
    return render((form.layout,), "xlsx", title="表", made=MADE).data


def blank_of(template: Template, filled: Record) -> Blank:
    """Return the blank workbook of a form."""
    return open_blank(book_of(derive(template, blank_record(template, filled))), "空表.xlsx")


def changed(data: bytes, change: Callable[[Any], object]) -> bytes:
    """Return a workbook with something done to its first sheet by openpyxl, as a clerk of the bureau would do it."""
    book = load_workbook(BytesIO(data))
    change(book.active)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def system_book(names: tuple[str, ...]) -> bytes:
    """Return a file as the finance system gives it out: one row for each approved indicator, results to be filled in."""
    book = Workbook()
    sheet = book.active
    sheet.title = "绩效自评"
    sheet.append(["项目支出绩效自评表"])
    sheet.append(["项目名称", "", "", "", "", "", "", ""])
    sheet.append(
        ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施"]
    )
    for name in names:
        sheet.append(["产出指标", "数量指标", name, "≥10件", None, None, None, None])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def aid(templates: Mapping[str, Template], *rows: Indicator, **values: str) -> Derived:
    """Return a self-assessment of 法律援助工作经费 with these rows."""
    template = templates[SELF]
    record = new_record(template, record_id="aid", year=2024, bureau="青山县司法局")
    first, *others = record.funds
    money = replace(first, initial_budget="10", annual_budget="10", executed="9.846")
    texts = {"project_name": "法律援助工作经费", "department": "青山县司法局", **values}
    funds: tuple[FundRow, ...] = (money, *others)
    return derive(template, replace(record, values=texts, funds=funds, indicators=rows or record.indicators))


def row(name: str, *, actual: str = "85件", level2: str = "数量指标", **more: str) -> Indicator:
    """Return a 产出指标."""
    return Indicator(level1="产出指标", level2=level2, name=name, target="≥70件", actual=actual, weight="10", **more)
