"""Every published form through every exporter: what was typed is found again in what is printed, and LibreOffice shows the same."""

from __future__ import annotations

import csv
import json
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from pathlib import Path

import pypdfium2
import pytest
from docx import Document

from perfdesk.derive import derive
from perfdesk.exchange import docx, pdf, xlsx
from perfdesk.exchange.exchange import read_records
from perfdesk.json_file import Json
from perfdesk.layout import Layout
from perfdesk.template import Template
from tests.conftest import CASES
from tests.exchange.office import calc, convert, writer

ALL_CASES = tuple(sorted(path for path in CASES.glob("*.json") if path.name != "expected.json"))
#: Keys that say what the form is, not what stands on it; of an unticked grade box and a list without rows nothing was typed.
HEAD = frozenset({"format", "template", "form_kind", "bureau", "year", "unit", "grade_bands", "subtotal", "columns"})

every_case = pytest.mark.parametrize("case", ALL_CASES, ids=lambda path: path.stem)
Lay = Callable[[Path], Layout]


@pytest.fixture(scope="module")
def lay_case(templates: Mapping[str, Template]) -> Lay:
    """Import a published form and lay it out."""

    def make(case: Path) -> Layout:
        (record,) = read_records(case, templates).records
        return derive(templates[record.template_id], record).layout

    return make


def letters(text: str) -> str:
    """A text without white space: lines are broken differently everywhere."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def typed(value: Json, *, but: frozenset[str] = frozenset()) -> Iterator[str]:
    """Every text of a published form."""
    if isinstance(value, dict):
        yield from (text for key, one in value.items() if key not in but for text in typed(one))
    elif isinstance(value, list):
        yield from (text for one in value for text in typed(one))
    elif isinstance(value, str) and letters(value):
        yield value


def texts_of(case: Path) -> set[str]:
    content = json.loads(case.read_text("utf-8"), parse_int=str, parse_float=str)
    for section in content.get("sections", ()):
        section.pop("level")
    return {letters(text) for text in typed(content, but=HEAD)}


def printed(layout: Layout) -> list[str]:
    """The text of every cell as its lines stand on the pages, fragments of one cell joined."""
    found: dict[int, str] = defaultdict(str)
    for page in layout.pages:
        for one in page.fragments:
            found[id(one.cell)] += letters("".join(line.text for line in one.lines))
    return [*found.values()]


@every_case
def test_what_was_typed_is_on_paper(case: Path, lay_case: Lay, made: datetime) -> None:
    layout = lay_case(case)
    cells = printed(layout)
    assert not [text for text in texts_of(case) if not any(text in one for one in cells)]
    data = pdf.render((layout,), title=layout.sheet.title, made=made)
    with pypdfium2.PdfDocument(data) as document:
        assert len(document) == len(layout.pages)
        for page, laid in zip(document, layout.pages, strict=True):
            shown = letters(page.get_textpage().get_text_bounded())
            lines = (letters(line.text) for one in laid.fragments for line in one.lines)
            assert not [line for line in lines if line not in shown]


@calc
@pytest.mark.slow
@pytest.mark.libreoffice
@every_case
def test_libreoffice_shows_every_cell_of_a_workbook(case: Path, lay_case: Lay, made: datetime, tmp_path: Path) -> None:
    layout = lay_case(case)
    if any(cell.role.flowing for cell in layout.sheet.cells):
        pytest.skip("a report is no spreadsheet")
    made_of_it = xlsx.render((layout,), title="表", made=made)
    assert not made_of_it.notes
    text = convert(tmp_path, made_of_it.data, "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true")
    rows = list(csv.reader(text.decode("utf-8-sig").splitlines(keepends=True)))
    rows += [[""] * len(layout.sheet.column_widths)] * (
        layout.sheet.row_count - len(rows)
    )  # blank ones at the end are left out
    for cell in layout.sheet.cells:
        assert letters(rows[cell.row][cell.column]) == letters(cell.text)


@every_case
def test_what_was_typed_is_in_the_word_file(case: Path, lay_case: Lay, made: datetime, tmp_path: Path) -> None:
    layout = lay_case(case)
    made_of_it = docx.render((layout,), title=layout.sheet.title, made=made)
    assert not made_of_it.notes
    path = tmp_path / "表.docx"
    path.write_bytes(made_of_it.data)
    body = letters("".join(Document(str(path)).element.body.itertext()))
    assert not [text for text in texts_of(case) if text not in body]


@writer
@pytest.mark.slow
@pytest.mark.libreoffice
@every_case
def test_libreoffice_shows_every_text_of_a_word_file(case: Path, lay_case: Lay, made: datetime, tmp_path: Path) -> None:
    data = docx.render((lay_case(case),), title="表", made=made).data
    text = convert(tmp_path, data, "txt:Text (encoded):UTF8", source_kind="docx").decode("utf-8-sig")
    shown = letters(text)
    assert not [text for text in texts_of(case) if text not in shown]
