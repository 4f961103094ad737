"""The parts of 核对导入内容 by themselves: the grid of the source, its view, the decisions of a review."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QWidget

from perfdesk import places
from perfdesk.arriving import Choice, Found, Known, Say
from perfdesk.derive import derive
from perfdesk.exchange import exchange
from perfdesk.exchange.rendering import render
from perfdesk.model import Record
from perfdesk.parameters import find
from perfdesk.recognition import Place, RecognisedForm
from perfdesk.source import SourceCell, SourceFile, SourceKind, SourceTable, SourceText
from perfdesk.store import Store
from perfdesk.template import Own, Template, read_shelf, read_stock
from tests.foreign_files import again, found_of, spot_of
from tests.simple_forms import FILES
from ui.dialogs.import_report import summary
from ui.importing.dialog import ImportDialog
from ui.importing.grid import SourceGrid
from ui.importing.reading import FileRead, read_all
from ui.importing.review import Desk, Review
from ui.importing.saving import save
from ui.importing.source import SourceModel, SourceView, fitted, shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ui.tasks import Task


@pytest.fixture(scope="module")
def templates() -> Mapping[str, Template]:
    nothing = Path("no-such-folder")
    return read_shelf(read_stock(find(places.resources(), nothing)), Own(nothing, nothing, nothing)).templates


@pytest.fixture(scope="module")
def record(templates: Mapping[str, Template]) -> Record:
    return exchange.read_records(FILES[0], templates).records[0]


@pytest.fixture
def found(templates: Mapping[str, Template], record: Record) -> Found:
    return found_of(templates[record.template_id], record)


# ---------------------------------------------------------------------------------------------------------- grid


def cell(row: int, column: int, text: str, *, rows: int = 1, columns: int = 1, hidden: bool = False) -> SourceCell:
    return SourceCell(row, column, rows, columns, text, f"{'ABCDEF'[column]}{row + 1}", hidden=hidden)


ABOVE = SourceTable(
    "甲", 3, 2, (cell(0, 0, "项目名称"), cell(0, 1, "普法"), cell(2, 0, "总分", columns=2)), (60.0, 60.0)
)
BELOW = SourceTable("乙", 1, 3, (cell(0, 0, "填表人"), cell(0, 2, "电话", hidden=True)), (30.0, 30.0, 60.0))


def grid_of(
    form: RecognisedForm,
    *parts: SourceTable | SourceText,
    rows: tuple[int, int] | None = None,
    kind: SourceKind = SourceKind.XLSX,
) -> SourceGrid:
    covered = replace(form, parts=tuple(range(len(parts))), rows=rows)
    return SourceGrid(SourceFile("表.xlsx", kind, "", parts), covered)


def test_tables_below_one_another_keep_their_own_widths(found: Found) -> None:
    grid = grid_of(found.form, SourceText("标题", "第 1 段"), ABOVE, BELOW)
    assert grid.shares == (250.0, 250.0, 500.0)
    assert grid.columns == ("A", "", "B")
    assert [one.name for one in grid.lines] == ["1段", "1", "2", "3", "1"]
    assert [one.hidden for one in grid.lines] == [False, False, False, False, True]
    title, name, total, phone = (grid.cell_at(*at) for at in ((0, 2), (1, 1), (3, 2), (4, 2)))
    assert [one and one.text for one in (title, name, total, phone)] == ["标题", "项目名称", "总分", "电话"]
    assert grid.find(Place(2, 0, 2, "C1")) == (4, 2)
    assert grid.find(Place(1, 2, 1, "B3")) == (3, 0), "it lies in the merged cell"
    assert grid.find(Place(9, 0, 0, "A1")) is None
    assert grid.find(Place(1, 9, 0, "A10")) is None


def test_a_blank_square_has_an_address_too(found: Found) -> None:
    for kind, address in ((SourceKind.XLSX, "B2"), (SourceKind.DOCX, "第2行第2列")):
        blank = grid_of(found.form, ABOVE, kind=kind).cell_at(1, 1)
        assert blank is not None
        assert (blank.text, blank.address, blank.square) == ("", address, (0, 1, 1))
    assert grid_of(found.form, ABOVE).cell_at(7, 0) is None


def test_of_several_forms_in_a_sheet_only_the_rows_of_this_one_are_shown(found: Found) -> None:
    grid = grid_of(found.form, ABOVE, rows=(1, 3))
    assert [one.name for one in grid.lines] == ["2", "3"]
    assert [one.text for one in grid.cells.values()] == ["总分"]


def test_a_merge_that_lies_over_another_one_is_cut(found: Found) -> None:
    broken = SourceTable("丙", 2, 2, (cell(0, 1, "甲"), cell(0, 0, "乙", rows=2, columns=2), cell(0, 0, "丙")))
    grid = grid_of(found.form, broken)
    assert [(one.text, one.row_span, one.column_span) for one in grid.cells.values()] == [("甲", 1, 1), ("乙", 1, 1)]


def test_columns_are_named_as_a_workbook_names_them(found: Found) -> None:
    many = SourceTable("丁", 1, 30, tuple(SourceCell(0, n, 1, 1, "字", f"{n}") for n in range(30)))
    assert grid_of(found.form, many).columns[24:] == ("Y", "Z", "AA", "AB", "AC", "AD")


@pytest.mark.parametrize(
    ("shares", "room", "widths"),
    [((1, 1), 100, [50, 50]), ((1, 9), 100, [38, 62]), ((1, 1, 1), 90, [38, 38, 38])],
)
def test_narrow_columns_get_their_least(shares: tuple[float, ...], room: int, widths: list[int]) -> None:
    assert fitted(shares, room, 38) == widths


def test_of_an_endless_text_only_the_beginning_is_drawn() -> None:
    assert len(shown("字" * 5_000_000)) == 401
    assert shown("短") == "短"


# ---------------------------------------------------------------------------------------------------------- view


@pytest.fixture
def parent(qapp: QApplication) -> Iterator[QWidget]:
    window = QWidget()
    window.resize(900, 600)
    yield window
    window.deleteLater()


def test_the_view_tells_which_cell_is_current_and_which_was_taken(found: Found, parent: QWidget) -> None:
    view = SourceView(parent)
    view.resize(600, 400)
    grid = grid_of(found.form, SourceText("标题", "第 1 段"), ABOVE, BELOW)
    view.show_grid(grid)
    model = view.model()
    assert isinstance(model, SourceModel)
    tester = QAbstractItemModelTester(model)
    chosen: list[str] = []
    taken: list[str] = []
    view.cell_chosen.connect(lambda one: chosen.append(one.address))
    view.cell_taken.connect(lambda one: taken.append(one.address))
    parent.show()
    view.choose(1, 2)
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert (chosen, taken) == (["B1"], ["B1"])
    view.mark({(2, 0): "推定", (1, 2): "存疑"})
    view.show_places((Place(1, 0, 0, "A1"), Place(2, 0, 2, "C1")))
    assert view.linked == {(1, 0), (4, 2)}
    assert chosen == ["B1"], "who is led there is not asked"
    assert view.grab().width() > 0
    head = model.headerData(4, Qt.Orientation.Vertical, Qt.ItemDataRole.ToolTipRole)
    assert (head, model.headerData(4, Qt.Orientation.Vertical)) == ("原文件里隐藏的行", "1*")
    assert model.index(2, 0).data(Qt.ItemDataRole.AccessibleTextRole) == "A2 空白"
    del tester


# -------------------------------------------------------------------------------------------------------- review


def desk(templates: Mapping[str, Template], *there: Record, kept: str = "", frozen: bool = False) -> Desk:
    return Desk(templates, lambda _year: there, lambda _id: kept, lambda _year: frozen, again, spot_of)


def test_what_can_become_of_a_form(templates: Mapping[str, Template], record: Record, found: Found) -> None:
    other = replace(record, id="old", values={**record.values, "department": "别的"})
    new = (Choice.NEW, Choice.SKIP)
    assert Review([found], desk(templates)).choices() == new
    there = Review([found], desk(templates, other))
    assert there.choices() == (Choice.VERSION, Choice.UPDATE, Choice.BESIDE, Choice.SKIP)
    assert there.words() == "2020 年已有同名表："
    locked = Review([found], desk(templates, other, kept="已上报"))
    assert (locked.choices()[0], locked.words()) == (Choice.BESIDE, "2020 年已有同名表，已上报：")
    frozen = Review([found], desk(templates, frozen=True))
    assert (frozen.choices(), frozen.words()) == ((Choice.SKIP,), "2020 年只供查看，不能导入：")


def test_a_form_that_stands_twice_in_a_file_is_skipped_the_second_time(
    templates: Mapping[str, Template], found: Found
) -> None:
    review = Review([found, replace(found, number=2)], desk(templates))
    review.at = 1
    assert (review.chosen(), review.words()) == (Choice.SKIP, "2020 年已有这张表，一字不差：")
    review.at = 0
    review.choose(Choice.SKIP)
    review.at = 1
    assert review.chosen() is Choice.NEW


def test_a_choice_that_is_no_longer_there_gives_way(templates: Mapping[str, Template], found: Found) -> None:
    review = Review([found], desk(templates))
    review.choose(Choice.UPDATE)
    assert review.chosen() is Choice.NEW


def test_another_template_of_the_same_form_is_told(
    templates: Mapping[str, Template], record: Record, found: Found
) -> None:
    kind = templates[record.template_id].kind
    other = next(one.id for one in templates.values() if one.kind is kind and one.id != record.template_id)
    review = Review([found], desk(templates, replace(record, id="old", template_id=other)))
    assert (review.chosen(), review.words()) == (Choice.BESIDE, "2020 年已有同名表，用的是别的表样：")


def test_a_cell_that_cannot_be_told_from_others_is_not_mapped(
    templates: Mapping[str, Template], found: Found, parent: QWidget
) -> None:
    dialog = ImportDialog(Review([found], desk(templates)), parent)
    refused: list[str] = []
    dialog.refused.connect(refused.append)
    dialog.linking.mapped.emit(Place(2, -1, -1, "第 2 段"), None)
    assert len(refused) == 1
    dialog.deleteLater()


# ------------------------------------------------------------------------------------------------------ keyboard


def test_the_page_is_walked_by_keys(templates: Mapping[str, Template], found: Found, parent: QWidget) -> None:
    dialog = ImportDialog(Review([found, replace(found, number=2)], desk(templates)), parent)
    dialog.show()
    QTest.qWaitForWindowActive(dialog)
    assert dialog.next.hasFocus()
    for part in (dialog.source, dialog.recognised, dialog.points, dialog.next):
        QTest.keyClick(dialog, Qt.Key.Key_F6)
        assert part.hasFocus()
    QTest.keyClick(dialog, Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    assert dialog.points.hasFocus()
    QTest.keyClick(dialog.points, Qt.Key.Key_Down)
    button = dialog.points.button(0, Say.NOTE)
    assert button.hasFocus()
    QTest.keyClick(button, Qt.Key.Key_Return)
    assert button.isChecked(), "Enter answers and does not go on to the next form"
    assert dialog.review.at == 0
    QTest.keyClick(dialog, Qt.Key.Key_F8)
    assert dialog.points.current in {0, 1}
    dialog.leave()
    dialog.deleteLater()


def test_while_it_is_saved_nothing_closes_the_page(
    templates: Mapping[str, Template], found: Found, parent: QWidget
) -> None:
    dialog = ImportDialog(Review([found], desk(templates)), parent)
    dialog.show()
    dialog.set_busy(on=True)
    dialog.reject()
    dialog.close()
    assert dialog.isVisible()
    dialog.set_busy(on=False)
    dialog.close()
    assert not dialog.isVisible()
    dialog.deleteLater()


# ------------------------------------------------------------------------------------------------ reading and saving


class Running:
    """Stands in for a task."""

    def __init__(self, *, steps: int = 99) -> None:
        self.told: list[str] = []
        self._steps = steps

    @property
    def stopped(self) -> bool:
        return len(self.told) >= self._steps

    def advance(self, _done: int, current: str) -> None:
        self.told.append(current)


def written(folder: Path, templates: Mapping[str, Template], record: Record) -> tuple[Path, Path, Path]:
    """Write a form as Word and as data, and a file that is neither."""
    layout = derive(templates[record.template_id], record).layout
    word, data, bad = folder / "表.docx", folder / "表.json", folder / "坏.docx"
    word.write_bytes(render((layout,), "docx", title="表", made=datetime(2021, 1, 5, tzinfo=UTC)).data)
    data.write_text(exchange.write_records((record,), templates), "utf-8")
    bad.write_bytes(b"nothing")
    return word, data, bad


def test_every_file_is_read_or_says_why_not(templates: Mapping[str, Template], record: Record, tmp_path: Path) -> None:
    paths = written(tmp_path, templates, record)
    task = Running()
    word, data, bad = read_all(paths, Known(templates, {}, {}), cast("Task", task))
    assert task.told == ["表.docx", "表.json", "坏.docx"]
    assert [one.form.record.value("project_name") for one in (*word.founds, *data.founds)] == [
        record.value("project_name")
    ] * 2
    assert (word.founds[0].source is not None, data.founds[0].source) == (True, None)
    assert "坏.docx" in bad.trouble
    assert len(read_all(paths, Known(templates, {}, {}), cast("Task", Running(steps=1)))) == 1


def test_a_file_without_a_form_is_named(templates: Mapping[str, Template], tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    book.active["B2"] = "工作计划"
    path = tmp_path / "工作计划.xlsx"
    book.save(path)
    (read,) = read_all([path], Known(templates, {}, {}), cast("Task", Running()))
    assert read.trouble.startswith("没有认出“工作计划.xlsx”里的表")


def test_what_was_decided_is_saved_and_told(
    templates: Mapping[str, Template], record: Record, found: Found, tmp_path: Path
) -> None:
    old = replace(record, id="old", values={**record.values, "department": "别的"})
    with Store.open(tmp_path / "office.db", now=datetime.now) as store:
        store.save(old)
        review = Review([found, replace(found, number=2)], desk(templates, old))
        review.choose(Choice.UPDATE)
        read = (FileRead(found.file, tuple(one.found for one in review.cases)),)
        outcome = save(store, review, read, cast("Task", Running()))
        assert (outcome.made, outcome.shown) == ((), "old")
        ((before, after),) = outcome.updated
        assert (before, store.load("old")) == (old, after)
        (report,) = outcome.reports
        assert (report.count, report.updated, report.known) == (0, 1, 1)
        assert summary(outcome.reports) == "更新了 1 张，原来的内容留作版本；1 张已经有了，没有再收"
        assert store.origins.of("old")[0][1].file == found.file
