"""单位 (bureau) of a form: whose it is, and the cells in which the form prints that name."""

from __future__ import annotations

from dataclasses import replace
from typing import Final, NamedTuple

from perfdesk.amounts import MoneyUnit
from perfdesk.model import Record
from perfdesk.template import Template

#: 主管部门 and 实施单位 (填报单位): where a form prints the office; a project may be carried out by another one.
PRINTED: Final = ("department", "agency")


def with_bureau(template: Template, record: Record, bureau: str) -> Record:
    """Return the record with another 单位; the cells that held the old name, or were blank with it, hold the new one.

    A cell that names another office stays: 青山司法局 mended to 青山县司法局 leaves the 主管部门 青山县人民政府 alone.
    """
    name, old = bureau.strip(), record.bureau.strip()
    if name == record.bureau:
        return record
    cells = {key for key in PRINTED if template.field(key) and record.value(key).strip() == old}
    kept = {key: text for key, text in record.values.items() if key not in cells}
    return replace(record, bureau=name, values={**kept, **dict.fromkeys(cells, name)} if name else kept)


class Office(NamedTuple):
    """An office as it begins its forms: 单位全称, 主管部门代码, 金额单位 (``None``: the one of the template)."""

    name: str
    code: str = ""
    unit: MoneyUnit | None = None


def for_office(template: Template, record: Record, office: Office, *, project: str = "") -> Record:
    """Return a blank record as the office begins it: its name, code and money unit, and 项目名称, where the form has room for them.

    A rating keeps its unit: its raw figures say theirs one by one.
    """
    named = with_bureau(template, record, office.name)
    wanted = {"department_code": office.code, "project_name": project}
    given = {key: text for key, text in wanted.items() if text and template.field(key)}
    named = replace(named, values={**named.values, **given}) if given else named
    if office.unit is None or any(one.raw for one in template.fields):
        return named
    return replace(named, unit=office.unit)
