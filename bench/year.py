"""A year of an office, made by code: forms of every kind that know of each other, with a report that takes their figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from bench import forms
from perfdesk import places
from perfdesk.dataitems import item_for, write
from perfdesk.derive import derive
from perfdesk.gathering import figures
from perfdesk.layout import Layout
from perfdesk.model import Figure, Record, Section
from perfdesk.policy import load_policies
from perfdesk.template import Filled, Template, load_templates
from tests.filled_forms import filled

YEAR: Final = 2024
REPORT: Final = "chenxi-2021-report"
#: What an office hands in once; the rest of a year are forms of projects.
ONCE: Final = (
    *("zhijiang-2024-department-goal", "chenxi-2021-department-self", "chenxi-2021-department-rating"),
    *("lingling-2022-publication-list", "summary-project-self", REPORT),
)
OF_PROJECTS: Final = (
    *(forms.TEMPLATE_ID, "zhijiang-2024-project-goal", "national-2019-project-monitoring"),
    *("national-2021-project-self", "lingling-2022-project-self"),
)


def templates() -> Mapping[str, Template]:
    """Return the templates of the program."""
    resources = places.resources()
    return load_templates((resources / "templates",), load_policies(resources / "policies"))


def year(count: int, known: Mapping[str, Template]) -> tuple[Record, ...]:
    """Make ``count`` forms of one office and year: forms of projects, what an office hands in once, last the report.

    The first has the template of :mod:`bench.forms`. Raises :class:`ValueError` for a year too small for all of these.
    """
    if count <= len(ONCE):
        raise ValueError(count)
    projects = (_of_project(known, number) for number in range(count - len(ONCE)))
    others = (*projects, *(_one(known, template_id, 0) for template_id in ONCE[:-1]))
    return (*others, report(known[REPORT], tuple(Filled(known[one.template_id], one) for one in others)))


def _of_project(known: Mapping[str, Template], number: int) -> Record:
    template_id = OF_PROJECTS[number % len(OF_PROJECTS)]
    if template_id == forms.TEMPLATE_ID:
        return replace(forms.record(number), id=f"year-{template_id}-{number}")
    return _one(known, template_id, number)


def _one(known: Mapping[str, Template], template_id: str, number: int) -> Record:
    """Make a form of a template; two numbers never give the same project or the same texts."""
    made = filled(known[template_id])
    project = forms.record(number).value("project_name")
    values = {**made.values, **({"project_name": project} if known[template_id].field("project_name") else {})}
    rows = (
        replace(row, name=f"{row.name}（{number}-{at}）", actual=row.actual and f"{300 + number + at}件")
        for at, row in enumerate(made.indicators)
    )
    kept = made.indicators if known[template_id].rules else tuple(rows)  # a rating's items are known by their names
    return replace(made, id=f"year-{template_id}-{number}", year=YEAR, values=values, indicators=kept)


def report(template: Template, others: tuple[Filled, ...], *, paragraphs: int = 4) -> Record:
    """Make a report of some 10,000 characters in which every section has amounts, sums and data items of the year."""
    made = replace(filled(template), id=f"year-{template.id}", year=YEAR)
    known = figures(made, others)
    sections = tuple(_written(section, at, known, paragraphs) for at, section in enumerate(made.sections))
    return replace(made, sections=sections)


def _written(section: Section, at: int, known: tuple[Figure, ...], paragraphs: int) -> Section:
    texts = []
    for number in range(paragraphs):
        whole, part = 1200 + 10 * at + number, 700 + at
        words = (
            f"{section.heading}：全年支出{whole}万元，其中基本支出{part}万元，项目支出{whole - part}万元，"
            f"比上年增加{at + 1}.{number}%，"
            f"办理法律援助案件{300 + at}件，开展法治宣传{20 + number}场，接待来访群众{1500 + at}人。"
        )
        item = [item_for(known[(at * paragraphs + number) % len(known)])] if known else []
        texts.append(write((words, "本年各表的数是", *item, "。")))
    return replace(section, paragraphs=tuple(texts))


def changed(record: Record, turn: int) -> Record:
    """Return the form with another text in one row or paragraph: what a save is about."""
    if record.sections:
        row = turn % len(record.sections)
        section = record.sections[row]
        texts = (f"第{turn}稿。", *section.paragraphs[1:])
        sections = (*record.sections[:row], replace(section, paragraphs=texts), *record.sections[row + 1 :])
        return replace(record, sections=sections)
    if record.rows:
        row = turn % len(record.rows)
        fresh = record.rows[row].with_texts({"reason": f"第{turn}次改。"})
        return replace(record, rows=(*record.rows[:row], fresh, *record.rows[row + 1 :]))
    row = turn % len(record.indicators)
    indicator = replace(record.indicators[row], name=f"第{turn}次改的指标")
    return replace(record, indicators=(*record.indicators[:row], indicator, *record.indicators[row + 1 :]))


def layouts(count: int, kinds: str) -> tuple[Layout, ...]:
    """Return the layouts of the sheets."""
    if kinds == "alike":
        return forms.layouts(count)
    known = templates()
    return tuple(derive(known[one.template_id], one).layout for one in year(count + 1, known)[:-1])
