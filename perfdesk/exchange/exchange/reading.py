"""From a file to records: the file's own sentences, the heads of the records, and their single fields.

The rows of a form are read in ``rows``; which template it gets is decided in ``choosing``.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

from perfdesk.amounts import MoneyUnit
from perfdesk.errors import UserError, excerpt
from perfdesk.exchange.exchange.choosing import OTHERS, choose
from perfdesk.exchange.exchange.grades import read_grade
from perfdesk.exchange.exchange.intake import Intake
from perfdesk.exchange.exchange.keys import (
    BREAKDOWN_EXTRAS,
    CODE,
    FORMAT,
    GOALS,
    MAX_RECORDS,
    MAX_ROWS,
    SUBTOTAL,
    TOP_VALUES,
    TOTALS,
    UNPRINTED,
    breakdown,
    header_labels,
    labelled,
    named,
    numbered,
    quoted,
)
from perfdesk.exchange.exchange.rows import read_answers, read_funds, read_indicators, read_list, read_sections
from perfdesk.json_file import NOTHING_DONE, Json, Node, read_json
from perfdesk.labels import match_label
from perfdesk.model import Record
from perfdesk.template import Template


class Import(NamedTuple):
    """What a file held: its records, and in Chinese sentences what the reader should know about them.

    ``codes`` are the 校验码 that the file states of its records, ``""`` where it states none.
    """

    records: tuple[Record, ...]
    notes: tuple[str, ...]
    codes: tuple[str, ...] = ()


def _new_id() -> str:
    return os.urandom(16).hex()


def read_records(path: Path, templates: Mapping[str, Template], *, new_id: Callable[[], str] = _new_id) -> Import:
    """Read a file of one record or an array of them. ``new_id`` gives each record its id.

    Raises :class:`UserError`, naming the file, the key and what was expected, for anything that does not fit the format; no record
    of the file is returned then.
    """
    content = read_json(path)
    items = content if isinstance(content, list) else [content]
    if not items:
        raise UserError(f"“{path.name}”里没有表。{NOTHING_DONE}")
    if len(items) > MAX_RECORDS:
        raise UserError(
            f"“{path.name}”里有 {len(items)} 张表，一次最多 {MAX_RECORDS} 张，请分成几个文件。{NOTHING_DONE}"
        )
    records: list[Record] = []
    notes: list[str] = []
    codes: list[str] = []
    for index, item in enumerate(items):
        told: list[str] = []
        root = Node(item, file=path.name, place=f"[{index}]" if len(items) > 1 else "")
        codes.append(root.text(CODE) or "")
        records.append(_record(root, templates, told, record_id=new_id()))
        notes += [f"第 {index + 1} 张表：{note}" if len(items) > 1 else note for note in told]
    return Import(tuple(records), tuple(notes), tuple(codes))


def _record(root: Node, templates: Mapping[str, Template], notes: list[str], *, record_id: str) -> Record:
    _check_format(root)
    year = _year(root)
    template = choose(root, templates, notes)
    intake = Intake(root, template, notes)
    unit, bureau = _unit(intake), intake.text(root, "bureau") or ""
    values = _values(intake)
    funds, indicators, rows = read_funds(intake), read_indicators(intake), read_list(intake)
    sections, answers = read_sections(intake), read_answers(intake)
    stated = _stated(intake) | read_grade(intake)
    rest = root.rest()
    foreign = [key for key in rest if not (key == SUBTOTAL and template.rules)]  # a rating prints a 小计 of its own
    if foreign:
        notes.append(f"{named(foreign)}不属于表样“{template.title}”，内容已随表保留。")
    intake.merge(rest)
    return Record(
        id=record_id,
        template_id=template.id,
        year=year,
        unit=unit,
        bureau=bureau,
        values=values,
        funds=funds,
        indicators=indicators,
        stated=stated,
        extra=intake.extra(),
        rows=rows,
        sections=sections,
        answers=answers,
    )


def _check_format(root: Node) -> None:
    name = root.get("format")
    if name == FORMAT:
        return
    if isinstance(name, str) and name.startswith("perfdesk-record/"):
        raise UserError(
            f"“{root.file}”由更新的版本保存（格式 {excerpt(name)}，本程序读 {FORMAT}），"
            f"打开会丢内容，所以没有打开。请先升级程序。"
        )
    if isinstance(name, str) and name:
        raise UserError(f"“{root.file}”的格式是“{excerpt(name)}”，不是填报数据。{OTHERS}{NOTHING_DONE}")
    raise UserError(f"“{root.file}”里没有写明格式，像是别的程序的文件。{OTHERS}{NOTHING_DONE}")


def _year(root: Node) -> int:
    value = root.get("year")
    if value is None:
        raise root.missing("year", "四位年份，如 2024")
    if isinstance(value, str) and len(value) == 4 and value.isascii() and value.isdigit() and "1949" <= value <= "2999":
        return int(value)
    raise root.fail("year", "四位年份，如 2024", value)


def _unit(intake: Intake) -> MoneyUnit:
    """Take the money unit; a form without money needs none, and none is written back where none was stated."""
    template = intake.template
    word = intake.text(intake.root, "unit")
    if not word:
        intake.keep_unstated("unit")
        if template.funds:
            intake.notes.append(f"没有写明金额单位，按表样取“{template.unit}”。")
        return template.unit
    if word not in set(MoneyUnit):
        raise intake.root.fail("unit", "“元”或“万元”", word)
    return MoneyUnit(word)


def _values(intake: Intake) -> dict[str, str]:
    """Read every single field: those with keys of their own, then header, signatures and 资金明细 by their labels."""
    root, template = intake.root, intake.template
    goal = root.node("overall_goal")
    placed = {key: intake.text(root, key) for key in TOP_VALUES}
    placed |= {key: intake.text(goal, name) for name, key in GOALS.items()}
    placed |= intake.texts(root.node("values"))
    values = {key: text for key, text in placed.items() if text is not None}
    intake.keep("overall_goal", goal.rest())
    labels = header_labels(template)
    for place in ("header", "signatures"):
        _read_labelled(intake, place, labels, values)
    _read_breakdown(intake, values)
    homeless = [key for key in placed if values.get(key) and template.field(key) is None and key not in UNPRINTED]
    if homeless:
        intake.notes.append(f"表样“{template.title}”没有{named(homeless)}的格，内容已随表保留。")
    return values


def _read_labelled(intake: Intake, place: str, labels: Mapping[str, str], values: dict[str, str]) -> None:
    node = intake.root.node(place)
    left: dict[str, str | None] = {}
    for label, text in intake.texts(node).items():
        key = labels.get(intake.known_as(label, labels))
        if key is not None and key not in values:
            values[key] = text
            continue
        left[label if key is None else numbered(label, {*node.names(), *left})] = text or None
    intake.keep(place, left)
    if left:
        intake.stranger(quoted(left), "格")


def _read_breakdown(intake: Intake, values: dict[str, str]) -> None:
    """Read 资金明细: an array of {label, amount} for each group; rows the form does not have are kept, group by group."""
    known = {match_label(group): labelled(fields) for group, fields in breakdown(intake.template).items()}
    if not known:
        return
    node = intake.root.node("fund_breakdown")
    left: dict[str, list[dict[str, Json]]] = {}
    rests: list[dict[str, Json]] = []
    for group in node.names():
        keys = known.get(match_label(group), {})
        for row in node.nodes(group, most=MAX_ROWS):
            label, amount = _label(intake, row), intake.text(row, "amount") or ""
            key, rest = keys.get(match_label(label)), row.rest()
            if key is None or key in values:
                there = [one["label"] for one in left.get(group, ())]
                name = label if key is None else numbered(label, there)
                left.setdefault(group, []).append({"label": name, "amount": amount or None, **rest})
                continue
            values[key] = amount
            rests += [{"label": label, **rest}] if rest else []
    intake.keep("fund_breakdown", left)
    intake.keep(BREAKDOWN_EXTRAS, rests)
    if left:
        intake.stranger(f"资金明细的{quoted(row['label'] for rows in left.values() for row in rows)}", "格")
    intake.unknown("资金明细", rests, but="label")


def _label(intake: Intake, row: Node) -> str:
    label = intake.text(row, "label")
    if label is None:
        raise row.missing("label", "这一行的名称")
    return label


def _stated(intake: Intake) -> dict[str, str]:
    """Read the typed-over totals, then further figures typed over by their keys."""
    node = intake.root.node("total")
    texts = {key: intake.text(node, name) or "" for name, key in TOTALS.items()}
    intake.keep("total", node.rest())
    further = intake.texts(intake.root.node("stated"))
    return {key: text for key, text in (*further.items(), *texts.items()) if text}
