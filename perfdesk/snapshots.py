"""A whole form as one text and back: for versions, which nothing ever changes, and for what is compared as a whole.

A text of an older release lacks the fields that came later; they are blank then. No queries here.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, fields
from operator import attrgetter
from typing import Any

from perfdesk.amounts import MoneyUnit
from perfdesk.model import Answer, FundRow, Indicator, ListRow, Record, Section

Content = Mapping[str, Any]
"""A form as plain maps, lists and texts (numbers only in its year and the levels of its sections)."""


def _texts(kind: type[FundRow | Indicator]) -> Callable[[FundRow | Indicator], dict[str, str]]:
    """Return what makes a map of the texts of a row that are not blank; ``dataclasses.asdict`` takes ten times as long."""
    names = tuple(one.name for one in fields(kind))
    values = attrgetter(*names)
    return lambda row: {name: text for name, text in zip(names, values(row), strict=True) if text}


_FUND, _INDICATOR = _texts(FundRow), _texts(Indicator)


def content_of(record: Record) -> dict[str, Any]:
    """Return a form as plain maps, lists and texts; what is blank in its rows is left out."""
    return {
        "id": record.id,
        "template_id": record.template_id,
        "year": record.year,
        "unit": record.unit.value,
        "bureau": record.bureau,
        "extra": record.extra,
        "values": dict(record.values),
        "stated": dict(record.stated),
        "funds": [_FUND(row) for row in record.funds],
        "indicators": [_INDICATOR(row) for row in record.indicators],
        "rows": [dict(row.cells) for row in record.rows],
        "sections": [
            {"level": one.level, "heading": one.heading, "paragraphs": [*one.paragraphs]} for one in record.sections
        ],
        "answers": [asdict(one) for one in record.answers],
    }


def write_snapshot(record: Record) -> str:
    """Return the text of a form.

    JSON without escapes: two halves of a character that were typed apart would be read back as one.
    """
    return json.dumps(content_of(record), ensure_ascii=False)


def state_of(content: Content) -> str:
    """Return a digest (SHA-256, hexadecimal) of everything a form holds: equal for equal forms, whatever the order of their keys.

    What is blank counts as absent, so the fields of later releases leave it as it is.
    """
    text = json.dumps(_without_blanks(content), sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _without_blanks(content: Content) -> dict[str, Any]:
    maps = {name: _filled(content[name]) for name in ("values", "stated")}
    return {**content, **maps, "answers": [_filled(one) for one in content["answers"]]}


def _filled(texts: Mapping[str, str]) -> dict[str, str]:
    return {key: text for key, text in texts.items() if text}


def read_snapshot(text: str) -> Record:
    """Return the form of a text that :func:`write_snapshot` wrote."""
    return record_of(json.loads(text))


def record_of(content: Content) -> Record:
    """Return the form that :func:`content_of` described."""
    return Record(
        id=content["id"],
        template_id=content["template_id"],
        year=content["year"],
        unit=MoneyUnit(content["unit"]),
        bureau=content["bureau"],
        extra=content["extra"],
        values=content["values"],
        stated=content["stated"],
        funds=tuple(FundRow(**{"label": "", **row}) for row in content["funds"]),
        indicators=tuple(Indicator(**row) for row in content["indicators"]),
        rows=tuple(ListRow.of(row) for row in content["rows"]),
        sections=tuple(Section(one["level"], one["heading"], tuple(one["paragraphs"])) for one in content["sections"]),
        answers=tuple(Answer(**one) for one in content["answers"]),
    )
