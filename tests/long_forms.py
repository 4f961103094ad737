"""Forms far longer than a page, made of any template: 40 goals, 60 indicators, 200 list rows, 80 projects, a long report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from perfdesk.model import FundRow, Indicator, ListRow, Record, Section
from perfdesk.template import Filled, Template
from tests.filled_forms import filled

PROJECT = "national-2020-project-self"
SENTENCE = "全年办理法律援助案件 300 件，开展普法宣传 12 场，完成年初绩效目标。"


def long_form(template: Template, count: int) -> Record:
    """Return a filled form of ``count`` rows of its kind; a gathered one has the rows that :func:`projects` give it."""
    record = filled(template)
    if template.outline:
        return replace(record, sections=tuple(_long_section(one, count) for one in record.sections))
    if template.indicator_columns:
        return replace(record, indicators=_indicators(record.indicators, count))
    if template.gathers is not None:
        return replace(record, rows=())
    return replace(record, rows=tuple(_list_row(template, place) for place in range(count)))


def _indicators(given: tuple[Indicator, ...], count: int) -> tuple[Indicator, ...]:
    """``count`` rows in the groups of the given ones, equally many in each."""
    chosen = (given[place * len(given) // count] for place in range(count))
    return tuple(replace(one, name=f"第{place + 1}项任务") for place, one in enumerate(chosen))


def _list_row(template: Template, place: int) -> ListRow:
    texts = {one.key: one.choices[0] if one.choices else f"{one.label}{place + 1}号" for one in template.columns}
    return ListRow.of(texts)


def _long_section(section: Section, count: int) -> Section:
    return replace(section, paragraphs=tuple(f"第{place + 1}段。{SENTENCE * 6}" for place in range(count)))


def projects(templates: Mapping[str, Template], count: int) -> tuple[Filled, ...]:
    """Return ``count`` self-assessments of a year, which a 汇总表 gathers."""
    template = templates[PROJECT]
    base = filled(template)
    money = FundRow("年度资金总额", initial_budget="20", annual_budget="20", executed="20")
    return tuple(
        Filled(
            template,
            replace(
                base,
                id=f"p{place:03}",
                values={**base.values, "project_name": f"第{place + 1}项经费"},
                funds=(money, *base.funds[1:]),
            ),
        )
        for place in range(count)
    )
