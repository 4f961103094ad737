"""A whole form as one text and back, for versions: nothing of a version is ever changed, so it needs no rows of its own.

A text of an older release lacks the fields that came later; they are blank then. No queries here.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from perfdesk.amounts import MoneyUnit
from perfdesk.model import Answer, FundRow, Indicator, ListRow, Record, Section


def write_snapshot(record: Record) -> str:
    """Return the text of a form; what is blank in its rows is left out.

    JSON without escapes: two halves of a character that were typed apart would be read back as one.
    """
    content = {
        "id": record.id,
        "template_id": record.template_id,
        "year": record.year,
        "unit": record.unit.value,
        "bureau": record.bureau,
        "extra": record.extra,
        "values": dict(record.values),
        "stated": dict(record.stated),
        "funds": [_filled(row) for row in record.funds],
        "indicators": [_filled(row) for row in record.indicators],
        "rows": [dict(row.cells) for row in record.rows],
        "sections": [asdict(one) for one in record.sections],
        "answers": [asdict(one) for one in record.answers],
    }
    return json.dumps(content, ensure_ascii=False)


def _filled(row: FundRow | Indicator) -> dict[str, str]:
    return {key: text for key, text in asdict(row).items() if text}


def read_snapshot(text: str) -> Record:
    """Return the form of a text that :func:`write_snapshot` wrote."""
    content: dict[str, Any] = json.loads(text)
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
