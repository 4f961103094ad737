"""数据包 in the real window: written for another computer, taken in from one, merged field by field, taken back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from perfdesk.exchange.package import read_package, write_package
from perfdesk.model import Record, VersionKind
from perfdesk.parcels import Choice, file_name, pack
from perfdesk.store import Store
from tests.robot import Robot
from ui.parcels import PackDialog, ReceiveDialog
from ui.tools import now

OTHER = "县局"


@pytest.fixture
def stick(folder: Path) -> Path:
    return folder / "U盘"


@pytest.fixture
def record(robot: Robot) -> Record:
    return robot.document.record


def written(robot: Robot, stick: Path) -> Path:
    """Write the year of the open form onto the stick."""
    robot.window.commands["package"].trigger()
    dialog = robot.dialog(PackDialog)
    assert isinstance(dialog, PackDialog)
    dialog.office.setText(OTHER)
    dialog.folder.setText(str(stick))
    dialog.accept()
    robot.settle()
    (path,) = stick.iterdir()
    return path


def brought(robot: Robot, stick: Path, *forms: Record, submitted: bool = False) -> Path:
    """Another computer takes the year of the open form in, changes it, and sends it back."""
    path = written(robot, stick)
    with Store.open(stick / "别处" / "填报.db", now=now) as store:
        from perfdesk.parcels import look, receive

        found = look(store, read_package(path))
        choices = {one.parcel.record.id: Choice.TAKE for one in found.offers}
        receive(store, found, choices, robot.window.forms.templates)
        for one in forms:
            store.save(one)
        if submitted:
            store.versions.keep(store.load(forms[0].id), VersionKind.SUBMITTED)
        package = pack(store, (2020,), office=OTHER, made=now())
    back = stick / file_name(package)
    back.write_bytes(write_package(package))
    return back


def shown(robot: Robot, path: Path) -> ReceiveDialog:
    robot.answers.files = [path]
    robot.window.commands["package"].trigger()
    first = robot.dialog(PackDialog)
    assert isinstance(first, PackDialog)
    first.receive_asked.emit()
    first.reject()
    robot.settle()
    dialog = robot.dialog(ReceiveDialog)
    assert isinstance(dialog, ReceiveDialog)
    return dialog


def changed(record: Record, **texts: str) -> Record:
    return replace(record, values={**record.values, **texts})


def test_a_year_is_written_for_another_computer(robot: Robot, stick: Path) -> None:
    robot.type("项目名称", "法律援助补助")
    robot.window.commands["package"].trigger()
    dialog = robot.dialog(PackDialog)
    assert isinstance(dialog, PackDialog)
    assert (dialog.choice().years, dialog.button_text()) == ((2020,), "写出 1 年的表")
    dialog.tick(2020, on=False)
    assert dialog.button_text() == "写出"
    dialog.accept()
    assert dialog.isVisible()
    dialog.tick(2020, on=True)
    dialog.tick(2024, on=True)
    dialog.office.setText(OTHER)
    dialog.folder.setText(str(stick))
    dialog.accept()
    robot.settle()
    (path,) = stick.iterdir()
    assert path.name == f"{OTHER}-2020、2024年.perfdesk.zip"
    assert robot.toast() == f"4 张表已写进“{path.name}”"
    names = {one.record.value("project_name") for one in read_package(path).forms}
    assert "法律援助补助" in names


def test_a_place_that_takes_no_package_is_told(robot: Robot, stick: Path) -> None:
    stick.write_text("", encoding="utf-8")
    robot.window.commands["package"].trigger()
    dialog = robot.dialog(PackDialog)
    assert isinstance(dialog, PackDialog)
    dialog.folder.setText(str(stick))
    dialog.accept()
    robot.settle()
    assert "建不了文件夹" in robot.answers.said[-1]


def test_new_and_newer_forms_come_in_and_go_back(robot: Robot, stick: Path, record: Record) -> None:
    fresh = replace(changed(record, project_name="新的项目"), id="新的")
    path = brought(robot, stick, changed(record, department="对方改的"), fresh)
    dialog = shown(robot, path)
    standings = [row[3] for row in dialog.texts()]
    assert sorted(standings) == sorted(["对方改过", "一样", "新的"])
    assert dialog.button_text() == "收进 2 张表"
    assert "1 张一样" in dialog.hint()
    dialog.forms.setCurrentItem(dialog.forms.topLevelItem(standings.index("对方改过")))
    assert [row[1] for row in dialog.fields.texts()] == ["对方改的"]
    dialog.accept()
    robot.settle()
    store = robot.window.forms.store
    assert store.load(record.id).value("department") == "对方改的"
    assert "新的项目" in robot.listed()
    assert robot.toast().startswith(f"收进“{OTHER}”的 2 张表；收以前的数据文件备份在")
    robot.window.commands["undo"].trigger()
    robot.settle()
    assert store.load(record.id) == record
    assert "新的项目" not in robot.listed()
    assert robot.toast() == "收进数据包已撤销，新的表在回收站里"


def test_what_both_changed_is_chosen_field_by_field(robot: Robot, stick: Path, record: Record) -> None:
    path = brought(robot, stick, changed(record, department="对方改的", agency="也是对方改的"))
    robot.type("主管部门", "本机改的")
    dialog = shown(robot, path)
    row = [one[3] for one in dialog.texts()].index("两边都改过")
    assert dialog.hint().startswith("1 张两边都改过，看过再勾")
    assert dialog.button_text() == "收进"
    sides = {one[3]: (one[1], one[2]) for one in dialog.fields.texts()}
    assert sides["两边都改了"] == ("对方改的", "本机改的")
    assert sides["数据包改的"][0] == "也是对方改的"
    assert [line.was for line in dialog.fields.taken()] == ["也是对方改的"]
    dialog.fields.take_all(on=True)
    assert len(dialog.fields.taken()) == 2
    dialog.fields.take_all(on=False)
    assert dialog.taken() == {record.id: ()}
    places = [one[1] for one in dialog.fields.texts()]
    from PySide6.QtCore import Qt

    dialog.fields.topLevelItem(places.index("对方改的")).setCheckState(0, Qt.CheckState.Checked)
    dialog.tick(row, on=True)
    dialog.accept()
    robot.settle()
    now_ = robot.window.forms.store.load(record.id)
    assert (now_.value("department"), now_.value("agency")) == ("对方改的", record.value("agency"))
    names = {one.name for one in robot.window.forms.store.versions.of(record.id)}
    assert "收进数据包以前" in names
    assert robot.window.forms.store.history.prove().broken is None


def test_what_is_handed_in_elsewhere_is_locked_here(robot: Robot, stick: Path, record: Record) -> None:
    path = brought(robot, stick, record, submitted=True)
    dialog = shown(robot, path)
    dialog.accept()
    robot.settle()
    assert robot.window.forms.submission(record.id) is not None
    again = shown(robot, path)
    assert {row[3] for row in again.texts()} == {"一样"}
    assert again.button_text() == "收进"
    again.accept()
    assert again.isVisible()
    again.reject()


def test_what_was_edited_since_stays_when_it_is_taken_back(robot: Robot, stick: Path, record: Record) -> None:
    dialog = shown(robot, brought(robot, stick, changed(record, department="对方改的")))
    dialog.accept()
    robot.settle()
    store = robot.window.forms.store
    store.save(changed(store.load(record.id), department="后来又改的"))
    robot.window.session.close()
    robot.window.commands["undo"].trigger()
    robot.settle()
    assert store.load(record.id).value("department") == "后来又改的"
    assert robot.toast().endswith("后来改过的 1 张不动")


def test_a_file_that_is_no_package_is_told_in_one_sentence(robot: Robot, folder: Path) -> None:
    path = folder / "假的.perfdesk.zip"
    path.write_bytes(b"PK\x03\x04 not at all")
    robot.window.errands.parceling.look(path)
    robot.settle()
    assert "假的.perfdesk.zip" in robot.answers.said[-1]


def test_a_package_that_is_dropped_is_looked_at(robot: Robot, stick: Path, record: Record) -> None:
    path = brought(robot, stick, changed(record, department="对方改的"))
    robot.window.errands.intake.import_paths((path,))
    robot.settle()
    dialog = robot.dialog(ReceiveDialog)
    assert isinstance(dialog, ReceiveDialog)
    assert dialog.texts()[0][3] == "对方改过"
    assert dialog.button_text() == "收进 1 张表"
    dialog.tick(0, on=False)
    assert dialog.button_text() == "收进"
    dialog.reject()
