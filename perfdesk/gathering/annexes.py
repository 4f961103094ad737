"""附表 (annexes): the forms of the year that go behind a report. The report keeps their names, one a line."""

from __future__ import annotations

from typing import Final

from perfdesk.gathering.facts import offices_of, same_office
from perfdesk.model import Record
from perfdesk.template import Filled

ANNEXES: Final = "annexes"
"""Key of the field of a report that holds the names."""


def annex_key(form: Filled) -> str:
    """Return the name under which a report remembers an annex: 「项目支出绩效自评表·法律援助经费」."""
    record, template = form.record, form.template
    return f"{template.kind.words}·{record.value('project_name') or record.value('title') or template.title}"


def annexes(record: Record, others: tuple[Filled, ...]) -> tuple[Filled, ...]:
    """Return the annexes of a report among the other forms of its year, in the report's order; one that is gone is left out.

    Forms of one name are taken in their order, each once.
    """
    offices, year = offices_of(record), record.year
    left = [one for one in others if one.record.year == year and same_office(offices_of(one.record), offices)]
    found: list[Filled] = []
    for name in record.value(ANNEXES).splitlines():
        match = next((one for one in left if annex_key(one) == name), None)
        if match is not None:
            left.remove(match)
            found.append(match)
    return tuple(found)
