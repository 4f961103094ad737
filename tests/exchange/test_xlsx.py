"""The workbook: values and no formula, the typed text exactly, the grid of the form, and what LibreOffice makes of it."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.utils import range_boundaries

from perfdesk.exchange.exchange import read_records
from perfdesk.exchange.xlsx import MOST_CHARACTERS, MOST_NAME, number, render, sheet_names
from perfdesk.layout import Layout
from perfdesk.model import Record
from perfdesk.release import MAKER
from perfdesk.template import Template
from tests.exchange.office import calc, convert
from tests.golden_files import Golden

Lay = Callable[[Record], Layout]
FONTS = Path(__file__).parents[2] / "resources" / "fonts"


def book(data: bytes) -> Any:  # noqa: ANN401 - openpyxl ships no types
    return load_workbook(BytesIO(data), rich_text=False)


def cells(sheet: Any) -> Iterator[Any]:  # noqa: ANN401 - as above
    """The cells that hold a value."""
    return (cell for row in sheet.iter_rows() for cell in row if cell.value is not None)


def parts(data: bytes) -> dict[str, str]:
    with ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def plain(text: str) -> str:
    return "".join(text.split())


@pytest.fixture
def data(sample: Record, lay: Lay, made: datetime) -> bytes:
    found = render((lay(sample),), title="自评表", author="昌吉州司法局", made=made)
    assert not found.notes
    return found.data


def with_actual(sample: Record, text: str) -> Record:
    return replace(sample, indicators=(replace(sample.indicators[0], actual=text), *sample.indicators[1:]))


def described(cell: Any) -> dict[str, Any]:  # noqa: ANN401 - as above
    """A cell for the golden file: what is in it and how it looks."""
    border = cell.border
    return {
        "cell": cell.coordinate,
        "value": cell.value,
        "type": cell.data_type,
        "format": cell.number_format,
        "quote": cell.quotePrefix,
        "font": f"{cell.font.name} {cell.font.sz}{' bold' if cell.font.b else ''}",
        "align": f"{cell.alignment.horizontal} {cell.alignment.vertical}",
        "border": " ".join(str(getattr(border, side).style) for side in ("left", "top", "right", "bottom")),
    }


def test_golden_cells(data: bytes, sample_path: Path, golden: Golden) -> None:
    sheet = book(data).active
    page = sheet.page_setup
    lines: list[Any] = [
        {"sheet": sheet.title, "merged": sorted(map(str, sheet.merged_cells.ranges))},
        {"heights": {row: one.height for row, one in sheet.row_dimensions.items()}},
        {"widths": {column: one.width for column, one in sheet.column_dimensions.items()}},
        {
            "page": [page.paperSize, page.orientation, page.fitToWidth, page.fitToHeight],
            "titles": sheet.print_title_rows,
            "area": sheet.print_area,
        },
        *(described(cell) for row in sheet.iter_rows() for cell in row),
    ]
    text = "\n".join(json.dumps(line, ensure_ascii=False) for line in lines) + "\n"
    golden.text(f"xlsx/{sample_path.stem}.jsonl", text)


def test_the_same_form_gives_the_same_bytes_whatever_the_clock(sample: Record, lay: Lay, made: datetime) -> None:
    first, second = (render((lay(sample),), title="表", made=made).data for _ in range(2))
    assert first == second
    for year in (1970, 2045):
        found = book(render((lay(sample),), title="表", made=made.replace(year=year)).data)
        assert found.properties.created.year == found.properties.modified.year == year


def test_every_text_of_the_form_is_there(sample: Record, lay: Lay, data: bytes) -> None:
    found = {plain(shown(cell)) for cell in cells(book(data).active)}
    assert {plain(one.text) for one in lay(sample).sheet.cells if one.text} == found


def shown(cell: Any) -> str:  # noqa: ANN401 - as above
    """What Excel shows of a cell whose format is one of ours."""
    if cell.data_type != "n":
        return str(cell.value)
    decimals = len(cell.number_format.partition(".")[2].rstrip("%"))
    value = Decimal(str(cell.value)) * (100 if cell.number_format.endswith("%") else 1)
    comma = "," if "," in cell.number_format else ""
    return f"{value:{comma}.{decimals}f}" + ("%" if cell.number_format.endswith("%") else "")


def test_published_forms_are_found_again_whole(
    cases: tuple[Path, ...], templates: Mapping[str, Template], lay: Lay, made: datetime
) -> None:
    for path in cases:
        record = read_records(path, templates).records[0]
        sheet = book(render((lay(record),), title="表", made=made).data).active
        text = "".join(plain(shown(cell)) for cell in cells(sheet))
        content = json.loads(path.read_text("utf-8"))
        typed = [*content["header"].values(), *content["overall_goal"].values(), content["title"]]
        typed += [one for row in (*content["indicators"], *content["funds"]) for one in row.values()]
        assert not [one for one in typed if one and plain(one) not in text], path.name


@pytest.mark.parametrize(
    ("text", "value", "shape"),
    [
        ("29539", "29539", "0"),
        ("0", "0", "0"),
        ("9.85", "9.85", "0.00"),
        ("442.92", "442.92", "0.00"),
        ("100.00", "100.00", "0.00"),
        ("0.5", "0.5", "0.0"),
        ("-12.5", "-12.5", "0.0"),
        ("100%", "1", "0%"),
        ("98.46%", "0.9846", "0.00%"),
        ("0.05%", "0.0005", "0.00%"),
        ("1,520.50", "1520.50", "#,##0.00"),
        ("123456789012345", "123456789012345", "0"),
    ],
)
def test_plain_numbers_become_numbers_that_show_what_was_typed(text: str, value: str, shape: str) -> None:
    assert number(text) == (value, shape)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        "—",
        "=1",
        "+5",
        "007",
        "00.5",
        ".5",
        "5.",
        "1e5",
        "１２",
        "10分",
        "4.8万元",
        "1,52",
        "12345678901234567890",
        "-0",
        "-0.00",
        "≥5",
        " 5",
        "5 ",
        "5\n",
        "٣",
        "1.234567890123456",
        "5%%",
        "#DIV/0!",
        "1/2",
        "2024-1-1",
        "NaN",
    ],
)
def test_everything_else_stays_text(text: str) -> None:
    assert number(text) is None


@given(st.decimals(-(10**9), 10**9, places=2), st.sampled_from(["", "%"]))
def test_a_number_shows_what_was_typed(value: Decimal, sign: str) -> None:
    text = f"{value:f}{sign}"
    found = number(text)
    if found is None:
        assert value == 0
        assert text.startswith("-")
        return
    assert Decimal(found[0]) * (100 if sign else 1) == value
    assert found[1] == "0.00" + sign


def test_numbers_are_numbers_only_where_the_form_counts(
    lay: Lay, made: datetime, templates: Mapping[str, Template]
) -> None:
    path = Path(__file__).parents[1] / "samples" / "qiannan-2024-grassroots-legislation.json"
    record = read_records(path, templates).records[0]
    record = with_actual(record, "253")
    record = replace(record, values={**record.values, "report_date": "20250205"})
    found = {str(cell.value): cell for cell in cells(book(render((lay(record),), title="表", made=made).data).active)}
    assert [found[key].data_type for key in ("29539", "9.85", "99.85", "98.46")] == ["n"] * 4
    assert found["9.85"].number_format == "0.00"
    assert (found["253"].data_type, found["253"].number_format, found["253"].quotePrefix) == ("s", "@", True)


@pytest.mark.parametrize(
    "text",
    [
        "=100%",
        "=1个",
        "≥70件",
        "-",
        "'",
        "'甲",
        "#DIV/0!",
        "=cmd|'/c calc'!A1",
        "+1",
        "@SUM(A1)",
        "007",
        "12345678901234567890",
        "TRUE",
        "2024-12-31",
        "1E5",
        " 两边 ",
        "第一行\n第二行",
        "<b>&\"'</b>",
        "]]>",
        "_x0041_",
        "_x000D_",
        "𬭎䶮",
        "\t甲",
    ],
)
def test_what_a_person_typed_stays_text(text: str, sample: Record, lay: Lay, made: datetime) -> None:
    found = render((lay(with_actual(sample, text)),), title="表", made=made)
    assert not found.notes
    cell = next(one for one in cells(book(found.data).active) if one.value in {text, text.replace("_x", "_x005F_x")})
    assert (cell.data_type, cell.number_format, cell.quotePrefix) == ("s", "@", True)
    assert not [name for name, xml in parts(found.data).items() if re.search(r"<(\w+:)?f[ >/]", xml)], "a formula"


@given(st.text(st.characters(codec=None), max_size=30))
def test_no_text_breaks_the_file(text: str) -> None:
    cleaned = "".join(one for one in text if one.isprintable() or one in "\t\n")
    names = tuple(sheet_names(iter([text, text, cleaned])))
    assert len({one.casefold() for one in names}) == 3
    for name in names:
        assert 0 < len(name.encode("utf-16-le")) <= 2 * MOST_NAME
        assert not set(name) & set("[]:*?/\\")
        assert name.strip("'") == name
        assert name.casefold() != "history"


@pytest.mark.parametrize("bad", ["\x00", "\x0b", "\x1f", "\ufffe", "\uffff", "\ud800"])
def test_what_a_workbook_cannot_hold_is_dropped_and_reported(
    bad: str, sample: Record, lay: Lay, made: datetime
) -> None:
    record = with_actual(sample, f"甲{bad}乙{bad}")
    record = replace(record, values={**record.values, "title": f"表{bad}", "project_name": f"项目{bad}"})
    found = render((lay(record),), title=f"表{bad}", author=f"局{bad}", made=made)
    opened = book(found.data)
    assert "甲乙" in {cell.value for cell in cells(opened.active)}
    assert opened.active.title == "项目"
    assert any("有 2 个控制字符" in note and sample.indicators[0].name in note for note in found.notes)


def test_a_text_too_long_for_a_cell_is_cut_and_reported(sample: Record, lay: Lay, made: datetime) -> None:
    record = replace(sample, values={**sample.values, "goal_actual": "长" * 40_000})
    found = render((lay(record),), title="表", made=made)
    assert "长" * MOST_CHARACTERS in {cell.value for cell in cells(book(found.data).active)}
    assert any("有 40000 个字" in note and "PDF" in note for note in found.notes)
    assert any("行高" in note for note in found.notes)


def test_a_cut_never_halves_a_character(sample: Record, lay: Lay, made: datetime) -> None:
    record = replace(sample, values={**sample.values, "goal_actual": "甲" + "𠮷" * 20_000})
    value = max(
        (str(cell.value) for cell in cells(book(render((lay(record),), title="表", made=made).data).active)), key=len
    )
    assert value == "甲" + "𠮷" * ((MOST_CHARACTERS - 1) // 2)


def borders(data: bytes) -> dict[tuple[int, int], tuple[bool, ...]]:
    """The borders (left, top, right, bottom) of every square as they stand in the file; openpyxl makes up its own in merges."""
    opened = book(data)
    found = {}
    for name, style in re.findall(r'<c r="([A-Z]+[0-9]+)" s="([0-9]+)"', parts(data)["xl/worksheets/sheet1.xml"]):
        column, row, _, _ = range_boundaries(name)
        border = opened._borders[opened._cell_styles[int(style)].borderId]  # noqa: SLF001 - its cells would not say
        found[row, column] = tuple(bool(getattr(border, side).style) for side in ("left", "top", "right", "bottom"))
    return found


def test_borders_stand_on_every_cell_of_a_merge(data: bytes, sample: Record, lay: Lay) -> None:
    drawn = borders(data)
    for one in lay(sample).sheet.cells:
        rows, columns = range(one.row, one.row + one.row_span), range(one.column, one.column + one.column_span)
        for row in rows:
            for column in columns:
                edges = (column == columns[0], row == rows[0], column == columns[-1], row == rows[-1])
                wanted = edges if one.role.framed else (False,) * 4
                assert drawn[row + 1, column + 1] == wanted, one.text


def test_the_grid_is_the_forms(sample: Record, lay: Lay, data: bytes) -> None:
    layout, sheet = lay(sample), book(data).active
    assert sheet.max_row == layout.sheet.row_count
    assert [round(sheet.row_dimensions[row + 1].height, 2) for row in range(sheet.max_row)] == [
        round(height, 2) for height in layout.row_heights
    ]
    merged = {str(area) for area in sheet.merged_cells.ranges}
    assert len(merged) == sum(one.row_span * one.column_span > 1 for one in layout.sheet.cells)
    width = sum(one.width for one in sheet.column_dimensions.values()) * 6
    assert abs(width - sum(layout.sheet.column_widths)) < 1
    assert '<dimension ref="A1:' in parts(data)["xl/worksheets/sheet1.xml"]


def test_the_page_is_set_up_like_the_paper(data: bytes, sample: Record, templates: Mapping[str, Template]) -> None:
    sheet, page = book(data).active, templates[sample.template_id].page
    assert sheet.page_setup.paperSize == 9
    assert sheet.page_setup.orientation == ("landscape" if page.landscape else "portrait")
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.print_options.horizontalCentered
    assert abs(Decimal(str(sheet.page_margins.left)) * Decimal("25.4") - page.left_mm) < Decimal("0.05")
    first = next(cell.row for cell in cells(sheet) if cell.value == "一级指标")
    assert sheet.print_title_rows == f"${first}:${first}"


def test_each_form_has_a_sheet_of_its_own_name(sample: Record, lay: Lay, made: datetime) -> None:
    odd = replace(sample, values={**sample.values, "project_name": "'a/b[c]:*?" + "长" * 40})
    blank = replace(sample, values={})
    opened = book(render(tuple(map(lay, (sample, sample, odd, blank))), title="表", made=made).data)
    name = sample.value("project_name")
    assert opened.sheetnames[:3] == [name, f"{name}（2）", "abc" + "长" * 28]
    assert opened.sheetnames[3]
    assert opened.properties.title == "表"
    assert opened.properties.description == MAKER


def test_sheet_names_avoid_what_is_taken() -> None:
    names = tuple(sheet_names(iter(["History", "甲" * 40, "甲" * 40, "''", "A", "a"])))
    assert names == ("History（2）", "甲" * 31, "甲" * 28 + "（2）", "表", "A", "a（2）")


@calc
@pytest.mark.slow
@pytest.mark.libreoffice
def test_libreoffice_shows_the_same_texts_and_values(sample: Record, lay: Lay, made: datetime, tmp_path: Path) -> None:
    record = with_actual(sample, "=100%")
    layout = lay(record)
    data = render((layout,), title="表", made=made).data
    text = convert(tmp_path, data, "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true").decode("utf-8-sig")
    rows = list(csv.reader(text.splitlines(keepends=True)))
    for one in layout.sheet.cells:
        assert plain(rows[one.row][one.column]) == plain(one.text)


@calc
@pytest.mark.slow
@pytest.mark.libreoffice
def test_libreoffice_prints_it_uncut_on_the_paper(sample: Record, lay: Lay, made: datetime, tmp_path: Path) -> None:
    layout = lay(sample)
    with pypdfium2.PdfDocument(convert(tmp_path, render((layout,), title="表", made=made).data, "pdf")) as document:
        assert len(document) == len(layout.pages)
        size = document[0].get_size()
        text = plain("".join(page.get_textpage().get_text_bounded() for page in document))
    assert (round(size[0]), round(size[1])) == (round(layout.width), round(layout.height))
    for one in layout.sheet.cells:
        assert plain(one.text) in text
