"""Our bugs are logged and told once, without a word of any form; the user's troubles are told in their own words."""

from __future__ import annotations

import faulthandler
import logging
import os
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QObject

from perfdesk.errors import UserError
from tests.robot import Answers
from ui import tasks
from ui.bugreport import BugReport
from ui.dialogs import split_sentence
from ui.settings import Settings
from ui.trouble import FAULT_NAME, LOG_NAME, Trouble

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from ui.tasks import Task

PRIVATE = "张三的身份证号"


@pytest.fixture(autouse=True)
def _process_is_pytests(monkeypatch: pytest.MonkeyPatch) -> None:
    """Afterwards the hooks are those of before; where a crash is written stays as pytest has it."""
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    for name in ("enable", "disable"):
        monkeypatch.setattr(faulthandler, name, lambda *_file: None)


@pytest.fixture
def trouble(tmp_path: Path, qtbot: QtBot) -> Iterator[Trouble]:
    made = Trouble(tmp_path)
    made.install()
    made.open_log()
    yield made
    made.remove()


def _throw(error: Exception) -> None:
    try:
        raise error
    except type(error) as caught:
        sys.excepthook(type(caught), caught, caught.__traceback__)


def test_a_bug_is_logged_and_diagnosed_without_what_was_typed(trouble: Trouble, tmp_path: Path, qtbot: QtBot) -> None:
    with qtbot.waitSignal(trouble.bug_met) as heard:
        _throw(ValueError(PRIVATE))
    diagnosis = heard.args[0]
    assert "ValueError" in diagnosis
    assert "test_trouble.py" in diagnosis
    assert PRIVATE not in diagnosis
    logged = (tmp_path / LOG_NAME).read_text(encoding="utf-8")
    assert "ValueError" in logged
    assert PRIVATE not in logged


@pytest.mark.skipif(os.name != "posix", reason="access rights are those of the folder there")
def test_logs_and_settings_are_their_owners_alone(trouble: Trouble, tmp_path: Path) -> None:
    for _ in range(40):
        logging.getLogger("perfdesk").error("x" * 20_000)
    settings = Settings(tmp_path / "数据" / "perfdesk.ini")
    settings.set_word("bureau", "示例县司法局")
    settings.sync()
    there = {one.name: one.stat().st_mode & 0o777 for one in tmp_path.rglob("*")}
    assert {LOG_NAME, f"{LOG_NAME}.1", FAULT_NAME, "perfdesk.ini"} <= set(there)
    assert there.pop("数据") == 0o700
    assert set(there.values()) == {0o600}


def test_settings_that_cannot_be_kept_are_lost_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    settings = Settings(tmp_path / "file" / "perfdesk.ini")
    settings.set_word("bureau", "示例县司法局")
    assert settings.word("bureau") == "示例县司法局"
    assert [one.name for one in tmp_path.iterdir()] == ["file"]


def test_a_user_error_that_nobody_caught_is_told_as_such(trouble: Trouble, qtbot: QtBot) -> None:
    with qtbot.waitSignal(trouble.user_error_met) as heard:
        _throw(UserError("磁盘已满。请腾出空间。"))
    assert str(heard.args[0]) == "磁盘已满。请腾出空间。"


def test_bugs_in_other_threads_arrive_too(trouble: Trouble, qtbot: QtBot) -> None:
    def work() -> None:
        raise KeyError(PRIVATE)

    with qtbot.waitSignal(trouble.bug_met) as heard:
        thread = threading.Thread(target=work)
        thread.start()
        thread.join()
    assert "KeyError" in heard.args[0]


def test_a_folder_that_cannot_be_written_leaves_the_program_working(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    trouble = Trouble(tmp_path / "file")
    trouble.open_log()
    trouble.remove()
    assert "no log" in caplog.text


def test_several_bugs_are_one_dialog(qtbot: QtBot, qapp: object) -> None:
    from PySide6.QtWidgets import QWidget

    parent: QWidget = QWidget()
    qtbot.addWidget(parent)
    answers = Answers()
    report = BugReport(answers, parent, lambda: "diagnosis")
    report.show()
    report.show()
    assert len(answers.said) == 1
    assert "复制" in answers.said[0]


def test_work_returns_to_the_thread_of_the_window(qtbot: QtBot) -> None:
    here, parent = threading.get_ident(), QObject()
    seen: list[object] = []

    def work(task: Task) -> int:
        task.advance(1, "第一步")
        seen.append(threading.get_ident() == here)
        return 7

    def done(result: int) -> None:
        seen.append((result, threading.get_ident() == here))

    task = tasks.run(parent, work, done)
    with qtbot.waitSignal(task.finished):
        pass
    qtbot.waitUntil(lambda: len(seen) == 2)
    assert seen == [False, (7, True)]


def test_a_user_error_in_the_background_goes_to_failed(qtbot: QtBot) -> None:
    parent = QObject()
    told: list[str] = []

    def work(task: Task) -> None:
        raise UserError("找不到。")

    task = tasks.run(parent, work, lambda _none: None, failed=lambda error: told.append(str(error)))
    with qtbot.waitSignal(task.finished):
        pass
    qtbot.waitUntil(lambda: told == ["找不到。"])


def test_a_bug_in_the_background_is_raised_in_the_window(qtbot: QtBot) -> None:
    parent = QObject()

    def work(task: Task) -> None:
        raise ZeroDivisionError

    with qtbot.captureExceptions() as caught:
        task = tasks.run(parent, work, lambda _none: None, failed=lambda _error: None)
        with qtbot.waitSignal(task.finished):
            pass
        qtbot.waitUntil(lambda: bool(caught))
    assert caught[0][0] is ZeroDivisionError


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("磁盘已满。请腾出空间。", ("磁盘已满", "请腾出空间。")),
        ("一句话。", ("一句话", "")),
        ("没有句号", ("没有句号", "")),
    ],
)
def test_a_trouble_is_split_into_fact_and_advice(text: str, parts: tuple[str, str]) -> None:
    assert split_sentence(text) == parts


def test_settings_survive_nonsense_and_a_lost_file(tmp_path: Path) -> None:
    path = tmp_path / "x.ini"
    path.write_text("[zoom]\na=viel\n[window]\ngeometry=7\n[view]\nrail=@Invalid()\n", encoding="utf-8")
    settings = Settings(path)
    assert settings.zoom("a") is None
    assert settings.geometry.isEmpty()
    assert settings.flag("rail", default=True) in {True, False}
    settings.set_zoom("b", 1.25)
    settings.set_word("form", "编号 1")
    settings.sync()
    again = Settings(path)
    assert again.zoom("b") == pytest.approx(1.25)
    assert again.word("form") == "编号 1"
    assert Settings(tmp_path / "nowhere" / "x.ini").word("form") == ""


def test_the_log_of_crashes_does_not_grow_for_ever(tmp_path: Path) -> None:
    (tmp_path / FAULT_NAME).write_bytes(b"x" * (600 * 1024))
    made = Trouble(tmp_path)
    made.open_log()
    made.remove()
    assert (tmp_path / FAULT_NAME).stat().st_size == 0
    assert (tmp_path / f"{FAULT_NAME}.1").stat().st_size == 600 * 1024
