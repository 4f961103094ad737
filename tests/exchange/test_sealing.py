"""A stamped file says later whether it still shows what was written."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from io import BytesIO

import openpyxl
import pytest
from docx import Document

from perfdesk.errors import UserError
from perfdesk.exchange.rendering import PRINTED, render
from perfdesk.exchange.sealing import read_printed
from perfdesk.fingerprint import Stamp, fingerprint
from perfdesk.layout import Layout
from perfdesk.model import Record
from tests.exchange.office import calc, convert, writer

Lay = Callable[[Record], Layout]
Write = Callable[[Record, str], bytes]


@pytest.fixture
def write(lay: Lay, made: datetime) -> Write:
    """Render a form as it is handed in."""

    def make(record: Record, kind: str) -> bytes:
        stamp = Stamp("上报版 2025-02-05", fingerprint(record))
        return render((lay(record),), kind, title="表", made=made, author=record.bureau, stamp=stamp).data

    return make


@pytest.mark.parametrize("kind", PRINTED)
def test_a_file_as_it_was_written_shows_its_code_and_holds(kind: str, sample: Record, write: Write) -> None:
    data = write(sample, kind)
    printed = read_printed(data, name=f"表.{kind}")
    assert printed.seal is not None
    assert printed.seal.code == fingerprint(sample)
    assert not printed.changed
    shown = "\n".join((*printed.feet, *printed.texts))
    assert f"校验码 {fingerprint(sample)}" in shown
    assert "上报版 2025-02-05" in shown
    assert write(sample, kind) == data


@pytest.mark.parametrize("kind", PRINTED)
def test_a_draft_has_no_code(kind: str, sample: Record, lay: Lay, made: datetime) -> None:
    printed = read_printed(render((lay(sample),), kind, title="表", made=made).data, name=f"表.{kind}")
    assert printed.seal is None
    assert not printed.changed


def test_a_figure_changed_in_excel_is_seen(sample: Record, write: Write) -> None:
    book = openpyxl.load_workbook(BytesIO(write(sample, "xlsx")))
    (sheet,) = book.worksheets
    figures = [one for row in sheet.iter_rows() for one in row if isinstance(one.value, (int, float))]
    figures[0].value += 1
    assert read_printed(saved(book), name="a.xlsx").changed
    figures[0].value -= 1
    assert not read_printed(saved(book), name="a.xlsx").changed


def test_a_word_changed_in_word_is_seen(sample: Record, write: Write) -> None:
    document = Document(BytesIO(write(sample, "docx")))
    cell = next(one for row in document.tables[0].rows for one in row.cells if one.text == sample.value("project_name"))
    cell.paragraphs[0].runs[0].text = "另一个项目"
    assert read_printed(saved(document), name="a.docx").changed


def test_a_code_written_over_another_is_seen(sample: Record, write: Write) -> None:
    book = openpyxl.load_workbook(BytesIO(write(sample, "xlsx")))
    (sheet,) = book.worksheets
    last = [one for one in sheet[sheet.max_row] if one.value][-1]
    last.value = "校验码 0000-0000-0000"
    printed = read_printed(saved(book), name="a.xlsx")
    assert printed.seal is not None
    assert printed.seal.code == "0000-0000-0000"
    assert printed.changed


@calc
def test_saving_again_in_an_office_program_changes_nothing(sample: Record, write: Write, tmp_path: object) -> None:
    data = convert(tmp_path, write(sample, "xlsx"), "xlsx")  # type: ignore[arg-type]  # a Path
    printed = read_printed(data, name="a.xlsx")
    assert printed.seal is not None
    assert printed.seal.texts
    assert not printed.changed


@writer
def test_a_pdf_made_elsewhere_shows_the_code_but_cannot_prove_it(
    sample: Record, write: Write, tmp_path: object
) -> None:
    data = convert(tmp_path, write(sample, "docx"), "pdf", source_kind="docx")  # type: ignore[arg-type]  # a Path
    printed = read_printed(data, name="a.pdf")
    assert printed.seal is not None
    assert printed.seal.code == fingerprint(sample)
    assert not printed.seal.texts


@pytest.mark.parametrize("name", ["a.pdf", "a.xlsx", "a.docx"])
@pytest.mark.parametrize("data", [b"", b"%PDF-1.7 broken", b"PK\x03\x04 broken", "绩效".encode()])
def test_a_damaged_file_is_told(name: str, data: bytes) -> None:
    with pytest.raises(UserError, match=f"“{name}”读不出，可能已经损坏"):
        read_printed(data, name=name)


def test_half_a_file_is_told(sample: Record, write: Write) -> None:
    for kind in PRINTED:
        data = write(sample, kind)
        with pytest.raises(UserError, match="读不出"):
            read_printed(data[: len(data) // 2], name=f"a.{kind}")


def test_another_format_is_told() -> None:
    with pytest.raises(UserError, match=r"“a\.doc”不是 PDF、Excel（xlsx）、Word（docx）或填报数据"):
        read_printed(b"x", name="a.doc")


def saved(document: object) -> bytes:
    target = BytesIO()
    document.save(target)  # type: ignore[attr-defined]  # a workbook or a Word file
    return target.getvalue()
