"""What the status bar says about saving is true of every form, the one that was left included, and what failed is tried again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from perfdesk.errors import UserError
from perfdesk.model import Record
from perfdesk.store import Store
from tests.robot import LEGAL_AID, Open, Robot

OTHER = "依法行政专项经费"
FULL = "磁盘已满，刚才的改动没有写进数据文件，以前保存的都在。请腾出空间后再保存。"


@pytest.fixture
def full_disk(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Make the store refuse to save; call the returned function to have room again."""

    full, save = [True], Store.save

    def refuse(self: Store, record: Record) -> datetime:
        if full:
            raise UserError(FULL)
        return save(self, record)

    monkeypatch.setattr(Store, "save", refuse)
    return full.clear


@pytest.fixture
def desk(full_disk: Callable[[], None], open_window: Open) -> Robot:
    """A form with a change that the disk does not take."""
    robot = open_window()
    robot.open(LEGAL_AID, year=2020)
    robot.type("项目名称", "不能丢")
    robot.until(lambda: robot.saved_text() == "没有存上")
    return robot


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.document.RETRY_MS", 30)


def test_leaving_an_unsaved_form_does_not_make_it_saved(desk: Robot, full_disk: Callable[[], None]) -> None:
    desk.window.session.close()
    assert desk.saved_text() == "没有存上"
    full_disk()
    desk.until(lambda: desk.saved_text() == "全部已保存")
    assert any(one.value("project_name") == "不能丢" for one in desk.window.forms.store.load_all())


def test_beside_an_unsaved_form_another_one_says_so_too(desk: Robot, full_disk: Callable[[], None]) -> None:
    desk.open(OTHER)
    assert desk.saved_text() == "没有存上"
    full_disk()
    desk.until(lambda: not desk.window.forms.why_unsaved)
    desk.open("不能丢")
    assert desk.saved_text() == "已保存"


def test_what_failed_is_tried_again_and_told_once(desk: Robot, full_disk: Callable[[], None]) -> None:
    told: list[str] = []
    desk.document.save_failed.connect(told.append)
    tried: list[object] = []
    desk.document.record_saved.connect(tried.append)
    full_disk()
    desk.until(lambda: desk.saved_text().startswith("已自动保存"))
    assert told == []
    assert len(tried) == 1


def test_who_asks_is_told_every_time(desk: Robot) -> None:
    desk.window.toast.hide()
    desk.press("Ctrl+S")
    assert desk.toast() == FULL


@pytest.mark.parametrize("width", [1024, 1366, 1920])
def test_the_words_stand_there_at_every_width(robot: Robot, width: int) -> None:
    robot.window.resize(width, 700)
    robot.type("项目名称", "普法经费")
    robot.save_wait()
    assert robot.saved_text().startswith("已")
    robot.window.session.close()
    assert robot.saved_text() == "全部已保存"
    robot.open("普法经费")
    assert robot.saved_text() == "已保存"


def test_a_new_window_begins_with_everything_saved(open_window: Open) -> None:
    assert open_window(empty=True).saved_text() == "全部已保存"
    assert open_window("other.db").window.forms.why_unsaved == ""


def test_a_form_that_is_only_looked_at_says_so(open_window: Open) -> None:
    open_window().close()
    robot = open_window(read_only=True)
    robot.open(LEGAL_AID, year=2020)
    assert robot.saved_text() == "只查看"


def test_what_the_disk_does_not_take_can_go_elsewhere(
    desk: Robot, full_disk: Callable[[], None], open_window: Open, folder: Path
) -> None:
    desk.answers.files.append(folder / "另存.json")
    desk.until(lambda: desk.window.toast.text() == FULL)
    desk.window.toast.press("另存到别处…")
    assert desk.window.toast.text().startswith("1 张表已另存一份，以后用“导入”收进来")
    assert desk.saved_text() == "没有存上"
    full_disk()
    other = open_window("other.db", empty=True)
    other.window.errands.intake.import_paths((folder / "另存.json",))
    other.settle()
    other.settle()  # what was read is saved
    assert other.listed() == ("不能丢",)
    desk.until(lambda: desk.saved_text() != "没有存上")
    desk.window.errands.save_elsewhere()
    assert desk.window.toast.text() == "都已存上，不用另存"


def test_a_file_that_went_away_leaves_the_form_open(open_window: Open, folder: Path) -> None:
    robot = open_window()
    robot.open(LEGAL_AID, year=2020)
    robot.save_wait()
    away = (folder / "office.db").rename(folder / "away.db")
    robot.type("主管部门", "青山县司法局")
    robot.until(lambda: robot.saved_text() == "没有存上")
    assert "office.db" in robot.window.toast.text()
    assert robot.text("主管部门") == "青山县司法局"
    away.rename(folder / "office.db")
    robot.until(lambda: robot.saved_text().startswith("已"))
    assert any(one.value("department") == "青山县司法局" for one in robot.window.forms.store.load_all())
