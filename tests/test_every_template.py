"""Every template in the folder, whatever is typed, ticked, inserted and deleted: nothing is raised, nothing lost on the page."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import UTC, datetime
from io import BytesIO

import openpyxl
import pypdfium2
import pytest
from docx import Document
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from perfdesk.derive import Derived, derive
from perfdesk.editing import first_difference, get_text, new_record
from perfdesk.errors import UserError
from perfdesk.exchange import docx, pdf, xlsx
from perfdesk.exchange.exchange import read_records, write_records
from perfdesk.model import FormKind, Record, flatten
from perfdesk.sheet import Sheet
from perfdesk.store import Store
from perfdesk.template import Template
from tests.conftest import ROOT
from tests.filled_forms import filled
from tests.random_edits import MOVES, Move, make_move
from tests.test_layout import check

ALL = tuple(sorted(path.stem for path in (ROOT / "resources" / "templates").glob("*.toml")))
every_template = pytest.mark.parametrize("name", ALL)
SLOW = settings(
    max_examples=int(os.environ.get("PERFDESK_EDITS", "12")),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def beginning(template: Template, *, is_filled: bool) -> Record:
    """A form in which every cell holds something, or a blank one."""
    return (
        filled(template) if is_filled else new_record(template, record_id=template.id, year=2024, bureau="某县司法局")
    )


def check_tiles(sheet: Sheet) -> None:
    """The cells tile the grid exactly."""
    owned = sorted(
        (row, column)
        for cell in sheet.cells
        for row in range(cell.row, cell.row + cell.row_span)
        for column in range(cell.column, cell.column + cell.column_span)
    )
    assert owned == [(row, column) for row in range(sheet.row_count) for column in range(len(sheet.column_widths))]


def check_whole(derived: Derived) -> None:
    """What follows from a form holds together: squares, pages, findings that say something, bindings that lead somewhere."""
    check_tiles(derived.sheet)
    check(derived.layout)
    bound = {cell.binding for cell in derived.sheet.cells if cell.binding is not None}
    assert all(isinstance(get_text(derived.record, one), str) for one in bound)
    for one in flatten(derived.findings):
        for words, most in ((one.title, 40), (one.where, 81), (one.message, 600)):
            assert words.strip()
            assert "\n" not in words
            assert len(words) <= most, one
    assert 0 <= derived.completion <= 1
    assert derived.sentence


@every_template
@SLOW
@given(moves=st.lists(MOVES, max_size=12), begins_filled=st.booleans())
def test_any_edits_leave_a_whole_form(
    templates: Mapping[str, Template], name: str, moves: list[Move], begins_filled: bool
) -> None:
    template = templates[name]
    record = beginning(template, is_filled=begins_filled)
    for move in moves:
        before, record = record, make_move(template, record, move)
        assert (first_difference(before, record) is None) is (before == record), move
    check_whole(derive(template, record))


@every_template
@SLOW
@given(moves=st.lists(MOVES, max_size=8), begins_filled=st.booleans())
def test_any_form_comes_back_from_file_and_store(
    templates: Mapping[str, Template],
    tmp_path_factory: pytest.TempPathFactory,
    name: str,
    moves: list[Move],
    begins_filled: bool,
) -> None:
    template = templates[name]
    record = beginning(template, is_filled=begins_filled)
    for move in moves:
        record = make_move(template, record, move)
    path = tmp_path_factory.mktemp("forms") / "表.json"
    path.write_text(write_records((record,), templates), encoding="utf-8", newline="")
    assert read_records(path, templates, new_id=lambda: record.id).records == (record,)
    with Store.open(path.with_suffix(".db"), now=lambda: datetime(2025, 2, 5, tzinfo=UTC)) as store:
        store.save(record)
        assert store.load(record.id) == record


@every_template
@SLOW
@given(moves=st.lists(MOVES, max_size=8), begins_filled=st.booleans())
def test_any_form_is_printed_or_the_letter_is_named(
    templates: Mapping[str, Template], made: datetime, name: str, moves: list[Move], begins_filled: bool
) -> None:
    template = templates[name]
    record = beginning(template, is_filled=begins_filled)
    for move in moves:
        record = make_move(template, record, move)
    layout = derive(template, record).layout
    if pdf.unprintable(layout):
        with pytest.raises(UserError, match=r"^有字无法打印：.+请换用正式编码的字。$"):
            pdf.render((layout,), title="表", made=made)
    else:
        with pypdfium2.PdfDocument(pdf.render((layout,), title="表", made=made)) as document:
            assert len(document) == len(layout.pages)
    if template.kind is not FormKind.REPORT:
        book = openpyxl.load_workbook(BytesIO(xlsx.render((layout,), title="表", made=made).data))
        assert book.worksheets
    assert Document(BytesIO(docx.render((layout,), title="表", made=made).data)).element.body is not None
