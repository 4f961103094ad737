"""导入 as a clerk meets it: files are chosen, looked at, decided form by form, taken in, and traced to their cells."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from perfdesk.arriving import Choice, Say, notes_of
from perfdesk.derive import derive
from perfdesk.exchange import exchange
from perfdesk.exchange.rendering import render
from perfdesk.model import Binding, Block, Record, VersionKind
from perfdesk.store import Reason
from perfdesk.store.arrivals import BEFORE
from perfdesk.store.backups import found
from tests.robot import LEGAL_AID, Open, Robot
from ui.dialogs.form_facts import FormFactsDialog
from ui.dialogs.import_report import ImportReport
from ui.importing.dialog import ImportDialog
from ui.importing.fields import FieldDialog
from ui.sheet.menu import cell_menu

if TYPE_CHECKING:
    from ui.forms import Forms

NAME = Binding(Block.VALUES, "project_name")
LAW, POST = "依法行政专项经费", "基层立法联系点规范化建设"


def write(folder: Path, robot: Robot, records: list[Record], name: str = "旧表.docx") -> Path:
    """Write forms as a Word or Excel file of ours, one behind the other."""
    templates = robot.window.forms.templates
    layouts = tuple(derive(templates[one.template_id], one).layout for one in records)
    path = folder / name
    path.write_bytes(render(layouts, path.suffix[1:], title="旧表", made=datetime(2021, 1, 5, tzinfo=UTC)).data)
    return path


def stored(forms: Forms, name: str) -> Record:
    line = next(one for one in forms.lines if one.name == name)
    return forms.store.load(line.id)


def named(record: Record, name: str) -> Record:
    return replace(record, values={**record.values, "project_name": name})


def begin(robot: Robot, *paths: Path) -> ImportDialog:
    """Choose files with Ctrl+O and wait for what is to be looked at."""
    robot.answers.files += paths
    robot.window.errands.intake.import_files()
    robot.settle()
    return cast(ImportDialog, robot.dialog(ImportDialog))


@pytest.fixture
def three(robot: Robot, folder: Path) -> Callable[..., ImportDialog]:
    """Import three forms of one Word file: one that is there with other figures, a new one, one that is there as well."""

    def show() -> ImportDialog:
        forms = robot.window.forms
        law, aid, post = (stored(forms, name) for name in (LAW, LEGAL_AID, POST))
        law = replace(law, indicators=(replace(law.indicators[0], actual="91%"), *law.indicators[1:]))
        return begin(robot, write(folder, robot, [law, named(aid, "社区矫正工作经费"), post]))

    return show


def press(dialog: ImportDialog, *words: str) -> None:
    """Press the button that goes on, and check what it says."""
    for one in words:
        assert dialog.next.text() == one
        QTest.mouseClick(dialog.next, Qt.MouseButton.LeftButton)


def test_three_forms_of_a_word_file(robot: Robot, three: Callable[..., ImportDialog]) -> None:
    """One as a version, one new, one skipped; everything is traced, nothing was written before the end."""
    forms = robot.window.forms
    before = {one.name: stored(forms, one.name) for one in forms.lines}
    dialog = three()
    assert dialog.head.about() == "旧表.docx　第 1 张表，共 3 张"
    assert dialog.choice.current() == Choice.VERSION
    press(dialog, "导入这张，看下一张")
    assert dialog.choice.words() == ("导入", "跳过")
    press(dialog, "导入这张，看下一张")
    dialog.choice.choose(Choice.SKIP)
    dialog.choice.chosen.emit(Choice.SKIP)
    assert {one.name for one in forms.lines} == set(before), "nothing is written yet"
    press(dialog, "跳过这张，完成")
    robot.settle()
    assert robot.toast() == "导入了 1 张表；1 张存为版本"
    assert {one.name for one in forms.lines} == {*before, "社区矫正工作经费"}
    made, law = stored(forms, "社区矫正工作经费"), before[LAW]
    assert stored(forms, LAW) == law
    (version,) = forms.store.versions.of(law.id)
    assert (version.kind, version.name) == (VersionKind.KEPT, "导入自“旧表.docx”")
    assert forms.store.versions.record_of(version.id).indicators[0].actual == "91%"
    ((_, origin),) = forms.store.origins.of(made.id)
    traced = origin.of(made, NAME)
    assert traced is not None
    assert (origin.file, traced.text) == ("旧表.docx", "社区矫正工作经费")
    assert traced.where.endswith("第1行第3列")
    assert forms.store.origins.of(before[POST].id) == ()


def choose(dialog: ImportDialog, choice: Choice) -> None:
    assert choice.value in dialog.choice.words()
    dialog.choice.choose(choice)
    dialog.choice.chosen.emit(choice)


def test_an_import_can_be_taken_back_and_done_again(robot: Robot, three: Callable[..., ImportDialog]) -> None:
    forms = robot.window.forms
    law, names = stored(forms, LAW), {one.name for one in forms.lines}
    robot.open(LAW)
    dialog = three()
    choose(dialog, Choice.UPDATE)
    press(dialog, "导入这张，看下一张")
    robot.answers.answers.append("all")
    QTest.mouseClick(dialog.everything, Qt.MouseButton.LeftButton)
    assert "还有 1 张表没有看过" in robot.answers.said[-1]
    robot.settle()
    assert robot.document.record.indicators[0].actual == "91%"
    assert forms.store.versions.of(law.id)[-1].name == BEFORE
    robot.window.toast.press("撤销")
    robot.settle()
    assert stored(forms, LAW).indicators == law.indicators
    assert {one.name for one in forms.lines} == names
    robot.window.errands.deeds.redo()
    robot.settle()
    assert stored(forms, LAW).indicators[0].actual == "91%"
    assert {one.name for one in forms.lines} == {*names, "社区矫正工作经费"}


def test_what_was_changed_since_stays(robot: Robot, three: Callable[..., ImportDialog]) -> None:
    robot.open(LAW)
    dialog = three()
    choose(dialog, Choice.UPDATE)
    robot.answers.answers.append("all")
    dialog.everything.click()
    robot.settle()
    robot.open(LAW)
    robot.type("主管部门", "青山县司法局")
    robot.window.errands.deeds.undo()
    robot.settle()
    assert robot.toast().endswith("后来改过的 1 张不动")
    assert stored(robot.window.forms, LAW).indicators[0].actual == "91%"


def test_giving_up_changes_nothing(robot: Robot, three: Callable[..., ImportDialog]) -> None:
    forms = robot.window.forms
    before = forms.store.load_all()
    dialog = three()
    press(dialog, "导入这张，看下一张")
    robot.answers.answers += ["cancel", "leave"]
    dialog.cancel.click()
    assert dialog.isVisible()
    dialog.cancel.click()
    assert not dialog.isVisible()
    assert forms.store.load_all() == before
    assert Reason.IMPORT not in {one.reason for one in found(forms.store.path)}


def test_going_back_shows_the_form_before_with_what_was_decided(
    robot: Robot, three: Callable[..., ImportDialog]
) -> None:
    dialog = three()
    assert not dialog.back.isEnabled()
    choose(dialog, Choice.BESIDE)
    press(dialog, "导入这张，看下一张")
    dialog.back.click()
    assert (dialog.head.about()[-13:], dialog.choice.current()) == ("　第 1 张表，共 3 张", Choice.BESIDE)
    del robot


# -------------------------------------------------------------------------------------------------------- points


@pytest.fixture
def one(robot: Robot, folder: Path) -> Callable[..., ImportDialog]:
    """Import one new form with a line below it that belongs to nothing."""

    def show(name: str = "社区矫正工作经费", line: str = "填表须知：定量指标按比例计分") -> ImportDialog:
        import docx

        path = write(folder, robot, [named(robot.document.record, name)])
        file = docx.Document(str(path))
        file.add_paragraph(line)
        file.save(str(path))
        return begin(robot, path)

    return show


def test_what_was_not_understood_is_kept_as_a_note_or_not(robot: Robot, one: Callable[..., ImportDialog]) -> None:
    dialog = one()
    number = [words for _, words, _ in dialog.points.texts()].index("“填表须知：定量指标按比例计分”不属于表中任何一格")
    dialog.points.step(1)
    assert dialog.points.current == 0
    assert not dialog.points.button(number, Say.NOTE).isChecked()
    dialog.points.button(number, Say.NOTE).click()
    assert dialog.points.button(number, Say.NOTE).isChecked()
    press(dialog, "导入这张")
    robot.settle()
    assert any("填表须知" in note for note in notes_of(stored(robot.window.forms, "社区矫正工作经费")))


def test_what_is_not_wanted_does_not_come(robot: Robot, one: Callable[..., ImportDialog]) -> None:
    dialog = one()
    for number, (title, _, _) in enumerate(dialog.points.texts()):
        if title == "没有看懂的文字":
            dialog.points.button(number, Say.DROP).click()
    press(dialog, "导入这张")
    robot.settle()
    assert notes_of(stored(robot.window.forms, "社区矫正工作经费")) == ()


def test_both_cells_move_together(robot: Robot, one: Callable[..., ImportDialog]) -> None:
    dialog = one()
    assert dialog.recognised.go_to(Binding(Block.INDICATORS, "actual", 0))
    cell = dialog.source.current_cell()
    document = dialog.recognised.document
    assert cell is not None
    assert document is not None
    assert cell.text == document.record.indicators[0].actual
    at = dialog.source.currentIndex()
    dialog.source.choose(at.row() + 1, at.column())
    here = dialog.recognised.current_cell()
    assert here is not None
    assert here.binding == Binding(Block.INDICATORS, "actual", 1)
    assert dialog.source_pane.words().startswith("光标：第")
    tip = str(dialog.recognised.currentIndex().data(Qt.ItemDataRole.ToolTipRole))
    assert f"来自 {dialog.source_pane.words().removeprefix('光标：')}" in tip
    del robot


def test_the_form_under_review_takes_no_change(robot: Robot, one: Callable[..., ImportDialog]) -> None:
    dialog = one()
    dialog.recognised.go_to(NAME)
    dialog.recognised.setFocus()
    robot.press("Delete")
    robot.press("F2")
    document = dialog.recognised.document
    assert document is not None
    assert document.record.value("project_name") == "社区矫正工作经费"
    assert not dialog.recognised.is_editing


# ------------------------------------------------------------------------------------------------------- mapping


def test_a_cell_is_not_to_be_imported_and_that_is_remembered(robot: Robot, one: Callable[..., ImportDialog]) -> None:
    forms = robot.window.forms
    dialog = one()
    dialog.recognised.go_to(NAME)
    QTest.mouseClick(dialog.is_field, Qt.MouseButton.LeftButton)
    chooser = cast(FieldDialog, robot.dialog(FieldDialog))
    chooser.choose("不导入")
    chooser.accept()
    document = dialog.recognised.document
    assert document is not None
    assert document.record.value("project_name") == ""
    assert forms.store.mappings.all() == {}, "nothing is remembered before the form is imported"
    press(dialog, "导入这张")
    robot.settle()
    (said,) = forms.store.mappings.all().values()
    assert list(said.values()) == [None]
    again = one("另一个项目的经费")
    document = again.recognised.document
    assert document is not None
    assert document.record.value("project_name") == ""


def test_a_field_is_taken_from_another_cell(robot: Robot, one: Callable[..., ImportDialog]) -> None:
    dialog = one()
    document = dialog.recognised.document
    assert document is not None
    goal = document.record.value("goal_expected")
    readings = {one.binding.key: one for one in dialog.review.case.form.readings}
    dialog.source.show_places(readings["goal_expected"].places[-1:])
    at = dialog.source.currentIndex()
    dialog.recognised.go_to(Binding(Block.VALUES, "goal_actual"))
    dialog.take_from.click()
    assert dialog.take_from.text() == "不取了"
    dialog.source.choose(at.row(), at.column())
    dialog.source.setFocus()
    robot.press("Return")
    document = dialog.recognised.document
    assert document is not None
    assert document.record.value("goal_actual") == goal
    assert dialog.take_from.text() == "取自…"


def test_escape_gives_up_taking_first(robot: Robot, one: Callable[..., ImportDialog]) -> None:
    dialog = one()
    dialog.recognised.go_to(NAME)
    dialog.take_from.click()
    dialog.reject()
    assert dialog.isVisible()
    assert dialog.take_from.text() == "取自…"
    dialog.reject()
    assert not dialog.isVisible()
    del robot


def test_another_template_and_another_year(robot: Robot, one: Callable[..., ImportDialog]) -> None:
    dialog = one()
    row = next(n for n in range(dialog.head.templates.count()) if "qiannan" in str(dialog.head.templates.itemData(n)))
    dialog.head.templates.setCurrentIndex(row)
    dialog.head.templates.activated.emit(row)
    year = dialog.head.years.findData(2019)
    dialog.head.years.setCurrentIndex(year)
    dialog.head.years.activated.emit(year)
    press(dialog, "导入这张")
    robot.settle()
    made = stored(robot.window.forms, "社区矫正工作经费")
    assert (made.year, "qiannan" in made.template_id) == (2019, True)
    robot.open(LEGAL_AID, year=2020)
    next_year = one("下一年的经费")
    assert "qiannan" in next_year.review.case.form.template.id, (
        "the template is remembered for the layout, the year is not"
    )
    assert next_year.review.year(0) == 2020


# ------------------------------------------------------------------------------------------------- what is there


def test_a_form_that_was_handed_in_keeps_what_it_holds(robot: Robot, three: Callable[..., ImportDialog]) -> None:
    forms = robot.window.forms
    forms.store.versions.keep(stored(forms, LAW), VersionKind.SUBMITTED)
    forms.relist()
    dialog = three()
    assert dialog.choice.words() == ("另建一张", "跳过")
    assert "已上报" in dialog.review.words()


def test_a_year_that_is_only_looked_at_takes_nothing(robot: Robot, one: Callable[..., ImportDialog]) -> None:
    robot.window.forms.freeze(2020, on=True)
    dialog = one()
    assert (dialog.choice.words(), dialog.next.text()) == (("跳过",), "跳过这张")


def write_json(folder: Path, robot: Robot, record: Record) -> Path:
    path = folder / "数据.json"
    path.write_text(exchange.write_records((record,), robot.window.forms.templates), "utf-8")
    return path


def test_a_data_file_with_nothing_to_decide_goes_in_at_once(robot: Robot, folder: Path) -> None:
    path = write_json(folder, robot, named(robot.document.record, "人民监督员经费"))
    robot.window.errands.intake.import_paths((path,))
    robot.settle()
    robot.settle()  # what was read is saved
    assert robot.toast() == "导入了 1 张表"
    ((_, origin),) = robot.window.forms.store.origins.of(stored(robot.window.forms, "人民监督员经费").id)
    assert (origin.file, origin.kind, origin.fields) == ("数据.json", "json", ())


def test_a_data_file_that_differs_is_laid_beside_the_form_that_is_there(robot: Robot, folder: Path) -> None:
    law = stored(robot.window.forms, LAW)
    path = write_json(folder, robot, replace(law, values={**law.values, "department": "青山县司法局"}))
    dialog = begin(robot, path)
    assert not dialog.source_pane.isVisible()
    assert dialog.stored_pane.isVisible()
    choose(dialog, Choice.UPDATE)
    press(dialog, "导入这张")
    robot.settle()
    assert robot.toast() == "更新了 1 张，原来的内容留作版本"
    assert stored(robot.window.forms, LAW).value("department") == "青山县司法局"


def test_a_file_that_cannot_be_read_keeps_the_others_in(robot: Robot, folder: Path) -> None:
    bad = folder / "坏.docx"
    bad.write_bytes(b"PK\x03\x04 nothing more")
    good = write_json(folder, robot, named(robot.document.record, "人民监督员经费"))
    robot.window.errands.intake.import_paths((bad, good))
    robot.settle()
    report = cast(ImportReport, robot.dialog(ImportReport))
    assert any("坏.docx" in words for words in report.texts())
    assert "人民监督员经费" in {one.name for one in robot.window.forms.lines}


def test_while_looking_only_nothing_is_imported(open_window: Open, folder: Path) -> None:
    open_window().close()
    robot = open_window(read_only=True)
    robot.window.errands.intake.import_paths((folder / "旧表.docx",))
    assert robot.toast() == "现在只能查看，不能导入"


# ------------------------------------------------------------------------------------------------ where it came from


def test_each_cell_says_where_it_came_from(robot: Robot, one: Callable[..., ImportDialog]) -> None:
    robot.open(POST)
    assert robot.document.trace(NAME) == "", "it was not imported from a file here"
    dialog = one()
    press(dialog, "导入这张")
    robot.settle()
    actual = Binding(Block.INDICATORS, "actual", 0)
    assert robot.document.record.value("project_name") == "社区矫正工作经费"
    text = robot.document.record.indicators[0].actual
    came = robot.document.trace(actual)
    assert came.startswith("来自“旧表.docx”第")
    assert "当时是" not in came
    robot.document.edit(actual, "改过了")
    assert robot.document.trace(actual) == f"{came}，当时是“{text}”"
    robot.window.desk.sheet.go_to(actual)
    assert robot.window.desk.sheet.came_from() in [
        one.toolTip() for one in cell_menu(robot.window.desk.sheet).actions()
    ]
    index = robot.window.desk.sheet.currentIndex()
    assert came in str(index.data(Qt.ItemDataRole.ToolTipRole))


def test_the_facts_of_a_form_name_its_file_and_what_has_no_cell(robot: Robot, one: Callable[..., ImportDialog]) -> None:
    dialog = one()
    press(dialog, "导入这张")
    robot.settle()
    robot.window.errands.facts.show(robot.document)
    facts = cast(FormFactsDialog, robot.dialog(FormFactsDialog))
    words = [label.text() for label in cast("list[QLabel]", facts.findChildren(QLabel))]
    assert any(one.startswith("旧表.docx（Word），") for one in words)
    assert "填表须知：定量指标按比例计分" in facts.notes.toPlainText()
    facts.reject()


def test_a_package_goes_where_packages_are_taken_in(robot: Robot, folder: Path) -> None:
    asked: list[Path] = []
    robot.window.errands.intake.package_chosen.disconnect()
    robot.window.errands.intake.package_chosen.connect(asked.append)
    robot.window.errands.intake.import_paths((folder / "县局.perfdesk.zip",))
    assert asked == [folder / "县局.perfdesk.zip"]
