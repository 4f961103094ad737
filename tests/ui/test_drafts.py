"""照空表起草表样 in the real window: the file beside the drawn form, cells changed, the template saved and used."""

from __future__ import annotations

from pathlib import Path

import pytest

from perfdesk import places
from perfdesk.derive import derive
from perfdesk.drafting import Use
from tests.exchange.blank_books import blank_record, book_of
from tests.robot import Robot
from ui.drafting.dialog import DraftDialog


@pytest.fixture
def dialog(robot: Robot, folder: Path) -> DraftDialog:
    document = robot.document
    path = folder / "县自评表.xlsx"
    path.write_bytes(book_of(derive(document.template, blank_record(document.template, document.record))))
    return ask(robot, path)


def ask(robot: Robot, path: Path) -> DraftDialog:
    robot.answers.files.append(path)
    robot.window.commands["draft"].trigger()
    robot.settle()
    found = robot.dialog(DraftDialog)
    assert isinstance(found, DraftDialog)
    return found


def choose(dialog: DraftDialog, address: str) -> None:
    """Click a cell of the file."""
    model = dialog.source.model()
    for line in range(model.rowCount()):
        for column in range(model.columnCount()):
            dialog.source.choose(line, column)
            cell = dialog.source.current_cell()
            if cell is not None and cell.address == address:
                return
    raise AssertionError(f"no cell {address}")


def test_a_cell_of_the_file_shows_what_it_became(dialog: DraftDialog) -> None:
    choose(dialog, "A4")
    assert dialog.panel.uses.current() == Use.LABEL.value
    assert dialog.panel.text.text() == "项目名称"
    choose(dialog, "C4")
    assert dialog.panel.uses.current() == Use.INPUT.value
    assert dialog.panel.fields.currentText() == "项目名称"
    current = dialog.drawn.current_cell()
    assert current is not None
    assert current.label == "项目名称"


def test_the_cursor_in_the_drawn_form_leads_back(dialog: DraftDialog) -> None:
    document = dialog.drawn.document
    assert document is not None
    binding = next(
        one.binding
        for one in document.derived.sheet.cells
        if one.binding is not None and one.binding.key == "department"
    )
    assert dialog.drawn.go_to(binding)
    assert dialog.panel.fields.currentText() == "主管部门"
    current = dialog.source.current_cell()
    assert current is not None
    assert current.address == "C5"


def test_a_cell_is_changed_and_the_template_saved(robot: Robot, dialog: DraftDialog) -> None:
    choose(dialog, "C5")
    panel = dialog.panel
    panel.fields.setCurrentIndex(panel.fields.findData("new"))
    panel.fields.activated.emit(panel.fields.currentIndex())
    panel.text.setText("归口业务股室")
    panel.text.returnPressed.emit()
    assert "归口业务股室" in {one.label for one in dialog.draft.fields}
    assert dialog.hint() == "已改。对着原文件再看一遍"
    dialog.title.setText("某县项目自评表")
    dialog.accept()
    robot.settle()
    assert robot.toast() == "已存为表样“县自评表”，新建表时可以选"
    template = robot.window.forms.templates["县自评表"]
    assert template.title == "某县项目自评表"
    assert "归口业务股室" in {one.label for one in template.fields}


def test_a_second_one_of_the_same_file_replaces_nothing(robot: Robot, dialog: DraftDialog, folder: Path) -> None:
    dialog.accept()
    robot.settle()
    before = (places.own_templates() / "县自评表.toml").read_bytes()
    again = ask(robot, folder / "县自评表.xlsx")
    again.accept()
    robot.settle()
    assert (places.own_templates() / "县自评表.toml").read_bytes() == before
    assert "县自评表（2）" in robot.window.forms.templates


def test_printed_blank_and_computed_cells(dialog: DraftDialog) -> None:
    for use, address in ((Use.BLANK, "C5"), (Use.LABEL, "C5"), (Use.COMPUTED, "C5")):
        choose(dialog, address)
        dialog.panel.uses.choose(use.value)
        dialog.panel.uses.chosen.emit(use.value)
        dialog.panel.text.setText("印的字")
        dialog.panel.text.returnPressed.emit()
        choose(dialog, address)
        assert dialog.panel.uses.current() == use.value, dialog.hint()


def test_what_does_not_read_is_said_and_not_taken(dialog: DraftDialog) -> None:
    before = dialog.draft
    choose(dialog, "C5")
    spot_block = next(
        at for at, block in enumerate(before.blocks) if any(one.drawn == "department" for one in block.cells)
    )
    old = next(one for one in before.blocks[spot_block].cells if one.drawn == "department")
    dialog.change(lambda draft: draft.with_cell(spot_block, old, old._replace(drawn="没有的字段")))
    assert dialog.draft is before
    assert dialog.hint().startswith("没有改：")


def test_a_file_without_a_table_is_told(robot: Robot, folder: Path) -> None:
    path = folder / "信.xlsx"
    path.write_bytes(b"no workbook")
    robot.answers.files.append(path)
    robot.window.commands["draft"].trigger()
    robot.settle()
    assert "信.xlsx" in robot.answers.said[-1]
