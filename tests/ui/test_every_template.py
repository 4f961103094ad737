"""Every template in the real window: every cell typed, chosen or ticked, rows in and out, undone, done again, saved, written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from perfdesk.editing import chosen, get_text, rows_of
from perfdesk.exchange.exchange import read_records
from perfdesk.model import Binding, Block
from perfdesk.outline import Caret
from perfdesk.sheet import Role
from tests.conftest import ROOT
from tests.qt_tools import children
from ui.exporting import Order, write
from ui.sheet.choices import ChoiceList
from ui.sheet.rows import block_of

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex

    from perfdesk.model import Record
    from perfdesk.sheet import Cell
    from perfdesk.template import Template
    from tests.robot import Open, Robot

ALL = tuple(sorted(path.stem for path in (ROOT / "resources" / "templates").glob("*.toml")))
REPORTS = tuple(name for name in ALL if name.endswith("-report"))
TABLES = tuple(name for name in ALL if name not in REPORTS)
FORMATS = ("json", "pdf", "xlsx", "docx")
ROWS = 5  # every row is drawn by the same squares: the first few stand for all
Spot = tuple[Binding, str]


def open_blank(open_window: Open, name: str) -> Robot:
    """Open a blank form of a template."""
    robot = open_window(empty=True)
    robot.window.session.open(robot.window.forms.create(name, year=2024, name="", bureau="某县司法局"))
    robot.settle()
    return robot


def spots(robot: Robot) -> list[Spot]:
    """The cells of the form that can be changed, each square of a field by its word; of many rows the first."""
    bound = ((cell.binding, cell.tick) for cell in robot.document.derived.sheet.cells if cell.binding is not None)
    return list(dict.fromkeys((binding, tick) for binding, tick in bound if binding.row < ROWS))


def go(robot: Robot, spot: Spot) -> Cell | None:
    """Make a cell current; ``None`` where an earlier key merged it into another one."""
    sheet = robot.window.desk.sheet
    model = sheet.sheet_model
    assert model is not None
    found: list[QModelIndex] = [
        model.index(row, column)
        for (row, column), one in model.grid.fragments.items()
        if (one.cell.binding, one.cell.tick) == spot
    ]
    if not found:
        return None
    assert sheet.go_to_index(found[0])
    sheet.setFocus()
    return sheet.current_cell()


def fill(robot: Robot, spot: Spot, number: int) -> None:
    """Do with a cell what it is for: tick it, choose from its list, or type the number."""
    cell = go(robot, spot)
    if cell is None or cell.binding is None:
        return
    if cell.tick or cell.boxed:
        robot.press("Space")
        assert not cell.tick or cell.tick in chosen(get_text(robot.document.record, cell.binding), cell.choices)
        return
    if cell.choices:
        choose(robot, spot, cell.choices)
        return
    if cell.role is Role.COMPUTED:
        robot.press("F2")
    robot.keys(str(number))
    robot.press("Return")
    assert str(number) in get_text(robot.document.record, cell.binding)


def choose(robot: Robot, spot: Spot, words: tuple[str, ...]) -> None:
    """Choose every word of a list in turn."""
    for place, word in enumerate(words):
        go(robot, spot)
        robot.press("Alt+Down")
        (listed,) = (one for one in children(robot.window, ChoiceList) if one.isVisible())
        assert [listed.item(row).text() for row in range(listed.count())] == [*words]
        listed.setCurrentRow(place)
        QTest.keyClick(listed, Qt.Key.Key_Return)
        assert word in get_text(robot.document.record, spot[0])


def stir_rows(robot: Robot, block: Block) -> None:
    """Insert, duplicate, move and delete rows with the keyboard."""
    spot = next((one for one in spots(robot) if one[0].block is block), None)
    if spot is None or go(robot, spot) is None:
        return
    before = len(rows_of(robot.document.record, block))
    robot.press("Ctrl+Shift++")
    robot.press("Ctrl+Shift+D")
    robot.press("Alt+Shift+Up")
    robot.press("Ctrl+-")
    assert abs(len(rows_of(robot.document.record, block)) - before) <= 2


def there_and_back(robot: Robot, start: Record) -> None:
    """Undo everything, do it all again: the form is the same at either end."""
    end, stack = robot.document.record, robot.document.undo_stack
    while stack.canUndo():
        stack.undo()
    assert robot.document.record == start
    while stack.canRedo():
        stack.redo()
    assert robot.document.record == end


def hand_over(robot: Robot, folder: Path, made: datetime, templates: Mapping[str, Template]) -> None:
    """Write the form in every format; from the data file it comes back, from the store too."""
    document, forms = robot.document, robot.window.forms
    targets = tuple(folder / f"表.{kind}" for kind in FORMATS if kind != "xlsx" or not document.template.outline)
    outcome = write(Order(document.derived, templates, targets, made, document.others))
    assert (outcome.written, outcome.trouble) == (targets, "")
    (back,) = read_records(targets[0], templates).records
    assert replace(back, id=document.record.id) == document.record
    assert document.flush()
    assert forms.store.load(document.record.id) == document.record


@pytest.mark.parametrize("name", TABLES)
def test_every_cell_of_a_form_is_filled_and_undone(
    open_window: Open, templates: Mapping[str, Template], tmp_path: Path, made: datetime, name: str
) -> None:
    robot = open_blank(open_window, name)
    start = robot.document.record
    numbers = count(1)
    for spot in spots(robot):
        fill(robot, spot, next(numbers))
    block = block_of(robot.document.template)
    if block is not None:
        stir_rows(robot, block)
    there_and_back(robot, start)
    hand_over(robot, tmp_path, made, templates)


@pytest.mark.parametrize("name", REPORTS)
def test_every_section_of_a_report_is_written_and_undone(
    open_window: Open, templates: Mapping[str, Template], tmp_path: Path, made: datetime, name: str
) -> None:
    robot = open_blank(open_window, name)
    start = robot.document.record
    view = robot.window.desk.report
    for row in range(len(start.sections)):
        assert view.go_to(Binding(Block.SECTIONS, "heading", row))
        view.editor.place_caret(Caret(view.editor.caret().line, 9999))
        view.editor.setFocus()
        robot.press("Return")
        robot.keys(f"办理 {row} 件。")
    assert [one.paragraphs[:1] for one in robot.document.record.sections] == [
        (f"办理 {row} 件。",) for row in range(len(start.sections))
    ]
    there_and_back(robot, start)
    hand_over(robot, tmp_path, made, templates)
