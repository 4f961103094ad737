"""Our own exports: what the program writes as Word, Excel and JSON, to be read again."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Final

from perfdesk.exchange.exchange import write_records
from perfdesk.exchange.rendering import render
from perfdesk.gathering import gather
from perfdesk.layout import lay_out
from perfdesk.model import Record
from perfdesk.scoring import assess
from perfdesk.sheet import Sheet, build
from perfdesk.template import Filled, Template
from tests.house_styles.corpus import Case
from tests.house_styles.equality import Difference, Outcome

_LEVEL: Final = re.compile(r"indicators\[\d+\]\.level[12]$")


def export(case: Case, kind: str, templates: Mapping[str, Template], folder: Path, made: datetime) -> Path:
    """Write a form as the program does."""
    record = case.form.record
    path = folder / f"{record.year}-{case.form.template.kind}.{kind}"  # as 「导出」 names it: the year in front
    if kind == "json":
        path.write_text(write_records((record,), templates), encoding="utf-8")
    else:
        layout = lay_out(_sheet(case.form.template, record))
        path.write_bytes(render((layout,), kind, title=case.name, made=made).data)
    return path


def printed_again(form: Filled, read: Record) -> Outcome:
    """Hold the form as it would be printed again against the form that went out, cell by cell.

    What went out computed comes back as a stated figure; the printed text is the same. A 一级指标 that was left blank may come
    back inferred: the form asks about it.
    """
    wanted, got = _texts(form.template, form.record), _texts(form.template, read)
    head = {"template": form.record.template_id, "year": str(form.record.year)}
    wanted, got = {**wanted, **head}, {**got, "template": read.template_id, "year": str(read.year)}
    if form.template.funds:
        wanted["unit"], got["unit"] = form.record.unit.value, read.unit.value
    places = sorted({*wanted, *got})
    differences = tuple(
        Difference(place, wanted.get(place, ""), got.get(place, ""))
        for place in places
        if wanted.get(place, "") != got.get(place, "") and not (_LEVEL.search(place) and not wanted.get(place, ""))
    )
    return Outcome(sum(bool(text) for text in wanted.values()), differences)


def _sheet(template: Template, record: Record) -> Sheet:
    return build(template, record, assess(template, record), gather(template, record, ()))


def _texts(template: Template, record: Record) -> dict[str, str]:
    cells = _sheet(template, record).cells
    return {
        f"{one.binding.block.value}[{one.binding.row}].{one.binding.key}{one.tick}": one.text
        for one in cells
        if one.binding is not None
    }
