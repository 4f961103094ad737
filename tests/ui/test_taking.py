"""取左边 and 与上年上报版对照 in the window of the versions."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

import pytest

from perfdesk.model import VersionKind
from tests.robot import LEGAL_AID, Robot
from ui.history import HistoryDialog


@pytest.fixture
def kept(robot: Robot) -> Robot:
    """A form with a version, and two cells changed since."""
    robot.window.forms.store.versions.keep(robot.document.record, VersionKind.KEPT)
    robot.type("主管部门", "青山县司法局")
    robot.type("实施单位", "青山县法律援助中心")
    robot.save_wait()
    return robot


def versions(robot: Robot) -> HistoryDialog:
    robot.window.commands["versions"].trigger()
    return cast(HistoryDialog, robot.dialog(HistoryDialog))


def choose(dialog: HistoryDialog, name: str) -> None:
    """Make the line of a field current."""
    rows = [one[0] for one in dialog.table.texts()]
    dialog.table.choose_row(next(at for at, words in enumerate(rows) if words.endswith(name)))


def test_one_field_is_taken_as_one_step(kept: Robot) -> None:
    before = kept.document.record
    dialog = versions(kept)
    count = len(dialog.table.texts())
    choose(dialog, "主管部门")
    assert dialog.take_button.isEnabled()
    dialog.take_button.click()
    assert kept.text("主管部门") != "青山县司法局"
    assert kept.text("实施单位") == "青山县法律援助中心"
    assert dialog.hint() == "“主管部门”已取左边，可以撤销"
    assert len(dialog.table.texts()) < count
    dialog.reject()
    kept.undo()
    assert kept.document.record == before


def test_the_last_field_taken_leaves_nothing_to_take(kept: Robot) -> None:
    dialog = versions(kept)
    for name in ("主管部门", "实施单位"):
        choose(dialog, name)
        dialog.take_button.click()
    assert dialog.table.texts() == ()
    assert not dialog.take_button.isEnabled()
    dialog.reject()


def test_beside_another_version_nothing_is_taken(kept: Robot) -> None:
    kept.window.forms.store.versions.keep(kept.document.record, VersionKind.KEPT, name="局长看过")
    dialog = versions(kept)
    dialog.list.setCurrentRow(1)
    dialog.against.setCurrentIndex(1)
    dialog.against.activated.emit(1)
    assert dialog.table.texts()
    assert not dialog.take_button.isEnabled()
    dialog.reject()


def test_a_figure_that_is_computed_is_not_taken(robot: Robot) -> None:
    made = robot.window.forms.create("national-2020-project-self", year=2020, name="普法经费", bureau="")
    robot.window.session.open(made)
    robot.window.forms.store.versions.keep(robot.document.record, VersionKind.KEPT)
    robot.type("全年预算数", "10", "年度资金总额")
    robot.type("全年执行数", "5", "年度资金总额")
    record = robot.document.record
    dialog = versions(robot)
    (at,) = (row for row, one in enumerate(dialog.table.texts()) if one[2] == "50.00%")
    dialog.table.choose_row(at)
    dialog.take_button.click()
    assert dialog.hint() == "这一格是算得的，随别的格变，不能单独取"
    assert robot.document.record == record
    dialog.reject()


def test_a_form_that_is_only_looked_at_takes_nothing(kept: Robot) -> None:
    kept.window.session.close()
    kept.window.forms.freeze(2020, on=True)
    kept.open(LEGAL_AID, year=2020)
    dialog = versions(kept)
    dialog.list.setCurrentRow(dialog.list.count() - 1)
    assert not dialog.take_button.isEnabled()
    dialog.reject()


def hand_in_last_year(robot: Robot) -> None:
    """Give the open form one of the year before that was handed in."""
    record = robot.document.record
    last = replace(record, id="last", year=record.year - 1, values={**record.values, "department": "去年的部门"})
    robot.window.forms.store.save(last)
    robot.window.forms.store.versions.keep(last, VersionKind.SUBMITTED)
    robot.window.forms.relist()
    robot.settle()


def test_the_last_year_that_was_handed_in_stands_below_the_versions(kept: Robot) -> None:
    hand_in_last_year(kept)
    dialog = versions(kept)
    assert dialog.entries()[-1].startswith("2019 年上报版")
    dialog.list.setCurrentRow(dialog.list.count() - 1)
    assert dialog.restore_button.isHidden()
    assert dialog.hint() == "上年的上报版只对照，不恢复；要用哪一格，选中后取左边。"
    choose(dialog, "主管部门")
    dialog.take_button.click()
    assert kept.text("主管部门") == "去年的部门"
    assert kept.document.record.year == 2020
    dialog.list.setCurrentRow(0)
    assert not dialog.restore_button.isHidden()
    dialog.reject()


def test_it_is_shown_though_the_form_has_no_version_of_its_own(robot: Robot) -> None:
    hand_in_last_year(robot)
    dialog = versions(robot)
    assert len(dialog.entries()) == 1
    assert dialog.table.texts()
    dialog.reject()


def test_without_any_version_one_is_offered(robot: Robot) -> None:
    robot.window.commands["versions"].trigger()
    assert robot.toast() == "本表还没有版本。可以先留一个"
