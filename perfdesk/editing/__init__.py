"""Changes of a record as pure functions: a text through its binding, rows in and out.

Every function takes a record and returns another one; whoever holds "the current record" decides what to do with it. Text is kept
exactly as typed.
"""

from __future__ import annotations

from perfdesk.editing.choices import chosen, toggle
from perfdesk.editing.office import Office, for_office, with_bureau
from perfdesk.editing.patterns import compose, decompose, show
from perfdesk.editing.rows import delete_rows, duplicate_row, emptied, insert_row, move_row, rows_of
from perfdesk.editing.texts import first_difference, get_text, row_text, set_text
from perfdesk.model import FundRow, Record, Section
from perfdesk.template import Template

__all__ = [
    "Office",
    "chosen",
    "compose",
    "decompose",
    "delete_rows",
    "duplicate_row",
    "emptied",
    "first_difference",
    "for_office",
    "get_text",
    "insert_row",
    "move_row",
    "new_record",
    "row_text",
    "rows_of",
    "set_text",
    "show",
    "toggle",
    "with_bureau",
]


def new_record(template: Template, *, record_id: str, year: int, bureau: str = "") -> Record:
    """新建空表: a blank record of the template, with its fund rows, and the indicator rows or headings it starts with."""
    return Record(
        id=record_id,
        template_id=template.id,
        year=year,
        unit=template.unit,
        bureau=bureau,
        values={"title": template.title} if template.field("title") else {},
        funds=tuple(FundRow(label=fund.label) for fund in template.funds),
        indicators=template.starter,
        sections=tuple(Section(one.level, one.text) for one in template.outline),
    )
