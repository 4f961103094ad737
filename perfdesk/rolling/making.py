"""结转 (rolling): last year's form and what was decided about it make the new year's form. Pure; the old form is not touched.

the national self-assessment of 2020: names, weights and 预期目标 stay, 年度指标值 and 年初预算数 are what the clerk answered,
全年执行数, 实际完成值, 得分, 偏差原因, 说明 and dates are blank
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from types import MappingProxyType
from typing import Final

from perfdesk.amounts import is_blank
from perfdesk.editing import get_text, new_record, set_text
from perfdesk.gathering.chain import SOURCES, carry
from perfdesk.gathering.facts import facts_of
from perfdesk.model import Binding, Block, FormKind, FundRow, Indicator, ListRow, Record, Section
from perfdesk.rolling.items import items_of
from perfdesk.rolling.types import NAMES, Choices, Item, Question, Treatment, decide
from perfdesk.rolling.years import move_year
from perfdesk.scoring import assess
from perfdesk.template import Template

NO_ANSWERS: Final[Mapping[Binding, str]] = MappingProxyType({})
_PLACE: Final = {Block.FUNDS: "label", Block.INDICATORS: "name"}


def questions(template: Template, record: Record, *, year: int, choices: Choices) -> tuple[Question, ...]:
    """Return what is asked about a form: every cell of an item that is to be asked for, in the order of the paper."""
    return ask(items_of(template, record), record, year=year, choices=choices)


def ask(items: tuple[Item, ...], record: Record, *, year: int, choices: Choices) -> tuple[Question, ...]:
    """Return what is asked about a form whose items are known already."""
    asked = (item for item, treatment in decide(items, choices) if treatment is Treatment.ASK)
    return tuple(_question(record, item, cell, year) for item in asked for cell in item.cells)


def _question(record: Record, item: Item, cell: Binding, year: int) -> Question:
    old = get_text(record, cell)
    key = _PLACE.get(cell.block)
    place = get_text(record, replace(cell, key=key)).strip() if key else ""
    return Question(cell, item.label, place, old, move_year(old, record.year, year))


def roll(
    template: Template,
    record: Record,
    *,
    year: int,
    record_id: str,
    choices: Choices,
    answers: Mapping[Binding, str] = NO_ANSWERS,
) -> Record:
    """Return the form of ``year`` on the same template. ``answers`` are the texts of what was asked; no answer leaves a blank.

    A kept text that names its own year names the new one. Rows whose names are not kept give way to those of a blank form.
    """
    made = _bare(template, record, year=year, record_id=record_id)
    for item, treatment in decide(items_of(template, record), choices):
        if treatment is Treatment.CLEAR and item.key == NAMES:
            made = replace(made, indicators=template.starter)
        for cell in item.cells if treatment is not Treatment.CLEAR else ():
            old = move_year(get_text(record, cell), record.year, year)
            made = set_text(made, cell, answers.get(cell, "") if treatment is Treatment.ASK else old)
    return _tidy(template, made)


def roll_into(source: Template, record: Record, target: Template) -> Record:
    """Return a rolled form on another template: a goal table becomes a self-assessment, a form of 2020 one as drawn in 2021.

    What both forms print goes along; ``record`` is what :func:`roll` made. Rows that the new form begins with and nobody used stay.
    """
    if target is source:
        return record
    blank = new_record(target, record_id=record.id, year=record.year, bureau=record.bureau)
    values = {key: text for key, text in record.values.items() if target.field(key) and key != "title"}
    blank = replace(blank, unit=record.unit, values={**blank.values, **values})
    made = carry(facts_of(source, record, assess(source, record)), target, blank)
    return replace(made, funds=tuple(_funded(row, record.funds) for row in made.funds))


def follows(source: Template, target: Template) -> bool:
    """Tell whether a form of one template can go on as one of the other: the same kind, or the next of the year's chain."""
    return source.kind is target.kind or source.kind in _before(target.kind)


def _before(kind: FormKind) -> tuple[FormKind, ...]:
    return SOURCES.get(kind, ())


def _bare(template: Template, record: Record, *, year: int, record_id: str) -> Record:
    """Return the new form with its rows and nothing in them; a dash that was printed in a cell is printed again."""
    gathers = template.gathers is not None
    return Record(
        id=record_id,
        template_id=record.template_id,
        year=year,
        unit=record.unit,
        bureau=record.bureau,
        funds=tuple(_dashes(row, FundRow(row.label)) for row in record.funds),
        indicators=tuple(Indicator() for _ in record.indicators),
        rows=() if gathers else tuple(ListRow() for _ in record.rows),
        sections=tuple(Section(one.level, "") for one in record.sections),
    )


def _dashes(row: FundRow, bare: FundRow) -> FundRow:
    texts = {one.name: getattr(row, one.name) for one in fields(row) if one.name != "label"}
    return replace(bare, **{key: text for key, text in texts.items() if text.strip() and is_blank(text)})


def _tidy(template: Template, made: Record) -> Record:
    """Give rows the printed weights of their groups where they were cleared, and drop rows in which nothing is left."""
    return replace(
        made,
        indicators=tuple(_weighed(row, template.starter) for row in made.indicators),
        rows=tuple(one for one in made.rows if one.cells),
        sections=tuple(one for one in made.sections if one.heading or one.paragraphs) or _outline(template),
    )


def _outline(template: Template) -> tuple[Section, ...]:
    return tuple(Section(one.level, one.text) for one in template.outline)


def _weighed(row: Indicator, starter: Iterable[Indicator]) -> Indicator:
    printed: dict[str, str] = {}
    for one in starter:
        if one.level1 == row.level1:
            printed.setdefault("level1_weight", one.level1_weight)
            if one.level2 == row.level2:
                printed.setdefault("level2_weight", one.level2_weight)
    return replace(row, **{key: text for key, text in printed.items() if not getattr(row, key)})


def _funded(row: FundRow, old: tuple[FundRow, ...]) -> FundRow:
    """Fill the amounts of a fund row from the one of the same label."""
    same = next((one for one in old if _label(one) == _label(row)), None)
    if same is None:
        return row
    texts = {one.name: getattr(same, one.name) for one in fields(row) if not getattr(row, one.name)}
    return replace(row, **texts)


def _label(row: FundRow) -> str:
    return "".join(one for one in row.label if one.isalnum())
