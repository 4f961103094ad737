"""A text that looks like a formula stays a text in everything that is written: nothing runs it, nothing takes it for a field."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from zipfile import ZipFile

import pytest

from perfdesk.derive import derive
from perfdesk.exchange import docx, opening, xlsx
from perfdesk.exchange.exchange import read_records, write_records
from perfdesk.json_file import parse_json
from perfdesk.layout import Layout
from perfdesk.model import Record
from perfdesk.source import SourceTable
from perfdesk.template import Template
from tests.conftest import SAMPLES

DANGEROUS = (
    *("=1+1", "=100%", "+86 0769", "-3%", "@SUM(A1)", "＝1+1", "＠甲", "\t=1", "'=1", '=HYPERLINK("http://x","甲")'),
    *(
        "=cmd|' /C calc'!A0",
        "{=1}",
        "=1个",
        "1E5",
        "TRUE",
        "2024-1-2",
        "007",
        "#REF!",
        "_x0041_",
        "<f>1</f>",
        "{ HYPERLINK }",
    ),
)


def formed(text: str, templates: Mapping[str, Template]) -> tuple[Record, Layout]:
    """A form whose every indicator says that text."""
    record = read_records(SAMPLES[0], templates, new_id=lambda: "1").records[0]
    rows = tuple(replace(one, target=text, actual=text, reason=text) for one in record.indicators)
    record = replace(record, indicators=rows)
    return record, derive(templates[record.template_id], record).layout


def members(data: bytes) -> Mapping[str, str]:
    with ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist() if name.endswith(".xml")}


@pytest.mark.parametrize("text", DANGEROUS)
def test_excel_has_it_as_text(text: str, templates: Mapping[str, Template], made: datetime) -> None:
    _, layout = formed(text, templates)
    data = xlsx.render((layout,), title="表", made=made).data
    sheet = members(data)["xl/worksheets/sheet1.xml"]
    assert not re.search(r"<f[ >/]", sheet)
    found = opening.read_bytes(data, "表.xlsx").tables[0]
    assert sum(one.text.strip() == text.strip() for one in found.cells) >= 2


@pytest.mark.parametrize("text", DANGEROUS)
def test_word_has_it_as_text(text: str, templates: Mapping[str, Template], made: datetime) -> None:
    _, layout = formed(text, templates)
    data = docx.render((layout,), title="表", made=made).data
    document = members(data)["word/document.xml"]
    assert "instrText" not in document
    assert "fldSimple" not in document
    cells = [
        one for part in opening.read_bytes(data, "表.docx").parts if isinstance(part, SourceTable) for one in part.cells
    ]
    assert sum(one.text.strip() == text.strip() for one in cells) >= 2


@pytest.mark.parametrize("text", DANGEROUS)
def test_data_files_have_it_as_it_was_typed(text: str, templates: Mapping[str, Template]) -> None:
    record, _ = formed(text, templates)
    parsed = parse_json(write_records((record,), templates), name="表")
    form = parsed[0] if isinstance(parsed, list) else parsed
    assert form["indicators"][0]["target"] == text
