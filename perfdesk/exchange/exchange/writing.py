"""From records to the text of a file; ``reading`` gives the same records back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Final

from perfdesk.editing.levels import split
from perfdesk.errors import UserError
from perfdesk.exchange.exchange.grades import GRADE, write_bands
from perfdesk.exchange.exchange.keys import (
    CODE,
    EMPTY_ROWS,
    FORMAT,
    GOALS,
    INDICATOR_NAMES,
    PLACED,
    TOP_VALUES,
    TOTALS,
    breakdown,
    fund_keys,
    has_block,
    header_labels,
    indicator_keys,
    labelled,
    shows,
)
from perfdesk.exchange.exchange.rows import column_names
from perfdesk.fingerprint import fingerprint
from perfdesk.json_file import Json, Number, dump_json, parse_json
from perfdesk.model import Answer, Indicator, ListRow, Record, Section
from perfdesk.template import FUND_KEYS, BlockRole, Field, Template

Object = dict[str, Json]

_ORDER: Final = (
    *("header", "signatures", "values", "funds", "fund_breakdown", "overall_goal", "indicators", EMPTY_ROWS),
    *("columns", "rows", "sections", "total", "grade_bands", "stated", "answers"),
)
"""The parts of a record in the order they are written."""


def write_records(records: tuple[Record, ...], templates: Mapping[str, Template], *, with_codes: bool = False) -> str:
    """Write records as one JSON text: one object, or an array of several; ``with_codes`` states the 校验码 of each.

    ``read_records`` gives the same records back (but for the id, which is the store's own). Raises :class:`UserError` when the
    template of a record is not among ``templates``.
    """
    items = [_record(record, _template_of(record, templates)) for record in records]
    if with_codes:
        items = [item | {CODE: fingerprint(record)} for item, record in zip(items, records, strict=True)]
    return dump_json(items[0] if len(items) == 1 else items)


def _template_of(record: Record, templates: Mapping[str, Template]) -> Template:
    template = templates.get(record.template_id)
    if template is None:
        raise UserError(f"没有表样“{record.template_id}”，这张表不能导出。请先把表样放进表样文件夹。")
    return template


def _record(record: Record, template: Template) -> Object:
    """Return the object of one record: its head, its single fields, its rows; what is blank and was never there is left out."""
    extra = parse_json(record.extra, name="随表保留的内容") if record.extra else {}
    head: Object = {
        "format": FORMAT,
        "template": template.id,
        "form_kind": template.kind.value,
        "bureau": record.bureau,
        **{key: record.values[key] or None for key in TOP_VALUES if key in record.values},
        "year": Number(record.year),
    }
    if extra.get("unit", "") is not None or record.unit is not template.unit:
        head["unit"] = record.unit.value
    extra.pop("unit", None)
    parts = _singles(record, template, extra) | _rows(record, template, extra)
    return extra | head | {key: parts[key] for key in _ORDER if parts[key]}


def _singles(record: Record, template: Template, extra: Mapping[str, Json]) -> Object:
    """Return the single fields: under their labels, else under ``values``."""
    values = record.values
    places = {
        key: one for key in header_labels(template).values() if (one := template.field(key)) and key not in PLACED
    }
    here = {key: one for key, one in places.items() if key in values}
    groups = _breakdown(record, template)
    placed = {*PLACED, *places, *(one.key for fields in groups.values() for one in fields)}
    return {
        "header": _under_labels(record, here, signature=False) | extra.get("header", {}),
        "signatures": _under_labels(record, here, signature=True) | extra.get("signatures", {}),
        "values": {key: text or None for key, text in values.items() if key not in placed},
        "fund_breakdown": _groups(record, groups, extra.get("fund_breakdown", {})) if breakdown(template) else {},
        "overall_goal": {name: values[key] or None for name, key in GOALS.items() if key in values}
        | extra.get("overall_goal", {}),
    }


def _under_labels(record: Record, fields: Mapping[str, Field], *, signature: bool) -> Object:
    return {one.label: record.values[key] or None for key, one in fields.items() if one.signature is signature}


def _breakdown(record: Record, template: Template) -> dict[str, list[Field]]:
    """Return the fields of 资金明细 that the record holds, by group; of two alike in a group the first."""
    found: dict[str, list[Field]] = {}
    for group, fields in breakdown(template).items():
        first = labelled(fields).values()
        here = [one for one in fields if one.key in first and one.key in record.values]
        if here:
            found[group] = here
    return found


def _groups(record: Record, groups: Mapping[str, list[Field]], strangers: Mapping[str, Json]) -> Object:
    written: Object = {
        group: [{"label": one.label, "amount": record.values[one.key] or None} for one in fields]
        for group, fields in groups.items()
    }
    return written | {group: [*written.get(group, ()), *rows] for group, rows in strangers.items()}


def _rows(record: Record, template: Template, extra: Mapping[str, Json]) -> Object:
    """Return what a form has several of, and its totals."""
    filled, labels = split(template, record.indicators)
    placed = {*TOTALS.values(), *([GRADE] if shows(template, GRADE) else [])}
    total = {name: record.stated.get(key) or None for name, key in TOTALS.items()}
    has_total = any(total.values()) or any(shows(template, key) for key in TOTALS.values())
    return {
        "funds": _funds(record, template) + extra.get("funds", []),
        "indicators": _indicators(filled, template),
        EMPTY_ROWS: [*labels, *extra.get(EMPTY_ROWS, ())] if template.keep_level2 else [],
        "columns": _columns(template, extra),
        "rows": [_list_row(row, template) for row in record.rows],
        "sections": [_section(one) for one in record.sections],
        "total": (total if has_total else {}) | extra.get("total", {}),
        "grade_bands": write_bands(record.stated, extra, template),
        "stated": {key: text for key, text in record.stated.items() if key not in placed},
        "answers": [_answer(one) for one in record.answers],
    }


def _funds(record: Record, template: Template) -> list[Object]:
    always = fund_keys(template)
    keys = [key for key in FUND_KEYS if key in always or any(getattr(row, key) for row in record.funds)]
    return [{"label": row.label, **{key: getattr(row, key) or None for key in keys}} for row in record.funds]


def _indicators(rows: tuple[Indicator, ...], template: Template) -> list[Object]:
    always = indicator_keys(template)
    keys = [key for key in INDICATOR_NAMES if key in always or any(getattr(row, key) for row in rows)]
    return [{INDICATOR_NAMES[key]: getattr(row, key) or None for key in keys} for row in rows]


def _columns(template: Template, extra: Mapping[str, Json]) -> list[Json]:
    if not has_block(template, BlockRole.LIST):
        return []
    return [*column_names(template).values(), *extra.get("columns", ())]


def _list_row(row: ListRow, template: Template) -> Object:
    names = column_names(template)
    return {name: row.text(key) or None for key, name in names.items()} | {
        key: text for key, text in row.cells if key not in names
    }


def _section(section: Section) -> Object:
    level = Number(section.level)
    return {"level": level, "heading": section.heading, "paragraphs": list(section.paragraphs)}


def _answer(answer: Answer) -> Object:
    return {key: text for key, text in asdict(answer).items() if text}
